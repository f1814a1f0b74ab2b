"""What `make audit` says of feeds: what is wrong with them is counted, whichever document it stands in."""

from __future__ import annotations

import json
import shutil
from collections.abc import Sequence
from pathlib import Path

import pytest
from audit import feeds
from audit.figures import MEASURES, ToolError, misses

MODULES = Path(__file__).parents[1] / "audit/node_modules"
A, B, C = (Path(f"/site/{name}/feed.xml") for name in "abc")

with_tools = pytest.mark.skipif(
    not (MODULES / feeds.SCHEMA).is_dir() or not all(map(shutil.which, ("java", "node"))),
    reason="the tools of make audit are not there: npm ci --prefix tests/audit --ignore-scripts",
)

ENTRY = (
    "<entry><id>tag:vd.example,2026:/a</id><title>Tin</title><link href='https://vd.example/a/'/>"
    "<published>2026-01-01T00:00:00+07:00</published><updated>2026-01-01T00:00:00+07:00</updated>"
    "<content type='html'>&lt;p>Tin&lt;/p></content></entry>"
)
ATOM = (
    "<feed xmlns='http://www.w3.org/2005/Atom'><id>tag:vd.example,2026:/</id><title>Cổng</title>"
    f"<updated>2026-01-01T00:00:00+07:00</updated><author><name>Ban</name></author>{ENTRY}</feed>"
)
ITEM = {
    "id": "a",
    "url": "https://vd.example/a/",
    "content_html": "<p>Tin</p>",
    "date_published": "2026-01-01T00:00:00+07:00",
}
JSON = {"version": "https://jsonfeed.org/version/1.1", "title": "Cổng", "items": [ITEM]}


def with_item(**keys: object) -> str:
    return json.dumps({**JSON, "items": [{**ITEM, **keys}]})


BROKEN = {
    "feed.xml": (ATOM.replace("<updated>2026-01-01T00", "<updated>2026-01-01 00", 1), [
        "line 1: Bad character content “2026-01-01 00:00:00+07:00” for element “updated”.",
    ]),
    "tin/feed.xml": (ATOM[:-7], [
        "line 1: XML document structures must start and end within the same entity.",
        "feedparser: <unknown>:2:407: no element found",
    ]),
    "tin/feed/1.xml": (ATOM.replace(ENTRY, ""), ["feedparser finds no entry"]),
    "tin/feed/2.xml": (ATOM.replace("<link href='https://vd.example/a/'/>", ""), ["feedparser finds no links in entry 1"]),
    "feed.json": (with_item(url="a b"), ['/items/0/url: must match format "uri"']),
    "feed/1.json": (with_item(date_published="2026-01-01"), ['/items/0/date_published: must match format "date-time"']),
    "tin/feed.json": (json.dumps({**JSON, "item": []}), ["/: must NOT have additional properties"]),
    "tin/feed/1.json": ("[", ["Unexpected end of JSON input"]),
}  # fmt: skip
FINE = {"khoe/feed.xml": ATOM, "khoe/feed/1.xml": ATOM, "khoe/feed.json": json.dumps(JSON), "khoe/other.xml": "<a>"}


def written(site: Path, files: dict[str, str]) -> Path:
    for path, text in files.items():
        (site / path).parent.mkdir(parents=True, exist_ok=True)
        (site / path).write_text(text, encoding="utf-8")
    return site


@with_tools
def test_feeds_that_are_right_are_counted_and_have_no_error(tmp_path: Path) -> None:
    found = list(feeds.measure(written(tmp_path, FINE), MODULES))
    assert [(figure.page, figure.measure, figure.value, figure.said) for figure in found] == [
        ("feeds", "feed errors", 0, ()),
        ("feeds", "atom documents", 2, ()),
        ("feeds", "json documents", 1, ()),
    ]
    assert misses(found, []) == []


@with_tools
def test_every_error_is_told_with_its_document(tmp_path: Path) -> None:
    files = {path: text for path, (text, _) in BROKEN.items()}
    errors, atom, json_ = feeds.measure(written(tmp_path, {**FINE, **files}), MODULES)
    wanted = [f"/{path} {line}" for path, (_, said) in BROKEN.items() for line in said]
    assert sorted(errors.said) == sorted(wanted)
    assert (errors.value, atom.value, json_.value) == (len(wanted), 6, 5)
    assert misses([errors], []) == [(f"feeds: feed errors {len(wanted)}, must ≤ 0", errors.said)]


@with_tools
def test_a_site_without_feeds_misses(tmp_path: Path) -> None:
    found = list(feeds.measure(tmp_path, MODULES))
    assert [miss for miss, _ in misses(found, [])] == [
        "feeds: atom documents 0, must ≥ 1",
        "feeds: json documents 0, must ≥ 1",
    ]


def test_jing_is_asked_again_about_what_follows_a_document_that_stopped_it() -> None:
    asked = []

    def ask(files: Sequence[Path]) -> str:
        asked.append(list(files))
        return f"{A}:3:1: error: Wrong.\n{B}:1:1: fatal: No XML.\n" if A in files else f"{C}:2:5: error: Wrong: “a”.\n"

    assert feeds.by_grammar([A, B, C], ask) == [["line 3: Wrong."], ["line 1: No XML."], ["line 2: Wrong: “a”."]]
    assert asked == [[A, B, C], [C]]


@pytest.mark.parametrize("said", ["fatal: File not found: /site/a/feed.xml", "/atom.rnc:1:2: fatal: syntax error"])
def test_what_jing_says_of_anything_else_is_a_fault_of_the_audit(said: str) -> None:
    with pytest.raises(ToolError) as caught:
        feeds.by_grammar([A], lambda files: said)
    assert str(caught.value) == f"Jing: {said}"


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (ATOM, []),
        ("<rss version='2.0'><channel><item><title>A</title></item></channel></rss>", [
            "feedparser takes it for rss20",
            "feedparser finds no id, links, published_parsed, updated_parsed, content in entry 1",
        ]),
        (ATOM.replace("<title>Tin</title>", "<title/>").replace(ENTRY, ENTRY * 2, 1), ["feedparser finds no title in entry 1"]),
    ],
)  # fmt: skip
def test_what_a_reader_would_miss_is_told(data: str, said: list[str]) -> None:
    assert list(feeds.by_reader(data.encode())) == said


def test_without_its_tools_it_says_how_to_have_them(tmp_path: Path) -> None:
    for check, name in ((feeds.check_atom, "vnu-jar"), (feeds.check_json, "jsonfeed-schema")):
        with pytest.raises(ToolError, match=f"no {name}: run make audit"):
            check([], tmp_path)


def test_the_figures_of_feeds_are_bounded() -> None:
    bounds = {name: (one.least, one.most) for name, one in MEASURES.items() if one.tool == feeds.FEEDS}
    assert bounds == {"feed errors": (None, 0), "atom documents": (1, None), "json documents": (1, None)}
