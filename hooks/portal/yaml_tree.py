"""YAML read as text with the place of every key and value; what would surprise an editor is refused.

Built from libyaml's events, not its nodes: events still show anchors, aliases and
tags, and reading them needs no recursion, so a hostile file can't exhaust the stack.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import yaml

from .text import nfc

Loc = tuple[str | int, ...]

MAX_DEPTH = 12
MAX_NODES = 200_000

# A comment after a code or a number is a comment; after prose it is prose that YAML drops.
_COMMENT = re.compile(r"[ \t]+#")
_NOT_A_COMMENT = re.compile(r"[ \t]+#(\S|\s*\d)")
_BLANK = frozenset({"", "~", "null", "Null", "NULL"})


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


@dataclass(frozen=True)
class Tree:
    """A YAML document: mappings, lists and NFC text (every scalar is text), with places."""

    value: Any
    keys: Mapping[Loc, Place] = field(default_factory=dict)
    values: Mapping[Loc, Place] = field(default_factory=dict)
    faults: tuple[Fault, ...] = ()

    def place_of(self, loc: Loc, *, of_key: bool = False) -> Place:
        """Where the value (or its key) stands; for what is absent, the nearest thing that holds it."""
        return self.nearest(loc, of_key=of_key)[1]

    def nearest(self, loc: Loc, *, of_key: bool = False) -> tuple[Loc, Place]:
        """The longest known beginning of `loc` and its place."""
        for end in range(len(loc), 0, -1):
            known = loc[:end]
            place = (self.keys if of_key else self.values).get(known) or self.keys.get(known)
            if place:
                return known, place
        return (), self.values.get((), Place(1, 1))


def dotted(loc: Loc) -> str:
    """The way to a value as an editor would say it: ("figures", 0, "total") → "figures[1].total"."""
    said = ""
    for step in loc:
        said += f"[{step + 1}]" if isinstance(step, int) else (f".{step}" if said else step)
    return said


def read_yaml(text: str) -> Tree:
    """The document in `text`. Never raises for bad input: what is wrong is in `faults`.

    Refused: syntax errors, duplicate keys, anchors, aliases, tags, merge keys, several
    documents, keys that are not text, values left blank, nesting deeper than MAX_DEPTH,
    and text that YAML would silently drop after " #".
    """
    reader = _Reader(text)
    try:
        reader.read()
    except yaml.MarkedYAMLError as error:
        reader.faults.append(_syntax_fault(error, text))
    except yaml.YAMLError as error:  # unreadable characters: no mark, only a position
        reader.faults.append(_character_fault(error, text))
    except _GiveUpError:
        pass
    return Tree(reader.root, reader.keys, reader.values, tuple(reader.faults))


class _GiveUpError(Exception):
    """The document can't be read further; the reason is among the faults."""


@dataclass
class _Open:
    """A mapping or list whose end has not come yet."""

    loc: Loc
    value: dict | list
    key: str | None = None  # of a mapping: the key read, its value still to come

    def next_loc(self) -> Loc:
        return (*self.loc, self.key if isinstance(self.value, dict) else len(self.value))


