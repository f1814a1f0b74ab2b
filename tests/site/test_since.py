"""`portal check --since` on real repositories: which revision is read, what can't be told, and what never happens.

What is compared, and how, is tests/changes/.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from contextlib import chdir
from datetime import datetime
from pathlib import Path

import pytest
from click.testing import CliRunner
from portal.cli import main
from portal.problems import in_order
from portal.revisions import NotARevisionError, NotFetchedError, read_revision
from portals import environment, replace_once, run_portal
from test_cases import BASE

ARTICLE = "docs/tin-tuc/2026/so-lieu.md"
TEXT = """---
title: "Số liệu"
date: 2026-05-17
summary: "Tóm tắt."
category: doi-song
figures:
- {unit: hoa-loc, measure: models, count: registered, period: 2022, total: 255}
---
Toàn huyện đăng ký 255 mô hình.
"""
PLACE = f"{ARTICLE}:7:76: figures[1].total: "
SAID = (
    "đã đăng là 255 mô hình, nay là 256 mô hình mà chưa có đính chính; "
    "hãy thêm `- {date: 2026-11-22, note: …}` vào `corrections`, hoặc trả lại như đã đăng"
)
WARNED = f"Không có lỗi.\n{PLACE}cảnh báo: {SAID}\nCó 1 cảnh báo.\n"

# A file with one fault: its path, its text, and what is said.
FAULTY = (
    "docs/trang.md",
    '---\ntitle: "Trang"\nupdated: 3/2/2026\n---\nTrang.\n',
    "docs/trang.md:3:10: updated: `3/2/2026` không viết theo dạng năm-tháng-ngày; hãy viết 2026-02-03\nCó 1 lỗi.\n",
)


def git(folder: Path, *command: str, when: str = "2026-06-01T08:00:00+07:00", **settings: str) -> str:
    """Git as nobody in particular at a fixed time."""
    who = {f"GIT_{role}_{key}": value for role in ("AUTHOR", "COMMITTER") for key, value in _WHO.items()}
    dates = {"GIT_AUTHOR_DATE": when, "GIT_COMMITTER_DATE": when}
    fixed = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1", "LC_ALL": "C"}
    env = {**os.environ, **who, **dates, **fixed, **settings}
    done = subprocess.run(["git", *command], cwd=folder, env=env, capture_output=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout.decode("utf-8").strip()


_WHO = {"NAME": "t", "EMAIL": "t@example.org"}


def commit(folder: Path, when: str = "2026-06-01T08:00:00+07:00", **settings: str) -> str:
    git(folder, "add", "-A", **settings)
    git(folder, "commit", "-q", "--allow-empty", "-m", "x", when=when, **settings)
    return git(folder, "rev-parse", "HEAD")


def write_content(root: Path) -> None:
    shutil.copytree(BASE, root, dirs_exist_ok=True)
    (root / ARTICLE).write_text(TEXT, encoding="utf-8")


def change(root: Path) -> None:
    """The figure and the sentence that states it."""
    replace_once(root / ARTICLE, "total: 255", "total: 256")
    replace_once(root / ARTICLE, "255 mô hình", "256 mô hình")


@pytest.fixture
def portal(tmp_path: Path) -> Path:
    """A repository with one commit of a portal; its working tree is as committed."""
    root = tmp_path / "portal"
    write_content(root)
    git(root, "init", "-q", "-b", "main")
    commit(root)
    return root


def check(root: Path, *options: str, **variables: str) -> tuple[int, str, str]:
    """The command without a process of its own, which takes longer to begin than to check; what git says is its too."""
    env: dict[str, str | None] = {**dict.fromkeys(os.environ), **environment(**variables)}
    with chdir(root.parent):
        command = ["check", "--root", str(root), *options]
        done = CliRunner(capture="fd").invoke(main, command, prog_name="portal", env=env)
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    return done.exit_code, done.stdout, done.stderr


def check_in_a_process(root: Path, *options: str) -> tuple[int, str, str]:
    done = run_portal("check", "--root", str(root), *options, cwd=root.parent)
    return done.returncode, done.stdout, done.stderr


# --- what is said ----------------------------------------------------------------


def test_a_changed_figure_is_a_warning_and_no_fault(portal: Path) -> None:
    assert check(portal, "--since", "HEAD") == (0, "Không có lỗi.\n", "")
    change(portal)
    assert check(portal, "--since", "HEAD") == check_in_a_process(portal, "--since", "HEAD") == (0, WARNED, "")
    assert check(portal, PORTAL_SINCE="HEAD") == (0, WARNED, "")
    assert check(portal) == check(portal, PORTAL_SINCE="") == (0, "Không có lỗi.\n", "")


def test_beside_faults_the_exit_status_is_that_of_the_faults(portal: Path) -> None:
    change(portal)
    (portal / FAULTY[0]).write_text(FAULTY[1], encoding="utf-8")
    assert check(portal, "--since", "HEAD") == (1, FAULTY[2] + WARNED.partition("\n")[2], "")


def test_for_github_a_warning_stands_at_its_line(portal: Path) -> None:
    change(portal)
    line = f"::warning file={ARTICLE},line=7,col=76,title=figures[1].total::{SAID}\n"
    assert check(portal, "--since", "HEAD", "--format", "github") == (
        0,
        "Không có lỗi.\n" + line + "Có 1 cảnh báo.\n",
        "",
    )


def test_for_gitlab_a_warning_is_minor(portal: Path) -> None:
    change(portal)
    status, out, err = check(portal, "--since", "HEAD", "--format", "gitlab")
    (issue,) = json.loads(out)
    assert (status, err, issue["severity"], issue["description"]) == (0, "", "minor", SAID)
    assert issue["location"] == {"path": ARTICLE, "lines": {"begin": 7}}


def test_a_deleted_article_is_told_at_its_old_path(portal: Path) -> None:
    (portal / ARTICLE).unlink()
    said = (
        "cảnh báo: bài đã đăng cùng 1 bộ số liệu, nay không còn; hãy khôi phục tệp; nếu chỉ đổi tên thì thêm "
        "`/tin-tuc/2026/so-lieu/` vào `aliases` của bài ở chỗ mới, nếu muốn gỡ bài thì giữ tệp và đặt `expires_at`"
    )
    assert check(portal, "--since", "HEAD") == (
        0,
        f"Không có lỗi.\n{ARTICLE}:1:1: tệp: {said}\nCó 1 cảnh báo.\n",
        "",
    )


# --- which revision ---------------------------------------------------------------


def test_any_name_of_a_commit(portal: Path) -> None:
    full = git(portal, "rev-parse", "HEAD")
    git(portal, "tag", "v1")
    git(portal, "tag", "-a", "đợt-1", "-m", "x")
    git(portal, "branch", "nhánh/một")
    change(portal)
    commit(portal)
    for name in (full, full[:10], "v1", "đợt-1", "nhánh/một", "HEAD^", "HEAD~1", "main@{1}"):
        assert [file.path for file in read_revision(portal, name).sources.articles] == [
            "docs/tin-tuc/2026/bai-mot.md",
            ARTICLE,
        ]
        assert check(portal, "--since", name)[1] == WARNED, name
    assert check(portal, "--since", "main")[1] == "Không có lỗi.\n"


@pytest.mark.parametrize(
    ("when", "out"),
    [("2026-05-16T23:59:59+07:00", "Không có lỗi.\n"), ("2026-05-16T17:00:00+00:00", WARNED)],
    ids=["before its day", "on its day"],
)
def test_what_was_public_is_asked_at_the_time_of_the_commit(portal: Path, when: str, out: str) -> None:
    commit(portal, when)
    assert read_revision(portal, "HEAD").at == datetime.fromisoformat(when)
    change(portal)
    assert check(portal, "--since", "HEAD") == (0, out, "")


def test_a_portal_in_a_folder_of_a_repository(tmp_path: Path) -> None:
    """Whatever the folder is called; what lies beside it is not read."""
    top = tmp_path / "kho"
    root = top / "cổng một" / 'hai\n"ba"'
    write_content(root)
    write_content(top)
    git(top, "init", "-q")
    commit(top)
    change(top)
    assert check(root, "--since", "HEAD") == (0, "Không có lỗi.\n", "")
    change(root)
    assert check(root, "--since", "HEAD") == (0, WARNED, "")


def test_a_revision_without_articles_says_that_there_is_nothing_to_compare(tmp_path: Path) -> None:
    git(tmp_path, "init", "-q", "-b", "main", "kho")
    commit(tmp_path / "kho")
    write_content(tmp_path / "kho")
    said = "Ở `main` chưa có bài nào trong docs/tin-tuc/ nên không có số liệu để so.\n"
    assert check(tmp_path / "kho", "--since", "main") == (0, "Không có lỗi.\n", said)


# --- what can't be told -----------------------------------------------------------


@pytest.fixture
def shallow(portal: Path, tmp_path: Path) -> Path:
    """A clone of the last of two commits; a figure changed in it."""
    change(portal)
    commit(portal)
    git(tmp_path, "clone", "-q", "--depth", "1", portal.as_uri(), "shallow")
    return tmp_path / "shallow"


def test_a_shallow_clone_says_that_it_cannot_tell(shallow: Path) -> None:
    said = (
        "Chưa so được số liệu đã đăng: kho git này tải thiếu lịch sử, không có `HEAD^1`; "
        "hãy chạy `git fetch --unshallow` rồi kiểm tra lại.\n"
    )
    assert check(shallow, "--since", "HEAD^1") == (0, "Không có lỗi.\n", said)
    assert check(shallow, "--since", "HEAD^1", "--format", "gitlab") == (0, "[]\n", said)
    (shallow / FAULTY[0]).write_text(FAULTY[1], encoding="utf-8")
    assert check(shallow, "--since", "HEAD^1") == (1, FAULTY[2], said)


def test_a_shallow_clone_compares_with_what_it_has(shallow: Path) -> None:
    replace_once(shallow / ARTICLE, "total: 256", "total: 255")
    replace_once(shallow / ARTICLE, "256 mô hình", "255 mô hình")
    status, out, err = check(shallow, "--since", "HEAD")
    assert (status, err) == (0, "")
    assert "đã đăng là 256 mô hình, nay là 255 mô hình" in out
    git(shallow, "fetch", "-q", "--unshallow")
    assert check(shallow, "--since", "HEAD^1") == (0, "Không có lỗi.\n", "")


def test_two_commits_are_enough_for_a_pull_request(portal: Path, tmp_path: Path) -> None:
    """As the workflow fetches them: the merge and, as its first parent, the branch it goes into."""
    git(portal, "checkout", "-q", "-b", "side")
    change(portal)
    commit(portal)
    git(portal, "checkout", "-q", "main")
    commit(portal)
    git(portal, "merge", "-q", "--no-ff", "-m", "merge", "side")
    git(tmp_path, "clone", "-q", "--depth", "2", portal.as_uri(), "two")
    assert check(tmp_path / "two", "--since", "HEAD^1") == (0, WARNED, "")


def test_a_clone_without_old_files_says_so_and_fetches_nothing(portal: Path, tmp_path: Path) -> None:
    change(portal)
    commit(portal)
    git(portal, "config", "uploadpack.allowFilter", "true")
    git(tmp_path, "clone", "-q", "--filter=blob:none", portal.as_uri(), "partial")
    said = (
        "Chưa so được số liệu đã đăng: kho git này tải thiếu nội dung các tệp cũ; "
        "hãy chạy `git fetch --refetch --no-filter` rồi kiểm tra lại.\n"
    )
    before = sorted((tmp_path / "partial/.git/objects/pack").iterdir())
    assert check(tmp_path / "partial", "--since", "HEAD^1") == (0, "Không có lỗi.\n", said)
    assert sorted((tmp_path / "partial/.git/objects/pack").iterdir()) == before
    git(tmp_path / "partial", "fetch", "-q", "--refetch", "--no-filter")
    assert check(tmp_path / "partial", "--since", "HEAD^1") == (0, WARNED, "")


# --- mistakes and malice ----------------------------------------------------------


def refused(said: str) -> tuple[int, str, str]:
    usage = "Usage: portal check [OPTIONS]\nTry 'portal check --help' for help.\n\n"
    return 2, "", f"{usage}Error: Invalid value for '--since': {said}\n"


@pytest.mark.parametrize("revision", ["", "-h", "--output=x", "--all", "-"])
def test_what_can_be_no_name_of_a_revision(portal: Path, revision: str) -> None:
    said = f"`{revision}` không phải là tên một bản git; hãy viết tên nhánh, thẻ hoặc mã commit"
    assert check(portal, f"--since={revision}") == refused(said)
    assert sorted(path.name for path in (*portal.iterdir(), *portal.parent.iterdir())) == [
        *(".git", "data", "docs", "portal"),
    ]


@pytest.mark.parametrize(
    "revision",
    [
        *("nope", "đợt-2", "HEAD;touch x", "$(touch x)", "`touch x`", "HEAD HEAD", "0" * 40, ":/x y", "@{u}"),
        *("HEAD^{tree}", "HEAD:docs", "HEAD^9", "HEAD..HEAD", "HEAD...HEAD", "^HEAD", "HEAD^!", "HEAD^@", "HEAD^-"),
    ],
)
def test_what_names_no_commit(portal: Path, revision: str) -> None:
    said = f"kho git này không có `{revision}`; hãy viết tên nhánh, thẻ hoặc mã commit"
    assert check(portal, "--since", revision) == refused(said)
    assert not list(portal.parent.rglob("x"))


def test_unseen_characters_are_shown(portal: Path) -> None:
    status, _, err = check(portal, "--since", "a\x1b[2J\nb")
    assert (status, "`a\\u001b[2J\\u000ab`" in err) == (2, True)
    with pytest.raises(NotARevisionError):
        read_revision(portal, "HEAD\0")


def test_outside_a_repository(tmp_path: Path) -> None:
    write_content(tmp_path / "portal")
    said = "thư mục này không nằm trong kho git nào; hãy chạy lệnh trong kho git của cổng"
    assert check(tmp_path / "portal", "--since", "HEAD") == refused(said)


def test_where_git_is_not_installed(portal: Path, tmp_path: Path) -> None:
    said = "máy này chưa cài git; hãy cài git rồi chạy lại"
    assert check(portal, "--since", "HEAD", PATH=str(tmp_path / "nothing")) == refused(said)


def test_a_repository_that_git_refuses_says_why(portal: Path) -> None:
    (portal / ".git/config").write_text("[core\n", encoding="utf-8")
    with pytest.raises(NotARevisionError, match=r"^git không đọc được kho chứa thư mục này: fatal: bad config line 1 "):
        read_revision(portal, "HEAD")


def test_the_callers_git_variables_change_nothing(portal: Path, tmp_path: Path) -> None:
    """As in a hook of another repository."""
    git(tmp_path, "init", "-q", "other")
    change(portal)
    other = {"GIT_DIR": str(tmp_path / "other/.git"), "GIT_INDEX_FILE": "none", "GIT_WORK_TREE": str(tmp_path)}
    assert check(portal, "--since", "HEAD", GIT_EXTERNAL_DIFF="false", LC_ALL="C.UTF-8", **other) == (0, WARNED, "")


def test_nothing_of_the_repository_is_run_and_the_bytes_are_those_committed(portal: Path, tmp_path: Path) -> None:
    """Filters as of LFS, attributes of `git archive`, line ends, pagers, hooks, replaced objects."""
    (portal / ".gitattributes").write_text("* filter=evil export-ignore export-subst text eol=crlf\n", encoding="utf-8")
    head = commit(portal)
    evil = f"touch '{tmp_path / 'evil'}'; cat"
    settings = (
        "filter.evil.smudge",
        "filter.evil.clean",
        "core.pager",
        "pager.ls-tree",
        "core.fsmonitor",
        "diff.external",
    )
    for name in settings:
        git(portal, "config", name, evil)
    hook = portal / ".git/hooks/post-index-change"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text(f"#!/bin/sh\n{evil}\n", encoding="utf-8")
    hook.chmod(0o755)
    git(portal, "replace", "-f", f"{head}:{ARTICLE}", f"{head}:docs/index.md")
    change(portal)
    before = (portal / ".git/index").read_bytes()
    assert check(portal, "--since", "HEAD") == (0, WARNED, "")
    assert not (tmp_path / "evil").exists()
    assert (portal / ".git/index").read_bytes() == before


def test_what_no_reader_takes_is_passed_over(portal: Path) -> None:
    """Names that no article has, links, other repositories, files too large: none of it was ever published."""
    year = portal / "docs/tin-tuc/2026"
    for name in ("bài một.md", "dòng\nmới.md", 'nháy".md', "UPPER.md", "-x.md", "a.md.bak"):
        (year / name).write_text(TEXT, encoding="utf-8")
    (year / "lien-ket.md").symlink_to("/etc/passwd")
    (year / "qua-lon.md").write_text(TEXT + "x" * 2_000_000, encoding="utf-8")
    (portal / "data/lien-ket.yml").symlink_to("/etc/passwd")
    inner = portal / "docs/tin-tuc/2025"
    git(portal, "init", "-q", str(inner))
    commit(inner)
    commit(portal)
    version = read_revision(portal, "HEAD")
    paths = [file.path for file in (*version.sources.articles, *version.sources.faulty)]
    assert paths == ["docs/tin-tuc/2026/bai-mot.md", ARTICLE]
    assert in_order(version.refused) == ()


def test_a_repository_of_longer_hashes(tmp_path: Path) -> None:
    write_content(tmp_path / "portal")
    git(tmp_path / "portal", "init", "-q", "--object-format=sha256")
    assert len(commit(tmp_path / "portal")) == 64
    change(tmp_path / "portal")
    assert check(tmp_path / "portal", "--since", "HEAD") == (0, WARNED, "")


def test_a_repository_with_a_lost_file_cannot_tell(portal: Path) -> None:
    blob = git(portal, "rev-parse", f"HEAD:{ARTICLE}")
    (portal / ".git/objects" / blob[:2] / blob[2:]).unlink()
    with pytest.raises(NotFetchedError):
        read_revision(portal, "HEAD")
