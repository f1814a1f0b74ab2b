"""Notices of changed files for the preview."""

from __future__ import annotations

from typing import Any

from watchdog.events import FileSystemEvent, FileSystemEventHandler
from watchdog.observers import Observer
from watchdog.observers.polling import PollingObserver

EVERY = 10.0  # seconds between two looks at all files
_CHANGES = frozenset({"created", "modified", "deleted", "moved"})


class _ChangesOnly(FileSystemEventHandler):
    """Hands on what changes a file: the build itself opens and closes thousands."""

    def __init__(self, handler: FileSystemEventHandler) -> None:
        self._handler = handler

    def on_any_event(self, event: FileSystemEvent) -> None:
        if event.event_type in _CHANGES:
            self._handler.dispatch(event)


class Observers:
    """What MkDocs' server asks of its observer. The system tells of a change at once; where it tells nothing (shared
    folders of virtual machines, network drives, too many folders), a look at all files now and then finds it."""

    def __init__(self) -> None:
        self._all: list[Any] = [Observer(), PollingObserver(timeout=EVERY)]

    def schedule(self, handler: FileSystemEventHandler, path: str, *, recursive: bool = False) -> None:
        for observer in self._all:
            observer.schedule(_ChangesOnly(handler), path, recursive=recursive)

    def start(self) -> None:
        for observer in list(self._all):
            try:
                observer.start()
            except OSError:  # no notices to be had: the other one is left
                self._all.remove(observer)

    def stop(self) -> None:
        for observer in self._all:
            observer.stop()

    def join(self) -> None:
        for observer in self._all:
            if observer.is_alive():
                observer.join()
