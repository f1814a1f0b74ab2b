"""The same work on many things in several processes."""

from __future__ import annotations

import multiprocessing
import os
import pickle
import signal
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from queue import SimpleQueue
from struct import Struct
from typing import Any, TypeVar

T = TypeVar("T")
R = TypeVar("R")

MANY = 64  # things: for fewer the start of a process costs more than it saves
_CRUMB = 40  # things
_TURNS = 16  # parts for each process: the last one a process waits for is small
_NUMBER = Struct("=H")
_AT_MOST = 2000  # parts: their numbers fit into the smallest pipe, from which nobody reads yet


def processes_for(things: int, enough: int = MANY) -> int:
    """How many processes are worth it for so many things, where `enough` of them are worth a second one: one where the
    system can't fork, or other threads run."""
    if things < enough or not hasattr(os, "fork") or threading.active_count() > 1:
        return 1
    available = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return min(available, things, 8)


def divided(things: Sequence[T], processes: int) -> list[Sequence[T]]:
    """The things in parts, for `in_parts`; all in one for one process."""
    return _cut(things, processes * _TURNS if processes > 1 else 1)


def crumbled(things: Sequence[T]) -> list[Sequence[T]]:
    """The same in small parts, for `beside`: the last one is waited for."""
    return _cut(things, min(_AT_MOST, max(1, len(things) // _CRUMB)))


def _cut(things: Sequence[T], parts: int) -> list[Sequence[T]]:
    size = max(1, -(-len(things) // parts))
    return [things[start : start + size] for start in range(0, len(things), size)]


def in_parts(
    work: Callable[[Sequence[T]], R],
    parts: Sequence[Sequence[T]],
    processes: int,
    take: Callable[[R], object],
    *,
    apart: bool = False,
) -> None:
    """Give to `take` what `work` makes of each part, in any order. Each process, this one too, does the next part as soon
    as it is done with one, so those that weigh most go first. `apart`: where there are several, this one does none of the work,
    which would leave its memory full of gaps.

    The processes are copies of this one, so `work` may hold anything; what it returns is sent. What it raises in any
    of them is raised here. What a process takes with it that is killed, most likely for want of memory, is done here.
    """
    left = set(range(len(parts)))

    def done(number: int, made: R) -> None:
        left.discard(number)
        take(made)

    if processes > 1:
        helpers = processes if apart else processes - 1
        with _Turns(len(parts)) as turns, _helpers(helpers, work, parts, turns) as answers:
            for number in () if apart and answers else turns:
                done(number, work(parts[number]))
                _receive(answers, done, until_end=False)
            _receive(answers, done, until_end=True)
    for number in sorted(left):
        done(number, work(parts[number]))


@contextmanager
def beside(work: Callable[[Sequence[T]], object], parts: Sequence[Sequence[T]]) -> Iterator[None]:
    """While this process is in the block another one does one part after another, as far as it gets. What it makes is
    lost, so the work has to keep it. What it raises is raised at the end of the block."""
    with _Turns(len(parts)) as turns, _helpers(1, work, parts, turns) as answers:
        yield
        for _ in turns:
            pass  # nobody begins with them any more
        _receive(answers, lambda number, made: None, until_end=True)


@contextmanager
def aside(work: Callable[[], R]) -> Iterator[Callable[[], R]]:
    """While this process is in the block another one does this work; what is given to the block waits for what comes of
    it. Where there is no other process, or it is killed, the work is done then."""
    if processes_for(2, enough=2) == 1:
        yield work
        return
    with _Turns(1) as turns, _helpers(1, lambda part: work(), [()], turns) as answers:
        made: list[R] = []

        def result() -> R:
            if not made:
                _receive(answers, lambda number, found: made.append(found), until_end=True)
            return made[0] if made else work()

        yield result


@contextmanager
def _helpers(
    count: int, work: Callable[[Sequence[T]], object], parts: Sequence[Sequence[T]], turns: _Turns
) -> Iterator[list[Connection]]:
    """Processes that do the parts whose turn it is, by what they send; fewer where the system gives no more."""
    context = multiprocessing.get_context("fork")
    helpers: list[BaseProcess] = []
    answers: list[Connection] = []
    try:
        with suppress(OSError):
            for _ in range(count):
                ours, theirs = context.Pipe(duplex=False)
                answers.append(ours)
                with theirs:
                    helper = context.Process(target=_work, args=(work, parts, turns, theirs, answers), daemon=True)
                    helper.start()
                helpers.append(helper)
        yield answers
    finally:
        for connection in answers:
            connection.close()
        for helper in helpers:
            helper.kill()  # it has no more to say; it can't handle this signal, as it might others, in our way
            helper.join()


class _Turns:
    """Numbers from 0, each given to one process only: whichever asks first."""

    def __init__(self, count: int) -> None:
        if count > _AT_MOST:
            raise ValueError(f"{count} parts, more than {_AT_MOST}")
        self._ours, theirs = os.pipe()
        os.write(theirs, b"".join(map(_NUMBER.pack, range(count))))
        os.close(theirs)

    def __enter__(self) -> _Turns:
        return self

    def __exit__(self, *_: object) -> None:
        os.close(self._ours)

    def __iter__(self) -> Iterator[int]:
        while number := os.read(self._ours, _NUMBER.size):
            yield _NUMBER.unpack(number)[0]


_END = b""  # what a helper sends last; a pickled answer is longer


def _work(
    work: Callable[[Sequence[T]], R],
    parts: Sequence[Sequence[T]],
    turns: _Turns,
    to: Connection,
    of_parent: Sequence[Connection],
) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is told to all at a terminal: this process's parent ends it
    signal.signal(signal.SIGTERM, signal.SIG_DFL)  # in the preview it means Ctrl+C
    for connection in of_parent:  # copies: while one is open, nobody hears that the parent is gone
        connection.close()
    answers: SimpleQueue[bytes] = SimpleQueue()
    # Sent beside the work: the other side has work of its own before it looks at them.
    sender = threading.Thread(target=_send, args=(answers, to), daemon=True)
    sender.start()
    try:
        for number in turns:
            if not sender.is_alive():
                return
            answers.put(pickle.dumps((number, work(parts[number])), protocol=5))
    except Exception as error:
        answers.put(_told(error))
    finally:
        answers.put(_END)
        sender.join()


def _told(error: Exception) -> bytes:
    try:
        data = pickle.dumps((None, error), protocol=5)
        pickle.loads(data)
    except Exception:
        return pickle.dumps((None, RuntimeError(repr(error))), protocol=5)
    return data


def _send(answers: SimpleQueue[bytes], to: Connection) -> None:
    with suppress(OSError):  # nobody listens any more
        for answer in iter(answers.get, _END):
            to.send_bytes(answer)
        to.send_bytes(_END)


def _receive(answers: list[Connection], done: Callable[[int, Any], object], *, until_end: bool) -> None:
    """Take what has been sent, or all that will be. Of `answers` those are left that have more to say."""
    while answers:
        ready = wait(answers, None if until_end else 0)
        if not ready:
            return
        for connection in ready:
            answer = _answer(connection)
            if answer == _END:
                answers.remove(connection)
                connection.close()
                continue
            number, made = pickle.loads(answer)
            del answer  # it may be large
            if number is None:
                raise made
            done(number, made)


def _answer(connection: Connection) -> bytes:
    """What a process says next; of one that is gone, that it ends."""
    try:
        return connection.recv_bytes()
    except (EOFError, OSError):
        return _END
