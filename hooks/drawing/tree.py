"""A folder of outputs that is brought up to date: what is right stays, file by file."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from portal.fingerprint import digest


class Trace(NamedTuple):
    """What a file looked like when it was written: a change of any of these is somebody else's."""

    size: int
    modified: int
    number: int

    @classmethod
    def of(cls, status: os.stat_result) -> Trace:
        return cls(status.st_size, status.st_mtime_ns, status.st_ino)


class Entry(NamedTuple):
    """A file of the tree: the name of its content, and its trace. Flat, as it is recorded: there are tens of thousands."""

    content: str
    size: int
    modified: int
    number: int

    @property
    def trace(self) -> Trace:
        return Trace(*self[1:])


class Looked(NamedTuple):
    """What has become of a tree, as its record of this name says it was: the files that are not as recorded, those that
    lie there although they are not or nobody recorded them, and the folders that hold nothing."""

    record: str
    wrong: list[str]
    strange: list[str]
    bare: list[str]


def look(folder: Path, record: Path) -> Looked:
    """Look at each file of a tree."""
    text = _text(record)
    recorded = _entries(text)
    there, bare = ({}, []) if _is_none(folder) else _looked_through(folder)
    wrong = {path for path, entry in recorded.items() if there.get(path) != entry[1:]}
    return Looked(digest(text), sorted(wrong), [path for path in there if path in wrong or path not in recorded], bare)


@dataclass
class Tree:
    """The files under `folder` by their path in it, as far as they are still what was written there.

    The record of them lies outside the tree, which is published as it is. Nothing is written through a file that is
    there: another tree may share it.
    """

    folder: Path
    entries: dict[str, Entry]

    @classmethod
    def opened(cls, folder: Path, record: Path, looked: Looked | None = None) -> Tree:
        """The tree with what its record says of files that are unchanged, as they were `looked` at if the record is still
        the same; files nobody recorded and folders without files are in no tree."""
        text = _text(record)
        if looked is None or looked.record != digest(text):
            looked = look(folder, record)
        if _is_none(folder):
            folder.unlink(missing_ok=True)
        folder.mkdir(parents=True, exist_ok=True)
        tree = cls(folder, _entries(text))
        tree.clear(looked.strange)
        for path in looked.wrong:
            tree.entries.pop(path, None)
        tree._prune(looked.bare)
        return tree

    @classmethod
    def seen(cls, folder: Path, record: Path) -> Tree:
        """The same to look at: nothing in it is touched, and whether a file is there as recorded is seen when it is asked
        for with `holds`."""
        return cls(folder, cls.recorded(record))

    def holds(self, path: str, content: str) -> bool:
        """Whether a file has this content, as its record and its trace say."""
        entry = self.entries.get(path)
        if entry is None or entry.content != content:
            return False
        try:
            return Trace.of((self.folder / path).lstat()) == entry.trace
        except OSError:
            return False

    @staticmethod
    def recorded(record: Path) -> dict[str, Entry]:
        """What the record says, whether it is still so or not."""
        return _entries(_text(record))

    def clear(self, paths: Iterable[str]) -> None:
        """Remove files, and the folders that are empty then."""
        cleared = list(paths)
        for path in cleared:
            (self.folder / path).unlink(missing_ok=True)
            self.entries.pop(path, None)
        self._prune(cleared)

    def _prune(self, paths: Iterable[str]) -> None:
        """Remove the folders on the way to these paths as far as they are empty."""
        emptied = {folder for path in paths for folder in _folders_of(path)}
        for path in sorted(emptied, key=len, reverse=True):
            with suppress(OSError):
                (self.folder / path).rmdir()

    def outdated(self, wanted: Mapping[str, str]) -> list[str]:
        """The paths whose content isn't there yet, in order."""
        return [
            path for path in sorted(wanted) if path not in self.entries or self.entries[path].content != wanted[path]
        ]

    def share(self, path: str, other: Tree) -> None:
        """Take over a file of another tree: as one file with two names, or as a copy where that can't be."""
        entry = other.entries[path]
        source = f"{other.folder}/{path}"
        try:
            _link(source, f"{self.folder}/{path}")
        except OSError:  # something is in the way, more than one folder is missing, or files can't be linked here
            target = _made_free(self.folder, path)
            try:
                os.link(source, target)
            except OSError:
                shutil.copyfile(source, target)
                entry = Entry(entry.content, *Trace.of(target.stat()))
        self.entries[path] = entry

    def written(self, path: str, content: str, trace: Trace) -> None:
        """Note that `write` has put this content there."""
        self.entries[path] = Entry(content, *trace)

    def save(self, record: Path) -> str:
        """Keep the record, and give its name; empty when it can't be kept: a tree without one is made anew next time."""
        text = self._as_json()
        try:
            record.parent.mkdir(exist_ok=True)
            beside = record.with_suffix(".new")
            beside.write_text(text, encoding="utf-8")
            beside.replace(record)
        except OSError:
            return ""
        return digest(text)

    def _as_json(self) -> str:
        """All entries, some at a time: up to Python 3.11 `json` holds very many small strings at once."""
        entries, step = list(self.entries.items()), 1_000
        some = (dict(entries[start : start + step]) for start in range(0, len(entries), step))
        return "{" + ", ".join(json.dumps(one)[1:-1] for one in some) + "}"


