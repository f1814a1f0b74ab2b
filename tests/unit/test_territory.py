"""Units through time: who was there, whose part, what came before and after; registers with loops end too."""

from __future__ import annotations

from datetime import date

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from portal.schema.data import Unit
from portal.schema.dates import PartialDate
from portal.territory import Span, Territory
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
    assert len(TERRITORY.during(Span(date(2025, 6, 30), date(2025, 7, 1)))) == 7
    assert slugs(TERRITORY.during(Span(date(2026, 1, 1), None))) == ["tinh-moi", "xa-mot-2025", "xa-hai-2025"]


def test_whose_part_it_was() -> None:
    commune = TERRITORY.units["xa-mot"]
    assert slugs(TERRITORY.ancestors(commune, date(2020, 6, 30))) == ["bac", "tinh"]
    assert slugs(TERRITORY.ancestors(commune, date(2020, 7, 1))) == ["nam", "tinh"]
    assert TERRITORY.ancestors(commune, date(2025, 7, 1)) == ()
    assert slugs(TERRITORY.children(TERRITORY.units["nam"], date(2021, 1, 1))) == ["xa-mot"]
    assert TERRITORY.children(TERRITORY.units["nam"], date(2019, 1, 1)) == ()


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


def test_what_came_after_and_before() -> None:
    day, last = date(2026, 1, 1), date(2025, 6, 30)
    after = TERRITORY.successors_on(TERRITORY.units["xa-mot"], day)
    assert [(kin.unit.slug, kin.partly) for kin in after] == [("xa-mot-2025", False), ("xa-hai-2025", True)]
    before = TERRITORY.predecessors_on(TERRITORY.units["xa-hai-2025"], last)
    assert [(kin.unit.slug, kin.partly) for kin in before] == [("bac", True), ("nam", True), ("xa-mot", True)]
    assert TERRITORY.successors_on(TERRITORY.units["xa-hai-2025"], day) == ()


def test_a_way_on_which_all_passed_whole_counts() -> None:
    found = Territory(
        read("""
- {slug: xa-a, name: A, kind: xã, level: commune, valid_to: 2000-12-31, replaced_by: [{slug: xa-d, partly: true}, {slug: xa-b}]}
- {slug: xa-b, name: B, kind: xã, level: commune, valid_to: 2010-12-31, replaced_by: [{slug: xa-d}]}
- {slug: xa-d, name: D, kind: xã, level: commune}
""")
    )
    assert [(k.unit.slug, k.partly) for k in found.successors_on(found.units["xa-a"], date(2020, 1, 1))] == [
        ("xa-d", False)
    ]


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
        assert unit not in [kin.unit for kin in territory.successors_on(unit, day)]
        for kin in territory.successors_on(unit, day):
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
    assert [kin.unit.slug for kin in territory.successors_on(units[0], date(2022, 1, 1))] == ["xa-b"]
    assert [kin.unit.slug for kin in territory.successors_on(units[0], date(2025, 1, 1))] == ["xa-w"]
    assert [kin.unit.slug for kin in territory.predecessors_on(units[2], date(2022, 1, 1))] == ["xa-b"]
