"""Every link of every built page leads somewhere, and no page fetches anything from another host."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from urllib.parse import unquote, urldefrag, urljoin, urlsplit
from xml.etree import ElementTree

import pytest
import yaml
from html_pages import HtmlPage, css_addresses, read_html, read_pages, skim_html


@dataclass(frozen=True)
class BuiltSite:
    """A built site with the address it is published at, which ends with a slash."""

    folder: Path
    url: str
    pages: dict[str, HtmlPage]

    def address(self, page: str) -> str:
        return self.url + page.removesuffix("index.html")

    def is_inside(self, address: str) -> bool:
        return address.startswith(self.url)

    def is_same_host(self, address: str) -> bool:
        return urlsplit(address)[:2] == urlsplit(self.url)[:2]

    @cached_property
    def files(self) -> frozenset[str]:
        return frozenset(path.relative_to(self.folder).as_posix() for path in self.folder.rglob("*") if path.is_file())

    def file_of(self, address: str) -> str | None:
        """The file a plain web server would give for an address of the site."""
        path = unquote(address.removeprefix(self.url))
        path = path + "index.html" if path == "" or path.endswith("/") else path
        return path if path in self.files else None

    def fault(self, address: str) -> str | None:
        """Why an address of the site leads nowhere."""
        bare, fragment = urldefrag(address)
        if not self.is_inside(bare):
            return "leaves the site's folder"
        file = self.file_of(bare.split("?")[0])
        if file is None:
            return "no such file"
        if fragment and unquote(fragment) not in self.pages[file].ids:
            return "no such id"
        return None


PORTALS = {
    "the project's own": ("own_portal", "/"),
    "under a sub-path": ("second_portal", "/hien-mau/"),
    "with every feature": ("third_portal", "/a/cho/"),
}
LARGE = {"large": ("large_portal", "/"), "large under a sub-path": ("large_portal_below", "/hai/cap/")}


@pytest.fixture(scope="module", params=PORTALS)
def site(request: pytest.FixtureRequest) -> BuiltSite:
    name, path = PORTALS[request.param]
    return _built_site(request.getfixturevalue(name), path, read_html)


@pytest.fixture(scope="module", params=LARGE)
def large(request: pytest.FixtureRequest) -> BuiltSite:
    """Of 400 articles and 400 models."""
    name, path = LARGE[request.param]
    return _built_site(request.getfixturevalue(name), path, skim_html)


def _built_site(root: Path, path: str, read: Callable[[str], HtmlPage]) -> BuiltSite:
    campaign = yaml.safe_load((root / "data/campaign.yml").read_text(encoding="utf-8"))
    url = campaign["site_url"].rstrip("/") + "/"
    assert urlsplit(url).path == path
    return BuiltSite(root / "site", url, read_pages(root / "site", read))


def test_there_is_a_page_of_every_kind(site: BuiltSite) -> None:
    """Otherwise the tests below would say little."""
    kinds = {page.split("/")[0] for page in site.pages}
    assert kinds >= {"404.html", "index.html", "tin-tuc", "mo-hinh", "dia-ban", "linh-vuc", "thong-ke"}


def test_every_link_inside_leads_to_a_file_and_every_fragment_to_an_id(site: BuiltSite) -> None:
    assert list(_lost(site, site.pages)) == []


def test_every_link_anchor_and_file_of_a_large_site_is_there(large: BuiltSite, record_property) -> None:
    count = sum(len(html.links) + len(html.loaded) for html in large.pages.values())
    record_property("recount", f"{count} links and files of {len(large.pages)} pages")
    assert len(large.pages) > 1100
    assert list(_lost(large, large.pages)) == []
    fetched = [
        (page, written) for page, html in large.pages.items() for written in html.loaded if not _is_data(written)
    ]
    addresses = {urljoin(large.address(page), written) for page, written in fetched}
    assert [address for address in sorted(addresses) if large.fault(address)] == []


def test_the_site_map_of_a_large_site_names_what_is_listed(large: BuiltSite) -> None:
    """Neither expired articles, which are not to be found, nor addresses that only lead on."""
    unlisted = {
        page
        for page, html in large.pages.items()
        if any(e.tag == "meta" and e.attributes.get("content") == "noindex" for e in html.elements)
    }
    expired = {page for page in unlisted if page.startswith("tin-tuc/")}
    assert len(expired) >= 10
    assert {page.split("/")[0] for page in unlisted - expired} == {"cu"}
    assert _listed(large) == sorted(large.address(page) for page in large.pages.keys() - unlisted - {"404.html"})


def test_skimming_a_page_finds_what_reading_it_finds(large: BuiltSite) -> None:
    for page in ("index.html", "404.html", "thong-ke/index.html", "tin-tuc/trang/2/index.html", "cu/bai-0/index.html"):
        read = read_html((large.folder / page).read_text(encoding="utf-8"))
        assert (large.pages[page].links, large.pages[page].ids) == (read.links, read.ids)
        assert large.pages[page].loaded == read.loaded


def test_the_page_for_lost_readers_works_at_any_depth(site: BuiltSite) -> None:
    """A web server gives 404.html in the place of any address, so its links can't depend on where it lies."""
    page = site.pages["404.html"]
    for lost in ("khong-co", "a/b/c/khong-co/"):
        links = [written for written in page.links if not written.startswith("#")]  # those lead to the page itself
        targets = [urljoin(site.url + lost, written) for written in (*links, *page.loaded) if not _stays(written)]
        assert [
            (target, site.fault(target)) for target in targets if site.is_same_host(target) and site.fault(target)
        ] == []


