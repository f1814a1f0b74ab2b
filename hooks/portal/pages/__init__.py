"""Which pages the site has, and the view each template draws."""

from __future__ import annotations

from collections.abc import Iterator

from ..schema.data import Texts
from ..views import Link
from . import (
    alphabet,
    awards,
    corrections,
    criteria,
    documents,
    gallery,
    home,
    lists,
    lives,
    partners,
    places,
    records,
    search,
    statistics,
)
from .catalog import Catalog, Public
from .corrections import CORRECTIONS_TITLE
from .home import SITE_MAP_TITLE, site_map
from .page import (
    ARTICLES,
    CORRECTIONS,
    DOCUMENTS,
    FIELDS,
    HOME,
    MODELS,
    PARTNERS,
    SEARCH,
    SITE_MAP,
    STATISTICS,
    UNITS,
    Page,
    packed,
    size_of,
    taken_apart,
    view_of,
)
from .partners import PARTNERS_TITLE
from .uses import Notes, Uses

__all__ = [
    "HOME",
    "SEARCH",
    "Catalog",
    "Notes",
    "Page",
    "Public",
    "Uses",
    "footer_links",
    "navigation",
    "of_articles",
    "of_gallery",
    "of_lists",
    "of_models",
    "of_tables_of_units",
    "of_wide_tables",
    "packed",
    "site_map",
    "size_of",
    "taken_apart",
    "view_of",
]


def of_articles(catalog: Catalog) -> Iterator[Page]:
    """The pages of articles, the ordinary pages, and the home page."""
    yield from records.articles(catalog)
    yield from records.ordinary(catalog)
    yield home.home(catalog)


def of_models(catalog: Catalog) -> Iterator[Page]:
    """The pages of profiles."""
    yield from records.models(catalog)


def of_lists(catalog: Catalog) -> Iterator[Page]:
    """Every list and every register."""
    for kind in (lists, places, documents, criteria, awards, lives, alphabet):
        yield from kind.pages(catalog)
    yield corrections.page(catalog)
    yield search.page(catalog)
    yield partners.page(catalog)


def of_gallery(catalog: Catalog) -> Iterator[Page]:
    """The gallery of models."""
    yield from gallery.pages(catalog)


def of_tables_of_units(catalog: Catalog) -> Iterator[Page]:
    """The tables of each unit: like all tables they hold of articles only what those with figures say."""
    yield from statistics.of_units(catalog)


def of_wide_tables(catalog: Catalog) -> Iterator[Page]:
    """The tables over several units."""
    yield from statistics.over_units(catalog)


def navigation(texts: Texts) -> tuple[Link, ...]:
    """The menu: short, explicit, the same on every page."""
    return (
        Link(texts.home, HOME),
        Link(texts.articles, ARTICLES),
        Link(texts.models, MODELS),
        Link(texts.units, UNITS),
        Link(texts.fields_, FIELDS),
        Link(texts.statistics, STATISTICS),
        Link(texts.documents, DOCUMENTS),
    )


def footer_links(public: Public) -> tuple[Link, ...]:
    """The map of the site, all corrections, what partners may take, and the ordinary pages at the top: about, accessibility, privacy."""
    own = (Link(page.record.title, page.address) for page in public.ordinary if page.address.count("/") == 2)
    found = ((SITE_MAP_TITLE, SITE_MAP), (CORRECTIONS_TITLE, CORRECTIONS), (PARTNERS_TITLE, PARTNERS))
    return (*(Link(title, address) for title, address in found), *own)
