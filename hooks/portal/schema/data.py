"""The registers under data/: units, fields, categories, measures, documents, criteria, the campaign."""

from __future__ import annotations

import re
from typing import Annotated, Any

from pydantic import BeforeValidator, Field, field_validator, model_validator

from .base import Record
from .dates import Day, Year
from .figure import Level
from .numbers import Amount, Count, SignedAmount, integer
from .values import (
    AssetPath,
    Colour,
    Email,
    Flag,
    Icon,
    Name,
    PlainText,
    Reference,
    Slug,
    WebAddress,
    fault,
    plain_text,
    slug,
)

SCHEMA_VERSION = 1

_ROOT = re.compile(r"https?://[A-Za-z0-9.-]+(?::\d+)?(?:/(?!\.\.?(?:/|$))[A-Za-z0-9._~-]+)*/?")


# Keys of columns and rows in tables and exports beside those of units and fields.
_KEPT_SLUGS = frozenset({"own", "total", "unknown"})


def _key_in_tables(value: Any) -> str:
    text = slug(value)
    if text in _KEPT_SLUGS:
        raise fault(f"mã `{text}` dành riêng cho cổng", "hãy đặt mã khác")
    return text


KeySlug = Annotated[str, BeforeValidator(_key_in_tables)]


class Parent(Record):
    """The unit this one belongs to, over a stretch of time (its first and last day; open where absent)."""

    slug: Reference = Field(title="Đơn vị cấp trên")
    from_: Day | None = Field(None, alias="from", title="Từ ngày")
    to: Day | None = Field(None, title="Đến hết ngày")

    @model_validator(mode="after")
    def _in_order(self) -> Parent:
        if self.from_ and self.to and self.from_ > self.to:
            raise fault(f"kết thúc ({self.to}) trước khi bắt đầu ({self.from_})", "hãy đổi lại `from` và `to`")
        return self


class Successor(Record):
    """A unit that took over; `partly`: only a part of the old unit went to it.

    Of several successors each took only a part, whether it says `partly` or not. A single one took the whole; with
    `partly: true` a part of it, and where the rest went is not told. What else the new unit was made of is not meant:
    that stands at the other old units."""

    slug: Reference = Field(title="Đơn vị mới")
    partly: Flag = Field(False, title="Một phần")


class Unit(Record):
    """A unit of administration (địa bàn). One that no longer exists stays in the register."""

    slug: KeySlug = Field(title="Mã trong địa chỉ")
    code: PlainText | None = Field(None, title="Mã thống kê")
    name: PlainText = Field(title="Tên")
    kind: PlainText = Field(title="Loại đơn vị")
    level: Level = Field(title="Cấp")
    parents: tuple[Parent, ...] = Field((), title="Thuộc")
    valid_from: Day | None = Field(None, title="Có từ ngày")
    valid_to: Day | None = Field(None, title="Có đến hết ngày")
    replaced_by: tuple[Successor, ...] = Field((), title="Đơn vị thay thế")
    aliases: tuple[PlainText, ...] = Field((), title="Tên khác")
    act: PlainText | None = Field(None, title="Văn bản")
    source: PlainText | None = Field(None, title="Nguồn")

    @model_validator(mode="after")
    def _in_order(self) -> Unit:
        if self.valid_from and self.valid_to and self.valid_from > self.valid_to:
            raise fault(
                f"kết thúc ({self.valid_to}) trước khi bắt đầu ({self.valid_from})",
                "hãy đổi lại `valid_from` và `valid_to`",
            )
        return self

    @property
    def full_name(self) -> str:
        """With its kind: "huyện Diễn Châu"."""
        return f"{self.kind} {self.name}"


class Term(Record):
    """An entry of a vocabulary of the campaign, in display order."""

    slug: Slug = Field(title="Mã trong địa chỉ")
    name: PlainText = Field(title="Tên")
    short: PlainText | None = Field(None, title="Tên ngắn")
    description: PlainText | None = Field(None, title="Giới thiệu")
    aliases: tuple[PlainText, ...] = Field((), title="Tên khác")
    color: Colour | None = Field(None, title="Màu")
    icon: Icon | None = Field(None, title="Biểu tượng")

    @property
    def label(self) -> str:
        return self.short or self.name


