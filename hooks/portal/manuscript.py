"""The Markdown of a body as written: where things stand in it, and how much of each it may hold."""

from __future__ import annotations

import html
import re
from bisect import bisect_right
from collections.abc import Iterator
from functools import cached_property
from itertools import islice

from .problems import BODY, Problem

MAX_BODY = 300_000
MAX_LINE = 20_000
MAX_QUOTES = 10
# Python-Markdown looks for the end of each of these from each of them; more is an attack, not prose.
MAX_OPENERS = 400
_OPENERS = "[*_`<&"


_FENCE = re.compile(r"^(`{3,}|~{3,})[^\n]*\n.*?(?:^\1[`~]*[ \t]*$|\Z)", re.MULTILINE | re.DOTALL)
_CODE_SPAN = re.compile(r"(?<!`)(`+)(?!`)[^\n]*?(?<!`)\1(?!`)")
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
# What goes on with paragraphs that are indented: an item, an admonition, a definition, a footnote.
_HOLDS_INDENTED = re.compile(r"[ ]{0,3}(?:(?:[-*+:]|\d+[.)])[ \t]|!!!|\[\^[^\]\n]+\]:)")
# "](", "]:", "href=", "src=" or "<" before an address; the first characters first, so that most of a text is passed over.
_BEFORE_TARGET = re.compile(
    r"[\]hs<](?:(?<=\])(?:\(\s*<?|:[ \t]*<?)|(?:(?<=\bh)ref|(?<=\bs)rc)\s*=\s*[\"']?|(?<=<)(?=[a-zA-Z]+:))"
)
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
_DEFINED = re.compile(r"^[ ]{0,3}\[([^\]\n]+)\]:", re.MULTILINE)
# What turns the direction of the text around, and the plane of characters that marks are made of.
_HIDDEN = re.compile("[\u202a-\u202e\u2066-\u2069\U00100000-\U0010ffff]")
_PERHAPS_HIDDEN = (re.compile("[\u202a-\u2069]"), re.compile("[\U00100000-\U0010ffff]"))  # each one range: fast
_EMPTY_HEADER = re.compile(r"^([ ]*\|(?:[ \t]*\|)+[ \t]*)\n[ ]*\|[ \t]*:?-", re.MULTILINE)
_REFERRED = re.compile(
    r"(?<!\\)(?:\[(?!\^)(?P<text>[^\[\]\n]+)\]\[(?P<id>[^\[\]\n]*)\]|\[(?P<note>\^[^\[\]\n]+)\](?!:))"
)


