"""What programs are told of a page beside what its view says to readers: values where the view has words.

As all that views hold these are no tuples, which take several times as long to be written down and read.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class SharedImage:
    """The picture beside a shared link: its address in the site, its size in pixels, what it shows."""

    address: str
    width: int
    height: int
    alt: str


@dataclass(frozen=True)
class Named:
    """Something by its name, and the address of its page in the site if it has one."""

    name: str
    address: str = ""


@dataclass(frozen=True)
class Variable:
    """What a table measures, and in which unit of measure, where all of it has one."""

    name: str
    unit: str = ""


@dataclass(frozen=True)
class LinkedTables:
    """The tables of a page as one set of data: `said` tells of it beside the summary of the page. Its time is as exact as
    its ends are known, and empty where no part says any."""

    said: str
    since: str
    until: str
    places: tuple[Named, ...]
    variables: tuple[Variable, ...]
