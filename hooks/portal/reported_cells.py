"""The cells of a figure set: each number the source states, and what follows from them exactly."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from .contradictions import path_of
from .figures import numbers_of
from .measured import Measured, plain
from .registers import Registers
from .schema.figure import Change, CoverageKind, FigureSet, Kind, Level, Number, Share
from .text import number_vi
from .yaml_tree import Loc


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


class Columns:
    """The columns of a campaign's figure sets. One object for equal ones: there are many, and views hold them."""

    def __init__(self, registers: Registers) -> None:
        self.registers = registers
        self._known: dict[Column, Column] = {}
        self._additive: dict[str, bool] = {}  # by measure

    def one(self, column: Column) -> Column:
        return self._known.setdefault(column, column)

    def total(self, measure: str) -> Column:
        """The column of the number a set has for the whole."""
        return self.one(Column("total", "Tổng số" if self.adds(measure) else "Giá trị", (0, 0)))

    def adds(self, measure: str) -> bool:
        """Whether the measure is `additive`, looked at once."""
        if measure not in self._additive:
            self._additive[measure] = additive(measure, self.registers)
        return self._additive[measure]


# --- what the source states -----------------------------------------------------


def stated_cells(figure: FigureSet, passage: str, columns: Columns) -> Iterator[Cell]:
    """The cells of the numbers of a set, which the passage of this address states."""
    registers = columns.registers
    measured = Measured(figure, registers)
    own = registers.measures[figure.measure].unit_of_measure
    for loc, number in numbers_of(figure):
        unit = number.unit_of_measure or _unit_of_label(figure, loc)
        value = measured.in_own_unit(number.value * measured.factor(unit))
        said = _said(number, registers.units_of_measure[unit].name if unit and unit != own else "")
        level = Level(str(loc[1])) if loc[0] == "by_level" else None
        place = loc[2:] if level else loc
        column = (
            columns.total(figure.measure) if place[0] == "total" else columns.one(_column(place, figure, registers))
        )
        yield Cell(path_of(loc), column, level, said, value, number.qualifier is None, passage)
    for index, share in enumerate(figure.shares):
        column = columns.one(Column(f"share:{share.of}|{share.base}", _share_label(share, registers), (8, 0)))
        yield Cell(f"shares.{index}", column, None, f"{number_vi(share.percent)}\u00a0%", share.percent, True, passage)
    for index, change in enumerate(figure.changes):
        amount = change.by if change.by is not None else change.percent
        assert amount is not None
        said = ("+" if amount > 0 else "") + number_vi(amount) + ("\u00a0%" if change.by is None else "")
        column = columns.one(_change_column(change, registers))
        yield Cell(f"changes.{index}", column, None, said, amount, True, passage)


def _said(number: Number, unit: str) -> str:
    words = (number.qualifier.label if number.qualifier else "", number_vi(number.value), unit)
    return "\u00a0".join(word for word in words if word)


def _unit_of_label(figure: FigureSet, loc: Loc) -> str | None:
    return getattr(figure, str(loc[0]))[loc[1]].unit_of_measure if loc[0] in ("other", "parts", "including") else None


_RANKS = {"out_of": 1, "by_field": 2, "merged_fields": 3, "other": 4, "by_kind": 5, "parts": 6}


def _column(loc: Loc, figure: FigureSet, registers: Registers) -> Column:
    """The column of a number but the total, its level left out."""
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
    return Column("out_of", "Trên tổng", (rank, 0))


# What a measure is called that no sum of two units has.
_RATES = (" bình quân ", " trung bình ", " tỷ lệ ", " tỉ lệ ", " tốc độ ", " mật độ ", " tỷ suất ")


def additive(measure: str, registers: Registers) -> bool:
    """A rate is not added: its unit of measure is %, ‰ or one thing per another, or its name says it is one."""
    name = registers.units_of_measure[registers.measures[measure].unit_of_measure].name
    rate = any(word in f" {registers.measures[measure].name.lower()} " for word in _RATES)
    return not rate and name not in ("%", "‰", "phần trăm", "phần nghìn") and "/" not in name


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
    label = f"Tăng, giảm{of} so với {change.since.vi}" + (" (%)" if change.by is None else "")
    return Column(f"change:{change.of}|{change.since}|{unit}", label, (9, 0))


# --- what follows exactly -------------------------------------------------------


def computed_cells(stated: tuple[Cell, ...], figure: FigureSet, columns: Columns) -> Iterator[Cell]:
    """Sums the source leaves to the reader, from parts that are all stated, exact, uncontradicted and complete:
    a field over all levels; the total over fields, kinds or levels; a level's total over its fields. None of a rate."""
    registers = columns.registers
    if not columns.adds(figure.measure):
        return
    at = {cell.path: cell for cell in stated}
    total = columns.total(figure.measure)
    levels = tuple(figure.by_level or {})
    whole = figure.coverage.by_level is CoverageKind.COMPLETE and len(levels) > 1
    if whole and not any(known.relation == "by_level" for known in figure.discrepancies):
        for field in registers.fields:
            terms = [at.get(f"by_level.{level.value}.by_field.{field.slug}") for level in levels]
            column = columns.one(_field_column(field.slug, registers))
            yield from _sum(f"by_field.{field.slug}", column, None, terms, at)
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
