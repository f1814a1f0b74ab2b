"""The demonstration's units as they were and as they are, against a table of the reform kept beside the tests."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from places_pages import facts_of, linked_in, located_in, main_of, tree_of
from recount_lists import read_front_matter

REFORM: dict[str, Any] = yaml.safe_load((Path(__file__).parent / "reform_2025.yml").read_text(encoding="utf-8"))
DISTRICTS = {row["page"]: row for row in REFORM["districts"]}
COMMUNES = {row["page"]: row for row in REFORM["communes"]}
BEFORE, TODAY = "/dia-ban/den-2025-06-30/", "/dia-ban/"


@pytest.fixture(scope="module")
def portal(own_portal: Path) -> Path:
    """Of the demonstration's content; who takes the project over has units of his own."""
    if not (own_portal / "site/dia-ban/chu-pah").is_dir():
        # CI runs the demonstration, where this never skips.
        # A campaign that takes the project over has other units; CI runs the demonstration, where this never skips.
        pytest.skip("this content is not the demonstration's: it has other units")
    return own_portal


def page_by_code(root: Path) -> dict[str, str]:
    """The page of each commune of today, by its code."""
    slugs = [slug for communes in tree_of(root, TODAY).values() for slug in communes]
    return {facts_of(root, slug).get("Mã thống kê", slug): slug for slug in slugs}


def test_the_table_has_every_unit_of_the_reports(portal: Path) -> None:
    named: set[str] = set()
    for file in sorted((portal / "docs").rglob("*.md")):
        record = read_front_matter(file) if file.read_text(encoding="utf-8").startswith("---") else {}
        named |= {
            *record.get("units", []),
            *record.get("communes", []),
            *([record["unit"]] if "unit" in record else []),
        }
        named |= {figure["unit"] for figure in record.get("figures", [])}
    in_part = {row["page"] for row in REFORM["known_in_part"]}
    assert named <= {*DISTRICTS, *COMMUNES, *REFORM["kept"], *REFORM["ended"], *in_part}
    assert len(named) > 20


@pytest.mark.parametrize("page", DISTRICTS)
def test_a_district_on_its_last_day_and_today(portal: Path, page: str) -> None:
    district, codes = DISTRICTS[page], page_by_code(portal)
    facts = facts_of(portal, page)
    assert main_of(portal, f"/dia-ban/{page}/").one("h1").text.lower() == district["name"].lower()
    assert facts["Mã thống kê"] == district["code"]
    assert facts["Có đến hết ngày"] == REFORM["last_day"]
    assert linked_in(portal, page, "Thuộc") == [district["province"]]
    named = sorted(linked_in(portal, page, "Đơn vị thay thế"))
    assert named == sorted(codes[code] for code, *_ in district["communes"])
    assert page in tree_of(portal, BEFORE)[district["province"]]
    assert all(page not in units for units in tree_of(portal, TODAY).values())
    notes = [note.text for note in main_of(portal, f"/dia-ban/{page}/").all("p.portal-note")]
    assert f"Đơn vị hành chính đến {REFORM['last_day']}. Số liệu trên trang này là của địa bàn cũ." in notes


@pytest.mark.parametrize("page", DISTRICTS)
def test_every_commune_of_today_names_the_district_it_was_part_of(portal: Path, page: str) -> None:
    district, codes = DISTRICTS[page], page_by_code(portal)
    today = tree_of(portal, TODAY)[district["province_today"]]
    successors = facts_of(portal, page)["Đơn vị thay thế"].split("; ")
    for code, kind, name in district["communes"]:
        slug = codes[code]
        facts = facts_of(portal, slug)
        said = next(said for said in successors if said.split(" (")[0] == f"{kind} {name}")
        assert said.endswith(("(một phần)", ", một phần)"))
        assert facts["Loại đơn vị"].lower() == kind
        assert facts["Có từ ngày"] == REFORM["first_day"]
        assert linked_in(portal, slug, "Thuộc") == [district["province_today"]]
        assert slug in today
        assert f"{district['name']} (một phần)" in facts["Hình thành từ (theo danh mục của cổng)"].split("; ")


