"""Where a place lies today, worked out anew from the register of units. Imports nothing of the portal."""

from __future__ import annotations

from datetime import date
from typing import Any

from recount import Campaign, parent_on

Units = dict[str, dict[str, Any]]


def lying_in(profile: dict[str, Any], campaign: Campaign, today: date) -> set[str]:
    """The places a model names, its unit or its communes, and the units of today that surely hold one of them."""
    found: set[str] = set()
    for place in profile.get("communes") or [profile["unit"]]:
        found |= {place, *holding(place, campaign.units, today)}
    return found


def holding(place: str, units: Units, today: date) -> set[str]:
    """In all of what became of the place, or in nothing where somebody does not say what did."""
    ends = _ends(place, units, today, set())
    if not ends:
        return set()
    return set.intersection(*({end, *_above(end, units, today)} for end in ends))


def _ends(place: str, units: Units, today: date, seen: set[str]) -> set[str] | None:
    """The units of today that the ways from a place end in; None where one is lost."""
    unit = units[place]
    if date.fromisoformat(unit.get("valid_from", "0001-01-01")) > today:
        return None
    if date.fromisoformat(unit.get("valid_to", "9999-12-31")) >= today:
        return {place}
    after = unit.get("replaced_by", [])
    if not after or place in seen or (len(after) == 1 and after[0].get("partly") == "true"):
        return None
    found: set[str] = set()
    for successor in after:
        ends = _ends(successor["slug"], units, today, {*seen, place})
        if ends is None:
            return None
        found |= ends
    return found


def _above(unit: str, units: Units, today: date) -> set[str]:
    found: set[str] = set()
    while (unit := parent_on(units[unit], today)) and unit not in found:
        found.add(unit)
    return found
