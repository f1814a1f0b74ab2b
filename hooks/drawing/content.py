"""The part of a page that is ours, drawn by our own templates: what lies in the frame. Knows nothing of MkDocs."""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property, partial
from importlib.util import find_spec
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from jinja2 import Environment, TemplateNotFound, pass_context
from jinja2.runtime import Context
from markupsafe import Markup, escape
from portal import charts
from portal.addresses import Ways, along, ways_from
from portal.aloud.speaker import Speaker
from portal.announcing import length_of, text_of
from portal.fingerprint import digest
from portal.linked_views import SharedImage
from portal.listing import first_page
from portal.pages import HOME, Page, view_of
from portal.pages.page import embed_of
from portal.picture_markup import SIZES, cover_html, picture_html
from portal.schema.data import Campaign
from portal.site import Site
from portal.text import number_vi, percent_encoded, words_percent_encoded
from portal.views import Card, Entry, Picture

from .embedding import Embeds
from .head import Heads
from .policy import early_script, page_policy
from .slots import InFiles, in_bytes, slot
from .templating import Compiled, FastEnvironment, ReadOnce, escaped_text

TEMPLATES = "overrides"
OWN = "portal"
_OF_FRAME = frozenset({"base.html", "not-found.html"})
_AT_ONCE = 16  # pieces of a page: one may be a table of thousands of rows
_BETWEEN = b"\0"  # neither head nor text holds one: text has no control characters, and JSON writes them in another way
_WHAT_IS_WRONG = percent_encoded("\r\nChỗ sai: ")


class Parts(NamedTuple):
    """What is drawn of a page; of the content no copy is made. `text` is what is read aloud, empty where nothing is."""

    head: bytes
    text: bytes
    content: memoryview

    @classmethod
    def of(cls, drawn: bytes | bytearray) -> Parts:
        end_of_head = drawn.index(_BETWEEN)
        end_of_text = drawn.index(_BETWEEN, end_of_head + 1)
        whole = memoryview(drawn)
        return cls(bytes(whole[:end_of_head]), bytes(whole[end_of_head + 1 : end_of_text]), whole[end_of_text + 1 :])


def _in_file(text: str) -> bytes:
    """With a mark that it is UTF-8: many hosts do not say so of plain text, and browsers then guess wrong."""
    return codecs.BOM_UTF8 + in_bytes(text) if text else b""


def _cover(of: Picture, root: str) -> Markup:
    """The picture of a card on a page from which `root` leads to the site's."""
    return Markup(cover_html(root + of.small[1:], escape(of.alt)))


class _Here:
    """The page that is being drawn, for macros: they are made once, as making them anew for every page costs more than
    most pages."""

    spec: Page
    body: str
    canonical_url: str
    ways: Ways
    links: dict[str, str]  # by the address each leads to
    letter_begun: str  # how a letter about it begins, as soon as there is one


@dataclass(frozen=True)
class Told:
    """What is said of all pages beside the campaign: by address what is shown of some where they are shared, at the home page
    what is shown of others; who reads texts aloud; whether the site has a feed."""

    images: Mapping[str, SharedImage]
    speaker: Speaker
    has_feed: bool

    @classmethod
    def of(cls, site: Site) -> Told:
        return cls(site.beside.shared.images, Speaker(site.registers.short_forms), site.feeds.has_any)

    @property
    def name(self) -> str:
        return digest(repr(sorted(self.images.items())), repr(self.speaker.abbreviations), str(self.has_feed))

    def image_of(self, page: Page) -> SharedImage | None:
        return self.images.get(first_page(page.address)) or self.images.get(HOME)


