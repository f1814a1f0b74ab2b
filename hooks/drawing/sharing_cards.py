"""What a card for sharing looks like: 1200 × 630 pixels, a JPEG file.

Many networks show the square in the middle alone, so all that must be read stands there, in the middle, and goes
beyond it only where it would be too small otherwise. The ground is the field's own colour, no darker than white text on
it needs; the rings at two corners only darken it further. No icons: Pillow draws no SVG.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from importlib.metadata import version
from io import BytesIO
from pathlib import Path
from typing import NamedTuple

import PIL
from PIL import Image, ImageColor, ImageDraw, features
from portal.fingerprint import digest
from portal.sharing import SharingCard

from .colours import LIGHT_PAPER, darkened
from .typeface import Typeface
from .typesetting import Block, Frame, fitted

WIDTH, HEIGHT = 1200, 630
MARGIN = 56
INK = LIGHT_PAPER
_FONTS = Path(__file__).parent / "fonts"
_ENOUGH = 80_000  # bytes
# Quality and subsampling, the next where a file is larger: colours are as sharp as light (0), or letters have a fringe,
# unless a card is so full of small letters that nobody sees it.
_QUALITIES = ((85, 0), (75, 0), (75, 2), (60, 2))

_SQUARE, _WIDE = HEIGHT - 2 * 18, WIDTH - 2 * MARGIN
_GAP, _EDGE_GAP = 28, 32  # between parts; between what stands in the middle and what at the edges
_PILL = 1.7, 0.62  # its height, and the room beside its text, in ems
_FINE = 4  # shapes are drawn so many times as large, for smooth edges

_CORNERS = ((0, HEIGHT), (WIDTH, 0))
_RINGS = ((420, 20), (310, 40), (200, 62))  # radius, and how dark of 255


class Line(NamedTuple):
    """A line of text: where it begins on its baseline, in pixels."""

    text: str
    face: Typeface
    size: int
    x: float
    y: int


class Pill(NamedTuple):
    """A ground of its own with round ends, and the text on it."""

    left: int
    top: int
    right: int
    bottom: int
    line: Line


class Composition(NamedTuple):
    """What stands where on a card."""

    lines: tuple[Line, ...]
    pill: Pill | None


class Artist:
    """Draws cards. The same card is the same bytes with the same Pillow."""

    def __init__(self) -> None:
        self.regular, self.bold = (Typeface(_FONTS / f"BeVietnamPro-{style}.ttf") for style in ("Regular", "Bold"))

    @cached_property
    def name(self) -> str:
        """Of what draws, beside this program: another one may draw other bytes."""
        libraries = (features.version("freetype2"), features.version("jpg"), features.version("libjpeg_turbo"))
        drawn_by = (PIL.__version__, version("uharfbuzz"), *map(str, libraries))
        return digest(*drawn_by, self.regular.data, self.bold.data)

    def draw(self, card: SharingCard) -> bytes:
        """The file of a card."""
        picture = self.picture(card)
        files = (_jpeg(picture, quality, subsampling) for quality, subsampling in _QUALITIES)
        return next((file for file in files if len(file) <= _ENOUGH), None) or _jpeg(picture, *_QUALITIES[-1])

    def picture(self, card: SharingCard) -> Image.Image:
        ground = darkened(card.colour, LIGHT_PAPER)
        composition = self.composed(card)
        image = self._ground(ground)
        pen = ImageDraw.Draw(image)
        for line in composition.lines:
            _write(pen, line, INK)
        if composition.pill:
            pill = composition.pill
            image.paste(INK, (pill.left, pill.top), _rounded(pill.right - pill.left, pill.bottom - pill.top))
            _write(pen, pill.line, ground)
        return image

    # --- what stands where -----------------------------------------------------------

    def composed(self, card: SharingCard) -> Composition:
        """The campaign at the top, the site at the bottom; between them what the card is of, as large as it can be."""
        campaign = self._block(self.bold, card.campaign, _one_line(32, 26), Frame(_WIDE, 100, range(30, 18, -2)))
        site = self._block(self.regular, card.site, _one_line(30, 24), Frame(_WIDE, 40, range(28, 14, -2)))
        kind = self._block(self.bold, card.kind, Frame(_SQUARE - 60, 44, range(28, 18, -2), lines=1))
        place = self._block(
            self.regular, card.place, Frame(_SQUARE, 110, range(48, 34, -2)), Frame(_WIDE, 110, range(44, 20, -2))
        )
        top = MARGIN + _with_gap(campaign)
        bottom = HEIGHT - MARGIN - _with_gap(site)
        pill_height = round(kind.size * _PILL[0]) if kind.lines else 0
        around = (pill_height + _GAP if pill_height else 0) + (place.height + _GAP if place.lines else 0)
        room = bottom - top - around
        title = self._block(
            self.bold,
            self._title(card),
            Frame(_SQUARE, room, range(108, 54, -4)),
            Frame(_WIDE, room, range(84, 24, -4)),
        )
        y = top + (bottom - top - around - title.height) / 2
        pill = _pill(kind, round(y), pill_height) if pill_height else None
        y += pill_height + _GAP if pill_height else 0
        lines = (
            *_centred(campaign, MARGIN),
            *_centred(title, y),
            *_centred(place, y + title.height + _GAP),
            *_centred(site, HEIGHT - MARGIN - site.height),
        )
        return Composition(lines, pill)

    def _title(self, card: SharingCard) -> str:
        """What stands largest; where nothing of it can be drawn the next best."""
        return next((text for text in (card.title, card.campaign, card.site) if self.bold.shown(text)), "")

    def _block(self, face: Typeface, text: str, *frames: Frame) -> Block:
        return fitted(face, face.shown(text), frames)

    def _ground(self, colour: str) -> Image.Image:
        """The colour under the rings: as a palette of its shades, in a sixth of the time that mixing takes."""
        parts = ImageColor.getrgb(colour)
        shaded = self._rings.convert("P")
        shaded.putpalette([round(part * (255 - darkness) / 255) for darkness in range(256) for part in parts])
        return shaded.convert("RGB")

    @cached_property
    def _rings(self) -> Image.Image:
        """How much darker the ground is, of 255, as rings that spread from two corners."""
        mask = Image.new("L", (WIDTH * _FINE, HEIGHT * _FINE))
        pen = ImageDraw.Draw(mask)
        for radius, darkness in _RINGS:
            for x, y in _CORNERS:
                pen.circle((x * _FINE, y * _FINE), radius * _FINE, fill=darkness)
        return mask.reduce(_FINE)


def _jpeg(picture: Image.Image, quality: int, subsampling: int) -> bytes:
    made = BytesIO()
    picture.save(made, "JPEG", quality=quality, subsampling=subsampling, optimize=True)
    return made.getvalue()


def _one_line(largest: int, smallest: int) -> Frame:
    return Frame(_SQUARE, 2 * largest, range(largest, smallest - 1, -2), lines=1)


def _with_gap(block: Block) -> float:
    return block.height + _EDGE_GAP if block.lines else 0


def _centred(block: Block, top: float) -> Iterator[Line]:
    for text, extent, baseline in zip(block.lines, block.extents, block.baselines, strict=True):
        x = (WIDTH - extent.width) / 2 - extent.left
        yield Line(text, block.face, block.size, x, round(top + baseline))


def _pill(block: Block, top: int, height: int) -> Pill:
    half = round(block.width / 2 + block.size * _PILL[1])
    (line,) = _centred(block, 0)
    capital = -block.face.extent("H").top * block.size
    line = line._replace(y=round(top + (height + capital) / 2))
    return Pill(WIDTH // 2 - half, top, WIDTH // 2 + half, top + height, line)


def _rounded(width: int, height: int) -> Image.Image:
    mask = Image.new("L", (width * _FINE, height * _FINE))
    box = (0, 0, width * _FINE - 1, height * _FINE - 1)
    ImageDraw.Draw(mask).rounded_rectangle(box, radius=height * _FINE // 2, fill=255)
    return mask.reduce(_FINE)


def _write(pen: ImageDraw.ImageDraw, line: Line, colour: str) -> None:
    """Letter by letter, where the font's own measures say."""
    font = line.face.at(line.size)
    for char, place in zip(line.text, line.face.places(line.text), strict=False):
        if char != " ":
            pen.text((line.x + place * line.size, line.y), char, fill=colour, font=font, anchor="ls")
