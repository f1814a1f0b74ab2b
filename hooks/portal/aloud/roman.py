"""Roman numerals, where the words before them leave no doubt that they are numerals: quý IV, khóa XIII, Đại hội lần thứ XIV."""

from __future__ import annotations

import re

from .symbols import ENDS_WORD

_VALUES = {"I": 1, "V": 5, "X": 10, "L": 50}
_WRITTEN = re.compile(r"(?=.)L?(?:XL|X{0,3})(?:IX|IV|V?I{0,3})|XL(?:IX|IV|V?I{0,3})")
NUMBERED = re.compile(
    r"(?i:(?<!\w)(?:quý|thế kỷ|đại hội(?: đảng)?|hội nghị|thứ|khóa|khoá|nhiệm kỳ|cấp|loại|hạng|bậc|chương|phần|mục|phụ lục"
    r"|khu vực|vùng|đợt|kỳ|vòng|tập|quân khu|giai đoạn|lần|tiểu mục|trung ương|biểu|hồi))\s+$"
)
AFTER_THU = re.compile(r"(?<!\w)(?i:thứ)\s+$")
NUMERAL = re.compile(rf"[IVXL]+{ENDS_WORD}")
TO_NUMERAL = re.compile(rf"\s*[-–—]\s*([IVXL]+){ENDS_WORD}")
LIST = re.compile(r"(?:,|\s(?:và|đến|tới|hoặc))\s+")  # between two of them
BEGINS = re.compile(r"[IVXL]+(?:[.)]\s+(?![A-ZĐ]\.)|\s*[-–:]\s)")  # a heading


def roman_value(written: str) -> int | None:
    """None for what is no numeral, and for L alone, which is a letter more often."""
    if written == "L" or not _WRITTEN.fullmatch(written):
        return None
    values = [_VALUES[letter] for letter in written]
    return sum(-one if one < after else one for one, after in zip(values, [*values[1:], 0], strict=True))
