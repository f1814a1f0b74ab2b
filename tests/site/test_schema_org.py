"""What every page of a whole site tells programs: in the terms of schema.org, of what is there, and what readers see."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import unquote, urljoin, urlsplit

import pytest
from html_pages import html_files
from html_tree import Node, read_main, read_tree
from portals import imported_by
from schema_org import FILE, Vocabulary, asked_for, nodes_in

PORTALS = ["own_portal", "second_portal", "third_portal"]
GRAPHS = Path(__file__).parent / "graphs.json"  # what pages of the third campaign tell of their records, by address
VOCABULARY = Vocabulary.read(FILE.read_text(encoding="utf-8"))
ADDRESSES = ("@id", "url", "item", "urlTemplate")


class Told(NamedTuple):
    """A page with the graph in its head; None where it has none."""

    address: str
    html: str
    head: Node
    graph: dict[str, Any] | None


def told(root: Path) -> tuple[str, list[Told]]:
    """The site's address without a slash, and its pages but those that lead on."""
    site, pages = root / "site", []
    for file in html_files(site):
        html = file.read_text(encoding="utf-8")
        if 'http-equiv="refresh"' not in html:
            head = read_tree(html[: html.index("</head>")])
            graphs = [json.loads(node.children[0]) for node in head.all("script[type=application/ld+json]")]
            assert html.count("application/ld+json") == len(graphs) <= 1, file
            address = "/" + file.relative_to(site).as_posix().removesuffix("index.html")
            pages.append(Told(address, html, head, graphs[0] if graphs else None))
    home = next(page for page in pages if page.address == "/")
    return home.head.one("link[rel=canonical]").attributes["href"].rstrip("/"), pages


@pytest.fixture(scope="module")
def pages_of(request: pytest.FixtureRequest) -> Callable[[str], tuple[str, list[Told]]]:
    @cache
    def read(portal: str) -> tuple[str, list[Told]]:
        return told(request.getfixturevalue(portal))

    return read


Pages = Callable[[str], tuple[str, list[Told]]]


@pytest.mark.parametrize("portal", PORTALS)
def test_every_graph_is_in_the_terms_of_schema_org(
    pages_of: Pages, portal: str, record_property: Callable[[str, object], None]
) -> None:
    kinds: Counter[str] = Counter()
    faults = []
    for page in pages_of(portal)[1]:
        if page.graph:
            faults += [f"{page.address}: {fault}" for fault in VOCABULARY.faults(page.graph)]
            faults += [f"{page.address}: {fault}" for node in nodes_in(page.graph) for fault in asked_for(node)]
            kinds.update(node["@type"] for node in nodes_in(page.graph) if "@type" in node)
    assert faults == []
    assert kinds["WebSite"] == kinds["SearchAction"] == 1
    assert min(kinds[kind] for kind in ("NewsArticle", "Dataset", "BreadcrumbList", "Organization")) > 1
    record_property("recount", f"{kinds.total()} nodes of {len(kinds)} types, 0 faults")


@pytest.mark.parametrize("portal", PORTALS)
def test_every_listed_page_has_a_graph_and_no_other(pages_of: Pages, portal: str) -> None:
    without = [page for page in pages_of(portal)[1] if page.graph is None]
    for page in without:
        assert page.address == "/404.html" or page.head.all("meta[name=robots]"), page.address
        assert not page.head.all("meta[property]") + page.head.all("meta[name=twitter:card]"), page.address
    assert all(not page.head.all("meta[name=robots]") for page in pages_of(portal)[1] if page.graph)


@pytest.mark.parametrize("portal", PORTALS)
def test_what_a_graph_leads_to_is_there(pages_of: Pages, portal: str, request: pytest.FixtureRequest) -> None:
    site = request.getfixturevalue(portal) / "site"
    root, pages = pages_of(portal)
    led = {
        value
        for page in pages
        for node in nodes_in(page.graph)
        for key, value in node.items()
        if key in ADDRESSES and isinstance(value, str)
    }
    own = {urlsplit(address.removeprefix(root)).path for address in led if address.startswith(root)}
    assert len(own) > 50
    lost = [path for path in own if not (site / unquote(path).lstrip("/") / "index.html").is_file()]
    assert [path for path in lost if not (site / unquote(path).lstrip("/")).is_file()] == []


@pytest.mark.parametrize("portal", PORTALS)
def test_a_graph_says_what_readers_see(pages_of: Pages, portal: str) -> None:
    root, pages = pages_of(portal)
    compared: Counter[str] = Counter()
    for page in pages:
        main = read_main(page.html)
        for node in page.graph["@graph"] if page.graph else []:
            compared[node["@type"]] += 1
            if node["@type"] == "BreadcrumbList":
                assert list(_steps(node)) == list(_crumbs(main, root + page.address)), page.address
            if node["@type"] == "NewsArticle":
                _compare_article(node, main, page.address)
            if node["@type"] == "CreativeWork":
                assert (node["name"], node["abstract"]) == _heading(main)
                assert node["creativeWorkStatus"] == main.one("p.portal-kicker span.portal-status").text
    assert compared["BreadcrumbList"] > 50


