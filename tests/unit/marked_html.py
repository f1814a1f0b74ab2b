"""Reading the HTML of a marked body: without our elements, element by element, and what is wrong with its nesting."""

from __future__ import annotations

import html
import re

from portal.marking import Link, Note

LINK = Link("Bảng & “số”", '/bang/?a=1&b="2"')
NOTE = Note("Số <mô hình>", (LINK,))
SAID = (
    '<details class="portal-uses"><summary>Số liệu ở đây có trong những bảng nào?</summary><ul><li>Số &lt;mô hình&gt;: '
    '<a href="/bang/?a=1&amp;b=&quot;2&quot;">Bảng &amp; “số”</a></li></ul></details>'
)

_TAG = re.compile(r"<(/?)([a-z][a-z0-9]*)((?:[^>\"]|\"[^\"]*\")*)>")
_OURS = re.compile(r' id="so-lieu-[^"]+" class="portal-passage"| class="portal-figure"')
_VOID = {"br", "hr", "img"}
_ONLY = {
    "table": {"caption", "thead", "tbody", "tfoot"},
    "thead": {"tr"},
    "tbody": {"tr"},
    "tfoot": {"tr"},
    "tr": {"td", "th"},
    "ul": {"li"},
    "ol": {"li"},
    "dl": {"dt", "dd"},
}
_PARENTS = {"figcaption": {"figure"}, "summary": {"details"}, "caption": {"table"}, "tr": {"thead", "tbody", "tfoot"}}
_PARENTS |= {"li": {"ul", "ol"}, "td": {"tr"}, "th": {"tr"}, "dt": {"dl"}, "dd": {"dl"}}
_PARENTS |= {"thead": {"table"}, "tbody": {"table"}, "tfoot": {"table"}}
_FLOW = {"", "div", "blockquote", "li", "dd", "td", "th", "figure", "figcaption", "details"}
_BLOCKS = {"p", "div", "blockquote", "pre", "figure", "details", "hr", "h2", "h3", "h4", "h5", "h6", *_ONLY, *_PARENTS}


def unwrapped(document: str) -> str:
    """The HTML without any element, attribute or note of ours."""
    document = document.replace(SAID, "")
    pieces: list[str] = []
    kept: list[bool] = []
    done = 0
    for tag in _TAG.finditer(document):
        pieces.append(document[done : tag.start()])
        done = tag.end()
        if tag[1]:
            pieces.append(tag[0] if kept.pop() else "")
            continue
        bare = _OURS.sub("", tag[3])
        keeps = bare == tag[3] or tag[2] == "tr"
        pieces.append(f"<{tag[2]}{bare}>" if keeps else "")
        if tag[2] not in _VOID:
            kept.append(keeps)
    return "".join([*pieces, document[done:]])


def faults(document: str) -> list[str]:
    """What is wrong with the nesting of the HTML."""
    found: list[str] = []
    open_tags: list[str] = [""]
    firsts: list[bool] = [True]  # whether nothing was yet seen in each
    done = 0
    for tag in _TAG.finditer(document):
        text = document[done : tag.start()]
        done = tag.end()
        if text.strip() and open_tags[-1] in _ONLY:
            found.append(f"text in {open_tags[-1]}: {text}")
        name, parent = tag[2], open_tags[-1]
        if tag[1]:
            if parent != name:
                found.append(f"</{name}> closes {parent}")
                return found
            open_tags.pop()
            firsts.pop()
            continue
        if name not in _ONLY.get(parent, {name}) or parent not in _PARENTS.get(name, {parent}):
            found.append(f"{name} in {parent}")
        if name in _BLOCKS - set(_PARENTS) and parent not in _FLOW:
            found.append(f"{name} in {parent}")
        if name in ("figcaption", "summary") and not (firsts[-1] or name == "figcaption"):
            found.append(f"{name} is not the first")
        firsts[-1] = False
        if name not in _VOID:
            open_tags.append(name)
            firsts.append(True)
    return found + [f"{name} stays open" for name in open_tags[1:]]


def text_of(document: str) -> str:
    return html.unescape(_TAG.sub("", document))


def inner(document: str, anchor: str) -> tuple[str, str]:
    """Tag and content of the one element with the id."""
    assert document.count(f'id="{anchor}"') == 1, anchor
    start = next(tag for tag in _TAG.finditer(document) if f'id="{anchor}"' in tag[3])
    depth = 0
    for tag in _TAG.finditer(document, start.start()):
        depth += 0 if tag[2] in _VOID else -1 if tag[1] else 1
        if depth == 0:
            return start[2], document[start.end() : tag.start()]
    raise AssertionError(anchor)


def figures(document: str) -> list[str]:
    return [
        html.unescape(said) for said in re.findall(r'<mark class="portal-figure">(.*?)</mark>', document, re.DOTALL)
    ]
