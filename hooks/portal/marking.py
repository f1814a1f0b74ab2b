"""Marks around passages and numbers of a body: put into its Markdown as single characters that no author writes,
drawn as elements once it is HTML. An element is made where the tree of the HTML allows one."""

from __future__ import annotations

import html
import re
import string
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

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
    """The Markdown with the two characters of each mark in their places. Of two marks the outer comes first. Marks
    beyond MOST and empty ones are left out."""
    cuts: list[tuple[int, int]] = []  # where, and which character; what ends closes, the inner first, before what opens
    for k, mark in enumerate(marks[:MOST]):
        if mark.start < mark.end:
            cuts.append((_before_escape(text, mark.start), _FIRST + 2 * k))
            cuts.append((_before_escape(text, mark.end), -(_FIRST + 2 * k + 1)))
    pieces: list[str] = []
    done = 0
    for offset, char in sorted(cuts):
        pieces += (text[done:offset], chr(abs(char)))
        done = offset
    return "".join([*pieces, text[done:]])


def _before_escape(text: str, offset: int) -> int:
    """The offset, or one before it where a backslash escapes the sign that stands there."""
    if offset < len(text) and text[offset] in string.punctuation:
        slashes = 0
        while slashes < offset and text[offset - 1 - slashes] == "\\":
            slashes += 1
        return offset - slashes % 2
    return offset


def unmarked(text: str) -> str:
    """The text without the characters of marks."""
    return _ANY.sub("", text)


def drawn(document: str, marks: Sequence[Mark]) -> str:
    """The (well-formed) HTML of a marked text with an element for each mark and no character of ours left. A mark
    whose characters are not both in the text of the HTML, in their order, has no element."""
    root = _parsed(document)
    ends = _ends(root)
    noted: dict[_Node, Mark] = {}
    for k, mark in enumerate(marks[:MOST]):
        opening, closing = ends.get(_FIRST + 2 * k), ends.get(_FIRST + 2 * k + 1)
        if opening is None or closing is None:
            continue
        element = _wrapped(opening, closing, mark)
        if mark.note:
            noted[element] = mark
    _tell(root, noted)
    written = root.html()
    root.unlink()
    return unmarked(written)


_STRICT = {"table", "thead", "tbody", "tfoot", "tr", "ul", "ol", "dl"}  # hold only their own kind of children
_BOUND = {"summary", "figcaption", "caption"}  # nothing comes between them and what they head
_HEADINGS = {"h2", "h3", "h4", "h5", "h6"}
_PARTS = {"li", "dt", "dd", "td", "th"}
_BLOCKS = _STRICT | _BOUND | _HEADINGS | _PARTS | {"p", "div", "blockquote", "pre", "figure", "details", "hr"}
_OPEN = {"blockquote", "div", "details"}  # a note may stand in them, between their blocks
_VOID = {"br", "hr", "img"}
_TOKEN = re.compile(rf"(<(?:[^>\"]++|\"[^\"]*+\")*+>|{_ANY.pattern})")
_NAME = re.compile(r"</?([a-zA-Z][a-zA-Z0-9]*)")


@dataclass(eq=False, slots=True)
class _Node:
    """An element (with a `tag`), or text as written; the root has neither. `attributes` begin with a space. Siblings
    are chained, so that wrapping some of thousands takes no look at the others."""

    tag: str = ""
    text: str = ""
    attributes: str = ""
    ours: bool = False
    parent: _Node | None = None
    before: _Node | None = None
    after: _Node | None = None
    first: _Node | None = None
    last: _Node | None = None

    def append(self, child: _Node) -> _Node:
        child.parent, child.before, child.after = self, self.last, None
        if self.last is None:
            self.first = child
        else:
            self.last.after = child
        self.last = child
        return child

    def insert_after(self, new: _Node) -> None:
        assert self.parent is not None
        new.parent, new.before, new.after = self.parent, self, self.after
        if self.after is None:
            self.parent.last = new
        else:
            self.after.before = new
        self.after = new

    def wrap(self, last: _Node, element: _Node) -> None:
        """This and its siblings up to `last` become the children of the element, which takes their place."""
        assert self.parent is not None
        element.parent, element.before, element.after = self.parent, self.before, last.after
        if self.before is None:
            self.parent.first = element
        else:
            self.before.after = element
        if last.after is None:
            self.parent.last = element
        else:
            last.after.before = element
        self.before = last.after = None
        element.first, element.last = self, last
        for node in element.children():
            node.parent = element

    def children(self) -> Iterator[_Node]:
        node = self.first
        while node is not None:
            yield node
            node = node.after

    def html(self) -> str:
        pieces: list[str] = []
        stack: list[_Node | str] = [self]
        while stack:
            node = stack.pop()
            if isinstance(node, str):
                pieces.append(node)
                continue
            if node.tag:
                pieces.append(f"<{node.tag}{node.attributes}>")
                if node.tag not in _VOID:
                    stack.append(f"</{node.tag}>")
            pieces.append(node.text)
            child = node.last
            while child is not None:
                stack.append(child)
                child = child.before
        return "".join(pieces)

    def unlink(self) -> None:
        """Take all nodes apart, so that each is freed at once: linked both ways they wait for Python to look for circles."""
        stack = [self]
        while stack:
            node = stack.pop()
            stack.extend(node.children())
            node.parent = node.before = node.after = node.first = node.last = None


