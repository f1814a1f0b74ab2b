"""The second tier of the index: the words of bodies, some neighbours at a time, so that an edit of one leaves most as they
are."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from html import unescape

from ..body import Body, Heading
from ..fingerprint import digest
from ..memory import InPart
from .postings import packed
from .words import by_form, spoken, words

_NOTE = re.compile(
    r'<details class="portal-uses">.*?</details>', re.DOTALL
)  # what the portal says of figures in a text
_TAG = re.compile(r"<[^>]*>")  # in sanitised HTML no value holds a >
_ENDS_BLOCK = "0"  # a digest that begins so (one of 16) ends a block after enough records
_LEAST, _MOST = 100, 300  # records of a block


@dataclass(frozen=True)
class Block(InPart):
    """The words of some neighbours' bodies, by form: `records` that hold it, counted in the block from 0, as gaps; `headings`
    the same of those that have it in a heading; `near` the places of words, which are numbered through the block with one
    left free between two records. `starts` says where each record begins."""

    AT_HAND = ()
    REST = ("records", "headings", "near", "starts")

    records: Mapping[str, str]
    headings: Mapping[str, str]
    near: Mapping[str, str]
    starts: str


def blocks(addresses: Sequence[str]) -> list[int]:
    """Where each block of records begins: at an address that nothing but itself and those since the last one decide, so a
    record that comes or goes changes the blocks around it alone."""
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
        found = spoken(plain_text(body))
        for place, word in enumerate(found, start):
            said[word].append(place)
        record_at += [number] * (len(found) + 1)  # one is left free
        for text in headings_of(body.toc):
            for word in words(text):
                headings.setdefault(word.form, {})[number] = None
    near = by_form(said)
    records = {form: dict.fromkeys(map(record_at.__getitem__, places)) for form, places in near.items()}
    return Block(*(_packed(found) for found in (records, headings, near)), packed(starts))


def plain_text(body: Body) -> str:
    """What a reader sees of a body, each element apart from the next."""
    return unescape(_TAG.sub(" ", _NOTE.sub(" ", body.html)))


def headings_of(toc: Iterable[Heading]) -> Iterable[str]:
    for heading in toc:
        yield unescape(heading.name)
        yield from headings_of(heading.children)


def _packed(found: Mapping[str, Iterable[int]]) -> dict[str, str]:
    return {form: packed(found[form]) for form in sorted(found)}
