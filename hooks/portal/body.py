"""One body, once: Markdown to sanitised HTML, with every fault at its line and column."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import NamedTuple
from xml.etree.ElementTree import Element

import markdown
from markdown.extensions.footnotes import FootnoteExtension
from markdown.extensions.toc import TocExtension
from markdown.treeprocessors import Treeprocessor

from .manuscript import Source, limits
from .marking import MOST, Mark, drawn, inserted, unmarked
from .markup import AnchorLink, Inspector, Resolve, heading_id, sanitise
from .problems import Problem


class Heading(NamedTuple):
    level: int
    id: str
    name: str  # HTML-escaped text
    children: tuple[Heading, ...]


@dataclass(frozen=True)
class Body:
    html: str
    toc: tuple[Heading, ...]
    anchors: frozenset[str]
    anchor_links: tuple[AnchorLink, ...]
    problems: tuple[Problem, ...]
    assets: frozenset[str] = frozenset()  # the files under docs/ that it shows or links


EMPTY = Body("", (), frozenset(), (), ())


class Converter:
    """Converts bodies one after another with one Python-Markdown object, which is costly to make."""

    def __init__(self) -> None:
        self._markdown = markdown.Markdown(
            extensions=[
                FootnoteExtension(BACKLINK_TITLE="Trở lại chỗ có chú thích %d"),
                *("tables", "def_list", "attr_list", "sane_lists", "fenced_code", "admonition", "abbr"),
                TocExtension(slugify=heading_id),
            ],
            output_format="html",
        )
        self._markdown.references = _References()
        self._markdown.treeprocessors.register(_Tables(self._markdown), "portal_tables", 1)

    def convert(self, source: str, path: str, first_line: int, resolve: Resolve, marks: tuple[Mark, ...] = ()) -> Body:
        """The body of the file at `path` that begins at `first_line`, with an element around each mark."""
        where = Source(source, path, first_line)
        refused = tuple(limits(where))
        if refused:
            return Body("", (), frozenset(), (), refused)
        self._markdown.reset()
        try:
            raw = self._markdown.convert(inserted(source, marks))
        except RecursionError:
            problem = where.problem(0, "lồng nhau quá sâu", "hãy viết danh sách và trích dẫn phẳng hơn")
            return Body("", (), frozenset(), (), (problem,))
        found = Inspector(where, resolve)
        found.feed(unmarked(raw))
        found.close()
        toc = tuple(_heading(token) for token in getattr(self._markdown, "toc_tokens", []))
        return Body(
            drawn(sanitise(raw, found.hrefs), marks) if marks else sanitise(raw, found.hrefs),
            toc,
            frozenset({*found.ids, *(mark.id for mark in marks[:MOST] if mark.id)}),
            tuple(found.anchor_links),
            tuple(found.problems),
            frozenset(found.assets),
        )


def _heading(token: dict) -> Heading:
    return Heading(token["level"], token["id"], token["name"], tuple(_heading(child) for child in token["children"]))


class _References(dict):
    """What `[text]` alone leads to, by its text: with or without marks in it."""

    def __contains__(self, name: object) -> bool:
        return super().__contains__(unmarked(str(name)))

    def __getitem__(self, name: str) -> tuple[str, str]:
        return super().__getitem__(unmarked(name))


class _Tables(Treeprocessor):
    """Alignment as a class (a strict policy forbids inline style), and a scope for every header."""

    def run(self, root: Element) -> None:
        for cell in root.iter():
            if cell.tag not in ("th", "td"):
                continue
            style = cell.attrib.pop("style", "")
            if side := re.fullmatch(r"text-align: (left|right|center);", style):
                cell.set("class", f"align-{side[1]}")
            if cell.tag == "th":
                cell.set("scope", "col")
