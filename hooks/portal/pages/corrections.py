"""The page of all corrections: what was wrong is said where everybody can find it, not only under its article."""

from __future__ import annotations

from ..text import date_vi
from ..views import CorrectionRow, CorrectionsView, Link
from .catalog import Catalog
from .page import CORRECTIONS, Page

CORRECTIONS_TITLE = "Đính chính"
ON_ARTICLE = "#phan-dinh-chinh"  # of the section in overrides/portal/article.html


def page(catalog: Catalog) -> Page:
    """Every correction of every article that may be listed, newest first; of one day, in the order of articles and then
    as written. An expired article's words are nowhere, so its corrections aren't here either."""
    found = [(article, correction) for article in catalog.records.articles for correction in article.record.corrections]
    found.sort(key=lambda pair: pair[1].date, reverse=True)  # stable: what is of one day keeps its order
    rows = tuple(
        CorrectionRow(c.date.isoformat(), date_vi(c.date), c.note, Link(a.record.title, a.address + ON_ARTICLE))
        for a, c in found
    )
    return Page(
        address=CORRECTIONS,
        title=CORRECTIONS_TITLE,
        summary="Mọi đính chính của các tin, bài trên cổng, mới nhất trước.",
        template="portal/corrections.html",
        view=CorrectionsView(rows),
        edit_path="docs/tin-tuc",
        crumbs=(catalog.home_link,),
        feed=catalog.feed_at(CORRECTIONS),
        updated=next((c.date for _, c in found if c.date <= catalog.today), None),
    )