def _parsed(document: str) -> _Node:
    root = here = _Node()
    for token in _TOKEN.split(document):
        if not token:
            continue
        name = _NAME.match(token) if token[0] == "<" else None
        if name is None:
            here.append(_Node(text=token))
        elif token.startswith("</"):
            here = here.parent or root
        else:
            node = here.append(_Node(tag=name[1], attributes=token[name.end() : -1].rstrip("/")))
            here = here if node.tag in _VOID else node
    return root


def _ends(root: _Node) -> dict[int, _Node]:
    """The node of each character of ours, each the first time it occurs; a closing one only after its opening one."""
    ends: dict[int, _Node] = {}
    stack = [root]
    while stack:
        node = stack.pop()
        if _ANY.fullmatch(node.text):
            char = ord(node.text)
            if (char - _FIRST) % 2 == 0 or char - 1 in ends:
                ends.setdefault(char, node)
        child = node.last
        while child is not None:
            stack.append(child)
            child = child.before
    return ends


def _wrapped(opening: _Node, closing: _Node, mark: Mark) -> _Node:
    """The element around everything from one end to the other, as tight as the tree allows."""
    common, first, last = _meeting(opening, closing)
    if common.tag == "tr" and mark.id and not common.ours and " id=" not in common.attributes:
        common.attributes += f' id="{mark.id}" class="portal-passage"'
        common.ours = True
        return common
    while common.parent is not None and not _may_wrap(common, first, last):
        first = last = common
        common = common.parent
    within_blocks = any(node.tag in _BLOCKS for node in _run(first, last))
    attributes = f' id="{mark.id}" class="portal-passage"' if mark.id else ' class="portal-figure"'
    element = _Node(tag=_tag_for(mark, within_blocks), attributes=attributes, ours=True)
    first.wrap(last, element)
    return element


def _meeting(opening: _Node, closing: _Node) -> tuple[_Node, _Node, _Node]:
    """The lowest node around both, and those of its children that lead to them. Both ways up are gone step by step:
    it takes no longer than the ends are apart."""
    ways = ([opening], [closing])
    seen = ({opening}, {closing})
    while True:
        for way, own, other in ((ways[0], *seen), (ways[1], *reversed(seen))):
            parent = way[-1].parent
            if parent is None:
                continue
            way.append(parent)
            own.add(parent)
            if parent in other:
                first, last = (found[found.index(parent) - 1] for found in ways)
                return parent, first, last


def _run(first: _Node, last: _Node) -> Iterator[_Node]:
    node: _Node | None = first
    while node is not None:
        yield node
        node = None if node is last else node.after


def _may_wrap(parent: _Node, first: _Node, last: _Node) -> bool:
    return parent.tag not in _STRICT and not any(node.tag in _BOUND for node in _run(first, last))


def _tag_for(mark: Mark, around_blocks: bool) -> str:
    if around_blocks:
        return "div"
    return "span" if mark.id else "mark"


def _tell(root: _Node, noted: Mapping[_Node, Mark]) -> None:
    """After each block with passages one line of their notes."""
    for block, marks in _noted_blocks(root, noted).items():
        notes = dict.fromkeys(mark.note for mark in sorted(marks, key=lambda m: m.start) if mark.note)
        element = _Node(tag="details", attributes=' class="portal-uses"')
        element.append(_Node(text="<summary>Số liệu ở đây có trong những bảng nào?</summary>"))
        element.append(_Node(text=f"<ul>{''.join(map(_told, notes))}</ul>"))
        block.insert_after(element)


def _told(note: Note) -> str:
    links = ", ".join(f'<a href="{html.escape(link.href)}">{html.escape(link.label)}</a>' for link in note.links)
    return f"<li>{html.escape(note.title)}: {links}</li>"


def _noted_blocks(root: _Node, noted: Mapping[_Node, Mark]) -> dict[_Node, list[Mark]]:
    """The outermost blocks that stand where a paragraph may follow, with the marks inside them."""
    blocks: dict[_Node, list[Mark]] = {}
    stack: list[tuple[_Node, _Node | None]] = [(root, None)]
    while stack:
        node, block = stack.pop()
        if block is None and node is not root and not _is_open(node):
            block = node
        if node in noted and block is not None:
            blocks.setdefault(block, []).append(noted[node])
        child = node.last
        while child is not None:
            stack.append((child, block))
            child = child.before
    return blocks


def _is_open(node: _Node) -> bool:
    """Whether it holds nothing but blocks; what a passage is drawn around stays together."""
    return node.tag in _OPEN and not node.ours and all(_is_block_or_blank(child) for child in node.children())


def _is_block_or_blank(node: _Node) -> bool:
    return node.tag in _BLOCKS if node.tag else not unmarked(node.text).strip()
