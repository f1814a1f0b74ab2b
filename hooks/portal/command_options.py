"""Options that several commands take."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import click
from pydantic_core import PydanticCustomError

from .clock import NotAMomentError, moment_of
from .problems import printable
from .schema.dates import day_of_list


class _Moment(click.ParamType):
    name = "thời điểm"

    def convert(self, value: str | datetime, param: click.Parameter | None, ctx: click.Context | None) -> datetime:
        if isinstance(value, datetime):
            return value
        try:
            return moment_of(value)
        except NotAMomentError as error:
            self.fail(str(error), param, ctx)


class _Day(click.ParamType):
    name = "ngày"

    def convert(self, value: str | date, param: click.Parameter | None, ctx: click.Context | None) -> date:
        if isinstance(value, date):
            return value
        if not value.strip():
            self.fail("để trống; hãy viết dạng 2022-05-17", param, ctx)
        try:
            return day_of_list(value)
        except PydanticCustomError as error:
            context = error.context or {}
            self.fail(f"{context['message']}; {context['hint']}", param, ctx)


class _Folder(click.ParamType):
    name = "thư mục"

    def convert(self, value: str | Path, param: click.Parameter | None, ctx: click.Context | None) -> Path:
        folder = Path(value)
        if not folder.is_dir():
            what = "không phải là thư mục" if folder.exists() else "không có thư mục này"
            self.fail(f"`{printable(str(value))}`: {what}; hãy chọn thư mục có docs/ và data/", param, ctx)
        return folder


DAY = _Day()

now_option = click.option(
    "--now",
    type=_Moment(),
    envvar="PORTAL_NOW",
    help="Thời điểm dựng trang, ví dụ 2026-11-22T08:00 (mặc định: bây giờ).",
)
root_option = click.option(
    "--root",
    type=_Folder(),
    default=".",
    help="Thư mục có docs/ và data/ (mặc định: thư mục này).",
)
