"""Numbers in prose: every form of numerals.txt, and any number written the Vietnamese way."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from portal.number_words import _SPELLED, spelled
from portal.numerals import Numeral, numerals
from portal.text import number_vi

ANY_CASE = re.compile(_SPELLED, re.IGNORECASE)
LINES = [
    line
    for line in (Path(__file__).parent / "numerals.txt").read_text(encoding="utf-8").splitlines()
    if line and not line.startswith("#")
]


def shown(numeral: Numeral) -> str:
    words = [
        ("~" if numeral.weak or numeral.in_words else "") + " ".join(numeral.written.split()),
        f"{numeral.value:f}",
        "%" if numeral.percent else "",
        f"×{numeral.scale:f}" if numeral.scale != 1 else "",
        numeral.qualifier.value + ("" if numeral.approximate else "?") if numeral.qualifier else "",
        "rough" if numeral.approximate and not numeral.qualifier else "",
    ]
    return " ".join(word for word in words if word)


@pytest.mark.parametrize("line", LINES)
def test_what_prose_states(line: str) -> None:
    text, _, expected = line.rpartition("|")
    text = text.rstrip().replace("\\n", "\n").replace("_", "\u00a0")
    assert "; ".join(shown(numeral) for numeral in numerals(text)) == expected.strip()


def test_the_forms_are_many() -> None:
    assert len(LINES) >= 70


@given(st.decimals(min_value=0, max_value=10**12, places=3, allow_nan=False), st.sampled_from([0, 1, 2, 3]))
def test_any_number_written_the_vietnamese_way_is_read_back(value: Decimal, places: int) -> None:
    number = round(value, places) if places else Decimal(int(value))
    text = f"Xã có {number_vi(number)} mô hình."
    found = numerals(text)
    assert [n.value for n in found] == [number]
    assert text[found[0].start : found[0].end] == found[0].written == number_vi(number)


@given(st.text(alphabet="0123456789.,/-–% năm ngày tháng tỷ triệu không sạch“”KHCT\n", max_size=60))
def test_any_text_is_read_without_fault_and_in_order(text: str) -> None:
    found = numerals(text)
    assert all(text[n.start : n.end] == n.written for n in found)
    assert all(one.end <= two.start for one, two in pairwise(found))


WORDS = st.sampled_from(
    [
        *[
            "một",
            "hai",
            "ba",
            "bốn",
            "năm",
            "sáu",
            "bảy",
            "bẩy",
            "tám",
            "chín",
            "mười",
            "mươi",
            "mốt",
            "tư",
            "lăm",
            "trăm",
            "linh",
            "lẻ",
            "không",
        ],
        "hộ",
        "",
    ]
)
ODD = st.text("İıſKßǅmMăĂ.-| \n\u0301", max_size=2)


@given(st.lists(st.tuples(st.sampled_from([str.lower, str.upper, str.title]), WORDS, ODD), max_size=8))
def test_words_are_found_in_any_case(pieces: list[tuple[Callable[[str], str], str, str]]) -> None:
    """As a pattern that ignores case finds them, in every letter."""
    text = " ".join(case(word) + odd for case, word, odd in pieces)
    assert list(spelled(text)) == [match.span() for match in ANY_CASE.finditer(text)]
