"""What the names of units may be, and which units of one time may not share. The docstring is the rule.

The rules on sharing look at names under `match_key`, so whatever the spelling, and take time that grows with the number of names,
not its square.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator
from dataclasses import dataclass

from .entries import Entry, Register
from .letters import foreign_letter
from .problems import Problem
from .schema.data import Unit
from .territory import RANKS, Span, belonging, life
from .text import match_key
from .yaml_tree import Loc

_Group = list["_Designation"]


@dataclass(frozen=True)
class _Designation:
    """A name that an entry goes by on the days of a span."""

    entry: Entry[Unit]
    place: int  # of the entry in its register
    key: Loc
    name: str
    own: bool  # nobody else may go by it; others may share theirs with each other
    span: Span


def check_letters_of_units(units: Register[Unit]) -> Iterator[Problem]:
    """Every letter of a unit's name, kind and aliases is Latin, so that the slug keeps it and a search finds it.

    Look-alikes that stand for Đ and Ư are letters of the name; a Cyrillic С in the place of C is none.
    """
    for entry in units.entries:
        unit = entry.record
        aliases = ((("aliases", index), alias) for index, alias in enumerate(unit.aliases))
        for key, text in ((("name",), unit.name), (("kind",), unit.kind), *aliases):
            if fault := foreign_letter(text):
                yield entry.problem(key, *fault)


def check_names_of_units(units: Register[Unit]) -> Iterator[Problem]:
    """Of units of one level that belong to one unit at one time, none has the kind and name of another.

    Bare names may agree where the kinds differ ("thành phố" and "huyện" of one name), and names of other levels, other
    times or other provinces may always: a reader is told the kind, the dates or the unit above.
    """
    hint = "hãy bỏ một mục nếu là một, hoặc ghi đúng thời gian của mỗi mục"
    for later, earlier in _told(_groups(_named_at_one_place(units))):
        slug = earlier.entry.record.slug
        message = f"tên `{later.name}` cũng là tên của `{slug}` cùng cấp, cùng thời gian, cùng nơi"
        yield later.entry.problem(later.key, message, hint)


def check_aliases_of_units(units: Register[Unit]) -> Iterator[Problem]:
    """While two units exist at one time, whatever their levels and the units above, an alias of one is no alias of the
    other, nor its name, with or without its kind.

    A name that nobody chose may mean several units ("Cẩm Bình", a commune in each of two districts); an alias is chosen to
    find one unit by, and one that finds two only misleads. So it is dropped, not the other's name; of two aliases that
    of the later entry. Units of times that don't meet may share an alias.
    """
    for later, earlier in _told(_groups(_chosen(units))):
        other = earlier.entry.record
        message = f"tên khác `{later.name}` cũng là tên của `{other.slug}` ({other.full_name}) trong cùng thời gian"
        hint = "hãy bỏ tên khác này, hoặc viết rõ hơn để chỉ một đơn vị mang tên đó"
        yield later.entry.problem(later.key, message, hint)


def _named_at_one_place(units: Register[Unit]) -> Iterator[tuple[Hashable, _Designation]]:
    """The names of every unit once for each unit above (empty where there is none) on the days it belonged there."""
    for place, entry in enumerate(units.entries):
        unit = entry.record
        stretches = [(belonging(unit, parent), parent.slug) for parent in unit.parents] or [(life(unit), "")]
        for span, above in stretches:
            for name, own in ((unit.full_name, True), (unit.name, False)):
                where = (RANKS[unit.level], above, match_key(name))
                yield where, _Designation(entry, place, ("name",), name, own, span)


def _chosen(units: Register[Unit]) -> Iterator[tuple[Hashable, _Designation]]:
    """The names of every unit in its life, of which only aliases are its own."""
    for place, entry in enumerate(units.entries):
        unit = entry.record
        for name in (unit.full_name, unit.name):
            yield match_key(name), _Designation(entry, place, ("name",), name, False, life(unit))
        for index, alias in enumerate(unit.aliases):
            yield match_key(alias), _Designation(entry, place, ("aliases", index), alias, True, life(unit))


def _groups(designations: Iterable[tuple[Hashable, _Designation]]) -> Iterable[_Group]:
    groups: dict[Hashable, _Group] = {}
    for key, designation in designations:
        groups.setdefault(key, []).append(designation)
    return groups.values()


def _told(groups: Iterable[_Group]) -> Iterator[tuple[_Designation, _Designation]]:
    """Designations that must not meet another but do, each once, with one it meets. An alias can be dropped, a name
    can't; of two alike the later entry is told."""
    told: set[tuple[int, Loc]] = set()
    for group in groups:
        for pair in _meeting(group):
            earlier, later = sorted(pair, key=lambda d: (d.key[0] == "aliases", d.place))
            if (later.place, later.key) not in told:
                told.add((later.place, later.key))
                yield later, earlier


def _meeting(group: _Group) -> Iterator[tuple[_Designation, _Designation]]:
    """Pairs of different entries that meet in time and must not; for every designation that meets such another at least
    one pair, in time that grows with the group's length, not its square."""
    own: _Group = []
    shared: _Group = []
    for one in sorted(group, key=lambda designation: designation.span.starts):
        for other in (*own, *shared) if one.own else own:
            if other.entry is not one.entry and other.span.overlaps(one.span):
                yield other, one
        if one.own:
            own = _two_latest([*own, one])
        else:
            shared = _two_latest([*shared, one])


def _two_latest(designations: _Group) -> _Group:
    """Of each of the two entries that last longest one: whoever comes next meets another than itself among them."""
    kept: _Group = []
    for one in sorted(designations, key=lambda d: d.span.ends, reverse=True):
        if all(one.entry is not other.entry for other in kept):
            kept.append(one)
    return kept[:2]
