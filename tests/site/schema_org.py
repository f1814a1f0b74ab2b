"""The vocabulary of schema.org as schema_org.txt has it, and what of a graph is not in it. Shares no code with the portal."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

FILE = Path(__file__).parent / "schema_org.txt"

_DATE = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01])(T([01]\d|2[0-3]):[0-5]\d\+07:00)?)?)?")
_SPAN = re.compile(rf"{_DATE.pattern}(/{_DATE.pattern})?")
_ADDRESS = re.compile(r"https?://[A-Za-z0-9.-]+(:\d+)?/[A-Za-z0-9._~:/?#@!$&()*+,;=%-]*")
_FORMS = {"Text": re.compile(r"\S.*"), "URL": _ADDRESS, "Date": _DATE, "DateTime": _DATE, "Thing": _ADDRESS}
_INPUT = "-input"  # of a property of an action: what is asked for (schema.org/docs/actions.html)

Node = dict[str, Any]


@dataclass(frozen=True)
class Vocabulary:
    above: dict[str, tuple[str, ...]]
    domains: dict[str, frozenset[str]]
    ranges: dict[str, frozenset[str]]

    @classmethod
    def read(cls, text: str) -> Vocabulary:
        above, domains, ranges = {}, {}, {}
        for line in text.splitlines():
            if line.startswith("#"):
                continue
            if ":" in line:
                name, _, said = line.partition(": ")
                of, _, to = said.partition(" → ")
                domains[name], ranges[name] = frozenset(of.split()), frozenset(to.split())
            else:
                name, _, over = line.partition(" < ")
                above[name] = tuple(over.split())
        return cls(above, domains, ranges)

    def kinds(self, name: str) -> set[str]:
        """A type and all it is a kind of."""
        return {name}.union(*(self.kinds(over) for over in self.above[name]))

    def faults(self, graph: Node) -> Iterator[str]:
        """What a page's graph says that the vocabulary does not know, or not so."""
        if graph.keys() != {"@context", "@graph"} or graph["@context"] != "https://schema.org":
            yield f"is no graph in the terms of schema.org: {sorted(graph)}"
        named = {node["@id"]: node["@type"] for node in graph["@graph"] if "@id" in node}
        if len(named) < sum("@id" in node for node in graph["@graph"]):
            yield "two nodes have one @id"
        for node in graph["@graph"]:
            yield from self._of_node(node, named)

    def _of_node(self, node: Node, named: dict[str, str]) -> Iterator[str]:
        kind = node.get("@type")
        if kind not in self.above:
            yield f"{kind}: no type"
            return
        if not _ADDRESS.fullmatch(node.get("@id", "https://a.example/")):
            yield f"{kind}.@id: {node['@id']}"
        for key, value in node.items():
            if key not in ("@type", "@id"):
                yield from self._of_property(kind, key, value, named)

    def _of_property(self, kind: str, key: str, value: Any, named: dict[str, str]) -> Iterator[str]:
        name = key.removesuffix(_INPUT)
        if not self.domains.get(name, frozenset()) & self.kinds(kind):
            yield f"{kind}.{key}: no property"
            return
        if value in ("", [], {}, None):
            yield f"{kind}.{key}: says nothing"
        may_be = frozenset({"Text"}) if key.endswith(_INPUT) else self.ranges[name]
        for one in value if isinstance(value, list) else [value]:
            if isinstance(one, dict) and "@type" in one:
                yield from self._of_node(one, named)
            if not self._fits(one, may_be, named):
                yield f"{kind}.{key}: {one!r} is none of {', '.join(sorted(may_be))}"

    def _fits(self, value: Any, may_be: frozenset[str], named: dict[str, str]) -> bool:
        if isinstance(value, dict):
            kind = value.get("@type") or (named.get(value.get("@id", "")) if value.keys() == {"@id"} else None)
            return kind in self.above and bool(self.kinds(kind) & may_be)
        if isinstance(value, bool):
            return "Boolean" in may_be
        if isinstance(value, int):
            return "Integer" in may_be
        return any(_FORMS[one].fullmatch(value) for one in may_be & _FORMS.keys())


def nodes_in(value: Any) -> Iterator[Node]:
    """Every node in a graph, however deep."""
    if isinstance(value, list):
        for one in value:
            yield from nodes_in(one)
    elif isinstance(value, dict):
        yield value
        for one in value.values():
            yield from nodes_in(one)


def asked_for(node: Node) -> Iterator[str]:
    """What Google's documentation of rich results requires or recommends of a node and it lacks, where the page can know it
    (Search Central: Article, Breadcrumb, Dataset)."""
    kind = node.get("@type")
    needed = {
        "NewsArticle": ("headline", "datePublished", "dateModified", "publisher", "url"),
        "Dataset": (
            *("name", "description", "creator", "url", "isAccessibleForFree", "spatialCoverage", "variableMeasured"),
        ),
        "BreadcrumbList": ("itemListElement",),
        "ListItem": ("position", "name", "item"),
        "WebSite": ("name", "url", "potentialAction"),
        "Organization": ("name",),
        "Person": ("name",),
    }
    yield from (f"{kind} has no {key}" for key in needed.get(kind, ()) if key not in node)
    if kind == "Dataset" and not 50 <= len(node["description"]) <= 5000:
        yield f"Dataset's description has {len(node['description'])} characters"
    if kind == "Dataset" and not _SPAN.fullmatch(node.get("temporalCoverage", "2020")):
        yield f"Dataset's time is {node['temporalCoverage']}"
    if kind == "NewsArticle" and node["dateModified"] < node["datePublished"][:10]:
        yield "NewsArticle was changed before it was published"
    if kind == "BreadcrumbList":
        steps = [item["position"] for item in node["itemListElement"]]
        if len(steps) < 2 or steps != list(range(1, len(steps) + 1)):
            yield f"BreadcrumbList has steps {steps}"
