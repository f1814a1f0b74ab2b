"""Places of words as text: ascending numbers by their gaps, in signs that JSON needs not escape.

A gap is written in base 46, the last digit with one of the first 46 signs, those before it with one of the others, so that no
sign has to stand between two gaps. Small gaps, which are most, take one sign. overrides/javascripts/search/index.js reads them.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain
from operator import sub

_SIGNS = "".join(chr(code) for code in range(0x21, 0x7F) if chr(code) not in '"\\')
BASE = len(_SIGNS) // 2
_LAST, _BEFORE = _SIGNS[:BASE], _SIGNS[BASE:]
_VALUES = {sign: value % BASE for value, sign in enumerate(_SIGNS)}
_READY = 1 << 16  # gaps up to here are looked up


def _written(gap: int) -> str:
    signs = _LAST[gap % BASE]
    while gap := gap // BASE:
        signs = _BEFORE[gap % BASE] + signs
    return signs


_TABLE = [_written(gap) for gap in range(_READY)]


def packed(places: Iterable[int]) -> str:
    """Ascending numbers, from 0 on, as text; the first is written as its gap to 0, so none is told from another."""
    all_places = list(places)
    gaps = map(sub, all_places, chain((0,), all_places))
    return "".join([_TABLE[gap] if gap < _READY else _written(gap) for gap in gaps])


def unpacked(text: str) -> list[int]:
    """The numbers again."""
    places, place, gap = [], 0, 0
    for sign in text:
        gap = gap * BASE + _VALUES[sign]
        if sign in _LAST:
            place += gap
            places.append(place)
            gap = 0
    return places
