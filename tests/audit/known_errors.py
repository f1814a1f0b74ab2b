"""Errors in markup that is Material's and not ours, each with the reason why it stays. One that no longer occurs is a fault."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class KnownError:
    """`message` is all that vnu says; `extract` must be in the markup it shows."""

    message: str
    extract: str
    reason: str


_AUTOCOMPLETE = (
    "Attribute “autocomplete” is only allowed when the input type is “color”, “date”, “datetime-local”, “email”, “hidden”, "
    "“month”, “number”, “password”, “range”, “search”, “tel”, “text”, “time”, “url”, or “week”."
)
_OUTSIDE_BLOCKS = "stands in Material's base.html outside of every block; it is never shown"

KNOWN: tuple[KnownError, ...] = tuple(
    KnownError(_AUTOCOMPLETE, f'type="checkbox" id="{name}" autocomplete="off"', _OUTSIDE_BLOCKS)
    for name in ("__drawer", "__search")
)
