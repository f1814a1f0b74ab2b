"""A campaign whose places moved: communes cut in two, replaced twice, kept, registered ahead; models found by address."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urljoin

import pytest
from places_pages import facts_of, linked_in, listed_in, located_in, main_of, tree_of
from portals import built, copy_portal, replace_once

MOVED = Path(__file__).resolve().parent / "moved"
DISTRICT_SERIES = (
    "Số liệu của huyện Chư Păh dừng ở ngày 30/06/2025; từ ngày 01/07/2025 số liệu được ghi theo đơn vị thay thế: "
    "xã Chư Păh (một phần), xã Biển Hồ (một phần). Hai chuỗi không nối vào nhau."
)
COMMUNE_SERIES = (
    "Số liệu của xã Biển Hồ bắt đầu từ ngày 01/07/2025; số liệu trước đó là của các đơn vị cũ, theo địa giới cũ, "
    "nên không cộng và không nối vào đây."
)


@pytest.fixture(scope="module")
def portal(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = copy_portal(tmp_path_factory.mktemp("moved") / "portal", MOVED)
    built(root)
    return root


# --- models by address --------------------------------------------------------------


def test_a_model_is_under_the_commune_of_today_and_under_the_district_of_its_day(portal: Path) -> None:
    located = located_in(portal, "xa-bien-ho")
    assert located["xa-chu-dang-ya"] == (["gieng-chu-dang-ya"], "")
    assert listed_in(portal, "xa-bien-ho") == ["gieng-moi"], "what is located there is not counted there"
    assert listed_in(portal, "chu-pah") == [
        *("gieng-chia-doi", "gieng-chu-dang-ya", "gieng-huyen", "gieng-o-lai", "gieng-goc"),
    ]
    assert located_in(portal, "chu-pah") == {}
    assert "xa-chu-dang-ya" in tree_of(portal, "/dia-ban/den-2025-06-30/")["gia-lai"]["chu-pah"]
    assert "xa-bien-ho" in tree_of(portal, "/dia-ban/")["tinh-gia-lai"]


def test_the_model_of_a_divided_commune_is_under_each_part_with_the_doubt(portal: Path) -> None:
    doubt = "Có thể: xã Chia Đôi nay được chia cho xã Biển Hồ, xã Chư Păh; hồ sơ không nói mô hình ở phần nào."
    assert located_in(portal, "xa-bien-ho")["xa-chia-doi"] == (["gieng-chia-doi"], doubt)
    assert located_in(portal, "xa-chu-pah") == {"xa-chia-doi": (["gieng-chia-doi"], doubt)}
    assert located_in(portal, "tinh-gia-lai")["xa-chia-doi"] == (["gieng-chia-doi"], ""), "both parts are there"


def test_where_the_rest_of_a_commune_went_is_not_known(tmp_path: Path) -> None:
    root = copy_portal(tmp_path / "portal", MOVED)
    replace_once(root / "data/units.yml", "  - {slug: xa-chu-pah, partly: true}\n", "")
    built(root)
    doubt = "Có thể: chỉ một phần xã Chia Đôi nay thuộc xã Biển Hồ; hồ sơ không nói mô hình ở phần nào."
    assert located_in(root, "xa-bien-ho")["xa-chia-doi"] == (["gieng-chia-doi"], doubt)
    assert located_in(root, "tinh-gia-lai")["xa-chia-doi"] == (["gieng-chia-doi"], doubt)


def test_a_place_is_followed_over_every_step(portal: Path) -> None:
    assert located_in(portal, "xa-bien-ho")["xa-goc"] == (["gieng-goc"], "")
    assert located_in(portal, "xa-giua") == {}, "that commune is gone too"
    assert linked_in(portal, "xa-goc", "Đơn vị thay thế") == ["xa-giua"]
    assert linked_in(portal, "xa-goc", "Địa bàn ngày nay") == ["xa-bien-ho"]
    assert "Địa bàn ngày nay" not in facts_of(portal, "xa-giua")


def test_a_commune_shows_the_models_that_name_it(portal: Path) -> None:
    assert located_in(portal, "xa-chu-dang-ya") == {"xa-chu-dang-ya": (["gieng-chu-dang-ya"], "")}
    assert located_in(portal, "xa-o-lai") == {"xa-o-lai": (["gieng-o-lai"], "")}
    headings = [
        main_of(portal, f"/dia-ban/{slug}/").one("section[data-list=located] h2").text
        for slug in ("xa-chu-dang-ya", "xa-o-lai")
    ]
    assert headings == ["Mô hình có địa chỉ ở xã Chư Đăng Ya", "Mô hình ở địa bàn nay thuộc xã Ở Lại"]


def test_the_model_of_a_district_is_under_no_commune_but_under_the_province_that_holds_it_all(portal: Path) -> None:
    assert {slug for slug in ("xa-bien-ho", "xa-chu-pah") if "chu-pah" in located_in(portal, slug)} == set()
    assert located_in(portal, "tinh-gia-lai")["chu-pah"] == (["gieng-huyen"], "")


@pytest.mark.parametrize(
    ("model", "today"),
    [
        ("gieng-chu-dang-ya", "xã Biển Hồ"),
        ("gieng-goc", "xã Biển Hồ"),
        ("gieng-chia-doi", "xã Biển Hồ (có thể); xã Chư Păh (có thể)"),
        ("gieng-huyen", "xã Chư Păh (một phần); xã Biển Hồ (một phần)"),
        ("gieng-o-lai", None),
        ("gieng-moi", None),
    ],
)
def test_a_model_of_a_place_that_is_gone_says_where_it_lies_today(portal: Path, model: str, today: str | None) -> None:
    """A commune of its own that is still there needs no other; nor does a unit of today."""
    page = f"/mo-hinh/{model}/"
    facts = {row.one("dt").text: row.one("dd") for row in main_of(portal, page).all("dl.portal-facts div")}
    if today is None:
        assert "Địa bàn ngày nay" not in facts
        return
    assert facts["Địa bàn ngày nay"].text == today
    led = [urljoin(page, link.attributes["href"]) for link in facts["Địa bàn ngày nay"].all("a")]
    slugs = {"xã Biển Hồ": "xa-bien-ho", "xã Chư Păh": "xa-chu-pah"}
    assert led == [f"/dia-ban/{slugs[said.split(' (')[0]]}/" for said in today.split("; ")]


def test_where_a_model_lies_today_is_not_known(tmp_path: Path) -> None:
    root = copy_portal(tmp_path / "portal", MOVED)
    units = root / "data/units.yml"
    replace_once(
        units, "  replaced_by:\n  - {slug: xa-bien-ho, partly: true}\n  - {slug: xa-chu-pah, partly: true}\n", ""
    )
    built(root)
    main = main_of(root, "/mo-hinh/gieng-chia-doi/")
    facts = {row.one("dt").text: row.one("dd").text for row in main.all("dl.portal-facts div")}
    assert facts["Địa bàn ngày nay"] == "không rõ"


def test_a_list_of_models_by_address_is_not_called_empty(portal: Path) -> None:
    nothing = "Chưa có mục nào."
    assert located_in(portal, "xa-chu-pah")
    assert listed_in(portal, "xa-chu-pah") == []
    assert nothing not in main_of(portal, "/dia-ban/xa-chu-pah/").text
    assert located_in(portal, "xa-giua") == {}
    assert main_of(portal, "/dia-ban/xa-giua/").text.count(nothing) == 1


def test_no_count_moves(portal: Path) -> None:
    """Six models; where they lie today changes no table."""
    rows = {
        row.attributes["data-key"]: row.one("td[data-key=total]").text
        for row in main_of(portal, "/thong-ke/").all("table[data-table=theo-linh-vuc] tr[data-key]")
    }
    assert rows == {"gia-lai": "5", "tinh-gia-lai": "1", "total": "6"}
    assert "Đếm từ 1 hồ sơ mô hình" in main_of(portal, "/thong-ke/dia-ban/xa-bien-ho/").text
    assert "không cộng vào số đếm và thống kê của xã Biển Hồ." in main_of(portal, "/dia-ban/xa-bien-ho/").text


# --- series -------------------------------------------------------------------------


def test_no_table_joins_a_unit_and_its_successor(portal: Path) -> None:
    """A table over time is of one unit; none of several units holds one and what came of it."""
    tables = 0
    for file in sorted((portal / "site/thong-ke").rglob("index.html")):
        page = f"/{file.parent.relative_to(portal / 'site').as_posix()}/"
        for table in main_of(portal, page).all("table[data-reported]"):
            units = {row.attributes["data-unit"] for row in table.all("tbody tr")}
            assert len(units) == 1 or table.attributes["data-over"] == "units", page
            assert not ("chu-pah" in units and units & {"xa-chu-pah", "xa-bien-ho"}), page
            tables += 1
    assert tables >= 8
    district = main_of(portal, "/thong-ke/dia-ban/chu-pah/").one("table[data-reported]")
    commune = main_of(portal, "/thong-ke/dia-ban/xa-bien-ho/").one("table[data-reported]")
    said = [[row.one("[data-said=period]").text for row in t.all("tbody tr")] for t in (district, commune)]
    assert said == [["năm 2024"], ["tính đến 31/12/2025"]]


def test_where_a_series_ends_and_goes_on_is_told_beside_it(portal: Path) -> None:
    for slug, sentence in (("chu-pah", DISTRICT_SERIES), ("xa-bien-ho", COMMUNE_SERIES)):
        assert main_of(portal, f"/dia-ban/{slug}/").one("p[data-series]").text == sentence
        assert (
            sentence in main_of(portal, f"/thong-ke/dia-ban/{slug}/").one("section[aria-labelledby=phan-bao-cao]").text
        )
    assert main_of(portal, "/dia-ban/xa-o-lai/").all("p[data-series]") == []


# --- trees and names ----------------------------------------------------------------


def test_there_is_a_tree_for_every_stretch_between_the_ends_of_units(portal: Path) -> None:
    trees = {page: tree_of(portal, page) for page in PAGES}
    before = {"xa-chia-doi": {}, "xa-chu-dang-ya": {}, "xa-o-lai": {}}
    assert trees == {
        PAGES[0]: {"tinh-gia-lai": {"xa-bien-ho": {}, "xa-chu-pah": {}, "xa-o-lai": {}}},
        PAGES[1]: {"gia-lai": {"chu-pah": {**before, "xa-giua": {}}}},
        PAGES[2]: {"gia-lai": {"chu-pah": {**before, "xa-goc": {}}}},
    }
    trees_there = [path.name for path in sorted((portal / "site/dia-ban").glob("den-*"))]
    assert trees_there == ["den-2019-12-31", "den-2025-06-30"]


PAGES = ("/dia-ban/", "/dia-ban/den-2025-06-30/", "/dia-ban/den-2019-12-31/")
TIMES = ("Từ 01/07/2025 đến nay", "01/01/2020 – 30/06/2025", "Đến 31/12/2019")


@pytest.mark.parametrize("shown", range(3))
def test_each_tree_leads_to_the_others(portal: Path, shown: int) -> None:
    nav = main_of(portal, PAGES[shown]).one("nav.portal-times")
    assert [item.text for item in nav.all("li")] == list(TIMES)
    assert nav.one("[aria-current=page]").text == TIMES[shown]
    led = [urljoin(PAGES[shown], link.attributes["href"]) for link in nav.all("a")]
    assert led == [page for page in PAGES if page != PAGES[shown]]


def test_a_unit_that_is_yet_to_come_is_told_apart(portal: Path) -> None:
    coming = main_of(portal, "/dia-ban/").one("section[data-list=to-come]")
    assert [item.text for item in coming.all("li")] == ["xã Mai Sau (từ 01/01/2027)"]
    assert main_of(portal, "/dia-ban/den-2025-06-30/").all("section[data-list=to-come]") == []


def test_a_former_unit_is_reached_through_the_tree_of_its_day(portal: Path) -> None:
    crumbs = main_of(portal, "/dia-ban/xa-goc/").one("nav.portal-crumbs")
    assert [item.text for item in crumbs.all("li")] == ["Trang chủ", "Địa bàn", "Địa bàn đến 31/12/2019", "Xã Gốc"]


def test_units_of_one_name_name_each_other(portal: Path) -> None:
    said = {slug: facts_of(portal, slug)["Cùng tên"] for slug in ("chu-pah", "xa-chu-pah", "gia-lai", "tinh-gia-lai")}
    assert said == {
        "chu-pah": "xã Chư Păh (cấp xã, từ 01/07/2025)",
        "xa-chu-pah": "huyện Chư Păh (cấp huyện, đến 30/06/2025)",
        "gia-lai": "tỉnh Gia Lai (cấp tỉnh, từ 01/07/2025)",
        "tinh-gia-lai": "tỉnh Gia Lai (cấp tỉnh, đến 30/06/2025)",
    }
    assert "Cùng tên" not in facts_of(portal, "xa-bien-ho")


def test_what_a_unit_was_made_of_tells_the_share(portal: Path) -> None:
    assert facts_of(portal, "xa-bien-ho")["Hình thành từ (theo danh mục của cổng)"] == (
        "huyện Chư Păh (một phần); xã Chia Đôi (một phần); xã Chư Đăng Ya; xã Giữa"
    )
    assert facts_of(portal, "xa-chu-pah")["Hình thành từ (theo danh mục của cổng)"] == (
        "huyện Chư Păh (một phần); xã Chia Đôi (một phần)"
    )
    assert facts_of(portal, "tinh-gia-lai")["Hình thành từ (theo danh mục của cổng)"] == "tỉnh Gia Lai (đến 30/06/2025)"


def test_a_unit_that_moved_under_another_is_shown_where_it_lay(second_portal: Path) -> None:
    assert tree_of(second_portal, "/dia-ban/") == {"song-may": {"vung-dong": {}, "xa-ben-bac": {}}}
    assert tree_of(second_portal, "/dia-ban/den-2023-12-31/") == {"song-may": {"vung-dong": {"xa-ben-bac": {}}}}
    assert [folder.name for folder in (second_portal / "site/dia-ban").glob("den-*")] == ["den-2023-12-31"]


def test_where_nothing_ended_or_moved_there_is_one_tree(third_portal: Path) -> None:
    assert main_of(third_portal, "/dia-ban/").all("nav.portal-times") == []
    assert list((third_portal / "site/dia-ban").glob("den-*")) == []


def test_a_unit_that_ends_today_is_there_until_tomorrow(tmp_path: Path) -> None:
    """The day of the build, not the day it is read, tells what is of today."""
    root = copy_portal(tmp_path / "portal", MOVED)
    replace_once(root / "data/units.yml", "  valid_from: 2027-01-01\n", "  valid_to: 2026-11-22\n")
    built(root)
    assert "xa-mai-sau" in tree_of(root, "/dia-ban/")["tinh-gia-lai"]
    assert main_of(root, "/dia-ban/xa-mai-sau/").all("p.portal-note") == []
