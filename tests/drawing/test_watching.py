"""The preview hears of every change of a file, and of nothing that only reads one."""

from __future__ import annotations

import queue
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from drawing import watching
from drawing.watching import Observers
from watchdog.events import FileDeletedEvent, FileModifiedEvent, FileMovedEvent, FileSystemEvent, FileSystemEventHandler

PATIENCE = 20  # seconds, on a busy machine


class Heard(FileSystemEventHandler):
    def __init__(self) -> None:
        self.paths: queue.Queue[str] = queue.Queue()

    def on_any_event(self, event: FileSystemEvent) -> None:
        if not event.is_directory:
            self.paths.put(Path(str(event.src_path)).name)


@pytest.fixture
def heard(tmp_path: Path) -> Iterator[Heard]:
    (tmp_path / "cũ.md").write_text("cũ", encoding="utf-8")
    handler, observers = Heard(), Observers()
    observers.schedule(handler, str(tmp_path), recursive=True)
    observers.start()
    yield handler
    observers.stop()
    observers.join()


def test_a_change_is_heard_and_reading_is_not(heard: Heard, tmp_path: Path) -> None:
    (tmp_path / "cũ.md").read_text(encoding="utf-8")
    (tmp_path / "mới.md").write_text("mới", encoding="utf-8")
    assert heard.paths.get(timeout=PATIENCE) == "mới.md"


@pytest.mark.parametrize("how", ["written", "removed"])
def test_a_file_that_was_there_is_watched(heard: Heard, tmp_path: Path, how: str) -> None:
    if how == "written":
        (tmp_path / "cũ.md").write_text("khác", encoding="utf-8")
    else:
        (tmp_path / "cũ.md").unlink()
    assert heard.paths.get(timeout=PATIENCE) == "cũ.md"


def test_files_that_come_with_a_folder_are_heard(heard: Heard, tmp_path: Path) -> None:
    outside = tmp_path.parent / f"{tmp_path.name}-ngoài"
    outside.mkdir()
    (outside / "theo.md").write_text("theo", encoding="utf-8")
    outside.rename(tmp_path / "vào")
    assert heard.paths.get(timeout=PATIENCE) == "theo.md"


def test_before_it_is_started_there_is_no_other_thread(tmp_path: Path) -> None:
    """Else the first build of the preview would be done in one process."""
    before = threading.active_count()
    Observers().schedule(Heard(), str(tmp_path), recursive=True)
    assert threading.active_count() == before


@pytest.mark.parametrize("step", ["__init__", "start"])
def test_where_the_system_tells_nothing_a_look_now_and_then_does(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    def refused(observer: object) -> None:
        raise OSError("inotify limit reached")

    deaf = type("NoNotices", (watching.Observer,), {step: refused})

    monkeypatch.setattr(watching, "Observer", deaf)
    monkeypatch.setattr(watching, "EVERY", 0.1)
    handler, observers = Heard(), Observers()
    observers.schedule(handler, str(tmp_path), recursive=True)
    observers.start()
    (tmp_path / "mới.md").write_text("mới", encoding="utf-8")
    assert handler.paths.get(timeout=PATIENCE) == "mới.md"
    observers.stop()
    observers.join()


def test_a_change_that_was_told_at_once_is_not_told_again(tmp_path: Path) -> None:
    """The slow look finds the first change after it was told, and the second, which only it is shown."""
    told = watching._Told()
    handler, changed = Heard(), tmp_path / "bài.md"
    changed.write_text("một", encoding="utf-8")
    event = FileModifiedEvent(str(changed))
    watching._AtOnce(handler, told).on_any_event(event)
    watching._Later(handler, told).on_any_event(event)
    changed.write_text("một hai", encoding="utf-8")
    watching._Later(handler, told).on_any_event(event)
    changed.unlink()
    watching._Later(handler, told).on_any_event(FileDeletedEvent(str(changed)))
    watching._Later(handler, told).on_any_event(FileDeletedEvent(str(changed)))
    assert [handler.paths.get_nowait() for _ in range(handler.paths.qsize())] == ["bài.md"] * 3


def test_a_moved_file_is_known_by_both_of_its_places(tmp_path: Path) -> None:
    told, handler = watching._Told(), Heard()
    was, now = tmp_path / "cũ.md", tmp_path / "mới.md"
    now.write_text("một", encoding="utf-8")
    moved = FileMovedEvent(str(was), str(now))
    watching._AtOnce(handler, told).on_any_event(moved)
    watching._Later(handler, told).on_any_event(moved)
    assert handler.paths.qsize() == 1
    was.write_text("lại có", encoding="utf-8")
    watching._Later(handler, told).on_any_event(moved)
    assert handler.paths.qsize() == 2
