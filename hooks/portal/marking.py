"""Marks around passages and numbers of a body: put into its Markdown as single characters that no author writes,
drawn as elements once it is HTML. An element is made where the tree of the HTML allows one."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

# The last private plane of Unicode: an opening and a closing character for each mark.
_FIRST, _LAST = 0x100000, 0x10FFFD
_ANY = re.compile(f"[{chr(_FIRST)}-{chr(_LAST)}]")
MOST = (_LAST - _FIRST) // 2


@dataclass(frozen=True)
class Link:
    """A link in a note: `href` is ready to be written."""

    label: str
    href: str


@dataclass(frozen=True)
class Note:
    """Where what a passage states is used."""

    title: str
    links: tuple[Link, ...]


@dataclass(frozen=True)
class Mark:
    """From one offset of the Markdown to another. With an `id` it is a passage, whose `note` is told after the block
    it stands in; without one it is a number."""

    start: int
    end: int
    id: str = ""
    note: Note | None = None


def inserted(text: str, marks: Sequence[Mark]) -> str:
    """The Markdown with the two characters of each mark in their places. Of two marks the outer comes first."""
    cuts: list[tuple[int, int]] = []  # where, and which character; what ends closes, the inner first, before what opens
    for k, mark in enumerate(marks[:MOST]):
        cuts.append((mark.start, _FIRST + 2 * k))
        cuts.append((mark.end, -(_FIRST + 2 * k + 1)))
    pieces: list[str] = []
    done = 0
    for offset, char in sorted(cuts):
        pieces += (text[done:offset], chr(abs(char)))
        done = offset
    return "".join([*pieces, text[done:]])


def drawn(document: str, marks: Sequence[Mark]) -> str:
    """The (well-formed) HTML of a marked text with an element for each mark and no character of ours left."""
    root = _parsed(document)
    ends = {node.text: node for node in root.walk() if node.is_end}
    noted: list[tuple[_Node, Mark]] = []
    for k, mark in enumerate(marks[:MOST]):
        opening, closing = ends.get(chr(_FIRST + 2 * k)), ends.get(chr(_FIRST + 2 * k + 1))
        if opening is None or closing is None:
            continue
        element = _wrapped(opening, closing, mark)
        if mark.note:
            noted.append((element, mark))
    _tell(noted)
    return root.html()


_FLOW = {"", "li", "blockquote", "div", "td", "th", "dd", "figure", "figcaption", "details"}
_STRICT = {"table", "thead", "tbody", "tfoot", "ul", "ol", "dl"}  # hold only their own kind of children
_BLOCKS = _STRICT | {"p", "div", "blockquote", "pre", "figure", "details", "li", "h2", "h3", "h4", "h5", "h6", "hr"}
_VOID = {"br", "hr", "img"}
_TOKEN = re.compile(rf"(<(?:[^>\"]|\"[^\"]*\")*>|{_ANY.pattern})")
_NAME = re.compile(r"</?([a-zA-Z][a-zA-Z0-9]*)")


@dataclass(eq=False)
class _Node:
    """An element (with a `tag`), or text as written; the root has neither. `attributes` begin with a space."""

    tag: str = ""
    text: str = ""
    attributes: str = ""
    children: list[_Node] = field(default_factory=list)
    parent: _Node | None = None

    @property
    def is_end(self) -> bool:
        return bool(_ANY.fullmatch(self.text))

    @property
    def is_block(self) -> bool:
        return self.tag in _BLOCKS

    def append(self, child: _Node) -> _Node:
        child.parent = self
        self.children.append(child)
        return child

    def place(self) -> tuple[_Node, int]:
        assert self.parent is not None
        return self.parent, next(i for i, child in enumerate(self.parent.children) if child is self)

    def up(self) -> Iterator[_Node]:
        node: _Node | None = self
        while node is not None:
            yield node
            node = node.parent

    def walk(self) -> Iterator[_Node]:
        stack = [self]
        while stack:
            node = stack.pop()
            yield node
            stack.extend(reversed(node.children))

    def html(self) -> str:
        pieces: list[str] = []
        stack: list[_Node | str] = [self]
        while stack:
            node = stack.pop()
            if isinstance(node, str):
                pieces.append(node)
            elif not node.tag:
                pieces.append("" if node.is_end else node.text)
                stack.extend(reversed(node.children))
            else:
                pieces.append(f"<{node.tag}{node.attributes}>")
                if node.tag not in _VOID:
                    stack.append(f"</{node.tag}>")
                stack.extend(reversed(node.children))
        return "".join(pieces)


def _parsed(document: str) -> _Node:
    root = here = _Node()
    for token in _TOKEN.split(document):
        if not token:
            continue
        name = _NAME.match(token)
        if name is None:
            here.append(_Node(text=token))
        elif token.startswith("</"):
            here = here.parent or root
        else:
            node = here.append(_Node(tag=name[1], attributes=token[name.end() : -1].rstrip("/")))
            here = here if node.tag in _VOID else node
    return root


def _wrapped(opening: _Node, closing: _Node, mark: Mark) -> _Node:
    """The element around everything from one end to the other, as tight as the tree allows."""
    above = list(opening.up())
    common = next(node for node in closing.up() if any(node is other for other in above))
    first, last = _child_towards(common, opening), _child_towards(common, closing)
    if common.tag == "tr" and mark.id and " id=" not in common.attributes:
        common.attributes += f' id="{mark.id}" class="portal-passage"'
        return common
    while common.tag in _STRICT or common.tag == "tr":
        parent, at = common.place()
        first = last = at
        common = parent
    inside = common.children[first : last + 1]
    element = _Node(tag=_tag_for(mark, inside), attributes=_attributes(mark), parent=common)
    for node in inside:
        element.append(node)
    common.children[first : last + 1] = [element]
    return element


def _child_towards(ancestor: _Node, node: _Node) -> int:
    child = next(n for n in node.up() if n.parent is ancestor)
    return child.place()[1]


def _tag_for(mark: Mark, inside: Iterable[_Node]) -> str:
    if any(node.is_block for node in inside):
        return "div"
    return "span" if mark.id else "mark"


def _attributes(mark: Mark) -> str:
    return f' id="{mark.id}" class="portal-passage"' if mark.id else ' class="portal-figure"'


def _tell(noted: list[tuple[_Node, Mark]]) -> None:
    """After each block with passages one line of their notes."""
    blocks: dict[int, tuple[_Node, list[Mark]]] = {}
    for element, mark in noted:
        block = _block_of(element)
        blocks.setdefault(id(block), (block, []))[1].append(mark)
    for block, marks in blocks.values():
        parent, at = block.place()
        notes = [mark.note for mark in sorted(marks, key=lambda m: m.start) if mark.note]
        element = _Node(tag="details", attributes=' class="portal-uses"', parent=parent)
        element.append(_Node(text="<summary>Số liệu ở đây có trong những bảng nào?</summary>"))
        element.append(_Node(text=f"<ul>{''.join(map(_told, notes))}</ul>"))
        parent.children.insert(at + 1, element)


def _told(note: Note) -> str:
    links = ", ".join(f'<a href="{html.escape(link.href)}">{html.escape(link.label)}</a>' for link in note.links)
    return f"<li>{html.escape(note.title)}: {links}</li>"


def _block_of(element: _Node) -> _Node:
    """The outermost of the blocks around the passage that stands where a paragraph may follow."""
    above = [node for node in element.up() if node.parent is not None]
    lists = [node for node in above if node.tag in _STRICT]
    if lists:  # after the whole list or table, in whatever wraps it
        outermost = lists[-1]
        above = list(outermost.up())
    at = next(i for i, node in enumerate(above) if node.parent is None or node.parent.tag in _FLOW)
    block = above[at]
    while block.parent is not None and "portal-passage" in block.parent.attributes and block.parent.tag == "div":
        block = block.parent
    return block
