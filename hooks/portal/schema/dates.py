"""Days and moments as editors write them, as exact as the source says and no more."""

from __future__ import annotations

import re
import unicodedata
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from functools import cached_property
from typing import Annotated, Any

from pydantic import BeforeValidator
from pydantic_core import PydanticCustomError

from ..text import date_vi
from .values import fault, written

VIETNAM = timezone(timedelta(hours=7), "+07:00")

_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})", re.ASCII)
_PARTIAL = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?", re.ASCII)
_MOMENT = re.compile(r"(\d{4}-\d{2}-\d{2})[T ](\d{2}):(\d{2})(?::(\d{2}))?(Z|[+-]\d{2}:\d{2})?", re.ASCII)

# Dates as people write them elsewhere; what a hint gives is their parts in our order.
_DAY_FIRST = re.compile(r"(?:(?P<day>\d{1,2})[/.-])?(?P<month>\d{1,2})[/.-](?P<year>\d{4})")
_YEAR_FIRST = re.compile(r"(?P<year>\d{4})[/.-](?P<month>\d{1,2})(?:[/.-](?P<day>\d{1,2}))?")
_YEARLESS_DATE = re.compile(r"\d{1,2}[/.-]\d{1,2}")
_TIME = re.compile(r"(?P<date>.*\d)[T ]+(?P<hour>\d{1,2})[:h](?P<minute>\d{2})")
_TIME_FIRST = re.compile(r"(?P<hour>\d{1,2})[:h](?P<minute>\d{2})[, ]+(?:ngày )?(?P<date>\d.*)")
_WORDS = re.compile(r"\s*(?:ngày|tháng|năm)\s*", re.IGNORECASE)


@dataclass(frozen=True, order=True)
class PartialDate:
    """A year, a month or a day, as exactly as the source says it. Ordered by its first day."""

    year: int
    month: int | None = None
    day: int | None = None

    @cached_property
    def first_day(self) -> date:
        return date(self.year, self.month or 1, self.day or 1)

    @cached_property
    def last_day(self) -> date:
        month = self.month or 12
        return date(self.year, month, self.day or monthrange(self.year, month)[1])

    def __str__(self) -> str:
        parts = [f"{self.year:04d}"]
        parts += [f"{part:02d}" for part in (self.month, self.day) if part]
        return "-".join(parts)

    @property
    def vi(self) -> str:
        """17/05/2024, 05/2024 or 2024."""
        if self.day:
            return date_vi(self.first_day)
        return f"{self.month:02d}/{self.year}" if self.month else str(self.year)


def _not_a_date(text: str, form: str, *, needs_day: bool = True) -> PydanticCustomError:
    """The fault of a text that is no date here, with the form that is right in this place."""
    plain = _WORDS.sub("/", unicodedata.normalize("NFKC", text)).strip("/ ")
    near = _DAY_FIRST.fullmatch(plain) or _YEAR_FIRST.fullmatch(plain)
    if near and (near["day"] or not needs_day):
        year, month, day = int(near["year"]), int(near["month"]), int(near["day"] or 1)
        try:
            iso = date(year, month, day).isoformat()
        except ValueError:
            return fault(*_not_in_calendar(text, day_first=near.re is _DAY_FIRST))
        return fault(f"`{text}` không viết theo dạng năm-tháng-ngày", f"hãy viết {iso if near['day'] else iso[:-3]}")
    if _YEARLESS_DATE.fullmatch(plain):
        return fault(f"`{text}` thiếu năm", f"hãy viết đủ năm, {form}; nguồn không ghi năm thì không đoán")
    if re.fullmatch(r"\d{4}", plain) and not needs_day:
        return fault(f"`{text}` không viết theo dạng năm-tháng-ngày", f"hãy viết {plain}")
    if near or re.fullmatch(r"\d{4}", plain):
        return fault(f"`{text}` thiếu ngày" if near else f"`{text}` thiếu tháng và ngày", f"hãy viết {form}")
    return fault(f"`{text}` không phải là ngày", f"hãy viết {form}")


def _not_in_calendar(text: str, *, day_first: bool = False) -> tuple[str, str]:
    order = " (đọc theo thứ tự ngày/tháng/năm)" if day_first else ""
    return f"không có ngày `{text}` trong lịch{order}", "hãy kiểm tra lại ngày và tháng"


