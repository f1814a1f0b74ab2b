"""Pictures of every kind that editors have: what comes out has their pixels, upright, in the colours of screens, and nothing
else."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import camera
import pytest
from camera import BLUE, GREEN, RED, WHITE
from metadata import notes
from PIL import Image, ImageOps
from portal.memory import NO_MEMORY
from portal.picture_markup import PictureFiles, picture_html, pictured
from portal.picture_reading import looked_at, warn_of_movement
from portal.pictures import Kind, Picture, is_picture
from portal.rasters import Pixels
from portal.svg import drawing

CORNERS = (RED, GREEN, BLUE, WHITE)
NEAR = 12  # of 255: what JPEG and WebP change a plain colour by


def seen(data: bytes) -> Image.Image:
    return Image.open(BytesIO(data)).convert("RGBA")


def colours(image: Image.Image) -> list[tuple[int, ...]]:
    """In the middle of each quarter, row by row."""
    width, height = image.size
    return [image.getpixel((x, y)) for y in (height // 4, height * 3 // 4) for x in (width // 4, width * 3 // 4)]


def near(found: list[tuple[int, ...]], wanted: tuple[tuple[int, ...], ...], within: int = NEAR) -> bool:
    return all(
        abs(a - b) <= within for one, other in zip(found, wanted, strict=True) for a, b in zip(one, other, strict=False)
    )


def look(tmp_path: Path, name: str, data: bytes) -> Picture:
    file = tmp_path / "docs/assets" / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(data)
    return looked_at(tmp_path, [f"assets/{name}"], NO_MEMORY)[f"assets/{name}"]


def published(data: bytes, picture: Picture) -> dict[Kind, bytes]:
    """As every kind of file that is published of it, in its own size."""
    pixels = Pixels(data, picture.width)
    kinds = {Kind.JPEG, Kind.WEBP, picture.kind}
    return {kind: pixels.written(kind, picture.width, picture.height) for kind in kinds}


KINDS = {
    "jpeg": ("a.jpg", camera.photo(camera.corners()), Kind.JPEG, CORNERS),
    "jpeg of print": ("a.jpg", camera.of_print(camera.corners()), Kind.JPEG, CORNERS),
    "grey jpeg": ("a.jpg", camera.photo(camera.corners().convert("L"), icc_profile=None), Kind.JPEG, ((81,) * 3, (119,) * 3, (55,) * 3, WHITE)),
    "png": ("a.png", camera.as_file(camera.corners(), "PNG", exif=camera.noted()), Kind.PNG, CORNERS),
    "png with a palette": ("a.png", camera.in_palette(camera.corners()), Kind.PNG, (WHITE, GREEN, BLUE, WHITE)),
    "grey png of 16 bits": ("a.png", camera.deep_grey(), Kind.PNG, ((64,) * 3, (192,) * 3) * 2),
    "png of 16 bits a colour": ("a.png", camera.deep_colour(), Kind.PNG, (RED,) * 4),
    "black and white png": ("a.png", camera.as_file(camera.corners().convert("1", dither=0), "PNG"), Kind.PNG, ((0,) * 3, (0,) * 3, (0,) * 3, WHITE)),
    "moving gif": ("a.gif", camera.moving(), Kind.GIF, CORNERS),
    "webp": ("a.webp", camera.as_file(camera.corners(), "WEBP", quality=95, exif=camera.noted(), xmp=camera.XMP), Kind.WEBP, CORNERS),
    "avif": ("a.avif", camera.as_file(camera.corners(), "AVIF", quality=90, exif=camera.noted()), Kind.AVIF, CORNERS),
}  # fmt: skip


@pytest.mark.parametrize("name", KINDS)
def test_every_kind_keeps_its_pixels_and_nothing_else(tmp_path: Path, name: str) -> None:
    file, data, kind, wanted = KINDS[name]
    picture = look(tmp_path, file, data)
    assert (picture.kind, picture.width, picture.height, picture.message) == (kind, 64, 32, "")
    assert picture.moves is (name == "moving gif")
    for made, out in published(data, picture).items():
        image = seen(out)
        assert image.size == (64, 32)
        shown = ImageOps.exif_transpose(image)
        flat = Image.alpha_composite(Image.new("RGBA", shown.size, "white"), shown)
        assert near(colours(flat), wanted), (made, colours(flat))
        assert notes(out) == [], made


def test_what_cameras_note_is_seen_by_the_readers_that_look_for_it() -> None:
    """Else that they see nothing would prove nothing."""
    assert {"exif GPS GPSLatitude", "exif Image Make", "jpeg 0xe1", "jpeg 0xe2", "jpeg 0xfe"} <= set(
        notes(camera.photo(camera.corners()))
    )
    assert {"png tEXt", "png iTXt", "png eXIf"} <= set(notes(camera.in_palette(camera.corners())))
    assert {"gif 0xfe", "gif 0xff"} <= set(notes(camera.moving()))
    assert {"webp EXIF", "webp XMP "} <= set(notes(KINDS["webp"][1]))
    assert "avif Exif" in notes(KINDS["avif"][1])


def test_a_palette_keeps_what_is_clear() -> None:
    pixels = Pixels(camera.in_palette(camera.corners()), 64)
    assert seen(pixels.written(Kind.WEBP, 64, 32)).getpixel((16, 8))[3] == 0
    assert near([seen(pixels.written(Kind.JPEG, 64, 32)).getpixel((16, 8))], (WHITE,))


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_photo_stands_as_the_camera_was_held(tmp_path: Path, orientation: int) -> None:
    data = camera.held(camera.corners(), orientation)
    picture = look(tmp_path, "a.jpg", data)
    assert (picture.width, picture.height) == (64, 32)
    for out in published(data, picture).values():
        assert near(colours(seen(out)), CORNERS), orientation
        assert notes(out) == []


def test_colours_of_another_profile_become_those_of_screens(tmp_path: Path) -> None:
    """Of one whose red and blue are exchanged; one that can't be read says nothing."""
    for profile, wanted in ((camera.exchanged_profile(), (30, 30, 200)), (b"no profile", RED)):
        data = camera.in_profile(profile)
        for out in published(data, look(tmp_path, "a.jpg", data)).values():
            assert near(colours(seen(out)), (wanted,) * 4, 20)


