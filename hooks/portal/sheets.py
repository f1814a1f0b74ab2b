"""Tables that people bring as CSV or XLSX, as rows of text. What could be read in two ways is refused.

Bytes in, values out; nothing here knows what the columns mean. A workbook is hostile until shown otherwise: its parts are
measured and searched before the library that reads it sees them.
"""

from __future__ import annotations

import csv
import io
import re
import warnings
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime

from .problems import FILE, Problem
from .reading import decode
from .text import nfc

MAX_ROWS = 20_000  # all units of the country of one time are some 11,000
MAX_COLUMNS = 100
MAX_BYTES = 20_000_000
MAX_UNPACKED = 60_000_000

_ROW = re.compile(rb"<(?:\w+:)?row[\s/>]")
_CELL = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
_MERGED = re.compile(rb"<(?:\w+:)?mergeCell\s[^>]*?ref=[\"']([A-Z]{1,3}[0-9]{1,7}(?::[A-Z]{1,3}[0-9]{1,7})?)[\"']")
_FILLED = re.compile(rb"<(?:\w+:)?(?:v|is|f)[\s>]")
# A filled cell to the right of all columns that are read; an empty one with a format ends in "/>".
_FAR = re.compile(
    rb"<(?:\w+:)?c\s[^>]*?\br=[\"']((?:C[X-Z]|[D-Z][A-Z]|[A-Z]{3})[0-9]{1,7})[\"'][^>/]*><(?:\w+:)?(?:v|is|f)[\s>]"
)
_SEPARATOR_LINE = re.compile(r"sep=(.)\r?\n", re.IGNORECASE)
_ZIP, _OLD_OFFICE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
_SAVE_AGAIN = "hãy mở bằng chương trình bảng tính rồi lưu lại dạng XLSX hoặc CSV UTF-8"


@dataclass(frozen=True)
class Row:
    """One row; `number` counts from 1 as the program that made the file shows it (of CSV: its first line)."""

    number: int
    cells: tuple[str, ...]


@dataclass(frozen=True, order=True)
class Merged:
    """Cells merged into one: where they begin, from 1, the last row, and all of them as programs name them ("A1:B2")."""

    row: int
    column: int
    last_row: int
    cells: str


@dataclass(frozen=True)
class Sheet:
    """The rows that hold anything, in order, and the merged cells by their place."""

    rows: tuple[Row, ...]
    merged: tuple[Merged, ...] = ()


class _RefusedError(Exception):
    """The file is not read; the problem, whose path is still to come, says why."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.message)
        self.problem = problem


def _refused(message: str, hint: str, row: int = 1, column: int = 1, key: str = FILE) -> _RefusedError:
    return _RefusedError(Problem("", row, column, key, message, hint))


def read_sheet(data: bytes, path: str) -> tuple[Sheet | None, list[Problem]]:
    """The table in the bytes of a file named `path`; or None and why it can't be read."""
    try:
        if len(data) > MAX_BYTES:
            raise _refused(f"tệp lớn hơn {MAX_BYTES // 1_000_000} MB", "hãy tách thành nhiều tệp")
        if data.startswith(_OLD_OFFICE):
            raise _refused("tệp có mật khẩu hoặc là dạng Excel cũ (.xls)", _SAVE_AGAIN)
        if data.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"<"):
            raise _refused("tệp là trang web (HTML) hoặc XML, không phải bảng tính", _SAVE_AGAIN)
        return (_workbook(data) if data.startswith(_ZIP) else _separated(data)), []
    except _RefusedError as refused:
        return None, [replace(refused.problem, path=path)]


# --- CSV ------------------------------------------------------------------------


def _separated(data: bytes) -> Sheet:
    text, problems = decode("", data)
    if text is None:
        raise _RefusedError(problems[0])
    announced = _SEPARATOR_LINE.match(text)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_separator(text), strict=True)
    rows: list[Row] = []
    line = 1
    try:
        for cells in reader:
            if not (announced and line == 1):
                rows.extend(_kept(line, cells))
            _not_too_many(len(rows), line)
            line = reader.line_num + 1
    except csv.Error:
        hint = "hãy đóng đủ dấu nháy kép và để mỗi đơn vị trên một dòng"
        raise _refused("dòng này không đọc được như CSV", hint, line) from None
    if not rows:
        raise _refused("tệp không có dữ liệu", "hãy chọn tệp có danh sách")
    return Sheet(tuple(rows))


def _separator(text: str) -> str:
    """What parts the cells: said in a first line `sep=;`, else the most frequent of the three in use."""
    if announced := _SEPARATOR_LINE.match(text):
        return announced[1]
    head = "\n".join(text.splitlines()[:20])
    return max(",;\t", key=head.count)


