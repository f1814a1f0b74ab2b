"""How the values of the core's memory are written down: those that are remembered in part in two pieces.

They are pickled: the cache is this program's own, and what is not as it was written is not read.
"""

from __future__ import annotations

import copyreg
import os
import pickle
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping, Set
from functools import partial
from io import BytesIO
from types import MappingProxyType
from typing import Any, NamedTuple

from portal.fingerprint import digest
from portal.memory import ForgottenError, InPart
from portal.packing import Packer

from .cache import Cache, sealed, unsealed

REST = "rest"  # what the cache calls the second pieces; each is named by what it holds


class Held(NamedTuple):
    """A value, and the names of the rests of it and of what it holds."""

    value: Any
    rests: tuple[str, ...]


class Rests:
    """Fetches second pieces from the cache, in whichever process and thread they are asked for: SQLite's connections
    cross neither. Those that the cache could not keep are held here."""

    def __init__(self, cache: Cache) -> None:
        self._cache = cache
        self._opened: dict[tuple[int, int], Cache] = {}  # of another process none is let go: a copy must not close it
        self._unkept: dict[str, bytes] = {}

    def hold(self, made: Mapping[str, bytes]) -> None:
        self._unkept.update(made)

    def keep_only(self, used: Set[str], in_cache: Set[str] = frozenset()) -> None:
        """Hold no more than what is of use and not in the cache."""
        self._unkept = {n: rest for n, rest in self._unkept.items() if n in used and n not in in_cache}

    @property
    def unkept(self) -> Set[str]:
        return self._unkept.keys()

    def fetch(self, name: str) -> dict[str, Any]:
        """Raises ForgottenError."""
        data = unsealed(self._unkept[name]) if name in self._unkept else self._here().one(REST, name)
        if data is None:
            raise ForgottenError
        return pickle.loads(data)

    def know(self, value: InPart) -> None:
        """A value that was made and written down here can let go of its rest, too."""
        value.__dict__["_fetch"] = partial(self.fetch, value.__dict__["_rest"])

    def complete(self, values: Iterable[InPart]) -> None:
        """Fetch those of many values that are not here yet. Raises ForgottenError."""
        waiting: dict[str, list[InPart]] = {}
        for value in values:
            if not value.is_whole:
                waiting.setdefault(value.__dict__["_rest"], []).append(value)
        in_cache = [name for name in waiting if name not in self._unkept]
        # Opened before there is a file, the cache would stay shut here.
        for name, data in self._here().some(REST, in_cache) if in_cache else ():
            for value in waiting.pop(name):
                value.__dict__.update(pickle.loads(data))
        for name, some in waiting.items():
            for value in some:
                value.__dict__.update(self.fetch(name))

    def _here(self) -> Cache:
        here = (os.getpid(), threading.get_ident())
        if here not in self._opened:
            self._opened[here] = self._cache.reopened()
        return self._opened[here]

    def close(self) -> None:
        """Close what this process and thread have opened."""
        opened = self._opened.pop((os.getpid(), threading.get_ident()), None)
        if opened:
            opened.close()


class Pieces:
    """Values written down one after another. `rests` are the second pieces of those that are new, sealed, by name; `within` is
    what the last value has in two pieces, itself or what it holds."""

    def __init__(self) -> None:
        self.rests: dict[str, bytes] = {}
        self.within: tuple[InPart, ...] = ()
        self._seen: list[InPart] = []
        self._names: list[str] = []
        self._packer = Packer()
        self._table = copyreg.dispatch_table | dict.fromkeys(_kinds(InPart), self._in_two)

    def of(self, value: object) -> tuple[bytes, tuple[str, ...]]:
        """The first piece, and the names of the second pieces in it."""
        self._names.clear()
        self._seen.clear()
        file = BytesIO()
        pickler = pickle.Pickler(file, protocol=5)
        pickler.dispatch_table = self._table
        pickler.dump(value)
        self.within = tuple(self._seen)
        return file.getvalue(), tuple(self._names)

    def _in_two(self, value: InPart) -> tuple[Callable, tuple]:
        name = value.__dict__.get("_rest")
        if name is None:
            said = pickle.dumps({one: getattr(value, one) for one in value.REST}, protocol=5)
            rest = sealed(said, None if value.REST_IS_PACKED else self._packer)
            name = value.__dict__["_rest"] = digest(rest)  # to be written once
            self.rests[name] = rest
        self._names.append(name)
        self._seen.append(value)
        return remembered, (type(value), {one: getattr(value, one) for one in value.AT_HAND}, name)


def _kinds(of: type) -> Iterator[type]:
    for kind in of.__subclasses__():
        yield kind
        yield from _kinds(kind)


def remembered(kind: type[InPart], at_hand: dict[str, Any], name: str) -> InPart:
    """The name in first pieces of what `unpickled` does instead: by itself pickle has no cache to fetch a rest from."""
    raise TypeError(f"{kind.__name__} is read without a cache to fetch its rest from")


def unpickled(first: bytes, rests: Rests, here: Mapping[str, bytes] = MappingProxyType({})) -> Held:
    """The value of a first piece; what of it has its second piece `here`, sealed, by name, is whole."""
    reader = _Reader(first, rests, here)
    return Held(reader.load(), tuple(reader.names))


class _Reader(pickle.Unpickler):
    def __init__(self, first: bytes, rests: Rests, here: Mapping[str, bytes]) -> None:
        super().__init__(BytesIO(first))
        self._fetch = rests.fetch
        self._here = here
        self.names: list[str] = []

    def find_class(self, module: str, name: str) -> Any:
        if module == __name__ and name == remembered.__name__:
            return self._remembered
        return super().find_class(module, name)

    def _remembered(self, kind: type[InPart], at_hand: dict[str, Any], name: str) -> InPart:
        self.names.append(name)
        at_hand["_rest"] = name
        made = kind.remembered(at_hand, partial(self._fetch, name))
        rest = unsealed(self._here[name]) if name in self._here else None
        if rest is not None:
            made.__dict__.update(pickle.loads(rest))
        return made
