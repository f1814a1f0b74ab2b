"""The first tier of the index: what records are found by but their bodies, and what is shown of them."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain

from ..memory import InPart
from ..registers import Registers
from ..schema.content import NEVER_PUBLIC, ModelStatus
from ..text import capitalised, sort_key
from .layout import END, MORE, STRIDE, SUMMARY, TITLE, places
from .postings import packed
from .searched import Searched, Sort
from .shards import written
from .words import by_form, spoken

ON_A_SHELF = 16  # records: as many as a page of results may need from one place


@dataclass(frozen=True)
class Heads(InPart):
    """`addresses` are of the bodies that belong to the records, empty where a record has none. `postings` are as
    `shards.written` writes them, all else is JSON: `shelves` hold what is shown of so many records; `columns` what all are
    counted by; `tables` the words of these."""

    AT_HAND = ("addresses",)
    REST = ("postings", "shelves", "columns", "tables", "names")

    addresses: tuple[str, ...]
    postings: bytes
    shelves: tuple[bytes, ...]
    columns: bytes
    tables: bytes
    names: bytes  # the place of each record in the order of names


def heads(records: Sequence[Searched], registers: Registers) -> Heads:
    return Heads(
        addresses=tuple(record.address if record.has_body else "" for record in records),
        postings=written({form: (packed(found),) for form, found in _places_of_forms(records).items()}),
        shelves=tuple(as_json(_shown(records[at : at + ON_A_SHELF])) for at in range(0, len(records), ON_A_SHELF)),
        columns=as_json(_columns(records, registers)),
        tables=as_json(_tables(records, registers)),
        names=as_json(_ranks(records)),
    )


def as_json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def _places_of_forms(records: Iterable[Searched]) -> dict[str, list[int]]:
    found: defaultdict[str, list[int]] = defaultdict(list)
    for number, record in enumerate(records):
        base = number * STRIDE
        zones = (
            places((record.title,), TITLE, MORE),
            places(record.more, MORE, SUMMARY),
            places((record.summary,), SUMMARY, END),
        )
        for word, place in chain.from_iterable(zones):
            found[word].append(base + place)
    return by_form(found)


def _shown(records: Iterable[Searched]) -> list[list[str]]:
    return [[one.address, one.title, one.summary, one.line, *one.cover] for one in records]


def _ranks(records: Sequence[Searched]) -> list[int]:
    """Of models: nothing else is ordered by name."""
    models = (number for number, record in enumerate(records) if record.sort is Sort.MODEL)
    ranks = [0] * len(records)
    for rank, number in enumerate(sorted(models, key=lambda n: (sort_key(records[n].title), records[n].address))):
        ranks[number] = rank
    return ranks


# --- what is counted ------------------------------------------------------------------------


def _columns(records: Sequence[Searched], registers: Registers) -> dict[str, object]:
    """By record, in order. Sets of places and of fields are numbers in a list of those there are, each with numbers in the
    tables. A day is its year, and a sign each for month and day: near in a list are records of one year."""
    place_numbers = {slug: number for number, slug in enumerate(_used(records, registers))}
    field_numbers = {field.slug: number for number, field in enumerate(registers.fields)}
    sorts = {sort: number for number, sort in enumerate(Sort)}
    statuses = {status: number for number, status in enumerate(_statuses())}
    place_sets = _Sets()
    field_sets = _Sets()
    return {
        "sort": _runs(sorts[record.sort] for record in records),
        "title": [len(spoken(record.title)) for record in records],
        "place": [place_sets.number(place_numbers[slug] for slug in record.places) for record in records],
        "places": place_sets.known,
        "field": [field_sets.number(field_numbers[slug] for slug in record.fields) for record in records],
        "fields": field_sets.known,
        "year": [record.year or 0 for record in records],
        "day": {
            "years": _runs(int(record.day[:4] or 0) for record in records),
            "days": "".join(_month_and_day(record.day) for record in records),
        },
        "status": _runs(statuses.get(record.status, -1) for record in records),
    }


class _Sets:
    """Numbers sets as they come."""

    def __init__(self) -> None:
        self._numbers: dict[tuple[int, ...], int] = {}

    def number(self, members: Iterable[int]) -> int:
        return self._numbers.setdefault(tuple(sorted(members)), len(self._numbers))

    @property
    def known(self) -> list[tuple[int, ...]]:
        return list(self._numbers)


def _runs(values: Iterable[int]) -> list[int]:
    """Value, count, value, count …"""
    found: list[int] = []
    for value in values:
        if found and found[-2] == value:
            found[-1] += 1
        else:
            found += [value, 1]
    return found


def _month_and_day(iso: str) -> str:
    month, day = (int(iso[5:7]), int(iso[8:])) if iso else (0, 0)
    return chr(ord("a") + month) + chr(ord("0") + day)


def _tables(records: Sequence[Searched], registers: Registers) -> dict[str, object]:
    """The words of what is counted, in the order of its numbers; of places and fields also their other names."""
    return {
        "sorts": [[sort.value, sort.label] for sort in Sort],
        "statuses": [[status.value, capitalised(status.label)] for status in _statuses()],
        "fields": [[field.slug, field.label, field.name, *field.aliases] for field in registers.fields],
        "places": [
            [slug, capitalised(registers.unit_name(slug)), *registers.units[slug].aliases]
            for slug in _used(records, registers)
        ],
    }


def _used(records: Iterable[Searched], registers: Registers) -> list[str]:
    """The places that records are found by, in the order of the register."""
    used = {slug for record in records for slug in record.places}
    return [unit.slug for unit in registers.units if unit.slug in used]


def _statuses() -> list[ModelStatus]:
    """Those that a public model may have, in the order of its life."""
    return [status for status in ModelStatus if status not in NEVER_PUBLIC]
