"""Who may see a record at a moment: its status and dates against the build's clock."""

from __future__ import annotations

from datetime import date, datetime
from typing import NamedTuple

from .schema.content import NEVER_PUBLIC, Article, Profile, Publication
from .schema.data import Unit
from .schema.dates import PartialDate
from .schema.values import Code


class Standing(Code):
    """Where a record stands now; the label is the banner readers or editors see."""

    LIVE = "live", ""
    ARCHIVED = "archived", "Bài lưu trữ: nội dung không còn được cập nhật."
    EXPIRED = (
        "expired",
        "Bài viết từng ở địa chỉ này đã hết hạn. Nội dung đã được gỡ, số liệu trong bài không còn được tính vào các bảng.",
    )
    WAITING = "waiting", "Bản xem trước: chưa đến giờ đăng."
    REVIEW = "review", "Bản xem trước: đang chờ duyệt."
    DRAFT = "draft", "Bản xem trước: bản nháp."
    NEVER = "never", "Bản xem trước: mô hình mới đề xuất hoặc không được công nhận, không đăng."

    @property
    def public(self) -> bool:
        """Has an address on the built site."""
        return self in (Standing.LIVE, Standing.ARCHIVED, Standing.EXPIRED)

    @property
    def counted(self) -> bool:
        """Listed by place and field, and its figures stand in tables."""
        return self in (Standing.LIVE, Standing.ARCHIVED)


class Showing(NamedTuple):
    """When a record stands where: `between` from the moment `since`, where there is one, until the moment `until`."""

    between: Standing
    since: datetime | None = None
    until: datetime | None = None

    def at(self, now: datetime) -> Standing:
        if self.since and self.since > now:
            return Standing.WAITING
        return Standing.EXPIRED if self.until and self.until <= now else self.between


def showing_of_article(article: Article) -> Showing:
    """An article appears at `publish_at`, else at the start of its `date`; not while it is a draft or under review."""
    if article.status in _NOT_YET:
        return Showing(_NOT_YET[article.status])
    between = Standing.ARCHIVED if article.status is Publication.ARCHIVED else Standing.LIVE
    return Showing(between, (article.publish_at or article.date).at, article.expires_at and article.expires_at.at)


_NOT_YET = {Publication.DRAFT: Standing.DRAFT, Publication.REVIEW: Standing.REVIEW}


def showing_of_profile(profile: Profile) -> Showing:
    """A proposed or rejected model is never public; a draft is nowhere."""
    if profile.draft:
        return Showing(Standing.DRAFT)
    return Showing(Standing.NEVER if profile.status in NEVER_PUBLIC else Standing.LIVE)


def article_standing(article: Article, now: datetime) -> Standing:
    return showing_of_article(article).at(now)


def profile_standing(profile: Profile) -> Standing:
    """The same at any time."""
    return showing_of_profile(profile).between


# --- a profile and its unit in time -------------------------------------------


def profile_year(profile: Profile) -> int | None:
    """The year of `started`, else of the first dated history entry, else unknown."""
    if profile.started:
        return profile.started.year
    return profile.history[0].date.year if profile.history else None


def profile_day(profile: Profile, unit: Unit) -> date | None:
    """The day at which to ask whose unit this was: `started`, else the first history entry, else
    `reported_at`. Of a whole year or month, a day on which the unit existed, if there is one."""
    when = profile.started or (profile.history[0].date if profile.history else None)
    if when is None:
        return profile.reported_at
    return day_within(when, unit) or when.first_day


def day_within(when: PartialDate, unit: Unit) -> date | None:
    """The first day of `when` on which the unit existed; None when there is none."""
    day = max(when.first_day, unit.valid_from or when.first_day)
    last = min(when.last_day, unit.valid_to or when.last_day)
    return day if day <= last else None


def existed_on(unit: Unit, day: date) -> bool:
    return (unit.valid_from or day) <= day <= (unit.valid_to or day)


def has_ended(unit: Unit, day: date) -> bool:
    """The unit no longer existed on the day."""
    return unit.valid_to is not None and unit.valid_to < day


def parent_on(unit: Unit, day: date | None) -> str | None:
    """The slug of the unit above on a day; without a day, the last known one."""
    if day is None:
        latest = max(unit.parents, key=lambda parent: parent.from_ or date.min, default=None)
        return latest.slug if latest else None
    for parent in unit.parents:
        if (parent.from_ or day) <= day <= (parent.to or day):
            return parent.slug
    return None
