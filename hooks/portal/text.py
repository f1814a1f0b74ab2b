"""Vietnamese text: normal forms, folding, slugs, sorting, numbers and dates as people read them.

Pure functions of strings; nothing here knows the campaign.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from difflib import get_close_matches
from functools import lru_cache
from urllib.parse import quote

# Latin letters that stand in old documents for letters of the Vietnamese alphabet.
_LOOKALIKES = str.maketrans(
    {
        **{"Ð": "Đ", "ð": "đ"},  # ETH: the Đ of Windows code pages and fonts that have no other
        **{"Ɖ": "Đ", "ɖ": "đ"},  # AFRICAN D: its capital looks the same
        **{"Ƣ": "Ư", "ƣ": "ư"},  # OI: what converters from TCVN3 and PDF leave of a Ư without a tone
        "ı": "i",  # DOTLESS I: what PDF leaves of an i whose dot is under a tone mark
    }
)
# Letters with a stroke, which no normal form takes apart; ƀ is of the Ê Đê and Ba Na alphabets.
_STROKES = str.maketrans({"Đ": "D", "đ": "d", "Ƀ": "B", "ƀ": "b"})
_HYPHENS = re.compile("[\u2010-\u2015\u2212\u00ad\ufe58\ufe63\uff0d]")
_APOSTROPHES = re.compile("[\u2018\u2019\u02bc\u00b4`]")
_SPACES = re.compile(r"\s+")
_SPACED_HYPHEN = re.compile(r"\s*-\s*")
_UNLIKE_LOWER = re.compile("[İıſ]")
_NOT_ASCII_WORD = re.compile(r"[^a-z0-9]+")
_COMMON_MARKS = re.compile("[\u0300-\u034e\u0350-\u036f]+")

# Combining marks in the order of the Vietnamese alphabet: ngang, huyền, hỏi, ngã, sắc, nặng.
_TONES = "\u0300\u0309\u0303\u0301\u0323"
_ALPHABET = "aăâbƀcdđeêfghijklmnoôơpqrstuưvwxyz"
_LETTER_RANK = {letter: rank for rank, letter in enumerate(_ALPHABET)}
_DIGITS = "0123456789"
_SYLLABLES = re.compile("[0-9]+|[^ 0-9–-]+|[ –-]")
_MARKED_SYLLABLE = re.compile("[^ -]*[^\x00-\x7f][^ -]*")


def nfc(text: str) -> str:
    """The text in Unicode normal form C, the form every text is stored and compared in."""
    return text if text.isascii() else unicodedata.normalize("NFC", text)


def without_marks(text: str) -> str:
    """The text with every combining mark dropped, Đ as D, look-alikes as what they stand for; case is kept."""
    if text.isascii():
        return text
    plain = text.translate(_LOOKALIKES).translate(_STROKES)
    decomposed = _COMMON_MARKS.sub("", unicodedata.normalize("NFD", plain))
    if decomposed.isascii():
        return decomposed
    return "".join(c for c in decomposed if not unicodedata.combining(c))


def fold(text: str) -> str:
    """What a person typing without marks would type: lower case, no marks, single spaces."""
    return _SPACES.sub(" ", without_marks(text).lower()).strip()


@lru_cache(maxsize=16_384)  # prose is asked for the same few thousand words again and again
def match_key(name: str) -> str:
    """The key under which two spellings are one name.

    Ignores case, spacing, the kind of hyphen and apostrophe, look-alikes of Đ and Ư and where in the
    syllable the tone mark stands (hoà = hòa); keeps the letters and tones themselves.
    """
    text = _HYPHENS.sub("-", nfc(name.translate(_LOOKALIKES))).lower()
    text = _APOSTROPHES.sub("'", text)
    text = _SPACED_HYPHEN.sub("-", _SPACES.sub(" ", text).strip())
    return text if text.isascii() else _MARKED_SYLLABLE.sub(_tone_last, text)


def _tone_last(syllable: re.Match[str]) -> str:
    decomposed = unicodedata.normalize("NFD", syllable[0])
    letters = "".join(c for c in decomposed if c not in _TONES)
    tones = "".join(c for c in decomposed if c in _TONES)
    return unicodedata.normalize("NFC", letters) + tones


@lru_cache(maxsize=16_384)  # tags, names and titles come up on page after page
def slugify(text: str, separator: str = "-") -> str:
    """An ASCII slug: "Đường hoa" gives "duong-hoa". Empty when nothing of the text survives."""
    return _NOT_ASCII_WORD.sub(separator, fold(text)).strip(separator)


def sort_key(text: str) -> tuple:
    """Vietnamese dictionary order: Ă after A, Đ after D; tones decide only between equal letters, wherever in the
    syllable they stand (hòa = hoà before hóa). Numbers stand before letters, by their value (2 before 10)."""
    plain = _APOSTROPHES.sub("'", nfc(text.translate(_LOOKALIKES)))
    plain = _SPACES.sub(" ", plain).strip().lower()
    letters: list[tuple] = []
    tones: list[int] = []
    for part in _SYLLABLES.findall(plain):
        tone = 0
        if part[0] in _DIGITS:
            value = part.lstrip("0")
            letters.append((1, len(value), value))
            continue
        for char in part:
            place, own = _place_and_tone(char)
            tone = max(tone, own)
            letters += place
        tones.append(tone)
    return (tuple(letters), tuple(tones), nfc(text))


@lru_cache(maxsize=1024)  # a language has few
def _place_and_tone(char: str) -> tuple[tuple[tuple, ...], int]:
    """The place of a letter among others (none of a sign), and that of its tone."""
    letter, tone = _letter_and_tone(char)
    if letter in _LETTER_RANK:
        return ((2, _LETTER_RANK[letter]),), tone
    if letter in " -–":
        return ((0,),), tone
    return ((3, ord(letter[0])),) if letter.isalnum() else (), tone


def _letter_and_tone(char: str) -> tuple[str, int]:
    """ế → ê and the place of its tone among the six, counted from 0 (none)."""
    decomposed = unicodedata.normalize("NFD", char)
    tone = next((c for c in decomposed if c in _TONES), "")
    letter = unicodedata.normalize("NFC", "".join(c for c in decomposed if c not in _TONES))
    return letter, _TONES.index(tone) + 1 if tone else 0


DIGITS, OTHERS = "0–9", "#"  # what stands for the initials of names that begin with no letter of the alphabet


def initial(name: str) -> str:
    """The letter of the alphabet that a name begins with, in capitals and without its tone: Ấp → Â. Signs before it do not
    count."""
    first = next((char for char in nfc(name.translate(_LOOKALIKES)).lower() if char.isalnum()), "")
    letter, _ = _letter_and_tone(first)
    if letter in _LETTER_RANK:
        return letter.upper()
    return DIGITS if first in _DIGITS and first else OTHERS


def in_telex(letter: str) -> str:
    """A letter of the alphabet as it is typed without marks, for addresses: Ă → aw, Đ → dd."""
    return {"ă": "aw", "â": "aa", "đ": "dd", "ê": "ee", "ô": "oo", "ơ": "ow", "ư": "uw"}.get(
        letter.lower(), letter.lower()
    )


def nearest(word: str, known: Iterable[str], *, cutoff: float = 0.6) -> str | None:
    """The known word a mistyped one was most likely meant to be, or None when none is near."""
    candidates = sorted(known)
    close = get_close_matches(word, candidates, n=1, cutoff=cutoff)
    return close[0] if close else None


def nearest_path(path: str, known: Iterable[str]) -> str | None:
    """The known path whose last step is most like that of `path`, in the same folder if there is a choice."""
    by_name: dict[str, list[str]] = {}
    for candidate in known:
        by_name.setdefault(_last_step(candidate), []).append(candidate)
    name = nearest(_last_step(path), by_name, cutoff=0.7)
    if name is None:
        return None
    folder = path.rsplit("/", 1)[0]
    return min(by_name[name], key=lambda found: (not found.startswith(folder + "/"), found))


def _last_step(path: str) -> str:
    name = path.rstrip("/").rsplit("/", 1)[-1].rsplit(".", 1)[0]
    return slugify(name) or name


def number_vi(value: int | Decimal) -> str:
    """A number as Vietnamese readers expect it: 3372 → "3.372", 99.08 → "99,08", -21 → "−21"."""
    exact = Decimal(value)
    whole, _, fraction = f"{abs(exact):f}".partition(".")
    grouped = f"{int(whole):,}".replace(",", ".")
    sign = "−" if exact < 0 else ""
    return sign + grouped + ("," + fraction if fraction else "")


def date_vi(day: date) -> str:
    """17/05/2024."""
    return f"{day.day:02d}/{day.month:02d}/{day.year:04d}"


def capitalised(label: str) -> str:
    """The label as it begins a line: its first letter in capitals, the rest as it is."""
    return label[:1].upper() + label[1:]


def uncapitalised(name: str) -> str:
    """The name as it stands inside a sentence; one that begins with two capitals (GRDP) stays."""
    return name if name[1:2].isupper() else name[:1].lower() + name[1:]


def lowered(text: str) -> str:
    """The text in lower case, in which a pattern in lower case finds just what it finds in the text where case is
    ignored; empty where there is none: İ, ı and ſ stand for i and s then, but are not these in lower case."""
    return "" if _UNLIKE_LOWER.search(text) else text.lower()


def percent_encoded(text: str) -> str:
    """The text as it may stand in an address: as `urllib.parse.quote` writes it, several times as fast."""
    return "%20".join(map(_word_encoded, text.split(" ")))


def words_percent_encoded(text: str) -> str:
    """The same of a text whose blanks become single spaces."""
    return "%20".join(map(_word_encoded, text.split()))


@lru_cache(maxsize=16_384)  # long texts are made of the same words
def _word_encoded(word: str) -> str:
    return quote(word)
