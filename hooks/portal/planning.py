"""The pages of a site but for their bodies, planned once for the same records, registers and day."""

from __future__ import annotations

import pickle
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from . import pages as planned
from .feeds.channels import NO_CHANNELS, Channels, channels
from .fingerprint import Fingerprints, digest
from .kinship import Kinship, to_relate
from .markup import CRITERION_ANCHOR, TABLE_ANCHOR
from .memory import InPart, Memory, Wanted
from .merit_views import AwardsView, CriteriaView
from .packing import Packer
from .pages import Catalog, Notes, Page, Public, Uses, packed
from .pages.shared import NOTHING_SHARED, Shared, shared
from .pictures import name_of
from .profile_views import FamiliesView
from .registers import Registers
from .schema.content import Article, Profile
from .schema.data import Campaign
from .search.heads import Heads, heads
from .search.searched import searched
from .source import Sources
from .statistics_views import CoverageView, DiscrepanciesView, ReportedView, StatisticsView
from .text import initial
from .views import Card


@dataclass(frozen=True)
class Outline:
    """What links may lead to: addresses, and by address the places that templates put on a page."""

    addresses: frozenset[str]
    anchors: Mapping[str, frozenset[str]]


@dataclass(frozen=True)
class Plan:
    """The pages, the cards they name, their outline, where each figure set is used, and what records are found by."""

    pages: tuple[Page, ...]
    cards: Mapping[str, Card]
    outline: Outline
    notes: Notes
    heads: Heads
    channels: Channels
    shared: Shared


# What a memory calls the parts of a plan, what records are found by, the feeds but for their bodies, and cards for sharing.
PLAN, HEADS, CHANNELS, SHARED = "plan", "heads", "channels", "shared"

NO_OUTLINE = Outline(frozenset(), {})
NOTHING = Plan((), {}, NO_OUTLINE, Notes({}, {}), Heads((), {}, (), "", "", ""), NO_CHANNELS, NOTHING_SHARED)


@dataclass(frozen=True)
class Shelf(InPart):
    """Some of the cards by name, pickled."""

    AT_HAND = ()
    REST = ("cards",)

    cards: Mapping[str, bytes]


_ON_A_SHELF = 64  # cards: a page names some twenty, on as many shelves


