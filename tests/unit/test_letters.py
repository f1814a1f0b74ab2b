"""Letters that a slug would lose."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from portal.letters import foreign_letter
from portal.text import slugify

AGAIN = "hãy gõ lại"
LATIN = "hãy gõ lại bằng chữ Latinh"


@pytest.mark.parametrize(
    ("text", "message", "hint"),
    [
        ("Сẩm Xuyên", "chữ `С` (U+0421) ở vị trí 1 của `Сẩm Xuyên` không phải chữ Latinh, trông giống `C`", AGAIN),
        (
            "Cẩm Хуyên",
            "chữ `Х` (U+0425) ở vị trí 5 của `Cẩm Хуyên` không phải chữ Latinh, trông giống `X` (và 1 chữ nữa như thế)",
            AGAIN,
        ),
        ("Hòa Вình", "chữ `В` (U+0412) ở vị trí 5 của `Hòa Вình` không phải chữ Latinh, trông giống `B`", AGAIN),
        ("Hοa An", "chữ `ο` (U+03BF) ở vị trí 2 của `Hοa An` không phải chữ Latinh, trông giống `o`", AGAIN),
        ("Hόa An", "chữ `ό` (U+03CC) ở vị trí 2 của `Hόa An` không phải chữ Latinh, trông giống `ó`", AGAIN),
        ("Ｈòa An", "chữ `Ｈ` (U+FF28) ở vị trí 1 của `Ｈòa An` không phải chữ tiếng Việt, trông giống `H`", AGAIN),
        ("Ж", "chữ `Ж` (U+0416) ở vị trí 1 của `Ж` không phải chữ Latinh", LATIN),
        (
            "Bình Lø",
            "chữ `ø` (U+00F8) ở vị trí 7 của `Bình Lø` không phải chữ tiếng Việt",
            "hãy gõ lại bằng chữ tiếng Việt",
        ),
    ],
)
def test_the_letter_its_place_and_what_it_looks_like(text: str, message: str, hint: str) -> None:
    assert foreign_letter(text) == (message, hint)


LOOK_LATIN = "АВЕКМНОРСТУХаеорсухіјΑΒΕΗΙΚΜΝΟΡΤΥΧο"


@pytest.mark.parametrize("char", LOOK_LATIN)
def test_every_look_alike_is_named_with_a_latin_letter_of_its_case(char: str) -> None:
    fault = foreign_letter(char)
    assert fault is not None
    latin = fault[0].rpartition("`")[0][-1]
    assert latin.isascii()
    assert (latin.isupper(), latin.isalpha()) == (char.isupper(), True)
    assert (
        fault[0]
        == f"chữ `{char}` (U+{ord(char):04X}) ở vị trí 1 của `{char}` không phải chữ Latinh, trông giống `{latin}`"
    )


@pytest.mark.parametrize("text", ["Đắk R\u02bclấp", "Bình Lƣ", "Ðà Nẵng", "Ƀuôn Hô", "30ºC – 2ª", "Số 1/½", "…", ""])
def test_what_is_kept_or_no_letter(text: str) -> None:
    assert foreign_letter(text) is None


@given(st.text(max_size=12))
def test_a_text_without_such_letters_keeps_every_letter_in_its_slug(text: str) -> None:
    """Of any text: what is told has a letter without a slug, what is not told has none but signs."""
    lost = [char for char in unicodedata.normalize("NFC", text) if char.isalpha() and not slugify(char)]
    told = foreign_letter(text)
    if told:
        assert lost
        assert any(f"`{char}` (U+{ord(char):04X})" in told[0] for char in lost)
    else:
        assert all(unicodedata.category(char) == "Lm" or char in "ªº" for char in lost)
