"""Relations that must hold between the numbers of one figure set. The docstring of each check is the rule."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from .intervals import UNKNOWN, ZERO, Interval, exactly, percent_of, point, rest_of, rounding_to, total_of
from .measured import Comparison, Measured, Term, Violation
from .registers import Registers
from .schema.figure import Change, CoverageKind, FigureSet, LevelFigures
from .yaml_tree import Loc


@dataclass(frozen=True)
class Breakdown:
    """One way to divide a total: the numbers given, what can be meant where none is given, and whether that is all."""

    key: str
    terms: tuple[Term, ...]
    coverage: CoverageKind
    unsaid: tuple[Interval, ...] = ()

    @property
    def amount(self) -> Interval:
        return total_of([*(term.amount for term in self.terms), *self.unsaid])

    @property
    def said(self) -> Decimal:
        return sum((term.said for term in self.terms), ZERO)


def by_field(measured: Measured) -> Breakdown:
    """The fields, with numbers given for several fields together and for groups beside them. A field that also stands
    in a number of several is within that; where such numbers overlap they prove nothing."""
    figure = measured.figure
    together = [slug for merged in figure.merged_fields for slug in set(merged.fields_)]
    terms = [
        measured.term(("by_field", slug), number)
        for slug, number in (figure.by_field or {}).items()
        if slug not in together
    ]
    terms += [measured.term(("merged_fields", i, "value"), m.value) for i, m in enumerate(figure.merged_fields)]
    terms += measured.labelled("other")
    overlapping = len(together) > len(set(together))
    return Breakdown("by_field", tuple(terms), CoverageKind.OPEN if overlapping else figure.coverage.by_field)


def by_level(measured: Measured) -> Breakdown:
    """The levels. A level whose total is not said is the sum of its fields where these are complete, at least that
    where they are some, and anything where their list is open."""
    coverage = measured.figure.coverage
    terms: list[Term] = []
    unsaid: list[Interval] = []
    for level, numbers in (measured.figure.by_level or {}).items():
        if numbers.total:
            terms.append(measured.term(("by_level", level.value, "total"), numbers.total))
            continue
        if coverage.by_field is not CoverageKind.OPEN:
            terms += _fields_of(measured, level.value, numbers)
        if not _names_every_group(measured, numbers):
            unsaid.append(UNKNOWN)
    return Breakdown("by_level", tuple(terms), coverage.by_level, tuple(unsaid))


def by_kind(measured: Measured) -> Breakdown:
    """Collectives and individuals."""
    kinds = measured.figure.by_kind or {}
    terms = tuple(measured.term(("by_kind", kind.value), number) for kind, number in kinds.items())
    return Breakdown("by_kind", terms, measured.figure.coverage.by_kind)


def parts(measured: Measured) -> Breakdown:
    """The parts under labels of their own."""
    return Breakdown("parts", tuple(measured.labelled("parts")), measured.figure.coverage.parts)


BREAKDOWNS: tuple[Callable[[Measured], Breakdown], ...] = (by_field, by_level, by_kind, parts)


def _fields_of(measured: Measured, level: str, numbers: LevelFigures) -> list[Term]:
    fields = (numbers.by_field or {}).items()
    return [measured.term(("by_level", level, "by_field", slug), number) for slug, number in fields]


def _names_every_group(measured: Measured, numbers: LevelFigures) -> bool:
    """Whether the fields of a level are all there is in it: a group beside the fields, or fields that the set gives
    in one number, can't be named within a level."""
    figure, named = measured.figure, numbers.by_field or {}
    complete = bool(named) and figure.coverage.by_field is CoverageKind.COMPLETE
    return complete and not figure.other and all(slug in named for m in figure.merged_fields for slug in m.fields_)


# --- checks: the docstring is the rule ---------------------------------------


def check_breakdowns(measured: Measured) -> Iterator[Violation]:
    """`by_field`, `by_level`, `by_kind`, `parts`: complete parts add up to the total, some of them are at most it, an
    open list proves nothing."""
    total = measured.total()
    for breakdown in BREAKDOWNS:
        if total:
            divided = breakdown(measured)
            yield from _adds_up(measured, divided.key, total, divided)


