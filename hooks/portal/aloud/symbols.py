"""Symbols of the language, and the words they stand for: units of measure, signs, fractions, small digits.

What a campaign shortens itself stands in data/abbreviations.yml instead.
"""

from __future__ import annotations

import re

FRACTIONS = {
    "½": "một phần hai",
    "⅓": "một phần ba",
    "⅔": "hai phần ba",
    "¼": "một phần tư",
    "¾": "ba phần tư",
    "⅕": "một phần năm",
    "⅖": "hai phần năm",
    "⅗": "ba phần năm",
    "⅘": "bốn phần năm",
    "⅙": "một phần sáu",
    "⅚": "năm phần sáu",
    "⅐": "một phần bảy",
    "⅛": "một phần tám",
    "⅜": "ba phần tám",
    "⅝": "năm phần tám",
    "⅞": "bảy phần tám",
    "⅑": "một phần chín",
    "⅒": "một phần mười",
}

RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹"
LOWERED = "₀₁₂₃₄₅₆₇₈₉"
PLAIN_DIGITS = str.maketrans(RAISED + LOWERED, "0123456789" * 2)

# A digit ends a word as a blank does, because it becomes a word: km12, UBND5.
LETTER = rf"[^\W\d{''.join(FRACTIONS)}{RAISED}{LOWERED}]"
ENDS_WORD = f"(?!{LETTER})"

UNITS = {
    "km²": "ki-lô-mét vuông",
    "m²": "mét vuông",
    "dm²": "đề-xi-mét vuông",
    "cm²": "xăng-ti-mét vuông",
    "mm²": "mi-li-mét vuông",
    "km³": "ki-lô-mét khối",
    "m³": "mét khối",
    "dm³": "đề-xi-mét khối",
    "cm³": "xăng-ti-mét khối",
    "mm³": "mi-li-mét khối",
    "km": "ki-lô-mét",
    "m": "mét",
    "dm": "đề-xi-mét",
    "cm": "xăng-ti-mét",
    "mm": "mi-li-mét",
    "ha": "héc-ta",
    "kg": "ki-lô-gam",
    "g": "gam",
    "mg": "mi-li-gam",
    "l": "lít",
    "ml": "mi-li-lít",
    "h": "giờ",
    "s": "giây",
    "kV": "ki-lô-vôn",
    "kVA": "ki-lô-vôn am-pe",
    "kW": "ki-lô-oát",
    "MW": "mê-ga-oát",
    "kWh": "ki-lô-oát giờ",
    "Wp": "oát đỉnh",
    "kWp": "ki-lô-oát đỉnh",
    "MWp": "mê-ga-oát đỉnh",
    "dB": "đề-xi-ben",
    "cc": "xê xê",
    "µg": "mi-crô-gam",
    "μg": "mi-crô-gam",
    "tr": "triệu",
    "trđ": "triệu đồng",
    "tr.đ": "triệu đồng",
    "tr.đồng": "triệu đồng",
    "tr. đồng": "triệu đồng",
    "đ": "đồng",
    "₫": "đồng",
}
# Short for other things too (a bank, a league, a Roman five), so they stand right behind their number, and nothing is for each.
TIGHT_UNITS = {"V": "vôn", "W": "oát", "MB": "mê-ga-bai", "GB": "gi-ga-bai"}
_POWERS = re.compile(r"\^?([23])$")


def unit_name(written: str) -> str | None:
    """What a symbol is called, its power written any way: m2, m², m^2."""
    return UNITS.get(_POWERS.sub(lambda power: "²" if power[1] == "2" else "³", written))


def _alternatives(names: list[str]) -> str:
    return "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))


SQUARES = r"(?:\^?[23]|[²³])"
UNIT = rf"(?:[kdcm]?m{SQUARES}|{_alternatives([name for name in UNITS if name[-1] not in '²³'])})"
BARE_UNITS = ("km", "kg", "ha")  # are no words, so they are units where no number stands before, too
# What an amount is stated for each of, in words: "triệu đồng/người/năm".
PER = (
    "người",
    "đầu người",
    "hộ",
    "khẩu",
    "lao động",
    "năm",
    "tháng",
    "tuần",
    "ngày",
    "giờ",
    "phút",
    "giây",
    "vụ",
    "lứa",
    "sào",
    "mẫu",
    "con",
    "cây",
    "lần",
    "lượt",
    "suất",
    "tấn",
    "tạ",
    "lít",
    "chuyến",
    "buổi",
    "ca",
)
RATE = rf"/\s?(?P<per>{_alternatives(list(PER))}|{UNIT}){ENDS_WORD}"

SIGNS = {
    "%": "phần trăm",
    "‰": "phần nghìn",
    "±": "cộng trừ",
    "≈": "xấp xỉ",
    "≥": "lớn hơn hoặc bằng",
    "≤": "nhỏ hơn hoặc bằng",
    ">=": "lớn hơn hoặc bằng",
    "<=": "nhỏ hơn hoặc bằng",
    ">": "lớn hơn",
    "<": "nhỏ hơn",
    "=": "bằng",
    "×": "nhân",
    "÷": "chia",
    "+": "cộng",
    "&": "và",
    "§": "mục",
    "№": "số",
    "°": "độ",
    "℃": "độ C",
    "$": "đô la",
    "€": "ơ-rô",
    "~": "khoảng",
}
