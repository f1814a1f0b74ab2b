"""Markdown converted with only the processors a text can trigger, compared with all of them, byte for byte."""

from __future__ import annotations

from pathlib import Path

import markdown
import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown.extensions.footnotes import FootnoteExtension
from markdown.extensions.toc import TocExtension
from portal.dialect import MOST, Dialect, References, Tables, made, triggered
from portal.manuscript import Source
from portal.markup import Inspector, Resolution, heading_id

CASES = sorted((Path(__file__).parents[1] / "cases").rglob("*.case"))

# Everything that has a meaning in Markdown or in one of our extensions, alone and as it is written.
SPACES = ["\n", "\n\n", " ", "  ", "    ", "\t", "  \n", "\n    ", "\u00a0"]
WORDS = ["a", "chữ", "đường hoa", "5", "2020. ", "TOC", "é", "://", "'", '"', "\\", "\\*", "\\[", "\\#"]
BLOCKS = [
    *("# ", "## ", "#", "---", "===", "-", "=", "***", "___", "- - -", "- ", "* ", "+ ", "1. ", "2.", "> ", ">", ">>"),
    *(": ", ":", ":   x", "từ\n: nghĩa", "```", "~~~", "```py", "a | b", "|---|---|", "--|--", "| c | d |", "|", "!!!"),
    *("!!! note\n", '!!! note "T"\n', "[TOC]", "[^1]: lời", "[^n]:", "[a]: /x", "]:", "*[AB]: nghĩa", "*["),
]
INLINE = [
    *(
        "*",
        "**",
        "_",
        "__",
        "`",
        "``",
        "[",
        "]",
        "(",
        ")",
        "](",
        "![",
        "[x](y)",
        "![x](y)",
        "[a]",
        "[b][a]",
        "[^1]",
        "AB",
    ),
    *("{: .x}", "{#id}", "{", "}", "{: #a .b c=d }", "&", "&amp;", "&lt;", "&#35;", "<http://a.b>", "<a@b.c>"),
]
TAGS = ["<div>", "</div>", "<b>", "</b>", "<hr>", "<br/>", "<p>", "</p>", "<td>", "<!-- c -->", "<!--", "<", "<h2>"]
MARKS = ["\U00100000", "\U00100001"]
PIECES = [*SPACES, *WORDS, *BLOCKS, *INLINE, *TAGS, *MARKS]


@st.composite
def texts(draw: st.DrawFn, pieces: list[str]) -> str:
    """A text of few kinds of pieces, so that most processors are left out, and those that are not meet."""
    kinds = draw(st.lists(st.sampled_from(pieces), min_size=1, max_size=8))
    return "".join(draw(st.lists(st.sampled_from([*kinds, "a", "\n", "\n\n"]), min_size=1, max_size=25)))


def plain() -> markdown.Markdown:
    """Python-Markdown with all of its own processors, and nothing of ours but what makes the HTML another."""
    converter = markdown.Markdown(
        extensions=[
            FootnoteExtension(BACKLINK_TITLE="Trở lại chỗ có chú thích %d"),
            *("tables", "def_list", "attr_list", "sane_lists", "fenced_code", "admonition", "abbr"),
            TocExtension(slugify=heading_id),
        ],
        output_format="html",
    )
    converter.references = References()
    converter.treeprocessors.register(Tables(converter), "portal_tables", 1)
    return converter


def converted(text: str, *, whole: bool) -> tuple[str, list]:
    converter = plain() if whole else made(triggered(text))
    return converter.convert(text), converter.toc_tokens


@given(texts(PIECES))
def test_what_a_text_cannot_trigger_does_nothing(text: str) -> None:
    assert converted(text, whole=False) == converted(text, whole=True)


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_the_golden_cases_are_converted_alike(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    for part in (text, *text.split("---\n")):
        assert converted(part, whole=False) == converted(part, whole=True)


def test_plain_prose_triggers_nothing() -> None:
    assert triggered("Tổ dân vận đến từng nhà, bàn với bà con.\n\nĐến nay 37 hộ đã hiến đất.") == frozenset()


def test_a_converter_is_kept_for_texts_that_trigger_the_same() -> None:
    dialect = Dialect()
    assert dialect.for_text("**một**") is dialect.for_text("*hai*")
    assert dialect.for_text("**một**") is not dialect.for_text("`hai`")


def test_no_more_converters_are_kept_than_the_limit_and_the_whole_one() -> None:
    dialect = Dialect()
    signs = ("`", "\\", "{", "#", "|", "!!!", "[")
    chosen = ["".join(sign for k, sign in enumerate(signs) if number >> k & 1) for number in range(2 ** len(signs))]
    kept = {id(converter): converter for converter in map(dialect.for_text, chosen)}
    assert len(chosen) > len(kept) == MOST + 1


def told(text: str, html: str, *, whole: bool) -> tuple:
    def resolve(written: str, image: bool) -> Resolution:
        fragment = written[1:] if written.startswith("#") else ""
        message = "không có" if "z" in written else ""
        return Resolution(written, "/x/", fragment, message, asset=written if image else "")

    inspector = Inspector(Source(text, "p.md", 1), resolve)
    if whole:
        inspector.feed(html)
        inspector.close()
    else:
        inspector.read(html)
    return inspector.hrefs, inspector.ids, inspector.assets, inspector.anchor_links, inspector.problems


MADE_BY_MARKDOWN = [piece for piece in (*SPACES, *WORDS, *BLOCKS, *INLINE) if "<" not in piece and "{" not in piece]
ADDRESSES = [
    *(
        "[x](y \"t & ' '> tên\")",
        "![](a)",
        '![ảnh](z.png "&quot;\n")',
        "[x](b?c=1&amp;d=2)",
        "[x](b?c=1&d=2)",
        "[x](#y)",
    ),
    *("# tít", "## A & B", "!!! xấu\n    x", "```a&b\nx\n```", "|:-:|-:|"),
]


@given(texts([*MADE_BY_MARKDOWN, *ADDRESSES]))
def test_html_of_markdown_alone_is_read_as_any_html(text: str) -> None:
    html, _ = converted(text, whole=True)
    assert told(text, html, whole=False) == told(text, html, whole=True)
