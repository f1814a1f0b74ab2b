"""The pages of reported figures: what they say, where they lead, and how they read when there is nothing to say."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import urljoin

import pytest
from html_tree import Node, read_main
from portal.comparability import Subject, ranking
from portal.contradictions import contradictions
from portal.registers import read_data
from portal.reported import Reported, all_reported
from portal.source import read_docs
from portals import NOW, built, faults, front_matter, replace_once

ARTICLE = "docs/tin-tuc/2026/ngay-hoi.md"
FIGURE = re.compile(r"figures:\n(- .*\n)+")


def main(root: Path, page: str) -> Node:
    return read_main((root / f"site{page}index.html").read_text(encoding="utf-8"))


def targets(node: Node, page: str) -> list[str]:
    return [urljoin(page, link.attributes["href"]) for link in node.all("a[href]")]


# --- the demonstration --------------------------------------------------------------

COMPARED = ("chu-pah", "tan-lac", "cam-xuyen", "thanh-pho-ha-tinh", "dien-chau")
REFUSAL = (
    "Không xếp hạng chung 5 đơn vị theo số mô hình vì số liệu không cùng chỉ tiêu, loại số đếm và kỳ số liệu – "
    "huyện Chư Păh: mô hình “Dân vận khéo”, đã xây dựng, nguồn không nêu kỳ; "
    "huyện Tân Lạc: mô hình, điển hình “Dân vận khéo”, đã xây dựng, 2019 – 2024; "
    "huyện Cẩm Xuyên và thành phố Hà Tĩnh: mô hình “Dân vận khéo”, đã xây dựng, 2008 – 2023 (lũy kế); "
    "huyện Diễn Châu: mô hình “Dân vận khéo”, đăng ký, năm 2022; "
    "ngoài ra, nguồn không nêu tổng số của huyện Chư Păh."
)


@pytest.fixture(scope="module")
def demonstration(own_portal: Path) -> Path:
    """Of the demonstration's content; who takes the project over has figures of his own."""
    if not (own_portal / "docs/tin-tuc/2026/dien-chau-ket-qua-nam-2022.md").is_file():
        # CI runs the demonstration, where this never skips.
        pytest.skip("this content is not the demonstration's: it has other figures")
    return own_portal


def model_counts(root: Path) -> dict[str, Reported]:
    """The set of each compared district that counts models."""
    registers, _ = read_data(root)
    sources, _ = read_docs(root)
    found = all_reported(sources.articles, contradictions(sources.articles), registers)
    counting = {measure.slug for measure in registers.measures if measure.counts_models}
    return {r.figure.unit: r for r in found if r.figure.unit in COMPARED and r.figure.measure in counting}


def test_a_ranking_of_the_districts_by_models_is_refused_in_a_sentence(demonstration: Path) -> None:
    registers, _ = read_data(demonstration)
    found = model_counts(demonstration)
    refused = ranking([found[unit] for unit in COMPARED], Subject("số mô hình"), registers)
    assert (refused.order, refused.refusal) == ((), REFUSAL)
    for page in ("/thong-ke/", "/thong-ke/cap/huyen/"):
        assert REFUSAL in [p.text for p in main(demonstration, page).all("p[data-refusal]")], page


def test_the_two_that_are_alike_are_ranked_and_added(demonstration: Path) -> None:
    registers, _ = read_data(demonstration)
    found = model_counts(demonstration)
    ranked = ranking([found["thanh-pho-ha-tinh"], found["cam-xuyen"]], Subject("số mô hình"), registers)
    assert [r.figure.unit for r in ranked.order] == ["cam-xuyen", "thanh-pho-ha-tinh"]
    table = main(demonstration, "/thong-ke/dia-ban/ha-tinh/").one(
        "table[data-reported=bao-cao--truc-thuoc--district--models--built--2008-2023-cumulative]"
    )
    assert [row.attributes["data-unit"] for row in table.all("tbody tr")] == ["cam-xuyen", "thanh-pho-ha-tinh"]
    total = table.one("tr[data-sum]")
    assert total.one("th").text == "Cộng 2 đơn vị có báo cáo"
    assert [cell.text for cell in total.all("td[data-cell]")] == [
        "4.166 tính từ báo cáo: 3.372 + 794",
        "1.468 tính từ báo cáo: 1.205 + 263",
        "1.847 tính từ báo cáo: 1.427 + 420",
        "487 tính từ báo cáo: 425 + 62",
        "364 tính từ báo cáo: 315 + 49",
    ]


