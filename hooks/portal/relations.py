"""Relations that must hold between the numbers of one figure set. The docstring of each check is the rule.

All amounts are in the base of the measure's unit of measure, so 532 triệu and 0.532 tỷ are one value.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from .intervals import UNKNOWN, Interval, meant, total_of
from .registers import Registers
from .schema.figure import CoverageKind, FigureSet, Number
from .yaml_tree import Loc


@dataclass(frozen=True)
class Term:
    """One number in a relation: where it stands, as written, and what one of its unit is in the base."""

    loc: Loc
    number: Number
    factor: Decimal

    @property
    def amount(self) -> Interval:
        return meant(self.number, self.factor)


@dataclass(frozen=True)
class Violation:
    """A relation that does not hold. `stated` and `computed` are in the measure's own unit of measure;
    `holder` is the number that states it, `terms` those it is computed from."""

    relation: str
    stated: Decimal
    computed: Decimal
    holder: Loc
    terms: tuple[Term, ...]
    whole: Term | None = None


@dataclass(frozen=True)
class Measured:
    """A figure set with its units of measure resolved."""

    figure: FigureSet
    registers: Registers

    def factor(self, unit_of_measure: str | None) -> Decimal:
        """What one of the unit is in its base."""
        slug = unit_of_measure or self.registers.measures[self.figure.measure].unit_of_measure
        factor = Decimal(1)
        seen: set[str] = set()
        while slug not in seen:
            seen.add(slug)
            unit = self.registers.units_of_measure[slug]
            if unit.base is None or unit.factor is None:
                break
            factor *= unit.factor
            slug = unit.base
        return factor

    def term(self, loc: Loc, number: Number, unit_of_measure: str | None = None) -> Term:
        return Term(loc, number, self.factor(number.unit_of_measure or unit_of_measure))

    def total(self) -> Term | None:
        return self.term(("total",), self.figure.total) if self.figure.total else None

    def labelled(self, key: str) -> list[Term]:
        return [
            self.term((key, index, "value"), item.value, item.unit_of_measure)
            for index, item in enumerate(getattr(self.figure, key))
        ]

    def in_own_unit(self, amount: Decimal) -> Decimal:
        return plain(amount / self.factor(None))

    def named(self, path: str) -> Term | None:
        """The number a share or change refers to: `total`, a label, or a path such as by_field.kinh-te."""
        if path == "total":
            return self.total()
        for key in ("parts", "other", "including"):
            for item, term in zip(getattr(self.figure, key), self.labelled(key), strict=True):
                if item.label == path:
                    return term
        steps = path.split(".")
        if len(steps) == 2 and steps[0] in ("by_field", "by_kind"):
            number = (getattr(self.figure, steps[0]) or {}).get(steps[1])
            return self.term(tuple(steps), number) if number else None
        level = (self.figure.by_level or {}).get(steps[1]) if len(steps) > 2 and steps[0] == "by_level" else None
        if level is None:
            return None
        number = level.total if steps[2] == "total" else (level.by_field or {}).get(steps[-1])
        return self.term(tuple(steps), number) if number else None


# --- checks: the docstring is the rule ---------------------------------------


def check_by_field(measured: Measured) -> Iterator[Violation]:
    """The fields, with numbers given for several fields together and for groups beside them, add up to the total."""
    figure = measured.figure
    terms = [measured.term(("by_field", slug), number) for slug, number in (figure.by_field or {}).items()]
    terms += [measured.term(("merged_fields", i, "value"), m.value) for i, m in enumerate(figure.merged_fields)]
    terms += measured.labelled("other")
    yield from _adds_up(measured, "by_field", measured.total(), terms, figure.coverage.by_field)


def check_by_kind(measured: Measured) -> Iterator[Violation]:
    """Collectives and individuals add up to the total."""
    kinds = measured.figure.by_kind or {}
    terms = [measured.term(("by_kind", kind.value), number) for kind, number in kinds.items()]
    yield from _adds_up(measured, "by_kind", measured.total(), terms, measured.figure.coverage.by_kind)


def check_parts(measured: Measured) -> Iterator[Violation]:
    """The parts add up to the total."""
    yield from _adds_up(measured, "parts", measured.total(), measured.labelled("parts"), measured.figure.coverage.parts)


def check_by_level(measured: Measured) -> Iterator[Violation]:
    """The levels add up to the total; a level whose total is not said may be anything."""
    levels = measured.figure.by_level or {}
    terms = [measured.term(("by_level", lv.value, "total"), n.total) for lv, n in levels.items() if n.total]
    unknown = len(levels) - len(terms)
    yield from _adds_up(measured, "by_level", measured.total(), terms, measured.figure.coverage.by_level, unknown)


def check_fields_of_level(measured: Measured) -> Iterator[Violation]:
    """Within a level its fields add up to the level's total."""
    for level, numbers in (measured.figure.by_level or {}).items():
        at: Loc = ("by_level", level.value)
        total = measured.term((*at, "total"), numbers.total) if numbers.total else None
        terms = [measured.term((*at, "by_field", slug), number) for slug, number in (numbers.by_field or {}).items()]
        relation = f"by_level.{level.value}.by_field"
        yield from _adds_up(measured, relation, total, terms, measured.figure.coverage.by_field)


