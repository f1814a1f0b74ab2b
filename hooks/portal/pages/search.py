"""The page of search, which the index beside it answers; without a script it leads to the lists."""

from __future__ import annotations

from ..finding_views import SearchView
from ..views import Link
from .catalog import Catalog
from .page import (
    ALPHABETS,
    ARTICLES,
    CATEGORIES,
    DOCUMENTS,
    FIELDS,
    MODELS,
    SEARCH,
    SITE_MAP,
    STATUSES,
    TAGS,
    UNITS,
    YEARS,
    Page,
)

SEARCH_TITLE = "Tìm kiếm"


def page(catalog: Catalog) -> Page:
    texts = catalog.campaign.texts
    ways = (
        Link(f"{texts.models} từ A đến Z", f"{ALPHABETS}mo-hinh/"),
        Link(f"{texts.units} từ A đến Z", f"{ALPHABETS}dia-ban/"),
        Link(texts.models, MODELS),
        Link(texts.articles, ARTICLES),
        Link(texts.units, UNITS),
        Link(texts.fields_, FIELDS),
        Link(texts.documents, DOCUMENTS),
        Link("Chuyên mục", CATEGORIES),
        Link("Từ khóa", TAGS),
        Link("Năm", YEARS),
        Link("Trạng thái", STATUSES),
        Link("Sơ đồ cổng", SITE_MAP),
    )
    return Page(
        address=SEARCH,
        title=SEARCH_TITLE,
        summary="Tìm trong tin bài, mô hình, địa bàn và văn bản của cổng.",
        template="portal/search.html",
        view=SearchView(ways),
        edit_path="",
        crumbs=(catalog.home_link,),
    )
