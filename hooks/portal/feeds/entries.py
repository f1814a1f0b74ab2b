"""Entries of feeds with their content, as each format writes them: made once, put into every document that holds them."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from html import unescape
from urllib.parse import urljoin
from xml.sax.saxutils import escape, quoteattr

from ..memory import InPart
from .channels import Head

_NOTE = re.compile(r'<details class="portal-uses">.*?</details>', re.DOTALL)
_MARKED = re.compile(r'<mark class="portal-figure">(.*?)</mark>', re.DOTALL)
_CHOICES = re.compile(r'</?picture>|<source [^>]*>| (?:srcset|sizes)="[^"]*"')
_LINK = re.compile(r'( (?:href|src)=")([^"]*)"')


@dataclass(frozen=True)
class Entry(InPart):
    """One entry as XML of Atom and as JSON of JSON Feed."""

    AT_HAND = ()
    REST = ("atom", "json")

    atom: bytes
    json: bytes


def entry(head: Head, body: str) -> Entry:
    """`body` is HTML as its page holds it."""
    begins = f"<p><strong>{escape(head.summary)}</strong></p>" if head.address else ""
    html = f"{begins}{head.before}{for_readers(body, head.url) if body else ''}{head.after}"
    return Entry(_atom(head, html).encode(), _json(head, html).encode())


def for_readers(body: str, page: str) -> str:
    """The HTML of a body as it is right everywhere: with absolute addresses, for it is read away from its page, and without
    what the page alone explains."""
    if "portal-uses" in body:
        body = _NOTE.sub("", body)
    if "portal-figure" in body:
        body = _MARKED.sub(r"\1", body)
    if "<picture" in body:
        body = _CHOICES.sub("", body)
    return _LINK.sub(lambda found: f'{found[1]}{escape(urljoin(page, unescape(found[2])), _QUOTE)}"', body)


_QUOTE = {'"': "&quot;"}


def _atom(head: Head, html: str) -> str:
    authors = "".join(f"<author><name>{escape(name)}</name></author>" for name in head.authors)
    terms = "".join(
        f"<category term={quoteattr(t.step)} scheme={quoteattr(t.scheme)} label={quoteattr(t.label)}/>"
        for t in head.terms
    )
    return (
        f"<entry><id>{escape(head.id)}</id><title>{escape(head.title)}</title>"
        f'<link rel="alternate" type="text/html" href={quoteattr(head.url)}/>'
        f"<published>{head.published}</published><updated>{head.updated}</updated>{authors}{terms}"
        f'<summary>{escape(head.summary)}</summary><content type="html">{escape(html)}</content></entry>\n'
    )


def _json(head: Head, html: str) -> str:
    said = {
        "id": head.id,
        "url": head.url,
        "title": head.title,
        "summary": head.summary,
        "content_html": html,
        "date_published": head.published,
        "date_modified": head.updated,
        **({"authors": [{"name": name} for name in head.authors]} if head.authors else {}),
        **({"tags": [term.label for term in head.terms]} if head.terms else {}),
        **({"image": head.image} if head.image else {}),
    }
    return json.dumps(said, ensure_ascii=False, separators=(",", ":"))
