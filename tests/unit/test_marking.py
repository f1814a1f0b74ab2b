"""Marks around passages and numbers: the HTML they are drawn in stays what it was, whole and valid."""

from __future__ import annotations

import html
import re
from bisect import bisect_left
from collections.abc import Sequence
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from portal.body import Body, Converter
from portal.manuscript import Source
from portal.marking import MOST, Link, Mark, drawn, inserted
from portal.markup import Resolution
from portal.numerals import numerals
from portal.passages import Block, Span, blocks, visible

from unit.bodies import bodies

LINK = Link("Bảng & “số”", '/bang/?a=1&b="2"')
SAID = (
    '<p class="portal-uses">Số liệu ở đây được dùng trong: '
    '<a href="/bang/?a=1&amp;b=&quot;2&quot;">Bảng &amp; “số”</a>.</p>'
)
PRIVATE = re.compile("[\U000f0000-\U0010ffff]")


def resolve(written: str, image: bool) -> Resolution:
    if PRIVATE.search(written) or written == "/hong/":
        return Resolution(message=f"`{written}` không dẫn đến đâu", hint="hãy sửa")
    return Resolution(href=written)


CONVERTER = Converter()


def convert(text: str, marks: Sequence[Mark] = ()) -> Body:
    return CONVERTER.convert(text, "bai.md", 1, resolve, tuple(marks))


def read(text: str) -> tuple[str, tuple[Block, ...]]:
    source = Source(text, "bai.md", 1)
    seen = visible(source)
    return seen, blocks(source, seen)


def number_marks(text: str) -> list[Mark]:
    seen, found = read(text)
    return [Mark(n.start, n.end) for b in found for n in numerals(seen, within=(b.start, b.end))]


def passage(text: str, said: str, name: str, *notes: Link) -> Mark:
    """A passage from the first to the last character of what is said, which the text holds once."""
    assert text.count(said) == 1, said
    return Mark(text.index(said), text.index(said) + len(said), f"so-lieu-{name}", notes)


def ordered(marks: Sequence[Mark]) -> list[Mark]:
    """As evidence gives them: passages before numbers, the longest first."""
    return sorted(marks, key=lambda m: (not m.id, (m.start - m.end) if m.id else m.start))


# --- reading the HTML ----------------------------------------------------------

_TAG = re.compile(r"<(/?)([a-z][a-z0-9]*)((?:[^>\"]|\"[^\"]*\")*)>")
_OURS = re.compile(r' id="so-lieu-[^"]+" class="portal-passage"| class="portal-figure"')
_VOID = {"br", "hr", "img"}
_ONLY = {
    "table": {"caption", "thead", "tbody", "tfoot"},
    "thead": {"tr"},
    "tbody": {"tr"},
    "tfoot": {"tr"},
    "tr": {"td", "th"},
    "ul": {"li"},
    "ol": {"li"},
    "dl": {"dt", "dd"},
}
_PARENTS = {"figcaption": {"figure"}, "summary": {"details"}, "caption": {"table"}, "tr": {"thead", "tbody", "tfoot"}}
_PARENTS |= {"li": {"ul", "ol"}, "td": {"tr"}, "th": {"tr"}, "dt": {"dl"}, "dd": {"dl"}}
_FLOW = {"", "div", "blockquote", "li", "dd", "td", "th", "figure", "figcaption", "details"}
_BLOCKS = {"p", "div", "blockquote", "pre", "figure", "details", "hr", "h2", "h3", "h4", "h5", "h6", *_ONLY, *_PARENTS}


def unwrapped(document: str) -> str:
    """The HTML without any element, attribute or note of ours."""
    document = document.replace(SAID, "")
    pieces: list[str] = []
    kept: list[bool] = []
    done = 0
    for tag in _TAG.finditer(document):
        pieces.append(document[done : tag.start()])
        done = tag.end()
        if tag[1]:
            pieces.append(tag[0] if kept.pop() else "")
            continue
        bare = _OURS.sub("", tag[3])
        keeps = bare == tag[3] or tag[2] == "tr"
        pieces.append(f"<{tag[2]}{bare}>" if keeps else "")
        if tag[2] not in _VOID:
            kept.append(keeps)
    return "".join([*pieces, document[done:]])


def faults(document: str) -> list[str]:
    """What is wrong with the nesting of the HTML."""
    found: list[str] = []
    open_tags: list[str] = [""]
    firsts: list[bool] = [True]  # whether nothing was yet seen in each
    done = 0
    for tag in _TAG.finditer(document):
        text = document[done : tag.start()]
        done = tag.end()
        if text.strip() and open_tags[-1] in _ONLY:
            found.append(f"text in {open_tags[-1]}: {text}")
        name, parent = tag[2], open_tags[-1]
        if tag[1]:
            if parent != name:
                found.append(f"</{name}> closes {parent}")
                return found
            open_tags.pop()
            firsts.pop()
            continue
        if name not in _ONLY.get(parent, {name}) or parent not in _PARENTS.get(name, {parent}):
            found.append(f"{name} in {parent}")
        if name in _BLOCKS - set(_PARENTS) and parent not in _FLOW:
            found.append(f"{name} in {parent}")
        if name in ("figcaption", "summary") and not (firsts[-1] or name == "figcaption"):
            found.append(f"{name} is not the first")
        firsts[-1] = False
        if name not in _VOID:
            open_tags.append(name)
            firsts.append(True)
    return found + [f"{name} stays open" for name in open_tags[1:]]


