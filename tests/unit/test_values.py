"""The kinds of values editors write: what is taken, and the exact words for what is not."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from portal.schema import dates, numbers, values
from portal.schema.dates import PartialDate
from portal.text import number_vi
from pydantic_core import PydanticCustomError


def said(reader: Callable[[Any], Any], written: Any) -> str:
    with pytest.raises(PydanticCustomError) as caught:
        reader(written)
    context = caught.value.context
    assert context is not None
    return f"{context['message']}; {context['hint']}"


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("1.205", "`1.205` không phải là số viết thuần; hãy viết `1205`"),
        ("037", "`037` không phải là số viết thuần; hãy viết `37`"),
        ("17:30", "`17:30` không phải là số; hãy viết chữ số thuần, ví dụ 1205"),
        ("1_000", "`1_000` không phải là số viết thuần; hãy viết `1000`"),
        ("3,5", "`3,5` không phải là số nguyên; hãy viết chữ số thuần, ví dụ 1205"),
        ("-3", "`-3` là số âm; hãy viết số không âm, ví dụ 1205"),
        ("gần 7.000", "`gần 7.000` không phải là số; hãy viết `7000`"),
        ("1e308", "`1e308` không phải là số; hãy viết chữ số thuần, ví dụ 1205"),
        ("nan", "`nan` không phải là số; hãy viết chữ số thuần, ví dụ 1205"),
        ("25 người", "`25 người` không phải là số; hãy viết `25`"),
        ("1 205 người", "`1 205 người` không phải là số; hãy viết `1205`"),
        ("3 tỷ 500 triệu", "`3 tỷ 500 triệu` không phải là số; hãy viết chữ số thuần, ví dụ 1205"),
        ("１２", "`１２` không phải là số viết thuần; hãy viết `12`"),
        ("", "để trống; hãy điền giá trị hoặc xóa cả khóa"),
        ("9" * 16, f"`{'9' * 16}` có 16 chữ số, quá 15; hãy dùng đơn vị đo lớn hơn, ví dụ `ty-dong`"),
        (["1"], "phải là một giá trị, không phải một danh sách; hãy bỏ dấu `[ ]` hoặc `- ` quanh giá trị"),
    ],
)
def test_not_a_count(written: Any, words: str) -> None:
    assert said(numbers.integer, written) == words


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("3,5", "`3,5` không phải là số viết thuần; hãy viết `3.5`"),
        ("3.636,3", "`3.636,3` không phải là số viết thuần; hãy viết `3636.3`"),
        ("−5,2", "`−5,2` không phải là số viết thuần; hãy viết `-5.2`"),
        ("+5", "`+5` không phải là số viết thuần; hãy viết `5`"),
        ("532 triệu", "`532 triệu` không phải là số; hãy viết `532`"),
        ("99,08%", "`99,08%` không phải là số; hãy viết `99.08`"),
        ("10-15", "`10-15` không phải là số; hãy viết chữ số thuần, ví dụ 1205 hoặc 3.5"),
    ],
)
def test_not_a_decimal(written: str, words: str) -> None:
    assert said(numbers.decimal, written) == words


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("trên 400", "`trên 400` không phải là số; hãy viết `{value: 400, qualifier: over}`"),
        ("ít nhất 3,5", "`ít nhất 3,5` không phải là số; hãy viết `{value: 3.5, qualifier: at_least}`"),
        ("khoảng 20", "`khoảng 20` không phải là số; hãy viết `{value: 20, qualifier: about}`"),
        ("532 triệu", "`532 triệu` không phải là số; hãy viết `532`, đơn vị để ở `unit_of_measure`"),
        ("-5", "`-5` là số âm; hãy viết `5`; chỉ `changes` mới có số âm"),
    ],
)
def test_not_a_figure(written: str, words: str) -> None:
    assert said(numbers.reported, written) == words


@given(st.integers(min_value=0, max_value=10**15 - 1))
def test_a_count_reads_back(number: int) -> None:
    assert numbers.integer(str(number)) == number


@given(st.integers(min_value=1000, max_value=10**9))
def test_the_vietnamese_form_of_a_count_is_refused_with_its_plain_form(number: int) -> None:
    assert said(numbers.integer, number_vi(number)).endswith(f"hãy viết `{number}`")


@given(st.decimals(min_value=-(10**6), max_value=10**6, places=3, allow_nan=False))
def test_a_decimal_is_as_exact_as_written(number: Decimal) -> None:
    assert numbers.decimal(f"{number:f}") == number
    assert numbers.decimal(f"{number:f}").as_tuple().exponent == -3


@pytest.mark.parametrize("written", ["2025-07-01", "1/7/2025", "01.07.2025", " 01-07-2025 "])
def test_a_day_of_a_list_has_the_day_first_or_last(written: str) -> None:
    assert dates.day_of_list(written) == date(2025, 7, 1)


@pytest.mark.parametrize(
    ("reader", "written", "words"),
    [
        (dates.full_date, "17/05/2024", "`17/05/2024` không viết theo dạng năm-tháng-ngày; hãy viết 2024-05-17"),
        (
            dates.full_date,
            "5/6",
            "`5/6` thiếu năm; hãy viết đủ năm, dạng 2022-05-17; nguồn không ghi năm thì không đoán",
        ),
        (dates.full_date, "2024-02-30", "không có ngày `2024-02-30` trong lịch; hãy kiểm tra lại ngày và tháng"),
        (
            dates.full_date,
            "31/02/2026",
            "không có ngày `31/02/2026` trong lịch (đọc theo thứ tự ngày/tháng/năm); hãy kiểm tra lại ngày và tháng",
        ),
        (
            dates.day_of_list,
            "06/30/2025",
            "không có ngày `06/30/2025` trong lịch (đọc theo thứ tự ngày/tháng/năm); hãy kiểm tra lại ngày và tháng",
        ),
        (dates.day_of_list, "2025-30-06", "không có ngày `2025-30-06` trong lịch; hãy kiểm tra lại ngày và tháng"),
        (dates.day_of_list, "06/2025", "`06/2025` thiếu ngày; hãy viết dạng 2022-05-17"),
        (dates.full_date, "2026-5-7", "`2026-5-7` không viết theo dạng năm-tháng-ngày; hãy viết 2026-05-07"),
        (dates.full_date, "5/2023", "`5/2023` thiếu ngày; hãy viết dạng 2022-05-17"),
        (
            dates.partial_date,
            "tháng 5 năm 2023",
            "`tháng 5 năm 2023` không viết theo dạng năm-tháng-ngày; hãy viết 2023-05",
        ),
        (
            dates.moment,
            "17/5/2026 8h30",
            "`17/5/2026 8h30` không viết theo dạng năm-tháng-ngày; hãy viết 2026-05-17T08:30",
        ),
        (dates.full_date, "hôm qua", "`hôm qua` không phải là ngày; hãy viết dạng 2022-05-17"),
        (dates.partial_date, "2024-13", "không có ngày `2024-13` trong lịch; hãy kiểm tra lại ngày và tháng"),
        (dates.partial_date, "0000", "không có ngày `0000` trong lịch; hãy kiểm tra lại ngày và tháng"),
        (dates.moment, "2024-05-17T25:00", "không có giờ `2024-05-17T25:00`; hãy viết dạng 2022-05-17T08:02"),
        (dates.moment, "0001-01-01T00:00Z", "không có ngày nào"),
        (
            values.slug,
            "Diễn Châu",
            "`Diễn Châu` không phải là mã (chữ thường không dấu, nối bằng `-`); hãy viết `dien-chau`",
        ),
        (values.plain_text, "a <b>c</b>", "có mã HTML `<b>`; hãy viết chữ thuần, không dùng HTML"),
        (values.plain_text, "R&amp;D", "có mã HTML `&amp;`; hãy viết chữ thuần, không dùng HTML"),
        (values.plain_text, "a\u200bb", "có ký tự ẩn U+200B; hãy xóa ký tự đó hoặc gõ lại chữ quanh nó"),
        (values.plain_text, "a\u202eb", "có ký tự ẩn U+202E; hãy xóa ký tự đó hoặc gõ lại chữ quanh nó"),
        (values.plain_text, " ", "để trống; hãy điền giá trị hoặc xóa cả khóa"),
        (
            values.web_address,
            "javascript:alert(1)",
            "`javascript:alert(1)` không phải là địa chỉ web; hãy viết đầy đủ, ví dụ https://example.org/bai-viet",
        ),
        (
            values.site_path,
            "/../x/",
            "`/../x/` không phải là địa chỉ trong trang; hãy viết dạng /tin-tuc/2020/ten-bai/, chữ không dấu",
        ),
        (
            values.asset_path,
            "assets/../x.png",
            "`assets/../x.png` không nằm trong docs/assets/; hãy để tệp trong docs/assets/ và viết `assets/x.png`",
        ),
        (
            values.asset_path,
            "C:\\anh\\x.png",
            "`C:\\anh\\x.png` không nằm trong docs/assets/; hãy để tệp trong docs/assets/ và viết `assets/x.png`",
        ),
    ],
)
def test_refused(reader: Callable[[Any], Any], written: str, words: str) -> None:
    if words == "không có ngày nào":  # a moment that has no counterpart in Viet Nam's calendar is still a moment
        assert reader(written).iso == "0001-01-01T07:00+07:00"
    else:
        assert said(reader, written) == words


def test_text_is_kept_but_for_spaces() -> None:
    assert values.plain_text("  Thu nhập < 5 triệu &\u00a0tăng  > 3 % ") == "Thu nhập < 5 triệu & tăng > 3 %"


def test_a_moment_without_an_offset_is_viet_nams() -> None:
    assert dates.moment("2024-05-17T08:02").iso == "2024-05-17T08:02+07:00"
    assert dates.moment("2024-05-16T17:00Z").day == date(2024, 5, 17)
    assert dates.moment("2024-05-17").iso == "2024-05-17"
    assert dates.moment("2024-05-17 08:02").vi == "17/05/2024 08:02"


@pytest.mark.parametrize(
    ("written", "first", "last", "shown"),
    [("2022", date(2022, 1, 1), date(2022, 12, 31), "2022"), ("2024-02", date(2024, 2, 1), date(2024, 2, 29), "02/2024"), ("2024-02-05", date(2024, 2, 5), date(2024, 2, 5), "05/02/2024")],
)  # fmt: skip
def test_a_partial_date_covers_its_days(written: str, first: date, last: date, shown: str) -> None:
    partial = dates.partial_date(written)
    assert (partial.first_day, partial.last_day, partial.vi, str(partial)) == (first, last, shown, written)


@given(st.dates(min_value=date(1, 1, 1)))
def test_a_day_reads_back(day: date) -> None:
    assert dates.full_date(day.isoformat()) == day
    assert dates.partial_date(day.isoformat()) == PartialDate(day.year, day.month, day.day)


@given(st.one_of(st.text(), st.lists(st.text(), max_size=2), st.dictionaries(st.text(), st.text(), max_size=2)))
def test_no_value_gives_anything_but_a_value_or_a_fault(written: Any) -> None:
    readers = (
        values.plain_text,
        values.slug,
        numbers.integer,
        numbers.decimal,
        dates.full_date,
        dates.partial_date,
        dates.moment,
        values.web_address,
        values.site_path,
        values.asset_path,
    )
    for reader in readers:
        try:
            reader(written)
        except PydanticCustomError as error:
            assert error.context
            assert set(error.context) == {"message", "hint"}


@given(
    st.lists(
        st.one_of(
            st.text(max_size=9),
            st.sampled_from([*"<&;# ", "\u00a0", "\u00ad", "\u200b", "\t", "\n", "\x1c", "\x85", "&amp;"]),
        )
    )
)
def test_plain_text_refuses_what_does_not_show_and_parts_words_by_one_blank(parts: list[str]) -> None:
    text = "".join(parts)
    hidden = [sign for sign in text if sign in _TOLD_HIDDEN]
    control = [sign for sign in text if unicodedata.category(sign) == "Cc" and sign not in "\t\n"]
    try:
        said = values.plain_text(text)
    except PydanticCustomError as error:
        told = (error.context or {})["message"]
        if hidden:
            assert told.startswith(f"có ký tự ẩn U+{ord(hidden[0]):04X}")
        elif control:
            assert told.startswith(f"có ký tự điều khiển U+{ord(control[0]):04X}")
        else:
            assert told.startswith("có mã HTML") if text.strip() else told.startswith("để trống")
    else:
        assert not hidden
        assert not control
        assert said == " ".join(text.split())
        assert said


_TOLD_HIDDEN = frozenset(
    "\u00ad\u061c\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2061\u2062\u2063\u2064\u2066\u2067\u2068\u2069\u206a\u206b\u206c\u206d\u206e\u206f\ufeff\ufff9\ufffa\ufffb"
) | {chr(sign) for sign in range(0xE0000, 0xE0080)}