def check_breakdowns_agree(measured: Measured) -> Iterator[Violation]:
    """Where the total is not said, breakdowns that are complete add up to one sum."""
    if measured.figure.total:
        return
    divided = [breakdown(measured) for breakdown in BREAKDOWNS]
    complete = [d for d in divided if d.terms and d.coverage is CoverageKind.COMPLETE]
    for other in complete[1:]:
        first = complete[0]
        if not first.amount.may_equal(other.amount):
            stated, computed = measured.in_own_unit(first.said), measured.in_own_unit(other.said)
            terms = (*first.terms, *other.terms)
            yield Violation(other.key, stated, computed, (other.key,), terms, None, Comparison.BREAKDOWNS)


def check_merged_fields(measured: Measured) -> Iterator[Violation]:
    """`by_field`: a field that also stands in a number of several fields is at most that; all of them make it up."""
    given = measured.figure.by_field or {}
    for index, merged in enumerate(measured.figure.merged_fields):
        slugs = dict.fromkeys(merged.fields_)
        terms = tuple(measured.term(("by_field", slug), given[slug]) for slug in slugs if slug in given)
        coverage = CoverageKind.COMPLETE if len(terms) == len(slugs) else CoverageKind.SUBSET
        whole = measured.term(("merged_fields", index, "value"), merged.value)
        yield from _adds_up(measured, "by_field", whole, Breakdown("by_field", terms, coverage))


def check_fields_of_level(measured: Measured) -> Iterator[Violation]:
    """`by_level.<level>.by_field`: within a level its fields add up to the level's total. Groups beside the fields
    are not named within levels: where the set has such, the fields of a level are at most its total."""
    for level, numbers in (measured.figure.by_level or {}).items():
        if numbers.total:
            whole = measured.term(("by_level", level.value, "total"), numbers.total)
            terms = tuple(_fields_of(measured, level.value, numbers))
            coverage = measured.figure.coverage.by_field
            unsaid = () if _names_every_group(measured, numbers) else (UNKNOWN,)
            divided = Breakdown("by_field", terms, coverage, unsaid)
            yield from _adds_up(measured, f"by_level.{level.value}.by_field", whole, divided)


def check_field_over_levels(measured: Measured) -> Iterator[Violation]:
    """`by_field.<field>`: a field adds up over the levels to its own number. A level that does not name the field
    holds none of it where its fields are complete, else at most what they leave of the level."""
    levels = measured.figure.by_level or {}
    for slug, number in (measured.figure.by_field or {}).items():
        whole = measured.term(("by_field", slug), number)
        terms, unsaid = [], []
        for level, numbers in levels.items():
            if numbers.by_field and slug in numbers.by_field:
                terms.append(measured.term(("by_level", level.value, "by_field", slug), numbers.by_field[slug]))
            else:
                unsaid.append(_unnamed(measured, level.value, numbers))
        divided = Breakdown("by_level", tuple(terms), measured.figure.coverage.by_level, tuple(unsaid))
        yield from _adds_up(measured, f"by_field.{slug}", whole, divided)


def _unnamed(measured: Measured, level: str, numbers: LevelFigures) -> Interval:
    """What a field can be in a level that does not name it."""
    if numbers.total is None:
        return point(ZERO) if _names_every_group(measured, numbers) else UNKNOWN
    total = measured.term(("by_level", level, "total"), numbers.total).amount
    is_open = measured.figure.coverage.by_field is CoverageKind.OPEN
    return rest_of(total, [] if is_open else [term.amount for term in _fields_of(measured, level, numbers)])


def check_including(measured: Measured) -> Iterator[Violation]:
    """`including:<label>`: what is included is at most the total."""
    total = measured.total()
    for item, term in zip(measured.figure.including, measured.labelled("including"), strict=True):
        if total and not term.amount.may_be_at_most(total.amount):
            relation = f"including:{item.label}"
            yield _violation(measured, relation, total, term.said, (term,), Comparison.INCLUDED)


def check_out_of(measured: Measured) -> Iterator[Violation]:
    """`out_of`: of "37/37" the total is at most the whole it is out of."""
    figure, total = measured.figure, measured.total()
    if total and figure.out_of:
        whole = measured.term(("out_of",), figure.out_of)
        if not total.amount.may_be_at_most(whole.amount):
            yield _violation(measured, "out_of", total, whole.said, (whole,), Comparison.OUT_OF)


