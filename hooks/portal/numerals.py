"""Numbers in Vietnamese prose: which words state a number, and which are dates, document numbers or names.

Positions are offsets into the text given. Markup must be blanked out before; a "|" between table cells stays.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import pairwise

from .exempt import without_exempt
from .number_words import spelled, value_of
from .schema.figure import Qualifier


@dataclass(frozen=True)
class Numeral:
    """One number as prose states it. `scale` is the word after it (532 triệu → 1000000); `weak` is what
    may be a year: it states a number only where nothing plainer does."""

    start: int
    end: int
    written: str
    value: Decimal
    percent: bool = False
    scale: Decimal = Decimal(1)
    scale_word: str = ""
    qualifier: Qualifier | None = None
    qualified: str = ""  # the words that say so
    approximate: bool = False  # can't be read as exact ("gần 7.000", "60-65"; but "trên 37 xã" can)
    in_words: bool = False
    weak: bool = False

    @property
    def said(self) -> str:
        """As in the text, with what makes it another amount: "532 tỷ", "99,08%"."""
        return (
            " ".join(self.written.split())
            + (f" {self.scale_word}" if self.scale_word else "")
            + ("%" if self.percent else "")
        )

    @property
    def digits(self) -> str:
        """The digits as written, without separators; of a number in words none."""
        joined = len(self.written.split()) > 1 and not self.in_words
        return re.sub(r"\D", "", str(self.value) if joined else self.written)


_YEAR = r"(?:19|20)\d\d"
_UNIT_LETTERS = r"(?:m2|m3|m²|m³|km|cm|m|ha|kg|tr|đ|l|g|k)"
_DIGITS = re.compile(
    rf"(?<![\w.,])(?:\d{{1,3}}(?:\.\d{{3}})+|\d+)(?:,\d+)?(?![.,]?\d)(?:(?={_UNIT_LETTERS}(?!\w))|(?!\w))"
)
_DIGIT = re.compile(r"\d")
_THING = re.compile(r"\s+[^\W\d]")
_MAYBE_YEAR = re.compile(_YEAR)
_PERCENT = re.compile(r"\s*(?:%|(?i:phần\s+trăm)(?!\w))")
_SCALE = re.compile(
    r"\s*(?i:(?P<billion>nghìn\s+(?:tỷ|tỉ)|ngàn\s+(?:tỷ|tỉ)|tỷ|tỉ)(?!\s+lệ)|(?P<million>triệu|tr)(?!\s+tập)|(?P<thousand>nghìn|ngàn)"
    r"|(?P<hundred>trăm)|(?P<ten>chục))(?!\w)"
)
_SCALES = {
    "ten": Decimal(10),
    "hundred": Decimal(100),
    "thousand": Decimal(1_000),
    "million": Decimal(1_000_000),
    "billion": Decimal(1_000_000_000),
}

# The words right before a number. "trên" may also mean "on", and "nhiều hơn" compares: those prove nothing.
_BEFORE: tuple[tuple[re.Pattern[str], Qualifier | None], ...] = (
    (
        re.compile(r"(?:(?i:khoảng\s+(?:trên|hơn|gần)|khoảng|chừng|áng chừng|ước chừng|trên dưới)\s+|[~≈]\s*)$"),
        Qualifier.ABOUT,
    ),
    (re.compile(r"(?:(?i:ít nhất|tối thiểu|không dưới)\s+|≥\s*)$"), Qualifier.AT_LEAST),
    # Said of no exact number, and none of the words a figure set has for it.
    (
        re.compile(
            r"(?:(?<!\w)(?i:dưới|chưa đến|chưa tới|chưa đầy|không quá|không đến|tối đa|nhiều nhất)\s+|[<≤>]\s*)$"
        ),
        None,
    ),
    (re.compile(r"(?i:gần|xấp xỉ|ngót|suýt soát)\s+$"), Qualifier.NEARLY),
    (re.compile(r"(?i:trên|hơn|vượt)\s+$"), Qualifier.OVER),
)
_SURELY_OVER = re.compile(r"(?<!\w)(?i:có|được|đạt|gồm|với|là|hiện|tổng cộng|cả thảy|tất cả)\s+trên\s+$")
_NOT_SURELY_OVER = re.compile(r"(?i:trên|(?:nhiều|cao|thấp|ít|lớn|nhỏ|kém)\s+hơn|vượt)\s+$")


def numerals(text: str, *, within: tuple[int, int] | None = None) -> tuple[Numeral, ...]:
    """Every number the text states, in order; between the two offsets `within` if given."""
    start, end = within or (0, len(text))
    part = text[start:end]
    bare = without_exempt(part)
    digits = _DIGITS.finditer(bare) if _DIGIT.search(bare) else ()
    found = [_of_digits(bare, match, start) for match in digits]
    found += _of_words(bare, start)
    joined = _joined(sorted(found, key=lambda numeral: numeral.start), text)
    return tuple(_more_or_less(tuple(joined), text))


_RANGE = re.compile(r"\s*[-–—]\s*")
_FROM_TO = re.compile(r"\s+(?i:đến|tới)\s+")
_FROM = re.compile(r"(?<!\w)(?i:từ)\s+$")
_OR_MORE = re.compile(r"\s+(?:\w+\s+){0,3}(?i:trở lên)(?!\w)")


def _more_or_less(found: Sequence[Numeral], text: str) -> Iterator[Numeral]:
    """The ends of a range state no exact number ("60-65 hộ", "từ 60 đến 65"), nor does "100 trở lên"."""
    ends: set[int] = set()
    for one, two in pairwise(found):
        between = text[one.end : two.start]
        named = _FROM_TO.fullmatch(between) and _FROM.search(text, max(0, one.start - 10), one.start)
        if one.digits and two.digits and one.value < two.value and (_RANGE.fullmatch(between) or named):
            ends |= {one.start, two.start}
    for numeral in found:
        after = _OR_MORE.match(text, numeral.end)
        if numeral.start in ends and numeral.qualifier is None:
            yield replace(numeral, approximate=True)
        elif after and numeral.qualifier is None:
            yield replace(numeral, approximate=True, qualifier=Qualifier.AT_LEAST, qualified="từ")
        else:
            yield numeral


def _joined(found: Iterable[Numeral], text: str) -> Iterator[Numeral]:
    """The numerals, those said in falling scales as one: "3 tỷ 450 triệu", "một nghìn năm trăm"."""
    before: Numeral | None = None
    for numeral in found:
        if before is not None and _goes_on(before, numeral, text):
            before = replace(
                before,
                end=numeral.end,
                written=text[before.start : numeral.end],
                value=before.value * before.scale / numeral.scale + numeral.value,
                percent=numeral.percent,
                scale=numeral.scale,
                scale_word=numeral.scale_word,
            )
            continue
        if before is not None:
            yield before
        before = numeral
    if before is not None:
        yield before


def _goes_on(first: Numeral, second: Numeral, text: str) -> bool:
    """Whether the second says the rest of the first: what is left below its scale, down to units only of thousands."""
    between = text[first.end : second.start]
    rest = second.value * second.scale
    falls = second.scale > 1 or (first.scale == 1000 and (second.value >= 100 or "trăm" in second.written))
    next_to = "\n\n" not in between and between.lower().split() == first.scale_word.split()
    whole = first.value == int(first.value) and second.value == int(second.value) and not second.weak
    return bool(first.scale_word) and next_to and falls and whole and rest < first.scale and not first.percent


def _of_digits(text: str, match: re.Match[str], offset: int) -> Numeral:
    written = match[0]
    after, (scale, word) = match.end(), _scale_after(text, match.end())
    qualifier, qualified, approximate = _said_before(text, match.start())
    bare_year = bool(_MAYBE_YEAR.fullmatch(written)) and not _THING.match(text, after)
    return Numeral(
        start=offset + match.start(),
        end=offset + after,
        written=written,
        value=_amount(written),
        percent=bool(_PERCENT.match(text, after)),
        scale=scale,
        scale_word=word,
        qualifier=qualifier,
        qualified=qualified,
        approximate=approximate,
        weak=bare_year,
    )


def _amount(written: str) -> Decimal:
    """The value of digits; no thousands begin with a zero, so 0.178 is not 178."""
    first, _, rest = written.partition(".")
    if rest and first.startswith("0"):
        return Decimal(f"{first}.{re.sub(r'[.,]', '', rest)}")
    return Decimal(written.replace(".", "").replace(",", "."))


def _of_words(text: str, offset: int) -> Iterator[Numeral]:
    for start, end in spelled(text):
        qualifier, qualified, approximate = _said_before(text, start)
        scale, word = _scale_after(text, end)
        written = text[start:end]
        yield Numeral(
            start=offset + start,
            end=offset + end,
            written=written,
            value=Decimal(value_of(written)),
            percent=bool(_PERCENT.match(text, end)),
            scale=scale,
            scale_word=word,
            qualifier=qualifier,
            qualified=qualified,
            approximate=approximate,
            in_words=True,
        )


def _scale_after(text: str, at: int) -> tuple[Decimal, str]:
    found = _SCALE.match(text, at)
    if not found:
        return Decimal(1), ""
    kind = str(found.lastgroup)
    word = " ".join(found[kind].lower().split())
    thousand = 1_000 if word.startswith(("nghìn ", "ngàn ")) else 1
    return _SCALES[kind] * thousand, word


def _said_before(text: str, at: int) -> tuple[Qualifier | None, str, bool]:
    """What the words right before make of the number, and whether they surely do."""
    before = text[max(0, at - 40) : at]
    for pattern, qualifier in _BEFORE:
        if match := pattern.search(before):
            doubtful = (
                qualifier is Qualifier.OVER and _NOT_SURELY_OVER.search(before) and not _SURELY_OVER.search(before)
            )
            return qualifier, " ".join(match[0].split()), not doubtful
    return None, "", False
