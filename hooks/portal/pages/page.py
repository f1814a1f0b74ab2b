"""A page of the site, and the addresses the portal keeps for its own."""

from __future__ import annotations

import pickle
from collections.abc import Iterator
from dataclasses import dataclass, field, fields, is_dataclass
from datetime import date

from ..body import EMPTY, Body
from ..fingerprint import digest
from ..memory import InPart
from ..packing import Packer, unpack
from ..views import Link

HOME = "/"
ARTICLES = "/tin-tuc/"
MODELS = "/mo-hinh/"
UNITS = "/dia-ban/"
FORMER_UNITS = "/dia-ban/den-"  # with the last day of a stretch of time
FIELDS = "/linh-vuc/"
CATEGORIES = "/chuyen-muc/"
YEARS = "/nam/"
TAGS = "/tu-khoa/"
STATUSES = "/trang-thai/"
SPECIAL_AREAS = "/vung-dac-thu/"
GENRES = "/the-loai/"
ORGANISATIONS = "/tac-gia/"
DOCUMENTS = "/van-ban/"
STATISTICS = "/thong-ke/"
UNIT_STATISTICS = "/thong-ke/dia-ban/"
FIELD_STATISTICS = "/thong-ke/linh-vuc/"
LEVEL_STATISTICS = "/thong-ke/cap/"
YEAR_STATISTICS = "/thong-ke/nam/"
UNSTATED_STATISTICS = "/thong-ke/nam/khong-ro/"
COVERAGE = "/thong-ke/do-phu/"
DISCREPANCIES = "/thong-ke/doi-soat/"
AWARDS = "/thong-ke/khen-thuong/"
UNIT_AWARDS = "/thong-ke/khen-thuong/dia-ban/"
YEAR_AWARDS = "/thong-ke/khen-thuong/nam/"
CRITERIA = "/tieu-chi/"
STOPPED = "/thong-ke/da-dung/"
FAMILIES = "/thong-ke/nhan-rong/"
SITE_MAP = "/so-do/"
SEARCH = "/tim-kiem/"
ALPHABETS = "/tim-kiem/a-z/"
CORRECTIONS = "/dinh-chinh/"

FEED = "feed"  # after the address of a page: what begins the paths of its feed


def feed_of(page: str) -> str:
    """The site path of the feed of a page, without the suffix of a format."""
    return page + FEED


PARTNERS = "/huong-dan/doi-tac/"
EMBEDS = "/nhung/"  # with the address of a page: its tables, each to stand in a page elsewhere


def embed_of(page: str, table: str) -> str:
    """The site path of a table by itself."""
    return f"{EMBEDS}{page[1:]}{table}.html"


CRITERIA_TITLE = "Bộ tiêu chí"
AWARDS_TITLE = "Khen thưởng"

# Nothing authored may stand at or under these; the last of them are for views that come later.
RESERVED = (
    *(UNITS, FIELDS, CATEGORIES, YEARS, TAGS, STATUSES, SPECIAL_AREAS, GENRES, ORGANISATIONS),
    *(DOCUMENTS, STATISTICS, CRITERIA, SITE_MAP, SEARCH, CORRECTIONS),
    *(EMBEDS, "/du-lieu/", "/quan-tri/", "/huong-dan/"),
)


@dataclass(frozen=True)
class PackedView:
    """A view as bytes: a site has more views than anybody looks at."""

    data: bytes


@dataclass(frozen=True)
class Page(InPart):
    """One page of the site. `template` draws `view`; `edit_path` is the file (or folder)
    that its content comes from."""

    AT_HAND = (
        "address",
        "title",
        "summary",
        "template",
        "edit_path",
        "crumbs",
        "updated",
        "listed",
        "feed",
        "tables",
        "name",
        "size",
    )
    REST = ("view",)
    REST_IS_PACKED = True

    address: str
    title: str
    summary: str
    template: str
    view: object
    edit_path: str
    crumbs: tuple[Link, ...] = ()
    updated: date | None = None
    listed: bool = True  # of an expired article only the address is left: no list, map or search engine names it
    feed: str = ""  # of what the page lists, as `feed_of` says; that of the whole site is told on every page
    tables: tuple[str, ...] = ()  # the ids of those that may stand in pages elsewhere, once it is planned
    body: Body = field(default=EMPTY)
    name: str = ""  # of all it is drawn from but its body, once it is planned
    size: int = 0  # of its packed view, once it is planned

    def with_body(self, body: Body) -> Page:
        return self.changed(body=body)

    def changed(self, **keys: object) -> Page:
        """The same but for these; a view that is not here stays where it is."""
        made = Page.__new__(Page)
        made.__dict__.update(self.__dict__, **keys)
        return made


def packed(page: Page, packer: Packer) -> Page:
    """The same page with its view packed, and with a name for all it is drawn from but its body."""
    data = pickle.dumps(page.view, protocol=5)
    said = repr([getattr(page, one.name) for one in fields(page) if one.name not in ("view", *_NOT_SAID)])
    view = PackedView(packer.pack(data))
    tables = getattr(page.view, "table_ids", ())
    return page.changed(view=view, tables=tables, name=digest(data, said), size=len(view.data))


_NOT_SAID = frozenset({"body", "tables", "name", "size"})


def view_of(page: Page) -> object:
    """The view of a page, packed or not."""
    return pickle.loads(unpack(page.view.data)) if isinstance(page.view, PackedView) else page.view


def size_of(page: Page) -> int:
    """How much there is to draw, roughly: in bytes of the packed view and of the body."""
    return page.size + page.body.size


def taken_apart(page: Page) -> Iterator[tuple[str, object]]:
    """What a page is drawn from but its body, by key; of what its template shows (`view.…`) each part."""
    view = view_of(page)
    for one in fields(page):
        if one.name == "view" and is_dataclass(view):
            yield "view", type(view).__qualname__
            yield from ((f"view.{part.name}", getattr(view, part.name)) for part in fields(view))
        elif one.name == "view":
            yield "view", view
        elif one.name not in _NOT_SAID:
            yield one.name, getattr(page, one.name)
