"""Which address stands for which type of page."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Protocol

from portal.site import build_site

from .figures import ToolError

NAMED = (
    *("home", "article", "profile", "list", "unit", "field", "statistics", "discrepancies", "documents"),
    *("search", "gallery", "alphabet"),
)
NOT_FOUND = "not-found"


class Drawn(Protocol):
    """What is asked of a page of the site."""

    address: str
    template: str
    listed: bool


@dataclass(frozen=True)
class Subject:
    """A page that is audited. `path` is its address without the first slash; `file` where it lies in the site."""

    name: str
    path: str
    file: str


def subjects(root: Path, site: Path, now: datetime) -> list[Subject]:
    """One page of every template of the site built from `root`, those of NAMED first."""

    def size(page: Drawn) -> int:
        file = site / file_of(page)
        if not file.is_file():
            raise ToolError(f"{page.address} is not in the site: build it again")
        return file.stat().st_size

    found = largest(build_site(root, now).pages, size)
    if missing := [name for name in NAMED if name not in found]:
        raise ToolError(f"the site has no page of {', '.join(missing)}")
    names = (*NAMED, *sorted(found.keys() - set(NAMED)))
    # A deep address, from which relative links of the notice would lead astray.
    not_found = Subject(NOT_FOUND, "khong-co/trang-nay/", "404.html")
    return [Subject(name, found[name].address[1:], file_of(found[name])) for name in names] + [not_found]


def largest(pages: Iterable[Drawn], size: Callable[[Drawn], int]) -> dict[str, Drawn]:
    """For each template its largest page, which has the most to go wrong; one that no list names, and search engines must
    not know, only where there is no other."""
    ordered = sorted(pages, key=lambda page: (page.listed, size(page), page.address))
    return {page.template.removeprefix("portal/").removesuffix(".html"): page for page in ordered}


def file_of(page: Drawn) -> str:
    return f"{page.address[1:]}index.html"