def test_nothing_is_fetched_from_another_host(site: BuiltSite) -> None:
    fetched = [(page, written) for page, html in site.pages.items() for written in html.loaded if not _is_data(written)]
    assert fetched
    assert [pair for pair in fetched if not site.is_inside(urljoin(site.address(pair[0]), pair[1]))] == []


def test_everything_fetched_is_there(site: BuiltSite) -> None:
    fetched = {
        urljoin(site.address(page), written)
        for page, html in site.pages.items()
        for written in html.loaded
        if not _is_data(written)
    }
    assert [address for address in sorted(fetched) if site.fault(address)] == []


def test_stylesheets_fetch_nothing_from_another_host(site: BuiltSite) -> None:
    styles = sorted(path.relative_to(site.folder).as_posix() for path in site.folder.rglob("*.css"))
    assert "stylesheets/portal.css" in styles
    fetched = [
        (style, written)
        for style in styles
        for written in css_addresses((site.folder / style).read_text(encoding="utf-8"))
        if not _is_data(written)
    ]
    addresses = [(style, urljoin(site.url + style, written)) for style, written in fetched]
    assert [(style, address) for style, address in addresses if site.fault(address)] == []


def test_pictures_drawn_inline_fetch_nothing_either(site: BuiltSite) -> None:
    drawn = {
        path: css_addresses(path.read_text(encoding="utf-8")) + read_html(path.read_text(encoding="utf-8")).loaded
        for path in site.folder.rglob("*.svg")
    }
    assert [path for path, loaded in drawn.items() if any("//" in address for address in loaded)] == []


def test_every_page_has_one_heading_a_title_and_its_language(site: BuiltSite) -> None:
    assert {page: html.count("h1") for page, html in site.pages.items() if html.count("h1") != 1} == {}
    assert [page for page, html in site.pages.items() if not html.said_in("title")] == []
    assert {html.elements[0].attributes.get("lang") for html in site.pages.values()} == {"vi"}
    assert {html.elements[0].tag for html in site.pages.values()} == {"html"}


def test_every_page_has_its_own_title(site: BuiltSite) -> None:
    """Two tabs or search results must be told apart."""
    titles = Counter(html.said_in("title") for html in site.pages.values())
    assert [title for title, times in titles.items() if times > 1] == []


def test_ids_are_unique_on_each_page(site: BuiltSite) -> None:
    twice = {
        page: [name for name, times in Counter(html.ids).items() if times > 1] for page, html in site.pages.items()
    }
    assert {page: names for page, names in twice.items() if names} == {}


def test_labels_and_references_name_ids_of_their_page(site: BuiltSite) -> None:
    referring = ("for", "aria-labelledby", "aria-describedby", "aria-controls", "headers")
    lost = [
        (page, name, key)
        for page, html in site.pages.items()
        for element in html.elements
        for name in referring
        for key in element.attributes.get(name, "").split()
        if key not in html.ids
    ]
    assert lost == []


def test_every_page_names_its_own_address(site: BuiltSite) -> None:
    canonical = {
        page: [
            e.attributes["href"] for e in html.elements if e.tag == "link" and e.attributes.get("rel") == "canonical"
        ]
        for page, html in site.pages.items()
    }
    assert {
        page: found for page, found in canonical.items() if page != "404.html" and found != [site.address(page)]
    } == {}


def test_the_site_map_lists_every_page_once(site: BuiltSite) -> None:
    assert _listed(site) == sorted(site.address(page) for page in site.pages if page != "404.html")


def test_planted_faults_are_found(site: BuiltSite) -> None:
    """So that the empty lists above are not empty for want of looking."""
    planted = read_html(
        """<a href="khong-co/">a</a> <a href="../thong-ke/#khong-co">b</a> <a href="../../ngoai/">c</a>
        <a href="https://elsewhere.example/">allowed</a> <link rel="stylesheet" href="//elsewhere.example/a.css">
        <img src="a.png" srcset="https://elsewhere.example/b.png 2x, c.png 3x"> <form action="https://elsewhere.example/d">
        <style>@import "https://elsewhere.example/e.css"; p { background: url( 'https://elsewhere.example/f.png' ) }</style>
        <p style="background: url(https://elsewhere.example/g.png)" id="x"></p> <p id="x"></p>"""
    )
    found = list(_lost(site, {"tin-tuc/index.html": planted}))
    assert [(written, fault) for _, written, fault in found] == [
        ("khong-co/", "no such file"),
        ("../thong-ke/#khong-co", "no such id"),
        ("../../ngoai/", "no such file" if site.url.count("/") == 3 else "leaves the site's folder"),
    ]
    elsewhere = [urlsplit(address).path for address in planted.loaded if urlsplit(address).netloc]
    assert sorted(elsewhere) == ["/a.css", "/b.png", "/d", "/e.css", "/f.png", "/g.png"]
    assert planted.ids == ["x", "x"]


def _listed(site: BuiltSite) -> list[str]:
    tree = ElementTree.parse(site.folder / "sitemap.xml")
    return sorted(element.text or "" for element in tree.iter("{http://www.sitemaps.org/schemas/sitemap/0.9}loc"))


def _lost(site: BuiltSite, pages: dict[str, HtmlPage]) -> Iterator[tuple[str, str, str]]:
    for page, html in pages.items():
        address = site.address(page)
        for written in dict.fromkeys(html.links):
            if _stays(written):
                continue
            target = urljoin(address, written)
            if site.is_same_host(target) and (fault := site.fault(target)):
                yield page, written, fault


def _stays(written: str) -> bool:
    return urlsplit(written).scheme in ("mailto", "tel", "data", "javascript")


def _is_data(written: str) -> bool:
    return written.startswith("data:")
