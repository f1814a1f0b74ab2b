"""Reported figures: the sets of public articles with their dates, flags and cells, and what puts a cell in doubt.

A figure belongs to the article that reports it. It is never mixed with what is counted from profiles.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from .contradictions import Contradiction, doubted, passage_of
from .likeness import Likeness, likeness
from .registers import Registers
from .reported_cells import Cell, Columns, computed_cells, stated_cells
from .schema.content import Article
from .schema.dates import PartialDate
from .schema.figure import BREAKDOWNS, CountKind, Coverage, CoverageKind, FigureSet, Level, PeriodKind, figure_id
from .schema.values import Code
from .source import ContentFile
from .standing import day_within
from .text import date_vi


class Flag(Code):
    """What a reader must know of a row before comparing it."""

    ABOUT = "about", "có số gần đúng"
    INCOMPLETE = "incomplete", "chưa đầy đủ"
    BREAK = "break", "đứt chuỗi"
    CONTRADICTED = "contradicted", "nguồn mâu thuẫn"
    COMPUTED = "computed", "có số tính từ báo cáo"


_BREAKDOWN_LABELS = {key: Coverage.model_fields[key].title or key for key in BREAKDOWNS}


@dataclass(frozen=True)
class Reported:
    """One figure set of a public article, with all its cells: stated ones first, then computed ones."""

    article: ContentFile[Article]
    figure: FigureSet
    id: str  # as `figure_id` tells
    cells: tuple[Cell, ...]

    @cached_property
    def likeness(self) -> Likeness:
        return likeness(self.figure)

    @property
    def passage(self) -> str:
        """The address of the passage that states the set."""
        return passage_of(self.article, self.id)

    @property
    def end(self) -> PartialDate | None:
        """When the numbers hold at the latest: the as-of date, else the end of the period; None when unstated."""
        return self.figure.period.as_of or self.figure.period.to

    @property
    def year(self) -> int | None:
        return self.end.year if self.end else None

    @property
    def as_of(self) -> str:
        """The date readers see: `end`, else that of the source, else that there is none."""
        if self.end:
            return self.end.vi
        source = self.article.record.source
        return (
            f"{date_vi(source.published.day)} (ngày của nguồn)"
            if source and source.published
            else "nguồn không ghi ngày"
        )

    @cached_property
    def flags(self) -> tuple[Flag, ...]:
        holds = {
            Flag.ABOUT: any(not cell.exact for cell in self.cells),
            Flag.INCOMPLETE: bool(self.incomplete),
            Flag.BREAK: self.figure.break_ is not None,
            Flag.CONTRADICTED: any(cell.entries for cell in self.cells),
            Flag.COMPUTED: any(cell.computed for cell in self.cells),
        }
        return tuple(flag for flag in Flag if holds[flag])

    @cached_property
    def incomplete(self) -> tuple[tuple[str, CoverageKind], ...]:
        """The breakdowns the set has that do not make up the total, each with its label."""
        coverage = self.figure.coverage
        there = {key: bool(getattr(self.figure, key)) for key in BREAKDOWNS}
        there["by_field"] = any(cell.column.key.startswith(("by_field.", "merged_fields.")) for cell in self.cells)
        kinds = ((key, getattr(coverage, key)) for key in BREAKDOWNS if there[key])
        return tuple((_BREAKDOWN_LABELS[key], kind) for key, kind in kinds if kind is not CoverageKind.COMPLETE)

    def day(self, registers: Registers) -> date | None:
        """The day at which to ask whose unit this was: within `end`, else the source's; None when neither is known."""
        if self.end:
            unit = registers.units[self.figure.unit]
            return day_within(self.end, unit) or self.end.first_day
        source = self.article.record.source
        return source.published.day if source and source.published else None

    def cell(self, column: str, level: Level | None = None) -> Cell | None:
        return self._by_place.get((column, level))

    @cached_property
    def _by_place(self) -> dict[tuple[str, Level | None], Cell]:
        return {(cell.column.key, cell.level): cell for cell in reversed(self.cells)}  # of two the first counts

    def of_level(self, level: Level) -> Reported:
        """What the set says of one level inside the unit."""
        return replace(self, cells=tuple(cell for cell in self.cells if cell.level is level))

    def of_field(self, slug: str) -> Reported:
        """What the set says of one field: its number, those it is merged into, shares and changes of it."""
        return replace(self, cells=tuple(cell for cell in self.cells if _names_field(cell.column.key, slug)))


