"""The units at a time: which there were on a day, whose part each was, and what came before and after it.

Pure values. What the register leaves open stays open: a unit without `valid_from` is taken to have been there before
anything known, one without `valid_to` is there still. Registers with loops are walked like any other.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from .schema.data import Parent, Unit
from .schema.dates import PartialDate
from .schema.figure import Level
from .standing import day_within, existed_on, parent_on

RANKS: Mapping[Level, int] = {Level.PROVINCE: 0, Level.DISTRICT: 1, Level.COMMUNE: 2}
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Span:
    """A stretch of days, both ends within; None where it is open or nobody knows."""

    first: date | None
    last: date | None

    def overlaps(self, other: Span) -> bool:
        """There is a day in both, as far as is known."""
        return self.starts <= other.ends and other.starts <= self.ends

    @property
    def starts(self) -> date:
        return self.first or date.min

    @property
    def ends(self) -> date:
        return self.last or date.max


def life(unit: Unit) -> Span:
    """The days on which the unit existed."""
    return Span(unit.valid_from, unit.valid_to)


def belonging(unit: Unit, parent: Parent) -> Span:
    """The days on which the unit belonged to this parent: an end left open is that of the unit's own life."""
    return Span(parent.from_ or unit.valid_from, parent.to or unit.valid_to)


@dataclass(frozen=True)
class Kin:
    """A unit before or after another; `partly`: on the way only a part passed from one unit to the next."""

    unit: Unit
    partly: bool


class Territory:
    """The units of one register through time. What a unit names but the register lacks is passed over: the checks of
    the register tell it."""

    def __init__(self, units: Iterable[Unit]) -> None:
        self.units: Mapping[str, Unit] = {unit.slug: unit for unit in units}

    def on(self, day: date) -> tuple[Unit, ...]:
        """The units that existed on the day, in the register's order."""
        return tuple(unit for unit in self.units.values() if existed_on(unit, day))

    def during(self, span: Span) -> tuple[Unit, ...]:
        """The units that existed on at least one day of the span, in the register's order."""
        return tuple(unit for unit in self.units.values() if life(unit).overlaps(span))

    def parent(self, unit: Unit, day: date) -> Unit | None:
        """The unit above on the day; None where there was none, or none is known."""
        if not existed_on(unit, day):
            return None
        above = self.units.get(parent_on(unit, day) or "")
        return above if above and existed_on(above, day) else None

    def ancestors(self, unit: Unit, day: date) -> tuple[Unit, ...]:
        """The units above on the day, the nearest first."""
        found: list[Unit] = []
        above = self.parent(unit, day)
        while above and above != unit and above not in found:
            found.append(above)
            above = self.parent(above, day)
        return tuple(found)

    def children(self, unit: Unit, day: date) -> tuple[Unit, ...]:
        """The units whose parent it was on the day, in the register's order."""
        below = (self.units[slug] for slug in self._named_as_parent.get(unit.slug, ()))
        return tuple(child for child in below if self.parent(child, day) == unit)

    def lay_in(self, unit: Unit, whole: Unit, when: PartialDate) -> bool | None:
        """Was the unit the other one or within it, on at least one day of `when` on which it existed? None where the
        register does not know."""
        days = [day for day in self._turns(unit, when) if existed_on(unit, day)]
        answers = [self._lay_in_on(unit, whole, day) for day in days]
        if True in answers:
            return True
        return None if None in answers or not answers else False

    def _lay_in_on(self, unit: Unit, whole: Unit, day: date) -> bool | None:
        above = (unit, *self.ancestors(unit, day))
        if whole in above:
            return True
        # Who is known up to the level of the whole is in another one; who is not may be in it.
        return False if any(RANKS[one.level] <= RANKS[whole.level] for one in above) else None

    def _turns(self, unit: Unit, when: PartialDate) -> list[date]:
        """The first day of `when`, and every day in it on which the units above may have changed."""
        turns = {when.first_day}
        waiting, seen = [unit], {unit.slug}
        while waiting:
            one = waiting.pop()
            for span in (life(one), *(belonging(one, parent) for parent in one.parents)):
                turns.update(day for day in (span.first, _after(span.last)) if day)
            above = [self.units[p.slug] for p in one.parents if p.slug in self.units and p.slug not in seen]
            seen.update(parent.slug for parent in above)
            waiting.extend(above)
        return sorted(day for day in turns if when.first_day <= day <= when.last_day)

    def successors(self, unit: Unit) -> tuple[Kin, ...]:
        """The units that took over from it directly, as the register lists them."""
        return tuple(
            Kin(self.units[next_.slug], next_.partly) for next_ in unit.replaced_by if next_.slug in self.units
        )

    def predecessors(self, unit: Unit) -> tuple[Kin, ...]:
        """The units it took over from directly, in the register's order."""
        return tuple(self._replaced_by_it.get(unit.slug, ()))

    def successors_on(self, unit: Unit, day: date) -> tuple[Kin, ...]:
        """What followed the unit, however many steps later, and existed on the day: the units it became."""
        return tuple(kin for kin in _walk(unit, self.successors, day) if existed_on(kin.unit, day))

    def predecessors_on(self, unit: Unit, day: date) -> tuple[Kin, ...]:
        """What the unit came from, however many steps before, and existed on the day."""
        return tuple(kin for kin in _walk(unit, self.predecessors, day) if existed_on(kin.unit, day))

    @cached_property
    def _named_as_parent(self) -> Mapping[str, list[str]]:
        found: dict[str, list[str]] = {}
        for unit in self.units.values():
            for slug in dict.fromkeys(parent.slug for parent in unit.parents):
                found.setdefault(slug, []).append(unit.slug)
        return found

    @cached_property
    def _replaced_by_it(self) -> Mapping[str, list[Kin]]:
        found: dict[str, list[Kin]] = {}
        for unit in self.units.values():
            for successor in unit.replaced_by:
                found.setdefault(successor.slug, []).append(Kin(unit, successor.partly))
        return found


def existed_in(unit: Unit, when: PartialDate) -> bool:
    """The unit existed on at least one day of `when`, which is as exact as the source says it."""
    return day_within(when, unit) is not None


def _after(day: date | None) -> date | None:
    return day + ONE_DAY if day and day < date.max else None


def _walk(start: Unit, next_of: Callable[[Unit], tuple[Kin, ...]], day: date) -> Iterator[Kin]:
    """Everything reached, the nearest first, each once; a unit that existed on the day is the end of its way: what it
    became, or came from, is of another time. By a way on which all passed whole it is not `partly`."""
    reached: dict[str, Kin] = {}
    waiting = [Kin(start, False)]
    while waiting:
        following: list[Kin] = []
        for kin in waiting:
            for step in next_of(kin.unit):
                found = Kin(step.unit, kin.partly or step.partly)
                known = reached.get(step.unit.slug)
                if step.unit != start and (known is None or (known.partly and not found.partly)):
                    reached[step.unit.slug] = found
                    if not existed_on(found.unit, day):
                        following.append(found)
        waiting = following
    yield from reached.values()
