"""Pictures of pixels, by Pillow: opened upright and in the colours of screens, written as pixels and nothing else.

No other module imports Pillow, which takes longer to load than most builds need for all their pictures.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from io import BytesIO

from PIL import Image, ImageCms, ImageOps, UnidentifiedImageError

from .pictures import MAX_PIXELS, MAX_SIDE, SUFFIXES, Kind, Picture

_KINDS = {kind.value.upper(): kind for kind in Kind if kind is not Kind.SVG}
_MANY_IN_ONE = "MPO"  # a JPEG of phones with further pictures behind the first: of depth, of the moment before
_WRITTEN: dict[Kind, dict[str, object]] = {
    Kind.JPEG: {"quality": 80, "progressive": True, "optimize": True},
    Kind.WEBP: {"quality": 76, "method": 4},
    Kind.PNG: {"compress_level": 7},
    Kind.GIF: {},
    Kind.AVIF: {"quality": 60, "speed": 8},
}

# What people give the suffix of a picture, by the bytes at a place of it.
_STRANGERS = (
    (4, b"ftypheic", "ảnh HEIC của iPhone"),
    (4, b"ftypheix", "ảnh HEIC của iPhone"),
    (4, b"ftypmif1", "ảnh HEIC của iPhone"),
    (0, b"%PDF", "tệp PDF"),
    (0, b"PK\x03\x04", "tệp nén hoặc tệp văn phòng"),
    (0, b"II*\0", "ảnh TIFF"),
    (0, b"MM\0*", "ảnh TIFF"),
    (0, b"BM", "ảnh BMP"),
)
_BEGINNINGS = (b"\xff\xd8\xff", b"\x89PNG", b"GIF8", b"RIFF")
_CUT = ("không giải mã được: tệp hỏng hoặc bị cắt cụt", "hãy chép lại từ bản gốc")
_SAVE_AGAIN = "hãy mở bằng chương trình xem ảnh và lưu lại thành JPEG hoặc PNG"


class NotAPictureError(Exception):
    """With the message and the hint."""


def looked_at(name: str, data: bytes, suffix: str) -> Picture:
    """What the bytes of a file with this suffix are; `name` names them. They are read to their end: a picture that is cut
    off is at fault."""
    kind = SUFFIXES[suffix]
    try:
        with _opened(data) as image:
            found = Kind.JPEG if image.format == _MANY_IN_ONE else _KINDS[str(image.format)]
            if found is not kind:
                raise NotAPictureError(f"là ảnh {found} mang đuôi {suffix}", f"hãy đổi đuôi thành {_suffix_of(found)}")
            (width, height), moves = image.size, found is not Kind.JPEG and bool(getattr(image, "is_animated", False))
            if _orientation(image) in _SIDEWAYS:
                width, height = height, width
            image.draft("RGB", (1, 1))  # of a JPEG every byte is read, but few pixels are made
            image.load()
    except NotAPictureError as error:
        message, hint = error.args
        return Picture(name, kind, message=message, hint=hint)
    return Picture(name, kind, width, height, moves)


def _suffix_of(kind: Kind) -> str:
    return next(suffix for suffix, other in SUFFIXES.items() if other is kind)


@contextmanager
def _opened(data: bytes) -> Iterator[Image.Image]:
    """The picture in these bytes. Raises NotAPictureError, also for what goes wrong while it is looked at: decoders raise
    whatever they trip over."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of metadata that can't be read: nothing of it is kept
            with Image.open(BytesIO(data), formats=list(_KINDS)) as image:
                if image.width * image.height > MAX_PIXELS:
                    raise Image.DecompressionBombError
                if max(image.size) > MAX_SIDE:
                    side = "rộng" if image.width > MAX_SIDE else "cao"
                    raise NotAPictureError(f"{side} hơn 16.383 điểm ảnh", "hãy cắt thành nhiều ảnh")
                yield image
    except UnidentifiedImageError:
        raise NotAPictureError(*_stranger(data)) from None
    except Image.DecompressionBombError:
        message = f"có hơn {MAX_PIXELS // 1_000_000} triệu điểm ảnh"
        raise NotAPictureError(message, "hãy thu nhỏ, chiều rộng 4000 điểm là đủ") from None
    except NotAPictureError:
        raise
    except Exception:
        raise NotAPictureError(*_CUT) from None


