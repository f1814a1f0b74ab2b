"""The `portal` command."""

from __future__ import annotations

import atexit
import gc
from contextlib import closing
from datetime import datetime
from functools import partial
from pathlib import Path

import click

from .build_progress import build_progress
from .changes import uncorrected_changes
from .clock import moment_of
from .command_options import now_option, root_option
from .pdf_command import pdf
from .problems import Problem, annotations, code_climate, in_order, printable, report
from .revisions import NotARevisionError, NotFetchedError, read_revision, read_version
from .site import Site
from .units_command import units

# drawing is imported inside the commands: it brings MkDocs, which `portal --help` has no need of.

# What the preview makes is kept, nearly all of it.
MANY_LASTING = (50_000, 20, 100)

REPORTS = {"text": report, "github": annotations, "gitlab": code_climate}


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def main() -> None:
    """Kiểm tra, dựng và xem trước cổng thông tin."""


@main.command()
@root_option
@now_option
@click.option(
    "--format",
    "style",
    type=click.Choice(list(REPORTS)),
    default="text",
    envvar="PORTAL_FORMAT",
    help="Cách in lỗi: text cho người đọc, github để hiện ngay tại dòng trong pull request, "
    "gitlab để merge request nêu từng lỗi kèm dòng (JSON).",
)
@click.option(
    "--since",
    metavar="BẢN",
    envvar="PORTAL_SINCE",
    help="Cảnh báo số liệu đã đăng ở một bản git cũ (nhánh, thẻ hoặc mã commit) nay bị đổi mà bài không có đính chính mới.",
)
def check(root: Path, now: datetime | None, style: str, since: str | None) -> None:
    """Kiểm tra mọi tệp trong docs/ và data/, nêu tất cả lỗi một lần. Điều nên xem lại được nêu là cảnh báo, không tính là lỗi."""
    now = now or moment_of(None)
    changed = () if since is None else _changed_since(since, root, now)
    site, problems = _checked(root, now)
    click.echo(REPORTS[style](problems, in_order((*site.beside.warnings, *changed))))
    if problems:
        raise SystemExit(1)
    if style == "gitlab":
        return  # a line after the JSON would break it
    for path, standing in site.beside.held_back:
        click.echo(f"Chưa đăng: {printable(path)} ({standing.label.removeprefix('Bản xem trước: ').rstrip('.')})")


@main.command()
@root_option
@now_option
@click.option(
    "--explain",
    metavar="TRANG",
    default="",
    help="Nói vì sao một trang được dựng lại hay giữ nguyên. TRANG là tệp trong docs/, địa chỉ trên cổng hoặc tệp trong site/.",
)
def build(root: Path, now: datetime | None, explain: str) -> None:
    """Kiểm tra rồi dựng trang vào site/; có lỗi thì site/ giữ nguyên. Chỉ làm lại những gì đã thay đổi."""
    from drawing.building import Wishes, opened_cache  # noqa: PLC0415
    from drawing.exchange import Places  # noqa: PLC0415
    from drawing.memory import remembering  # noqa: PLC0415
    from drawing.renewing import Renewal  # noqa: PLC0415

    root = root.resolve()
    atexit.register(gc.freeze)  # Python looks through all there is before it ends: a second at 5,000 pages
    now = now or moment_of(None)
    with closing(opened_cache(root)) as cache, build_progress() as progress:
        wishes = Wishes(say=_warn, progress=progress, explain=explain)
        renewal = Renewal(root, Places.of(root), cache, wishes)
        site, problems, built = remembering(cache, progress, partial(renewal.run, now))
    if problems:
        click.echo(report(problems), err=True)
        raise SystemExit(1)
    if built.failure:
        click.echo(f"Không dựng được trang, site/ giữ nguyên: {built.failure}", err=True)
        raise SystemExit(1)
    click.echo(f"Đã dựng {site.count} trang vào site/.")
    if built.explanation:
        click.echo(built.explanation)


@main.command()
@root_option
@now_option
@click.option("--host", default="127.0.0.1", help="Địa chỉ máy chủ xem trước.")
@click.option("--port", default=8000, type=click.IntRange(1, 65535), help="Cổng máy chủ xem trước.")
def serve(root: Path, now: datetime | None, host: str, port: int) -> None:
    """Xem trước, tự dựng lại khi tệp thay đổi; hiện cả bản nháp."""
    from drawing.serving import serve as serve_folder  # noqa: PLC0415

    gc.set_threshold(*MANY_LASTING)  # it goes on for days
    try:
        serve_folder(root.resolve(), host, port, lambda: now or moment_of(None), click.echo)
    except OSError as error:
        click.echo(
            f"Không mở được http://{host}:{port}/: {error.strerror}; hãy đóng chương trình đang dùng cổng này hoặc thêm --port 8001",
            err=True,
        )
        raise SystemExit(1) from None


def _warn(text: str) -> None:
    click.echo(f"Cảnh báo: {text}", err=True)


def _changed_since(since: str, root: Path, now: datetime) -> tuple[Problem, ...]:
    """The warnings; none, and a word on stderr why, where they can't be told."""
    try:
        before = read_revision(root, since)
    except NotARevisionError as error:
        raise click.BadParameter(printable(str(error)), param_hint="'--since'") from None
    except NotFetchedError as error:
        click.echo(f"Chưa so được số liệu đã đăng: {printable(str(error))}.", err=True)
        return ()
    if not (before.sources.articles or before.refused):
        click.echo(f"Ở `{printable(since)}` chưa có bài nào trong docs/tin-tuc/ nên không có số liệu để so.", err=True)
    return in_order(uncorrected_changes(before, read_version(root, now)))


def _checked(root: Path, now: datetime | None) -> tuple[Site, tuple[Problem, ...]]:
    from drawing.faults import checked  # noqa: PLC0415

    return checked(root, now or moment_of(None))


main.add_command(pdf)
main.add_command(units)


if __name__ == "__main__":
    main()
