"""A fault in an editor's file is a value: where it is, what is wrong, how to mend it. So is a warning, which no build
fails for: reports are given the two apart."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import partial

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

    @property
    def said(self) -> str:
        """What is wrong, and how to mend it."""
        return f"{self.message}; {self.hint}" if self.hint else self.message

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}: {self.key}: {self.said}"


def in_order(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Every problem once, by place."""
    return tuple(sorted(set(problems)))


def report(problems: Iterable[Problem], warnings: Iterable[Problem] = ()) -> str:
    """The lines a person reads: one a problem, then their count; the same of warnings, where there are any."""
    return _listed(problems, lambda problem: printable(str(problem)), warnings, _warning)


def annotations(problems: Iterable[Problem], warnings: Iterable[Problem] = ()) -> str:
    """The same for GitHub: workflow commands, which it shows at the line of the file; then their count."""
    return _listed(problems, partial(_annotation, "error"), warnings, partial(_annotation, "warning"))


def code_climate(problems: Iterable[Problem], warnings: Iterable[Problem] = ()) -> str:
    """The same for GitLab: a Code Climate report, which it shows in a merge request; without any an empty list."""
    faults = [_issue(problem, "major") for problem in in_order(problems)]
    return json.dumps([*faults, *(_issue(warning, "minor") for warning in in_order(warnings))], indent=2)


def _listed(
    problems: Iterable[Problem],
    line: Callable[[Problem], str],
    warnings: Iterable[Problem],
    warning_line: Callable[[Problem], str],
) -> str:
    found, warned = in_order(problems), in_order(warnings)
    lines = [*map(line, found), f"Có {len(found)} lỗi." if found else "Không có lỗi."]
    if warned:
        lines += [*map(warning_line, warned), f"Có {len(warned)} cảnh báo."]
    return "\n".join(lines)


def _warning(problem: Problem) -> str:
    return printable(str(replace(problem, message=f"cảnh báo: {problem.message}")))


def _annotation(level: str, problem: Problem) -> str:
    place = {"file": problem.path, "line": problem.line, "col": problem.column, "title": problem.key}
    properties = ",".join(f"{name}={_escaped_property(str(value))}" for name, value in place.items())
    return f"::{level} {properties}::{_escaped(problem.said)}"


def _issue(problem: Problem, severity: str) -> dict[str, object]:
    line = printable(str(problem))  # also a file name that is no UTF-8 can be hashed then
    return {
        "description": printable(problem.said),
        "check_name": printable(problem.key),
        "fingerprint": hashlib.sha256(line.encode()).hexdigest(),
        "severity": severity,
        "location": {"path": printable(problem.path), "lines": {"begin": problem.line}},
    }


def _escaped(text: str) -> str:
    """The text in a workflow command: what would end its line is escaped, as GitHub reads it."""
    return printable(text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A"))


def _escaped_property(text: str) -> str:
    """... and what would end one of its properties."""
    return _escaped(text).replace(":", "%3A").replace(",", "%2C")


def printable(text: str) -> str:
    """The text on one line, without characters that would steer a terminal or hide in it."""
    return "".join(c if c.isprintable() else f"\\u{ord(c):04x}" for c in text)
