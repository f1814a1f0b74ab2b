"""Where the `portal` command begins: before its modules are read, as reading them takes a part of every build."""

from __future__ import annotations

import gc


def main() -> None:
    """Run the command that the arguments name."""
    # Nothing of much size is in circles: looking for them, which is looking through everything, is work for nothing.
    gc.disable()
    from .cli import main as command  # noqa: PLC0415

    command()


if __name__ == "__main__":
    main()
