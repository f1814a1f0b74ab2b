"""Of a body's HTML what its author wrote: without the portal's own notes, and without what leads to and from footnotes."""

from __future__ import annotations

import re

_NOTE = re.compile(
    r'<details class="portal-uses">.*?</details>', re.DOTALL
)  # what the portal says of figures in a text
_REFERENCE = re.compile(r'<sup[^>]*><a [^>]*class="footnote-ref"[^>]*>.*?</a></sup>', re.DOTALL)
_WITHIN = re.compile(
    r"</?(?:a|abbr|b|bdi|bdo|cite|code|del|dfn|em|i|ins|kbd|mark|q|s|small|span|strong|sub|sup|time|u|var)(?:\s[^>]*)?>"
)


def own_html(html: str) -> str:
    """The HTML without notes of the portal, and without the numbers that lead to footnotes: they are no words of it."""
    if "portal-uses" in html:
        html = _NOTE.sub(" ", html)
    return _REFERENCE.sub("", html) if "footnote-ref" in html else html


def without_inline(html: str) -> str:
    """The HTML without the tags that stand within a line: what is left parts paragraphs, items and cells."""
    return _WITHIN.sub("", html)