def test_fields_over_levels_are_computed_with_their_components(demonstration: Path) -> None:
    page = "/thong-ke/dia-ban/dien-chau/"
    table = main(demonstration, page).one("table[data-reported=bao-cao--models--registered--year]")
    passage = "/tin-tuc/2026/dien-chau-ket-qua-nam-2022/#so-lieu-dien-chau-models-registered-2022"
    cells = table.all("td[data-computed]")
    assert [(cell.attributes["data-cell"], cell.text, targets(cell, page)) for cell in cells] == [
        ("by_field.kinh-te", "61 tính từ báo cáo: 2 + 59", [passage] * 2),
        ("by_field.van-hoa-xa-hoi", "107 tính từ báo cáo: 15 + 92", [passage] * 2),
        ("by_field.quoc-phong-an-ninh", "51 tính từ báo cáo: 4 + 47", [passage] * 2),
        ("by_field.he-thong-chinh-tri", "36 tính từ báo cáo: 2 + 34", [passage] * 2),
    ]
    assert [row.one("td[data-said=level]").text for row in table.all("tbody tr")] == ["Chung", "Cấp huyện", "Cấp xã"]


def test_what_sources_contradict_is_told_with_both_values(demonstration: Path) -> None:
    page = "/thong-ke/doi-soat/"
    entries = main(demonstration, page).all("section[data-discrepancy]")
    said = {entry.attributes["id"]: [fact.text for fact in entry.all("dd")][-6:-2] for entry in entries}
    assert said == {
        "sai-lech-2026-chu-pah-ghi-nhan-tu-dot-kiem-tra-chu-pah-funding-as-of-2021-08-17-parts": [
            "Các phần cộng lại phải bằng tổng số.",
            "325,124 tỷ đồng",
            "324,124 tỷ đồng",
            "1 tỷ đồng (tính ra ít hơn nguồn nêu)",
        ],
        "sai-lech-2026-lai-chau-tham-luan-kinh-nghiem-lai-chau-examples-registered-unstated-by-kind": [
            "Tập thể và cá nhân cộng lại phải bằng tổng số.",
            "704 điển hình",
            "744 điển hình",
            "40 điển hình (tính ra nhiều hơn nguồn nêu)",
        ],
        "sai-lech-2026-tan-lac-mo-hinh-dan-van-kheo-tan-lac-dossiers-2023-04-2024-04-parts": [
            "Các phần cộng lại phải bằng tổng số.",
            "25.723 hồ sơ",
            "25.813 hồ sơ",
            "90 hồ sơ (tính ra nhiều hơn nguồn nêu)",
        ],
        "sai-lech-2026-tan-lac-mo-hinh-dan-van-kheo-tan-lac-dossiers-2023-04-2024-04-share-qua-han": [
            "Tỷ lệ của “quá hạn” phải khớp với số của phần đó.",
            "0,01 %",
            "0,08 %",
            "0,07 điểm phần trăm (tính ra nhiều hơn nguồn nêu)",
        ],
    }
    table = main(demonstration, "/thong-ke/dia-ban/tan-lac/").one("table[data-reported=bao-cao--dossiers--range]")
    doubted = {
        cell.attributes["data-cell"]: targets(cell, "/thong-ke/dia-ban/tan-lac/")[1:]
        for cell in table.all("td[data-cell]")
    }
    parts, share = (f"{page}#{name}" for name in list(said)[2:])
    assert doubted == {
        **{"total": [parts], "parts.0": [parts], "parts.1": [parts]},
        **{"including.0": [], "shares.0": [], "shares.1": [share]},
    }


