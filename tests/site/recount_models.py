"""Counts anew which models are alike, which learnt from which and which stopped, and reads what pages say of it.

Imports nothing of the portal.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

from html_tree import Node, read_main
from recount import read_campaign

AT_MOST = 6
TRAITS = ("lĩnh vực", "vùng đặc thù", "đơn vị thực hiện", "từ trong tên")

Profiles = dict[str, dict[str, Any]]  # public ones, by address


def profiles_of(root: Path) -> Profiles:
    return {"/" + p.removeprefix("docs/").removesuffix(".md") + "/": k for p, k in read_campaign(root).profiles.items()}


# --- similar models ---------------------------------------------------------------


def traits_of(profile: dict[str, Any]) -> dict[str, set[str]]:
    """Field, special areas, organisation, and of the title every two syllables beside each other but "mô hình"."""
    return {
        TRAITS[0]: {profile["field"]} if "field" in profile else set(),
        TRAITS[1]: set(profile.get("special_areas", ())),
        TRAITS[2]: {_plain(profile["organisation"])} if "organisation" in profile else set(),
        TRAITS[3]: {
            pair for stretch in re.split(r"[^\w\s]|mô hình", _plain(profile["title"])) for pair in _two(stretch)
        },
    }


def _two(stretch: str) -> Iterator[str]:
    words = stretch.split()
    return (f"{one} {two}" for one, two in pairwise(words) if re.search(r"\D", one + two))


def _plain(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).lower().split())


def alike(profiles: Profiles) -> dict[str, dict[str, tuple[str, ...]]]:
    """Of each model the others that share two or more traits, with these; not its origin nor those that learnt from it."""
    traits = {address: traits_of(profile) for address, profile in profiles.items()}
    found: dict[str, dict[str, tuple[str, ...]]] = {address: {} for address in profiles}
    for one in profiles:
        for other in profiles:
            shared = tuple(trait for trait in TRAITS if traits[one][trait] & traits[other][trait])
            if one != other and len(shared) >= 2 and not _kin(one, other, profiles):
                found[one][other] = shared
    return found


def _kin(one: str, other: str, profiles: Profiles) -> bool:
    return _slug(one) == profiles[other].get("replicated_from") or _slug(other) == profiles[one].get("replicated_from")


def _slug(address: str) -> str:
    return address.rstrip("/").rsplit("/", 1)[-1]


@dataclass(frozen=True)
class Shown:
    """A card under "Mô hình tương tự": where it leads, the traits it names, the words in both titles."""

    address: str
    traits: tuple[str, ...]
    words: tuple[str, ...]


def similar_on(address: str, main: Node) -> list[Shown]:
    return [_card(address, card) for card in main.all("section[data-list=similar] li.portal-card")]


def _card(address: str, card: Node) -> Shown:
    to = urljoin(address, card.one("h3 a").attributes["href"])
    said = card.one("p.portal-card__reason").text.lower()
    first, _, words = said.partition("cùng từ trong tên: ")
    traits = tuple(first.removeprefix("cùng ").rstrip("; ").split(", ")) if first else ()
    in_both = tuple(words.split(", ")) if words else ()
    return Shown(to, (*traits, *((TRAITS[3],) if in_both else ())), in_both)


# --- lineage ------------------------------------------------------------------------


def origins_of(profiles: Profiles) -> dict[str, str]:
    """Of each model that learnt from another the address of that one."""
    by_slug = {_slug(address): address for address in profiles}
    return {a: by_slug[p["replicated_from"]] for a, p in profiles.items() if "replicated_from" in p}


def below(address: str, origins: dict[str, str]) -> set[str]:
    """All that go back to a model."""
    direct = {learner for learner, origin in origins.items() if origin == address}
    return direct.union(*(below(learner, origins) for learner in direct))


def facts_on(address: str, main: Node) -> dict[str, list[str]]:
    """What a profile says of its lineage: label → addresses."""
    found = {}
    for line in main.all("section[aria-labelledby=phan-thong-tin] dl div"):
        label = line.one("dt").text
        if label in ("Học từ mô hình", "Đã được nhân rộng ở", "Họ mô hình"):
            found[label] = [urljoin(address, link.attributes["href"]) for link in line.all("dd a")]
    return {label: to for label, to in found.items() if to}


def tree_of(family: Node, page: str) -> dict[str, str]:
    """Of the nested lists of a family: the address of each model → that of the one above it, "" for the root."""
    found: dict[str, str] = {}

    def walk(node: Node, above: str) -> None:
        for child in node.children:
            if isinstance(child, str):
                continue
            if child.tag == "li":
                own = urljoin(page, next(iter(child.all("a"))).attributes["href"])
                assert own not in found, f"{own} stands there twice"
                found[own] = above
                walk(child, own)
            else:
                walk(child, above)

    walk(family, "")
    return found


def read_page(site: Path, address: str) -> Node:
    return read_main((site / address.strip("/") / "index.html").read_text(encoding="utf-8"))
