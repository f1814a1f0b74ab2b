"""What became of units: predecessors and successors, and where the territory of one lies on a day.

A register says which unit took over from which, and whether only a part passed. Where inside a unit something
stood it does not say, so nothing here splits or moves a number.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from .schema.data import Unit
from .standing import existed_on, parent_on

Units = Mapping[str, Unit]


@dataclass(frozen=True)
class Part:
    """A unit joined to another one; `partly` when it may be for a part only."""

    slug: str
    partly: bool


def predecessors(units: Iterable[Unit]) -> dict[str, tuple[Part, ...]]:
    """Of each unit that took over from others, by slug: those that name it as a successor, in the register's order."""
    found: dict[str, list[Part]] = {}
    for unit in units:
        for successor in unit.replaced_by:
            found.setdefault(successor.slug, []).append(Part(unit.slug, successor.partly))
    return {slug: tuple(parts) for slug, parts in found.items()}


def successors_on(slug: str, units: Units, day: date) -> tuple[Part, ...]:
    """The units of the day that a unit's territory went to, each once, in the order they are named: itself while it
    exists, else what its successors became. `partly` unless one way there is whole at every step; empty where the
    register names no successor, or the unit did not exist yet."""
    found: dict[str, bool] = {}
    waiting = [Part(slug, False)]
    seen = set(waiting)
    while waiting:
        part = waiting.pop(0)
        unit = units[part.slug]
        if existed_on(unit, day):
            found[part.slug] = found.get(part.slug, True) and part.partly
        elif not _to_come(unit, day):
            steps = [Part(s.slug, part.partly or s.partly) for s in unit.replaced_by]
            waiting.extend(step for step in steps if step not in seen)
            seen.update(steps)
    return tuple(Part(reached, partly) for reached, partly in found.items())


def holders_on(slug: str, units: Units, day: date) -> tuple[Part, ...]:
    """The units of the day, of any level, in which a place somewhere in a unit then lies: surely, when everything
    that became of the unit lies there, else `partly`: it may."""
    return tuple(Part(holder, not sure) for holder, sure in _holders(slug, units, day, frozenset()).items())


def _holders(slug: str, units: Units, day: date, before: frozenset[str]) -> dict[str, bool]:
    """By slug, whether it surely holds every place of the unit; `before` are the units the way led through."""
    unit = units[slug]
    if existed_on(unit, day):
        return dict.fromkeys((slug, *above_on(slug, units, day)), True)
    if slug in before or _to_come(unit, day):
        return {}
    led = [_holders(s.slug, units, day, before | {slug}) for s in unit.replaced_by]
    rest = len(led) == 1 and unit.replaced_by[0].partly  # where the other part went is not told
    return {
        holder: not rest and all(holders.get(holder, False) for holders in led) for holders in led for holder in holders
    }


def above_on(slug: str, units: Units, day: date) -> tuple[str, ...]:
    """The units above one on a day, the nearest first; only those that existed."""
    found: list[str] = []
    above = parent_on(units[slug], day)
    while above and above not in found and existed_on(units[above], day):
        found.append(above)
        above = parent_on(units[above], day)
    return tuple(found)


def _to_come(unit: Unit, day: date) -> bool:
    return unit.valid_from is not None and unit.valid_from > day


@dataclass(frozen=True)
class Stretch:
    """A stretch of time, by its first and last day (open where None), within which no unit ends: whatever existed at
    any time in it exists on its last day."""

    first: date | None
    last: date | None

    def day(self, today: date) -> date:
        """The day whose units stand for the stretch."""
        return self.last or today


def stretches(units: Iterable[Unit], today: date) -> tuple[Stretch, ...]:
    """The stretches between the days on which units ended, up to that of today, the last; a single one where no
    unit has ended."""
    ends = sorted({unit.valid_to for unit in units if unit.valid_to and unit.valid_to < today})
    firsts = (None, *(end + timedelta(days=1) for end in ends))
    return tuple(Stretch(first, last) for first, last in zip(firsts, (*ends, None), strict=True))
