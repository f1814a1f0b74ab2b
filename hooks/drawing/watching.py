"""Notices of changed files for the preview."""

from __future__ import annotations

import os
from collections.abc import Callable
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
        self._wanted: list[tuple[FileSystemEventHandler, str, bool]] = []
        self._started: list[Any] = []

    def schedule(self, handler: FileSystemEventHandler, path: str, *, recursive: bool = False) -> None:
        self._wanted.append((handler, path, recursive))

    def start(self) -> None:
        """Only here are they made: the one that the system tells has a thread at once, beside which no build is done in
        several processes."""
        told = _Told()
        self._start(Observer, _AtOnce, told)
        self._start(lambda: PollingObserver(timeout=EVERY), _Later, told)

    def _start(self, make: Callable[[], Any], kind: type[_AtOnce], told: _Told) -> None:
        observer = None
        try:
            observer = make()
            for handler, path, recursive in self._wanted:
                observer.schedule(kind(handler, told), path, recursive=recursive, event_filter=_CHANGES)
            observer.start()
        except OSError:  # no notices to be had: the other one is left
            if observer is not None:
                observer.stop()
            return
        self._started.append(observer)

    def stop(self) -> None:
        for observer in self._started:
            observer.stop()

    def join(self) -> None:
        for observer in self._started:
            if observer.is_alive():
                observer.join()