class _Reader:
    def __init__(self, text: str) -> None:
        self.text = text
        self.lines = text.split("\n")
        self.root: Any = None
        self.keys: dict[Loc, Place] = {}
        self.values: dict[Loc, Place] = {}
        self.faults: list[Fault] = []
        self.open: list[_Open] = []
        self.nodes = 0
        self.documents = 0

    def read(self) -> None:
        for event in yaml.parse(self.text, Loader=_EVENTS):
            handler = _HANDLERS.get(type(event))
            if handler:
                handler(self, event)

    def fault(self, event: yaml.Event, loc: Loc, message: str, hint: str) -> None:
        self.faults.append(Fault(_place(event.start_mark), loc, message, hint))

    def document(self, event: yaml.DocumentStartEvent) -> None:
        self.documents += 1
        if self.documents > 1:
            self.fault(event, (), "có nhiều hơn một tài liệu YAML", "hãy bỏ dòng `---` hoặc `...` ở giữa")
            raise _GiveUpError

    def alias(self, event: yaml.AliasEvent) -> None:
        self.fault(
            event,
            self._loc(),
            f"dùng tham chiếu YAML `*{event.anchor}`",
            "hãy viết lại giá trị đầy đủ; nếu là chữ, đặt trong dấu nháy kép",
        )
        self._place_value("", event)

    def scalar(self, event: yaml.ScalarEvent) -> None:
        self._count(event)
        self._check_node(event)
        parent = self.open[-1] if self.open else None
        if parent is not None and isinstance(parent.value, dict) and parent.key is None:
            self._read_key(parent, event)
            return
        loc = self._loc()
        if not event.style:
            self._check_plain(event, loc)
        self._place_value(nfc(event.value), event)

    def start_mapping(self, event: yaml.MappingStartEvent) -> None:
        self._start({}, event)

    def start_list(self, event: yaml.SequenceStartEvent) -> None:
        self._start([], event)

    def end(self, event: yaml.Event) -> None:
        self.open.pop()

    def _start(self, value: dict | list, event: yaml.Event) -> None:
        self._count(event)
        self._check_node(event)
        parent = self.open[-1] if self.open else None
        if parent is not None and isinstance(parent.value, dict) and parent.key is None:
            self.fault(event, parent.loc, "khóa không phải là chữ", "hãy viết khóa bằng chữ thường, ví dụ `title:`")
            raise _GiveUpError
        if len(self.open) >= MAX_DEPTH:
            self.fault(
                event, self._loc(), f"lồng nhau quá {MAX_DEPTH} tầng", "hãy viết phẳng hơn theo mẫu trong README"
            )
            raise _GiveUpError
        loc = self._loc()
        self._place_value(value, event)
        self.open.append(_Open(loc, value))

    def _loc(self) -> Loc:
        return self.open[-1].next_loc() if self.open else ()

    def _count(self, event: yaml.Event) -> None:
        self.nodes += 1
        if self.nodes > MAX_NODES:
            self.fault(event, self._loc(), f"có hơn {MAX_NODES} giá trị trong một tệp", "hãy tách thành nhiều tệp")
            raise _GiveUpError

    def _check_node(self, event: yaml.NodeEvent) -> None:
        loc = self._loc()
        if event.anchor:
            self.fault(
                event,
                loc,
                f"dùng nhãn YAML `&{event.anchor}`",
                "hãy bỏ nhãn; nếu `&` là chữ, đặt cả giá trị trong dấu nháy kép",
            )
        if event.tag:
            self.fault(
                event,
                loc,
                f"dùng kiểu YAML `{event.tag}`",
                "hãy bỏ phần bắt đầu bằng `!`; nếu là chữ, đặt trong dấu nháy kép",
            )

    def _read_key(self, parent: _Open, event: yaml.ScalarEvent) -> None:
        key = nfc(event.value)
        loc = (*parent.loc, key)
        if key == "<<" and not event.style:
            self.fault(event, loc, "dùng khóa gộp `<<`", "hãy viết lại từng khóa")
        elif key in parent.value:
            self.fault(event, loc, f"khóa lặp lại, đã có ở dòng {self.keys[loc].line}", "hãy giữ một khóa")
        else:
            self.keys[loc] = _place(event.start_mark)
        parent.key = key

    def _check_plain(self, event: yaml.ScalarEvent, loc: Loc) -> None:
        if event.value in _BLANK:
            self.fault(event, loc, "để trống", "hãy điền giá trị hoặc xóa cả khóa")
            return
        mark = event.end_mark
        rest = self.lines[mark.line][mark.column :] if mark.line < len(self.lines) else ""
        if _NOT_A_COMMENT.match(rest) or (" " in event.value and _COMMENT.match(rest)):
            self.fault(
                event,
                loc,
                f"phần `{rest.strip()}` sẽ bị mất vì YAML coi `#` là ghi chú",
                "hãy đặt cả giá trị trong dấu nháy kép",
            )

    def _place_value(self, value: Any, event: yaml.Event) -> None:
        loc = self._loc()
        if not self.open:
            self.root = value
        else:
            parent = self.open[-1]
            if isinstance(parent.value, list):
                parent.value.append(value)
            else:
                if parent.key not in parent.value:
                    parent.value[parent.key] = value
                parent.key = None
        self.values.setdefault(loc, _place(event.start_mark))


