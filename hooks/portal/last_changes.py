"""When what a page says was last changed, as its front matter tells it: never the moment of a build."""

from __future__ import annotations

from datetime import date, datetime

from .schema.content import Article, Profile
from .schema.dates import VIETNAM, Moment, PartialDate


def article_changed(article: Article, today: date) -> Moment:
    """Its `updated`, else its `date`; a correction of a later day goes before both. What is dated ahead has not happened."""
    said = article.updated if article.updated and article.updated.day <= today else article.date
    corrected = max((c.date for c in article.corrections if c.date <= today), default=said.day)
    return said if corrected <= said.day else day_as_moment(corrected)


def day_as_moment(day: date) -> Moment:
    return Moment(datetime(day.year, day.month, day.day, tzinfo=VIETNAM), has_time=False)


def profile_changed(profile: Profile) -> date | None:
    """The latest day it tells of; None when it tells none, or when something may have happened later in a month or year of
    which the day isn't known."""
    told = [step.date for step in profile.history]
    told += [result.as_of for result in profile.results if result.as_of]
    told += [when for when in (profile.started, profile.ended) if when]
    days = [profile.reported_at, profile.evaluation.date if profile.evaluation else None]
    told += [PartialDate(day.year, day.month, day.day) for day in days if day]
    latest = max(told, key=lambda when: (when.last_day, when.first_day), default=None)
    return latest.first_day if latest and latest.day else None
