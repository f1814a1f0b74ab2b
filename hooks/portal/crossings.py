"""Relations between the figure sets of all articles. The docstring of each check is the rule.

Compared are sets of one unit, measure and kind of count; where the source does not say what was counted or when, there
is nothing to compare. The work grows with the number of sets, not with that of pairs.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from .intervals import ZERO, Interval, exactly
from .measured import Comparison, Measured, Term, Violation, comparable, declarable
from .registers import Registers
from .relations import change_in_percent
from .schema.content import Article
from .schema.dates import PartialDate
from .schema.figure import Change, CountKind, FigureSet, Period, PeriodKind, figure_id
from .source import ContentFile
from .text import match_key

# Unit, measure, kind of count: only within a series are numbers of one thing.
Series = tuple[str, str, CountKind | None]
Span = tuple[date, date, str]
Cell = tuple[str | int | tuple[str, ...], ...]


@dataclass(frozen=True)
class Reported:
    """A figure set in the article that reports it: its `index`th."""

    article: ContentFile[Article]
    index: int
    measured: Measured

    @property
    def figure(self) -> FigureSet:
        return self.measured.figure

    @property
    def series(self) -> Series:
        return (self.figure.unit, self.figure.measure, self.figure.count)

    @property
    def span(self) -> Span | None:
        return span_of(self.figure.period)

    @property
    def name(self) -> str:
        """As `repeat:` names it."""
        return f"{self.article.slug}#{figure_id(self.figure)}"


@dataclass(frozen=True)
class Crossing:
    """A broken relation of `holder`, whose violation's last term is a number of `other`."""

    holder: Reported
    violation: Violation
    other: Reported


def span_of(period: Period) -> Span | None:
    """First day, last day and form, so that 2022 and {from: 2022-01, to: 2022-12} are one; None where unstated."""
    if period.as_of:
        return (period.as_of.first_day, period.as_of.last_day, "as_of")
    if not period.from_ or not period.to:
        return None
    return (period.from_.first_day, period.to.last_day, (period.kind or PeriodKind.RANGE).value)


def reported(articles: Iterable[ContentFile[Article]], registers: Registers) -> tuple[Reported, ...]:
    """The sets whose numbers are sure, in the order they were reported: by date of the article, path and position.
    Of an article at fault only where its date is right and so is its front matter as YAML."""
    sets = [
        Reported(article, index, Measured(figure, registers))
        for article in articles
        if article.record.date and not article.faults
        for index, figure in enumerate(article.record.figures)
        if _known(figure, registers)
    ]
    return tuple(sorted(sets, key=lambda one: (one.article.record.date.at, one.article.path, one.index)))


def _known(figure: FigureSet, registers: Registers) -> bool:
    if figure.unit not in registers.units.by_slug or not comparable(figure, registers):
        return False
    counts_models = registers.measures[figure.measure].counts_models
    return not (counts_models and figure.count is None)


def crossings(sets: tuple[Reported, ...]) -> tuple[Crossing, ...]:
    """Every relation between the sets that is broken, declared or not; `sets` in the order they were reported."""
    said = tuple(one for one in sets if one.figure.count is not CountKind.UNSPECIFIED)
    with exactly():
        return tuple(crossing for check in CROSSINGS for crossing in check(said))


# --- checks: the docstring is the rule ---------------------------------------


def check_order(sets: tuple[Reported, ...]) -> Iterator[Crossing]:
    """`order`: what is recognised is at most what is registered, in all and in each field, where both are of one unit,
    measure and stated period; of several reports of what is registered the largest counts. The recognised set holds it.
    """
    registered: dict[tuple, tuple[Reported, Term]] = {}
    for one in sets:
        if one.figure.count is CountKind.REGISTERED and one.span:
            for term in _in_order(one):
                key = (one.figure.unit, one.figure.measure, one.span, term.loc)
                if key not in registered or _most(term.amount) > _most(registered[key][1].amount):
                    registered[key] = (one, term)
    for one in sets:
        if one.figure.count is CountKind.RECOGNISED and one.span:
            for term in _in_order(one):
                key = (one.figure.unit, one.figure.measure, one.span, term.loc)
                if key in registered and not term.amount.may_be_at_most(registered[key][1].amount):
                    yield _crossing("order", one, term, *registered[key], Comparison.ORDER)


def _most(amount: Interval) -> tuple[bool, Decimal, bool]:
    """In order of the most that can be meant: a number without an upper end is above all others."""
    return (amount.high is None, amount.high or ZERO, not amount.open_high)


def _in_order(one: Reported) -> Iterator[Term]:
    return (term for term in one.measured.terms() if term.loc == ("total",) or term.loc[0] == "by_field")


def check_repeats(sets: tuple[Reported, ...]) -> Iterator[Crossing]:
    """`repeat:<article>#<id>`: one cell, that is one number of one unit, measure, kind of count and stated period, has
    one value in all sets that report it. Told once, at the set reported later; a break in the series excuses nothing,
    as both are of one period. Approximate numbers may agree."""
    seen: dict[tuple, _Agreed] = {}
    for one in sets:
        if one.span is None:
            continue
        for cell, term in _cells(one):
            key = (one.series, one.span, cell)
            if key not in seen:
                seen[key] = _Agreed((one, term), (one, term))
                continue
            against = seen[key].contradicted_by(term.amount)
            if against is None:
                seen[key] = seen[key].narrowed(one, term)
            elif against[0].name != one.name:  # two sets of one id are told by their ids
                yield _crossing(f"repeat:{against[0].name}", one, term, *against, Comparison.REPEAT)


