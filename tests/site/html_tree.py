"""A page as a tree, and the few CSS selectors the tests look for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache, cached_property, lru_cache
from html.parser import HTMLParser

_VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
_STEP = re.compile(r"""(?P<tag>[a-z][a-z0-9]*|\*)?(?P<rest>(?:[#.][\w-]+|\[[\w-]+(?:[$^*]?=[^\]]*)?\])*)""")
_PART = re.compile(r"""[#.][\w-]+|\[[\w-]+(?:[$^*]?=[^\]]*)?\]""")
_OPERATOR = re.compile(r"([\w-]+)(?:([$^*]?=)(.*))?")


@dataclass
class Node:
    """Of a tree that is read and never changed."""

    tag: str
    attributes: dict[str, str] = field(default_factory=dict)
    children: list[Node | str] = field(default_factory=list)

    @cached_property
    def text(self) -> str:
        """What it says, in single spaces."""
        return " ".join("".join(self._said()).split())

    def _said(self) -> Iterator[str]:
        for child in self.children:
            if isinstance(child, str):
                yield child
            else:
                yield from child._said()

    def all(self, selector: str) -> list[Node]:
        """What is inside and matches steps such as `section[data-list=related] a.portal-report`, in order."""
        found = [self]
        for step in selector.split():
            tag, conditions = _read_step(step)
            inside: dict[int, Node] = {}
            for node in found:
                for below in node._below:
                    if (not tag or below.tag == tag) and all(_holds(below, *condition) for condition in conditions):
                        inside[id(below)] = below
            found = list(inside.values())
        return found

    def one(self, selector: str) -> Node:
        found = self.all(selector)
        assert len(found) == 1, f"{selector} is there {len(found)} times"
        return found[0]

    @cached_property
    def _below(self) -> tuple[Node, ...]:
        found: list[Node] = []
        ahead = [self]
        while ahead:
            found.append(ahead.pop())
            ahead += [child for child in reversed(found[-1].children) if isinstance(child, Node)]
        return tuple(found[1:])


@cache
def _read_step(step: str) -> tuple[str, tuple[tuple[str, str, str], ...]]:
    match = _STEP.fullmatch(step)
    assert match, f"no selector: {step}"
    return (match["tag"] or "").strip("*"), tuple(_condition(part) for part in _PART.findall(match["rest"]))


def _condition(part: str) -> tuple[str, str, str]:
    if part[0] == "#":
        return "id", "=", part[1:]
    if part[0] == ".":
        return "class", "~=", part[1:]
    match = _OPERATOR.fullmatch(part[1:-1])
    assert match, part
    return match[1], match[2] or "", match[3] or ""


def _holds(node: Node, name: str, operator: str, value: str) -> bool:
    if name not in node.attributes:
        return False
    said = node.attributes[name]
    match operator:
        case "=":
            return said == value
        case "~=":
            return value in said.split()
        case "^=":
            return said.startswith(value)
        case "$=":
            return said.endswith(value)
        case "*=":
            return value in said
    return True


class _Grower(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.root = Node("")
        self._open = [self.root]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        node = self._add(tag, attrs)
        if tag not in _VOID:
            self._open.append(node)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._add(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        if any(node.tag == tag for node in self._open[1:]):
            while self._open.pop().tag != tag:
                pass

    def handle_data(self, data: str) -> None:
        self._open[-1].children.append(data)

    def _add(self, tag: str, attrs: list[tuple[str, str | None]]) -> Node:
        node = Node(tag, {name: value or "" for name, value in attrs})
        self._open[-1].children.append(node)
        return node


def read_tree(html: str) -> Node:
    grower = _Grower()
    grower.feed(html)
    grower.close()
    return grower.root


@lru_cache(maxsize=400)
def read_main(html: str) -> Node:
    """The page's own part alone: what stands between menu and footer. Reading so little of it is quick, and what is
    counted again and again is read once."""
    start = html.index('<div class="portal-page')
    return read_tree(html[start : html.index("</main>", start)])
