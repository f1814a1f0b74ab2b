"""Values that were made before: the seam through which a build is spared work it has done.

The core says what a value is made from and how it is made; where values are kept, and whether, is not its business.
With or without a memory the same values come out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar, Generic, Protocol, TypeVar

T = TypeVar("T")
R = TypeVar("R")


def always(thing: object, value: object) -> bool:
    """A value that depends on nothing but its name."""
    return True


def nothing() -> None:
    """There is nothing to prepare."""


class ForgottenError(Exception):
    """The rest of a value is gone from where it was kept: nothing that was remembered is to be believed."""


class InPart:
    """A value of which most of a site is asked little: a memory may give it back with the attributes AT_HAND alone, and
    fetches the REST at the first question for one of them. Nothing else of it is remembered.

    No attribute of the REST has a default in its class, which would be taken for its value.
    """

    AT_HAND: ClassVar[tuple[str, ...]]
    REST: ClassVar[tuple[str, ...]]
    REST_IS_PACKED: ClassVar[bool] = False  # compressed already, so nothing is gained by doing it again

    @classmethod
    def remembered(cls, at_hand: dict[str, Any], fetch: Callable[[], dict[str, Any]]) -> InPart:
        made = cls.__new__(cls)
        made.__dict__.update(at_hand)
        made.__dict__["_fetch"] = fetch
        return made

    @property
    def is_whole(self) -> bool:
        return self.REST[0] in self.__dict__

    def let_go(self) -> None:
        """Hold the rest no longer, if it can be fetched again."""
        if "_fetch" in self.__dict__:
            for one in self.REST:
                self.__dict__.pop(one, None)

    if not TYPE_CHECKING:  # who asks for what there is not is told so

        def __getattr__(self, name: str) -> Any:
            """The first attribute of the rest that is asked for. Raises ForgottenError."""
            if hasattr(type(self), name):
                return object.__getattribute__(self, name)  # a property that failed: it says why
            fetch = self.__dict__.get("_fetch") if name in self.REST else None
            if fetch is None:
                raise AttributeError(f"{type(self).__name__} has no {name}")
            self.__dict__.update(fetch())
            return self.__dict__[name]


@dataclass(frozen=True)
class Wanted(Generic[T, R]):
    """Values of one kind. A name tells all that the value is made from, but for what `is_right` looks at; `around` names
    all of that, and a value found right once is not looked at again where the same is around. `make` makes the values of
    some things, perhaps in another process: of many, or of few that are `heavy`. What several of them look at is found in
    `prepare`, once, before any is made. `many`: there are about as many as sources, in an order in which an edit changes
    few neighbours. `light`: their rests are let go as soon as they are kept, as all of them would fill the memory. `whole`:
    those that are made come with their rests, wherever they are made, as these are going to be asked for. `apart`: making
    them takes so much memory that it is better done in processes that end."""

    kind: str
    names: Sequence[str]
    things: Sequence[T]
    make: Callable[[Sequence[T]], Sequence[R]]
    is_right: Callable[[T, R], bool] = always
    heavy: bool = False
    prepare: Callable[[], object] = nothing
    many: bool = False
    light: bool = False
    whole: bool = False
    apart: bool = False
    around: str = ""

    def __post_init__(self) -> None:
        if self.is_right is not always and not self.around:
            raise ValueError(f"{self.kind}: what `is_right` looks at has no name")


class Memory(Protocol):
    """Remembers values by kind and name."""

    def values(self, *wanted: Wanted) -> list[list[Any]]:
        """For each of the wanted the value of each thing, in order. They are made together: none may need another."""
        ...

    def lacks(self, kind: str, names: Sequence[str]) -> bool:
        """Whether one of these values has to be made, as far as can be told without looking at them."""
        ...

    def complete(self, values: Iterable[InPart]) -> None:
        """Fetch the rest of all of these at once: they are going to be asked for it, perhaps in several processes, each
        of which would have to fetch it. Raises ForgottenError."""
        ...

    def let_go(self, values: Iterable[InPart]) -> None:
        """Hold the rests of these no longer where they can be fetched: nothing more is going to ask for them."""
        ...

    def keep(self, kind: str, made: Mapping[str, Callable[[], object]]) -> None:
        """Have values for `kept`, made where they are not there yet."""
        ...

    def kept(self, kind: str, name: str) -> Any | None:
        """One of them, if it is still there."""
        ...


class NoMemory:
    """Makes everything."""

    def values(self, *wanted: Wanted) -> list[list[Any]]:
        return [list(one.make(one.things)) for one in wanted]

    def lacks(self, kind: str, names: Sequence[str]) -> bool:
        return True

    def complete(self, values: Iterable[InPart]) -> None:
        pass

    def let_go(self, values: Iterable[InPart]) -> None:
        pass

    def keep(self, kind: str, made: Mapping[str, Callable[[], object]]) -> None:
        pass

    def kept(self, kind: str, name: str) -> Any | None:
        return None


NO_MEMORY = NoMemory()