def _names_field(column: str, slug: str) -> bool:
    head, _, of = column.partition(":")
    if head in ("share", "change"):
        return f".{of.partition('|')[0]}".endswith(f".by_field.{slug}")
    kind, _, rest = column.partition(".")
    return slug in rest.split("+") if kind == "merged_fields" else column == f"by_field.{slug}"


def newest_first(reported: Reported) -> tuple:
    """The order of sets: the latest end first, then unstated ones; of one end by the article, the later first."""
    source = reported.article.record.source
    published = -source.published.at.timestamp() if source and source.published else 0.0
    known = (0, -reported.end.last_day.toordinal()) if reported.end else (1, 0)
    return (*known, published, -reported.article.record.date.at.timestamp(), reported.article.address, reported.id)


def all_reported(
    articles: Iterable[ContentFile[Article]], known: Iterable[Contradiction], registers: Registers
) -> tuple[Reported, ...]:
    """Every figure set of the articles, newest first. `known` are the discrepancies of these articles."""
    columns = Columns(registers)
    sets = []
    for article in articles:
        for figure in article.record.figures:
            id_ = figure_id(figure)
            cells = stated_cells(figure, passage_of(article, id_), columns)
            sets.append(Reported(article, figure, id_, tuple(cells)))
    doubts = _doubts(sets, known)
    found = []
    for one in sets:
        passage = one.passage
        doubted_by = ((cell, doubts.get((passage, cell.path))) for cell in one.cells)
        cells = tuple(replace(cell, entries=tuple(ids)) if ids else cell for cell, ids in doubted_by)
        found.append(replace(one, cells=(*cells, *computed_cells(cells, one.figure, columns))))
    return tuple(sorted(found, key=newest_first))


def _doubts(sets: list[Reported], known: Iterable[Contradiction]) -> dict[tuple[str, str], list[str]]:
    """The ids of the discrepancies that put a number in doubt, by its passage and path."""
    at = {one.passage: one for one in sets}
    named = as_repeated(sets)
    registered = _grouped(sets, lambda one: one.figure.count is CountKind.REGISTERED and _series(one.figure))
    doubts: dict[tuple[str, str], list[str]] = {}
    for entry in known:
        values = {cell.path: cell.value for cell in at[entry.passage].cells}
        places = [(entry.passage, path) for path in sorted(doubted(entry.known, entry.figure, values))]
        relation, _, name = entry.known.relation.partition(":")
        others = named.get(name, []) if relation == "repeat" else []
        if relation == "order":
            others = [o for o in registered.get(_series(entry.figure), ()) if _same_time(o.figure, entry.figure)]
        places += [(o.passage, cell.path) for o in others for cell in o.cells if cell.value == entry.known.computed]
        for place in places:
            doubts.setdefault(place, []).append(entry.id)
    return doubts


def as_repeated(sets: Iterable[Reported]) -> dict[str, list[Reported]]:
    """Sets as `repeat:` names them, by article and id."""
    return _grouped(sets, lambda one: f"{one.article.slug}#{one.id}")


def _grouped(sets: Iterable[Reported], key: Callable[[Reported], Hashable]) -> dict[Hashable, list[Reported]]:
    found: dict[Hashable, list[Reported]] = {}
    for one in sets:
        found.setdefault(key(one), []).append(one)
    return found


def _series(figure: FigureSet) -> tuple[str, str]:
    return (figure.unit, figure.measure)


def _same_time(one: FigureSet, other: FigureSet) -> bool:
    """Of one period, however that is written."""
    spans = []
    for period in (one.period, other.period):
        first, last = period.as_of or period.from_, period.as_of or period.to
        days = (first.first_day, last.last_day) if first and last else None
        spans.append((days, bool(period.as_of), period.kind or PeriodKind.RANGE))
    return spans[0] == spans[1]
