"""`portal units show` and `check`, and lists as workbooks, as people run them."""

from __future__ import annotations

import io
import shutil
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet
from portal.cli import main
from portal.registers import read_data
from test_cases import BASE

PROJECT = Path(__file__).resolve().parents[1]
NOW = "2026-11-22T08:00"


def units(*arguments: str, root: Path = BASE) -> Result:
    now = ("--now", NOW) if arguments[0] == "show" else ()
    return CliRunner().invoke(main, ["units", *arguments, "--root", str(root), *now])


def test_check_says_how_many_units_there_are() -> None:
    assert units("check").stdout == "Không có lỗi.\n3 đơn vị.\n"


def test_check_tells_faults_of_units_alone(tmp_path: Path) -> None:
    root = tmp_path / "portal"
    shutil.copytree(BASE, root)
    for name in ("units", "fields"):
        with (root / f"data/{name}.yml").open("a", encoding="utf-8") as file:
            file.write("- {slug: a}\n")
    done = units("check", root=root)
    assert done.exit_code == 1
    assert {line.partition(":")[0] for line in done.stdout.splitlines()[:-1]} == {"data/units.yml"}


@pytest.mark.parametrize("name", ["hoa-loc", "huyện Hòa Lộc", "huyện hoà lộc"])
def test_a_unit_on_a_day_and_today(name: str) -> None:
    assert units("show", name, "--on", "2024-05-17").stdout.splitlines() == [
        "Huyện Hòa Lộc (hoa-loc), cấp huyện, mã 079: có đến hết 30/06/2025, không rõ từ ngày nào.",
        "Ngày 17/05/2024: huyện của tỉnh Bình An.",
        "Nay (22/11/2026): không còn; địa bàn nay thuộc:",
        "- xã Hòa Lộc (xa-hoa-loc), tỉnh Bình An",
    ]


def test_a_unit_that_was_not_there_yet() -> None:
    assert units("show", "xa-hoa-loc", "--on", "2024-05-17").stdout.splitlines() == [
        "Xã Hòa Lộc (xa-hoa-loc), cấp xã: có từ 01/07/2025.",
        "Ngày 17/05/2024: chưa có; địa bàn khi đó thuộc:",
        "- huyện Hòa Lộc (hoa-loc), tỉnh Bình An",
        "Nay (22/11/2026): xã của tỉnh Bình An.",
        "Hợp thành từ:",
        "- huyện Hòa Lộc (hoa-loc), tỉnh Bình An",
    ]


def test_what_went_only_in_part(tmp_path: Path) -> None:
    root = tmp_path / "portal"
    shutil.copytree(BASE, root)
    with (root / "data/units.yml").open("a", encoding="utf-8") as file:
        file.write(
            "- {slug: xa-moi, name: Mới, kind: xã, level: commune, parents: [{slug: binh-an}], valid_from: 2025-07-01}\n"
            "- slug: xa-cu\n  name: Cũ\n  kind: xã\n  level: commune\n  parents: [{slug: hoa-loc}]\n"
            "  valid_to: 2025-06-30\n  replaced_by: [{slug: xa-moi}, {slug: xa-hoa-loc}]\n"
        )
    assert units("show", "xa-cu", root=root).stdout.splitlines() == [
        "Xã Cũ (xa-cu), cấp xã: có đến hết 30/06/2025, không rõ từ ngày nào.",
        "Nay (22/11/2026): không còn; địa bàn nay thuộc:",
        "- xã Mới (xa-moi), tỉnh Bình An, một phần",
        "- xã Hòa Lộc (xa-hoa-loc), tỉnh Bình An, một phần",
    ]
    assert units("show", "xa-moi", root=root).stdout.splitlines()[-2:] == [
        "Hợp thành từ:",
        "- xã Cũ (xa-cu), huyện Hòa Lộc, tỉnh Bình An, một phần",
    ]


