"""What the templates of places draw."""

from __future__ import annotations

from dataclasses import dataclass

from .views import EMPTY_LIST, Fact, Link, ListView


@dataclass(frozen=True)
class Place:
    """A unit with those under it, by level."""

    head: Link
    levels: tuple[PlaceLevel, ...] = ()


@dataclass(frozen=True)
class PlaceLevel:
    label: str
    places: tuple[Place, ...]


@dataclass(frozen=True)
class PlacesView:
    """The units of one stretch of time; `times` lead to the other stretches and are empty when there are none."""

    said: str
    times: tuple[Link, ...]
    places: tuple[Place, ...]
    to_come: tuple[Link, ...]


@dataclass(frozen=True)
class LocatedModels:
    """Models at one place; `doubt` says why they may not be in the unit whose page this is."""

    place: Link
    doubt: str
    models: tuple[Link, ...]


@dataclass(frozen=True)
class LocatedView:
    """Models that are in a unit by their address, and counted elsewhere."""

    heading: str
    intro: str
    groups: tuple[LocatedModels, ...]


@dataclass(frozen=True)
class UnitView:
    facts: tuple[Fact, ...]
    note: str
    series: str  # where the figures of a unit begin and end in time, and go on
    statistics: str  # address of its tables; empty when there are none
    located: LocatedView | None
    gallery: Link | None = None  # its models, to be narrowed
    listing: ListView = EMPTY_LIST
