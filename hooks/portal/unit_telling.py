"""A unit in words, as of a day and today; finding it by whatever name it is asked for."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from .registers import Registers
from .schema.data import Unit
from .standing import existed_on, has_ended
from .territory import Kin, belonging
from .text import capitalised, date_vi, nearest, slugify, sort_key


def units_named(registers: Registers, name: str, day: date | None = None) -> tuple[Unit, ...]:
    """The unit of this slug, else every unit of this name or alias in any spelling, without marks only when none has
    them, else of this statistical code. Of several those that existed on the day, if there are any. By name, then by
    time."""
    if unit := registers.units.by_slug.get(name):
        return (unit,)
    found = [registers.units[slug] for slug in registers.units.slugs_named(name)] or _coded(registers, name)
    then = [unit for unit in found if day and existed_on(unit, day)]
    return tuple(sorted(then or found, key=lambda unit: (sort_key(unit.full_name), unit.valid_from or date.min)))


def _coded(registers: Registers, code: str) -> list[Unit]:
    """The units of this code, else of the code without the zeros before, which programs drop."""
    found = [unit for unit in registers.units if unit.code == code]
    return found or [unit for unit in registers.units if unit.code and unit.code.lstrip("0") == code]


_NEAR = 0.8  # a letter or two of a name: less is another name, which only misleads


def nearest_unit(registers: Registers, name: str) -> str | None:
    """The slug of the unit whose slug or name is what was most likely meant; None where none is really near."""
    known = {
        slugify(given): unit.slug for unit in registers.units for given in (*unit.aliases, unit.full_name, unit.name)
    }
    known |= {slug: slug for slug in registers.units.by_slug}
    near = nearest(name, known, cutoff=_NEAR)
    return known[near] if near else None


def listed(registers: Registers, units: tuple[Unit, ...]) -> Iterator[str]:
    """A line for each of several units, enough to choose one by its slug."""
    for unit in units:
        yield f"- {unit.slug}: {unit.full_name}{_within(registers, unit)}, {_life(unit)}"


def told(registers: Registers, unit: Unit, days: tuple[date, ...], today: date) -> Iterator[str]:
    """The unit in lines: its name and life, what it was on each of the days and is today, where that is known from."""
    code = f", mã {unit.code}" if unit.code else ""
    yield f"{capitalised(unit.full_name)} ({unit.slug}), {unit.level.label}{code}: {_life(unit)}."
    for day in days:
        began = day >= today or _surely_began(unit, day)
        yield from _on(registers, unit, day, f"Ngày {date_vi(day)}", began=began)
    yield from _on(registers, unit, today, f"Nay ({date_vi(today)})")
    if before := registers.territory.predecessors(unit):
        yield "Hợp thành từ:"
        yield from (_of_kin(registers, kin, None) for kin in before)
    for label, value in (("Tên khác", ", ".join(unit.aliases)), ("Văn bản", unit.act), ("Nguồn", unit.source)):
        if value:
            yield f"{label}: {value}"


def _surely_began(unit: Unit, day: date) -> bool:
    """The register says so, by the unit's first day or by that of a unit above."""
    known = (unit.valid_from, *(belonging(unit, parent).first for parent in unit.parents))
    return any(first and first <= day for first in known)


def _on(registers: Registers, unit: Unit, day: date, when: str, *, began: bool = True) -> Iterator[str]:
    territory = registers.territory
    if existed_on(unit, day):
        above = [registers.unit_name(one.slug) for one in territory.ancestors(unit, day)]
        whose = f" của {', '.join(above)}" if above else ", không rõ thuộc đơn vị nào" if unit.parents else ""
        doubt = "" if began else "; không biết khi đó đã có chưa, vì danh mục không ghi từ ngày nào"
        yield f"{when}: {unit.kind}{whose}{doubt}."
        return
    ended = has_ended(unit, day)
    kin = territory.successors_on(unit, day) if ended else territory.predecessors_on(unit, day)
    state = "không còn" if ended else "chưa có"
    if not kin:
        yield f"{when}: {state}; không rõ {'đơn vị thay thế' if ended else 'đơn vị trước đó'}."
        return
    yield f"{when}: {state}; {'địa bàn nay thuộc' if ended else 'địa bàn khi đó thuộc'}:"
    yield from (_of_kin(registers, one, day) for one in kin)


def _of_kin(registers: Registers, kin: Kin, day: date | None) -> str:
    above = _within(registers, kin.unit, day)
    return f"- {kin.unit.full_name} ({kin.unit.slug}){above}{', một phần' if kin.partly else ''}"


def _within(registers: Registers, unit: Unit, day: date | None = None) -> str:
    """The unit above on the day, else on the last day known."""
    above = registers.territory.ancestors(unit, day or unit.valid_to or unit.valid_from or date.max)
    return "".join(f", {one.full_name}" for one in above)


def _life(unit: Unit) -> str:
    if unit.valid_from and unit.valid_to:
        return f"có từ {date_vi(unit.valid_from)} đến hết {date_vi(unit.valid_to)}"
    if unit.valid_from:
        return f"có từ {date_vi(unit.valid_from)}"
    return f"có đến hết {date_vi(unit.valid_to)}, không rõ từ ngày nào" if unit.valid_to else "không rõ có từ ngày nào"
