"""The core's memory on disk: values made before, by the names of what they are made from."""

from __future__ import annotations

import pickle
from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from itertools import groupby
from typing import Any, NamedTuple

from portal.memory import Wanted

from .cache import Cache, sealed, unsealed
from .progress import OF_KIND, Phase, Progress
from .workers import MANY, divided, in_parts, processes_for


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

    def values(self, *wanted: Wanted) -> list[list[Any]]:
        """See `portal.memory.Memory`; what has to be made is made in several processes when it is much."""
        self._progress.begin(OF_KIND[wanted[0].kind])
        found = [self._found(one) for one in wanted]
        missing = [
            _Job(which, index)
            for which in sorted(range(len(wanted)), key=lambda which: not wanted[which].heavy)
            for index, (name, thing) in enumerate(zip(wanted[which].names, wanted[which].things, strict=True))
            if name not in found[which] or not wanted[which].is_right(thing, found[which][name])
        ]
        for which in sorted({job.which for job in missing}):
            wanted[which].prepare()
        self._progress.begin(
            OF_KIND[wanted[0].kind]
        )  # `prepare` may ask this memory too, and that ends in another phase
        made: dict[_Job, Any] = {}

        def take(part: _Part) -> None:
            self._keep(wanted, part.sealed)
            made.update(part.values)

        _make(wanted, missing, take)
        self._progress.begin(Phase.CHECK)
        values = []
        for which, one in enumerate(wanted):
            pairs = enumerate(one.names)
            values.append([made[_Job(which, i)] if _Job(which, i) in made else found[which][n] for i, n in pairs])
            if self._recent:
                self._recent.of(one.kind).update(zip(one.names, values[-1], strict=True))
        return values

    def lacks(self, kind: str, names: Sequence[str]) -> bool:
        """See `portal.memory.Memory`."""
        recent = self._recent.of(kind) if self._recent else {}
        absent = [name for name in names if name not in recent]
        return len(self._cache.has(kind, absent)) < len(absent)

    def _keep(self, wanted: Sequence[Wanted], made: Mapping[_Job, bytes]) -> None:
        for which, one in enumerate(wanted):
            self._cache.keep_sealed(
                one.kind, {one.names[j.index]: data for j, data in made.items() if j.which == which}
            )

    def _found(self, wanted: Wanted) -> dict[str, Any]:
        """The values that are kept, right or not."""
        self._used.setdefault(wanted.kind, set()).update(wanted.names)
        recent = self._recent.of(wanted.kind) if self._recent else {}
        found = {name: recent[name] for name in wanted.names if name in recent}
        absent = [name for name in wanted.names if name not in recent]
        found.update((name, pickle.loads(data)) for name, data in self._cache.some(wanted.kind, absent))
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


class _Job(NamedTuple):
    """One value to be made: of which of the wanted, and which of theirs."""

    which: int
    index: int


class _Part:
    """Values by job, and how they are kept. Sent from one process to another it is sent as it is kept."""

    def __init__(self, values: dict[_Job, Any]) -> None:
        self.values = values
        self.sealed = {job: sealed(pickle.dumps(value, protocol=5)) for job, value in values.items()}

    def __getstate__(self) -> dict[_Job, bytes]:
        return self.sealed

    def __setstate__(self, kept: dict[_Job, bytes]) -> None:
        self.sealed = kept
        self.values = {job: pickle.loads(unsealed(data) or b"") for job, data in kept.items()}


def _make(wanted: Sequence[Wanted], jobs: Sequence[_Job], take: Callable[[_Part], object]) -> None:
    """Make the values of jobs, the heavy ones before the others, as `values` orders them."""

    def work(part: Sequence[_Job]) -> _Part:
        values: dict[_Job, Any] = {}
        for which, group in groupby(part, key=lambda job: job.which):
            some = list(group)
            made = wanted[which].make([wanted[which].things[job.index] for job in some])
            values.update(zip(some, made, strict=True))
        return _Part(values)

    heavy = [job for job in jobs if wanted[job.which].heavy]
    processes = processes_for(len(jobs), enough=2 if heavy else MANY)
    in_parts(work, [*([job] for job in heavy), *divided(jobs[len(heavy) :], processes)], processes, take)
