"""The whole pipeline, readable in one place: editors' files in, one frozen `Site` out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path

from . import pages as planned
from . import routes
from .addresses import Addresses
from .body import Body, Converter
from .checks import check_content
from .double_registration import warn_of_doubles
from .evidence import Evidence, marks_of
from .figures import figure_id
from .lifecycle import warn_of_silence
from .marking import Mark
from .markup import CRITERION_ANCHOR, FIGURE_ANCHOR, TABLE_ANCHOR, AnchorLink
from .merit_views import AwardsView, CriteriaView
from .pages import Page, Public
from .problems import Problem, in_order
from .profile_views import FamiliesView
from .registers import Registers, read_data
from .routes import Redirect
from .schema.data import Campaign
from .schema.dates import VIETNAM
from .source import Sources, read_docs
from .standing import Standing, article_standing, profile_standing
from .views import CoverageView, DiscrepanciesView, Link, ReportedView, StatisticsView
from .weighing import weighed


@dataclass(frozen=True)
class Site:
    """Everything the portal says, at one moment. With problems it has no pages: nothing half right is drawn."""

    now: datetime
    registers: Registers
    pages: tuple[Page, ...]
    navigation: tuple[Link, ...]
    footer: tuple[Link, ...]
    redirects: tuple[Redirect, ...]
    held_back: tuple[tuple[str, Standing], ...]  # files that are not public now, and why
    withheld: frozenset[str]  # files under docs/assets/ that only those name
    assets: tuple[str, ...]  # the other files under docs/ beside the Markdown, in order
    problems: tuple[Problem, ...]
    warnings: tuple[Problem, ...] = ()  # what editors should look at; a site is right with them

    @property
    def campaign(self) -> Campaign:
        """The campaign; only a site without problems is sure to have one."""
        assert self.registers.campaign is not None
        return self.registers.campaign.record


def build_site(root: Path, now: datetime, *, preview: bool = False) -> Site:
    """The site in the files under `root` as of `now` (aware).

    `preview` adds what is not public yet, under a banner. Reads files, writes none; the
    same files and the same `now` give an equal Site, whatever the machine.
    """
    registers, data_problems = read_data(root)
    sources, docs_problems = read_docs(root)
    evidence = weighed(sources, registers)
    problems = [*data_problems, *docs_problems, *check_content(sources, registers)]
    problems += [problem for found in evidence.values() for problem in found.problems]
    public, held_back = _public(sources, now, preview=preview)
    hidden = frozenset(path for path, _ in held_back)
    today = now.astimezone(VIETNAM).date()
    warnings = in_order(_warnings(sources, public, registers, today))
    pages: tuple[Page, ...] = ()
    possible: tuple[Page, ...] = ()
    if not problems and registers.campaign:
        pages = planned.plan(public, registers, registers.campaign.record, today)
        possible = _possible(sources, public, registers, registers.campaign.record, today)
    addresses = routes.addresses(sources, pages, (page.address for page in possible), registers, hidden)
    problems.extend(routes.check_routes(sources, pages, addresses))
    bodies, body_problems = _bodies(sources, (*pages, *possible), addresses, _marks(sources, pages, evidence))
    problems.extend(body_problems)
    if problems or registers.campaign is None:
        return Site(now, registers, (), (), (), (), held_back, frozenset(), (), in_order(problems), warnings)
    drawn = tuple(replace(page, body=bodies.get(page.address, page.body)) if page.listed else page for page in pages)
    gone = hidden | {article.path for article, standing in public.articles if standing is Standing.EXPIRED}
    withheld = _withheld(sources, registers, bodies, gone)
    menu = planned.navigation(registers.campaign.record.texts)
    footer = planned.footer_links(public)
    redirects = routes.redirects(sources, hidden)
    assets = tuple(sorted(sources.assets - withheld))
    return Site(now, registers, drawn, menu, footer, redirects, held_back, withheld, assets, (), warnings)


def _public(sources: Sources, now: datetime, *, preview: bool) -> tuple[Public, tuple[tuple[str, Standing], ...]]:
    """What has a page now; and the files of what has none, with the reason."""
    articles = tuple((a, article_standing(a.record, now)) for a in sources.articles)
    profiles = tuple((p, profile_standing(p.record)) for p in sources.profiles)
    held_back = tuple((d.path, standing) for d, standing in (*articles, *profiles) if not (preview or standing.public))
    hidden = {path for path, _ in held_back}
    shown = Public(
        articles=tuple(pair for pair in articles if pair[0].path not in hidden),
        profiles=tuple(pair for pair in profiles if pair[0].path not in hidden),
        ordinary=sources.pages,
    )
    return shown, held_back


def _warnings(sources: Sources, public: Public, registers: Registers, today: date) -> Iterator[Problem]:
    """Of models: those nothing was heard of for long, those that seem to be registered twice, be they drafts or not."""
    articles = (article for article, _ in public.articles)
    yield from warn_of_silence((profile for profile, _ in public.profiles), articles, today)
    yield from warn_of_doubles(sources.profiles, registers.territory, today)


def _possible(
    sources: Sources, public: Public, registers: Registers, campaign: Campaign, today: date
) -> tuple[Page, ...]:
    """The pages there would be if everything waiting were published and nothing expired: what is right today
    must not become a fault by itself on the day an article appears or ends."""
    everything = Public(
        tuple((article, Standing.LIVE) for article in sources.articles),
        tuple((profile, Standing.LIVE) for profile in sources.profiles),
        sources.pages,
    )
    if everything == public:
        return ()
    return planned.plan(everything, registers, campaign, today)


def _withheld(
    sources: Sources, registers: Registers, bodies: dict[str, Body], hidden: frozenset[str]
) -> frozenset[str]:
    """The pictures and attachments that nothing public names: a draft's files are no more public than its text."""
    named: dict[bool, set[str]] = {True: set(), False: set()}
    for file in routes.authored(sources):
        attached = getattr(file.record, "attachments", ())
        names = {image.file for image in file.record.images}
        names.update(name for a in attached for name in (a.file, a.transcript) if name)
        named[file.path in hidden] |= names | bodies[file.address].assets
    for intro in sources.intros:
        named[False] |= bodies[intro.address].assets
    named[False].update(document.file for document in registers.documents if document.file)
    return frozenset(named[True] - named[False])


