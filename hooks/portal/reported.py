"""Reported figures as tables hold them: the cells of a figure set, and what follows from them exactly.

A figure belongs to the article that reports it. It is never mixed with what is counted from profiles.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from itertools import groupby

from .contradictions import Contradiction, doubted, passage_of, path_of
from .figures import figure_id, numbers_of
from .registers import Registers
from .relations import Measured, plain
from .schema.content import Article
from .schema.dates import PartialDate
from .schema.figure import BREAKDOWNS, Change, Coverage, CoverageKind, FigureSet, Kind, Level, Number, Share
from .schema.values import Code
from .source import ContentFile
from .standing import day_within
from .text import date_vi, number_vi
from .yaml_tree import Loc


class Flag(Code):
    """What a reader must know of a row before comparing it."""

    ABOUT = "about", "có số gần đúng"
    INCOMPLETE = "incomplete", "chưa đầy đủ"
    BREAK = "break", "đứt chuỗi"
    CONTRADICTED = "contradicted", "nguồn mâu thuẫn"
    COMPUTED = "computed", "có số tính từ báo cáo"


@dataclass(frozen=True)
class Column:
    """What cells one below the other have in common. `rank` orders columns; of one rank the first seen stands first."""

    key: str
    label: str
    rank: tuple[int, int]


@dataclass(frozen=True)
class Component:
    """One number a computed one is made of, with the passage that states it."""

    text: str
    address: str


@dataclass(frozen=True)
class Cell:
    """One number of a set. `value` is in the measure's own unit of measure (shares and changes in percent or as
    said), `text` as the source says it. A computed cell has components; a stated one the `address` of its passage.
    `entries` are the ids of the discrepancies that put it in doubt."""

    path: str
    column: Column
    level: Level | None
    text: str
    value: Decimal
    exact: bool
    address: str = ""
    entries: tuple[str, ...] = ()
    components: tuple[Component, ...] = ()

    @property
    def computed(self) -> bool:
        return bool(self.components)

    @property
    def sound(self) -> bool:
        """May be added and ranked: exact, and nothing contradicts it."""
        return self.exact and not self.entries


@dataclass(frozen=True)
class Reported:
    """One figure set of a public article, with all its cells: stated ones first, then computed ones."""

    article: ContentFile[Article]
    figure: FigureSet
    cells: tuple[Cell, ...]

    @property
    def id(self) -> str:
        return figure_id(self.figure)

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

    @property
    def flags(self) -> tuple[Flag, ...]:
        holds = {
            Flag.ABOUT: any(not cell.exact for cell in self.cells),
            Flag.INCOMPLETE: bool(self.incomplete),
            Flag.BREAK: self.figure.break_ is not None,
            Flag.CONTRADICTED: any(cell.entries for cell in self.cells),
            Flag.COMPUTED: any(cell.computed for cell in self.cells),
        }
        return tuple(flag for flag in Flag if holds[flag])

    @property
    def incomplete(self) -> tuple[tuple[str, CoverageKind], ...]:
        """The breakdowns the set has that do not make up the total, each with its label."""
        coverage = self.figure.coverage
        there = {key: bool(getattr(self.figure, key)) for key in BREAKDOWNS}
        there["by_field"] = any(cell.column.key.startswith(("by_field.", "merged_fields.")) for cell in self.cells)
        kinds = ((key, getattr(coverage, key)) for key in BREAKDOWNS if there[key])
        labels = {key: Coverage.model_fields[key].title or key for key in BREAKDOWNS}
        return tuple((labels[key], kind) for key, kind in kinds if kind is not CoverageKind.COMPLETE)

    def day(self, registers: Registers) -> date | None:
        """The day at which to ask whose unit this was: within `end`, else the source's; None when neither is known."""
        if self.end:
            unit = registers.units[self.figure.unit]
            return day_within(self.end, unit) or self.end.first_day
        source = self.article.record.source
        return source.published.day if source and source.published else None

    def cell(self, column: str, level: Level | None = None) -> Cell | None:
        return next((c for c in self.cells if c.column.key == column and c.level is level), None)

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
    of_article = {path: tuple(entries) for path, entries in groupby(known, key=lambda entry: entry.article.path)}
    found = [
        _reported(article, figure, of_article.get(article.path, ()), registers)
        for article in articles
        for figure in article.record.figures
    ]
    return tuple(sorted(found, key=newest_first))


