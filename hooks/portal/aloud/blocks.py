"""The HTML of a body as blocks to be read, in its order: headings, paragraphs, lists, tables, pictures, quotes, footnotes.

Every line of a block is a sentence. What a block is, the ear is told in words: "Ảnh: …", "Trích: …", "Chú thích một: …".
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from html import unescape

from ..body_text import own_html, without_inline
from ..text import capitalised
from .numbers import cardinal
from .tables import Table, cell_of

_TAG = re.compile(r"<(/?)([a-z][a-z0-9]*)([^>]*)>")  # in sanitised HTML no value holds a >
_VALUE = r'="([^"]*)"'
_ALT, _START = re.compile(r"(?<![\w-])alt" + _VALUE), re.compile(r"(?<![\w-])start" + _VALUE)
_BACK = re.compile(r'<a [^>]*class="footnote-backref"[^>]*>.*?</a>', re.DOTALL)
_EXPLAINED = re.compile(r'<abbr [^>]*title="([^"]+)"[^>]*>.*?</abbr>', re.DOTALL)
_POWER = re.compile(r"(?<=\w)<sup[^>]*>([-−+]?\d+)</sup>")
_STRUCK = re.compile(r"<(?:del|s)(?:\s[^>]*)?>(.*?)</(?:del|s)>", re.DOTALL)
_QUOTED = re.compile(r"<(/?)q(?:\s[^>]*)?>")
_PICTURE = re.compile("\x00([^\x01]*)\x01")  # signs that no HTML holds
_ENDS, _CLOSERS = frozenset(".!?…:;,"), "”\"’')]"
_SENTENCES = frozenset(("h2", "h3", "h4", "h5", "h6", "summary"))


def blocks_of(html: str, spoken: Callable[[str], str]) -> list[str]:
    """What is read of the HTML, each text of it as `spoken` says it."""
    reader = _Reader(spoken)
    parts = _TAG.split(_plain_inline(html))
    reader.text(parts[0])
    at = 1
    while at < len(parts):
        closing, tag, attributes, text = parts[at : at + 4]
        at += 4
        whole = _WHOLE.get(tag) if not closing and parts[at : at + 2] == ["/", tag] else None
        if whole and whole(reader, tag, attributes, text):  # as most of a text is: nothing but text in an element
            text = parts[at + 3]
            at += 4
        else:
            (reader.close if closing else reader.open)(tag, attributes)
        if text and text != "\n":
            reader.text(text)
    reader.flush()
    return ["\n".join(lines) for lines in reader.blocks]


def sentence(text: str) -> str:
    """The text as a line of its own: it begins with a capital letter and ends with a sign."""
    text = text.strip()
    ends = text.rstrip(_CLOSERS)[-1:] in _ENDS
    return capitalised(text if ends else f"{text}.") if text else ""


def _plain_inline(html: str) -> str:
    """What stands within lines as text: powers with ^, the words of an explained abbreviation, what is struck out as such."""
    html = own_html(html)
    if "footnote-backref" in html:
        html = _BACK.sub("", html)
    if "<sup" in html:
        html = _POWER.sub(r"^\1", html)
    if "<abbr" in html:
        html = _EXPLAINED.sub(r"\1", html)
    if "</del>" in html or "</s>" in html:
        html = _STRUCK.sub(r"(gạch bỏ: \1)", html)
    if "</q>" in html:
        html = _QUOTED.sub(lambda tag: "”" if tag[1] else "“", html)
    return without_inline(html)


@dataclass
class _List:
    """A list that is open: the number of its next item, where it has numbers."""

    number: int | None
    is_notes: bool = False
    mark: str = ""  # what its item that is open begins with, until that is said


@dataclass
class _Reader:
    """Gathers blocks while the tags go by."""

    spoken: Callable[[str], str]
    blocks: list[list[str]] = field(default_factory=list)
    _written: list[str] = field(default_factory=list)  # of the block that is open
    _lists: list[_List] = field(default_factory=list)
    _open: list[str] = field(default_factory=list)  # tags around
    _tables: list[Table] = field(default_factory=list)
    _numbered: int = 0  # tables so far
    _cell: str | None = None  # the attributes of the cell that is open
    _term: str = ""
    _quotes: list[int] = field(default_factory=list)  # how many blocks there were when each began
    _notes: int = 0  # how many tags deep the footnotes are; 0 outside
    _continues: bool = False  # the next line belongs to the block before

    def whole_block(self, tag: str, attributes: str, html: str) -> bool:
        """Of a block with nothing around it; False where there is something, as with the others."""
        if self._open or self._written:
            return False
        if text := self._said(html):
            self.blocks.append([sentence(text)])
            self._continues = False
        return True

    def whole_item(self, tag: str, attributes: str, html: str) -> bool:
        if self._written or self._cell is not None or not self._lists:
            return False
        self._begin_item(self._lists[-1])
        if text := self._said(html):
            self._add(text, within=True)
        self._lists[-1].mark = ""
        return True

    def whole_cell(self, tag: str, attributes: str, html: str) -> bool:
        if self._written or self._cell is not None or not (self._tables and self._tables[-1].rows):
            return False
        self._tables[-1].rows[-1].append(cell_of(self._said(html), tag, attributes))
        return True

    def _said(self, html: str) -> str:
        text = _single_spaced(unescape(html)).strip()
        return self.spoken(text) if text else ""

    def text(self, html: str) -> None:
        if html and ("pre" in self._open or not html.isspace() or self._written):
            text = unescape(html)
            lines = text.strip("\n").split("\n") if "pre" in self._open else [text]
            self._written.append("\n".join(_single_spaced(line) for line in lines))

    def open(self, tag: str, attributes: str) -> None:
        if tag == "img":
            alt = _ALT.search(attributes)
            self._written.append(f"\x00{unescape(alt[1]) if alt else ''}\x01")
            return
        if tag == "br":
            self._written.append("\n")
            return
        self.flush()
        if tag == "hr":
            return
        self._open.append(tag)
        if tag == "div" and 'class="footnote"' in attributes:
            self._notes = len(self._open)
        elif tag in ("ul", "ol"):
            start = _START.search(attributes)
            number = int(start[1]) if start and re.fullmatch(r"-?\d{1,9}", start[1]) else 1
            self._lists.append(_List(number if tag == "ol" else None, is_notes=bool(self._notes) and not self._lists))
        elif tag == "li" and self._lists:
            self._begin_item(self._lists[-1])
        elif tag == "blockquote":
            self._quotes.append(len(self.blocks))
            self._continues = False
        elif tag == "table":
            self._tables.append(Table())
        elif tag == "tr" and self._tables:
            self._tables[-1].rows.append([])
        elif tag in ("td", "th"):
            self._cell = attributes

    def close(self, tag: str, attributes: str) -> None:
        if tag in ("td", "th") and self._tables and self._cell is not None:
            text = self._taken().replace("\n", ", ")
            if not self._tables[-1].rows:
                self._tables[-1].rows.append([])
            self._tables[-1].rows[-1].append(cell_of(text, tag, self._cell))
            self._cell = None
        self.flush()
        if tag in self._open:
            del self._open[len(self._open) - 1 - self._open[::-1].index(tag) :]
        if self._notes > len(self._open):
            self._notes = 0
        if tag in ("ul", "ol") and self._lists:
            self._lists.pop()
            self._continues = bool(self._lists)
        elif tag == "li" and self._lists:
            self._lists[-1].mark = ""
        elif tag == "blockquote" and self._quotes:
            self._end_quote(self._quotes.pop())
        elif tag == "table" and self._tables:
            self._end_table(self._tables.pop())

    def flush(self) -> None:
        """Ends the block that is open, as the tags around say what it is. Within a cell nothing ends."""
        if not self._written:
            return
        if self._cell is not None:
            self._written.append("\n")
            return
        tag = self._open[-1] if self._open else ""
        text = self._taken()
        if not text:
            return
        if tag == "caption" and self._tables:
            self._tables[-1].caption = text
        elif tag == "dt":
            self._term = f"{self._term}, {text}" if self._term else text
        elif tag == "dd" and self._term:
            self._add(f"{self._term}: {text}")
            self._term = ""
        elif tag == "dd" and self.blocks and not self._lists:  # another meaning of the same
            self.blocks[-1].append(sentence(text))
        elif tag == "figcaption":
            self._add(f"Chú thích ảnh: {text}", within=bool(self.blocks) and self.blocks[-1][-1].startswith("Ảnh: "))
        else:
            self._add(text, within=tag not in _SENTENCES and bool(self._lists))

    def _begin_item(self, items: _List) -> None:
        if items.is_notes:
            items.mark = f"Chú thích {cardinal(items.number or 1)}: "
        elif items.number is not None:
            items.mark = f"{_counted(items.number)}. "
        else:
            items.mark = ""
        if items.number is not None:
            items.number += 1

    def _taken(self) -> str:
        """The text of the block that is open, said; nothing is open then."""
        written, self._written = "".join(self._written).strip(), []
        if "\x00" in written:
            if _PICTURE.sub("", written).strip():
                written = _PICTURE.sub(r" (Ảnh: \1) ", written)
            else:
                written = "\n".join(f"Ảnh: {sentence(alt)}" for alt in _PICTURE.findall(written))
        lines = (_single_spaced(line).strip() for line in written.split("\n"))
        return "\n".join(self.spoken(line) for line in lines if line)

    def _add(self, text: str, *, within: bool = False) -> None:
        """Lines of their own; those `within` a list, or a picture's caption, go on with the block that was begun."""
        mark = ""
        if self._lists:
            mark, self._lists[-1].mark = self._lists[-1].mark, ""
        lines = [sentence(line) for line in f"{mark}{capitalised(text) if mark.endswith('. ') else text}".split("\n")]
        if within and self.blocks and (self._continues or not self._lists):
            self.blocks[-1] += lines
        else:
            self.blocks.append(lines)
        self._continues = bool(self._lists)

    def _end_quote(self, first: int) -> None:
        if len(self.blocks) > first:
            self.blocks[first][0] = f"Trích: {self.blocks[first][0]}"
            self.blocks[-1][-1] += " Hết trích."
        self._continues = False

    def _end_table(self, table: Table) -> None:
        self._numbered += 1
        name = f"Bảng {cardinal(self._numbered)}"  # as its frame on the page says
        lines = [sentence(f"{name}: {table.caption}" if table.caption else name), *map(sentence, table.lines())]
        self.blocks.append([line for line in lines if line])
        self._continues = False


_WHOLE: Mapping[str, Callable[[_Reader, str, str, str], bool]] = {
    **dict.fromkeys(("p", "h2", "h3"), _Reader.whole_block),
    "li": _Reader.whole_item,
    **dict.fromkeys(("td", "th"), _Reader.whole_cell),
}


def _counted(number: int) -> str:
    return capitalised(("âm " if number < 0 else "") + cardinal(abs(number)))


def _single_spaced(text: str) -> str:
    """Blanks as single spaces, also at the ends."""
    if "  " not in text and text.isprintable():  # no other blank is
        return text
    words = " ".join(text.split())
    return f"{' ' if text[:1].isspace() else ''}{words}{' ' if words and text[-1:].isspace() else ''}"
