"""What each record can be filtered by, worked out anew from the editors' files. Imports nothing of the portal."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any

from recount import Campaign, read_campaign
from recount_lists import VIETNAM, Lists, lists_of, read_front_matter, register
from recount_places import holding

Values = dict[str, set[str]]  # by group
SORTS = {"/mo-hinh/": "model", "/tin-tuc/": "article", "/van-ban/": "document", "/dia-ban/": "place"}


def values_of(root: Path, now: datetime) -> dict[str, Values]:
    """By the address of each record what it has in each group. Models and articles have what the lists they stand in are
    of; an article also the places of today that surely hold one it names."""
    campaign = read_campaign(root)
    lists = lists_of(root, now)
    found: dict[str, Values] = {}
    for address in lists["/mo-hinh/"].models:
        found[address] = _of_lists(lists, address, "models")
    for address in sorted(_articles(lists)):
        found[address] = _of_lists(lists, address, "articles")
        keys = read_front_matter(root / f"docs{address.rstrip('/')}.md")
        found[address]["dia-ban"] |= _of_today(keys, campaign, now.astimezone(VIETNAM).date())
    for document in register(root, "documents"):
        year = {document["issued"][:4]} if "issued" in document else set()
        found[f"/van-ban/{document['slug']}/"] = {"nam": year}
    for slug in campaign.units:
        found[f"/dia-ban/{slug}/"] = {"dia-ban": _above(slug, campaign)}
    for file in (root / "docs").glob("*.md"):
        if file.name != "index.md":
            found[f"/{file.stem}/"] = {}
    for address, values in found.items():
        values["loai"] = {next((sort for start, sort in SORTS.items() if address.startswith(start)), "page")}
    return found


def _articles(lists: Lists) -> set[str]:
    return {address for members in lists.values() for address in members.articles}


def _of_lists(lists: Lists, address: str, kind: str) -> Values:
    """The lists that name a value in the first step of their address. Those of a model's places are galleries: they hold
    the models of places of today, too."""
    found: Values = {"dia-ban": set(), "linh-vuc": set(), "nam": set(), "trang-thai": set()}
    for list_address, members in lists.items():
        group, *steps = list_address.strip("/").split("/")
        is_of_place = group == "dia-ban" and steps[1:] == (["mo-hinh"] if kind == "models" else [])
        if (is_of_place or (group in found and group != "dia-ban" and len(steps) == 1)) and address in getattr(
            members, kind
        ):
            found[group].add(steps[0])
    return found


def _of_today(article: Mapping[str, Any], campaign: Campaign, today: date) -> set[str]:
    named = [*article.get("units", []), *(figure["unit"] for figure in article.get("figures", []))]
    return {place for unit in named for place in holding(unit, campaign.units, today)}


def _above(slug: str, campaign: Campaign) -> set[str]:
    """All units that it was ever under, by any way."""
    parents = {parent["slug"] for parent in campaign.units[slug].get("parents", [])}
    return parents.union(*(_above(parent, campaign) for parent in parents))


def counts(
    values: Mapping[str, Values], matching: Iterable[str], query: Mapping[str, str]
) -> dict[str, dict[str, int]]:
    """By group how many of the matching records each of its values would leave beside the other conditions."""
    groups = ("loai", "dia-ban", "linh-vuc", "nam", "trang-thai")
    found: dict[str, dict[str, int]] = {group: {} for group in groups}
    for address in matching:
        has = values[address]
        for group in groups:
            if all(query[other] in has.get(other, ()) for other in groups if other != group and other in query):
                for value in has.get(group, ()):
                    found[group][value] = found[group].get(value, 0) + 1
    return found
