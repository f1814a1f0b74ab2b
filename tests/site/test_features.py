"""The table of features: what a portal of this kind has, the page that shows it, and its HTML there."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from urllib.parse import parse_qs, urldefrag, urljoin, urlsplit

import pytest
from features import third
from html_tree import Node, read_main, read_tree
from recount_lists import INDEXES

HOST = "https://example.org/a/cho"
ARTICLE, OTHER = "/tin-tuc/2026/mo-cho/", "/tin-tuc/2026/chuan-bi/"
PROFILE, BARE = "/mo-hinh/vuon-rau/", "/mo-hinh/be-ca/"
DOCUMENT, LONG = "/van-ban/ke-hoach-cho/", "/chuyen-muc/tin-nhanh/"
RELATED = "section[data-list=related] "


@dataclass(frozen=True)
class Feature:
    """On a page, what matches the selector says exactly this, in order; `to` are the addresses it holds."""

    name: str
    page: str
    selector: str
    said: tuple[str, ...]
    to: tuple[str, ...] = ()


def words(name: str, page: str, selector: str, *said: str) -> Feature:
    return Feature(name, page, selector, said)


def links(name: str, page: str, selector: str, **to: str) -> Feature:
    """Words with where they lead, in order; the words are written with _ for a space."""
    return Feature(name, page, selector, tuple(key.replace("_", " ") for key in to), tuple(to.values()))


FEATURES = (
    # An article.
    links(
        "breadcrumb",
        ARTICLE,
        "nav.portal-crumbs a",
        Trang_chủ="/",
        Tin_tức="/tin-tuc/",
        Tin_chợ="/chuyen-muc/tin/",
        Tin_xã="/chuyen-muc/tin-xa/",
    ),
    words("breadcrumb: the page itself", ARTICLE, "nav.portal-crumbs li[aria-current=page]", "Mở chợ phiên"),
    links(
        "section and genre", ARTICLE, "p.portal-byline a", Tin_xã="/chuyen-muc/tin-xa/", Phóng_sự="/the-loai/feature/"
    ),
    words("date-time", ARTICLE, "p.portal-byline time[datetime=2026-04-05T07:30+07:00]", "05/04/2026 07:30"),
    words("date of change", ARTICLE, "p.portal-byline time[datetime=2026-04-07]", "07/04/2026"),
    words("date without a time", OTHER, "p.portal-byline time[datetime=2026-03-20]", "20/03/2026"),
    words("sapo", ARTICLE, "p.portal-sapo", "Sapo của bài mở chợ."),
    Feature(
        "pictures",
        ARTICLE,
        "figure.portal-picture img",
        ("", ""),
        ("/assets/cho.png", "/assets/rau.png"),
    ),
    words("caption with credit", ARTICLE, "figcaption", "Cổng chợ sớm mai Ảnh: Lê Mẫu"),
    words("credit", ARTICLE, "figcaption span.portal-credit", "Ảnh: Lê Mẫu"),
    words(
        "signed author with role and organisation",
        ARTICLE,
        "p.portal-authors",
        "Trần Thị Mẫu, Phó Trưởng ban, Hội Phụ nữ Bến; Lê Mẫu",
    ),
    words("department as author", OTHER, "p.portal-authors", "Phòng Kinh tế huyện Phiên"),
    words("correction", ARTICLE, "section[aria-labelledby=phan-dinh-chinh] dl", "06/04/2026Sửa tên sạp rau."),
    words(
        "source with its date",
        ARTICLE,
        "section.portal-source p",
        "Bản tin Phiên: Chợ mở, ngày 04/04/2026. Viết lại từ nguồn.",
    ),
    Feature("link to the source", ARTICLE, "section.portal-source a", ("Chợ mở",), ("https://nguon.example.net/cho",)),
    words("source without a date", OTHER, "section.portal-source p", "Báo cáo của huyện, nguồn không ghi ngày."),
    Feature(
        "documents and transcripts as attachments",
        ARTICLE,
        "ul.portal-attachments a",
        ("Lịch chợ", "Bản chép lời: Lời rao", "Phim chợ"),
        ("/assets/ke-hoach.txt", "/assets/loi-rao.txt", "https://video.example.net/cho"),
    ),
    Feature("audio", ARTICLE, "ul.portal-attachments audio[controls]", ("",), ("/assets/loi-rao.wav",)),
    Feature("video", ARTICLE, "ul.portal-attachments video[controls]", ("",), ("/assets/cho.webm",)),
    words("figures", ARTICLE, "table.portal-figures caption", "Số rau đã bán, xã Bến"),
    links("models mentioned", ARTICLE, "section[aria-labelledby=phan-mo-hinh-trong-bai] a", Vườn_rau_chung=PROFILE),
    Feature(
        "documents cited",
        ARTICLE,
        "section[aria-labelledby=phan-van-ban] a",
        ("Kế hoạch 05/KH-CHO, ngày 04/03/2025, Ban Chợ thử nghiệm",),
        (DOCUMENT,),
    ),
    links(
        "place, field, tags",
        ARTICLE,
        "dl.portal-facts dd a",
        xã_Bến="/dia-ban/xa-ben/",
        Rau_sạch="/linh-vuc/rau/",
        Chợ_phiên="/tu-khoa/cho-phien/",
        Rau="/tu-khoa/rau/",
    ),
    links("newer in the category", ARTICLE, "p[data-beside=newer] a", Sau_buổi_chợ="/tin-tuc/2026/sau-cho/"),
    links("older in the category", ARTICLE, "p[data-beside=older] a", Chuẩn_bị_mở_chợ=OTHER),
    words("oldest of its category", OTHER, "p[data-beside=older]"),
    links(
        "Tin cùng chuyên mục",
        ARTICLE,
        "section[data-list=same-category] h3 a",
        Sau_buổi_chợ="/tin-tuc/2026/sau-cho/",
        Chuẩn_bị_mở_chợ=OTHER,
    ),
    links(
        "Đọc thêm",
        ARTICLE,
        RELATED + "h3 a",
        Sau_buổi_chợ="/tin-tuc/2026/sau-cho/",
        Cá_sông_về_chợ="/tin-tuc/2026/ca-song/",
        Bán_rau_ở_tỉnh="/tin-tuc/2026/ban-rau/",
        Chuẩn_bị_mở_chợ=OTHER,
    ),
    words(
        "Đọc thêm: why",
        ARTICLE,
        RELATED + "p.portal-card__reason",
        "Cùng mô hình",
        "Cùng địa bàn và lĩnh vực",
        "Cùng lĩnh vực",
        "Cùng lĩnh vực",
    ),
    Feature(
        "edit link",
        ARTICLE,
        "p.portal-edit a",
        ("Sửa nội dung trang này",),
        ("https://git.example.org/cho/trang/edit/chinh/docs/tin-tuc/2026/mo-cho.md",),
    ),
    # A list.
    words("introduction on the first page", LONG, "div.portal-body", "Lời giới thiệu của tin nhanh."),
    words("and on no other", LONG + "trang/2/", "div.portal-body"),
    words(
        "summary in its place",
        LONG + "trang/2/",
        "p.portal-sapo",
        "Bài trong chuyên mục Tin nhanh. Trang 2 trên 2.",
    ),
    Feature(
        "pager: first page",
        LONG,
        "nav.portal-pager a",
        ("2", "Trang sau"),
        (LONG + "trang/2/", LONG + "trang/2/"),
    ),
    Feature("pager: last page", LONG + "trang/2/", "nav.portal-pager a", ("Trang trước", "1"), (LONG, LONG)),
    words("pager: where one is", LONG + "trang/2/", "nav.portal-pager [aria-current=page]", "2"),
    words("no pager for one page", "/chuyen-muc/tin/", "nav.portal-pager"),
    words("category inside a category", "/chuyen-muc/tin/", "section.portal-inside", "Chuyên mục conTin xã (3)"),
    # A profile.
    links("status", PROFILE, "span.portal-status a", được_công_nhận="/trang-thai/recognised/"),
    words(
        "facts",
        PROFILE,
        "section[aria-labelledby=phan-thong-tin] dd",
        *("xã Bến", "Rau sạch", "không rõ", "không rõ", "không rõ", "không rõ"),
        *("Tập thể", "Cấp xã", "02/2023", "Vùng ven sông", "1.234", "Bể cá"),
    ),
    links(
        "facts that lead on",
        PROFILE,
        "section[aria-labelledby=phan-thong-tin] dd a",
        xã_Bến="/dia-ban/xa-ben/",
        Rau_sạch="/linh-vuc/rau/",
        Vùng_ven_sông="/vung-dac-thu/ven-song/",
        Bể_cá=BARE,
    ),
    words(
        "names of facts",
        BARE,
        "section[aria-labelledby=phan-thong-tin] dt",
        *("Địa bàn", "Lĩnh vực", "Xã, phường", "Thôn, tổ", "Đơn vị thực hiện", "Người phụ trách"),
        *("Loại", "Cấp đăng ký", "Bắt đầu", "Số người tham gia", "Học từ mô hình"),
    ),
    words(
        "facts no source gives", BARE, "section[aria-labelledby=phan-thong-tin] span.portal-unknown", *["không rõ"] * 9
    ),
    words(
        "timeline",
        PROFILE,
        "ol.portal-timeline li",
        "02/2023: Đã đăng ký",
        "18/11/2024: Được công nhận, Ban Chợ, Kế hoạch 05/KH-CHO, ngày 04/03/2025, Ban Chợ thử nghiệm",
    ),
    Feature(
        "document of a step",
        PROFILE,
        "ol.portal-timeline a",
        ("Kế hoạch 05/KH-CHO, ngày 04/03/2025, Ban Chợ thử nghiệm",),
        (DOCUMENT,),
    ),
    words("results", PROFILE, "section[aria-labelledby=phan-ket-qua] dl", "Rau bán được5.600 cân (tính đến 2025)"),
    words("awards", PROFILE, "section[aria-labelledby=phan-khen-thuong] dt", "Giấy khen (2025)"),
    words(
        "awards: by whom to whom",
        PROFILE,
        "section[aria-labelledby=phan-khen-thuong] dd",
        "cấp huyện, tập thể, Chủ tịch huyện; Kế hoạch 05/KH-CHO, ngày 04/03/2025, Ban Chợ thử nghiệm",
    ),
    words("points", PROFILE, "section[aria-labelledby=phan-cham-diem] dt", "Bộ tiêu chí", "Rau sạch", "Đông người"),
    words(
        "points: how many",
        PROFILE,
        "section[aria-labelledby=phan-cham-diem] dd",
        *("Tiêu chí chợ; Ban Chợ, 31/12/2025", "9,5 / 10", "4"),
    ),
    Feature(
        "articles that mention it",
        PROFILE,
        "section[data-list=mentions] h3 a",
        ("Sau buổi chợ", "Mở chợ phiên"),
        ("/tin-tuc/2026/sau-cho/", ARTICLE),
    ),
    words("where it was reported", PROFILE, "section.portal-source p", "Báo cáo chợ, ngày 02/01/2026."),
    # A document.
    words(
        "document",
        DOCUMENT,
        "dl.portal-facts dd",
        *("Kế hoạch", "05/KH-CHO", "Ban Chợ thử nghiệm", "04/03/2025", "01/04/2025", "Kế hoạch mở chợ phiên", "Tải về"),
    ),
    links(
        "articles that cite a document",
        DOCUMENT,
        "section[data-list=citing] h3 a",
        Mở_chợ_phiên=ARTICLE,
        Chuẩn_bị_mở_chợ=OTHER,
    ),
    links("models that cite a document", DOCUMENT, "section[data-list=citing-models] h3 a", Vườn_rau_chung=PROFILE),
    words(
        "table of documents",
        "/van-ban/",
        "table.portal-documents tr td",
        *("Ban Chợ thử nghiệm", "04/03/2025", "01/04/2025", "Kế hoạch mở chợ phiên", "Tải về", "Báo sai"),
        *("Ban Rau", "không rõ", "không rõ", "Hướng dẫn bán rau", "chưa có", "Báo sai"),
    ),
    Feature(
        "documents by kind, issuer and year",
        "/van-ban/",
        "section.portal-inside a",
        *(
            ("Hướng dẫn (1)", "Kế hoạch (1)", "Ban Chợ thử nghiệm (1)", "Ban Rau (1)", "Không rõ năm (1)", "2025 (1)"),
            (
                *("/van-ban/loai/huong-dan/", "/van-ban/loai/ke-hoach/", "/van-ban/co-quan/ban-cho-thu-nghiem/"),
                *("/van-ban/co-quan/ban-rau/", "/van-ban/nam/khong-ro/", "/van-ban/nam/2025/"),
            ),
        ),
    ),
    # The home page.
    words("banner of campaign texts", "/", "p.portal-slogan", "Chợ nào cũng vui"),
    links("lead story", "/", "section.portal-lead h3 a", Chuẩn_bị_mở_chợ=OTHER),
    Feature(
        "latest news",
        "/",
        "section[aria-labelledby=phan-tin-moi] h3 a",
        ("Bán rau ở tỉnh", "Cá sông về chợ", "Sau buổi chợ", "Mở chợ phiên", "Tin 21", "Tin 20"),
        (
            *("/tin-tuc/2026/ban-rau/", "/tin-tuc/2026/ca-song/", "/tin-tuc/2026/sau-cho/", ARTICLE),
            *("/tin-tuc/2025/tin-21/", "/tin-tuc/2025/tin-20/"),
        ),
    ),
    links("models", "/", "section[aria-labelledby=phan-mo-hinh] h3 a", Vườn_rau_chung=PROFILE, Bể_cá=BARE),
    Feature(
        "the campaign in numbers",
        "/",
        "ul.portal-numbers a",
        ("2 hồ sơ mô hình", "1 mô hình được nêu tên", "1 mô hình được công nhận", "26 tin, bài", "2 văn bản"),
        (
            *("/thong-ke/#bang-theo-linh-vuc", "/thong-ke/#bang-theo-trang-thai", "/thong-ke/#bang-theo-trang-thai"),
            *("/tin-tuc/", "/van-ban/"),
        ),
    ),
    Feature(
        "fields",
        "/",
        "ul.portal-tiles a",
        ("Rau sạch1 mô hình", "Cá sông0 mô hình"),
        ("/linh-vuc/rau/", "/linh-vuc/ca/"),
    ),
    links(
        "places",
        "/",
        "section[aria-labelledby=phan-dia-ban] a",
        huyện_Phiên="/dia-ban/huyen-phien/",
        xã_Bến="/dia-ban/xa-ben/",
    ),
)


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
    for name in ("cho.png", "rau.png", "loi-rao.wav", "loi-rao.txt", "cho.webm", "ke-hoach.txt"):
        given = third_portal / "docs/assets" / name
        assert (third_portal / "site/assets" / name).read_bytes() == given.read_bytes()


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
        "Sơ đồ cổng · Giới thiệu",
    ]
    for file in (third_portal / "site").rglob("*.html"):
        html = file.read_text(encoding="utf-8")
        footer = read_tree(html[html.index('<footer class="md-footer"') : html.index("</footer>")])
        assert [paragraph.text for paragraph in footer.all("p")] == said, file


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
    """No form, no field to write in, nothing of a service for comments: a letter is the way to write."""
    for file in (third_portal / "site").rglob("*.html"):
        tree = read_tree(file.read_text(encoding="utf-8"))
        fields = [node for node in tree.all("input") if node.attributes.get("type") not in ("checkbox", "radio")]
        assert (tree.all("textarea"), tree.all("iframe"), tree.all("[contenteditable]"), fields) == ([], [], [], []), (
            file
        )
        assert [form for form in tree.all("form") if form.attributes.get("data-md-component") != "palette"] == [], file


def test_the_privacy_page_says_why_nobody_can_comment(own_portal: Path) -> None:
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
    link = main_of(ARTICLE).all("a.portal-report")[-1]
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
        for cell in ("Tổng số = 120 cân", "Sáng = 70 cân", "Chiều = 50 cân")
    ]


def test_a_fault_of_a_table_is_reported_with_its_row_as_shown(main_of: Callable[[str], Node]) -> None:
    """Of every row of every table: table, row and what stands in its cells, a dash where nothing is unknown."""
    rows = 0
    for page in ("/thong-ke/", "/thong-ke/dia-ban/huyen-phien/", "/thong-ke/linh-vuc/rau/"):
        for table in main_of(page).all("table[data-table]"):
            heads = [head.text for head in table.all("thead th")]
            assert heads[-1] == "Báo sai"
            for row in [*table.all("tbody tr"), *table.all("tfoot tr")]:
                shown = [cell.text for cell in row.all("td")][:-1]
                values = [f"{head}: {cell}" for head, cell in zip(heads[1:-1], shown, strict=True)]
                values[-1] = values[-1].replace("Tổng số", "tổng số")
                said = f"Bảng: {table.one('caption').text}; hàng: {row.one('th').text}; {'; '.join(values)}"
                to, subject, lines = letter(row.one("td[data-key=report] a.portal-report"))
                assert (to, subject) == ("cho@example.org", f"Báo sai: {main_of(page).one('h1').text}")
                assert lines == [f"Trang: {HOST}{page}", said, "Chỗ sai: "]
                rows += 1
    assert rows > 30


def test_without_an_address_nothing_is_reported(tmp_path: Path) -> None:
    required = "required_footer: [responsible, licence, address, phone]\n"
    root = third(tmp_path / "portal", email="", required_footer=required)
    for file in (root / "site").rglob("*.html"):
        html = file.read_text(encoding="utf-8")
        assert "mailto:" not in html
        assert "portal-report" not in html
        assert "Báo sai" not in html
    assert (root / f"site{ARTICLE}index.html").is_file()


def _target(node: Node, page: str) -> str:
    """Where a link or file of a page leads: the site's address, or another site's."""
    written = node.attributes.get("href", node.attributes.get("src", ""))
    return urljoin(page, written)
