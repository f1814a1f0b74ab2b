"""The pages of tables: those counted from profiles and, apart from them, those of reported figures."""

from __future__ import annotations

from collections.abc import Iterator

from ..comparability import Subject
from ..datasets import set_of_data
from ..likeness import Likeness
from ..presenting_units import series
from ..reported import Reported
from ..reported_tables import tables_of_unit, tables_over_units
from ..schema.data import CampaignField, Unit
from ..statistics import campaign_tables, field_tables, members, unit_tables
from ..statistics_views import ReportedSection, StatisticsView
from ..views import Fact, Link
from . import lives, reported
from .catalog import Catalog
from .page import AWARDS, COVERAGE, FIELD_STATISTICS, STATISTICS, UNIT_AWARDS, UNIT_STATISTICS, Page


def of_units(catalog: Catalog) -> Iterator[Page]:
    """The tables of every unit that has a profile or a reported figure."""
    title = catalog.campaign.texts.statistics
    above = Link(title, STATISTICS)
    for unit in _units(catalog):
        name = catalog.registers.unit_name(unit.slug)
        summary = f"Bảng đếm từ hồ sơ mô hình và số liệu báo cáo của {name}."
        view = _of_unit(catalog, unit)
        yield _page(catalog, f"{UNIT_STATISTICS}{unit.slug}/", f"{title}: {name}", summary, view, above)


def over_units(catalog: Catalog) -> Iterator[Page]:
    """The campaign's tables; those of every field that has a profile or a reported figure; the pages of reported
    figures alone."""
    title = catalog.campaign.texts.statistics
    summary = "Hai loại số liệu để riêng: đếm từ hồ sơ mô hình trên cổng, và số liệu do các nguồn báo cáo."
    yield _page(catalog, STATISTICS, title, summary, _of_campaign(catalog))
    above = Link(title, STATISTICS)
    for field in _fields(catalog):
        summary = f"Bảng đếm từ hồ sơ mô hình và số liệu báo cáo của lĩnh vực {field.name}."
        view = _of_field(catalog, field)
        yield _page(catalog, f"{FIELD_STATISTICS}{field.slug}/", f"{title}: {field.name}", summary, view, above)
    yield from reported.pages(catalog)


def _units(catalog: Catalog) -> list[Unit]:
    return [unit for unit in catalog.registers.units if unit.slug in catalog.units_with_statistics]


def _fields(catalog: Catalog) -> list[CampaignField]:
    return [field for field in catalog.registers.fields if field.slug in catalog.fields_with_statistics]


def _of_campaign(catalog: Catalog) -> StatisticsView:
    everything, registers = catalog.counted, catalog.registers
    figures = tuple(_newest_counts(catalog))
    tables = campaign_tables(everything, registers)
    newest = ReportedSection(
        heading="",
        blocks=tables_over_units(figures, registers),
        intro="Số mô hình mà các nguồn nêu: số mới nhất của từng đơn vị, theo từng loại số đếm.",
        nothing="Chưa có nguồn nào báo cáo số mô hình.",
    )
    return StatisticsView(
        scope="campaign",
        count=len(everything),
        tables=tables,
        reported=(newest,),
        units=tuple(Link(registers.unit_name(u.slug), f"{UNIT_STATISTICS}{u.slug}/") for u in _units(catalog)),
        fields=tuple(Link(f.name, f"{FIELD_STATISTICS}{f.slug}/") for f in _fields(catalog)),
        more=reported.ways_in(catalog),
        awards=AWARDS,
        lives=lives.LINKS,
        linked=set_of_data(everything, tables, figures, registers),
    )


def _newest_counts(catalog: Catalog) -> Iterator[Reported]:
    """Of each unit, measure that counts models and kind of count the sets of the newest period."""
    newest: dict[tuple, Likeness] = {}
    for figure in catalog.reported:
        if catalog.registers.measures[figure.figure.measure].counts_models:
            like = figure.likeness
            if newest.setdefault((figure.figure.unit, like.measure, like.count), like) == like:
                yield figure


def _of_unit(catalog: Catalog, unit: Unit) -> StatisticsView:
    everything, registers = catalog.counted, catalog.registers
    own = members(everything, unit.slug)
    tables = unit_tables(everything, unit.slug, registers) if own else ()
    reported_of, reported_below = (of.get(unit.slug, ()) for of in (catalog.reported_of_unit, catalog.reported_below))
    below = tables_over_units(reported_below, registers, "truc-thuoc")
    sections = [
        ReportedSection(
            heading="",
            blocks=tables_of_unit(reported_of, registers),
            intro=series(unit, catalog.today, registers),
            nothing=f"Chưa có nguồn nào báo cáo số liệu của {registers.unit_name(unit.slug)}.",
        )
    ]
    if below:
        said = "Số của từng đơn vị, không phải tổng số của cả địa bàn: đơn vị chưa báo cáo không có trong bảng."
        sections.append(ReportedSection("Các đơn vị trực thuộc đã báo cáo", below, said))
    return StatisticsView(
        scope=f"unit:{unit.slug}",
        count=len(own),
        tables=tables,
        reported=tuple(sections),
        more=(Fact("", (Link("Đơn vị nào đã báo cáo năm nào", COVERAGE),)),),
        awards=f"{UNIT_AWARDS}{unit.slug}/" if unit.slug in catalog.units_with_awards else "",
        linked=set_of_data(own, tables, (*reported_of, *reported_below), registers, unit.slug),
    )


def _of_field(catalog: Catalog, field: CampaignField) -> StatisticsView:
    everything, registers = catalog.counted, catalog.registers
    own = tuple(p for p in everything if p.field == field.slug)
    tables = field_tables(everything, field.slug, registers) if own else ()
    figures = [found for r in catalog.reported if (found := r.of_field(field.slug)).cells]

    def subject(name: str) -> Subject:
        return Subject(f"{name} lĩnh vực {field.name}", f"by_field.{field.slug}", None, "số lĩnh vực này")

    blocks = tables_over_units(figures, registers, subject=subject)
    nothing = f"Chưa có nguồn nào báo cáo số liệu của lĩnh vực {field.name}."
    return StatisticsView(
        scope=f"field:{field.slug}",
        count=len(own),
        tables=tables,
        reported=(ReportedSection("", blocks, nothing=nothing),),
        linked=set_of_data(own, tables, figures, registers),
    )


def _page(catalog: Catalog, address: str, title: str, summary: str, view: StatisticsView, *above: Link) -> Page:
    crumbs = (catalog.home_link, *above)
    return Page(address, title, summary, "portal/statistics.html", view, "docs/mo-hinh", crumbs)
