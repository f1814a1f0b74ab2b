"""What to read next: records that share a model, a place or a field, and neighbours in a category.

The relation of two records is symmetric: each is related to the other for the same reason.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from .schema.content import Article
from .schema.values import Code
from .source import ContentFile

AT_MOST = 6


class Reason(Code):
    """Why two records are related; the first that holds, strongest first."""

    MODEL = "model", "cùng mô hình"
    UNIT_AND_FIELD = "unit_and_field", "cùng địa bàn và lĩnh vực"
    UNIT = "unit", "cùng địa bàn"
    FIELD = "field", "cùng lĩnh vực"


@dataclass(frozen=True)
class Subject:
    """What a record is about. `mentions` are the addresses of the records that its page names anyway."""

    address: str
    order: tuple  # the newest first
    models: frozenset[str]
    units: frozenset[str]
    fields: frozenset[str]
    mentions: frozenset[str]


def reason_of(one: Subject, other: Subject) -> Reason | None:
    """The relation of two records; none of a record with itself or with one its page names anyway."""
    if one.address == other.address or other.address in one.mentions or one.address in other.mentions:
        return None
    if one.models & other.models:
        return Reason.MODEL
    shares_unit, shares_field = bool(one.units & other.units), bool(one.fields & other.fields)
    if shares_unit and shares_field:
        return Reason.UNIT_AND_FIELD
    if shares_unit:
        return Reason.UNIT
    return Reason.FIELD if shares_field else None


class Related:
    """Finds related records without comparing every record with every other."""

    def __init__(self, subjects: Iterable[Subject]) -> None:
        self._shelves: dict[tuple[Reason, object], list[Subject]] = {}
        for subject in sorted(subjects, key=lambda s: (s.order, s.address)):
            for shelf in _shelves_of(subject):
                self._shelves.setdefault(shelf, []).append(subject)

    def to(self, subject: Subject) -> tuple[tuple[Subject, Reason], ...]:
        """At most six, by reason, then the newest first."""
        chosen: list[tuple[Subject, Reason]] = []
        seen: set[str] = set()
        for reason in Reason:
            if len(chosen) == AT_MOST:
                break
            shelves = [key for key in _shelves_of(subject) if key[0] is reason]
            found = {s.address: s for key in shelves for s in self._first(key, subject, reason, seen)}
            for other in sorted(found.values(), key=lambda s: (s.order, s.address)):
                if len(chosen) == AT_MOST:
                    break
                chosen.append((other, reason))
                seen.add(other.address)
        return tuple(chosen)

    def _first(self, shelf: tuple, subject: Subject, reason: Reason, seen: set[str]) -> list[Subject]:
        """The first six of a shelf that are related for just this reason and not chosen yet."""
        found: list[Subject] = []
        for other in self._shelves.get(shelf, ()):
            if other.address not in seen and reason_of(subject, other) is reason:
                found.append(other)
                if len(found) == AT_MOST:
                    break
        return found


def _shelves_of(subject: Subject) -> list[tuple[Reason, object]]:
    return [
        *((Reason.MODEL, model) for model in sorted(subject.models)),
        *((Reason.UNIT_AND_FIELD, (unit, field)) for unit in sorted(subject.units) for field in sorted(subject.fields)),
        *((Reason.UNIT, unit) for unit in sorted(subject.units)),
        *((Reason.FIELD, field) for field in sorted(subject.fields)),
    ]


@dataclass(frozen=True)
class Neighbours:
    """Articles beside one in its category: the next newer and older, and the newest others."""

    newer: ContentFile[Article] | None
    older: ContentFile[Article] | None
    others: tuple[ContentFile[Article], ...]


def neighbours(articles: tuple[ContentFile[Article], ...]) -> dict[str, Neighbours]:
    """By path, for articles in order, the newest first."""
    categories: dict[str, list[ContentFile[Article]]] = {}
    for article in articles:
        categories.setdefault(article.record.category, []).append(article)
    found = {}
    for members in categories.values():
        for index, article in enumerate(members):
            others = tuple(a for a in members[: AT_MOST + 1] if a is not article)[:AT_MOST]
            newer = members[index - 1] if index else None
            older = members[index + 1] if index + 1 < len(members) else None
            found[article.path] = Neighbours(newer, older, others)
    return found
