"""What most of a site asks of a content file: little enough to be at hand for all of them."""

from __future__ import annotations

from typing import NamedTuple

from .schema.base import Kept, Record
from .schema.content import Article, Profile
from .schema.figure import figure_id
from .standing import Showing, showing_of_article, showing_of_profile


class Gist(NamedTuple):
    """`figures` are the ids of the sets of an article, none when one of them is at fault; `files` are pictures and
    attachments, as paths from docs/."""

    model: type[Record]
    showing: Showing | None  # of an article with a date, of a profile
    figures: tuple[str, ...]
    aliases: tuple[str, ...]
    files: tuple[str, ...]


def gist_of(record: Record, kept: Kept) -> Gist:
    """The gist of a record; of one at fault what is right of it, where of the lists in `kept` not all is."""
    figures = () if "figures" in kept else getattr(record, "figures", None) or ()
    attached = getattr(record, "attachments", None) or ()
    images = getattr(record, "images", None) or ()
    return Gist(
        type(record),
        _showing(record),
        tuple(map(figure_id, figures)),
        tuple(getattr(record, "aliases", None) or ()),
        (*(image.file for image in images), *(name for a in attached for name in (a.file, a.transcript) if name)),
    )


def _showing(record: Record) -> Showing | None:
    if isinstance(record, Article):
        return showing_of_article(record) if record.date else None
    return showing_of_profile(record) if isinstance(record, Profile) else None
