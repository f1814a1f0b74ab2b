"""What must hold of the units in data/units.yml, each by itself and among each other. The docstring is the rule.

Days nobody knows are not judged: a rule speaks only where the register says enough to break it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date
from itertools import pairwise

from .entries import Entry, Register
from .letters import foreign_letter
from .problems import Problem
from .schema.data import Parent, Unit
from .territory import ONE_DAY, RANKS, Span, belonging
from .unit_names import check_aliases_of_units, check_letters_of_units, check_names_of_units
from .unit_slugs import ruled_slugs
from .yaml_tree import Loc

_SORT_OUT = "hãy sửa `from`, `to` để các khoảng không chồng nhau"


def check_units(units: Register[Unit]) -> Iterator[Problem]:
    """Every problem of the units, beyond what the schema says of each key."""
    for check in CHECKS:
        yield from check(units)


def check_one_parent(units: Register[Unit]) -> Iterator[Problem]:
    """A unit has at most one parent on any day."""
    for entry in units.entries:
        parents = entry.record.parents
        for index, parent in enumerate(parents):
            for earlier in parents[:index]:
                if _written(parent).overlaps(_written(earlier)):
                    message = f"thuộc `{parent.slug}` và `{earlier.slug}` cùng một lúc"
                    yield entry.problem(("parents", index), message, _SORT_OUT)


def _written(parent: Parent) -> Span:
    return Span(parent.from_, parent.to)


def check_no_gaps(units: Register[Unit]) -> Iterator[Problem]:
    """A unit that has parents has one on every day of its life: each begins on the day after the one before ended, the
    first with the unit, the last ends with it."""
    for entry in units.entries:
        unit = entry.record
        in_order = sorted(enumerate(unit.parents), key=lambda pair: _written(pair[1]).starts)
        for (_, before), (index, after) in pairwise(in_order):
            if before.to and after.from_ and before.to < after.from_ - ONE_DAY:
                message = f"từ {before.to + ONE_DAY} đến {after.from_ - ONE_DAY} không thuộc đơn vị nào"
                yield entry.problem(("parents", index, "from"), message, "hãy thêm đơn vị cấp trên của khoảng đó")
        if not in_order:
            continue
        (first, begins), (last, ends) = in_order[0], in_order[-1]
        if begins.from_ and unit.valid_from and begins.from_ > unit.valid_from:
            message = f"có từ {unit.valid_from} mà đến {begins.from_} mới thuộc `{begins.slug}`"
            yield entry.problem(("parents", first, "from"), message, "hãy thêm đơn vị cấp trên của khoảng đầu")
        if ends.to and (unit.valid_to is None or ends.to < unit.valid_to):
            until = f"có đến hết {unit.valid_to}" if unit.valid_to else "nay vẫn còn"
            message = f"{until} mà chỉ thuộc `{ends.slug}` đến hết {ends.to}"
            yield entry.problem(("parents", last, "to"), message, "hãy thêm đơn vị cấp trên sau đó, hoặc `valid_to`")


def check_parents_in_time(units: Register[Unit]) -> Iterator[Problem]:
    """A unit belongs to a parent only while both exist: every stretch of `parents` lies within the life of the unit and
    of the parent. An end left open is the unit's own."""
    for entry in units.entries:
        for index, parent in enumerate(entry.record.parents):
            yield from _outside_own_life(entry, index, parent)
            above = units.by_slug.get(parent.slug)
            if above and above != entry.record:
                yield from _outside_life_above(entry, index, parent, above)


def _outside_own_life(entry: Entry[Unit], index: int, parent: Parent) -> Iterator[Problem]:
    unit = entry.record
    for key, day in (("from", parent.from_), ("to", parent.to)):
        if day and unit.valid_from and day < unit.valid_from:
            message = f"{day} trước ngày {unit.full_name} bắt đầu có ({unit.valid_from})"
        elif day and unit.valid_to and day > unit.valid_to:
            message = f"{day} sau ngày cuối của {unit.full_name} ({unit.valid_to})"
        else:
            continue
        yield entry.problem(("parents", index, key), message, f"hãy bỏ `{key}` hoặc sửa lại ngày")


