"""Where the `portal` command begins: before its modules are read, as reading them takes a part of every build."""

from __future__ import annotations

import gc

# What a build and its modules make is kept, nearly all of it: looking for what can go is work for nothing.
MANY_LASTING = (50_000, 20, 100)


def main() -> None:
    """Run the command that the arguments name."""
    gc.set_threshold(*MANY_LASTING)
    from .cli import main as command  # noqa: PLC0415

    command()


if __name__ == "__main__":
    main()
