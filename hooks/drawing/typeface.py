"""A font's own measures: which letters it has, how wide text is, where each letter stands.

Pillow alone would space letters by what is installed: with a system library (fribidi) as the font says, without it
as if `Tự` and `Văn` needed no kerning. So that a card is the same everywhere, the tables of the font are read here
(OpenType 1.9: cmap format 4, hmtx, glyf, and of GPOS pair adjustment of the first advance) and letters are placed
one by one. All measures are in ems, which is to say for a size of one pixel.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from struct import Struct, unpack_from
from typing import NamedTuple

from PIL import ImageFont
from portal.text import nfc, without_marks

_SHORT = Struct(">H")
_ADVANCE_ALONE = (4, 0)  # formats of the values of a pair: the first has an advance and no more, the second nothing


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
        count = self._short(4)
        records = [12 + 16 * number for number in range(count)]
        self._tables = {self.data[at : at + 4]: unpack_from(">I", self.data, at + 8)[0] for at in records}
        self._em = self._short(self._tables[b"head"] + 18)
        self._glyphs = dict(self._mapped(self._tables[b"cmap"]))
        self._sizes: dict[int, ImageFont.FreeTypeFont] = {}
        self._known_pairs: dict[tuple[int, int], float] = {}

    # --- text ---------------------------------------------------------------------

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
        return ord(char) in self._glyphs

    def at(self, size: int) -> ImageFont.FreeTypeFont:
        """The font to draw single letters with."""
        if size not in self._sizes:
            self._sizes[size] = ImageFont.truetype(str(self.path), size, layout_engine=ImageFont.Layout.BASIC)
        return self._sizes[size]

    def places(self, text: str) -> list[float]:
        """Where each letter begins, and after the last one where the text ends. The font has all letters."""
        at, before = 0.0, None
        found = []
        for glyph in self._glyphs_of(text):
            at += self._kerning(before, glyph) if before is not None else 0
            found.append(at)
            at += self._advance(glyph)
            before = glyph
        return [*found, at]

    def width(self, text: str) -> float:
        """To where the next letter would begin."""
        return self.places(text)[-1]

    def extent(self, text: str) -> Extent:
        """Where the ink of a text is. The font has all letters."""
        glyphs = self._glyphs_of(text)
        boxes = [(at, box) for at, glyph in zip(self.places(text), glyphs, strict=False) if (box := self._box(glyph))]
        if not boxes:
            return NO_INK
        return Extent(
            min(at + box.left for at, box in boxes),
            min(box.top for _, box in boxes),
            max(at + box.right for at, box in boxes),
            max(box.bottom for _, box in boxes),
        )

    def _glyphs_of(self, text: str) -> list[int]:
        return [self._glyphs[ord(char)] for char in text]

    # --- tables -------------------------------------------------------------------

    def _short(self, at: int) -> int:
        return _SHORT.unpack_from(self.data, at)[0]

    def _shorts(self, at: int, count: int, kind: str = "H") -> tuple[int, ...]:
        return unpack_from(f">{count}{kind}", self.data, at)

    def _mapped(self, at: int) -> Iterator[tuple[int, int]]:
        """Characters and their glyphs, by the first subtable, which is one of segments."""
        at += unpack_from(">I", self.data, at + 8)[0]
        if self._short(at) != 4:
            raise ValueError(f"{self.path.name}: cmap format {self._short(at)}")
        count = self._short(at + 6) // 2
        ends, starts = self._shorts(at + 14, count), self._shorts(at + 16 + 2 * count, count)
        deltas, ranges = self._shorts(at + 16 + 4 * count, count), self._shorts(at + 16 + 6 * count, count)
        for number, (start, end, delta, away) in enumerate(zip(starts, ends, deltas, ranges, strict=True)):
            for char in range(start, min(end, 0xFFFE) + 1):
                glyph = char
                if away:
                    glyph = self._short(at + 16 + 6 * count + 2 * number + away + 2 * (char - start))
                if (away == 0 or glyph) and (mapped := (glyph + delta) & 0xFFFF):
                    yield char, mapped

    def _advance(self, glyph: int) -> float:
        widest = self._short(self._tables[b"hhea"] + 34) - 1
        return self._short(self._tables[b"hmtx"] + 4 * min(glyph, widest)) / self._em

    def _box(self, glyph: int) -> Extent | None:
        """Of the ink of a glyph; None of a space."""
        is_long = self._short(self._tables[b"head"] + 50)
        loca = self._tables[b"loca"]
        if is_long:
            start, end = self._shorts(loca + 4 * glyph, 2, "I")
        else:
            start, end = (2 * place for place in self._shorts(loca + 2 * glyph, 2))
        if start == end:
            return None
        left, low, right, high = (part / self._em for part in self._shorts(self._tables[b"glyf"] + start + 2, 4, "h"))
        return Extent(left, -high, right, -low)

    # --- kerning ------------------------------------------------------------------

    def _kerning(self, first: int, second: int) -> float:
        """What is added to the advance of the first of two glyphs; nearly always less than nothing."""
        pair = (first, second)
        if pair not in self._known_pairs:
            found = (self._adjusted(at, first, second) for at in self._pair_tables)
            self._known_pairs[pair] = next((value for value in found if value is not None), 0) / self._em
        return self._known_pairs[pair]

    @cached_property
    def _pair_tables(self) -> list[int]:
        """Where the tables of pairs are, in the order in which they are asked."""
        at = self._tables.get(b"GPOS")
        if at is None:
            return []
        features, lookups = at + self._short(at + 6), at + self._short(at + 8)
        numbers: list[int] = []
        for record in range(features + 2, features + 2 + 6 * self._short(features), 6):
            if self.data[record : record + 4] == b"kern":
                feature = features + self._short(record + 4)
                numbers += self._shorts(feature + 4, self._short(feature + 2))
        found = []
        for number in sorted(set(numbers)):
            lookup = lookups + self._short(lookups + 2 + 2 * number)
            if self._short(lookup) == 2:
                found += [lookup + away for away in self._shorts(lookup + 6, self._short(lookup + 4))]
        return [table for table in found if self._shorts(table + 4, 2) == _ADVANCE_ALONE]

    def _adjusted(self, at: int, first: int, second: int) -> int | None:
        """What one table says of a pair; None when it says nothing, so that the next one is asked."""
        index = self._covered(at + self._short(at + 2), first)
        if index is None:
            return None
        if self._short(at) == 1:
            return self._of_pair(at + self._short(at + 10 + 2 * index), second)
        one = self._class_of(at + self._short(at + 8), first)
        other = self._class_of(at + self._short(at + 10), second)
        return self._shorts(at + 16 + 2 * (one * self._short(at + 14) + other), 1, "h")[0]

    def _of_pair(self, pairs: int, second: int) -> int | None:
        for record in range(pairs + 2, pairs + 2 + 4 * self._short(pairs), 4):
            if self._short(record) == second:
                return self._shorts(record + 2, 1, "h")[0]
        return None

    def _covered(self, at: int, glyph: int) -> int | None:
        """The place of a glyph among those a table covers."""
        count = self._short(at + 2)
        if self._short(at) == 1:
            covered = self._shorts(at + 4, count)
            return covered.index(glyph) if glyph in covered else None
        for record in range(at + 4, at + 4 + 6 * count, 6):
            start, end, index = self._shorts(record, 3)
            if start <= glyph <= end:
                return index + glyph - start
        return None

    def _class_of(self, at: int, glyph: int) -> int:
        if self._short(at) == 1:
            start, count = self._shorts(at + 2, 2)
            return self._short(at + 6 + 2 * (glyph - start)) if start <= glyph < start + count else 0
        for record in range(at + 4, at + 4 + 6 * self._short(at + 2), 6):
            start, end, own = self._shorts(record, 3)
            if start <= glyph <= end:
                return own
        return 0
