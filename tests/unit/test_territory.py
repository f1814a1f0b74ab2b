"""Units through time: who was there, whose part, what came before and after: by hand for the kinds of change there are,
by chance for what must always hold; registers with loops end too."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from portal.schema.data import Unit
from portal.schema.dates import PartialDate
from portal.standing import existed_on, has_ended
from portal.territory import Kin, Stretch, Territory, shares
from portal.unit_entries import added_lines, with_units
from portal.unit_slugs import ruled_slugs

REGISTER = """
- {slug: tinh, name: Tỉnh, kind: tỉnh, level: province, valid_to: 2025-06-30, replaced_by: [{slug: tinh-moi}]}
- {slug: tinh-moi, name: Mới, kind: tỉnh, level: province, valid_from: 2025-07-01}
- {slug: bac, name: Bắc, kind: huyện, level: district, parents: [{slug: tinh}], valid_to: 2025-06-30, replaced_by: [{slug: xa-mot-2025}, {slug: xa-hai-2025, partly: true}]}
- {slug: nam, name: Nam, kind: huyện, level: district, parents: [{slug: tinh}], valid_to: 2025-06-30, replaced_by: [{slug: xa-hai-2025, partly: true}]}
- {slug: xa-mot, name: Một, kind: xã, level: commune, valid_from: 2000-01-01, parents: [{slug: bac, to: 2020-06-30}, {slug: nam, from: 2020-07-01}], valid_to: 2025-06-30, replaced_by: [{slug: xa-mot-2025}, {slug: xa-hai-2025, partly: true}]}
- {slug: xa-mot-2025, name: Một, kind: xã, level: commune, parents: [{slug: tinh-moi}], valid_from: 2025-07-01}
- {slug: xa-hai-2025, name: Hai, kind: xã, level: commune, parents: [{slug: tinh-moi}], valid_from: 2025-07-01}
"""


def read(text: str) -> tuple[Unit, ...]:
    return tuple(Unit.model_validate(entry) for entry in yaml.load(text, Loader=yaml.BaseLoader))


TERRITORY = Territory(read(REGISTER))


def slugs(units: tuple[Unit, ...]) -> list[str]:
    return [unit.slug for unit in units]


def test_who_was_there() -> None:
    assert slugs(TERRITORY.on(date(1999, 12, 31))) == ["tinh", "bac", "nam"]
    assert slugs(TERRITORY.on(date(2025, 6, 30))) == ["tinh", "bac", "nam", "xa-mot"]
    assert slugs(TERRITORY.on(date(2025, 7, 1))) == ["tinh-moi", "xa-mot-2025", "xa-hai-2025"]
    assert slugs(TERRITORY.on(date(2026, 1, 1))) == ["tinh-moi", "xa-mot-2025", "xa-hai-2025"]


def test_whose_part_it_was() -> None:
    commune = TERRITORY.units["xa-mot"]
    assert slugs(TERRITORY.ancestors(commune, date(2020, 6, 30))) == ["bac", "tinh"]
    assert slugs(TERRITORY.ancestors(commune, date(2020, 7, 1))) == ["nam", "tinh"]
    assert TERRITORY.ancestors(commune, date(2025, 7, 1)) == ()
    assert slugs(TERRITORY.children(TERRITORY.units["nam"], date(2021, 1, 1))) == ["xa-mot"]
    assert TERRITORY.children(TERRITORY.units["nam"], date(2019, 1, 1)) == ()
    assert slugs(TERRITORY.below(TERRITORY.units["nam"])) == ["xa-mot"]


@pytest.mark.parametrize(
    ("whole", "when", "lay"),
    [
        ("bac", PartialDate(2020), True),
        ("nam", PartialDate(2020), True),
        ("nam", PartialDate(2020, 6), False),
        ("nam", PartialDate(2020, 7), True),
        ("bac", PartialDate(2020, 7, 1), False),
        ("tinh", PartialDate(2020), True),
        ("xa-mot", PartialDate(2020), True),
        ("tinh-moi", PartialDate(2020), False),
        ("bac", PartialDate(1999), None),
        ("bac", PartialDate(2000), True),
    ],
)
def test_where_a_commune_lay(whole: str, when: PartialDate, lay: bool | None) -> None:
    assert TERRITORY.lay_in(TERRITORY.units["xa-mot"], TERRITORY.units[whole], when) is lay


def said(kin: tuple[Kin, ...]) -> list[str]:
    return [f"~{one.unit.slug}" if one.partly else one.unit.slug for one in kin]


def test_what_came_after_and_before() -> None:
    day, last = date(2026, 1, 1), date(2025, 6, 30)
    assert said(TERRITORY.successors_on(TERRITORY.units["xa-mot"], day)) == ["~xa-mot-2025", "~xa-hai-2025"]
    before = TERRITORY.predecessors_on(TERRITORY.units["xa-hai-2025"], last)
    assert said(before) == ["~bac", "~nam", "~xa-mot"]
    assert said(TERRITORY.successors_on(TERRITORY.units["xa-hai-2025"], day)) == ["xa-hai-2025"]


def test_what_came_together_again_is_whole() -> None:
    """A went to D, one part of it by way of B."""
    found = Territory(
        read("""
