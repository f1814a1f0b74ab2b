"""Several processes make what one makes; what happens in them is told in this one."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Sequence

import pytest
from drawing.workers import MANY, WorkerLostError, in_parts, processes_for
from hypothesis import given
from hypothesis import strategies as st

# Where a system has no fork a build has one process, and nothing here to test; CI has it, so nothing skips there.
pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="helpers are copies of this process")


def squares(numbers: Sequence[int]) -> dict[int, int]:
    return {number: number * number for number in numbers}


@pytest.mark.parametrize("processes", [1, 2, 3, 5])
@pytest.mark.parametrize("count", [0, 1, 2, 7, 100])
def test_the_same_in_one_process_and_in_several(processes: int, count: int) -> None:
    numbers = list(range(count))
    found = {key: value for part in in_parts(squares, numbers, processes) for key, value in part.items()}
    assert found == squares(numbers)


def test_the_parts_are_made_in_other_processes() -> None:
    numbers = in_parts(lambda things: os.getpid(), [1, 2, 3], 3)
    assert numbers[0] == os.getpid()
    assert len(set(numbers)) == 3


@pytest.mark.parametrize(
    ("things", "sizes"), [(3, [1, 2]), (4, [2, 2]), (63, [31, 32]), (130, [60, 70]), (1300, [600, 700])]
)
def test_the_process_that_unpacks_the_answers_has_a_little_less(things: int, sizes: list[int]) -> None:
    assert in_parts(len, range(things), 2) == sizes


@given(st.lists(st.integers(), max_size=30))
def test_work_may_hold_anything(numbers: list[int]) -> None:
    beside = threading.Lock()  # nothing that could be sent
    parts = in_parts(lambda things: [(beside.locked(), thing) for thing in things], numbers, 2)
    assert sorted(thing for part in parts for _, thing in part) == sorted(numbers)


class WrongError(Exception):
    """One that a part may raise."""


def _wrong_at_two(numbers: Sequence[int]) -> None:
    if 2 in numbers:
        raise WrongError("số hai")


@pytest.mark.parametrize("numbers", [[2, 0, 1], [0, 2, 1], [0, 1, 2]])
def test_what_any_of_them_raises_is_raised_here(numbers: list[int]) -> None:
    with pytest.raises(WrongError, match="số hai"):
        in_parts(_wrong_at_two, numbers, 3)


def test_a_helper_that_was_killed_is_told() -> None:
    ours = os.getpid()

    def killed(numbers: Sequence[int]) -> int:
        if os.getpid() != ours:
            os.kill(os.getpid(), signal.SIGKILL)
        return len(numbers)

    with pytest.raises(WorkerLostError) as raised:
        in_parts(killed, [1, 2, 3, 4], 2)
    assert str(raised.value) == "một tiến trình phụ đã dừng giữa chừng, có thể vì thiếu bộ nhớ"


def test_an_answer_that_cannot_be_sent_is_told() -> None:
    """Not a build that waits for ever."""
    with pytest.raises(Exception, match=r"pickle|local object"):
        in_parts(lambda things: lambda: things, [1, 2], 2)


def test_helpers_end_without_a_word_whatever_signals_mean_here(capfd: pytest.CaptureFixture[str]) -> None:
    """As in the preview, where SIGTERM is a KeyboardInterrupt."""
    before = signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        for _ in range(20):
            assert in_parts(len, [1, 2, 3], 3) == [1, 1, 1]
    finally:
        signal.signal(signal.SIGTERM, before)
    assert capfd.readouterr() == ("", "")


def test_ctrl_c_ends_a_helper_by_its_parent_alone(capfd: pytest.CaptureFixture[str]) -> None:
    ours = os.getpid()

    def interrupted(numbers: Sequence[int]) -> int:
        if os.getpid() != ours:
            os.kill(os.getpid(), signal.SIGINT)
        return len(numbers)

    assert in_parts(interrupted, [1, 2, 3, 4], 2) == [2, 2]
    assert capfd.readouterr() == ("", "")


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
