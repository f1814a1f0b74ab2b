"""The awards of models: tables and a roll of honour, over everything, for each unit and for each year.

They stand under the statistics, because they are counted from the same profiles as its tables.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from ..awards import Given, award_tables, of_unit, years
from ..datasets import set_of_awards
from ..listing import page_address
from ..merit_views import AwardsView, HonourYear
from ..merits import commended_link, honour
from ..reported import Reported
from ..schema.figure import CountKind
from ..statistics import CountTable
from ..views import Fact, Link
from .catalog import Catalog
from .lists import counted_link, pager
from .page import AWARDS, AWARDS_TITLE, STATISTICS, UNIT_AWARDS, YEAR_AWARDS, Page

PER_PAGE = 100


@dataclass(frozen=True)
class _Scope:
    """What one roll is over, and what stands on its first page beside it."""

    key: str
    address: str
    title: str
    summary: str
    awards: tuple[Given, ...]
    tables: tuple[CountTable, ...]
    reported: tuple[Reported, ...]
    inside: tuple[Fact, ...] = ()
    unit: str = ""


def pages(catalog: Catalog) -> Iterator[Page]:
    """The awards of all profiles, also when there are none; then of every unit and year that has one."""
    for scope in (_everything(catalog), *_units(catalog), *_years(catalog)):
        yield from _pages_of(catalog, scope)


def _everything(catalog: Catalog) -> _Scope:
    awards, registers = catalog.awards, catalog.registers
    of_year = Counter(one.award.year for one in awards)
    of_place = Counter(slug for one in awards for slug in one.to.path)
    inside = (
        Fact("Từng năm", tuple(counted_link(f"Năm {y}", _year_address(y), of_year[y]) for y in years(awards))),
        Fact(
            "Từng địa bàn",
            tuple(
                counted_link(registers.unit_name(u.slug), f"{UNIT_AWARDS}{u.slug}/", of_place[u.slug])
                for u in registers.units
                if of_place[u.slug]
            ),
        ),
    )
    return _Scope(
        key="awards",
        address=AWARDS,
        title=AWARDS_TITLE,
        summary="Khen thưởng ghi trong hồ sơ mô hình trên cổng: bảng đếm và danh sách, năm mới nhất trước.",
        awards=awards,
        tables=award_tables(awards, registers) if awards else (),
        reported=_commended(catalog.reported),
        inside=tuple(group for group in inside if group.values),
    )


def _units(catalog: Catalog) -> Iterator[_Scope]:
    for unit in catalog.registers.units:
        if unit.slug not in catalog.units_with_awards:
            continue
        name, awards = catalog.registers.unit_name(unit.slug), of_unit(catalog.awards, unit.slug)
        yield _Scope(
            key=f"awards:unit:{unit.slug}",
            address=f"{UNIT_AWARDS}{unit.slug}/",
            title=f"{AWARDS_TITLE}: {name}",
            summary=f"Khen thưởng ghi trong hồ sơ mô hình của {name} và các đơn vị thuộc địa bàn này lúc đó.",
            awards=awards,
            tables=award_tables(awards, catalog.registers, unit=unit.slug),
            reported=_commended(catalog.reported_of_unit.get(unit.slug, ())),
            unit=unit.slug,
        )


def _years(catalog: Catalog) -> Iterator[_Scope]:
    for year in years(catalog.awards):
        awards = tuple(one for one in catalog.awards if one.award.year == year)
        yield _Scope(
            key=f"awards:year:{year}",
            address=_year_address(year),
            title=f"{AWARDS_TITLE} năm {year}",
            summary=f"Khen thưởng của năm {year} ghi trong hồ sơ mô hình trên cổng.",
            awards=awards,
            tables=award_tables(awards, catalog.registers, one_year=True),
            reported=_commended(tuple(r for r in catalog.reported if r.year == year)),
        )


def _year_address(year: int) -> str:
    return f"{YEAR_AWARDS}{year:04d}/"


def _commended(reported: tuple[Reported, ...]) -> tuple[Reported, ...]:
    return tuple(one for one in reported if one.figure.count is CountKind.COMMENDED)


def _pages_of(catalog: Catalog, scope: _Scope) -> Iterator[Page]:
    """The roll over as many pages as it takes; tables and links stand on the first."""
    last = max(1, -(-len(scope.awards) // PER_PAGE))
    linked = set_of_awards(scope.awards, scope.tables, catalog.registers, scope.unit)
    above = (catalog.home_link, Link(catalog.campaign.texts.statistics, STATISTICS))
    if scope.address != AWARDS:
        above = (*above, Link(AWARDS_TITLE, AWARDS))
    for number in range(1, last + 1):
        first = number == 1
        yield Page(
            address=page_address(scope.address, number),
            title=scope.title if first else f"{scope.title} (trang {number})",
            summary=scope.summary if first else f"{scope.summary} Trang {number} trên {last}.",
            template="portal/awards.html",
            view=AwardsView(
                scope=scope.key,
                count=len(scope.awards),
                profiles=len({one.to.profile.path for one in scope.awards}),
                roll=tuple(_roll(catalog, scope, number)),
                pager=pager(scope.address, number, last),
                tables=scope.tables if first else (),
                reported=tuple(commended_link(r, catalog.registers) for r in scope.reported) if first else (),
                inside=scope.inside if first else (),
                linked=linked if first else None,
            ),
            edit_path="docs/mo-hinh",
            crumbs=above if first else (*above, Link(scope.title, scope.address)),
        )


def _roll(catalog: Catalog, scope: _Scope, number: int) -> Iterator[HonourYear]:
    """The part of the roll on one page, year by year."""
    totals = Counter(one.award.year for one in scope.awards)
    here = scope.awards[(number - 1) * PER_PAGE : number * PER_PAGE]
    for year in years(here):
        honours = tuple(honour(one, catalog.registers) for one in here if one.award.year == year)
        address = _year_address(year)
        yield HonourYear(Link(f"Năm {year}", address if address != scope.address else ""), totals[year], honours)
