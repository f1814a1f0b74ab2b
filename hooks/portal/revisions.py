"""The content as it was committed: git in, a version of the content out. The only place that runs git.

Git gives the bytes of files as they were committed and nothing else: no filter, attribute or hook of the repository is
run, nothing is fetched, the working tree is not touched.
"""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from .changes import Version
from .reading import MAX_TEXT_BYTES
from .registers import read_data
from .schema.dates import VIETNAM
from .source import ARTICLE_PATH, ARTICLES, read_docs

# Files with other names are refused by their readers, so they were never published; these are safe to write anywhere.
_READABLE = re.compile(r"docs/tin-tuc/[0-9]{4}/[a-z0-9]+(-[a-z0-9]+)*\.md|data/[a-z_]+\.yml")
_NAME = re.compile(r"[0-9a-f]{40,64}")  # of an object; "^HEAD" would be the name of what HEAD is not
_REGULAR = (b"100644", b"100755")

# Of the caller's environment only what says where programs and the user's settings are (a repository that belongs to
# somebody else is read only if those call it safe); above all no GIT_DIR of a hook that runs us.
_INHERITED = ("PATH", "HOME", "USERPROFILE", "SYSTEMROOT", "XDG_CONFIG_HOME")
_SETTINGS = {
    "GIT_ALLOW_PROTOCOL": "",  # none: nothing is fetched, also by a git that does not know GIT_NO_LAZY_FETCH
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_NO_REPLACE_OBJECTS": "1",
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_PAGER": "cat",
    "GIT_TERMINAL_PROMPT": "0",
    "LC_ALL": "C",
}


class NotARevisionError(ValueError):
    """There is no such revision, or no git to ask; the text says what to do."""


class NotFetchedError(Exception):
    """The clone does not hold what it takes to tell; the text says how to fetch it."""


def read_version(root: Path, at: datetime) -> Version:
    """The content of the files under `root`, for a comparison at `at` (aware)."""
    sources, problems = read_docs(root)
    registers, _ = read_data(root)
    refused = frozenset(problem.path for problem in problems if ARTICLE_PATH.fullmatch(problem.path))
    return Version(sources, registers, refused, at)


def read_revision(root: Path, revision: str) -> Version:
    """The articles and registers under `root` as they were committed at `revision`, with the time of that commit.

    `root` may be any folder of the repository. Raises NotARevisionError where the caller is mistaken (no repository, no
    git, no such commit), NotFetchedError where a clone without all history can't tell.
    """
    if not revision or revision.startswith("-") or "\0" in revision:
        raise NotARevisionError(f"`{revision}` không phải là tên một bản git; hãy viết tên nhánh, thẻ hoặc mã commit")
    repository = _Repository(root)
    commit = repository.commit(revision)
    with TemporaryDirectory() as folder:
        for path, data in repository.files(commit, (ARTICLES, "data")):
            file = Path(folder, path)
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(data)
        return read_version(Path(folder), repository.time_of(commit))


class _Repository:
    """The repository that `root` is a folder of."""

    def __init__(self, root: Path) -> None:
        self.root = root
        inside = self._run("rev-parse", "--is-inside-work-tree")
        if inside.returncode and b"not a git repository" not in inside.stderr:
            said = inside.stderr.decode("utf-8", "replace").strip().splitlines()
            raise NotARevisionError(
                f"git không đọc được kho chứa thư mục này: {said[0] if said else 'không rõ vì sao'}"
            )
        if inside.stdout.strip() != b"true":
            raise NotARevisionError("thư mục này không nằm trong kho git nào; hãy chạy lệnh trong kho git của cổng")

    def commit(self, revision: str) -> str:
        """The full name of the commit that a revision is, or leads to."""
        found = self._run("rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
        name = found.stdout.decode("ascii", "replace").strip()
        if found.returncode == 0 and _NAME.fullmatch(name):
            return name
        if self._run("rev-parse", "--is-shallow-repository").stdout.strip() == b"true":
            raise NotFetchedError(
                f"kho git này tải thiếu lịch sử, không có `{revision}`; hãy chạy `git fetch --unshallow` rồi kiểm tra lại"
            )
        raise NotARevisionError(f"kho git này không có `{revision}`; hãy viết tên nhánh, thẻ hoặc mã commit")

    def files(self, commit: str, folders: Iterable[str]) -> Iterator[tuple[str, bytes]]:
        """The path from the root and the bytes of each file a reader may take, in order of path."""
        listed = self._run("ls-tree", "-r", "-z", "-l", commit, "--", *folders)
        if listed.returncode:
            raise _not_there()
        wanted: list[tuple[str, str]] = []
        for line in filter(None, listed.stdout.split(b"\0")):
            meta, _, name = line.partition(b"\t")
            mode, _, identity, size = meta.split()
            path = os.fsdecode(name)
            if mode in _REGULAR and _READABLE.fullmatch(path) and _is_small(size):
                wanted.append((path, identity.decode("ascii")))
        contents = self._objects([identity for _, identity in wanted])
        return zip((path for path, _ in wanted), contents, strict=True)

    def time_of(self, commit: str) -> datetime:
        """When the commit was made, as its committer's clock said."""
        head = next(self._objects([commit])).partition(b"\n\n")[0]
        line = next((line for line in head.split(b"\n") if line.startswith(b"committer ")), b"")
        try:
            return datetime.fromtimestamp(int(line.split()[-2]), VIETNAM)
        except (IndexError, ValueError, OverflowError, OSError):
            raise NotARevisionError(f"commit {commit} không ghi thời điểm nào đọc được") from None

    def _objects(self, identities: list[str]) -> Iterator[bytes]:
        """The bytes of each object, in the order asked for."""
        asked = "".join(f"{identity}\n" for identity in identities).encode("ascii")
        given = self._run("cat-file", "--batch", given=asked).stdout
        start = 0
        for _ in identities:
            end = given.find(b"\n", start)
            head = given[start:end].split()
            if end < 0 or len(head) != 3:  # "<name> missing"
                raise _not_there()
            start = end + 1 + int(head[2])
            yield given[end + 1 : start]
            start += 1

    def _run(self, *command: str, given: bytes = b"") -> subprocess.CompletedProcess[bytes]:
        own = {name: os.environ[name] for name in _INHERITED if name in os.environ}
        try:
            return subprocess.run(
                ["git", *command],
                cwd=self.root,
                env={**own, **_SETTINGS},
                input=given,
                capture_output=True,
                check=False,
            )
        except OSError:
            raise NotARevisionError("máy này chưa cài git; hãy cài git rồi chạy lại") from None


def _not_there() -> NotFetchedError:
    """The clone was made without the files of old commits."""
    return NotFetchedError(
        "kho git này tải thiếu nội dung các tệp cũ; hãy chạy `git fetch --refetch --no-filter` rồi kiểm tra lại"
    )


def _is_small(size: bytes) -> bool:
    """Whether a reader takes a file of that size; one that is not there tells no size, and is asked for."""
    return not size.isdigit() or int(size) <= MAX_TEXT_BYTES
