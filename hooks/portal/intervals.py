"""What a number of a source says: not always a point. Exact decimals throughout."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from .schema.figure import Number, Qualifier

ZERO = Decimal(0)


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
    return UNKNOWN if number.qualifier is Qualifier.ABOUT else Interval(value, value)


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
