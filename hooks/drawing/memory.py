"""The core's memory on disk: values made before, by the names of what they are made from."""

from __future__ import annotations

import pickle
from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from typing import Any, TypeVar

from portal.memory import always

from .cache import Cache, sealed, unsealed
from .progress import OF_KIND, Phase, Progress
from .workers import MANY, in_parts, processes_for

T = TypeVar("T")
R = TypeVar("R")


class Recent:
    """The values of the last run as they are, by kind and name: for a process that builds again and again."""

    def __init__(self) -> None:
        self.values: dict[str, dict[str, Any]] = {}

    def of(self, kind: str) -> dict[str, Any]:
        return self.values.setdefault(kind, {})

    def keep_only(self, used: Mapping[str, Set[str]]) -> None:
        for kind, values in self.values.items():
            wanted = used.get(kind, ())
            self.values[kind] = {name: value for name, value in values.items() if name in wanted}


class DiskMemory:
    """Values are pickled: the cache is this program's own, and what is not as it was written is not read."""

    def __init__(self, cache: Cache, progress: Progress, recent: Recent | None = None) -> None:
        self._cache = cache
        self._progress = progress
        self._recent = recent
        self._used: dict[str, set[str]] = {}

    def values(
        self,
        kind: str,
        names: Sequence[str],
        things: Sequence[T],
        make: Callable[[Sequence[T]], Sequence[R]],
        is_right: Callable[[T, R], bool] = always,
        *,
        heavy: bool = False,
    ) -> list[R]:
        """See `portal.memory.Memory`; what has to be made is made in several processes when it is much."""
        self._progress.begin(OF_KIND[kind])
        self._used.setdefault(kind, set()).update(names)
        found = self._found(kind, names)
        missing = [
            index
            for index, (name, thing) in enumerate(zip(names, things, strict=True))
            if name not in found or not is_right(thing, found[name])
        ]
        made: dict[int, R] = {}
        for part in _made([(index, things[index]) for index in missing], make, heavy=heavy):
            self._cache.keep_sealed(kind, {names[index]: data for index, data in part.sealed.items()})
            made |= part.values
        self._progress.begin(Phase.CHECK)
        values = [made[index] if index in made else found[name] for index, name in enumerate(names)]
        if self._recent:
            self._recent.of(kind).update(zip(names, values, strict=True))
        return values

    def _found(self, kind: str, names: Sequence[str]) -> dict[str, Any]:
        """The values that are kept, right or not."""
        recent = self._recent.of(kind) if self._recent else {}
        found = {name: recent[name] for name in names if name in recent}
        absent = [name for name in names if name not in recent]
        found.update((name, pickle.loads(data)) for name, data in self._cache.some(kind, absent))
        return found

    def forget_unused(self) -> None:
        """Drop what the last run had no use for; on disk once it is more than what it had."""
        if self._recent:
            self._recent.keep_only(self._used)
        for kind, names in self._used.items():
            self._cache.keep_only(kind, names)


def kept_values(cache: Cache, kind: str) -> Iterator[Any]:
    """Every value of a kind that is kept, in no order."""
    return (pickle.loads(data) for _, data in cache.every(kind))


class _Part:
    """Values by number, and how they are kept. Sent from one process to another it is sent as it is kept."""

    def __init__(self, values: dict[int, Any]) -> None:
        self.values = values
        self.sealed = {number: sealed(pickle.dumps(value, protocol=5)) for number, value in values.items()}

    def __getstate__(self) -> dict[int, bytes]:
        return self.sealed

    def __setstate__(self, kept: dict[int, bytes]) -> None:
        self.sealed = kept
        self.values = {number: pickle.loads(unsealed(data) or b"") for number, data in kept.items()}


def _made(things: Sequence[tuple[int, T]], make: Callable[[Sequence[T]], Sequence[R]], *, heavy: bool) -> list[_Part]:
    def work(part: Sequence[tuple[int, T]]) -> _Part:
        values = make([thing for _, thing in part])
        return _Part({number: value for (number, _), value in zip(part, values, strict=True)})

    return in_parts(work, things, processes_for(len(things), enough=2 if heavy else MANY))
