"""Vietnamese text: folding, slugs, matching names, order, numbers and dates."""

from __future__ import annotations

import unicodedata
from datetime import date
from decimal import Decimal
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st
from portal.text import (
    date_vi,
    fold,
    match_key,
    nearest,
    nearest_path,
    nfc,
    number_vi,
    percent_encoded,
    slugify,
    sort_key,
    without_marks,
    words_percent_encoded,
)

VIETNAMESE = "aàảãáạăằẳẵắặâầẩẫấậbcdđeèẻẽéẹêềểễếệfghiìỉĩíịjklmnoòỏõóọôồổỗốộơờởỡớợpqrstuùủũúụưừửữứựvwxyỳỷỹýỵz"
words = st.text(alphabet=VIETNAMESE + VIETNAMESE.upper() + " -", min_size=1, max_size=30)


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("Đường hoa", "duong-hoa"),
        ("Kết quả đạt được", "ket-qua-dat-duoc"),
        ("Đ", "d"),
        ("Ðà Lạt", "da-lat"),  # ETH, not Đ
        ("Ɖông", "dong"),
        ("xã Bình Lƣ", "xa-binh-lu"),  # OI, not Ư
        ("TRƢỜNG SA", "truong-sa"),
        ("Vı\u0303nh Long", "vinh-long"),  # a dotless i under its tone
        ("Ƀuôn Hô", "buon-ho"),
        ("a — b / c.d", "a-b-c-d"),
        ("“Ống tiền” số 3", "ong-tien-so-3"),
        ("…", ""),
    ],
)
def test_slug(text: str, slug: str) -> None:
    assert slugify(text) == slug


@given(words)
def test_folding_gives_plain_ascii_and_is_stable(text: str) -> None:
    folded = fold(text)
    assert folded.isascii()
    assert fold(folded) == folded
    assert fold(unicodedata.normalize("NFD", text)) == folded


@given(words)
def test_a_slug_of_a_slug_is_itself(text: str) -> None:
    assert slugify(slugify(text)) == slugify(text)


@given(words)
def test_a_name_matches_itself_in_any_normal_form_and_case(text: str) -> None:
    assert match_key(unicodedata.normalize("NFD", text)) == match_key(text)
    assert match_key(text.upper()) == match_key(text.lower())


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Hoà Bình", "Hòa Bình"),
        ("thuỷ điện", "thủy điện"),
        ("Văn hóa – xã hội", "văn hóa-xã hội"),
        ("Quốc  phòng\u00a0- an ninh", "quốc phòng - an ninh"),
        ("Ðà Nẵng", "Đà Nẵng"),
        ("Bình Lƣ", "bình lư"),
        ("Đƣ\u0301c", "Đức"),
        ("TRƢỜNG SA", "Trường Sa"),
        ("khuỷu", "khủyu"),
    ],
)
def test_spellings_of_one_name(one: str, other: str) -> None:
    assert match_key(one) == match_key(other)


@pytest.mark.parametrize(
    ("one", "other"), [("má", "mạ"), ("Đông", "Dông"), ("hoa", "hòa"), ("Tân Lạc", "Tân Lac"), ("Ƀuôn", "Buôn")]
)
def test_names_that_are_not_one(one: str, other: str) -> None:
    assert match_key(one) != match_key(other)


def test_marks_are_dropped_and_case_kept() -> None:
    assert without_marks("Đống Đa ƯỚC") == "Dong Da UOC"


def test_alphabet_in_order() -> None:
    letters = list("aăâbƀcdđeêghiklmnoôơpqrstuưvxy")
    backwards = letters[::-1]
    assert sorted(backwards, key=sort_key) == letters


def test_tones_decide_last() -> None:
    assert sorted(["mạ", "má", "mã", "mả", "mà", "ma"], key=sort_key) == ["ma", "mà", "mả", "mã", "má", "mạ"]
    assert sorted(["Ân Thi", "Đống Đa", "Ba Đình", "An Lão", "Ứng Hòa", "Đông Anh", "Dầu Tiếng"], key=sort_key) == [
        "An Lão", "Ân Thi", "Ba Đình", "Dầu Tiếng", "Đông Anh", "Đống Đa", "Ứng Hòa",
    ]  # fmt: skip


@given(st.lists(words, max_size=8))
def test_order_is_total_and_ignores_the_normal_form(texts: list[str]) -> None:
    decomposed = [unicodedata.normalize("NFD", text) for text in texts]
    assert [nfc(t) for t in sorted(decomposed, key=sort_key)] == [nfc(t) for t in sorted(texts, key=sort_key)]


@pytest.mark.parametrize(
    ("value", "shown"),
    [(0, "0"), (999, "999"), (1000, "1.000"), (3372, "3.372"), (25723, "25.723"), (Decimal("99.08"), "99,08"), (Decimal("3636.3"), "3.636,3"), (-21, "−21"), (Decimal("0.01"), "0,01"), (Decimal("325.124"), "325,124")],
)  # fmt: skip
def test_number(value: int | Decimal, shown: str) -> None:
    assert number_vi(value) == shown


@given(st.decimals(allow_nan=False, allow_infinity=False, places=3, min_value=-(10**12), max_value=10**12))
def test_a_shown_number_reads_back(value: Decimal) -> None:
    assert Decimal(number_vi(value).replace(".", "").replace(",", ".").replace("−", "-")) == value


def test_dates() -> None:
    assert date_vi(date(2024, 5, 7)) == "07/05/2024"


def test_nearest_is_near_or_nothing() -> None:
    assert nearest("sumary", ["summary", "title"]) == "summary"
    assert nearest("xyz", ["summary", "title"]) is None


def test_the_nearest_path_is_near_by_its_name() -> None:
    known = ["assets/anh/ho-sen.jpg", "assets/cu/ho-sen.jpg", "assets/anh/lua.png"]
    assert nearest_path("assets/anh/Hồ sen.png", known) == "assets/anh/ho-sen.jpg"
    assert nearest_path("assets/cu/ho-sem.jpg", known) == "assets/cu/ho-sen.jpg"
    assert nearest_path("assets/anh/xyz.png", known) is None


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_percent_encoding_is_the_librarys(text: str) -> None:
    assert percent_encoded(text) == quote(text)
    assert words_percent_encoded(text) == quote(" ".join(text.split()))
