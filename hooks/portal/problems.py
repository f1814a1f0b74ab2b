"""A fault in an editor's file is a value: where it is, what is wrong, how to mend it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

BODY = "nội dung"  # stands in the place of the key for a fault in the Markdown body
FILE = "tệp"  # ... and for a fault of the file as a whole


@dataclass(frozen=True, order=True)
class Problem:
    """One fault. `path` is relative to the project, `line` and `column` count from 1.

    Ordered by place, so a sorted list reads from the top of the first file down.
    """

    path: str
    line: int
    column: int
    key: str
    message: str
    hint: str = ""

    def __str__(self) -> str:
        said = f"{self.message}; {self.hint}" if self.hint else self.message
        return f"{self.path}:{self.line}:{self.column}: {self.key}: {said}"


def in_order(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Every problem once, by place."""
    return tuple(sorted(set(problems)))


def report(problems: Iterable[Problem]) -> str:
    """The lines a person reads: one a problem, then their count."""
    found = in_order(problems)
    if not found:
        return "Không có lỗi."
    return "\n".join([*(printable(str(p)) for p in found), f"Có {len(found)} lỗi."])


def printable(text: str) -> str:
    """The text on one line, without characters that would steer a terminal or hide in it."""
    return "".join(c if c.isprintable() else f"\\u{ord(c):04x}" for c in text)