class CampaignField(Term):
    """A field of work (lĩnh vực)."""

    slug: KeySlug = Field(title="Mã trong địa chỉ")


class Category(Term):
    """A section of the news (chuyên mục)."""

    parent: Reference | None = Field(None, title="Chuyên mục cha")


class Measure(Record):
    """What is counted or measured (chỉ tiêu)."""

    slug: Slug = Field(title="Mã")
    name: PlainText = Field(title="Tên")
    aliases: tuple[PlainText, ...] = Field(title="Cách gọi trong bài")
    unit_of_measure: Reference = Field(title="Đơn vị đo")
    counts_models: Flag = Field(False, title="Đếm mô hình")
    decimals: Count = Field(0, title="Số chữ số lẻ")
    description: PlainText | None = Field(None, title="Giới thiệu")


class UnitOfMeasure(Record):
    """A unit of measure; one of it equals `factor` of its `base`."""

    slug: Slug = Field(title="Mã")
    name: PlainText = Field(title="Tên")
    base: Reference | None = Field(None, title="Đơn vị gốc")
    factor: SignedAmount | None = Field(None, title="Hệ số")

    @model_validator(mode="after")
    def _converts(self) -> UnitOfMeasure:
        if (self.base is None) != (self.factor is None):
            raise fault(
                "phải có cả `base` và `factor`, hoặc không có cả hai", "hãy viết dạng {base: dong, factor: 1000}"
            )
        if self.factor is not None and self.factor <= 0:
            raise fault("`factor` phải lớn hơn 0", "hãy viết một đơn vị này bằng bao nhiêu đơn vị gốc")
        return self


class Document(Record):
    """A legal or administrative document (văn bản)."""

    slug: Slug = Field(title="Mã trong địa chỉ")
    kind: Name = Field(title="Loại văn bản")
    issuer: Name = Field(title="Cơ quan ban hành")
    number: PlainText | None = Field(None, title="Số, ký hiệu")
    issued: Day | None = Field(None, title="Ngày ban hành")
    effective: Day | None = Field(None, title="Ngày hiệu lực")
    title: PlainText | None = Field(None, title="Trích yếu")
    file: AssetPath | None = Field(None, title="Tệp")
    url: WebAddress | None = Field(None, title="Địa chỉ")

    @model_validator(mode="after")
    def _can_be_named(self) -> Document:
        if not self.number and not self.title:
            raise fault("thiếu cả `number` và `title`", "hãy ghi số, ký hiệu hoặc trích yếu")
        if self.file and self.url:
            raise fault("có cả `file` và `url`", "hãy giữ một khóa")
        return self

    @property
    def name(self) -> str:
        """ "Chỉ thị 16-CT/HU", or its title."""
        return f"{self.kind} {self.number}" if self.number else f"{self.kind}: {self.title}"


_LETTER = re.compile(r"[^\W\d_]")


class Abbreviation(Record):
    """A short form and the words that are read aloud for it. No digit is read as it is written, so none is in the words."""

    short: PlainText = Field(title="Viết tắt")
    long: PlainText = Field(title="Đọc là")
    note: PlainText | None = Field(None, title="Ghi chú")

    @field_validator("short")
    @classmethod
    def _has_a_letter(cls, short: str) -> str:
        if not _LETTER.search(short):
            raise fault(f"`{short}` không có chữ cái nào", "hãy viết chữ viết tắt như trong bài, ví dụ `UBND`")
        return short

    @field_validator("long")
    @classmethod
    def _has_no_digit(cls, long: str) -> str:
        if re.search(r"\d", long):
            raise fault(f"`{long}` có chữ số", "hãy viết số bằng chữ, như khi đọc")
        return long

    @model_validator(mode="after")
    def _says_something(self) -> Abbreviation:
        if self.short == self.long:
            raise fault(f"`long` giống hệt `short`: `{self.short}`", "hãy viết đầy đủ, như khi đọc")
        return self


class CriteriaItem(Record):
    id: Slug = Field(title="Mã")
    text: PlainText = Field(title="Nội dung")
    max_points: Amount | None = Field(None, title="Điểm tối đa")


