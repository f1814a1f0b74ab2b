"""Where the `portal` command begins. Python's search for circles is turned off before the other modules are imported, as
these make many values."""

from __future__ import annotations

import gc


def main() -> None:
    """Run the command that the arguments name."""
    # Little of what a build makes is in circles; looking for them means looking through everything.
    gc.disable()
    from .cli import main as command  # noqa: PLC0415

    command()


if __name__ == "__main__":
    main()
