"""The moment a build is of: given, or the wall clock. The only place that asks what time it is."""

from __future__ import annotations

from datetime import datetime

from pydantic_core import PydanticCustomError

from .schema.dates import VIETNAM, moment


class NotAMomentError(ValueError):
    """What was given for "now" is no date or time; the text says what would be."""


def moment_of(written: str | None) -> datetime:
    """ISO date or date-time, Viet Nam's time without an offset; the wall clock when nothing is given."""
    if not written:
        return datetime.now(VIETNAM)
    try:
        return moment(written).at
    except PydanticCustomError as error:
        context = error.context or {}
        raise NotAMomentError(f"{context['message']}; {context['hint']}") from None
