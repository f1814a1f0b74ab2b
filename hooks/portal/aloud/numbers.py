"""Numbers in words, so that whoever hears them can write down the very number.

Groups of three digits are read from the left with nghìn, triệu, tỷ. The first group is read plainly (1.000 → một nghìn), every
later one in full, with its hundreds ("không trăm linh năm"): without them "một nghìn năm" might be 1.005, 1.050 or 1.500. A
group of zeros is not read, because the names of the others say where they stand: 1.000.005 → một triệu không trăm linh năm. Beyond
tỷ the same begins anew: nghìn tỷ, triệu tỷ, tỷ tỷ.
"""

from __future__ import annotations

ONES = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
NUMBER_WORDS = (*ONES, "mười", "mươi", "mốt", "tư", "lăm", "linh", "trăm", "nghìn", "triệu", "tỷ")
_AFTER_TENS = {1: "mốt", 4: "tư", 5: "lăm"}  # after mươi; after mười only lăm: mười một, mười bốn
_GROUPS = ("triệu", "nghìn", "")  # of the nine digits up to a tỷ


def decimal(whole: str, fraction: str | None) -> str:
    """Digits before and after the comma; what begins with zeros is a code or a telephone number, read digit by digit."""
    words = digit_by_digit(whole) if len(whole) > 1 and whole[0] == "0" else cardinal(whole)
    return f"{words} phẩy {after_comma(fraction)}" if fraction else words


def after_comma(fraction: str) -> str:
    """Up to three digits are read as a number (325,124 → một trăm hai mươi tư; 2,50 → năm mươi); digit by digit what begins
    with a zero (99,08 → không tám) and what is longer. So 2,5 and 2,50 sound apart, and no digit is lost."""
    if fraction[0] == "0" or len(fraction) > 3:
        return digit_by_digit(fraction)
    return cardinal(fraction)


def digit_by_digit(digits: str) -> str:
    return " ".join(ONES[int(digit)] for digit in digits)


def cardinal(number: int | str) -> str:
    """A whole number of any size, given as a number or as its digits."""
    digits = str(number).lstrip("0") or "0"
    if digits == "0":
        return ONES[0]
    nines = [digits[max(0, end - 9) : end] for end in range(len(digits), 0, -9)][::-1]
    words = _below_billion(nines[0], first=True)
    for nine in nines[1:]:
        words += ["tỷ", *_below_billion(nine, first=False)]
    return " ".join(words)


def _below_billion(digits: str, *, first: bool) -> list[str]:
    if first and len(digits) <= 3:
        return _group(int(digits), in_full=False)
    words: list[str] = []
    for start, name in zip((0, 3, 6), _GROUPS, strict=True):
        value = int(digits.zfill(9)[start : start + 3])
        if value:
            words += [*_group(value, in_full=bool(words) or not first), name]
    return [word for word in words if word]


def _group(value: int, *, in_full: bool) -> list[str]:
    hundreds, rest = divmod(value, 100)
    tens, ones = divmod(rest, 10)
    words = [ONES[hundreds], "trăm"] if hundreds or in_full else []
    if tens == 0:
        linh = ["linh"] if words else []
        return [*words, *linh, ONES[ones]] if ones else words
    words += ["mười"] if tens == 1 else [ONES[tens], "mươi"]
    if ones:
        words.append("lăm" if ones == 5 else ONES[ones] if tens == 1 else _AFTER_TENS.get(ones, ONES[ones]))
    return words


def ordinal(number: int) -> str:
    """What follows "thứ": nhất, hai, ba, tư, năm."""
    return {1: "nhất", 4: "tư"}.get(number) or cardinal(number)
