"""Which pages the site has, and the view each template draws."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from ..registers import Registers
from ..schema.data import Campaign, Texts
from ..views import Link
from . import awards, corrections, criteria, documents, home, lists, lives, places, records, statistics
from .catalog import Catalog, Public
from .corrections import CORRECTIONS_TITLE
from .home import SITE_MAP_TITLE
from .page import (
    ARTICLES,
    CORRECTIONS,
    DOCUMENTS,
    FIELDS,
    HOME,
    MODELS,
    SITE_MAP,
    STATISTICS,
    UNITS,
    Page,
    packed,
    shown,
    view_of,
)
from .uses import Uses

__all__ = ["HOME", "Page", "Public", "Uses", "footer_links", "navigation", "packed", "plan", "shown", "view_of"]


def plan(
    public: Public, registers: Registers, campaign: Campaign, today: date, kept: Callable[[Page], Page]
) -> tuple[Page, ...]:
    """Every page of the site but its bodies, in order of address; each as it is `kept` as soon as it is made."""
    catalog = Catalog(public, registers, campaign, today)
    kinds = (
        records.pages(catalog),
        lists.pages(catalog),
        places.pages(catalog),
        documents.pages(catalog),
        criteria.pages(catalog),
        awards.pages(catalog),
        statistics.pages(catalog),
        lives.pages(catalog),
        (corrections.page(catalog),),
    )
    pages = [kept(page) for kind in kinds for page in kind]
    pages += [kept(home.home(catalog)), kept(home.site_map(catalog, pages))]
    return tuple(sorted(pages, key=lambda page: page.address))


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
    """The map of the site, all corrections, and the ordinary pages at the top: about, accessibility, privacy."""
    own = (Link(page.record.title, page.address) for page in public.ordinary if page.address.count("/") == 2)
    return (Link(SITE_MAP_TITLE, SITE_MAP), Link(CORRECTIONS_TITLE, CORRECTIONS), *own)
