"""Which models stand on which page of the gallery: those of a place, of a field, of a year, of a status, and of a place with
one of the others.

A model is of a place when the place counts it, or when the place it names lies there today: `Catalog.places_of_model`. Search
filters by the same rule, so that a page and the filter of its address hold the same models (tests/site/test_gallery.py).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from .schema.content import Profile
from .source import ContentFile
from .standing import profile_year

Model = ContentFile[Profile]


@dataclass(frozen=True)
class Dimension:
    """One way to narrow models: its key in addresses, and a model's value, empty where it has none."""

    key: str
    value: Callable[[Profile], str]


FIELD = Dimension("linh-vuc", lambda model: model.field or "")
YEAR = Dimension("nam", lambda model: str(profile_year(model) or ""))
STATUS = Dimension("trang-thai", lambda model: model.status.value)
DIMENSIONS = (FIELD, YEAR, STATUS)


def address_of(place: str, dimension: Dimension | None = None, value: str = "") -> str:
    """Where the models of a place stand, those of one value among them where it is given."""
    step = f"{dimension.key}/{value}/" if dimension else ""
    return f"/dia-ban/{place}/mo-hinh/{step}"


def by_value(models: Iterable[Model], dimension: Dimension) -> dict[str, tuple[Model, ...]]:
    """The models of each value there is, in their order; one without a value is in none."""
    found: dict[str, list[Model]] = {}
    for model in models:
        if value := dimension.value(model.record):
            found.setdefault(value, []).append(model)
    return {value: tuple(members) for value, members in found.items()}


def by_place(models: Iterable[Model], places: Callable[[Model], Iterable[str]]) -> Mapping[str, tuple[Model, ...]]:
    """The models of each place that has one, in their order."""
    found: dict[str, list[Model]] = {}
    for model in models:
        for slug in places(model):
            found.setdefault(slug, []).append(model)
    return {slug: tuple(members) for slug, members in found.items()}
