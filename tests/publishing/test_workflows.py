"""The workflows for GitHub and GitLab: valid, pinned, with the least permissions, and a rollback that works."""

from __future__ import annotations

import itertools
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace as Names
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).parents[2]
BIN = Path(sys.executable).parent
WORKFLOWS = sorted((ROOT / ".github/workflows").glob("*.y*ml"))
GITLAB = ROOT / ".gitlab-ci.yml"


def loaded(path: Path) -> Any:
    return yaml.safe_load(path.read_text(encoding="utf-8"))


def run(*command: str | Path, cwd: Path = ROOT, **variables: str) -> subprocess.CompletedProcess[str]:
    # A runner starts its jobs itself: a `make` around these tests is no part of them.
    outside = {name: value for name, value in os.environ.items() if name not in ("MAKEFLAGS", "MAKELEVEL", "MFLAGS")}
    return subprocess.run(
        command, cwd=cwd, env=outside | variables, capture_output=True, text=True, timeout=60, check=False
    )


def steps(workflow: Any) -> Iterator[Any]:
    for job in workflow["jobs"].values():
        yield from job["steps"]


PORTAL = loaded(ROOT / ".github/workflows/portal.yml")
BUILD = PORTAL["jobs"]["build"]["steps"]


@pytest.mark.parametrize(
    ("schema", "files"), [("github-workflows", WORKFLOWS), ("gitlab-ci", [GITLAB])], ids=["github", "gitlab"]
)
def test_the_files_follow_their_schema(schema: str, files: list[Path]) -> None:
    ran = run(BIN / "check-jsonschema", "--builtin-schema", f"vendor.{schema}", *files)
    assert ran.returncode == 0, ran.stdout + ran.stderr


def zizmor(folder: Path) -> subprocess.CompletedProcess[str]:
    options = ("--offline", "--no-config", "--no-progress", "--color", "never", "--persona", "regular")
    return run(BIN / "zizmor", *options, ".", cwd=folder)


def test_zizmor_finds_nothing() -> None:
    ran = zizmor(ROOT / ".github")
    assert (ran.returncode, ran.stdout.strip()) == (0, "No findings to report. Good job!"), ran.stdout + ran.stderr


def test_zizmor_would_find_a_tag_in_the_place_of_a_hash(tmp_path: Path) -> None:
    """Else the test above could pass because nothing is looked at."""
    folder = tmp_path / ".github/workflows"
    folder.mkdir(parents=True)
    text = (ROOT / ".github/workflows/portal.yml").read_text(encoding="utf-8")
    (folder / "portal.yml").write_text(re.sub(r"@[0-9a-f]{40}", "@v1", text), encoding="utf-8")
    ran = zizmor(tmp_path)
    assert ran.returncode != 0
    assert "unpinned-uses" in ran.stdout


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_every_action_is_pinned_by_hash_with_its_version(path: Path) -> None:
    lines = [line.strip() for line in path.read_text(encoding="utf-8").splitlines() if "uses:" in line]
    assert len(lines) == sum("uses" in step for step in steps(loaded(path))) > 0
    for line in lines:
        assert re.fullmatch(r"(- )?uses: actions/[a-z-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+", line), line


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_nothing_from_outside_stands_in_a_shell(path: Path) -> None:
    """Not only `github.event` and `inputs`: no expression at all, so nobody has to judge which are safe."""
    for step in steps(loaded(path)):
        assert "${{" not in step.get("run", ""), step


def test_least_permissions() -> None:
    assert PORTAL["permissions"] == {}
    assert {name: job["permissions"] for name, job in PORTAL["jobs"].items()} == {
        "test": {"contents": "read"},
        "build": {"contents": "read"},
        "publish": {"pages": "write", "id-token": "write"},
    }
    assert "run" not in str(PORTAL["jobs"]["publish"]["steps"])  # no code of ours where tokens can write


def test_no_credentials_stay_in_a_checkout() -> None:
    checkouts = [step for step in steps(PORTAL) if step.get("uses", "").startswith("actions/checkout@")]
    assert len(checkouts) == 2
    assert all(step["with"]["persist-credentials"] is False for step in checkouts)


def value(expression: str, **names: Any) -> Any:
    """What an expression in `${{ }}` gives."""
    inside = re.fullmatch(r"\$\{\{ (.+) \}\}", expression)
    assert inside, expression
    return evaluated(inside[1], **names)


