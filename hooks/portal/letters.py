"""Letters that a slug would lose: those of other scripts, often typed or pasted for the Latin one that looks the same."""

from __future__ import annotations

import unicodedata

from .text import nfc, slugify, without_marks

# Cyrillic, then Greek.
_LOOK_LATIN = str.maketrans(
    "АВЕЅІЈКМНОРСТУХаеѕіјорсух" "ΑΒΕΖΗΙΚΜΝΟΡΤΥΧον",
    "ABESIJKMHOPCTYXaesijopcyx" "ABEZHIKMNOPTYXov",
)  # fmt: skip


def foreign_letter(text: str) -> tuple[str, str] | None:
    """What to say, and the hint, of the first letter of the text that its slug would lose; None where it loses none.

    The letter is named by its code point and its place in the text (from 1, in normal form C), with the Latin letter
    that looks the same, if there is one.
    """
    if without_marks(text).isascii():
        return None
    lost = [(place, char) for place, char in enumerate(nfc(text), start=1) if _is_letter(char) and not slugify(char)]
    if not lost:
        return None
    place, char = lost[0]
    meant = _looks_like(char)
    like = f", trông giống `{meant}`" if meant else ""
    more = f" (và {len(lost) - 1} chữ nữa như thế)" if len(lost) > 1 else ""
    alphabet = "tiếng Việt" if "LATIN" in unicodedata.name(char, "") else "Latinh"
    message = f"chữ `{char}` (U+{ord(char):04X}) ở vị trí {place} của `{text}` không phải chữ {alphabet}{like}{more}"
    return message, "hãy gõ lại" if meant else f"hãy gõ lại bằng chữ {alphabet}"


def _is_letter(char: str) -> bool:
    """Apostrophes (ʼ) and the signs of ordinals (30ºC) are letters to Unicode alone."""
    return char.isalpha() and unicodedata.category(char) != "Lm" and char not in "ªº"


def _looks_like(char: str) -> str | None:
    """The Latin letter, with the marks of the other: also of letters of full width."""
    latin = unicodedata.normalize("NFKC", unicodedata.normalize("NFD", char).translate(_LOOK_LATIN))
    return latin if slugify(latin) else None
