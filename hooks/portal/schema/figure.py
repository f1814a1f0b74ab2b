"""The figure set: the numbers one passage states about one unit, measure, kind of count and period."""

from __future__ import annotations

import re
from typing import Annotated, Any

from pydantic import BeforeValidator, Field, model_validator

from .base import Record
from .dates import PartialDate, WhenPartly, partial_date
from .numbers import Amount, ReportedAmount, SignedAmount
from .values import Code, PlainText, Reference, Slug, fault, plain_text


class Qualifier(Code):
    """How an approximate number was said."""

    OVER = "over", "trên"
    AT_LEAST = "at_least", "ít nhất"
    NEARLY = "nearly", "gần"
    ABOUT = "about", "khoảng"


class Number(Record):
    """A number as the source says it. Written plainly (`7000`) or with its qualifier and unit of measure."""

    value: ReportedAmount = Field(title="Giá trị")
    qualifier: Qualifier | None = Field(None, title="Cách nói")
    unit_of_measure: Reference | None = Field(None, title="Đơn vị đo")


def _number(value: Any) -> Any:
    return value if isinstance(value, (dict, Number)) else {"value": value}


AnyNumber = Annotated[Number, BeforeValidator(_number)]


class CountKind(Code):
    """What was counted. Different kinds are never added or compared."""

    REGISTERED = "registered", "đăng ký"
    BUILT = "built", "đã xây dựng"
    EXISTING = "existing", "hiện có, duy trì"
    EFFECTIVE = "effective", "hoạt động hiệu quả"
    RECOGNISED = "recognised", "được công nhận"
    EXEMPLARY = "exemplary", "tiêu biểu"
    REPLICATED = "replicated", "được nhân rộng"
    STOPPED = "stopped", "đã dừng"
    COMMENDED = "commended", "được khen thưởng"
    UNSPECIFIED = "unspecified", "nguồn không nói rõ"


class PeriodKind(Code):
    RANGE = "range", "trong giai đoạn"
    CUMULATIVE = "cumulative", "lũy kế"
    AVERAGE = "average", "bình quân"


class Period(Record):
    """When the numbers hold: a year, a span, a day they are as of, or unstated by the source."""

    from_: WhenPartly | None = Field(None, alias="from", title="Từ")
    to: WhenPartly | None = Field(None, title="Đến")
    kind: PeriodKind | None = Field(None, title="Loại kỳ")
    as_of: WhenPartly | None = Field(None, title="Tính đến")

    @model_validator(mode="after")
    def _is_one_form(self) -> Period:
        if self.as_of and (self.from_ or self.to or self.kind):
            raise fault(
                "vừa có `as_of` vừa có `from`/`to`", "hãy giữ một cách: {as_of: …} hoặc {from: …, to: …, kind: …}"
            )
        if (self.from_ is None) != (self.to is None) or (self.kind and not self.from_):
            raise fault("kỳ thiếu một đầu", "hãy viết đủ {from: …, to: …, kind: range}")
        if self.from_ and self.to and self.from_.first_day > self.to.last_day:
            raise fault(f"kỳ kết thúc ({self.to}) trước khi bắt đầu ({self.from_})", "hãy đổi lại `from` và `to`")
        return self

    @property
    def stated(self) -> bool:
        return bool(self.from_ or self.as_of)

    @property
    def one_year(self) -> PartialDate | None:
        """The year, when the period is one whole calendar year written as such."""
        return self.from_ if self.from_ == self.to and self.from_ and not self.from_.month and not self.kind else None

    @property
    def code(self) -> str:
        """For default ids: 2022, 2019-2024, as-of-2021-08-17, unstated."""
        if self.as_of:
            return f"as-of-{self.as_of}"
        if not self.from_:
            return "unstated"
        return str(self.from_) if self.from_ == self.to else f"{self.from_}-{self.to}"

    @property
    def vi(self) -> str:
        if self.as_of:
            return f"tính đến {self.as_of.vi}"
        if not self.from_ or not self.to:
            return "nguồn không nêu kỳ"
        span = f"{self.from_.vi}" if self.from_ == self.to else f"{self.from_.vi} – {self.to.vi}"
        if self.kind in (None, PeriodKind.RANGE):
            return f"năm {span}" if self.one_year else span
        return f"{span} ({self.kind.label})"


