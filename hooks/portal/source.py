"""Markdown with front matter to typed documents that know the line and column of every key."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field, replace
from functools import cached_property, partial
from itertools import chain
from pathlib import Path
from typing import Generic, TypeVar

import frontmatter

from .fingerprint import digest
from .gist import Gist, gist_of
from .memory import NO_MEMORY, InPart, Memory, Wanted
from .pictures import NO_PICTURES, Pictures
from .problems import Problem
from .reading import decode, docs_files, read_bytes, whole_file
from .schema.base import Kept, Record, partly_validated, right, says, validated
from .schema.content import Article, OrdinaryPage, Profile
from .text import slugify
from .yaml_tree import Fault, Loc, Tree, read_yaml
from .yaml_values import read_values

R = TypeVar("R", bound=Record)

ARTICLES = "docs/tin-tuc"
PROFILES = "docs/mo-hinh"
INTRO = "_intro.md"

ARTICLE_PATH = re.compile(r"docs/tin-tuc/(\d{4})/([^/]+)\.md")
_PROFILE_PATH = re.compile(r"docs/mo-hinh/(?:([^/]+)/)?([^/]+)\.md")
# Names that would not stand at the address of their slug.
_TAKEN = frozenset({"index", "readme"})
_TITLE = re.compile(r"\A(\s*)# [^\n]*")
_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


@dataclass(frozen=True)
class ContentFile(InPart, Generic[R]):
    """One Markdown file. `address` is its site path, with both slashes; `body` is NFC Markdown
    whose first line is line `body_line` of the file (held in UTF-8: half as large as the text, of which a site has
    thousands). `front` is its front matter as written, None where there is
    none that ends; `faults` is what is wrong with that as YAML."""

    NAMED_BY = ("path", "front")  # pages beside its own show nothing of the body
    AT_HAND = ("path", "address", "slug", "gist")
    REST = ("record", "encoded_body", "body_line", "front", "kept", "faults")

    path: str
    address: str
    slug: str
    record: R
    encoded_body: bytes
    body_line: int
    front: str | None
    kept: Kept = field(default_factory=dict)  # of lists with items at fault: where the others stand as written
    faults: tuple[Fault, ...] = field(default_factory=tuple)

    @cached_property
    def gist(self) -> Gist:
        return gist_of(self.record, self.kept)

    @property
    def body(self) -> str:
        return self.encoded_body.decode()

    @cached_property
    def tree(self) -> Tree:
        """The front matter with the place of every key: many times as large as what it says, so it is read only when a
        place is asked for."""
        return Tree({}) if self.front is None else read_yaml(self.front)

    def as_written(self, loc: Loc) -> Loc:
        """The way to a value of the record in the front matter: items at fault count there."""
        if len(loc) > 1 and loc[0] in self.kept and isinstance(loc[1], int):
            return (loc[0], self.kept[str(loc[0])][loc[1]], *loc[2:])
        return loc

    def problem(self, loc: Loc, message: str, hint: str, *, of_key: bool = False) -> Problem:
        """A problem at one key of the front matter."""
        written = self.as_written(loc)
        line, column = self.tree.place_of(written, of_key=of_key)
        return Problem(self.path, line, column, says(written), message, hint)


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
    names: Mapping[str, str] = field(default_factory=dict)  # by path, what names a Markdown file and all it holds
    fronts: Mapping[str, str] = field(default_factory=dict)  # the same of all but its body
    pictures: Pictures = field(default_factory=dict)  # of the assets, where they were looked at

    @property
    def files(self) -> Iterator[ContentFile]:
        """Every file with front matter, be it at fault or not."""
        return chain(self.articles, self.profiles, self.pages, self.faulty)


class _LocatedYAML(frontmatter.YAMLHandler):
    """python-frontmatter's way of finding the YAML, which we read; keeps its text and where the body starts."""

    FM_BOUNDARY = re.compile(r"^---[ \t]*$", re.MULTILINE)

    def __init__(self) -> None:
        super().__init__()
        self.front: str | None = None
        self.body = ""
        self.body_line = 1

    def split(self, text: str) -> tuple[str, str]:
        front, body = super().split(text)
        self.body = body
        self.body_line = front.count("\n") + 1
        return front, body

    def load(self, fm: str) -> dict:
        # The text after the opening `---` begins on line 1 of the file, so places in it are the file's.
        self.front = fm
        return {}


