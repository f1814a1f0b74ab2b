"""The kinds of values editors write: text, slugs, numbers, dates, addresses.

Every scalar arrives as NFC text; each kind here turns it into a typed value or
raises a fault whose message names what is wrong and whose hint gives the right form.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Any
from urllib.parse import urlsplit

from pydantic import BeforeValidator
from pydantic_core import PydanticCustomError

from ..text import date_vi, nearest, slugify

VIETNAM = timezone(timedelta(hours=7), "+07:00")

MAX_DIGITS = 15


def fault(message: str, hint: str) -> PydanticCustomError:
    """A fault of one value, in Vietnamese, with the way to mend it."""
    return PydanticCustomError("portal", "{message}", {"message": message, "hint": hint})


class Code(StrEnum):
    """A closed vocabulary: the ASCII code editors write and the label readers see."""

    label: str

    def __new__(cls, value: str, label: str) -> Code:
        code = str.__new__(cls, value)
        code._value_ = value
        code.label = label
        return code


def _scalar(value: Any) -> str:
    if isinstance(value, str):
        return value
    kind = "một danh sách" if isinstance(value, list) else "một nhóm khóa"
    raise fault(f"phải là một giá trị, không phải {kind}", "hãy viết giá trị trên cùng dòng với khóa")


# --- text -----------------------------------------------------------------

_HIDDEN = re.compile("[\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff\ufff9-\ufffb\U000e0000-\U000e007f]")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_MARKUP = re.compile(r"<\s*[a-zA-Z!/?][^>]*>?|&(?:[a-zA-Z]+|#\d+|#x[0-9a-fA-F]+);")
_SPACES = re.compile(r"[\s\u00a0]+")


def plain_text(value: Any) -> str:
    """Text without HTML and without characters that don't show; runs of space become one."""
    text = _scalar(value)
    if hidden := _HIDDEN.search(text):
        raise fault(f"có ký tự ẩn U+{ord(hidden[0]):04X}", "hãy xóa ký tự đó hoặc gõ lại chữ quanh nó")
    if control := _CONTROL.search(text):
        raise fault(f"có ký tự điều khiển U+{ord(control[0]):04X}", "hãy xóa ký tự đó")
    if markup := _MARKUP.search(text):
        raise fault(f"có mã HTML `{markup[0]}`", "hãy viết chữ thuần, không dùng HTML")
    text = _SPACES.sub(" ", text).strip()
    if not text:
        raise fault("để trống", "hãy điền giá trị hoặc xóa cả khóa")
    return text


def _at_most(limit: int) -> Callable[[str], str]:
    def check(value: Any) -> str:
        text = plain_text(value)
        if len(text) > limit:
            raise fault(f"dài {len(text)} ký tự, quá {limit}", f"hãy rút xuống còn tối đa {limit} ký tự")
        return text

    return check


PlainText = Annotated[str, BeforeValidator(plain_text)]
Title = Annotated[str, BeforeValidator(_at_most(200))]
Summary = Annotated[str, BeforeValidator(_at_most(500))]

_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


def slug(value: Any) -> str:
    """A slug: lower-case ASCII letters, digits and single hyphens, at most 100."""
    text = plain_text(value)
    if len(text) > 100:
        raise fault(f"mã dài {len(text)} ký tự, quá 100", "hãy đặt mã ngắn hơn")
    if not _SLUG.fullmatch(text):
        suggested = slugify(text)
        hint = f"hãy viết `{suggested}`" if suggested else "hãy dùng chữ thường không dấu, số và dấu gạch nối"
        raise fault(f"`{text}` không phải là mã (chữ thường không dấu, nối bằng `-`)", hint)
    return text


# A slug that names an entry elsewhere: the register finds it (or tells the right slug for a name).
Slug = Annotated[str, BeforeValidator(slug)]
Reference = Annotated[str, BeforeValidator(plain_text)]


