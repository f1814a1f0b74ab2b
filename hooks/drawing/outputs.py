"""Every file of the site and the name of its content; contents are made only where a file is out of date."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from portal.announcing import READING_TEXT, is_read
from portal.fingerprint import Fingerprints, digest
from portal.memory import ForgottenError
from portal.pages import Page
from portal.routes import INDEX, output_of
from portal.site import Site

from .cache import Cache
from .content import TEMPLATES, Contents, Parts, absolute
from .embedding import paths_of
from .frames import Kinds, slot_values
from .material import DrawingError, fault_of_template
from .memory import give_back
from .skeleton import Skeleton
from .slots import Slotted, in_bytes
from .tree import Trace, write

CONTENT = "content"
_KEPT_AT_ONCE = 8_000_000  # bytes of contents that wait in memory: a page has a few thousand of them or ten million

# What a page is made from, in the order in which the name of its output tells it: names of each, short as each has to
# be told from a few others only. The records of the two trees outlive the program that wrote them, unlike the cache.
PARTS = ("page", "body", "template", "campaign", "program", "frame")
_SHORT = 20


class PageOutput(NamedTuple):
    """A page with the name of the whole (see `made_of`); `frame` is None where it has to be drawn whole. `beside` are the paths
    of the files that are made with it."""

    page: Page
    path: str
    frame: Slotted | None
    name: str
    beside: tuple[str, ...]

    @property
    def files(self) -> dict[str, str]:
        """The names of all files that are made, itself among them, by path."""
        return {self.path: self.name, **dict.fromkeys(self.beside, f"{self.name} +")}

    @property
    def text(self) -> str:
        """The path of the text beside the page; empty where there is none."""
        return text_beside(self.path) if is_read(self.page) else ""


def text_beside(path: str) -> str:
    """Where the text of a page that is written to `path` lies."""
    return path.removesuffix(INDEX) + READING_TEXT


def made_of(name: str) -> dict[str, str]:
    """The names of what a page was made from, by PARTS; empty when the name is no page's."""
    parts = name.split(" ")
    return dict(zip(PARTS, parts, strict=True)) if len(parts) == len(PARTS) else {}


class Names:
    """Names what contents are made from: PARTS but the frame, nothing else."""

    def __init__(self, root: Path, contents: Contents, code: str) -> None:
        self.contents = contents
        self._code = digest(code)
        self._templates: dict[str, str] = {}
        self._drawn_by: dict[str, str] = {}
        icons = (part for file in _icons(root) for part in (file.name, file.read_bytes()))
        self._campaign = digest(Fingerprints().of((contents.campaign, contents.site_url)), contents.told.name, *icons)

    def of(self, page: Page) -> tuple[str, ...]:
        return (page.name, page.body.name, self.template(page), self._campaign, self._code)

    def content(self, page: Page) -> str:
        """Names the content."""
        if page.template not in self._drawn_by:
            self._drawn_by[page.template] = digest(self.template(page), self._campaign, self._code)
        return digest(page.name, page.body.name, self._drawn_by[page.template])

    def template(self, page: Page) -> str:
        """Names the templates that draw the page's content, as they are."""
        if page.template not in self._templates:
            read = sorted(self.contents.read_for(page.template).items())
            self._templates[page.template] = digest(*(part for pair in read for part in pair))
        return self._templates[page.template]


@dataclass(frozen=True)
class Pages:
    """Names the outputs of pages: by PARTS, nothing else."""

    names: Names
    skeleton: Skeleton
    kinds: Kinds

    @property
    def contents(self) -> Contents:
        return self.names.contents

    def outputs(self, site: Site) -> list[PageOutput]:
        return [self._output(page) for page in site.pages]

    def _output(self, page: Page) -> PageOutput:
        kind = self.kinds.of_page(page)
        frame = self.skeleton.frames[kind]
        own = self.names.of(page)
        around = frame.name if frame else digest(self.skeleton.key, kind)
        name = " ".join(part[:_SHORT] for part in (*own, around))
        path = output_of(page.address)
        beside = (*((text_beside(path),) if is_read(page) else ()), *paths_of(page))
        return PageOutput(page, path, frame, name, beside)