# --- any campaign -------------------------------------------------------------------


def test_counted_and_reported_stand_apart_on_every_page(second_portal: Path, own_portal: Path) -> None:
    pages = 0
    for root in (second_portal, own_portal):
        for file in sorted((root / "site/thong-ke").rglob("index.html")):
            content = read_main(file.read_text(encoding="utf-8"))
            counted = content.all("section[aria-labelledby=phan-ho-so]")
            reported = content.all("section[aria-labelledby=phan-bao-cao]")
            for table in content.all("table"):
                kinds = {"data-table", "data-reported", "data-coverage"} & table.attributes.keys()
                assert len(kinds) == 1, file
                assert bool(table.all("td[data-cell]")) == (kinds == {"data-reported"}), file
            if counted:
                assert [h2.text for section in counted + reported for h2 in section.all("h2")] == [
                    "Đếm từ hồ sơ trên cổng",
                    "Theo báo cáo",
                ]
                assert not counted[0].all("table[data-reported]")
                assert not reported[0].all("table[data-table]")
                pages += 1
    assert pages > 10


def test_every_page_of_reported_figures_is_reached(second_portal: Path) -> None:
    ways_in = targets(main(second_portal, "/thong-ke/"), "/thong-ke/")
    there = {
        f"/{file.parent.relative_to(second_portal / 'site').as_posix()}/"
        for file in (second_portal / "site/thong-ke").rglob("index.html")
        if "khen-thuong" not in file.parts[:-2]  # those inside the awards are reached from their page
    }
    assert there >= {
        *("/thong-ke/cap/xa/", "/thong-ke/nam/2026/", "/thong-ke/do-phu/", "/thong-ke/doi-soat/"),
        *("/thong-ke/dia-ban/xa-ben-bac/", "/thong-ke/dia-ban/song-may/"),
    }
    assert there <= {*ways_in, "/thong-ke/"}
    listed = targets(main(second_portal, "/so-do/"), "/so-do/")
    assert {page for page in there if "/linh-vuc/" not in page} <= set(listed)
    assert "/thong-ke/dia-ban/xa-ben-bac/" in targets(
        main(second_portal, "/dia-ban/xa-ben-bac/"), "/dia-ban/xa-ben-bac/"
    )


def test_a_unit_that_only_reports_has_its_page_and_says_so(second_copy: Path) -> None:
    for profile in (second_copy / "docs/mo-hinh").rglob("*.md"):
        profile.unlink()
    for file in (second_copy / "docs").rglob("*.md"):
        text = file.read_text(encoding="utf-8")
        text = re.sub(r"\nmodels:.*(\n- .*)*", "", text)
        file.write_text(re.sub(r"\[([^\]]*)\]\([^)]*mo-hinh/[^)]*\)", r"\1", text), encoding="utf-8")
    (second_copy / "docs/dia-ban/song-may/_intro.md").unlink()  # it leads to a table of profiles
    built(second_copy)
    content = main(second_copy, "/thong-ke/dia-ban/xa-ben-bac/")
    assert content.one("section[aria-labelledby=phan-ho-so]").all("table") == []
    assert "Đếm từ 0 hồ sơ mô hình" in content.text
    assert len(content.all("table[data-reported]")) == 1


def test_without_any_figure_the_pages_read_well(second_copy: Path) -> None:
    article = second_copy / ARTICLE
    text = FIGURE.sub("", article.read_text(encoding="utf-8"))
    article.write_text(re.sub(r" Xem \[số liệu\]\(#[^)]*\)\.", "", text), encoding="utf-8")
    built(second_copy)
    assert not (second_copy / "site/thong-ke/cap").exists()
    assert not (second_copy / "site/thong-ke/nam").exists()
    assert "Chưa có nguồn nào báo cáo số mô hình." in main(second_copy, "/thong-ke/").text
    assert "Chưa có nguồn nào báo cáo số liệu của" in main(second_copy, "/thong-ke/dia-ban/vung-dong/").text
    assert (
        "Chưa có chỗ lệch nào: mọi con số trong các bài đều khớp với nhau."
        in main(second_copy, "/thong-ke/doi-soat/").text
    )
    coverage = main(second_copy, "/thong-ke/do-phu/")
    assert coverage.all("table") == []
    assert [p.text for p in coverage.all("p")][-3:] == [
        f"Chưa có bài nào nêu số liệu của một đơn vị {level}." for level in ("cấp tỉnh", "cấp huyện", "cấp xã")
    ]


