"""What the tests want to know of an HTML page: its links, what it loads, its ids and its words."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from html import unescape
from html.parser import HTMLParser
from pathlib import Path

_VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
_CSS_ADDRESS = re.compile(r"""url\(\s*(['"]?)(.*?)\1\s*\)|@import\s+(['"])(.*?)\3""", re.DOTALL)
_CSS_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
# Links of these kinds name a page; those of any other kind make the browser fetch something.
_NAMING_LINKS = {"canonical", "prev", "next", "alternate", "author", "license", "edit", "bookmark"}


@dataclass(frozen=True)
class Element:
    tag: str
    attributes: dict[str, str]


@dataclass
class HtmlPage:
    """One page, parsed once."""

    elements: list[Element] = field(default_factory=list)
    texts: list[tuple[str, str]] = field(default_factory=list)  # the innermost tag, and what it says

    @cached_property
    def ids(self) -> list[str]:
        return [element.attributes["id"] for element in self.elements if "id" in element.attributes]

    @cached_property
    def links(self) -> list[str]:
        """Where a reader may be led: what leads out of the site is allowed here."""
        anchors = [e.attributes["href"] for e in self.elements if e.tag in ("a", "area") and "href" in e.attributes]
        return anchors + [
            e.attributes["href"] for e in self.elements if e.tag == "link" and "href" in e.attributes and not _loads(e)
        ]

    @cached_property
    def loaded(self) -> list[str]:
        """What a browser fetches, or sends a form to, without leaving it to the reader."""
        found: list[str] = []
        for element in self.elements:
            for name, value in element.attributes.items():
                if name in ("src", "poster", "data", "action", "formaction", "background", "manifest", "xlink:href"):
                    found.append(value)
                elif name in ("srcset", "imagesrcset"):
                    found.extend(candidate.split()[0] for candidate in value.split(",") if candidate.strip())
                elif name == "style":
                    found.extend(css_addresses(value))
                elif name == "href" and (
                    element.tag in ("base", "use", "image") or (element.tag == "link" and _loads(element))
                ):
                    found.append(value)
        for tag, text in self.texts:
            if tag == "style":
                found.extend(css_addresses(text))
        return found

    def count(self, tag: str) -> int:
        return sum(element.tag == tag for element in self.elements)

    def said_in(self, tag: str) -> str:
        return " ".join(text.strip() for inside, text in self.texts if inside == tag and text.strip())

    @cached_property
    def words(self) -> str:
        """All text a reader sees, single spaces."""
        return " ".join(" ".join(text for tag, text in self.texts if tag not in ("script", "style", "title")).split())


def _loads(link: Element) -> bool:
    return not set(link.attributes.get("rel", "").lower().split()) <= _NAMING_LINKS


def css_addresses(css: str) -> list[str]:
    """Every address in `url()` and `@import`."""
    return [match[2] or match[4] or "" for match in _CSS_ADDRESS.finditer(_CSS_COMMENT.sub("", css))]


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.page = HtmlPage()
        self._open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.page.elements.append(Element(tag, {name: value or "" for name, value in attrs}))
        if tag not in _VOID:
            self._open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.page.elements.append(Element(tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        if tag in self._open:
            while self._open.pop() != tag:
                pass

    def handle_data(self, data: str) -> None:
        self.page.texts.append((self._open[-1] if self._open else "", data))


def read_html(text: str) -> HtmlPage:
    reader = _Reader()
    reader.feed(text)
    reader.close()
    return reader.page


_TAG = re.compile(r"""<([a-z][a-z0-9]*)((?:\s+[\w:-]+(?:="[^"]*")?)*)\s*/?>""")
_ATTRIBUTE = re.compile(r"""([\w:-]+)="([^"]*)\"""")
_NO_TAGS_INSIDE = re.compile(r"<!--.*?-->|(<(?:script|style|title)\b[^>]*>).*?(?=</)", re.DOTALL)


def skim_html(text: str) -> HtmlPage:
    """The elements alone, of a page of ours, whose attributes stand in double quotes: many times as quick."""
    page = HtmlPage()
    for tag, attributes in _TAG.findall(_NO_TAGS_INSIDE.sub(r"\1", text)):
        page.elements.append(Element(tag, {name: unescape(value) for name, value in _ATTRIBUTE.findall(attributes)}))
    return page


def html_files(site: Path) -> list[Path]:
    """Of every page; but those of tables by themselves, which repeat what pages say and are no pages of the site."""
    return sorted(file for file in site.rglob("*.html") if file.relative_to(site).parts[0] != "nhung")


def read_pages(site: Path, read: Callable[[str], HtmlPage] = read_html) -> dict[str, HtmlPage]:
    """Every HTML page of a site, by its path there: "index.html", "tin-tuc/index.html"."""
    files = html_files(site)
    return {file.relative_to(site).as_posix(): read(file.read_text(encoding="utf-8")) for file in files}
