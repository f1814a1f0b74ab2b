"""What of reported figures may be compared, ranked or added, and in a sentence why the rest may not.

Like figures have one measure, one kind of count and one period. The docstring of each function is the rule.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from .likeness import Likeness, PeriodForm
from .registers import Registers
from .reported import Reported
from .reported_cells import Cell, additive
from .schema.figure import CountKind, Level
from .text import uncapitalised

MOST_NAMED = 6  # units named of one group; the rest is counted
MOST_GROUPS = 12


@dataclass(frozen=True)
class Subject:
    """What is compared: one cell of each set, by its column and level, and what it is called in a sentence."""

    name: str
    column: str = "total"
    level: Level | None = None
    lacking: str = "tổng số"

    def cell(self, reported: Reported) -> Cell | None:
        return reported.cell(self.column, self.level)


@dataclass(frozen=True)
class Ranking:
    """The sets from the largest value down, or one sentence saying why there is no ranking."""

    order: tuple[Reported, ...]
    refusal: str = ""


def ranking(figures: Sequence[Reported], subject: Subject, registers: Registers) -> Ranking:
    """Units of one level are ranked by figures of one measure, kind of count and stated period, each unit once,
    each value stated or computed exactly and contradicted by nothing."""
    unlike = [*_unlike(figures, registers)]
    if reasons := [*unlike, *_unsound(figures, subject, registers)]:
        return Ranking((), f"{_refused('Không xếp hạng', unlike, figures, subject)} vì {_joined(reasons)}.")
    return Ranking(tuple(sorted(figures, key=lambda r: -_value(r, subject))))


@dataclass(frozen=True)
class Addition:
    """Whether the figures may be added, or one sentence saying why not."""

    allowed: bool
    refusal: str = ""


def addition(figures: Sequence[Reported], subject: Subject, registers: Registers) -> Addition:
    """Added are at least two figures of one measure, kind of count and stated period that is no average, exact and
    contradicted by nothing, of a measure that is no rate, of units of which none holds or follows another."""
    unlike = [*_unlike(figures, registers, named=False)]
    unsound = [] if unlike else [*_unsound(figures, subject, registers)]
    if reasons := [*unlike, *_never_added(figures, registers), *unsound, *_overlapping(figures, registers)]:
        return Addition(False, f"{_refused('Không cộng', unlike, figures, subject)} vì {_joined(reasons)}.")
    return Addition(len(figures) > 1)


def _value(reported: Reported, subject: Subject) -> Decimal:
    cell = subject.cell(reported)
    assert cell is not None
    return cell.value


def _refused(what: str, unlike: list[str], figures: Sequence[Reported], subject: Subject) -> str:
    """Unlike figures are refused together; each kind of them may still be ranked or added among its own."""
    units = len({r.figure.unit for r in figures})
    return f"{what}{' chung' if unlike else ''} {units} đơn vị theo {subject.name}"


def _joined(reasons: list[str]) -> str:
    return "; ngoài ra, ".join(reasons)


# --- reasons ----------------------------------------------------------------------


def _unlike(figures: Sequence[Reported], registers: Registers, *, named: bool = True) -> Iterator[str]:
    """Levels, measures, kinds of count or periods differ; the kinds and periods are named with their units."""
    levels = [level for level in Level if any(registers.units[r.figure.unit].level is level for r in figures)]
    if len(levels) > 1:
        yield f"các đơn vị không cùng cấp ({', '.join(level.label for level in levels)})"
    groups: dict[Likeness, list[Reported]] = {}
    for reported in figures:
        groups.setdefault(reported.likeness, []).append(reported)
    alike = list(groups)
    differing = [word for word, of in _ASPECTS if len({of(like) for like in alike}) > 1]
    if differing:
        said = f"số liệu không cùng {_listed(differing)}"
        yield f"{said} – {_groups_said(groups, 'chỉ tiêu' in differing, registers)}" if named else said


_ASPECTS: tuple[tuple[str, Callable[[Likeness], object]], ...] = (
    ("chỉ tiêu", lambda like: like.measure),
    ("loại số đếm", lambda like: like.count),
    ("kỳ số liệu", lambda like: (like.form, like.first, like.last)),
)


def _groups_said(groups: dict[Likeness, list[Reported]], with_measure: bool, registers: Registers) -> str:
    said = []
    for like, members in list(groups.items())[:MOST_GROUPS]:
        figure = members[0].figure
        words = (
            uncapitalised(registers.measures[like.measure].name) if with_measure else "",
            like.count.label if like.count else "",
            figure.period.vi,
        )
        said.append(f"{units_said(members, registers)}: {', '.join(word for word in words if word)}")
    rest = len(groups) - len(said)
    return "; ".join(said) + (f"; và {rest} loại khác" if rest else "")


def _unsound(figures: Sequence[Reported], subject: Subject, registers: Registers) -> Iterator[str]:
    """No period or kind of count is told at all, so that nothing says they are the same; a value is missing,
    approximate or contradicted, or a unit has more than one."""
    if all(r.likeness.form is PeriodForm.UNSTATED for r in figures):
        yield "nguồn không nêu kỳ số liệu"
    if all(r.figure.count is CountKind.UNSPECIFIED for r in figures):
        yield "nguồn không nói rõ loại số đếm"
    cells = [(reported, subject.cell(reported)) for reported in figures]
    seen = [(r.figure.unit, r.likeness) for r in figures]
    times = Counter(seen)
    told: tuple[tuple[list[Reported], str], ...] = (
        ([r for r, cell in cells if cell is None], f"nguồn không nêu {subject.lacking} của"),
        ([r for r, cell in cells if cell and not cell.exact], "chỉ có số gần đúng của"),
        ([r for r, cell in cells if cell and cell.entries], "nguồn mâu thuẫn về số của"),
        ([r for r, one in zip(figures, seen, strict=True) if times[one] > 1], "có nhiều số cùng loại, cùng kỳ của"),
    )
    for members, said in told:
        if members:
            yield f"{said} {units_said(members, registers)}"


def _never_added(figures: Sequence[Reported], registers: Registers) -> Iterator[str]:
    """A rate, or an average over a period."""
    for slug in dict.fromkeys(r.figure.measure for r in figures):
        if not additive(slug, registers):
            name = registers.units_of_measure[registers.measures[slug].unit_of_measure].name
            yield f"số tính bằng “{name}” không cộng được"
    if any(r.likeness.form is PeriodForm.AVERAGE for r in figures):
        yield "số bình quân không cộng được"


def _overlapping(figures: Sequence[Reported], registers: Registers) -> Iterator[str]:
    """One unit lies in another at a common time, or took its place."""
    units = list(dict.fromkeys(r.figure.unit for r in figures))
    within = {unit: holding(unit, registers) for unit in units}
    for unit in units:
        for other in units:
            if other in within[unit]:
                yield f"địa bàn {registers.unit_name(unit)} có phần trùng với {registers.unit_name(other)}"
                return


def holding(unit: str, registers: Registers) -> frozenset[str]:
    """The units that hold this one at some time both are so joined, and those that took its place."""
    waiting = [(unit, date.min, date.max)]
    seen = set(waiting)
    while waiting:
        slug, first, last = waiting.pop()
        for parent in registers.units[slug].parents:
            spell = (parent.slug, max(first, parent.from_ or first), min(last, parent.to or last))
            if spell[1] <= spell[2] and spell not in seen:
                seen.add(spell)
                waiting.append(spell)
    found = {slug for slug, _, _ in seen}
    later = [unit]
    while later:
        for successor in registers.units[later.pop()].replaced_by:
            if successor.slug not in found:
                found.add(successor.slug)
                later.append(successor.slug)
    return frozenset(found - {unit})


def units_said(figures: Sequence[Reported], registers: Registers) -> str:
    """The units of the sets, each once, in their order: "huyện A, huyện B và thị xã C"."""
    names = [registers.unit_name(slug) for slug in dict.fromkeys(r.figure.unit for r in figures)]
    rest = len(names) - MOST_NAMED
    return _listed(names if rest <= 0 else [*names[:MOST_NAMED], f"{rest} đơn vị khác"])


def _listed(words: list[str]) -> str:
    return " và ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)
