"""The tables of a page as one set of data, for programs: which time and places it is of, and what it measures."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace

from .awards import Given, years
from .lifecycle import Stop
from .lineage import Kin
from .linked_views import LinkedTables, Named, Variable
from .presenting import named_unit
from .registers import Registers
from .reported import Reported
from .schema.content import Profile
from .schema.dates import PartialDate
from .source import ContentFile
from .standing import parent_on
from .statistics import UNKNOWN, Counted, CountTable, counted
from .text import number_vi

_COUNTED = "Đếm từ {} hồ sơ mô hình có trên cổng, không phải tổng số mô hình do địa phương báo cáo."
_REPORTED = "Số liệu báo cáo giữ nguyên kỳ và loại số đếm của nguồn: khác loại thì không cộng, không so sánh với nhau."
_COVERAGE = "Mỗi ô đếm các bộ số liệu mà nguồn báo cáo của một đơn vị trong một năm; đơn vị chưa báo cáo không phải là số không."
_AWARDS = "Đếm {} khen thưởng của {} mô hình có hồ sơ trên cổng."
_STOPPED = "Gồm {} mô hình mà hồ sơ trên cổng ghi là đã dừng; ngày và lý do chỉ có ở mô hình mà nguồn nêu."
_LEARNT = "Mô hình được tính là học theo khi hồ sơ của chính mô hình đó trên cổng nêu mô hình mà nó học theo."

Span = tuple[PartialDate, PartialDate]


def set_of_data(
    profiles: Collection[Counted],
    tables: Iterable[CountTable],
    figures: Collection[Reported],
    registers: Registers,
    place: str = "",
) -> LinkedTables | None:
    """Of tables counted from profiles and of reported figures; None when there are neither. Where the page is not of one
    `place`, a slug, its places are the topmost units of what it shows."""
    if not profiles and not figures:
        return None
    of_profiles = [_COUNTED.format(number_vi(len(profiles)))] if profiles else []
    since, until = _ends([*_years(profiles), *_periods(figures)])
    return LinkedTables(
        said=" ".join([*of_profiles, *([_REPORTED] if figures else [])]),
        since=since,
        until=until,
        places=_places([place] if place else _top(profiles, figures, registers), registers),
        variables=(*_captions(tables), *_variables(figures, registers)),
    )


def coverage(figures: Collection[Reported], registers: Registers) -> LinkedTables | None:
    """Of which unit reported in which year."""
    found = set_of_data((), (), figures, registers)
    return found and replace(found, said=_COVERAGE, variables=(Variable("Số bộ số liệu đã báo cáo"),))


def set_of_awards(
    awards: Collection[Given], tables: Iterable[CountTable], registers: Registers, place: str = ""
) -> LinkedTables | None:
    """Of awards; None when there are none."""
    if not awards:
        return None
    models = {one.to.profile.path: one.to for one in awards}
    since, until = _ends([(PartialDate(year), PartialDate(year)) for year in years(awards)])
    return LinkedTables(
        said=_AWARDS.format(number_vi(len(awards)), number_vi(len(models))),
        since=since,
        until=until,
        places=_places([place] if place else _top(models.values(), (), registers), registers),
        variables=tuple(_captions(tables)),
    )


def set_of_stops(found: Collection[Stop], registers: Registers) -> LinkedTables | None:
    """Of models that left the list; None when none did."""
    if not found:
        return None
    since, until = _ends((stop.when, stop.when) for stop in found if stop.when)
    return LinkedTables(
        said=_STOPPED.format(number_vi(len(found))),
        since=since,
        until=until,
        places=_places_of((stop.profile for stop in found), registers),
        variables=(Variable("Ngày dừng"), Variable("Lý do dừng")),
    )


def set_of_learners(found: Collection[Kin], registers: Registers) -> LinkedTables | None:
    """Of how many learnt from each of these models; None when none did. Nobody says when they learnt."""
    if not found:
        return None
    return LinkedTables(
        said=_LEARNT,
        since="",
        until="",
        places=_places_of((kin.profile for kin in found), registers),
        variables=(
            Variable("Số mô hình học trực tiếp", "mô hình"),
            Variable("Số mô hình học theo ở tất cả các đời", "mô hình"),
        ),
    )


def _ends(times: Iterable[Span]) -> tuple[str, str]:
    """The earliest and the latest, as exactly as they are known; empty when there are none."""
    known = list(times)
    since = min((first for first, _ in known), key=lambda when: (when.first_day, when.last_day), default="")
    until = max((last for _, last in known), key=lambda when: (when.last_day, when.first_day), default="")
    return str(since), str(until)


def _places(slugs: Iterable[str], registers: Registers) -> tuple[Named, ...]:
    return tuple(named_unit(slug, registers) for slug in slugs)


def _places_of(models: Iterable[ContentFile[Profile]], registers: Registers) -> tuple[Named, ...]:
    """The topmost units of models."""
    return _places(_top([counted(model, registers) for model in models], (), registers), registers)


def _captions(tables: Iterable[CountTable]) -> Iterator[Variable]:
    return (Variable(table.caption) for table in tables)


def _years(profiles: Iterable[Counted]) -> Iterator[Span]:
    """Those that tables of profiles have: of models, and of the steps of their lives."""
    years = {int(profile.year) for profile in profiles if profile.year != UNKNOWN}
    years |= {step.date.year for profile in profiles for step in profile.profile.record.history}
    return ((PartialDate(year), PartialDate(year)) for year in years)


def _periods(figures: Iterable[Reported]) -> Iterator[Span]:
    different = {(one.likeness.first, one.likeness.last): one.figure.period for one in figures}
    for period in different.values():
        first, last = period.as_of or period.from_, period.as_of or period.to
        if first and last:
            yield first, last


def _top(profiles: Iterable[Counted], figures: Iterable[Reported], registers: Registers) -> list[str]:
    """The units above all others that are shown, in the register's order."""
    found = {profile.path[-1] for profile in profiles}
    found |= {_topmost(slug, registers) for slug in {one.figure.unit for one in figures}}
    return [unit.slug for unit in registers.units if unit.slug in found]


def _topmost(slug: str, registers: Registers) -> str:
    """The last unit known above one."""
    way = [slug]
    while (above := parent_on(registers.units[way[-1]], None)) and above not in way:
        way.append(above)
    return way[-1]


def _variables(figures: Iterable[Reported], registers: Registers) -> Iterator[Variable]:
    """Each measure and kind of count once, in the register's order."""
    said = {(one.figure.measure, one.figure.count) for one in figures}
    for measure in registers.measures:
        unit = registers.units_of_measure[measure.unit_of_measure].name
        kinds = sorted((count for slug, count in said if slug == measure.slug), key=lambda kind: kind or "")
        for count in kinds:
            yield Variable(f"{measure.name}: {count.label}" if count else measure.name, unit)
