"""What programs are told of a page beside what its view says to readers: values where the view has words."""

from __future__ import annotations

from typing import NamedTuple


class SharedImage(NamedTuple):
    """The picture beside a shared link: its address in the site, its size in pixels, what it shows."""

    address: str
    width: int
    height: int
    alt: str


class Named(NamedTuple):
    """Something by its name, and the address of its page in the site if it has one."""

    name: str
    address: str = ""


class Byline(NamedTuple):
    """An author as the front matter names them; what it does not say is empty. `signed` lists what the organisation
    signed."""

    name: str
    role: str
    organisation: str
    signed: str


class LinkedArticle(NamedTuple):
    """`changed` is the last change that is told, as ISO 8601 writes it; of a correction the day and the note."""

    changed: str
    authors: tuple[Byline, ...]
    units: tuple[Named, ...]
    fields: tuple[Named, ...]
    tags: tuple[str, ...]
    models: tuple[Named, ...]
    corrections: tuple[tuple[str, str], ...]
    image: SharedImage


class LinkedModel(NamedTuple):
    """`started` is as exact as the profile says; `place` is a part of the units; `origin` is the model it learnt from."""

    started: str
    units: tuple[Named, ...]
    place: str
    field: Named | None
    organisation: str
    tags: tuple[str, ...]
    awards: tuple[str, ...]
    origin: Named | None
    image: SharedImage


class Variable(NamedTuple):
    """What a table measures, and in which unit of measure, where all of it has one."""

    name: str
    unit: str = ""


class LinkedTables(NamedTuple):
    """The tables of a page as one set of data: `said` tells of it beside the summary of the page. Its time is as exact as
    its ends are known, and empty where no part says any."""

    said: str
    since: str
    until: str
    places: tuple[Named, ...]
    variables: tuple[Variable, ...]