@dataclass(frozen=True)
class _Reading:
    """What one Markdown file holds; `front` names all of it but the body. None of both for a file that is no text."""

    file: ContentFile | Intro | None
    front: str
    faulty: bool
    problems: tuple[Problem, ...]


@dataclass(frozen=True)
class Written:
    """What lies under docs/, as it is written. `files` are the Markdown files with their bytes, in order of path; `names`
    name each of them and all it holds. `others` are the paths of all else, from docs/, in order: those whose name is at
    fault among them, which is told once, not at every place that names them."""

    files: tuple[tuple[str, bytes], ...]
    names: tuple[str, ...]
    others: tuple[str, ...]
    problems: tuple[Problem, ...]

    @property
    def readable(self) -> list[str]:
        """Those of the others with which nothing is wrong so far."""
        at_fault = {problem.path for problem in self.problems}
        return [path for path in self.others if f"docs/{path}" not in at_fault]

    def named(self) -> Written:
        """The names alone."""
        return Written((), self.names, self.others, self.problems)

    def only(self, paths: Set[str]) -> Written:
        """The Markdown files at these paths."""
        some = [pair for pair in zip(self.files, self.names, strict=True) if pair[0][0] in paths]
        return Written(tuple(file for file, _ in some), tuple(name for _, name in some), self.others, ())


def written_docs(root: Path) -> Written:
    """Read everything under docs/. What can't be read is left out, and told."""
    paths, problems = docs_files(root)
    files: list[tuple[str, bytes]] = []
    for path in (path for path in paths if path.endswith(".md")):
        data, faults = read_bytes(root, path)
        problems.extend(faults)
        if data is not None:
            files.append((path, data))
    present = (*paths, *(problem.path for problem in problems if problem.path.startswith("docs/assets/")))
    others = sorted({path.removeprefix("docs/") for path in present if not path.endswith(".md")})
    return Written(tuple(files), tuple(digest(path, data) for path, data in files), tuple(others), tuple(problems))


def read_docs(root: Path) -> tuple[Sources, list[Problem]]:
    """Read and type everything under docs/."""
    return typed(written_docs(root))


def typed(
    written: Written, memory: Memory = NO_MEMORY, pictures: Pictures = NO_PICTURES
) -> tuple[Sources, list[Problem]]:
    """What is written, typed, with the `pictures` beside it. A document with a fault is left out; the fault is told."""

    def make(some: Sequence[tuple[str, bytes]]) -> list[_Reading]:
        return [_read(*one) for one in some]

    wanted = Wanted("file", written.names, written.files, make, many=True, whole=True)
    (readings,) = memory.values(wanted)
    problems = [*written.problems, *(problem for reading in readings for problem in reading.problems)]
    right = [reading.file for reading in readings if not reading.faulty]
    files = [file for file in right if isinstance(file, ContentFile)]
    paths = [path for path, _ in written.files]
    sources = Sources(
        articles=tuple(file for file in files if file.gist.model is Article),
        profiles=tuple(file for file in files if file.gist.model is Profile),
        pages=tuple(file for file in files if file.gist.model is OrdinaryPage),
        intros=tuple(file for file in right if isinstance(file, Intro)),
        assets=frozenset(written.others),
        faulty=tuple(r.file for r in readings if r.faulty and isinstance(r.file, ContentFile)),
        names=dict(zip(paths, written.names, strict=True)),
        fronts={path: reading.front for path, reading in zip(paths, readings, strict=True)},
        pictures=pictures,
    )
    return sources, problems


def _read(path: str, data: bytes) -> _Reading:
    text, problems = decode(path, data)
    if text is None:
        return _Reading(None, digest(path, data), bool(problems), tuple(problems))
    if path.endswith("/" + INTRO):
        intro = Intro(path, address_of(path.removesuffix(INTRO) + "index.md"), text)
        if re.match(r"---[ \t]*(\n|$)", text):
            hint = "hãy bỏ các dòng từ `---` đến `---`"
            problems.append(whole_file(path, "lời giới thiệu không có phần đầu trang", hint))
        return _Reading(intro, digest(path), False, tuple(problems))
    if path.startswith(ARTICLES + "/"):
        return _typed(Article, path, text, _article_fault(path))
    if path.startswith(PROFILES + "/"):
        return _typed(Profile, path, text, _profile_fault(path))
    return _typed(OrdinaryPage, path, text, None)


