"""The gallery of models: all of them, those of each place, and of each place with a field, a year or a status.

Without a script there are no pages for three conditions and more: a link for such leads to the narrowest page there is,
and the page says so. With one it leads to the gallery with all of them in the address.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from ..finding_views import Choice, Choices, GalleryView
from ..gallery import DIMENSIONS, FIELD, STATUS, YEAR, Dimension, Model, address_of, by_value
from ..listing import Term
from ..presenting import mark_of
from ..schema.content import ModelStatus
from ..text import capitalised, number_vi
from ..views import Fact, Link
from .catalog import Catalog
from .lists import ListPlace, list_pages
from .page import AWARDS, AWARDS_TITLE, CRITERIA, CRITERIA_TITLE, FIELDS, MODELS, STATUSES, UNITS, YEARS, Page

PLACE = "dia-ban"  # the key of the filter by place
_WIDER = "Khi trình duyệt không chạy JavaScript, mỗi liên kết dưới đây dẫn đến danh sách hẹp nhất có sẵn: của địa bàn và điều kiện vừa chọn."
_TITLES = {FIELD: "Lĩnh vực", YEAR: "Năm", STATUS: "Trạng thái"}
_ALONE = {FIELD: FIELDS, YEAR: YEARS, STATUS: STATUSES}  # where the list of one value without a place stands


@dataclass(frozen=True)
class _Chosen:
    """What a page of the gallery is narrowed by."""

    place: str = ""
    dimension: Dimension | None = None
    value: str = ""

    @property
    def query(self) -> dict[str, str]:
        found = {PLACE: self.place} if self.place else {}
        return found | ({self.dimension.key: self.value} if self.dimension else {})

    @property
    def address(self) -> str:
        return address_of(self.place, self.dimension, self.value) if self.place else MODELS


def pages(catalog: Catalog) -> Iterator[Page]:
    """All models, then every place that has one, by itself and with each value that is there."""
    gallery = _Gallery(catalog)
    yield from gallery.whole()
    for slug in gallery.places:
        yield from gallery.of_place(slug)


class _Gallery:
    def __init__(self, catalog: Catalog) -> None:
        self.catalog = catalog
        self.models_of = catalog.models_of_place
        self.places = [unit.slug for unit in catalog.registers.units if unit.slug in self.models_of]

    def whole(self) -> Iterator[Page]:
        texts = self.catalog.campaign.texts
        feed = self.catalog.feed_at(MODELS)
        place = ListPlace(MODELS, texts.models, f"{texts.models} có hồ sơ trên cổng.", "docs/mo-hinh", feed=feed)
        merits = (Link(CRITERIA_TITLE, CRITERIA), Link(AWARDS_TITLE, AWARDS))
        chosen = _Chosen()
        choices = (self._places(), *self._choices(chosen, self.catalog.records.models))
        view = GalleryView(choices, marks=tuple(map(mark_of, self.catalog.registers.fields)))
        term = Term("", texts.models, (), self.catalog.records.models)
        links = (Fact("Đánh giá, khen thưởng", merits),)
        yield from list_pages(self.catalog, place, term, links=links, view=view, template="gallery")

    def of_place(self, slug: str) -> Iterator[Page]:
        texts, name = self.catalog.campaign.texts, self.catalog.registers.unit_name(slug)
        models = self.models_of[slug]
        chosen = _Chosen(slug)
        above = (Link(texts.models, MODELS), Link(capitalised(name), f"{UNITS}{slug}/"))
        title = f"{texts.models}: {name}"
        place = ListPlace(chosen.address, title, f"{texts.models} của {name}.", "docs/mo-hinh", above)
        view = GalleryView(tuple(self._choices(chosen, models)))
        yield from list_pages(self.catalog, place, Term(slug, title, (), models), view=view, template="gallery")
        for dimension in DIMENSIONS:
            for value, some in self._values(dimension, models):
                narrow = _Chosen(slug, dimension, value)
                said = f"{title}, {self._said(dimension, value)}"
                spot = ListPlace(
                    narrow.address, said, f"{said}.", "docs/mo-hinh", (*above, Link(title, chosen.address))
                )
                inside = GalleryView(tuple(self._choices(narrow, some)), _WIDER)
                yield from list_pages(self.catalog, spot, Term(value, said, (), some), view=inside, template="gallery")

    def _choices(self, chosen: _Chosen, models: Sequence[Model]) -> Iterator[Choices]:
        """How the models of a page may be narrowed further."""
        for dimension in DIMENSIONS:
            if dimension is chosen.dimension:
                continue
            choices = []
            for value, some in self._values(dimension, models):
                narrowest = _Chosen(chosen.place, dimension, value).address if chosen.place else ""
                address = narrowest or f"{_ALONE[dimension]}{value}/"
                choices.append(
                    self._choice(self._label(dimension, value), some, address, {**chosen.query, dimension.key: value})
                )
            if choices:
                yield Choices(_TITLES[dimension], tuple(choices))

    def _places(self) -> Choices:
        names = self.catalog.registers.unit_name
        return Choices(
            self.catalog.campaign.texts.units,
            tuple(
                self._choice(capitalised(names(slug)), self.models_of[slug], _Chosen(slug).address, {PLACE: slug})
                for slug in self.places
            ),
        )

    def _choice(self, label: str, models: Sequence[Model], address: str, query: dict[str, str]) -> Choice:
        """Values are slugs, codes and years: an address may hold them as they are."""
        return Choice(
            label, number_vi(len(models)), address, "&".join([f"{key}={value}" for key, value in query.items()])
        )

    def _values(self, dimension: Dimension, models: Iterable[Model]) -> list[tuple[str, tuple[Model, ...]]]:
        """The values there are: fields and statuses in their order, years from the newest."""
        found = by_value(models, dimension)
        orders: dict[Dimension, Iterable[str]] = {
            FIELD: (field.slug for field in self.catalog.registers.fields),
            YEAR: sorted(found, reverse=True),
            STATUS: (status.value for status in ModelStatus),
        }
        return [(value, found[value]) for value in orders[dimension] if value in found]

    def _label(self, dimension: Dimension, value: str) -> str:
        if dimension is FIELD:
            return self.catalog.registers.fields[value].label
        return capitalised(ModelStatus(value).label) if dimension is STATUS else value

    def _said(self, dimension: Dimension, value: str) -> str:
        """The value inside a title."""
        if dimension is FIELD:
            return f"lĩnh vực {self.catalog.registers.fields[value].label}"
        return ModelStatus(value).label if dimension is STATUS else f"năm {value}"
