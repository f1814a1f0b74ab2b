"""The table of each figure set at the end of its article: every number as the source states it, and what follows."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from .contradictions import (
    Contradiction,
    amount_in_words,
    gap_in_words,
    other_side,
    relation_in_words,
    stated_in_words,
)
from .registers import Registers
from .reported import Reported
from .reported_cells import Cell
from .schema.figure import Level
from .text import capitalised, uncapitalised


@dataclass(frozen=True)
class FigureRow:
    label: str
    cell: Cell
    depth: int


@dataclass(frozen=True)
class AtOdds:
    """A relation the source breaks, in words; `entry` is its anchor in the register of discrepancies."""

    entry: str
    relation: str
    stated: str
    against: str
    computed: str
    gap: str
    note: str


@dataclass(frozen=True)
class FigureTable:
    """One figure set as readers of its article see it. `id` is the set's id in its article."""

    id: str
    unit: str
    unit_address: str
    measure: str
    unit_of_measure: str
    count: str
    period: str
    as_of: str
    rows: tuple[FigureRow, ...]
    flags: tuple[str, ...]
    notes: tuple[str, ...]
    at_odds: tuple[AtOdds, ...]


def figure_table(reported: Reported, known: Iterable[Contradiction], registers: Registers) -> FigureTable:
    """The set as a table: one row for each number stated or computed. `known` are the discrepancies declared of it."""
    figure = reported.figure
    measure = registers.measures[figure.measure]
    return FigureTable(
        id=reported.id,
        unit=registers.unit_name(figure.unit),
        unit_address=f"/dia-ban/{figure.unit}/",
        measure=measure.name,
        unit_of_measure=registers.units_of_measure[measure.unit_of_measure].name,
        count=capitalised(figure.count.label) if figure.count else "",
        period=capitalised(figure.period.vi),
        as_of=reported.as_of,
        rows=tuple(_row(cell) for cell in sorted(reported.cells, key=_order)),
        flags=tuple(flag.label for flag in reported.flags),
        notes=_notes(reported),
        at_odds=tuple(_at_odds(entry, registers) for entry in known),
    )


_FREE = (8, 0)  # the rank from which columns are shares and changes


def _order(cell: Cell) -> tuple:
    """The set as a whole, then each level inside it, then shares and changes."""
    if cell.level:
        return (1, list(Level).index(cell.level), cell.column.rank)
    return (2 if cell.column.rank >= _FREE else 0, 0, cell.column.rank)


def _row(cell: Cell) -> FigureRow:
    whole = cell.column.key == "total"
    if cell.level:
        label = capitalised(cell.level.label if whole else cell.column.label)
        return FigureRow(label, cell, 1 if whole else 2)
    return FigureRow(capitalised(cell.column.label), cell, 0 if whole or cell.column.rank >= _FREE else 1)


def _notes(reported: Reported) -> tuple[str, ...]:
    figure = reported.figure
    broken = f"Đứt chuỗi: {figure.break_.note}" if figure.break_ else ""
    return tuple(note for note in (figure.note, broken) if note)


def _at_odds(entry: Contradiction, registers: Registers) -> AtOdds:
    known, figure = entry.known, entry.figure
    return AtOdds(
        entry=entry.id,
        relation=relation_in_words(known, figure, registers),
        stated=stated_in_words(known, figure, registers),
        against=uncapitalised(other_side(known)),
        computed=amount_in_words(known.computed, known, figure, registers),
        gap=gap_in_words(known, figure, registers),
        note=known.note,
    )
