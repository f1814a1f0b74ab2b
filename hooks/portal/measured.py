"""The numbers of a figure set with their units of measure resolved, and what a broken relation between them is.

All amounts are in the base of the measure's unit of measure, so 532 triệu and 0.532 tỷ are one value.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from enum import Enum

from .figures import base_of, numbers_of, too_fine
from .intervals import Interval, meant
from .registers import Registers
from .schema.figure import FigureSet, Number
from .schema.numbers import MAX_DIGITS
from .yaml_tree import Loc

_LABELLED = ("parts", "other", "including")
_DECIMALS = 6  # of a quotient that has no end


@dataclass(frozen=True)
class Term:
    """One number in a relation: where it stands, as written, and what one of its unit is in the base.
    `unit_of_measure` is told where it is not the measure's own."""

    loc: Loc
    number: Number
    factor: Decimal
    unit_of_measure: str | None = None

    @property
    def amount(self) -> Interval:
        return meant(self.number, self.factor)

    @property
    def said(self) -> Decimal:
        """The number itself in the base, whatever its qualifier."""
        return self.number.value * self.factor


class Comparison(Enum):
    """What is compared in a relation, for those who tell of it."""

    SUM = "the parts add up to the whole"
    PART = "parts that need not be all, at most the whole"
    INCLUDED = "what is included, at most the whole"
    OUT_OF = "the total, at most what it is out of"
    BREAKDOWNS = "two breakdowns of a total that is not stated"
    SHARE = "a share in percent"
    RISE = "a rise, at most the number it led to"
    FALL = "a fall in percent, at most all"
    CHANGE = "a rise or fall"
    CHANGE_PERCENT = "a rise or fall in percent"
    ORDER = "recognised, at most registered"
    REPEAT = "one cell reported twice"


@dataclass(frozen=True)
class Violation:
    """A relation that does not hold. `stated` and `computed` are in the measure's own unit of measure, or in percent;
    `holder` is the number that states it, `terms` those it is computed from; `whole` is the holder's own number."""

    relation: str
    stated: Decimal
    computed: Decimal
    holder: Loc
    terms: tuple[Term, ...]
    whole: Term | None = None
    comparison: Comparison = Comparison.SUM


@dataclass(frozen=True)
class Measured:
    """A figure set with its units of measure resolved."""

    figure: FigureSet
    registers: Registers

    def factor(self, unit_of_measure: str | None) -> Decimal:
        """What one of the unit (the measure's own, if none is named) is in its base."""
        return factor_of(
            unit_of_measure or self.registers.measures[self.figure.measure].unit_of_measure, self.registers
        )

    def term(self, loc: Loc, number: Number, unit_of_measure: str | None = None) -> Term:
        written = number.unit_of_measure or unit_of_measure
        return Term(loc, number, self.factor(written), written)

    def total(self) -> Term | None:
        return self.term(("total",), self.figure.total) if self.figure.total else None

    def labelled(self, key: str) -> list[Term]:
        return [
            self.term((key, index, "value"), item.value, item.unit_of_measure)
            for index, item in enumerate(getattr(self.figure, key))
        ]

    def terms(self) -> Iterator[Term]:
        """Every number of the set but shares and changes."""
        for loc, number in numbers_of(self.figure):
            own = getattr(self.figure, str(loc[0]))[loc[1]].unit_of_measure if loc[0] in _LABELLED else None
            yield self.term(loc, number, own)

    def in_own_unit(self, amount: Decimal) -> Decimal:
        return declarable(amount / self.factor(None))

    def by_name(self) -> dict[str, Term]:
        """Every number a share or change may refer to: `total`, a label, or a path such as by_field.kinh-te."""
        named: dict[str, Term] = {}
        for term in self.terms():
            key = str(term.loc[0])
            if key == "total":
                named["total"] = term
            elif key in _LABELLED:
                named.setdefault(getattr(self.figure, key)[term.loc[1]].label, term)
        paths = (term for term in self.terms() if term.loc[0] in ("by_field", "by_kind", "by_level"))
        return {".".join(map(str, term.loc)): term for term in paths} | named

    def named(self, path: str) -> Term | None:
        return self.by_name().get(path)


def factor_of(unit_of_measure: str, registers: Registers) -> Decimal:
    """What one of the unit is in its base."""
    slug, factor = unit_of_measure, Decimal(1)
    seen: set[str] = set()
    while slug not in seen and slug in registers.units_of_measure:
        seen.add(slug)
        unit = registers.units_of_measure[slug]
        if unit.base is None or unit.factor is None:
            break
        factor *= unit.factor
        slug = unit.base
    return factor


def comparable(figure: FigureSet, registers: Registers) -> bool:
    """Whether everything the relations of the set need is known and right; what isn't is told by other checks."""
    measure = registers.measures.by_slug.get(figure.measure)
    if measure is None:
        return False
    named = {measure.unit_of_measure, *(number.unit_of_measure for _, number in numbers_of(figure))}
    named |= {item.unit_of_measure for key in _LABELLED for item in getattr(figure, key)}
    slugs = {slug for slug in named if slug}
    known = all(slug in registers.units_of_measure.by_slug for slug in slugs)
    return known and len({base_of(slug, registers) for slug in slugs}) == 1 and not too_fine(figure, registers)


def plain(value: Decimal) -> Decimal:
    """Without the zeros and exponents that calculating leaves behind."""
    normal = value.normalize()
    return normal.quantize(Decimal(1)) if normal == normal.to_integral() else normal


def declarable(value: Decimal) -> Decimal:
    """The value as an editor can write it: one with more digits than that is rounded to `_DECIMALS`, or to fewer."""
    exact = plain(value)
    digits = f"{abs(exact):f}".replace(".", "")
    if len(digits) <= MAX_DIGITS:
        return exact
    room = max(0, MAX_DIGITS - len(f"{abs(exact):f}".partition(".")[0]))
    return plain(exact.quantize(Decimal(1).scaleb(-min(_DECIMALS, room)), ROUND_HALF_UP))
