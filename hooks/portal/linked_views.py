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
