"""The same work on many things in several processes."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections.abc import Callable, Sequence
from multiprocessing.connection import Connection
from typing import TypeVar

T = TypeVar("T")
R = TypeVar("R")

MANY = 64  # things: for fewer the start of a process costs more than it saves


class WorkerLostError(Exception):
    """A process ended without an answer, most likely for want of memory."""


def processes_for(things: int, enough: int = MANY) -> int:
    """How many processes are worth it for so many things, where `enough` of them are worth a second one: one where the
    system can't fork, or other threads run."""
    if things < enough or not hasattr(os, "fork") or threading.active_count() > 1:
        return 1
    available = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return min(available, things, 8)


def in_parts(work: Callable[[Sequence[T]], R], things: Sequence[T], processes: int) -> list[R]:
    """What `work` makes of each part of the things; the parts hold things from all over, so that they weigh the same.

    The processes are copies of this one, so `work` may hold anything; what it returns is sent. What it raises in any
    of them is raised here.
    """
    if processes <= 1:
        return [work(things)] if things else []
    context = multiprocessing.get_context("fork")
    parts = _dealt(things, processes)
    helpers = []
    for number in range(1, processes):
        ours, theirs = context.Pipe(duplex=False)
        helper = context.Process(target=_work, args=(work, parts[number], theirs), daemon=True)
        helper.start()
        theirs.close()
        helpers.append((helper, ours))
    try:
        own = work(parts[0])
        return [own, *(_answer(connection) for _, connection in helpers)]
    finally:
        for helper, connection in helpers:
            connection.close()
            helper.kill()  # its answer is here or not wanted; it can't handle this signal, as it might others, in our way
            helper.join()


def _dealt(things: Sequence[T], processes: int) -> list[list[T]]:
    """The parts. Few things are dealt to and fro, as the heaviest come first. Of many the first part is smaller by a
    seventh: its process unpacks what the others send, too."""
    there = list(range(processes))
    turns = there + there[::-1] if len(things) < MANY else there * 6 + there[1:]
    parts: list[list[T]] = [[] for _ in there]
    for index, thing in enumerate(things):
        parts[turns[index % len(turns)]].append(thing)
    return parts


def _work(work: Callable[[Sequence[T]], R], things: Sequence[T], to: Connection) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is told to all at a terminal: this process's parent ends it
    try:
        to.send((True, work(things)))
    except Exception as error:
        to.send((False, error))


def _answer(connection: Connection) -> R:  # type: ignore[type-var]
    try:
        done, answer = connection.recv()
    except EOFError:
        raise WorkerLostError("một tiến trình phụ đã dừng giữa chừng, có thể vì thiếu bộ nhớ") from None
    if not done:
        raise answer
    return answer
