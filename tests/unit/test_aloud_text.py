"""Texts as they are said: every line of text.txt; and of any text put together from what people write, no digit is left, a second
reading changes nothing, and all that is no number stands as it was."""

from __future__ import annotations

import pickle
import re
import unicodedata
from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from portal.aloud.roman import roman_value
from portal.aloud.speaker import Speaker
from portal.aloud.symbols import BARE_UNITS
from portal.registers import read_data

LINES = [
    line
    for line in (Path(__file__).parents[1] / "aloud/text.txt").read_text(encoding="utf-8").splitlines()
    if line and not line.startswith("# ")
]
SPEAKER = Speaker(
    (
        ("UBND", "Ủy ban nhân dân"),
        ("HĐND", "Hội đồng nhân dân"),
        ("MTTQ", "Mặt trận Tổ quốc"),
        ("MTTQVN", "Mặt trận Tổ quốc Việt Nam"),
        ("BCĐ", "Ban Chỉ đạo"),
        ("KH", "kế hoạch"),
        ("NQ", "nghị quyết"),
        ("QĐ", "quyết định"),
        ("GP", "giấy phép"),
        ("STTTT", "Sở Thông tin và Truyền thông"),
        ("TTg", "Thủ tướng Chính phủ"),
        ("NĐ-CP", "nghị định Chính phủ"),
        ("TU", "Tỉnh ủy"),
        ("HU", "Huyện ủy"),
        ("TW", "Trung ương"),
        ("ĐH", "Đại hội"),
        ("TP.", "thành phố"),
        ("TP", "thành phố"),
        ("TP.HCM", "Thành phố Hồ Chí Minh"),
        ("KT-XH", "kinh tế - xã hội"),
        ("QP-AN", "quốc phòng - an ninh"),
        ("NN&PTNT", "nông nghiệp và phát triển nông thôn"),
        ("VNĐ", "đồng Việt Nam"),
        ("đ/c", "đồng chí"),
        ("v.v", "vân vân"),
        ("COVID-19", "cô-vít mười chín"),
        ("5K", "năm ca"),
    )
)
ADDRESSES = ("https://a.vn/2024/05", "a1@b.vn", "www.bao2.vn/x1", "24h.com.vn")


def parts(line: str) -> tuple[str, str]:
    written, _, said = line.partition(" | ")
    return written, said


@pytest.mark.parametrize("line", LINES)
def test_a_text_as_it_is_said(line: str) -> None:
    written, said = parts(line)
    assert SPEAKER.spoken(written) == said
    assert SPEAKER.spoken(said) == said
    assert SPEAKER.spoken(unicodedata.normalize("NFD", written)) == said


def test_the_texts_are_many() -> None:
    assert len(LINES) >= 300
    assert len(set(map(parts, LINES))) == len(LINES)


PATTERNS = [parts(line)[0] for line in LINES if not any(address in line for address in ("http", "www", "@", ".vn"))]
_pieces = st.sampled_from(
    [*PATTERNS, *ADDRESSES, *"0123456789", "1.5", "I", "V", "XX", "ha", "km", "kg", "m2", "ngày", "tháng"]
)
_between = st.sampled_from(
    [" ", " ", " ", ", ", ". ", "-", " - ", "–", "/", " và ", " đến ", "(", ") ", "", "\n", "+", "x", "&"]
)
_texts = st.lists(st.tuples(_pieces, _between), min_size=1, max_size=7).map(
    lambda found: "".join(a + b for a, b in found)
)
_anything = st.text(
    alphabet="0123456789.,:;/-–—−+±×x=<>~^()²³₂½%°C mhagkltrđIVXLUBND&ngàythứquýsố\n\u00a0", max_size=50
)
_DIGIT = re.compile(r"[\d²³¹⁰⁴-⁹₀-₉½⅓⅔¼¾]")
_WITH_ADDRESS = re.compile(r"\S*(?:\.vn|@|://|www\.|\.com|\.net|\.org|\.example)\S*", re.IGNORECASE)


@settings(max_examples=400, deadline=None)
@given(_texts)
def test_no_digit_is_left_but_in_addresses_and_a_second_reading_changes_nothing(text: str) -> None:
    said = SPEAKER.spoken(text)
    assert not _DIGIT.search(_WITH_ADDRESS.sub("", said)), said
    assert SPEAKER.spoken(said) == said


@settings(max_examples=600, deadline=None)
@given(_anything)
def test_any_text_is_said_without_fault(text: str) -> None:
    said = SPEAKER.spoken(text)
    assert not _DIGIT.search(said), said
    assert SPEAKER.spoken(said) == said


@settings(deadline=None)
@given(_texts)
def test_words_stay_as_they_were_and_in_their_order(text: str) -> None:
    """Every word of small letters that is longer than any unit stands in what is said, in the same order."""
    said = iter(re.findall(r"[^\W\d_]+", SPEAKER.spoken(text).lower()))
    kept = [word for word in re.findall(r"(?<![\w/])[^\W\d_]{4,}(?!\w)", text) if word.islower() and word.isalpha()]
    assert [word for word in kept if word not in said] == []


@given(st.text(alphabet="aăâbcdđeêghiklmnoôơpqrstuưvxyáàảãạ ,.;:!?“”()\n", max_size=200))
def test_prose_without_numbers_and_signs_is_not_touched(text: str) -> None:
    text = unicodedata.normalize("NFC", text)
    assume(not any(re.search(rf"(?<!\w){unit}(?!\w)", text) for unit in BARE_UNITS))
    assert Speaker().spoken(text) == text


@given(st.integers(min_value=1, max_value=89))
def test_roman_numerals_are_read_back(value: int) -> None:
    written, rest = "", value
    for letters, worth in (("L", 50), ("XL", 40), ("X", 10), ("IX", 9), ("V", 5), ("IV", 4), ("I", 1)):
        written, rest = written + letters * (rest // worth), rest % worth
    assert roman_value(written) == (None if written == "L" else value)
    said = Speaker().spoken(f"Đại hội {written}")
    assert said == Speaker().spoken(f"Đại hội {value}") or written == "L"


def test_short_forms_of_the_register_say_what_they_stand_for() -> None:
    speaker = Speaker((("A.B", "an bình"), ("37 XYZ", "ba mươi bảy"), ("K12", "khóa XII")))
    assert speaker.spoken("xã A.B, 37 XYZ, K12, A.BC") == "xã an bình, ba mươi bảy, khóa mười hai, A.BC"


def test_a_speaker_goes_to_other_processes_with_its_abbreviations_alone() -> None:
    assert SPEAKER.spoken("UBND") == "Ủy ban nhân dân"
    data = pickle.dumps(SPEAKER)
    assert len(data) < 2_000
    assert pickle.loads(data) == SPEAKER
    assert pickle.loads(data).spoken("UBND") == "Ủy ban nhân dân"


def test_the_register_of_the_campaign_is_said_in_words_alone() -> None:
    """Speaking what a short form stands for changes nothing, so a second reading doesn't either."""
    registers, problems = read_data(Path(__file__).parents[2])
    assert [problem for problem in problems if problem.path == "data/abbreviations.yml"] == []
    pairs = tuple((entry.record.short, entry.record.long) for entry in registers.abbreviations)
    speaker = Speaker(pairs)
    assert [long for _, long in pairs if speaker.spoken(long) != long] == []
    assert [short for short, long in pairs if speaker.spoken(f"xã {short} và") != f"xã {long} và"] == []
    assert len(pairs) >= 60
