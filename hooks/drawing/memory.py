"""The core's memory on disk: values made before, by the names of what they are made from."""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from contextlib import closing, suppress
from itertools import groupby
from typing import Any, NamedTuple, TypeVar

from portal.fingerprint import digest
from portal.memory import ForgottenError, InPart, Wanted, always
from portal.packing import Packer
from portal.settled import LEAVES

from .cache import Cache, sealed, unsealed
from .pickling import REST, Held, Pieces, Rests, unpickled
from .progress import OF_KIND, Phase, Progress
from .workers import MANY, divided, in_parts, processes_for

T = TypeVar("T")

SETTLED = "settled"  # what the site that is shown is kept as
IN_PART = (
    "file",
    "evidence",
    "plan",
    "notes",
    "heads",
    "body",
    "words",
    "channels",
    "entry",
    LEAVES,
    SETTLED,
)  # kinds whose values have rests
_OF_LIGHT = 160  # values that are made before their rests are let go
_PACK = " pack"  # after a kind: values of neighbours in one piece
_ENDS_PACK = "08"  # a name that ends below this, in two digits of base 16, is the last of its pack: one of 32


class Seen(NamedTuple):
    """A value, and what was around it when it was found right."""

    held: Held
    around: str


class Recent:
    """The values of the last run as they are, by kind and name: for a process that builds again and again."""

    def __init__(self) -> None:
        self.values: dict[str, dict[str, Seen]] = {}
        self.rests: Rests | None = None

    def of(self, kind: str) -> dict[str, Seen]:
        return self.values.setdefault(kind, {})

    def keep_only(self, used: Mapping[str, Set[str]]) -> None:
        for kind, values in self.values.items():
            wanted = used.get(kind, ())
            self.values[kind] = {name: value for name, value in values.items() if name in wanted}

    def forget(self) -> None:
        self.values.clear()
        self.rests = None


