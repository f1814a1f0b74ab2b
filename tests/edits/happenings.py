"""What happens to a portal between builds that nobody meant for it: outputs and caches lost or damaged, files altered
by hand, another version of the program, time."""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import drawing.building
import drawing.outputs
import pytest
from drawing.content import Contents
from markupsafe import Markup
from portal.pages import Page

CACHE = ".portal-cache/cache.sqlite"


@dataclass
class Surroundings:
    """What a build depends on beside the files: the moment, and the version of the code."""

    now: datetime
    edition: int = 0


Happening = Callable[[Path, Surroundings, random.Random], None]


def output_lost(root: Path, around: Surroundings, chance: random.Random) -> None:
    shutil.rmtree(root / "site")


def outputs_lost(root: Path, around: Surroundings, chance: random.Random) -> None:
    for tree in _trees(root):
        shutil.rmtree(tree)


def next_lost(root: Path, around: Surroundings, chance: random.Random) -> None:
    shutil.rmtree(root / ".site-next", ignore_errors=True)  # the first build leaves none


def cache_lost(root: Path, around: Surroundings, chance: random.Random) -> None:
    shutil.rmtree(root / ".portal-cache")


def cache_overwritten(root: Path, around: Surroundings, chance: random.Random) -> None:
    """In places that differ in every bit; the head of the file among them now and then."""
    data = bytearray((root / CACHE).read_bytes())
    for _ in range(20):
        at = chance.randrange(len(data) if chance.random() < 0.9 else 100)
        data[at : at + 40] = bytes(byte ^ 0xFF for byte in data[at : at + 40])
    (root / CACHE).write_bytes(data)


def cache_cut_short(root: Path, around: Surroundings, chance: random.Random) -> None:
    data = (root / CACHE).read_bytes()
    (root / CACHE).write_bytes(data[: chance.randrange(len(data))])


def records_damaged(root: Path, around: Surroundings, chance: random.Random) -> None:
    for record in sorted((root / ".portal-cache").glob("*.json")):
        text = record.read_text(encoding="utf-8")
        record.unlink()
        if chance.random() < 0.7:
            record.write_text(chance.choice(("", "[]", '{"a": 1}', text[: len(text) // 2])), encoding="utf-8")


def files_altered(root: Path, around: Surroundings, chance: random.Random) -> None:
    """In place, so that a file shared with the other tree is altered there too; of the same size now and then."""
    for path in _some(root / "site", chance):
        data = path.read_bytes()
        path.write_bytes(data[::-1] if chance.random() < 0.5 else data + "thêm bằng tay".encode())


def files_removed(root: Path, around: Surroundings, chance: random.Random) -> None:
    for path in _some(root / "site", chance):
        path.unlink()


def files_added(root: Path, around: Surroundings, chance: random.Random) -> None:
    (root / "site/la").mkdir(exist_ok=True)
    for name in ("la.html", "la/la.txt", "tin-tuc/la.html"):
        (root / "site" / name).write_text("của ai đó", encoding="utf-8")


def file_made_a_folder(root: Path, around: Surroundings, chance: random.Random) -> None:
    for path in _some(chance.choice(_trees(root)), chance):
        path.unlink()
        path.mkdir()
        (path / "la.txt").write_text("của ai đó", encoding="utf-8")


def folder_made_a_file(root: Path, around: Surroundings, chance: random.Random) -> None:
    tree = chance.choice(_trees(root))
    folder = chance.choice(sorted(path for path in tree.iterdir() if path.is_dir()))
    shutil.rmtree(folder)
    folder.write_text("của ai đó", encoding="utf-8")


def another_version(root: Path, around: Surroundings, chance: random.Random) -> None:
    around.edition += 1


def time_passed(root: Path, around: Surroundings, chance: random.Random) -> None:
    around.now += timedelta(minutes=chance.choice((1, 5, 700, 3000)))


def _trees(root: Path) -> list[Path]:
    return [tree for tree in (root / "site", root / ".site-next") if tree.is_dir()]


def _some(folder: Path, chance: random.Random) -> list[Path]:
    return chance.sample(sorted(path for path in folder.rglob("*") if path.is_file()), 4)


HAPPENINGS: tuple[Happening, ...] = (
    *(output_lost, outputs_lost, next_lost, cache_lost, cache_overwritten, cache_cut_short, records_damaged),
    *(files_altered, files_removed, files_added, file_made_a_folder, folder_made_a_file),
    *(another_version, time_passed, time_passed),
)
OF_A_PREVIEW = frozenset({cache_lost, cache_overwritten, cache_cut_short, time_passed})


# --- a killed build, and code of another version ------------------------------------------


class Killed(BaseException):
    """Ends a build as a signal does: nothing of it goes on."""


@contextmanager
def killed_at(step: str, number: int) -> Iterator[None]:
    """Within, the process ends before its number-th step of a kind: a `rename` of a folder or record (the first is that of the record just written), or the `write` of
    a file of the site."""
    counted = 0

    def counting(function: Callable) -> Callable:
        def counted_call(*arguments: object, **named: object) -> object:
            nonlocal counted
            counted += 1
            if counted >= number:
                raise Killed
            return function(*arguments, **named)

        return counted_call

    with pytest.MonkeyPatch.context() as patch:
        if step == "rename":
            patch.setattr(Path, "rename", counting(Path.rename))  # folders
            patch.setattr(Path, "replace", counting(Path.replace))  # records
        else:
            patch.setattr(drawing.building, "write", counting(drawing.building.write))
            patch.setattr(drawing.outputs, "write", counting(drawing.outputs.write))
        yield


@contextmanager
def code_of(edition: int) -> Iterator[None]:
    """The program as a later version of it would be: it draws every page in another way."""
    draw = Contents.of

    def drawn(contents: Contents, page: Page) -> Markup:
        return draw(contents, page) + Markup(f"<!-- {edition} -->" if edition else "")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Contents, "of", drawn)
        yield
