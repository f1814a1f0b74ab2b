"""The pages of a site but for their bodies, planned once for the same records, registers and day."""

from __future__ import annotations

import io
import pickle
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from . import pages as planned
from .fingerprint import Fingerprints, digest
from .marking import Note
from .markup import CRITERION_ANCHOR, TABLE_ANCHOR
from .memory import Memory
from .merit_views import AwardsView, CriteriaView
from .pages import Page, Public
from .profile_views import FamiliesView
from .registers import Registers
from .schema.data import Campaign
from .source import ContentFile, Sources
from .views import CoverageView, DiscrepanciesView, ReportedView, StatisticsView


@dataclass(frozen=True)
class Outline:
    """What links may lead to: addresses, and by address the places that templates put on a page."""

    addresses: frozenset[str]
    anchors: Mapping[str, frozenset[str]]


@dataclass(frozen=True)
class Plan:
    """The pages, their outline, and by article and figure set where that set is used."""

    pages: tuple[Page, ...]
    outline: Outline
    uses: Mapping[str, Mapping[str, Note]]


NO_OUTLINE = Outline(frozenset(), {})
NOTHING = Plan((), NO_OUTLINE, {})


def plan(public: Public, registers: Registers, campaign: Campaign, today: date) -> Plan:
    """Every page of the site, with a name for all that it is drawn from but its body."""
    fingerprints = Fingerprints()
    pages = tuple(
        replace(page, name=fingerprints.of(tuple(page.shown())))
        for page in planned.plan(public, registers, campaign, today)
    )
    anchors = {page.address: found for page in pages if (found := _anchors_of_view(page.view))}
    return Plan(pages, Outline(frozenset(page.address for page in pages), anchors), planned.uses(pages))


@dataclass(frozen=True)
class Planner:
    """Plans again only when a record, its standing, a register or the day is another: no page but a record's own shows
    anything of its body."""

    registers: Registers
    campaign: Campaign
    today: date
    sources: Sources
    memory: Memory

    def plan(self, public: Public) -> Plan:
        (kept,) = self.memory.values("plan", [self._name(public)], [public], self._kept)
        return kept.with_files(file for file, _ in (*public.articles, *public.profiles))

    def outline(self, public: Public) -> Outline:
        """Of a plan that is not drawn."""
        (outline,) = self.memory.values("outline", [self._name(public)], [public], self._outlines)
        return outline

    def _name(self, public: Public) -> str:
        fronts = self.sources.fronts
        shown = (*public.articles, *public.profiles)
        said = (part for file, standing in shown for part in (fronts[file.path], standing.name))
        return digest(
            self.registers.name, self.today.isoformat(), *said, "", *(fronts[file.path] for file in public.ordinary)
        )

    def _kept(self, wanted: Sequence[Public]) -> list[_Kept]:
        return [_Kept(plan(public, self.registers, self.campaign, self.today)) for public in wanted]

    def _outlines(self, wanted: Sequence[Public]) -> list[Outline]:
        return [plan(public, self.registers, self.campaign, self.today).outline for public in wanted]


class _Kept:
    """A plan that is pickled without the files its views lead to: they are there when it is read."""

    def __init__(self, plan: Plan) -> None:
        self._plan: Plan | None = plan
        self._packed = b""

    def __getstate__(self) -> bytes:
        if self._plan is None:
            return self._packed
        made = io.BytesIO()
        _Packer(made, protocol=5).dump(self._plan)
        return made.getvalue()

    def __setstate__(self, packed: bytes) -> None:
        self._plan, self._packed = None, packed

    def with_files(self, files: Iterable[ContentFile]) -> Plan:
        return self._plan or _Unpacker(self._packed, {file.path: file for file in files}).load()


class _Packer(pickle.Pickler):
    def persistent_id(self, obj: object) -> str | None:
        return obj.path if isinstance(obj, ContentFile) else None


class _Unpacker(pickle.Unpickler):
    """Of what this program has packed itself."""

    def __init__(self, packed: bytes, files: Mapping[str, ContentFile]) -> None:
        super().__init__(io.BytesIO(packed))
        self._files = files

    def persistent_load(self, pid: str) -> ContentFile:
        return self._files[pid]


def _anchors_of_view(view: object) -> frozenset[str]:
    """The ids the template of a generated page puts on it, beside those of its body."""
    if isinstance(view, (StatisticsView, ReportedView, CoverageView, AwardsView)):
        return frozenset(TABLE_ANCHOR + table_id for table_id in view.table_ids)
    if isinstance(view, CriteriaView):
        return frozenset(CRITERION_ANCHOR + item.id for item in view.items)
    if isinstance(view, DiscrepanciesView):
        return frozenset(entry.id for entry in view.entries)
    if isinstance(view, FamiliesView):
        return frozenset(family.id for family in view.families)
    return frozenset()