_SPAN = re.compile(r"([0-9]{4})\s*[-–—]\s*([0-9]{4})")


def _period(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    text = value.strip()
    if text == "unstated":
        return {}
    if span := _SPAN.fullmatch(text):
        hint = f"hãy viết {{from: {span[1]}, to: {span[2]}, kind: range}}"
        raise fault(f"`{text}` là một khoảng năm", hint)
    partial_date(text)
    return {"from": text, "to": text}


def _stated_period(value: Any) -> Any:
    if isinstance(value, dict) and not value:
        raise fault("kỳ số liệu trống", "hãy viết năm, {from, to, kind}, {as_of} hoặc unstated")
    return _period(value)


class MergedFields(Record):
    """One number for several fields together."""

    fields_: Annotated[tuple[Reference, ...], Field(min_length=2)] = Field(alias="fields", title="Các lĩnh vực")
    value: Annotated[Number, BeforeValidator(_number)] = Field(title="Giá trị")


class Labelled(Record):
    """A number under a label of its own; the unit of measure is the measure's unless written."""

    label: PlainText = Field(title="Nhãn")
    value: AnyNumber = Field(title="Giá trị")
    unit_of_measure: Reference | None = Field(None, title="Đơn vị đo")


class LevelFigures(Record):
    """What one level of units counts."""

    total: AnyNumber | None = Field(None, title="Tổng số")
    by_field: dict[Reference, AnyNumber] | None = Field(None, title="Theo lĩnh vực")


def _level(value: Any) -> Any:
    plain = not isinstance(value, dict) or "value" in value
    return {"total": value} if plain else value


class Level(Code):
    """A level of units; also the level a model registers at."""

    PROVINCE = "province", "cấp tỉnh"
    DISTRICT = "district", "cấp huyện"
    COMMUNE = "commune", "cấp xã"


class Kind(Code):
    COLLECTIVE = "collective", "tập thể"
    INDIVIDUAL = "individual", "cá nhân"


class CoverageKind(Code):
    """Do the parts make up the total?"""

    COMPLETE = "complete", "đủ tổng"
    SUBSET = "subset", "một phần của tổng"
    OPEN = "open", "danh sách mở"


BREAKDOWNS = ("by_field", "by_level", "by_kind", "parts")


class Coverage(Record):
    """Coverage of each breakdown; what is not named is complete."""

    by_field: CoverageKind = Field(CoverageKind.COMPLETE, title="Theo lĩnh vực")
    by_level: CoverageKind = Field(CoverageKind.COMPLETE, title="Theo cấp")
    by_kind: CoverageKind = Field(CoverageKind.COMPLETE, title="Tập thể, cá nhân")
    parts: CoverageKind = Field(CoverageKind.COMPLETE, title="Các phần")


def _coverage(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    known = [member.value for member in CoverageKind]
    if value not in known:
        raise fault(f"`{value}` không có trong danh sách", "hãy chọn một trong: " + ", ".join(known))
    return dict.fromkeys(BREAKDOWNS, value)


class Share(Record):
    of: PlainText = Field(title="Phần")
    percent: Amount = Field(title="Phần trăm")
    base: PlainText = Field("total", title="Trên")


class Change(Record):
    since: WhenPartly = Field(title="So với")
    by: SignedAmount | None = Field(None, title="Tăng, giảm")
    percent: SignedAmount | None = Field(None, title="Tăng, giảm (%)")
    of: PlainText = Field("total", title="Của")

    @model_validator(mode="after")
    def _says_one_thing(self) -> Change:
        if (self.by is None) == (self.percent is None):
            raise fault("phải có đúng một trong `by` và `percent`", "hãy giữ cách nguồn nói")
        return self


class Break(Record):
    """The series breaks here: not comparable with earlier periods."""

    note: PlainText = Field(title="Ghi chú")


_RELATION = re.compile(
    r"by_field|by_level|by_kind|parts|out_of|order|by_field\.[a-z0-9-]+|by_level\.(?:province|district|commune)\.by_field"
    r"|(?:share|change|including):\S.*|repeat:[a-z0-9-]+#[a-z0-9-]+"
)
_RELATIONS = (
    "by_field, by_level, by_kind, parts, out_of, order, by_field.<lĩnh vực>, by_level.<cấp>.by_field, "
    "share:<phần>, change:<của>, including:<nhãn>, repeat:<bài>#<mã>"
)


def _relation(value: Any) -> str:
    text = plain_text(value)
    if not _RELATION.fullmatch(text):
        raise fault(f"`{text}` không phải là tên một quan hệ", f"hãy chọn một trong: {_RELATIONS}")
    return text


class Discrepancy(Record):
    """One relation the source itself breaks, with both values; lets exactly that difference through."""

    relation: Annotated[str, BeforeValidator(_relation)] = Field(title="Quan hệ")
    stated: SignedAmount = Field(title="Nguồn nêu")
    computed: SignedAmount = Field(title="Tính ra")
    note: PlainText = Field(title="Ghi chú")


class FigureSet(Record):
    """See the module's docstring; which article reports it is its provenance."""

    id: Slug | None = Field(None, title="Mã")
    unit: Reference = Field(title="Đơn vị")
    measure: Reference = Field(title="Chỉ tiêu")
    count: CountKind | None = Field(None, title="Loại số đếm")
    period: Annotated[Period, BeforeValidator(_stated_period)] = Field(title="Kỳ số liệu")
    total: AnyNumber | None = Field(None, title="Tổng số")
    out_of: AnyNumber | None = Field(None, title="Trên tổng")
    by_field: dict[Reference, AnyNumber] | None = Field(None, title="Theo lĩnh vực")
    merged_fields: tuple[MergedFields, ...] = Field((), title="Gộp lĩnh vực")
    other: tuple[Labelled, ...] = Field((), title="Nhóm khác")
    by_level: dict[Level, Annotated[LevelFigures, BeforeValidator(_level)]] | None = Field(None, title="Theo cấp")
    by_kind: dict[Kind, AnyNumber] | None = Field(None, title="Tập thể, cá nhân")
    parts: tuple[Labelled, ...] = Field((), title="Các phần")
    including: tuple[Labelled, ...] = Field((), title="Trong đó có")
    coverage: Annotated[Coverage, BeforeValidator(_coverage)] = Field(Coverage(), title="Các phần có đủ tổng?")
    shares: tuple[Share, ...] = Field((), title="Tỷ lệ")
    changes: tuple[Change, ...] = Field((), title="Tăng, giảm")
    break_: Break | None = Field(None, alias="break", title="Đứt chuỗi")
    note: PlainText | None = Field(None, title="Ghi chú")
    quote: PlainText | None = Field(None, title="Trích dẫn")
    discrepancies: tuple[Discrepancy, ...] = Field((), title="Sai lệch đã biết")

    @model_validator(mode="after")
    def _has_a_number(self) -> FigureSet:
        holders = (
            self.total,
            self.by_field,
            self.merged_fields,
            self.other,
            self.by_level,
            self.by_kind,
            self.parts,
            self.including,
            self.shares,
            self.changes,
        )
        if not any(holders):
            raise fault("không có con số nào", "hãy điền `total` hoặc một cách chia, hoặc xóa cả bộ số liệu")
        return self


def figure_id(figure: FigureSet) -> str:
    """The id of a set in its article: its own, else unit-measure[-count]-period."""
    if figure.id:
        return figure.id
    return "-".join(str(part) for part in (figure.unit, figure.measure, figure.count, figure.period.code) if part)
