"""What a number of a source says: not always a point. Exact decimals throughout."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_DOWN, ROUND_HALF_UP, Context, Decimal, localcontext

from .schema.figure import Number, Qualifier

ZERO = Decimal(0)
HUNDRED = Decimal(100)

# More digits than sums and products of numbers an editor may write can have.
_DIGITS = 200


def exactly() -> AbstractContextManager[Context]:
    """The context in which sums and products lose nothing, however long the numbers."""
    return localcontext(Context(prec=_DIGITS))


@dataclass(frozen=True)
class Interval:
    """Everything a number can mean; `high` is None where there is no upper end. An open end is not itself meant."""

    low: Decimal
    high: Decimal | None
    open_low: bool = False
    open_high: bool = False

    @property
    def exact(self) -> bool:
        return self.low == self.high and not (self.open_low or self.open_high)

    def may_equal(self, other: Interval) -> bool:
        """Is there a value that both can mean?"""
        return self.may_be_at_most(other) and other.may_be_at_most(self)

    def may_be_at_most(self, other: Interval) -> bool:
        """Can this mean a value that is at most one that the other can mean?"""
        if other.high is None or self.low < other.high:
            return True
        return self.low == other.high and not (self.open_low or other.open_high)

    def shifted(self, by: Decimal) -> Interval:
        """Everything that this and `by` more can mean."""
        return replace(self, low=self.low + by, high=None if self.high is None else self.high + by)

    def nearest_rounded(self, stated: Decimal) -> Decimal:
        """Of what this can mean, rounded to the digits of `stated`, the value nearest to it."""
        digit = _last_digit(stated)
        if self.high is not None and stated > self.high:
            toward_zero = self.open_high and self.high > 0
            return self.high.quantize(digit, ROUND_HALF_DOWN if toward_zero else ROUND_HALF_UP)
        toward_zero = self.open_low and self.low < 0
        return self.low.quantize(digit, ROUND_HALF_DOWN if toward_zero else ROUND_HALF_UP)


def point(value: Decimal) -> Interval:
    return Interval(value, value)


# What nobody counted: anything from nothing up.
UNKNOWN = Interval(ZERO, None)


def meant(number: Number, factor: Decimal = Decimal(1)) -> Interval:
    """The number as said, times `factor`: "gần 7.000" is less than 7000, "trên 400" more, "khoảng" proves nothing."""
    value = number.value * factor
    if number.qualifier is Qualifier.OVER:
        return Interval(value, None, open_low=True)
    if number.qualifier is Qualifier.AT_LEAST:
        return Interval(value, None)
    if number.qualifier is Qualifier.NEARLY:
        return Interval(ZERO, value, open_high=True)
    return UNKNOWN if number.qualifier is Qualifier.ABOUT else point(value)


def total_of(parts: Iterable[Interval]) -> Interval:
    """Everything the sum of the parts can mean."""
    low, high, open_low, open_high = ZERO, ZERO, False, False
    unbounded = False
    for part in parts:
        low += part.low
        open_low |= part.open_low
        unbounded |= part.high is None
        high += part.high or ZERO
        open_high |= part.open_high
    return Interval(low, None if unbounded else high, open_low, open_high and not unbounded)


def rest_of(whole: Interval, parts: Iterable[Interval]) -> Interval:
    """Everything that can be left of the whole beside the parts; never less than nothing."""
    if whole.high is None:
        return UNKNOWN
    return Interval(ZERO, max(ZERO, whole.high - total_of(parts).low))


def percent_of(part: Interval, whole: Interval) -> Interval | None:
    """Everything the part can be of the whole, in percent; None of a whole that is nothing."""
    if whole.high == 0:
        return None
    low, open_low = ZERO, False
    if whole.high is not None:
        low, open_low = part.low * HUNDRED / whole.high, part.open_low or whole.open_high
    if part.high is None or whole.low == 0:
        return Interval(low, None, open_low)
    return Interval(low, part.high * HUNDRED / whole.low, open_low, part.open_high or whole.open_low)


def rounding_to(stated: Decimal) -> Interval:
    """Everything that is `stated` when rounded to its digits, a half away from zero."""
    half = _last_digit(stated) / 2
    return Interval(stated - half, stated + half, open_low=stated <= 0, open_high=stated >= 0)


def _last_digit(value: Decimal) -> Decimal:
    return Decimal(1).scaleb(int(value.as_tuple().exponent))
