"""One body, once: Markdown to sanitised HTML, with every fault at its line and column."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from .dialect import Dialect
from .fingerprint import digest
from .manuscript import Source, limits
from .marking import MOST, Mark, drawn, inserted, unmarked
from .markup import AnchorLink, Inspector, Resolution, Resolve, Sanitiser, framed
from .memory import InPart
from .picture_markup import pictured
from .problems import Problem


class Heading(NamedTuple):
    level: int
    id: str
    name: str  # HTML-escaped text
    children: tuple[Heading, ...]


class Led(NamedTuple):
    """Where a link or a picture led."""

    written: str
    image: bool
    to: Resolution


@dataclass(frozen=True)
class Body(InPart):
    """`data` is its HTML in UTF-8: half as large as the text of it, of which a site holds thousands."""

    AT_HAND = ("name", "size", "has_toc", "anchors", "anchor_links", "problems", "assets")
    REST = ("data", "toc", "led")

    data: bytes
    toc: tuple[Heading, ...]
    led: tuple[Led, ...]
    anchors: frozenset[str]
    anchor_links: tuple[AnchorLink, ...]
    problems: tuple[Problem, ...]
    assets: frozenset[str] = frozenset()  # the files under docs/ that it shows or links

    @property
    def html(self) -> str:
        return self.data.decode()

    @cached_property
    def name(self) -> str:
        """Names the HTML."""
        return digest(self.data)

    @cached_property
    def size(self) -> int:
        """Of the HTML, in bytes."""
        return len(self.data)

    @cached_property
    def has_toc(self) -> bool:
        return bool(self.toc)


def _without_html(*problems: Problem) -> Body:
    return Body(b"", (), (), frozenset(), (), problems)


EMPTY = _without_html()


class Converter:
    """Converts bodies one after another with the same Python-Markdown objects, which are costly to make."""

    def __init__(self) -> None:
        self._dialect = Dialect()
        self._sanitiser = Sanitiser()

    def convert(self, source: str, path: str, first_line: int, resolve: Resolve, marks: tuple[Mark, ...] = ()) -> Body:
        """The body of the file at `path` that begins at `first_line`, with an element around each mark; a body at fault
        is not drawn, so it has none."""
        if marks and "<" in source:  # a mark in HTML that isn't right could hide a fault of it
            plain = self._convert(source, path, first_line, resolve, ())
            if plain.problems:
                return plain
        return self._convert(source, path, first_line, resolve, marks)

    def _convert(self, source: str, path: str, first_line: int, resolve: Resolve, marks: tuple[Mark, ...]) -> Body:
        where = Source(source, path, first_line)
        refused = tuple(limits(where))
        if refused:
            return _without_html(*refused)
        text = inserted(source, marks)
        converter = self._dialect.for_text(text)
        try:
            raw = converter.convert(text)
        except RecursionError:
            self._dialect = Dialect()  # the one that failed keeps where it was
            problem = where.problem(0, "lồng nhau quá sâu", "hãy viết danh sách và trích dẫn phẳng hơn")
            return _without_html(problem)
        led: dict[tuple[str, bool], Led] = {}

        def noted(link: str, image: bool) -> Resolution:
            to = resolve(link, image)
            led[link, image] = Led(link, image, to)
            return to

        found = Inspector(where, noted)
        found.read(unmarked(raw))
        clean = self._sanitiser.sanitised(raw, found.hrefs)
        toc = tuple(_heading(token) for token in getattr(converter, "toc_tokens", []))
        return Body(
            pictured(framed(drawn(clean, marks) if marks else clean), found.pictures).encode(),
            toc,
            tuple(led.values()),
            frozenset({*found.ids, *(mark.id for mark in marks[:MOST] if mark.id)}),
            tuple(found.anchor_links),
            tuple(found.problems),
            frozenset(found.assets),
        )


def _heading(token: dict) -> Heading:
    return Heading(token["level"], token["id"], token["name"], tuple(_heading(child) for child in token["children"]))
