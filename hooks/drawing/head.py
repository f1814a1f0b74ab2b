"""The part of a page's head that differs from page to page beside its title, summary and address, as HTML."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from portal.linked_data import LinkedData
from portal.linked_views import SharedImage
from portal.open_graph import card, properties
from portal.pages import Page
from portal.schema.data import Campaign

from .templating import escaped_text


def no_card(page: Page) -> SharedImage | None:
    """Nothing is drawn for pages without a picture of their own."""
    return None


@dataclass(frozen=True)
class Heads:
    """Heads of a campaign's pages at a web address. `card_of` gives what is shown of a page that has no picture itself."""

    campaign: Campaign
    site_url: str
    card_of: Callable[[Page], SharedImage | None] = no_card

    def of(self, page: Page, view: object) -> str:
        """Empty where nobody is to be led to the page."""
        if not page.listed:
            return ""
        image = getattr(view, "image", None) or self.card_of(page)
        said = properties(view, image, self._root)
        told = "".join([f'<meta property="{name}" content="{escaped_text(value)}">\n' for name, value in said])
        graph = self._linked.of(page, view, image)
        return f'{told}<meta name="twitter:card" content="{card(image)}">\n<script type="application/ld+json">{graph}</script>'

    @cached_property
    def _root(self) -> str:
        return self.site_url.rstrip("/")

    @cached_property
    def _linked(self) -> LinkedData:
        return LinkedData(self.campaign, self.site_url)