class Source:
    """The Markdown text with its way back to line and column of the file."""

    def __init__(self, text: str, path: str, first_line: int) -> None:
        self.text = text
        self.path = path
        self.first_line = first_line
        # Code shows links and tags without meaning them; blanked out, offsets stay right.
        blank = lambda match: re.sub(r"[^\n]", " ", match[0])  # noqa: E731
        prose = _FENCE.sub(blank, text) if "```" in text or "~~~" in text else text
        prose = _COMMENT.sub(blank, prose) if "<!--" in prose else prose
        prose = _CODE_SPAN.sub(blank, prose) if "`" in prose else prose
        self.prose = _without_indented(prose) if "    " in prose or "\t" in prose else prose

    @cached_property
    def _starts(self) -> list[int]:
        return [0, *(match.end() for match in re.finditer("\n", self.text))]

    def problem(self, offset: int, message: str, hint: str) -> Problem:
        line = bisect_right(self._starts, offset)
        column = offset - self._starts[line - 1] + 1
        return Problem(self.path, self.first_line + line - 1, column, BODY, message, hint)

    def problems(self, pattern: str, message: str, hint: str) -> list[Problem]:
        """One problem for every place of the prose that matches; one for the whole body if none does."""
        found = re.finditer(pattern, self.prose, re.IGNORECASE | re.MULTILINE)
        return self.at([match.start(match.lastgroup or 0) for match in found], message, hint)

    def at(self, offsets: list[int], message: str, hint: str) -> list[Problem]:
        """One problem for each offset; without one, at the first words of the body."""
        start = len(self.text) - len(self.text.lstrip())
        return [self.problem(offset, message, hint) for offset in offsets or [start]]

    def targets(self, written: str, *, image: bool) -> list[int]:
        """Where `written` stands as the target of a picture, or of a link; a reference may be either."""
        found = self._targets.get(written) or self._targets.get(written.split(" ", 1)[0], [])
        return [at for at, is_image, _ in found if is_image in (image, None)] or [at for at, *_ in found]

    def images_without_alt(self, src: str) -> list[int]:
        """Where a picture stands with nothing said of it."""
        return [at for at, image, said in self._targets.get(src, []) if image and not said.strip()]

    @cached_property
    def _targets(self) -> dict[str, list[tuple[int, bool | None, str]]]:
        """By what is written: where, whether it is a picture (None: can't be told), and the words in brackets."""
        found: dict[str, list[tuple[int, bool | None, str]]] = {}
        for match in _BEFORE_TARGET.finditer(self.prose):
            raw = _target_from(self.prose, match.end())
            written = html.unescape(_ESCAPED.sub(r"\1", raw))
            image, said = _use_of(self.prose, match)
            found.setdefault(written, []).append((match.end(), image, said))
        return found

    def undefined(self) -> Iterator[Problem]:
        """Every `[text][id]` and `[^id]` has its `[id]: …`; Markdown would print it as it stands."""
        if "][" not in self.prose and "[^" not in self.prose:
            return
        defined = {_reference_id(match[1]) for match in _DEFINED.finditer(self.prose)}
        for match in _REFERRED.finditer(self.prose):
            name = match["note"] or match["id"] or match["text"]
            if _reference_id(name) in defined:
                continue
            if match["note"]:
                yield self.problem(
                    match.start(), f"chú thích `[{name}]` không có nội dung", f"hãy thêm dòng `[{name}]: …`"
                )
            else:
                hint = f"hãy thêm dòng `[{name}]: …` ở cuối bài, hoặc đặt `\\` trước dấu `[` nếu chỉ là chữ"
                yield self.problem(match.start(), f"`{match[0]}` dẫn đến `[{name}]` mà bài không có", hint)
        referred = {_reference_id(match["note"]) for match in _REFERRED.finditer(self.prose) if match["note"]}
        for match in _DEFINED.finditer(self.prose):
            if match[1].startswith("^") and _reference_id(match[1]) not in referred:
                hint = f"hãy viết `[{match[1]}]` ở chỗ cần chú thích hoặc xóa nó"
                yield self.problem(match.start(), f"chú thích `[{match[1]}]` không được dẫn trong bài", hint)

    def unseen(self) -> Iterator[Problem]:
        """No character turns the direction of the text around or is one of the last private plane, and no comment is left open for readers to see."""
        hidden = _HIDDEN.finditer(self.text) if any(each.search(self.text) for each in _PERHAPS_HIDDEN) else ()
        for match in hidden:
            message = f"có ký tự ẩn U+{ord(match[0]):04X}"
            yield self.problem(match.start(), message, "hãy xóa ký tự đó hoặc gõ lại chữ quanh nó")
        for match in re.finditer("<!--", self.prose):
            yield self.problem(match.start(), "ghi chú `<!--` mở mà không đóng", "hãy thêm `-->` ở cuối ghi chú")
        for match in _EMPTY_HEADER.finditer(self.prose) if "|" in self.prose else ():
            yield self.problem(match.start(1), "bảng không có hàng tiêu đề", "hãy viết tên cột ở hàng đầu")


def _without_indented(prose: str) -> str:
    """The prose without code that is indented after an empty line; below what holds indented paragraphs it is none."""
    lines = prose.split("\n")
    held, code, after_empty = False, False, True
    for i, line in enumerate(lines):
        if not line.strip():
            after_empty = True
            continue
        if not line.startswith(("    ", "\t")):
            held = bool(_HOLDS_INDENTED.match(line)) or (held and not after_empty)
            code = False
        elif after_empty:
            code = not held
        lines[i] = " " * len(line) if code else line
        after_empty = False
    return "\n".join(lines)


def _reference_id(name: str) -> str:
    return " ".join(name.lower().split())