def check_field_over_levels(measured: Measured) -> Iterator[Violation]:
    """A field adds up over the levels to its own number; a level that does not name the field may hold any."""
    levels = measured.figure.by_level or {}
    for slug, number in (measured.figure.by_field or {}).items():
        whole = measured.term(("by_field", slug), number)
        terms = [
            measured.term(("by_level", level.value, "by_field", slug), n.by_field[slug])
            for level, n in levels.items()
            if n.by_field and slug in n.by_field
        ]
        unknown = len(levels) - len(terms)
        coverage = measured.figure.coverage.by_level
        yield from _adds_up(measured, f"by_field.{slug}", whole, terms, coverage, unknown)


def check_including(measured: Measured) -> Iterator[Violation]:
    """What is included is at most the total."""
    total = measured.total()
    for item, term in zip(measured.figure.including, measured.labelled("including"), strict=True):
        if total and not term.amount.may_be_at_most(total.amount):
            yield _violation(measured, f"including:{item.label}", total, term.amount.low, (term,))


def check_out_of(measured: Measured) -> Iterator[Violation]:
    """ "37/37": the total is at most the whole it is out of."""
    figure, total = measured.figure, measured.total()
    if total and figure.out_of:
        whole = measured.term(("out_of",), figure.out_of)
        if not total.amount.may_be_at_most(whole.amount):
            yield _violation(measured, "out_of", total, whole.amount.low, (whole,))


def check_shares(measured: Measured) -> Iterator[Violation]:
    """A share is its part over its base, rounded to the digits the source gives."""
    for index, share in enumerate(measured.figure.shares):
        part, base = measured.named(share.of), measured.named(share.base)
        if part is None or base is None or not (part.amount.exact and base.amount.exact) or not base.amount.low:
            continue
        digit = Decimal(1).scaleb(int(share.percent.as_tuple().exponent))
        computed = (part.amount.low * 100 / base.amount.low).quantize(digit, ROUND_HALF_UP)
        if computed != share.percent:
            yield Violation(f"share:{share.of}", share.percent, computed, ("shares", index, "percent"), (part, base))


RELATIONS: tuple[Callable[[Measured], Iterator[Violation]], ...] = (
    check_by_field,
    check_by_kind,
    check_parts,
    check_by_level,
    check_fields_of_level,
    check_field_over_levels,
    check_including,
    check_out_of,
    check_shares,
)


def violations(figure: FigureSet, registers: Registers) -> tuple[Violation, ...]:
    """Every relation that the set breaks, declared or not."""
    measured = Measured(figure, registers)
    return tuple(violation for check in RELATIONS for violation in check(measured))


def _adds_up(
    measured: Measured,
    relation: str,
    whole: Term | None,
    terms: list[Term],
    coverage: CoverageKind,
    unknown: int = 0,
) -> Iterator[Violation]:
    """Complete parts can mean the whole; a subset is at most it; an open list proves nothing."""
    if whole is None or not terms or coverage is CoverageKind.OPEN:
        return
    amount = total_of([*(term.amount for term in terms), *([UNKNOWN] * unknown)])
    holds = amount.may_be_at_most(whole.amount) if coverage is CoverageKind.SUBSET else amount.may_equal(whole.amount)
    if not holds:
        computed = sum((term.number.value * term.factor for term in terms), Decimal(0))
        yield _violation(measured, relation, whole, computed, tuple(terms))


def _violation(measured: Measured, relation: str, whole: Term, computed: Decimal, terms: tuple[Term, ...]) -> Violation:
    stated = measured.in_own_unit(whole.number.value * whole.factor)
    return Violation(relation, stated, measured.in_own_unit(computed), whole.loc, terms, whole)


def plain(value: Decimal) -> Decimal:
    """Without the zeros and exponents that calculating leaves behind."""
    normal = value.normalize()
    return normal.quantize(Decimal(1)) if normal == normal.to_integral() else normal


# --- the likely slip -------------------------------------------------------------


@dataclass(frozen=True)
class Slip:
    """A number that would make the relation hold if it were written another way."""

    loc: Loc
    written: Decimal
    meant: Decimal
    how: str


def slips(violation: Violation) -> tuple[Slip, ...]:
    """Two digits swapped, or thousand-fold; only if there is no such, one digit off. For sums alone."""
    whole = violation.whole
    if whole is None or violation.relation.startswith(("including:", "out_of")):
        return ()
    gap = sum((t.number.value * t.factor for t in violation.terms), Decimal(0)) - whole.number.value * whole.factor
    candidates = [(whole, whole.number.value + gap / whole.factor)]
    candidates += [(term, term.number.value - gap / term.factor) for term in violation.terms]
    found = [
        Slip(term.loc, term.number.value, plain(other), how)
        for term, other in candidates
        if other > 0 and (how := _how(term.number.value, plain(other)))
    ]
    strong = tuple(slip for slip in found if slip.how != _ONE_DIGIT)
    return strong or tuple(found)


_ONE_DIGIT = "sai một chữ số"


def _how(written: Decimal, other: Decimal) -> str:
    if written in (other * 1000, other / 1000):
        return "nhầm đơn vị nghìn lần"
    exponent = min(int(written.as_tuple().exponent), int(other.as_tuple().exponent), 0)
    one, two = (str(int(value.scaleb(-exponent))) for value in (written, other))
    if len(one) != len(two):
        return ""
    off = [index for index in range(len(one)) if one[index] != two[index]]
    if len(off) == 1:  # of a short number every other one is a digit away
        return _ONE_DIGIT if len(one) > 2 else ""
    swapped = len(off) == 2 and one[off[0]] == two[off[1]] and one[off[1]] == two[off[0]]
    return "đảo hai chữ số" if swapped else ""
