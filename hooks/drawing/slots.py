"""HTML that is drawn once and filled many times."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from portal.fingerprint import digest

_SLOT = re.compile("\ue000([a-z]+)\ue001")  # private characters: no content may hold them


def slot(name: str) -> str:
    return f"\ue000{name}\ue001"


def in_bytes(html: str) -> bytes:
    """As MkDocs writes it: what UTF-8 does not know as HTML names it."""
    return html.encode("utf-8", "xmlcharrefreplace")


class Form:
    """HTML with slots of which a site holds tens of thousands: as files hold it, in half of the memory of text."""

    __slots__ = ("_form",)

    def __init__(self, drawn: str) -> None:
        self._form = in_bytes(_to_fill(_SLOT.split(drawn)))

    def filled(self, values: Mapping[bytes, bytes]) -> bytes:
        return self._form % values


def _to_fill(parts: Sequence[str]) -> str:
    """Text and the name of a slot in turn as a form for `%`, which fills slots faster than anything else."""
    return "".join([f"%({part})s" if i % 2 else part.replace("%", "%%") for i, part in enumerate(parts)])


@dataclass(frozen=True)
class Slotted:
    """HTML with slots: text and the name of a slot in turn, beginning and ending with text."""

    parts: tuple[str, ...]

    @classmethod
    def cut(cls, drawn: str) -> Slotted:
        return cls(tuple(_SLOT.split(drawn)))

    def filled(self, values: Mapping[str, str]) -> str:
        return self._form % values

    def filled_in_bytes(self, values: Mapping[bytes, bytes]) -> bytes:
        """The same, as files hold it: contents may be tens of megabytes, of which no text is made."""
        return self._form_in_bytes % values

    @cached_property
    def _form(self) -> str:
        return _to_fill(self.parts)

    @cached_property
    def _form_in_bytes(self) -> bytes:
        return in_bytes(self._form)

    @cached_property
    def name(self) -> str:
        return digest(*self.parts)
