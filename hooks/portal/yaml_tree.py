"""YAML read as text with the place of every key and value; what would surprise an editor is refused.

Built from libyaml's events, not its nodes: events still show anchors, aliases and
tags, and reading them needs no recursion, so a hostile file can't exhaust the stack.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Set
from dataclasses import dataclass, field
from typing import Any

import yaml

from .text import nfc
from .yaml_faults import Fault, Loc, Place, character_fault, lines_of, place_at, syntax_fault

MAX_DEPTH = 12
MAX_NODES = 20_000  # of one document; a register may hold more

# A comment after a code or a number is a comment; after prose it is prose that YAML drops.
_COMMENT = re.compile(r"[ \t]+#")
_NOT_A_COMMENT = re.compile(r"[ \t]+#(\S|\s*\d)")
BLANK = frozenset({"", "~", "null", "Null", "NULL"})
_COMMON_TAG = "tag:yaml.org,2002:"  # what an editor writes as `!!`


@dataclass(frozen=True)
class Tree:
    """A YAML document: mappings, lists and NFC text (every scalar is text), with places.

    A broken one could be read only up to a fault, so what it holds must not be judged.
    Groups in `unsure` hold keys that could not be read, so no other key is missing there.
    """

    value: Any
    keys: Mapping[Loc, Place] = field(default_factory=dict)
    values: Mapping[Loc, Place] = field(default_factory=dict)
    faults: tuple[Fault, ...] = ()
    broken: bool = False
    unsure: Set[Loc] = frozenset()

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


def read_yaml(text: str, most: int = MAX_NODES) -> Tree:
    """The document in `text`. Never raises for bad input: what is wrong is in `faults`.

    Refused: syntax errors, duplicate keys, anchors, aliases, tags, merge keys, several
    documents, keys that are not text, values left blank, nesting deeper than MAX_DEPTH,
    more than `most` keys and values, and text that YAML would silently drop after " #".
    """
    reader = _Reader(text, most)
    broken = True
    try:
        reader.read()
        broken = False
    except yaml.MarkedYAMLError as error:
        reader.faults.append(syntax_fault(error, text))
    except yaml.YAMLError as error:  # unreadable characters: no mark, only a position
        reader.faults.append(character_fault(error, text))
    except _GiveUpError:
        pass
    return Tree(reader.root, reader.keys, reader.values, tuple(reader.faults), broken, frozenset(reader.unsure))


class _GiveUpError(Exception):
    """The document can't be read further; the reason is among the faults."""


@dataclass
class _Open:
    """A mapping or list whose end has not come yet."""

    loc: Loc
    value: dict | list
    key: str | None = None  # of a mapping: the key read, its value still to come

    def next_loc(self) -> Loc:
        """Where what comes next belongs; a key still to be read belongs to the group."""
        step = self.key if isinstance(self.value, dict) else len(self.value)
        return self.loc if step is None else (*self.loc, step)


