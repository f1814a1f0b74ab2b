"""The index asked by Python: the same rules as overrides/javascripts/search/index.js, written apart from it.

Where the two differ on a query, one of them is wrong.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path
from typing import Any

from portal.search.files import CONTENTS, path_of
from portal.search.layout import MORE, SUMMARY
from portal.search.postings import unpacked
from portal.search.words import TONES, plain_of, spoken, word_of, words
from portal.text import match_key, nfc

POINTS = {"title": 16, "named": 9, "more": 6, "summary": 4, "heading": 3, "body": 1}
BESIDE = {"title": 24, "named": 22, "else": 20, "body": 18}
FIRST = 10  # records that are shown first
_CHUNK = re.compile(r'"([^"]*)"|“([^”]*)”|([^\s"“”]+)')


@dataclass(frozen=True)
class Sought:
    """A word of a query; one that `goes_on` stands for all that begin with it, or as it was `said`."""

    form: str
    said: str
    goes_on: bool = False

    @property
    def plain(self) -> str:
        return plain_of(self.form)

    @property
    def is_marked(self) -> bool:
        return self.plain != self.form

    @property
    def beginnings(self) -> list[str]:
        return [self.form, self.said]

    def like(self, form: str) -> tuple[bool, bool] | None:
        """Whether it is the whole of a word, and in its own marks; None where it is another."""
        plain = plain_of(form)
        if plain == self.plain:
            return True, form == self.form
        begun = [one for one in self.beginnings if plain.startswith(plain_of(one))] if self.goes_on else []
        if not begun:
            return None
        letters, tone = _parted(form)
        own, own_tone = _parted(begun[0])
        return False, self.is_marked and letters.startswith(own) and (not own_tone or tone == own_tone)


@dataclass
class Hits:
    """Of a clause by record: points, and whether it is there in its own marks; the places of its words in heads."""

    points: dict[int, int]
    exact: set[int]
    titles: dict[int, int]
    places: set[int]


def _parted(form: str) -> tuple[str, str]:
    return "".join(c for c in form if c not in TONES), "".join(c for c in form if c in TONES)


def parsed(query: str, most: int = 24) -> list[list[Sought]]:
    clauses = []
    is_open = False
    for straight, curly, chunk in _CHUNK.findall(nfc(query)):
        found = [Sought(word_of(said).form, match_key(said)) for said in spoken(straight or curly or chunk)]
        if found:
            clauses.append(found)
            is_open = bool(chunk)
    if clauses and is_open and not query[-1:].isspace():
        last = clauses[-1][-1]
        clauses[-1][-1] = replace(last, goes_on=len(last.plain) > 1)
        hardly_begun = len(last.form) == 1 and last.form.isalpha()
        if hardly_begun and sum(map(len, clauses)) > 1:
            clauses[-1].pop()
    kept: list[list[Sought]] = []
    for clause in clauses:
        kept.append(clause[:most])
        most -= len(kept[-1])
    return [clause for clause in kept if clause]


def _is_marked(clause: Sequence[Sought]) -> bool:
    return any(word.is_marked for word in clause)


class Engine:
    """`read` gives a file of the index by its path in the site."""

    def __init__(self, read: Callable[[str], Any]) -> None:
        self.read = read
        self.contents = read(CONTENTS)
        self.columns = self._piece(self.contents["columns"])
        self.tables = self._piece(self.contents["tables"])
        self.count: int = self.contents["records"]
        self.days = list(_days(**self.columns["day"]))

    @classmethod
    def of_site(cls, site: Path) -> Engine:
        return cls(lambda path: json.loads((site / path).read_text(encoding="utf-8")))

    def _piece(self, name: str) -> Any:
        return self.read(path_of(name))

    def shown(self, record: int) -> list[str]:
        """Address, title, summary, line."""
        size = self.contents["shelf"]
        return self._piece(self.contents["shelves"][record // size])[record % size]

    def addresses(self, query: str, most: int | None = None) -> list[str]:
        return [self.shown(record)[0] for record in self.records(query)[:most]]

    def records(self, query: str) -> list[int]:
        """The records in which all of a query is found, the best first."""
        clauses = parsed(query)
        if query.strip() and not clauses:
            return []
        heads = [self._in_heads(clause) for clause in clauses]
        bodies = [self._in_bodies(clause) for clause in clauses]
        ranked = self._ranked(clauses, heads, bodies, {})
        of_bodies = [any(record not in h.points for record in ranked[:FIRST]) for h in heads]
        beside: dict[int, int] = {}
        for at, (one, other) in enumerate(pairwise(clauses)):
            if of_bodies[at] and of_bodies[at + 1] and len(one) == len(other) == 1:
                for record in self._in_bodies([*one, *other]).points:
                    beside[record] = beside.get(record, 0) + BESIDE["body"]
        return self._ranked(clauses, heads, bodies, beside) if beside else ranked

    def _ranked(
        self,
        clauses: Sequence[Sequence[Sought]],
        heads: Sequence[Hits],
        bodies: Sequence[Hits],
        beside: Mapping[int, int],
    ) -> list[int]:
        found = []
        is_marked, named = any(map(_is_marked, clauses)), self._named(clauses)
        said = [
            (h, b) for clause, h, b in zip(clauses, heads, bodies, strict=True) if not is_marked or _is_marked(clause)
        ]
        for record in range(self.count):
            each = [max(h.points.get(record, 0), b.points.get(record, 0)) for h, b in zip(heads, bodies, strict=True)]
            if not all(each):
                continue
            exact = all(record in h.exact or record in b.exact for h, b in said)
            title = self.columns["title"][record]
            hits = min(sum(h.titles.get(record, 0) for h in heads), title)
            together = self._beside(clauses, heads, named, record) + beside.get(record, 0)
            worth = sum(each) + together + 10 * hits // (title or 1)
            order = (not exact, -worth) if is_marked else (-worth, not exact)
            found.append((*order, -self.days[record], record))
        return [record for *_, record in sorted(found)]

    def _beside(
        self, clauses: Sequence[Sequence[Sought]], heads: Sequence[Hits], named: Sequence[set[int]], record: int
    ) -> int:
        stride = self.contents["stride"]
        own = range(record * stride, (record + 1) * stride)
        total = 0
        for clause, one, other, of_name in zip(clauses, heads, heads[1:], named, strict=False):
            together = [p for p in one.places if p in own and p + len(clause) in other.places]
            zones = ["title" if (place + len(clause) - 1) % stride < MORE else "else" for place in together]
            zones += ["named"] * (record in of_name)
            total += max((BESIDE[zone] for zone in zones), default=0)
        return total

    def _named(self, clauses: Sequence[Sequence[Sought]]) -> list[set[int]]:
        """For every two neighbours the records by whose names they stand one after another."""
        found = []
        for one, other in pairwise(clauses):
            hits = Hits({}, set(), {}, set())
            self._in_names([*one, *other], hits)
            found.append(set(hits.points))
        return found

    def _forms(self, word: Sought, shards: Mapping[str, str]) -> Iterable[tuple[int, Any, bool, bool]]:
        """Number of the part, what is said, whole, exact."""
        goes_on = word.goes_on and (shards is self.contents["heads"] or len(word.plain) > 2)
        sought = replace(word, goes_on=goes_on)
        plains = [plain_of(one) for one in (word.form, word.said)]
        related = {
            name
            for start, name in shards.items()
            if any(plain.startswith(start) or start.startswith(plain) for plain in plains)
        }
        for name in related:
            for number, part in enumerate(self._piece(name)):
                for form, said in part.items():
                    if like := sought.like(form):
                        yield number, said, *like

    def _in_heads(self, clause: Sequence[Sought]) -> Hits:
        stride = self.contents["stride"]
        each = []
        for word in clause:
            all_, exact, whole = set(), set(), set()
            for _, said, is_whole, is_exact in self._forms(word, self.contents["heads"]):
                places = unpacked(said)
                all_.update(places)
                exact.update(places if is_exact else ())
                whole.update(places if is_whole else ())
            each.append((all_, exact, whole))
        size = len(clause)
        hits = Hits({}, set(), {}, _chained([all_ for all_, _, _ in each]))
        ends = each[-1][2]
        for place in hits.places:
            record, at = divmod(place, stride)
            is_whole = place + size - 1 in ends
            zone = "title" if at < MORE else "more" if at < SUMMARY else "summary"
            worth = POINTS[zone] * (2 if is_whole else 1) * size
            hits.points[record] = max(hits.points.get(record, 0), worth)
            if zone == "title" and is_whole:
                hits.titles[record] = size
        hits.exact = {place // stride for place in _chained([exact for _, exact, _ in each])}
        self._in_names(clause, hits)
        return hits

    def _in_names(self, clause: Sequence[Sought], hits: Hits) -> None:
        for kind, column in (("places", "place"), ("fields", "field")):
            likes = [self._like_names(clause, names) for _, *names in self.tables[kind]]
            for record, number in enumerate(self.columns[column]):
                found = [like for one in self.columns[kind][number] if (like := likes[one])]
                if found:
                    worth = POINTS["named"] * (2 if any(whole for whole, _ in found) else 1) * len(clause)
                    hits.points[record] = max(hits.points.get(record, 0), worth)
                if any(exact for _, exact in found):
                    hits.exact.add(record)

    def _like_names(self, clause: Sequence[Sought], names: Iterable[str]) -> tuple[bool, bool] | None:
        found = []
        for name in names:
            forms = [word.form for word in words(name)]
            for start in range(len(forms) - len(clause) + 1):
                likes = [word.like(form) for word, form in zip(clause, forms[start:], strict=False)]
                if all(likes):
                    found.append((all(like[0] for like in likes if like), all(like[1] for like in likes if like)))
        return (any(whole for whole, _ in found), any(exact for _, exact in found)) if found else None

    def _in_bodies(self, clause: Sequence[Sought]) -> Hits:
        hits = Hits({}, set(), {}, set())
        starts = self.contents["blocks"]
        if len(clause) == 1:
            for number, said, whole, exact in self._forms(clause[0], self.contents["bodies"]):
                records, headings = said if isinstance(said, list) else (said, "")
                for text, zone in ((records, "body"), (headings, "heading")):
                    for one in unpacked(text):
                        record = starts[number] + one
                        worth = POINTS[zone] * (2 if whole else 1)
                        hits.points[record] = max(hits.points.get(record, 0), worth)
                        if exact:
                            hits.exact.add(record)
            return hits
        phrases = self._piece(self.contents["phrases"])
        read = [list(self._forms(word, phrases["near"])) for word in clause]
        for number, text in enumerate(phrases["starts"]):
            records = unpacked(text)

            def of(places: Iterable[int], records: list[int] = records, number: int = number) -> set[int]:
                return {starts[number] + sum(start <= place for start in records) - 1 for place in places}

            here = [[form for form in forms if form[0] == number] for forms in read]
            both = [{p for form in forms for p in unpacked(form[1])} for forms in here]
            own = [{p for form in forms if form[3] for p in unpacked(form[1])} for forms in here]
            hits.points.update(dict.fromkeys(of(_chained(both)), POINTS["body"] * 2 * len(clause)))
            hits.exact |= of(_chained(own))
        return hits


def _chained(each: Sequence[set[int]]) -> set[int]:
    """The places of the first word after which the others stand one after another."""
    found = each[0]
    for distance, (_, later) in enumerate(pairwise(each), 1):
        found = {place for place in found if place + distance in later}
    return set(found)


def _days(years: Sequence[int], days: str) -> Iterable[int]:
    each = [year for year, count in zip(years[::2], years[1::2], strict=True) for _ in range(count)]
    for year, month, day in zip(each, days[::2], days[1::2], strict=True):
        yield year * 10_000 + (ord(month) - ord("a")) * 100 + ord(day) - ord("0")