def test_several_units_of_a_name_are_listed_and_a_day_chooses_among_them() -> None:
    done = units("show", "hoa", "loc")
    assert (done.exit_code, done.stdout.splitlines()) == (
        1,
        [
            "Có 2 địa bàn tên `hoa loc`; hãy chọn bằng mã:",
            "- hoa-loc: huyện Hòa Lộc, tỉnh Bình An, có đến hết 30/06/2025, không rõ từ ngày nào",
            "- xa-hoa-loc: xã Hòa Lộc, tỉnh Bình An, có từ 01/07/2025",
        ],
    )
    assert units("show", "hoa loc", "--on", "2025-07-01").stdout.startswith("Xã Hòa Lộc (xa-hoa-loc)")


def test_a_name_nobody_has_and_a_day_that_is_none() -> None:
    done = units("show", "hoa-lok")
    assert (done.exit_code, done.stderr) == (
        1,
        "Không có địa bàn `hoa-lok` trong data/units.yml; có phải `hoa-loc`?\n",
    )
    assert "hãy viết 2024-05-17" in units("show", "hoa-loc", "--on", "17/05/2024").stderr


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


# What section 4.2 of the research says of the districts of the five reports: their day's province, and today's communes,
# with a `~` where only a part went there.
SEEDS = {
    "chu-pah": ("gia-lai", "~Chư Păh, ~Ia Khươl, ~Ia Ly, ~Ia Phí, ~Biển Hồ"),
    "pleiku": ("gia-lai", "~Biển Hồ"),
    "dak-doa": ("gia-lai", "~Biển Hồ"),
    "tan-lac": ("hoa-binh", "~Tân Lạc, ~Mường Hoa, ~Vân Sơn, ~Mường Bi, ~Toàn Thắng"),
    "cam-xuyen": (
        "ha-tinh",
        "~Cẩm Xuyên, ~Thiên Cầm, ~Yên Hòa, ~Cẩm Bình, ~Cẩm Hưng, ~Cẩm Duệ, ~Cẩm Trung, ~Cẩm Lạc",
    ),
    "thanh-pho-ha-tinh": (
        "ha-tinh",
        "~Thành Sen, ~Trần Phú, ~Hà Huy Tập, ~Thạch Khê, ~Đồng Tiến, ~Thạch Lạc, ~Cẩm Bình",
    ),
    "dien-chau": (
        "nghe-an",
        "~Hùng Châu, ~Đức Châu, ~Hải Châu, ~Quảng Châu, ~Diễn Châu, ~Minh Châu, ~An Châu, ~Tân Châu",
    ),
    "tam-duong": ("lai-chau", "~Bình Lư"),
    "xa-cam-binh": ("thanh-pho-ha-tinh", "Cẩm Bình"),
    "xa-cam-vinh": ("thanh-pho-ha-tinh", "Cẩm Bình"),
    "xa-binh-lu": ("tam-duong", "Bình Lư"),
    "phuong-thach-quy": ("thanh-pho-ha-tinh", "Thành Sen"),
    "xa-dien-van": ("dien-chau", "Đức Châu"),
}


@pytest.mark.parametrize("slug", SEEDS)
def test_the_register_agrees_with_the_research(slug: str) -> None:
    registers, problems = read_data(PROJECT)
    assert problems == []
    territory, unit = registers.territory, registers.units[slug]
    above, today = SEEDS[slug]
    last = date(2025, 6, 30)
    parent = territory.parent(unit, last)
    assert parent is not None
    assert parent.slug == above
    now = territory.successors_on(unit, date(2026, 11, 22))
    assert ", ".join(("~" if kin.partly else "") + kin.unit.name for kin in now) == today
    assert territory.parent(unit, date(2025, 7, 1)) is None
    assert {kin.unit.level.value for kin in now} == {"commune"}
    for kin in now:
        before = {one.unit.slug: one.partly for one in territory.predecessors_on(kin.unit, last)}
        assert before[unit.slug] is kin.partly
