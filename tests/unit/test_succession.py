"""What became of units, on any day: by hand for the kinds of change there are, by chance for what must always hold."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from portal.schema.data import Unit
from portal.standing import existed_on
from portal.succession import Part, Stretch, above_on, holders_on, predecessors, stretches, successors_on

OLD, NEW = date(2024, 5, 17), date(2026, 11, 22)


def unit(slug: str, level: str = "commune", after: tuple[str, ...] = (), **keys: Any) -> Unit:
    """`after` names successors, with a `~` where only a part passed."""
    named = [{"slug": name.strip("~"), "partly": "true" if name.startswith("~") else "false"} for name in after]
    written = {"slug": slug, "name": slug, "kind": "đơn vị", "level": level, "replaced_by": named, **keys}
    return Unit.model_validate(written)


def register(*units: Unit) -> dict[str, Unit]:
    return {one.slug: one for one in units}


UNTIL, SINCE = {"valid_to": "2025-06-30"}, {"valid_from": "2025-07-01"}
REFORM = register(
    unit("tinh", "province", ("tinh-moi",), **UNTIL),
    unit("tinh-moi", "province", **SINCE),
    unit("huyen", "district", ("xa-a", "~xa-b"), parents=[{"slug": "tinh"}], **UNTIL),
    unit("xa-tron", after=("xa-b",), parents=[{"slug": "huyen"}], **UNTIL),
    unit("xa-doi", after=("~xa-a", "~xa-b"), parents=[{"slug": "huyen"}], **UNTIL),
    unit("xa-sot", after=("~xa-b",), parents=[{"slug": "huyen"}], **UNTIL),
    unit("xa-goc", after=("xa-doi",), parents=[{"slug": "huyen"}], valid_to="2019-12-31"),
    unit("xa-mat", parents=[{"slug": "huyen"}], **UNTIL),
    unit("xa-a", parents=[{"slug": "tinh-moi"}], **SINCE),
    unit("xa-b", parents=[{"slug": "tinh-moi"}], **SINCE),
)
BECAME: dict[tuple[str, date], list[str]] = {
    ("huyen", OLD): ["huyen"],
    ("huyen", NEW): ["xa-a", "~xa-b"],
    ("xa-tron", NEW): ["xa-b"],
    ("xa-doi", NEW): ["~xa-a", "~xa-b"],
    ("xa-goc", OLD): ["xa-doi"],
    ("xa-goc", NEW): ["~xa-a", "~xa-b"],
    ("xa-goc", date(2019, 12, 31)): ["xa-goc"],
    ("xa-mat", NEW): [],
    ("xa-a", OLD): [],
    ("xa-a", NEW): ["xa-a"],
    ("tinh", NEW): ["tinh-moi"],
}
LIES: dict[tuple[str, date], list[str]] = {
    ("huyen", NEW): ["~xa-a", "tinh-moi", "~xa-b"],
    ("xa-tron", OLD): ["xa-tron", "huyen", "tinh"],
    ("xa-tron", NEW): ["xa-b", "tinh-moi"],
    ("xa-doi", NEW): ["~xa-a", "tinh-moi", "~xa-b"],
    ("xa-goc", NEW): ["~xa-a", "tinh-moi", "~xa-b"],
    ("xa-sot", NEW): ["~xa-b", "~tinh-moi"],  # where the rest of it went nobody tells
    ("xa-mat", NEW): [],
    ("xa-a", OLD): [],
}


def said(parts: tuple[Part, ...]) -> list[str]:
    return [f"~{part.slug}" if part.partly else part.slug for part in parts]


@pytest.mark.parametrize(("slug", "day"), BECAME)
def test_what_became_of_a_unit(slug: str, day: date) -> None:
    assert said(successors_on(slug, REFORM, day)) == BECAME[slug, day]


@pytest.mark.parametrize(("slug", "day"), LIES)
def test_where_a_place_of_a_unit_lies(slug: str, day: date) -> None:
    assert said(holders_on(slug, REFORM, day)) == LIES[slug, day]


def test_one_whole_way_is_enough() -> None:
    """What was cut in two and put together again is whole only where a way is whole; every place is there for sure."""
    units = register(
        unit("goc", after=("~trai", "~phai"), valid_to="2019-12-31"),
        unit("trai", after=("nay",), valid_from="2020-01-01", valid_to="2025-06-30"),
        unit("phai", after=("nay",), valid_from="2020-01-01", valid_to="2025-06-30"),
        unit("nay", **SINCE),
    )
    assert said(successors_on("trai", units, NEW)) == ["nay"]
    assert said(successors_on("goc", units, NEW)) == ["~nay"]
    assert said(holders_on("goc", units, NEW)) == ["nay"]


def test_who_was_before() -> None:
    found = predecessors(REFORM.values())
    assert {slug: said(parts) for slug, parts in found.items()} == {
        "tinh-moi": ["tinh"],
        "xa-a": ["huyen", "~xa-doi"],
        "xa-b": ["~huyen", "xa-tron", "~xa-doi", "~xa-sot"],
        "xa-doi": ["xa-goc"],
    }


def test_stretches_end_where_units_do() -> None:
    turned, merged = date(2020, 1, 1), date(2025, 7, 1)
    last = Stretch(merged, None)
    first = (Stretch(None, date(2019, 12, 31)), Stretch(turned, date(2025, 6, 30)))
    assert stretches(REFORM.values(), NEW) == (*first, last)
    assert stretches(REFORM.values(), OLD) == (first[0], Stretch(turned, None))
    assert stretches(REFORM.values(), date(2019, 12, 31)) == (Stretch(None, None),), "the last day is a day of the unit"
    assert stretches([unit("con", valid_to="9999-12-31")], date.max) == (Stretch(None, None),)


# --- by chance ----------------------------------------------------------------------

DAYS = st.integers(0, 40).map(lambda days: date(2020, 1, 1) + timedelta(days=days))
LEVELS = ("province", "district", "commune")


@st.composite
def registers(draw: st.DrawFn) -> dict[str, Unit]:
    """Up to ten units; successors and parents are later in the list, so that nothing goes round."""
    count = draw(st.integers(1, 10))
    units = []
    for index in range(count):
        ends = draw(st.none() | DAYS)
        keys: dict[str, Any] = {"valid_to": str(ends)} if ends else {}
        begins = draw(st.none() | DAYS)
        if begins and (ends is None or begins <= ends):
            keys["valid_from"] = str(begins)
        later = [f"u{other}" for other in range(index + 1, count)]
        if ends and later:
            names = draw(st.lists(st.sampled_from(later), unique=True, max_size=3))
            keys["after"] = tuple(f"~{name}" if draw(st.booleans()) else name for name in names)
        if later and draw(st.booleans()):
            keys["parents"] = [{"slug": draw(st.sampled_from(later))}]
        units.append(unit(f"u{index}", draw(st.sampled_from(LEVELS)), **keys))
    return register(*units)


@given(registers(), DAYS)
def test_only_units_of_the_day_are_reached_and_each_once(units: dict[str, Unit], day: date) -> None:
    for slug in units:
        for parts in (successors_on(slug, units, day), holders_on(slug, units, day)):
            reached = [part.slug for part in parts]
            assert all(existed_on(units[one], day) for one in reached)
            assert len(set(reached)) == len(reached)


@given(registers(), DAYS)
def test_what_surely_holds_a_place_is_or_lies_above_everything_it_became(units: dict[str, Unit], day: date) -> None:
    for slug in units:
        became = [part.slug for part in successors_on(slug, units, day)]
        holders = holders_on(slug, units, day)
        assert {part.slug for part in holders} == {h for one in became for h in (one, *above_on(one, units, day))}
        for sure in (part.slug for part in holders if not part.partly):
            assert all(sure in (one, *above_on(one, units, day)) for one in became)


@given(registers())
def test_predecessors_are_successors_read_backwards(units: dict[str, Unit]) -> None:
    forwards = {(one.slug, s.slug, s.partly) for one in units.values() for s in one.replaced_by}
    backwards = {(p.slug, slug, p.partly) for slug, parts in predecessors(units.values()).items() for p in parts}
    assert forwards == backwards


@given(registers(), DAYS)
def test_stretches_join_and_every_unit_stands_in_one(units: dict[str, Unit], today: date) -> None:
    found = stretches(units.values(), today)
    assert found[0].first is None
    assert found[-1].last is None
    assert all(a.last and b.first == a.last + timedelta(days=1) for a, b in pairwise(found))
    shown = {one.slug for s in found for one in units.values() if existed_on(one, s.day(today))}
    assert shown == {one.slug for one in units.values() if one.valid_from is None or one.valid_from <= today}
