"""Markdown with front matter to typed documents that know the line and column of every key."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, TypeVar

import frontmatter

from .problems import Problem
from .reading import docs_files, read_text, whole_file
from .schema.base import Record, partly_validated, says, validated
from .schema.content import Article, OrdinaryPage, Profile
from .text import nfc, slugify
from .yaml_tree import Fault, Loc, Tree, read_yaml

R = TypeVar("R", bound=Record)

ARTICLES = "docs/tin-tuc"
PROFILES = "docs/mo-hinh"
INTRO = "_intro.md"

_ARTICLE_PATH = re.compile(r"docs/tin-tuc/(\d{4})/([^/]+)\.md")
_PROFILE_PATH = re.compile(r"docs/mo-hinh/(?:([^/]+)/)?([^/]+)\.md")
# Names that MkDocs or the lists' own pages take.
_TAKEN = frozenset({"index", "readme", "trang"})
_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


@dataclass(frozen=True)
class ContentFile(Generic[R]):
    """One Markdown file. `address` is its site path, with both slashes; `body` is NFC Markdown
    whose first line is line `body_line` of the file."""

    path: str
    address: str
    slug: str
    record: R
    body: str
    body_line: int
    tree: Tree

    def problem(self, loc: Loc, message: str, hint: str, *, of_key: bool = False) -> Problem:
        """A problem at one key of the front matter."""
        line, column = self.tree.place_of(loc, of_key=of_key)
        return Problem(self.path, line, column, says(loc), message, hint)


@dataclass(frozen=True)
class Intro:
    """The introduction an editor writes for a generated page."""

    path: str
    address: str
    body: str


@dataclass(frozen=True)
class Sources:
    """Everything under docs/, by kind, in order of path. `assets` are paths from docs/."""

    articles: tuple[ContentFile[Article], ...]
    profiles: tuple[ContentFile[Profile], ...]
    pages: tuple[ContentFile[OrdinaryPage], ...]
    intros: tuple[Intro, ...]
    assets: frozenset[str]
    faulty: tuple[ContentFile, ...]  # files at fault: what is right of them, for checks that need no more


class _LocatedYAML(frontmatter.YAMLHandler):
    """python-frontmatter's YAML, read by our reader; keeps the tree and where the body starts."""

    FM_BOUNDARY = re.compile(r"^---[ \t]*$", re.MULTILINE)

    def __init__(self) -> None:
        super().__init__()
        self.tree: Tree | None = None
        self.body = ""
        self.body_line = 1

    def split(self, text: str) -> tuple[str, str]:
        front, body = super().split(text)
        self.body = body
        self.body_line = front.count("\n") + 1
        return front, body

    def load(self, fm: str) -> dict:
        # The text after the opening `---` begins on line 1 of the file, so the marks are the file's.
        self.tree = read_yaml(fm)
        return {}


def read_docs(root: Path) -> tuple[Sources, list[Problem]]:
    """Read and type everything under docs/. A document with a fault is left out; the fault is told."""
    paths, problems = docs_files(root)
    articles: list[ContentFile[Article]] = []
    profiles: list[ContentFile[Profile]] = []
    pages: list[ContentFile[OrdinaryPage]] = []
    intros: list[Intro] = []
    faulty: list[ContentFile] = []

    def add(kept: list, model: type[Record], path: str, text: str, misplaced: Problem | None) -> None:
        typed, partial, faults = parse(model, path, text)
        problems.extend(faults)
        if misplaced:
            problems.append(misplaced)
        if typed and not misplaced:
            kept.append(typed)
        elif partial or typed:
            faulty.append(partial or typed)

    for path in paths:
        if not path.endswith(".md"):
            continue
        text, faults = read_text(root, path)
        problems.extend(faults)
        if text is None:
            continue
        if path.endswith("/" + INTRO):
            intros.append(Intro(path, address_of(path.removesuffix(INTRO) + "index.md"), nfc(text)))
            if re.match(r"---[ \t]*(\n|$)", text):
                problems.append(
                    whole_file(path, "lời giới thiệu không có phần đầu trang", "hãy bỏ các dòng từ `---` đến `---`")
                )
        elif path.startswith(ARTICLES + "/"):
            add(articles, Article, path, text, _article_fault(path))
        elif path.startswith(PROFILES + "/"):
            add(profiles, Profile, path, text, _profile_fault(path))
        else:
            add(pages, OrdinaryPage, path, text, None)
    assets = frozenset(p.removeprefix("docs/") for p in paths if not p.endswith(".md"))
    return Sources(tuple(articles), tuple(profiles), tuple(pages), tuple(intros), assets, tuple(faulty)), problems


