"""The core's memory on disk: values made before, by the names of what they are made from."""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from contextlib import closing, suppress
from itertools import groupby
from typing import Any, NamedTuple, TypeVar

from portal.fingerprint import digest
from portal.memory import ForgottenError, InPart, Wanted, always
from portal.settled import LEAVES

from .cache import Cache
from .parts import Job, Pack, Part, make, sealed_packs
from .pickling import REST, Held, Rests, unpickled
from .progress import OF_KIND, Phase, Progress

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
        self._packs: list[Pack] = []  # to be kept beside what is made next, or at the end

    def values(self, *wanted: Wanted) -> list[list[Any]]:
        """See `portal.memory.Memory`; what has to be made is made in several processes when it is much."""
        self._progress.begin(OF_KIND[wanted[0].kind])
        if any(one.light for one in wanted):
            give_back()
        found = [self._found(one) for one in wanted]
        missing = [
            Job(which, index)
            for which in sorted(range(len(wanted)), key=lambda which: not wanted[which].heavy)
            for index, name in enumerate(wanted[which].names)
            if name not in found[which].values
        ]
        for which in sorted({job.which for job in missing}):
            wanted[which].prepare()
        # `prepare` may ask this memory too, and that ends in another phase.
        self._progress.begin(OF_KIND[wanted[0].kind])

        def take(part: Part) -> None:
            for which, group in groupby(part.sealed, key=lambda job: job.which):
                names = {wanted[which].names[job.index]: job for job in group}
                whole = wanted[which].whole
                held = {name: part.value(job, self._rests, whole=whole) for name, job in names.items()}
                if wanted[which].light:
                    for one in held.values():
                        one.value.let_go()
                found[which].values.update(held)

        self._make(wanted, missing, take)
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
        absent = [name for name in made if name not in there]
        wanted = Wanted(kind, absent, [made[name] for name in absent], lambda some: [one() for one in some])
        self._make([wanted], [Job(0, number) for number in range(len(absent))])

    def _make(
        self, wanted: Sequence[Wanted], jobs: Sequence[Job], take: Callable[[Part], object] = lambda part: None
    ) -> None:
        """Make values and keep them, and beside them the packs that wait; give what was made to `take`."""

        def keep(part: Part) -> None:
            self._keep_rests(part.rests)
            for which, group in groupby(part.sealed, key=lambda job: job.which):
                made = {wanted[which].names[job.index]: part.sealed[job] for job in group}
                self._cache.keep_sealed(wanted[which].kind, made)
            self._keep_sealed(part.packs)
            take(part)

        waiting, self._packs = self._packs, []  # before: what is made may ask for more
        make(wanted, jobs, waiting, keep)

    def keep_packs(self) -> None:
        """Keep the packs that nothing was made after: for when the work has succeeded."""
        self._keep_sealed(sealed_packs(self._packs))
        self._packs = []

    def _keep_sealed(self, packs: Mapping[str, Mapping[str, bytes]]) -> None:
        for kind, some in packs.items():
            self._cache.keep_sealed(kind, some)

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
            Pack(wanted.kind + _PACK, pack, [found.values[name] for name in names])
            for pack, names in found.unpacked.items()
        ]
        if self._recent:
            recent = self._recent.of(wanted.kind)
            recent.update((name, Seen(found.values[name], wanted.around)) for name in wanted.names)
        self._use(REST, (rest for name in wanted.names for rest in found.values[name].rests))
        return [found.values[name].value for name in wanted.names]

    def _use(self, kind: str, names: Iterable[str]) -> None:
        self._used.setdefault(kind, set()).update(names)

    def forget_unused(self) -> None:
        """Drop what the last run had no use for; on disk once it is more than what it had."""
        if not any(self._used.values()):  # a site without files: they may come back
            return
        if self._recent:
            self._recent.keep_only(self._used)
        self._cache.keep_only(self._used)
        if self._rests.unkept:
            self._rests.keep_only(self._used[REST], self._cache.has(REST, self._rests.unkept))

    def close(self) -> None:
        self._rests.close()


def remembering(cache: Cache, progress: Progress, work: Callable[[DiskMemory], T], recent: Recent | None = None) -> T:
    """What `work` gives with what is remembered; where that was damaged or taken away meanwhile, without it."""
    with closing(DiskMemory(cache, progress, recent)) as memory, suppress(ForgottenError):
        made = work(memory)
        memory.keep_packs()
        return made
    cache.forget(REST, *(kind + piece for kind in IN_PART for piece in ("", _PACK)))
    if recent:
        recent.forget()
    with closing(DiskMemory(cache, progress, recent, anew=True)) as memory:
        made = work(memory)
        memory.keep_packs()
        return made


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
