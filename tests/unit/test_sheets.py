"""Workbooks as people and others make them: what is read, and what is refused before it can do harm."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet
from portal.sheets import MAX_BYTES, MAX_ROWS, Merged, Row, Sheet, read_sheet

SHEET = "xl/worksheets/sheet1.xml"


def workbook(fill: Callable[[Worksheet], object]) -> bytes:
    book = Workbook()
    assert isinstance(book.active, Worksheet)
    fill(book.active)
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


def with_part(data: bytes, name: str, change: Callable[[bytes], bytes]) -> bytes:
    """The workbook with one of its parts changed."""
    kept = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.namelist():
            new.writestr(part, change(old.read(part)) if part == name else old.read(part))
    return kept.getvalue()


def small(sheet: Worksheet) -> None:
    sheet.append(["mã", "tên", "loại", "cấp"])
    sheet.append(["079", "Bình An", "tỉnh", "tỉnh"])


def said(data: bytes) -> str:
    sheet, problems = read_sheet(data, "danh-sach.xlsx")
    assert sheet is None
    return "\n".join(map(str, problems))


def test_cells_as_text() -> None:
    def fill(sheet: Worksheet) -> None:
        sheet.append(["mã", None, "ngày"])
        sheet.append([None, None, None])
        sheet.append([5128, " Tân Lạc ", date(2025, 7, 1)])
        sheet.append([5128.0, True, datetime(2025, 7, 1, 8, 30), 1.5, None])

    rows = (
        Row(1, ("mã", "", "ngày")),
        Row(3, ("5128", "Tân Lạc", "2025-07-01")),
        Row(4, ("5128", "true", "2025-07-01 08:30:00", "1.5")),
    )
    assert read_sheet(workbook(fill), "a.xlsx") == (Sheet(rows), [])


def test_merged_cells_are_told_with_their_row() -> None:
    def fill(sheet: Worksheet) -> None:
        small(sheet)
        sheet.append(["080", "Sông Núi", "tỉnh", "tỉnh"])
        sheet.merge_cells("C2:C3")
        sheet.merge_cells("A1:B1")

    sheet, problems = read_sheet(workbook(fill), "a.xlsx")
    assert problems == []
    assert sheet is not None
    assert sheet.merged == (Merged(1, 1, 1, "A1:B1"), Merged(2, 3, 3, "C2:C3"))


def test_merged_cells_of_the_whole_sheet_take_no_time() -> None:
    merge = b'</sheetData><mergeCells count="1"><mergeCell ref="A1:XFD1048576"/></mergeCells>'
    data = with_part(workbook(small), SHEET, lambda content: content.replace(b"</sheetData>", merge))
    sheet, _ = read_sheet(data, "a.xlsx")
    assert sheet is not None
    assert sheet.merged == (Merged(1, 1, 1_048_576, "A1:XFD1048576"),)


def test_formulas_are_refused_at_their_cell() -> None:
    def fill(sheet: Worksheet) -> None:
        small(sheet)
        sheet["B2"] = '="Bình "&"An"'

    assert said(workbook(fill)) == (
        "danh-sach.xlsx:2:2: ô: ô này là công thức; hãy chép lại thành giá trị (dán đặc biệt, chỉ giá trị); "
        "kết quả lưu sẵn của công thức có thể đã cũ"
    )


def test_several_sheets_and_none() -> None:
    def two(sheet: Worksheet) -> None:
        small(sheet)
        assert sheet.parent is not None
        second = sheet.parent.create_sheet("Hai")
        small(second)
        second.sheet_state = "hidden"
        sheet.parent.create_sheet("Trống")

    hint = "hãy để đúng một trang tính có danh sách"
    assert (
        said(workbook(two))
        == f"danh-sach.xlsx:1:1: tệp: tệp có 2 trang tính có dữ liệu: `Sheet`, `Hai` (đang ẩn); {hint}"
    )
    assert (
        said(workbook(lambda sheet: None)) == "danh-sach.xlsx:1:1: tệp: tệp không có dữ liệu; hãy chọn tệp có danh sách"
    )


def test_a_bomb_is_not_unpacked() -> None:
    data = with_part(workbook(small), "xl/theme/theme1.xml", lambda content: b" " * 70_000_000)
    assert len(data) < 1_000_000
    assert said(data) == "danh-sach.xlsx:1:1: tệp: tệp bung ra quá lớn; hãy chỉ để lại trang tính có danh sách"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_document_type_is_refused_in_any_encoding(encoding: str) -> None:
    laughs = '<!DOCTYPE lolz [<!ENTITY lol "lol"><!ENTITY l1 "&lol;&lol;">]>'

    def declared(content: bytes) -> bytes:
        return (laughs + content.decode().partition("?>")[2]).encode(encoding)

    assert said(with_part(workbook(small), SHEET, declared)).startswith(
        "danh-sach.xlsx:1:1: tệp: tệp XLSX có khai báo DOCTYPE; "
    )


TOO_LONG = (
    f"danh sách dài hơn {MAX_ROWS} dòng; hãy tách thành nhiều tệp, mỗi lần nhập một tệp; "
    "dòng trống có định dạng ở dưới thì xóa"
)


def test_a_cell_a_million_rows_below_is_too_far() -> None:
    data = workbook(lambda sheet: (small(sheet), sheet.cell(1_048_576, 2, "xa")))
    assert said(data) == f"danh-sach.xlsx:1048576:1: tệp: {TOO_LONG}"


@pytest.mark.parametrize("column", [102, 702, 16_384])
def test_a_cell_to_the_right_of_all_columns_is_told(column: int) -> None:
    data = workbook(lambda sheet: (small(sheet), sheet.cell(2, column, "xa")))
    hint = "hãy bỏ các cột không dùng"
    assert said(data) == f"danh-sach.xlsx:2:{column}: ô: có ô điền chữ ở sau cột thứ 100; {hint}"


def test_formats_of_empty_cells_far_away_are_no_list() -> None:
    """A whole column or row with a border: most of a workbook of a million rows is left out of its file."""

    def far(sheet: Worksheet) -> None:
        small(sheet)
        for row, column in ((1_048_576, 1), (1_048_576, 16_384), (1, 500)):
            sheet.cell(row, column).number_format = "0.00"

    sheet, problems = read_sheet(workbook(far), "a.xlsx")
    assert problems == []
    assert sheet is not None
    assert [row.number for row in sheet.rows] == [1, 2]


def test_merged_cells_of_an_empty_sheet_are_none() -> None:
    def two(sheet: Worksheet) -> None:
        small(sheet)
        assert sheet.parent is not None
        sheet.parent.create_sheet("Trống").merge_cells("A1:B2")

    assert read_sheet(workbook(two), "a.xlsx") == read_sheet(workbook(small), "a.xlsx")


@pytest.mark.parametrize("text", ["<html><table>", "\ufeff  <?xml version='1.0'?>"])
def test_a_page_that_is_named_a_workbook(text: str) -> None:
    hint = "hãy mở bằng chương trình bảng tính rồi lưu lại dạng XLSX hoặc CSV UTF-8"
    assert (
        said(text.encode())
        == f"danh-sach.xlsx:1:1: tệp: tệp là trang web (HTML) hoặc XML, không phải bảng tính; {hint}"
    )


def test_a_hundred_thousand_rows_are_refused_before_they_are_read() -> None:
    rows = b"".join(b'<row r="%d"><c r="A%d"><v>1</v></c></row>' % (n, n) for n in range(3, 100_003))
    data = with_part(workbook(small), SHEET, lambda content: content.replace(b"</sheetData>", rows + b"</sheetData>"))
    assert said(data) == f"danh-sach.xlsx:{MAX_ROWS}:1: tệp: {TOO_LONG}"
    text = "mã,tên\n" + "1,A\n" * 100_000
    assert said(text.encode()) == f"danh-sach.xlsx:{MAX_ROWS + 1}:1: tệp: {TOO_LONG}"


def test_a_file_too_large_is_refused_unread() -> None:
    assert said(b"a" * (MAX_BYTES + 1)) == "danh-sach.xlsx:1:1: tệp: tệp lớn hơn 20 MB; hãy tách thành nhiều tệp"


@given(st.binary(max_size=300), st.integers(0, 2000))
def test_no_bytes_raise(noise: bytes, at: int) -> None:
    """Noise by itself, and over a part of a workbook."""
    whole = workbook(small)
    for data in (noise, b"PK\x03\x04" + noise, whole[:at] + noise + whole[at + len(noise) :]):
        sheet, problems = read_sheet(data, "a.xlsx")
        assert (sheet is None) == bool(problems)
