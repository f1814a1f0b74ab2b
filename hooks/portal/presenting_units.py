"""Units in the words readers see: their dates, what they became, whom they share a name with."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from .presenting import label_of, unit_link
from .registers import Registers
from .schema.data import Parent, Unit
from .schema.figure import Level
from .standing import has_ended
from .territory import RANKS, Kin
from .text import capitalised, date_vi, sort_key
from .views import Fact, Link

TODAY = "Địa bàn ngày nay"
_PARTLY = "một phần"
_POSSIBLY = "có thể"


def unit_facts(unit: Unit, registers: Registers) -> Iterator[Fact]:
    """What the register says of a unit, each with the label of its key."""

    def fact(key: str, *values: Link) -> Fact:
        return Fact(label_of(Unit, key), values)

    yield fact("kind", Link(capitalised(unit.kind)))
    yield fact("level", Link(capitalised(unit.level.label)))
    if unit.code:
        yield fact("code", Link(unit.code))
    if unit.parents:
        yield fact("parents", *(_parent(unit, parent, registers) for parent in unit.parents))
    if unit.valid_from:
        yield fact("valid_from", Link(date_vi(unit.valid_from)))
    if unit.valid_to:
        yield fact("valid_to", Link(date_vi(unit.valid_to)))
    if unit.replaced_by:
        yield fact("replaced_by", *_shares(registers.territory.successors(unit), registers))
    if unit.act:
        known = unit.act in registers.documents
        yield fact(
            "act", Link(registers.documents[unit.act].name, f"/van-ban/{unit.act}/") if known else Link(unit.act)
        )
    if unit.source:
        yield fact("source", Link(unit.source))


def _parent(unit: Unit, parent: Parent, registers: Registers) -> Link:
    """A unit above, with the time of belonging where that is not all the time of the unit."""
    first = parent.from_ if parent.from_ != unit.valid_from else None
    last = parent.to if parent.to != unit.valid_to else None
    link, span = unit_link(parent.slug, registers), _span(first, last)
    return _also(link, f"thuộc {span}") if span else link


def _shares(kin: Iterable[Kin], registers: Registers) -> Iterator[Link]:
    """Units before or after another one, with the note where only a part of the older went to the newer."""
    for one in kin:
        yield _also(unit_link(one.unit.slug, registers), _PARTLY if one.partly else "")


def kin_facts(unit: Unit, so_named: Iterable[Unit], today: date, registers: Registers) -> Iterator[Fact]:
    """The units of today where the named successors have ended too, the units before this one, the highest first and
    by name, and the others `so_named`; what there is none of is left out."""
    territory = registers.territory
    if has_ended(unit, today):
        reached = territory.successors_on(unit, today)
        named = {kin.unit.slug for kin in territory.successors(unit)}
        if reached and {kin.unit.slug for kin in reached} != named:
            yield Fact(TODAY, tuple(_shares(reached, registers)))
    before = {kin.unit.slug: kin for kin in territory.predecessors(unit)}
    if before:
        ordered = sorted(by_name(kin.unit for kin in before.values()), key=lambda old: RANKS[old.level])
        formed = _shares((before[old.slug] for old in ordered), registers)
        yield Fact("Hình thành từ (theo danh mục của cổng)", tuple(formed))
    others = tuple(_namesake(other) for other in so_named if other.slug != unit.slug)
    if others:
        yield Fact("Cùng tên", others)


def place_today(slugs: Iterable[str], today: date, registers: Registers) -> Iterator[Fact]:
    """Where places lie today when one of them is gone, without a unit where nobody tells. What stood in a commune that
    was divided may be in this part or that; a larger unit has a part in each."""
    units = [registers.units[slug] for slug in slugs]
    if not any(has_ended(unit, today) for unit in units):
        return
    found: dict[str, str] = {}
    for unit in units:
        doubt = _POSSIBLY if unit.level is Level.COMMUNE else _PARTLY
        for kin in registers.territory.successors_on(unit, today):
            said = doubt if kin.partly else ""
            found[kin.unit.slug] = min(found.get(kin.unit.slug, said), said, key=len)  # what is sure goes first
    yield Fact(TODAY, tuple(_also(unit_link(slug, registers), said) for slug, said in found.items()))


def _namesake(unit: Unit) -> Link:
    said = ", ".join(part for part in (unit.level.label, _span(unit.valid_from, unit.valid_to)) if part)
    return Link(f"{unit.full_name} ({said})", f"/dia-ban/{unit.slug}/")


def _also(link: Link, words: str) -> Link:
    """The link with words in brackets after it, in those of its own where it ends with such."""
    if not words:
        return link
    own = link.label.removesuffix(")")
    return Link(f"{own}, {words})" if own != link.label else f"{link.label} ({words})", link.address)


def _span(first: date | None, last: date | None) -> str:
    if first and last:
        return f"{date_vi(first)} – {date_vi(last)}"
    if last:
        return f"đến {date_vi(last)}"
    return f"từ {date_vi(first)}" if first else ""


def former(unit: Unit, today: date) -> str:
    """The note of a unit that no longer exists."""
    if unit.valid_to is None or not has_ended(unit, today):
        return ""
    return f"Đơn vị hành chính đến {date_vi(unit.valid_to)}. Số liệu trên trang này là của địa bàn cũ."


def series(unit: Unit, today: date, registers: Registers) -> str:
    """Where the figures of a unit begin, when it took over from others, and where they end and go on: those of a unit
    and its successor are never one line. Empty for a unit that was there all the time."""
    said = []
    name, territory = registers.unit_name(unit.slug), registers.territory
    if unit.valid_from and territory.predecessors(unit):
        said.append(
            f"Số liệu của {name} bắt đầu từ ngày {date_vi(unit.valid_from)}; số liệu trước đó là của các đơn vị cũ, "
            "theo địa giới cũ, nên không cộng và không nối vào đây."
        )
    if unit.valid_to and has_ended(unit, today):
        after = unit.valid_to + timedelta(days=1)
        named = ", ".join(link.label for link in _shares(territory.successors(unit), registers))
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
