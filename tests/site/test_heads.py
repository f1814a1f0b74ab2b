"""What the head of a page says to those who share it: exactly the lines of heads.txt, and never more than text."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from drawing.head import Heads
from html_tree import Node, read_tree
from portal.linked_views import SharedImage
from portal.pages import view_of
from portal.site import build_site
from portals import NOW, SECOND, built, copy_portal, front_matter

FILE = Path(__file__).parent / "heads.txt"
HOSTILE = "</script><script>alert(1)</script> <!-- & \"x\" 'y' \u2028 \u2029 ]]>"


def _cases() -> Iterator[tuple[str, list[str]]]:
    """Addresses, each with the lines under it."""
    for case in re.split(r"\n(?=/)", FILE.read_text(encoding="utf-8").partition("\n\n")[2]):
        address, *lines = case.strip().splitlines()
        yield address, lines


CASES = dict(_cases())


def head_of(html: str) -> Node:
    return read_tree(html[: html.index("</head>")])


def said(head: Node) -> list[str]:
    """Every line by which a page is shared or found."""
    found = [f"title: {head.one('title').text}"]
    for node in head.all("*"):
        name = node.attributes.get("property") or node.attributes.get("name", "")
        if node.tag == "meta" and (":" in name or name in ("description", "robots")):
            found.append(f"{name}: {node.attributes['content']}")
        if node.attributes.get("rel") == "canonical":
            found.append(f"canonical: {node.attributes['href']}")
    return found


@pytest.mark.parametrize("address", CASES)
def test_the_head_says_exactly_this(third_portal: Path, address: str) -> None:
    html = (third_portal / f"site{address}index.html").read_text(encoding="utf-8")
    assert sorted(said(head_of(html))) == sorted(CASES[address])


def test_there_is_a_case_of_every_kind_that_is_shared_in_its_own_way() -> None:
    assert list(CASES) == [
        *("/", "/tin-tuc/2026/mo-cho/", "/tin-tuc/2026/chuan-bi/", "/mo-hinh/vuon-rau/"),
        *("/thong-ke/", "/chuyen-muc/tin-nhanh/trang/2/", "/gioi-thieu/"),
    ]


HIDDEN = {"het-han": {"expires_at": "2026-06-01"}, "nhap": {"status": "draft"}, "cho": {"publish_at": "2027-01-01"}}


def test_who_is_not_to_be_found_is_told_of_nowhere(second_copy: Path) -> None:
    """Of an expired article the address is left, without a word of it; of one that waits, nothing."""
    listed = (second_copy / "site/sitemap.xml").read_text(encoding="utf-8")
    category = (
        (second_copy / "data/categories.yml").read_text(encoding="utf-8").split("slug:")[1].split()[0].strip(",}")
    )
    for step, keys in HIDDEN.items():
        said = {"title": f"Bài {step}", "summary": "Tóm tắt.", "date": "2026-05-01", "category": category, **keys}
        file = second_copy / f"docs/tin-tuc/2026/{step}.md"
        file.write_text(front_matter(**said) + "\nĐoạn.\n", encoding="utf-8")
    built(second_copy)
    site = second_copy / "site"
    assert (site / "sitemap.xml").read_text(encoding="utf-8") == listed
    assert not (site / "tin-tuc/2026/nhap").exists() | (site / "tin-tuc/2026/cho").exists()
    assert said_of(site / "tin-tuc/2026/het-han/index.html") == [
        "title: Bài đã hết hạn – Giọt hồng Sông Mây",
        "description: Bài viết từng ở địa chỉ này đã hết hạn. Nội dung đã được gỡ, số liệu trong bài không còn được tính "
        "vào các bảng.",
        "canonical: https://example.org/hien-mau/tin-tuc/2026/het-han/",
        "robots: noindex",
    ]
    assert "ld+json" not in (site / "tin-tuc/2026/het-han/index.html").read_text(encoding="utf-8")


def said_of(file: Path) -> list[str]:
    return said(head_of(file.read_text(encoding="utf-8")))


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def test_no_text_leaves_its_place_in_the_head(tmp_path: Path) -> None:
    """What an editor may not write is tested all the same: text comes from registers and lists, too."""
    root = copy_portal(tmp_path / "portal", SECOND)
    page = root / "docs/trang-la.md"
    page.write_text(
        front_matter(title=_quoted("R&D \"x\" 'y' a < b > c"), summary=_quoted("< & >")) + "\nA.\n", "utf-8"
    )
    site = build_site(root, NOW)
    heads = Heads(
        site.campaign, site.campaign.site_url, lambda page: SharedImage("/a.jpg", 1200, 630, HOSTILE), has_feed=True
    )
    for page in site.pages:
        if page.listed:
            changed = page.with_body(page.body)
            changed.__dict__.update(title=HOSTILE, summary=HOSTILE)
            head = read_tree(heads.of(changed, view_of(page)))
            assert [node.tag for node in head.all("*")].count("script") == 1
            assert {node.tag for node in head.all("*")} == {"link", "meta", "script"}
            if not getattr(view_of(page), "image", None):
                assert head.one("meta[property=og:image:alt]").attributes["content"] == HOSTILE
            script = head.one("script").children[0]
            assert not re.search("[<>&\u2028\u2029]", str(script))
            graph = json.loads(str(script))["@graph"]
            crumbs = next((node["itemListElement"] for node in graph if node["@type"] == "BreadcrumbList"), None)
            assert crumbs is None or crumbs[-1]["name"] == HOSTILE


def test_a_picture_is_shown_with_its_size_where_there_is_one(tmp_path: Path) -> None:
    root = copy_portal(tmp_path / "portal", SECOND)
    site = build_site(root, NOW)
    image = SharedImage("/a.jpg", 1200, 630, "Ảnh")
    heads = Heads(site.campaign, "https://example.org/hien-mau/", lambda page: image, has_feed=False)
    page = next(page for page in site.pages if page.address == "/tin-tuc/")
    assert said(read_tree(f"<title></title>{heads.of(page, view_of(page))}"))[1:] == [
        "og:type: website",
        "og:image: https://example.org/hien-mau/a.jpg",
        "og:image:width: 1200",
        "og:image:height: 630",
        "og:image:alt: Ảnh",
        "twitter:card: summary_large_image",
    ]
