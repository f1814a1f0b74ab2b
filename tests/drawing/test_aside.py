"""Work that another process does while this one goes on."""

from __future__ import annotations

import os
import signal

import pytest
from drawing.workers import aside

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="helpers are copies of this process")


@pytest.fixture
def two_processes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Also where there is one core, or another thread runs."""
    monkeypatch.setattr("drawing.workers.processes_for", lambda things, enough: 2)


@pytest.mark.usefixtures("two_processes")
def test_work_is_done_aside_and_waited_for() -> None:
    """Once, in another process, however often it is asked for."""
    go_on, tell = os.pipe()

    def work() -> tuple[int, bytes]:
        return os.getpid(), os.read(go_on, 9)

    with aside(work) as result:
        os.write(tell, b"x")
        (number, said), again = result(), result()
    assert number != os.getpid()
    assert (said, again) == (b"x", (number, b"x"))


@pytest.mark.usefixtures("two_processes")
def test_what_is_done_aside_and_nobody_asks_for_is_not_waited_for() -> None:
    never, end = os.pipe()
    begun, tell = os.pipe()

    def work() -> bytes:
        os.write(tell, b".")
        return os.read(never, 1)

    with aside(work):
        assert os.read(begun, 1) == b"."
    for one in (never, end, begun, tell):
        os.close(one)


@pytest.mark.usefixtures("two_processes")
def test_what_a_helper_aside_takes_with_it_is_done_here() -> None:
    here = os.getpid()

    def work() -> int:
        if os.getpid() != here:
            os.kill(os.getpid(), signal.SIGKILL)
        return os.getpid()

    with aside(work) as result:
        assert result() == here


@pytest.mark.usefixtures("two_processes")
def test_what_is_raised_aside_is_raised_where_it_is_asked_for() -> None:
    def work() -> int:
        raise LookupError("bên cạnh")

    with aside(work) as result, pytest.raises(LookupError, match="bên cạnh"):
        result()


def test_where_there_is_no_other_process_it_is_done_when_it_is_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("drawing.workers.processes_for", lambda things, enough: 1)
    with aside(os.getpid) as result:
        assert result() == os.getpid()
