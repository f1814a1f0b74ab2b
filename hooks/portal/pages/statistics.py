"""The pages of tables counted from profiles."""

from __future__ import annotations

from collections.abc import Iterator

from ..statistics import campaign_tables, field_tables, members, unit_tables
from ..views import Link, StatisticsView
from .catalog import Catalog
from .page import FIELD_STATISTICS, STATISTICS, UNIT_STATISTICS, Page


def pages(catalog: Catalog) -> Iterator[Page]:
    """The campaign's tables; and those of every unit and field that counts a profile."""
    everything, registers = catalog.counted, catalog.registers
    title = catalog.campaign.texts.statistics
    present = {slug for profile in everything for slug in profile.path}
    units = [unit for unit in registers.units if unit.slug in present]
    fields = [field for field in registers.fields if any(p.field == field.slug for p in everything)]
    view = StatisticsView(
        scope="campaign",
        count=len(everything),
        tables=campaign_tables(everything, registers),
        units=tuple(Link(registers.unit_name(u.slug), f"{UNIT_STATISTICS}{u.slug}/") for u in units),
        fields=tuple(Link(f.name, f"{FIELD_STATISTICS}{f.slug}/") for f in fields),
    )
    summary = "Bảng đếm từ hồ sơ mô hình trên cổng, theo địa bàn, lĩnh vực, trạng thái, cấp, loại và năm."
    yield _page(catalog, STATISTICS, title, summary, view)
    above = Link(title, STATISTICS)
    for unit in units:
        name = registers.unit_name(unit.slug)
        own = members(everything, unit.slug)
        scope = StatisticsView(f"unit:{unit.slug}", len(own), unit_tables(everything, unit.slug, registers))
        summary = f"Bảng đếm từ hồ sơ mô hình của {name}."
        yield _page(catalog, f"{UNIT_STATISTICS}{unit.slug}/", f"{title}: {name}", summary, scope, above)
    for field in fields:
        count = sum(p.field == field.slug for p in everything)
        scope = StatisticsView(f"field:{field.slug}", count, field_tables(everything, field.slug, registers))
        summary = f"Bảng đếm từ hồ sơ mô hình lĩnh vực {field.name}."
        yield _page(catalog, f"{FIELD_STATISTICS}{field.slug}/", f"{title}: {field.name}", summary, scope, above)


def _page(catalog: Catalog, address: str, title: str, summary: str, view: StatisticsView, *above: Link) -> Page:
    crumbs = (catalog.home_link, *above)
    return Page(address, title, summary, "portal/statistics.html", view, "docs/mo-hinh", crumbs)