@pytest.mark.parametrize("page", REFORM["shared"])
def test_a_commune_names_every_district_that_gave_it_a_part(portal: Path, page: str) -> None:
    formed = facts_of(portal, page)["Hình thành từ (theo danh mục của cổng)"].split("; ")
    districts = [said for said in formed if said.split(" ")[0] in ("huyện", "thành")]
    assert districts == [f"{name} (một phần)" for name in REFORM["shared"][page]]


@pytest.mark.parametrize("row", REFORM["known_in_part"], ids=lambda row: row["page"])
def test_a_district_of_which_only_a_part_is_known(portal: Path, row: dict[str, str]) -> None:
    facts = facts_of(portal, row["page"])
    assert main_of(portal, f"/dia-ban/{row['page']}/").one("h1").text.lower() == row["name"].lower()
    assert facts["Có đến hết ngày"] == REFORM["last_day"]
    assert linked_in(portal, row["page"], "Thuộc") == [row["province"]]
    # Of two communes of one name each says its time.
    assert facts["Đơn vị thay thế"].split(" (")[0] == row["today"]
    assert facts["Đơn vị thay thế"].endswith(("(một phần)", ", một phần)"))
    (successor,) = linked_in(portal, row["page"], "Đơn vị thay thế")
    formed = facts_of(portal, successor)["Hình thành từ (theo danh mục của cổng)"].split("; ")
    assert f"{row['name']} (một phần)" in formed
    assert "chưa tìm được văn bản ghi mã, ngày thành lập và danh sách đầy đủ" in facts["Nguồn"]


def test_a_last_day_that_may_have_been_earlier_says_so(portal: Path) -> None:
    assert "ngày cuối là chậm nhất 30/6/2025" in facts_of(portal, "thi-xa-lai-chau")["Nguồn"]


def test_no_date_is_said_twice(portal: Path) -> None:
    """Of a unit above with a namesake the stretch of time is enough."""
    assert facts_of(portal, "xa-bien-ho")["Thuộc"] == "tỉnh Gia Lai (từ 01/07/2025)"
    for page in sorted((portal / "site/dia-ban").glob("*/index.html")):
        if page.parent.name.startswith("den-"):
            continue
        above = facts_of(portal, page.parent.name).get("Thuộc", "")
        assert ") (" not in above, page


def test_the_trees_of_both_times_hold_no_unit_of_the_other(portal: Path) -> None:
    def levels(page: str) -> set[str]:
        return {heading.text for heading in main_of(portal, page).all("section.portal-place h3")}

    assert levels(BEFORE) == {"Cấp huyện"}
    assert levels(TODAY) == {"Cấp xã"}
    times = [main_of(portal, page).one("nav.portal-times") for page in (TODAY, BEFORE)]
    assert [nav.text for nav in times] == ["Từ 01/07/2025 đến nay 01/01/2025 – 30/06/2025 Đến 31/12/2024"] * 2
    assert [nav.one("[aria-current=page]").text for nav in times] == [
        "Từ 01/07/2025 đến nay",
        "01/01/2025 – 30/06/2025",
    ]


@pytest.mark.parametrize("row", REFORM["provinces"], ids=lambda row: row["page"])
def test_a_merged_province(portal: Path, row: dict[str, str]) -> None:
    old, new = facts_of(portal, row["page"]), facts_of(portal, row["today"])
    assert (old["Mã thống kê"], new["Mã thống kê"]) == (row["code"], row["code_today"])
    assert linked_in(portal, row["page"], "Đơn vị thay thế") == [row["today"]]
    assert row["page"] in linked_in(portal, row["today"], "Hình thành từ (theo danh mục của cổng)")
    assert row["page"] in tree_of(portal, BEFORE)
    assert row["page"] not in tree_of(portal, TODAY)


