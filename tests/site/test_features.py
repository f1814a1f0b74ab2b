"""Every feature of feature_table.py is on its page; letters, footer, site map and the refusal of comments."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path
from urllib.parse import parse_qs, urldefrag, urljoin, urlsplit

import pytest
from feature_table import ARTICLE, FEATURES, HOST, PROFILE, Feature
from features import third
from html_pages import html_files
from html_tree import Node, read_main, read_tree
from PIL import Image
from recount_lists import INDEXES


@pytest.fixture(scope="module")
def main_of(third_portal: Path) -> Callable[[str], Node]:
    @cache
    def read(page: str) -> Node:
        return read_main((third_portal / f"site{page}index.html").read_text(encoding="utf-8"))

    return read


@pytest.mark.parametrize("feature", FEATURES, ids=[feature.name for feature in FEATURES])
def test_the_page_has_the_feature(main_of: Callable[[str], Node], feature: Feature) -> None:
    found = main_of(feature.page).all(feature.selector)
    assert [node.text for node in found] == list(feature.said)
    if feature.to:
        assert [_target(node, feature.page) for node in found] == list(feature.to)


def test_pictures_say_what_they_show(main_of: Callable[[str], Node]) -> None:
    assert [image.attributes["alt"] for image in main_of(ARTICLE).all("figure img")] == ["Cổng chợ", "Sạp rau"]


def test_the_files_of_a_page_are_there(third_portal: Path) -> None:
    for name in ("loi-rao.wav", "loi-rao.txt", "cho.webm", "ke-hoach.txt"):
        given = third_portal / "docs/assets" / name
        assert (third_portal / "site/assets" / name).read_bytes() == given.read_bytes()
    for name in ("cho.png", "rau.png"):  # of pictures the pixels are published, and no more
        with (
            Image.open(third_portal / "site/assets" / name) as shown,
            Image.open(third_portal / "docs/assets" / name) as one,
        ):
            assert shown.convert("RGB").tobytes() == one.convert("RGB").tobytes()


def test_every_number_leads_to_an_element_that_holds_it(main_of: Callable[[str], Node]) -> None:
    """A number of a table leads to that table, any other to a list that names it."""
    for link in main_of("/").all("ul.portal-numbers a"):
        number, (page, fragment) = link.one("strong").text, urldefrag(_target(link, "/"))
        target = main_of(page).one(f"#{fragment}") if fragment else main_of(page)
        cells = {node.text.strip("()") for node in (*target.all("td"), *target.all("span.portal-count"))}
        cells |= {node.text.split()[0] for node in target.all("caption")}
        assert number in cells, link.text


def test_the_footer_says_who_answers_for_every_page(third_portal: Path) -> None:
    said = [
        "Ban Chợ thử nghiệm",
        "Chịu trách nhiệm: Ông Lê Văn Thử",
        "Giấy phép: Số 11/GP-THU",
        "Địa chỉ: Số 1 đường Không Có",
        "Điện thoại: 0000 111 222",
        "Thư điện tử: cho@example.org",
    ]
    links = ["Sơ đồ cổng", "Đính chính", "Dành cho đối tác", "Giới thiệu", "Lên đầu trang"]
    for file in html_files(third_portal / "site"):
        html = file.read_text(encoding="utf-8")
        footer = read_tree(html[html.index('<footer class="portal-footer"') : html.index("</footer>")])
        assert [paragraph.text for paragraph in footer.all("p")] == said, file
        assert [link.text for link in footer.all("li a")] == links, file


def test_the_site_map_names_every_kind_of_list(main_of: Callable[[str], Node]) -> None:
    named = {_target(link, "/so-do/") for link in main_of("/so-do/").all("a")}
    assert named >= {*INDEXES, "/", "/tin-tuc/", "/mo-hinh/", "/van-ban/", "/thong-ke/", "/gioi-thieu/"}


def test_every_page_is_reached_from_the_site_map(main_of: Callable[[str], Node], third_portal: Path) -> None:
    """By what the pages themselves say, without menu and footer."""
    site = third_portal / "site"
    pages = {"/" + file.relative_to(site).as_posix().removesuffix("index.html") for file in site.rglob("index.html")}
    reached, waiting = {"/so-do/"}, ["/so-do/"]
    while waiting:
        page = waiting.pop()
        targets = {urldefrag(_target(link, page))[0] for link in main_of(page).all("a[href]")}
        waiting += (targets & pages) - reached
        reached |= targets & pages
    assert pages - reached == set()


def test_nobody_can_comment(third_portal: Path) -> None:
    """No field to write in but those that ask the site itself, nothing of a service for comments: a letter is the way to
    write."""
    for file in html_files(third_portal / "site"):
        tree = read_tree(file.read_text(encoding="utf-8"))
        fields = [node for node in tree.all("input") if node.attributes.get("type") != "checkbox"]
        fields = [node for node in fields if "data-filter" not in node.attributes]  # leaves rows of a table
        searching = [field for form in tree.all("form[role=search]") for field in form.all("input")]
        fields = [node for node in fields if node not in searching]
        assert (tree.all("textarea"), tree.all("iframe"), tree.all("[contenteditable]"), fields) == ([], [], [], []), (
            file
        )
        ways = {(form.attributes["method"], form.attributes["role"]) for form in tree.all("form")}
        assert ways <= {("get", "search")}, file


def test_the_privacy_page_says_why_nobody_can_comment(own_portal: Path) -> None:
    """Of the demonstration's content; who takes the project over says it in words of his own."""
    if not (own_portal / "docs/quyen-rieng-tu.md").is_file():
        # CI runs the demonstration, where this never skips.
        pytest.skip("this content has no docs/quyen-rieng-tu.md: its privacy page is its own")
    main = read_main((own_portal / "site/quyen-rieng-tu/index.html").read_text(encoding="utf-8"))
    assert main.one("#khong-co-binh-luan").text == "Không có bình luận"
    assert "Trang không nhận bình luận vì hai lẽ." in main.text


