"""Which tables use the figures of an article: what a passage tells its readers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ..addresses import relative
from ..figure_tables import FigureTable
from ..marking import Link, Note
from ..markup import TABLE_ANCHOR
from ..reported_tables import ReportedTable
from ..views import ArticleView, ReportedView, StatisticsView
from .page import Page

_OWN = "bảng cuối bài"


def uses(pages: Iterable[Page]) -> dict[str, dict[str, Note]]:
    """By the address of an article and the id of a figure set: the tables it stands in, each page once; first the
    article's own. Addresses are relative to the article."""
    found: dict[str, dict[str, dict[str, str]]] = {}
    titles: dict[tuple[str, str], str] = {}
    everything = tuple(pages)
    for page in everything:
        if isinstance(page.view, ArticleView):
            for table in page.view.figures:
                titles[page.address, table.id] = _titled(table)
                found.setdefault(page.address, {})[table.id] = {_OWN: f"#{TABLE_ANCHOR}{table.id}"}
    for page in everything:
        for reported in _tables(page.view):
            for row in reported.rows:
                article = row.reported.article.address
                to = relative(article, page.address) + f"#{TABLE_ANCHOR}{reported.id}"
                found[article][row.reported.id].setdefault(page.title, to)
    return {
        article: {
            key: Note(titles[article, key], tuple(Link(label, to) for label, to in tables.items()))
            for key, tables in sets.items()
        }
        for article, sets in found.items()
    }


def _tables(view: object) -> Iterator[ReportedTable]:
    sections = view.reported if isinstance(view, StatisticsView) else ()
    sections = view.sections if isinstance(view, ReportedView) else sections
    for section in sections:
        for block in section.blocks:
            yield from block.tables


def _titled(table: FigureTable) -> str:
    return ", ".join(part for part in (table.measure, table.unit, table.count.lower(), table.period) if part)
