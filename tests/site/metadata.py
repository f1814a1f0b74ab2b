"""What a picture holds beside its pixels, read in two ways that share no code with what removes it: by ExifRead, and by the
parts its format names."""

from __future__ import annotations

import struct
from io import BytesIO

import exifread

# Of a JPEG: the frame of JFIF, tables and pixels. APP1 (EXIF, XMP), APP2 (profiles), APP13 (IPTC) and comments are none of them.
_JPEG = {0xE0, 0xDB, 0xC0, 0xC2, 0xC4, 0xDD, 0xDA}
_PNG = {"IHDR", "PLTE", "tRNS", "IDAT", "IEND"}
_WEBP = {"VP8 ", "VP8L", "VP8X", "ALPH"}
_GIF = {0x2C, 0xF9}  # a picture, and how it is shown


def notes(data: bytes) -> list[str]:
    """Each thing it holds beside its pixels; empty when there is none."""
    tags = exifread.process_file(BytesIO(data), details=True)
    return [*(f"exif {tag}" for tag in tags), *_parts(data)]


def _parts(data: bytes) -> list[str]:
    if data[:2] == b"\xff\xd8":
        return [f"jpeg {marker:#x}" for marker in _jpeg(data) if marker not in _JPEG]
    if data[:8] == b"\x89PNG\r\n\x1a\n":
        return [f"png {name}" for name in _chunks(data, 8, ">", 12) if name not in _PNG]
    if data[:4] == b"RIFF":
        return [f"webp {name}" for name in _chunks(data, 12, "<", 8) if name not in _WEBP]
    if data[:6] in (b"GIF87a", b"GIF89a"):
        return [f"gif {kind:#x}" for kind in _gif(data) if kind not in _GIF]
    if data[4:8] == b"ftyp":
        return [f"avif {kind}" for kind in ("Exif", "mime", "xml ") if kind.encode() in data]
    raise ValueError(f"no picture: {data[:12]!r}")


def _jpeg(data: bytes) -> list[int]:
    """The markers before the pixels, and after them whatever follows the end."""
    found, at = [], 2
    while data[at + 1] != 0xDA:
        found.append(data[at + 1])
        at += 2 + struct.unpack_from(">H", data, at + 2)[0]
    if not data.endswith(b"\xff\xd9"):
        found.append(0)
    return found


def _chunks(data: bytes, at: int, order: str, around: int) -> list[str]:
    found = []
    while at < len(data):
        if order == ">":
            size, name = struct.unpack_from(">I4s", data, at)
        else:
            name, size = struct.unpack_from("<4sI", data, at)
            size += size % 2
        found.append(name.decode("latin-1"))
        at += size + around
    return found


def _gif(data: bytes) -> list[int]:
    """The kinds of blocks: 0x2c a picture, of extensions their label (0xfe a comment, 0xff a program's)."""
    at = 13 + (3 * 2 ** ((data[10] & 7) + 1) if data[10] & 0x80 else 0)
    found = []
    while data[at] != 0x3B:
        if data[at] == 0x21:
            found.append(data[at + 1])
            at += 2
        else:
            found.append(0x2C)
            at += 11 + (3 * 2 ** ((data[at + 9] & 7) + 1) if data[at + 9] & 0x80 else 0)
        while data[at]:
            at += data[at] + 1
        at += 1
    return found