def parse(model: type[R], path: str, text: str) -> tuple[ContentFile[R] | None, ContentFile[R] | None, list[Problem]]:
    """One file's text: typed; or what is right of it, with every reason why it isn't."""
    slug = path.rsplit("/", 1)[-1].removesuffix(".md")

    def file(record: R, body: str, line: int, tree: Tree) -> ContentFile[R]:
        return ContentFile(path, address_of(path), slug, record, nfc(body), line, tree)

    nothing = Tree({})
    if not re.match(r"---[ \t]*(\n|$)", text):
        hint = "dòng đầu tiên phải là `---`, sau đó là các khóa, rồi một dòng `---`"
        problem = whole_file(path, "thiếu phần đầu trang", hint)
        return None, file(partly_validated(model, nothing), text, 1, nothing), [problem]
    handler = _LocatedYAML()
    frontmatter.parse(text, handler=handler)
    tree = handler.tree
    if tree is None:
        problem = whole_file(path, "phần đầu trang không đóng", "hãy thêm một dòng `---` sau khóa cuối cùng")
        return None, file(partly_validated(model, nothing), "", 1, nothing), [problem]
    record, faults = (None, []) if unreadable(tree) else validated(model, tree)
    problems = problems_of(path, (*tree.faults, *faults))
    if record is None or problems:
        partial = file(partly_validated(model, tree), handler.body, handler.body_line, tree)
        return None, partial, problems
    return file(record, handler.body, handler.body_line, tree), None, []


def problems_of(path: str, faults: Iterable[Fault]) -> list[Problem]:
    """Faults of one file as problems; of several at one place and key only the first is told."""
    told: dict[tuple, Problem] = {}
    for fault in faults:
        place = (fault.place, fault.loc)
        told.setdefault(place, Problem(path, *fault.place, says(fault.loc), fault.message, fault.hint))
    return list(told.values())


def unreadable(tree: Tree) -> bool:
    """A syntax fault has no key: what was read before it says nothing about what is missing."""
    return any(not fault.loc for fault in tree.faults)


def address_of(path: str) -> str:
    """MkDocs' rule: docs/a/b.md → /a/b/, docs/a/index.md → /a/."""
    steps = path.removeprefix("docs/").removesuffix(".md").split("/")
    if steps[-1] in ("index", "README"):
        steps.pop()
    return "/" + "".join(step + "/" for step in steps)


def _article_fault(path: str) -> Problem | None:
    match = _ARTICLE_PATH.fullmatch(path)
    if not match:
        return whole_file(path, "bài viết nằm sai chỗ", "hãy chuyển vào docs/tin-tuc/<năm đăng>/<ten-bai>.md")
    return _slug_fault(path, match[2])


def _profile_fault(path: str) -> Problem | None:
    match = _PROFILE_PATH.fullmatch(path)
    if not match or match[1] in _TAKEN:
        return whole_file(path, "hồ sơ mô hình nằm sai chỗ", "hãy chuyển vào docs/mo-hinh/<dia-ban>/<ten-mo-hinh>.md")
    return _slug_fault(path, match[2])


def _slug_fault(path: str, slug: str) -> Problem | None:
    if slug in _TAKEN:
        return whole_file(
            path, f"tên tệp `{slug}.md` dành riêng cho cổng", "hãy đặt tên theo nội dung, ví dụ `ten-bai.md`"
        )
    if _SLUG.fullmatch(slug):
        return None
    return whole_file(
        path,
        "tên tệp không phải chữ thường không dấu nối bằng `-`",
        f"hãy đổi tên thành `{slugify(slug) or 'ten-bai'}.md`",
    )
