"""What HTML a body may hold, and where in its Markdown each fault stands.

Python-Markdown keeps no positions, so faults are found in its HTML and then looked up
in the source by what was written there: every place that says the same is at fault.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from typing import NamedTuple
from urllib.parse import unquote

import nh3

from .problems import BODY, Problem
from .text import slugify

MAX_BODY = 300_000
MAX_LINE = 20_000
MAX_QUOTES = 10
# Python-Markdown looks for the end of each of these from each of them; more is an attack, not prose.
MAX_OPENERS = 400
_OPENERS = "[*_`<&"

# Ids that begin so are put on the page by its template; a body never takes one.
FIGURE_ANCHOR = "so-lieu-"
TABLE_ANCHOR = "bang-"
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


Resolve = Callable[[str, bool], Resolution]  # (what was written, is it an image) -> where it leads


class AnchorLink(NamedTuple):
    """A link to a place inside a page of this site, to be checked once every body is known."""

    address: str
    fragment: str
    problem: Problem  # what to say when there is no such place


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
_TAGS = {
    *(
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
        ]
    ),
    *(
        [
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
    ),
}
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
_ID = re.compile(r"[a-z0-9][a-z0-9:_-]*")
_SCHEMES = {"http", "https", "mailto", "tel"}


def heading_id(value: str, separator: str = "-") -> str:
    """The id of a heading: đ stays d; one that a template might use gets a prefix."""
    found = slugify(value, separator) or "muc"
    return f"muc-{found}" if found.startswith(_TEMPLATE_IDS) else found


def sanitise(raw: str, hrefs: dict[str, str]) -> str:
    """The HTML with nothing outside the allow-list, and every link leading where `hrefs` says."""

    def rewrite(tag: str, attribute: str, value: str) -> str | None:
        if attribute in ("href", "src"):
            return hrefs.get(value, value)
        if attribute == "id" and not _ID.fullmatch(value):
            return None
        return value

    return nh3.clean(
        raw,
        tags=_TAGS,
        attributes=_ATTRIBUTES,
        allowed_classes=_CLASSES,
        url_schemes=_SCHEMES,
        attribute_filter=rewrite,
        link_rel=None,
    )


# --- places in the source ---------------------------------------------------

_FENCE = re.compile(r"^(`{3,}|~{3,})[^\n]*\n.*?(?:^\1[`~]*[ \t]*$|\Z)", re.MULTILINE | re.DOTALL)
_CODE_SPAN = re.compile(r"(?<!`)(`+)(?!`)[^\n]*?(?<!`)\1(?!`)")


class Source:
    """The Markdown text with its way back to line and column of the file."""

    def __init__(self, text: str, path: str, first_line: int) -> None:
        self.text = text
        self.path = path
        self.first_line = first_line
        # Code shows links and tags without meaning them; blanked out, offsets stay right.
        blank = lambda match: re.sub(r"[^\n]", " ", match[0])  # noqa: E731
        self.prose = _CODE_SPAN.sub(blank, _FENCE.sub(blank, text))

    def problem(self, offset: int, message: str, hint: str) -> Problem:
        line = self.first_line + self.text.count("\n", 0, offset)
        return Problem(self.path, line, offset - self.text.rfind("\n", 0, offset), BODY, message, hint)

    def problems(self, pattern: str, message: str, hint: str) -> Iterator[Problem]:
        """One problem for every place of the prose that matches; one for the whole body if none does."""
        found = re.finditer(pattern, self.prose, re.IGNORECASE | re.MULTILINE)
        offsets = [match.start(match.lastgroup or 0) for match in found]
        for offset in offsets or [0]:
            yield self.problem(offset, message, hint)

    def link_pattern(self, written: str) -> str:
        """Where `written` stands as the target of a link, image, reference or attribute."""
        forms = {written, html.escape(written), html.escape(written, quote=False), unquote(written)}
        spelled = "|".join(re.escape(form) for form in sorted(forms))
        before = r"\]\(\s*<?|\]:\s*<?|\b(?:href|src)\s*=\s*[\"']?|<"
        return rf"(?:{before})(?P<target>{spelled})(?=[)>\"'\s]|$)"


def limits(where: Source) -> Iterator[Problem]:
    """A body is at most 300,000 characters, a line 20,000; no more than ten quotes lie inside
    each other, and no paragraph holds more than 400 openers of links or emphasis."""
    if len(where.text) > MAX_BODY:
        yield where.problem(0, f"dài {len(where.text)} ký tự, quá {MAX_BODY}", "hãy tách thành nhiều bài")
        return
    offset = 0
    openers = 0
    for line in where.text.split("\n"):
        openers = openers + sum(line.count(char) for char in _OPENERS) if line.strip() else 0
        if len(line) > MAX_LINE:
            yield where.problem(offset, f"dòng dài {len(line)} ký tự, quá {MAX_LINE}", "hãy ngắt thành nhiều đoạn")
            return
        if line[:200].replace(" ", "").startswith(">" * (MAX_QUOTES + 1)):
            yield where.problem(offset, f"trích dẫn lồng nhau quá {MAX_QUOTES} tầng", "hãy bỏ bớt dấu `>`")
            return
        if openers > MAX_OPENERS:
            yield where.problem(
                offset,
                f"một đoạn có hơn {MAX_OPENERS} ký hiệu Markdown",
                "hãy ngắt đoạn, hoặc đặt dấu `\\` trước ký hiệu",
            )
            return
        offset += len(line) + 1


class Inspector(HTMLParser):
    """Reads the HTML that Markdown gave: what is not allowed, where links lead, which anchors there are."""

    def __init__(self, where: Source, resolve: Resolve) -> None:
        super().__init__(convert_charrefs=True)
        self.where = where
        self.resolve = resolve
        self.hrefs: dict[str, str] = {}
        self.ids: set[str] = set()
        self.anchor_links: list[AnchorLink] = []
        self.problems: list[Problem] = []
        self._told: set[tuple[str, str]] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "h1":
            self._tell(
                "h1",
                tag,
                r"^#(?!#)|<h1\b|^[^\n]+\n=+[ \t]*$",
                "tiêu đề cấp 1 trong bài; trang đã có `title`",
                "hãy dùng `##`",
            )
            return
        if tag not in _TAGS:
            self._tell(
                "tag",
                tag,
                rf"<\s*{re.escape(tag)}\b",
                f"thẻ HTML <{tag}> không được phép",
                "hãy bỏ thẻ và viết bằng Markdown",
            )
            return
        values = {name: value or "" for name, value in attrs}
        for name, value in values.items():
            self._attribute(tag, name, value)
        if tag == "img":
            if not values.get("alt", "").strip():
                src = values.get("src", "")
                self._tell("alt", src, self.where.link_pattern(src), "ảnh không có mô tả", "hãy viết ![mô tả ảnh](…)")
            self._link(values.get("src", ""), image=True)
        elif tag == "a" and "href" in values:
            self._link(values["href"], image=False)

    def handle_decl(self, decl: str) -> None:
        self._tell("decl", decl[:20], r"<!(?!--)", "khai báo HTML không được phép", "hãy bỏ nó")

    def handle_pi(self, data: str) -> None:
        self._tell("pi", data[:20], r"<\?", "chỉ thị `<?…>` không được phép", "hãy bỏ nó")

    def _attribute(self, tag: str, name: str, value: str) -> None:
        if name == "class":
            wrong = [
                c
                for c in value.split()
                if c not in _CLASSES.get(tag, ()) and not (tag == "code" and c.startswith("language-"))
            ]
            if wrong:
                self._tell(
                    "class",
                    wrong[0],
                    re.escape(wrong[0]),
                    f"lớp `{wrong[0]}` không được phép",
                    "hãy bỏ nó; giao diện do cổng quyết định",
                )
        elif name == "id":
            if not _ID.fullmatch(value) or value.startswith(_TEMPLATE_IDS):
                self._tell(
                    "id", value, re.escape(value), f"mã neo `{value}` không hợp lệ", f"hãy viết `{heading_id(value)}`"
                )
            elif value in self.ids:
                self._tell(
                    "twice",
                    value,
                    rf"#{re.escape(value)}\b",
                    f"mã neo `{value}` có hai lần trong bài",
                    "hãy đặt mã khác",
                )
            self.ids.add(value)
        elif name not in _ATTRIBUTES.get(tag, ()) and name not in _ATTRIBUTES["*"]:
            self._tell(
                "attribute", name, rf"\b{re.escape(name)}\s*=", f"thuộc tính `{name}` không được phép", "hãy bỏ nó"
            )

    def _link(self, written: str, *, image: bool) -> None:
        if ("link", written) in self._told:
            return
        found = self.resolve(written, image)
        if found.message:
            self._tell("link", written, self.where.link_pattern(written), found.message, found.hint)
            return
        self._told.add(("link", written))
        self.hrefs[written] = found.href
        if found.fragment:
            message, hint = (
                f"`{written}`: trang đó không có mục `#{found.fragment}`",
                "hãy chép lại địa chỉ mục từ trang đã đăng",
            )
            for problem in self.where.problems(self.where.link_pattern(written), message, hint):
                self.anchor_links.append(AnchorLink(found.address, found.fragment, problem))

    def _tell(self, kind: str, what: str, pattern: str, message: str, hint: str) -> None:
        if (kind, what) not in self._told:
            self._told.add((kind, what))
            self.problems.extend(self.where.problems(pattern, message, hint))
