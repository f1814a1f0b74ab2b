"""Our Markdown, and of its processors only those that a text can trigger: the others would look at every block and every
line of prose and find nothing. What is left out leaves the HTML as it is; `tests/unit/test_dialect.py` compares."""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

import markdown
from markdown.blockprocessors import BlockQuoteProcessor, HashHeaderProcessor
from markdown.extensions.footnotes import FootnoteExtension
from markdown.extensions.toc import TocExtension, TocTreeprocessor
from markdown.preprocessors import NormalizeWhitespace
from markdown.treeprocessors import Treeprocessor

from .marking import unmarked
from .markup import heading_id

MOST = 64  # Markdown objects kept; texts that would need more get the one with everything

_INLINE, _BLOCK, _TREE, _BEFORE, _AFTER = (
    "inlinePatterns",
    "blockprocessors",
    "treeprocessors",
    "preprocessors",
    "postprocessors",
)

# What a text triggers, by name: any of the signs is in it, or the pattern finds something; and the processors that
# are inert where it does not. A pattern that looks at the beginning of a line allows for all that may stand there and
# is taken away: quote marks, list marks, indents. HTML tags (and, at the beginning, notes) may break a line anywhere.
_Sign = str | re.Pattern[str]
_BLANK_END = (" \n", "\t")  # of a line: what stands before it may be its last sign
_TRIGGERS: tuple[tuple[str, tuple[_Sign, ...], tuple[tuple[str, tuple[str, ...]], ...]], ...] = (
    ("code spans", ("`",), ((_INLINE, ("backtick",)),)),
    ("escapes", ("\\",), ((_INLINE, ("escape",)), (_TREE, ("unescape",)))),
    ("links", ("[",), ((_INLINE, ("link",)),)),
    ("pictures", ("![",), ((_INLINE, ("image_link",)),)),
    (
        "references",
        ("]:",),
        (
            (_INLINE, ("reference", "short_reference", "image_reference", "short_image_ref")),
            (_BLOCK, ("reference",)),
        ),
    ),
    (
        "tags and entities",
        ("<", "&"),
        ((_INLINE, ("autolink", "automail", "html", "entity")), (_BEFORE, ("html_block",))),
    ),
    ("line breaks", ("  \n", "\t", "<"), ((_INLINE, ("linebreak",)),)),
    ("emphasis", ("*", "_"), ((_INLINE, ("em_strong",)),)),
    (
        "footnotes",
        ("[^",),
        (
            (_INLINE, ("footnote",)),
            (_BLOCK, ("footnote",)),
            (_TREE, ("footnote", "footnote-duplicate")),
            (_AFTER, ("footnote",)),
        ),
    ),
    ("abbreviations", ("*[",), ((_BLOCK, ("abbr",)), (_TREE, ("abbr",)))),
    ("attributes", ("{",), ((_TREE, ("attr_list",)),)),
    ("fences", ("```", "~~~"), ((_BEFORE, ("fenced_code_block",)),)),
    ("notes", ("!!!",), ((_BLOCK, ("admonition",)),)),
    ("headings", ("#",), ((_BLOCK, ("hashheader",)),)),
    ("underlined headings", ("=\n", "-\n", *_BLANK_END, "<"), ((_BLOCK, ("setextheader",)),)),
    ("rules", ("-\n", "_\n", "*\n", *_BLANK_END, "<"), ((_BLOCK, ("hr",)),)),
    ("numbered lists", (re.compile(r"\.(?<=\d\.)[ \t]"),), ((_BLOCK, ("olist",)),)),
    ("lists", (re.compile(r"[*+-][ \t]"),), ((_BLOCK, ("ulist",)),)),
    ("quotes", (">",), ((_BLOCK, ("quote",)),)),
    ("tables", ("|",), ((_BLOCK, ("table",)), (_TREE, ("portal_tables",)))),
    (
        "definitions",
        (re.compile(r"\n[ \t>*+\d.:-]*:[ \t]"), "<", "[^"),
        ((_BLOCK, ("deflist", "defindent")),),
    ),
)
_CONTENTS = "contents"  # where `[TOC]` stands, a table of contents
_ALL = frozenset({_CONTENTS, *(name for name, _, _ in _TRIGGERS)})
# Python-Markdown takes these for its own and drops them, which may bring signs together.
_ITS_OWN = ("\x02", "\x03", "\r")
_TO_NORMALISE = (*_ITS_OWN, "\t", " \n")


