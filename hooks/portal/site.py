"""The whole pipeline, readable in one place: editors' files in, one frozen `Site` out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import TypeVar

from . import pages as planned
from . import routes
from .addresses import Addresses
from .amending import amended
from .body import Body
from .checks import check_files
from .converting import converted
from .discrepancies import check_relations
from .double_registration import warn_of_doubles
from .feeds.feeding import NO_FEEDS, Feeds, fed
from .fingerprint import digest
from .future_dates import warn_of_future_dates
from .kinship import to_relate
from .lifecycle import warn_of_overdue_ends, warn_of_silence
from .markup import FIGURE_ANCHOR, AnchorLink
from .memory import NO_MEMORY, Memory, Wanted
from .pages import Page, Public
from .pages.shared import NOTHING_SHARED
from .picture_reading import looked_at, warn_of_movement
from .pictures import NO_PICTURES, Pictures, name_of
from .planning import NO_OUTLINE, NOTHING, Cards, Outline, Planner
from .problems import Problem, in_order
from .reading import whole_file
from .registers import Registers, read_data
from .schema.base import Record
from .schema.data import Campaign
from .schema.dates import VIETNAM
from .search.indexing import NO_INDEX, Index, indexed
from .settled import BesidePages, Ground, Settled, Stretch, around, named_files
from .source import ContentFile, Sources, typed, written_docs
from .standing import Showing, Standing
from .weighing import by_path, to_weigh


@dataclass(frozen=True)
class Site:
    """Everything the portal says, at one moment. With problems it has no pages: nothing half right is drawn."""

    now: datetime
    registers: Registers
    pages: tuple[Page, ...]
    beside: BesidePages
    index: Index
    feeds: Feeds
    problems: tuple[Problem, ...]
    is_amended: bool = False  # the pages are those alone that the site before has not
    settle: Callable[[Memory], Settled] | None = field(default=None, compare=False, repr=False)

    @property
    def pictures(self) -> Pictures:
        """All there are, by their paths from docs/."""
        return self.beside.pictures

    @property
    def count(self) -> int:
        """Of all pages."""
        return sum(self.beside.counts.values())

    @property
    def campaign(self) -> Campaign:
        """The campaign; only a site without problems is sure to have one."""
        assert self.registers.campaign is not None
        return self.registers.campaign.record


def build_site(
    root: Path,
    now: datetime,
    *,
    preview: bool = False,
    memory: Memory = NO_MEMORY,
    before: Settled | None = None,
) -> Site:
    """The site in the files under `root` as of `now` (aware).

    `preview` adds what is not public yet, under a banner. Reads files, writes none; the
    same files and the same `now` give an equal Site, whatever the machine and whatever `memory` holds.
    Where it differs from the one `before` by bodies alone, it holds the pages of these only.
    """
    registers, data_problems = read_data(root)
    written = written_docs(root)
    pictures = looked_at(root, written.readable, memory)
    made_from = around(registers, written, pictures, preview=preview)
    if before and before.around == made_from and registers.campaign and not data_problems:
        found = amended(before, registers, written, now, memory)
        if found:
            made = (found.pages, before.beside, found.index, found.feeds)
            return Site(now, registers, *made, (), is_amended=True, settle=found.settle)
    sources, docs_problems = typed(written, memory, pictures)
    del written  # all files, as bytes
    public, held_back = _public(sources, now, preview=preview)
    hidden = frozenset(path for path, _ in held_back)
    today = now.astimezone(VIETNAM).date()
    to_be_weighed = to_weigh(sources, registers)
    memory = memory if sources.names else NO_MEMORY  # what is made of nothing is made at once
    planner = _planner(registers, today, sources, memory)
    names = planner.names(public) if planner else []
    related = []
    if planner and planner.is_new(names):
        memory.complete(sources.files)  # pages are planned from all they say
        related.append(to_relate(public.records))
    found, (at_odds, checked, warned), *kinships = memory.values(
        to_be_weighed, _checks(sources, public, registers, today, memory), *related
    )
    evidence, warnings = by_path(to_be_weighed, found), in_order(warned)
    problems = [*data_problems, *docs_problems, *checked, *at_odds]
    problems += [problem for found in evidence.values() for problem in found.problems]
    plan, possible = NOTHING, NO_OUTLINE
    if not problems and planner:
        plan = planner.plan(public, names, *(kinship for (kinship,) in kinships))
        possible = _possible(sources, public, planner)
    addresses = routes.addresses(sources, plan.pages, possible.addresses, registers, hidden)
    ((clashes,),) = memory.values(_routes(sources, plan.pages, addresses))
    problems.extend(clashes)
    bodies = converted(sources, addresses, evidence, plan.notes, memory)
    problems.extend(problem for body in bodies.values() for problem in body.problems)
    problems.extend(_lost_links(sources, bodies, plan.outline, possible))
    problems.extend(_unused_faults(sources, bodies))
    if problems or registers.campaign is None:
        beside = BesidePages(
            Cards(()), (), (), (), held_back, frozenset(), (), NO_PICTURES, NOTHING_SHARED, warnings, {}
        )
        return Site(now, registers, (), beside, NO_INDEX, NO_FEEDS, in_order(problems))
    drawn = tuple(
        page.with_body(bodies[page.address]) if page.listed and page.address in bodies else page for page in plan.pages
    )
    gone = hidden | {article.path for article, standing in public.articles if standing is Standing.EXPIRED}
    withheld = _withheld(sources, registers, bodies, gone)
    beside = BesidePages(
        cards=plan.cards,
        navigation=planned.navigation(registers.campaign.record.texts),
        footer=planned.footer_links(public),
        redirects=routes.redirects(sources, hidden),
        held_back=held_back,
        withheld=withheld,
        assets=tuple(sorted(sources.assets - withheld)),
        pictures=sources.pictures,
        shared=plan.shared,
        warnings=warnings,
        counts=Counter(page.template for page in drawn),
    )
    memory.let_go((*sources.files, *evidence.values()))
    index = indexed(plan.heads, bodies, memory)
    feeds = fed(plan.channels, bodies, memory)
    by_address = {page.address: page for page in plan.pages}
    ground = Ground(
        around=made_from,
        stretch=Stretch.around(now, sources),
        files=named_files(sources),
        addresses=addresses,
        bodies=bodies,
        pages=by_address,
        notes=plan.notes,
        index=index.known,
        feeds=feeds.known,
    )
    return Site(now, registers, drawn, beside, index, feeds, (), settle=partial(ground.settle, beside))


def _planner(registers: Registers, today: date, sources: Sources, memory: Memory) -> Planner | None:
    return Planner(registers, registers.campaign.record, today, sources, memory) if registers.campaign else None


def _public(sources: Sources, now: datetime, *, preview: bool) -> tuple[Public, tuple[tuple[str, Standing], ...]]:
    """What has a page now; and the files of what has none, with the reason."""
    articles, profiles = _standing(sources.articles, now), _standing(sources.profiles, now)
    held_back = tuple((d.path, standing) for d, standing in (*articles, *profiles) if not (preview or standing.public))
    hidden = {path for path, _ in held_back}
    shown = Public(
        articles=tuple(pair for pair in articles if pair[0].path not in hidden),
        profiles=tuple(pair for pair in profiles if pair[0].path not in hidden),
        ordinary=sources.pages,
    )
    return shown, held_back


R = TypeVar("R", bound=Record)


def _standing(files: Iterable[ContentFile[R]], now: datetime) -> tuple[tuple[ContentFile[R], Standing], ...]:
    return tuple((file, _showing(file).at(now)) for file in files)


def _showing(file: ContentFile) -> Showing:
    assert file.gist.showing is not None, file.path  # of a file without fault
    return file.gist.showing


def _checks(sources: Sources, public: Public, registers: Registers, today: date, memory: Memory) -> Wanted:
    """The problems of relations between numbers, all others of files, and the warnings: none of them looks at a body,
    so they are not found again when only a body has changed."""
    standings = (f"{file.path} {standing.name}" for file, standing in (*public.articles, *public.profiles))
    fronts = (part for pair in sources.fronts.items() for part in pair)
    name = digest(
        registers.name, today.isoformat(), *fronts, "", *sorted(sources.assets), name_of(sources.pictures), *standings
    )
    finders: tuple[Callable[[], Iterable[Problem]], ...] = (
        lambda: check_relations(sources, registers),
        lambda: check_files(sources, registers),
        lambda: _warnings(sources, public, registers, today),
    )
    names = [f"{name} {number}" for number in range(len(finders))]

    def make(some: Sequence[Callable[[], Iterable[Problem]]]) -> list[tuple[Problem, ...]]:
        return [tuple(find()) for find in some]

    return Wanted("checks", names, finders, make, heavy=True, prepare=lambda: memory.complete(sources.files))


def _routes(sources: Sources, pages: tuple[Page, ...], addresses: Addresses) -> Wanted:
    """The problems of addresses: found again when a page or a file comes, goes or says something else of itself."""
    fronts = (part for pair in sources.fronts.items() for part in pair)
    name = digest(addresses.name, *fronts, "", *(page.name for page in pages))
    return Wanted(
        "routes", [name], [pages], lambda some: [routes.check_routes(sources, one, addresses) for one in some]
    )


def _warnings(sources: Sources, public: Public, registers: Registers, today: date) -> Iterator[Problem]:
    """Of models: those nothing was heard of for long; and, be they drafts or not, dates that lie ahead, those that should
    have ended, those that seem to be registered twice."""
    articles = (article for article, _ in public.articles)
    yield from warn_of_silence((profile for profile, _ in public.profiles), articles, today)
    yield from warn_of_future_dates(sources.profiles, today)
    yield from warn_of_overdue_ends(sources.profiles, today)
    yield from warn_of_doubles(sources.profiles, registers.territory, today)
    yield from warn_of_movement(sources.pictures)


def _possible(sources: Sources, public: Public, planner: Planner) -> Outline:
    """The pages there would be if everything waiting were published and nothing expired: what is right today
    must not become a fault by itself on the day an article appears or ends."""
    known = (*public.articles, *public.profiles)
    counted = {file.path: standing for file, standing in known if standing.counted}
    if len(counted) == len(known) == len(sources.articles) + len(sources.profiles):
        return NO_OUTLINE
    everything = Public(
        tuple((article, counted.get(article.path, Standing.LIVE)) for article in sources.articles),
        tuple((profile, counted.get(profile.path, Standing.LIVE)) for profile in sources.profiles),
        sources.pages,
    )
    return planner.outline(everything)


def _withheld(
    sources: Sources, registers: Registers, bodies: dict[str, Body], hidden: frozenset[str]
) -> frozenset[str]:
    """The pictures and attachments that nothing public names: a draft's files are no more public than its text."""
    named: dict[bool, set[str]] = {True: set(), False: set()}
    for file in routes.authored(sources):
        named[file.path in hidden].update(file.gist.files, bodies[file.address].assets)
    for intro in sources.intros:
        named[False] |= bodies[intro.address].assets
    named[False].update(document.file for document in registers.documents if document.file)
    return frozenset(named[True] - named[False])


