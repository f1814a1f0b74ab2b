"""The units at a time: which there were on a day, whose part each was, and what came before and after it.

Pure values. What the register leaves open stays open: a unit without `valid_from` is taken to have been there before
anything known, one without `valid_to` is there still. Registers with loops are walked like any other. Where inside a
unit something stood the register does not say, so nothing here splits or moves a number.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from .schema.data import Parent, Successor, Unit
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
class Stretch:
    """A stretch of time, by its first and last day (open where None), within which no unit ends or moves under another:
    whatever existed at any time in it exists on its last day."""

    first: date | None
    last: date | None

    def day(self, today: date) -> date:
        """The day whose units stand for the stretch."""
        return self.last or today


@dataclass(frozen=True)
class Kin:
    """A unit before or after another; `partly`: of the older of the two only a part is known to have gone to the
    newer."""

    unit: Unit
    partly: bool


def shares(named: Sequence[Successor]) -> Mapping[str, bool]:
    """Of the successors a unit names, by slug, which took only a part of it: of several each, whether it says `partly`
    or not; a single one took the whole, unless it says so."""
    return {successor.slug: successor.partly or len(named) > 1 for successor in named}


class Territory:
    """The units of one register through time. What a unit names but the register lacks is passed over: the checks of
    the register tell it."""

    def __init__(self, units: Iterable[Unit]) -> None:
        self.units: Mapping[str, Unit] = {unit.slug: unit for unit in units}

    # --- on a day -----------------------------------------------------------------

    def on(self, day: date) -> tuple[Unit, ...]:
        """The units that existed on the day, in the register's order."""
        return tuple(unit for unit in self.units.values() if existed_on(unit, day))

    def parent(self, unit: Unit, day: date) -> Unit | None:
        """The unit above on the day; None where there was none, or none is known."""
        if not existed_on(unit, day):
            return None
        above = self.units.get(parent_on(unit, day) or "")
        return above if above and existed_on(above, day) else None

    def ancestors(self, unit: Unit, day: date) -> tuple[Unit, ...]:
        """The units above on the day, the nearest first."""
        found: dict[str, Unit] = {}
        above = self.parent(unit, day)
        while above and above.slug != unit.slug and above.slug not in found:
            found[above.slug] = above
            above = self.parent(above, day)
        return tuple(found.values())

    def children(self, unit: Unit, day: date) -> tuple[Unit, ...]:
        """The units whose parent it was on the day, in the register's order."""
        return tuple(
            child for child in self.below(unit) if (above := self.parent(child, day)) and above.slug == unit.slug
        )

    def below(self, unit: Unit) -> tuple[Unit, ...]:
        """The units whose parent it was at any time, in the register's order."""
        return tuple(self._named_as_parent.get(unit.slug, ()))

    def stretches(self, today: date) -> tuple[Stretch, ...]:
        """The stretches between the days on which units ended or left the unit above, up to that of today, the last; a
        single one where none has."""
        lasts = (day for unit in self.units.values() for day in (unit.valid_to, *(p.to for p in unit.parents)))
        ends = sorted({day for day in lasts if day and day < today})
        firsts = (None, *(end + ONE_DAY for end in ends))
        return tuple(Stretch(first, last) for first, last in zip(firsts, (*ends, None), strict=True))

    # --- within a time ------------------------------------------------------------

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

    # --- before and after ---------------------------------------------------------

    def successors(self, unit: Unit) -> tuple[Kin, ...]:
        """The units that took over from it directly, as the register lists them."""
        named = shares(unit.replaced_by)
        return tuple(Kin(self.units[slug], partly) for slug, partly in named.items() if slug in self.units)

    def predecessors(self, unit: Unit) -> tuple[Kin, ...]:
        """The units it took over from directly, in the register's order."""
        return tuple(self._replaced_by_it.get(unit.slug, ()))

    def successors_on(self, unit: Unit, day: date) -> tuple[Kin, ...]:
        """The units of the day that its territory went to, the nearest first, in the order they are named: itself while
        it exists, else what it became, however many steps later. `partly` unless everything that became of it surely
        lies there. Empty where no successor is known, or the unit was still to come."""
        surely = {kin.unit.slug for kin in self.holders_on(unit, day) if not kin.partly}
        reached, _ = self._became(unit, day)
        return tuple(Kin(one, one.slug not in surely) for one in reached)

    def holders_on(self, unit: Unit, day: date) -> tuple[Kin, ...]:
        """The units of the day, of any level, in which a place somewhere in the unit then lies: surely, when everything
        that became of the unit lies there, else `partly`: it may."""
        reached, all_known = self._became(unit, day)
        lying = [{one.slug: one for one in (end, *self.ancestors(end, day))} for end in reached]
        holders = {slug: one for within in lying for slug, one in within.items()}
        common = set(holders).intersection(*lying)
        return tuple(Kin(one, not (all_known and slug in common)) for slug, one in holders.items())

    def predecessors_on(self, unit: Unit, day: date) -> tuple[Kin, ...]:
        """What the unit took over from, however many steps before, and existed on the day. `partly` unless everything
        that became of it surely lies in the unit. One that existed on the day is the end of its way back."""
        reached: dict[str, Unit] = {unit.slug: unit}
        waiting = [unit]
        for one in waiting:
            before = [kin.unit for kin in self.predecessors(one) if kin.unit.slug not in reached]
            reached.update((old.slug, old) for old in before)
            waiting.extend(old for old in before if not existed_on(old, day))
        then = [one for one in reached.values() if one.slug != unit.slug and existed_on(one, day)]
        return tuple(Kin(old, not self._all_went_to(unit, old)) for old in then)

    def _became(self, unit: Unit, day: date) -> tuple[list[Unit], bool]:
        """The units of the day that the ways onwards from a unit end in; and whether these are all of what became of
        it. A unit that is still to come became nothing yet."""
        if unit.valid_from is not None and unit.valid_from > day:
            return [], False
        return self._onwards(unit, lambda one: existed_on(one, day))

    def _all_went_to(self, unit: Unit, old: Unit) -> bool:
        """Everything that became of the old unit was sooner or later the other one's."""
        reached, all_known = self._onwards(old, lambda one: one.slug == unit.slug)
        return bool(reached) and all_known

    def _onwards(self, start: Unit, is_end: Callable[[Unit], bool]) -> tuple[list[Unit], bool]:
        """The units in which the ways from a unit to successors end, the nearest first, each once; and whether that is
        everything: no way ends elsewhere, no unit is unknown, and no unit on a way passed on a part with nobody
        telling where the rest went."""
        ends: list[Unit] = []
        all_known = True
        waiting, seen = [start], {start.slug}
        for one in waiting:
            if is_end(one):
                ends.append(one)
                continue
            named = shares(one.replaced_by)
            rest_untold = len(named) == 1 and any(named.values())
            if not named or rest_untold or any(slug not in self.units for slug in named):
                all_known = False
            following = [kin.unit for kin in self.successors(one) if kin.unit.slug not in seen]
            seen.update(after.slug for after in following)
            waiting.extend(following)
        return ends, all_known

    @cached_property
    def _named_as_parent(self) -> Mapping[str, list[Unit]]:
        found: dict[str, list[Unit]] = {}
        for unit in self.units.values():
            for slug in dict.fromkeys(parent.slug for parent in unit.parents):
                found.setdefault(slug, []).append(unit)
        return found

    @cached_property
    def _replaced_by_it(self) -> Mapping[str, list[Kin]]:
        found: dict[str, list[Kin]] = {}
        for unit in self.units.values():
            for slug, partly in shares(unit.replaced_by).items():
                found.setdefault(slug, []).append(Kin(unit, partly))
        return found


def existed_in(unit: Unit, when: PartialDate) -> bool:
    """The unit existed on at least one day of `when`, which is as exact as the source says it."""
    return day_within(when, unit) is not None


def _after(day: date | None) -> date | None:
    return day + ONE_DAY if day and day < date.max else None
