"""Names units of one time may not share, against comparing every name with every other."""

from __future__ import annotations

from itertools import product
from time import process_time

from hypothesis import given, settings
from hypothesis import strategies as st
from portal.entries import Entry, Register
from portal.schema.base import validated
from portal.schema.data import Unit
from portal.territory import life
from portal.text import match_key
from portal.unit_names import check_aliases_of_units, check_names_of_units
from portal.yaml_tree import read_yaml

SPELLINGS = ["Hòa An", "hoà  an", "xã Hòa An", "huyện Hoà An", "Thủy Lợi", "XÃ Thuỷ Lợi"]
YEARS = st.integers(2001, 2006)
LIVES = st.tuples(YEARS, YEARS).map(sorted)
UNITS = st.builds(
    lambda kind, name, life, aliases: (kind, name, life, aliases),
    st.sampled_from(["xã", "huyện"]),
    st.sampled_from(["Hòa An", "Thuỷ Lợi", "Một"]),
    LIVES,
    st.lists(st.sampled_from(SPELLINGS), max_size=3),
)


def register(units: list[tuple[str, str, list[int], list[str]]]) -> Register[Unit]:
    lines = [
        f'- {{slug: u{n}, name: "{name}", kind: "{kind}", level: {"commune" if kind == "xã" else "district"}, '
        f"valid_from: {first}-01-01, valid_to: {last}-12-31, aliases: [{', '.join(aliases)}]}}\n"
        for n, (kind, name, (first, last), aliases) in enumerate(units)
    ]
    tree = read_yaml("".join(lines), 1_000_000)
    records = [validated(Unit, tree, (n,))[0] for n in range(len(units))]
    return Register("địa bàn", "u.yml", tuple(Entry(u, "u.yml", tree, (n,)) for n, u in enumerate(records) if u))


def clashes(units: Register[Unit]) -> set[tuple[int, int]]:
    """Every alias, by its line and its place in the list, that is a name or alias of another unit of its time."""
    found = set()
    for (n, one), (m, other) in product(enumerate(units), repeat=2):
        names = {match_key(name) for name in (other.name, other.full_name, *other.aliases)}
        if n != m and life(one).overlaps(life(other)):
            found |= {(n, index) for index, alias in enumerate(one.aliases) if match_key(alias) in names}
    return found


def told(units: Register[Unit]) -> list[tuple[int, int]]:
    keys = [problem.key for problem in check_aliases_of_units(units)]
    return [(int(key[1:].partition("]")[0]) - 1, int(key.rpartition("[")[2][:-1]) - 1) for key in keys]


@given(st.lists(UNITS, max_size=9))
@settings(max_examples=200)
def test_only_aliases_of_another_are_told_and_without_them_none_is(
    units: list[tuple[str, str, list[int], list[str]]],
) -> None:
    while found := told(register(units)):
        assert set(found) <= clashes(register(units))
        assert len(set(found)) == len(found)
        units = [
            (kind, name, years, [alias for index, alias in enumerate(aliases) if (n, index) not in found])
            for n, (kind, name, years, aliases) in enumerate(units)
        ]
    assert clashes(register(units)) == set()


def test_ten_thousand_units_of_one_name_take_seconds() -> None:
    units = register([("xã", "Hòa An", [2001 + n % 5, 2006], ["Hoà An", f"Số {n}"]) for n in range(2_500)])
    entries = tuple(Entry(e.record, e.path, e.tree, e.loc) for _ in range(4) for e in units.entries)
    many = Register(units.what, units.path, entries)
    began = process_time()
    assert len(list(check_aliases_of_units(many))) == 10_000 + 7_500
    assert len(list(check_names_of_units(many))) == 9_999
    assert process_time() - began < 10