def _unused_faults(sources: Sources, bodies: Mapping[str, Body]) -> Iterator[Problem]:
    """What is wrong with pictures that nothing names: that of others is told where they are named."""
    named = {name for file in sources.files for name in file.gist.files}
    for path, picture in sources.pictures.items():
        if picture.message and path not in named and not any(path in body.assets for body in bodies.values()):
            yield whole_file(f"docs/{path}", picture.message, picture.hint)


def _lost_links(sources: Sources, bodies: Mapping[str, Body], *outlines: Outline) -> Iterator[Problem]:
    """Links to a place that its page does not have: of the bodies, and of what templates put on pages that there are
    and that there may be."""
    anchors = {address: body.anchors for address, body in bodies.items()}
    for outline in outlines:
        anchors |= {address: frozenset() for address in outline.addresses - anchors.keys()}
        for address, found in outline.anchors.items():
            anchors[address] |= found
    for article in sources.articles:
        anchors[article.address] |= {FIGURE_ANCHOR + figure for figure in article.gist.figures}
    faulty = frozenset(file.address for file in sources.faulty)
    links = (link for body in bodies.values() for link in body.anchor_links)
    # Which figures a file at fault will have is known once it is mended.
    sure = (link for link in links if not (link.address in faulty and link.fragment.startswith(FIGURE_ANCHOR)))
    yield from _lost(sure, anchors)


def _lost(links: Iterable[AnchorLink], anchors: dict[str, frozenset[str]]) -> Iterator[Problem]:
    """Links to a place that its page does not have; pages not drawn are told elsewhere."""
    for link in links:
        if link.address in anchors and link.fragment not in anchors[link.address]:
            yield from link.problems


def manifest(site: Site) -> dict:
    """What this build was made from, for people and programs that compare builds."""
    return {
        "schema_version": site.campaign.schema_version,
        "now": site.now.astimezone(VIETNAM).isoformat(timespec="seconds"),
        "pages": dict(sorted(site.beside.counts.items())),
    }
