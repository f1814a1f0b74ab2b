"""`portal units show` and `check` as people run them."""

from __future__ import annotations

import shutil
import unicodedata
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from portal.cli import main
from portal.registers import read_data
from test_cases import BASE

PROJECT = Path(__file__).resolve().parents[1]
NOW = "2026-11-22T08:00"
REGISTER = "data/units.yml"


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


@pytest.mark.parametrize("day", ["2024-05-17", "17/05/2024", "17.5.2024"])
@pytest.mark.parametrize("name", ["hoa-loc", "huyện Hòa Lộc", "huyện hoà lộc"])
def test_a_unit_on_a_day_and_today(name: str, day: str) -> None:
    assert units("show", name, "--on", day).stdout.splitlines() == [
        "Huyện Hòa Lộc (hoa-loc), cấp huyện, mã 079: có đến hết 30/06/2025, không rõ từ ngày nào.",
        "Ngày 17/05/2024: huyện của tỉnh Bình An; không biết khi đó đã có chưa, vì danh mục không ghi từ ngày nào.",
        "Nay (22/11/2026): không còn; địa bàn nay thuộc:",
        "- xã Hòa Lộc (xa-hoa-loc), tỉnh Bình An",
    ]


def test_a_day_before_anything_known_is_not_claimed(root: Path) -> None:
    doubt = "không biết khi đó đã có chưa, vì danh mục không ghi từ ngày nào"
    with (root / REGISTER).open("a", encoding="utf-8") as file:
        file.write(
            "- {slug: song-lua, name: Sông Lúa, kind: huyện, level: district, "
            "parents: [{slug: binh-an, from: 2004-01-01}]}\n"
        )

    def on(name: str, day: str) -> str:
        return next(line for line in units("show", name, "--on", day, root=root).stdout.splitlines()[1:])

    assert on("hoa-loc", "0001-01-01") == f"Ngày 01/01/0001: huyện của tỉnh Bình An; {doubt}."
    assert on("hoa-loc", "30/06/2025") == f"Ngày 30/06/2025: huyện của tỉnh Bình An; {doubt}."
    assert on("binh-an", "2024-05-17") == f"Ngày 17/05/2024: tỉnh; {doubt}."
    assert on("binh-an", "2026-11-22") == "Ngày 22/11/2026: tỉnh."
    assert on("xa-hoa-loc", "2025-07-01") == "Ngày 01/07/2025: xã của tỉnh Bình An."
    assert on("song-lua", "2004-01-01") == "Ngày 01/01/2004: huyện của tỉnh Bình An."
    assert on("song-lua", "2003-12-31") == f"Ngày 31/12/2003: huyện, không rõ thuộc đơn vị nào; {doubt}."


def test_a_unit_by_its_statistical_code(root: Path) -> None:
    with (root / REGISTER).open("a", encoding="utf-8") as file:
        file.write(
            "- {slug: xa-mot, code: '05128', name: Một, kind: xã, level: commune, valid_to: 2025-06-30}\n"
            "- {slug: xa-hai, code: '05128', name: Hai, kind: xã, level: commune, valid_from: 2025-07-01}\n"
            "- {slug: phuong-79, code: '00005', name: '79', kind: phường, level: commune, valid_to: 2025-06-30}\n"
        )
    assert units("show", "079", root=root).stdout.startswith("Huyện Hòa Lộc (hoa-loc)")
    for asked in ("00005", "5", "79"):  # of a code and a name the name
        assert units("show", asked, root=root).stdout.startswith("Phường 79 (phuong-79)")
    assert units("show", "05128", root=root).stdout.splitlines() == [
        "Có 2 địa bàn ứng với `05128`; hãy chọn bằng mã trong địa chỉ:",
        "- xa-hai: xã Hai, có từ 01/07/2025",
        "- xa-mot: xã Một, có đến hết 30/06/2025, không rõ từ ngày nào",
    ]
    assert units("show", "5128", "--on", "1/7/2025", root=root).stdout.splitlines() == [
        "Xã Hai (xa-hai), cấp xã, mã 05128: có từ 01/07/2025.",
        "Ngày 01/07/2025: xã.",
        "Nay (22/11/2026): xã.",
    ]
    assert units("show", "05129", root=root).stderr == (
        "Không có địa bàn `05129` trong data/units.yml; hãy viết mã trong địa chỉ, mã thống kê, tên hoặc tên khác\n"
    )