def test_as_much_history_is_fetched_as_is_looked_at() -> None:
    depths = {name: job["steps"][0]["with"]["fetch-depth"] for name, job in PORTAL["jobs"].items() if name != "publish"}
    assert [value(depths["build"], inputs=Names(ref=ref)) for ref in ("", "v1")] == [1, 0]
    events = ("pull_request", "push", "schedule", "workflow_dispatch")
    assert [value(depths["test"], github=Names(event_name=event)) for event in events] == [2, 1, 1, 1]
    assert loaded(GITLAB)["check"]["variables"] == {"GIT_DEPTH": "0"}


def test_a_pull_request_is_compared_with_what_is_public() -> None:
    """The first parent of the merge that GitHub checks out; tests/site/test_since.py does so in such a clone."""
    (check,) = (step for step in PORTAL["jobs"]["test"]["steps"] if "make check" in step.get("run", ""))
    since = check["env"]["PORTAL_SINCE"]
    assert value(since, github=Names(event_name="pull_request")) == "HEAD^1"
    assert value(since, github=Names(event_name="push")) == ""


@pytest.mark.parametrize("base", ["", "0123abc"])
def test_a_merge_request_is_compared_with_its_base(tmp_path: Path, base: str) -> None:
    """Both times; in another pipeline the variable is empty, which is as if it were not there."""
    (tmp_path / "Makefile").write_text('check:\n\t@echo "[$$PORTAL_SINCE]"\n', encoding="utf-8")
    job = loaded(GITLAB)["check"]
    (first,), (second,) = job["script"], job["after_script"]
    assert run("sh", "-c", first, cwd=tmp_path, CI_MERGE_REQUEST_DIFF_BASE_SHA=base).stdout == f"[{base}]\n"
    assert run("sh", "-c", second, cwd=tmp_path, CI_MERGE_REQUEST_DIFF_BASE_SHA=base).returncode == 0
    assert (tmp_path / "gl-code-quality-report.json").read_text(encoding="utf-8") == f"[{base}]\n"


def test_every_job_ends() -> None:
    assert all(0 < job["timeout-minutes"] <= 30 for job in PORTAL["jobs"].values())


def test_when_it_runs() -> None:
    events = PORTAL[True]  # YAML 1.1 reads the key `on` so
    assert set(events) == {"pull_request", "push", "schedule", "workflow_dispatch"}
    assert events["push"] == {"branches": ["main"]}
    assert events["schedule"] == [{"cron": "10 17 * * *"}]  # 00:10 in Viet Nam
    assert list(events["workflow_dispatch"]["inputs"]) == ["ref"]


RESULTS = ("success", "failure", "cancelled", "skipped")


def holds(condition: str, **names: Any) -> bool:
    """Whether a condition of GitHub's holds."""
    return bool(evaluated(condition, **names))


def evaluated(expression: str, **names: Any) -> Any:
    """What an expression of GitHub's gives: its operators rank as Python's do."""
    python = re.sub(r"!(?!=)", " not ", expression).replace("&&", "and").replace("||", "or")
    return eval(" ".join(python.split()), {"__builtins__": {}}, names)


def test_only_a_rollback_is_not_tested() -> None:
    """Not even a night: it would publish what failed by day."""
    condition = PORTAL["jobs"]["test"]["if"]
    assert "github.event" not in condition
    assert holds(condition, inputs=Names(ref=""))
    assert not holds(condition, inputs=Names(ref="v1"))
    gitlab = loaded(GITLAB)
    assert gitlab[".tested"]["rules"] == [{"if": "$REF", "when": "never"}, {"when": "on_success"}]
    for name in ("check", "test"):
        assert gitlab[name]["extends"] == ".tested"
        assert not {"rules", "allow_failure"} & set(gitlab[name])


def test_only_main_is_published_and_only_when_nothing_failed() -> None:
    for ref, cancelled, build, test, asked in itertools.product(
        ("refs/heads/main", "refs/heads/side", "refs/pull/1/merge"), (False, True), RESULTS, RESULTS, ("", "v1")
    ):
        published = holds(
            PORTAL["jobs"]["publish"]["if"],
            github=Names(ref=ref),
            cancelled=lambda cancelled=cancelled: cancelled,
            needs=Names(build=Names(result=build), test=Names(result=test)),
            inputs=Names(ref=asked),
        )
        tested = test == "success" or (test == "skipped" and asked == "v1")
        assert published == (ref == "refs/heads/main" and not cancelled and build == "success" and tested)
    assert PORTAL["jobs"]["publish"]["needs"] == ["test", "build"]
    assert PORTAL["concurrency"]["cancel-in-progress"] == "${{ github.event_name == 'pull_request' }}"