def _outside_life_above(entry: Entry[Unit], index: int, parent: Parent, above: Unit) -> Iterator[Problem]:
    span = belonging(entry.record, parent)
    if above.valid_to and span.ends > above.valid_to:
        until = f"đến hết {span.last}" if span.last else "đến nay"
        message = f"thuộc `{parent.slug}` {until}, mà {above.full_name} chỉ có đến hết {above.valid_to}"
        hint = f"hãy ghi `to: {above.valid_to}` và thêm đơn vị cấp trên sau đó, hoặc ghi `valid_to`"
        yield entry.problem(("parents", index, "to" if parent.to else "slug"), message, hint)
    # A stretch whose beginning nobody knows is too early for sure only when it has ended by then.
    known = span.first or span.last
    if above.valid_from and known and known < above.valid_from:
        message = f"thuộc `{parent.slug}` từ trước {above.valid_from}, ngày {above.full_name} bắt đầu có"
        hint = f"hãy ghi `from: {above.valid_from}` và đơn vị cấp trên trước đó"
        yield entry.problem(("parents", index, "from" if parent.from_ else "slug"), message, hint)


def check_levels(units: Register[Unit]) -> Iterator[Problem]:
    """A parent is never of a lower level than the unit."""
    for entry in units.entries:
        unit = entry.record
        for index, parent in enumerate(unit.parents):
            above = units.by_slug.get(parent.slug)
            if above and RANKS[above.level] > RANKS[unit.level]:
                message = (
                    f"{above.full_name} ({above.level.label}) không đứng trên {unit.full_name} ({unit.level.label})"
                )
                yield entry.problem(("parents", index, "slug"), message, "hãy sửa `level` hoặc chọn đơn vị cấp trên")


def check_successors_in_time(units: Register[Unit]) -> Iterator[Problem]:
    """A unit that was replaced has its last day (`valid_to`), and everything that replaced it was there on the day
    after: it began no later and had not ended."""
    for entry in units.entries:
        unit = entry.record
        if unit.replaced_by and unit.valid_to is None:
            yield entry.problem(("replaced_by",), "đã được thay thế mà thiếu ngày cuối", "hãy thêm `valid_to: …`")
        if unit.valid_to is None or unit.valid_to == date.max:
            continue
        day_after = unit.valid_to + ONE_DAY
        for index, successor in enumerate(unit.replaced_by):
            later = units.by_slug.get(successor.slug)
            loc: Loc = ("replaced_by", index, "slug")
            if later and later.valid_from and later.valid_from > day_after:
                message = f"{later.full_name} chỉ có từ {later.valid_from}, sau {day_after}"
                hint = f"đơn vị thay thế phải có ngay ngày sau `valid_to` ({unit.valid_to}); hãy sửa một trong hai ngày"
                yield entry.problem(loc, message, hint)
            elif later and later != unit and later.valid_to and later.valid_to < day_after:
                message = f"{later.full_name} chỉ có đến hết {later.valid_to}, chưa đến {day_after}"
                yield entry.problem(loc, message, "hãy chọn đơn vị còn lại sau đó, hoặc sửa ngày")


def check_slugs_of_units(units: Register[Unit]) -> Iterator[Problem]:
    """Provinces and districts have the slug of their bare name; of one name the higher, then the earlier keeps it,
    others get their kind before it. Communes have kind and name. What is still equal: one that began later gets the
    year after it, then the slug of the unit above.

    Judged when no entry is at fault and no name has a letter to mend: the right slug depends on all of them.
    """
    if units.partial or units.partly_known or any(foreign_letter(unit.full_name) for unit in units):
        return
    held = Counter(unit.slug for unit in units)
    for entry, right in zip(units.entries, ruled_slugs(tuple(units)), strict=True):
        if right and entry.record.slug != right and held[entry.record.slug] == 1:
            message = f"mã của {entry.record.full_name} không theo quy tắc đặt mã"
            yield entry.problem(("slug",), message, f"hãy viết `{right}`, cả ở những chỗ dùng mã này")


CHECKS = (
    check_one_parent,
    check_no_gaps,
    check_parents_in_time,
    check_levels,
    check_successors_in_time,
    check_letters_of_units,
    check_names_of_units,
    check_aliases_of_units,
    check_slugs_of_units,
)
