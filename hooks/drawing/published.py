"""A built site as it lies in its folder: its pages by whatever names them, what a browser is given for an address, and
since when it is as it is."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import quote, unquote, urljoin

from portal.routes import output_asked_for

from .exchange import Places

_INDEX = "index.html"
_MADE_FROM = ("docs", "data")


@dataclass(frozen=True)
class PublishedPage:
    """A page that is shown. `address` is its site path (for the page of lost readers that of its file), `url` the one it
    is published at, `title` what its head says, with the name of the site."""

    address: str
    url: str
    title: str


@dataclass(frozen=True)
class PublishedSite:
    """A built site in its folder. `url` is where it is published, with a slash at the end; `name` is the title of its home
    page; `built` is the moment it is of, None where it doesn't say."""

    folder: Path
    url: str
    name: str
    built: datetime | None

    @classmethod
    def opened(cls, folder: Path) -> PublishedSite | None:
        """The site in this folder; None where no build has left one."""
        home = _head(folder / _INDEX)
        if home is None or not home.canonical:
            return None
        return cls(folder.resolve(), home.canonical.rstrip("/") + "/", home.title, _built(folder))

    def page(self, asked: str) -> PublishedPage | None:
        """The page somebody asks for as `output_asked_for` understands it; for an old address the page it leads to."""
        output = output_asked_for(asked, self.url)
        head = self._head(output)
        if head and head.leads_to:
            output = output_asked_for(urljoin(self._url(output), head.leads_to), self.url)
            head = self._head(output)
        return PublishedPage(_address(output), self._url(output), head.title) if head and head.title else None

    @cached_property
    def addresses(self) -> tuple[str, ...]:
        """Of all there is to be read, old addresses among them."""
        files = (path.relative_to(self.folder).as_posix() for path in self.folder.rglob(_INDEX))
        return tuple(sorted(map(_address, files)))

    def file(self, url: str) -> Path | None:
        """What a server would give for an address of the site; None for what isn't there and for other hosts."""
        plain = url.partition("#")[0].partition("?")[0]
        if not plain.startswith(self.url):
            return None
        path = unquote(plain.removeprefix(self.url))
        return self._inside(f"{path}{_INDEX}" if path.endswith("/") or not path else path)

    def _inside(self, path: str) -> Path | None:
        try:
            file = (self.folder / path).resolve()
            return file if file.is_relative_to(self.folder) and file.is_file() else None
        except OSError:  # a name that no file can have
            return None

    def _head(self, output: str) -> _Head | None:
        file = self._inside(output)
        return _head(file) if file else None

    def _url(self, output: str) -> str:
        return self.url + quote(_address(output).lstrip("/"))


def changed_since(root: Path, places: Places) -> list[str]:
    """The files of content that were written after the last build of the site that is shown, in order of path: what is
    printed may not have what they say. By the clock of the file system; nothing where no build is noted."""
    try:
        noted = places.record(places.shown).stat().st_mtime
    except OSError:
        return []
    return sorted(path for path, written in _written(root) if written > noted)


def _written(root: Path) -> Iterator[tuple[str, float]]:
    """Every file of content with the second it was written."""
    for folder in _MADE_FROM:
        for path in (root / folder).rglob("*"):
            if path.is_file() and not path.name.startswith("."):
                yield path.relative_to(root).as_posix(), path.stat().st_mtime


def _address(output: str) -> str:
    """The address of a file of the site: `output_of` goes the other way."""
    return "/" + output.removesuffix(_INDEX)


def _built(folder: Path) -> datetime | None:
    try:
        said = json.loads((folder / "portal-manifest.json").read_text(encoding="utf-8"))
        built = datetime.fromisoformat(said["now"])
    except (OSError, ValueError, TypeError, KeyError):  # written by hand, perhaps
        return None
    return built if built.tzinfo else None


@dataclass
class _Head:
    title: str = ""
    canonical: str = ""
    leads_to: str = ""


def _head(file: Path) -> _Head | None:
    """What a page says of itself; None where it can't be read."""
    try:
        text = file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return None
    reader = _HeadReader()
    reader.feed(text.partition("</head>")[0])
    reader.close()
    return reader.head


class _HeadReader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.head = _Head()
        self._in_title = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attrs}
        self._in_title = tag == "title"
        if tag == "link" and said.get("rel") == "canonical":
            self.head.canonical = said.get("href", "")
        if tag == "meta" and said.get("http-equiv") == "refresh":
            self.head.leads_to = said.get("content", "").partition("url=")[2]

    def handle_endtag(self, tag: str) -> None:
        self._in_title = False

    def handle_data(self, data: str) -> None:
        if self._in_title:
            self.head.title += data
