"""Numbers as editors write them: plain, exact, and never guessed at."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Annotated, Any

from pydantic import BeforeValidator
from pydantic_core import PydanticCustomError

from .values import fault, scalar

MAX_DIGITS = 15

_INTEGER = re.compile(r"0|[1-9]\d*")
_DECIMAL = re.compile(r"-?(?:0|[1-9]\d*)(?:\.\d+)?")
_QUALIFIED = {"gần": "nearly", "trên": "over", "hơn": "over", "khoảng": "about", "ít nhất": "at_least"}


def integer(value: Any) -> int:
    """A count: a plain integer, not negative, at most MAX_DIGITS digits."""
    text = scalar(value).strip()
    if not _INTEGER.fullmatch(text):
        raise _not_a_number(text, whole=True)
    return int(_within_digits(text))


def decimal(value: Any) -> Decimal:
    """A plain decimal with a point, as exact as written."""
    text = scalar(value).strip()
    if not _DECIMAL.fullmatch(text):
        raise _not_a_number(text, whole=False)
    return Decimal(_within_digits(text))


def _not_negative(value: Any) -> Decimal:
    number = decimal(value)
    if number < 0:
        raise fault(f"`{value}` là số âm", f"hãy viết `{-number}`; chỉ `changes` mới có số âm")
    return number


def _within_digits(text: str) -> str:
    digits = sum(c.isdigit() for c in text)
    if digits > MAX_DIGITS:
        raise fault(
            f"`{text[:30]}` có {digits} chữ số, quá {MAX_DIGITS}", "hãy dùng đơn vị đo lớn hơn, ví dụ `ty-dong`"
        )
    return text


def _not_a_number(text: str, *, whole: bool) -> PydanticCustomError:
    word, _, rest = text.partition(" ")
    for said, qualifier in _QUALIFIED.items():
        if text.lower().startswith(said + " "):
            amount = plain_number(text[len(said) :].strip())
            if amount:
                return fault(f"`{text}` không phải là số", f"hãy viết `{{value: {amount}, qualifier: {qualifier}}}`")
    suggested = plain_number(text, whole=whole)
    if suggested:
        return fault(f"`{text}` không phải là số viết thuần", f"hãy viết `{suggested}`")
    if rest and (amount := plain_number(word)):
        return fault(f"`{text}` không phải là số", f"hãy viết `{amount}`, đơn vị để ở `unit_of_measure`")
    example = "1205" if whole else "1205 hoặc 3.5"
    return fault(f"`{text}` không phải là số", f"hãy viết chữ số thuần, ví dụ {example}")


def plain_number(text: str, *, whole: bool = False) -> str | None:
    """The plain form of a number written another way: "1.205" → "1205", "3,5" → "3.5", "037" → "37"."""
    compact = text.strip().replace("_", "").replace(" ", "").replace("\u00a0", "")
    sign = ""
    if compact[:1] in ("-", "−") and not whole:
        sign, compact = "-", compact[1:]
    grouped = re.fullmatch(r"(\d{1,3}(?:\.\d{3})+)(?:,(\d+))?", compact)
    comma = re.fullmatch(r"(\d+),(\d+)", compact)
    padded = re.fullmatch(r"0*(\d+)(?:\.(\d+))?", compact)
    if grouped:
        integer_part, fraction = grouped[1].replace(".", ""), grouped[2]
    elif comma:
        integer_part, fraction = comma[1], comma[2]
    elif padded:
        integer_part, fraction = padded[1], padded[2]
    else:
        return None
    if fraction and whole:
        return None
    return sign + (integer_part.lstrip("0") or "0") + (f".{fraction}" if fraction else "")


Count = Annotated[int, BeforeValidator(integer)]
Amount = Annotated[Decimal, BeforeValidator(_not_negative)]
SignedAmount = Annotated[Decimal, BeforeValidator(decimal)]