def _reported(
    article: ContentFile[Article], figure: FigureSet, known: tuple[Contradiction, ...], registers: Registers
) -> Reported:
    entries: dict[str, list[str]] = {}
    for entry in known:
        if entry.figure is figure:
            for path in sorted(doubted(entry.known, figure)):
                entries.setdefault(path, []).append(entry.id)
    passage = passage_of(article, figure)
    stated = tuple(
        replace(cell, address=passage, entries=tuple(entries.get(cell.path, ()))) for cell in _stated(figure, registers)
    )
    return Reported(article, figure, (*stated, *_computed(stated, figure, registers)))


# --- what the source states -----------------------------------------------------


def _stated(figure: FigureSet, registers: Registers) -> Iterator[Cell]:
    measured = Measured(figure, registers)
    own = registers.measures[figure.measure].unit_of_measure
    for loc, number in numbers_of(figure):
        unit = number.unit_of_measure or _unit_of_label(figure, loc)
        value = measured.in_own_unit(number.value * measured.factor(unit))
        said = _said(number, registers.units_of_measure[unit].name if unit and unit != own else "")
        level = Level(str(loc[1])) if loc[0] == "by_level" else None
        column = _column(loc[2:] if level else loc, figure, registers)
        yield Cell(path_of(loc), column, level, said, value, number.qualifier is None)
    for index, share in enumerate(figure.shares):
        column = Column(f"share:{share.of}|{share.base}", _share_label(share, registers), (8, 0))
        yield Cell(f"shares.{index}", column, None, f"{number_vi(share.percent)}\u00a0%", share.percent, True)
    for index, change in enumerate(figure.changes):
        amount = change.by if change.by is not None else change.percent
        assert amount is not None
        said = ("+" if amount > 0 else "") + number_vi(amount) + ("\u00a0%" if change.by is None else "")
        yield Cell(f"changes.{index}", _change_column(change, registers), None, said, amount, True)


def _said(number: Number, unit: str) -> str:
    words = (number.qualifier.label if number.qualifier else "", number_vi(number.value), unit)
    return "\u00a0".join(word for word in words if word)


def _unit_of_label(figure: FigureSet, loc: Loc) -> str | None:
    return getattr(figure, str(loc[0]))[loc[1]].unit_of_measure if loc[0] in ("other", "parts", "including") else None


_RANKS = {"total": 0, "out_of": 1, "by_field": 2, "merged_fields": 3, "other": 4, "by_kind": 5, "parts": 6}


def _column(loc: Loc, figure: FigureSet, registers: Registers) -> Column:
    """The column of a number, its level left out."""
    head = str(loc[0])
    rank = _RANKS.get(head, 7)
    if head == "by_field":
        return _field_column(str(loc[1]), registers)
    if head == "by_kind":
        kind = Kind(str(loc[1]))
        return Column(f"by_kind.{kind.value}", kind.label.capitalize(), (rank, tuple(Kind).index(kind)))
    if head == "merged_fields":
        slugs = figure.merged_fields[int(loc[1])].fields_
        label = " và ".join(registers.fields[slug].label for slug in slugs)
        return Column("merged_fields." + "+".join(sorted(slugs)), f"{label} (gộp)", (rank, 0))
    if head in ("other", "parts", "including"):
        label = getattr(figure, head)[loc[1]].label
        before = "trong đó: " if head == "including" else ""
        return Column(f"{head}:{label}", before + label, (rank, 0))
    return _total_column(figure, registers) if head == "total" else Column("out_of", "Trên tổng", (rank, 0))


def additive(measure: str, registers: Registers) -> bool:
    """A rate is not added: its unit of measure is %, ‰ or one thing per another."""
    name = registers.units_of_measure[registers.measures[measure].unit_of_measure].name
    return name not in ("%", "‰") and "/" not in name


def _total_column(figure: FigureSet, registers: Registers) -> Column:
    return Column("total", "Tổng số" if additive(figure.measure, registers) else "Giá trị", (0, 0))


def _field_column(slug: str, registers: Registers) -> Column:
    order = [field.slug for field in registers.fields]
    return Column(f"by_field.{slug}", registers.fields[slug].label, (2, order.index(slug)))