def _report(root: Path, name: str, figures: str) -> None:
    """An article of one figure set that counts bags, whose body states its numbers."""
    keys = {"title": f"Bài {name}", "date": "2026-01-02", "summary": "Tóm tắt.", "category": "lich-hien"}
    stated = ", ".join(re.findall(r"(?:total|value): (\d+)", figures))
    (root / f"docs/tin-tuc/2026/{name}.md").write_text(
        front_matter(**keys, figures=f"[{figures}]") + f"\nNội dung.\n\nSố túi máu nhận được: {stated}.\n",
        encoding="utf-8",
    )


def test_coverage_says_who_reported_who_did_not_and_who_was_not_there(second_copy: Path) -> None:
    units = second_copy / "data/units.yml"
    units.write_text(
        units.read_text(encoding="utf-8")
        + "- {slug: vung-cu, name: Vùng Cũ, kind: huyện, level: district, parents: [{slug: song-may}], valid_to: 2023-12-31}\n"
        + "- {slug: vung-moi, name: Vùng Mới, kind: huyện, level: district, parents: [{slug: song-may}], valid_from: 2024-03-01}\n"
        + "- {slug: vung-xua, name: Vùng Xưa, kind: huyện, level: district, parents: [{slug: song-may}], valid_to: 2001-12-31}\n",
        encoding="utf-8",
    )
    for number, (unit, period) in enumerate(
        (
            ("vung-dong", "2022"),
            ("vung-dong", "{as_of: 2024-05}"),
            ("vung-cu", "{from: 2010, to: 2023, kind: cumulative}"),
            ("vung-dong", "unstated"),
        )
    ):
        _report(second_copy, f"bai-{number}", f"{{unit: {unit}, measure: tui-mau, period: {period}, total: 5}}")
    built(second_copy)
    table = main(second_copy, "/thong-ke/do-phu/").one("table[data-coverage=do-phu-huyen]")
    assert [[cell.text for cell in row.children if isinstance(cell, Node)] for row in table.all("tr")] == [
        ["Đơn vị", "2022", "2023", "2024", "Không rõ kỳ"],
        ["Huyện Vùng Đồng", "1", "chưa có", "1", "1"],
        ["Huyện Vùng Cũ", "chưa có", "1", "–", "–"],
        ["Huyện Vùng Mới", "–", "–", "chưa có", "–"],
    ]
    page = "/thong-ke/do-phu/"
    assert set(targets(table.all("tbody td")[0], page)) == {"/thong-ke/dia-ban/vung-dong/"}
    unstated = main(second_copy, "/thong-ke/nam/khong-ro/")
    assert unstated.one("h1").text == "Số liệu báo cáo không rõ kỳ"
    assert [row.attributes["data-article"] for row in unstated.all("tbody tr")] == ["/tin-tuc/2026/bai-3/"]


def test_two_articles_that_report_one_thing_are_two_rows(second_copy: Path) -> None:
    for name in ("mot", "hai"):
        _report(second_copy, name, "{unit: vung-dong, measure: tui-mau, period: 2024, total: 5}")
    built(second_copy)
    table = main(second_copy, "/thong-ke/dia-ban/vung-dong/").one("table[data-reported=bao-cao--tui-mau--year]")
    rows = table.all("tbody tr")
    assert [row.attributes["data-article"] for row in rows] == ["/tin-tuc/2026/hai/", "/tin-tuc/2026/mot/"]
    assert [row.one("td[data-cell]").text for row in rows] == ["5", "5"]
    year = main(second_copy, "/thong-ke/nam/2024/")
    assert year.all("tr[data-sum]") == []


