"""The page for those who take news and tables over: other portals, newspapers, loudspeakers."""

from __future__ import annotations

from collections.abc import Iterator

from ..statistics import campaign_tables
from ..views import FeedRow, Link, PartnersView, TableToEmbed
from .catalog import Catalog
from .corrections import CORRECTIONS_TITLE
from .page import CATEGORIES, CORRECTIONS, FIELDS, HOME, MODELS, PARTNERS, STATISTICS, UNITS, Page, embed_of, feed_of

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
        edit_path="data/campaign.yml",
        crumbs=(catalog.home_link,),
    )


def _feeds(catalog: Catalog) -> Iterator[FeedRow]:
    """But those of places, which are many: each is told on its own page."""
    texts, records = catalog.campaign.texts, catalog.records
    if records.articles:
        yield _row(texts.articles, HOME)
    for category in catalog.registers.categories:
        if catalog.categories[category.slug].articles:
            yield _row(category.name, f"{CATEGORIES}{category.slug}/")
    told = {slug for article in records.articles for slug in article.record.fields_}
    for field in catalog.registers.fields:
        if field.slug in told:
            yield _row(f"{texts.fields_}: {field.name}", f"{FIELDS}{field.slug}/")
    if catalog.has_steps:
        yield _row(f"{texts.models}: đổi trạng thái", MODELS)
    if catalog.has_corrections:
        yield _row(CORRECTIONS_TITLE, CORRECTIONS)


def _row(label: str, page: str) -> FeedRow:
    return FeedRow(Link(label, page), feed_of(page))


def _tables(catalog: Catalog) -> Iterator[TableToEmbed]:
    """Those of the whole campaign: of each other table the page that has it leads there."""
    for table in campaign_tables(catalog.counted, catalog.registers):
        yield TableToEmbed(table.caption, embed_of(STATISTICS, table.id))
