"""What a figure set states, one value at a time, so that two versions of a set can be compared."""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from .figures import numbers_of
from .registers import Registers
from .schema.figure import FigureSet, Number, Period, PeriodKind, figure_id
from .text import number_vi
from .yaml_tree import Loc

# What a set is about. Its other statements are its numbers.
SUBJECT = ("unit", "measure", "count", "period")


@dataclass(frozen=True)
class Statement:
    """One value of a set. Of two versions those with one `group` and `label` say the same thing; `group` holds codes, and
    `label` an editor's own words, which may be reworded. `loc` is the way to it from the set; `said` is for people."""

    loc: Loc
    group: tuple[str, ...]
    label: str
    value: Hashable
    said: str

    @property
    def name(self) -> str:
        """What it is called where its value stands beside it."""
        if self.group[0] in ("shares", "changes"):
            return self.group[0]
        return self.label or ".".join(self.group)


@dataclass(frozen=True)
class Stated:
    """A set as it stands at `index` in its article: its id there, and all that it states."""

    index: int
    id: str
    statements: tuple[Statement, ...]

    @property
    def numbers(self) -> tuple[Statement, ...]:
        return tuple(statement for statement in self.statements if statement.group[0] not in SUBJECT)


def stated(index: int, figure: FigureSet, registers: Registers, default_unit: str) -> Stated:
    """All that a set states. How it is written makes no difference: the order of keys, `7` or `{value: 7}`, a unit of
    measure that is `default_unit` (the measure's own) written or left out. Slugs that no register knows stand for names."""
    found = (*_subject(figure, registers), *_numbers(figure, registers, default_unit), *_shares(figure))
    return Stated(index, figure_id(figure), (*found, *_changes(figure)))


def _subject(figure: FigureSet, registers: Registers) -> Iterator[Statement]:
    unit = registers.unit_name(figure.unit) if figure.unit in registers.units else figure.unit
    measure = registers.measures.by_slug.get(figure.measure)
    yield Statement(("unit",), ("unit",), "", figure.unit, unit)
    yield Statement(("measure",), ("measure",), "", figure.measure, measure.name if measure else figure.measure)
    yield Statement(("count",), ("count",), "", figure.count, figure.count.label if figure.count else "không nêu")
    yield Statement(("period",), ("period",), "", _period(figure.period), figure.period.vi)


def _period(period: Period) -> Hashable:
    """A span is a range unless it says otherwise."""
    kind = None if period.kind is PeriodKind.RANGE else period.kind
    return (period.from_, period.to, kind, period.as_of)


def _numbers(figure: FigureSet, registers: Registers, default_unit: str) -> Iterator[Statement]:
    for loc, number in numbers_of(figure):
        group, label, own = tuple(str(step) for step in loc), "", None
        if loc[0] == "merged_fields":
            group = ("merged_fields", *sorted(figure.merged_fields[int(loc[1])].fields_))
        elif loc[0] in ("other", "parts", "including"):
            item = getattr(figure, str(loc[0]))[loc[1]]
            group, label, own = (str(loc[0]),), item.label, item.unit_of_measure
        unit = number.unit_of_measure or own or default_unit
        yield Statement(loc, group, label, (number.value, number.qualifier, unit), _said(number, unit, registers))


def _said(number: Number, unit: str, registers: Registers) -> str:
    known = registers.units_of_measure.by_slug.get(unit)
    words = (number.qualifier.label if number.qualifier else "", number_vi(number.value), known.name if known else unit)
    return " ".join(word for word in words if word)


def _shares(figure: FigureSet) -> Iterator[Statement]:
    for index, share in enumerate(figure.shares):
        paths, labels = _referred(share.of, share.base)
        base = "" if share.base == "total" else f" trên {share.base}"
        said = f"{number_vi(share.percent)}\u00a0% ({share.of}{base})"
        yield Statement(("shares", index, "percent"), ("shares", *paths), labels, share.percent, said)


def _changes(figure: FigureSet) -> Iterator[Statement]:
    for index, change in enumerate(figure.changes):
        key = "percent" if change.by is None else "by"
        amount: Decimal = getattr(change, key)
        paths, labels = _referred(change.of)
        sign, unit = "+" if amount > 0 else "", "" if change.percent is None else "\u00a0%"
        of = "" if change.of == "total" else f"{change.of} "
        said = f"{of}{sign}{number_vi(amount)}{unit} so với {change.since.vi}"
        yield Statement(("changes", index, key), ("changes", key, str(change.since), *paths), labels, amount, said)


def _referred(*references: str) -> tuple[tuple[str, ...], str]:
    """What a share or a change refers to: paths such as by_field.kinh-te, which are codes, and labels, which are words."""
    are_paths = [reference == "total" or reference.startswith("by_") for reference in references]
    paths = tuple(ref if is_path else "" for ref, is_path in zip(references, are_paths, strict=True))
    return paths, " / ".join(ref for ref, is_path in zip(references, are_paths, strict=True) if not is_path)
