"""The pages search engines should know, by the protocol of sitemaps.org: `sitemap.xml`, or a list of several in its place.

Dates are those that pages themselves tell: a page that tells none has none.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape

from .pages import Page

SITEMAP = "sitemap.xml"
MOST = 50_000  # addresses in one file
LARGEST = 50 * 1024 * 1024  # bytes of one file
_XML = '<?xml version="1.0" encoding="UTF-8"?>\n'
_NAMESPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
_AROUND = len(f"{_XML}<urlset {_NAMESPACE}>\n</urlset>\n")


def sitemaps(pages: Iterable[Page], site_url: str, most: int = MOST, largest: int = LARGEST) -> dict[str, bytes]:
    """The files by path, in order: one, or as many as it takes where the protocol's bounds do not allow one."""
    root = site_url.rstrip("/")
    entries = (_entry(page, root).encode() for page in pages if page.listed)
    parts = list(_parts(entries, most, largest - _AROUND)) or [[]]
    if len(parts) == 1:
        return {SITEMAP: _file("urlset", parts[0])}
    names = [name_of(number) for number in range(1, len(parts) + 1)]
    listed = [f"<sitemap><loc>{escape(f'{root}/{name}')}</loc></sitemap>\n".encode() for name in names]
    made = {name: _file("urlset", part) for name, part in zip(names, parts, strict=True)}
    return {SITEMAP: _file("sitemapindex", listed)} | made


def name_of(number: int) -> str:
    """The path of one of several, counted from 1."""
    return f"sitemap-{number}.xml"


def _entry(page: Page, root: str) -> str:
    changed = f"<lastmod>{page.updated.isoformat()}</lastmod>" if page.updated else ""
    return f"<url><loc>{escape(root + page.address)}</loc>{changed}</url>\n"


def _parts(entries: Iterable[bytes], most: int, largest: int) -> Iterator[list[bytes]]:
    part: list[bytes] = []
    size = 0
    for entry in entries:
        if part and (len(part) == most or size + len(entry) > largest):
            yield part
            part, size = [], 0
        part.append(entry)
        size += len(entry)
    if part:
        yield part


def _file(kind: str, entries: list[bytes]) -> bytes:
    return b"".join([f"{_XML}<{kind} {_NAMESPACE}>\n".encode(), *entries, f"</{kind}>\n".encode()])
