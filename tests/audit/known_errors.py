"""Errors in markup that is Material's and not ours, each with the reason why it stays. One that no longer occurs is a fault."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class KnownError:
    """`message` is all that vnu says; `extract` must be in the markup it shows."""

    message: str
    extract: str
    reason: str


KNOWN: tuple[KnownError, ...] = ()
