"""The numbers of a figure set as claims about a text: which numeral states which."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import TypeVar

from .figures import base_of
from .measured import Measured
from .naming import words
from .numerals import Numeral
from .registers import Registers
from .schema.data import Measure
from .schema.figure import FigureSet, Qualifier
from .text import number_vi
from .yaml_tree import Loc

PERCENT = ("%", "phần trăm")
_DIRECTION = ("tăng", "giảm", "thêm", "bớt", "nhiều hơn", "ít hơn", "cao hơn", "thấp hơn")
_SCALES = {"nghìn": 1_000, "ngàn": 1_000, "triệu": 1_000_000, "tỷ": 1_000_000_000, "tỉ": 1_000_000_000}


@dataclass(frozen=True)
class Claim:
    """One number that the text must state. `scale` is what one of its unit of measure is in the base (532 triệu đồng:
    1000000); `labels` are the names of what it counts inside its set, `things` those of what the whole set counts."""

    loc: Loc
    value: Decimal
    percent: bool
    scale: Decimal
    qualifier: Qualifier | None
    labels: tuple[str, ...] = ()
    things: tuple[str, ...] = ()
    unit: str = ""  # the name of its unit of measure, where that says how large it is
    base: str = ""  # what its unit of measure is a multiple of, by slug

    @property
    def said(self) -> str:
        return number_vi(self.value) + (f" {self.unit}" if self.unit else "") + ("%" if self.percent else "")

    @property
    def digits(self) -> str:
        return "".join(char for char in f"{self.value:f}" if char.isdigit())

    @cached_property
    def names(self) -> tuple[tuple[str, ...], ...]:
        """What it counts, as words: its labels, and the things its whole set counts."""
        return tuple(said for name in (*self.labels, *self.things) if (said := words(name)))

    @property
    def sizes(self) -> frozenset[Decimal]:
        """The values a numeral that states it may have, its scale applied or not."""
        return frozenset({self.value, self.value * self.scale})

    def stated_by(self, numeral: Numeral, *, percent_above: bool = False) -> bool:
        """Whether the numeral says this number, in its own unit of measure or another scale of it.

        `percent_above`: the head of the numeral's table says the column is in per cent.
        """
        if self.percent != numeral.percent and not (self.percent and percent_above):
            return False
        if numeral.scale != 1:
            return numeral.value * numeral.scale == self.value * self.scale
        return numeral.value in (self.value, self.value * self.scale)


def claims_of(figure: FigureSet, registers: Registers) -> tuple[Claim, ...]:
    """Every number of the set; of a fall its size. Needs the measure and the units of measure to be known."""
    return tuple(_claims(figure, registers))


def _claims(figure: FigureSet, registers: Registers) -> Iterator[Claim]:
    measured = Measured(figure, registers)
    measure = registers.measures[figure.measure]
    measure_names = (measure.name, *measure.aliases)
    for term in measured.terms():
        name = registers.units_of_measure[term.unit_of_measure or measure.unit_of_measure].name
        scale = term.factor if term.factor != 1 else Decimal(_SCALES.get(name.split(" ")[0].lower(), 1))
        alike = tuple(_units_like(term.unit_of_measure or measure.unit_of_measure, registers))
        percent, unit = name.strip() in PERCENT, name if scale != 1 or len(alike) > 1 else ""
        labels = tuple(_labels(figure, term.loc, registers))
        yield Claim(
            term.loc,
            abs(term.number.value),
            percent,
            scale,
            term.number.qualifier,
            labels,
            (*measure_names, *alike),
            unit,
            base_of(term.unit_of_measure or measure.unit_of_measure, registers),
        )
    for index, share in enumerate(figure.shares):
        yield Claim(("shares", index, "percent"), share.percent, True, Decimal(1), None, _words_of(share.of))
    in_percent = _is_rate(measure, registers)
    for index, change in enumerate(figure.changes):
        key, amount = ("by", change.by) if change.by is not None else ("percent", change.percent)
        assert amount is not None
        percent = key == "percent" or in_percent
        scale = Decimal(1) if percent else measured.factor(None)
        labels = (*_words_of(change.of), *_DIRECTION)
        yield Claim(("changes", index, key), abs(amount), percent, scale, None, labels)


def _units_like(slug: str, registers: Registers) -> Iterator[str]:
    """The name of a unit of measure and of those it converts to."""
    base = base_of(slug, registers)
    yield from (unit.name for unit in registers.units_of_measure if base_of(unit.slug, registers) == base)


def _is_rate(measure: Measure, registers: Registers) -> bool:
    return registers.units_of_measure[measure.unit_of_measure].name.strip() in PERCENT


def _labels(figure: FigureSet, loc: Loc, registers: Registers) -> Iterator[str]:
    """The names a reader may find this number under: its field, its label, its level, its kind."""
    for step in loc[1:]:
        if isinstance(step, str) and step in registers.fields:
            field = registers.fields[step]
            yield from (field.name, field.short or "", *field.aliases)
    if loc[0] in ("other", "parts", "including"):
        yield getattr(figure, str(loc[0]))[loc[1]].label
    if loc[0] == "by_kind":
        yield from (kind.label for kind in figure.by_kind or {} if kind.value == loc[1])
    if loc[0] == "by_level" and loc[-1] == "total":
        yield from (level.label for level in figure.by_level or {} if level.value == loc[1])


def _words_of(path: str) -> tuple[str, ...]:
    return () if path == "total" or "." in path else (path,)


def near_miss(numeral: Numeral, claim: Claim) -> bool:
    """Whether the numeral is the claim but for one digit, or two that changed places."""
    one, two = numeral.digits, claim.digits
    if len(one) > len(two) and one.isdigit() and numeral.written.isdigit():
        one = one.lstrip("0")  # 08 is 8
    if len(one) != len(two) or one == two or not one or numeral.percent != claim.percent:
        return False
    off = [i for i in range(len(one)) if one[i] != two[i]]
    swapped = len(off) == 2 and one[off[0]] == two[off[1]] and one[off[1]] == two[off[0]]
    return len(off) == 1 or swapped


K = TypeVar("K")


def matching(wanted: Mapping[K, Sequence[int]], order: Iterable[K]) -> dict[K, int]:
    """As many of the wanted as can be, each with one of the places it may have, no place used twice.

    Of two that want the same place the one earlier in `order` is served first and keeps some place.
    """
    holder: dict[int, K] = {}
    has: dict[K, int] = {}
    dead: set[int] = set()  # places nobody can be moved away from

    def serve(key: K) -> None:
        came: dict[int, K] = {}  # a place, and who would take it
        waiting = [key]
        for taker in waiting:
            for place in wanted[taker]:
                if place in came or place in dead:
                    continue
                came[place] = taker
                if place not in holder:
                    take(place, came)
                    return
                waiting.append(holder[place])
        dead.update(came)

    def take(place: int, came: Mapping[int, K]) -> None:
        free: int | None = place
        while free is not None:
            taker = came[free]
            holder[free] = taker
            left = has.get(taker)
            has[taker], free = free, left

    for key in order:
        serve(key)
    return has
