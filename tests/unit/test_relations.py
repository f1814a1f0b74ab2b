"""Properties of relations: what adds up is never told, and any change of what adds up always is."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from hypothesis import assume, given
from hypothesis import strategies as st
from portal.intervals import UNKNOWN, Interval, exactly, meant, total_of
from portal.measured import Measured, Term, Violation, declarable
from portal.relations import RELATIONS, check_breakdowns, check_shares
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


@given(st.lists(amounts, min_size=1, max_size=6), st.data())
def test_any_single_changed_digit_of_a_complete_partition_is_told(parts: list[int], data: st.DataObject) -> None:
    numbers = [str(sum(parts)), *map(str, parts)]
    index = data.draw(st.integers(min_value=0, max_value=len(numbers) - 1))
    position = data.draw(st.integers(min_value=0, max_value=len(numbers[index]) - 1))
    digits = [d for d in "0123456789" if d != numbers[index][position] and (d != "0" or position)]
    digit = data.draw(st.sampled_from(digits))
    numbers[index] = numbers[index][:position] + digit + numbers[index][position + 1 :]
    (violation,) = broken(figure(numbers[0], [int(number) for number in numbers[1:]]))
    assert abs(violation.stated - violation.computed) == abs(int(numbers[0]) - sum(map(int, numbers[1:])))


@given(st.integers(0, 10**6), st.integers(1, 10**6), st.integers(0, 6))
def test_a_share_holds_exactly_when_it_is_the_quotient_rounded(part: int, base: int, digits: int) -> None:
    doubled, rest = divmod(part * 100 * 10**digits * 2, base)
    rounded = Decimal((doubled + 1) // 2 if rest == 0 or doubled % 2 else doubled // 2).scaleb(-digits)
    for percent, holds in ((rounded, True), (rounded + Decimal(1).scaleb(-digits), False)):
        set_ = FigureSet.model_validate(
            {
                **{"unit": "a", "measure": "b", "period": "2024", "total": str(base)},
                "including": [{"label": "x", "value": str(part)}],
                "shares": [{"of": "x", "percent": f"{percent:f}"}],
            }
        )
        found = list(check_shares(_Same(set_, None)))  # type: ignore[arg-type]
        assert [(v.stated, v.computed) for v in found] == ([] if holds else [(percent, rounded)])


@given(st.dictionaries(st.sampled_from("abcd"), st.tuples(amounts, amounts), min_size=1), st.data())
def test_a_matrix_that_adds_up_is_silent_and_any_other_cell_is_told(
    cells: dict[str, tuple[int, int]], data: st.DataObject
) -> None:
    def matrix(shown: dict[str, tuple[int, int]], *, level_totals: bool) -> FigureSet:
        levels = {}
        for at, level in enumerate(("district", "commune")):
            fields = {slug: str(pair[at]) for slug, pair in shown.items()}
            total = {"total": str(sum(pair[at] for pair in cells.values()))} if level_totals else {}
            levels[level] = {"by_field": fields, **total}
        by_field = {slug: str(sum(pair)) for slug, pair in cells.items()}
        total = str(sum(map(sum, cells.values())))
        keys = {"unit": "a", "measure": "b", "period": "2024", "total": total}
        return FigureSet.model_validate({**keys, "by_field": by_field, "by_level": levels})

    slug = data.draw(st.sampled_from(sorted(cells)))
    off = data.draw(st.integers(min_value=1, max_value=10**6))
    wrong = cells | {slug: (cells[slug][0] + off, cells[slug][1])}
    with_totals, without = (
        {violation.relation for check in RELATIONS for violation in check(_Same(matrix(wrong, level_totals=has), None))}  # type: ignore[arg-type]
        for has in (True, False)
    )
    assert with_totals == {f"by_field.{slug}", "by_level.district.by_field"}
    assert without == {f"by_field.{slug}", "by_level"}
    for has in (True, False):
        right = _Same(matrix(cells, level_totals=has), None)  # type: ignore[arg-type]
        assert [violation for check in RELATIONS for violation in check(right)] == []


def test_numbers_with_more_digits_than_a_decimal_keeps_are_exact() -> None:
    whole, small = "999999999999999", "0.00000000000001"
    set_ = FigureSet.model_validate(
        {
            **{"unit": "a", "measure": "b", "period": "2024", "total": whole},
            "parts": [{"label": "x", "value": whole}, {"label": "y", "value": small}],
            "shares": [{"of": "x", "percent": "100.000000000000", "base": "y"}],
        }
    )
    with exactly():
        found = [violation for check in RELATIONS for violation in check(_Same(set_, None))]  # type: ignore[arg-type]
    assert [(violation.relation, violation.stated) for violation in found] == [
        ("parts", Decimal(whole)),
        ("share:x", Decimal("100.000000000000")),
    ]


def test_what_is_computed_can_be_written_by_an_editor() -> None:
    with exactly():
        assert declarable(Decimal(1000) / Decimal(360)) == Decimal("2.777778")
        assert declarable(Decimal("1234567890123") / 3) == Decimal("411522630041")
        assert declarable(Decimal("123456789012") / 7) == Decimal("17636684144.5714")
        assert declarable(Decimal("325124.000")) == Decimal(325124)
