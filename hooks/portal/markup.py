"""What HTML a body may hold, and where in its Markdown each fault stands.

Python-Markdown keeps no positions, so faults are found in its HTML and then looked up
in the source by what was written there: every place that says the same is at fault.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from html.parser import HTMLParser
from typing import NamedTuple

import nh3

from .manuscript import Source
from .picture_markup import PictureFiles
from .problems import Problem
from .text import slugify

# Ids that begin so are put on the page by its template; a body never takes one.
FIGURE_ANCHOR = "so-lieu-"
TABLE_ANCHOR = "bang-"
CRITERION_ANCHOR = "tieu-chi-"  # of an item of a set of criteria, on its page
_TEMPLATE_IDS = (FIGURE_ANCHOR, TABLE_ANCHOR, "phan-")


class Resolution(NamedTuple):
    """What a link in a body leads to.

    `href` replaces what was written. `address` and `fragment` are set for a page of this
    site. A `message` (with its `hint`) says why it leads nowhere.
    """

    href: str = ""
    address: str = ""
    fragment: str = ""
    message: str = ""
    hint: str = ""
    asset: str = ""  # the file under docs/ it leads to, if it is one
    files: PictureFiles | None = None  # those a picture is published as


Resolve = Callable[[str, bool], Resolution]  # (what was written, is it an image) -> where it leads


class AnchorLink(NamedTuple):
    """A link to a place inside a page of this site, to be checked once every body is known."""

    address: str
    fragment: str
    problems: tuple[Problem, ...]  # what to say when there is no such place


_BLOCK_CLASSES = {
    "admonition",
    "admonition-title",
    "note",
    "tip",
    "warning",
    "info",
    "footnote",
    "align-left",
    "align-right",
    "align-center",
}
_CLASSES = {
    "div": _BLOCK_CLASSES,
    "p": _BLOCK_CLASSES,
    "th": _BLOCK_CLASSES,
    "td": _BLOCK_CLASSES,
    "a": {"footnote-ref", "footnote-backref"},
}
_TAGS = frozenset(
    [
        "p",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "ul",
        "ol",
        "li",
        "dl",
        "dt",
        "dd",
        "blockquote",
        "pre",
        "code",
        "em",
        "strong",
        "b",
        "i",
        "u",
        "s",
        "del",
        "ins",
        "mark",
        "sub",
        "sup",
        "small",
        "abbr",
        "a",
        "img",
        "br",
        "hr",
        "table",
        "thead",
        "tbody",
        "tfoot",
        "tr",
        "th",
        "td",
        "caption",
        "div",
        "span",
        "figure",
        "figcaption",
        "details",
        "summary",
        "kbd",
        "q",
        "cite",
        "time",
    ]
)
_ATTRIBUTES = {
    "*": {"id", "title", "lang"},
    "a": {"href"},
    "img": {"src", "alt", "width", "height"},
    "ol": {"start"},
    "th": {"scope", "colspan", "rowspan"},
    "td": {"colspan", "rowspan"},
    "time": {"datetime"},
    "abbr": {"title"},
}
_VOID = frozenset({"br", "hr", "img"})
_ID = re.compile(r"[a-z0-9][a-z0-9:_-]*")
_SCHEMES = {"http", "https", "mailto", "tel"}
_TABLE = re.compile(r"<(/?)table\b[^>]*>")
_WITH_ATTRIBUTES = re.compile(r"<([a-z][a-z0-9]*)( [^>]*)>")
_ATTRIBUTE = re.compile(r' ([a-z]+)="([^"]*)"')


def heading_id(value: str, separator: str = "-") -> str:
    """The id of a heading: đ stays d; one that a template might use gets a prefix."""
    found = slugify(value, separator) or "muc"
    return f"muc-{found}" if found.startswith(_TEMPLATE_IDS) else found


class Sanitiser:
    """Makes HTML that has nothing outside the allow-list, one document after another: its rules are costly to make."""

    def __init__(self) -> None:
        self._hrefs: Mapping[tuple[str, str], str] = {}
        self._cleaner = nh3.Cleaner(
            tags=set(_TAGS),
            attributes=_ATTRIBUTES,
            allowed_classes=_CLASSES,
            url_schemes=_SCHEMES,
            attribute_filter=self._rewritten,
            link_rel=None,
        )

    def sanitised(self, raw: str, hrefs: Mapping[tuple[str, str], str]) -> str:
        """The HTML with every link leading where `hrefs` says."""
        self._hrefs = hrefs
        return self._cleaner.clean(raw)

    def _rewritten(self, tag: str, attribute: str, value: str) -> str | None:
        if attribute in ("href", "src"):
            return self._hrefs.get((tag, value)) or None
        if attribute == "id" and not _ID.fullmatch(value):
            return None
        return value


def framed(clean: str) -> str:
    """Sanitised HTML with each table in a frame that scrolls by itself, also by keyboard, and has a name. There `<` and `>`
    are of tags alone, also within values."""
    return _TABLE.sub(_Frames(), clean) if "<table" in clean else clean


class _Frames:
    """Puts a frame around one table after another."""

    def __init__(self) -> None:
        self._count = 0

    def __call__(self, tag: re.Match[str]) -> str:
        if tag[1]:
            return f"{tag[0]}</div>"
        self._count += 1
        label = f"Bảng {self._count} của bài"
        return (
            f'<div class="portal-table portal-table--written" tabindex="0" role="region" aria-label="{label}">{tag[0]}'
        )


class Inspector(HTMLParser):
    """Reads the HTML that Markdown gave: what is not allowed, where links lead, which anchors there are."""

    def __init__(self, where: Source, resolve: Resolve) -> None:
        super().__init__(convert_charrefs=True)
        self.where = where
        self.resolve = resolve
        self.hrefs: dict[tuple[str, str], str] = {}  # by element and what was written
        self.ids: set[str] = set()
        self.assets: set[str] = set()
        self.pictures: dict[str, PictureFiles] = {}  # by the address of an element
        self.anchor_links: list[AnchorLink] = []
        self.problems: list[Problem] = [*where.undefined(), *where.unseen()]
        self._open: list[str] = []
        self._told: set[tuple[str, str]] = set()

    def read(self, document: str) -> None:
        """Reads all of the HTML. Where the Markdown has no tag and no attribute, every tag is Markdown's own and closed:
        only what has attributes is looked at then."""
        if "<" in self.where.text or "{" in self.where.text:
            self.feed(document)
            self.close()
            return
        for found in _WITH_ATTRIBUTES.finditer(document):
            if "&" in found[0]:
                self.feed(found[0])
            else:
                self.handle_starttag(found[1], _ATTRIBUTE.findall(found[2]))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "h1":
            pattern = r"^[ \t>]*(?:(?:[-*+]|\d+[.)])[ \t]+)*(?P<at>#(?!#))|<h1\b|^[^\n]+\n=+[ \t]*$"
            self._tell("h1", tag, pattern, "tiêu đề cấp 1 trong bài; trang đã có `title`", "hãy dùng `##`")
            return
        if tag not in _TAGS:
            pattern = rf"<\s*{re.escape(tag)}(?![\w-])"
            a_name = re.fullmatch(r"[a-z][a-z0-9-]*", tag)
            hint = "hãy bỏ thẻ và viết bằng Markdown" if a_name else "hãy viết `&lt;` nếu là dấu nhỏ hơn"
            self._tell("tag", tag, pattern, f"thẻ HTML <{tag}> không được phép", hint)
            return
        if tag not in _VOID:
            self._open.append(tag)
        values = {name: value or "" for name, value in attrs}
        for name, value in values.items():
            self._attribute(tag, name, value)
        if tag == "img":
            self._picture(values.get("src", ""), values.get("alt", ""))
        elif tag == "a" and "href" in values:
            self._link(values["href"], image=False)

    def handle_endtag(self, tag: str) -> None:
        while tag in self._open:
            inner = self._open.pop()
            if inner == tag:
                return
            self._unclosed(inner)

    def close(self) -> None:
        super().close()
        for tag in self._open:
            self._unclosed(tag)

    def _unclosed(self, tag: str) -> None:
        if ("unclosed", tag) not in self._told:
            self._told.add(("unclosed", tag))
            places = [match.start() for match in re.finditer(rf"<{tag}(?![\w-])", self.where.prose, re.IGNORECASE)]
            self.problems.extend(self.where.at(places[:1], f"thẻ <{tag}> mở mà không đóng", f"hãy thêm </{tag}>"))

    def unknown_decl(self, data: str) -> None:
        self.handle_decl(data)

    def handle_decl(self, decl: str) -> None:
        self._tell("decl", decl[:20], r"<!(?!--)", "khai báo HTML không được phép", "hãy bỏ nó")

    def handle_pi(self, data: str) -> None:
        self._tell("pi", data[:20], r"<\?", "chỉ thị `<?…>` không được phép", "hãy bỏ nó")

    def _attribute(self, tag: str, name: str, value: str) -> None:
        if name == "class":
            self._class(tag, value)
        elif name == "id":
            self._id(value)
        elif name not in _ATTRIBUTES.get(tag, ()) and name not in _ATTRIBUTES["*"]:
            pattern = rf"[<{{][^>}}\n]*?(?<![\w-])(?P<at>{re.escape(name)})(?![\w-])"
            self._tell("attribute", name, pattern, f"thuộc tính `{name}` không được phép", "hãy bỏ nó")

    def _class(self, tag: str, value: str) -> None:
        for name in value.split():
            if name in _CLASSES.get(tag, ()) or (tag == "code" and name.startswith("language-")):
                continue
            pattern = rf"(?:class\s*=\s*[\"']?[^\"'>\n]*?|\{{[^}}\n]*?\.)(?P<at>(?<![\w-]){re.escape(name)}(?![\w-]))"
            hint = "hãy bỏ nó; giao diện do cổng quyết định"
            self._tell("class", name, pattern, f"lớp `{name}` không được phép", hint)

    def _id(self, value: str) -> None:
        pattern = rf"(?:\bid\s*=\s*[\"']?|\{{[^}}\n]*?(?=#))(?P<at>#?{re.escape(value)})(?![\w-])"
        if not _ID.fullmatch(value) or value.startswith(_TEMPLATE_IDS):
            self._tell("id", value, pattern, f"mã neo `{value}` không hợp lệ", f"hãy viết `{heading_id(value)}`")
        elif value in self.ids:
            places = [match.start("at") for match in re.finditer(pattern, self.where.prose)]
            message = f"mã neo `{value}` có hai lần trong bài"
            self.problems.extend(self.where.at(places[-1:], message, "hãy đặt mã khác"))
        self.ids.add(value)

    def _picture(self, src: str, alt: str) -> None:
        if not alt.strip() and ("alt", src) not in self._told:
            self._told.add(("alt", src))
            bare = [match.start() for match in re.finditer(r"<img\b", self.where.prose, re.IGNORECASE)]
            places = self.where.images_without_alt(src) or self.where.targets(src, image=True) or bare
            self.problems.extend(self.where.at(places, "ảnh không có mô tả", "hãy viết ![mô tả ảnh](…)"))
        if src:
            self._link(src, image=True)

    def _link(self, written: str, *, image: bool) -> None:
        kind = "img" if image else "a"
        if written.startswith(("#fn:", "#fnref:")):  # Markdown's own, between a note and its place
            self.hrefs[kind, written] = written
            return
        if (kind, written) in self._told:
            return
        self._told.add((kind, written))
        found = self.resolve(written, image)
        if found.asset:
            self.assets.add(found.asset)
        if found.message:
            places = self.where.targets(written, image=image)
            self.problems.extend(self.where.at(places, found.message, found.hint))
            return
        self.hrefs[kind, written] = found.href
        if found.files:
            self.pictures[found.href] = found.files
        if found.fragment:
            message = f"`{written}`: trang đó không có mục `#{found.fragment}`"
            places = self.where.targets(written, image=image)
            problems = self.where.at(places, message, "hãy chép lại địa chỉ mục từ trang đã đăng")
            self.anchor_links.append(AnchorLink(found.address, found.fragment, tuple(problems)))

    def _tell(self, kind: str, what: str, pattern: str, message: str, hint: str) -> None:
        if (kind, what) not in self._told:
            self._told.add((kind, what))
            self.problems.extend(self.where.problems(pattern, message, hint))
