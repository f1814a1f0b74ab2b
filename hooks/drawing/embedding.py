"""Tables by themselves, to stand in a frame on other sites: small pages without a script, with a policy of their own.

A table is cut out of the content of its page, so that both say the same. Its links lead where they lead there, in the
window around the frame.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from markupsafe import escape
from portal.addresses import relative
from portal.markup import TABLE_ANCHOR
from portal.pages import Page
from portal.pages.page import embed_of
from portal.schema.data import Campaign

from .policy import EMBED_POLICY, REFERRER
from .slots import in_bytes

STYLE = "stylesheets/embed.css"
_CAPTION = re.compile(rb"(<caption[^>]*>)([^<]+)")  # what a table is called; notes in it are elements of their own
_END = b"</table>"


@dataclass(frozen=True)
class Embeds:
    """Draws the tables of pages by themselves, for a campaign at a web address."""

    campaign: Campaign
    site_url: str

    def of(self, page: Page, content: memoryview) -> Iterator[tuple[str, bytes]]:
        """Each table of a page by the path of its file; `content` is what is drawn of the page."""
        data = bytes(content) if page.tables else b""
        for table in page.tables:
            yield path_of(page, table), self._page(page, table, _table(data, table))

    def _page(self, page: Page, table: str, drawn: bytes) -> bytes:
        own = embed_of(page.address, table)
        folder = own.rpartition("/")[0] + "/"
        caption = _CAPTION.search(drawn)
        title = caption[2].strip(b" .") if caption else in_bytes(str(escape(page.title)))
        base, style = relative(folder, page.address), relative(page.address, f"/{STYLE}")
        name = escape(self.campaign.short_name or self.campaign.name)
        address = escape(f"{self.site_url.rstrip('/')}{page.address}#{TABLE_ANCHOR}{table}")
        head = (
            '<!doctype html>\n<html lang="vi"><head><meta charset="utf-8">'
            f'<meta http-equiv="Content-Security-Policy" content="{escape(EMBED_POLICY)}">'
            f'<meta name="referrer" content="{REFERRER}"><meta name="robots" content="noindex">'
            '<meta name="viewport" content="width=device-width,initial-scale=1"><meta name="color-scheme" content="light dark">'
            f'<base href="{base}" target="_top"><link rel="canonical" href="{address}">'
            f'<link rel="stylesheet" href="{style}"><title>'
        )
        source = f'<p>Nguồn: <a href="./#{TABLE_ANCHOR}{table}">{escape(page.title)}</a>, {name}</p>'
        between = f" – {name}</title></head><body><main>"
        parts = (
            head.encode(),
            title,
            between.encode(),
            _CAPTION.sub(rb"\1<h1>\2</h1>", drawn, count=1),
            f"</main><footer>{source}</footer></body></html>\n".encode(),
        )
        return b"".join(parts)


def path_of(page: Page, table: str) -> str:
    return embed_of(page.address, table)[1:]


def paths_of(page: Page) -> list[str]:
    return [path_of(page, table) for table in page.tables]


def _table(content: bytes, table: str) -> bytes:
    """The element of the table with its frame, which scrolls it."""
    at = content.index(f'id="{TABLE_ANCHOR}{table}"'.encode())
    start = content.rindex(b"<div", 0, at)
    return content[start : content.index(_END, at) + len(_END)] + b"</div>"
