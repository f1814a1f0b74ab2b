"""The pages of reported figures alone: by level, by year, which units reported, and declared discrepancies."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from ..comparability import Subject
from ..contradictions import (
    Contradiction,
    amount_in_words,
    gap_in_words,
    other_side,
    relation_in_words,
    relation_name,
    stated_in_words,
)
from ..datasets import coverage, set_of_data
from ..presenting import label_of, unit_link
from ..reported_tables import tables_over_units
from ..schema.data import Unit
from ..schema.figure import Discrepancy, FigureSet, Level
from ..statistics_views import (
    CoverageRow,
    CoverageTable,
    CoverageView,
    DiscrepanciesView,
    DiscrepancyView,
    ReportedSection,
    ReportedView,
)
from ..text import capitalised, uncapitalised
from ..views import Fact, Link
from .catalog import Catalog
from .page import (
    COVERAGE,
    DISCREPANCIES,
    LEVEL_STATISTICS,
    STATISTICS,
    UNIT_STATISTICS,
    UNITS,
    UNSTATED_STATISTICS,
    YEAR_STATISTICS,
    Page,
)

_STEPS = {Level.PROVINCE: "tinh", Level.DISTRICT: "huyen", Level.COMMUNE: "xa"}
COVERAGE_TITLE = "Độ phủ số liệu báo cáo"
DISCREPANCIES_TITLE = "Đối soát số liệu báo cáo"


def pages(catalog: Catalog) -> Iterator[Page]:
    """A page for each level and year that has a reported figure; coverage and discrepancies always."""
    for level in _levels(catalog):
        summary = f"Số liệu các nguồn báo cáo của đơn vị {level.label}, và phần {level.label} trong số của các đơn vị."
        yield _page(catalog, _level_address(level), _level_title(level), summary, "reported", _of_level(catalog, level))
    for year in _years(catalog):
        summary = "Số liệu các nguồn báo cáo có kỳ kết thúc, hoặc được tính đến, trong năm này."
        if year is None:
            summary = "Số liệu các nguồn báo cáo mà không nêu kỳ số liệu: không xếp được vào năm nào."
        yield _page(catalog, _year_address(year), _year_title(year), summary, "reported", _of_year(catalog, year))
    summary = "Đơn vị nào đã có số liệu báo cáo của năm nào, đơn vị nào chưa."
    yield _page(catalog, COVERAGE, COVERAGE_TITLE, summary, "coverage", _coverage(catalog))
    summary = "Những chỗ con số trong nguồn không khớp với nhau: nguồn nêu gì, tính ra bao nhiêu, lệch bao nhiêu."
    yield _page(catalog, DISCREPANCIES, DISCREPANCIES_TITLE, summary, "discrepancies", _discrepancies(catalog))


def ways_in(catalog: Catalog) -> tuple[Fact, ...]:
    """Links to all of these pages, in groups."""
    levels = tuple(Link(capitalised(level.label), _level_address(level)) for level in _levels(catalog))
    years = tuple(Link(_year_label(year), _year_address(year)) for year in _years(catalog))
    checks = (Link(COVERAGE_TITLE, COVERAGE), Link(DISCREPANCIES_TITLE, DISCREPANCIES))
    groups = (Fact("Theo cấp", levels), Fact("Theo năm", years), Fact("Độ tin cậy", checks))
    return tuple(group for group in groups if group.values)


def _page(catalog: Catalog, address: str, title: str, summary: str, template: str, view: object) -> Page:
    crumbs = (catalog.home_link, Link(catalog.campaign.texts.statistics, STATISTICS))
    return Page(address, title, summary, f"portal/{template}.html", view, "docs/tin-tuc", crumbs)


# --- levels -------------------------------------------------------------------------


def _levels(catalog: Catalog) -> list[Level]:
    """The levels whose units reported, or that other units report of."""
    units = catalog.registers.units
    there = {units[r.figure.unit].level for r in catalog.reported}
    there |= {cell.level for r in catalog.reported for cell in r.cells if cell.level}
    return [level for level in Level if level in there]


def _level_address(level: Level) -> str:
    return f"{LEVEL_STATISTICS}{_STEPS[level]}/"


def _level_title(level: Level) -> str:
    return f"Số liệu báo cáo {level.label}"


def _of_level(catalog: Catalog, level: Level) -> ReportedView:
    registers = catalog.registers
    own = [r for r in catalog.reported if registers.units[r.figure.unit].level is level]
    inside = [found for r in catalog.reported if (found := r.of_level(level)).cells]

    def subject(name: str) -> Subject:
        return Subject(f"{name} phần {level.label}", "total", level, f"số {level.label}")

    sections = [
        ReportedSection(
            heading=f"Đơn vị {level.label}",
            blocks=tables_over_units(own, registers),
            nothing=f"Chưa có nguồn nào báo cáo số liệu của một đơn vị {level.label}.",
        )
    ]
    if inside:
        blocks = tables_over_units(inside, registers, "trong-don-vi", subject)
        said = f"Một số đơn vị báo cáo riêng phần của {level.label} trong số của mình."
        sections.append(ReportedSection(f"Phần {level.label} trong số của các đơn vị", blocks, said))
    linked = set_of_data((), (), (*own, *inside), registers)
    return ReportedView(f"level:{level.value}", tuple(sections), linked)


# --- years --------------------------------------------------------------------------


def _years(catalog: Catalog) -> list[int | None]:
    """Newest first; figures whose source states no period come last."""
    years = {r.year for r in catalog.reported}
    return [*sorted((year for year in years if year), reverse=True), *([None] if None in years else [])]


def _year_address(year: int | None) -> str:
    return f"{YEAR_STATISTICS}{year:04d}/" if year else UNSTATED_STATISTICS


def _year_label(year: int | None) -> str:
    return f"Năm {year}" if year else "Không rõ kỳ"


def _year_title(year: int | None) -> str:
    return f"Số liệu báo cáo năm {year}" if year else "Số liệu báo cáo không rõ kỳ"


def _of_year(catalog: Catalog, year: int | None) -> ReportedView:
    figures, registers = [r for r in catalog.reported if r.year == year], catalog.registers
    linked = set_of_data((), (), figures, registers)
    return ReportedView(
        f"year:{year or 'unstated'}", (ReportedSection("", tables_over_units(figures, registers)),), linked
    )


# --- coverage -----------------------------------------------------------------------


def _coverage(catalog: Catalog) -> CoverageView:
    linked = coverage(catalog.reported, catalog.registers)
    return CoverageView(tuple(_coverage_of(catalog, level) for level in Level), linked)


def _coverage_of(catalog: Catalog, level: Level) -> CoverageTable:
    """Every unit of the level that existed in one of the years for which a unit of that level has reported."""
    units = [unit for unit in catalog.registers.units if unit.level is level]
    counts: dict[tuple[str, int], int] = {}
    for unit in units:
        for reported in catalog.reported_of_unit.get(unit.slug, ()):
            if reported.year:
                counts[unit.slug, reported.year] = counts.get((unit.slug, reported.year), 0) + 1
    years = tuple(sorted({year for _, year in counts}))
    rows = [
        CoverageRow(
            Link(capitalised(catalog.registers.unit_name(unit.slug)), f"{UNITS}{unit.slug}/"),
            f"{UNIT_STATISTICS}{unit.slug}/",
            tuple(
                counts.get((unit.slug, year), 0) if (unit.slug, year) in counts or _existed_in(unit, year) else None
                for year in years
            ),
            sum(not reported.year for reported in catalog.reported_of_unit.get(unit.slug, ())),
        )
        for unit in units
    ]
    there = tuple(row for row in rows if row.unstated or any(count is not None for count in row.counts))
    return CoverageTable(f"do-phu-{_STEPS[level]}", level.label, years, there)


def _existed_in(unit: Unit, year: int) -> bool:
    first, last = unit.valid_from or date.min, unit.valid_to or date.max
    return first <= date(year, 12, 31) and last >= date(year, 1, 1)


# --- discrepancies ------------------------------------------------------------------


def _discrepancies(catalog: Catalog) -> DiscrepanciesView:
    return DiscrepanciesView(tuple(_discrepancy(catalog, entry) for entry in catalog.contradictions))


def _discrepancy(catalog: Catalog, entry: Contradiction) -> DiscrepancyView:
    figure, known, registers = entry.figure, entry.known, catalog.registers
    measure = registers.measures[figure.measure].name
    unit = registers.unit_name(figure.unit)
    gap = known.computed - known.stated
    more = "nhiều hơn" if gap > 0 else "ít hơn"
    against = other_side(known)
    facts = [
        Fact(label_of(FigureSet, "unit"), (unit_link(figure.unit, registers),)),
        Fact(label_of(FigureSet, "measure"), (Link(measure),)),
        Fact(label_of(FigureSet, "period"), (Link(capitalised(figure.period.vi)),)),
        Fact(label_of(Discrepancy, "relation"), (Link(relation_in_words(known, figure, registers)),)),
        Fact(label_of(Discrepancy, "stated"), (Link(stated_in_words(known, figure, registers), entry.passage),)),
        Fact(against, (Link(amount_in_words(known.computed, known, figure, registers)),)),
        Fact(
            "Chênh lệch",
            (Link(f"{gap_in_words(known, figure, registers)} ({uncapitalised(against)} {more} nguồn nêu)"),),
        ),
        Fact(label_of(Discrepancy, "note"), (Link(known.note),)),
        Fact("Bài", (Link(entry.article.record.title, entry.article.address),)),
    ]
    if figure.count:
        facts.insert(2, Fact(label_of(FigureSet, "count"), (Link(capitalised(figure.count.label)),)))
    if elsewhere := _elsewhere(catalog, entry):
        facts.append(Fact("Nơi khác", elsewhere))
    return DiscrepancyView(entry.id, f"{capitalised(unit)}: {measure}, {relation_name(known, registers)}", tuple(facts))


def _elsewhere(catalog: Catalog, entry: Contradiction) -> tuple[Link, ...]:
    """For a figure said otherwise elsewhere, where that is."""
    others = catalog.reported_by_name.get(entry.known.relation.removeprefix("repeat:"), ())
    return tuple(Link(r.article.record.title, r.passage) for r in others)