def check_shares(measured: Measured) -> Iterator[Violation]:
    """`share:<of>`: a share is its part over its base, rounded to the digits the source gives; of approximate numbers
    it is one of those they can mean."""
    for index, share in enumerate(measured.figure.shares):
        part, base = measured.named(share.of), measured.named(share.base)
        possible = percent_of(part.amount, base.amount) if part and base else None
        if part and base and possible and not possible.may_equal(rounding_to(share.percent)):
            at: Loc = ("shares", index, "percent")
            computed = possible.nearest_rounded(share.percent)
            terms = (part, base)
            yield Violation(f"share:{share.of}", share.percent, computed, at, terms, None, Comparison.SHARE)


def check_changes(measured: Measured) -> Iterator[Violation]:
    """`change:<of>`: nothing counted was ever below zero, so a rise is at most the number it led to, and a fall at most
    a hundred percent."""
    for index, change in enumerate(measured.figure.changes):
        relation, now = f"change:{change.of}", measured.named(change.of)
        if change.percent is not None and change.percent < -100:
            at: Loc = ("changes", index, "percent")
            yield Violation(relation, change.percent, Decimal(-100), at, (), None, Comparison.FALL)
        if change.by is not None and now and not point(change.by * now.factor).may_be_at_most(now.amount):
            at = ("changes", index, "by")
            yield Violation(relation, change.by, now.number.value, at, (now,), None, Comparison.RISE)


def check_changes_agree(measured: Measured) -> Iterator[Violation]:
    """`change:<of>`: a rise or fall given both as a number and in percent is one: "tăng 90 (40%)" of 315."""
    changes = measured.figure.changes
    by_number = {(c.since, c.of): c.by for c in reversed(changes) if c.by is not None}
    for index, change in enumerate(changes):
        by = by_number.get((change.since, change.of)) if change.percent is not None else None
        now = measured.named(change.of) if by is not None else None
        if by is not None and now and now.amount.low >= by * now.factor:
            then = now.amount.shifted(-by * now.factor)
            yield from change_in_percent(change, index, now, then)


def change_in_percent(change: Change, index: int, now: Term, then: Interval) -> Iterator[Violation]:
    """What is told of a change in percent that the number before it does not allow."""
    assert change.percent is not None
    ratio = percent_of(now.amount, then)
    possible = ratio.shifted(Decimal(-100)) if ratio else None
    if possible and not possible.may_equal(rounding_to(change.percent)):
        computed = possible.nearest_rounded(change.percent)
        at: Loc = ("changes", index, "percent")
        relation = f"change:{change.of}"
        yield Violation(relation, change.percent, computed, at, (now,), None, Comparison.CHANGE_PERCENT)


RELATIONS: tuple[Callable[[Measured], Iterator[Violation]], ...] = (
    check_breakdowns,
    check_breakdowns_agree,
    check_merged_fields,
    check_fields_of_level,
    check_field_over_levels,
    check_including,
    check_out_of,
    check_shares,
    check_changes,
    check_changes_agree,
)


def violations(figure: FigureSet, registers: Registers) -> tuple[Violation, ...]:
    """Every relation that the set breaks, declared or not."""
    measured = Measured(figure, registers)
    with exactly():
        return tuple(violation for check in RELATIONS for violation in check(measured))


def _adds_up(measured: Measured, relation: str, whole: Term, divided: Breakdown) -> Iterator[Violation]:
    """Complete parts can mean the whole; a subset is at most it; an open list proves nothing."""
    if not divided.terms or divided.coverage is CoverageKind.OPEN:
        return
    some = divided.coverage is CoverageKind.SUBSET
    amount = divided.amount
    if not (amount.may_be_at_most(whole.amount) if some else amount.may_equal(whole.amount)):
        all_said = not some and all(unsaid.exact for unsaid in divided.unsaid)
        comparison = Comparison.SUM if all_said else Comparison.PART
        yield _violation(measured, relation, whole, divided.said, divided.terms, comparison)


def _violation(
    measured: Measured,
    relation: str,
    whole: Term,
    computed: Decimal,
    terms: tuple[Term, ...],
    comparison: Comparison,
) -> Violation:
    stated = measured.in_own_unit(whole.said)
    return Violation(relation, stated, measured.in_own_unit(computed), whole.loc, terms, whole, comparison)
