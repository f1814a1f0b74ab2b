"""Dates of what has happened that lie ahead: a slip of the pen, or told too early."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from .problems import Problem
from .schema.content import Profile
from .schema.dates import PartialDate
from .source import ContentFile
from .text import date_vi
from .yaml_tree import Loc

_OF_A_SOURCE = "hãy xem lại ngày ở nguồn"


@dataclass(frozen=True)
class _Said:
    """A date a profile gives for something that has happened, and what to do where it lies ahead."""

    loc: Loc
    when: PartialDate
    hint: str


def warn_of_future_dates(profiles: Iterable[ContentFile[Profile]], today: date) -> Iterator[Problem]:
    """What a profile tells as done is not dated after today: steps of `history`, awards, the evaluation, results, and
    the days of its source. A year or month is ahead when its first day is. A warning at each place, no fault: a fault
    would mend itself by waiting. `started` and `ended` may be plans.
    """
    for profile in profiles:
        for said in _done(profile.record):
            if said.when.first_day > today:
                message = f"{_exactly(said.when)} còn ở sau hôm nay ({date_vi(today)})"
                yield profile.problem(said.loc, message, said.hint)


def _done(profile: Profile) -> Iterator[_Said]:
    for index, step in enumerate(profile.history):
        hint = "hãy kiểm tra lại `date`; bước chưa diễn ra thì khi có hãy thêm vào `history`"
        yield _Said(("history", index, "date"), step.date, hint)
    for index, result in enumerate(profile.results):
        if result.as_of:
            hint = "hãy kiểm tra lại `as_of`; kết quả chưa có thì khi có hãy ghi"
            yield _Said(("results", index, "as_of"), result.as_of, hint)
    for index, award in enumerate(profile.awards):
        hint = "hãy kiểm tra lại `year`; chưa được khen thì khi được khen hãy ghi"
        yield _Said(("awards", index, "year"), PartialDate(award.year), hint)
    if profile.evaluation and profile.evaluation.date:
        hint = "hãy kiểm tra lại `date`; chưa chấm thì khi chấm xong hãy ghi"
        yield _Said(("evaluation", "date"), _day(profile.evaluation.date), hint)
    if profile.reported_at:
        yield _Said(("reported_at",), _day(profile.reported_at), _OF_A_SOURCE)
    if profile.source and profile.source.published:
        yield _Said(("source", "published"), _day(profile.source.published.day), _OF_A_SOURCE)


def _day(day: date) -> PartialDate:
    return PartialDate(day.year, day.month, day.day)


def _exactly(when: PartialDate) -> str:
    return f"{'ngày' if when.day else 'tháng' if when.month else 'năm'} {when.vi}"