def shelved(cards: Mapping[str, Card]) -> tuple[Shelf, ...]:
    """Cards on shelves; their names tell where each is."""
    shelves: list[dict[str, bytes]] = [{} for _ in range(-(-len(cards) // _ON_A_SHELF))]
    for name, card in cards.items():
        shelves[_number(name, len(shelves))][name] = pickle.dumps(card, protocol=5)
    return tuple(Shelf(some) for some in shelves)


def _number(name: str, shelves: int) -> int:
    return int(name[:8], 16) % shelves


@dataclass(frozen=True)
class Cards(Mapping[str, Card]):
    """The cards on shelves, each looked at when it is asked for: a build asks for few."""

    shelves: tuple[Shelf, ...]

    def __getitem__(self, name: str) -> Card:
        if not self.shelves:
            raise KeyError(name)
        return pickle.loads(self.shelves[_number(name, len(self.shelves))].cards[name])

    def __iter__(self) -> Iterator[str]:
        return (name for shelf in self.shelves for name in shelf.cards)

    def __len__(self) -> int:
        return sum(len(shelf.cards) for shelf in self.shelves)


@dataclass(frozen=True)
class Part(InPart):
    """Some of the pages, packed, with the cards of the site, if they come with these, and what is said of them."""

    AT_HAND = ("pages", "anchors", "shelves")
    REST = ("uses",)

    pages: tuple[Page, ...]
    shelves: tuple[Shelf, ...]
    anchors: Mapping[str, frozenset[str]]
    uses: Uses


@dataclass(frozen=True)
class Kind:
    """Pages that are planned together. `of_figures`: of the articles they hold only those with figures.
    `brings_cards`: the cards of all records come with them, those that other pages name, too; of one kind alone."""

    make: Callable[[Catalog], Iterable[Page]]
    of_figures: bool = False
    brings_cards: bool = False


# The heaviest first, as the processes take them one after another.
KINDS = (
    Kind(planned.of_articles, brings_cards=True),
    Kind(planned.of_wide_tables, of_figures=True),
    Kind(planned.of_tables_of_units, of_figures=True),
    Kind(planned.of_lists),
    Kind(planned.of_gallery),
    Kind(planned.of_models),
)


def _part(pages: Iterable[Page], cards: Mapping[str, Card]) -> Part:
    anchors: dict[str, frozenset[str]] = {}
    uses = Uses()
    kept, packer = [], Packer()
    for page in pages:
        uses.add(page)
        if found := _anchors_of_view(page.view):
            anchors[page.address] = found
        kept.append(packed(page, packer))
    return Part(tuple(kept), shelved(cards), anchors, uses)


def _map_of(catalog: Catalog, parts: Iterable[Part]) -> Part:
    return _part([planned.site_map(catalog, [page for part in parts for page in part.pages])], {})


def _notes_of(parts: Iterable[Part]) -> Notes:
    uses = Uses()
    for part in parts:
        uses.join(part.uses)
    return uses.notes()


@dataclass(frozen=True)
class Planner:
    """Plans again only when a record, its standing, a register or the day is another: no page but a record's own shows
    anything of its body."""

    registers: Registers
    campaign: Campaign
    today: date
    sources: Sources
    memory: Memory

    def is_new(self, names: Sequence[str]) -> bool:
        """Whether some pages of a plan with these `names` have to be planned, for which kinship is needed."""
        return self.memory.lacks(PLAN, names)

    def plan(self, public: Public, names: Sequence[str], kinship: Kinship | None = None) -> Plan:
        """Every page of the site; `names` are its. The kinship is that of its records, where it has been found beside
        other work."""

        def relate() -> Kinship:
            return kinship or self._kinship(public)

        return self._plan(
            Catalog(public, self.registers, self.campaign, self.today, relate, self.sources.pictures), names
        )

    def outline(self, public: Public) -> Outline:
        """Of a plan that is not drawn: it is planned again when something may lead to other addresses."""

        def make(wanted: Sequence[Public]) -> list[Outline]:
            return [self.plan(one, self.names(one)).outline for one in wanted]

        def find(wanted: Sequence[Public]) -> list[Outline]:
            self.memory.complete(self.sources.files)
            names = [self._untitled(one) for one in wanted]
            (found,) = self.memory.values(Wanted("untitled outline", names, wanted, make))
            return found

        # Whether any front matter has changed is quickly told; what it says is looked at only when one has.
        name = self._name(public, of_figures=False)
        ((outline,),) = self.memory.values(Wanted("outline", [name], [public], find))
        return outline

    def _plan(self, catalog: Catalog, names: Sequence[str]) -> Plan:
        def make(kinds: Sequence[Kind]) -> list[Part]:
            return [_part(kind.make(catalog), catalog.cards if kind.brings_cards else {}) for kind in kinds]

        def find(catalogs: Sequence[Catalog]) -> list[Heads]:
            return [heads(searched(one), self.registers) for one in catalogs]

        parts, (found,), (fed,), (cards_of_all,) = self.memory.values(
            Wanted(PLAN, names, KINDS, make, heavy=True, apart=True, prepare=catalog.prepare),
            Wanted(HEADS, [digest(names[-1])], [catalog], find, heavy=True),
            Wanted(CHANNELS, [digest(names[-1])], [catalog], lambda some: list(map(channels, some)), heavy=True),
            Wanted(SHARED, [digest(names[-1])], [catalog], lambda some: list(map(shared, some))),
        )
        self.memory.let_go(fed.shelves)  # what was made here holds all heads of entries
        ((map_of_site,), (notes,)) = self.memory.values(
            Wanted(PLAN, [digest(*names)], [parts], lambda them: [_map_of(catalog, *them)]),
            Wanted("notes", [digest(*names)], [parts], lambda them: [_notes_of(*them)]),
        )
        parts.append(map_of_site)
        pages = [page for part in parts for page in part.pages]
        anchors = {address: found for part in parts for address, found in part.anchors.items()}
        outline = Outline(frozenset(page.address for page in pages), anchors)
        cards = Cards(tuple(shelf for part in parts for shelf in part.shelves))
        return Plan(
            tuple(sorted(pages, key=lambda page: page.address)), cards, outline, notes, found, fed, cards_of_all
        )

    def _kinship(self, public: Public) -> Kinship:
        ((kinship,),) = self.memory.values(to_relate(public.records))
        return kinship

    def names(self, public: Public) -> list[str]:
        """Of the parts of its plan: all front matter is looked at for them."""
        said = {of_figures: self._name(public, of_figures=of_figures) for of_figures in (False, True)}
        return [said[kind.of_figures] + str(index) for index, kind in enumerate(KINDS)]

    def _name(self, public: Public, *, of_figures: bool) -> str:
        """Of what a kind of pages is planned from."""
        fronts = self.sources.fronts
        articles = (pair for pair in public.articles if pair[0].gist.figures or not of_figures)
        said = (part for file, standing in (*articles, *public.profiles) for part in (fronts[file.path], standing.name))
        ordinary = () if of_figures else (fronts[file.path] for file in public.ordinary)
        seen = "" if of_figures else self._pictures
        return digest(self.registers.name, self.today.isoformat(), seen, *said, "", *ordinary)

    @cached_property
    def _pictures(self) -> str:
        return name_of(self.sources.pictures)

    def _untitled(self, public: Public) -> str:
        """Of all that addresses and anchors are made from: of a title its initial alone, no summary, and of an ordinary
        page its path alone."""
        name = Fingerprints().of

        def untitled(record: Article | Profile) -> Article | Profile:
            return record.model_copy(update={"title": initial(record.title), "summary": ""})

        said = (
            part
            for file, standing in (*public.articles, *public.profiles)
            for part in (file.path, name(untitled(file.record)), standing.name)
        )
        return digest(self.registers.name, self.today.isoformat(), *said, "", *(file.path for file in public.ordinary))


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
