"""Pictures as cameras, phones and drawing programs make them, with all they note beside the pixels."""

from __future__ import annotations

import struct
import zlib
from io import BytesIO

from PIL import Image, ImageCms, ImageOps, PngImagePlugin

RED, GREEN, BLUE, WHITE = (200, 30, 30), (30, 180, 40), (30, 40, 200), (255, 255, 255)
MAKER, PLACE = "Máy ảnh của An", "21.03 N 105.85 E"
XMP = f'<x:xmpmeta xmlns:x="adobe:ns:meta/"><creator>{MAKER}</creator></x:xmpmeta>'.encode()


def corners(width: int = 64, height: int = 32) -> Image.Image:
    """Red above left, green above right, blue below left, white below right."""
    image = Image.new("RGB", (width, height), RED)
    half = (width // 2, height // 2)
    for colour, at in ((GREEN, (half[0], 0)), (BLUE, (0, half[1])), (WHITE, half)):
        image.paste(Image.new("RGB", half, colour), at)
    return image


def noted(orientation: int = 1) -> Image.Exif:
    """What a phone writes into a photo: its maker, the place, a small preview, and which way it was held."""
    exif = Image.Exif()
    exif[0x0112], exif[0x010F], exif[0x013B] = orientation, MAKER, MAKER
    exif.get_ifd(0x8825).update({1: "N", 2: (21.0, 1.0, 48.0), 3: "E", 4: (105.0, 51.0, 0.0), 29: PLACE})
    return exif


def as_file(image: Image.Image, kind: str, **options: object) -> bytes:
    file = BytesIO()
    image.save(file, kind, **options)
    return file.getvalue()


def photo(image: Image.Image, **options: object) -> bytes:
    """A JPEG with everything a camera and an editing program note."""
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    noted_beside = {"exif": noted(), "icc_profile": profile, "comment": MAKER.encode(), "xmp": XMP, **options}
    return as_file(image, "JPEG", **{"quality": 90, **noted_beside})


_AS_HELD = {
    1: lambda image: image,
    2: ImageOps.mirror,
    3: lambda image: image.rotate(180),
    4: ImageOps.flip,
    5: lambda image: ImageOps.mirror(image.rotate(270, expand=True)),
    6: lambda image: image.rotate(90, expand=True),
    7: lambda image: ImageOps.mirror(image.rotate(90, expand=True)),
    8: lambda image: image.rotate(270, expand=True),
}


def held(image: Image.Image, orientation: int) -> bytes:
    """A photo of this scene by a camera that was held so, as EXIF numbers it: the pixels lie as the sensor did."""
    return photo(_AS_HELD[orientation](image), exif=noted(orientation))


def with_more_behind(image: Image.Image) -> bytes:
    """A JPEG with a second picture behind the first (MPO), as phones write one that has depth."""
    return as_file(image, "MPO", save_all=True, append_images=[ImageOps.flip(image)], quality=95, exif=noted())


def of_print(image: Image.Image) -> bytes:
    """A JPEG in four colours of print (CMYK), with Adobe's mark, as layout programs write it."""
    return as_file(image.convert("CMYK"), "JPEG", quality=95)


def in_palette(image: Image.Image) -> bytes:
    """A PNG of few colours, the red one clear."""
    few = image.quantize(8)
    clear = next(i for i in range(8) if tuple(few.getpalette()[i * 3 : i * 3 + 3]) == RED)
    note = PngImagePlugin.PngInfo()
    note.add_text("Software", "An")
    note.add_itxt("XML:com.adobe.xmp", XMP.decode())
    return as_file(few, "PNG", transparency=clear, pnginfo=note, exif=noted())


def deep_grey(width: int = 64, height: int = 32) -> bytes:
    """A PNG of 16 bits: left a quarter of white, right three quarters."""
    row = struct.pack(">H", 0x4000) * (width // 2) + struct.pack(">H", 0xC000) * (width // 2)
    return png_of_rows(width, height, 16, 0, row)


def deep_colour(width: int = 64, height: int = 32) -> bytes:
    """A PNG of 16 bits for each colour."""
    row = struct.pack(">HHH", *(value * 257 for value in RED)) * width
    return png_of_rows(width, height, 16, 2, row)


def png_of_rows(width: int, height: int, bits: int, colours: int, row: bytes) -> bytes:
    """A PNG whose rows are all the same."""
    header = struct.pack(">IIBBBBB", width, height, bits, colours, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress((b"\0" + row) * height)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data)) for kind, data in chunks
    )


def moving() -> bytes:
    """A GIF of two frames: the corners, then all blue."""
    frames = [corners().quantize(8), Image.new("RGB", (64, 32), BLUE).quantize(8)]
    return as_file(frames[0], "GIF", save_all=True, append_images=frames[1:], duration=80, loop=0, comment=MAKER)


def in_profile(profile: bytes) -> bytes:
    """A photo in the colours of this profile, all its values RED."""
    return as_file(Image.new("RGB", (64, 32), RED), "JPEG", quality=95, icc_profile=profile)


def exchanged_profile() -> bytes:
    """The profile of a screen whose red and blue are exchanged: nobody who reads it can miss it."""
    profile = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    count = struct.unpack_from(">I", profile, 128)[0]
    places = {bytes(profile[at : at + 4]): slice(at + 4, at + 12) for at in range(132, 132 + 12 * count, 12)}
    red, blue = places[b"rXYZ"], places[b"bXYZ"]
    profile[red], profile[blue] = profile[blue], profile[red]
    return bytes(profile)
