"""What a body reads as: every form of passages.txt; and offsets that stay those of the file, whatever stands there."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from portal.manuscript import Source
from portal.passages import Block, Span, seen
from unit.bodies import bodies

_HEAD, *_SECTIONS = (Path(__file__).parent / "passages.txt").read_text(encoding="utf-8").split("\n=== ")
CASES = dict(section.split("\n", 1) for section in _SECTIONS)


def read(text: str) -> tuple[str, tuple[Block, ...]]:
    return seen(Source(text, "bai.md", 1))


def shown(text: str, span: Span) -> str:
    return text[span.start : span.end].replace("\n", "⏎").replace("\u00a0", "␣")


@pytest.mark.parametrize("name", CASES)
def test_what_a_body_reads_as(name: str) -> None:
    text, _, expected = f"\n{CASES[name]}".replace("␣", "\u00a0").rpartition("\n--")
    text = text.removeprefix("\n")
    found = [
        block.kind.name.lower()
        + "".join(f" [{shown(text, span)}]" for span in block.context)
        + ": "
        + " ‖ ".join(shown(text, span) for span in block.sentences)
        for block in read(text)[1]
    ]
    assert found == [line.replace("\u00a0", "␣") for line in expected.split("\n") if line]


def test_the_forms_are_many() -> None:
    assert len(CASES) >= 45


_MARKUP = st.text(alphabet="a5A. \n\t|-#>*_`[](){}<>/!\\&;:\"'=~^tdpr\u00a0\x1eậ", max_size=80)


@given(st.one_of(st.text(max_size=80), _MARKUP, bodies()))
def test_every_character_keeps_its_place(text: str) -> None:
    visible, _ = read(text)
    assert len(visible) == len(text)
    assert [i for i, char in enumerate(visible) if char == "\n"] == [i for i, char in enumerate(text) if char == "\n"]
    assert all(char in (text[i], " ", "|", "\x1e") for i, char in enumerate(visible))


@given(st.one_of(st.text(max_size=80), _MARKUP, bodies()))
def test_sentences_stand_one_after_another_and_say_something(text: str) -> None:
    seen, found = read(text)
    sentences = [span for block in found for span in block.sentences]
    assert all(block.sentences for block in found)
    assert all(0 <= span.start < span.end <= len(text) for span in sentences)
    assert all(one.end <= two.start for one, two in pairwise(sentences))
    assert all(seen[s.start : s.end] == seen[s.start : s.end].strip(" \t\n\u00a0|\x1e") for s in sentences)


@given(st.one_of(_MARKUP, bodies()))
def test_whatever_shows_is_in_a_block_or_at_its_edge(text: str) -> None:
    """Nothing is lost between the blocks; but a table with nothing below its head is none."""
    seen, found = read(text)
    tables = {i for line in re.finditer(r".*\|.*", seen) for i in range(*line.span())}
    held = {i for block in found for span in (*block.sentences, *block.context) for i in range(span.start, span.end)}
    known = held | tables
    assert [seen[i] for i in range(len(seen)) if i not in known and seen[i].isalnum()] == []


LONG = {
    "a list": "- Có 5 hộ.\n" * 10_000,
    "a loose list": "- Có 5 hộ.\n\n" * 5_000,
    "a paragraph": "Có 5 hộ.\n" * 10_000,
    "paragraphs": "Gồm 5 hộ:\n\n" * 5_000,
    "a table": "| A | B |\n|---|---|\n" + "| a | 5 |\n" * 10_000,
    "quotes": "> > Có 5 hộ.\n" * 10_000,
    "braces": "{#" * 10_000,
    "brackets": "![" * 10_000,
    "targets": "](" * 10_000,
    "titles": '](a "' * 5_000,
    "tags": '<a "' * 5_000,
    "rulers": "Có 5\n---\n" * 5_000,
    "spaces": " " * 20_000 + "5",
}


SENTENCES = {
    **dict.fromkeys(("a list", "a paragraph", "a table", "quotes"), 10_000),
    **dict.fromkeys(("a loose list", "paragraphs"), 5_000),
    **dict.fromkeys(("braces", "brackets", "targets", "titles", "tags"), 1),
    **dict.fromkeys(("rulers", "spaces"), 0),
}


@pytest.mark.parametrize("name", LONG)
def test_a_long_body_is_read_to_its_end(name: str) -> None:
    seen, found = read(LONG[name])
    assert len(seen) == len(LONG[name])
    assert sum(len(block.sentences) for block in found) == SENTENCES[name]
