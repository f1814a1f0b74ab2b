"""The second tier of the index: the words of bodies, some neighbours at a time, so that an edit of one leaves most as they
are."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import unescape

from ..body import Body, Heading
from ..body_text import own_html, without_inline
from ..fingerprint import digest
from ..memory import InPart
from .postings import packed
from .shards import written
from .words import by_form, spoken_in, words

_TAG = re.compile(r"<[^>]*>")  # in sanitised HTML no value holds a >
_ENDS_BLOCK = "0"  # a digest that begins so (one of 16) ends a block after enough records
_LEAST, _MOST = 100, 300  # records of a block


@dataclass(frozen=True)
class Block(InPart):
    """The words of some neighbours' bodies, as `shards.written` writes them: `records` says which hold a word, counted in the
    block from 0, as gaps, and after that those that have it in a heading; `near` the places of words, which are numbered
    through the block with one left free between two paragraphs. `starts` says where each record begins."""

    AT_HAND = ()
    REST = ("records", "near", "starts")

    records: bytes
    near: bytes
    starts: str


def blocks(addresses: Sequence[str]) -> list[int]:
    """Where each block of records begins: at an address that itself decides with how many there were since the last one. So a
    record that comes or goes changes its block, and those after it until two blocks begin at the same address again."""
    starts = [0]
    for number, address in enumerate(addresses[:-1], 1):
        size = number - starts[-1]
        if size >= _MOST or (size >= _LEAST and digest(address).startswith(_ENDS_BLOCK)):
            starts.append(number)
    return starts


def block(bodies: Sequence[Body]) -> Block:
    said: defaultdict[str, list[int]] = defaultdict(list)  # places by word, as it is written
    headings: dict[str, dict[int, None]] = {}
    starts: list[int] = []
    record_at: list[int] = []  # by place
    for number, body in enumerate(bodies):
        start = len(record_at)
        starts.append(start)
        place = start
        for found in spoken_in(texts_of(body)):
            for at, word in enumerate(found, place):
                said[word].append(at)
            place += len(found) + 1  # one is left free, so that no phrase goes over from one to the next
        place = max(place, start + 1)
        record_at += [number] * (place - start)
        for text in headings_of(body.toc):
            for word in words(text):
                headings.setdefault(word.form, {})[number] = None
    near = by_form(said)
    records: dict[str, tuple[str, ...]] = {}
    for form, places in near.items():
        holding = packed(dict.fromkeys(map(record_at.__getitem__, places)))
        records[form] = (holding, packed(headings[form])) if form in headings else (holding,)
    return Block(written(records), written({form: (packed(places),) for form, places in near.items()}), packed(starts))


def texts_of(body: Body) -> list[str]:
    """What a reader sees of a body: its paragraphs, headings, items and cells, each by itself. Numbers that
    lead to footnotes are no words of it."""
    html = without_inline(own_html(body.html))
    parts = (unescape(part) for part in _TAG.split(html))
    return [part for part in parts if not part.isspace() and part]


def headings_of(toc: Iterable[Heading]) -> Iterable[str]:
    for heading in toc:
        yield unescape(heading.name)
        yield from headings_of(heading.children)
