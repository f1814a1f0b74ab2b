"""Another campaign takes the project over by replacing docs/ and data/ alone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from html_pages import HtmlPage, read_pages
from portals import PROJECT, faults, files_with

FOOTER = {
    "responsible": ("Chịu trách nhiệm: Bà Nguyễn Thị Thử", 'responsible: "Bà Nguyễn Thị Thử"'),
    "licence": ("Giấy phép: Số 00/GP-THU ngày 01/01/2020", 'licence: "Số 00/GP-THU ngày 01/01/2020"'),
    "address": ("Địa chỉ: Số 0 đường Không Có, Sông Mây", 'address: "Số 0 đường Không Có, Sông Mây"'),
    "phone": ("Điện thoại: 0000 000 000", 'phone: "0000 000 000"'),
    "email": ("Thư điện tử: thu@example.org", "email: thu@example.org"),
}


@pytest.fixture(scope="module")
def pages(second_portal: Path) -> dict[str, HtmlPage]:
    return read_pages(second_portal / "site")


def test_the_same_code_and_settings_build_it(second_portal: Path) -> None:
    for path in ("mkdocs.yml", "hooks/main.py", "overrides/portal/base.html"):
        assert (second_portal / path).read_bytes() == (PROJECT / path).read_bytes()


def test_no_name_of_the_first_campaign_appears(second_portal: Path) -> None:
    names = sorted(set(_names_of_the_first()))
    assert names
    assert {name: found for name in names if (found := files_with(second_portal / "site", name))} == {}


def test_no_name_of_the_first_campaign_stands_in_code_or_settings() -> None:
    """Nor in what another campaign would keep: code, templates, settings."""
    kept = [
        PROJECT / "mkdocs.yml",
        *(
            path
            for folder in ("hooks", "overrides")
            for path in (PROJECT / folder).rglob("*")
            if path.suffix in (".py", ".html", ".css", ".js")
        ),
    ]
    names = [name for name in _names_of_the_first() if not re.fullmatch("[a-z]+", name)]
    found = [(path.name, name) for path in kept for name in names if name in path.read_text(encoding="utf-8")]
    # A docstring or a message may give an example; what a reader of a portal sees may not.
    assert [pair for pair in found if not pair[0].endswith(".py")] == []


def test_its_own_words_stand_in_the_menu(pages: dict[str, HtmlPage]) -> None:
    menu = ["Trang đầu", "Tin hiến máu", "Câu lạc bộ hiến máu", "Nơi hiến", "Cách hiến", "Bảng đếm"]
    for path, page in pages.items():
        places = [page.words.find(word) for word in menu]
        assert -1 not in places, path
    assert [
        pages[f"{folder}/index.html"].said_in("h1")
        for folder in ("tin-tuc", "mo-hinh", "dia-ban", "linh-vuc", "thong-ke")
    ] == menu[1:]


def test_its_name_and_address_are_on_every_page(pages: dict[str, HtmlPage]) -> None:
    assert [path for path, page in pages.items() if not page.said_in("title").endswith("Giọt hồng Sông Mây")] == []
    canonical = {
        e.attributes["href"]
        for page in pages.values()
        for e in page.elements
        if e.tag == "link" and e.attributes.get("rel") == "canonical"
    }
    assert {address.startswith("https://example.org/hien-mau/") for address in canonical} == {True}


def test_edit_links_lead_into_its_repository(pages: dict[str, HtmlPage]) -> None:
    def edit_links(path: str) -> list[str]:
        return [link for link in pages[path].links if "git.example.org" in link]

    base = "https://git.example.org/hien-mau/trang"
    assert edit_links("mo-hinh/nhom-hiem/index.html") == [f"{base}/edit/chinh/docs/mo-hinh/nhom-hiem.md"]
    assert edit_links("dia-ban/vung-dong/index.html") == [f"{base}/edit/chinh/data/units.yml"]
    assert edit_links("tin-tuc/index.html") == [], "no one file stands behind a list"


def test_the_footer_shows_every_required_item_on_every_page(pages: dict[str, HtmlPage]) -> None:
    for path, page in pages.items():
        assert [said for said, _ in FOOTER.values() if said not in page.words] == [], path
        assert "Hội Hiến máu thử nghiệm Sông Mây" in page.words


@pytest.mark.parametrize("key", FOOTER)
def test_dropping_a_required_item_is_a_fault(second_copy: Path, key: str) -> None:
    file = second_copy / "data/campaign.yml"
    text = file.read_text(encoding="utf-8")
    line = f"  {FOOTER[key][1]}\n"
    assert text.count(line) == 1
    file.write_text(text.replace(line, ""), encoding="utf-8")
    required = text.splitlines()[7]
    assert required == "required_footer: [responsible, licence, address, phone, email]"
    place = list(FOOTER).index(key) + 1
    column = required.index(key, len("required_footer")) + 1
    assert faults(second_copy) == [
        f"data/campaign.yml:8:{column}: required_footer[{place}]: `publisher` thiếu `{key}` mà chân trang bắt buộc phải có; hãy thêm `{key}: …` vào `publisher`"
    ]


def test_front_matter_is_escaped(second_portal: Path) -> None:
    html = (second_portal / "site/tin-tuc/2026/ngay-hoi/index.html").read_text(encoding="utf-8")
    assert "Bến Bạc <3" not in html
    assert html.count("Ngày hội ở Bến Bạc &lt;3 &amp; những giọt hồng") >= 3
    assert "&amp;lt;" not in html


def test_introductions_stand_on_their_generated_pages(pages: dict[str, HtmlPage]) -> None:
    assert "Lời giới thiệu của trang thống kê" in pages["thong-ke/index.html"].words
    assert "Lời giới thiệu của tỉnh" in pages["dia-ban/song-may/index.html"].words


def _names_of_the_first() -> Iterator[str]:
    """Of its registers: names, aliases and slugs of places and terms; of the campaign its names and address."""
    campaign = _data("campaign")
    yield from (campaign["name"], campaign["publisher"]["name"])
    yield from (campaign[key] for key in ("short_name", "repository") if key in campaign)
    yield campaign["site_url"].removeprefix("https://").rstrip("/")
    for entry in (*_data("units"), *_data("fields"), *_data("categories"), *campaign.get("special_areas", ())):
        yield from (entry["slug"], entry["name"], *entry.get("aliases", ()))
        if "short" in entry:
            yield entry["short"]
    yield from (entry["name"] for entry in _data("measures"))
    yield from (entry["number"] for entry in _data("documents") if "number" in entry)


def _data(name: str) -> Any:
    return yaml.load((PROJECT / f"data/{name}.yml").read_text(encoding="utf-8"), Loader=yaml.BaseLoader) or []
