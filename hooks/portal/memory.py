"""Values that were made before: the seam through which a build is spared work it has done.

The core says what a value is made from and how it is made; where values are kept, and whether, is not its business.
With or without a memory the same values come out.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, Protocol, TypeVar

T = TypeVar("T")
R = TypeVar("R")


def always(thing: object, value: object) -> bool:
    """A value that depends on nothing but its name."""
    return True


def nothing() -> None:
    """There is nothing to prepare."""


@dataclass(frozen=True)
class Wanted(Generic[T, R]):
    """Values of one kind. A name tells all that the value is made from, but for what `is_right` compares; `make` makes
    the values of some things, perhaps in another process: of many, or of few that are `heavy`. What several of them
    look at is found in `prepare`, once, before any is made."""

    kind: str
    names: Sequence[str]
    things: Sequence[T]
    make: Callable[[Sequence[T]], Sequence[R]]
    is_right: Callable[[T, R], bool] = always
    heavy: bool = False
    prepare: Callable[[], object] = nothing


class Memory(Protocol):
    """Remembers values by kind and name."""

    def values(self, *wanted: Wanted) -> list[list[Any]]:
        """For each of the wanted the value of each thing, in order. They are made together: none may need another."""
        ...

    def lacks(self, kind: str, names: Sequence[str]) -> bool:
        """Whether one of these values has to be made, as far as can be told without looking at them."""
        ...


class NoMemory:
    """Makes everything."""

    def values(self, *wanted: Wanted) -> list[list[Any]]:
        return [list(one.make(one.things)) for one in wanted]

    def lacks(self, kind: str, names: Sequence[str]) -> bool:
        return True


NO_MEMORY = NoMemory()
