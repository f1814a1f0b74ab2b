"""A picture in HTML: its files by width, its size, so that nothing moves when it comes, and when it is fetched.

Knows of pictures as they are published alone, so bodies and templates make the same of them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

from .pictures import scaled

# How wide pictures are drawn, as `sizes` says it (there em is 16 px): in the column of text, over all of the page, in a
# card, in a gallery.
IN_TEXT = "(min-width: 60em) 800px, calc(100vw - 48px)"
SIZES = {
    "text": IN_TEXT,
    "page": "(min-width: 60em) 1200px, calc(100vw - 48px)",
    "gallery": "(min-width: 60em) 400px, (min-width: 30em) 45vw, calc(100vw - 48px)",
}


class PictureFiles(NamedTuple):
    """The files made of a picture: `stem` begins the address of each. One without `widths` is shown as it is. The size is
    that of the picture in pixels."""

    stem: str
    widths: tuple[int, ...]
    width: int
    height: int

    @property
    def largest(self) -> str:
        """The address of the largest JPEG, for those who can choose none; empty where there are no files."""
        return f"{self.stem}-{self.widths[-1]}.jpg" if self.widths else ""

    def small(self, address: str) -> str:
        """The address of the smallest file without its suffix; of a drawing its own `address`, which has one."""
        return f"{self.stem}-{self.widths[0]}" if self.widths else address


def picture_html(files: PictureFiles, address: str, attributes: str, sizes: str, *, lazy: bool = True) -> str:
    """The element: `attributes` are those of the picture beside what is said here, escaped, each after a space. `address` is
    that of the picture itself."""
    when = ' loading="lazy" decoding="async"' if lazy else ' fetchpriority="high"'
    said = f'{attributes} width="{files.width}" height="{files.height}"{when}>'
    if not files.widths:
        return f'<img src="{address}"{said}'
    widths = files.widths
    sets = {
        suffix: ", ".join(f"{files.stem}-{width}.{suffix} {width}w" for width in widths) for suffix in ("webp", "jpg")
    }
    plain = f"{files.stem}-{widths[min(1, len(widths) - 1)]}.jpg"
    return (
        f'<picture><source type="image/webp" srcset="{sets["webp"]}" sizes="{sizes}">'
        f'<img src="{plain}" srcset="{sets["jpg"]}" sizes="{sizes}"{said}</picture>'
    )


def cover_html(address: str, alt: str) -> str:
    """The picture of a card, of which the stylesheet cuts the same piece everywhere; `address` is as `PictureFiles.small`
    says, `alt` is escaped. overrides/javascripts/search/drawing.js makes the same."""
    drawn = f'alt="{alt}" width="480" height="320" loading="lazy" decoding="async">'
    if "." in address.rpartition("/")[2]:
        return f'<picture class="portal-card__cover"><img src="{address}" {drawn}</picture>'
    source = f'<source type="image/webp" srcset="{address}.webp">'
    return f'<picture class="portal-card__cover">{source}<img src="{address}.jpg" {drawn}</picture>'


_IMG = re.compile(r"<img( [^>]*)>")
_ATTRIBUTE = re.compile(r' ([a-z]+)="([^"]*)"')
_OWN = frozenset({"src", "width", "height"})


def pictured(clean: str, pictures: Mapping[str, PictureFiles]) -> str:
    """Sanitised HTML with each picture as its files, known by the address of its element. There `<` and `>` are of tags
    alone, also within values."""

    def drawn(tag: re.Match[str]) -> str:
        attributes = dict(_ATTRIBUTE.findall(tag[1]))
        files = pictures.get(attributes.get("src", ""))
        if files is None:
            return tag[0]
        others = "".join(f' {name}="{value}"' for name, value in attributes.items() if name not in _OWN)
        wanted = attributes.get("width", "")
        if not (wanted.isdecimal() and 0 < int(wanted) < files.width):
            return picture_html(files, attributes["src"], others, IN_TEXT)
        width = int(wanted)  # an editor wants it smaller
        smaller = files._replace(width=width, height=scaled(files.width, files.height, width))
        return picture_html(smaller, attributes["src"], others, f"{width}px")

    return _IMG.sub(drawn, clean) if pictures else clean