@dataclass(frozen=True)
class Contents:
    """Draws the content of pages: a function of the page, its template and what is said here."""

    root: Path
    campaign: Campaign
    cards: Mapping[str, Card]
    site_url: str
    told: Told
    compiled: Compiled | None = None

    def of(self, page: Page) -> str:
        """What stands between the frame's header and footer, as HTML."""
        view = view_of(page)
        return "".join(self._pieces(page, view, self._text(page, view)))

    def text(self, page: Page) -> bytes:
        """What is read aloud of it, as the file beside it holds it; empty where nothing is."""
        return _in_file(self._text(page, view_of(page)))

    def head(self, page: Page) -> str:
        """What stands in the frame's head, as HTML."""
        return self._heads.of(page, view_of(page))

    def tables(self, page: Page) -> dict[str, bytes]:
        """Its tables by themselves, by the paths of their files."""
        return dict(self.embeds.of(page, Parts.of(self.in_bytes(page)).content)) if page.tables else {}

    def in_bytes(self, page: Page) -> bytearray:
        """All `Parts` as files hold them. The largest are tens of megabytes, of which no other copy is made."""
        view = view_of(page)
        text = self._text(page, view)
        pieces = self._pieces(page, view, text)
        drawn = bytearray(in_bytes(self._heads.of(page, view)) + _BETWEEN + _in_file(text) + _BETWEEN)
        for some in iter(lambda: "".join(islice(pieces, _AT_ONCE)), ""):
            drawn += in_bytes(some)
        return drawn

    @cached_property
    def embeds(self) -> Embeds:
        return Embeds(self.campaign)

    def _text(self, page: Page, view: object) -> str:
        return text_of(page, view, self.told.speaker)

    @cached_property
    def _heads(self) -> Heads:
        return Heads(self.campaign, self.site_url, self.told.image_of, self.told.has_feed)

    def _pieces(self, page: Page, view: object, text: str) -> Iterator[str]:
        here = self._here
        here.spec, here.body, here.canonical_url = page, page.body.html, absolute(self.site_url, page.address)
        here.ways, here.links, here.letter_begun = ways_from(page.address), {}, ""
        template = self.templates.get_template(page.template)
        said = {"spec": page, "body": here.body, "edit_url": edit_url(page, self.campaign)}
        said["takes"] = length_of(text)
        return (piece for piece in template.generate(view=view, **said) if piece)

    @cached_property
    def early_script(self) -> str:
        """The one script that stands in the pages themselves."""
        return early_script(self.root / TEMPLATES)

    @cached_property
    def policy(self) -> str:
        """The policy that every page states; none in a preview, which has an address of its own, and whose server puts a
        script into the pages."""
        return page_policy([self.early_script]) if self.site_url == self.campaign.site_url else ""

    @cached_property
    def templates(self) -> Environment:
        """Ours, with the icons of the theme; all escaped."""
        folders = [str(self.root / TEMPLATES), *_icon_folders()]
        made = FastEnvironment(ReadOnce(folders), self.compiled)
        made.filters["number_vi"] = number_vi
        made.filters["relative_to_page"] = self._relative_to_page
        made.globals |= {"here": self._here, "campaign": self.campaign, "charts": charts}
        made.globals |= {"entries": self._entries, "letter": self._letter, "photo": self._photo, "cover": _cover}
        made.globals |= {"absolute": partial(absolute, self.site_url), "embed_of": self._embed_of}
        return made

    @cached_property
    def _here(self) -> _Here:
        return _Here()

    @pass_context  # for what it sees of the page: else Jinja would reckon a fixed address once, for all pages
    def _relative_to_page(self, context: Context, address: str) -> str:
        here = self._here
        link = here.links.get(address)
        if link is None:
            link = here.links[address] = along(here.ways, address)
        return link

    def _letter(self, said: str) -> str:
        """The address of a letter to the publisher about what is said on the page. There may be a thousand on one."""
        here = self._here
        if not here.letter_begun:
            subject = percent_encoded(f"Báo sai: {here.spec.title}")
            page = percent_encoded(f"Trang: {here.canonical_url}\r\n")
            here.letter_begun = f"mailto:{self.campaign.publisher.email}?subject={subject}&body={page}"
        return f"{here.letter_begun}{words_percent_encoded(said)}{_WHAT_IS_WRONG}"

    def _photo(self, of: Picture, sizes: str, *, lazy: bool = True) -> Markup:
        """The element of a picture on the page that is drawn."""
        ways = self._here.ways
        files = of.files._replace(stem=along(ways, of.files.stem))
        alt = f' alt="{escape(of.alt)}"'
        return Markup(picture_html(files, along(ways, of.address), alt, SIZES[sizes], lazy=lazy))

    def _embed_of(self, table: str) -> str:
        """The way to a table of this page by itself."""
        return along(self._here.ways, embed_of(self._here.spec.address, table))

    def _entries(self, template: str, entries: Iterable[Entry], level: int) -> Markup:
        """Entries of a list. The card of each is drawn once, with slots for what differs from place to place."""
        ways, drawn = self._here.ways, []
        values = {b"root": in_bytes(along(ways, "/"))}
        for entry in entries:
            values[b"href"] = in_bytes(escaped_text(along(ways, entry.address)))
            values[b"reason"] = in_bytes(escaped_text(entry.reason))
            drawn.append(self._card(template, entry.card, level, bool(entry.reason)).filled(values))
        return Markup(b"\n".join(drawn).decode())

    @cached_property
    def _card(self) -> Callable[[str, str, int, bool], InFiles]:
        @cache
        def drawn(template: str, name: str, level: int, with_reason: bool) -> InFiles:
            reason = slot("reason") if with_reason else ""
            places = {"href": slot("href"), "root": slot("root")}
            values = {"item": self.cards[name], "level": level, "reason": reason, **places}
            return InFiles.cut(self.templates.get_template(template).render(values))

        return drawn

    def own_templates(self) -> frozenset[str]:
        """The templates of contents: all of ours but the frame's."""
        folder = self.root / TEMPLATES / OWN
        return frozenset(f"{OWN}/{file.name}" for file in folder.glob("*.html") if file.name not in _OF_FRAME)

    def read_for(self, template: str) -> dict[str, str]:
        """The text of every template that a template brings in, itself among them, by name; of one that is missing
        nothing, which is told when it is drawn. Icons, which pages name, are left out."""
        found: dict[str, str] = {}
        waiting = [template]
        while waiting:
            name = waiting.pop()
            if name not in found:
                found[name], named = self._texts(name)
                waiting.extend(named)
        return found

    @cached_property
    def _texts(self) -> Callable[[str], tuple[str, tuple[str, ...]]]:
        """A template's text and the templates it names, each read once."""
        known: dict[str, tuple[str, tuple[str, ...]]] = {}

        def text_of(name: str) -> tuple[str, tuple[str, ...]]:
            if name not in known:
                known[name] = self._read(name)
            return known[name]

        return text_of

    def _read(self, name: str) -> tuple[str, tuple[str, ...]]:
        loader = self.templates.loader
        assert loader is not None
        try:
            text, _, _ = loader.get_source(self.templates, name)
        except TemplateNotFound:
            return "", ()
        return text, tuple(_NAMED.findall(text))


# What a template extends, includes and imports, and what it hands to our own functions, stands between quotes.
_NAMED = re.compile(r"""["']([^"'\n]+\.html)["']""")


def _icon_folders() -> list[str]:
    material = find_spec("material")
    return [str(Path(material.origin).parent / "templates")] if material and material.origin else []


def absolute(site_url: str, address: str) -> str:
    """The web address of a site path."""
    return site_url.rstrip("/") + address


def edit_url(page: Page, campaign: Campaign) -> str | None:
    """Where an editor changes the file behind the page, in GitHub's form, which GitLab understands too."""
    if not campaign.repository or not page.edit_path.endswith((".md", ".yml")):
        return None
    return f"{campaign.repository.rstrip('/')}/edit/{campaign.branch or 'main'}/{page.edit_path}"