@pytest.mark.parametrize("portal", PORTALS)
def test_every_page_with_tables_of_statistics_is_a_set_of_data(pages_of: Pages, portal: str) -> None:
    """But for the further pages of one set, which its first page tells of."""
    told = 0
    for page in pages_of(portal)[1]:
        tables = [node for node in read_main(page.html).all("div.portal-table") if _stands_alone(node)]
        if page.graph and tables and page.address.startswith("/thong-ke/") and "/trang/" not in page.address:
            kinds = [node["@type"] for node in page.graph["@graph"]]
            told += 1
            assert kinds.count("Dataset") == 1, page.address
    assert told > 10


def _stands_alone(table: Node) -> bool:
    return table.attributes.get("id", "").startswith("bang-")


def _steps(node: dict[str, Any]) -> Iterator[tuple[str, str]]:
    return ((item["name"], item["item"]) for item in node["itemListElement"])


def _crumbs(main: Node, address: str) -> Iterator[tuple[str, str]]:
    for item in main.all("nav.portal-crumbs li"):
        links = item.all("a")
        yield item.text, urljoin(address, links[0].attributes["href"]) if links else address


def _heading(main: Node) -> tuple[str, str]:
    return main.one("h1").text, main.one("p.portal-sapo").text


def _compare_article(node: dict[str, Any], main: Node, address: str) -> None:
    assert (node["headline"], node["description"]) == _heading(main)
    shown = [time.attributes["datetime"] for time in main.all("p.portal-byline time")]
    assert node["datePublished"] == shown[0], address
    corrected = len(main.all("section[aria-labelledby=phan-dinh-chinh] dd"))
    assert len(node.get("correction", [])) == corrected
    notes = [correction["datePublished"] for correction in node.get("correction", [])]
    assert node["dateModified"][:10] == max(day[:10] for day in [*shown, *notes]), address
    assert [person["name"] for person in node.get("author", [])] == [
        author.split(",")[0] for author in _said(main, "p.portal-authors").split("; ") if author
    ]
    assert len(node.get("image", [])) == len(main.all("figure.portal-picture"))


def _said(main: Node, selector: str) -> str:
    return " ".join(node.text for node in main.all(selector))


@pytest.mark.parametrize("address", json.loads(GRAPHS.read_text(encoding="utf-8")))
def test_of_a_record_exactly_this_is_told(pages_of: Pages, address: str) -> None:
    found = next(page for page in pages_of("third_portal")[1] if page.address == address)
    assert found.graph is not None
    assert found.graph["@graph"][2:] == [json.loads(GRAPHS.read_text(encoding="utf-8"))[address]]


def test_the_check_shares_nothing_with_the_portal() -> None:
    assert "portal" not in imported_by("schema_org.py")


GRAPH = {
    "@context": "https://schema.org",
    "@graph": [
        {"@type": "Organization", "@id": "https://a.example/#b", "name": "B"},
        {
            "@type": "NewsArticle",
            "headline": "C",
            "datePublished": "2026-04-05T07:30+07:00",
            "publisher": {"@id": "https://a.example/#b"},
            "isAccessibleForFree": True,
        },
    ],
}
WRONG: dict[str, tuple[object, str]] = {
    "headlin": ("C", "NewsArticle.headlin: no property"),
    "telephone": ("0", "NewsArticle.telephone: no property"),
    "headline": (True, "NewsArticle.headline: True is none of Text"),
    "datePublished": ("05/04/2026", "NewsArticle.datePublished: '05/04/2026' is none of Date, DateTime"),
    "publisher": (
        {"@id": "https://a.example/#c"},
        "NewsArticle.publisher: {'@id': 'https://a.example/#c'} is none of Organization, Person",
    ),
    "isAccessibleForFree": ("true", "NewsArticle.isAccessibleForFree: 'true' is none of Boolean"),
    "contentLocation": (
        {"@type": "Person", "name": "D"},
        "NewsArticle.contentLocation: {'@type': 'Person', 'name': 'D'} is none of Place",
    ),
    "about": ({"@type": "Topic"}, "Topic: no type"),
    "url": ("/tin/", "NewsArticle.url: '/tin/' is none of URL"),
    "abstract": ("", "NewsArticle.abstract: says nothing"),
    "@id": ("#bai", "NewsArticle.@id: #bai"),
}


def test_a_graph_that_is_right_has_no_faults() -> None:
    assert list(VOCABULARY.faults(GRAPH)) == []


@pytest.mark.parametrize("key", WRONG)
def test_planted_faults_are_found(key: str) -> None:
    """So that the lists above are not empty for want of looking."""
    value, fault = WRONG[key]
    organisation, article = GRAPH["@graph"]
    graph = {**GRAPH, "@graph": [organisation, {**article, key: value}]}
    assert fault in list(VOCABULARY.faults(graph))
