"""The same content and the same `now` give the same bytes, wherever and however often they are built."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest
from portals import CODE, CONTENT, SECOND, built, copy_portal, environment, fingerprints, portal_command

# Each of these has changed the output of some site generator.
SURROUNDINGS = {
    "another time zone": {"TZ": "America/New_York"},
    "a time zone past the date line": {"TZ": "Pacific/Kiritimati"},
    "no locale": {"LC_ALL": "C", "LANG": "C"},
    "a locale that is not there": {"LC_ALL": "vi_VN.ISO-8859-1"},
    "another order of sets": {"PYTHONHASHSEED": "4242"},
    "a source date": {"SOURCE_DATE_EPOCH": "1"},
}


def test_two_builds_in_one_process(own_portal: Path, tmp_path: Path) -> None:
    first = fingerprints(own_portal / "site")
    assert first
    root = _copied(own_portal, tmp_path / "portal")
    built(root)
    assert fingerprints(root / "site") == first
    built(root)
    assert fingerprints(root / "site") == first


def test_the_whole_site_where_everything_is_different_at_once(own_portal: Path, tmp_path: Path) -> None:
    root = _copied_backwards(own_portal, tmp_path / "ở nơi khác")
    _build(root, umask=0o077, TZ="America/New_York", LC_ALL="C", PYTHONHASHSEED="1")
    assert fingerprints(root / "site") == fingerprints(own_portal / "site")


@pytest.mark.parametrize("name", SURROUNDINGS)
def test_different_surroundings(second_portal: Path, tmp_path: Path, name: str) -> None:
    root = _copied(second_portal, tmp_path / "portal")
    _build(root, **SURROUNDINGS[name])
    assert fingerprints(root / "site") == fingerprints(second_portal / "site")


def test_files_created_in_another_order_at_another_time(second_portal: Path, tmp_path: Path) -> None:
    root = _copied_backwards(second_portal, tmp_path / "portal")
    for file in root.rglob("*"):
        os.utime(file, (1_000_000_000, 1_000_000_000))
    built(root)
    assert fingerprints(root / "site") == fingerprints(second_portal / "site")


def test_another_umask(second_portal: Path, tmp_path: Path) -> None:
    root = _copied(second_portal, tmp_path / "portal")
    _build(root, umask=0o077)
    assert fingerprints(root / "site") == fingerprints(second_portal / "site")


def test_windows_line_ends(second_portal: Path, tmp_path: Path) -> None:
    """An editor's checkout on Windows may have them in every text file."""
    root = _copied(second_portal, tmp_path / "portal")
    for file in (*(root / "docs").rglob("*.md"), *(root / "data").rglob("*.yml")):
        file.write_bytes(file.read_bytes().replace(b"\n", b"\r\n"))
    built(root)
    assert fingerprints(root / "site") == fingerprints(second_portal / "site")


def test_what_a_build_leaves_behind_changes_nothing(tmp_path: Path, second_portal: Path) -> None:
    """A site/ of other content is replaced as a whole, no file of it stays."""
    root = copy_portal(tmp_path / "portal", SECOND)
    stray = root / "site/mo-hinh/cu/index.html"
    stray.parent.mkdir(parents=True)
    stray.write_text("cũ", encoding="utf-8")
    built(root)
    assert fingerprints(root / "site") == fingerprints(second_portal / "site")


def _copied(portal: Path, to: Path) -> Path:
    return Path(shutil.copytree(portal, to, ignore=shutil.ignore_patterns("site", "__pycache__")))


def _copied_backwards(portal: Path, to: Path) -> Path:
    """File systems list a folder in the order its files were made, more or less."""
    to.mkdir()
    shutil.copy(portal / "mkdocs.yml", to)
    for folder in (*CODE, *CONTENT):
        for file in sorted((portal / folder).rglob("*"), reverse=True):
            if file.is_file() and "__pycache__" not in file.parts:
                copied = to / file.relative_to(portal)
                copied.parent.mkdir(parents=True, exist_ok=True)
                shutil.copy(file, copied)
    return to


def _build(root: Path, umask: int = 0o022, **surroundings: str) -> None:
    """In a process of its own: a time zone, a locale or a hash seed can't be changed in this one."""
    done = subprocess.run(
        [portal_command(), "build"],
        cwd=root,
        env=environment(**surroundings),
        umask=umask,
        capture_output=True,
        timeout=60,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, b"")