# --- "Báo sai" ------------------------------------------------------------------


def letter(link: Node) -> tuple[str, str, list[str]]:
    """To whom, about what, and the lines of a letter that a link begins."""
    parts = urlsplit(link.attributes["href"])
    assert parts.scheme == "mailto"
    filled = parse_qs(parts.query, strict_parsing=True, keep_blank_values=True)
    assert set(filled) == {"subject", "body"}
    return parts.path, filled["subject"][0], filled["body"][0].split("\r\n")


def test_a_fault_of_an_article_is_reported_with_its_page(main_of: Callable[[str], Node]) -> None:
    link = main_of(ARTICLE).one("aside a.portal-report")
    assert link.text == "Báo sai nội dung bài này"
    assert letter(link) == (
        "cho@example.org",
        "Báo sai: Mở chợ phiên",
        [f"Trang: {HOST}{ARTICLE}", "Bài: Mở chợ phiên", "Chỗ sai: "],
    )


def test_a_fault_of_a_profile_is_reported_with_its_page(main_of: Callable[[str], Node]) -> None:
    assert letter(main_of(PROFILE).one("a.portal-report")) == (
        "cho@example.org",
        "Báo sai: Vườn rau chung",
        [f"Trang: {HOST}{PROFILE}", "Hồ sơ: Vườn rau chung", "Chỗ sai: "],
    )


def test_a_fault_of_a_figure_is_reported_with_its_cell(main_of: Callable[[str], Node]) -> None:
    rows = main_of(ARTICLE).all("table.portal-figures tbody tr")
    assert [letter(row.one("a.portal-report"))[2] for row in rows] == [
        [f"Trang: {HOST}{ARTICLE}", f"Số liệu: Số rau đã bán, xã Bến, 04/2026; ô: {cell}", "Chỗ sai: "]
        for cell in ("Tổng số = 120; đơn vị đo: cân", "Sáng = 70; đơn vị đo: cân", "Chiều = 50; đơn vị đo: cân")
    ]


def test_a_fault_of_a_table_is_reported_with_its_row_as_shown(main_of: Callable[[str], Node]) -> None:
    """Of every row of every table: table, row and what stands in its cells, a dash where nothing is unknown."""
    rows = 0
    for page in ("/thong-ke/", "/thong-ke/dia-ban/phien/", "/thong-ke/linh-vuc/rau/"):
        for table in main_of(page).all("table[data-table]"):
            heads = [head.text for head in table.all("thead th")]
            assert heads[-1] == "Báo sai"
            for row in [*table.all("tbody tr"), *table.all("tfoot tr")]:
                shown = [cell.text for cell in row.all("td")][:-1]
                values = [f"{head}: {cell}" for head, cell in zip(heads[1:-1], shown, strict=True)]
                values[-1] = values[-1].replace("Tổng số", "tổng số")
                caption = table.one("caption").text.partition(". ")[0]  # what is counted stands behind it
                said = f"Bảng: {caption}; hàng: {row.one('th').text}; {'; '.join(values)}"
                to, subject, lines = letter(row.one("td[data-key=report] a.portal-report"))
                assert (to, subject) == ("cho@example.org", f"Báo sai: {main_of(page).one('h1').text}")
                assert lines == [f"Trang: {HOST}{page}", said, "Chỗ sai: "]
                rows += 1
    assert rows > 30


def test_a_fault_of_a_reported_figure_is_reported_with_its_row(main_of: Callable[[str], Node]) -> None:
    row = main_of("/thong-ke/dia-ban/xa-ben/").one("table[data-reported] tbody tr")
    to, _, lines = letter(row.one("a.portal-report"))
    assert (to, lines) == (
        "cho@example.org",
        [
            f"Trang: {HOST}/thong-ke/dia-ban/xa-ben/",
            "Bảng: Số rau đã bán, trong giai đoạn (đơn vị tính: cân); hàng: Xã Bến, 04/2026; "
            "Tổng số: 120; sáng: 70; chiều: 50; bài: Mở chợ phiên",
            "Chỗ sai: ",
        ],
    )


def test_without_an_address_nothing_is_reported(tmp_path: Path) -> None:
    required = "required_footer: [responsible, licence, address, phone]\n"
    root = third(tmp_path / "portal", email="", required_footer=required)
    for file in html_files(root / "site"):
        html = file.read_text(encoding="utf-8")
        assert "mailto:" not in html
        assert "portal-report" not in html
        assert "Báo sai" not in html
    assert (root / f"site{ARTICLE}index.html").is_file()


def _target(node: Node, page: str) -> str:
    """Where a link or file of a page leads: the site's address, or another site's."""
    written = node.attributes.get("href", node.attributes.get("src", ""))
    return urljoin(page, written)
