"""The page for those who take news and tables over: other portals, newspapers, loudspeakers."""

from __future__ import annotations

from collections.abc import Iterator

from ..statistics import campaign_tables
from ..views import FeedRow, Link, PartnersView, TableToEmbed
from .catalog import Catalog
from .corrections import CORRECTIONS_TITLE
from .page import CATEGORIES, CORRECTIONS, FIELDS, HOME, MODELS, PARTNERS, STATISTICS, UNITS, Page, embed_of

PARTNERS_TITLE = "Dành cho đối tác"


def page(catalog: Catalog) -> Page:
    view = PartnersView(
        feeds=tuple(_feeds(catalog)),
        places=Link(catalog.campaign.texts.units, UNITS) if catalog.articles_of_unit else None,
        tables=tuple(_tables(catalog)),
        statistics=Link(catalog.campaign.texts.statistics, STATISTICS),
    )
    return Page(
        address=PARTNERS,
        title=PARTNERS_TITLE,
        summary="Cách lấy tin qua nguồn tin, nhúng bảng thống kê và dùng bản đọc loa của cổng.",
        template="portal/partners.html",
        view=view,
        edit_path="data",
        crumbs=(catalog.home_link,),
    )


def _feeds(catalog: Catalog) -> Iterator[FeedRow]:
    """But those of places, which are many: each is told on its own page."""
    texts, registers = catalog.campaign.texts, catalog.registers
    named = {
        HOME: texts.articles,
        **{f"{CATEGORIES}{category.slug}/": category.name for category in registers.categories},
        **{f"{FIELDS}{field.slug}/": f"{texts.fields_}: {field.name}" for field in registers.fields},
        MODELS: f"{texts.models}: đổi trạng thái",
        CORRECTIONS: CORRECTIONS_TITLE,
    }
    for page, label in named.items():
        if stem := catalog.feed_at(page):
            yield FeedRow(Link(label, page), stem)


def _tables(catalog: Catalog) -> Iterator[TableToEmbed]:
    """Those of the whole campaign: of each other table the page that has it leads there."""
    for table in campaign_tables(catalog.counted, catalog.registers):
        yield TableToEmbed(table.caption, embed_of(STATISTICS, table.id))
