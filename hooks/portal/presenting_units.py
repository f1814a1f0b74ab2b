"""Units in the words readers see: their dates, what they became, whom they share a name with."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from .presenting import label_of, unit_link
from .registers import Registers
from .schema.data import Unit
from .schema.figure import Level
from .succession import Part, successors_on
from .text import capitalised, date_vi, sort_key
from .views import Fact, Link

_PARTLY = " (một phần)"


def unit_facts(unit: Unit, registers: Registers) -> Iterator[Fact]:
    """What the register says of a unit, each with the label of its key."""

    def fact(key: str, *values: Link) -> Fact:
        return Fact(label_of(Unit, key), values)

    yield fact("kind", Link(capitalised(unit.kind)))
    yield fact("level", Link(capitalised(unit.level.label)))
    if unit.code:
        yield fact("code", Link(unit.code))
    if unit.parents:
        yield fact(
            "parents", *(_also(unit_link(p.slug, registers), _in_brackets(_span(p.from_, p.to))) for p in unit.parents)
        )
    if unit.valid_from:
        yield fact("valid_from", Link(date_vi(unit.valid_from)))
    if unit.valid_to:
        yield fact("valid_to", Link(date_vi(unit.valid_to)))
    if unit.replaced_by:
        yield fact("replaced_by", *_successors(_named(unit), registers))
    if unit.act:
        known = unit.act in registers.documents
        yield fact(
            "act", Link(registers.documents[unit.act].name, f"/van-ban/{unit.act}/") if known else Link(unit.act)
        )
    if unit.source:
        yield fact("source", Link(unit.source))


def _named(unit: Unit) -> tuple[Part, ...]:
    """The successors as the register names them."""
    return tuple(Part(successor.slug, successor.partly) for successor in unit.replaced_by)


def _successors(parts: Iterable[Part], registers: Registers) -> Iterator[Link]:
    for part in parts:
        yield _also(unit_link(part.slug, registers), _PARTLY if part.partly else "")


def kin_facts(
    unit: Unit, before: Iterable[Part], so_named: Iterable[Unit], today: date, registers: Registers
) -> Iterator[Fact]:
    """The units of today where the named successors have ended too, the units `before` this one, and the others
    `so_named`; what there is none of is left out."""
    reached = successors_on(unit.slug, registers.units.by_slug, today)
    if not _exists(unit, today) and {p.slug for p in reached} != {p.slug for p in _named(unit)} and reached:
        yield Fact("Địa bàn ngày nay", tuple(_successors(reached, registers)))
    earlier = {part.slug: part for part in before}
    if earlier:
        ordered = sorted(by_name(registers.units[slug] for slug in earlier), key=lambda old: _rank(old.level))
        formed = (_also(unit_link(old.slug, registers), _share(old, unit, earlier[old.slug])) for old in ordered)
        yield Fact("Hình thành từ (theo danh mục của cổng)", tuple(formed))
    others = tuple(_namesake(other) for other in so_named if other.slug != unit.slug)
    if others:
        yield Fact("Cùng tên", others)


def _share(old: Unit, new: Unit, part: Part) -> str:
    """Of a larger unit always a part became the new one; `partly` then says that the new one drew on others too."""
    if _rank(old.level) < _rank(new.level):
        return " (một phần, cùng với địa bàn khác)" if part.partly else _PARTLY
    return _PARTLY if part.partly else ""


def _namesake(unit: Unit) -> Link:
    said = ", ".join(part for part in (unit.level.label, _span(unit.valid_from, unit.valid_to)) if part)
    return Link(f"{unit.full_name} ({said})", f"/dia-ban/{unit.slug}/")


def _also(link: Link, words: str) -> Link:
    return Link(link.label + words, link.address)


def _in_brackets(words: str) -> str:
    return f" ({words})" if words else ""


def _span(first: date | None, last: date | None) -> str:
    if first and last:
        return f"{date_vi(first)} – {date_vi(last)}"
    if last:
        return f"đến {date_vi(last)}"
    return f"từ {date_vi(first)}" if first else ""


def _rank(level: Level) -> int:
    return list(Level).index(level)


def _exists(unit: Unit, today: date) -> bool:
    return unit.valid_to is None or unit.valid_to >= today


def former(unit: Unit, today: date) -> str:
    """The note of a unit that no longer exists."""
    if unit.valid_to is None or _exists(unit, today):
        return ""
    return f"Đơn vị hành chính đến {date_vi(unit.valid_to)}. Số liệu trên trang này là của địa bàn cũ."


def series(unit: Unit, before: Iterable[Part], today: date, registers: Registers) -> str:
    """Where the figures of a unit begin, when it took over from others, and where they end and go on: those of a unit
    and its successor are never one line. Empty for a unit that was there all the time."""
    said = []
    name = registers.unit_name(unit.slug)
    if unit.valid_from and tuple(before):
        said.append(
            f"Số liệu của {name} bắt đầu từ ngày {date_vi(unit.valid_from)}; số liệu trước đó là của các đơn vị cũ, "
            "theo địa giới cũ, nên không cộng và không nối vào đây."
        )
    if unit.valid_to and not _exists(unit, today):
        after = unit.valid_to + timedelta(days=1)
        named = ", ".join(link.label for link in _successors(_named(unit), registers))
        onwards = (
            f"từ ngày {date_vi(after)} số liệu được ghi theo đơn vị thay thế: {named}. Hai chuỗi không nối vào nhau."
            if named
            else "danh mục của cổng chưa ghi đơn vị nào thay thế."
        )
        said.append(f"Số liệu của {name} dừng ở ngày {date_vi(unit.valid_to)}; {onwards}")
    return " ".join(said)


def by_name(units: Iterable[Unit]) -> list[Unit]:
    """In Vietnamese order of name, then of slug."""
    return sorted(units, key=lambda unit: (sort_key(unit.name), unit.slug))