def text_of(document: str) -> str:
    return html.unescape(_TAG.sub("", document))


def inner(document: str, anchor: str) -> tuple[str, str]:
    """Tag and content of the one element with the id."""
    assert document.count(f'id="{anchor}"') == 1, anchor
    start = next(tag for tag in _TAG.finditer(document) if f'id="{anchor}"' in tag[3])
    depth = 0
    for tag in _TAG.finditer(document, start.start()):
        depth += 0 if tag[2] in _VOID else -1 if tag[1] else 1
        if depth == 0:
            return start[2], document[start.end() : tag.start()]
    raise AssertionError(anchor)


def figures(document: str) -> list[str]:
    return [
        html.unescape(said) for said in re.findall(r'<mark class="portal-figure">(.*?)</mark>', document, re.DOTALL)
    ]


# --- any body, any passages ----------------------------------------------------


@st.composite
def marked(draw: st.DrawFn) -> tuple[str, list[Mark]]:
    """A body with figure sets: runs of sentences or parts of them, which hold numbers and may overlap."""
    text = draw(bodies())
    seen, found = read(text)
    spans: list[Span] = []
    for block in draw(st.lists(st.sampled_from(found), max_size=6)) if found else []:
        first = draw(st.integers(0, len(block.sentences) - 1))
        last = draw(st.integers(first, min(len(block.sentences) - 1, first + 2)))
        span = Span((block.sentences[first].start, block.sentences[last].end))
        inside = numerals(seen, within=span)
        if inside and draw(st.booleans()):  # a quote that begins and ends with a number
            span = Span((inside[0].start, draw(st.sampled_from(inside)).end))
        spans.append(span)
    notes = draw(st.lists(st.booleans(), min_size=len(spans), max_size=len(spans)))
    passages = [
        Mark(*span, f"so-lieu-{i}", (LINK,) if noted else ())
        for i, (span, noted) in enumerate(zip(spans, notes, strict=True))
    ]
    return text, ordered([*passages, *number_marks(text)])


@given(marked())
def test_without_our_elements_it_is_the_same_html(case: tuple[str, list[Mark]]) -> None:
    text, marks = case
    plain, body = convert(text), convert(text, marks)
    assert unwrapped(body.html) == plain.html
    assert (body.toc, body.problems, body.anchor_links, body.assets) == (
        plain.toc,
        plain.problems,
        plain.anchor_links,
        plain.assets,
    )
    assert body.anchors == plain.anchors | {mark.id for mark in marks if mark.id}
    assert not PRIVATE.search(body.html)


@given(marked())
def test_each_passage_is_one_element_with_its_numbers(case: tuple[str, list[Mark]]) -> None:
    text, marks = case
    document = convert(text, marks).html
    numbers = [mark for mark in marks if not mark.id]
    assert [" ".join(said.split()) for said in figures(document)] != [] or not numbers
    starts = [mark.start for mark in numbers]
    for mark in marks:
        if not mark.id:
            continue
        said = " ".join(text_of(inner(document, mark.id)[1]).split())
        at = 0
        for number in numbers[bisect_left(starts, mark.start) : bisect_left(starts, mark.end)]:
            written = " ".join(text[number.start : number.end].split())
            at = said.find(written, at) + len(written)
            assert at >= len(written), (mark, written, said)


@given(marked())
def test_the_html_is_well_formed_and_well_nested(case: tuple[str, list[Mark]]) -> None:
    text, marks = case
    document = convert(text, marks).html
    assert set(faults(document)) <= set(faults(convert(text).html))


@given(marked())
def test_every_number_is_drawn_as_written(case: tuple[str, list[Mark]]) -> None:
    text, marks = case
    written = [" ".join(text[mark.start : mark.end].split()) for mark in marks if not mark.id]
    drawn_ones = [" ".join(text_of(said).split()) for said in figures(convert(text, marks).html)]
    assert sorted(drawn_ones) == sorted(written)


@given(marked())
def test_notes_stand_once_and_between_blocks(case: tuple[str, list[Mark]]) -> None:
    text, marks = case
    document = convert(text, marks).html
    parts = document.split(SAID)
    assert (len(parts) > 1) == any(mark.notes for mark in marks)
    for i, part in enumerate(parts[:-1]):
        assert re.search(r"</(?:p|ul|ol|dl|table|div|blockquote|figure|details|pre|summary)>\Z", part), part[-60:]
        assert text_of(part).strip() or i == 0
