"""The number of a document as an announcer dictates it, sign by sign: 42/2022/NĐ-CP, 07-KH/BCĐ, 06/TU."""

from __future__ import annotations

import re
from collections.abc import Callable

from .numbers import cardinal, decimal
from .symbols import LETTER

_UPPER = "A-ZĐƯƠÔÊÂĂ"
_SIGNS = rf"[{_UPPER}]{LETTER}*\d*"
DOCUMENT = re.compile(
    rf"(?P<number>\d+[a-zđ]?)(?:/(?P<year>(?:19|20)\d\d))?(?P<rest>(?:[-–/](?=[{_UPPER}]{{2}})|\s[-–]\s(?=[{_UPPER}]{{2,}}/[{_UPPER}])){_SIGNS}(?:[-–/&]{_SIGNS})*)"
)
_JOINTS = {"/": "gạch chéo", "-": "gạch ngang", "–": "gạch ngang", "&": "và"}
_LETTERS = re.compile(r"[^-–/&]+")
_DIGITS = re.compile(r"\d+")

ShortForm = Callable[[str, int], tuple[int, str] | None]  # (a text, where) -> where a short form ends, and its words


def document_words(found: re.Match[str], short_form: ShortForm) -> str:
    """A number that begins with a zero is read digit by digit, as it is filed. The longest short form is taken: NĐ-CP is one;
    letters that none explains stay."""
    words = [_with_digits(found["number"])]
    if found["year"]:
        words += [_JOINTS["/"], cardinal(found["year"])]
    rest, at = "".join(found["rest"].split()), 0
    while at < len(rest):
        if rest[at] in _JOINTS:
            words.append(_JOINTS[rest[at]])
            at += 1
        elif explained := short_form(rest, at):
            at, said = explained
            words.append(said)
        elif letters := _LETTERS.match(rest, at):
            words.append(_with_digits(letters[0]))
            at = letters.end()
    return " ".join(words)


def _with_digits(letters: str) -> str:
    return " ".join(_DIGITS.sub(lambda number: f" {decimal(number[0], None)} ", letters).split())
