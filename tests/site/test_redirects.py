"""Old addresses lead on, with and without rules of a host; two that would be one file are faults naming both."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urljoin

import pytest
from html_tree import read_tree
from portals import built, faults, files_with, replace_once

ARTICLE, ARCHIVED = "docs/tin-tuc/2026/ngay-hoi.md", "docs/tin-tuc/2025/loi-keu-goi.md"
PROFILE, PAGE = "docs/mo-hinh/vung-dong/giot-dong.md", "docs/lien-he.md"
AT, TO = "/tin-tuc/2026/ngay-hoi/", "/mo-hinh/vung-dong/giot-dong/"

# Each alias: the file that has it, the file of the site it becomes, the page it leads to.
ALIASES = {
    "/cu/ngay-hoi/": (ARTICLE, "cu/ngay-hoi/index.html", AT),
    "/tin.html": (ARTICLE, "tin.html", AT),
    "/tin-tuc/2019/khong-gach": (ARTICLE, "tin-tuc/2019/khong-gach/index.html", AT),
    "/Giot-Dong/": (PROFILE, "Giot-Dong/index.html", TO),
    "/a/b/c/d.php": (PROFILE, "a/b/c/d.php", TO),
    "/lien-lac/": (PAGE, "lien-lac/index.html", "/lien-he/"),
}


@pytest.mark.parametrize("base", ["/hien-mau", ""])
def test_an_old_address_leads_on(second_copy: Path, base: str) -> None:
    if not base:
        replace_once(second_copy / "data/campaign.yml", "https://example.org/hien-mau", "https://example.org/")
    for file in (ARTICLE, PROFILE, PAGE):
        add(second_copy / file, aliases=[alias for alias, (of, _, _) in ALIASES.items() if of == file])
    built(second_copy)
    home = f"https://example.org{base}/"
    for _, output, to in ALIASES.values():
        page = read_tree((second_copy / "site" / output).read_text(encoding="utf-8"))
        at = home + output.removesuffix("index.html")
        target = home + to.removeprefix("/")
        assert page.all("script") == []
        assert page.one("link[rel=canonical]").attributes["href"] == target
        assert page.one("meta[name=robots]").attributes["content"] == "noindex"
        seconds, _, refresh = page.one("meta[http-equiv=refresh]").attributes["content"].partition("; url=")
        assert (seconds, urljoin(at, refresh)) == ("0", target)
        link = page.one("body a")
        assert (link.text, urljoin(at, link.attributes["href"])) == ("Mở trang ở địa chỉ mới", target)
        assert page.one("html").attributes["lang"] == "vi"
        assert page.one("title").text == page.one("h1").text == "Trang đã chuyển địa chỉ"
    rules = (second_copy / "site/_redirects").read_text(encoding="utf-8")
    assert rules == "".join(f"{base}{alias} {base}{to} 301\n" for alias, (_, _, to) in sorted(ALIASES.items()))
    listed = (second_copy / "site/sitemap.xml").read_text(encoding="utf-8")
    assert [output for _, output, _ in ALIASES.values() if output.removesuffix("index.html") in listed] == []


def test_without_aliases_there_is_no_rule(second_portal: Path) -> None:
    assert (second_portal / "site/_redirects").read_bytes() == b""
    assert files_with(second_portal / "site", 'http-equiv="refresh"') == []


@pytest.mark.parametrize(
    "keys",
    [
        {"status": "draft"},
        {"status": "review"},
        {"publish_at": "2026-11-22T08:01"},
        {"status": "archived", "publish_at": "2027-01-01"},
    ],
)
def test_an_alias_of_what_is_not_public_makes_no_page(second_copy: Path, keys: dict[str, str]) -> None:
    waiting(second_copy, "sap-co", aliases="[/cu/sap-co/]", **keys)
    built(second_copy)
    assert not (second_copy / "site/cu").exists()
    assert (second_copy / "site/_redirects").read_bytes() == b""
    assert files_with(second_copy / "site", "sap-co") == []


@pytest.mark.parametrize("keys", [{"draft": "true", "status": "reported"}, {"status": "proposed"}])
def test_an_alias_of_a_hidden_profile_makes_no_page(second_copy: Path, keys: dict[str, str]) -> None:
    text = "".join(f"{key}: {value}\n" for key, value in keys.items())
    (second_copy / "docs/mo-hinh/sap-co.md").write_text(
        f"---\ntitle: Sắp\nsummary: Sắp.\nunit: song-may\n{text}aliases: [/cu/sap-co/]\n---\n", encoding="utf-8"
    )
    built(second_copy)
    assert files_with(second_copy / "site", "sap-co") == []


def test_an_expired_article_keeps_its_old_addresses_too(second_copy: Path) -> None:
    waiting(second_copy, "da-het", aliases="[/cu/da-het/]", expires_at="2026-11-22T08:00")
    built(second_copy)
    rules = (second_copy / "site/_redirects").read_text(encoding="utf-8")
    assert rules == "/hien-mau/cu/da-het/ /hien-mau/tin-tuc/2026/da-het/ 301\n"
    assert (second_copy / "site/cu/da-het/index.html").is_file()


# Aliases of one article that can't be, and what is said of each: the other file is named where there is one.
CLASHES = {
    "/mo-hinh/vung-dong/giot-dong/": f"là địa chỉ của {PROFILE}",
    "/mo-hinh/vung-dong/giot-dong": f"là địa chỉ của {PROFILE}",
    "/Mo-Hinh/vung-dong/Giot-Dong/": f"là địa chỉ của {PROFILE}",
    "/mo-hinh/vung-dong/giot-dong/index.html": f"là địa chỉ của {PROFILE}",
    "/lien-he/": f"là địa chỉ của {PAGE}",
    "/": "là địa chỉ của docs/index.md",
    "/index.html": "là địa chỉ của docs/index.md",
    AT: f"là địa chỉ của {ARTICLE}",
    "/Tin-tuc/2026/NGAY-hoi": f"là địa chỉ của {ARTICLE}",
    "/thong-ke/": "là địa chỉ của một trang do cổng tự tạo từ docs/mo-hinh",
    "/chuyen-muc/lich-hien/": "là địa chỉ của một trang do cổng tự tạo từ data/categories.yml",
    "/nam/2026/03/": "là địa chỉ của một trang do cổng tự tạo từ docs",
    "/So-Do": "là địa chỉ của một trang do cổng tự tạo từ docs",
    "/assets/giot-mau.png": "là địa chỉ của docs/assets/giot-mau.png",
    "/Assets/Giot-Mau.PNG": "là địa chỉ của docs/assets/giot-mau.png",
    "/404.html": "là địa chỉ của một tệp do cổng tự tạo",
    "/sitemap.xml": "là địa chỉ của một tệp do cổng tự tạo",
    "/_redirects": "là địa chỉ của một tệp do cổng tự tạo",
    "/portal-manifest.json": "là địa chỉ của một tệp do cổng tự tạo",
}


@pytest.mark.parametrize("alias", CLASHES)
def test_an_alias_at_another_address_is_a_fault(second_copy: Path, alias: str) -> None:
    line = add(second_copy / ARTICLE, aliases=[alias])
    assert faults(second_copy) == [
        f"{ARTICLE}:{line}:11: aliases[1]: `{alias}` {CLASHES[alias]}; hãy bỏ địa chỉ này",
    ]


@pytest.mark.parametrize("other", ["/cu/nay/", "/cu/nay", "/CU/Nay/", "/cu/nay/index.html"])
def test_two_files_with_one_old_address_are_a_fault(second_copy: Path, other: str) -> None:
    add(second_copy / ARCHIVED, aliases=["/cu/nay/"])
    line = add(second_copy / ARTICLE, aliases=["/cu/khac/", other])
    assert faults(second_copy) == [
        f"{ARTICLE}:{line}:22: aliases[2]: `{other}` cũng là địa chỉ cũ của {ARCHIVED}; hãy bỏ ở một tệp",
    ]


def test_one_old_address_twice_in_a_file_is_a_fault(second_copy: Path) -> None:
    line = add(second_copy / PAGE, aliases=["/cu/", "/Cu"])
    assert faults(second_copy) == [f"{PAGE}:{line}:17: aliases[2]: `/Cu` lặp lại; hãy giữ một lần"]


def test_two_files_that_swap_their_addresses_are_faults_of_both(second_copy: Path) -> None:
    """Two redirects in a circle: each stands where the other's page is."""
    lines = [add(second_copy / ARTICLE, aliases=[TO]), add(second_copy / PROFILE, aliases=[AT])]
    assert faults(second_copy) == [
        f"{PROFILE}:{lines[1]}:11: aliases[1]: `{AT}` là địa chỉ của {ARTICLE}; hãy bỏ địa chỉ này",
        f"{ARTICLE}:{lines[0]}:11: aliases[1]: `{TO}` là địa chỉ của {PROFILE}; hãy bỏ địa chỉ này",
    ]


