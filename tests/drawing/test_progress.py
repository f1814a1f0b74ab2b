"""A build tells its phases in CI, writes their seconds where it is asked to, and says nothing into a pipe."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from drawing.progress import Phase, Progress
from portal.cli import main
from portals import NOW_TEXT

LINES = [
    "Đọc nội dung …",
    "Kiểm tra …",
    "Đối chiếu số liệu với bài …",
    "Lập các trang và bảng …",
    "Chuyển bài sang HTML …",
    "Dựng khung trang …",
    "So với lần trước …",
    "Viết trang …",
]


def _built(root: Path, **env: str) -> tuple[int, list[str]]:
    """Exit status and the lines on standard error, where `CI` is set as is said here."""
    done = CliRunner().invoke(main, ["build", "--root", str(root)], env={"PORTAL_NOW": NOW_TEXT, "CI": None, **env})
    assert "…" not in done.stdout
    return done.exit_code, done.stderr.splitlines()


def test_in_ci_each_phase_is_a_line_once(portal: Path) -> None:
    status, lines = _built(portal, CI="true")
    assert status == 0
    assert sorted(lines) == sorted(LINES)
    assert lines == [line for line in LINES if line in lines] or lines[0] == LINES[0]


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
