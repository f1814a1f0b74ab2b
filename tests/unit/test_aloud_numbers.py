"""Numbers in words: every line of numbers.txt, and any number read back from its words by a reader that shares no code."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from portal.aloud.numbers import cardinal, ordinal
from portal.aloud.speaker import Speaker

LINES = [
    line
    for line in (Path(__file__).parents[1] / "aloud/numbers.txt").read_text(encoding="utf-8").splitlines()
    if line and not line.startswith("#")
]
_DIGIT = dict(zip(["không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín"], range(10), strict=True))
_LAST = {**_DIGIT, "mốt": 1, "tư": 4, "lăm": 5}
_PLACE = {"nghìn": 10**3, "triệu": 10**6}


def value_of(words: list[str]) -> int:
    """A cardinal: what stands before the last "tỷ" counts billions, and is read in the same way."""
    if "tỷ" in words:
        last = len(words) - 1 - words[::-1].index("tỷ")
        return value_of(words[:last]) * 10**9 + (value_of(words[last + 1 :]) if words[last + 1 :] else 0)
    total, group, digit = 0, 0, None
    for word in words:
        if word in _PLACE:
            total, group, digit = total + (group + (digit or 0)) * _PLACE[word], 0, None
        elif word == "trăm":
            assert digit is not None
            group, digit = digit * 100, None
        elif word == "mươi":
            assert digit is not None
            group, digit = group + digit * 10, None
        elif word == "mười":
            group += 10
        elif word != "linh":
            assert digit is None
            digit = _LAST[word]
    return total + group + (digit or 0)


def digits_of(words: list[str]) -> str | None:
    """Digits read one by one; None for a cardinal."""
    if len(words) > 1 and all(word in _DIGIT for word in words):
        return "".join(str(_DIGIT[word]) for word in words)
    return None


def read_back(words: str) -> str:
    """The number as it is written, thousands without points."""
    percent = words.endswith(" phần trăm")
    words = words.removesuffix(" phần trăm")
    sign = "-" if words.startswith("âm ") else ""
    whole, _, fraction = words.removeprefix("âm ").partition(" phẩy ")
    written = sign + (digits_of(whole.split()) or str(value_of(whole.split())))
    if fraction:
        written += "," + (digits_of(fraction.split()) or str(value_of(fraction.split())))
    return written + ("%" if percent else "")


@pytest.mark.parametrize("line", LINES)
def test_a_number_in_words(line: str) -> None:
    written, _, words = line.partition(" | ")
    assert Speaker().spoken(written) == words
    assert Speaker().spoken(f"có {written}, nay") == f"có {words}, nay"
    assert read_back(words) == written.replace(".", "").replace("−", "-").replace(" ", "")


def test_the_numbers_are_many_and_sound_apart() -> None:
    assert len(LINES) >= 200
    plain = {line.partition(" | ")[0].replace(".", "").replace("−", "-").replace(" ", "") for line in LINES}
    assert len({line.partition(" | ")[2] for line in LINES}) == len(plain)


@given(st.integers(min_value=0, max_value=10**30) | st.integers(min_value=0, max_value=10**6))
def test_any_whole_number_is_read_back(number: int) -> None:
    assert value_of(cardinal(number).split()) == number


def test_every_number_of_five_digits_is_read_back() -> None:
    assert [number for number in range(100_000) if value_of(cardinal(number).split()) != number] == []


@given(
    st.lists(st.sampled_from(["000", "001", "005", "010", "015", "024", "100", "105", "555", "999"]), max_size=8),
    st.sampled_from(["1", "2", "10", "15", "21", "100", "105", "999"]),
)
def test_zeros_between_groups_lose_nothing(groups: list[str], first: str) -> None:
    written = ".".join([first, *groups])
    assert read_back(Speaker().spoken(written)) == written.replace(".", "")


@given(
    st.sampled_from(["", "-"]),
    # Of two digits with a 0 before, the 0 is padding where a sign follows; nine and more are a telephone number.
    st.from_regex(r"[1-9][0-9]{0,13}|0|0[0-9]{2,7}", fullmatch=True),
    st.from_regex(r"(,[0-9]{1,6})?", fullmatch=True),
    st.sampled_from(["", "%"]),
)
def test_any_number_as_it_is_written_is_read_back(sign: str, whole: str, fraction: str, percent: str) -> None:
    written = f"{sign}{whole}{fraction}{percent}"
    assert read_back(Speaker().spoken(written)) == written


@given(
    st.integers(min_value=0, max_value=10**15) | st.integers(min_value=0, max_value=10**6),
    st.from_regex(r"(,[0-9]{1,6})?", fullmatch=True),
    st.sampled_from(["", "%"]),
)
def test_any_number_in_a_sentence_is_read_back(whole: int, fraction: str, percent: str) -> None:
    written = f"{whole:,}".replace(",", ".") + fraction + percent
    said = Speaker().spoken(f"có {written}, nay")
    assert (said[:3], said[-5:]) == ("có ", ", nay")
    assert read_back(said[3:-5]) == written.replace(".", "")


def test_a_number_may_be_longer_than_python_reads_at_once() -> None:
    assert cardinal("9" * 5000).split().count("tỷ") == 555


def test_what_follows_thu() -> None:
    said = [ordinal(number) for number in (1, 2, 3, 4, 5, 14, 21, 24)]
    assert said == ["nhất", "hai", "ba", "tư", "năm", "mười bốn", "hai mươi mốt", "hai mươi tư"]
