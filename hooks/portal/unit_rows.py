"""The rows of an official list of units: which column is which, and what each row says."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, timedelta

from pydantic_core import PydanticCustomError

from .problems import FILE, Problem
from .schema.dates import day_of_list
from .schema.figure import Level
from .sheets import Row, Sheet
from .text import fold, match_key, uncapitalised

# What the columns may be called, folded; the first is the name in messages and in the help of the command.
HEADINGS: Mapping[str, tuple[str, ...]] = {
    "code": ("mã", "mã số", "mã đơn vị", "mã đvhc", "mã thống kê", "code"),
    "name": ("tên", "tên đơn vị", "tên đơn vị hành chính", "tên đvhc", "name"),
    "kind": ("loại", "loại đơn vị", "loại hình", "kind"),
    "level": ("cấp", "cấp hành chính", "level"),
    "parent": ("mã cấp trên", "cấp trên", "đơn vị cấp trên", "thuộc", "parent"),
    "valid_from": ("có từ ngày", "từ ngày", "valid from"),
    "valid_to": ("có đến ngày", "có đến hết ngày", "đến ngày", "valid to"),
    "replaced_by": ("thay thế bằng", "đơn vị thay thế", "đơn vị mới", "replaced by"),
    "partly": ("một phần", "partly"),
    "aliases": ("tên khác", "aliases"),
    "act": ("văn bản", "act"),
    "source": ("nguồn", "source"),
}
REQUIRED = ("name", "kind", "level")
_HEADING_WITHIN = 30  # rows: titles and notes stand above the heading

# Codes of the statistics office, by level; programs that take them for numbers drop the zeros before.
_DIGITS = {Level.PROVINCE: 2, Level.DISTRICT: 3, Level.COMMUNE: 5}
_LEVELS = {
    fold(word): level
    for level in Level
    for word in (level.value, level.label, level.label.removeprefix("cấp "))
}  # fmt: skip
_YES, _NO = frozenset({"x", "co", "true", "yes", "1", "mot phan"}), frozenset({"khong", "false", "no", "0"})
_MANGLED = re.compile(r"-\d+|\d+[.,]\d+|\d+(?:[.,]\d+)?E[+-]?\d+", re.IGNORECASE | re.ASCII)
_SERIAL = re.compile(r"[1-9]\d{4}", re.ASCII)  # a day as workbooks count them: 18 May 1927 to 13 October 2173
_FIRST_SERIAL = date(1899, 12, 30)
_LIST = re.compile(r"[;,\n]")


@dataclass(frozen=True)
class Columns:
    """The heading: the column of each key, from 0, and what it is called there."""

    row: int
    of: Mapping[str, int]
    names: Mapping[str, str]
    unknown: tuple[tuple[int, str], ...]  # columns that are not read


@dataclass(frozen=True)
class Taken:
    """A unit that took over, as the list names it: by code, slug or name."""

    text: str
    partly: bool
    row: int
    column: int  # from 1


@dataclass
class Draft:
    """One unit as listed: the text of each filled key, where it stands (row and column from 1), its successors."""

    row: int
    level: Level
    values: dict[str, str]
    columns: Mapping[str, int]
    taken: list[Taken] = field(default_factory=list)


def drafts(sheet: Sheet, path: str) -> tuple[list[Draft], Columns | None, list[Problem]]:
    """The units of the list in order, with every fault of a row by itself. Several rows of one unit, each with another
    successor, are one."""
    columns = _columns(sheet)
    if columns is None:
        return [], None, [_no_heading(sheet, path)]
    problems = _of_merged_cells(sheet, columns, path)
    if problems:  # what the rows say can't be told before they are mended
        return [], columns, problems
    found: list[Draft] = []
    first: dict[tuple[str, ...], Draft] = {}
    for row in sheet.rows:
        if row.number <= columns.row:
            continue
        draft, faults = _draft(row, columns, path)
        problems.extend(faults)
        if draft is None:
            continue
        known = first.setdefault(_identity(draft), draft)
        if known is draft:
            found.append(draft)
        else:
            problems.extend(_joined(known, draft, columns, path))
    return found, columns, problems


def _columns(sheet: Sheet) -> Columns | None:
    for row in sheet.rows[:_HEADING_WITHIN]:
        of, unknown = _headings(row)
        if all(key in of for key in REQUIRED):
            return Columns(row.number, of, {key: row.cells[index] for key, index in of.items()}, unknown)
    return None


def _headings(row: Row) -> tuple[dict[str, int], tuple[tuple[int, str], ...]]:
    """The columns that the cells of a row name, and the cells that name none."""
    known = {fold(name): key for key, names in HEADINGS.items() for name in names}
    of: dict[str, int] = {}
    unknown: list[tuple[int, str]] = []
    for index, cell in enumerate(row.cells):
        key = known.get(fold(cell.replace("_", " ")))
        if key and key not in of:
            of[key] = index
        elif cell:
            unknown.append((index + 1, cell))
    return of, tuple(unknown)


def _no_heading(sheet: Sheet, path: str) -> Problem:
    """What is missing, at the row that is most like a heading."""
    rows = [(row, _headings(row)[0]) for row in sheet.rows[:_HEADING_WITHIN]]
    row, of = max(rows, key=lambda pair: len(pair[1]), default=(None, {}))
    if row is None or len(of) < 2:
        return Problem(path, 1, 1, FILE, "không thấy dòng tiêu đề cột", f"phải có các cột {_quoted(REQUIRED)}")
    missing = _quoted(key for key in REQUIRED if key not in of)
    hint = "hãy thêm cột hoặc sửa tên cột; các tên được nhận: `portal units import --help`"
    return Problem(path, row.number, 1, "dòng", f"dòng tiêu đề thiếu cột {missing}", hint)


def _quoted(keys: Iterable[str]) -> str:
    return ", ".join(f"`{HEADINGS[key][0]}`" for key in keys)


def _of_merged_cells(sheet: Sheet, columns: Columns, path: str) -> list[Problem]:
    """Of the heading and below; titles above may be merged."""
    below = [merged for merged in sheet.merged if merged.last_row >= columns.row]
    heading = [merged for merged in below if merged.row <= columns.row]
    problems = []
    if heading:
        cells = ", ".join(merged.cells for merged in heading)
        hint = "hãy bỏ gộp và viết tên mọi cột trên một dòng"
        problems = [Problem(path, heading[0].row, heading[0].column, "ô", f"dòng tiêu đề có ô gộp {cells}", hint)]
    hint = "hãy bỏ gộp và điền đủ từng dòng, hoặc xóa dòng không phải là đơn vị"
    rest = [merged for merged in below if merged.row > columns.row]
    return [*problems, *(Problem(path, m.row, m.column, "ô", f"ô gộp {m.cells}", hint) for m in rest)]


def _draft(row: Row, columns: Columns, path: str) -> tuple[Draft | None, list[Problem]]:
    def problem(key: str, message: str, hint: str) -> Problem:
        return Problem(path, row.number, columns.of[key] + 1, columns.names[key], message, hint)

    values = {
        key: " ".join(row.cells[index].split()) if key != "replaced_by" else row.cells[index]
        for key, index in columns.of.items()
        if index < len(row.cells) and row.cells[index]
    }
    if not any(key in values for key in REQUIRED):
        hint = "hãy điền đủ, hoặc xóa dòng này nếu là ghi chú hay chữ ký"
        return None, [Problem(path, row.number, 1, "dòng", f"không có {_quoted(REQUIRED)}", hint)]
    problems = [problem(key, "ô trống", "hãy điền ô này") for key in REQUIRED if key not in values]
    level = _LEVELS.get(fold(values.get("level", "")))
    if level is None and "level" in values:
        problems.append(problem("level", f"`{values['level']}` không phải một cấp", "hãy viết tỉnh, huyện hoặc xã"))
    if _MANGLED.fullmatch(values.get("code", "")):
        hint = "hãy để cột này ở dạng văn bản và viết lại đủ chữ số"
        problems.append(problem("code", f"`{values['code']}` là số do bảng tính đổi dạng, không phải mã", hint))
    for key in ("valid_from", "valid_to"):
        if _SERIAL.fullmatch(values.get(key, "")):
            day = _FIRST_SERIAL + timedelta(days=int(values[key]))
            hint = f"hãy để cột này ở dạng ngày, hoặc viết {day} nếu đúng là ngày đó"
            problems.append(problem(key, f"`{values[key]}` là số, không phải ngày", hint))
    if problems or level is None:
        return None, problems
    at = {key: columns.of[key] + 1 for key in values}
    draft = Draft(row.number, level, _plain(values, level), at)
    if "replaced_by" not in values and fold(values.get("partly", "không")) not in _NO:
        return None, [problem("partly", "có `một phần` mà không có đơn vị thay thế", "hãy điền đơn vị thay thế")]
    partly = _partly(values)
    if partly is None:
        hint = "hãy viết có, không, hoặc mã những đơn vị chỉ nhận một phần"
        return None, [problem("partly", f"không hiểu `{values['partly']}`", hint)]
    for text in _items(values.get("replaced_by", "")):
        draft.taken.append(Taken(text, text in partly, row.number, at["replaced_by"]))
    return draft, []


def _plain(values: Mapping[str, str], level: Level) -> dict[str, str]:
    """The values as the register writes them."""
    plain = {key: value for key, value in values.items() if key not in ("level", "replaced_by", "partly")}
    plain["kind"] = uncapitalised(plain["kind"])
    key, kind = match_key(plain["name"]), match_key(plain["kind"])
    if key.startswith(kind + " ") and len(plain["name"].split()) > len(plain["kind"].split()):
        plain["name"] = " ".join(plain["name"].split()[len(plain["kind"].split()) :])
    if plain.get("code", "").isdecimal():
        plain["code"] = plain["code"].zfill(_DIGITS[level])
    for name in ("valid_from", "valid_to"):
        with suppress(PydanticCustomError):  # what is no day stays as written, and is told so
            if name in plain:
                plain[name] = day_of_list(plain[name]).isoformat()
    return plain


def _items(text: str) -> Sequence[str]:
    return [item for part in _LIST.split(text) if (item := " ".join(part.split()))]


def _partly(values: Mapping[str, str]) -> frozenset[str] | None:
    """Those successors of the row that took over only a part; None when that can't be told."""
    taken, said = _items(values.get("replaced_by", "")), values.get("partly", "")
    if not said or fold(said) in _NO:
        return frozenset()
    if fold(said) in _YES:
        return frozenset(taken)
    named = frozenset(_items(said))
    return named if named <= frozenset(taken) else None


def _identity(draft: Draft) -> tuple[str, ...]:
    keys = ("code", "name", "kind", "parent", "valid_from", "valid_to")
    return (draft.level.value, *(match_key(draft.values.get(key, "")) for key in keys))


def _joined(known: Draft, again: Draft, columns: Columns, path: str) -> list[Problem]:
    """Adds the successors of a further row of a unit; the problems of what it says otherwise, or for nothing."""
    for key in ("aliases", "act", "source"):
        if again.values.get(key) != known.values.get(key):
            message = f"khác với dòng {known.row} của cùng một đơn vị"
            name = columns.names[key]
            return [Problem(path, again.row, columns.of[key] + 1, name, message, "hãy viết như nhau hoặc để một dòng")]
    if not again.taken or {taken.text for taken in again.taken} & {taken.text for taken in known.taken}:
        message = f"lặp lại đơn vị ở dòng {known.row}"
        return [Problem(path, again.row, 1, "dòng", message, "hãy giữ một dòng")]
    known.taken.extend(again.taken)
    return []