- {slug: xa-a, name: A, kind: xã, level: commune, valid_to: 2000-12-31, replaced_by: [{slug: xa-d, partly: true}, {slug: xa-b}]}
- {slug: xa-b, name: B, kind: xã, level: commune, valid_to: 2010-12-31, replaced_by: [{slug: xa-d}]}
- {slug: xa-d, name: D, kind: xã, level: commune}
""")
    )
    assert said(found.successors_on(found.units["xa-a"], date(2020, 1, 1))) == ["xa-d"]
    assert said(found.successors(found.units["xa-a"])) == ["~xa-d", "~xa-b"]


# --- what became of units -------------------------------------------------------------

OLD, NEW = date(2024, 5, 17), date(2026, 11, 22)


def unit(slug: str, level: str = "commune", after: tuple[str, ...] = (), **keys: Any) -> Unit:
    """`after` names successors, with a `~` where the register says `partly`."""
    named = [{"slug": name.strip("~"), "partly": "true" if name.startswith("~") else "false"} for name in after]
    written = {"slug": slug, "name": slug, "kind": "đơn vị", "level": level, "replaced_by": named, **keys}
    return Unit.model_validate(written)


UNTIL, SINCE = {"valid_to": "2025-06-30"}, {"valid_from": "2025-07-01"}
REFORM = Territory(
    [
        unit("tinh", "province", ("tinh-moi",), **UNTIL),
        unit("tinh-moi", "province", **SINCE),
        unit("huyen", "district", ("xa-a", "~xa-b"), parents=[{"slug": "tinh"}], **UNTIL),
        unit("xa-tron", after=("xa-b",), parents=[{"slug": "huyen"}], **UNTIL),
        unit("xa-doi", after=("~xa-a", "~xa-b"), parents=[{"slug": "huyen"}], **UNTIL),
        unit("xa-sot", after=("~xa-b",), parents=[{"slug": "huyen"}], **UNTIL),
        unit("xa-goc", after=("xa-doi",), parents=[{"slug": "huyen"}], valid_to="2019-12-31"),
        unit("xa-mat", parents=[{"slug": "huyen"}], **UNTIL),
        unit("xa-do-dang", after=("xa-a", "xa-khong-ghi"), parents=[{"slug": "huyen"}], **UNTIL),
        unit("xa-a", parents=[{"slug": "tinh-moi"}], **SINCE),
        unit("xa-b", parents=[{"slug": "tinh-moi"}], **SINCE),
        unit("xa-sap-co", after=("xa-b",), valid_from="2027-01-01", valid_to="2027-12-31"),
    ]
)
BECAME: dict[tuple[str, date], list[str]] = {
    ("huyen", OLD): ["huyen"],
    ("huyen", NEW): ["~xa-a", "~xa-b"],
    ("xa-tron", NEW): ["xa-b"],
    ("xa-doi", NEW): ["~xa-a", "~xa-b"],
    ("xa-sot", NEW): ["~xa-b"],
    ("xa-goc", OLD): ["xa-doi"],
    ("xa-goc", NEW): ["~xa-a", "~xa-b"],
    ("xa-goc", date(2019, 12, 31)): ["xa-goc"],
    ("xa-mat", NEW): [],
    ("xa-do-dang", NEW): ["~xa-a"],
    ("xa-a", OLD): [],
    ("xa-a", NEW): ["xa-a"],
    ("xa-sap-co", NEW): [],
    ("tinh", NEW): ["tinh-moi"],
}
LIES: dict[tuple[str, date], list[str]] = {
    ("huyen", NEW): ["~xa-a", "tinh-moi", "~xa-b"],
    ("xa-tron", OLD): ["xa-tron", "huyen", "tinh"],
    ("xa-tron", NEW): ["xa-b", "tinh-moi"],
    ("xa-doi", NEW): ["~xa-a", "tinh-moi", "~xa-b"],
    ("xa-goc", NEW): ["~xa-a", "tinh-moi", "~xa-b"],
    ("xa-sot", NEW): ["~xa-b", "~tinh-moi"],  # where the rest of it went nobody tells
    ("xa-do-dang", NEW): ["~xa-a", "~tinh-moi"],  # one of its successors the register lacks
    ("xa-mat", NEW): [],
    ("xa-a", OLD): [],
    ("xa-sap-co", NEW): [],
}


@pytest.mark.parametrize(("slug", "day"), BECAME)
def test_what_became_of_a_unit(slug: str, day: date) -> None:
    assert said(REFORM.successors_on(REFORM.units[slug], day)) == BECAME[slug, day]


@pytest.mark.parametrize(("slug", "day"), LIES)
def test_where_a_place_of_a_unit_lies(slug: str, day: date) -> None:
    assert said(REFORM.holders_on(REFORM.units[slug], day)) == LIES[slug, day]


@pytest.mark.parametrize(
    ("after", "took"),
    [
        (("a",), {"a": False}),
        (("~a",), {"a": True}),
        (("a", "b"), {"a": True, "b": True}),
        (("~a", "b"), {"a": True, "b": True}),
        ((), {}),
    ],
)
def test_of_several_successors_each_took_a_part(after: tuple[str, ...], took: dict[str, bool]) -> None:
    assert shares(unit("goc", after=after).replaced_by) == took


def test_split_and_merged_again_is_whole() -> None:
    """Every place of it lies there for sure; from one half alone the way is whole too."""
    found = Territory(
        [
            unit("goc", after=("~trai", "~phai"), valid_to="2019-12-31"),
            unit("trai", after=("nay",), valid_from="2020-01-01", valid_to="2025-06-30"),
            unit("phai", after=("nay",), valid_from="2020-01-01", valid_to="2025-06-30"),
            unit("nay", **SINCE),
        ]
    )
    goc, trai, nay = (found.units[slug] for slug in ("goc", "trai", "nay"))
    assert said(found.successors_on(trai, NEW)) == ["nay"]
    assert said(found.successors_on(goc, NEW)) == ["nay"]
    assert said(found.successors_on(goc, OLD)) == ["~trai", "~phai"]
    assert said(found.holders_on(goc, NEW)) == ["nay"]
    assert said(found.predecessors_on(nay, date(2019, 1, 1))) == ["goc"]
    assert said(found.predecessors_on(trai, date(2019, 1, 1))) == ["~goc"]


def test_splits_and_merges_without_end_are_walked_once() -> None:
    """Two thousand times cut in two and put together: as many ways as 2 to that power, each unit looked at once."""
    steps = 2000
    units = []
    for n in range(steps):
        first, last = date(1, 1, 1) + timedelta(days=2 * n), date(1, 1, 1) + timedelta(days=2 * n + 1)
        units.append(unit(f"m{n}", after=(f"l{n}", f"r{n}"), valid_from=str(first), valid_to=str(first)))
        for half in "lr":
            units.append(unit(f"{half}{n}", after=(f"m{n + 1}",), valid_from=str(last), valid_to=str(last)))
    found = Territory([*units, unit(f"m{steps}", valid_from=str(date(1, 1, 1) + timedelta(days=2 * steps)))])
    first, now = found.units["m0"], found.units[f"m{steps}"]
    assert said(found.successors_on(first, NEW)) == [f"m{steps}"]
    assert said(found.holders_on(first, NEW)) == [f"m{steps}"]
    assert said(found.predecessors_on(now, date(1, 1, 1))) == ["m0"]


def test_who_was_before() -> None:
    found = {slug: said(REFORM.predecessors(one)) for slug, one in REFORM.units.items()}
    assert {slug: before for slug, before in found.items() if before} == {
        "tinh-moi": ["tinh"],
        "xa-a": ["~huyen", "~xa-doi", "~xa-do-dang"],
        "xa-b": ["~huyen", "xa-tron", "~xa-doi", "~xa-sot", "xa-sap-co"],
        "xa-doi": ["xa-goc"],
    }


def test_stretches_end_where_units_do() -> None:
    turned, merged = date(2020, 1, 1), date(2025, 7, 1)
    last = Stretch(merged, None)
    first = (Stretch(None, date(2019, 12, 31)), Stretch(turned, date(2025, 6, 30)))
    assert REFORM.stretches(NEW) == (*first, last)
    assert REFORM.stretches(OLD) == (first[0], Stretch(turned, None))
    assert REFORM.stretches(date(2019, 12, 31)) == (Stretch(None, None),), "the last day is a day of the unit"
    assert Territory([unit("con", valid_to="9999-12-31")]).stretches(date.max) == (Stretch(None, None),)


def test_a_unit_has_ended_the_day_after_its_last() -> None:
    assert [has_ended(REFORM.units["huyen"], date(2025, *day)) for day in ((6, 30), (7, 1))] == [False, True]
    assert not has_ended(REFORM.units["xa-a"], date.max)


# --- by chance ------------------------------------------------------------------------

DAYS = st.integers(0, 40).map(lambda days: date(2020, 1, 1) + timedelta(days=days))
LEVELS = ("province", "district", "commune")


@st.composite
def territories(draw: st.DrawFn) -> Territory:
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
    return Territory(units)


@given(territories(), DAYS)
def test_only_units_of_the_day_are_reached_and_each_once(found: Territory, day: date) -> None:
    for one in found.units.values():
        for kin in (found.successors_on(one, day), found.holders_on(one, day), found.predecessors_on(one, day)):
            reached = [other.unit.slug for other in kin]
            assert all(existed_on(other.unit, day) for other in kin)
            assert len(set(reached)) == len(reached)


@given(territories(), DAYS)
def test_what_surely_holds_a_place_is_or_lies_above_everything_it_became(found: Territory, day: date) -> None:
    for one in found.units.values():
        became = [kin.unit for kin in found.successors_on(one, day)]
        within = [{end.slug, *slugs(found.ancestors(end, day))} for end in became]
        holders = {kin.unit.slug: kin.partly for kin in found.holders_on(one, day)}
        assert set(holders) == set().union(*within)
        for sure in (slug for slug, partly in holders.items() if not partly):
            assert all(sure in above for above in within)
        for kin in found.successors_on(one, day):
            assert kin.partly == holders[kin.unit.slug]


@given(territories(), DAYS)
def test_the_rule_told_step_by_step(found: Territory, day: date) -> None:
    """As a place goes: surely where all steps onwards surely lead; never, where the register says less than all."""

    def surely(one: Unit, end: str) -> bool:
        if existed_on(one, day):
            return end == one.slug or end in slugs(found.ancestors(one, day))
        after = found.successors(one)
        if one.valid_from and one.valid_from > day and one is start:
            return False
        untold = not after or (len(after) == 1 and after[0].partly)
        return not untold and all(surely(kin.unit, end) for kin in after)

    for start in found.units.values():
        for kin in found.holders_on(start, day):
            assert kin.partly is not surely(start, kin.unit.slug)


@given(territories())
def test_predecessors_are_successors_read_backwards(found: Territory) -> None:
    units = found.units.values()
    forwards = {(one.slug, kin.unit.slug, kin.partly) for one in units for kin in found.successors(one)}
    backwards = {(kin.unit.slug, one.slug, kin.partly) for one in units for kin in found.predecessors(one)}
    assert forwards == backwards


@given(territories(), DAYS)
def test_stretches_join_and_every_unit_stands_in_one(found: Territory, today: date) -> None:
    times = found.stretches(today)
    assert times[0].first is None
    assert times[-1].last is None
    assert all(a.last and b.first == a.last + timedelta(days=1) for a, b in pairwise(times))
    shown = {slug for time in times for slug in slugs(found.on(time.day(today)))}
    units = found.units.values()
    assert shown == {one.slug for one in units if one.valid_from is None or one.valid_from <= today}


names = st.sampled_from(["A", "B", "C", "D"])
entries = st.lists(
    st.fixed_dictionaries(
        {"slug": names.map(str.lower), "name": names, "kind": st.sampled_from(["xã", "huyện"]), "level": st.sampled_from(["commune", "district"])},
        optional={
            "parents": st.lists(st.fixed_dictionaries({"slug": names.map(str.lower)}), max_size=2),
            "replaced_by": st.lists(st.fixed_dictionaries({"slug": names.map(str.lower)}), max_size=3),
            "valid_from": st.sampled_from(["2000-01-01", "2010-01-01"]),
            "valid_to": st.sampled_from(["2015-12-31", "2025-06-30"]),
            "aliases": st.lists(st.sampled_from(['"', "Xóm \\ mới", "Ấp: 1 # 2"]), max_size=2),
        },
    ),
    max_size=6,
)  # fmt: skip


@given(entries, st.dates(date(1999, 1, 1), date(2026, 12, 31)))
def test_no_register_keeps_a_walk_going(found: list[dict], day: date) -> None:
    """Loops of parents and successors among them, and slugs twice."""
    territory = Territory(Unit.model_validate(entry) for entry in found)
    for unit in territory.units.values():
        above = territory.ancestors(unit, day)
        assert len(set(slugs(above))) == len(above)
        after = territory.successors_on(unit, day)
        assert (unit.slug in slugs(tuple(kin.unit for kin in after))) is existed_on(unit, day)
        assert unit.slug not in {kin.unit.slug for kin in territory.predecessors_on(unit, day)}
        for kin in after:
            if kin.unit.slug != unit.slug:
                pairs = [other.unit.slug for other in territory.predecessors(kin.unit)]
                assert pairs, "what follows has something before it"


@given(entries)
def test_slugs_by_the_rule_are_unique_and_stay(found: list[dict]) -> None:
    units = [Unit.model_validate(entry) for entry in found]
    given = [slug for slug in ruled_slugs(units) if slug]
    assert len(given) == len(set(given))
    if None not in ruled_slugs(units):
        # Whoever has the slugs of the rule keeps them.
        renamed = [unit.model_copy(update={"slug": slug, "parents": ()}) for unit, slug in zip(units, ruled_slugs([u.model_copy(update={"parents": ()}) for u in units]), strict=True)]  # fmt: skip
        if all(unit.slug for unit in renamed):
            assert ruled_slugs(renamed) == tuple(unit.slug for unit in renamed)


@given(entries, st.sampled_from(["", "---\n# Đầu\n", "- {slug: x, name: X, kind: tỉnh, level: province}\n", "  - slug: x\n    name: X\n    kind: tỉnh\n    level: province"]))  # fmt: skip
def test_what_is_added_reads_back(found: list[dict], before: str) -> None:
    units = [Unit.model_validate(entry) for entry in found]
    after = with_units(before, units)
    assert after.startswith(before)
    read_before = yaml.load(before, Loader=yaml.BaseLoader) or []
    again = yaml.load(after, Loader=yaml.BaseLoader) or []
    assert [Unit.model_validate(entry) for entry in again[len(read_before) :]] == units
    diff = added_lines(before, after, "f")
    assert [line[1:] for line in diff[3:] if line.startswith("+")] == after.splitlines()[len(before.splitlines()) :]


def test_a_unit_of_the_day_is_the_end_of_the_way() -> None:
    """B took A in; W, there all along, took B in only later: on a day between them A's land is B's alone."""
    units = read("""
- {slug: xa-a, name: A, kind: xã, level: commune, valid_to: 2019-12-31, replaced_by: [{slug: xa-b}]}
- {slug: xa-b, name: B, kind: xã, level: commune, valid_from: 2020-01-01, valid_to: 2024-12-31, replaced_by: [{slug: xa-w}]}
- {slug: xa-w, name: W, kind: xã, level: commune, valid_from: 2010-01-01}
""")
    territory = Territory(units)
    assert said(territory.successors_on(units[0], date(2022, 1, 1))) == ["xa-b"]
    assert said(territory.successors_on(units[0], date(2025, 1, 1))) == ["xa-w"]
    assert said(territory.predecessors_on(units[2], date(2022, 1, 1))) == ["xa-b"]
