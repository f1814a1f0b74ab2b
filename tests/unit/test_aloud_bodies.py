"""Reading texts of whole articles: tests/aloud/bodies/*.case holds what an editor writes and what an announcer reads.

A case has sections `=== title`, `summary`, `facts` (label: value), `body` (Markdown), `corrections` (day and note), `source`, each of
which may be missing, and `=== text`, the reading text.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from html import unescape
from pathlib import Path

import pytest
from bodies import NUMBERS
from hypothesis import given, settings
from hypothesis import strategies as st
from portal.aloud.reading_text import SYLLABLES_A_MINUTE, length_in_words, minutes, reading_text
from portal.aloud.speaker import Speaker
from portal.body import EMPTY, Body, Converter
from portal.markup import Resolution

CASES = sorted((Path(__file__).parents[1] / "aloud/bodies").glob("*.case"))
CONVERTER = Converter()
SPEAKER = Speaker((("UBND", "Ủy ban nhân dân"), ("TP.", "thành phố")))
_SECTION = re.compile(r"^=== (\w+)\n", re.MULTILINE)


def body_of(text: str) -> Body:
    body = CONVERTER.convert(text, "docs/bai.md", 1, lambda written, image: Resolution(href=written))
    assert body.problems == ()
    return body


def read(sections: dict[str, str]) -> str:
    facts = [line.split(": ", 1) for line in sections.get("facts", "").splitlines()]
    corrections = [line.split(" ", 1) for line in sections.get("corrections", "").splitlines()]
    return reading_text(
        sections.get("title", "Tên bài").strip(),
        sections.get("summary", "").strip(),
        body_of(sections["body"]),
        SPEAKER,
        facts=[(label, value) for label, value in facts],
        corrections=[(date.fromisoformat(day), note) for day, note in corrections],
        source=sections.get("source", "").strip(),
    )


def sections_of(file: Path) -> dict[str, str]:
    comment, *parts = _SECTION.split(file.read_text(encoding="utf-8"))
    assert comment.startswith("# ")
    return dict(zip(parts[::2], parts[1::2], strict=True))


@pytest.mark.parametrize("file", CASES, ids=lambda file: file.stem)
def test_an_article_as_it_is_read(file: Path) -> None:
    sections = sections_of(file)
    assert read(sections) == sections["text"]


def test_every_kind_of_block_has_a_case() -> None:
    written = "".join(sections_of(file)["body"] for file in CASES)
    signs = (
        "## ",
        "- ",
        "4. ",
        "|---",
        "![",
        "> ",
        "[^1]:",
        "<sup>",
        "<abbr",
        "<q>",
        "<del>",
        "!!! ",
        "<details>",
        "```",
        ":   ",
    )
    assert [sign for sign in signs if sign not in written] == []
    assert len(CASES) >= 9


def test_notes_of_the_portal_are_not_read() -> None:
    html = '<p>Có 5 hộ.</p><details class="portal-uses"><summary>Số liệu</summary><p>Dùng ở 3 bảng</p></details><p>Hết.</p>'
    noted = Body(html.encode(), (), (), frozenset(), (), ())
    assert reading_text("Tên", "", noted, SPEAKER).split("\n\n")[1:] == ["Tên.", "Có năm hộ.", "Hết.\n"]


def of_words(count: int) -> str:
    """A reading text with so many words after the line that tells its length."""
    return reading_text("từ", "", body_of(" ".join(["từ"] * (count - 1))), SPEAKER)


@pytest.mark.parametrize(
    ("words", "length"),
    [
        (2, "dưới một phút"),
        (SYLLABLES_A_MINUTE - 1, "dưới một phút"),
        (SYLLABLES_A_MINUTE, "khoảng một phút"),
        (SYLLABLES_A_MINUTE * 3 // 2 - 1, "khoảng một phút"),
        (SYLLABLES_A_MINUTE * 3 // 2, "khoảng hai phút"),
        (SYLLABLES_A_MINUTE * 21, "khoảng hai mươi mốt phút"),
    ],
)
def test_how_long_reading_takes(words: int, length: str) -> None:
    text = of_words(words)
    assert text.startswith(f"Thời lượng đọc: {length}.\n\nTừ.\n\n")
    assert length_in_words(minutes(text)) == length  # also of the text with that line


def test_nothing_to_read_takes_no_time() -> None:
    assert (minutes(""), length_in_words(0)) == (0, "dưới một phút")
    assert reading_text("Tên", "", EMPTY, SPEAKER) == "Thời lượng đọc: dưới một phút.\n\nTên.\n"


_inline = st.sampled_from(
    [
        "có {} hộ",
        "**{}** mô hình",
        "UBND nêu “{}”",
        "{} ha, {} %",
        "ngày {}/5",
        "~~{}~~ `{}`",
        "![ảnh {}](/a.jpg)",
        "{}<br>{}",
        "a < {}",
    ]
)
_line = st.builds(
    lambda form, one, two: form.format(one, two), _inline, st.sampled_from(NUMBERS), st.sampled_from(NUMBERS)
)
_block = st.sampled_from(
    [
        "{}",
        "## {}",
        "- {}\n- {}",
        "1. {}\n2. {}",
        "> {}",
        "| Xã | Hộ |\n|---|---|\n| {} | {} |",
        "Từ\n:   {}",
        "    {}",
        "{}[^1]\n\n[^1]: {}",
    ]
)
_body = st.lists(st.builds(lambda form, one, two: form.format(one, two), _block, _line, _line), max_size=6).map(
    "\n\n".join
)


@settings(max_examples=150, deadline=None)
@given(_body)
def test_any_body_is_read_whole_in_sentences_without_digits(text: str) -> None:
    body = body_of(text)
    said = reading_text("Tên bài", "Tóm tắt", body, SPEAKER)
    assert not re.search(r"\d", said)
    assert said == unicodedata.normalize("NFC", said)
    assert said.endswith("\n") and "\n\n\n" not in said
    assert not re.search(r"  |[^\S \n]", said)  # by its blanks the length is counted
    for line in filter(None, said.splitlines()):
        assert line == line.strip()
        assert re.search(r"[.!?…:;,][”\"’')\]]*$", line), line
    words = re.findall(r"[^\W\d_]+", unescape(re.sub(r"<[^>]*>", " ", body.html)))
    assert [word for word in words if len(word) > 3 and word.islower() and word not in said.lower()] == []
