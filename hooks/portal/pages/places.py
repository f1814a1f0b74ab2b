"""The pages of places: the tree of units at different times, and a page for every unit there ever was."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from ..gallery import address_of
from ..listing import Term
from ..place_views import LocatedModels, LocatedView, Place, PlaceLevel, PlacesView, UnitView
from ..presenting import unit_link
from ..presenting_units import by_name, former, kin_facts, series, unit_facts
from ..schema.data import Unit
from ..schema.figure import Level
from ..territory import Stretch
from ..text import capitalised, date_vi, match_key
from ..views import Fact, Link
from .catalog import Catalog, Located
from .lists import ListPlace, counted_link, list_pages
from .page import FORMER_UNITS, UNIT_STATISTICS, UNITS, Page


def pages(catalog: Catalog) -> Iterator[Page]:
    """The units of today and, where units have ended, of each earlier stretch of time; then every unit."""
    for stretch in catalog.stretches:
        yield _tree(catalog, stretch)
    for unit in catalog.registers.units:
        yield from _unit(catalog, unit)


def former_addresses(catalog: Catalog) -> list[str]:
    """Where the units of earlier stretches stand, the newest first."""
    return [_address(stretch) for stretch in reversed(catalog.stretches) if stretch.last]


# --- the tree of a stretch of time --------------------------------------------------


def _address(stretch: Stretch) -> str:
    return f"{FORMER_UNITS}{stretch.last.isoformat()}/" if stretch.last else UNITS


def _title(catalog: Catalog, stretch: Stretch) -> str:
    texts = catalog.campaign.texts
    return f"{texts.units} đến {date_vi(stretch.last)}" if stretch.last else texts.units


def _time(stretch: Stretch) -> str:
    if stretch.first and stretch.last:
        return f"{date_vi(stretch.first)} – {date_vi(stretch.last)}"
    if stretch.last:
        return f"Đến {date_vi(stretch.last)}"
    return f"Từ {date_vi(stretch.first)} đến nay" if stretch.first else ""


def _tree(catalog: Catalog, stretch: Stretch) -> Page:
    day = stretch.day(catalog.today)
    territory = catalog.registers.territory
    under: dict[str, list[Unit]] = {}
    for unit in by_name(territory.on(day)):
        above = territory.parent(unit, day)
        under.setdefault(above.slug if above else "", []).append(unit)
    several = len(catalog.stretches) > 1
    current = stretch.last is None
    view = PlacesView(
        said=f"Các đơn vị hành chính {'hiện nay' if current else f'của ngày {date_vi(day)}'}." if several else "",
        times=tuple(_time_link(other, stretch) for other in reversed(catalog.stretches)) if several else (),
        places=tuple(_place(catalog, unit, under) for level in _levels(under.get("", ())) for unit in level[1]),
        to_come=tuple(_coming(catalog, catalog.today)) if current else (),
    )
    summary = "Các địa bàn trong danh mục của cổng."
    above_page = () if current else (Link(catalog.campaign.texts.units, UNITS),)
    return Page(
        _address(stretch),
        _title(catalog, stretch),
        summary if current else f"{summary[:-1]}, theo địa giới của ngày {date_vi(day)}.",
        "portal/places.html",
        view,
        "data/units.yml",
        (catalog.home_link, *above_page),
    )


def _time_link(to: Stretch, shown: Stretch) -> Link:
    return Link(_time(to), "" if to == shown else _address(to))


def _levels(units: Iterable[Unit]) -> list[tuple[Level, list[Unit]]]:
    """By level from the highest, each in the order given; levels without a unit are left out."""
    found: dict[Level, list[Unit]] = {level: [] for level in Level}
    for unit in units:
        found[unit.level].append(unit)
    return [(level, members) for level, members in found.items() if members]


def _place(catalog: Catalog, unit: Unit, under: Mapping[str, list[Unit]]) -> Place:
    levels = tuple(
        PlaceLevel(capitalised(level.label), tuple(_place(catalog, below, under) for below in members))
        for level, members in _levels(under.get(unit.slug, ()))
    )
    return Place(unit_link(unit.slug, catalog.registers), levels)


def _coming(catalog: Catalog, today: date) -> Iterator[Link]:
    """The units that are registered before they exist."""
    for unit in catalog.units_by_name:
        if unit.valid_from and unit.valid_from > today:
            link = unit_link(unit.slug, catalog.registers)
            yield Link(f"{unit.full_name} (từ {date_vi(unit.valid_from)})", link.address)


# --- one unit -------------------------------------------------------------------------


def _unit(catalog: Catalog, unit: Unit) -> Iterator[Page]:
    registers, today = catalog.registers, catalog.today
    name = registers.unit_name(unit.slug)
    models = catalog.models_of_unit.get(unit.slug, ())
    term = Term(unit.slug, name, catalog.articles_of_unit.get(unit.slug, ()), models)
    place = ListPlace(
        f"{UNITS}{unit.slug}/",
        capitalised(name),
        f"Mô hình, tin bài và số liệu của {name}.",
        "data/units.yml",
        tuple(_above(catalog, unit)),
        catalog.feed_at(f"{UNITS}{unit.slug}/"),
    )
    kin = kin_facts(unit, catalog.so_named[match_key(unit.name)], today, registers)
    counted = len(catalog.models_of_place.get(unit.slug, ()))
    view = UnitView(
        facts=(*unit_facts(unit, registers), *kin, *_units_below(catalog, unit)),
        note=former(unit, today),
        series=series(unit, today, registers),
        statistics=f"{UNIT_STATISTICS}{unit.slug}/" if unit.slug in catalog.units_with_statistics else "",
        located=_located(catalog, unit),
        gallery=counted_link(
            "Mọi mô hình của địa bàn, lọc theo lĩnh vực, năm, trạng thái", address_of(unit.slug), counted
        )
        if counted
        else None,
    )
    yield from list_pages(catalog, place, term, view=view, template="unit")


def _above(catalog: Catalog, unit: Unit) -> Iterator[Link]:
    """The tree of today and, for a unit that has ended, the last one it stands in."""
    yield Link(catalog.campaign.texts.units, UNITS)
    for stretch in catalog.stretches:
        if stretch.last and stretch.last == unit.valid_to:
            yield Link(_title(catalog, stretch), _address(stretch))


def _units_below(catalog: Catalog, unit: Unit) -> Iterator[Fact]:
    """Those directly under a unit today or on its last day, by level; then those that once were."""
    territory, day = catalog.registers.territory, min(unit.valid_to or catalog.today, catalog.today)
    now = {below.slug for below in territory.children(unit, day)}
    ever = by_name(territory.below(unit))
    for still, said in ((True, ""), (False, " (từng thuộc)")):
        for level, members in _levels(below for below in ever if (below.slug in now) is still):
            links = tuple(unit_link(u.slug, catalog.registers) for u in members)
            yield Fact(capitalised(level.label) + said, links)


def _located(catalog: Catalog, unit: Unit) -> LocatedView | None:
    groups = catalog.located.get(unit.slug, ())
    if not groups:
        return None
    name = catalog.registers.unit_name(unit.slug)
    gone = bool(former(unit, catalog.today))
    return LocatedView(
        heading=f"Mô hình có địa chỉ ở {name}" if gone else f"Mô hình ở địa bàn nay thuộc {name}",
        intro=f"Xếp theo địa chỉ ghi trong hồ sơ. Các mô hình này được đếm ở đơn vị của thời đó, "
        f"không cộng vào số đếm và thống kê của {name}.",
        groups=tuple(_located_models(catalog, group) for group in groups),
    )


def _located_models(catalog: Catalog, group: Located) -> LocatedModels:
    registers, slug = catalog.registers, group.place.slug
    doubt = ""
    if group.possibly:
        today = registers.territory.successors_on(group.place, catalog.today)
        became = ", ".join(registers.unit_name(kin.unit.slug) for kin in today)
        name = registers.unit_name(slug)
        moved = f"{name} nay được chia cho {became}" if len(today) > 1 else f"chỉ một phần {name} nay thuộc {became}"
        doubt = f"Có thể: {moved}; hồ sơ không nói mô hình ở phần nào."
    return LocatedModels(
        unit_link(slug, registers), doubt, tuple(Link(m.record.title, m.address) for m in group.models)
    )