class _Reader:
    def __init__(self, text: str, most: int) -> None:
        self.text = text
        self.most = most
        self.lines = lines_of(text)
        self.root: Any = None
        self.keys: dict[Loc, Place] = {}
        self.values: dict[Loc, Place] = {}
        self.faults: list[Fault] = []
        self.dropped: set[Loc] = set()  # merge keys and the like: their values are read past
        self.unsure: set[Loc] = set()
        self.open: list[_Open] = []
        self.nodes = 0
        self.documents = 0

    def read(self) -> None:
        for event in yaml.parse(self.text, Loader=EVENTS):
            handler = _HANDLERS.get(type(event))
            if handler:
                handler(self, event)

    def fault(self, event: yaml.Event, loc: Loc, message: str, hint: str) -> None:
        self.faults.append(Fault(place_at(event.start_mark), loc, message, hint))

    def document(self, event: yaml.DocumentStartEvent) -> None:
        self.documents += 1
        if self.documents > 1:
            self.fault(event, (), "có nhiều hơn một tài liệu YAML", "hãy bỏ dòng `---` hoặc `...` ở giữa")
            raise _GiveUpError

    def alias(self, event: yaml.AliasEvent) -> None:
        message = f"dùng tham chiếu YAML `*{event.anchor}`"
        if (group := self._awaits_key()) is not None:
            self.fault(event, group.loc, message, "hãy viết khóa bằng chữ thường, ví dụ `title:`")
            self._drop(group, f"*{event.anchor}")
            return
        self.fault(event, self._loc(), message, "hãy viết lại giá trị đầy đủ; nếu là chữ, đặt trong dấu nháy kép")
        self._place_value("", event)

    def scalar(self, event: yaml.ScalarEvent) -> None:
        self._count(event)
        self._check_node(event)
        if (group := self._awaits_key()) is not None:
            self._read_key(group, event)
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
        if (group := self._awaits_key()) is not None:
            self.fault(event, group.loc, "khóa không phải là chữ", "hãy viết khóa bằng chữ thường, ví dụ `title:`")
            raise _GiveUpError
        if len(self.open) >= MAX_DEPTH:
            self.fault(event, self._loc(), f"lồng nhau quá {MAX_DEPTH} tầng", "hãy bỏ bớt dấu ngoặc hoặc thụt đầu dòng")
            raise _GiveUpError
        loc = self._loc()
        self._place_value(value, event)
        self.open.append(_Open(loc, value))

    def _loc(self) -> Loc:
        return self.open[-1].next_loc() if self.open else ()

    def _awaits_key(self) -> _Open | None:
        """The group being read, when what comes next is a key."""
        group = self.open[-1] if self.open else None
        return group if group and isinstance(group.value, dict) and group.key is None else None

    def _drop(self, group: _Open, key: str) -> None:
        group.key = key
        self.dropped.add((*group.loc, key))
        self.unsure.add(group.loc)

    def _count(self, event: yaml.Event) -> None:
        self.nodes += 1
        if self.nodes > self.most:
            self.fault(event, self._loc(), f"có hơn {self.most} giá trị trong một tệp", "hãy tách thành nhiều tệp")
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
            tag = f"!!{event.tag.removeprefix(_COMMON_TAG)}" if event.tag.startswith(_COMMON_TAG) else event.tag
            self.fault(
                event,
                loc,
                f"dùng kiểu YAML `{tag}`",
                "hãy bỏ phần bắt đầu bằng `!`; nếu là chữ, đặt trong dấu nháy kép",
            )

    def _read_key(self, group: _Open, event: yaml.ScalarEvent) -> None:
        key = nfc(event.value)
        loc = (*group.loc, key)
        if not key and not event.style:
            if not (event.anchor or event.tag):
                self.fault(event, group.loc, "thiếu khóa trước dấu hai chấm", "hãy viết `khóa: giá trị`")
            self._drop(group, key)
            return
        if key == "<<" and not event.style:
            self.fault(event, loc, "dùng khóa gộp `<<`", "hãy viết lại từng khóa")
            self._drop(group, key)
            return
        if found := self._decimal_comma(group, event):
            before, number = found
            message = f"số `{number}` có dấu phẩy, mà trong ngoặc `{{ }}` dấu phẩy ngăn các khóa"
            meant = number.replace(".", "").replace(",", ".")
            self.faults.append(Fault(self.values[before], before, message, f"hãy viết `{meant}`"))
            group.value[before[-1]] = meant  # so that the half of it is not judged as well
            self._drop(group, key)
            return
        if key in group.value:
            self.fault(event, loc, f"khóa lặp lại, đã có ở dòng {self.keys[loc].line}", "hãy giữ một khóa")
        self.keys.setdefault(loc, place_at(event.start_mark))
        group.key = key

    def _decimal_comma(self, group: _Open, event: yaml.ScalarEvent) -> tuple[Loc, str] | None:
        """Where `{points: 9,5}` is read as a key `5` after the value `9`: the place of the value, and the number."""
        mark = event.start_mark
        before = self.lines[mark.line][: mark.column]
        number = re.search(r"[0-9.]+,$", before)
        if number and group.value and re.fullmatch("[0-9]+", event.value):
            return (*group.loc, next(reversed(group.value))), number[0] + event.value
        return None

    def _check_plain(self, event: yaml.ScalarEvent, loc: Loc) -> None:
        mark = event.end_mark
        rest = self.lines[mark.line][mark.column :]
        lost = _NOT_A_COMMENT.match(rest)
        if loc in self.dropped:
            return
        if event.value in BLANK and not lost:
            self.fault(event, loc, "để trống", "hãy điền giá trị hoặc xóa cả khóa")
        elif lost or (" " in event.value and _COMMENT.match(rest)):
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
                if parent.key not in parent.value and loc not in self.dropped:
                    parent.value[parent.key] = value
                parent.key = None
        self.values.setdefault(loc, place_at(event.start_mark))


EVENTS = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

_HANDLERS = {
    yaml.DocumentStartEvent: _Reader.document,
    yaml.AliasEvent: _Reader.alias,
    yaml.ScalarEvent: _Reader.scalar,
    yaml.MappingStartEvent: _Reader.start_mapping,
    yaml.SequenceStartEvent: _Reader.start_list,
    yaml.MappingEndEvent: _Reader.end,
    yaml.SequenceEndEvent: _Reader.end,
}
