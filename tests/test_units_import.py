"""`portal units import` as people run it: lists as workbooks, what is refused, and that nothing written is lost."""

from __future__ import annotations

import io
import resource
import shutil
import subprocess
import sys
import unicodedata
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet
from portal.registers import read_data
from portal.units_command import replaced
from test_cases import BASE
from test_units_command import REGISTER, units

PROJECT = Path(__file__).resolve().parents[1]


def test_a_workbook_is_imported_like_a_list(tmp_path: Path) -> None:
    root = tmp_path / "portal"
    shutil.copytree(BASE, root)
    book = Workbook()
    assert isinstance(book.active, Worksheet)
    for row in (
        ["DANH SÁCH ĐƠN VỊ"],
        ["Mã", "Tên", "Loại", "Cấp", "Mã cấp trên", "Có từ ngày", "Có đến ngày", "Thay thế bằng", "Một phần"],
        [5, "Xã Hòa An", "Xã", "Xã", "binh-an", date(2025, 7, 1)],
        [6, "Hòa Lợi", "Xã", "Xã", 79, None, date(2025, 6, 30), "00005; xa-hoa-loc", "00005"],
    ):
        book.active.append(row)
    book.active.merge_cells("A1:I1")
    kept = io.BytesIO()
    book.save(kept)
    (root / "a.xlsx").write_bytes(kept.getvalue())
    done = units("import", str(root / "a.xlsx"), "--write", root=root)
    assert (done.exit_code, done.stderr) == (0, "Thêm 2 đơn vị, 0 đơn vị đã có. Đã ghi data/units.yml.\n")
    registers, problems = read_data(root)
    assert problems == []
    older, newer = registers.units["xa-hoa-loi"], registers.units["xa-hoa-an"]
    assert (older.code, newer.code, newer.valid_from) == ("00006", "00005", date(2025, 7, 1))
    assert [(s.slug, s.partly) for s in older.replaced_by] == [("xa-hoa-an", True), ("xa-hoa-loc", False)]
    assert [file.name for file in (root / "data").iterdir() if file.name.startswith(".")] == []


HEADING = ["Mã", "Tên", "Loại", "Cấp", "Mã cấp trên", "Có từ ngày", "Có đến ngày", "Thay thế bằng", "Một phần"]
NEW = ["00005", "Hòa An", "Xã", "Xã", "binh-an", date(2025, 7, 1)]
OLD = ["00006", "Hòa Lợi", "Xã", "Xã", "079", None, date(2025, 6, 30), "00005"]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    shutil.copytree(BASE, tmp_path / "portal")
    return tmp_path / "portal"


def workbook(root: Path, fill: Callable[[Worksheet], object]) -> str:
    book = Workbook()
    assert isinstance(book.active, Worksheet)
    fill(book.active)
    book.save(root / "a.xlsx")
    return str(root / "a.xlsx")


def rows(*them: list) -> Callable[[Worksheet], object]:
    return lambda sheet: [sheet.append(row) for row in them]


def _as_numbers(sheet: Worksheet) -> None:
    rows(HEADING, [5, *NEW[1:]], [6.0, *OLD[1:4], 79, *OLD[5:7], 5])(sheet)
    for place in ("A2", "A3", "E3", "H3"):
        sheet[place].number_format = "00000"


def _under_titles(sheet: Worksheet) -> None:
    rows(["DANH SÁCH"], ["(kèm theo)"], [], ["Đơn vị", None, None, None, "Thời gian"], HEADING, [], NEW, [], OLD)(sheet)
    for cells in ("A1:I1", "A2:I2", "A4:D4"):
        sheet.merge_cells(cells)


def _marks_apart(sheet: Worksheet) -> None:
    for row in (HEADING, NEW, OLD):
        sheet.append([unicodedata.normalize("NFD", cell) if isinstance(cell, str) else cell for cell in row])


def _with_formats(sheet: Worksheet) -> None:
    rows(HEADING, NEW, OLD)(sheet)
    sheet.column_dimensions["E"].hidden = True
    sheet.row_dimensions[3].hidden = True
    for row, column in ((1_048_576, 1), (500, 16_384)):
        sheet.cell(row, column).number_format = "0.00"
    assert sheet.parent is not None
    sheet.parent.create_sheet("Trống").merge_cells("A1:B2")


@pytest.mark.parametrize("fill", [rows(HEADING, NEW, OLD), _as_numbers, _under_titles, _marks_apart, _with_formats])
def test_one_list_however_it_was_made(root: Path, fill: Callable[[Worksheet], object]) -> None:
    file = workbook(root, fill)
    before = (root / REGISTER).read_text(encoding="utf-8")
    shown = units("import", file, root=root)
    assert (root / REGISTER).read_text(encoding="utf-8") == before
    done = units("import", file, "--write", root=root)
    assert (done.exit_code, done.stdout) == (0, shown.stdout)
    assert done.stderr == "Thêm 2 đơn vị, 0 đơn vị đã có. Đã ghi data/units.yml.\n"
    registers, problems = read_data(root)
    assert problems == []
    older, newer = registers.units["xa-hoa-loi"], registers.units["xa-hoa-an"]
    assert (older.code, older.name, older.valid_to, older.parents[0].slug) == (
        "00006",
        "Hòa Lợi",
        date(2025, 6, 30),
        "hoa-loc",
    )
    assert (newer.code, newer.valid_from, [s.slug for s in older.replaced_by]) == (
        "00005",
        date(2025, 7, 1),
        ["xa-hoa-an"],
    )
    text = (root / REGISTER).read_text(encoding="utf-8")
    again = units("import", file, "--write", root=root)
    assert (again.exit_code, again.stdout, again.stderr) == (0, "", "Thêm 0 đơn vị, 2 đơn vị đã có.\n")
    assert (root / REGISTER).read_text(encoding="utf-8") == text


