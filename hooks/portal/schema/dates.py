"""Days and moments as editors write them, as exact as the source says and no more."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from typing import Annotated, Any

from pydantic import BeforeValidator
from pydantic_core import PydanticCustomError

from ..text import date_vi
from .values import fault, scalar

VIETNAM = timezone(timedelta(hours=7), "+07:00")

_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_PARTIAL = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")
_MOMENT = re.compile(r"(\d{4}-\d{2}-\d{2})[T ](\d{2}):(\d{2})(?::(\d{2}))?(Z|[+-]\d{2}:\d{2})?")
_VIETNAMESE_DATE = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})")
_YEARLESS_DATE = re.compile(r"\d{1,2}[/.-]\d{1,2}")


@dataclass(frozen=True, order=True)
class PartialDate:
    """A year, a month or a day, as exactly as the source says it. Ordered by its first day."""

    year: int
    month: int | None = None
    day: int | None = None

    @property
    def first_day(self) -> date:
        return date(self.year, self.month or 1, self.day or 1)

    @property
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


def _not_a_date(text: str, form: str) -> PydanticCustomError:
    if vietnamese := _VIETNAMESE_DATE.fullmatch(text):
        day, month, year = vietnamese.groups()
        return fault(
            f"`{text}` không viết theo dạng năm-tháng-ngày", f"hãy viết {year}-{int(month):02d}-{int(day):02d}"
        )
    if _YEARLESS_DATE.fullmatch(text):
        return fault(f"`{text}` thiếu năm", f"hãy viết đủ năm, {form}; nếu nguồn không ghi năm, bỏ cả khóa")
    return fault(f"`{text}` không phải là ngày", f"hãy viết {form}")


def _calendar_day(text: str, year: int, month: int, day: int) -> date:
    try:
        return date(year, month, day)
    except ValueError:
        raise fault(f"không có ngày `{text}` trong lịch", "hãy kiểm tra lại ngày và tháng") from None


def partial_date(value: Any) -> PartialDate:
    """2022, 2022-05 or 2022-05-17."""
    text = scalar(value).strip()
    match = _PARTIAL.fullmatch(text)
    if not match:
        raise _not_a_date(text, "dạng 2022, 2022-05 hoặc 2022-05-17")
    year, month, day = (int(part) if part else None for part in match.groups())
    _calendar_day(text, year, month or 1, day or 1)
    return PartialDate(year, month, day)


def full_date(value: Any) -> date:
    """2022-05-17."""
    text = scalar(value).strip()
    match = _DAY.fullmatch(text)
    if not match:
        raise _not_a_date(text, "dạng 2022-05-17")
    return _calendar_day(text, *map(int, match.groups()))


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
    text = scalar(value).strip()
    match = _MOMENT.fullmatch(text)
    if not match:
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


Day = Annotated[date, BeforeValidator(full_date)]
WhenPartly = Annotated[PartialDate, BeforeValidator(partial_date)]
When = Annotated[Moment, BeforeValidator(moment)]


def _year(value: Any) -> int:
    text = scalar(value).strip()
    if not re.fullmatch(r"(19|20)\d\d", text):
        raise fault(f"`{text}` không phải là năm", "hãy viết bốn chữ số, ví dụ 2022")
    return int(text)


Year = Annotated[int, BeforeValidator(_year)]
