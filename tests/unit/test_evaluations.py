"""What the points of an evaluation come to: exact sums, and no total of what is not finished."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st
from portal.evaluations import Outcome, sum_of_maxima
from portal.merits import outcome_in_words
from portal.schema.data import CriteriaItem

POINTS = st.decimals(min_value=0, max_value=10**15, places=12, allow_nan=False, allow_infinity=False)
# Highest points and points got, or none: an item without highest points can't be scored.
ITEM = st.tuples(POINTS, st.none() | POINTS) | st.just((None, None))
SCORED = st.lists(ITEM, min_size=1, max_size=8)


def _item(number: int, most: Decimal | None) -> CriteriaItem:
    return CriteriaItem.model_construct(id=f"m-{number}", text=f"Mục {number}", max_points=most)


def _outcome(pairs: list[tuple[Decimal | None, Decimal | None]]) -> Outcome:
    """Pairs of highest points and points got."""
    return Outcome(tuple((_item(number, most), points) for number, (most, points) in enumerate(pairs)))


@given(SCORED)
def test_sums_are_exact_and_over_scored_items_alone(pairs: list[tuple[Decimal | None, Decimal | None]]) -> None:
    found = _outcome(pairs)
    scored = [(most, points) for most, points in pairs if points is not None]
    assert Fraction(found.points) == sum((Fraction(points) for _, points in scored), Fraction(0))
    assert found.count == len(scored)
    assert found.scorable == sum(pair != (None, None) for pair in pairs)
    assert found.complete == all(pair == (None, None) or None not in pair for pair in pairs)
    assert Fraction(found.possible) == sum((Fraction(most) for most, _ in scored), Fraction(0))


@given(SCORED)
def test_what_is_not_finished_never_reads_as_a_total(pairs: list[tuple[Decimal | None, Decimal | None]]) -> None:
    found = _outcome(pairs)
    words = outcome_in_words(found)
    assert words.startswith("Tổng điểm: ") == found.complete
    assert words.endswith(": chưa phải tổng điểm") == (not found.complete)


@given(st.lists(POINTS, min_size=1, max_size=8), st.integers(0, 7))
def test_one_item_without_points_leaves_no_highest_sum(points: list[Decimal], at: int) -> None:
    items = [_item(number, most) for number, most in enumerate(points)]
    assert Fraction(sum_of_maxima(items)) == sum(map(Fraction, points), Fraction(0))
    assert sum_of_maxima([*items[:at], _item(9, None), *items[at:]]) is None


def test_the_words() -> None:
    d = Decimal
    assert outcome_in_words(_outcome([(d(10), d("8.5")), (d("7.5"), d("1.50")), (d("2.5"), d(0))])) == (
        "Tổng điểm: 10 / 20"
    )
    assert outcome_in_words(_outcome([(d(10), d("8.5")), (None, None)])) == (
        "Tổng điểm: 8,5 / 10, tính trên 1 trong 2 tiêu chí, là các tiêu chí có điểm tối đa"
    )
    assert outcome_in_words(_outcome([(d(1000), d(999)), (d(500), d(334)), (d(5), None)])) == (
        "Mới chấm 2 trong 3 tiêu chí, được 1.333 / 1.500: chưa phải tổng điểm"
    )
    assert outcome_in_words(_outcome([(None, None), (d(7), d(3)), (d(5), None)])) == (
        "Mới chấm 1 trong 2 tiêu chí có điểm tối đa, được 3 / 7: chưa phải tổng điểm"
    )
