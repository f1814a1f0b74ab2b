"""The bundled font has every letter of Vietnamese, and its measures are read as shaping engines read them."""

from __future__ import annotations

import tomllib
import unicodedata
from itertools import pairwise, product
from pathlib import Path

import pytest
from drawing.typeface import Typeface
from drawing.typesetting import Block, Frame, fitted
from hypothesis import given
from hypothesis import strategies as st
from PIL import ImageFont

PROJECT = Path(__file__).parents[2]
FONTS = PROJECT / "hooks/drawing/fonts"
FACES = {style: Typeface(FONTS / f"BeVietnamPro-{style}.ttf") for style in ("Regular", "Bold")}

TONES = ("", "\u0300", "\u0309", "\u0303", "\u0301", "\u0323")
VOWELS = "aăâeêioôơuưy"
CONSONANTS = "bcdđghklmnpqrstvxfjwz"
LOWER = [unicodedata.normalize("NFC", vowel + tone) for vowel, tone in product(VOWELS, TONES)] + list(CONSONANTS)
LETTERS = LOWER + [letter.upper() for letter in LOWER]


def test_the_letters_are_those_of_the_alphabet() -> None:
    assert (len(LOWER), len(set(LETTERS))) == (72 + 21, 2 * (72 + 21))
    assert all(len(letter) == 1 for letter in LETTERS)


@pytest.mark.parametrize("style", FACES)
def test_the_font_has_every_letter_in_both_cases(style: str) -> None:
    face = FACES[style]
    assert face.has(" ")
    for letter in (*LETTERS, *"0123456789-–—“”‘’.,:;!?()/%&…·"):
        assert face.has(letter), letter
        assert any(bytes(face.at(80).getmask(letter))), letter


@pytest.mark.parametrize("style", FACES)
@given(st.characters())
def test_what_it_has_is_what_freetype_finds(style: str, char: str) -> None:
    """For what it does not find FreeType leaves half an em free, which is no letter's width here."""
    face = FACES[style]
    if unicodedata.category(char) == "Cs":
        assert not face.has(char)
        return
    font = ImageFont.truetype(str(face.path), 40, layout_engine=ImageFont.Layout.BASIC)
    found, missing = font.getmask(char), font.getmask("\U0010fffd")
    assert face.has(char) == ((found.size, bytes(found)) != (missing.size, bytes(missing)))


# In thousandths of an em, as HarfBuzz sets them with kerning and without ligatures.
WIDTHS = """
Regular Bold text
706 745 V
1314 1348 Vă
1352 1430 AV
1141 1217 Tự
2082 2194 Tỉnh
1174 1230 Yế
1114 1169 LT
13365 13790 Xây dựng hệ thống chính trị
7968 8180 Văn hóa - xã hội
10895 11218 thành phố Hồ Chí Minh
7357 7679 “Dân vận khéo”
"""


@pytest.mark.parametrize("line", WIDTHS.strip().splitlines()[1:])
def test_letters_are_kerned_as_the_font_says(line: str) -> None:
    regular, bold, text = line.split(" ", 2)
    assert round(FACES["Regular"].width(text) * 1000) == int(regular)
    assert round(FACES["Bold"].width(text) * 1000) == int(bold)


@given(st.text(st.sampled_from([*LETTERS, *" -–“”,.()/&"])))
def test_each_letter_has_a_place_after_the_one_before(text: str) -> None:
    places = FACES["Regular"].places(text)
    assert len(places) == len(text) + 1
    assert all(before < after for before, after in pairwise(places))


@pytest.mark.parametrize("letter", LETTERS)
def test_ink_is_where_it_is_drawn(letter: str) -> None:
    face = FACES["Bold"]
    _, top, _, bottom = face.at(1000).getbbox(letter, anchor="ls")
    extent = face.extent(letter)
    assert (extent.top * 1000, extent.bottom * 1000) == pytest.approx((top, bottom), abs=8)  # hinted to whole pixels


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Dân vận khéo", "Dân vận khéo"),
        ("Da\u0302n va\u0323\u0302n", "Dân vận"),
        ("  hai\n\tdòng\u00a0liền ", "hai dòng liền"),
        ("Mô hình 🌱 xanh", "Mô hình xanh"),
        ("Buôn ƀrăng", "Buôn brăng"),
        ("ＡＢ ﬁ ½", "AB fi ½"),
        ("m\u0300 và e\u0302\u0302", "m và ê"),
        ("\u202eđảo\u202c \u200bẩn\u00ad", "đảo ẩn"),
        ("Bản Эм", "Bản"),
        ("שלום 中文 مرحبا 🌱", ""),
        ("\ud800lẻ", "lẻ"),
        ("", ""),
    ],
)
def test_what_can_be_drawn_is(text: str, shown: str) -> None:
    assert FACES["Bold"].shown(text) == shown


