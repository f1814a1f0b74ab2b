"""The part of a page's head that differs from page to page beside its title, summary and address, as HTML."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from portal.feeds.documents import ATOM, JSON, TYPES
from portal.linked_data import LinkedData
from portal.linked_views import SharedImage
from portal.open_graph import card, properties
from portal.pages import HOME, Page
from portal.pages.page import feed_of
from portal.schema.data import Campaign

from .templating import escaped_text


@dataclass(frozen=True)
class Heads:
    """Heads of a campaign's pages at a web address. `card_of` gives what is shown of a page that has no picture itself;
    `has_feed` says whether there is one of the site."""

    campaign: Campaign
    site_url: str
    card_of: Callable[[Page], SharedImage | None]
    has_feed: bool

    def of(self, page: Page, view: object) -> str:
        """Empty where nobody is to be led to the page."""
        if not page.listed:
            return ""
        image = getattr(view, "image", None) or self.card_of(page)
        said = properties(view, image, self._root)
        told = "".join([f'<meta property="{name}" content="{escaped_text(value)}">\n' for name, value in said])
        graph = self._linked.of(page, view)
        return f'{self._feeds(page)}{told}<meta name="twitter:card" content="{card(image)}">\n<script type="application/ld+json">{graph}</script>'

    def _feeds(self, page: Page) -> str:
        """That of the site, and that of what the page lists."""
        if not self.has_feed:
            return ""
        if not page.feed or page.feed == feed_of(HOME):
            return self._feed_of_site
        return self._feed_of_site + self._links(page.feed, f"{self.campaign.name}: {page.title}")

    @cached_property
    def _feed_of_site(self) -> str:
        return self._links(feed_of(HOME), self.campaign.name)

    def _links(self, stem: str, title: str) -> str:
        said = escaped_text(title)
        return "".join(
            f'<link rel="alternate" type="{kind}" title="{said} ({name})" href="{self._root}{stem}{suffix}">\n'
            for suffix, kind, name in ((ATOM, TYPES[ATOM], "Atom"), (JSON, TYPES[JSON], "JSON"))
        )

    @cached_property
    def _root(self) -> str:
        return self.site_url.rstrip("/")

    @cached_property
    def _linked(self) -> LinkedData:
        return LinkedData(self.campaign, self.site_url)