@pytest.mark.parametrize(
    ("asked", "hint"),
    [
        ("Cẩm Xuên", "có phải `cam-xuyen`?"),
        ("Thach Quy B", "có phải `phuong-thach-quy`?"),
        ("tỉnh Gia Lia", "có phải `tinh-gia-lai`?"),
        ("Không Có", "hãy viết mã trong địa chỉ, mã thống kê, tên hoặc tên khác"),
        ("Hồ Chí Minh", "hãy viết mã trong địa chỉ, mã thống kê, tên hoặc tên khác"),
        ("Đà Nẵng", "hãy viết mã trong địa chỉ, mã thống kê, tên hoặc tên khác"),
        ("9", "hãy viết mã trong địa chỉ, mã thống kê, tên hoặc tên khác"),
    ],
)
def test_only_what_is_really_near_is_suggested(asked: str, hint: str) -> None:
    done = units("show", asked, root=PROJECT)
    assert (done.exit_code, done.stderr) == (1, f"Không có địa bàn `{asked}` trong data/units.yml; {hint}\n")


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
            "Có 2 địa bàn ứng với `hoa loc`; hãy chọn bằng mã trong địa chỉ:",
            "- hoa-loc: huyện Hòa Lộc, tỉnh Bình An, có đến hết 30/06/2025, không rõ từ ngày nào",
            "- xa-hoa-loc: xã Hòa Lộc, tỉnh Bình An, có từ 01/07/2025",
        ],
    )
    assert units("show", "hoa loc", "--on", "2025-07-01").stdout.startswith("Xã Hòa Lộc (xa-hoa-loc)")


def test_a_name_nobody_has() -> None:
    done = units("show", "hoa-lok")
    assert (done.exit_code, done.stderr) == (
        1,
        "Không có địa bàn `hoa-lok` trong data/units.yml; có phải `hoa-loc`?\n",
    )


@pytest.fixture
def root(tmp_path: Path) -> Path:
    shutil.copytree(BASE, tmp_path / "portal")
    return tmp_path / "portal"


WHERE = "hãy xem --root có đúng thư mục của cổng, hoặc nhập bằng `portal units import`"
EMPTY = "data/units.yml còn trống; hãy thêm mục `- slug: …`, hoặc nhập bằng `portal units import`"


@pytest.mark.parametrize(
    ("text", "why"),
    [(None, f"không có tệp data/units.yml; {WHERE}"), ("", EMPTY), ("# ghi chú\n", EMPTY), ("[]\n", EMPTY)],
)
def test_a_register_without_units(root: Path, text: str | None, why: str) -> None:
    (root / REGISTER).unlink()
    if text is not None:
        (root / REGISTER).write_text(text, encoding="utf-8")
    assert units("check", root=root).stdout == f"Không có lỗi.\n0 đơn vị: {why}.\n"
    done = units("show", "hoa-loc", root=root)
    assert (done.exit_code, done.stderr) == (1, f"Không có địa bàn `hoa-loc`: {why}\n")


def test_a_unit_at_fault_is_not_said_to_be_missing(root: Path) -> None:
    with (root / REGISTER).open("a", encoding="utf-8") as file:
        file.write("- {slug: song-lua}\n")
    assert units("show", "Sông Lúa", root=root).stderr.splitlines() == [
        "data/units.yml đang có 3 lỗi, xem `portal units check`.",
        "Mục `Sông Lúa` trong data/units.yml đang có lỗi, hãy sửa trước",
    ]


@pytest.mark.parametrize(
    "asked", ["/dia-ban/hoa-loc/", "https://a.vn/x/dia-ban/hoa-loc/", "  hoa-loc ", "huyen hoa loc"]
)
def test_a_unit_by_its_address_or_without_marks(asked: str) -> None:
    assert units("show", asked).stdout.startswith("Huyện Hòa Lộc (hoa-loc)")
    assert units("show", unicodedata.normalize("NFD", "xã Hoà Lộc")).stdout.startswith("Xã Hòa Lộc (xa-hoa-loc)")


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("Hòa-Lộc.", "Không có địa bàn `Hòa-Lộc.` trong data/units.yml; có phải `hoa-loc`?"),
        (
            "x" * 90,
            f"Không có địa bàn `{'x' * 80}…` trong data/units.yml; hãy viết mã trong địa chỉ, mã thống kê, tên hoặc tên khác",
        ),
        (
            "\x1b[31m",
            "Không có địa bàn `\\u001b[31m` trong data/units.yml; hãy viết mã trong địa chỉ, mã thống kê, tên hoặc tên khác",
        ),
        (" ", "Chưa cho biết địa bàn nào; hãy viết mã trong địa chỉ, mã thống kê, tên hoặc tên khác"),
    ],
)
def test_names_nobody_has(asked: str, said: str) -> None:
    done = units("show", asked)
    assert (done.exit_code, done.stdout, done.stderr) == (1, "", f"{said}\n")


@pytest.mark.parametrize(
    ("day", "said"),
    [
        ("2024-02-30", "không có ngày `2024-02-30` trong lịch; hãy kiểm tra lại ngày và tháng"),
        (
            "05/17/2024",
            "không có ngày `05/17/2024` trong lịch (đọc theo thứ tự ngày/tháng/năm); hãy kiểm tra lại ngày và tháng",
        ),
        ("2024", "`2024` thiếu tháng và ngày; hãy viết dạng 2022-05-17"),
        (" ", "để trống; hãy viết dạng 2022-05-17"),
    ],
)
def test_days_that_are_none(day: str, said: str) -> None:
    assert units("show", "hoa-loc", "--on", day).stderr.endswith(f"Invalid value for '--on': {said}\n")


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    said = units("check", root=tmp_path / "b").stderr
    assert said.endswith("b`: không có thư mục này; hãy chọn thư mục có docs/ và data/\n")


# What section 4.2 of the research says of the districts of the five reports: their day's province, and today's communes.


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
