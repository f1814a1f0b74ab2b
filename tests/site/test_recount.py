"""Every table of the built site agrees with a count that shares no code with the portal."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
from generated import write_campaign
from portal.pages import view_of
from portal.site import build_site
from portal.statistics_views import StatisticsView
from portals import NOW, OURS, built, copy_portal, draw, faults, imported_by
from recount import (
    NOTHING_KNOWN,
    TOTAL,
    Campaign,
    Found,
    compare,
    read_campaign,
    read_page,
    read_site,
    recount,
    tables_of,
)

Counted = tuple[Campaign, Found]


@pytest.fixture(scope="module")
def own(own_portal: Path) -> Counted:
    found, twice = read_site(own_portal / "site")
    assert twice == []
    return read_campaign(own_portal), found


@pytest.fixture(scope="module")
def generated_portal(tmp_path_factory: pytest.TempPathFactory) -> Path:
    content = tmp_path_factory.mktemp("generated")
    write_campaign(content, profiles=120, seed=20261122)
    root = copy_portal(content / "portal", content)
    built(root)
    return root


def test_the_recount_imports_nothing_of_ours() -> None:
    beside = {path.stem for path in Path(__file__).parent.glob("*.py")}
    assert not imported_by("recount.py") & (OURS | beside)


def test_the_projects_own_site_agrees(own: Counted, record_property) -> None:
    campaign, found = own
    result = compare(campaign, found)
    record_property("recount", str(result))
    assert result.disagreements == ()
    assert result.tables == len(found)
    assert result.cells > 0


def test_the_second_campaign_agrees(second_portal: Path, record_property) -> None:
    result = recount(second_portal)
    record_property("recount", str(result))
    assert result.disagreements == ()


def test_a_generated_campaign_agrees(generated_portal: Path, record_property) -> None:
    result = recount(generated_portal)
    record_property("recount", str(result))
    assert result.disagreements == ()


def test_the_generated_campaign_holds_what_must_not_be_counted(generated_portal: Path) -> None:
    texts = [file.read_text(encoding="utf-8") for file in (generated_portal / "docs/mo-hinh").rglob("*.md")]
    assert len(texts) == 120
    for never_counted in ("status: proposed", "status: rejected", "draft: true"):
        assert sum(never_counted in text for text in texts) >= 3
    assert len(read_campaign(generated_portal).profiles) < 110


def test_models_stand_by_year_and_status_of_now_beside_their_milestones(second_portal: Path, own: Counted) -> None:
    """Where no profile has a history there are no milestones, but years and statuses all the same."""
    html = (second_portal / "site/thong-ke/index.html").read_text(encoding="utf-8")
    ids = re.findall(r'data-table="([^"]+)"', html)
    assert ids[-2:] == ["nam-theo-trang-thai", "moc-theo-nam"]
    assert (
        "<caption>Mô hình theo năm bắt đầu và trạng thái hiện nay. "
        '<span class="portal-caption-note">Mỗi hồ sơ đếm một lần: ở năm bắt đầu, không ghi thì ở năm của mốc đầu tiên '
        "trong quá trình; hồ sơ không ghi cả hai đứng ở dòng “không rõ”.</span></caption>"
    ) in html
    for found in (own[1], read_site(second_portal / "site")[0]):
        for (page, scope, name), table in found.items():
            if name == "theo-trang-thai":
                by_year = found[page, scope, "nam-theo-trang-thai"]
                assert by_year.columns == table.columns
                assert by_year.rows[-2:] == ("unknown", TOTAL)


def test_leaving_out_any_one_profile_disagrees(own: Counted) -> None:
    campaign, found = own
    unnoticed = [path for path in campaign.profiles if not compare(campaign.without(path), found).disagreements]
    assert unnoticed == []


def test_leaving_out_any_one_table_disagrees(own: Counted) -> None:
    campaign, found = own
    for place in found:
        others = {other: table for other, table in found.items() if other != place}
        assert compare(campaign, others).disagreements == (f"/{place[0]} [{place[1]}] {place[2]}: missing",)


def test_changing_any_one_cell_of_the_html_disagrees(own_portal: Path, own: Counted) -> None:
    """On the statistics of the campaign cell by cell, a cell more or less is found by its row and column."""
    campaign, found = own
    page = "thong-ke/"
    html = (own_portal / "site" / page / "index.html").read_text(encoding="utf-8")
    cells = list(re.finditer(r'(<td data-key="(?!report")[^"]+"[^>]*>)(.*?)</td>', html))
    assert cells
    for cell in cells:
        changed = html[: cell.start()] + cell[1] + "7654</td>" + html[cell.end() :]
        wrong = compare(campaign, {**found, **dict(read_page(page, changed))}).disagreements
        assert len(wrong) == 1, cell[0]
        assert " says 7654, counted " in wrong[0]


@pytest.mark.parametrize("instead", ["0", ""])
def test_a_zero_where_nothing_is_unknown_disagrees(second_portal: Path, instead: str) -> None:
    html = (second_portal / "site/thong-ke/index.html").read_text(encoding="utf-8")
    changed = html.replace('<td data-key="unknown">–</td>', f'<td data-key="unknown">{instead}</td>', 1)
    assert changed != html
    found, _ = read_site(second_portal / "site")
    wrong = compare(read_campaign(second_portal), {**found, **dict(read_page("thong-ke/", changed))}).disagreements
    assert wrong == (f"/thong-ke/ [campaign] linh-vuc-theo-nam: mau-toan-phan × unknown says {instead}, counted –",)


@pytest.mark.parametrize(
    ("register", "slug", "taken"), [("fields", "tieu-cau", "unknown"), ("units", "vung-dong", "own")]
)
def test_a_slug_like_a_key_of_the_tables_counts_nothing_twice(
    second_copy: Path, register: str, slug: str, taken: str
) -> None:
    """Either such a slug is refused, or three profiles stay three."""
    for file in (*(second_copy / "docs").rglob("*.md"), second_copy / f"data/{register}.yml"):
        text = file.read_text(encoding="utf-8")
        file.write_text(re.sub(rf"(unit|field|slug): {slug}\b", rf"\1: {taken}", text), encoding="utf-8")
    if any(f"`{taken}`" in fault for fault in faults(second_copy)):
        return
    built(second_copy)
    totals = {
        place: table.cells[TOTAL, TOTAL]
        for place, table in read_site(second_copy / "site")[0].items()
        if place[1] == "campaign"
    }
    assert set(totals.values()) == {"3"}
    if register == "units":
        province = {
            place: table.cells[TOTAL, TOTAL]
            for place, table in read_site(second_copy / "site")[0].items()
            if place[1] == "unit:song-may"
        }
        assert set(province.values()) == {"3"}


def test_counts_of_a_thousand_are_written_the_vietnamese_way(second_copy: Path) -> None:
    """No campaign of ours is as large yet, so a thousand times its counts is drawn."""
    site = build_site(second_copy, NOW)
    pages = tuple(
        replace(page, view=_a_thousand_times(view), name=f"{page.name} ×1000")
        if isinstance(view := view_of(page), StatisticsView)
        else page
        for page in site.pages
    )
    draw(second_copy, replace(site, pages=pages))
    found, _ = read_site(second_copy / "site")
    expected = tables_of(read_campaign(second_copy))
    thousands = {
        place: {cell: f"{said}.000" if said not in ("0", NOTHING_KNOWN) else said for cell, said in table.cells.items()}
        for place, table in expected.items()
    }
    assert {place: table.cells for place, table in found.items()} == thousands
    assert "Đếm từ <strong>3.000</strong> hồ sơ" in (second_copy / "site/thong-ke/index.html").read_text(
        encoding="utf-8"
    )


def _a_thousand_times(view: StatisticsView) -> StatisticsView:
    tables = (
        replace(table, lines=tuple(replace(line, counts=tuple(1000 * n for n in line.counts)) for line in table.lines))
        for table in view.tables
    )
    return replace(view, count=1000 * view.count, tables=tuple(tables))
