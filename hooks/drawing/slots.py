"""HTML that is drawn once and filled many times."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from portal.fingerprint import digest

_SLOT = re.compile("\ue000([a-z]+)\ue001")  # private characters: no content may hold them


def slot(name: str) -> str:
    return f"\ue000{name}\ue001"


def in_bytes(html: str) -> bytes:
    """As MkDocs writes it: what UTF-8 does not know as HTML names it."""
    return html.encode("utf-8", "xmlcharrefreplace")


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
        """For `%`, which fills slots faster than anything else."""
        return "".join([f"%({part})s" if i % 2 else part.replace("%", "%%") for i, part in enumerate(self.parts)])

    @cached_property
    def _form_in_bytes(self) -> bytes:
        return in_bytes(self._form)

    @cached_property
    def name(self) -> str:
        return digest(*self.parts)
