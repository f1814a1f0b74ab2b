"""Colours that can be read, by the contrast of WCAG 2.2 (relative luminance, success criteria 1.4.3 and 1.4.11)."""

from __future__ import annotations

from collections.abc import Iterator

LIGHT_PAPER, DARK_PAPER = "#ffffff", "#15171b"  # what pages are printed on: overrides/stylesheets
READABLE = 4.5
_STEPS = 50
_Colour = tuple[int, int, int]


def contrast(one: str, other: str) -> float:
    """Of two colours `#rrggbb`, from 1 (the same) to 21 (black and white)."""
    darker, lighter = sorted((_luminance(_parts(one)), _luminance(_parts(other))))
    return (lighter + 0.05) / (darker + 0.05)


def darkened(colour: str, ground: str) -> str:
    """The colour itself where it can be read on a light ground, else the least mixture with black that can."""
    return _first_readable(_mixtures(colour, 0), ground)


def lightened(colour: str, ground: str) -> str:
    """The colour itself where it can be read on a dark ground, else the least mixture with white that can."""
    return _first_readable(_mixtures(colour, 255), ground)


def _first_readable(colours: Iterator[str], ground: str) -> str:
    return next(colour for colour in colours if contrast(colour, ground) >= READABLE)


def _mixtures(colour: str, other: int) -> Iterator[str]:
    for step in range(_STEPS + 1):
        mixed = (round(part + (other - part) * step / _STEPS) for part in _parts(colour))
        yield "#" + "".join(f"{part:02x}" for part in mixed)


def _parts(colour: str) -> _Colour:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _luminance(colour: _Colour) -> float:
    red, green, blue = (_linear(part / 255) for part in colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
