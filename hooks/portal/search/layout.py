"""How places of words are numbered: each record has so many, in zones that say what a word stands in. The index says the numbers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from .words import spoken

STRIDE = 1024  # places of a record
TITLE, MORE, SUMMARY, END = 0, 128, 512, 1024  # where its zones begin: title, what it is found by beside, summary


def places(texts: Iterable[str], start: int, end: int) -> Iterator[tuple[str, int]]:
    """Words as they are written with their places from `start` on, before `end`; between two texts one place stays free, so that
    no phrase goes over from one to the next."""
    place = start
    for text in texts:
        for word in spoken(text):
            if place >= end:
                return
            yield word, place
            place += 1
        place += 1