def test_everything_is_run_by_make_from_the_lock() -> None:
    """So what CI does can be done on any machine, and nothing unlocked is installed."""
    commands = [step["run"] for step in steps(PORTAL) if "run" in step and "REF" not in step.get("env", {})]
    assert commands == ["PORTAL_FORMAT=github make check || make check", "make test", "make build"]
    gitlab = loaded(GITLAB)
    assert gitlab["check"]["script"] == ['PORTAL_SINCE="$CI_MERGE_REQUEST_DIFF_BASE_SHA" make check']
    assert gitlab["test"]["script"] == ["make test"]
    assert gitlab["build"]["script"][1:] == ["make build"]
    for file in (*WORKFLOWS, GITLAB):
        assert not re.search(r"\b(pip|uv|pipx|npm|npx|curl|wget)\b", file.read_text(encoding="utf-8")), file.name


def test_gitlab_publishes_the_default_branch_alone() -> None:
    gitlab = loaded(GITLAB)
    assert gitlab["pages"]["rules"] == [{"if": "$CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH"}]
    assert gitlab["pages"]["artifacts"]["paths"] == ["public"]
    assert gitlab["stages"].index(gitlab["pages"]["stage"]) > gitlab["stages"].index(gitlab["build"]["stage"])
    assert "needs" not in gitlab["pages"]  # it waits for all of the tests
    assert gitlab["build"]["artifacts"]["paths"] == ["site/"]
    assert re.fullmatch(r"python:3\.11\.\d+-bookworm", gitlab["image"])


def test_gitlab_is_handed_the_faults(tmp_path: Path) -> None:
    """Also when the check failed, and with no line of make's in the file."""
    job = loaded(GITLAB)["check"]
    assert job["artifacts"] == {"when": "always", "reports": {"codequality": "gl-code-quality-report.json"}}
    (tmp_path / "Makefile").write_text('check:\n\techo "[$$PORTAL_FORMAT]"; exit 1\n', encoding="utf-8")
    (command,) = job["after_script"]
    assert run("sh", "-c", command, cwd=tmp_path).returncode != 0
    assert (tmp_path / "gl-code-quality-report.json").read_text(encoding="utf-8") == "[gitlab]\n"


ROLLBACKS = {
    "github": next(step["run"] for step in BUILD if "REF" in step.get("env", {})),
    "gitlab": loaded(GITLAB)["build"]["script"][0],
}


@pytest.fixture
def history(tmp_path: Path) -> Path:
    """A repository: two commits on main, the first one tagged, and one on a branch that was never merged."""
    who = [
        "-c",
        "user.name=t",
        "-c",
        "user.email=t@example.org",
        "-c",
        "commit.gpgsign=false",
        "-c",
        "tag.gpgsign=false",
    ]
    for command in (
        ["init", "-q", "-b", "main"],
        ["commit", "-q", "--allow-empty", "-m", "one"],
        ["tag", "v1"],
        ["checkout", "-q", "-b", "side"],
        ["commit", "-q", "--allow-empty", "-m", "not reviewed"],
        ["checkout", "-q", "main"],
        ["commit", "-q", "--allow-empty", "-m", "two"],
    ):
        done = run("git", *who, *command, cwd=tmp_path)
        assert done.returncode == 0, done.stderr
    return tmp_path


def head(repository: Path) -> str:
    return run("git", "log", "-1", "--format=%s", cwd=repository).stdout.strip()


@pytest.mark.parametrize("script", ROLLBACKS.values(), ids=ROLLBACKS)
@pytest.mark.parametrize("ref", ["v1", "HEAD~1", "hash"])
def test_a_rollback_goes_to_the_commit_asked_for(history: Path, script: str, ref: str) -> None:
    asked = run("git", "rev-parse", "--short", "v1", cwd=history).stdout.strip() if ref == "hash" else ref
    done = run("bash", "-eo", "pipefail", "-c", script, cwd=history, REF=asked, CI_DEFAULT_BRANCH="main")
    assert (done.returncode, head(history)) == (0, "one"), done.stderr


@pytest.mark.parametrize("script", ROLLBACKS.values(), ids=ROLLBACKS)
@pytest.mark.parametrize("ref", ["side", "nothing", "--all", "-h", "v1; touch x", "$(touch x)", "`touch x`"])
def test_a_rollback_goes_nowhere_else(history: Path, script: str, ref: str) -> None:
    done = run("bash", "-eo", "pipefail", "-c", script, cwd=history, REF=ref, CI_DEFAULT_BRANCH="main")
    assert done.returncode != 0
    assert head(history) == "two"
    assert not (history / "x").exists()
