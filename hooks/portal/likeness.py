"""Which reported figures are alike: of one measure, kind of count and period. The docstring of each function is the rule."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from .schema.figure import CountKind, FigureSet, Period, PeriodKind
from .schema.values import Code


class PeriodForm(Code):
    """How a period was said; a table of one unit through time holds one form."""

    YEAR = "year", "theo năm"
    RANGE = "range", "trong giai đoạn"
    CUMULATIVE = "cumulative", "lũy kế"
    AVERAGE = "average", "bình quân"
    AS_OF = "as_of", "tính đến một thời điểm"
    UNSTATED = "unstated", "nguồn không nêu kỳ"


def period_form(period: Period) -> PeriodForm:
    """A span that is a whole calendar year, however it was written, is a year; other spans are ranges."""
    if period.as_of:
        return PeriodForm.AS_OF
    if period.from_ is None or period.to is None:
        return PeriodForm.UNSTATED
    if period.kind in (PeriodKind.CUMULATIVE, PeriodKind.AVERAGE):
        return PeriodForm(period.kind.value)
    first, last = period.from_.first_day, period.to.last_day
    year = first == date(first.year, 1, 1) and last == date(first.year, 12, 31)
    return PeriodForm.YEAR if year else PeriodForm.RANGE


@dataclass(frozen=True)
class Likeness:
    """Figures of one likeness may stand in one table over several units."""

    measure: str
    count: CountKind | None
    form: PeriodForm
    first: date | None
    last: date | None


def likeness(figure: FigureSet) -> Likeness:
    """Periods are equal when they begin and end on the same days and were counted in the same way."""
    period = figure.period
    first, last = (period.as_of, period.as_of) if period.as_of else (period.from_, period.to)
    return Likeness(
        figure.measure,
        figure.count,
        period_form(period),
        first.first_day if first else None,
        last.last_day if last else None,
    )
