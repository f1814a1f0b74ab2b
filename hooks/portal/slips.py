"""The likely slip behind a broken relation: two digits swapped, one digit off, a unit or a comma misread."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from .intervals import exactly, point
from .measured import Comparison, Term, Violation, plain

_ONE_DIGIT = "sai một chữ số"
_SWAPPED = "đảo hai chữ số"
_THOUSAND = "nhầm đơn vị nghìn lần"
_COMMA = "sai dấu phẩy"

_AT_MOST = (Comparison.PART, Comparison.INCLUDED, Comparison.OUT_OF, Comparison.ORDER)
_PERCENT = (Comparison.SHARE, Comparison.CHANGE_PERCENT)


@dataclass(frozen=True)
class Slip:
    """A number that would make the relation hold if it were written another way."""

    written: Decimal
    meant: Decimal
    how: str


def slips(violation: Violation) -> tuple[Slip, ...]:
    """Two digits swapped, a comma or a thousand-fold unit misread; only if there is no such, one digit off. A number
    said with "gần" or "trên" has no digits to mistake."""
    with exactly():
        found = [Slip(written, meant, how) for written, meant in _pairs(violation) if (how := _how(written, meant))]
        if violation.comparison in _PERCENT:
            found += [Slip(w, m, _COMMA) for w, m in _pairs(violation) if m and w in _ten_fold(m)]
        if violation.comparison in _AT_MOST:
            found = [slip for slip in found if slip.how == _SWAPPED] + list(_too_large_by_a_unit(violation))
    strong = tuple(slip for slip in found if slip.how != _ONE_DIGIT)
    return strong or tuple(found)


def _ten_fold(value: Decimal) -> tuple[Decimal, ...]:
    return (value * 10, value * 100, value / 10, value / 100)


def _pairs(violation: Violation) -> Iterator[tuple[Decimal, Decimal]]:
    """Each number that may be the wrong one, with the value that would make the relation hold."""
    numbers = [*violation.terms, *([violation.whole] if violation.whole else [])]
    if any(not term.amount.exact for term in numbers):
        return
    if violation.comparison is Comparison.SUM and violation.whole:
        gap = sum((term.said for term in violation.terms), Decimal(0)) - violation.whole.said
        yield _pair(violation.whole, violation.whole.said + gap)
        for term in violation.terms:
            yield _pair(term, term.said - gap)
    elif violation.comparison is Comparison.CHANGE:
        gap = violation.computed - violation.stated
        now, then = violation.terms
        yield violation.stated, violation.computed
        yield _pair(now, now.said - gap * now.factor)
        yield _pair(then, then.said + gap * now.factor)
    elif violation.comparison in _PERCENT:
        yield violation.stated, violation.computed
    elif violation.comparison in (*_AT_MOST, Comparison.REPEAT) and len(violation.terms) == 1 and violation.whole:
        yield _pair(violation.whole, violation.terms[0].said)
        if violation.comparison is not Comparison.REPEAT:
            yield _pair(violation.terms[0], violation.whole.said)


def _pair(term: Term, amount: Decimal) -> tuple[Decimal, Decimal]:
    return term.number.value, plain(amount / term.factor)


def _too_large_by_a_unit(violation: Violation) -> Iterator[Slip]:
    """Of amounts whose units convert, such as money, the one that is at most the other when taken a thousand times
    smaller. Things counted whole have no such unit."""
    if violation.whole is None or len(violation.terms) != 1:
        return
    pair = (violation.whole, violation.terms[0])
    large, small = sorted(pair, key=lambda term: term.said, reverse=True)
    meant = large.number.value / 1000
    if large.factor != 1 and large.amount.exact and point(large.said / 1000).may_be_at_most(small.amount):
        yield Slip(large.number.value, plain(meant), _THOUSAND)


def _how(written: Decimal, meant: Decimal) -> str:
    """The slip that makes one of the other; empty when there is none, or the value can't be meant."""
    if meant == 0 or (meant < 0) != (written < 0):
        return ""
    if written in (meant * 1000, meant / 1000):
        return _THOUSAND
    exponent = min(int(written.as_tuple().exponent), int(meant.as_tuple().exponent), 0)
    width = 1 - exponent
    one, two = (str(int(abs(value).scaleb(-exponent))).rjust(width, "0") for value in (written, meant))
    if len(one) != len(two):
        return ""
    off = [index for index in range(len(one)) if one[index] != two[index]]
    if len(off) == 1:  # of a short number every other one is a digit away
        return _ONE_DIGIT if len(one) > 2 else ""
    swapped = len(off) == 2 and one[off[0]] == two[off[1]] and one[off[1]] == two[off[0]]
    return _SWAPPED if swapped else ""
