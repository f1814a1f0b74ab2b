"""A font's own measures: which letters it has, how wide text is, where each letter stands.

Pillow alone would space letters by what is installed: with a system library (fribidi) as the font says, without it
as if `Tự` and `Văn` needed no kerning. So that a card is the same everywhere, HarfBuzz is asked where each letter stands, and each is
placed by itself. All measures are in ems, which is to say for a size of one pixel.
"""

from __future__ import annotations

import unicodedata
from functools import cached_property
from itertools import accumulate
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, NamedTuple

from PIL import ImageFont
from portal.text import nfc, without_marks

if TYPE_CHECKING:
    import uharfbuzz

# Letters are drawn by themselves: nothing may make one of two, or another of one.
_FEATURES = {"kern": True, **dict.fromkeys(("liga", "clig", "calt", "ccmp", "locl", "rlig", "rclt", "frac"), False)}


class Extent(NamedTuple):
    """Where the ink of a line is, from where it begins on its baseline: right and down are more."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def width(self) -> float:
        return self.right - self.left


NO_INK = Extent(0, 0, 0, 0)


class Typeface:
    """One TrueType font of Latin letters."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.data = path.read_bytes()
        self._sizes: dict[int, ImageFont.FreeTypeFont] = {}

    @cached_property
    def _harfbuzz(self) -> ModuleType:
        import uharfbuzz  # noqa: PLC0415 - most builds draw no card

        return uharfbuzz

    @cached_property
    def _font(self) -> uharfbuzz.Font:
        return self._harfbuzz.Font(self._harfbuzz.Face(self.data))

    @property
    def _em(self) -> int:
        return self._font.face.upem

    def shown(self, text: str) -> str:
        """What of a text can be drawn, on one line: a letter that the font lacks as its plain form (ƀ → b, ﬁ → fi), else
        not at all, as emoji and other scripts; a mark goes where no letter has it built in."""
        drawn = "".join(char if self._can_draw(char) else self._plain(char) for char in nfc(" ".join(text.split())))
        return " ".join(drawn.split())

    def _plain(self, char: str) -> str:
        if char.isspace():
            return " "
        plain = without_marks(unicodedata.normalize("NFKC", char))
        return "".join(part for part in plain if self._can_draw(part))

    def _can_draw(self, char: str) -> bool:
        return self.has(char) and unicodedata.category(char)[0] not in "CM"

    def has(self, char: str) -> bool:
        """The font has a glyph for it."""
        return bool(self._font.get_nominal_glyph(ord(char)))

    def at(self, size: int) -> ImageFont.FreeTypeFont:
        """The font to draw single letters with."""
        if size not in self._sizes:
            self._sizes[size] = ImageFont.truetype(str(self.path), size, layout_engine=ImageFont.Layout.BASIC)
        return self._sizes[size]

    def places(self, text: str) -> list[float]:
        """Where each letter begins, and after the last one where the text ends. The font has all letters."""
        advances = (position.x_advance for position in self._set(text).glyph_positions or ())
        return [at / self._em for at in accumulate(advances, initial=0)]

    def width(self, text: str) -> float:
        """To where the next letter would begin."""
        return self.places(text)[-1]

    def extent(self, text: str) -> Extent:
        """Where the ink of a text is. The font has all letters."""
        boxes = []
        for at, glyph in zip(self.places(text), self._set(text).glyph_infos or (), strict=False):
            box = self._font.get_glyph_extents(glyph.codepoint)
            if box.width:  # not of a space
                left, top = at + box.x_bearing / self._em, -box.y_bearing / self._em
                boxes.append(Extent(left, top, left + box.width / self._em, top - box.height / self._em))
        if not boxes:
            return NO_INK
        lefts, tops, rights, bottoms = zip(*boxes, strict=True)
        return Extent(min(lefts), min(tops), max(rights), max(bottoms))

    def _set(self, text: str) -> uharfbuzz.Buffer:
        """The text as it is set: a glyph for each letter."""
        buffer = self._harfbuzz.Buffer()
        buffer.add_str(text)
        buffer.direction, buffer.script, buffer.language = "ltr", "Latn", "vi"
        self._harfbuzz.shape(self._font, buffer, _FEATURES)
        return buffer
