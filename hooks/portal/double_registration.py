"""One model registered twice: profiles whose title, place and organisation nearly agree, be the place named as it was
or as it is today."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from heapq import merge

from .problems import Problem
from .schema.content import ModelStatus, Profile
from .schema.figure import Level
from .source import ContentFile
from .territory import Territory
from .text import fold, slugify

_ENDED = (ModelStatus.STOPPED, ModelStatus.REJECTED)
_KIND = ("mo", "hinh")  # "Mô hình …": what every title may begin with

Words = frozenset[str]
Slugs = frozenset[str]


def nearly_agree(one: Words, other: Words) -> bool:
    """At least three quarters of all their words are shared, and every word with a digit: "tổ 1" is not "tổ 2"."""
    numbers_agree = all(word.isalpha() for word in one ^ other)
    return numbers_agree and 4 * len(one & other) >= 3 * len(one | other)


@dataclass(frozen=True)
class Places:
    """Units as a profile names them, and `ever`: these and those they are today."""

    named: Slugs
    ever: Slugs

    def meet(self, other: Places) -> bool:
        """One of either is one of the other, then or today. Two that are gone and lie in one unit today are still two
        places."""
        return bool(self.named & other.ever or self.ever & other.named)


@dataclass(frozen=True)
class Entry:
    """A profile as it is compared: folded words without marks, so that spelling hardly matters; of its units also
    what they are today."""

    profile: ContentFile[Profile]
    title: Words
    organisation: Words
    unit: Places
    communes: Places
    place: str

    @property
    def places(self) -> Places:
        return Places(self.unit.named | self.communes.named, self.unit.ever | self.communes.ever)


def places_today(profiles: Iterable[ContentFile[Profile]], territory: Territory, today: date) -> Mapping[str, Slugs]:
    """Of each unit the profiles name, by slug, the units it is today: those its whole territory surely went to, and of
    a commune that was divided each part, where its model may be. A larger unit that was divided is none of its parts.
    A unit that still is, and one the register lacks, is only itself."""
    found = {}
    for slug in dict.fromkeys(s for p in profiles for s in (p.record.unit, *p.record.communes)):
        unit = territory.units.get(slug)
        became = territory.successors_on(unit, today) if unit else ()
        lies_in = (kin for kin in became if not kin.partly or (unit and unit.level is Level.COMMUNE))
        found[slug] = frozenset(kin.unit.slug for kin in lies_in)
    return found


def entry_of(profile: ContentFile[Profile], today: Mapping[str, Slugs]) -> Entry:
    """`today` says of every unit the profile names which units it is today: see `places_today`."""
    record = profile.record
    return Entry(
        profile,
        _title_words(record.title),
        frozenset(_words(record.organisation or "")),
        _places((record.unit,), today),
        _places(record.communes, today),
        fold(record.place or ""),
    )


def _places(slugs: Iterable[str], today: Mapping[str, Slugs]) -> Places:
    named = frozenset(slugs)
    return Places(named, named.union(*(today[slug] for slug in named)))


def _title_words(title: str) -> Words:
    """A title of nothing but "Mô hình" or signs keeps what it has."""
    words = _words(title)
    return frozenset((words[2:] if words[:2] == _KIND else words) or words)


def _words(text: str) -> tuple[str, ...]:
    return tuple(slugify(text).split("-")) if slugify(text) else ()


def same_model(one: Entry, other: Entry) -> bool:
    """Whether two profiles may be one model: titles nearly agree; where both name communes they have one in common,
    else they are of one unit, or one's unit is a commune of the other; places within and organisations, where both name
    them, don't differ (organisations nearly agree, or one's name is a part of the other's). Not so a model and what
    learnt from it, nor two that learnt from one.

    A unit that is gone is also the one of today that surely holds all of it, and a commune that was divided each of its
    parts: where a model in it lies now is only possible, but this is only a warning.
    """
    return (
        nearly_agree(one.title, other.title)
        and _same_place(one, other)
        and _same_organisation(one.organisation, other.organisation)
        and not _told_apart(one.profile, other.profile)
    )


def _same_place(one: Entry, other: Entry) -> bool:
    if one.communes.named and other.communes.named:
        together = one.communes.meet(other.communes)
    else:
        together = one.unit.meet(other.unit) or one.unit.meet(other.communes) or one.communes.meet(other.unit)
    if not together:
        return False
    return one.place == other.place or not (one.place and other.place)


def _same_organisation(one: Words, other: Words) -> bool:
    return one <= other or other <= one or nearly_agree(one, other)


def _told_apart(one: ContentFile[Profile], other: ContentFile[Profile]) -> bool:
    origin, its = one.record.replicated_from, other.record.replicated_from
    return origin == other.slug or its == one.slug or (origin is not None and origin == its)


def warn_of_doubles(profiles: Iterable[ContentFile[Profile]], territory: Territory, today: date) -> Iterator[Problem]:
    """No two profiles that have not ended are the same model: see `same_model`. A warning at the later file by path,
    naming the first one it agrees with."""
    going = sorted((p for p in profiles if p.record.status not in _ENDED), key=lambda profile: profile.path)
    places = places_today(going, territory, today)
    for first, later in doubles(tuple(entry_of(profile, places) for profile in going)):
        message = f"tên, địa bàn và đơn vị thực hiện gần như trùng với {first.path} ({first.record.title})"
        hint = (
            "nếu là một mô hình, hãy gộp vào một hồ sơ; nếu mô hình này học từ mô hình kia, hãy ghi `replicated_from`"
        )
        yield later.problem(("title",), message, hint)


def doubles(entries: tuple[Entry, ...]) -> Iterator[tuple[ContentFile[Profile], ContentFile[Profile]]]:
    """For each entry the first one before it that may be the same model, if there is one.

    Titles that nearly agree have the same numbers and share one of their rarest words, as at most a quarter of the
    words of each is not shared. So an entry is compared only with those that have these and a place in common; those
    of a place it names stand on one shelf with all that are there today, those that name it on another.
    """
    frequency = Counter(word for entry in entries for word in entry.title)
    shelves: dict[tuple, list[int]] = {}
    for number, entry in enumerate(entries):
        keys, words = entry.places, _words_of_shelves(entry, frequency)
        sought = [("there", place) for place in sorted(keys.named)]
        sought += [("named", place) for place in sorted(keys.ever - keys.named)]
        near = merge(*(shelves.get((*shelf, *word), ()) for shelf in sought for word in words))
        first = next((candidate for candidate in near if same_model(entries[candidate], entry)), None)
        if first is not None:
            yield entries[first].profile, entry.profile
        for shelf in (*(("there", place) for place in keys.ever), *(("named", place) for place in keys.named)):
            for word in words:
                shelves.setdefault((*shelf, *word), []).append(number)


def _words_of_shelves(entry: Entry, frequency: Counter[str]) -> list[tuple[tuple[str, ...], str]]:
    rarest = sorted(entry.title, key=lambda word: (frequency[word], word))[: len(entry.title) // 4 + 1]
    numbers = tuple(sorted(word for word in entry.title if not word.isalpha()))
    return [(numbers, word) for word in rarest]