def _kept(number: int, cells: Iterable[str]) -> Iterator[Row]:
    """The row, without what is empty at its end; none when nothing is left."""
    texts = [nfc(cell).strip() for cell in cells]
    while texts and not texts[-1]:
        texts.pop()
    if len(texts) > MAX_COLUMNS:
        raise _refused(f"dòng có hơn {MAX_COLUMNS} cột", "hãy bỏ các cột không dùng", number, MAX_COLUMNS + 1)
    if texts:
        yield Row(number, tuple(texts))


def _not_too_many(count: int, row: int) -> None:
    if count > MAX_ROWS:
        hint = "hãy tách thành nhiều tệp, mỗi lần nhập một tệp; dòng trống có định dạng ở dưới thì xóa"
        raise _refused(f"danh sách dài hơn {MAX_ROWS} dòng", hint, row)


# --- XLSX -----------------------------------------------------------------------


def _workbook(data: bytes) -> Sheet:
    merged = _searched(data)
    from openpyxl import load_workbook  # noqa: PLC0415 - only this command has a need of it

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of styles and drawings it leaves out
            book = load_workbook(io.BytesIO(data), read_only=True, data_only=False, keep_links=False)
            filled = [(sheet, rows) for sheet in book.worksheets if (rows := tuple(_rows(sheet)))]
    except _RefusedError:
        raise
    except Exception as error:  # the library lets many kinds of error out for a file that is not as it should be
        raise _refused("không đọc được tệp XLSX", _SAVE_AGAIN) from error
    if not filled:
        raise _refused("tệp không có dữ liệu", "hãy chọn tệp có danh sách")
    if len(filled) > 1:
        names = ", ".join(f"`{s.title}`{'' if s.sheet_state == 'visible' else ' (đang ẩn)'}" for s, _ in filled)
        hint = "hãy để đúng một trang tính có danh sách"
        raise _refused(f"tệp có {len(filled)} trang tính có dữ liệu: {nfc(names)}", hint)
    return Sheet(filled[0][1], merged)


def _searched(data: bytes) -> tuple[Merged, ...]:
    """Merged cells of what is filled in the workbook, when it is neither a bomb nor holds a document type (which no XLSX does)."""
    merged: list[Merged] = []
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
            # Reading stops at the size a part declares, so what is declared bounds what is unpacked.
            if sum(part.file_size for part in parts) > MAX_UNPACKED or len(parts) > 1000:
                raise _refused("tệp bung ra quá lớn", "hãy chỉ để lại trang tính có danh sách")
            for part in parts:
                if not part.filename.endswith((".xml", ".rels")):
                    continue
                content = archive.read(part).replace(b"\0", b"")  # also of a part in UTF-16
                if b"<!DOCTYPE" in content or b"<!ENTITY" in content:
                    raise _refused("tệp XLSX có khai báo DOCTYPE", _SAVE_AGAIN)
                if part.filename.startswith("xl/worksheets/"):
                    _not_too_many(len(_ROW.findall(content)), MAX_ROWS)
                    if far := _FAR.search(content):
                        row, column = _place(far[1].decode("ascii"))
                        hint = "hãy bỏ các cột không dùng"
                        raise _refused(f"có ô điền chữ ở sau cột thứ {MAX_COLUMNS}", hint, row, column, "ô")
                    if _FILLED.search(content):
                        merged += [_range(found.decode("ascii")) for found in _MERGED.findall(content)]
    # What zipfile raises of a damaged archive, an encrypted one (RuntimeError) or a method of compression it has not.
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, OSError, ValueError):
        raise _refused("không đọc được tệp XLSX", _SAVE_AGAIN) from None
    return tuple(sorted(merged))


def _range(cells: str) -> Merged:
    first, _, last = cells.partition(":")
    return Merged(*_place(first), _place(last or first)[0], cells)


def _place(cell: str) -> tuple[int, int]:
    """Row and column, from 1, of a cell such as "B12"."""
    match = _CELL.fullmatch(cell)
    assert match is not None
    column = 0
    for letter in match[1]:
        column = column * 26 + ord(letter) - ord("A") + 1
    return int(match[2]), column


def _rows(sheet) -> Iterator[Row]:
    left_out = None  # what stands for every row that the file leaves out: there may be a million of them
    for number, cells in enumerate(sheet.iter_rows(max_col=MAX_COLUMNS + 1), start=1):
        if cells is left_out:
            continue
        texts = [_text(cell, number, column) for column, cell in enumerate(cells, start=1)]
        if not any(texts):
            left_out = cells
            continue
        _not_too_many(number, number)
        yield from _kept(number, texts)


def _text(cell, row: int, column: int) -> str:
    if cell.data_type == "f":
        hint = "hãy chép lại thành giá trị (dán đặc biệt, chỉ giá trị); kết quả lưu sẵn của công thức có thể đã cũ"
        raise _refused("ô này là công thức", hint, row, column, "ô")
    if cell.data_type == "e":
        raise _refused(f"ô này báo lỗi {cell.value}", "hãy sửa ô đó trong bảng tính", row, column, "ô")
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == datetime.min.time() else value.isoformat(sep=" ")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)
