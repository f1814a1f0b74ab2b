"""Properties of relations: what adds up is never told, and any change of what adds up always is."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from hypothesis import assume, given
from hypothesis import strategies as st
from portal.intervals import UNKNOWN, Interval, meant, total_of
from portal.measured import Measured, Term, Violation
from portal.relations import check_breakdowns
from portal.schema.figure import FigureSet, Number, Qualifier
from portal.slips import slips

amounts = st.integers(min_value=0, max_value=10**9)


class _Same(Measured):
    """Every unit of measure is the base: what the register says of units plays no part here."""

    def factor(self, unit_of_measure: str | None) -> Decimal:
        return Decimal(1)


def figure(total: dict | str, parts: list[int], coverage: str = "complete") -> FigureSet:
    listed = [{"label": f"phần {index}", "value": str(value)} for index, value in enumerate(parts)]
    return FigureSet.model_validate(
        {"unit": "a", "measure": "b", "period": "2024", "total": total, "parts": listed, "coverage": coverage}
    )


def broken(figure_set: FigureSet) -> list[Violation]:
    return list(check_breakdowns(_Same(figure_set, None)))  # type: ignore[arg-type]


@given(st.lists(amounts, min_size=1, max_size=6))
def test_parts_that_add_up_are_silent(parts: list[int]) -> None:
    assert broken(figure(str(sum(parts)), parts)) == []
    assert broken(figure({"value": str(sum(parts)), "qualifier": "at_least"}, parts)) == []
    assert broken(figure({"value": str(sum(parts)), "qualifier": "about"}, parts)) == []


@given(st.lists(amounts, min_size=1, max_size=6), st.integers(min_value=1, max_value=10**6))
def test_any_other_total_is_told_with_both_values(parts: list[int], off: int) -> None:
    (violation,) = broken(figure(str(sum(parts) + off), parts))
    assert (violation.stated, violation.computed) == (sum(parts) + off, sum(parts))
    assert broken(figure(str(sum(parts) + off), parts, "subset")) == []
    assert broken(figure(str(sum(parts) + off), parts, "open")) == []


@given(st.lists(amounts, min_size=2, max_size=5), st.data())
def test_two_digits_swapped_are_named(parts: list[int], data: st.DataObject) -> None:
    index = data.draw(st.integers(min_value=0, max_value=len(parts) - 1))
    digits = list(str(parts[index]))
    assume(len(digits) > 2)
    first = data.draw(st.integers(min_value=0, max_value=len(digits) - 2))
    digits[first], digits[first + 1] = digits[first + 1], digits[first]
    swapped = int("".join(digits))
    assume(swapped != parts[index] and digits[0] != "0")
    wrong = [swapped if at == index else part for at, part in enumerate(parts)]
    (violation,) = broken(figure(str(sum(parts)), wrong))
    found = [(slip.written, slip.meant, slip.how) for slip in slips(violation)]
    assert (swapped, parts[index], "đảo hai chữ số") in found


@given(st.lists(st.tuples(amounts, st.sampled_from([None, *Qualifier])), max_size=5))
def test_the_sum_of_what_is_meant_holds_every_sum_of_values_meant(numbers: list[tuple[int, Qualifier | None]]) -> None:
    parts = [meant(Number(value=str(value), qualifier=qualifier)) for value, qualifier in numbers]
    whole = total_of(parts)
    inside = [_inside(part) for part in parts]
    assume(all(value is not None for value in inside))
    point = sum((value for value in inside if value is not None), Decimal(0))
    assert whole.may_equal(Interval(point, point))


def _inside(interval: Interval) -> Decimal | None:
    """Some value that the interval can mean; None when it holds none ("nearly 0")."""
    if interval.exact:
        return interval.low
    if interval.high is None:
        return interval.low + 1
    return (interval.low + interval.high) / 2 if interval.high > interval.low else None


def test_what_nobody_counted_is_anything() -> None:
    assert UNKNOWN.may_equal(Interval(Decimal(7), Decimal(7)))
    assert not Interval(Decimal(8), Decimal(8)).may_be_at_most(Interval(Decimal(7), Decimal(7)))


def test_thousand_fold_units_are_named() -> None:
    set_ = figure("6000", [1000, 5])
    (violation,) = broken(set_)
    assert [(slip.written, slip.meant, slip.how) for slip in slips(violation)] == [(5, 5000, "nhầm đơn vị nghìn lần")]
    one = replace(violation, terms=tuple(Term(t.loc, t.number, t.factor) for t in violation.terms))
    assert slips(one) == slips(violation)
