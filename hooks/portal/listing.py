"""Lists of articles and models: who stands in which, in which order, and how they are cut into pages."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeVar

from .registers import Registers
from .schema.content import Article, ModelStatus, Profile
from .schema.dates import VIETNAM
from .source import ContentFile
from .standing import profile_year
from .text import capitalised, slugify, sort_key

PER_PAGE = 20

T = TypeVar("T")


@dataclass(frozen=True)
class Term:
    """One list: `key` is its last step in the address, articles and models are its members in display order."""

    key: str
    title: str
    articles: tuple[ContentFile[Article], ...] = ()
    models: tuple[ContentFile[Profile], ...] = ()

    @property
    def count(self) -> int:
        return len(self.articles) + len(self.models)


def article_order(article: ContentFile[Article]) -> tuple:
    """Newest first; of one moment, by address."""
    return (-article.record.date.at.timestamp(), article.address)


def model_day(profile: Profile) -> date | None:
    """The day a model is known from: `started`, else its first dated history entry, else `reported_at`."""
    when = profile.started or (profile.history[0].date if profile.history else None)
    return when.first_day if when else profile.reported_at


def newest_first(day: date | None) -> tuple[int, float]:
    """The order of a day, or of a moment in it, among others: the newest first, an unknown one last."""
    if isinstance(day, datetime):
        return (0, -day.timestamp())
    return (0, -datetime(day.year, day.month, day.day, tzinfo=VIETNAM).timestamp()) if day else (1, 0)


def model_order(profile: ContentFile[Profile]) -> tuple:
    """Newest first; those without a date last, by Vietnamese name."""
    return (*newest_first(model_day(profile.record)), sort_key(profile.record.title), profile.address)


def pages_of(members: Sequence[T], number: int) -> tuple[T, ...]:
    """The members on page `number`, counted from 1."""
    return tuple(members[(number - 1) * PER_PAGE : number * PER_PAGE])


def last_page(term: Term) -> int:
    """How many pages a list has: articles and models are two shelves under one pager. An empty list has one."""
    longest = max(len(term.articles), len(term.models))
    return max(1, -(-longest // PER_PAGE))


def page_address(address: str, number: int) -> str:
    return address if number == 1 else f"{address}trang/{number}/"


def first_page(address: str) -> str:
    """The address of the list that a page belongs to, if it is one of a list."""
    return _FURTHER.sub("", address)


_FURTHER = re.compile(r"trang/[0-9]+/\Z")


@dataclass(frozen=True)
class Records:
    """The records that may be listed, each kind in display order."""

    articles: tuple[ContentFile[Article], ...]
    models: tuple[ContentFile[Profile], ...]

    def where(
        self,
        key: str,
        title: str,
        article: Callable[[ContentFile[Article]], bool] | None = None,
        model: Callable[[ContentFile[Profile]], bool] | None = None,
    ) -> Term:
        """The list of the records that satisfy; a kind without a condition has no shelf."""
        return Term(
            key,
            title,
            tuple(a for a in self.articles if article(a)) if article else (),
            tuple(m for m in self.models if model(m)) if model else (),
        )


def grouped(records: Records, article_keys: Callable | None, model_keys: Callable | None) -> dict[str, Term]:
    """Lists by key, each key with its title as the records give it: (key, title) pairs per record."""
    articles: dict[str, list] = {}
    models: dict[str, list] = {}
    titles: dict[str, str] = {}
    for found, keys, kept in ((records.articles, article_keys, articles), (records.models, model_keys, models)):
        for record in found if keys else ():
            for key, title in dict(keys(record.record)).items():
                titles.setdefault(key, title)
                kept.setdefault(key, []).append(record)
    return {
        key: Term(key, title, tuple(articles.get(key, ())), tuple(models.get(key, ()))) for key, title in titles.items()
    }


# --- the lists there are -------------------------------------------------------


def by_category(records: Records, registers: Registers) -> tuple[Term, ...]:
    """Every category, with the articles of the categories under it."""
    under: dict[str, set[str]] = {category.slug: {category.slug} for category in registers.categories}
    for category in registers.categories:
        above = category.parent
        while above:
            under[above].add(category.slug)
            above = registers.categories[above].parent
    found = grouped(records, lambda a: [(a.category, "")], None)
    order = {article.path: index for index, article in enumerate(records.articles)}
    terms = []
    for category in registers.categories:
        members = [article for slug in under[category.slug] if slug in found for article in found[slug].articles]
        members.sort(key=lambda article: order[article.path])
        terms.append(Term(category.slug, category.name, tuple(members)))
    return tuple(terms)


def by_genre(records: Records) -> tuple[Term, ...]:
    found = grouped(records, lambda a: [(a.genre.value, a.genre.label)] if a.genre else [], None)
    return tuple(sorted(found.values(), key=lambda term: sort_key(term.title)))


def by_status(records: Records) -> tuple[Term, ...]:
    """Statuses of models, in the order of a model's life."""
    found = grouped(records, None, lambda m: [(m.status.value, capitalised(m.status.label))])
    return tuple(found[status.value] for status in ModelStatus if status.value in found)


def by_special_area(records: Records, registers: Registers) -> tuple[Term, ...]:
    """Every special area of the campaign."""
    areas = registers.campaign.record.special_areas if registers.campaign else ()
    found = grouped(records, None, lambda m: [(slug, "") for slug in m.special_areas])
    return tuple(
        Term(area.slug, area.name, (), found[area.slug].models if area.slug in found else ()) for area in areas
    )


def by_tag(records: Records) -> tuple[Term, ...]:
    """Tags by folded spelling: "nông thôn mới" and "Nông thôn mới" are one."""
    tags = _tags
    found = grouped(records, tags, tags)
    return tuple(sorted(found.values(), key=lambda term: sort_key(term.title)))


def _tags(record: Article | Profile) -> list[tuple[str, str]]:
    return [(slugify(tag), tag) for tag in record.tags if slugify(tag)]


def by_organisation(records: Records) -> tuple[Term, ...]:
    """Organisations that authors of articles sign for."""

    def organisations(article: Article) -> list[tuple[str, str]]:
        named = [author.organisation for author in article.authors if author.organisation]
        return [(slugify(name), name) for name in named if slugify(name)]

    found = grouped(records, organisations, None)
    return tuple(sorted(found.values(), key=lambda term: sort_key(term.title)))


def by_year(records: Records) -> tuple[Term, ...]:
    """Years of articles (their date) and of models (as in the tables), newest first."""
    found = grouped(records, lambda a: [_year(a.date.day.year)], lambda m: [_year(y)] if (y := profile_year(m)) else [])
    return tuple(found[key] for key in sorted(found, reverse=True))


def _year(year: int) -> tuple[str, str]:
    return (f"{year:04d}", f"Năm {year}")


def by_month(records: Records) -> tuple[Term, ...]:
    """Months, under "<year>/<month>", of articles and of the models whose month is known; newest first."""

    def model_month(profile: Profile) -> Iterable[tuple[str, str]]:
        when = profile.started or (profile.history[0].date if profile.history else None)
        return [_month(when.year, when.month)] if when and when.month else []

    found = grouped(records, lambda a: [_month(a.date.day.year, a.date.day.month)], model_month)
    return tuple(found[key] for key in sorted(found, reverse=True))


def _month(year: int, month: int) -> tuple[str, str]:
    return (f"{year:04d}/{month:02d}", f"Tháng {month:02d}/{year}")
