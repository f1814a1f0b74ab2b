"""Frames: what Material puts around a page's content, drawn once for all pages that get the same one."""

from __future__ import annotations

from dataclasses import dataclass, field

from portal.addresses import relative
from portal.fingerprint import digest
from portal.pages import HOME, SEARCH, Page
from portal.site import Site

from .templating import escaped_text


def slot_values(page: Page, canonical_url: str) -> dict[str, str]:
    """What stands in the slots of a page's frame, as HTML, but for what is drawn of the page."""
    return {"title": escaped_text(page.title), "summary": escaped_text(page.summary), "canonical": canonical_url}


@dataclass(frozen=True)
class Kinds:
    """Which pages have the same frame: those from which its links look the same. From a page that is in the menu they
    look like from no other, and from pages below it they do not name it: so the entry marked as current is the same."""

    linked: tuple[str, ...]
    _known: dict[str, str] = field(default_factory=dict, compare=False)
    _seen: dict[str, str] = field(default_factory=dict, compare=False)
    _named: dict[tuple[str, bool, bool], str] = field(default_factory=dict, compare=False)
    _below: dict[str, tuple[str, ...]] = field(default_factory=dict, compare=False)

    @classmethod
    def of(cls, site: Site) -> Kinds:
        links = (*site.beside.navigation, *site.beside.footer)
        return cls((HOME, SEARCH, *(link.address for link in links)))

    def of_page(self, page: Page) -> str:
        if page.address not in self._known:
            self._known[page.address] = self._of(page)
        return self._known[page.address]

    def _of(self, page: Page) -> str:
        links = self._links_from(page.address)
        looks = (links, page.listed, bool(page.summary))
        if looks not in self._named:
            self._named[looks] = digest(links, str(page.listed), str(bool(page.summary)))
        return self._named[looks]

    def _links_from(self, address: str) -> str:
        """Names what the links look like from a page: the same for all pages of a folder but those that links lead
        to or through."""
        folder = address.rstrip("/").rpartition("/")[0] + "/"
        place = address if any(link.startswith(address) for link in self._linked_in(folder)) else f"{folder}-/"
        if place not in self._seen:
            self._seen[place] = digest(*(relative(place, link) for link in self.linked))
        return self._seen[place]

    def _linked_in(self, folder: str) -> tuple[str, ...]:
        if folder not in self._below:
            self._below[folder] = tuple(link for link in self.linked if link.startswith(folder))
        return self._below[folder]