class CriteriaSet(Record):
    """A set of criteria as its issuer published it; points only where the issuer gives them."""

    name: PlainText = Field(title="Tên")
    issuer: PlainText = Field(title="Cơ quan ban hành")
    act: PlainText | None = Field(None, title="Văn bản")
    from_: Day | None = Field(None, alias="from", title="Từ ngày")
    to: Day | None = Field(None, title="Đến hết ngày")
    items: Annotated[tuple[CriteriaItem, ...], Field(min_length=1)] = Field(title="Các tiêu chí")

    @model_validator(mode="after")
    def _in_order(self) -> CriteriaSet:
        if self.from_ and self.to and self.from_ > self.to:
            raise fault(f"kết thúc ({self.to}) trước khi bắt đầu ({self.from_})", "hãy đổi lại `from` và `to`")
        return self


class Publisher(Record):
    name: PlainText = Field(title="Cơ quan chủ quản")
    responsible: PlainText | None = Field(None, title="Chịu trách nhiệm")
    licence: PlainText | None = Field(None, title="Giấy phép")
    address: PlainText | None = Field(None, title="Địa chỉ")
    phone: PlainText | None = Field(None, title="Điện thoại")
    email: Email | None = Field(None, title="Thư điện tử")


def _footer_key(value: Any) -> str:
    text, known = plain_text(value), list(Publisher.model_fields)
    if text not in known:
        raise fault(f"`{text}` không phải là một khóa của `publisher`", "hãy chọn trong: " + ", ".join(known))
    return text


FooterKey = Annotated[str, BeforeValidator(_footer_key)]


class SpecialArea(Record):
    slug: Slug = Field(title="Mã")
    name: PlainText = Field(title="Tên")


class Texts(Record):
    """Words of the portal a campaign may say its own way; the defaults speak of models and news."""

    notice: PlainText | None = Field(None, title="Dòng thông báo ở đầu mọi trang")
    home: PlainText = Field("Trang chủ", title="Mục: trang chủ")
    articles: PlainText = Field("Tin tức", title="Mục: tin tức")
    models: PlainText = Field("Mô hình", title="Mục: mô hình")
    units: PlainText = Field("Địa bàn", title="Mục: địa bàn")
    fields_: PlainText = Field("Lĩnh vực", alias="fields", title="Mục: lĩnh vực")
    statistics: PlainText = Field("Thống kê", title="Mục: thống kê")
    documents: PlainText = Field("Văn bản", title="Mục: văn bản")
    banner: PlainText | None = Field(None, title="Khẩu hiệu ở trang chủ")


def _version(value: Any) -> int:
    version = integer(value)
    if version != SCHEMA_VERSION:
        raise fault(
            f"phiên bản {version} không phải phiên bản {SCHEMA_VERSION} của bộ sinh trang này",
            f"hãy chuyển dữ liệu theo CHANGELOG.md rồi viết `{SCHEMA_VERSION}`",
        )
    return version


class Campaign(Record):
    schema_version: Annotated[int, BeforeValidator(_version)] = Field(title="Phiên bản")
    name: PlainText = Field(title="Tên cổng")
    short_name: PlainText | None = Field(None, title="Tên ngắn")
    site_url: WebAddress = Field(title="Địa chỉ của cổng")
    repository: WebAddress | None = Field(None, title="Kho mã nguồn")
    branch: PlainText | None = Field(None, title="Nhánh")
    start_year: Year | None = Field(None, title="Năm bắt đầu phong trào")
    publisher: Publisher = Field(title="Cơ quan chủ quản")
    required_footer: tuple[FooterKey, ...] = Field((), title="Mục bắt buộc ở chân trang")
    data_licence: PlainText | None = Field(None, title="Giấy phép dữ liệu")
    special_areas: tuple[SpecialArea, ...] = Field((), title="Vùng đặc thù")
    texts: Texts = Field(Texts(), title="Câu chữ")

    @field_validator("site_url")
    @classmethod
    def _is_a_root(cls, address: str) -> str:
        if not _ROOT.fullmatch(address):
            hint = "hãy chỉ ghi địa chỉ gốc của cổng, ví dụ https://example.org/ hoặc https://example.org/cong/"
            raise fault(f"`{address}` không phải là địa chỉ gốc", hint)
        return address.rstrip("/") + "/"
