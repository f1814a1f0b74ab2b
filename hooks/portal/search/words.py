"""The words of Vietnamese text as a search compares them.

A word has two forms. Its `form` keeps letters and tone but no case, and is the same for spellings of one word: the tone mark
stands last wherever it was written (hoà = hòa), y for i alone after consonants (lý = lí). Its `plain` form is what
somebody types who types without marks: no marks, đ as d. overrides/javascripts/search/words.js reads queries by the same rules, and
tests/search/words.txt is run against both.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from ..text import match_key, nfc, without_marks

# A number with its thousands apart is one word, 3.372 as 3372; of all else a word is letters and digits without a gap.
_WORD = re.compile(r"[0-9]{1,3}(?:\.[0-9]{3})+(?!\.?[0-9])|(?:[^\W_][\u0300-\u036f]*)+")
_PLAINLY = re.compile(r"\w+")  # finds the same, faster, where nothing of the other is there
_NOT_PLAINLY = (re.compile(r"\.(?<=[0-9]\.)[0-9]{3}"), re.compile(r"[\u0300-\u036f]"))  # or has a _
_BETWEEN = "\0"  # hardly any text has it; no word goes over it
_GROUPED = re.compile(r"[0-9]{1,3}(?:\.[0-9]{3})+")
_ALONE = re.compile(r"^(b|ch?|d|đ|gh?|h|kh?|l|m|ngh?|nh?|ph?|qu|r|s|th?|tr|v|x)y(?=[\u0300-\u036f]*$)")
TONES = "\u0300\u0309\u0303\u0301\u0323"  # a form ends with one of them, if it has a tone


class Word(NamedTuple):
    form: str
    plain: str


def words(text: str) -> list[Word]:
    """The words of the text, in order."""
    return [word_of(said) for said in spoken(text)]


def spoken(text: str) -> list[str]:
    """The words of the text as they are written, in lower case: `word_of` tells their forms."""
    lowered = nfc(text).lower()
    return (_PLAINLY if _is_plain(lowered) else _WORD).findall(lowered)


def spoken_in(texts: Sequence[str]) -> list[list[str]]:
    """The same of each text; those of a body are looked at together."""
    lowered = nfc(_BETWEEN.join(texts)).lower()
    parts = lowered.split(_BETWEEN)
    if len(parts) != len(texts):  # one of them has that sign, or there is none
        return [spoken(text) for text in texts]
    if _is_plain(lowered):
        return [_PLAINLY.findall(part) for part in parts]
    return [(_PLAINLY if _is_plain(part) else _WORD).findall(part) for part in parts]


def _is_plain(lowered: str) -> bool:
    return "_" not in lowered and not any(other.search(lowered) for other in _NOT_PLAINLY)


def by_form(said: Mapping[str, list[int]]) -> dict[str, list[int]]:
    """Ascending numbers by form, of those by word as it is written."""
    found: dict[str, list[int]] = {}
    for word, numbers in said.items():
        form = word_of(word).form
        found[form] = sorted([*found[form], *numbers]) if form in found else numbers
    return found


@lru_cache(maxsize=65_536)
def plain_of(form: str) -> str:
    """The plain form of a word, by its form."""
    return without_marks(form)


@lru_cache(maxsize=65_536)  # a language has few, a site says them again and again
def word_of(said: str) -> Word:
    """A word that is written so."""
    if said[0] in "0123456789":
        said = said.replace(".", "") if _GROUPED.fullmatch(said) else said
        said = re.sub(r"^0+(?=[0-9])", "", said)
    form = _ALONE.sub(r"\1i", match_key(said))
    return Word(form, plain_of(form))
