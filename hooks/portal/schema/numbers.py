"""Numbers as editors write them: plain, exact, and never guessed at."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal
from typing import Annotated, Any

from pydantic import BeforeValidator
from pydantic_core import PydanticCustomError

from .values import fault, written

MAX_DIGITS = 15

_INTEGER = re.compile(r"0|[1-9][0-9]*")
_DECIMAL = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?")
_WITH_A_UNIT = re.compile(r"([-+−–]?[0-9][0-9.,_ \u00a0]*?)\s*([^0-9.,_\s][^0-9]*)")
_QUALIFIED = (
    ("gần", "nearly"),
    ("trên", "over"),
    ("hơn", "over"),
    ("khoảng", "about"),
    ("ít nhất", "at_least"),
)


def integer(value: Any) -> int:
    """A count: a plain integer, not negative, at most MAX_DIGITS digits."""
    text = written(value)
    if not _INTEGER.fullmatch(text):
        raise _not_a_number(text, whole=True)
    return int(_within_digits(text))


def decimal(value: Any) -> Decimal:
    """A plain decimal with a point, as exact as written."""
    return _decimal(value)


def _decimal(value: Any, *, qualified: bool = False, unit: bool = False) -> Decimal:
    text = written(value)
    if not _DECIMAL.fullmatch(text):
        raise _not_a_number(text, qualified=qualified, unit=unit)
    return Decimal(_within_digits(text))


def not_negative(value: Any) -> Decimal:
    """A plain decimal, zero or more."""
    number = decimal(value)
    if number < 0:
        raise fault(f"`{value}` là số âm", f"hãy viết `{-number}`")
    return number


def with_unit(value: Any) -> Decimal:
    """A plain decimal beside which `unit_of_measure` may stand."""
    return _decimal(value, unit=True)


def reported(value: Any) -> Decimal:
    """The value of a figure, beside which `qualifier` and `unit_of_measure` may stand."""
    number = _decimal(value, qualified=True, unit=True)
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


def _not_a_number(
    text: str, *, whole: bool = False, qualified: bool = False, unit: bool = False
) -> PydanticCustomError:
    """The fault of a text that is no number here, with the form that is right in this place."""
    if suggested := plain_number(text, whole=whole):
        return fault(f"`{text}` không phải là số viết thuần", f"hãy viết `{suggested}`")
    word, qualifier = next((known for known in _QUALIFIED if text.lower().startswith(known[0] + " ")), ("", ""))
    rest = text[len(word) :].strip()
    with_a_unit = _WITH_A_UNIT.fullmatch(rest)
    amount = plain_number(with_a_unit[1] if with_a_unit else rest, whole=whole)
    if amount and (word or with_a_unit):
        said = f"{{value: {amount}, qualifier: {qualifier}}}" if word and qualified else amount
        where = ", đơn vị để ở `unit_of_measure`" if with_a_unit and unit else ""
        return fault(f"`{text}` không phải là số", f"hãy viết `{said}`{where}")
    if whole and plain_number(text, whole=False) and text[0] in "-−–":
        return fault(f"`{text}` là số âm", "hãy viết số không âm, ví dụ 1205")
    kind = "số nguyên" if whole and plain_number(text) else "số"
    example = "1205" if whole else "1205 hoặc 3.5"
    return fault(f"`{text}` không phải là {kind}", f"hãy viết chữ số thuần, ví dụ {example}")


def plain_number(text: str, *, whole: bool = False) -> str | None:
    """The plain form of a number written another way: "1.205" → "1205", "3,5" → "3.5", "037" → "37"."""
    compact = "".join(str(unicodedata.decimal(c, c)) for c in text if c not in "_ \u00a0")
    sign = ""
    if compact[:1] in ("-", "−", "–", "+"):
        sign, compact = "" if compact[0] == "+" else "-", compact[1:]
    if sign and whole:
        return None
    grouped = re.fullmatch(r"([0-9]{1,3}(?:\.[0-9]{3})+)(?:,([0-9]+))?", compact)
    comma = re.fullmatch(r"([0-9]+),([0-9]+)", compact)
    padded = re.fullmatch(r"0*([0-9]+)(?:\.([0-9]+))?", compact)
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
Amount = Annotated[Decimal, BeforeValidator(not_negative)]
SignedAmount = Annotated[Decimal, BeforeValidator(decimal)]
MeasuredAmount = Annotated[Decimal, BeforeValidator(with_unit)]
ReportedAmount = Annotated[Decimal, BeforeValidator(reported)]