def _calendar_day(text: str, year: int, month: int, day: int) -> date:
    try:
        return date(year, month, day)
    except ValueError:
        raise fault(*_not_in_calendar(text)) from None


def partial_date(value: Any) -> PartialDate:
    """2022, 2022-05 or 2022-05-17."""
    text = written(value)
    match = _PARTIAL.fullmatch(text)
    if not match:
        raise _not_a_date(text, "dạng 2022, 2022-05 hoặc 2022-05-17", needs_day=False)
    year, month, day = (int(part) if part else None for part in match.groups())
    _calendar_day(text, year, month or 1, day or 1)
    return PartialDate(year, month, day)


def full_date(value: Any) -> date:
    """2022-05-17."""
    text = written(value)
    match = _DAY.fullmatch(text)
    if not match:
        raise _not_a_date(text, "dạng 2022-05-17")
    return _calendar_day(text, *map(int, match.groups()))


def day_of_list(text: str) -> date:
    """2022-05-17, or 17/05/2022 as people write it outside the portal's files: the day always first."""
    match = _DAY_FIRST.fullmatch(text.strip())
    if not match or not match["day"]:
        return full_date(text)
    try:
        return date(int(match["year"]), int(match["month"]), int(match["day"]))
    except ValueError:
        raise fault(*_not_in_calendar(text, day_first=True)) from None


@dataclass(frozen=True)
class Moment:
    """A day, or a day with its time. `at` is aware; a bare day begins at 00:00 in Viet Nam."""

    at: datetime
    has_time: bool

    @property
    def day(self) -> date:
        return self.at.astimezone(VIETNAM).date()

    @property
    def iso(self) -> str:
        local = self.at.astimezone(VIETNAM)
        return local.isoformat(timespec="minutes") if self.has_time else local.date().isoformat()

    @property
    def vi(self) -> str:
        local = self.at.astimezone(VIETNAM)
        return date_vi(local) + (f" {local:%H:%M}" if self.has_time else "")


def moment(value: Any) -> Moment:
    """A date or date-time; without an offset it is Viet Nam's (+07:00), which has no summer time."""
    text = written(value)
    match = _MOMENT.fullmatch(text)
    if not match:
        if not _DAY.fullmatch(text):
            raise _not_a_moment(text)
        day = full_date(text)
        return Moment(datetime(day.year, day.month, day.day, tzinfo=VIETNAM), has_time=False)
    day_text, hour, minute, second, offset = match.groups()
    full_date(day_text)
    normal = f"{day_text}T{hour}:{minute}:{second or '00'}{(offset or '+07:00').replace('Z', '+00:00')}"
    try:
        at = datetime.fromisoformat(normal)
        at.astimezone(VIETNAM)
    except (ValueError, OverflowError):
        raise fault(f"không có giờ `{text}`", "hãy viết dạng 2022-05-17T08:02") from None
    return Moment(at, has_time=True)


def _not_a_moment(text: str) -> PydanticCustomError:
    plain = unicodedata.normalize("NFKC", text)
    timed = _TIME.fullmatch(plain) or _TIME_FIRST.fullmatch(plain)
    near = timed and (_DAY_FIRST.fullmatch(timed["date"]) or _YEAR_FIRST.fullmatch(timed["date"]))
    if not timed or not near or not near["day"]:
        return _not_a_date(text, "dạng 2022-05-17 hoặc 2022-05-17T08:02")
    day = f"{near['year']}-{int(near['month']):02d}-{int(near['day']):02d}"
    hint = f"hãy viết {day}T{int(timed['hour']):02d}:{timed['minute']}"
    return fault(f"`{text}` không viết theo dạng năm-tháng-ngày", hint)


Day = Annotated[date, BeforeValidator(full_date)]
WhenPartly = Annotated[PartialDate, BeforeValidator(partial_date)]
When = Annotated[Moment, BeforeValidator(moment)]


def _year(value: Any) -> int:
    text = written(value)
    if not re.fullmatch(r"(19|20)[0-9]{2}", text):
        raise fault(f"`{text}` không phải là năm", "hãy viết bốn chữ số, ví dụ 2022")
    return int(text)


Year = Annotated[int, BeforeValidator(_year)]