def test_an_alias_at_the_address_of_a_draft_is_a_fault(second_copy: Path) -> None:
    """It would be one as soon as the draft is published."""
    waiting(second_copy, "sap-co", status="draft")
    line = add(second_copy / PAGE, aliases=["/tin-tuc/2026/sap-co/"])
    assert faults(second_copy) == [
        f"{PAGE}:{line}:11: aliases[1]: `/tin-tuc/2026/sap-co/` là địa chỉ của docs/tin-tuc/2026/sap-co.md; hãy bỏ địa chỉ này"
    ]


@pytest.mark.parametrize(
    ("alias", "says"),
    [
        ("/stylesheets/campaign.css", "là địa chỉ của một tệp do cổng tự tạo"),
        ("/stylesheets/portal.css", "là địa chỉ của một tệp do cổng tự tạo"),
        ("/assets/images/favicon.png", "nằm trong phần địa chỉ của cổng"),
        ("/tu-khoa/chua-co/", "nằm trong phần địa chỉ của cổng"),
        ("/tin-tuc/trang/9/", "nằm trong phần địa chỉ của cổng"),
    ],
)
def test_an_alias_in_the_part_of_the_portal_is_a_fault(second_copy: Path, alias: str, says: str) -> None:
    """The site would lose its style, or break on the day a list gets there."""
    line = add(second_copy / ARTICLE, aliases=[alias])
    assert faults(second_copy) == [f"{ARTICLE}:{line}:11: aliases[1]: `{alias}` {says}; hãy bỏ địa chỉ này"]


