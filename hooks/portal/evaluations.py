"""Evaluations of models by a set of criteria: what must hold of one, and what its points come to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal, localcontext

from .problems import Problem
from .registers import Registers
from .schema.content import Evaluation, Profile, Score
from .schema.data import CriteriaItem, CriteriaSet
from .source import ContentFile
from .text import nearest
from .yaml_tree import Loc


def check_evaluation(profile: ContentFile[Profile], registers: Registers) -> Iterator[Problem]:
    """An evaluation names a set in data/criteria/, scores items of that set to which it gives `max_points`, each at most
    once and within them, and its date lies within the set's `from` and `to`. Of a set at fault only that fault is told.

    Items may be left out: an evaluation under way is no fault, and its page says what is missing. A set may give
    points to some items only, as issuers do: then only these are scored, and the page says so.
    """
    evaluation = profile.record.evaluation
    if evaluation is None or registers.criteria_unread:
        return
    if evaluation.criteria not in registers.criteria:
        near = nearest(evaluation.criteria, registers.criteria)
        hint = f"có phải `{near}`?" if near else "hãy thêm bộ tiêu chí vào data/criteria/"
        yield profile.problem(("evaluation", "criteria"), f"không có bộ tiêu chí `{evaluation.criteria}`", hint)
        return
    entry = registers.criteria[evaluation.criteria]
    if entry is not None:
        yield from _scores(profile, evaluation, entry.record)
        yield from _date(profile, evaluation, entry.record)


def _scores(profile: ContentFile[Profile], evaluation: Evaluation, criteria: CriteriaSet) -> Iterator[Problem]:
    items = {item.id: item for item in criteria.items}
    seen: set[str] = set()
    for index, score in enumerate(evaluation.scores):
        at: Loc = ("evaluation", "scores", index)
        if score.item in seen:
            yield profile.problem((*at, "item"), f"`{score.item}` lặp lại", "hãy giữ một lần")
        seen.add(score.item)
        if score.item in items:
            yield from _points(profile, (*at, "points"), score, evaluation.criteria, items[score.item].max_points)
        else:
            near = nearest(score.item, items)
            hint = f"có phải `{near}`?" if near else "hãy xem các `id` trong bộ tiêu chí"
            yield profile.problem((*at, "item"), f"bộ tiêu chí không có mục `{score.item}`", hint)


def _points(
    profile: ContentFile[Profile], loc: Loc, score: Score, criteria: str, most: Decimal | None
) -> Iterator[Problem]:
    if most is None:
        hint = (
            "hãy bỏ mục này khỏi `scores` (không còn mục nào thì bỏ cả `evaluation`), "
            "hoặc chọn bộ tiêu chí có điểm cho mục này"
        )
        yield profile.problem(loc, f"bộ tiêu chí `{criteria}` không cho điểm mục `{score.item}`", hint)
    elif score.points > most:
        message = f"{score.points} điểm, quá {most} điểm tối đa của mục `{score.item}`"
        yield profile.problem(loc, message, "hãy sửa điểm")


def _date(profile: ContentFile[Profile], evaluation: Evaluation, criteria: CriteriaSet) -> Iterator[Problem]:
    day, loc = evaluation.date, ("evaluation", "date")
    hint = "hãy sửa ngày chấm, hoặc chọn bộ tiêu chí của thời điểm đó"
    if day and criteria.from_ and day < criteria.from_:
        message = f"chấm ngày {day}, trong khi bộ tiêu chí `{evaluation.criteria}` áp dụng từ {criteria.from_}"
        yield profile.problem(loc, message, hint)
    if day and criteria.to and day > criteria.to:
        message = f"chấm ngày {day}, trong khi bộ tiêu chí `{evaluation.criteria}` chỉ áp dụng đến hết {criteria.to}"
        yield profile.problem(loc, message, hint)


@dataclass(frozen=True)
class Outcome:
    """What an evaluation comes to. `scored` holds every item of the set in its order, with its points or None; items
    without `max_points`, which can't be scored, too.

    `points` is the sum over the scored items: a total only when `complete`, which is when every item that can be scored
    (`scorable` of them) is. `possible` is the highest sum the scored items allow.
    """

    scored: tuple[tuple[CriteriaItem, Decimal | None], ...]

    @property
    def count(self) -> int:
        return sum(points is not None for _, points in self.scored)

    @property
    def scorable(self) -> int:
        return sum(item.max_points is not None for item, _ in self.scored)

    @property
    def complete(self) -> bool:
        return self.count == self.scorable

    @property
    def points(self) -> Decimal:
        return _sum(points for _, points in self.scored if points is not None)

    @property
    def possible(self) -> Decimal:
        maxima = (item.max_points for item, points in self.scored if points is not None)
        return _sum(most for most in maxima if most is not None)


def outcome(evaluation: Evaluation, criteria: CriteriaSet) -> Outcome:
    """Of an evaluation that check_evaluation says nothing about."""
    points = {score.item: score.points for score in evaluation.scores}
    return Outcome(tuple((item, points.get(item.id)) for item in criteria.items))


def sum_of_maxima(items: Iterable[CriteriaItem]) -> Decimal | None:
    """The highest sum the items allow; None when one of them has no `max_points`."""
    found = [item.max_points for item in items]
    known = [most for most in found if most is not None]
    return _sum(known) if len(known) == len(found) else None


def _sum(values: Iterable[Decimal]) -> Decimal:
    """Exact, without the zeros that adding leaves: 7.5 and 2.5 are 10, not 10.0."""
    with localcontext(prec=100):
        return sum(values, Decimal(0)).normalize()