class DiskMemory:
    """Nearly all that a build asks for was there before. So values of neighbours are kept in packs as well: one without
    a change is one row. Of a pack with a change the values are looked for one by one.

    `anew`: what was remembered is not believed.
    """

    def __init__(self, cache: Cache, progress: Progress, recent: Recent | None = None, *, anew: bool = False) -> None:
        self._cache = cache
        self._progress = progress
        self._recent = recent
        self._anew = anew
        self._rests = recent.rests if recent and recent.rests else Rests(cache)
        if recent:
            recent.rests = self._rests
        self._used: dict[str, set[str]] = {}
        self._packs: list[_Pack] = []  # to be kept when several processes have something to do next

    def values(self, *wanted: Wanted) -> list[list[Any]]:
        """See `portal.memory.Memory`; what has to be made is made in several processes when it is much."""
        self._progress.begin(OF_KIND[wanted[0].kind])
        if any(one.light for one in wanted):
            give_back()
        found = [self._found(one) for one in wanted]
        missing = [
            _Job(which, index)
            for which in sorted(range(len(wanted)), key=lambda which: not wanted[which].heavy)
            for index, name in enumerate(wanted[which].names)
            if name not in found[which].values
        ]
        for which in sorted({job.which for job in missing}):
            wanted[which].prepare()
        # `prepare` may ask this memory too, and that ends in another phase.
        self._progress.begin(OF_KIND[wanted[0].kind])

        def take(part: _Part) -> None:
            self._keep_rests(part.rests)
            for kind, packs in part.packs.items():
                self._cache.keep_sealed(kind, packs)
            for which, group in groupby(part.sealed, key=lambda job: job.which):
                names = {wanted[which].names[job.index]: job for job in group}
                self._cache.keep_sealed(wanted[which].kind, {name: part.sealed[job] for name, job in names.items()})
                held = {name: part.value(job, self._rests, whole=wanted[which].whole) for name, job in names.items()}
                if wanted[which].light:
                    for one in held.values():
                        one.value.let_go()
                found[which].values.update(held)

        waiting, self._packs = self._packs, []
        _make(wanted, missing, waiting, take)
        self._progress.begin(Phase.CHECK)
        return [self._given(one, its) for one, its in zip(wanted, found, strict=True)]

    def lacks(self, kind: str, names: Sequence[str]) -> bool:
        """See `portal.memory.Memory`."""
        recent = self._recent.of(kind) if self._recent else {}
        absent = [name for name in names if name not in recent]
        return self._anew or len(self._cache.has(kind, absent)) < len(absent)

    def complete(self, values: Iterable[InPart]) -> None:
        """See `portal.memory.Memory`."""
        self._rests.complete(values)

    def let_go(self, values: Iterable[InPart]) -> None:
        """See `portal.memory.Memory`. A process that builds again and again may ask the next time."""
        for value in values if not self._recent else ():
            value.let_go()

    def keep(self, kind: str, made: Mapping[str, Callable[[], object]]) -> None:
        """See `portal.memory.Memory`. A process that builds again and again has them as they are."""
        self._use(kind, made)
        if self._recent:
            recent = self._recent.of(kind)
            recent.update((name, Seen(Held(make(), ()), "")) for name, make in made.items() if name not in recent)
            return
        there = self._cache.has(kind, made)

        def work(names: Sequence[str]) -> _Part:
            return _Part({_Job(0, places[name]): made[name]() for name in names})

        def take(part: _Part) -> None:
            self._keep_rests(part.rests)
            self._cache.keep_sealed(kind, {absent[job.index]: data for job, data in part.sealed.items()})

        absent = [name for name in made if name not in there]
        places = {name: place for place, name in enumerate(absent)}
        processes = processes_for(len(absent))
        in_parts(work, divided(absent, processes), processes, take)

    def kept(self, kind: str, name: str) -> Any | None:
        """See `portal.memory.Memory`."""
        if self._anew:
            return None
        if self._recent:
            seen = self._recent.of(kind).get(name)
            return seen and seen.held.value
        data = self._cache.one(kind, name)
        return None if data is None else unpickled(data, self._rests).value

    def replace(self, kind: str, name: str, value: object) -> None:
        """Keep one value; all others of its kind are gone, it too where it can't be kept."""
        if self._recent:
            self._recent.of(kind).clear()
        else:
            self._cache.forget(kind)
        self.keep(kind, {name: lambda: value})

    def _keep_rests(self, rests: Mapping[str, bytes]) -> None:
        """Before the values they belong to: of a value that is kept the rest is, too."""
        if not self._cache.keep_sealed(REST, rests) or self._anew:
            self._rests.hold(rests)

    def _found(self, wanted: Wanted) -> _Found:
        """The values that are kept and right."""
        packs = _packs(wanted) if wanted.many else {}
        self._use(wanted.kind, wanted.names)
        if wanted.many:
            self._use(wanted.kind + _PACK, packs)
        sure: dict[str, Held] = {}
        doubtful: dict[str, Held] = {}
        recent = self._recent.of(wanted.kind) if self._recent else {}
        for name in wanted.names if recent else ():
            if seen := recent.get(name):
                (sure if seen.around == wanted.around else doubtful)[name] = seen.held
        if not self._anew:
            self._look_up(wanted, packs, sure, doubtful)
        unpacked = {pack: names for pack, names in packs.items() if not all(name in sure for name in names)}
        sure.update(self._right(wanted, doubtful))
        return _Found(sure, unpacked)

    def _right(self, wanted: Wanted, doubtful: Mapping[str, Held]) -> Iterator[tuple[str, Held]]:
        """Those of the values that are right; one that can't be looked at any more is not."""
        if wanted.is_right is not always:
            with suppress(ForgottenError):
                self.complete(held.value for held in doubtful.values() if isinstance(held.value, InPart))
        for name, thing in zip(wanted.names, wanted.things, strict=True) if doubtful else ():
            with suppress(ForgottenError):
                if name in doubtful and wanted.is_right(thing, doubtful[name].value):
                    yield name, doubtful[name]

    def _look_up(
        self, wanted: Wanted, packs: Mapping[str, list[str]], sure: dict[str, Held], doubtful: dict[str, Held]
    ) -> None:
        """In the cache, for what neither holds: what a pack holds is surely right."""

        def absent(names: Sequence[str]) -> list[str]:
            return [name for name in names if name not in sure and name not in doubtful]

        asked = [pack for pack, names in packs.items() if absent(names)]
        for pack, data in self._cache.some(wanted.kind + _PACK, asked):
            sure.update(zip(packs[pack], map(Held._make, unpickled(data, self._rests).value), strict=True))
        for name, data in self._cache.some(wanted.kind, absent(wanted.names)):
            doubtful[name] = unpickled(data, self._rests)

    def _given(self, wanted: Wanted, found: _Found) -> list[Any]:
        """The values in order, when all are there; kept for the next time as well."""
        self._packs += [
            _Pack(wanted.kind + _PACK, pack, [found.values[name] for name in names])
            for pack, names in found.unpacked.items()
        ]
        if self._recent:
            recent = self._recent.of(wanted.kind)
            recent.update((name, Seen(found.values[name], wanted.around)) for name in wanted.names)
        self._use(REST, (rest for name in wanted.names for rest in found.values[name].rests))
        return [found.values[name].value for name in wanted.names]

    def _use(self, kind: str, names: Iterable[str]) -> None:
        self._used.setdefault(kind, set()).update(names)

    def _keep_packs(self) -> None:
        """Those that nothing was made after."""
        waiting, self._packs = self._packs, []
        for kind, packs in _Part({}, waiting).packs.items():
            self._cache.keep_sealed(kind, packs)

    def forget_unused(self) -> None:
        """Drop what the last run had no use for; on disk once it is more than what it had."""
        if not any(self._used.values()):  # a site without files: they may come back
            return
        self._keep_packs()
        if self._recent:
            self._recent.keep_only(self._used)
        self._cache.keep_only(self._used)
        if self._rests.unkept:
            self._rests.keep_only(self._used[REST], self._cache.has(REST, self._rests.unkept))

    def close(self) -> None:
        self._keep_packs()
        self._rests.close()