def test_texts_may_lead_to_tables_and_discrepancies_that_are_there(second_copy: Path) -> None:
    sai_lech = "sai-lech-2026-lech-vung-dong-tui-mau-2024-parts"
    known = "{relation: parts, stated: 5, computed: 6, note: Lệch.}"
    parts = "[{label: một, value: 2}, {label: hai, value: 4}]"
    figure = f"{{unit: vung-dong, measure: tui-mau, period: 2024, total: 5, parts: {parts}, discrepancies: [{known}]}}"
    _report(second_copy, "lech", figure)
    article = second_copy / "docs/tin-tuc/2026/lech.md"
    good = f"[a](/thong-ke/doi-soat/#{sai_lech}) [b](/thong-ke/nam/2024/#bang-bao-cao--district--tui-mau--2024-year) [c](/thong-ke/do-phu/#bang-do-phu-huyen)"
    replace_once(article, "Nội dung.", good)
    assert faults(second_copy) == []
    built(second_copy)
    replace_once(article, f"#{sai_lech}", "#sai-lech-khac")
    assert len(faults(second_copy)) == 1


def test_a_link_to_a_table_is_no_fault_when_its_article_ends(second_copy: Path) -> None:
    _report(second_copy, "het", "{unit: vung-dong, measure: tui-mau, period: 2021, total: 5}")
    replace_once(second_copy / "docs/tin-tuc/2026/het.md", "summary:", "expires_at: 2026-11-01\nsummary:")
    _report(second_copy, "bang", "{unit: vung-dong, measure: tui-mau, period: {as_of: 2021}, total: 5}")
    table = "/thong-ke/dia-ban/vung-dong/#bang-bao-cao--tui-mau--year"
    replace_once(second_copy / "docs/tin-tuc/2026/bang.md", "Nội dung.", f"[bảng]({table})")
    before, after = NOW.replace(month=10), NOW
    assert faults(second_copy, before) == []
    assert faults(second_copy, after) == []
    replace_once(second_copy / "docs/tin-tuc/2026/bang.md", "--year", "--khac")
    assert len(faults(second_copy, before)) == len(faults(second_copy, after)) == 1


def test_figures_of_expired_and_waiting_articles_stand_in_no_table(second_copy: Path) -> None:
    _report(second_copy, "het", "{unit: vung-dong, measure: tui-mau, period: 2021, total: 5}")
    _report(second_copy, "cho", "{unit: vung-dong, measure: tui-mau, period: 2020, total: 6}")
    _report(second_copy, "luu", "{unit: vung-dong, measure: tui-mau, period: 2024, total: 7}")
    for name, line in (
        ("het", "expires_at: 2026-02-01"),
        ("cho", "publish_at: 2027-01-01"),
        ("luu", "status: archived"),
    ):
        replace_once(second_copy / f"docs/tin-tuc/2026/{name}.md", "summary:", f"{line}\nsummary:")
    built(second_copy)
    assert [year.name for year in (second_copy / "site/thong-ke/nam").iterdir() if year.name < "2024"] == []
    assert [cell.text for cell in main(second_copy, "/thong-ke/nam/2024/").all("td[data-cell]")] == ["7"]


@pytest.mark.parametrize("portal", ["own_portal", "large_portal"])
def test_what_a_cell_is_sorted_by_is_what_it_says(portal: str, request: pytest.FixtureRequest) -> None:
    """Before the parts it is computed from, and the sign of doubt."""
    site = request.getfixturevalue(portal) / "site"
    files = [site / "thong-ke/index.html", *(site / "thong-ke").glob("*/*/index.html")]
    mains = [read_main(file.read_text(encoding="utf-8")) for file in files]
    cells = [cell for main in mains for cell in main.all("td[data-value]")]
    assert len(cells) > 3
    said = [(cell.text, " ".join(cell.attributes["data-value"].split())) for cell in cells]
    assert [one for one in said if not f"{one[0]} ".startswith(f"{one[1]} ")] == []
