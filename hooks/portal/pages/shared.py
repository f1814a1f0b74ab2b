"""What is shown of pages where they are shared: a photo of the record, else a card."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ..linked_views import SharedImage
from ..sharing import SharingCard
from ..views import Picture
from .catalog import Catalog
from .page import CATEGORIES, FIELDS, HOME

SMALLEST = 200  # pixels: networks show none that is narrower


@dataclass(frozen=True)
class Shared:
    """All cards, and by address what is shown of pages that are of no record: of lists with a card of their own, and at the
    home page for all others."""

    cards: tuple[SharingCard, ...]
    images: dict[str, SharedImage]


NOTHING_SHARED = Shared((), {})


def shared(catalog: Catalog) -> Shared:
    sharing = catalog.sharing
    images = {HOME: sharing.default.image}
    for field in catalog.registers.fields:
        images[f"{FIELDS}{field.slug}/"] = sharing.card_for_profile(field.slug, None).image
    for category in catalog.registers.categories:
        images[f"{CATEGORIES}{category.slug}/"] = sharing.card_for_article(category.slug).image
    return Shared(sharing.cards_of(catalog.records), images)


def image_of(pictures: Sequence[Picture], card: SharingCard) -> SharedImage:
    """The cover of a record in its largest form, else a card."""
    cover = pictures[0] if pictures else None
    if cover is None or not cover.files.widths or cover.files.widths[-1] < SMALLEST:
        return card.image
    files = cover.files
    width = files.widths[-1]
    return SharedImage(files.largest, width, max(1, round(files.height * width / files.width)), cover.alt)
