"""`.ci/publish` for real, with folders as targets and a project whose `make build` writes one page."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import time
from pathlib import Path

import pytest

PUBLISH = Path(__file__).parents[2] / ".ci" / "publish"
MAKEFILE = """build:
\t@test ! -e broken || { echo "docs/a.md:1:1: fault" >&2; exit 1; }
\t@rm -rf site && mkdir -p site/sub && cp text site/index.html && cp text site/sub/_redirects
"""
# Stand-ins for the network: ssh runs what it is given here, as sshd's shell would; rsync copies.
SSH = '#!/bin/sh\n[ "$1" = -- ] && [ "$2" = web@host ] || exit 9\nshift 2\nexec sh -c "$*"\n'
RSYNC = """#!/bin/sh
while [ "$1" != -- ]; do shift; done
case $3 in web@host:*) exec cp -R "$2." "${3#web@host:}" ;; *) exit 9 ;; esac
"""


class Project:
    """A project with .ci/publish in it; `say` changes what its site says."""

    def __init__(self, root: Path) -> None:
        self.root = root
        (root / ".ci").mkdir(parents=True)
        shutil.copy(PUBLISH, root / ".ci/publish")
        (root / "Makefile").write_text(MAKEFILE, encoding="utf-8")
        self.path = os.environ["PATH"]

    def say(self, text: str) -> Project:
        (self.root / "text").write_text(text, encoding="utf-8")
        return self

    def run(self, *arguments: str | Path, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [self.root / ".ci/publish", *arguments],
            cwd=cwd or self.root,
            env={**os.environ, "PATH": self.path},
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )

    def publish(self, target: str | Path) -> str:
        done = self.run(target)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return Project(tmp_path / "a project")


@pytest.fixture
def target(tmp_path: Path) -> Path:
    return tmp_path / "trang công khai 'a\" $(b)"


def public(target: Path) -> str:
    return (target / "current/index.html").read_text(encoding="utf-8")


def current(target: Path) -> str:
    """The release that is public."""
    link = (target / "current").readlink()
    assert link.parent == Path("releases")
    return link.name


def releases(target: Path) -> list[str]:
    return sorted(path.name for path in (target / "releases").iterdir())


def test_publish_again_and_roll_back(project: Project, target: Path) -> None:
    said = project.say("one").publish(target)
    assert public(target) == "one"
    first = current(target)
    assert re.fullmatch(r"unknown-\d{8}T\d{6}Z", first)  # no commit: this project is not in git
    assert said.splitlines()[-1].startswith(f"Public: {first} in {target}. To go back: ")
    project.say("two").publish(target)
    assert public(target) == "two"
    assert (target / "current/sub/_redirects").read_text(encoding="utf-8") == "two"
    second = current(target)

    back = project.run("--rollback", target)
    assert (back.returncode, back.stderr) == (0, "")
    assert back.stdout == f"Public again: {first} (was {second}).\n"
    assert public(target) == "one"
    assert len(releases(target)) == 2  # what was wrong is kept until the next publishing, to be looked at
    assert sorted(path.name for path in target.iterdir()) == ["current", "releases"]


def test_going_back_never_leads_to_what_was_gone_back_from(project: Project, target: Path) -> None:
    for text in ("good", "wrong"):
        project.say(text).publish(target)
    project.run("--rollback", target)
    project.say("mended").publish(target)
    project.run("--rollback", target)
    assert public(target) == "good"


def test_the_last_five_are_kept_and_nothing_else_is_touched(project: Project, target: Path) -> None:
    foreign = target / "releases" / "by hand"
    foreign.mkdir(parents=True)
    (target / "robots.txt").write_text("ours", encoding="utf-8")
    for number in range(7):
        project.say(str(number)).publish(target)
    assert len(releases(target)) == 5 + 1
    assert foreign.is_dir()
    assert (target / "robots.txt").read_text(encoding="utf-8") == "ours"
    for number in (5, 4, 3, 2):
        assert project.run("--rollback", target).returncode == 0
        assert public(target) == str(number)
    last = project.run("--rollback", target)
    assert last.returncode == 1
    assert "There is no release before" in last.stderr
    assert public(target) == "2"


def test_only_what_a_killed_publisher_left_is_removed(project: Project, target: Path) -> None:
    """The folder of one still running is younger than a day, and must stay."""
    hours = {".upload-running": 0, ".upload-slow": 23, ".upload-killed": 25, ".upload-long ago": 999, "by hand": 999}
    for name, age in hours.items():
        folder = target / "releases" / name
        folder.mkdir(parents=True)
        (folder / ".upload-inside").touch()
        moment = time.time() - age * 3600
        for path in (folder / ".upload-inside", folder):
            os.utime(path, (moment, moment))
    project.say("one").publish(target)
    assert releases(target) == sorted([".upload-running", ".upload-slow", "by hand", current(target)])
    assert (target / "releases/by hand/.upload-inside").is_file()


def test_a_failing_build_leaves_the_public_site(project: Project, target: Path) -> None:
    project.say("good").publish(target)
    before = (current(target), releases(target))
    (project.root / "broken").touch()
    done = project.say("bad").run(target)
    assert done.returncode == 1
    assert "docs/a.md:1:1: fault" in done.stderr
    assert done.stderr.splitlines()[-1] == (
        f"The site could not be built. Nothing was published; {target} is as it was."
    )
    assert (current(target), releases(target)) == before
    assert public(target) == "good"


def test_a_failing_upload_leaves_the_public_site(project: Project, target: Path) -> None:
    project.say("good").publish(target)
    before = (current(target), releases(target))
    tools(project, rsync="#!/bin/sh\nexit 12\n")
    done = project.run(target)
    assert (done.returncode, done.stderr.splitlines()[-1]) == (1, f"The upload failed. {target} is as it was.")
    assert (current(target), releases(target)) == before


def test_a_target_on_another_host(project: Project, target: Path) -> None:
    """Every word arrives as it was, through ssh's joining and the shell at the other end."""
    tools(project, ssh=SSH, rsync=RSYNC)
    for text in ("one", "two"):
        project.say(text).publish(f"web@host:{target}/")
    assert public(target) == "two"
    assert project.run("--rollback", f"web@host:{target}").returncode == 0
    assert public(target) == "one"
    assert sorted(path.name for path in target.iterdir()) == ["current", "releases"]


