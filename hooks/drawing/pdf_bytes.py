"""A PDF file as Chromium writes it, made the same whenever and wherever it is printed: no byte moves, so that its table of
places stays right."""

from __future__ import annotations

import re
from datetime import UTC, datetime

_DATE = re.compile(rb"(?<=Date \()D:\d{14}(?=\+00'00'\))")
_NODE = re.compile(rb"(?<=\(node)\d{8}(?=\))")


def steadied(pdf: bytes, moment: datetime | None) -> bytes:
    """The file with `moment` (aware; None leaves them) for the day it was made and changed, and with the places that its
    tags name numbered from 1: the browser's own numbers tell what else it has shown. Their order stays, as the tree of
    names in the file is looked up by it."""
    numbers = {name: f"{rank:08}".encode() for rank, name in enumerate(sorted(set(_NODE.findall(pdf))), 1)}
    numbered = _NODE.sub(lambda match: numbers[match[0]], pdf)
    if moment is None:
        return numbered
    made = moment.astimezone(UTC).strftime("D:%Y%m%d%H%M%S").encode()
    return _DATE.sub(made, numbered)