_EVENTS = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

_HANDLERS = {
    yaml.DocumentStartEvent: _Reader.document,
    yaml.AliasEvent: _Reader.alias,
    yaml.ScalarEvent: _Reader.scalar,
    yaml.MappingStartEvent: _Reader.start_mapping,
    yaml.SequenceStartEvent: _Reader.start_list,
    yaml.MappingEndEvent: _Reader.end,
    yaml.SequenceEndEvent: _Reader.end,
}


def _place(mark: yaml.Mark) -> Place:
    return Place(mark.line + 1, mark.column + 1)


def _syntax_fault(error: yaml.MarkedYAMLError, text: str) -> Fault:
    said = f"{error.context or ''} {error.problem or ''}"
    mark = error.problem_mark or error.context_mark
    line = text.split("\n")[mark.line] if mark and mark.line < text.count("\n") + 1 else ""
    sign, message, hint = next(known for known in _explanations(line) if known[0] in said)
    if sign in _AT_CONTEXT and error.context_mark:
        mark = error.context_mark
    return Fault(_place(mark) if mark else Place(1, 1), (), message, hint)


# For these libyaml notices the trouble late; its context is where the trouble began.
_AT_CONTEXT = ("while scanning a quoted scalar",)


def _explanations(line: str) -> Iterator[tuple[str, str, str]]:
    """What libyaml says (the last says nothing, so it always fits), and how we say it to an editor."""
    quote = "hãy đặt cả giá trị trong dấu nháy đơn '…' (dấu nháy kép bên trong giữ nguyên)"
    if re.match(r"\s*(- )?\w+:\s*[\"“'].*[\"”']\s*\S", line):
        yield "", "giá trị bắt đầu bằng dấu nháy rồi còn chữ phía sau", quote
    if "\t" in line:
        yield "", "có dấu tab", "hãy thụt đầu dòng bằng dấu cách"
    yield (
        "mapping values are not allowed",
        "có dấu hai chấm `: ` trong giá trị",
        "hãy đặt cả giá trị trong dấu nháy kép",
    )
    yield "while scanning a quoted scalar", "dấu nháy mở mà không đóng", "hãy thêm dấu nháy đóng"
    yield (
        "could not find expected ':'",
        "thiếu dấu hai chấm sau khóa",
        "hãy viết `khóa: giá trị` (có dấu cách sau dấu hai chấm)",
    )
    yield (
        "found character that cannot start any token",
        "giá trị bắt đầu bằng ký tự đặc biệt",
        "hãy đặt cả giá trị trong dấu nháy kép",
    )
    yield (
        "did not find expected",
        "thụt đầu dòng hoặc dấu nháy, dấu ngoặc không khớp",
        "hãy so với các dòng trên, hoặc đặt giá trị trong dấu nháy kép",
    )
    yield "while parsing", "thụt đầu dòng hoặc dấu ngoặc không khớp", "hãy so với các dòng trên"
    yield "", "YAML không đọc được", "hãy so với một tệp đúng, hoặc đặt giá trị trong dấu nháy kép"


def _character_fault(error: yaml.YAMLError, text: str) -> Fault:
    position = getattr(error, "position", 0) or 0
    before = text[:position]
    place = Place(before.count("\n") + 1, position - (before.rfind("\n") + 1) + 1)
    return Fault(place, (), "có ký tự điều khiển không nhìn thấy", "hãy xóa ký tự đó")
