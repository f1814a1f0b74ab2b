"""/dinh-chinh/: every correction readers may see, newest first, each leading to its place."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urljoin

import pytest
from html_tree import Node, read_main
from portals import SECOND, built, copy_portal, front_matter

PAGE = "/dinh-chinh/"
INTRO = "Muốn báo một chỗ sai, xin viết cho ban biên tập."

# The file's name, what stands in its front matter beside the usual keys.
ARTICLES = {
    "hai-lan": {
        "date": "2026-03-01",
        "corrections": '[{date: 2026-03-02, note: "Lần đầu R&D."}, {date: 2026-05-01, note: "Lần hai."}]',
    },
    "luu-tru": {
        "date": "2026-02-01",
        "status": "archived",
        "corrections": '[{date: 2026-04-01, note: "Của bài lưu trữ."}]',
    },
    "cung-ngay": {
        "date": "2026-04-01",
        "corrections": '[{date: 2026-05-01, note: "Một."}, {date: 2026-05-01, note: "Hai."}]',
    },
    "nhap": {"date": "2026-02-01", "status": "draft", "corrections": '[{date: 2026-06-01, note: "Của bản nháp."}]'},
    "cho-duyet": {
        "date": "2026-02-01",
        "status": "review",
        "corrections": '[{date: 2026-06-02, note: "Của bài chờ duyệt."}]',
    },
    "sau-nay": {"date": "2026-12-01", "corrections": '[{date: 2026-12-02, note: "Của bài chưa đăng."}]'},
    "het-han": {
        "date": "2026-02-01",
        "expires_at": "2026-11-01",
        "corrections": '[{date: 2026-06-03, note: "Của bài hết hạn."}]',
    },
}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = copy_portal(tmp_path_factory.mktemp("corrections") / "portal", SECOND)
    for slug, keys in ARTICLES.items():
        usual = {"title": f'"Bài {slug}"', "summary": "Tóm tắt.", "category": "lich-hien"}
        (root / f"docs/tin-tuc/2026/{slug}.md").write_text(front_matter(**usual, **keys) + "\nBài.\n", encoding="utf-8")
    intro = root / "docs/dinh-chinh/_intro.md"
    intro.parent.mkdir()
    intro.write_text(INTRO + "\n", encoding="utf-8")
    built(root)
    return root / "site"


def main_of(site: Path, page: str) -> Node:
    return read_main((site / page.strip("/") / "index.html").read_text(encoding="utf-8"))


def test_newest_first_each_with_its_day_and_article(site: Path) -> None:
    """Of one day the newer article's stand first, in the order they are written."""
    rows = main_of(site, PAGE).all("dl[data-list=corrections] div")
    assert [(r.one("time").attributes["datetime"], r.one("dt").text, r.all("p")[0].text) for r in rows] == [
        ("2026-05-01", "01/05/2026", "Một."),
        ("2026-05-01", "01/05/2026", "Hai."),
        ("2026-05-01", "01/05/2026", "Lần hai."),
        ("2026-04-01", "01/04/2026", "Của bài lưu trữ."),
        ("2026-03-09", "09/03/2026", "Sửa tên bến."),
        ("2026-03-02", "02/03/2026", "Lần đầu R&D."),
    ]
    assert [(r.one("a").text, urljoin(PAGE, r.one("a").attributes["href"])) for r in rows[3:5]] == [
        ("Bài luu-tru", "/tin-tuc/2026/luu-tru/#phan-dinh-chinh"),
        ("Ngày hội ở Bến Bạc <3 & những giọt hồng", "/tin-tuc/2026/ngay-hoi/#phan-dinh-chinh"),
    ]


def test_nothing_of_what_is_not_public_or_has_expired(site: Path) -> None:
    hidden = ("Của bản nháp", "Của bài chờ duyệt", "Của bài chưa đăng", "Của bài hết hạn")
    texts = [file.read_text(encoding="utf-8") for file in sorted(site.rglob("*")) if file.suffix in (".html", ".json")]
    assert len(texts) > 20
    assert [word for word in hidden for text in texts if word in text] == []


def test_every_correction_leads_to_the_section_that_says_it(site: Path) -> None:
    for row in main_of(site, PAGE).all("dl[data-list=corrections] div"):
        address, _, fragment = urljoin(PAGE, row.one("a").attributes["href"]).partition("#")
        section = main_of(site, address).one(f"section[aria-labelledby={fragment}]")
        assert section.one("h2").attributes["id"] == fragment
        assert row.all("p")[0].text in section.text
        assert [urljoin(address, a.attributes["href"]) for a in section.all("a")] == [PAGE]


def test_the_introduction_stands_before_them(site: Path) -> None:
    main = main_of(site, PAGE)
    assert main.one("div.portal-body").text == INTRO
    assert main.all("p.portal-sapo") == []


def test_the_footer_and_the_site_map_lead_there(site: Path) -> None:
    html = (site / "index.html").read_text(encoding="utf-8")
    assert '<a href="dinh-chinh/">Đính chính</a>' in html[html.index('<footer class="portal-footer"') :]
    named = [(a.text, urljoin("/so-do/", a.attributes["href"])) for a in main_of(site, "/so-do/").all("a")]
    assert ("Đính chính", PAGE) in named


def test_without_corrections_the_page_says_so(large_portal: Path) -> None:
    main = main_of(large_portal / "site", PAGE)
    assert main.all("dl") == []
    assert [p.text for p in main.all("p")][-1] == "Chưa có đính chính nào."
    assert main.one("p.portal-sapo").text == "Mọi đính chính của các tin, bài trên cổng, mới nhất trước."