def _merged_heading(sheet: Worksheet) -> None:
    rows([*HEADING[:5], "Thời gian", None, *HEADING[7:]], [None] * 5 + HEADING[5:7], NEW)(sheet)
    for cells in ("A1:A2", "F1:G1"):
        sheet.merge_cells(cells)


def _merged_rows(sheet: Worksheet) -> None:
    rows(HEADING, NEW, OLD)(sheet)
    sheet.merge_cells("C2:D3")


def _error_cell(sheet: Worksheet) -> None:
    rows(HEADING, NEW)(sheet)
    sheet["E2"] = "#N/A"


REFUSED = {
    _merged_heading: (
        "a.xlsx:1:1: ô: dòng tiêu đề có ô gộp A1:A2, F1:G1; hãy bỏ gộp và viết tên mọi cột trên một dòng"
    ),
    _merged_rows: ("a.xlsx:2:3: ô: ô gộp C2:D3; hãy bỏ gộp và điền đủ từng dòng, hoặc xóa dòng không phải là đơn vị"),
    _error_cell: "a.xlsx:2:5: ô: ô này báo lỗi #N/A; hãy sửa ô đó trong bảng tính",
}


@pytest.mark.parametrize("fill", REFUSED)
def test_a_workbook_that_is_refused_is_told_in_one_line(root: Path, fill: Callable[[Worksheet], object]) -> None:
    done = units("import", workbook(root, fill), "--write", root=root)
    assert (done.exit_code, done.stdout, done.stderr) == (1, "", f"{REFUSED[fill]}\nCó 1 lỗi.\n")
    assert (root / REGISTER).read_bytes() == (BASE / REGISTER).read_bytes()


def test_a_list_that_is_not_there(root: Path) -> None:
    done = units("import", str(root / "b.csv"), root=root)
    assert done.stderr == "b.csv:1:1: tệp: không có tệp này; hãy kiểm tra đường dẫn và tên tệp\nCó 1 lỗi.\n"
    done = units("import", str(root / "data"), root=root)
    assert done.stderr == "data:1:1: tệp: không phải là tệp thường; hãy chọn một tệp CSV hoặc XLSX\nCó 1 lỗi.\n"


def test_a_disk_without_room_leaves_the_register_as_it_was(root: Path) -> None:
    """A limit on the size of files is what a process can give itself of a full disk."""
    file = workbook(root, rows(HEADING, NEW, OLD))
    before = (root / REGISTER).read_bytes()
    command = [sys.executable, "-m", "portal", "units", "import", file, "--write", "--root", str(root)]
    done = subprocess.run(
        command,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        env={"PYTHONPATH": str(PROJECT / "hooks"), "PYTHONUTF8": "1", "PYTHONDONTWRITEBYTECODE": "1"},
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (len(before), len(before))),
    )
    hint = "tệp vẫn như cũ; hãy kiểm tra quyền ghi và chỗ trống trên ổ đĩa rồi chạy lại"
    assert (done.returncode, done.stderr) == (
        1,
        f"data/units.yml:1:1: tệp: không ghi được (File too large); {hint}\nCó 1 lỗi.\n",
    )
    assert (root / REGISTER).read_bytes() == before
    assert [file.name for file in (root / "data").iterdir() if file.name.startswith(".")] == []


def test_what_someone_wrote_in_the_meantime_is_kept(root: Path) -> None:
    register = root / REGISTER
    before = register.read_text(encoding="utf-8")
    register.write_text(before + "# của người khác\n", encoding="utf-8")
    (problem,) = replaced(register, before, before + "- {slug: a}\n")
    assert str(problem) == ("data/units.yml:1:1: tệp: vừa bị sửa trong lúc nhập nên chưa ghi gì; hãy chạy lại lệnh này")
    assert register.read_text(encoding="utf-8") == before + "# của người khác\n"
    assert replaced(register, before + "# của người khác\n", "xong\n") == ()
    assert register.read_text(encoding="utf-8") == "xong\n"
    assert [file.name for file in (root / "data").iterdir() if file.name.startswith(".")] == []


def test_no_folder_is_made_where_there_is_no_portal(tmp_path: Path) -> None:
    file = workbook(tmp_path, rows(HEADING, ["01", "Bình An", "Tỉnh", "Tỉnh"]))
    done = units("import", file, "--write", root=tmp_path)
    hint = "hãy tạo thư mục đó, hoặc xem --root có đúng thư mục của cổng"
    assert (done.exit_code, done.stderr) == (
        1,
        f"data/units.yml:1:1: tệp: không có thư mục data/; {hint}\nCó 1 lỗi.\n",
    )
    assert [file.name for file in tmp_path.iterdir()] == ["a.xlsx"]