def _stranger(data: bytes) -> tuple[str, str]:
    if data[:1000].lstrip()[:9].lower().startswith((b"<!doctype", b"<html", b"<?php", b"<script")):
        return "là trang web mang đuôi ảnh", "hãy tải đúng tệp ảnh về"
    if data.startswith(_BEGINNINGS):
        return _CUT
    for at, bytes_there, said in _STRANGERS:
        if data[at : at + len(bytes_there)] == bytes_there:
            return f"là {said} mang đuôi ảnh", _SAVE_AGAIN
    return "không phải là ảnh", _SAVE_AGAIN


_ORIENTATION = 0x0112
_SIDEWAYS = frozenset({5, 6, 7, 8})


def _orientation(image: Image.Image) -> int:
    """As EXIF numbers it; 1 where nothing readable is said."""
    with suppress(Exception):  # damaged metadata says nothing
        return int(image.getexif().get(_ORIENTATION, 1))
    return 1


class Pixels:
    """One picture, to be written in several widths. Raises NotAPictureError."""

    def __init__(self, data: bytes, widest: int) -> None:
        with _opened(data) as image:
            image.draft(None, (widest, widest))  # a JPEG of many more pixels is opened in half its size
            upright = image if _orientation(image) == 1 else ImageOps.exif_transpose(image)
            self._image = _in_screen_colours(upright)
            self._image.info = {}  # all that is known of it but its pixels: Pillow would write some of it

    def written(self, kind: Kind, width: int, height: int) -> bytes:
        """The picture in this size as a file: of one that moves its first frame."""
        image = self._image
        if image.size != (width, height):
            image = image.resize((width, height), Image.Resampling.LANCZOS, reducing_gap=3.0)
        if kind is Kind.JPEG and image.mode == "RGBA":
            image = _on_white(image)
        file = BytesIO()
        image.save(file, kind.value.upper(), **_WRITTEN[kind])
        return file.getvalue()


def _in_screen_colours(image: Image.Image) -> Image.Image:
    """In sRGB, or in grey; with transparency where there is some."""
    profile = image.info.get("icc_profile")
    plain = _of_eight_bits(image)
    if profile:
        with suppress(Exception):  # a profile that can't be read or is of other colours says nothing
            return _converted(plain, profile)
    return plain if plain.mode in ("L", "RGB", "RGBA") else plain.convert("RGB")


def _converted(image: Image.Image, profile: bytes) -> Image.Image:
    mode = "RGBA" if image.mode == "RGBA" else "RGB"
    theirs, ours = ImageCms.ImageCmsProfile(BytesIO(profile)), ImageCms.createProfile("sRGB")
    made = ImageCms.profileToProfile(image, theirs, ours, outputMode=mode)
    assert made is not None  # it is not changed in place
    return made


def _of_eight_bits(image: Image.Image) -> Image.Image:
    """In one of the modes L, RGB, RGBA, CMYK and others of three colours: without palettes, with 8 bits for a colour."""
    if image.mode.startswith("I"):  # grey of 16 bits
        return image.convert("I").point(lambda value: value * (1 / 256)).convert("L")
    if image.mode == "1":
        return image.convert("L")
    if image.mode in ("P", "PA", "LA", "La", "RGBa") or "transparency" in image.info:
        return _without_idle_alpha(image.convert("RGBA"))
    return _without_idle_alpha(image) if image.mode == "RGBA" else image.copy()


def _without_idle_alpha(image: Image.Image) -> Image.Image:
    return image.convert("RGB") if image.getchannel("A").getextrema() == (255, 255) else image


def _on_white(image: Image.Image) -> Image.Image:
    paper = Image.new("RGB", image.size, "white")
    paper.paste(image, mask=image.getchannel("A"))
    return paper