def test_widths_are_no_larger_than_the_picture() -> None:
    widths = {width: Picture("x", Kind.JPEG, width, 10).widths for width in (1, 480, 481, 960, 1600, 4000)}
    assert widths == {
        1: (1,),
        480: (480,),
        481: (480, 481),
        960: (480, 960),
        1600: (480, 960, 1600),
        4000: (480, 960, 1600),
    }
    assert Picture("x", Kind.JPEG, 4000, 3).height_at(480) == 1
    assert Picture("x", Kind.SVG, 40, 30).widths == ()


def test_a_large_photo_is_written_in_each_width() -> None:
    data = camera.photo(camera.corners(3000, 2000))
    picture = Picture("x", Kind.JPEG, 3000, 2000)
    pixels = Pixels(data, 1600)
    for width in picture.widths:
        for kind in (Kind.JPEG, Kind.WEBP):
            image = seen(pixels.written(kind, width, picture.height_at(width)))
            assert image.size == (width, round(width * 2 / 3))
            assert near(colours(image), CORNERS)


def test_the_same_bytes_come_out_again() -> None:
    data = camera.photo(camera.corners())
    for kind in Kind:
        if kind is not Kind.SVG:
            assert Pixels(data, 64).written(kind, 48, 24) == Pixels(data, 64).written(kind, 48, 24), kind


def test_names_of_files_say_the_name_and_the_bytes() -> None:
    picture = Picture("0123456789abcdef", Kind.JPEG, 64, 32)
    assert picture.stem("assets/anh/Lua_Ca.JPG") == "/anh/lua-ca-0123456789ab"
    assert picture.stem(f"assets/{'a' * 60}.jpg") == f"/anh/{'a' * 40}-0123456789ab"
    assert picture.stem("assets/___.jpg") == "/anh/anh-0123456789ab"


def test_what_moves_is_warned_of(tmp_path: Path) -> None:
    moving = look(tmp_path, "a.gif", camera.moving())
    assert [
        str(one) for one in warn_of_movement({"assets/a.gif": moving, "assets/b.png": Picture("x", Kind.PNG, 1, 1)})
    ] == [
        "docs/assets/a.gif:1:1: tệp: là ảnh động, cổng chỉ đăng khung hình đầu; "
        "nếu cần xem chuyển động, hãy lưu thành video và để trong `attachments`"
    ]


