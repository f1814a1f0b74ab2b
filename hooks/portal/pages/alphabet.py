"""Models and places from A to Z, in the order of the Vietnamese alphabet, where Ă, Â, Đ, Ê, Ô, Ơ and Ư are letters of their
own."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from ..finding_views import AlphabetView
from ..text import DIGITS, OTHERS, capitalised, date_vi, in_telex, initial, number_vi, sort_key
from ..views import Link
from .catalog import Catalog
from .page import ALPHABETS, SEARCH, UNITS, Page
from .search import SEARCH_TITLE

_SIGNS = re.compile(r"^[\W_]+")  # before the letter that a name stands under
_STEPS = {DIGITS: "so", OTHERS: "khac"}


@dataclass(frozen=True)
class _Named:
    """What stands in a list: the name it is found by, and how it is shown."""

    name: str
    link: Link


def pages(catalog: Catalog) -> Iterator[Page]:
    texts = catalog.campaign.texts
    yield from _alphabet(catalog, "mo-hinh", f"{texts.models} từ A đến Z", "docs/mo-hinh", _models(catalog))
    yield from _alphabet(catalog, "dia-ban", f"{texts.units} từ A đến Z", "data/units.yml", _places(catalog))


def _models(catalog: Catalog) -> Iterator[_Named]:
    for model in catalog.records.models:
        record = model.record
        label = f"{record.title} ({catalog.registers.unit_name(record.unit)})"
        yield _Named(record.title, Link(label, model.address))


def _places(catalog: Catalog) -> Iterator[_Named]:
    """By name: their kind stands behind it, and the day they ended where they have."""
    for unit in catalog.registers.units:
        until = f", đến {date_vi(unit.valid_to)}" if unit.valid_to else ""
        yield _Named(unit.name, Link(f"{capitalised(unit.name)} ({unit.kind}{until})", f"{UNITS}{unit.slug}/"))


def _alphabet(catalog: Catalog, step: str, title: str, edit_path: str, named: Iterable[_Named]) -> Iterator[Page]:
    """The page of letters, and one for each letter there is."""
    address = f"{ALPHABETS}{step}/"
    ordered = sorted(named, key=lambda one: (sort_key(_SIGNS.sub("", one.name)), one.link.label, one.link.address))
    letters: dict[str, list[Link]] = {}
    for one in ordered:
        letters.setdefault(initial(one.name), []).append(one.link)
    above = (catalog.home_link, Link(SEARCH_TITLE, SEARCH))
    summary = f"{title}, theo thứ tự chữ cái tiếng Việt."
    yield Page(address, title, summary, "portal/alphabet.html", _view(address, letters, ""), edit_path, above)
    for letter in letters:
        said = f"{title}: {letter}"
        view = _view(address, letters, letter)
        yield Page(
            _address(address, letter),
            said,
            summary,
            "portal/alphabet.html",
            view,
            edit_path,
            (*above, Link(title, address)),
        )


def _address(address: str, letter: str) -> str:
    return f"{address}{_STEPS.get(letter) or in_telex(letter)}/"


def _view(address: str, letters: dict[str, Sequence[Link]], shown: str) -> AlphabetView:
    ways = tuple(
        Link(f"{letter} ({number_vi(len(links))})", "" if letter == shown else _address(address, letter))
        for letter, links in letters.items()
    )
    return AlphabetView(ways, tuple(letters.get(shown, ())))
