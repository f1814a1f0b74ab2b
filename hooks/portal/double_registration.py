"""One model registered twice: profiles whose title, place and organisation nearly agree."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from heapq import merge

from .problems import Problem
from .schema.content import ModelStatus, Profile
from .source import ContentFile
from .text import fold, slugify

_ENDED = (ModelStatus.STOPPED, ModelStatus.REJECTED)
_KIND = ("mo", "hinh")  # "Mô hình …": what every title may begin with

Words = frozenset[str]


def nearly_agree(one: Words, other: Words) -> bool:
    """At least three quarters of all their words are shared, and every word with a digit: "tổ 1" is not "tổ 2"."""
    numbers_agree = all(word.isalpha() for word in one ^ other)
    return numbers_agree and 4 * len(one & other) >= 3 * len(one | other)


@dataclass(frozen=True)
class Entry:
    """A profile as it is compared: folded words without marks, so that spelling hardly matters."""

    profile: ContentFile[Profile]
    title: Words
    organisation: Words
    communes: frozenset[str]
    place: str

    @property
    def unit(self) -> str:
        return self.profile.record.unit

    @property
    def places(self) -> tuple[str, ...]:
        return (self.unit, *sorted(self.communes - {self.unit}))


def entry_of(profile: ContentFile[Profile]) -> Entry:
    record = profile.record
    return Entry(
        profile,
        _title_words(record.title),
        frozenset(_words(record.organisation or "")),
        frozenset(record.communes),
        fold(record.place or ""),
    )


def _title_words(title: str) -> Words:
    """A title of nothing but "Mô hình" or signs keeps what it has."""
    words = _words(title)
    return frozenset((words[2:] if words[:2] == _KIND else words) or words)


def _words(text: str) -> tuple[str, ...]:
    return tuple(slugify(text).split("-")) if slugify(text) else ()


def same_model(one: Entry, other: Entry) -> bool:
    """Whether two profiles may be one model: titles nearly agree; they are of one unit, or one's unit is a commune of
    the other; communes, places and organisations, where both name them, don't differ (organisations nearly agree, or
    one's name is a part of the other's). Not so a model and what learnt from it, nor two that learnt from one."""
    return (
        nearly_agree(one.title, other.title)
        and _same_place(one, other)
        and _same_organisation(one.organisation, other.organisation)
        and not _told_apart(one.profile, other.profile)
    )


def _same_place(one: Entry, other: Entry) -> bool:
    if one.unit != other.unit and one.unit not in other.communes and other.unit not in one.communes:
        return False
    if one.unit == other.unit and one.communes and other.communes and not one.communes & other.communes:
        return False
    return one.place == other.place or not (one.place and other.place)


def _same_organisation(one: Words, other: Words) -> bool:
    return one <= other or other <= one or nearly_agree(one, other)


def _told_apart(one: ContentFile[Profile], other: ContentFile[Profile]) -> bool:
    origin, its = one.record.replicated_from, other.record.replicated_from
    return origin == other.slug or its == one.slug or (origin is not None and origin == its)


def warn_of_doubles(profiles: Iterable[ContentFile[Profile]]) -> Iterator[Problem]:
    """No two profiles that have not ended are the same model: see `same_model`. A warning at the later file by path,
    naming the first one it agrees with."""
    going = sorted((p for p in profiles if p.record.status not in _ENDED), key=lambda profile: profile.path)
    for first, later in doubles(tuple(entry_of(profile) for profile in going)):
        message = f"tên, địa bàn và đơn vị thực hiện gần như trùng với {first.path} ({first.record.title})"
        hint = (
            "nếu là một mô hình, hãy gộp vào một hồ sơ; nếu mô hình này học từ mô hình kia, hãy ghi `replicated_from`"
        )
        yield later.problem(("title",), message, hint)


def doubles(entries: tuple[Entry, ...]) -> Iterator[tuple[ContentFile[Profile], ContentFile[Profile]]]:
    """For each entry the first one before it that may be the same model, if there is one.

    Titles that nearly agree have the same numbers and share one of their rarest words, as at most a quarter of the
    words of each is not shared. So an entry is compared only with those that have these and a place in common.
    """
    frequency = Counter(word for entry in entries for word in entry.title)
    shelves: dict[tuple, list[int]] = {}
    for number, entry in enumerate(entries):
        keys = _shelves_of(entry, frequency)
        near = merge(*(shelves.get(key, ()) for key in keys))
        first = next((candidate for candidate in near if same_model(entries[candidate], entry)), None)
        if first is not None:
            yield entries[first].profile, entry.profile
        for key in keys:
            shelves.setdefault(key, []).append(number)


def _shelves_of(entry: Entry, frequency: Counter[str]) -> list[tuple]:
    rarest = sorted(entry.title, key=lambda word: (frequency[word], word))[: len(entry.title) // 4 + 1]
    numbers = tuple(sorted(word for word in entry.title if not word.isalpha()))
    return [(place, numbers, word) for place in entry.places for word in rarest]