@pytest.mark.parametrize("page", REFORM["kept"])
def test_a_kept_province_is_in_both_trees(portal: Path, page: str) -> None:
    assert page in tree_of(portal, BEFORE)
    assert page in tree_of(portal, TODAY)
    assert main_of(portal, f"/dia-ban/{page}/").all("p.portal-note") == []
    assert facts_of(portal, page).get("Mã thống kê") == REFORM["kept"][page]


@pytest.mark.parametrize("page", REFORM["ended"])
def test_a_district_whose_successors_nobody_has_told(portal: Path, page: str) -> None:
    assert "Đơn vị thay thế" not in facts_of(portal, page)
    name = facts_of(portal, page)["Loại đơn vị"].lower()
    said = main_of(portal, f"/dia-ban/{page}/").one("p[data-series]").text
    assert said.startswith(f"Số liệu của {name} ")
    assert said.endswith("dừng ở ngày 30/06/2025; danh mục của cổng chưa ghi đơn vị nào thay thế.")


@pytest.mark.parametrize("page", COMMUNES)
def test_a_commune_on_its_last_day_and_today(portal: Path, page: str) -> None:
    """Cẩm Bình and Cẩm Vịnh among them: they end in the city of Hà Tĩnh, then in the new Cẩm Bình."""
    row = COMMUNES[page]
    tree = tree_of(portal, BEFORE)
    assert [d for units in tree.values() for d, below in units.items() if page in below] == [row["district"]]
    (successor,) = linked_in(portal, page, "Đơn vị thay thế")
    kind, name = row["today"]
    assert facts_of(portal, page)["Đơn vị thay thế"].split(" (")[0] == f"{kind} {name}"
    assert any(successor in units for units in tree_of(portal, TODAY).values())
    assert page in linked_in(portal, successor, "Hình thành từ (theo danh mục của cổng)")


def test_cam_binh_and_cam_vinh_went_from_the_district_to_the_city(portal: Path) -> None:
    for page in ("xa-cam-binh", "xa-cam-vinh"):
        assert facts_of(portal, page)["Thuộc"] == (
            "huyện Cẩm Xuyên (thuộc đến 31/12/2024); thành phố Hà Tĩnh (thuộc từ 01/01/2025)"
        )
        assert facts_of(portal, page)["Có đến hết ngày"] == "30/06/2025"
    above = {
        slug
        for units in tree_of(portal, "/dia-ban/den-2024-12-31/").values()
        for slug, below in units.items()
        if "xa-cam-binh" in below
    }
    assert above == {"cam-xuyen"}
    assert linked_in(portal, "cam-xuyen", "Cấp xã (từng thuộc)") == ["xa-cam-binh", "xa-cam-vinh"]
    models = {place: models for place, (models, _) in located_in(portal, "xa-cam-binh-2025").items()}
    assert models == {
        "xa-cam-binh": ["san-xuat-lua-ca-huu-co", "nong-nghiep-tuan-hoan"],
        "xa-cam-vinh": ["phan-loai-xu-ly-rac-thai"],
    }


def test_units_of_one_name_name_each_other(portal: Path) -> None:
    assert facts_of(portal, "cam-xuyen")["Cùng tên"] == (
        "thị trấn Cẩm Xuyên (cấp xã, đến 30/06/2025); xã Cẩm Xuyên (cấp xã, từ 01/07/2025)"
    )
    assert facts_of(portal, "xa-cam-xuyen")["Cùng tên"] == (
        "huyện Cẩm Xuyên (cấp huyện, đến 30/06/2025); thị trấn Cẩm Xuyên (cấp xã, đến 30/06/2025)"
    )
    assert linked_in(portal, "ha-tinh", "Cùng tên") == ["thanh-pho-ha-tinh"]
