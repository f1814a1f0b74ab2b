"""The life of a model: which status may follow which, when it stopped, when anything was last heard of it."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from .problems import Problem
from .schema.content import Article, HistoryEntry, ModelStatus, Profile
from .schema.dates import PartialDate
from .source import ContentFile
from .text import date_vi
from .transitions import FOLLOWERS

# Of these editors expect to hear again. A proposal waits for others; what is paused or has ended is told.
GOING_ON = frozenset(ModelStatus) - {
    ModelStatus.PROPOSED,
    ModelStatus.PAUSED,
    ModelStatus.STOPPED,
    ModelStatus.REJECTED,
}
MONTHS_WITHOUT_NEWS = 18


def check_transitions(profile: ContentFile[Profile]) -> Iterator[Problem]:
    """Each status in `history` may follow the one before it: the table of `transitions` says which, and which only from
    the next year on. A year is the one written, however exact the date."""
    for index, (before, after) in enumerate(pairwise(profile.record.history), start=1):
        followers = FOLLOWERS[before.status]
        if after.status in followers.at_any_time:
            continue
        year, last = after.date.year, before.date.year
        if after.status not in followers.from_next_year:
            message, hint = f"{_said(after)} không thể đứng sau {_said(before)}", _instead(before)
        elif year <= last:
            message = f"{_said(after)} năm {year} không thể đứng sau {_said(before)} năm {last}"
            hint = f"từ năm {last + 1} trở đi thì được; hãy kiểm tra lại năm của hai mục này"
        else:
            continue
        yield profile.problem(("history", index, "status"), message, hint)


def _said(step: HistoryEntry) -> str:
    return _status(step.status)


def _status(status: ModelStatus) -> str:
    return f"`{status}` ({status.label})"


def _instead(before: HistoryEntry) -> str:
    """What may come next."""
    followers = FOLLOWERS[before.status]
    at_any_time, later = _listed(followers.at_any_time), _listed(followers.from_next_year)
    if not at_any_time and not later:
        return f"sau `{before.status}` không còn trạng thái nào; mô hình làm lại từ đầu thì lập hồ sơ mới"
    if not at_any_time:
        return f"sau `{before.status}`, từ năm {before.date.year + 1} mới có thể là: {later}"
    from_then = f"; từ năm {before.date.year + 1} còn có thể là: {later}" if later else ""
    return f"sau `{before.status}` chỉ có thể là: {at_any_time}{from_then}"


def _listed(statuses: Iterable[ModelStatus]) -> str:
    return ", ".join(f"`{status}`" for status in statuses)


@dataclass(frozen=True)
class Stop:
    """How a model left the list: `when` and `entry` are None where its profile does not say."""

    profile: ContentFile[Profile]
    when: PartialDate | None
    entry: HistoryEntry | None


def stops(profiles: Iterable[ContentFile[Profile]]) -> tuple[Stop, ...]:
    """The models that stopped, the latest first, those without a date last; of one date by path.

    The date is that of the last history entry (which is the stop), else `ended`.
    """
    found = [_stop(profile) for profile in profiles if profile.record.status is ModelStatus.STOPPED]
    return tuple(sorted(found, key=lambda stop: (_latest_first(stop.when), stop.profile.path)))


def _stop(profile: ContentFile[Profile]) -> Stop:
    entry = profile.record.history[-1] if profile.record.history else None
    return Stop(profile, entry.date if entry else profile.record.ended, entry)


def _latest_first(when: PartialDate | None) -> tuple[bool, int]:
    return (when is None, -when.last_day.toordinal() if when else 0)


# --- news -----------------------------------------------------------------------


def last_news(profile: Profile, articles: Iterable[Article], today: date) -> date | None:
    """The latest day, today at most, the portal may have heard of a model: of its own dates, the date of its source, and
    of the articles that name it the dates of their sources, else their own. Of a whole month or year its last day that
    is not ahead, as nobody says it was earlier. None when nothing is dated, or all of it lies ahead. `ended` is no news:
    see `warn_of_overdue_ends`.
    """
    partly = (profile.started, *(step.date for step in profile.history), *(result.as_of for result in profile.results))
    spans = [(when.first_day, when.last_day) for when in partly if when]
    spans += [(date(award.year, 1, 1), date(award.year, 12, 31)) for award in profile.awards]
    days = [(a.source.published if a.source and a.source.published else a.date).day for a in articles]
    days += [day for day in (profile.reported_at, profile.evaluation and profile.evaluation.date) if day]
    if profile.source and profile.source.published:
        days.append(profile.source.published.day)
    spans += [(day, day) for day in days]
    return max((min(last, today) for first, last in spans if first <= today), default=None)


def warn_of_silence(
    profiles: Iterable[ContentFile[Profile]], articles: Iterable[ContentFile[Article]], today: date
) -> Iterator[Problem]:
    """A model that is said to go on has had news in the last 18 months: see `last_news`. A warning, no fault. Of one that
    should have ended `warn_of_overdue_ends` tells."""
    naming: dict[str, list[Article]] = {}
    for article in articles:
        for slug in dict.fromkeys(article.record.models):
            naming.setdefault(slug, []).append(article.record)
    since = months_before(today, MONTHS_WITHOUT_NEWS)
    for profile in profiles:
        if profile.record.status not in GOING_ON or _overdue(profile.record, today):
            continue
        last = last_news(profile.record, naming.get(profile.slug, ()), today)
        if last is None or last < since:
            heard = f"tin gần nhất là ngày {date_vi(last)}" if last else "chưa có tin nào ghi ngày"
            message = f"không có tin về mô hình trong {MONTHS_WITHOUT_NEWS} tháng qua ({heard})"
            hint = "hãy hỏi lại địa phương rồi thêm mục vào `history`, hoặc nêu mô hình trong `models` của một bài mới"
            yield profile.problem(("status",), message, hint)


def warn_of_overdue_ends(profiles: Iterable[ContentFile[Profile]], today: date) -> Iterator[Problem]:
    """A model whose last day (of a year or month its last one) is over is not said to go on. A warning, no fault: the
    day may pass before anybody hears whether it did end."""
    for profile in profiles:
        record = profile.record
        if record.status in GOING_ON and _overdue(record, today):
            assert record.ended is not None
            message = f"đã kết thúc ({record.ended.vi}), trong khi `status` là {_status(record.status)}"
            hint = (
                "hãy thêm mục `stopped` vào `history` và sửa `status`; "
                "nếu mô hình vẫn hoạt động, hãy thêm mục `maintained` và sửa hoặc bỏ `ended`"
            )
            yield profile.problem(("ended",), message, hint)


def _overdue(profile: Profile, today: date) -> bool:
    return profile.ended is not None and profile.ended.last_day < today


def months_before(day: date, months: int) -> date:
    """The same day of the month so many months before; the month's last day where it has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
