"""The core's memory on disk: values made before, by the names of what they are made from."""

from __future__ import annotations

import pickle
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from portal.memory import always

from .cache import Cache, sealed
from .progress import OF_KIND, Phase, Progress
from .workers import in_parts, processes_for

T = TypeVar("T")
R = TypeVar("R")


class DiskMemory:
    """Values are pickled: the cache is this program's own, and what is not as it was written is not read."""

    def __init__(self, cache: Cache, progress: Progress) -> None:
        self._cache = cache
        self._progress = progress
        self._used: dict[str, set[str]] = {}

    def values(
        self,
        kind: str,
        names: Sequence[str],
        things: Sequence[T],
        make: Callable[[Sequence[T]], Sequence[R]],
        is_right: Callable[[T, R], bool] = always,
    ) -> list[R]:
        """See `portal.memory.Memory`; what has to be made is made in several processes when it is much."""
        self._progress.begin(OF_KIND[kind])
        self._used.setdefault(kind, set()).update(names)
        found: dict[str, Any] = {name: pickle.loads(data) for name, data in self._cache.some(kind, list(names))}
        missing = [
            index
            for index, (name, thing) in enumerate(zip(names, things, strict=True))
            if name not in found or not is_right(thing, found[name])
        ]
        made = self._made(missing, [things[index] for index in missing], make)
        self._cache.keep_sealed(kind, {names[index]: data for index, (_, data) in made.items()})
        self._progress.begin(Phase.CHECK)
        return [made[index][0] if index in made else found[names[index]] for index in range(len(names))]

    def _made(
        self, numbers: Sequence[int], things: Sequence[T], make: Callable[[Sequence[T]], Sequence[R]]
    ) -> dict[int, tuple[R, bytes]]:
        """By number, values and how they are kept."""

        def work(part: Sequence[tuple[int, T]]) -> dict[int, tuple[R, bytes]]:
            values = make([thing for _, thing in part])
            return {
                number: (value, sealed(pickle.dumps(value, protocol=5)))
                for (number, _), value in zip(part, values, strict=True)
            }

        pairs = list(zip(numbers, things, strict=True))
        parts = in_parts(work, pairs, processes_for(len(pairs)))
        return {number: made for part in parts for number, made in part.items()}

    def forget_unused(self) -> None:
        """Drop what the last run had no use for, once it is more than what it had."""
        for kind, names in self._used.items():
            self._cache.keep_only(kind, names)
