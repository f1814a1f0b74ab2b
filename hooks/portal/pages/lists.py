"""Lists: news, models, and both by field, category, genre, year, month, tag, status, area, organisation."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from ..gallery import FIELD, STATUS, YEAR, Dimension, address_of, by_place, by_value
from ..listing import (
    Term,
    by_genre,
    by_month,
    by_organisation,
    by_special_area,
    by_status,
    by_tag,
    by_year,
    last_page,
    page_address,
    pages_of,
)
from ..presenting import mark_of
from ..text import capitalised, number_vi
from ..views import (
    Card,
    Fact,
    FieldsView,
    FieldView,
    IndexView,
    Link,
    ListView,
    Pager,
    Shelf,
)
from .catalog import Catalog
from .page import (
    ARTICLES,
    CATEGORIES,
    FIELD_STATISTICS,
    FIELDS,
    GENRES,
    HOME,
    MODELS,
    ORGANISATIONS,
    SPECIAL_AREAS,
    STATUSES,
    TAGS,
    YEARS,
    Page,
)


@dataclass(frozen=True)
class ListPlace:
    """Where a list stands: its address, where its content is edited, the way to it."""

    address: str
    title: str
    summary: str
    edit_path: str
    above: tuple[Link, ...] = ()
    feed: str = ""  # see Page


def pages(catalog: Catalog) -> Iterator[Page]:
    """Every page of every list but those of places and of the gallery, and the page above each kind of list."""
    texts = catalog.campaign.texts
    news = Term("", texts.articles, catalog.latest)
    yield from list_pages(
        catalog,
        ListPlace(
            ARTICLES,
            texts.articles,
            f"{texts.articles}, mới nhất trước.",
            "docs/tin-tuc",
            feed=catalog.feed_at(HOME),
        ),
        news,
    )
    yield from _categories(catalog)
    yield from _fields(catalog)
    yield from _facets(catalog)


def list_pages(
    catalog: Catalog,
    place: ListPlace,
    term: Term,
    *,
    links: tuple[Fact, ...] = (),
    view: object = None,
    template: str = "list",
) -> Iterator[Page]:
    """A list over as many pages as it takes. `view` holds what only the first page shows, around its `listing`."""
    last = last_page(term)
    for number in range(1, last + 1):
        listing = _listing(catalog, place.address, term, number, last, links if number == 1 else ())
        first = view is not None and number == 1
        title = place.title if number == 1 else f"{place.title} (trang {number})"
        above = place.above if number == 1 else (*place.above, Link(place.title, place.address))
        yield Page(
            address=page_address(place.address, number),
            title=title,
            summary=place.summary if number == 1 else f"{place.summary} Trang {number} trên {last}.",
            template=f"portal/{template if first else 'list'}.html",
            view=replace(view, listing=listing) if first else listing,
            edit_path=place.edit_path,
            crumbs=(catalog.home_link, *above),
            feed=place.feed,
        )


def _listing(catalog: Catalog, address: str, term: Term, number: int, last: int, links: tuple[Fact, ...]) -> ListView:
    texts = catalog.campaign.texts
    shelves = [
        Shelf(key, label, catalog.entries(pages_of(members, number)), len(members))
        for key, label, members in (("models", texts.models, term.models), ("articles", texts.articles, term.articles))
        if pages_of(members, number)
    ]
    return ListView(tuple(shelves), pager(address, number, last), links)


def pager(address: str, number: int, last: int) -> Pager | None:
    """None for a single page. First, last and the pages around the current one; a gap is an empty link."""
    if last == 1:
        return None
    near = sorted({1, last, *range(max(1, number - 2), min(last, number + 2) + 1)})
    links: list[Link] = []
    for before, page in zip([0, *near], near, strict=False):
        if page - before > 1:
            links.append(Link("…"))
        links.append(Link(str(page), "" if page == number else page_address(address, page)))
    return Pager(
        number,
        last,
        tuple(links),
        page_address(address, number - 1) if number > 1 else "",
        page_address(address, number + 1) if number < last else "",
    )


# --- categories, fields --------------------------------------------------


def _categories(catalog: Catalog) -> Iterator[Page]:
    texts = catalog.campaign.texts
    above = (Link(texts.articles, ARTICLES),)
    tops: dict[str, list[Link]] = {}
    for category in catalog.registers.categories:
        term = catalog.categories[category.slug]
        under = [c for c in catalog.registers.categories if c.parent == category.slug]
        links = tuple(counted_link(c.name, f"{CATEGORIES}{c.slug}/", catalog.categories[c.slug].count) for c in under)
        place = ListPlace(
            f"{CATEGORIES}{category.slug}/",
            category.name,
            category.description or f"Bài trong chuyên mục {category.name}.",
            "data/categories.yml",
            (*above, *(_category_crumbs(catalog, category.parent))),
            catalog.feed_at(f"{CATEGORIES}{category.slug}/"),
        )
        yield from list_pages(catalog, place, term, links=(Fact("Chuyên mục con", links),) if links else ())
        tops.setdefault(_category_crumbs(catalog, category.slug)[0].address, []).append(
            counted_link(category.name, place.address, term.count)
        )
    groups = [Fact("", tuple(sorted(links, key=lambda link: link.address != top))) for top, links in tops.items()]
    yield _index(
        catalog, CATEGORIES, "Chuyên mục", "Các chuyên mục của trang tin.", groups, "data/categories.yml", above
    )


def _category_crumbs(catalog: Catalog, slug: str | None) -> tuple[Link, ...]:
    links: list[Link] = []
    while slug is not None:
        category = catalog.registers.categories[slug]
        links.append(Link(category.name, f"{CATEGORIES}{slug}/"))
        slug = category.parent
    return tuple(reversed(links))


def category_crumbs(catalog: Catalog, slug: str) -> tuple[Link, ...]:
    """The way from the news to a category, itself the last."""
    return (Link(catalog.campaign.texts.articles, ARTICLES), *_category_crumbs(catalog, slug))


def _fields(catalog: Catalog) -> Iterator[Page]:
    texts, records = catalog.campaign.texts, catalog.records
    cards = []
    for field in catalog.registers.fields:
        slug = field.slug
        term = records.where(
            slug, field.name, lambda a, s=slug: s in a.record.fields_, lambda m, s=slug: m.record.field == s
        )
        counted = sum(p.field == slug for p in catalog.counted)
        place = ListPlace(
            f"{FIELDS}{slug}/",
            field.name,
            field.description or f"Lĩnh vực {field.name}.",
            "data/fields.yml",
            (Link(texts.fields_, FIELDS),),
            catalog.feed_at(f"{FIELDS}{slug}/"),
        )
        tables = f"{FIELD_STATISTICS}{slug}/" if slug in catalog.fields_with_statistics else ""
        view = FieldView(mark_of(field), tables)
        links = narrower(catalog, FIELD, slug)
        yield from list_pages(catalog, place, term, links=links, view=view, template="field")
        count = f"{number_vi(counted)} mô hình"
        cards.append((mark_of(field), Card(field.name, place.address, field.description or "", kicker=count)))
    unknown = sum(p.profile.record.field is None for p in catalog.counted)
    view = FieldsView(tuple(cards), unknown)
    summary = "Các lĩnh vực của phong trào."
    yield Page(FIELDS, texts.fields_, summary, "portal/fields.html", view, "data/fields.yml", (catalog.home_link,))


# --- the other kinds of lists ------------------------------------------------------


def _facets(catalog: Catalog) -> Iterator[Page]:
    records, registers = catalog.records, catalog.registers
    news, models = Link(catalog.campaign.texts.articles, ARTICLES), Link(catalog.campaign.texts.models, MODELS)
    yield from _facet(catalog, GENRES, "Thể loại", by_genre(records), "Bài theo thể loại.", news)
    yield from _facet(
        catalog, ORGANISATIONS, "Đơn vị của tác giả", by_organisation(records), "Bài theo đơn vị của tác giả.", news
    )
    yield from _facet(catalog, STATUSES, "Trạng thái", by_status(records), "Mô hình theo trạng thái.", models)
    areas = by_special_area(records, registers)
    yield from _facet(catalog, SPECIAL_AREAS, "Vùng đặc thù", areas, "Mô hình theo vùng đặc thù.", models)
    yield from _facet(catalog, TAGS, "Từ khóa", by_tag(records), "Tin bài và mô hình theo từ khóa.")
    yield from _years(catalog)


def _facet(
    catalog: Catalog, address: str, title: str, terms: Iterable[Term], summary: str, *above: Link
) -> Iterator[Page]:
    links = []
    for term in terms:
        place = ListPlace(
            f"{address}{term.key}/", term.title, f"{title}: {term.title}.", "docs", (*above, Link(title, address))
        )
        inside = narrower(catalog, STATUS, term.key) if address == STATUSES else ()
        yield from list_pages(catalog, place, term, links=inside)
        links.append(counted_link(term.title, place.address, term.count))
    yield _index(catalog, address, title, summary, [Fact("", tuple(links))] if links else [], "docs", above)


def _years(catalog: Catalog) -> Iterator[Page]:
    months = by_month(catalog.records)
    groups = []
    for year in by_year(catalog.records):
        inside = [month for month in months if month.key.startswith(f"{year.key}/")]
        links = tuple(counted_link(m.title, f"{YEARS}{m.key}/", m.count) for m in inside)
        place = ListPlace(
            f"{YEARS}{year.key}/", year.title, f"Tin bài và mô hình của năm {year.key}.", "docs", (Link("Năm", YEARS),)
        )
        by_month_and_place = (*((Fact("Theo tháng", links),) if links else ()), *narrower(catalog, YEAR, year.key))
        yield from list_pages(catalog, place, year, links=by_month_and_place)
        groups.append(Fact("", (counted_link(year.title, place.address, year.count), *links)))
        for month in inside:
            above = (Link("Năm", YEARS), Link(year.title, place.address))
            spot = ListPlace(
                f"{YEARS}{month.key}/", month.title, f"Tin bài và mô hình của {month.title.lower()}.", "docs", above
            )
            yield from list_pages(catalog, spot, month)
    yield _index(catalog, YEARS, "Năm", "Tin bài và mô hình theo năm, tháng.", groups, "docs", ())


def _index(
    catalog: Catalog,
    address: str,
    title: str,
    summary: str,
    groups: list[Fact],
    edit_path: str,
    above: tuple[Link, ...],
) -> Page:
    view = IndexView(tuple(groups))
    return Page(address, title, summary, "portal/index.html", view, edit_path, (catalog.home_link, *above))


def narrower(catalog: Catalog, dimension: Dimension, value: str) -> tuple[Fact, ...]:
    """Lists of models inside that of a value: those of each place."""
    models = by_value(catalog.records.models, dimension).get(value, ())
    counted = by_place(models, catalog.places_of_model)
    links = tuple(
        counted_link(
            capitalised(catalog.registers.unit_name(unit.slug)),
            address_of(unit.slug, dimension, value),
            len(counted[unit.slug]),
        )
        for unit in catalog.registers.units
        if unit.slug in counted
    )
    return (Fact("Mô hình theo địa bàn", links),) if links else ()


def counted_link(label: str, address: str, count: int) -> Link:
    return Link(f"{label} ({number_vi(count)})", address)
