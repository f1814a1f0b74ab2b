"""The second tier of the index: the words of bodies, some neighbours at a time, so that an edit of one leaves most as they
are."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from html import unescape

from ..body import Body, Heading
from ..fingerprint import digest
from ..memory import InPart
from .postings import packed
from .words import words

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
    records: dict[str, list[int]] = {}
    headings: dict[str, list[int]] = {}
    near: dict[str, list[int]] = {}
    starts, place = [], 0
    for number, body in enumerate(bodies):
        starts.append(place)
        seen = set()
        for word in words(plain_text(body)):
            near.setdefault(word.form, []).append(place)
            seen.add(word.form)
            place += 1
        place += 1
        for form in seen:
            records.setdefault(form, []).append(number)
        for form in {word.form for text in headings_of(body.toc) for word in words(text)}:
            headings.setdefault(form, []).append(number)
    return Block(*(_packed(found) for found in (records, headings, near)), packed(starts))


def plain_text(body: Body) -> str:
    """What a reader sees of a body, each element apart from the next."""
    return unescape(_TAG.sub(" ", _NOTE.sub(" ", body.html)))


def headings_of(toc: Iterable[Heading]) -> Iterable[str]:
    for heading in toc:
        yield unescape(heading.name)
        yield from headings_of(heading.children)


def _packed(found: Mapping[str, list[int]]) -> dict[str, str]:
    return {form: packed(found[form]) for form in sorted(found)}