def _typed(model: type[Record], path: str, text: str, misplaced: Problem | None) -> _Reading:
    file, faults = parse(model, path, text)
    if misplaced and file.slug.lower() in _TAKEN:
        # Perhaps meant as a page or an introduction: nobody can tell which keys it lacks.
        file, faults = replace(file, slug="", record=_nothing(model), kept={}), problems_of(path, file.faults)
    told = (*((misplaced,) if misplaced else ()), *faults)
    front = digest(path, text if file.front is None else file.front, str(file.body_line))
    return _Reading(file, front, bool(told), told)


def parse(model: type[R], path: str, text: str) -> tuple[ContentFile[R], list[Problem]]:
    """One file's text, typed. With every reason why it isn't right; it then holds what is."""
    made = partial(ContentFile, path, address_of(path), path.rsplit("/", 1)[-1].removesuffix(".md"))
    if not re.match(r"---[ \t]*(\n|$)", text):
        hint = "dòng đầu tiên phải là `---`, sau đó là các khóa, rồi một dòng `---`"
        problem = whole_file(path, "thiếu phần đầu trang", hint)
        return made(_nothing(model), _TITLE.sub(r"\1", text).encode(), 1, None), [problem]
    handler = _LocatedYAML()
    frontmatter.parse(text, handler=handler)
    if handler.front is None:
        hint = "hãy thêm một dòng `---` sau khóa cuối cùng"
        return made(_nothing(model), b"", 1, None), [whole_file(path, "phần đầu trang không đóng", hint)]
    written = (handler.body.encode(), handler.body_line, handler.front)
    record = right(model, read_values(handler.front))
    if record is not None:
        return made(record, *written), []
    tree = read_yaml(handler.front)
    record, faults = (None, []) if tree.broken else validated(model, tree)
    problems = problems_of(path, (*tree.faults, *faults))
    if record is not None and not problems:
        return made(record, *written), []
    rest, kept = partly_validated(model, tree)
    return made(rest, *written, kept, tree.faults), problems


def _nothing(model: type[R]) -> R:
    return partly_validated(model, Tree({}))[0]


def problems_of(path: str, faults: Iterable[Fault]) -> list[Problem]:
    """Faults of one file as problems; of several at one place and key only the first is told."""
    told: dict[tuple, Problem] = {}
    for fault in faults:
        place = (fault.place, fault.loc)
        told.setdefault(place, Problem(path, *fault.place, says(fault.loc), fault.message, fault.hint))
    return list(told.values())


def address_of(path: str) -> str:
    """MkDocs' rule: docs/a/b.md → /a/b/, docs/a/index.md → /a/."""
    steps = path.removeprefix("docs/").removesuffix(".md").split("/")
    if steps[-1] in ("index", "README"):
        steps.pop()
    return "/" + "".join(step + "/" for step in steps)


def _article_fault(path: str) -> Problem | None:
    match = ARTICLE_PATH.fullmatch(path)
    if match:
        return _slug_fault(path, match[2])
    hint = "hãy chuyển vào docs/tin-tuc/<năm đăng>/<ten-bai>.md"
    return _list_fault(path, ARTICLES) or whole_file(path, "bài viết nằm sai chỗ", hint)


def _profile_fault(path: str) -> Problem | None:
    match = _PROFILE_PATH.fullmatch(path)
    if fault := _list_fault(path, PROFILES):
        return fault
    if match:
        return _slug_fault(path, match[2])
    hint = "hãy chuyển vào docs/mo-hinh/<dia-ban>/<ten-mo-hinh>.md"
    return whole_file(path, "hồ sơ mô hình nằm sai chỗ", hint)


def _list_fault(path: str, folder: str) -> Problem | None:
    """The list of a folder and its further pages are generated."""
    address = address_of(path)
    list_address = folder.removeprefix("docs") + "/"
    if address == list_address:
        hint = f"hãy đổi tên; lời giới thiệu của trang đó viết ở {folder}/{INTRO}"
    elif address.startswith(list_address + "trang/"):
        hint = "hãy đổi tên"
    else:
        return None
    return whole_file(path, f"địa chỉ {address} do cổng tự tạo", hint)


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
