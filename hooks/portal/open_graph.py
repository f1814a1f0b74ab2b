"""What a link to a page is shown with where it is shared, beside its title and summary, which all pages have.

Source of the properties: ogp.me, with those of an article; X's documentation of cards, which takes the rest from them.
"""

from __future__ import annotations

from collections.abc import Iterator

from .linked_views import SharedImage
from .views import ArticleView

Property = tuple[str, str]  # the name and its value; names of cards stand in another attribute than those of Open Graph


def card(image: SharedImage | None) -> str:
    """Which of X's cards a link is shown as: the wide one where there is an image."""
    return "summary_large_image" if image else "summary"


def properties(view: object, image: SharedImage | None, root: str) -> Iterator[Property]:
    """The properties of a page in Open Graph that differ from page to page; `root` is where addresses of the site begin."""
    if isinstance(view, ArticleView):
        yield from _article(view)
    else:
        yield "og:type", "website"
    if image:
        yield "og:image", root + image.address
        yield "og:image:width", str(image.width)
        yield "og:image:height", str(image.height)
        yield "og:image:alt", image.alt


def _article(view: ArticleView) -> Iterator[Property]:
    yield "og:type", "article"
    yield "article:published_time", view.date_iso
    if view.changed_iso != view.date_iso:
        yield "article:modified_time", view.changed_iso
    yield "article:section", view.category.label
    for tag in view.tags.values:
        yield "article:tag", tag.label
