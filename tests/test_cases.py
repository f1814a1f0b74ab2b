"""Golden cases: what an editor may write, and the exact lines `portal check` says about it.

A case is one text file, tests/cases/<area>/<name>.case:

    # What this case shows, in a sentence (one line or more).
    # now: 2026-11-22T08:00        (only where the moment matters)
    # preview                      (only for a case of the preview)
    === docs/index.md
    …the file's text, laid over tests/cases/base/…
    === problems
    docs/index.md:1:1: tệp: …one line a problem, in order; no line: the case must be silent…

Every line of a section ends with a line break, the last one too; a section without lines
is an empty file. After the path may stand, in brackets, how the file is made:

    (delete)      the file or folder of the base is removed
    (folder)      a folder stands at the path
    (fifo)        a named pipe stands there
    (append)      the text is added to the base's file
    (bare)        without the last line break
    (crlf) (cr)   lines end the Windows way, the old Mac way
    (bom)         begins with a byte order mark
    (nfd)         letters and their marks apart
    (hex)         the section gives the file's bytes, in hexadecimal
    -> target     a symbolic link (written without brackets)

and `(bom, crlf)` combines. In paths, texts and problems `⟪U+200B⟫` stands for that character, and
`⟪4000×[⟫` for so many times what follows ×, in which ⏎ is a line break.
"""

from __future__ import annotations

import os
import re
import shutil
import unicodedata
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

import pytest
from portal.problems import printable
from portal.site import build_site

CASES = Path(__file__).parent / "cases"
BASE = CASES / "base"
FILES = sorted(CASES.glob("*/*.case"))
NAMES = [file.relative_to(CASES).with_suffix("").as_posix() for file in FILES]

AREAS = {
    "yaml",
    "values",
    "article",
    "profile",
    "figure",
    "relation",
    "evidence",
    "register",
    "units",
    "body",
    "files",
    "picture",
}
MANNERS = {"delete", "folder", "fifo", "append", "bare", "crlf", "cr", "bom", "nfd", "hex"}
NOW = "2026-11-22T08:00"

_SECTION = re.compile(r"=== (?P<path>.+?)(?: \((?P<manners>[a-z, ]+)\)| -> (?P<target>.+))?")
_TOKEN = re.compile(r"⟪(?:U\+(?P<char>[0-9A-F]{4,6})|(?P<times>\d+)×(?P<what>[^⟫]*))⟫")


@dataclass(frozen=True)
class Section:
    path: str
    manners: frozenset[str]
    target: str
    lines: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        return _filled("".join(line + "\n" for line in self.lines))


@dataclass(frozen=True)
class Case:
    comments: list[str] = field(default_factory=list)
    sections: list[Section] = field(default_factory=list)

    @property
    def now(self) -> datetime:
        written = [line.removeprefix("now: ") for line in self.comments if line.startswith("now: ")]
        return datetime.fromisoformat(f"{(written or [NOW])[0]}+07:00")


def read_case(file: Path) -> Case:
    case = Case()
    for line in file.read_text(encoding="utf-8").removesuffix("\n").split("\n"):
        if match := _SECTION.fullmatch(line):
            manners = frozenset((match["manners"] or "").replace(",", " ").split())
            case.sections.append(Section(_filled(match["path"]), manners, match["target"] or ""))
        elif case.sections:
            case.sections[-1].lines.append(line)
        else:
            case.comments.append(line.removeprefix("# "))
    return case


def _filled(text: str) -> str:
    return _TOKEN.sub(
        lambda m: chr(int(m["char"], 16)) if m["char"] else m["what"].replace("⏎", "\n") * int(m["times"]), text
    )


def lay(section: Section, root: Path) -> None:
    """Puts what the section says at its path."""
    path = root / section.path
    if "delete" in section.manners:
        shutil.rmtree(path) if path.is_dir() else path.unlink()
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    if section.target:
        path.symlink_to(section.target)
    elif "folder" in section.manners:
        path.mkdir()
    elif "fifo" in section.manners:
        os.mkfifo(path)
    else:
        before = path.read_bytes() if "append" in section.manners else b""
        path.write_bytes(before + _bytes(section))


def _bytes(section: Section) -> bytes:
    text, manners = section.text, section.manners
    if "hex" in manners:
        return bytes.fromhex(text)
    text = text.removesuffix("\n") if "bare" in manners else text
    text = unicodedata.normalize("NFD", text) if "nfd" in manners else text
    text = text.replace("\n", "\r\n" if "crlf" in manners else "\r" if "cr" in manners else "\n")
    return text.encode("utf-8-sig" if "bom" in manners else "utf-8")


def said(root: Path, now: datetime, *, preview: bool = False) -> list[str]:
    return [printable(str(problem)) for problem in build_site(root, now, preview=preview).problems]


@pytest.mark.parametrize("file", FILES, ids=NAMES)
def test_case(file: Path, tmp_path: Path) -> None:
    case = read_case(file)
    root = tmp_path / "portal"
    shutil.copytree(BASE, root)
    *sections, problems = case.sections
    for section in sections:
        lay(section, root)
    assert said(root, case.now, preview="preview" in case.comments) == problems.text.splitlines()


def test_the_base_is_silent() -> None:
    assert said(BASE, Case().now) == []


def test_the_cases_are_many_and_well_formed() -> None:
    assert len(FILES) >= 90
    for file, name in zip(FILES, NAMES, strict=True):
        case = read_case(file)
        first = file.read_text(encoding="utf-8").partition("\n")[0]
        assert name.partition("/")[0] in AREAS, name
        assert re.fullmatch(r"# [A-Z`].*[.:]", first), f"{name}: the first line says what the case shows"
        assert [s.path for s in case.sections].index("problems") == len(case.sections) - 1, (
            f"{name}: ends with its problems"
        )
        assert len(case.sections) > 1, f"{name}: changes something"
        assert all(s.manners <= MANNERS for s in case.sections), f"{name}: unknown manner"
