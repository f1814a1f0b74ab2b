"""Notices of changed files for the preview."""

from __future__ import annotations

import os
from typing import Any

from watchdog.events import (
    DirCreatedEvent,
    DirDeletedEvent,
    DirMovedEvent,
    FileCreatedEvent,
    FileDeletedEvent,
    FileModifiedEvent,
    FileMovedEvent,
    FileSystemEvent,
    FileSystemEventHandler,
)
from watchdog.observers import Observer
from watchdog.observers.polling import PollingObserver

from .tree import Trace

EVERY = 10.0  # seconds between two looks at all files

# The build itself opens and closes thousands of files: the system need not tell of that.
_CHANGES: list[type[FileSystemEvent]] = [
    *(FileCreatedEvent, FileModifiedEvent, FileDeletedEvent, FileMovedEvent),
    *(DirCreatedEvent, DirDeletedEvent, DirMovedEvent),
]


class _Told:
    """What files looked like when a change of them was told last."""

    def __init__(self) -> None:
        self._traces: dict[str, Trace | None] = {}

    def note(self, event: FileSystemEvent) -> None:
        self._traces.update((path, _trace(path)) for path in _paths(event))

    def knows(self, event: FileSystemEvent) -> bool:
        return all(path in self._traces and self._traces[path] == _trace(path) for path in _paths(event))


def _paths(event: FileSystemEvent) -> list[str]:
    return [os.fsdecode(path) for path in (event.src_path, event.dest_path) if path]


def _trace(path: str) -> Trace | None:
    try:
        return Trace.of(os.stat(path))  # noqa: PTH116 - thousands may be told at once
    except OSError:
        return None  # it is gone


class _AtOnce(FileSystemEventHandler):
    """Hands on every change."""

    def __init__(self, handler: FileSystemEventHandler, told: _Told) -> None:
        self._handler = handler
        self._told = told

    def on_any_event(self, event: FileSystemEvent) -> None:
        self._told.note(event)
        self._handler.dispatch(event)


class _Later(_AtOnce):
    """Hands on what has not been told at once."""

    def on_any_event(self, event: FileSystemEvent) -> None:
        if not self._told.knows(event):
            super().on_any_event(event)


class Observers:
    """What MkDocs' server asks of its observer. The system tells of a change at once; where it tells nothing (shared
    folders of virtual machines, network drives, too many folders), a look at all files now and then finds it."""

    def __init__(self) -> None:
        self._told = _Told()
        self._all: list[tuple[Any, type[_AtOnce]]] = [(Observer(), _AtOnce), (PollingObserver(timeout=EVERY), _Later)]

    def schedule(self, handler: FileSystemEventHandler, path: str, *, recursive: bool = False) -> None:
        for observer, kind in self._all:
            observer.schedule(kind(handler, self._told), path, recursive=recursive, event_filter=_CHANGES)

    def start(self) -> None:
        for one in list(self._all):
            try:
                one[0].start()
            except OSError:  # no notices to be had: the other one is left
                self._all.remove(one)

    def stop(self) -> None:
        for observer, _ in self._all:
            observer.stop()

    def join(self) -> None:
        for observer, _ in self._all:
            if observer.is_alive():
                observer.join()
