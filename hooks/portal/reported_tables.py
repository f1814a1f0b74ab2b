"""Tables of reported figures: which sets stand in one table, in which rows and columns, and what is said around them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property

from .comparability import Subject, addition, ranking
from .likeness import Likeness, PeriodForm
from .measured import plain
from .registers import Registers
from .reported import Flag, Reported
from .reported_cells import Cell, Column, Component, additive
from .schema.figure import CountKind, Level
from .text import capitalised, number_vi, slugify, uncapitalised

_ADDED = ("total", "by_field.", "by_kind.")  # columns that may be added over units
WHOLE = "Chung"


@dataclass(frozen=True)
class ReportedRow:
    """One set, or one level of it. A cell for each column of the table, None where the source says nothing."""

    article: str  # its address
    article_title: str
    figure: str  # the id of the set in the article
    unit_slug: str
    unit: str
    unit_address: str
    level: str
    count: str
    period: str
    as_of: str
    cells: tuple[Cell | None, ...]
    flags: tuple[str, ...]


@dataclass(frozen=True)
class SumRow:
    """What may be added of a table, column by column; None where it may not. Never a total of the units above."""

    label: str
    cells: tuple[Cell | None, ...]


@dataclass(frozen=True)
class ReportedTable:
    """Sets of one measure and kind of count: of one unit and form of period, or of one period over several units.

    `over_units` tells which; `notes` say what the order is, or why there is no ranking or no sum. `ranked_by` is the
    column whose values the rows are ordered by, empty when they are not.
    """

    id: str
    caption: str
    measure: str
    columns: tuple[Column, ...]
    rows: tuple[ReportedRow, ...]
    total: SumRow | None
    notes: tuple[str, ...]
    over_units: bool
    ranked_by: str = ""

    # Each row asks. Only templates do: what is cached would be pickled into the name of a page that is planned.
    @cached_property
    def with_count(self) -> bool:
        return any(row.count for row in self.rows)

    @cached_property
    def with_level(self) -> bool:
        return any(row.level != WHOLE for row in self.rows)

    def said(self, row: ReportedRow) -> str:
        """What the cells of a row say, in words."""
        told = zip(self.columns, row.cells, strict=True)
        return "".join(f" {column.label}: {cell.text};" for column, cell in told if cell)


@dataclass(frozen=True)
class ReportedBlock:
    """Tables under one heading, with the sentences that hold for all of them."""

    heading: str
    sentences: tuple[str, ...]
    tables: tuple[ReportedTable, ...]


# --- one unit through time --------------------------------------------------------


def tables_of_unit(figures: Iterable[Reported], registers: Registers) -> tuple[ReportedBlock, ...]:
    """A block for each measure and kind of count, the newest first; in it a table for each form of period, one row
    a set, newest first. `figures` are of one unit, newest first."""
    kinds: dict[tuple[str, CountKind | None], list[Reported]] = {}
    for reported in figures:
        kinds.setdefault((reported.figure.measure, reported.figure.count), []).append(reported)
    blocks = []
    for (measure, count), members in kinds.items():
        forms: dict[PeriodForm, list[Reported]] = {}
        for reported in members:
            forms.setdefault(reported.likeness.form, []).append(reported)
        heading = _kind_said(measure, count, registers)
        tables = tuple(
            _table(
                _id("bao-cao", measure, count, form.value),
                f"{heading}, {form.label}",
                rows,
                registers,
                over_units=False,
            )
            for form, rows in forms.items()
        )
        blocks.append(ReportedBlock(heading, (), tables))
    return tuple(blocks)


# --- several units ------------------------------------------------------------------


def tables_over_units(
    figures: Iterable[Reported],
    registers: Registers,
    prefix: str = "",
    subject: Callable[[str], Subject] | None = None,
) -> tuple[ReportedBlock, ...]:
    """A block for each level of units and family of measures (those that count models are one, as readers would
    compare them); in it a table for each measure, kind of count and period. `prefix` keeps ids apart on a page;
    `subject` makes of a family's name what is compared: the total, if nothing else is said."""
    found: dict[tuple[Level, str], list[Reported]] = {}
    for reported in figures:
        measure = registers.measures[reported.figure.measure]
        family = "" if measure.counts_models else measure.slug
        found.setdefault((registers.units[reported.figure.unit].level, family), []).append(reported)
    levels, measures = list(Level), [measure.slug for measure in registers.measures]
    order = sorted(found, key=lambda key: (levels.index(key[0]), -1 if not key[1] else measures.index(key[1])))
    return tuple(_family(level, family, found[level, family], registers, prefix, subject) for level, family in order)


def _family(
    level: Level,
    family: str,
    members: list[Reported],
    registers: Registers,
    prefix: str,
    subject: Callable[[str], Subject] | None,
) -> ReportedBlock:
    place = {unit.slug: index for index, unit in enumerate(registers.units)}
    members = sorted(members, key=lambda r: place[r.figure.unit])  # of one unit the newest stays first
    measures = {r.figure.measure for r in members}
    named = [measure.name for measure in registers.measures if measure.slug in measures]
    name = registers.measures[family].name if family else "Số mô hình"
    value = "tổng số" if additive(members[0].figure.measure, registers) else "giá trị"
    compared = subject(uncapitalised(name)) if subject else Subject(uncapitalised(name), lacking=value)
    alike: dict[Likeness, list[Reported]] = {}
    for reported in members:
        alike.setdefault(reported.likeness, []).append(reported)
    sentences = _sentences(members, compared, registers) if len(alike) > 1 else ()
    order = [measure.slug for measure in registers.measures]
    groups = sorted(alike, key=lambda like: (order.index(like.measure), _newest(like)))
    tables = tuple(_table_over_units(level, alike[like], compared, prefix, registers) for like in groups)
    return ReportedBlock(f"{'; '.join(named)} ({level.label})", sentences, tables)


