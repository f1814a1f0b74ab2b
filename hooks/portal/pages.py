"""Which pages the site has, and the view each template draws."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from .body import EMPTY, Body
from .registers import Registers
from .schema.content import Article, OrdinaryPage, Profile
from .schema.data import Campaign, Texts, Unit
from .schema.figure import Level
from .source import ContentFile
from .standing import Standing
from .statistics import UNKNOWN, Counted, campaign_tables, counted, field_tables, members, unit_tables
from .text import number_vi
from .views import (
    Card,
    Fact,
    FieldsView,
    FieldView,
    HomeView,
    Link,
    ListView,
    PlaceGroup,
    PlacesView,
    StatisticsView,
    UnitView,
    article_card,
    article_view,
    by_name,
    former,
    mark_of,
    profile_card,
    profile_view,
    unit_facts,
    unit_link,
)

HOME_ITEMS = 6
HOME = "/"
ARTICLES = "/tin-tuc/"
PROFILES = "/mo-hinh/"
UNITS = "/dia-ban/"
FIELDS = "/linh-vuc/"
STATISTICS = "/thong-ke/"
UNIT_STATISTICS = "/thong-ke/dia-ban/"
FIELD_STATISTICS = "/thong-ke/linh-vuc/"

# Kept for pages the portal makes, now or in a later version; nothing authored may stand there.
RESERVED = (
    *(
        "/chuyen-muc/",
        "/van-ban/",
        "/tieu-chi/",
        "/nam/",
        "/tu-khoa/",
        "/trang-thai/",
        "/vung-dac-thu/",
        "/dinh-chinh/",
    ),
    *("/tim-kiem/", "/so-do/", "/du-lieu/", "/quan-tri/", "/huong-dan/", "/dia-ban/", "/linh-vuc/", "/thong-ke/"),
)


@dataclass(frozen=True)
class Markdown:
    """Where the body of a page is written."""

    text: str
    path: str
    first_line: int


@dataclass(frozen=True)
class Page:
    """One page of the site. `template` draws `view`; `edit_path` is the file an editor would change."""

    address: str
    title: str
    summary: str
    template: str
    view: object
    edit_path: str
    crumbs: tuple[Link, ...] = ()
    updated: date | None = None
    markdown: Markdown | None = None
    body: Body = field(default=EMPTY)


@dataclass(frozen=True)
class Public:
    """The records that have a page now, each with its standing; the newest article first."""

    articles: tuple[tuple[ContentFile[Article], Standing], ...]
    profiles: tuple[tuple[ContentFile[Profile], Standing], ...]
    ordinary: tuple[ContentFile[OrdinaryPage], ...]


def plan(public: Public, registers: Registers, campaign: Campaign, today: date) -> tuple[Page, ...]:
    """Every page of the site but its bodies, in order of address."""
    planner = _Planner(public, registers, campaign, today)
    return tuple(sorted(planner.pages(), key=lambda page: page.address))


def navigation(texts: Texts) -> tuple[Link, ...]:
    """The menu: short, explicit, the same on every page."""
    return (
        Link(texts.home, HOME),
        Link(texts.articles, ARTICLES),
        Link(texts.models, PROFILES),
        Link(texts.units, UNITS),
        Link(texts.fields_, FIELDS),
        Link(texts.statistics, STATISTICS),
    )


@dataclass(frozen=True)
class _Planner:
    public: Public
    registers: Registers
    campaign: Campaign
    today: date

    def pages(self) -> Iterator[Page]:
        yield self._home()
        yield from (self._article(article, standing) for article, standing in self.public.articles)
        yield from (self._profile(profile, standing) for profile, standing in self.public.profiles)
        yield from (self._ordinary(page) for page in self.public.ordinary if page.address != HOME)
        texts = self.campaign.texts
        yield self._page(
            ARTICLES,
            texts.articles,
            f"{texts.articles} mới nhất.",
            "list",
            ListView(self._latest, "Chưa có bài nào."),
            "docs/tin-tuc",
        )
        yield self._page(
            PROFILES,
            texts.models,
            f"{texts.models} có hồ sơ trên cổng.",
            "list",
            ListView(self._profile_cards, "Chưa có hồ sơ nào."),
            "docs/mo-hinh",
        )
        yield self._page(
            UNITS,
            texts.units,
            "Các địa bàn có tên trong tin, bài và hồ sơ.",
            "places",
            PlacesView(tuple(self._place_groups())),
            "data/units.yml",
        )
        yield from (self._unit(unit) for unit in self.registers.units)
        yield self._fields()
        yield from self._each_field()
        yield from self._statistics()

    # --- records -------------------------------------------------------------

    @cached_property
    def _counted(self) -> tuple[Counted, ...]:
        return tuple(counted(profile, self.registers) for profile, standing in self.public.profiles if standing.counted)

    @cached_property
    def _card_of(self) -> dict[str, Card]:
        """The card of every record by address."""
        cards = {a.address: article_card(a, s, self.registers) for a, s in self.public.articles}
        cards.update({p.address: profile_card(p, s, self.registers) for p, s in self.public.profiles})
        return cards

    @cached_property
    def _latest(self) -> tuple[Card, ...]:
        """Newest first; archived and expired articles keep their page but leave this list."""
        hidden = (Standing.ARCHIVED, Standing.EXPIRED)
        return tuple(self._card_of[a.address] for a, s in self.public.articles if s not in hidden)

    @cached_property
    def _profile_cards(self) -> tuple[Card, ...]:
        return tuple(self._card_of[p.address] for p, _ in self.public.profiles)

    @cached_property
    def _profile_by_slug(self) -> dict[str, ContentFile[Profile]]:
        return {p.slug: p for p, _ in self.public.profiles}

    @cached_property
    def _articles_of_model(self) -> dict[str, tuple[Card, ...]]:
        found: dict[str, list[Card]] = {}
        for article, standing in self.public.articles:
            if standing is not Standing.EXPIRED:
                for slug in article.record.models:
                    found.setdefault(slug, []).append(self._card_of[article.address])
        return {slug: tuple(cards) for slug, cards in found.items()}

    def _article(self, article: ContentFile[Article], standing: Standing) -> Page:
        record = article.record
        models = tuple(
            self._card_of[self._profile_by_slug[slug].address]
            for slug in record.models
            if slug in self._profile_by_slug
        )
        view = article_view(article, standing, models, self.registers)
        updated = (record.updated or record.date).day
        return self._authored(
            article, record.summary, "article", view, updated, Link(self.campaign.texts.articles, ARTICLES)
        )

    def _profile(self, profile: ContentFile[Profile], standing: Standing) -> Page:
        view = profile_view(profile, standing, self._articles_of_model.get(profile.slug, ()), self.registers)
        return self._authored(
            profile, profile.record.summary, "profile", view, None, Link(self.campaign.texts.models, PROFILES)
        )

    def _ordinary(self, page: ContentFile[OrdinaryPage]) -> Page:
        updated = page.record.updated.day if page.record.updated else None
        return self._authored(page, page.record.summary or "", "page", None, updated)

    def _authored(
        self, document: ContentFile, summary: str, template: str, view: object, updated: date | None, *above: Link
    ) -> Page:
        return Page(
            address=document.address,
            title=document.record.title,
            summary=summary,
            template=f"portal/{template}.html",
            view=view,
            edit_path=document.path,
            crumbs=(self._home_link, *above),
            updated=updated,
            markdown=Markdown(document.body, document.path, document.body_line),
        )

    # --- generated pages -----------------------------------------------------

    @property
    def _home_link(self) -> Link:
        return Link(self.campaign.texts.home, HOME)

    def _page(
        self, address: str, title: str, summary: str, template: str, view: object, edit_path: str, *above: Link
    ) -> Page:
        return Page(address, title, summary, f"portal/{template}.html", view, edit_path, (self._home_link, *above))

    def _home(self) -> Page:
        authored = next((page for page in self.public.ordinary if page.address == HOME), None)
        counts = {f.slug: sum(p.field == f.slug for p in self._counted) for f in self.registers.fields}
        view = HomeView(
            articles=self._latest[:HOME_ITEMS],
            models=self._profile_cards[:HOME_ITEMS],
            fields=tuple(
                (mark_of(f), Link(f"{number_vi(counts[f.slug])} mô hình", f"/linh-vuc/{f.slug}/"))
                for f in self.registers.fields
            ),
            places=tuple(unit_link(slug, self.registers) for slug in self._places),
        )
        summary = (authored.record.summary if authored else None) or self.campaign.name
        return Page(
            address=HOME,
            title=self.campaign.name,
            summary=summary,
            template="portal/home.html",
            view=view,
            edit_path=authored.path if authored else "docs/index.md",
            updated=max(((a.record.updated or a.record.date).day for a, _ in self.public.articles), default=self.today),
            markdown=Markdown(authored.body, authored.path, authored.body_line) if authored else None,
        )

    @cached_property
    def _places(self) -> tuple[str, ...]:
        """The units that profiles are registered with, in the register's order."""
        own = {p.path[0] for p in self._counted}
        return tuple(unit.slug for unit in self.registers.units if unit.slug in own)

    @cached_property
    def _below(self) -> dict[str, tuple[Unit, ...]]:
        """The units that were directly under each unit at any time, by name."""
        below: dict[str, list[Unit]] = {}
        for unit in self.registers.units:
            for slug in {parent.slug for parent in unit.parents}:
                below.setdefault(slug, []).append(unit)
        return {slug: tuple(by_name(units)) for slug, units in below.items()}

    def _place_groups(self) -> Iterator[PlaceGroup]:
        for unit in by_name(u for u in self.registers.units if not u.parents):
            levels = tuple(self._levels_below(unit))
            yield PlaceGroup(unit_link(unit.slug, self.registers), former(unit, self.today), levels)

    def _levels_below(self, unit: Unit) -> Iterator[Fact]:
        for level in Level:
            links = tuple(unit_link(u.slug, self.registers) for u in self._below.get(unit.slug, ()) if u.level is level)
            if links:
                yield Fact(level.label[:1].upper() + level.label[1:], links)

    def _unit(self, unit: Unit) -> Page:
        own = members(self._counted, unit.slug)
        view = UnitView(
            facts=(*unit_facts(unit, self.registers), *self._levels_below(unit)),
            note=former(unit, self.today),
            models=tuple(self._card_of[p.profile.address] for p in own),
            articles=tuple(
                self._card_of[a.address]
                for a, s in self.public.articles
                if s.counted and unit.slug in self._places_of(a)
            ),
            statistics=f"{UNIT_STATISTICS}{unit.slug}/" if own else "",
        )
        name = self.registers.unit_name(unit.slug)
        return self._page(
            f"{UNITS}{unit.slug}/",
            name[:1].upper() + name[1:],
            f"Mô hình, tin bài và số liệu của {name}.",
            "unit",
            view,
            "data/units.yml",
            Link(self.campaign.texts.units, UNITS),
        )

    def _places_of(self, article: ContentFile[Article]) -> set[str]:
        """The units an article is about, and every unit above them at any time."""
        waiting = [*article.record.units, *(figure.unit for figure in article.record.figures)]
        found: set[str] = set()
        while waiting:
            slug = waiting.pop()
            if slug not in found:
                found.add(slug)
                waiting.extend(parent.slug for parent in self.registers.units[slug].parents)
        return found

    def _fields(self) -> Page:
        cards = []
        for term in self.registers.fields:
            count = sum(p.field == term.slug for p in self._counted)
            cards.append(
                (
                    mark_of(term),
                    Card(
                        term.name, f"{FIELDS}{term.slug}/", term.description or "", kicker=f"{number_vi(count)} mô hình"
                    ),
                )
            )
        unknown = sum(p.field == UNKNOWN for p in self._counted)
        return self._page(
            FIELDS,
            self.campaign.texts.fields_,
            "Các lĩnh vực của phong trào.",
            "fields",
            FieldsView(tuple(cards), unknown),
            "data/fields.yml",
        )

    def _each_field(self) -> Iterator[Page]:
        for term in self.registers.fields:
            own = [p for p in self._counted if p.field == term.slug]
            view = FieldView(
                mark=mark_of(term),
                description=term.description or "",
                models=tuple(self._card_of[p.profile.address] for p in own),
                articles=tuple(
                    self._card_of[a.address]
                    for a, s in self.public.articles
                    if s.counted and term.slug in a.record.fields_
                ),
                statistics=f"{FIELD_STATISTICS}{term.slug}/" if own else "",
            )
            above = Link(self.campaign.texts.fields_, FIELDS)
            yield self._page(
                f"{FIELDS}{term.slug}/",
                term.name,
                term.description or f"Lĩnh vực {term.name}.",
                "field",
                view,
                "data/fields.yml",
                above,
            )

    def _statistics(self) -> Iterator[Page]:
        texts = self.campaign.texts
        everything = self._counted
        units = tuple(u for u in self.registers.units if members(everything, u.slug))
        fields = tuple(f for f in self.registers.fields if any(p.field == f.slug for p in everything))
        view = StatisticsView(
            scope="campaign",
            count=len(everything),
            tables=campaign_tables(everything, self.registers),
            units=tuple(Link(self.registers.unit_name(u.slug), f"{UNIT_STATISTICS}{u.slug}/") for u in units),
            fields=tuple(Link(f.name, f"{FIELD_STATISTICS}{f.slug}/") for f in fields),
        )
        summary = "Bảng đếm từ hồ sơ mô hình trên cổng, theo địa bàn, lĩnh vực, trạng thái, cấp, loại và năm."
        yield self._page(STATISTICS, texts.statistics, summary, "statistics", view, "docs/mo-hinh")
        above = Link(texts.statistics, STATISTICS)
        for unit in units:
            scope = StatisticsView(
                f"unit:{unit.slug}",
                len(members(everything, unit.slug)),
                unit_tables(everything, unit.slug, self.registers),
            )
            name = self.registers.unit_name(unit.slug)
            title = f"{texts.statistics}: {name}"
            yield self._page(
                f"{UNIT_STATISTICS}{unit.slug}/",
                title,
                f"Bảng đếm từ hồ sơ mô hình của {name}.",
                "statistics",
                scope,
                "docs/mo-hinh",
                above,
            )
        for term in fields:
            count = sum(p.field == term.slug for p in everything)
            scope = StatisticsView(f"field:{term.slug}", count, field_tables(everything, term.slug, self.registers))
            title = f"{texts.statistics}: {term.name}"
            yield self._page(
                f"{FIELD_STATISTICS}{term.slug}/",
                title,
                f"Bảng đếm từ hồ sơ mô hình lĩnh vực {term.name}.",
                "statistics",
                scope,
                "docs/mo-hinh",
                above,
            )
