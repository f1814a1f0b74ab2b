"""Pictures as they lie under docs/assets/: what kind they are, how large, whether they can be shown, and as which files
they are published.

The files themselves are published never: they hold where and with what a photo was taken. What is published is made
anew from the pixels, in the widths below.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path
from typing import NamedTuple

from .fingerprint import digest
from .text import slugify

WIDTHS = (480, 960, 1600)  # pixels: a phone's, a phone's with many points, a desk's
FOLDER = "anh"  # of the files made from pictures, in the site
MAX_BYTES = 30_000_000
MAX_SIDE = 16_383  # pixels: WebP has no more
MAX_PIXELS = 50_000_000  # as the best phones take; what is larger fills the memory when it is opened
_PUBLISHED_NAME = 12  # letters of a digest, to tell pictures apart that are called the same
_LONGEST_STEM = 40


class Kind(StrEnum):
    """What a picture is, by what its bytes say."""

    JPEG = "JPEG"
    PNG = "PNG"
    GIF = "GIF"
    WEBP = "WebP"
    AVIF = "AVIF"
    SVG = "SVG"


SUFFIXES: Mapping[str, Kind] = {
    ".jpg": Kind.JPEG,
    ".jpeg": Kind.JPEG,
    ".png": Kind.PNG,
    ".gif": Kind.GIF,
    ".webp": Kind.WEBP,
    ".avif": Kind.AVIF,
    ".svg": Kind.SVG,
}
# Pictures too, but browsers show none of them, or not all do.
_REFUSED = re.compile(
    r"\.(?:bmp|tiff?|tga|mpo|insp|arw|cr3|orf|rw2|raf|pef|srw|heic|heif|jxl|jp2|jfif|jpe|psd|raw|cr2|nef|dng|ai|eps|wmf|emf|svgz|apng)$",
    re.I,
)


class Picture(NamedTuple):
    """`name` names its bytes. The size is in pixels, as it is shown: turned upright. With a `message` it can't be shown, and
    `hint` says how to mend it. `moves`: it has more than one frame."""

    name: str
    kind: Kind
    width: int = 0
    height: int = 0
    moves: bool = False
    message: str = ""
    hint: str = ""

    @property
    def widths(self) -> tuple[int, ...]:
        """Of the files made of it, growing: none is wider than the picture. None of a drawing, which has no pixels."""
        if self.kind is Kind.SVG or self.message:
            return ()
        own = min(self.width, WIDTHS[-1])
        return (*(width for width in WIDTHS if width < own), own)

    def height_at(self, width: int) -> int:
        """In pixels, for a file of this width."""
        return scaled(self.width, self.height, width)

    def stem(self, path: str) -> str:
        """The site path of the files made of the picture at `path` (from docs/), before width and suffix. It changes with
        the bytes, so that hosts and browsers may keep each for good."""
        called = slugify(path.rpartition("/")[2].rpartition(".")[0])[:_LONGEST_STEM].strip("-")
        return f"/{FOLDER}/{called or 'anh'}-{self.name[:_PUBLISHED_NAME]}"


Pictures = Mapping[str, Picture]  # by path from docs/
NO_PICTURES: Pictures = {}


def scaled(width: int, height: int, to: int) -> int:
    """The height, in whole pixels, of a picture of this size that is drawn `to` so many pixels wide."""
    return max(1, round(height * to / width))


def name_of(pictures: Pictures) -> str:
    """Names all that pages say of them."""
    return digest(*(part for path, picture in sorted(pictures.items()) for part in (path, *map(str, picture))))


def is_picture(path: str) -> bool:
    """Whether a file says it is one, by its suffix."""
    return suffix_of(path) in SUFFIXES or bool(_REFUSED.search(path))


def suffix_of(path: str) -> str:
    """Of a path, with its dot, in small letters."""
    return Path(path).suffix.lower()
