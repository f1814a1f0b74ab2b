"""What `make audit` says of feeds. That its tools find what is wrong it proves itself in each run, on documents it plants."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from audit import feeds
from audit.figures import MEASURES, ToolError

A, B, C = (Path(f"/site/{name}/feed.xml") for name in "abc")

ENTRY = (
    "<entry><id>tag:vd.example,2026:/a</id><title>Tin</title><link href='https://vd.example/a/'/>"
    "<published>2026-01-01T00:00:00+07:00</published><updated>2026-01-01T00:00:00+07:00</updated>"
    "<content type='html'>&lt;p>Tin&lt;/p></content></entry>"
)
ATOM = (
    "<feed xmlns='http://www.w3.org/2005/Atom'><id>tag:vd.example,2026:/</id><title>Cổng</title>"
    f"<updated>2026-01-01T00:00:00+07:00</updated><author><name>Ban</name></author>{ENTRY}</feed>"
)


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
