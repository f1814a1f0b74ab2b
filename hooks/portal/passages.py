"""The passages of a body: its paragraphs, lists and tables, sentence by sentence, as a reader sees them.

Read straight from the Markdown, so every offset is one of the file; nothing is converted.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import Enum, auto
from typing import NamedTuple

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
    """One paragraph, list or table. A paragraph ending in a colon is one with the list it leads into. A row of a table
    is a sentence; `context` is read with each of them: the head of the table, and the sentence that leads into it."""

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

_REST_OF_TAG = r"""(?:[^<>"']|"[^"\n]*"|'[^'\n]*')*+>"""
_BLOCK_TAG = re.compile(
    r"</?(?:p|div|ul|ol|li|dl|dt|dd|table|thead|tbody|tfoot|tr|caption|figure|figcaption|blockquote|details|summary|br|hr)\b"
    + _REST_OF_TAG,
    re.IGNORECASE,
)
_CELL_TAG = re.compile(r"</?t[dh]\b" + _REST_OF_TAG, re.IGNORECASE)
_SAME_PARAGRAPH = r"\n(?![ \t]*\n)"
_TARGET = (
    rf"\((?:[^()\n\"]|{_SAME_PARAGRAPH}|\"[^\"\n]*\"|\([^()\n]*\))*+\)"  # a title in quotes may hold brackets
    r"|\((?:[^()\n]|\([^()\n]*\))*+\)"
    r"|\[[^\[\]\n]*\]"
)
_MARK_OF_ITEM = r"(?:[-*+:]|\d+[.)])"
_TITLE = r"""(?:"[^"\n]*"|'[^'\n]*'|\([^()\n]*\))"""
# What readers do not see, and a sign without which there is none of it.
_MASKED = tuple(
    (sign, re.compile(pattern, re.MULTILINE))
    for sign, pattern in (
        ("{", r"(?<=[*_)\]>])\{[^{}\n]*\}|\{:[^{}\n]*\}"),  # attributes
        ("![", rf"!\[(?:[^\[\]\n]|{_SAME_PARAGRAPH}|\[[^\[\]\n]*\])*+\](?:{_TARGET})"),  # a picture
        ("]", rf"\](?:{_TARGET})"),  # where a link leads
        ("[^", r"\[\^[^\]\n]+\]"),  # a note's mark
        # What a reference means; its target and its title may stand on lines of their own.
        ("]:", rf"^[ ]{{0,3}}\[[^\]\n]*\]:(?:[ ]*\n[ ]*\S+)?[^\n]*(?:\n[ ]*{_TITLE}[ ]*$)?"),
        ("*[", r"^[ ]{0,3}\*\[[^\]\n]+\]:[^\n]*"),  # what an abbreviation means
        ("!!!", r"^[ ]*!!![^\n]*"),  # the head of a note
        ("[TOC]", r"^[ ]*\[TOC\][ ]*$"),
        ("{", r"\{:?[ ]*[#.][^{}\n]*\}"),
        ("<", r"<[a-zA-Z/!?]" + _REST_OF_TAG),
        ("<", r"<[a-zA-Z/!?][^<>]*>"),
        ("&", r"&(?:#\d+;?|#[xX][0-9a-fA-F]+;?|\w+;)"),
        ("#", rf"^(?:[ \t]*{_MARK_OF_ITEM}[ \t])*[ \t]*#[^\n]*"),  # headings state nothing
        ("", r"^[ ]{0,3}(?:[-*_][ \t]*){3,}$"),
        ("\\", r"\\(?=[!-/:-@\[-`{-~])"),
        ("", r"[\[\]*`~_](?:(?<!_)|(?<!\w_)|(?!\w))"),  # a "_" inside a word is shown
    )
)
_UNDERLINED = re.compile(r"^(?=[^\n]*\S)[^\n]*\n[ ]*(?:=+|-+)[ \t]*$", re.MULTILINE)
_NOT_A_BREAK = re.compile(r"[^\n]")
_QUOTE_MARK = re.compile(rf"^(?:[ \t]*(?:>|{_MARK_OF_ITEM}[ \t]))*[ \t]*>", re.MULTILINE)
_ITEM = re.compile(rf"(?:[ \t]*{_MARK_OF_ITEM}[ \t]+)+")
_NOTE = re.compile(r"^[ ]{0,3}\[\^[^\]\n]+\]:", re.MULTILINE)
_RULE_OF_TABLE = re.compile(r"[ \t]*\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*")


class Seen(NamedTuple):
    """A body as a reader sees it: `text` is it with everything else blanked out, letter for letter in its place; `blocks` are
    its blocks in order; headings, code and pictures are none."""

    text: str
    blocks: tuple[Block, ...]


def seen(source: Source) -> Seen:
    """The body as a reader sees it."""
    unquoted = _unquoted(source.prose)
    marks = _marks_of_items(source.prose, unquoted)
    text = _visible(source, unquoted, marks)
    return Seen(text, tuple(_lead_in(_blocks(_lines(source, unquoted, marks, text), text), text)))


def _visible(source: Source, unquoted: str, marks: list[int]) -> str:
    text = unquoted
    for sign, mark, stands in (("<", _BLOCK_TAG, _BREAK), ("[^", _NOTE, _BREAK), ("<", _CELL_TAG, "|")):
        if sign in text:
            text = mark.sub(lambda match, char=stands: char + _blank(match)[1:], text)
    text = _without_underlined(text, source.prose)
    for sign, pattern in _MASKED:
        if sign in text:
            text = pattern.sub(_blank, text)
    lines = zip(text.split("\n"), marks, strict=True)
    return "\n".join(" " * mark + line[mark:] for line, mark in lines)


def _unquoted(text: str) -> str:
    return _QUOTE_MARK.sub(lambda match: match[0].replace(">", " "), text) if ">" in text else text


def _marks_of_items(prose: str, unquoted: str) -> list[int]:
    """For each line how long the list marks are that begin it, with what stands before them. After the first a list
    goes on with marks of its kind: "37." in the midst of a paragraph, or below "- ", is a number that ends a sentence."""
    marks: list[int] = []
    kind, anew, depth = "", True, 0
    for written, line in zip(prose.split("\n"), unquoted.split("\n"), strict=True):
        indent = len(line) - len(line.lstrip())
        quotes = written.count(">") - line.count(">")
        anew = anew or quotes > depth
        found = _ITEM.match(line)
        if found and (anew or (kind and (indent >= 4 or _kind(found) == kind))):
            marks.append(found.end())
            kind = _kind(found) if indent < 4 or not kind else kind
        else:
            marks.append(0)
            kind = "" if anew and line.strip() and indent < 2 else kind
        anew = not line.strip() or line.lstrip().startswith(("#", "!!!"))
        depth = quotes
    return marks


def _kind(mark: re.Match[str]) -> str:
    first = mark[0].lstrip()[0]
    return "1" if first.isdigit() else first if first == ":" else "-"


def _without_underlined(text: str, prose: str) -> str:
    """Without the headings that are underlined: each the first line of a paragraph, item or quote, or after
    another heading."""
    pieces: list[str] = []
    done = 0
    for match in _UNDERLINED.finditer(text):
        line = text.rfind("\n", 0, max(0, match.start() - 1)) + 1
        above = text[line : match.start()].strip()
        quoted = _QUOTE_MARK.match(prose, match.start()) and not _QUOTE_MARK.match(prose, line)
        follows = done > 0 and done == match.start() - 1
        if not above or above.startswith(("#", "!!!")) or follows or quoted or _ITEM.match(match[0]):
            pieces += (text[done : match.start()], _blank(match))
            done = match.end()
    return "".join([*pieces, text[done:]])


def _blank(match: re.Match[str]) -> str:
    written = match[0]
    return " " * len(written) if "\n" not in written else _NOT_A_BREAK.sub(" ", written)


class _Line(NamedTuple):
    """A line as its markup reads: quote marks are gone, list marks are there, `mark` long. `raw` is empty where nothing
    shows; `hides` says that a heading, code or a picture stands there; `begins`, that a footnote or a quote does."""

    span: Span
    raw: str
    mark: int
    indent: int
    hides: bool
    begins: bool

    @property
    def is_empty(self) -> bool:
        return not self.raw.strip()


def _blocks(lines: list[_Line], text: str) -> Iterator[Block]:
    at = 0
    while at < len(lines):
        line = lines[at]
        if line.is_empty:
            at += 1
        elif _starts_table(lines, at):
            end = _end_of_table(lines, at)
            rows = tuple(row for each in lines[at + 2 : end] for row in _span(*each.span, text))
            if rows:
                yield Block(BlockKind.TABLE, rows, tuple(_span(*line.span, text)))
            at = end
        elif line.mark:
            end = _end_of_list(lines, at)
            yield from _block(BlockKind.LIST, _items(lines[at:end]), text)
            at = end
        else:
            end = _end_of_paragraph(lines, at)
            yield from _block(BlockKind.PARAGRAPH, [Span((line.span.start, lines[end - 1].span.end))], text)
            at = end


def _lines(source: Source, unquoted: str, marks: list[int], text: str) -> list[_Line]:
    lines: list[_Line] = []
    start = depth = 0
    for written, raw, mark in zip(source.text.split("\n"), unquoted.split("\n"), marks, strict=True):
        end = start + len(raw)
        shows = bool(text[start:end].strip(" \t" + _BREAK))
        hides = not shows and bool(written.strip(" \t>"))
        quotes = source.prose.count(">", start, end) - raw.count(">")
        indent = len(raw) - len(raw.lstrip()) if raw.strip() else len(written) - len(written.lstrip())
        begins = quotes > depth or bool(_NOTE.match(raw))
        lines.append(_Line(Span((start, end)), raw if shows else "", mark if shows else 0, indent, hides, begins))
        start, depth = end + 1, quotes
    return lines


def _starts_table(lines: list[_Line], at: int) -> bool:
    if at + 1 >= len(lines) or "|" not in lines[at].raw:
        return False
    rule = lines[at + 1].raw
    return "-" in rule and "|" in rule and bool(_RULE_OF_TABLE.fullmatch(rule))


def _end_of_table(lines: list[_Line], at: int) -> int:
    return next((i for i in range(at + 2, len(lines)) if lines[i].is_empty), len(lines))


def _end_of_paragraph(lines: list[_Line], at: int) -> int:
    """A paragraph ends where nothing shows, or a table, a quote or a footnote begins."""
    end = at + 1
    while end < len(lines) and not lines[end].is_empty and not lines[end].begins:
        if _starts_table(lines, end):
            break
        end += 1
    return end


def _end_of_list(lines: list[_Line], at: int) -> int:
    """A list goes on over empty lines when an item or something indented follows; not over a heading, code or a
    picture at its edge."""
    inner = lines[at].indent + 2
    end = at + 1
    for i in range(at + 1, len(lines)):
        line = lines[i]
        if line.is_empty:
            if line.hides and line.indent < inner:
                break
            continue
        if i > end and not line.mark and line.indent < inner:
            break
        if _NOTE.match(line.raw):
            break
        end = i + 1
    return end


def _items(lines: list[_Line]) -> list[Span]:
    """The text of each item, without its mark; of an item with several paragraphs each."""
    items: list[Span] = []
    anew = True
    for line in lines:
        if line.mark or anew or line.begins:
            items.append(Span((line.span.start + line.mark, line.span.end)))
        else:
            items[-1] = Span((items[-1].start, line.span.end))
        anew = line.is_empty
    return items


def _block(kind: BlockKind, parts: list[Span], text: str) -> Iterator[Block]:
    sentences = tuple(sentence for part in parts for sentence in _sentences(part, text))
    if sentences:
        yield Block(kind, sentences)


_END = re.compile(r"[.!?…]+[”\"’)]*(?=\s)|" + _BREAK)
_ABBREVIATED = re.compile(r"(?<!\w)(?:TP|Tp|tp|TX|Tx|TT|Tt|GS|PGS|TS|ThS|BS|Đ/c|đ/c)\.\Z")
_LONGEST = len("ThS.") + 1
_NEXT = re.compile(r"\s*(\S)")


def _sentences(part: Span, text: str) -> Iterator[Span]:
    """A sentence ends with its mark before a capital, a digit or a quote; not after "TP." and its like."""
    start = part.start
    for match in _END.finditer(text, part.start, part.end):
        follows = _NEXT.match(text, match.end(), part.end)
        shortened = _ABBREVIATED.search(text, max(start, match.end() - _LONGEST), match.end())
        goes_on = shortened or (follows is not None and not _begins(follows[1]))
        if match[0] != _BREAK and goes_on:
            continue
        yield from _span(start, match.end(), text)
        start = match.end()
    yield from _span(start, part.end, text)


def _begins(char: str) -> bool:
    return char.isupper() or char.isdigit() or char in "“\"'(–-"


def _span(start: int, end: int, text: str) -> Iterator[Span]:
    trimmed = _trimmed(Span((start, end)), text)
    if trimmed.start < trimmed.end:
        yield trimmed


def _trimmed(span: Span, text: str) -> Span:
    inner = text[span.start : span.end]
    strip = " \t\n\r\u00a0|" + _BREAK
    start = span.start + len(inner) - len(inner.lstrip(strip))
    return Span((start, max(start, span.end - len(inner) + len(inner.rstrip(strip)))))


def _lead_in(found: Iterable[Block], text: str) -> Iterator[Block]:
    """A list together with the paragraph that leads into it; a table with the sentence that does."""
    before: Block | None = None
    for block in found:
        leads = before is not None and before.kind is BlockKind.PARAGRAPH and text[before.end - 1] == ":"
        now = block
        if before is not None and leads and block.kind is BlockKind.LIST:
            before = Block(BlockKind.LIST, (*before.sentences, *block.sentences), before.sentences[-1:])
            continue
        if before is not None:
            if leads and block.kind is BlockKind.TABLE:
                now = Block(block.kind, block.sentences, (before.sentences[-1], *block.context))
            yield before
        before = now
    if before is not None:
        yield before
