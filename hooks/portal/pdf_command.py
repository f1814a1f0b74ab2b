"""`portal pdf`: pages of the built site as PDF files."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from .clock import moment_of
from .command_options import now_option, root_option
from .problems import Problem, printable
from .reading import whole_file
from .routes import output_asked_for
from .schema.dates import VIETNAM
from .source import typed, written_docs
from .standing import Standing
from .text import nearest_path

if TYPE_CHECKING:
    from drawing.printing import Press, Printed
    from drawing.published import PublishedPage, PublishedSite

BUILD_FIRST = "hãy chạy `portal build` trước"
NO_PLAYWRIGHT = (
    "Chưa in được: thiếu thư viện playwright; hãy chạy `pip install '.[pdf]'` trong thư mục của cổng, "
    "rồi `playwright install chromium` nếu máy chưa có Chromium hay Chrome"
)
_HOME = "trang-chu"
_NAMED = 3  # files that a warning names


@click.command()
@click.argument("asked", metavar="TRANG...", nargs=-1, required=True)
@root_option
@now_option
@click.option(
    "-o",
    "--out",
    metavar="NƠI GHI",
    default=".",
    help="Tên tệp (kết thúc bằng .pdf) hoặc thư mục để ghi (mặc định: thư mục này, tên tệp theo địa chỉ của trang).",
)
@click.option(
    "--paper",
    type=click.Choice(["A4", "A5", "Letter"], case_sensitive=False),
    default="A4",
    help="Khổ giấy (mặc định: A4).",
)
@click.option(
    "--chromium",
    metavar="ĐƯỜNG_DẪN",
    default="",
    envvar="PORTAL_CHROMIUM",
    help="Trình duyệt Chromium, Chrome hoặc Edge dùng để in (mặc định: tự tìm).",
)
@click.option("--force", is_flag=True, help="Ghi đè tệp đã có.")
def pdf(
    asked: tuple[str, ...], root: Path, now: datetime | None, out: str, paper: str, chromium: str, force: bool
) -> None:
    """In trang đã dựng thành tệp PDF có thẻ và dấu trang.

    TRANG là tệp trong docs/, địa chỉ trên cổng (/thong-ke/ hoặc https://…) hoặc tệp trong site/. Thẻ cho trình đọc màn
    hình biết đâu là đề mục, bảng và ô đầu bảng; dấu trang theo đề mục. Bản in là trang đang có trong site/, đúng như đã
    đăng: lệnh này không dựng lại trang.
    """
    press = _press(paper, chromium)
    from drawing.exchange import Places  # noqa: PLC0415
    from drawing.published import PublishedSite, changed_since  # noqa: PLC0415

    root = root.resolve()
    places = Places.of(root)
    site = PublishedSite.opened(places.shown)
    if site is None:
        _stop_at([whole_file("site/", "chưa có trang nào được dựng ở đây", BUILD_FIRST)])
        return
    pages, problems = _pages(site, asked, root, now or moment_of(None))
    files = _files(pages, out)
    _stop_at([*problems, *_refused(files, out, force=force)])
    if changed := changed_since(root, places):
        _warn(f"{_listed(changed)} sửa sau lần dựng này, bản in chưa có; hãy chạy `portal build` rồi in lại nếu cần")
    _stop_at(_printed(site, files, press))


def _press(paper: str, chromium: str) -> Press:
    try:
        from drawing.printing import Press  # noqa: PLC0415
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] != "playwright":
            raise
        click.echo(NO_PLAYWRIGHT, err=True)
        raise SystemExit(1) from None
    return Press(paper, chromium)


def _printed(site: PublishedSite, files: Mapping[PublishedPage, Path], press: Press) -> list[Problem]:
    """Print each page into its file; why some could not be."""
    from drawing.printing import PrintingError, print_pages  # noqa: PLC0415

    failures: list[Problem] = []

    def take(page: PublishedPage, outcome: Printed | PrintingError) -> None:
        if isinstance(outcome, PrintingError):
            failures.append(Problem(page.address, 1, 1, "", str(outcome)))
        elif fault := _write(files[page], outcome.data):
            failures.append(fault)
        else:
            if outcome.missing:
                _warn(f"{page.address}: site/ thiếu {_listed(outcome.missing)} nên bản in cũng thiếu; {BUILD_FIRST}")
            click.echo(f"Đã in {page.address} vào {printable(str(files[page]))}{_as_of(site)}.")

    print_pages(site, files, press, take)
    return failures


def _stop_at(problems: Sequence[Problem]) -> None:
    """Tell each of them, by what was asked for: there is no line or column to be mended."""
    for problem in problems:
        click.echo(printable(f"Chưa in được {problem.path}: {problem.said}"), err=True)
    if problems:
        raise SystemExit(1)


def _warn(text: str) -> None:
    click.echo(printable(f"Cảnh báo: {text}"), err=True)


def _listed(names: Sequence[str]) -> str:
    rest = f" và {len(names) - _NAMED} tệp khác" if len(names) > _NAMED else ""
    return ", ".join(names[:_NAMED]) + rest


def _as_of(site: PublishedSite) -> str:
    if site.built is None:
        return ""
    return f" (bản dựng lúc {site.built.astimezone(VIETNAM):%H:%M ngày %d/%m/%Y})"


# --- which pages --------------------------------------------------------------


def _pages(
    site: PublishedSite, asked: Iterable[str], root: Path, now: datetime
) -> tuple[list[PublishedPage], list[Problem]]:
    """Every page that is asked for, once, and why there is none."""
    pages: list[PublishedPage] = []
    problems: list[Problem] = []
    for one in dict.fromkeys(asked):
        found = site.page(_from_root(one, root))
        if found is None:
            problems.append(_absent(one, site, root, now))
        elif found not in pages:
            pages.append(found)
    return pages, problems


def _from_root(asked: str, root: Path) -> str:
    """What is asked for as a path from the project where it names a file or folder there, as seen from the current folder."""
    with suppress(OSError):  # of an address that is no path
        path = Path(asked).resolve()
        if asked and path.is_relative_to(root) and path.exists():
            return path.relative_to(root).as_posix()
    return asked


def _absent(asked: str, site: PublishedSite, root: Path, now: datetime) -> Problem:
    """Why the site doesn't have a page: its source is not public, has faults or was not built yet; or there is none."""
    output = output_asked_for(_from_root(asked, root), site.url)
    address = "/" + output.removesuffix("index.html")
    for source in (f"docs{address.rstrip('/')}.md", f"docs{address}index.md"):
        if (root / source).is_file():
            return whole_file(asked, *_waiting(source, root, now))
    near = nearest_path(address, site.addresses)
    hint = f"có phải {near}?" if near else f"hãy xem địa chỉ trong {site.url}so-do/"
    return whole_file(asked, "không có trang nào như vậy trong site/", hint)


def _waiting(source: str, root: Path, now: datetime) -> tuple[str, str]:
    """Why a source has no page, and what to do."""
    sources, problems = typed(written_docs(root).only({source}))
    if problems:
        return "tệp nguồn đang có lỗi", "hãy chạy `portal check`, sửa rồi dựng lại"
    for file in (*sources.articles, *sources.profiles):
        standing = file.gist.showing.at(now) if file.gist.showing else Standing.LIVE
        if not standing.public:
            reason = standing.label.removeprefix("Bản xem trước: ").rstrip(".")
            return f"chưa đăng ({reason})", "hãy xem bằng `portal serve`, và in khi trang đã được đăng"
    return "chưa có trong site/", BUILD_FIRST


# --- which files --------------------------------------------------------------


def _files(pages: Sequence[PublishedPage], out: str) -> dict[PublishedPage, Path]:
    """Where each page is written."""
    if _is_file(out):
        return {page: Path(out) for page in pages}
    short = Counter(_slug(page.address) for page in pages)
    names = {page: _slug(page.address, whole=short[_slug(page.address)] > 1) for page in pages}
    return {page: Path(out) / f"{name}.pdf" for page, name in names.items()}


def _is_file(out: str) -> bool:
    return out.lower().endswith(".pdf") and not Path(out).is_dir()


def _slug(address: str, *, whole: bool = False) -> str:
    """The name of a page's file: the last step of its address; all of them where that is a number or is not enough."""
    steps = address.strip("/").removesuffix(".html").split("/")
    return "-".join(steps if whole or steps[-1].isdigit() else steps[-1:]) or _HOME


def _refused(files: dict[PublishedPage, Path], out: str, *, force: bool) -> list[Problem]:
    """Why pages can't be written there."""
    if _is_file(out) and len(files) > 1:
        return [whole_file(out, f"một tệp không chứa được {len(files)} trang", "hãy cho --out tên một thư mục")]
    return [
        whole_file(page.address, f"đã có {file}", "hãy thêm --force để ghi đè, hoặc chọn nơi khác bằng --out")
        for page, file in files.items()
        if os.path.lexists(file) and not force
    ]


def _write(file: Path, data: bytes) -> Problem | None:
    """The file as a whole, or why not: what was there before is lost only then."""
    beside = file.with_name(f".{file.name}.{os.getpid()}.new")
    try:
        if not file.parent.exists():
            file.parent.mkdir(parents=True)
        beside.write_bytes(data)
        beside.replace(file)
    except OSError as error:
        with suppress(OSError):
            beside.unlink(missing_ok=True)
        hint = "hãy kiểm tra quyền ghi và chỗ trống trên ổ đĩa, hoặc chọn nơi khác bằng --out"
        return whole_file(str(file), f"không ghi được ({error.strerror})", hint)
    return None
