"""The rules of data/abbreviations.yml: a short form has one meaning, and its words are what is read aloud."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from .entries import Entry
from .problems import Problem
from .schema.data import Abbreviation


def check_abbreviations(entries: Sequence[Entry[Abbreviation]]) -> Iterator[Problem]:
    for rule in RULES:
        yield from rule(entries)


def check_one_meaning(entries: Sequence[Entry[Abbreviation]]) -> Iterator[Problem]:
    """A short form stands once in the register; UBND and Ubnd are two."""
    first: dict[str, Entry[Abbreviation]] = {}
    for entry in entries:
        short = entry.record.short
        earlier = first.setdefault(short, entry)
        if earlier is entry:
            continue
        line = earlier.tree.place_of((*earlier.loc, "short")).line
        if earlier.record.long == entry.record.long:
            message, hint = f"`{short}` lặp lại, đã có ở dòng {line}", "hãy giữ một mục"
        else:
            message = f"`{short}` đã có ở dòng {line}, đọc là “{earlier.record.long}”"
            hint = "hãy giữ một nghĩa; nếu bài dùng cả hai thì bỏ cả hai mục, người đọc sẽ đánh vần"
        yield entry.problem(("short",), message, hint)


def check_in_full(entries: Sequence[Entry[Abbreviation]]) -> Iterator[Problem]:
    """The words of a short form hold no short form: they are read as they are written."""
    shorts = {entry.record.short for entry in entries}
    for entry in entries:
        words = (word.strip('()“”",;:') for word in entry.record.long.split())
        if within := next((word for word in words if word in shorts), None):
            message = f"`{entry.record.long}` còn chữ viết tắt `{within}`"
            yield entry.problem(("long",), message, "hãy viết đầy đủ, như khi đọc")


RULES = (check_one_meaning, check_in_full)
