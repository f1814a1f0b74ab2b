"""The documents of a feed: the one that programs subscribe to, and archives of all older entries (RFC 5005), which stay as
they are when something new appears."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import NamedTuple
from xml.sax.saxutils import escape, quoteattr

from ..pages.page import CORRECTIONS, HOME, MODELS
from .channels import YEAR_OF_TAGS, Channel, Publisher, tag_uri
from .entries import Entry

PER_DOCUMENT = 20  # entries; the newest document has that many to one less than twice as many
ATOM, JSON = ".xml", ".json"
# Archives are of Atom (RFC 5005). JSON Feed has them for the whole site alone: of every place and field they would be as large
# as the site itself, for programs that can as well take them from Atom.
_WHOLE = frozenset({HOME, MODELS, CORRECTIONS})
TYPES = {ATOM: "application/atom+xml", JSON: "application/feed+json"}


class Document(NamedTuple):
    """Some entries of a channel, the newest first. `number` counts archives from the oldest; 0 is the newest document.
    `last` is the number of the newest archive."""

    channel: Channel
    number: int
    last: int
    entries: tuple[int, ...]

    @property
    def stem(self) -> str:
        """Its site path without the suffix of a format."""
        return self.channel.address if self.number == 0 else f"{self.channel.address}/{self.number}"

    @property
    def suffixes(self) -> tuple[str, ...]:
        """Of the formats it is written in."""
        return (ATOM, JSON) if self.number == 0 or self.channel.page in _WHOLE else (ATOM,)

    @property
    def older(self) -> Document | None:
        """The archive before this one; its entries are not told."""
        number = self.last if self.number == 0 else self.number - 1
        return self._replace(number=number, entries=()) if number else None

    @property
    def newer(self) -> Document | None:
        """The archive after this one."""
        return self._replace(number=self.number + 1, entries=()) if 0 < self.number < self.last else None

    @property
    def newest(self) -> Document:
        return self._replace(number=0, entries=())


def documents(channel: Channel) -> list[Document]:
    """Of a channel: each entry stands in one of them."""
    entries, count = channel.entries, len(channel.entries)
    last = max(0, count // PER_DOCUMENT - 1)
    ends = [count - number * PER_DOCUMENT for number in range(last + 1)]
    archives = [
        Document(channel, number, last, entries[ends[number] : ends[number - 1]]) for number in range(1, last + 1)
    ]
    return [Document(channel, 0, last, entries[: ends[last]]), *archives]


def written(document: Document, suffix: str, entries: Sequence[Entry], updated: str, by: Publisher) -> bytes:
    """The document in a format; `updated` is when the newest change of its entries was."""
    if suffix == JSON:
        return _json(document, b",\n".join(entry.json for entry in entries), by)
    return _atom(document, b"".join(entry.atom for entry in entries), updated, by)


def _atom(document: Document, entries: bytes, updated: str, by: Publisher) -> bytes:
    channel, page = document.channel, by.site + document.channel.page
    links = [("self", document), ("current", document.newest if document.number else None)]
    links += [("prev-archive", document.older), ("next-archive", document.newer)]
    linked = "".join(
        f'<link rel="{rel}" type="{TYPES[ATOM]}" href={quoteattr(by.site + to.stem + ATOM)}/>'
        for rel, to in links
        if to
    )
    head = (
        '<?xml version="1.0" encoding="UTF-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom"'
        f'{_HISTORY if document.number else ""} xml:lang="vi"><id>{escape(_id(channel, by))}</id>'
        f"<title>{escape(channel.title)}</title><subtitle>{escape(channel.summary)}</subtitle><updated>{updated}</updated>"
        f'{linked}<link rel="alternate" type="text/html" href={quoteattr(page)}/>'
        f"<author><name>{escape(by.name)}</name></author>{'<fh:archive/>' if document.number else ''}\n"
    )
    return b"".join((head.encode(), entries, b"</feed>\n"))


_HISTORY = ' xmlns:fh="http://purl.org/syndication/history/1.0"'


def _id(channel: Channel, by: Publisher) -> str:
    return tag_uri(by.host, YEAR_OF_TAGS, channel.address)


def _json(document: Document, items: bytes, by: Publisher) -> bytes:
    channel, older = document.channel, document.older
    said = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": channel.title,
        "description": channel.summary,
        "home_page_url": by.site + channel.page,
        "feed_url": by.site + document.stem + JSON,
        **({"next_url": by.site + older.stem + JSON} if older and JSON in older.suffixes else {}),
        "language": "vi",
        "authors": [{"name": by.name}],
    }
    head = json.dumps(said, ensure_ascii=False, separators=(",", ":"))
    return b"".join((head[:-1].encode(), b',"items":[\n', items, b"\n]}\n"))