def _newest(like: Likeness) -> tuple[int, str]:
    return (-like.last.toordinal() if like.last else 0, like.count or "")


def _sentences(members: Sequence[Reported], subject: Subject, registers: Registers) -> tuple[str, ...]:
    """Why figures of several units are neither ranked nor added; nothing for those of one unit."""
    if len({r.figure.unit for r in members}) < 2:
        return ()
    ranked, added = ranking(members, subject, registers), addition(members, subject, registers)
    return tuple(sentence for sentence in (ranked.refusal, added.refusal) if sentence)


def _table_over_units(
    level: Level, members: Sequence[Reported], subject: Subject, prefix: str, registers: Registers
) -> ReportedTable:
    figure = members[0].figure
    like = members[0].likeness
    period = f"{figure.period.code}-{like.form.value}"
    caption = f"{_kind_said(figure.measure, figure.count, registers)}, {figure.period.vi}"
    table_id = _id("bao-cao", prefix, level.value, figure.measure, figure.count, period)
    if len({r.figure.unit for r in members}) < 2:
        return _table(table_id, caption, members, registers, over_units=True)
    ranked, added = ranking(members, subject, registers), addition(members, subject, registers)
    said = f"Xếp theo {subject.lacking}, từ lớn đến nhỏ." if ranked.order else ranked.refusal
    notes = tuple(sentence for sentence in (said, added.refusal) if sentence)
    rows = ranked.order or members
    table = _table(table_id, caption, rows, registers, notes=notes, over_units=True)
    total = _sum_row(rows, table.columns, subject.level) if added.allowed else None
    return replace(table, total=total, ranked_by=subject.column if ranked.order else "")


# --- one table ----------------------------------------------------------------------


def _kind_said(measure: str, count: CountKind | None, registers: Registers) -> str:
    name = registers.measures[measure].name
    return f"{name}: {count.label}" if count else name


def _id(*parts: str | None) -> str:
    return "--".join(slugify(part) for part in parts if part)


def _table(
    table_id: str,
    caption: str,
    members: Sequence[Reported],
    registers: Registers,
    *,
    over_units: bool,
    notes: tuple[str, ...] = (),
) -> ReportedTable:
    columns = _columns(members)
    rows = tuple(row for reported in members for row in _rows(reported, columns, registers))
    measure = registers.measures[members[0].figure.measure]
    unit = registers.units_of_measure[measure.unit_of_measure].name
    return ReportedTable(
        id=table_id,
        caption=f"{caption} (đơn vị tính: {unit})",
        measure=measure.slug,
        columns=columns,
        rows=rows,
        total=None,
        notes=notes,
        over_units=over_units,
    )


def _columns(members: Iterable[Reported]) -> tuple[Column, ...]:
    found: dict[str, Column] = {}
    for reported in members:
        for cell in reported.cells:
            found.setdefault(cell.column.key, cell.column)
    return tuple(sorted(found.values(), key=lambda column: column.rank))


def _rows(reported: Reported, columns: tuple[Column, ...], registers: Registers) -> Iterator[ReportedRow]:
    """The set as a whole, then each level under it."""
    figure = reported.figure
    held = {cell.level for cell in reported.cells}
    for level in (level for level in (None, *Level) if level in held):
        cells = tuple([reported.cell(column.key, level) for column in columns])
        shown = tuple([cell for cell in cells if cell])
        if not shown:
            continue
        whole = len(shown) == len(reported.cells)
        yield ReportedRow(
            article=reported.article.address,
            article_title=reported.article.record.title,
            figure=reported.id,
            unit_slug=figure.unit,
            unit=capitalised(registers.unit_name(figure.unit)),
            unit_address=f"/dia-ban/{figure.unit}/",
            level=capitalised(level.label) if level else WHOLE,
            count=figure.count.label if figure.count else "",
            period=figure.period.vi,
            as_of=reported.as_of,
            cells=cells,
            flags=tuple(_flags_said(reported if whole else replace(reported, cells=shown))),
        )


def _flags_said(reported: Reported) -> Iterator[str]:
    for flag in reported.flags:
        if flag is Flag.INCOMPLETE:
            said = "; ".join(f"{label.lower()}: {kind.label}" for label, kind in reported.incomplete)
            yield f"{flag.label} ({said})"
        elif flag is Flag.BREAK and reported.figure.break_:
            yield f"{flag.label}: {reported.figure.break_.note}"
        else:
            yield flag.label


def _sum_row(members: Sequence[Reported], columns: tuple[Column, ...], level: Level | None) -> SumRow:
    """Each column that every unit gives exactly, added: of the units as a whole, or of one level inside them."""
    cells: list[Cell | None] = []
    for column in columns:
        terms = [reported.cell(column.key, level) for reported in members]
        sound = [term for term in terms if term is not None and term.sound]
        if not column.key.startswith(_ADDED) or len(sound) != len(members):
            cells.append(None)
            continue
        value = plain(sum((term.value for term in sound), Decimal(0)))
        components = tuple(part for term in sound for part in (term.components or _itself(term)))
        cells.append(Cell(f"sum.{column.key}", column, None, number_vi(value), value, True, components=components))
    return SumRow(f"Cộng {len(members)} đơn vị có báo cáo", tuple(cells))


def _itself(cell: Cell) -> tuple[Component, ...]:
    return (Component(cell.text, cell.address),)
