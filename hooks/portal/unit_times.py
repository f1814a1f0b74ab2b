"""Content and the units of its time: who is named must have been there then. The docstring is the rule."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from .problems import Problem
from .registers import Registers
from .schema.content import Article, Profile
from .schema.data import Unit
from .schema.dates import PartialDate
from .schema.figure import FigureSet
from .source import ContentFile
from .territory import Territory, existed_in

_NAMED = 6  # units a hint names before it says that there are more


def check_figure_unit_in_time(article: ContentFile[Article], registers: Registers) -> Iterator[Problem]:
    """The unit of a figure set existed at its period: at `as_of` or, of a span, at its end; where the period is unstated
    on the day the source appeared. Figures of no known time are not judged, and never at the article's own date.

    Of an `as_of` that is only a month or a year, one day of it is enough.
    """
    territory = registers.territory
    for index, figure in enumerate(article.record.figures):
        unit = registers.units.by_slug.get(figure.unit)
        judged = _judged_at(figure, article.record)
        if unit and judged:
            when, said = judged
            if problem := _out_of_time(unit, when, territory):
                message, hint = problem
                yield article.problem(("figures", index, "unit"), f"{message}, số liệu {said}", hint)


def _judged_at(figure: FigureSet, article: Article) -> tuple[PartialDate, str] | None:
    """When the unit must have existed, and how the article says so."""
    period = figure.period
    if period.as_of:
        return period.as_of, f"tính đến {period.as_of}"
    if period.to:
        said = f"của {period.to}" if period.from_ == period.to else f"đến {period.to}"
        return _day(period.to.last_day), said
    published = article.source.published if article.source else None
    if published is None:
        return None
    return _day(published.day), f"không nêu kỳ, nguồn đăng ngày {published.day}"


def _day(day: date) -> PartialDate:
    return PartialDate(day.year, day.month, day.day)


def check_unit_in_time(profile: ContentFile[Profile], registers: Registers) -> Iterator[Problem]:
    """The unit of a profile existed when the model started, else when it was reported."""
    record = profile.record
    unit, when = registers.units.by_slug.get(record.unit), _time_of(record)
    if unit and when and (problem := _out_of_time(unit, when, registers.territory)):
        message, hint = problem
        yield profile.problem(("unit",), f"{message}, mô hình ghi {when}", hint)


def check_communes_in_time(profile: ContentFile[Profile], registers: Registers) -> Iterator[Problem]:
    """Every commune of a profile existed when the model started, else when it was reported, and was then the profile's
    unit or within it, as far as the register knows whose part it was."""
    record = profile.record
    unit, when = registers.units.by_slug.get(record.unit), _time_of(record)
    for index, slug in enumerate(record.communes if when else ()):
        commune = registers.units.by_slug.get(slug)
        if commune is None or when is None:
            continue
        if problem := _out_of_time(commune, when, registers.territory):
            message, hint = problem
            yield profile.problem(("communes", index), f"{message}, mô hình ghi {when}", hint)
        elif unit and existed_in(unit, when) and registers.territory.lay_in(commune, unit, when) is False:
            above = ", ".join(f"`{one.slug}`" for one in _above(commune, when, registers.territory))
            message = f"{commune.full_name} không thuộc {unit.full_name} vào {when}"
            hint = (
                f"lúc đó thuộc {above}; hãy sửa `communes` hoặc `unit`" if above else "hãy sửa `communes` hoặc `unit`"
            )
            yield profile.problem(("communes", index), message, hint)


def _above(commune: Unit, when: PartialDate, territory: Territory) -> tuple[Unit, ...]:
    """The units it lay in on its first day within `when`."""
    day = max(when.first_day, commune.valid_from or when.first_day)
    return territory.ancestors(commune, day)


def _time_of(profile: Profile) -> PartialDate | None:
    if profile.started or profile.reported_at is None:
        return profile.started
    return _day(profile.reported_at)


def _out_of_time(unit: Unit, when: PartialDate, territory: Territory) -> tuple[str, str] | None:
    """What to say of a unit that did not exist on any day of `when`: its span, and who was there instead."""
    if existed_in(unit, when):
        return None
    if unit.valid_to and unit.valid_to < when.first_day:
        span, kin = f"chỉ có đến hết {unit.valid_to}", territory.successors_on(unit, when.first_day)
    else:
        span, kin = f"chỉ có từ {unit.valid_from}", territory.predecessors_on(unit, when.last_day)
    then = [one.unit.slug for one in kin]
    named = ", ".join(f"`{slug}`" for slug in then[:_NAMED])
    more = f" và {len(then) - _NAMED} đơn vị nữa" if len(then) > _NAMED else ""
    hint = f"hãy chọn trong: {named}{more}" if named else "hãy chọn địa bàn của thời điểm đó"
    return f"{unit.full_name} {span}", hint


PROFILE_CHECKS = (check_unit_in_time, check_communes_in_time)
