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


class InFiles:
    """HTML with slots, held as files hold it: a site has tens of thousands of them, and text takes twice the memory."""

    __slots__ = ("_form",)

    def __init__(self, form: str) -> None:
        self._form = in_bytes(form)

    @classmethod
    def cut(cls, drawn: str) -> InFiles:
        return cls(_form_of(_SLOT.split(drawn)))

    def filled(self, values: Mapping[bytes, bytes]) -> bytes:
        """The HTML with the values in the slots of these names."""
        return self._form % values


def _form_of(parts: Sequence[str]) -> str:
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
        return self._in_files.filled(values)

    @cached_property
    def _form(self) -> str:
        return _form_of(self.parts)

    @cached_property
    def _in_files(self) -> InFiles:
        return InFiles(self._form)

    @cached_property
    def name(self) -> str:
        return digest(*self.parts)