@dataclass(frozen=True)
class _Agreed:
    """Reports of one cell that can all be true: the one that sets the least it can mean, and the most. Intervals that
    meet in pairs have a value in common, so these two stand for all of them."""

    least: tuple[Reported, Term]
    most: tuple[Reported, Term]

    def contradicted_by(self, amount: Interval) -> tuple[Reported, Term] | None:
        for one in (self.least, self.most):
            if not amount.may_equal(one[1].amount):
                return one
        return None

    def narrowed(self, one: Reported, term: Term) -> _Agreed:
        amount, least, most = term.amount, self.least[1].amount, self.most[1].amount
        higher = (amount.low, amount.open_low) > (least.low, least.open_low)
        lower = _most(amount) < _most(most)
        return replace(self, least=(one, term) if higher else self.least, most=(one, term) if lower else self.most)


def _cells(one: Reported) -> Iterator[tuple[Cell, Term]]:
    """Every number of the set with what it is of, as other sets may report it too. A group beside the fields is what
    these leave, so it is the same only beside the same fields."""
    figure = one.figure
    fields = tuple(sorted({*(figure.by_field or {}), *(f for m in figure.merged_fields for f in m.fields_)}))
    for term in one.measured.terms():
        key, position = str(term.loc[0]), term.loc[-2] if len(term.loc) == 3 else None
        if key == "merged_fields" and isinstance(position, int):
            yield (key, tuple(sorted(set(figure.merged_fields[position].fields_)))), term
        elif key in ("parts", "including", "other") and isinstance(position, int):
            label = match_key(getattr(figure, key)[position].label)
            yield ("other", label, fields) if key == "other" else ("label", label), term
        else:
            yield term.loc, term


def check_changes_since(sets: tuple[Reported, ...]) -> Iterator[Crossing]:
    """`change:<of>`: a rise or fall since a time is the number now less the number then, in percent at the digits the
    source gives. The number then is one of the same series, said of the same, of a period that is that time or that
    ends in it and can be compared; of several, one that agrees is enough, and without one there is nothing to compare.
    """
    earlier: dict[tuple, dict[tuple, tuple[Reported, Term]]] = {}
    breaks: dict[Series, list[date]] = {}
    changing = {one.series for one in sets if one.figure.changes}
    for one in sets:
        if one.span is None or one.series not in changing:
            continue
        if one.figure.break_:
            breaks.setdefault(one.series, []).append(one.span[1])
        for name, term in one.measured.by_name().items():
            numbers = earlier.setdefault((one.series, name, one.span[1].year), {})
            numbers.setdefault((one.span, term.amount), (one, term))
    for days in breaks.values():
        days.sort()
    for one in sets:
        for index, change in enumerate(one.figure.changes):
            known = earlier.get((one.series, change.of, change.since.year), {}).values()
            usable = [p for p in known if _comparable(p[0], one, change.since, breaks.get(one.series, []))]
            yield from _disagreeing(one, index, change, usable)


def _comparable(then: Reported, now: Reported, since: PartialDate, breaks: list[date]) -> bool:
    """Whether a change since that time can be reckoned from the number then: it is of that time and earlier, no break
    lies between, and what adds up over years is compared only with what adds up from the same day."""
    if then.span is None or then.span == now.span or now.figure.break_:
        return False
    (first, last, form), (starts, ends, now_form) = then.span, now.span or (None, None, None)
    average, cumulative = PeriodKind.AVERAGE.value, PeriodKind.CUMULATIVE.value
    if average in (form, now_form) or (ends and last > ends) or _broken_between(breaks, last, ends):
        return False
    if form == cumulative:
        like = (now_form == cumulative and first == starts) or now_form in ("as_of", None)
        return like and since.first_day <= last <= since.last_day
    if form == "as_of":
        return since.first_day <= first and last <= since.last_day
    return now_form != cumulative and (first, last) == (since.first_day, since.last_day)


def _broken_between(breaks: list[date], then: date, now: date | None) -> bool:
    """`breaks` are the ends of periods that can't be compared with earlier ones, in order."""
    position = bisect_right(breaks, then)
    return position < len(breaks) and (now is None or breaks[position] <= now)


def _disagreeing(one: Reported, index: int, change: Change, earlier: list[tuple[Reported, Term]]) -> Iterator[Crossing]:
    now = one.measured.named(change.of) if earlier else None
    if now is None:
        return
    found: list[Crossing] = []
    for other, then in earlier:
        violations = tuple(_change(change, index, now, then))
        if not violations:
            return
        found += [Crossing(one, replace(v, terms=(now, then)), other) for v in violations]
    if found:
        yield min(found, key=lambda c: abs(c.violation.computed - c.violation.stated))


def _change(change: Change, index: int, now: Term, then: Term) -> Iterator[Violation]:
    if change.by is None:
        yield from change_in_percent(change, index, now, then.amount)
    elif not then.amount.shifted(change.by * now.factor).may_equal(now.amount):
        computed = declarable((now.said - then.said) / now.factor)
        at = ("changes", index, "by")
        yield Violation(f"change:{change.of}", change.by, computed, at, (now, then), None, Comparison.CHANGE)


CROSSINGS: tuple[Callable[[tuple[Reported, ...]], Iterator[Crossing]], ...] = (
    check_order,
    check_repeats,
    check_changes_since,
)


def _crossing(
    relation: str, holder: Reported, whole: Term, other: Reported, against: Term, comparison: Comparison
) -> Crossing:
    stated, computed = (holder.measured.in_own_unit(term.said) for term in (whole, against))
    return Crossing(holder, Violation(relation, stated, computed, whole.loc, (against,), whole, comparison), other)