@given(st.text(st.characters(exclude_categories=[])))
def test_whatever_is_written_only_letters_of_the_font_are_drawn(text: str) -> None:
    face = FACES["Regular"]
    shown = face.shown(text)
    assert all(face.has(char) for char in shown)
    assert face.shown(shown) == shown
    assert shown == " ".join(shown.split(" ")).strip()


# --- lines ----------------------------------------------------------------------------

# Width and height of the frame in pixels, the sizes that may be tried; then the size and the lines.
SET = [
    ("Kinh tế", 594, 300, (108, 60), 108, "Kinh tế"),
    ("Xây dựng hệ thống chính trị", 594, 300, (80,), 80, "Xây dựng|hệ thống|chính trị"),
    ("Xây dựng hệ thống chính trị", 594, 200, (80, 60), 60, "Xây dựng|hệ thống chính trị"),
    ("Văn hóa - xã hội", 594, 300, (108,), 108, "Văn hóa -|xã hội"),
    ("Quốc phòng - an ninh", 594, 300, (108, 84), 84, "Quốc phòng -|an ninh"),
    ("Cách làm ở cơ sở", 594, 300, (108,), 108, "Cách làm|ở cơ sở"),
    ("Tin địa phương", 594, 300, (108, 76), 76, "Tin địa phương"),
    ("Báo cáo, tham luận", 594, 300, (108,), 108, "Báo cáo,|tham luận"),
    ("Phong trào “Dân vận khéo”", 594, 300, (80, 72), 72, "Phong trào|“Dân vận khéo”"),
    ("Học tập, làm theo Bác", 594, 300, (108, 70), 70, "Học tập,|làm theo Bác"),
    ("Ấp ẬP ẤP", 120, 400, (60,), 60, "Ấp|ẬP|ẤP"),
    ("", 594, 300, (108,), 108, ""),
    ("Nghiêngngả", 100, 200, (40,), 40, "Nghi|êng|ngả"),
    ("một hai ba bốn năm sáu", 150, 60, (40,), 40, "một…"),
]


@pytest.mark.parametrize(("text", "width", "height", "sizes", "size", "lines"), SET)
def test_text_is_as_large_as_its_frame_lets_it_be(
    text: str, width: int, height: int, sizes: tuple[int, ...], size: int, lines: str
) -> None:
    block = fitted(FACES["Bold"], text, [Frame(width, height, sizes)])
    assert (block.size, "|".join(block.lines)) == (size, lines)
    assert block.width <= width
    assert block.height <= height


def test_the_next_frame_is_for_what_the_first_can_not_hold() -> None:
    narrow, wide = Frame(300, 100, (60, 50)), Frame(900, 100, (40, 30))
    assert fitted(FACES["Bold"], "Kinh tế", [narrow, wide]).size == 60
    assert fitted(FACES["Bold"], "Xây dựng hệ thống chính trị", [narrow, wide]).size == 40


def test_a_dot_below_never_touches_the_marks_of_the_next_line() -> None:
    block = Block(FACES["Bold"], 100, ("Ộ", "Ẫ", "a"))
    (above, below, _), (first, second, third) = block.extents, block.baselines
    assert first + above.bottom < second + below.top
    assert third - second == second - first


@given(
    st.text(st.sampled_from([*LETTERS, *"   -“”,"]), max_size=200).map(lambda text: " ".join(text.split())),
    st.integers(120, 1100),
    st.integers(60, 400),
)
def test_text_stays_in_its_frame_whole_or_cut_with_a_sign(text: str, width: int, height: int) -> None:
    block = fitted(FACES["Bold"], text, [Frame(width, height, (72, 48, 24))])
    assert block.width <= width
    assert block.height <= height
    said = "".join(block.lines).replace(" ", "")
    whole = text.replace(" ", "")
    assert said == whole or (said.endswith("…") and whole.startswith(said[:-1]) and block.size == 24)


# --- what is bundled -------------------------------------------------------------------


def test_the_fonts_are_free_and_come_with_their_licence() -> None:
    licence = (FONTS / "OFL.txt").read_text(encoding="utf-8")
    assert licence.startswith("Copyright 2021 The Be Vietnam Pro Project Authors")
    assert "This Font Software is licensed under the SIL Open Font License, Version 1.1." in licence
    for face in FACES.values():
        assert "licensed under the SIL Open Font License, Version 1.1".encode("utf-16-be") in face.data


def test_the_fonts_are_installed_with_the_program() -> None:
    said = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["setuptools"]
    packed = {path.name for pattern in said["package-data"]["drawing"] for path in (FONTS.parent).glob(pattern)}
    assert packed == {path.name for path in FONTS.iterdir()}
    assert packed == {"BeVietnamPro-Bold.ttf", "BeVietnamPro-Regular.ttf", "OFL.txt"}
