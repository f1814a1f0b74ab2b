"""The hooks anyone would write make what our build makes, but for what their docstrings leave out."""

from __future__ import annotations

import json
import re
from html import unescape
from pathlib import Path
from typing import NamedTuple
from xml.etree import ElementTree

import feedparser
import pytest
from builders import naive
from measuring import run
from outputs import addresses
from portals import built, copy_portal
from synthetic import Options, write_campaign

PAGES = 60  # so that the feed of the site has archives
SITE = "https://bench.example/"
FEEDS = re.compile(r'<link rel="alternate" type="([^"]*)"[^>]* href="([^"]*)">')
LINKED_DATA = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)


class Sites(NamedTuple):
    ours: Path
    naive: Path

    def of(self, *patterns: str) -> tuple[set[str], set[str]]:
        """Paths that match, in each."""
        ours, peers = (
            {path.relative_to(site).as_posix() for pattern in patterns for path in site.glob(pattern)} for site in self
        )
        return ours, peers


@pytest.fixture(scope="module")
def sites(tmp_path_factory: pytest.TempPathFactory) -> Sites:
    folder = tmp_path_factory.mktemp("naive")
    write_campaign(folder / "campaign", Options(PAGES, pictures=True))
    ours = copy_portal(folder / "ours", folder / "campaign")
    built(ours)
    builder = naive(folder / "campaign", folder / "naive")
    run(builder.command, builder.root, builder.environment)
    return Sites(ours / "site", builder.output)


def test_pages_are_the_same_but_groupings_of_documents(sites: Sites) -> None:
    ours, peers = addresses(sites.ours), addresses(sites.naive)
    assert peers < ours
    assert all(re.match("/van-ban/(loai|co-quan|nam)/", address) for address in ours - peers)


def test_feeds_are_the_same_documents_with_the_same_entries(sites: Sites) -> None:
    ours, peers = sites.of("**/feed.xml", "**/feed/*.xml", "**/feed.json", "**/feed/*.json")
    assert peers == ours
    assert {"feed.xml", "feed/1.xml", "feed/1.json", "mo-hinh/feed.xml", "linh-vuc/kinh-te/feed.xml"} < peers
    for path in peers:
        assert _entries(sites.naive / path) == _entries(sites.ours / path), path
        assert _links(sites.naive / path) == _links(sites.ours / path), path


def test_entries_hold_the_whole_text_with_addresses_that_are_there(sites: Sites) -> None:
    entries = feedparser.parse((sites.naive / "feed.xml").read_bytes()).entries
    assert len(entries) >= 20
    for entry in entries:
        html = entry.content[0].value
        addresses = re.findall(r'(?:href|src)="([^"]*)"', html)
        assert all(address.startswith(SITE) for address in addresses)
        assert all((sites.naive / address.removeprefix(SITE).split("#")[0]).exists() for address in addresses)
        page = (sites.naive / entry.link.removeprefix(SITE) / "index.html").read_text(encoding="utf-8")
        assert html.count("<p>") > 3
        assert all(paragraph in page for paragraph in re.findall(r"<p>[^<]+</p>", html) if "Nguồn" not in paragraph)
    assert any("<img " in entry.content[0].value for entry in entries)


def test_every_page_tells_programs_what_it_is(sites: Sites) -> None:
    kinds = set()
    for address in addresses(sites.naive):
        theirs, head = (
            (site / address[1:] / "index.html").read_text(encoding="utf-8").split("</head>")[0] for site in sites
        )
        (said,) = LINKED_DATA.findall(head)
        kinds |= {one["@type"] for one in json.loads(said)["@graph"]}
        assert FEEDS.findall(head) == FEEDS.findall(theirs) != []
        assert head.count('<meta property="og:title"') == head.count('<meta name="twitter:card"') == 1
    assert kinds == {"Organization", "WebSite", "BreadcrumbList", "NewsArticle", "CreativeWork", "Dataset"}


def test_every_record_has_a_text_without_tags(sites: Sites) -> None:
    ours, peers = sites.of("**/index.txt")
    assert peers == ours
    assert len(peers) == PAGES
    for path in peers:
        text = (sites.naive / path).read_text(encoding="utf-8")
        page = (sites.naive / path).with_suffix(".html").read_text(encoding="utf-8")
        assert not re.search("<[a-z/!]", text)
        title, summary, *_ = text.split("\n\n")
        assert f"{title[:-1]}</h1>" in unescape(page)
        assert summary in unescape(page)
        assert len(text) > 1000


def test_each_table_of_statistics_stands_alone_too(sites: Sites) -> None:
    tables = 0
    for file in (sites.naive / "thong-ke").rglob("index.html"):
        page = file.read_text(encoding="utf-8")
        made = re.findall(r"<table>.*?</table>", page, re.DOTALL)
        alone = sites.naive / "nhung" / file.parent.relative_to(sites.naive)
        for number, table in enumerate(made, 1):
            assert table in (alone / f"bang-{number}.html").read_text(encoding="utf-8")
        assert len(list(alone.glob("*.html"))) == len(made)
        tables += len(made)
    assert tables > 50


def test_the_map_of_the_site_has_the_days_of_articles(sites: Sites) -> None:
    def days(site: Path) -> dict[str, str]:
        tree = ElementTree.parse(site / "sitemap.xml")
        space = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
        found = {one.findtext(f"{space}loc", ""): one.findtext(f"{space}lastmod", "") for one in tree.getroot()}
        return {address: day for address, day in found.items() if day and "/tin-tuc/" in address}

    assert days(sites.naive) == days(sites.ours)
    assert len(days(sites.naive)) == PAGES * 0.8
    assert f"Sitemap: {SITE}sitemap.xml" in (sites.naive / "robots.txt").read_text(encoding="utf-8")
    assert f"]({SITE}thong-ke/do-phu/)" in (sites.naive / "llms.txt").read_text(encoding="utf-8")


def _entries(file: Path) -> list[str]:
    if file.suffix == ".json":
        return [item["url"] for item in json.loads(file.read_bytes())["items"]]
    feed = feedparser.parse(file.read_bytes())
    assert not feed.bozo
    return [entry.link for entry in feed.entries]


def _links(file: Path) -> list[tuple[str, str]]:
    """Which documents a document leads to, as what."""
    if file.suffix == ".json":
        said = json.loads(file.read_bytes())
        return [(key, said[key]) for key in ("home_page_url", "feed_url", "next_url") if key in said]
    return sorted((link.rel, link.href) for link in feedparser.parse(file.read_bytes()).feed.links)
