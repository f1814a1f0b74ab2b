"""What libyaml says of a text it can't read, at the place and in the words that help an editor."""

from __future__ import annotations

import re
from typing import NamedTuple

import yaml

Loc = tuple[str | int, ...]

_LINE_BREAK = re.compile("\r\n|[\n\r\x85\u2028\u2029]")


class Place(NamedTuple):
    """Line and column in the file, both from 1."""

    line: int
    column: int


class Fault(NamedTuple):
    """Something wrong at a place, not yet tied to a file. `loc` is the way to the value from the root."""

    place: Place
    loc: Loc
    message: str
    hint: str


def lines_of(text: str) -> list[str]:
    """The lines as libyaml counts them; the end of the text may be on one more."""
    return [*_LINE_BREAK.split(text), ""]


def place_at(mark: yaml.Mark) -> Place:
    return Place(mark.line + 1, mark.column + 1)


def syntax_fault(error: yaml.MarkedYAMLError, text: str) -> Fault:
    """What libyaml says, at the place and in the words that help an editor."""
    mark = error.problem_mark or error.context_mark
    if mark is None:
        return Fault(Place(1, 1), (), *_UNREADABLE)
    lines = lines_of(text)
    line = lines[mark.line]
    context, problem = error.context or "", error.problem or ""
    if special := _special_line(line, problem):
        return Fault(place_at(mark), (), *special)
    if problem.startswith("mapping values are not allowed") and _KEY.match(line[: mark.column + 1]):
        return _colon_forgotten(lines, mark.line)
    if context in _FLOW and error.context_mark and error.context_mark.line < mark.line:
        return _unclosed(error.context_mark, lines)
    for sign, message, hint, at_context in _EXPLANATIONS:
        if sign in (context, problem) or problem.startswith(sign):
            place = error.context_mark if at_context and error.context_mark else mark
            return Fault(place_at(place), (), message, hint)
    return Fault(place_at(mark), (), *_UNREADABLE)


_KEY = re.compile(r"\s*(?:- )*[\w-]+:$")
_FLOW = ("while parsing a flow sequence", "while parsing a flow mapping")
_QUOTE = "hãy đặt cả giá trị trong dấu nháy kép"
_UNREADABLE = ("YAML không đọc được", f"hãy sửa dòng này theo dạng `khóa: giá trị`, hoặc {_QUOTE.removeprefix('hãy ')}")
_SPECIAL_START = ("giá trị bắt đầu bằng ký tự đặc biệt", _QUOTE)

# What libyaml says in its context or problem, how we say it, and whether its context is where the trouble began.
_EXPLANATIONS = (
    ("while scanning a quoted scalar", "dấu nháy mở mà không đóng", "hãy thêm dấu nháy đóng", True),
    ("while scanning an anchor", *_SPECIAL_START, True),
    ("while scanning an alias", *_SPECIAL_START, True),
    ("while scanning a block scalar", *_SPECIAL_START, True),
    ("while scanning a tag", *_SPECIAL_START, True),
    ("mapping values are not allowed", "có dấu hai chấm `: ` trong giá trị", _QUOTE, False),
    ("block sequence entries are not allowed", *_SPECIAL_START, False),
    ("mapping keys are not allowed", *_SPECIAL_START, False),
    ("found character that cannot start any token", *_SPECIAL_START, False),
    (
        "could not find expected ':'",
        "thiếu dấu hai chấm sau khóa",
        "hãy viết `khóa: giá trị` (có dấu cách sau dấu hai chấm)",
        True,
    ),
    (
        "did not find expected",
        "thụt đầu dòng hoặc dấu nháy, dấu ngoặc không khớp",
        "hãy so với các dòng trên, hoặc đặt giá trị trong dấu nháy kép",
        False,
    ),
)


def _unclosed(mark: yaml.Mark, lines: list[str]) -> Fault:
    """A bracket without its end, which may stand after a `#`, where YAML reads no more."""
    if lost := re.search(r"[\[{, ](#.*[\]}].*)$", lines[mark.line][mark.column :]):
        place = Place(mark.line + 1, mark.column + lost.start(1) + 1)
        hint = "hãy đặt chữ có `#` trong dấu nháy kép"
        return Fault(place, (), f"phần `{lost[1].strip()}` sẽ bị mất vì YAML coi `#` là ghi chú", hint)
    return Fault(place_at(mark), (), "dấu ngoặc mở mà không đóng", "hãy thêm dấu đóng ngoặc")


def _special_line(line: str, problem: str) -> tuple[str, str] | None:
    """What the line itself shows better than libyaml says."""
    if re.match(r"\s*(- )*[\w-]+:\s*[\"'].*[\"']\s*\S", line):
        hint = "hãy đặt cả giá trị trong dấu nháy đơn '…' (dấu nháy kép bên trong giữ nguyên)"
        return "giá trị bắt đầu bằng dấu nháy rồi còn chữ phía sau", hint
    if re.match(r"\s*(- )*[\w-]+:\s*(\[[^\[\]]*\]|\{[^{}]*\})\s*[^\s,\]}#]", line):
        return "giá trị bắt đầu bằng dấu ngoặc rồi còn chữ phía sau", _QUOTE
    if "\t" in line[: len(line) - len(line.lstrip())] or ("\t" in line and "cannot start any token" in problem):
        return "có dấu tab", "hãy thụt đầu dòng bằng dấu cách"
    return None


def _colon_forgotten(lines: list[str], index: int) -> Fault:
    """A right `key:` that YAML reads as the end of the value above: that line has no colon, or this one is
    indented too far."""
    above = next((i for i in range(index - 1, -1, -1) if lines[i].strip()), index)
    if above < index and ":" not in lines[above]:
        column = len(lines[above]) - len(lines[above].lstrip()) + 1
        hint = "hãy viết `khóa: giá trị` (có dấu cách sau dấu hai chấm)"
        return Fault(Place(above + 1, column), (), "thiếu dấu hai chấm sau khóa", hint)
    column = len(lines[index]) - len(lines[index].lstrip()) + 1
    hint = "hãy cho khóa này thẳng hàng với các khóa cùng nhóm ở trên"
    return Fault(Place(index + 1, column), (), "thụt đầu dòng không khớp", hint)


def character_fault(error: yaml.YAMLError, text: str) -> Fault:
    position = getattr(error, "position", 0) or 0
    before = text[:position]
    place = Place(before.count("\n") + 1, position - (before.rfind("\n") + 1) + 1)
    return Fault(place, (), "có ký tự điều khiển không nhìn thấy", "hãy xóa ký tự đó")
