"""Several processes make what one makes; what happens in them is told in this one."""

from __future__ import annotations

import errno
import os
import select
import signal
import sys
import threading
from collections.abc import Callable, Sequence
from multiprocessing import get_context
from multiprocessing.context import ForkProcess
from typing import Any

import pytest
from drawing.workers import MANY, _receive, beside, crumbled, divided, in_parts, processes_for
from hypothesis import given
from hypothesis import strategies as st

# Where a system has no fork a build has one process, and nothing here to test; CI has it, so nothing skips there.
pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="helpers are copies of this process")


def squares(numbers: Sequence[int]) -> dict[int, int]:
    return {number: number * number for number in numbers}


@pytest.mark.parametrize("processes", [1, 2, 3, 5])
@pytest.mark.parametrize("count", [0, 1, 2, 7, 100, 1000])
@pytest.mark.parametrize("apart", [False, True])
def test_the_same_in_one_process_and_in_several(processes: int, count: int, apart: bool) -> None:
    found: dict[int, int] = {}
    in_parts(squares, divided(range(count), processes), processes, found.update, apart=apart)
    assert found == squares(range(count))


@given(st.lists(st.integers(), max_size=200), st.integers(1, 9))
def test_the_parts_hold_each_thing_once_in_order(things: list[int], processes: int) -> None:
    parts = divided(things, processes)
    assert [thing for part in parts for thing in part] == things
    assert all(parts)
    assert len(parts) <= (16 * processes if processes > 1 else 1)


class Together:
    """Work that goes on in as many processes at once as meet here: each has a part."""

    def __init__(self, processes: int) -> None:
        self.here = os.getpid()
        self._meeting = get_context("fork").Barrier(processes, timeout=60)

    def meet(self) -> bool:
        """Whether this is another process than the one of the test."""
        self._meeting.wait()
        return os.getpid() != self.here


def test_the_parts_are_made_in_other_processes() -> None:
    together, found = Together(3), []

    def work(part: Sequence[int]) -> int:
        together.meet()
        return os.getpid()

    in_parts(work, [[1], [2], [3]], 3, found.append)
    assert os.getpid() in found
    assert len(set(found)) == 3


@pytest.mark.parametrize("processes", [1, 2, 3])
def test_apart_this_process_makes_nothing_where_there_are_several(processes: int) -> None:
    found: list[int] = []
    in_parts(lambda part: os.getpid(), [[number] for number in range(20)], processes, found.append, apart=True)
    assert len(found) == 20
    assert (os.getpid() in found) == (processes == 1)


def test_what_is_free_takes_the_next_part() -> None:
    """The helper's one part ends after all others, which are left to this process."""
    here, found = os.getpid(), []
    ended, end = os.pipe()
    together = Together(2)

    def work(part: Sequence[int]) -> tuple[int, int]:
        if part[0] < 2 and together.meet():
            os.read(ended, 1)
        elif part[0] == 9:
            os.write(end, b".")
        return part[0], os.getpid()

    in_parts(work, [[number] for number in range(10)], 2, found.append)
    assert sum(pid == here for _, pid in found) == 9
    assert sorted(number for number, _ in found) == list(range(10))


def test_an_answer_is_as_large_as_it_may_be() -> None:
    """Larger than what fits between two processes while nobody listens."""
    together, sizes = Together(2), []

    def work(part: Sequence[int]) -> bytes:
        together.meet()
        return bytes(5_000_000)

    in_parts(work, [[1], [2]], 2, lambda made: sizes.append(len(made)))
    assert sizes == [5_000_000, 5_000_000]


@given(st.lists(st.integers(), max_size=30))
def test_work_may_hold_anything(numbers: list[int]) -> None:
    beside, found = threading.Lock(), []  # nothing that could be sent
    in_parts(lambda part: [(beside.locked(), thing) for thing in part], divided(numbers, 2), 2, found.extend)
    assert sorted(thing for _, thing in found) == sorted(numbers)


class WrongError(Exception):
    """One that a part may raise."""


class FussyError(Exception):
    """One that can't be sent."""

    def __init__(self, one: str, other: str) -> None:
        super().__init__(f"{one} {other}")


