"""The home page and the map of the site."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from ..last_changes import article_changed
from ..presenting import mark_of, unit_link
from ..schema.content import ModelStatus
from ..text import number_vi, sort_key
from ..views import Fact, HomeView, IndexView, Link, Number
from . import places
from .catalog import Catalog
from .page import (
    ALPHABETS,
    ARTICLES,
    AWARDS,
    CATEGORIES,
    CORRECTIONS,
    COVERAGE,
    CRITERIA,
    DISCREPANCIES,
    DOCUMENTS,
    FAMILIES,
    FIELDS,
    GENRES,
    HOME,
    LEVEL_STATISTICS,
    MODELS,
    ORGANISATIONS,
    PARTNERS,
    SEARCH,
    SITE_MAP,
    SPECIAL_AREAS,
    STATISTICS,
    STATUSES,
    STOPPED,
    TAGS,
    UNIT_STATISTICS,
    UNITS,
    YEAR_STATISTICS,
    YEARS,
    Page,
)

ITEMS = 6
SITE_MAP_TITLE = "Sơ đồ cổng"


def home(catalog: Catalog) -> Page:
    """Lead story, latest news, models, the campaign in numbers, fields, places."""
    authored = next((page for page in catalog.public.ordinary if page.address == HOME), None)
    lead = next((a for a in catalog.latest if a.record.featured), None) or next(iter(catalog.latest), None)
    others = tuple(a for a in catalog.latest if a is not lead)[:ITEMS]
    fields = catalog.registers.fields
    counts = {field.slug: sum(p.field == field.slug for p in catalog.counted) for field in fields}
    own = {p.path[0] for p in catalog.counted}
    view = HomeView(
        lead=catalog.entry_of[lead.path] if lead else None,
        articles=catalog.entries(others),
        models=catalog.entries(catalog.records.models[:ITEMS]),
        numbers=_numbers(catalog),
        fields=tuple((mark_of(f), Link(f"{number_vi(counts[f.slug])} mô hình", f"{FIELDS}{f.slug}/")) for f in fields),
        places=tuple(unit_link(u.slug, catalog.registers) for u in catalog.registers.units if u.slug in own),
    )
    return Page(
        address=HOME,
        title=catalog.campaign.name,
        summary=(authored.record.summary if authored else None) or catalog.campaign.name,
        template="portal/home.html",
        view=view,
        edit_path=authored.path if authored else "",
        updated=_changed(catalog),
    )


def _changed(catalog: Catalog) -> date | None:
    """When the latest news last changed."""
    days = (article_changed(article.record, catalog.today).day for article in catalog.latest)
    return max((day for day in days if day <= catalog.today), default=None)


def _numbers(catalog: Catalog) -> tuple[Number, ...]:
    """The campaign in numbers, each leading to the table or list it is counted in."""
    profiles = catalog.counted
    table = f"{STATISTICS}#bang-"
    statuses = [(s, sum(p.status == s.value for p in profiles)) for s in ModelStatus]
    found = [
        (len(profiles), "hồ sơ mô hình", f"{table}theo-linh-vuc"),
        *((count, f"mô hình {status.label}", f"{table}theo-trang-thai") for status, count in statuses),
        (len(catalog.latest), "tin, bài", ARTICLES),
        (len(catalog.registers.documents.entries), "văn bản", DOCUMENTS),
    ]
    return tuple(Number(number_vi(count), label, address) for count, label, address in found if count)


def _tables(there: set[str]) -> list[str]:
    """The pages beside the tables: what became of models, awards, reported figures, each unit."""
    reported = sorted(a for a in there if a.startswith((LEVEL_STATISTICS, YEAR_STATISTICS)))
    units = sorted(a for a in there if a.startswith(UNIT_STATISTICS))
    return [STOPPED, FAMILIES, AWARDS, COVERAGE, DISCREPANCIES, *reported, *units]


def _top_units(catalog: Catalog) -> list[str]:
    return [f"{UNITS}{unit.slug}/" for unit in catalog.registers.units if not unit.parents]


def site_map(catalog: Catalog, pages: Sequence[Page]) -> Page:
    """Every kind of page with its ways in; articles and models through their lists."""
    texts = catalog.campaign.texts
    ordinary = sorted(catalog.public.ordinary, key=lambda page: sort_key(page.record.title))
    there = {page.address for page in pages}
    below = {
        texts.articles: (ARTICLES, [CATEGORIES, GENRES, ORGANISATIONS]),
        texts.models: (MODELS, [STATUSES, SPECIAL_AREAS, CRITERIA]),
        texts.units: (UNITS, [*places.former_addresses(catalog), *_top_units(catalog)]),
        texts.fields_: (FIELDS, [f"{FIELDS}{f.slug}/" for f in catalog.registers.fields]),
        texts.statistics: (STATISTICS, _tables(there)),
        texts.documents: (DOCUMENTS, []),
    }
    title_of = {page.address: page.title for page in pages}
    groups = [Fact("", (catalog.home_link,))]
    for label, (address, inside) in below.items():
        links = tuple(Link(title_of[a], a) for a in inside if a in there)
        groups.append(Fact("", (Link(label, address), *links)))
    groups.append(Fact("", (Link(title_of[YEARS], YEARS), Link(title_of[TAGS], TAGS))))
    groups += [Fact("", (Link(title_of[address], address),)) for address in (CORRECTIONS, PARTNERS)]
    alphabets = [f"{ALPHABETS}{step}/" for step in ("mo-hinh", "dia-ban")]
    groups.append(Fact("", (Link(title_of[SEARCH], SEARCH), *(Link(title_of[a], a) for a in alphabets))))
    groups.append(Fact("", tuple(Link(p.record.title, p.address) for p in ordinary if p.address != HOME)))
    view = IndexView(tuple(group for group in groups if group.values))
    return Page(
        SITE_MAP, SITE_MAP_TITLE, "Các trang của cổng.", "portal/index.html", view, "docs", (catalog.home_link,)
    )
