"""The pages of a site but for their bodies, planned once for the same records, registers and day."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from . import pages as planned
from .fingerprint import digest
from .marking import Note
from .markup import CRITERION_ANCHOR, TABLE_ANCHOR
from .memory import Memory
from .merit_views import AwardsView, CriteriaView
from .pages import Page, Public, Uses, packed
from .profile_views import FamiliesView
from .registers import Registers
from .schema.data import Campaign
from .source import Sources
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
    """Every page of the site, packed."""
    anchors: dict[str, frozenset[str]] = {}
    uses = Uses()

    def kept(page: Page) -> Page:
        uses.add(page)
        if found := _anchors_of_view(page.view):
            anchors[page.address] = found
        return packed(page)

    pages = planned.plan(public, registers, campaign, today, kept)
    return Plan(pages, Outline(frozenset(page.address for page in pages), anchors), uses.notes())


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
        (found,) = self.memory.values("plan", [self._name(public)], [public], self._plans)
        return found

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

    def _plans(self, wanted: Sequence[Public]) -> list[Plan]:
        return [plan(public, self.registers, self.campaign, self.today) for public in wanted]

    def _outlines(self, wanted: Sequence[Public]) -> list[Outline]:
        return [one.outline for one in self._plans(wanted)]


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
