"""`portal units`: the register of units checked, explained, and filled from an official list."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path

import click

from .clock import moment_of
from .command_options import DAY, now_option, root_option
from .problems import Problem, in_order, printable, report
from .reading import MAX_TEXT_BYTES, decode, whole_file
from .registers import MAX_DATA_NODES, Registers, read_data
from .schema.base import validated
from .schema.data import Unit
from .schema.dates import VIETNAM
from .sheets import MAX_BYTES, read_sheet
from .text import nfc, slugify
from .unit_entries import added_lines, with_units
from .unit_listing import listing
from .unit_rows import HEADINGS, REQUIRED
from .unit_telling import listed, nearest_unit, told, units_named
from .yaml_tree import read_yaml

_ADDRESS = re.compile(r"(?:https?://[^/]+)?/?(?:.*/)?dia-ban/([^/]+)/?")
_SHOWN = 80  # letters of what was asked for
_COLUMNS = "\n".join(
    f"  {names[0]}{' (bắt buộc)' if key in REQUIRED else ''}: cũng nhận {', '.join(names[1:])}"
    for key, names in HEADINGS.items()
)


@click.group()
def units() -> None:
    """Kiểm tra, tra cứu và nhập danh sách địa bàn (data/units.yml)."""


@units.command()
@root_option
def check(root: Path) -> None:
    """Kiểm tra data/units.yml: thời gian, cấp trên, đơn vị thay thế, tên và mã."""
    registers, problems = _register(root)
    click.echo(report(problems))
    if problems:
        raise SystemExit(1)
    click.echo(
        f"{len(registers.units.entries)} đơn vị." if registers.units.entries else f"0 đơn vị: {_no_units(root)}."
    )


@units.command()
@click.argument("name", metavar="TÊN", nargs=-1, required=True)
@root_option
@now_option
@click.option(
    "--on",
    "days",
    type=DAY,
    multiple=True,
    metavar="NGÀY",
    help="Ngày cần tra, ví dụ 17/05/2024 hoặc 2024-05-17; dùng được nhiều lần.",
)
def show(name: tuple[str, ...], root: Path, now: datetime | None, days: tuple[date, ...]) -> None:
    """Nói một địa bàn là gì vào một ngày và hiện nay.

    TÊN là mã trong địa chỉ, mã thống kê, tên hoặc tên khác, có dấu hay không dấu.
    """
    registers, problems = _register(root)
    if problems:
        click.echo(f"data/units.yml đang có {len(problems)} lỗi, xem `portal units check`.", err=True)
    asked = _plain_name(" ".join(name))
    found = units_named(registers, asked, days[0] if days else None)
    if not found:
        click.echo(_nobody(registers, asked, root, problems), err=True)
        raise SystemExit(1)
    if len(found) > 1:
        click.echo(f"Có {len(found)} địa bàn ứng với `{printable(asked)}`; hãy chọn bằng mã trong địa chỉ:")
        for line in listed(registers, found):
            click.echo(printable(line))
        raise SystemExit(1)
    for line in told(
        registers, found[0], tuple(dict.fromkeys(days)), (now or moment_of(None)).astimezone(VIETNAM).date()
    ):
        click.echo(printable(line))


def _plain_name(asked: str) -> str:
    """What was asked for, or the slug where that was an address of the site."""
    address = _ADDRESS.fullmatch(asked.strip())
    return address[1] if address else " ".join(nfc(asked).split())


def _nobody(registers: Registers, asked: str, root: Path, problems: Sequence[Problem]) -> str:
    """Why nothing was found, and what to ask for instead."""
    shown = printable(asked if len(asked) <= _SHOWN else f"{asked[:_SHOWN]}…")
    if not asked:
        return "Chưa cho biết địa bàn nào; hãy viết mã trong địa chỉ, mã thống kê, tên hoặc tên khác"
    if slugify(asked) in registers.units.faulty:
        return f"Mục `{shown}` trong data/units.yml đang có lỗi, hãy sửa trước"
    if not registers.units.entries and not problems:
        return f"Không có địa bàn `{shown}`: {_no_units(root)}"
    near = nearest_unit(registers, slugify(asked[:_SHOWN]))
    hint = f"; có phải `{near}`?" if near else "; hãy viết mã trong địa chỉ, mã thống kê, tên hoặc tên khác"
    return f"Không có địa bàn `{shown}` trong data/units.yml{hint}"


def _no_units(root: Path) -> str:
    """Why the register holds nothing, and what to do."""
    if not (root / "data/units.yml").exists():
        return (
            "không có tệp data/units.yml; hãy xem --root có đúng thư mục của cổng, hoặc nhập bằng `portal units import`"
        )
    return "data/units.yml còn trống; hãy thêm mục `- slug: …`, hoặc nhập bằng `portal units import`"


@units.command(name="import", epilog=f"\b\nCác cột:\n{_COLUMNS}")
@click.argument("file", metavar="TỆP", type=click.Path(path_type=Path))
@root_option
@click.option("--write", is_flag=True, help="Ghi vào data/units.yml; không có thì chỉ hiện những gì sẽ thêm.")
def import_(file: Path, root: Path, write: bool) -> None:
    """Thêm địa bàn từ danh sách chính thức dạng CSV (UTF-8) hoặc XLSX.

    Mỗi dòng một đơn vị; đơn vị có nhiều đơn vị thay thế thì liệt kê cách nhau bằng dấu `;` hoặc viết thành nhiều dòng.
    Cấp trên và đơn vị thay thế ghi bằng mã, bằng tên hoặc bằng mã trong địa chỉ. Cấp là tỉnh, huyện hoặc xã. Ngày viết
    17/05/2024 hoặc 2024-05-17. Cột `một phần` viết có, không, hoặc mã những đơn vị chỉ nhận một phần; khi có nhiều
    đơn vị thay thế thì đơn vị nào cũng chỉ nhận một phần, không cần ghi. Mã thống kê được thêm số 0 ở đầu cho đủ 2, 3, 5
    chữ số theo cấp. Mục đã có trong data/units.yml không bao giờ bị sửa.
    """
    registers, problems = _register(root)
    _stop_at(problems)
    before, problems = _text_of(root)
    _stop_at(problems)
    data, problems = _bytes(file)
    _stop_at(problems)
    sheet, problems = read_sheet(data, file.name)
    _stop_at(problems)
    assert sheet is not None
    found, problems = listing(sheet, file.name, registers)
    _stop_at(problems)
    for notice in in_order(found.notices):
        click.echo(f"Chú ý: {printable(str(notice))}", err=True)
    after = with_units(before, found.added)
    _stop_at(_read_back(after, registers, found.added))
    for line in added_lines(before, after, "data/units.yml"):
        click.echo(line)
    summary = f"Thêm {len(found.added)} đơn vị, {found.known} đơn vị đã có."
    if write and found.added:
        _stop_at(replaced(root / "data/units.yml", before, after))
        summary += " Đã ghi data/units.yml."
    elif found.added:
        summary += " Chưa ghi gì; thêm --write để ghi."
    click.echo(summary, err=True)


def _register(root: Path) -> tuple[Registers, tuple[Problem, ...]]:
    """The registers, with the problems of the units alone."""
    registers, problems = read_data(root)
    return registers, in_order(problem for problem in problems if problem.path in ("data", registers.units.path))


def _stop_at(problems: Sequence[Problem]) -> None:
    if problems:
        click.echo(report(problems), err=True)
        raise SystemExit(1)


def _bytes(file: Path) -> tuple[bytes, tuple[Problem, ...]]:
    """No more of the list than would be refused as too large."""
    if not file.exists():
        return b"", (whole_file(file.name, "không có tệp này", "hãy kiểm tra đường dẫn và tên tệp"),)
    if not file.is_file():
        return b"", (whole_file(file.name, "không phải là tệp thường", "hãy chọn một tệp CSV hoặc XLSX"),)
    try:
        with file.open("rb") as opened:
            return opened.read(MAX_BYTES + 1), ()
    except OSError as error:
        hint = "hãy kiểm tra quyền đọc, hoặc đóng chương trình đang mở tệp"
        return b"", (whole_file(file.name, f"không đọc được ({error.strerror})", hint),)


def _text_of(root: Path) -> tuple[str, tuple[Problem, ...]]:
    """data/units.yml with its line breaks and byte order mark, so that what is there stays as it is."""
    try:
        return (root / "data/units.yml").read_bytes().decode("utf-8"), ()
    except FileNotFoundError:
        return "", ()
    except (OSError, UnicodeDecodeError):
        return "", (whole_file("data/units.yml", "không đọc được", "hãy kiểm tra quyền đọc và mã hóa UTF-8"),)


def _read_back(text: str, registers: Registers, added: tuple[Unit, ...]) -> list[Problem]:
    """Why the text is not the register with what was added: it is read as the portal will read it."""
    path, data = registers.units.path, text.encode("utf-8")
    few = "hãy chỉ nhập những đơn vị cần dùng"
    if len(data) > MAX_TEXT_BYTES:
        return [whole_file(path, f"sẽ lớn hơn {MAX_TEXT_BYTES // 1_000_000} MB", few)]
    plain = decode(path, data)[0] or ""
    tree = read_yaml(plain, MAX_DATA_NODES)
    if tree.broken and not read_yaml(plain, len(data)).broken:
        return [whole_file(path, f"sẽ có hơn {MAX_DATA_NODES} giá trị", few)]
    records = [] if tree.broken else [validated(Unit, tree, (index,))[0] for index in range(len(tree.value or ()))]
    if records == [*registers.units, *added]:
        return []
    hint = "hãy viết tệp thành danh sách, mỗi mục bắt đầu bằng `- slug: …`, rồi nhập lại"
    return [whole_file(path, "không thêm được vào cuối tệp này", hint)]


def replaced(file: Path, before: str, after: str) -> tuple[Problem, ...]:
    """Puts the new text in the place of the old as a whole, or says why not: then the file is as it was. What someone
    else wrote there in the meantime is never lost."""
    path = "data/units.yml"
    if not file.parent.is_dir():
        return (
            whole_file(path, "không có thư mục data/", "hãy tạo thư mục đó, hoặc xem --root có đúng thư mục của cổng"),
        )
    beside = file.with_name(f".{file.name}.{os.getpid()}.new")
    try:
        with beside.open("xb") as opened:
            opened.write(after.encode("utf-8"))
            opened.flush()
            os.fsync(opened.fileno())
        if file.exists():
            shutil.copymode(file, beside)
        if (file.read_bytes() if file.exists() else b"") != before.encode("utf-8"):
            return (whole_file(path, "vừa bị sửa trong lúc nhập nên chưa ghi gì", "hãy chạy lại lệnh này"),)
        if file.exists() and not os.access(file, os.W_OK):
            return (whole_file(path, "chỉ cho đọc nên chưa ghi gì", "hãy cho phép ghi vào tệp rồi chạy lại"),)
        beside.replace(file)
    except OSError as error:
        hint = "tệp vẫn như cũ; hãy kiểm tra quyền ghi và chỗ trống trên ổ đĩa rồi chạy lại"
        return (whole_file(path, f"không ghi được ({error.strerror})", hint),)
    finally:
        beside.unlink(missing_ok=True)
    return ()