def _yes_or_no(value: Any) -> bool:
    text = _scalar(value)
    if text not in ("true", "false"):
        raise fault(f"`{text}` không phải là true hoặc false", "hãy viết true (có) hoặc false (không)")
    return text == "true"


Flag = Annotated[bool, BeforeValidator(_yes_or_no)]

_HEX_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")


def _colour(value: Any) -> str:
    text = plain_text(value)
    if not _HEX_COLOUR.fullmatch(text):
        raise fault(f"`{text}` không phải là mã màu", 'hãy viết dạng "#1b5e20", trong dấu nháy kép')
    return text.lower()


Colour = Annotated[str, BeforeValidator(_colour)]

_ICON = re.compile(r"[a-z0-9-]+(?:/[a-z0-9-]+)+")


def _icon(value: Any) -> str:
    text = plain_text(value)
    if not _ICON.fullmatch(text):
        raise fault(f"`{text}` không phải là tên biểu tượng", "hãy viết dạng material/sprout")
    return text


Icon = Annotated[str, BeforeValidator(_icon)]

# --- numbers --------------------------------------------------------------

_INTEGER = re.compile(r"0|[1-9]\d*")
_DECIMAL = re.compile(r"-?(?:0|[1-9]\d*)(?:\.\d+)?")
_QUALIFIED = {"gần": "nearly", "trên": "over", "hơn": "over", "khoảng": "about", "ít nhất": "at_least"}


def integer(value: Any) -> int:
    """A count: a plain integer, not negative, at most MAX_DIGITS digits."""
    text = _scalar(value).strip()
    if not _INTEGER.fullmatch(text):
        raise _not_a_number(text, whole=True)
    return int(_within_digits(text))


def decimal(value: Any) -> Decimal:
    """A plain decimal with a point, as exact as written."""
    text = _scalar(value).strip()
    if not _DECIMAL.fullmatch(text):
        raise _not_a_number(text, whole=False)
    return Decimal(_within_digits(text))


def _not_negative(value: Any) -> Decimal:
    number = decimal(value)
    if number < 0:
        raise fault(f"`{value}` là số âm", f"hãy viết `{-number}`; chỉ `changes` mới có số âm")
    return number


def _within_digits(text: str) -> str:
    digits = sum(c.isdigit() for c in text)
    if digits > MAX_DIGITS:
        raise fault(f"`{text[:30]}` có {digits} chữ số, quá {MAX_DIGITS}", "hãy dùng đơn vị đo lớn hơn, ví dụ `ty-dong`")
    return text


def _not_a_number(text: str, *, whole: bool) -> PydanticCustomError:
    word, _, rest = text.partition(" ")
    for said, qualifier in _QUALIFIED.items():
        if text.lower().startswith(said + " "):
            amount = plain_number(text[len(said) :].strip())
            if amount:
                return fault(f"`{text}` không phải là số", f"hãy viết `{{value: {amount}, qualifier: {qualifier}}}`")
    suggested = plain_number(text, whole=whole)
    if suggested:
        return fault(f"`{text}` không phải là số viết thuần", f"hãy viết `{suggested}`")
    if rest and (amount := plain_number(word)):
        return fault(f"`{text}` không phải là số", f"hãy viết `{amount}`, đơn vị để ở `unit_of_measure`")
    example = "1205" if whole else "1205 hoặc 3.5"
    return fault(f"`{text}` không phải là số", f"hãy viết chữ số thuần, ví dụ {example}")


def plain_number(text: str, *, whole: bool = False) -> str | None:
    """The plain form of a number written another way: "1.205" → "1205", "3,5" → "3.5", "037" → "37"."""
    compact = text.strip().replace("_", "").replace(" ", "").replace("\u00a0", "")
    sign = ""
    if compact[:1] in ("-", "−") and not whole:
        sign, compact = "-", compact[1:]
    grouped = re.fullmatch(r"(\d{1,3}(?:\.\d{3})+)(?:,(\d+))?", compact)
    comma = re.fullmatch(r"(\d+),(\d+)", compact)
    padded = re.fullmatch(r"0*(\d+)(?:\.(\d+))?", compact)
    if grouped:
        integer_part, fraction = grouped[1].replace(".", ""), grouped[2]
    elif comma:
        integer_part, fraction = comma[1], comma[2]
    elif padded:
        integer_part, fraction = padded[1], padded[2]
    else:
        return None
    if fraction and whole:
        return None
    return sign + (integer_part.lstrip("0") or "0") + (f".{fraction}" if fraction else "")