def test_an_alias_below_a_file_is_a_fault(second_copy: Path) -> None:
    """No folder can be where a file is."""
    line = add(second_copy / ARTICLE, aliases=["/assets/giot-mau.png/cu/"])
    assert faults(second_copy) == [
        f"{ARTICLE}:{line}:11: aliases[1]: `/assets/giot-mau.png/cu/` là địa chỉ của "
        "docs/assets/giot-mau.png; hãy bỏ địa chỉ này"
    ]


@pytest.mark.parametrize(("first", "second"), [("/a.html", "/a.html/b/"), ("/a.html/b/", "/a.html")])
def test_an_alias_below_another_that_is_a_file_is_a_fault(second_copy: Path, first: str, second: str) -> None:
    """/a.html is a file, /a.html/b/ needs a folder of that name; told at the file that is read later."""
    add(second_copy / ARCHIVED, aliases=[first])
    line = add(second_copy / ARTICLE, aliases=[second])
    assert faults(second_copy) == [
        f"{ARTICLE}:{line}:11: aliases[1]: `{second}` cũng là địa chỉ cũ của {ARCHIVED}; hãy bỏ ở một tệp"
    ]


def add(file: Path, aliases: list[str]) -> int:
    """Put `aliases` under the last key of the front matter; the number of its line."""
    lines = file.read_text(encoding="utf-8").split("\n")
    place = lines.index("---", 1)
    lines.insert(place, f"aliases: [{', '.join(aliases)}]")
    file.write_text("\n".join(lines), encoding="utf-8")
    return place + 1


def waiting(root: Path, slug: str, **keys: str) -> None:
    """An article that is not, or no longer, what readers see."""
    text = "".join(f"{key}: {value}\n" for key, value in keys.items())
    (root / f"docs/tin-tuc/2026/{slug}.md").write_text(
        f"---\ntitle: Bài\ndate: 2026-01-01\nsummary: Bài.\ncategory: lich-hien\n{text}---\n\nBài.\n", encoding="utf-8"
    )