def _icons(root: Path) -> list[Path]:
    return sorted((root / TEMPLATES / ".icons").rglob("*.svg"))


@contextmanager
def _reopened(cache: Cache) -> Iterator[Cache]:
    """The cache for another process. What is wrong with a template is told here: what crosses to another process has
    lost its place."""
    own = cache.reopened()
    try:
        yield own
    except ForgottenError:
        raise
    except Exception as error:
        fault = fault_of_template(error)
        if not fault:
            raise
        raise DrawingError(fault) from error
    finally:
        own.close()


@dataclass
class Drawer:
    """Draws the contents of pages and keeps them in the cache, by their names."""

    contents: Contents
    cache: Cache

    def __call__(self, some: Sequence[tuple[str, Page]]) -> None:
        with _reopened(self.cache) as cache:
            cache.keep(CONTENT, {name: self.contents.in_bytes(page) for name, page in some})

    def absent(self, names: Names, pages: Iterable[Page]) -> list[tuple[str, Page]]:
        """The pages whose contents are not kept, with the names of these."""
        named = [(names.content(page), page) for page in pages]
        there = self.cache.has(CONTENT, (name for name, _ in named))
        return [(name, page) for name, page in named if name not in there]


@dataclass
class Writer:
    """Writes the pages that have a frame into a folder: contents from the cache, or drawn anew and kept there. Gives the
    trace of each file by its path."""

    pages: Pages
    cache: Cache
    folder: Path

    def __call__(self, outputs: Sequence[PageOutput]) -> dict[str, Trace]:
        with _reopened(self.cache) as cache:
            return self._write(outputs, cache)

    def _write(self, outputs: Sequence[PageOutput], cache: Cache) -> dict[str, Trace]:
        by_content = {self.pages.names.content(output.page): output for output in outputs}
        traces = {}
        for name, data in cache.some(CONTENT, list(by_content)):
            traces.update(self._put(by_content.pop(name), data))
        contents: dict[str, bytes | bytearray] = {}
        waiting = 0
        for name, output in by_content.items():
            contents[name] = drawn = self.pages.contents.in_bytes(output.page)
            traces.update(self._put(output, drawn))
            waiting += len(drawn)
            if waiting > _KEPT_AT_ONCE:
                cache.keep(CONTENT, contents)
                contents, waiting = {}, 0
                give_back()
        cache.keep(CONTENT, contents)
        return traces

    def _put(self, output: PageOutput, drawn: bytes | bytearray) -> dict[str, Trace]:
        """The page and the files beside it."""
        assert output.frame is not None
        head, text, content = Parts.of(drawn)
        canonical = absolute(self.pages.contents.site_url, output.page.address)
        values = {key.encode(): in_bytes(value) for key, value in slot_values(output.page, canonical).items()}
        filled = output.frame.filled_in_bytes({**values, b"head": head, b"content": content})
        traces = {output.path: write(self.folder, output.path, filled)}
        if output.text:
            traces[output.text] = write(self.folder, output.text, text)
        for path, table in self.pages.contents.embeds.of(output.page, content):
            traces[path] = write(self.folder, path, table)
        return traces


class Assets:
    """The public files under docs/ beside the Markdown, and the names of their contents.

    A file is read again when its size, time or number has changed: pictures are large, and git gives new ones.
    """

    def __init__(self, root: Path, known: Mapping[str, Sequence]) -> None:
        self.root = root
        self._known = known
        self.traces: dict[str, list] = {}

    def names(self, paths: Iterable[str]) -> dict[str, str]:
        return {path: self._name(path) for path in paths}

    def _name(self, path: str) -> str:
        status = self.path(path).stat()
        trace = [*Trace.of(status), status.st_ctime_ns]  # the last says what tools that keep the others have done
        known = self._known.get(path)
        name = known[0] if known and known[1:] == trace else digest(self.path(path).read_bytes())
        self.traces[path] = [name, *trace]
        return name

    def path(self, path: str) -> Path:
        return self.root / "docs" / path