def test_a_folder_is_meant_from_where_one_stands(project: Project, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    for name in ("./www:1", "www"):
        assert project.say(name).run(name, cwd=elsewhere).returncode == 0
        assert public(elsewhere / name) == name


def test_a_release_is_named_after_its_commit(project: Project, target: Path) -> None:
    identity = ("-c", "user.name=t", "-c", "user.email=t@example.org", "-c", "commit.gpgsign=false")
    for command in (["init", "-q"], ["add", "."], [*identity, "commit", "-q", "-m", "one"]):
        subprocess.run(["git", *command], cwd=project.say("one").root, check=True, capture_output=True)
    project.publish(target)
    project.say("not committed").publish(target)
    clean, changed = sorted(releases(target), key=lambda name: ".changed" in name)
    assert re.fullmatch(r"[0-9a-f]{12}-\d{8}T\d{6}Z(\.\d+)?", clean)
    assert re.fullmatch(r"[0-9a-f]{12}\.changed-\d{8}T\d{6}Z(\.\d+)?", changed)


def test_everyone_may_read_what_is_public(project: Project, target: Path) -> None:
    project.say("one")
    (project.root / "text").chmod(0o600)
    project.publish(target)
    assert (target / "current/index.html").stat().st_mode & 0o777 == 0o644
    assert (target / "current/sub").stat().st_mode & 0o777 == 0o755


@pytest.mark.parametrize("name", ["current", "releases"])
def test_what_it_did_not_make_is_not_replaced(project: Project, target: Path, tmp_path: Path, name: str) -> None:
    target.mkdir()
    if name == "current":
        (target / "current").mkdir()
    else:
        (tmp_path / "other").mkdir()
        (target / "releases").symlink_to(tmp_path / "other")
    done = project.say("one").run(target)
    assert done.returncode == 1
    assert f"{target}/{name} is " in done.stderr
    assert not (target / "current/index.html").exists()
    assert not list(target.rglob("*.html"))


@pytest.mark.parametrize(
    ("arguments", "status", "told"),
    [
        ([], 2, ".ci/publish --rollback user@host:/path"),
        (["a", "b"], 2, ".ci/publish --rollback user@host:/path"),
        ([""], 1, "Not a target: ''"),
        (["-oProxyCommand=x:/y"], 1, "Not a target: '-oProxyCommand=x:/y'"),
        (["rsync://host/path"], 1, "Not a target: 'rsync://host/path'"),
        (["web@host:"], 1, "Not a target: 'web@host:'"),
        (["web@host:~/www"], 1, "Write the folder in full"),
        (["--rollback", "nowhere"], 1, "Nothing is public in "),
    ],
    ids=str,
)
def test_what_makes_no_sense_is_told(project: Project, arguments: list[str], status: int, told: str) -> None:
    done = project.say("one").run(*arguments)
    assert done.returncode == status
    assert told in done.stderr
    assert not (project.root / "site").exists()


def tools(project: Project, **scripts: str) -> None:
    """Put scripts before the real programs of these names."""
    folder = project.root / "tools"
    folder.mkdir()
    for name, text in scripts.items():
        (folder / name).write_text(text, encoding="utf-8")
        (folder / name).chmod(0o755)
    project.path = f"{folder}{os.pathsep}{project.path}"