class Dialect:
    """Makes Python-Markdown objects, one for each set of things that texts trigger, and keeps them: each is costly."""

    def __init__(self) -> None:
        self._made: dict[frozenset[str], markdown.Markdown] = {}

    def for_text(self, text: str) -> markdown.Markdown:
        """An object, reset, that converts this text as the one with every processor would."""
        wanted = triggered(text)
        if wanted not in self._made:
            if len(self._made) >= MOST:
                wanted = _ALL
            self._made.setdefault(wanted, made(wanted))
        return self._made[wanted].reset()


def triggered(text: str) -> frozenset[str]:
    """The names of everything in the text that some processor may look for."""
    if any(sign in text for sign in _ITS_OWN):
        return _ALL
    return frozenset(_triggered(text))


def _triggered(text: str) -> Iterator[str]:
    lines = f"\n{text}\n"
    for name, signs, _ in _TRIGGERS:
        for sign in signs:
            if sign in lines if isinstance(sign, str) else sign.search(lines):
                yield name
                break
    if "[TOC]" in text:
        yield _CONTENTS


def made(wanted: frozenset[str] = _ALL) -> markdown.Markdown:
    """Python-Markdown with our extensions, and of the processors named above those that are wanted."""
    converter = markdown.Markdown(
        extensions=[
            FootnoteExtension(BACKLINK_TITLE="Trở lại chỗ có chú thích %d"),
            *("tables", "def_list", "attr_list", "sane_lists", "fenced_code", "admonition", "abbr"),
            _Toc(slugify=heading_id, marker="[TOC]" if _CONTENTS in wanted else ""),
        ],
        output_format="html",
    )
    converter.references = References()
    converter.treeprocessors.register(Tables(converter), "portal_tables", 1)
    blocks = converter.parser.blockprocessors
    blocks.register(_HashHeader(converter.parser), "hashheader", 70)  # in the places of those they are made of
    blocks.register(_Quote(converter.parser), "quote", 20)
    for name, _, inert in _TRIGGERS:
        if name not in wanted:
            for kind, processors in inert:
                registry = blocks if kind == _BLOCK else getattr(converter, kind)
                for processor in processors:
                    registry.deregister(processor)
    _settle(converter)
    return converter


def _settle(converter: markdown.Markdown) -> None:
    """Have what Python-Markdown asks for at every element, block and text as Python finds it soonest: a registry makes a list
    of its processors each time."""
    converter.block_level_elements = frozenset(converter.block_level_elements)
    converter.parser.blockprocessors = tuple(converter.parser.blockprocessors)
    converter.treeprocessors["inline"].inlinePatterns = tuple(converter.inlinePatterns)
    converter.preprocessors.register(_Whitespace(converter), "normalize_whitespace", 30)


class _Whitespace(NormalizeWhitespace):
    """Leaves lines as they are, with two empty ones after them, where there is nothing more to do."""

    def run(self, lines: list[str]) -> list[str]:
        text = "\n".join(lines)
        if text.endswith(" ") or any(sign in text for sign in _TO_NORMALISE):
            return super().run(lines)
        return [*lines, "", ""]


class References(dict):
    """What `[text]` alone leads to, by its text: with or without marks in it."""

    def __contains__(self, name: object) -> bool:
        return super().__contains__(unmarked(str(name)))

    def __getitem__(self, name: str) -> tuple[str, str]:
        return super().__getitem__(unmarked(name))


class _HashHeader(HashHeaderProcessor):
    """Headings, sought only in blocks that hold a sign of theirs."""

    def test(self, parent: Element, block: str) -> bool:
        return "#" in block and super().test(parent, block)


class _Quote(BlockQuoteProcessor):
    """Quotes in the same way."""

    def test(self, parent: Element, block: str) -> bool:
        return ">" in block and super().test(parent, block)


class _Headings(TocTreeprocessor):
    """Ids and names of headings; their list as HTML only where it is put into the text."""

    def build_toc_div(self, toc_list: list) -> Element:
        return super().build_toc_div(toc_list) if self.marker else Element("div")


class _Toc(TocExtension):
    TreeProcessorClass = _Headings


class Tables(Treeprocessor):
    """Alignment as a class (a strict policy forbids inline style), and a scope for every header."""

    def run(self, root: Element) -> None:
        for cell in root.iter():
            if cell.tag not in ("th", "td"):
                continue
            style = cell.attrib.pop("style", "")
            if side := re.fullmatch(r"text-align: (left|right|center);", style):
                cell.set("class", f"align-{side[1]}")
            if cell.tag == "th":
                cell.set("scope", "col")
