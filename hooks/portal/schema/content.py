"""Articles, model profiles and ordinary pages: what stands in the front matter of docs/**/*.md."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, model_validator

from .base import Record
from .dates import Day, When, WhenPartly, Year
from .figure import FigureSet, Kind, Level
from .numbers import Amount, Count, MeasuredAmount
from .values import AssetPath, Code, Flag, Name, PlainText, Reference, SitePath, Summary, Title, WebAddress, fault

Slugs = tuple[Reference, ...]


class Genre(Code):
    NEWS = "news", "Tin"
    FEATURE = "feature", "Phóng sự"
    REPORT = "report", "Báo cáo"
    PAPER = "paper", "Tham luận"
    PORTRAIT = "portrait", "Gương điển hình"
    NOTICE = "notice", "Thông báo"


class Rights(Code):
    OWN = "own", "Bài của cổng"
    PERMITTED = "permitted", "Đăng lại có phép"
    SUMMARISED = "summarised", "Viết lại từ nguồn"


class Publication(Code):
    DRAFT = "draft", "Bản nháp"
    REVIEW = "review", "Chờ duyệt"
    PUBLISHED = "published", "Đã đăng"
    ARCHIVED = "archived", "Lưu trữ"


class Author(Record):
    name: PlainText = Field(title="Họ tên")
    role: PlainText | None = Field(None, title="Chức vụ")
    organisation: Name | None = Field(None, title="Đơn vị")


class Source(Record):
    """Where the text comes from. Without `published` the page says the source gives no date."""

    name: PlainText = Field(title="Tên nguồn")
    title: PlainText | None = Field(None, title="Tên bài ở nguồn")
    url: WebAddress | None = Field(None, title="Địa chỉ")
    published: When | None = Field(None, title="Ngày nguồn đăng")
    rights: Rights | None = Field(None, title="Quyền sử dụng")


class Image(Record):
    file: AssetPath = Field(title="Tệp ảnh")
    alt: PlainText = Field(title="Mô tả ảnh")
    caption: PlainText | None = Field(None, title="Chú thích")
    credit: PlainText | None = Field(None, title="Tác giả ảnh")


class AttachmentKind(Code):
    DOCUMENT = "document", "Tài liệu"
    AUDIO = "audio", "Âm thanh"
    VIDEO = "video", "Video"


class Attachment(Record):
    file: AssetPath | None = Field(None, title="Tệp")
    url: WebAddress | None = Field(None, title="Địa chỉ")
    title: PlainText = Field(title="Tên tệp")
    kind: AttachmentKind | None = Field(None, title="Loại")
    transcript: AssetPath | None = Field(None, title="Bản chép lời")

    @model_validator(mode="after")
    def _has_one_place(self) -> Attachment:
        if (self.file is None) == (self.url is None):
            raise fault("phải có đúng một trong `file` và `url`", "hãy giữ một khóa")
        return self


class Correction(Record):
    date: Day = Field(title="Ngày")
    note: PlainText = Field(title="Nội dung đính chính")


class Article(Record):
    title: Title = Field(title="Tiêu đề")
    date: When = Field(title="Ngày đăng")
    updated: When | None = Field(None, title="Ngày cập nhật")
    summary: Summary = Field(title="Tóm tắt (sapo)")
    category: Reference = Field(title="Chuyên mục")
    genre: Genre | None = Field(None, title="Thể loại")
    featured: Flag = Field(False, title="Tin nổi bật")
    units: Slugs = Field((), title="Địa bàn")
    fields_: Slugs = Field((), alias="fields", title="Lĩnh vực")
    tags: tuple[Name, ...] = Field((), title="Từ khóa")
    authors: tuple[Author, ...] = Field((), title="Tác giả")
    source: Source | None = Field(None, title="Nguồn")
    images: tuple[Image, ...] = Field((), title="Ảnh")
    attachments: tuple[Attachment, ...] = Field((), title="Tệp kèm theo")
    models: Slugs = Field((), title="Mô hình liên quan")
    documents: Slugs = Field((), title="Văn bản liên quan")
    figures: tuple[FigureSet, ...] = Field((), title="Số liệu")
    corrections: tuple[Correction, ...] = Field((), title="Đính chính")
    status: Publication = Field(Publication.PUBLISHED, title="Trạng thái")
    publish_at: When | None = Field(None, title="Hẹn giờ đăng")
    expires_at: When | None = Field(None, title="Hết hạn")
    aliases: tuple[SitePath, ...] = Field((), title="Địa chỉ cũ")


class ModelStatus(Code):
    """Where a model stands in its life."""

    REPORTED = "reported", "được nêu tên"
    PROPOSED = "proposed", "đề xuất"
    REGISTERED = "registered", "đã đăng ký"
    APPRAISED = "appraised", "đã thẩm định"
    RECOGNISED = "recognised", "được công nhận"
    EXEMPLARY = "exemplary", "tiêu biểu"
    REPLICATED = "replicated", "được nhân rộng"
    MAINTAINED = "maintained", "đang duy trì"
    PAUSED = "paused", "tạm dừng"
    STOPPED = "stopped", "đã dừng"
    REJECTED = "rejected", "không được công nhận"


NEVER_PUBLIC = frozenset({ModelStatus.PROPOSED, ModelStatus.REJECTED})


class Lead(Record):
    """Who leads the model. No private phone or address."""

    name: PlainText = Field(title="Họ tên")
    role: PlainText | None = Field(None, title="Chức vụ")


class HistoryEntry(Record):
    status: ModelStatus = Field(title="Trạng thái")
    date: WhenPartly = Field(title="Ngày")
    by: PlainText | None = Field(None, title="Cơ quan")
    document: Reference | None = Field(None, title="Văn bản")
    note: PlainText | None = Field(None, title="Ghi chú")


class Result(Record):
    label: PlainText = Field(title="Kết quả")
    value: MeasuredAmount = Field(title="Giá trị")
    unit_of_measure: Reference | None = Field(None, title="Đơn vị đo")
    as_of: WhenPartly | None = Field(None, title="Tính đến")


class AwardLevel(Code):
    CENTRAL = "central", "cấp trung ương"
    PROVINCE = "province", "cấp tỉnh"
    DISTRICT = "district", "cấp huyện"
    COMMUNE = "commune", "cấp xã"


class Award(Record):
    title: PlainText = Field(title="Hình thức khen thưởng")
    level: AwardLevel = Field(title="Cấp khen")
    year: Year = Field(title="Năm")
    recipient: Kind | None = Field(None, title="Đối tượng")
    by: PlainText | None = Field(None, title="Người ký")
    document: Reference | None = Field(None, title="Văn bản")


class Score(Record):
    item: PlainText = Field(title="Tiêu chí")
    points: Amount = Field(title="Điểm")


class Evaluation(Record):
    criteria: Reference = Field(title="Bộ tiêu chí")
    scores: Annotated[tuple[Score, ...], Field(min_length=1)] = Field(title="Điểm từng tiêu chí")
    date: Day | None = Field(None, title="Ngày chấm")
    by: PlainText | None = Field(None, title="Đơn vị chấm")


class Profile(Record):
    title: Title = Field(title="Tên mô hình")
    summary: Summary = Field(title="Tóm tắt")
    unit: Reference = Field(title="Địa bàn")
    field: Reference | None = Field(None, title="Lĩnh vực")
    communes: Slugs = Field((), title="Xã, phường")
    place: PlainText | None = Field(None, title="Thôn, tổ")
    organisation: PlainText | None = Field(None, title="Đơn vị thực hiện")
    lead: Lead | None = Field(None, title="Người phụ trách")
    kind: Kind | None = Field(None, title="Loại")
    level: Level | None = Field(None, title="Cấp đăng ký")
    started: WhenPartly | None = Field(None, title="Bắt đầu")
    ended: WhenPartly | None = Field(None, title="Kết thúc")
    reported_at: Day | None = Field(None, title="Ngày ghi nhận")
    status: ModelStatus = Field(title="Trạng thái")
    history: tuple[HistoryEntry, ...] = Field((), title="Quá trình")
    special_areas: Slugs = Field((), title="Vùng đặc thù")
    participants: Count | None = Field(None, title="Số người tham gia")
    results: tuple[Result, ...] = Field((), title="Kết quả")
    replicated_from: Reference | None = Field(None, title="Học từ mô hình")
    awards: tuple[Award, ...] = Field((), title="Khen thưởng")
    evaluation: Evaluation | None = Field(None, title="Chấm điểm")
    images: tuple[Image, ...] = Field((), title="Ảnh")
    attachments: tuple[Attachment, ...] = Field((), title="Tệp kèm theo")
    documents: Slugs = Field((), title="Văn bản liên quan")
    source: Source | None = Field(None, title="Nguồn")
    tags: tuple[Name, ...] = Field((), title="Từ khóa")
    aliases: tuple[SitePath, ...] = Field((), title="Địa chỉ cũ")
    draft: Flag = Field(False, title="Nháp")


class OrdinaryPage(Record):
    title: Title = Field(title="Tiêu đề")
    summary: Summary | None = Field(None, title="Tóm tắt")
    updated: When | None = Field(None, title="Ngày cập nhật")
    images: tuple[Image, ...] = Field((), title="Ảnh")
    aliases: tuple[SitePath, ...] = Field((), title="Địa chỉ cũ")