def _use_of(text: str, match: re.Match[str]) -> tuple[bool | None, str]:
    """Whether what stands before a target makes it a picture, and the words in its brackets."""
    if not match[0].startswith("]"):
        return match[0].startswith("src"), ""
    if match[0].startswith("]:"):
        return None, ""
    depth = 0
    for at in range(match.start(), max(-1, match.start() - 2_000), -1):
        depth += (text[at] == "]") - (text[at] == "[")
        if depth == 0:
            return text[at - 1 : at] == "!", text[at + 1 : match.start()]
    return None, ""


def _target_from(text: str, start: int) -> str:
    """What is written as a target: up to a space, a quote, an angle, or the bracket that closes the link."""
    depth = 0
    for end in range(start, len(text)):
        char = text[end]
        if char == "(":
            depth += 1
        elif char == ")":
            depth -= 1
        if depth < 0 or char in " \t\n\"'<>":
            return text[start:end]
    return text[start:]


# Python-Markdown reads each item of a list and each row of a table by itself.
_STARTS_ANEW = re.compile(r"\s*(?:[-*+|>]|\d+[.)])")
_QUOTES = re.compile(r"(?:[ \t>]|[-*+][ \t]|\d+[.)][ \t])*")

# Of each, Python-Markdown takes time that grows with the square of how many there are. Every one but perhaps the first
# has one of the signs of its kind.
_COUNTED = (
    (re.compile(r"^[ >]*#", re.MULTILINE), ("#",), 300, "tiêu đề"),
    (re.compile(r"^[ ]{0,3}\[\^", re.MULTILINE), ("[^",), 200, "chú thích"),
    (re.compile(r"^[ ]*(?:```|~~~)", re.MULTILINE), ("```", "~~~"), 200, "dòng mở, đóng khối mã"),
    (re.compile(r"\]\(|\]\["), ("](", "]["), 2_000, "liên kết"),
    (re.compile(r"<[a-zA-Z/!?]"), ("<",), 1_000, "thẻ HTML"),
    (re.compile(r"^[ ]*\|", re.MULTILINE), ("|",), 2_000, "dòng bảng"),
    (re.compile(r"\n[ \t]*(?=\n)"), ("\n",), 5_000, "đoạn"),
    (re.compile(r"^", re.MULTILINE), ("\n",), 20_000, "dòng"),
)


def limits(where: Source) -> Iterator[Problem]:
    """A body holds no more than a person would write: 300,000 characters, 20,000 in a line, ten quotes inside
    each other, 400 openers of links or emphasis in a paragraph, and no more of each thing than _COUNTED says."""
    if len(where.text) > MAX_BODY:
        yield where.problem(0, f"dài {len(where.text)} ký tự, quá {MAX_BODY}", "hãy tách thành nhiều bài")
        return
    for pattern, signs, most, what in _COUNTED:
        if sum(map(where.text.count, signs)) < most:
            continue
        places = [match.start() for match in islice(pattern.finditer(where.text), most + 1)]
        if len(places) > most:
            yield where.problem(places[-1], f"có hơn {most} {what} trong một bài", "hãy tách thành nhiều bài")
            return
    yield from _limits_of_lines(where)


def _limits_of_lines(where: Source) -> Iterator[Problem]:
    lines = where.text.split("\n")
    signs = sum(map(where.prose.count, _OPENERS))
    if signs <= MAX_OPENERS and where.text.count(">") <= MAX_QUOTES and max(map(len, lines)) <= MAX_LINE:
        return
    offset = 0
    openers = 0
    for line, prose in zip(lines, where.prose.split("\n"), strict=True):
        if not line.strip() or _STARTS_ANEW.match(line):
            openers = 0
        openers += sum(prose.count(char) for char in _OPENERS)
        if len(line) > MAX_LINE:
            yield where.problem(offset, f"dòng dài {len(line)} ký tự, quá {MAX_LINE}", "hãy ngắt thành nhiều đoạn")
            return
        if _QUOTES.match(line)[0].count(">") > MAX_QUOTES:
            yield where.problem(offset, f"trích dẫn lồng nhau quá {MAX_QUOTES} tầng", "hãy bỏ bớt dấu `>`")
            return
        if openers > MAX_OPENERS:
            hint = "hãy ngắt đoạn, hoặc đặt dấu `\\` trước ký hiệu"
            yield where.problem(offset, f"một đoạn có hơn {MAX_OPENERS} ký hiệu Markdown", hint)
            return
        offset += len(line) + 1
