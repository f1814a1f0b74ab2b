"""Pages of criteria and awards: what they say when there is nothing, and what they keep apart."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urljoin

import pytest
from html_tree import Node, read_main
from portals import built, faults, front_matter, replace_once

MODEL = "docs/mo-hinh/vung-dong/giot-dong.md"
ARTICLE = "docs/tin-tuc/2026/khen.md"
AWARDS = "/thong-ke/khen-thuong/"


def main(root: Path, page: str) -> Node:
    return read_main((root / f"site{page}index.html").read_text(encoding="utf-8"))


def targets(node: Node, page: str) -> list[str]:
    return [urljoin(page, link.attributes["href"]) for link in node.all("a[href]")]


def write_article(root: Path, body: str, **keys: str) -> None:
    head = front_matter(title="Khen", date="2026-03-01", summary="Khen.", category="lich-hien", **keys)
    (root / ARTICLE).write_text(f"{head}\n{body}\n", encoding="utf-8")


@pytest.fixture
def bare(second_copy: Path) -> Path:
    """The second campaign without its only award."""
    award = '{title: "Giấy khen", level: province, year: 2021, recipient: collective}'
    replace_once(second_copy / MODEL, f"awards:\n- {award}\n", "")
    built(second_copy)
    return second_copy


def test_without_criteria_and_awards_the_pages_say_so(bare: Path) -> None:
    criteria, awards = main(bare, "/tieu-chi/"), main(bare, AWARDS)
    assert "Chưa có bộ tiêu chí nào trên cổng." in criteria.text
    assert "Chưa có hồ sơ nào trên cổng ghi khen thưởng." in awards.text
    assert (criteria.all("table"), awards.all("table"), awards.all("h2")) == ([], [], [])


def test_reported_figures_of_commended_models_are_linked_and_never_added(second_copy: Path) -> None:
    write_article(
        second_copy,
        "Năm 2021, Vùng Đồng khen 41 câu lạc bộ.",
        figures="\n- {unit: vung-dong, measure: cau-lac-bo, count: commended, period: 2021, total: 41}",
    )
    built(second_copy)
    figure = "/tin-tuc/2026/khen/#so-lieu-vung-dong-cau-lac-bo-commended-2021"
    for page in (AWARDS, f"{AWARDS}nam/2021/"):
        found = main(second_copy, page)
        assert targets(found.one("section[aria-labelledby=phan-bao-cao]"), page) == [figure], page
        assert (
            found.one("section[aria-labelledby=phan-bao-cao] li").text
            == "Câu lạc bộ, huyện Vùng Đồng, năm 2021: tổng số 41"
        )
        assert {cell.text for cell in found.all("table tfoot td[data-key=total]")} == {"1"}, page
        assert found.text.count("41") == 1
    page = f"{AWARDS}dia-ban/song-may/"
    assert main(second_copy, page).all("section[aria-labelledby=phan-bao-cao]") == []


def test_a_document_leads_to_the_criteria_it_gives(third_portal: Path) -> None:
    page, other = "/van-ban/ke-hoach-cho/", "/van-ban/huong-dan-cho/"
    section = main(third_portal, page).one("section[data-list=criteria]")
    assert section.one("h2").text == "Bộ tiêu chí theo văn bản này"
    assert [link.text for link in section.all("a")] == ["Tiêu chí thi rau"]
    assert targets(section, page) == ["/tieu-chi/tieu-chi-thi-rau/"]
    assert main(third_portal, other).all("section[data-list=criteria]") == []
    assert "Chưa có bài viết, hồ sơ hoặc bộ tiêu chí nào dẫn văn bản này." in main(third_portal, other).text


def test_the_statistics_of_a_unit_lead_to_its_awards_when_it_has_any(third_portal: Path) -> None:
    page = "/thong-ke/dia-ban/xa-ben/"
    section = main(third_portal, page).one("section[aria-labelledby=phan-ho-so]")
    assert f"{AWARDS}dia-ban/xa-ben/" in targets(section, page)


def test_the_statistics_of_a_unit_without_awards_lead_nowhere(bare: Path) -> None:
    page = "/thong-ke/dia-ban/vung-dong/"
    section = main(bare, page).one("section[aria-labelledby=phan-ho-so]")
    assert [to for to in targets(section, page) if to.startswith(AWARDS)] == []


def test_an_article_may_link_to_an_item_of_a_set_and_to_a_table_of_awards(second_copy: Path) -> None:
    """An item or a table that is not there is a fault."""
    criteria = second_copy / "data/criteria/bo.yml"
    criteria.parent.mkdir()
    criteria.write_text('name: "Bộ"\nissuer: "Ban"\nitems: [{id: mot, text: "Một"}]\n', encoding="utf-8")
    good = f"[a](/tieu-chi/bo/#tieu-chi-mot) [b]({AWARDS}#bang-khen-thuong-nam)"
    write_article(second_copy, good)
    assert faults(second_copy) == []
    write_article(second_copy, good.replace("-mot)", "-hai)"))
    assert len(faults(second_copy)) == 1
    assert "/tieu-chi/bo/" in faults(second_copy)[0]
