"""Sharing numerals among claims: as many as can be are served, none twice, at any length."""

from __future__ import annotations

from itertools import pairwise, permutations

from hypothesis import given
from hypothesis import strategies as st
from portal.claims import matching

WANTED = st.lists(st.lists(st.integers(0, 4), max_size=4, unique=True), max_size=5)


def most(wanted: list[list[int]]) -> int:
    """The most that can be served, by trying every order of who chooses a place first."""
    best = 0
    for places in permutations([*range(5), *range(-1, -len(wanted) - 1, -1)], len(wanted)):
        best = max(best, sum(place in options for place, options in zip(places, wanted, strict=True)))
    return best


@given(WANTED.filter(lambda wanted: len(wanted) <= 4))
def test_as_many_as_can_be_are_served_and_none_twice(wanted: list[list[int]]) -> None:
    found = matching(dict(enumerate(wanted)), range(len(wanted)))
    assert all(place in wanted[key] for key, place in found.items())
    assert len(set(found.values())) == len(found) == most(wanted)


@given(WANTED)
def test_who_is_served_before_stays_served(wanted: list[list[int]]) -> None:
    served = [set(matching(dict(enumerate(wanted[:n])), range(n))) for n in range(len(wanted) + 1)]
    assert all(before <= after for before, after in pairwise(served))


def test_a_chain_of_thousands_moves_up() -> None:
    count = 5_000
    wanted = {key: [key, key + 1] for key in range(count)} | {count: [0]}
    found = matching(wanted, range(count + 1))
    assert found == {key: key + 1 for key in range(count)} | {count: 0}
