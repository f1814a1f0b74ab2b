"""Where the `portal` command begins. How seldom Python looks for circles is set before the other modules are imported, as
these make many values."""

from __future__ import annotations

import gc

# Little of what a build makes is in circles, and that goes soon: what has lasted is not looked through again.
NEW_ONLY = (50_000, 1_000, 1_000)


def main() -> None:
    """Run the command that the arguments name."""
    gc.set_threshold(*NEW_ONLY)
    from .cli import main as command  # noqa: PLC0415

    command()


if __name__ == "__main__":
    main()
