"""What the templates of the gallery, of search and of A to Z draw."""

from __future__ import annotations

from dataclasses import dataclass

from .views import EMPTY_LIST, Link, ListView, Mark


@dataclass(frozen=True)
class Choice:
    """One value to narrow models by: how many there would be, the page without a script, and what the address of the
    gallery says of it all with one."""

    label: str
    count: str
    address: str
    query: str


@dataclass(frozen=True)
class Choices:
    label: str
    values: tuple[Choice, ...]


@dataclass(frozen=True)
class GalleryView:
    """The first page of a list of models; `note` says where choices lead that have no page of their own; `marks` are those
    of the fields, for cards that a script draws."""

    choices: tuple[Choices, ...]
    note: str = ""
    marks: tuple[Mark, ...] = ()
    listing: ListView = EMPTY_LIST


@dataclass(frozen=True)
class AlphabetView:
    """`letters` lead to the names of each, but for the one that is shown; `names` are its."""

    letters: tuple[Link, ...]
    names: tuple[Link, ...]


@dataclass(frozen=True)
class SearchView:
    """`ways` lead to the lists."""

    ways: tuple[Link, ...]