def _name(path: str, registers: Registers) -> str:
    """What a share or change refers to: "by_field.kinh-te" → "Kinh tế"."""
    steps = path.split(".")
    if path == "total":
        return "tổng số"
    if steps[0] not in ("by_field", "by_kind", "by_level") or len(steps) == 1:
        return path
    said = registers.fields[steps[-1]].label if steps[-2] == "by_field" else ""
    if steps[0] == "by_kind":
        return Kind(steps[1]).label
    return ", ".join(part for part in (Level(steps[1]).label if steps[0] == "by_level" else "", said) if part)


def _share_label(share: Share, registers: Registers) -> str:
    base = "" if share.base == "total" else f" trên {_name(share.base, registers)}"
    return f"Tỷ lệ: {_name(share.of, registers)}{base}"


def _change_column(change: Change, registers: Registers) -> Column:
    unit = "by" if change.by is not None else "percent"
    of = "" if change.of == "total" else f" của {_name(change.of, registers)}"
    return Column(f"change:{change.of}|{change.since}|{unit}", f"Tăng, giảm{of} so với {change.since.vi}", (9, 0))


# --- what follows exactly -------------------------------------------------------


def _computed(stated: tuple[Cell, ...], figure: FigureSet, registers: Registers) -> Iterator[Cell]:
    """Sums the source leaves to the reader, from parts that are all stated, exact, uncontradicted and complete:
    a field over all levels; the total over fields, kinds or levels; a level's total over its fields. None of a rate."""
    if not additive(figure.measure, registers):
        return
    at = {cell.path: cell for cell in stated}
    total = _total_column(figure, registers)
    levels = tuple(figure.by_level or {})
    whole = figure.coverage.by_level is CoverageKind.COMPLETE and len(levels) > 1
    if whole and not any(known.relation == "by_level" for known in figure.discrepancies):
        for field in registers.fields:
            terms = [at.get(f"by_level.{level.value}.by_field.{field.slug}") for level in levels]
            yield from _sum(f"by_field.{field.slug}", _field_column(field.slug, registers), None, terms, at)
    for level in levels:
        path = f"by_level.{level.value}"
        if figure.coverage.by_field is CoverageKind.COMPLETE:
            yield from _sum(f"{path}.total", total, level, _over_fields(f"{path}.", figure, at, registers), at)
    ways: list[list[Cell | None]] = []
    if figure.coverage.by_kind is CoverageKind.COMPLETE:
        ways.append([at.get(f"by_kind.{kind.value}") for kind in Kind])
    if figure.coverage.by_field is CoverageKind.COMPLETE:
        ways.append(_over_fields("", figure, at, registers))
    if whole:
        ways.append([at.get(f"by_level.{level.value}.total") for level in levels])
    totals = [cell for terms in ways for cell in _sum("total", total, None, terms, at)]
    if len({cell.value for cell in totals}) == 1:
        yield totals[0]


def _over_fields(prefix: str, figure: FigureSet, at: dict[str, Cell], registers: Registers) -> list[Cell | None]:
    """The parts by field that cover every field of the campaign once; a None where one is lacking."""
    merged = figure.merged_fields if not prefix else ()
    together = [slug for group in merged for slug in group.fields_]
    alone = [at.get(f"{prefix}by_field.{f.slug}") for f in registers.fields if f.slug not in together]
    beside = [at[f"merged_fields.{index}"] for index in range(len(merged))]
    if not prefix:
        beside += [at[f"other.{index}"] for index in range(len(figure.other))]
    given = {path for path in at if path.startswith(f"{prefix}by_field.")}
    if any(f"by_field.{slug}" in given for slug in together) or len(together) != len(set(together)):
        return [None]
    return [*alone, *beside]


def _sum(
    path: str, column: Column, level: Level | None, terms: list[Cell | None], at: dict[str, Cell]
) -> Iterator[Cell]:
    sound = [term for term in terms if term is not None and term.sound]
    if path in at or not terms or len(sound) != len(terms) or len(sound) < 2:
        return
    value = plain(sum((term.value for term in sound), Decimal(0)))
    components = tuple(Component(term.text, term.address) for term in sound)
    yield Cell(path, column, level, number_vi(value), value, True, components=components)
