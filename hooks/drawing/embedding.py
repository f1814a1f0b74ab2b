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
    """Draws the tables of a campaign's pages by themselves."""

    campaign: Campaign

    def of(self, page: Page, content: memoryview) -> Iterator[tuple[str, bytes]]:
        """Each table of a page by the path of its file; `content` is what is drawn of the page."""
        if not page.tables:
            return
        drawn, begins, rest, at = bytes(content), self._begins(page), self._rest(page), 0
        for table in page.tables:
            element, at = _table(drawn, table, at)
            caption = _CAPTION.search(element)
            title = caption[2].strip(b" .") if caption else in_bytes(str(escape(page.title)))
            own = f"{TABLE_ANCHOR}{table}".encode()
            shown = _CAPTION.sub(rb"\1<h1>\2</h1>", element, count=1)
            parts = (begins, title, rest[0], shown, rest[1], own, rest[2])
            yield path_of(page, table), b"".join(parts)

    def _begins(self, page: Page) -> bytes:
        """What stands before the title. It names no canonical address: together with `noindex` that would ask search engines to
        leave out the page of the table, too."""
        folder = embed_of(page.address, "").rpartition("/")[0] + "/"
        return (
            '<!doctype html>\n<html lang="vi"><head><meta charset="utf-8">'
            f'<meta http-equiv="Content-Security-Policy" content="{escape(EMBED_POLICY)}">'
            f'<meta name="referrer" content="{REFERRER}"><meta name="robots" content="noindex">'
            '<meta name="viewport" content="width=device-width,initial-scale=1"><meta name="color-scheme" content="light dark">'
            f'<base href="{relative(folder, page.address)}" target="_top">'
            f'<link rel="stylesheet" href="{relative(page.address, f"/{STYLE}")}"><title>'
        ).encode()

    def _rest(self, page: Page) -> tuple[bytes, bytes, bytes]:
        """What stands after that up to the table, up to the fragment of its source, and to the end."""
        name = escape(self.campaign.short_name or self.campaign.name)
        texts = (
            f" – {name}</title></head><body><main>",
            '</main><footer><p>Nguồn: <a href="./#',
            f'">{escape(page.title)}</a>, {name}</p></footer></body></html>\n',
        )
        first, second, third = (text.encode() for text in texts)
        return first, second, third


def path_of(page: Page, table: str) -> str:
    return embed_of(page.address, table)[1:]


def paths_of(page: Page) -> list[str]:
    return [path_of(page, table) for table in page.tables]


def _table(content: bytes, table: str, after: int) -> tuple[bytes, int]:
    """The element of the table with its frame, which scrolls it, and where it ends; nearly always it stands `after` the one
    before it."""
    own = f'id="{TABLE_ANCHOR}{table}"'.encode()
    at = content.find(own, after)
    if at < 0:
        at = content.index(own)
    end = content.index(_END, at) + len(_END)
    return content[content.rindex(b"<div", 0, at) : end] + b"</div>", end