@pytest.mark.parametrize("wrong", [0, 1, 2])
def test_what_any_of_them_raises_is_raised_here(wrong: int) -> None:
    together = Together(3)

    def work(part: Sequence[int]) -> None:
        together.meet()
        if part[0] == wrong:
            raise WrongError("số hai")

    with pytest.raises(WrongError, match="số hai"):
        in_parts(work, [[0], [1], [2]], 3, print)


def _raised_elsewhere(error: Exception) -> Callable[[Sequence[int]], object]:
    together = Together(2)

    def work(part: Sequence[int]) -> None:
        if together.meet():
            raise error

    return work


def test_an_error_that_cannot_be_sent_is_told() -> None:
    with pytest.raises(RuntimeError, match=r"FussyError\('rất khó'\)"):
        in_parts(_raised_elsewhere(FussyError("rất", "khó")), [[1], [2]], 2, print)


def test_what_a_killed_helper_takes_with_it_is_done_here() -> None:
    together, tried, found = Together(2), [], []

    def work(part: Sequence[int]) -> int:
        tried.append(part)
        if len(tried) == 1 and together.meet():
            os.kill(os.getpid(), signal.SIGKILL)
        return part[0]

    in_parts(work, [[1], [2], [3]], 2, found.append)
    assert sorted(found) == [1, 2, 3]


def test_what_killed_helpers_take_with_them_is_done_here_though_they_work_apart() -> None:
    here, found = os.getpid(), []

    def work(part: Sequence[int]) -> int:
        if os.getpid() != here:
            os.kill(os.getpid(), signal.SIGKILL)
        return part[0]

    in_parts(work, [[1], [2], [3]], 2, found.append, apart=True)
    assert sorted(found) == [1, 2, 3]


