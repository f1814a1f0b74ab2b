"""`portal check --format github` and `--format gitlab`: workflow commands and Code Climate JSON, to the letter."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from portal.problems import Problem, annotations, code_climate, report

SECOND = Path(__file__).parents[1] / "site" / "second"


def test_each_fault_once_by_place_then_the_count() -> None:
    later = Problem("docs/x.md", 10, 1, "unit", "thiếu khóa")
    first = Problem("docs/x.md", 3, 7, "date", "sai dạng", "hãy viết 2026-11-22")
    assert annotations([later, first, later]) == (
        "::error file=docs/x.md,line=3,col=7,title=date::sai dạng; hãy viết 2026-11-22\n"
        "::error file=docs/x.md,line=10,col=1,title=unit::thiếu khóa\n"
        "Có 2 lỗi."
    )


WARNING = Problem("docs/a.md", 7, 3, "figures[1].total", "đã đăng là 1, nay là 2", "hãy đính chính")
FAULT = Problem("docs/x.md", 3, 7, "date", "sai dạng")


def test_warnings_are_told_after_the_faults_and_apart_from_them() -> None:
    """Each once by place, as the faults are."""
    first = Problem("docs/a.md", 6, 3, "figures[1].unit", "đổi")
    assert annotations([FAULT], [WARNING, first, WARNING]) == (
        "::error file=docs/x.md,line=3,col=7,title=date::sai dạng\n"
        "Có 1 lỗi.\n"
        "::warning file=docs/a.md,line=6,col=3,title=figures[1].unit::đổi\n"
        "::warning file=docs/a.md,line=7,col=3,title=figures[1].total::đã đăng là 1, nay là 2; hãy đính chính\n"
        "Có 2 cảnh báo."
    )
    assert report([FAULT], [WARNING, WARNING]) == (
        "docs/x.md:3:7: date: sai dạng\n"
        "Có 1 lỗi.\n"
        "docs/a.md:7:3: figures[1].total: cảnh báo: đã đăng là 1, nay là 2; hãy đính chính\n"
        "Có 1 cảnh báo."
    )
    issues = json.loads(code_climate([FAULT], [WARNING]))
    assert [(issue["severity"], issue["check_name"]) for issue in issues] == [
        ("major", "date"),
        ("minor", "figures[1].total"),
    ]


def test_warnings_alone_are_no_faults() -> None:
    assert report([], [WARNING]).splitlines()[0] == "Không có lỗi."
    assert report([], []) == annotations([], []) == "Không có lỗi."
    assert code_climate([], []) == "[]"


def test_no_fault() -> None:
    assert annotations([]) == "Không có lỗi."


@pytest.mark.parametrize(
    ("path", "key", "message", "line"),
    [
        ("docs/a.md", "k", "100 %: a, b", "::error file=docs/a.md,line=1,col=1,title=k::100 %25: a, b"),
        ("docs/a.md", "k", "a\r\n::error::b", "::error file=docs/a.md,line=1,col=1,title=k::a%0D%0A::error::b"),
        ("docs/a,b:c%.md", "k", "m", "::error file=docs/a%2Cb%3Ac%25.md,line=1,col=1,title=k::m"),
        ("docs/a\n.md", "x::y,z=1", "m", "::error file=docs/a%0A.md,line=1,col=1,title=x%3A%3Ay%2Cz=1::m"),
        ("docs/a.md", "k", "a%0Ab", "::error file=docs/a.md,line=1,col=1,title=k::a%250Ab"),
        ("docs/a.md", "k", "a\u2028\x1b[2Jb", "::error file=docs/a.md,line=1,col=1,title=k::a\\u2028\\u001b[2Jb"),
    ],
    ids=["message", "line ends", "path", "key", "already escaped", "not printable"],
)
def test_escaping(path: str, key: str, message: str, line: str) -> None:
    assert annotations([Problem(path, 1, 1, key, message)]) == f"{line}\nCó 1 lỗi."


def test_the_command(tmp_path: Path) -> None:
    """With the option and with the variable CI sets, as `make check` gives no options."""
    for folder in ("docs", "data"):
        shutil.copytree(SECOND / folder, tmp_path / folder)
    clean = check(tmp_path, "--format", "github")
    assert (clean.returncode, clean.stdout, clean.stderr) == (0, "Không có lỗi.\n", "")

    (tmp_path / "docs/bai.md").write_text('---\ntitle: "Bài"\nupdated: 3/2/2026\n---\nThân bài.\n', encoding="utf-8")
    faulty = check(tmp_path, "--format", "github")
    assert (faulty.returncode, faulty.stderr) == (1, "")
    lines = faulty.stdout.splitlines()
    assert (
        "::error file=docs/bai.md,line=3,col=10,title=updated::"
        "`3/2/2026` không viết theo dạng năm-tháng-ngày; hãy viết 2026-02-03"
    ) in lines
    assert all(line.startswith("::error file=") for line in lines[:-1])
    assert lines[-1] == f"Có {len(lines) - 1} lỗi."
    assert check(tmp_path, PORTAL_FORMAT="github").stdout == faulty.stdout
    assert "::error" not in check(tmp_path).stdout


def test_gitlab_each_fault_once_by_place() -> None:
    later = Problem("docs/x.md", 10, 1, "unit", "missing")
    first = Problem("docs/x.md", 3, 7, "date", "sai dạng", "hãy viết 2026-11-22")
    assert code_climate([later, first, later]) == (
        """[
  {
    "description": "sai d\\u1ea1ng; h\\u00e3y vi\\u1ebft 2026-11-22",
    "check_name": "date",
    "fingerprint": "14c0563f43a15854e034616d153d586d3ad9002f1ae25044201c7a3a98c2162a",
    "severity": "major",
    "location": {
      "path": "docs/x.md",
      "lines": {
        "begin": 3
      }
    }
  },
  {
    "description": "missing",
    "check_name": "unit",
    "fingerprint": "b6ea8127b3193a1edb9a889c19591f1cb16a6c57434507728e5f06772e3a9746",
    "severity": "major",
    "location": {
      "path": "docs/x.md",
      "lines": {
        "begin": 10
      }
    }
  }
]"""
    )


def test_gitlab_no_fault() -> None:
    assert code_climate([]) == "[]"


def test_gitlab_a_file_name_that_is_no_utf8() -> None:
    (issue,) = json.loads(code_climate([Problem("docs/\udcff.md", 1, 1, "tệp", "a\nb")]))
    assert (issue["location"]["path"], issue["description"]) == ("docs/\\udcff.md", "a\\u000ab")


def test_the_command_for_gitlab(tmp_path: Path) -> None:
    """Nothing but JSON, also where the text would go on with the drafts that are held back."""
    for folder in ("docs", "data"):
        shutil.copytree(SECOND / folder, tmp_path / folder)
    news = (SECOND / "docs/tin-tuc/2025/loi-keu-goi.md").read_text(encoding="utf-8")
    draft = news.replace("status: archived", "status: draft")
    (tmp_path / "docs/tin-tuc/2025/nhap.md").write_text(draft, encoding="utf-8")
    assert "Chưa đăng: docs/tin-tuc/2025/nhap.md" in check(tmp_path).stdout
    clean = check(tmp_path, PORTAL_FORMAT="gitlab")
    assert (clean.returncode, clean.stdout, clean.stderr) == (0, "[]\n", "")

    (tmp_path / "docs/bai.md").write_text('---\ntitle: "Bài"\nupdated: 3/2/2026\n---\nThân bài.\n', encoding="utf-8")
    faulty = check(tmp_path, PORTAL_FORMAT="gitlab")
    assert (faulty.returncode, faulty.stderr) == (1, "")
    lines = check(tmp_path).stdout.splitlines()[:-1]
    issues = json.loads(faulty.stdout)
    assert [issue["fingerprint"] for issue in issues] == [hashlib.sha256(line.encode()).hexdigest() for line in lines]
    assert {"path": "docs/bai.md", "lines": {"begin": 3}} in [issue["location"] for issue in issues]


def check(root: Path, *options: str, **variables: str) -> subprocess.CompletedProcess[str]:
    command = [Path(sys.executable).parent / "portal", "check", "--now", "2026-11-22T08:00", *options]
    inherited = {name: value for name, value in os.environ.items() if name != "PORTAL_FORMAT"}
    env = {**inherited, "PYTHONIOENCODING": "utf-8", **variables}
    return subprocess.run(
        command, cwd=root, env=env, capture_output=True, text=True, encoding="utf-8", timeout=60, check=False
    )
