"""Days, months and times of day in words, as they are announced: ngày mùng hai tháng chín, tháng tư, mười bảy giờ ba mươi phút."""

from __future__ import annotations

import re

from .context import DAY as SAYS_DAY
from .context import MONTH as SAYS_MONTH
from .context import MUNG, NAMED, Left
from .numbers import ONES, cardinal, digit_by_digit

DAY = r"(?:0?[1-9]|[12]\d|3[01])"
MONTH = r"(?:0?[1-9]|1[0-2])"
YEAR = r"(?:1[0-9]|20|21)\d\d"

_NUMBER_WORD = "|".join(("mùng", "mười", "mươi", "mốt", "tư", "lăm", *ONES))
_DAY_BEFORE = (
    r"(?<!\w)(?i:ngày|mùng|mồng|hôm|dịp|lễ|kỷ niệm|quốc khánh|sáng|(?<!đa )chiều|trưa|tối|đêm)"
    rf"(?:,?\s+(?:ngày|{_NUMBER_WORD})(?!\w))*"
)
# What a day follows, or another day of its month: "ngày mùng năm và 6/6".
AFTER_DAY = re.compile(
    rf"(?:{_DAY_BEFORE}\s+(?:và|đến|tới|[-–—])|(?<!\w)(?i:ngày|mùng|mồng|hôm|dịp|lễ|kỷ niệm|quốc khánh|sáng|(?<!đa )chiều"
    r"|trưa|tối|đêm))\s+$"
)
# ... and what another day perhaps follows: "từ ngày hai tháng chín đến 5/9", "ngày mùng năm, 6/6".
AFTER_DATE = re.compile(
    rf"{_DAY_BEFORE}(?:\s+tháng(?:\s+(?:{_NUMBER_WORD}))+(?:\s+(?:nghìn|trăm|linh|{_NUMBER_WORD}))*)?"
    r"(?:\s*,|\s+(?:và|đến|tới|[-–—]))\s+$"
)
_NOTHING = Left("")


def day_words(day: int, left: Left) -> str:
    """The day of a month after what is said to its left: "ngày" once, and "mùng" for the first ten; neither in a name."""
    if left.ends(MUNG) or left.ends(NAMED):
        return cardinal(day)
    mung = "mùng " if day <= 10 else ""
    return ("" if left.ends(SAYS_DAY) else "ngày ") + mung + cardinal(day)


def month_words(month: int, left: Left = _NOTHING) -> str:
    """The fourth is tháng tư."""
    return ("" if left.ends(SAYS_MONTH) else "tháng ") + ("tư" if month == 4 else cardinal(month))


def year_words(year: str) -> str:
    """The year; one of two digits is read as it is written."""
    said = digit_by_digit(year) if year[0] == "0" else cardinal(year)
    return f"năm {said}"


def date_words(day: str, month: str, year: str | None, left: Left) -> str:
    """ngày mười bảy tháng năm năm hai nghìn không trăm hai mươi tư"""
    words = [day_words(int(day), left), month_words(int(month))]
    return " ".join([*words, year_words(year)] if year else words)


def time_words(hour: str, minute: str | None, second: str | None = None) -> str:
    """The full hour has no minutes; five past is "không năm phút"."""
    words = [cardinal(hour), "giờ"]
    if (minute and int(minute)) or second:
        words += [_two_digits(minute or "0"), "phút"]
    return " ".join([*words, _two_digits(second), "giây"] if second else words)


def _two_digits(written: str) -> str:
    return digit_by_digit(written) if written[0] == "0" and int(written) else cardinal(written)