def test_where_the_system_gives_no_process_all_is_done_here(monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(process: object) -> None:
        raise OSError(errno.ENOMEM, "Cannot allocate memory")

    monkeypatch.setattr("multiprocessing.context.ForkProcess.start", refused)
    found: dict[int, int] = {}
    for apart in (False, True):
        found.clear()
        in_parts(squares, divided(range(100), 3), 3, found.update, apart=apart)
        assert found == squares(range(100))
    with beside(squares, [[1]]):
        pass


def test_where_the_system_gives_one_of_two_it_does_all_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    start, started = ForkProcess.start, []

    def refused(process: ForkProcess) -> None:
        if started:
            raise OSError(errno.ENOMEM, "Cannot allocate memory")
        started.append(process)
        start(process)

    monkeypatch.setattr("multiprocessing.context.ForkProcess.start", refused)
    found: list[int | None] = []
    in_parts(lambda part: os.getpid(), divided(range(100), 2), 2, found.append, apart=True)
    assert set(found) == {started[0].pid}


def test_an_answer_that_cannot_be_sent_is_told() -> None:
    """Not a build that waits for ever."""
    together = Together(2)

    def work(part: Sequence[int]) -> Callable[[], bool]:
        together.meet()
        return lambda: True

    with pytest.raises(Exception, match=r"pickle|local object"):
        in_parts(work, [[1], [2]], 2, id)


def test_helpers_end_without_a_word_whatever_signals_mean_here(capfd: pytest.CaptureFixture[str]) -> None:
    """As in the preview, where SIGTERM is a KeyboardInterrupt."""
    before = signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        for _ in range(20):
            found: list[int] = []
            in_parts(len, [[1], [2], [3]], 3, found.append)
            assert found == [1, 1, 1]
    finally:
        signal.signal(signal.SIGTERM, before)
    assert capfd.readouterr() == ("", "")


def test_ctrl_c_ends_a_helper_by_its_parent_alone(capfd: pytest.CaptureFixture[str]) -> None:
    together, found = Together(2), []

    def interrupted(part: Sequence[int]) -> int:
        if together.meet():
            os.kill(os.getpid(), signal.SIGINT)
        return len(part)

    in_parts(interrupted, [[1], [2]], 2, found.append)
    assert found == [1, 1]
    assert capfd.readouterr() == ("", "")


def test_beside_this_process_another_goes_as_far_as_it_gets(monkeypatch: pytest.MonkeyPatch) -> None:
    """What it made when the block was left is whole, and no part is begun after that."""
    done, said = os.pipe()
    begun, go_on = os.pipe()

    def work(part: Sequence[int]) -> None:
        os.write(said, bytes(part))
        os.read(begun, 1)

    def waited_for(*arguments: Any, **options: Any) -> None:
        os.write(go_on, b"..")  # enough for one more part
        _receive(*arguments, **options)

    monkeypatch.setattr("drawing.workers._receive", waited_for)
    with beside(work, [[1], [2], [3]]):
        assert os.read(done, 9) == b"\x01"
        os.write(go_on, b".")
        assert os.read(done, 9) == b"\x02"
    os.close(said)
    assert os.read(done, 9) == b""


@pytest.mark.parametrize("count", [0, 1, 39, 41, 1000, 200_000])
def test_crumbs_hold_each_thing_once_in_order(count: int) -> None:
    parts = crumbled(range(count))
    assert [thing for part in parts for thing in part] == list(range(count))
    assert all(parts)
    assert len(parts) <= 2000
    assert max(map(len, parts), default=0) <= max(79, count // 2000)


def test_what_is_raised_beside_is_raised_at_the_end() -> None:
    told, tell = os.pipe()
    reached = False

    def work(part: Sequence[int]) -> None:
        os.write(tell, b".")
        raise WrongError("bên cạnh")

    with pytest.raises(WrongError, match="bên cạnh"), beside(work, [[1], [2]]):
        reached = True
        os.read(told, 1)
    assert reached


def test_what_is_raised_here_ends_the_work_beside() -> None:
    """It does not wait for a part that takes for ever."""
    never, _ = os.pipe()
    with pytest.raises(WrongError, match="ở đây"), beside(lambda part: os.read(never, 1), [[1], [2]]):
        raise WrongError("ở đây")


def test_a_helper_does_not_outlive_its_parent() -> None:
    """It holds a pipe whose other end is told when the last process that holds it is gone. When it has heard that nobody
    listens, it begins with no part any more."""
    ended, held = os.pipe()
    parent = os.fork()
    if not parent:
        os.close(ended)
        together = Together(2)

        def work(part: Sequence[int]) -> bytes:
            if part[0] < 2 and not together.meet():
                os.kill(os.getpid(), signal.SIGKILL)
            if part[0] == 2:
                for thread in set(threading.enumerate()) - {threading.current_thread()}:
                    thread.join(60)  # the one that sends
            if part[0] > 2:
                os.write(held, bytes(part))
            return bytes(200_000)  # more than fits between two processes

        try:
            in_parts(work, [[number] for number in range(5)], 2, len)
        finally:
            os._exit(1)  # not another run of the tests
    os.close(held)
    assert os.WTERMSIG(os.waitpid(parent, 0)[1]) == signal.SIGKILL
    assert select.select([ended], [], [], 60)[0]
    assert os.read(ended, 9) == b""
    os.close(ended)


@pytest.mark.parametrize("end", [sys.exit, lambda: os.kill(os.getpid(), signal.SIGTERM)], ids=["exit", "SIGTERM"])
def test_a_helper_that_ends_in_another_way_leaves_its_part_to_be_done_here(end: Callable[[], object]) -> None:
    """Also where SIGTERM is a KeyboardInterrupt."""
    together, tried, found = Together(2), [], []

    def work(part: Sequence[int]) -> int:
        tried.append(part)
        if len(tried) == 1 and together.meet():
            end()
        return part[0]

    before = signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        in_parts(work, [[1], [2], [3]], 2, found.append)
    finally:
        signal.signal(signal.SIGTERM, before)
    assert sorted(found) == [1, 2, 3]


def test_few_things_are_made_here() -> None:
    assert processes_for(MANY - 1) == 1
    assert processes_for(4, enough=5) == 1


def test_beside_another_thread_nothing_is_forked() -> None:
    end = threading.Event()
    other = threading.Thread(target=end.wait)
    other.start()
    try:
        assert processes_for(10 * MANY) == 1
    finally:
        end.set()
        other.join()
