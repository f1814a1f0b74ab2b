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
_MERGED = re.compile(rb"<(?:\w+:)?mergeCell\s[^>]*?ref=[\"']([A-Z]{1,3}[0-9]{1,7}(?::[A-Z]{1,3}[0-9]{1,7})?)[\"']")
_FIRST_ROW = re.compile(r"[A-Z]+([0-9]+)")
_SEPARATOR_LINE = re.compile(r"sep=(.)\r?\n", re.IGNORECASE)
_ZIP, _OLD_OFFICE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
_SAVE_AGAIN = "hãy mở bằng chương trình bảng tính rồi lưu lại dạng XLSX hoặc CSV UTF-8"


@dataclass(frozen=True)
class Row:
    """One row; `number` counts from 1 as the program that made the file shows it (of CSV: its first line)."""

    number: int
    cells: tuple[str, ...]


@dataclass(frozen=True)
class Sheet:
    """The rows that hold anything, in order. `merged` are the rows on which merged cells begin, with their range."""

    rows: tuple[Row, ...]
    merged: tuple[tuple[int, str], ...] = ()


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
        raise _refused(f"danh sách dài hơn {MAX_ROWS} dòng", "hãy tách thành nhiều tệp, mỗi lần nhập một tệp", row)


# --- XLSX -----------------------------------------------------------------------


def _workbook(data: bytes) -> Sheet:
    merged = _searched(data)
    from openpyxl import load_workbook  # noqa: PLC0415 - only this command has a need of it

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of styles and drawings it leaves out
            book = load_workbook(io.BytesIO(data), read_only=True, data_only=False, keep_links=False)
            filled = [rows for sheet in book.worksheets if (rows := tuple(_rows(sheet)))]
    except _RefusedError:
        raise
    except Exception as error:  # the library lets many kinds of error out for a file that is not as it should be
        raise _refused("không đọc được tệp XLSX", _SAVE_AGAIN) from error
    if len(filled) != 1:
        what = "không có dữ liệu" if not filled else f"có {len(filled)} trang tính có dữ liệu"
        raise _refused(f"tệp {what}", "hãy để đúng một trang tính có danh sách")
    return Sheet(filled[0], merged)


def _searched(data: bytes) -> tuple[tuple[int, str], ...]:
    """Merged cells of the workbook, when it is neither a bomb nor holds a document type (which no XLSX does)."""
    merged: list[tuple[int, str]] = []
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
                    merged += [_range(found) for found in _MERGED.findall(content)]
    # What zipfile raises of a damaged archive, an encrypted one (RuntimeError) or a method of compression it has not.
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, OSError, ValueError):
        raise _refused("không đọc được tệp XLSX", _SAVE_AGAIN) from None
    return tuple(sorted(merged))


def _range(found: bytes) -> tuple[int, str]:
    text = found.decode("ascii")
    first = _FIRST_ROW.match(text)
    return int(first[1]) if first else 1, text


def _rows(sheet) -> Iterator[Row]:
    for number, cells in enumerate(sheet.iter_rows(max_col=MAX_COLUMNS + 1), start=1):
        _not_too_many(number, number)  # empty rows too: a single cell may stand a million rows below
        texts = [_text(cell, number, column) for column, cell in enumerate(cells, start=1)]
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
