"""A text as it is said: numbers, signs, units of measure and abbreviations in words, all else as it is written.

Nothing is left out and nothing added but words; what was said already is said again as it is. Addresses of pages and of mail stay
as written, and so do abbreviations that no register explains: whoever reads aloud spells them. What is meant by a number or a sign
is told by what was said before it, never by what was written there, so that a second reading finds the same.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from ..text import capitalised, nfc
from .amounts import Place, amount_at, telephone_at, with_suffix
from .context import COUNTED, Left
from .documents import DOCUMENT, document_words
from .moments import YEAR, year_words
from .numbers import cardinal, digit_by_digit, ordinal
from .roman import AFTER_THU, BEGINS, LIST, NUMBERED, NUMERAL, TO_NUMERAL, roman_value
from .symbols import (
    BARE_UNITS,
    ENDS_WORD,
    FRACTIONS,
    LETTER,
    LOWERED,
    PER,
    PLAIN_DIGITS,
    RAISED,
    RATE,
    SIGNS,
    SQUARES,
    unit_name,
)

_LEFT = 80  # characters of what was said, which decide what is meant next

# Addresses, and what is in every one of them: looking for these first takes a fraction of the time.
_IN_ADDRESS = ("://", "www.", "@", ".vn", ".com", ".net", ".org", ".example")
ADDRESS = re.compile(
    r"(?:(?<!\w)[a-z]+://|(?<!\w)www\.)[^\s<>\"“”]*[^\s<>\"“”.,;:!?()\[\]]|(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+"
    r"|(?<![\w@.-])(?:[\w-]+\.)+(?:vn|com|net|org|example)(?![\w@-])(?:/[^\s<>\"“”]*[^\s<>\"“”.,;:!?()\[\]])?",
    re.IGNORECASE,
)

_SURE = rf"\d{''.join(FRACTIONS)}{RAISED}{LOWERED}%‰±≈≥≤=×÷&§№°℃+$€"  # always something to look at
_DOUBTFUL = r"\-−–\^~<>/("
_BARE = rf"(?:{'|'.join(f'(?<={name[0]}){name[1:]}' for name in BARE_UNITS)}|(?<=[kcdm])m?{SQUARES}(?!\d)){ENDS_WORD}"
_SQUARED = ("m2", "m3", "m²", "m³", "m^")
_HECTARE = re.compile(rf"ha(?<!{LETTER}..){ENDS_WORD}")
_BARE_UNIT = re.compile(rf"(?:[kcdm]?m{SQUARES}(?!\d)|{'|'.join(BARE_UNITS)}){ENDS_WORD}")
_ROMAN = rf"(?<=[IVXL])[IVXL]*{ENDS_WORD}"
_POWER = re.compile(rf"\^(?P<minus>[-−]?)(?P<digits>\d+)|(?P<raised>[{RAISED}]+)")
_LOW_DIGITS = re.compile(rf"[{LOWERED}]+")
_RATE = re.compile(RATE)
_OF_YEAR = re.compile(rf"/({YEAR})(?!\d)")
_COMPARED = re.compile(r">=|<=|.", re.DOTALL)
_SCALE = re.compile(r"(?:\s(?:nghìn|ngàn|triệu|tỷ|tỉ)(?!\w))*")
_NAMED_TOO = re.compile(r"\s?USD(?!\w)")
_DEGREES = re.compile(r"°\s?([CF])(?!\w)")
_IN_WORD = re.compile(LETTER)
_ENDS_SENTENCE = re.compile(r"[^\W\d_]{2}[.!?…][”\"’)]*\s+\Z")
_BEGINS_LINE = re.compile(r"(?:\A|\n)\s*\Z")
_BEFORE_MINUS = re.compile(r"(?:\A|[\s(\[{“\"'‘;:])\Z")


class Said:
    """What was said so far; words are kept apart from letters on either side."""

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._after_words = False
        self.numeral_before = False  # the last words said were a Roman numeral
        self.after_slash = False  # words of a short form were: what it stands for tells how the slash is meant
        self.since = ""  # what was left as written since the last words

    def as_written(self, piece: str) -> None:
        if piece:
            self._append(piece, apart=self._after_words)
            self._after_words = False
            self.since += piece

    def in_words(self, words: str, *, numeral: bool = False) -> None:
        begins = bool(self._pieces) and self._pieces[-1][-1].isspace() and _ENDS_SENTENCE.search(self.left)
        self._append(capitalised(words) if begins else words, apart=True)
        self._after_words, self.numeral_before, self.since = True, numeral, ""

    def _append(self, piece: str, *, apart: bool) -> None:
        if apart and self._pieces and self._pieces[-1][-1].isalnum() and piece[0].isalnum():
            self._pieces.append(" ")
        self._pieces.append(piece)

    @property
    def left(self) -> str:
        """The last of it."""
        length, first = 0, len(self._pieces)
        while first and length < _LEFT:
            first -= 1
            length += len(self._pieces[first])
        return "".join(self._pieces[first:])[-_LEFT:]

    @property
    def text(self) -> str:
        return "".join(self._pieces)


@dataclass(frozen=True)
class Speaker:
    """Says texts of a campaign whose abbreviations stand for these words: pairs of a short form and a long one."""

    abbreviations: tuple[tuple[str, str], ...] = ()

    def __reduce__(self) -> tuple[type[Speaker], tuple[tuple[tuple[str, str], ...]]]:
        """What finds short forms is made anew in each process, where it is needed."""
        return Speaker, (self.abbreviations,)

    def spoken(self, text: str) -> str:
        """The text in words."""
        text = nfc(text)
        trigger = self._trigger
        if "km" in text or "kg" in text or _HECTARE.search(text):  # no word has these
            trigger = self._trigger_with_units
        if not trigger.search(text):
            return text
        if any(unit in text for unit in _SQUARED):
            trigger = self._trigger_with_units
        said, done = Said(), 0
        if any(sign in text for sign in _IN_ADDRESS):
            for found in ADDRESS.finditer(text):
                self._say(text[done : found.start()], trigger, said)
                said.as_written(found[0])
                done = found.end()
        self._say(text[done:], trigger, said)
        return self.spoken(said.text) if said.after_slash else said.text

    @cached_property
    def _long(self) -> dict[str, str]:
        """What each short form stands for, in words itself."""
        plain = Speaker()
        return {short: plain.spoken(long) for short, long in self.abbreviations}

    @cached_property
    def _short(self) -> re.Pattern[str]:
        """Any short form as a word of its own, the longest first."""
        longest_first = sorted(self._long, key=lambda short: (-len(short), short))
        return re.compile("|".join(map(_whole, longest_first)) or "(?!)")

    @cached_property
    def _trigger(self) -> re.Pattern[str]:
        return self._finds("", "")

    @cached_property
    def _trigger_with_units(self) -> re.Pattern[str]:
        """... of units of measure that stand by themselves, too: so many words begin with their letters that it takes twice as
        long."""
        return self._finds("kcdmh", f"{_BARE}|")

    def _finds(self, letters: str, units: str) -> re.Pattern[str]:
        """Finds where something may have to be said otherwise than it is written. It begins with one set of characters, so that
        of most of a text the engine looks at nothing else."""
        rest: dict[str, list[str]] = {}
        for short in self._long:
            rest.setdefault(short[0], []).append(_whole(short).removeprefix(re.escape(short[0])))
        second = "".join(re.escape(char) for char in sorted({short[1:2] for short in self._long if len(short) > 1}))
        # Of the words that begin with a capital letter few go on with what a short form goes on with.
        ahead = f"(?=[{second}])" if second and all(len(short) > 1 for short in self._long) else ""
        shorts = "|".join(f"(?<={re.escape(first)})(?:{'|'.join(ends)})" for first, ends in rest.items()) or "(?!)"
        first = "".join(map(re.escape, dict.fromkeys([*letters, *"IVXL", *rest])))
        return re.compile(
            rf"[{first}{_SURE}{_DOUBTFUL}](?:{ahead}(?<!{LETTER}.)(?:{shorts})|(?<=[{letters}IVXL])(?<!{LETTER}.)(?:{units}{_ROMAN})"
            rf"|(?<=[{_SURE}])|(?<=[-−–^])(?=\d)|(?<=\^)(?=[-−]\d)|(?<=[~<>])(?=\s?\d|=)|(?<=\()(?=0\d)"
            rf"|(?<=/)(?=\s?\d|{RATE.removeprefix('/')}))"
        )

    def _say(self, text: str, trigger: re.Pattern[str], said: Said) -> None:
        done = 0
        while found := trigger.search(text, done):
            at = found.start()
            said.as_written(text[done:at])
            done = self._say_short_form(text, at, said) or _HOW.get(text[at], _digits_or_letters)(self, text, at, said)
            if not done:  # it means nothing here
                said.as_written(text[at])
                done = at + 1
        said.as_written(text[done:])

    def _say_short_form(self, text: str, at: int, said: Said) -> int:
        found = None if _IN_WORD.match(text, at - 1) and at else self.short_form(text, at)
        if not found:
            return 0
        end, words = found
        ends = text[end - 1] == "." and not text[end:].strip("”\"’') \n")  # a line; the point is the short form's, too
        said.in_words(words + ("." if ends else ""))
        said.after_slash |= text[at - 1 : at] == "/"
        return end

    def short_form(self, text: str, at: int) -> tuple[int, str] | None:
        """Where a short form that begins there ends, and what it stands for."""
        found = self._short.match(text, at)
        return (found.end(), self._long[found[0]]) if found else None


def _whole(short: str) -> str:
    return re.escape(short) + (ENDS_WORD if short[-1].isalnum() else "")


# --- one sign each: what is said, and where it ends; 0 where it means nothing -------------------------------------------


def _digits_or_letters(speaker: Speaker, text: str, at: int, said: Said) -> int:
    if text[at].isdecimal():
        return _digits(speaker, text, at, said)
    if found := _BARE_UNIT.match(text, at):
        said.in_words(unit_name(found[0]) or found[0])
        return found.end()
    return _numeral(text, at, said)


def _digits(speaker: Speaker, text: str, at: int, said: Said) -> int:
    if found := DOCUMENT.match(text, at):
        said.in_words(document_words(found, speaker.short_form))
        return found.end()
    reading = amount_at(Place(text, at, Left(said.left)))
    said.in_words(reading.words)
    return reading.end


def _numeral(text: str, at: int, said: Said) -> int:
    """A Roman numeral after a word that is numbered so, in a list of such, or before a heading."""
    found = NUMERAL.match(text, at)
    value = roman_value(found[0]) if found else None
    if not found or value is None:
        return 0
    left = said.left
    listed = said.numeral_before and LIST.fullmatch(said.since)
    if not (NUMBERED.search(left) or listed or (_BEGINS_LINE.search(left) and BEGINS.match(text, at))):
        return 0
    words, end = (ordinal if AFTER_THU.search(left) else cardinal)(value), found.end()
    if further := TO_NUMERAL.match(text, end):
        last = roman_value(further[1])
        if last is not None and last > value:
            words, end = f"{words} đến {cardinal(last)}", further.end()
    if year := _OF_YEAR.match(text, end):
        words, end = f"{words} {year_words(year[1])}", year.end()
    said.in_words(words, numeral=True)
    return end


def _fraction(speaker: Speaker, text: str, at: int, said: Said) -> int:
    words = FRACTIONS[text[at]]
    reading = with_suffix(text, at + 1, f"và {words}" if at and text[at - 1].isdecimal() else words, None)
    said.in_words(reading.words)
    return reading.end


def _power(speaker: Speaker, text: str, at: int, said: Said) -> int:
    found = _POWER.match(text, at)
    if not found:
        return 0
    digits = found["digits"] or found["raised"].translate(PLAIN_DIGITS)
    said.in_words("mũ " + ("âm " if found["minus"] else "") + cardinal(digits))
    return found.end()


def _low_digits(speaker: Speaker, text: str, at: int, said: Said) -> int:
    found = _LOW_DIGITS.match(text, at)
    if not found:
        return 0
    said.in_words(digit_by_digit(found[0].translate(PLAIN_DIGITS)))
    return found.end()


def _slash(speaker: Speaker, text: str, at: int, said: Said) -> int:
    """Between an amount and what it is stated for it is "trên", as in ki-lô-mét trên giờ; also before a number. But
    ngày/tháng/năm is a blank to be filled in, and xã/phường a choice."""
    left = said.left.rstrip()
    if not left[-1:].isalnum():
        return 0
    found = _RATE.match(text, at)
    if not found:
        said.in_words("trên")
        return at + 1
    per, before = found["per"], Left(f"{left} ")
    in_a_form = per in ("tháng", "năm") and before.word in ("ngày", "tháng")
    if in_a_form or (per in PER and not before.ends(COUNTED)):
        return 0
    said.in_words(f"trên {unit_name(per) or per}")
    return found.end()


def _plus(speaker: Speaker, text: str, at: int, said: Said) -> int:
    """Where numbers are added, and between words; in front of a line it is a bullet, and A+ a name."""
    if telephone := telephone_at(Place(text, at, Left(""))):
        said.in_words(telephone.words)
        return telephone.end
    before, after = text[at - 1 : at], text[at + 1 : at + 2]
    between = before.isspace() and after.isspace() and not _BEGINS_LINE.search(said.left)
    if not (before.isdecimal() or after.isdecimal() or between):
        return 0
    said.in_words("cộng")
    return at + 1


def _minus(speaker: Speaker, text: str, at: int, said: Said) -> int:
    """Before a number: "âm" where nothing stands right before it; between letters and digits nothing is said (COVID-19)."""
    left = said.left
    if _BEFORE_MINUS.search(left):
        said.in_words("âm")
        return at + 1
    return at + 1 if left[-1].isalnum() else 0


def _compared(speaker: Speaker, text: str, at: int, said: Said) -> int:
    if text[at - 1 : at] in ("-", "=") and at:  # an arrow
        return 0
    found = _COMPARED.match(text, at)
    said.in_words(SIGNS[found[0] if found else text[at]])
    return found.end() if found else at + 1


def _bracket(speaker: Speaker, text: str, at: int, said: Said) -> int:
    telephone = telephone_at(Place(text, at, Left("")))
    if telephone:
        said.in_words(telephone.words)
    return telephone.end if telephone else 0


def _degrees(speaker: Speaker, text: str, at: int, said: Said) -> int:
    found = _DEGREES.match(text, at)
    said.in_words(f"độ {found[1]}" if found else "độ")
    return found.end() if found else at + 1


def _equals(speaker: Speaker, text: str, at: int, said: Said) -> int:
    if text.startswith("=>", at):
        said.as_written("=>")
        return at + 2
    return _sign(speaker, text, at, said)


def _money(speaker: Speaker, text: str, at: int, said: Said) -> int:
    """Said behind the amount, before which it is written, too."""
    digit = at + 2 if text[at + 1 : at + 2].isspace() else at + 1
    if not text[digit : digit + 1].isdecimal():
        return _sign(speaker, text, at, said)
    amount = amount_at(Place(text, digit, Left(said.left)))
    scale = _SCALE.match(text, amount.end)
    assert scale is not None
    said.in_words(f"{amount.words}{scale[0]} {SIGNS[text[at]]}")
    named_too = _NAMED_TOO.match(text, scale.end()) if text[at] == "$" else None
    return (named_too or scale).end()


def _sign(speaker: Speaker, text: str, at: int, said: Said) -> int:
    said.in_words(SIGNS[text[at]])
    return at + 1


_How = Callable[[Speaker, str, int, Said], int]
_HOW: dict[str, _How] = {
    **dict.fromkeys("%‰±≈≥≤×÷&§№℃", _sign),
    **dict.fromkeys(FRACTIONS, _fraction),
    **dict.fromkeys(RAISED + "^", _power),
    **dict.fromkeys(LOWERED, _low_digits),
    **dict.fromkeys("-−–", _minus),
    **dict.fromkeys("$€", _money),
    **dict.fromkeys("~<>", _compared),
    "/": _slash,
    "+": _plus,
    "(": _bracket,
    "°": _degrees,
    "=": _equals,
}
