"""The passages of a body: its paragraphs, lists and tables, sentence by sentence, as a reader sees them.

Read straight from the Markdown, so every offset is one of the file; nothing is converted.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import Enum, auto

from .manuscript import Source


class Span(tuple[int, int]):
    """From an offset of the body to another, the end not included."""

    @property
    def start(self) -> int:
        return self[0]

    @property
    def end(self) -> int:
        return self[1]


class BlockKind(Enum):
    PARAGRAPH = auto()
    LIST = auto()
    TABLE = auto()


@dataclass(frozen=True)
class Block:
    """One paragraph, list or table. A row of a table is a sentence; `context` is read with each of them: the head of
    the table, and the sentence ending in a colon that leads into a list or table."""

    kind: BlockKind
    sentences: tuple[Span, ...]
    context: tuple[Span, ...] = ()

    @property
    def start(self) -> int:
        return self.sentences[0].start

    @property
    def end(self) -> int:
        return self.sentences[-1].end


_BREAK = "\x1e"  # stands where a block-level HTML tag was: no sentence goes across it

_BLOCK_TAG = re.compile(
    r"</?(?:p|div|ul|ol|li|dl|dt|dd|table|thead|tbody|tfoot|tr|caption|figure|figcaption|blockquote|details|summary|br|hr)"
    r"\b[^<>]*>",
    re.IGNORECASE,
)
_CELL_TAG = re.compile(r"</?t[dh]\b[^<>]*>", re.IGNORECASE)
_MASKED = tuple(
    re.compile(pattern, re.MULTILINE)
    for pattern in (
        r"!\[[^\]\n]*\]\([^)\n]*\)",  # a picture
        r"!\[[^\]\n]*\]\[[^\]\n]*\]",
        r"\]\((?:[^()\n]|\([^()\n]*\))*\)",  # where a link leads
        r"\]\[[^\]\n]*\]",
        r"\[\^[^\]\n]+\]:?",  # a note's mark
        r"^[ ]{0,3}\[[^\]\n]+\]:[^\n]*",  # what a reference means
        r"^[ ]{0,3}\*\[[^\]\n]+\]:[^\n]*",  # what an abbreviation means
        r"^[ ]*!!![^\n]*",  # the head of a note
        r"\{:?[ ]*[#.][^}\n]*\}",
        r"<[a-zA-Z/!?][^<>]*>",
        r"&(?:#\d+|#x[0-9a-fA-F]+|\w+);",
        r"^[ ]*#{1,6}[ \t][^\n]*",  # headings state nothing
        r"^[^\n|]+\n(?:=+|-+)[ \t]*$",
        r"^[ ]{0,3}(?:[-*_][ \t]*){3,}$",
        r"\\(?=[!-/:-@\[-`{-~])",
        r"[\[\]*`~]|(?<!\w)_|_(?!\w)",
    )
)
_QUOTE_MARK = re.compile(r"^(?:[ ]{0,3}>[ ]?)+", re.MULTILINE)
_ITEM = re.compile(r"[ \t]*(?:[-*+]|\d{1,3}[.)]|:)[ \t]+")
_RULE_OF_TABLE = re.compile(r"[ \t]*\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*")


def visible(source: Source) -> str:
    """The body with everything a reader does not see blanked out, letter for letter in its place."""
    text = _QUOTE_MARK.sub(_blank, source.prose)
    text = _BLOCK_TAG.sub(lambda tag: _BREAK + " " * (len(tag[0]) - 1), text)
    text = _CELL_TAG.sub(lambda tag: "|" + " " * (len(tag[0]) - 1), text)
    for pattern in _MASKED:
        text = pattern.sub(_blank, text)
    return text


def _blank(match: re.Match[str]) -> str:
    return re.sub(r"[^\n]", " ", match[0])


@dataclass
class _Open:
    """The block being read."""

    kind: BlockKind
    sentences: list[Span]
    context: tuple[Span, ...]


def blocks(source: Source, text: str) -> tuple[Block, ...]:
    """The blocks of the body whose `visible` text is given, in order; headings, code and pictures are none."""
    return tuple(_lead_in(tuple(_blocks(source.prose, text)), text))


def _blocks(prose: str, text: str) -> Iterator[Block]:
    lines = list(_lines(prose, text))
    at = 0
    while at < len(lines):
        span, raw = lines[at]
        if not text[span.start : span.end].strip(" \t\n" + _BREAK):
            at += 1
        elif _starts_table(lines, at):
            end = _until(lines, at + 2, lambda line: not line.strip())
            rows = tuple(_trimmed(row, text) for row, _ in lines[at + 2 : end])
            if rows:
                yield Block(BlockKind.TABLE, rows, (_trimmed(span, text),))
            at = end
        elif _ITEM.match(raw):
            end = _end_of_list(lines, at)
            yield from _block(BlockKind.LIST, _items(lines[at:end]), text)
            at = end
        else:
            end = _until(lines, at + 1, lambda line: not line.strip())
            while (table := next((i for i in range(at + 1, end) if _starts_table(lines, i)), None)) is not None:
                end = table
            yield from _block(BlockKind.PARAGRAPH, [Span((span.start, lines[end - 1][0].end))], text)
            at = end


def _lines(prose: str, text: str) -> Iterator[tuple[Span, str]]:
    """Each line, and how its markup reads: quote marks are gone, list marks are there."""
    start = 0
    unquoted = _QUOTE_MARK.sub(_blank, prose)
    for line in unquoted.split("\n"):
        end = start + len(line)
        shown = line if text[start:end].strip(" \t" + _BREAK) else ""
        yield Span((start, end)), shown
        start = end + 1


def _starts_table(lines: list[tuple[Span, str]], at: int) -> bool:
    if at + 1 >= len(lines) or "|" not in lines[at][1]:
        return False
    rule = lines[at + 1][1]
    return "-" in rule and bool(_RULE_OF_TABLE.fullmatch(rule))


def _until(lines: list[tuple[Span, str]], at: int, ends: Callable[[str], bool]) -> int:
    while at < len(lines) and not ends(lines[at][1]):
        at += 1
    return at


def _end_of_list(lines: list[tuple[Span, str]], at: int) -> int:
    """A list goes on over an empty line when an item or something indented follows."""
    end = at + 1
    while end < len(lines):
        line = lines[end][1]
        after = next((raw for _, raw in lines[end:] if raw.strip()), "")
        goes_on = line.strip() or _ITEM.match(after) or (after.startswith(("  ", "\t")))
        if not goes_on:
            return end
        end += 1
    return end


def _items(lines: list[tuple[Span, str]]) -> list[Span]:
    """The text of each item, without its mark."""
    items: list[Span] = []
    for span, raw in lines:
        mark = _ITEM.match(raw)
        if mark or not items:
            items.append(Span((span.start + (mark.end() if mark else 0), span.end)))
        else:
            items[-1] = Span((items[-1].start, span.end))
    return items


def _block(kind: BlockKind, parts: list[Span], text: str) -> Iterator[Block]:
    sentences = tuple(sentence for part in parts for sentence in _sentences(part, text))
    if sentences:
        yield Block(kind, sentences)


_END = re.compile(r"[.!?…]+[”\"’)]*(?=\s)|" + _BREAK)
_ABBREVIATED = re.compile(r"(?<!\w)(?:TP|Tp|tp|TX|Tx|TT|Tt|GS|PGS|TS|ThS|BS|Đ/c|đ/c)\.\Z")


def _sentences(part: Span, text: str) -> Iterator[Span]:
    """A sentence ends with its mark before a capital, a digit or a quote; not after "TP." and its like."""
    start = part.start
    for match in _END.finditer(text, part.start, part.end):
        follows = text[match.end() : part.end].lstrip()[:1]
        goes_on = _ABBREVIATED.search(text, start, match.end()) or not _begins(follows)
        if match[0] != _BREAK and goes_on:
            continue
        yield from _span(start, match.end(), text)
        start = match.end()
    yield from _span(start, part.end, text)


def _begins(char: str) -> bool:
    return not char or char.isupper() or char.isdigit() or char in "“\"'(–-"


def _span(start: int, end: int, text: str) -> Iterator[Span]:
    trimmed = _trimmed(Span((start, end)), text)
    if trimmed.start < trimmed.end:
        yield trimmed


def _trimmed(span: Span, text: str) -> Span:
    inner = text[span.start : span.end]
    strip = " \t\n\r\u00a0|" + _BREAK
    start = span.start + len(inner) - len(inner.lstrip(strip))
    return Span((start, max(start, span.end - len(inner) + len(inner.rstrip(strip)))))


def _lead_in(found: tuple[Block, ...], text: str) -> Iterator[Block]:
    """Lists and tables with the sentence that leads into them."""
    before: Block | None = None
    for block in found:
        leads = before is not None and before.kind is BlockKind.PARAGRAPH and text[: before.end].endswith(":")
        if leads and before is not None and block.kind is not BlockKind.PARAGRAPH:
            yield Block(block.kind, block.sentences, (before.sentences[-1], *block.context))
        else:
            yield block
        before = block
