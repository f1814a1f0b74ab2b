"""Which tables use the figures of an article: what a passage tells its readers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from operator import itemgetter

from ..addresses import relative
from ..figure_tables import FigureTable
from ..fingerprint import digest
from ..marking import Link, Note
from ..markup import TABLE_ANCHOR
from ..memory import InPart
from ..reported_tables import ReportedTable
from ..statistics_views import ReportedView, StatisticsView
from ..views import ArticleView
from .page import Page

_OWN = "bảng cuối bài"


class Uses:
    """Told each page of a site, knows which tables use which figure sets."""

    def __init__(self) -> None:
        self._titles: dict[tuple[str, str], str] = {}
        # The address of a page that uses a set, the table's number on it; article, set, title of the page, way to it.
        self._rows: list[tuple[str, int, str, str, str, str]] = []

    def add(self, page: Page) -> None:
        if isinstance(page.view, ArticleView):
            for table in page.view.figures:
                self._titles[page.address, table.id] = _titled(table)
        for number, reported in enumerate(_tables(page.view)):
            for row in reported.rows:
                to = relative(row.article, page.address) + f"#{TABLE_ANCHOR}{reported.id}"
                self._rows.append((page.address, number, row.article, row.figure, page.title, to))

    def join(self, other: Uses) -> None:
        """Know what another one was told."""
        self._titles.update(other._titles)
        self._rows.extend(other._rows)

    def notes(self) -> Notes:
        """The tables each set stands in, each page once; first the article's own. Addresses are relative to the
        article."""
        found: dict[str, dict[str, dict[str, str]]] = {}
        for article, key in self._titles:
            found.setdefault(article, {})[key] = {_OWN: f"#{TABLE_ANCHOR}{key}"}
        for _, _, article, key, title, to in sorted(self._rows):
            found[article][key].setdefault(title, to)
        notes = {
            article: {
                key: Note(self._titles[article, key], tuple(Link(label, to) for label, to in tables.items()))
                for key, tables in sets.items()
            }
            for article, sets in found.items()
        }
        return Notes(notes, {article: _name(sets) for article, sets in notes.items()})


def _name(notes: Mapping[str, Note]) -> str:
    """Of the notes of an article."""
    said: list[str] = []
    for key, note in sorted(notes.items(), key=itemgetter(0)):
        said += (key, note.title, str(len(note.links)))
        said += [part for link in note.links for part in (link.label, link.href)]
    return digest(*said)


@dataclass(frozen=True)
class Notes(InPart):
    """What passages tell of the tables that use them: by the address of an article and the id of a figure set. `names`
    name those of each article."""

    AT_HAND = ("names",)
    REST = ("of",)

    of: Mapping[str, Mapping[str, Note]]
    names: Mapping[str, str]


def _tables(view: object) -> Iterator[ReportedTable]:
    sections = view.reported if isinstance(view, StatisticsView) else ()
    sections = view.sections if isinstance(view, ReportedView) else sections
    for section in sections:
        for block in section.blocks:
            yield from block.tables


def _titled(table: FigureTable) -> str:
    return ", ".join(part for part in (table.measure, table.unit, table.count.lower(), table.period) if part)