def _text(record: Path) -> str:
    try:
        return record.read_text(encoding="utf-8")
    except (OSError, ValueError):
        return ""


def _entries(text: str) -> dict[str, Entry]:
    """What a record says; one that is damaged says nothing."""
    try:
        return {path: Entry._make(said) for path, said in json.loads(text).items()}
    except (ValueError, TypeError, AttributeError):
        return {}


def write(folder: Path, path: str, data: bytes) -> Trace:
    """A new file with these bytes; the one before is let go, not overwritten."""
    try:
        file = _new(f"{folder}/{path}")
    except OSError:  # something is in the way, or more than one folder is missing
        file = _new(str(_made_free(folder, path)))
    try:
        rest = memoryview(data)
        while rest:
            rest = rest[os.write(file, rest) :]
        return Trace.of(os.fstat(file))
    finally:
        os.close(file)


# Most files are pages, the first in a folder of their own. They are many: making a Path of each, or a Python file
# object, costs as much as making the file.

_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)


def _new(file: str) -> int:
    """A new file, open for writing."""
    if file.endswith("/index.html"):  # the first in its folder
        _make_folder_of(file)
    try:
        return os.open(file, _NEW, 0o666)
    except FileNotFoundError:
        _make_folder_of(file)
        return os.open(file, _NEW, 0o666)


def _link(source: str, target: str) -> None:
    _make_folder_of(target)
    os.link(source, target)


def _make_folder_of(file: str) -> None:
    with suppress(FileExistsError):
        os.mkdir(file[: file.rindex("/")])  # noqa: PTH102


def _made_free(folder: Path, path: str) -> Path:
    target = folder / path
    try:
        target.unlink(missing_ok=True)
    except IsADirectoryError:
        shutil.rmtree(target)
    except PermissionError:  # what a folder at the place gives on some systems
        if not target.is_dir():
            raise
        shutil.rmtree(target)
    except NotADirectoryError:  # a file lies where a folder is needed
        above = next(step for step in reversed(target.parents) if step.is_file())
        above.unlink()
    target.parent.mkdir(parents=True, exist_ok=True)
    return target


def _is_none(folder: Path) -> bool:
    """Whether something else stands in its place, or nothing."""
    return folder.is_symlink() or not folder.is_dir()


def _looked_through(folder: Path) -> tuple[dict[str, Trace], list[str]]:
    """The files in a folder by their path, and its folders that hold nothing, with a slash at the end."""
    files: dict[str, Trace] = {}
    bare: list[str] = []
    waiting = [""]
    while waiting:
        within = waiting.pop()
        is_bare = True
        with os.scandir(f"{folder}/{within}") as entries:
            for entry in entries:
                is_bare = False
                path = within + entry.name
                if entry.is_dir(follow_symlinks=False):
                    waiting.append(path + "/")
                else:
                    files[path] = Trace.of(entry.stat(follow_symlinks=False))
        if is_bare:
            bare.append(within)
    return files, bare


def _folders_of(path: str) -> Iterator[str]:
    steps = path.split("/")[:-1]
    return ("/".join(steps[:end]) for end in range(1, len(steps) + 1))