def test_a_file_is_no_larger_than_thirty_megabytes(tmp_path: Path) -> None:
    (tmp_path / "docs/assets").mkdir(parents=True)
    with (tmp_path / "docs/assets/a.jpg").open("wb") as file:
        file.truncate(30_000_001)
    found = looked_at(tmp_path, ["assets/a.jpg"], NO_MEMORY)["assets/a.jpg"]
    assert (found.message, found.hint) == ("lớn hơn 30 MB", "hãy lưu lại nhỏ hơn")


def test_a_picture_has_no_side_that_no_file_can_have(tmp_path: Path) -> None:
    for size, side in (((16_383, 1), ""), ((1, 16_383), ""), ((16_384, 1), "rộng"), ((1, 16_384), "cao")):
        found = look(tmp_path, "a.png", camera.as_file(Image.new("L", size), "PNG"))
        assert (found.message, found.hint) == (
            (f"{side} hơn 16.383 điểm ảnh", "hãy cắt thành nhiều ảnh") if side else ("", "")
        )


def test_of_a_photo_with_more_behind_it_the_first_is_published(tmp_path: Path) -> None:
    data = camera.with_more_behind(camera.corners())
    picture = look(tmp_path, "a.jpg", data)
    assert (picture.kind, picture.width, picture.moves, picture.message) == (Kind.JPEG, 64, False, "")
    for out in published(data, picture).values():
        assert near(colours(seen(out)), CORNERS)
        assert notes(out) == []


def test_which_files_are_pictures() -> None:
    assert all(map(is_picture, ("a.jpg", "a.JPEG", "a.webp", "a.svg", "a.heic", "a.TIFF")))
    assert not any(map(is_picture, ("a.pdf", "a.jpg.txt", "jpg", "a.mp4", "favicon.ico")))


def test_a_drawing_is_published_without_what_is_not_drawn() -> None:
    found = drawing(
        b'<?xml version="1.0"?><!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">'
        b'<!-- An --><svg xmlns="http://www.w3.org/2000/svg" xmlns:sodipodi="http://sodipodi.sourceforge.net/DTD/sodipodi-0.dtd"'
        b' xmlns:xlink="http://www.w3.org/1999/xlink" sodipodi:docname="/home/an/b.svg" width="2in" height="72pt">'
        b"<metadata><rdf xmlns='r'>An</rdf></metadata><sodipodi:namedview>x<g/></sodipodi:namedview>"
        b'<style>.a { fill: url(#b) }</style><text class="a" xml:space="preserve">1 &lt; 2 &amp; "3"</text>'
        b'<use xlink:href="#b"/></svg>'
    )
    assert (found.width, found.height, found.message) == (192, 96, "")
    assert found.data.decode() == (
        '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="2in" height="72pt">'
        '<style>.a { fill: url(#b) }</style><text class="a" xml:space="preserve">1 &lt; 2 &amp; "3"</text>'
        '<use xlink:href="#b"></use></svg>'
    )
    assert drawing(found.data) == found


def test_markup_names_each_file_once_with_its_width() -> None:
    files = PictureFiles("../anh/lua-0a", (480, 700), 700, 350)
    assert picture_html(files, "../assets/lua.jpg", ' alt="Lúa"', "100vw") == (
        '<picture><source type="image/webp" srcset="../anh/lua-0a-480.webp 480w, ../anh/lua-0a-700.webp 700w" sizes="100vw">'
        '<img src="../anh/lua-0a-700.jpg" srcset="../anh/lua-0a-480.jpg 480w, ../anh/lua-0a-700.jpg 700w" sizes="100vw"'
        ' alt="Lúa" width="700" height="350" loading="lazy" decoding="async"></picture>'
    )
    plain = PictureFiles("x", (), 40, 30)
    assert picture_html(plain, "a.svg", ' alt="A"', "9px", lazy=False) == (
        '<img src="a.svg" alt="A" width="40" height="30" fetchpriority="high">'
    )


def test_a_picture_in_a_text_keeps_what_the_editor_says_of_it() -> None:
    files = {"../a.jpg": PictureFiles("../anh/a-0", (480,), 480, 240)}
    found = pictured(
        '<p><img src="../a.jpg" alt="A &lt; B" title="Vụ hè" width="120" height="7"></p><img src="b.png">', files
    )
    assert found == (
        '<p><picture><source type="image/webp" srcset="../anh/a-0-480.webp 480w" sizes="120px">'
        '<img src="../anh/a-0-480.jpg" srcset="../anh/a-0-480.jpg 480w" sizes="120px" alt="A &lt; B" title="Vụ hè"'
        ' width="120" height="60" loading="lazy" decoding="async"></picture></p><img src="b.png">'
    )