def _marks(sources: Sources, pages: tuple[Page, ...], evidence: Mapping[str, Evidence]) -> dict[str, tuple[Mark, ...]]:
    """What is marked in the body of each article with figures, by path."""
    noted = planned.uses(pages)
    weighed = (article for article in sources.articles if article.path in evidence)
    return {a.path: marks_of(evidence[a.path], noted.get(a.address, {})) for a in weighed}


def _bodies(
    sources: Sources, pages: tuple[Page, ...], addresses: Addresses, marks: Mapping[str, tuple[Mark, ...]]
) -> tuple[dict[str, Body], list[Problem]]:
    """Every body that is written, by address, whether public or not: a fault is told before it can be published.
    `pages` are those there are and those there may be: a link to a table of either is right."""
    converter = Converter()
    bodies: dict[str, Body] = {}
    for file in (*routes.authored(sources), *sources.faulty):
        resolve = addresses.resolver(file.path, file.address)
        bodies[file.address] = converter.convert(
            file.body, file.path, file.body_line, resolve, marks.get(file.path, ())
        )
    for intro in sources.intros:
        resolve = addresses.resolver(intro.path, intro.address)
        bodies[intro.address] = converter.convert(intro.body, intro.path, 1, resolve)
    anchors = {address: body.anchors for address, body in bodies.items()}
    for page in pages:
        anchors[page.address] = anchors.get(page.address, frozenset()) | _anchors_of_view(page.view)
    for article in sources.articles:
        anchors[article.address] |= {FIGURE_ANCHOR + figure_id(figure) for figure in article.record.figures}
    problems = [problem for body in bodies.values() for problem in body.problems]
    faulty = frozenset(file.address for file in sources.faulty)
    links = (link for body in bodies.values() for link in body.anchor_links)
    # Which figures a file at fault will have is known once it is mended.
    sure = (link for link in links if not (link.address in faulty and link.fragment.startswith(FIGURE_ANCHOR)))
    problems.extend(_lost(sure, anchors))
    return bodies, problems


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


def _lost(links: Iterable[AnchorLink], anchors: dict[str, frozenset[str]]) -> Iterator[Problem]:
    """Links to a place that its page does not have; pages not drawn are told elsewhere."""
    for link in links:
        if link.address in anchors and link.fragment not in anchors[link.address]:
            yield from link.problems


def manifest(site: Site) -> dict:
    """What this build was made from, for people and programs that compare builds."""
    standings = sorted({page.template for page in site.pages})
    return {
        "schema_version": site.campaign.schema_version,
        "now": site.now.astimezone(VIETNAM).isoformat(timespec="seconds"),
        "pages": {template: sum(page.template == template for page in site.pages) for template in standings},
    }