Count = Annotated[int, BeforeValidator(integer)]
Amount = Annotated[Decimal, BeforeValidator(_not_negative)]
SignedAmount = Annotated[Decimal, BeforeValidator(decimal)]

# --- dates ----------------------------------------------------------------

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
        return fault(f"`{text}` không viết theo dạng năm-tháng-ngày", f"hãy viết {year}-{int(month):02d}-{int(day):02d}")
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
    text = _scalar(value).strip()
    match = _PARTIAL.fullmatch(text)
    if not match:
        raise _not_a_date(text, "dạng 2022, 2022-05 hoặc 2022-05-17")
    year, month, day = (int(part) if part else None for part in match.groups())
    _calendar_day(text, year, month or 1, day or 1)
    return PartialDate(year, month, day)


def full_date(value: Any) -> date:
    """2022-05-17."""
    text = _scalar(value).strip()
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
    text = _scalar(value).strip()
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
    text = _scalar(value).strip()
    if not re.fullmatch(r"(19|20)\d\d", text):
        raise fault(f"`{text}` không phải là năm", "hãy viết bốn chữ số, ví dụ 2022")
    return int(text)


Year = Annotated[int, BeforeValidator(_year)]

# --- addresses ------------------------------------------------------------


def web_address(value: Any) -> str:
    """An http(s) address of another site."""
    text = plain_text(value)
    try:
        parts = urlsplit(text)
        host = parts.hostname
    except ValueError:
        parts, host = None, None
    if parts is None or parts.scheme not in ("http", "https") or not host or " " in text:
        raise fault(f"`{text}` không phải là địa chỉ web", "hãy viết đầy đủ, ví dụ https://example.org/bai-viet")
    return text


_SITE_PATH = re.compile(r"/(?:[A-Za-z0-9._~-]+/)*(?:[A-Za-z0-9._~-]+)?")


def site_path(value: Any) -> str:
    """An address inside this site, from its root: "/tin-tuc/2020/bai-cu/"."""
    text = plain_text(value)
    if not _SITE_PATH.fullmatch(text) or any(step in (".", "..") for step in text.split("/")):
        raise fault(f"`{text}` không phải là địa chỉ trong trang", "hãy viết dạng /tin-tuc/2020/ten-bai/, chữ không dấu")
    return text


def asset_path(value: Any) -> str:
    """A file under docs/assets/, named from docs/: "assets/anh/ho-sen.jpg"."""
    text = plain_text(value).removeprefix("./")
    steps = text.split("/")
    if steps[0] != "assets" or len(steps) < 2 or any(step in ("", ".", "..") for step in steps) or "\\" in text:
        hint = f"hãy để tệp trong docs/assets/ và viết `assets/{nearest_name(text)}`"
        raise fault(f"`{text}` không nằm trong docs/assets/", hint)
    return text


def nearest_name(path: str) -> str:
    """The last step of a path, for use in a hint."""
    return path.replace("\\", "/").rstrip("/").rsplit("/", 1)[-1] or "ten-tep"


WebAddress = Annotated[str, BeforeValidator(web_address)]
SitePath = Annotated[str, BeforeValidator(site_path)]
AssetPath = Annotated[str, BeforeValidator(asset_path)]


def suggest(word: str, known: list[str]) -> str:
    """The hint for a word outside a closed list: the nearest one, or all of them when they are few."""
    near = nearest(word, known)
    if near:
        return f"có phải `{near}`?"
    return "hãy chọn một trong: " + ", ".join(known) if len(known) <= 12 else "hãy xem README"
