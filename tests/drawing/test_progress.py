"""A build tells its phases in CI, writes their seconds where it is asked to, and says nothing into a pipe."""

from __future__ import annotations

import json
import os
import pty
import re
import subprocess
from contextlib import suppress
from pathlib import Path

import pytest
from click.testing import CliRunner
from drawing.progress import Phase, Progress
from portal.cli import main
from portals import NOW_TEXT, environment, portal_command

LINES = [
    "Đọc nội dung …",
    "Xem các ảnh …",
    "Kiểm tra …",
    "Đối chiếu số liệu với bài …",
    "Lập các trang và bảng …",
    "Chuyển bài sang HTML …",
    "Lập chỉ mục tìm kiếm …",
    "Lập nguồn tin …",
    "Dựng khung trang …",
    "So với lần trước …",
    "Viết trang …",
    "Thu nhỏ ảnh …",
]


def _built(root: Path, **env: str) -> tuple[int, list[str]]:
    """Exit status and the lines on standard error, where `CI` is set as is said here."""
    done = CliRunner().invoke(main, ["build", "--root", str(root)], env={"PORTAL_NOW": NOW_TEXT, "CI": None, **env})
    assert "…" not in done.stdout
    return done.exit_code, done.stderr.splitlines()


def test_in_ci_each_phase_is_a_line_once(portal: Path) -> None:
    status, lines = _built(portal, CI="true")
    assert status == 0
    assert lines == LINES


def test_on_a_terminal_the_bar_names_each_phase_and_only_grows(portal: Path) -> None:
    ours, theirs = pty.openpty()
    command = [portal_command(), "build", "--root", str(portal)]
    build = subprocess.Popen(command, env=environment(PORTAL_NOW=NOW_TEXT), stdout=subprocess.DEVNULL, stderr=theirs)
    os.close(theirs)
    said = b""
    with suppress(OSError):  # how a terminal says that nobody writes to it any more
        while part := os.read(ours, 4096):
            said += part
    os.close(ours)
    assert build.wait() == 0
    text = said.decode()
    assert [line for line in LINES if line.removesuffix(" …") not in text] == []
    shares = [int(share) for share in re.findall(r"(\d+)%", text)]
    assert shares == sorted(shares)
    assert shares[-1] == 100


def test_in_a_pipe_nothing_is_said(portal: Path) -> None:
    assert _built(portal) == (0, [])


def test_the_seconds_of_each_phase_are_written_where_asked(portal: Path, tmp_path: Path) -> None:
    file = tmp_path / "seconds.json"
    assert _built(portal, PORTAL_TIMINGS=str(file)) == (0, [])
    seconds = json.loads(file.read_text(encoding="utf-8"))
    assert sorted(seconds) == sorted(phase.name.lower() for phase in Phase)
    assert all(isinstance(value, float) and 0 <= value < 60 for value in seconds.values())


def test_a_file_that_cannot_be_written_stops_no_build(portal: Path, tmp_path: Path) -> None:
    assert _built(portal, PORTAL_TIMINGS=str(tmp_path / "khong/co/tep.json")) == (0, [])


@pytest.mark.parametrize("again", [1, 3])
def test_a_phase_is_shown_when_it_begins_and_counted_each_time(again: int) -> None:
    shown: list[Phase | None] = []
    progress = Progress(shown.append)
    for _ in range(again):
        for phase in (Phase.READ, Phase.READ, Phase.CHECK):
            progress.begin(phase)
    progress.finish()
    assert shown == [*[Phase.READ, Phase.CHECK] * again, None]
    assert sorted(phase.name for phase in progress.seconds) == ["CHECK", "READ"]
    assert all(seconds >= 0 for seconds in progress.seconds.values())
