"""Which address stands for which type of page."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Protocol
from urllib.parse import quote_plus

from portal.pages.page import embed_of
from portal.site import build_site

from .figures import ToolError

NAMED = (
    *("home", "article", "profile", "list", "unit", "field", "statistics", "discrepancies", "documents"),
    *("search", "gallery", "alphabet"),
)
NOT_FOUND = "not-found"
EMBED = "embed"  # a table by itself, for frames on other sites
_QUESTIONS = {"search": "?q={}", "gallery": "?q={}&xep=ten"}


class Drawn(Protocol):
    """What is asked of a page of the site."""

    address: str
    title: str
    template: str
    listed: bool
    tables: tuple[str, ...]


@dataclass(frozen=True)
class Subject:
    """A page that is audited. `path` is its address without the first slash; `file` where it lies in the site; `until` what
    has to be there before it is looked at."""

    name: str
    path: str
    file: str
    until: str = ""


def subjects(root: Path, site: Path, now: datetime) -> list[Subject]:
    """One page of every template of the site built from `root`, those of NAMED first, and a table by itself where there are
    some."""

    def size(page: Drawn) -> int:
        file = site / file_of(page)
        if not file.is_file():
            raise ToolError(f"{page.address} is not in the site: build it again")
        return file.stat().st_size

    pages = build_site(root, now).pages
    found = largest(pages, size)
    if missing := [name for name in NAMED if name not in found]:
        raise ToolError(f"the site has no page of {', '.join(missing)}")
    names = (*NAMED, *sorted(found.keys() - set(NAMED)))
    # A deep address, from which relative links of the notice would lead astray.
    not_found = Subject(NOT_FOUND, "khong-co/trang-nay/", "404.html")
    plain = [Subject(name, found[name].address[1:], file_of(found[name])) for name in names]
    word = quote_plus(found["profile"].title.split()[0])
    asked = [
        replace(
            one, name=f"{one.name}-asked", path=one.path + _QUESTIONS[one.name].format(word), until="[data-answered]"
        )
        for one in plain
        if one.name in _QUESTIONS
    ]
    return [*plain, *asked, *largest_embed(pages, site), not_found]


def largest(pages: Iterable[Drawn], size: Callable[[Drawn], int]) -> dict[str, Drawn]:
    """For each template its largest page, which has the most to go wrong; one that no list names, and search engines must
    not know, only where there is no other."""
    ordered = sorted(pages, key=lambda page: (page.listed, size(page), page.address))
    return {page.template.removeprefix("portal/").removesuffix(".html"): page for page in ordered}


def largest_embed(pages: Iterable[Drawn], site: Path) -> list[Subject]:
    paths = [embed_of(page.address, table)[1:] for page in pages for table in page.tables]
    if not paths:
        return []
    path = max(paths, key=lambda path: ((site / path).stat().st_size, path))
    return [Subject(EMBED, path, path)]


def file_of(page: Drawn) -> str:
    return f"{page.address[1:]}index.html"