def remembering(cache: Cache, progress: Progress, work: Callable[[DiskMemory], T], recent: Recent | None = None) -> T:
    """What `work` gives with what is remembered; where that was damaged or taken away meanwhile, without it."""
    with closing(DiskMemory(cache, progress, recent)) as memory, suppress(ForgottenError):
        return work(memory)
    cache.forget(REST, *(kind + piece for kind in IN_PART for piece in ("", _PACK)))
    if recent:
        recent.forget()
    with closing(DiskMemory(cache, progress, recent, anew=True)) as memory:
        return work(memory)


def give_back() -> None:
    """Let the system have what this process holds and does not use any more, where its C library can (glibc): between the
    phases of a large site that is a tenth of all."""
    with suppress(OSError, AttributeError):
        ctypes.CDLL(None).malloc_trim(0)


def kept_values(cache: Cache, kind: str) -> Iterator[Any]:
    """Every value of a kind that is kept, in no order."""
    with closing(Rests(cache)) as rests:
        for _, data in cache.every(kind):
            yield unpickled(data, rests).value


class _Found(NamedTuple):
    """Values by name, and the names of the values of each pack that has to be kept anew."""

    values: dict[str, Held]
    unpacked: dict[str, list[str]]


def _packs(wanted: Wanted) -> dict[str, list[str]]:
    """The names in packs: where one ends is said by its last name, so that an edit changes the packs around it only."""
    packs: dict[str, list[str]] = {}
    pack: list[str] = []
    for name in wanted.names:
        pack.append(name)
        if name[-2:] < _ENDS_PACK:
            packs[digest(wanted.around, *pack)] = pack
            pack = []
    if pack:
        packs[digest(wanted.around, *pack)] = pack
    return packs


class _Job(NamedTuple):
    """One value to be made: of which of the wanted, and which of theirs."""

    which: int
    index: int


class _Pack(NamedTuple):
    """Values of neighbours to be kept in one piece, as what and under which name."""

    kind: str
    name: str
    values: list[Held]


class _Part:
    """Values by job, and how they are kept; packs by kind and name. Another process is sent that alone: what it asks of the
    values it fetches."""

    def __init__(self, values: Mapping[_Job, Any], packs: Iterable[_Pack] = ()) -> None:
        self.held: dict[_Job, Held] = {}
        self.sealed: dict[_Job, bytes] = {}
        self.packs: dict[str, dict[str, bytes]] = {}
        pieces, packer = Pieces(), Packer()
        for job, value in values.items():
            first, rests = pieces.of(value)
            self.held[job] = Held(value, rests)
            self.sealed[job] = sealed(first, packer)
        for kind, name, together in packs:
            first, _ = pieces.of([tuple(one) for one in together])
            self.packs.setdefault(kind, {})[name] = sealed(first, packer)
        self.rests = pieces.rests

    def __getstate__(self) -> tuple:
        return self.sealed, self.packs, self.rests

    def __setstate__(self, kept: tuple) -> None:
        self.held = {}
        self.sealed, self.packs, self.rests = kept

    def value(self, job: _Job, rests: Rests, *, whole: bool) -> Held:
        """As it was made, or as it is remembered, `whole` with its rests."""
        held = self.held.get(job)
        if held is None:
            return unpickled(unsealed(self.sealed[job]) or b"", rests, self.rests if whole else {})
        rests.know(held.value)
        return held


def _make(
    wanted: Sequence[Wanted], jobs: Sequence[_Job], packs: Sequence[_Pack], take: Callable[[_Part], object]
) -> None:
    """Make the values of jobs, the heavy ones before the others, as `values` orders them; packs of others between these."""

    def work(part: Sequence[_Job | _Pack]) -> _Part:
        values: dict[_Job, Any] = {}
        for which, group in groupby((job for job in part if isinstance(job, _Job)), key=lambda job: job.which):
            some = list(group)
            made = wanted[which].make([wanted[which].things[job.index] for job in some])
            values.update(zip(some, made, strict=True))
        return _Part(values, (pack for pack in part if isinstance(pack, _Pack)))

    heavy = [job for job in jobs if wanted[job.which].heavy]
    processes = processes_for(len(jobs), enough=2 if heavy else MANY)
    parts = divided(jobs[len(heavy) :], processes)
    if any(one.light for one in wanted):
        parts = [part[start : start + _OF_LIGHT] for part in parts for start in range(0, len(part), _OF_LIGHT)]
    packed = divided(packs, processes) if packs else ()
    apart = any(one.apart for one in wanted)
    in_parts(work, [*([job] for job in heavy), *packed, *parts], processes, take, apart=apart)
