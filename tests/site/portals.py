"""Whole portals in temporary folders: copies of the project, changes to them, builds of them."""

from __future__ import annotations

import ast
import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from contextlib import closing
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

from drawing.building import Wishes, opened_cache, update
from drawing.exchange import Places
from portal.site import Site, build_site

PROJECT = Path(__file__).resolve().parents[2]
SECOND = Path(__file__).resolve().parent / "second"
NOW = datetime(2026, 11, 22, 8, 0, tzinfo=timezone(timedelta(hours=7)))
NOW_TEXT = "2026-11-22T08:00"

OURS = frozenset(path.stem for path in (PROJECT / "hooks").iterdir())

CONTENT = ("docs", "data")
CODE = ("hooks", "overrides")


def copy_portal(to: Path, content: Path = PROJECT) -> Path:
    """The project's code and `mkdocs.yml` with the content of a campaign; returns the new root."""
    to.mkdir(parents=True, exist_ok=True)
    ignored = shutil.ignore_patterns("__pycache__", "*.egg-info")
    for folder in CODE:
        shutil.copytree(PROJECT / folder, to / folder, ignore=ignored)
    for folder in CONTENT:
        shutil.copytree(content / folder, to / folder)
    shutil.copy(PROJECT / "mkdocs.yml", to)
    return to


def built(root: Path, now: datetime = NOW) -> Site:
    """Build root/site as `portal build` does, in this process; anything but success fails the test."""
    site = build_site(root, now)
    assert [str(problem) for problem in site.problems] == []
    draw(root, site)
    return site


def draw(root: Path, site: Site) -> None:
    """Draw a site into root/site; anything but success fails the test."""
    with closing(opened_cache(root)) as cache:
        assert update(root, site, Places.of(root), cache, Wishes()).failure == ""


def faults(root: Path, now: datetime = NOW) -> list[str]:
    """Every fault, as it would be printed."""
    return [str(problem) for problem in build_site(root, now).problems]


def fingerprints(folder: Path) -> dict[str, str]:
    """The hash of every file under a folder, by its path from there."""
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def pages_in(site: Path) -> int:
    """How many pages a built site has, not counting the one for lost readers and those that lead on."""
    pages = (path.read_text(encoding="utf-8") for path in site.rglob("index.html"))
    return sum('http-equiv="refresh"' not in page for page in pages)


def files_with(folder: Path, word: str) -> list[str]:
    """The files under a folder whose bytes hold the word, in any of its text files or not."""
    sought = word.encode()
    return sorted(
        path.relative_to(folder).as_posix()
        for path in folder.rglob("*")
        if path.is_file() and sought in path.read_bytes()
    )


def replace_once(file: Path, old: str, new: str) -> None:
    """Change one place of a file; the test is wrong when that place is not there exactly once."""
    text = file.read_text(encoding="utf-8")
    assert text.count(old) == 1, f"{file}: {old!r} stands there {text.count(old)} times"
    file.write_text(text.replace(old, new), encoding="utf-8")


def front_matter(**keys: Any) -> str:
    """`key: value` lines between two `---`; values are written as they are."""
    return "---\n" + "".join(f"{key}: {value}\n" for key, value in keys.items()) + "---\n"


def run_portal(*arguments: str, cwd: Path, env: Mapping[str, str] | None = None) -> subprocess.CompletedProcess[str]:
    """The real command line, with the clock fixed unless `env` says otherwise."""
    return run([portal_command(), *arguments], cwd, env or environment())


def run(command: Sequence[str], cwd: Path, env: Mapping[str, str]) -> subprocess.CompletedProcess[str]:
    """A program of our own to its end, which must come soon."""
    return subprocess.run(
        command, cwd=cwd, env=env, capture_output=True, text=True, encoding="utf-8", timeout=60, check=False
    )


def portal_command() -> str:
    """The `portal` that was installed beside the Python that runs the tests."""
    return str(Path(sys.executable).parent / "portal")


def environment(**changes: str) -> dict[str, str]:
    """This process's environment, with this folder's code, UTF-8 output and the fixed clock, and `changes` over it; a
    person's, whoever runs the tests: in CI a build tells its phases."""
    code = {"PYTHONPATH": str(PROJECT / "hooks")}
    inherited = {name: value for name, value in os.environ.items() if name not in ("CI", "PORTAL_TIMINGS")}
    return {**inherited, **code, "PYTHONIOENCODING": "utf-8", "PORTAL_NOW": NOW_TEXT, **changes}


def imported_by(name: str) -> set[str]:
    """The top names of everything a module beside this one imports: an independent recount shares none with OURS."""
    tree = ast.parse((Path(__file__).parent / name).read_text(encoding="utf-8"))
    imported = {
        str(node.module) if isinstance(node, ast.ImportFrom) else alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.Import | ast.ImportFrom)
        for alias in node.names
    }
    return {module.split(".")[0] for module in imported}
