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


@dataclass(frozen=True)
class Slotted:
    """HTML with slots: text and the name of a slot in turn, beginning and ending with text."""

    parts: tuple[str, ...]

    @classmethod
    def cut(cls, drawn: str) -> Slotted:
        return cls(tuple(_SLOT.split(drawn)))

    def filled(self, values: Mapping[str, str]) -> str:
        return self._form % values

    @cached_property
    def _form(self) -> str:
        """For `%`, which fills slots faster than anything else."""
        return "".join([f"%({part})s" if i % 2 else part.replace("%", "%%") for i, part in enumerate(self.parts)])

    @cached_property
    def name(self) -> str:
        return digest(*self.parts)
