"""The slugs of units by the contract's rule."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from .schema.data import Unit
from .schema.figure import Level
from .territory import RANKS
from .text import slugify


def ruled_slugs(units: Sequence[Unit]) -> tuple[str | None, ...]:
    """The slug each unit has by the rule, in the order given; None where the rule leaves several alike.

    Provinces and districts have their bare name; of one name the higher, then the earlier keeps it, others get their
    kind. Communes have kind and name. What is still equal: the later one gets the year it began, then the unit above.
    Where two are equally early, who has the shorter slug keeps it.
    """
    order = sorted(range(len(units)), key=lambda index: _precedence(units[index], index))
    holders: dict[str, date] = {}  # slugs given, with the first day of who has it
    mended: dict[str, str] = {}  # units above come first: by the slug they have the one they should have
    found: dict[int, str | None] = {}
    for index in order:
        unit = units[index]
        slug = _free(unit, holders, mended)
        holders.setdefault(slug or unit.slug, unit.valid_from or date.min)
        mended.setdefault(unit.slug, slug or unit.slug)
        found[index] = slug
    return tuple(found[index] for index in range(len(units)))


def _precedence(unit: Unit, index: int) -> tuple[int, date, int, int]:
    return RANKS[unit.level], unit.valid_from or date.min, len(unit.slug), index


def _free(unit: Unit, holders: Mapping[str, date], mended: Mapping[str, str]) -> str | None:
    """The shortest form of the unit's name that nobody has who goes before."""
    bare, named = slugify(unit.name), slugify(unit.full_name)
    if unit.level is not Level.COMMUNE and bare not in holders:
        return bare or None
    if named not in holders:
        return named or None
    if unit.valid_from and unit.valid_from > holders[named]:
        named = f"{named}-{unit.valid_from.year:04d}"
    if named not in holders:
        return named
    if unit.parents:
        above = unit.parents[0].slug
        named = f"{named}-{mended.get(above, above)}"
    return named if named not in holders else None
