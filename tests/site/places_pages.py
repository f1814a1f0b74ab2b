"""What the built pages of places say: facts, trees of units, models by address."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urljoin

from html_tree import Node, read_main

Tree = dict[str, "Tree"]  # the units under each unit, by slug


def main_of(root: Path, page: str) -> Node:
    return read_main((root / f"site{page}index.html").read_text(encoding="utf-8"))


def slugs_in(node: Node, page: str) -> list[str]:
    """The units that links lead to, in order."""
    targets = (urljoin(page, link.attributes["href"]) for link in node.all("a"))
    return [target.split("/")[-2] for target in targets if target.count("/") >= 3]


def facts_of(root: Path, slug: str) -> dict[str, str]:
    """What a unit's page says beside each label."""
    return {label: value.text for label, value in _facts(main_of(root, f"/dia-ban/{slug}/"))}


def linked_in(root: Path, slug: str, label: str) -> list[str]:
    """The units a fact of a unit's page leads to, in order."""
    page = f"/dia-ban/{slug}/"
    return next((slugs_in(value, page) for said, value in _facts(main_of(root, page)) if said == label), [])


def _facts(main: Node) -> list[tuple[str, Node]]:
    rows = main.all("dl.portal-facts div")
    return [(row.one("dt").text, row.one("dd")) for row in rows]


def tree_of(root: Path, page: str) -> Tree:
    """The units of a page of places, nested as they are drawn."""
    found: Tree = {}
    for section in main_of(root, page).all("section.portal-place"):
        (head,) = slugs_in(section.one("h2"), page)
        found[head] = {}
        for child in section.children:
            if isinstance(child, Node) and child.tag == "ul":
                found[head].update(_nested(child, page))
    return found


def _nested(items: Node, page: str) -> Tree:
    found: Tree = {}
    for item in items.children:
        if isinstance(item, Node):
            inside = [child for child in item.children if isinstance(child, Node)]
            (slug,) = slugs_in(Node("", {}, [c for c in inside if c.tag == "a"]), page)
            found[slug] = {s: t for c in inside if c.tag == "ul" for s, t in _nested(c, page).items()}
    return found


def located_in(root: Path, slug: str) -> dict[str, tuple[list[str], str]]:
    """Of the section of models by address: by the slug of the place the models' slugs, and the doubt told."""
    page = f"/dia-ban/{slug}/"
    sections = main_of(root, page).all("section[data-list=located]")
    found: dict[str, tuple[list[str], str]] = {}
    place, doubt = "", ""
    for child in (c for section in sections for c in section.children if isinstance(c, Node)):
        if child.tag == "h3":
            (place,), doubt = slugs_in(child, page), ""
        elif place and child.tag == "p":
            doubt = child.text
        elif child.tag == "ul":
            found[place] = ([urljoin(page, a.attributes["href"]).split("/")[-2] for a in child.all("a")], doubt)
    return found


def listed_in(root: Path, slug: str) -> list[str]:
    """The slugs of the models a unit counts, as its page lists them."""
    page = f"/dia-ban/{slug}/"
    cards = main_of(root, page).all("section[data-shelf=models] h3 a")
    return [urljoin(page, link.attributes["href"]).split("/")[-2] for link in cards]
