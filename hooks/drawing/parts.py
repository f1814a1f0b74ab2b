"""Values that are made together, perhaps in several processes, and how they are written down."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import groupby
from typing import Any, NamedTuple

from portal.memory import InPart, Wanted
from portal.packing import Packer

from .cache import sealed, unsealed
from .pickling import Held, Pieces, Rests, unpickled
from .workers import MANY, divided, in_parts, processes_for

_OF_LIGHT = 160  # values that are made before their rests are let go


class Job(NamedTuple):
    """One value to be made: of which of the wanted, and which of theirs."""

    which: int
    index: int


class Pack(NamedTuple):
    """Values of neighbours to be kept in one piece, as what and under which name."""

    kind: str
    name: str
    values: list[Held]


class Part:
    """Values by job, and how they are kept; packs, sealed, by kind and name. From another process only what is
    kept is sent: its values are as they are remembered."""

    def __init__(self, values: Mapping[Job, Any], packs: Iterable[Pack] = ()) -> None:
        self.held: dict[Job, Held] = {}
        self.sealed: dict[Job, bytes] = {}
        self._within: dict[Job, tuple[InPart, ...]] = {}
        pieces, packer = Pieces(), Packer()
        for job, value in values.items():
            first, rests = pieces.of(value)
            self.held[job] = Held(value, rests)
            self.sealed[job] = sealed(first, packer)
            self._within[job] = pieces.within
        self.rests = pieces.rests
        self.packs = sealed_packs(packs)

    def __getstate__(self) -> tuple[dict[Job, bytes], dict[str, bytes], dict[str, dict[str, bytes]]]:
        return self.sealed, self.rests, self.packs

    def __setstate__(self, kept: tuple[dict[Job, bytes], dict[str, bytes], dict[str, dict[str, bytes]]]) -> None:
        self.held = {}
        self.sealed, self.rests, self.packs = kept

    def value(self, job: Job, rests: Rests, *, whole: bool) -> Held:
        """As it was made, or as it is remembered, `whole` with its rests."""
        held = self.held.get(job)
        if held is None:
            return unpickled(unsealed(self.sealed[job]) or b"", rests, self.rests if whole else {})
        for one in self._within[job]:
            rests.know(one)
        return held


def sealed_packs(packs: Iterable[Pack]) -> dict[str, dict[str, bytes]]:
    """As they are kept, by kind and name. The rests of what they hold are kept already."""
    pieces, packer = Pieces(), Packer()
    found: dict[str, dict[str, bytes]] = {}
    for kind, name, together in packs:
        first, _ = pieces.of([tuple(one) for one in together])
        found.setdefault(kind, {})[name] = sealed(first, packer)
    return found


def make(wanted: Sequence[Wanted], jobs: Sequence[Job], packs: Sequence[Pack], take: Callable[[Part], object]) -> None:
    """Make the values of `jobs` (heavy ones first, those of one Wanted together) and give them to `take`. Packs of values that were
    made before are sealed after the heavy ones. One value that is not heavy is made in this process: it may take other values of
    the memory, as no other may."""

    def work(part: Sequence[Job | Pack]) -> Part:
        values: dict[Job, Any] = {}
        for which, group in groupby((job for job in part if isinstance(job, Job)), key=lambda job: job.which):
            some = list(group)
            made = wanted[which].make([wanted[which].things[job.index] for job in some])
            values.update(zip(some, made, strict=True))
        return Part(values, (pack for pack in part if isinstance(pack, Pack)))

    heavy = [job for job in jobs if wanted[job.which].heavy]
    is_alone = len(jobs) == 1
    enough = 2 if heavy and not is_alone else MANY
    processes = 1 if is_alone and not heavy else processes_for(len(jobs) + len(packs), enough=enough)
    parts = divided(jobs[len(heavy) :], processes)
    if any(one.light for one in wanted):
        parts = [part[start : start + _OF_LIGHT] for part in parts for start in range(0, len(part), _OF_LIGHT)]
    ordered = [*([job] for job in heavy), *divided(packs, processes), *parts]
    in_parts(work, ordered, processes, take, apart=any(one.apart for one in wanted))
