"""What can be found: every public record, with all that it is found by but its body."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ..listing import model_day
from ..pages.catalog import Catalog
from ..pages.page import DOCUMENTS, HOME, UNITS
from ..presenting import pictures_of
from ..schema.content import Article, Author, OrdinaryPage, Profile
from ..schema.data import Document, Unit
from ..schema.values import Code
from ..source import ContentFile
from ..standing import profile_year
from ..text import capitalised, date_vi


class Sort(Code):
    """Of records, in the order in which they are offered."""

    MODEL = "model", "Mô hình"
    ARTICLE = "article", "Tin bài"
    DOCUMENT = "document", "Văn bản"
    PLACE = "place", "Địa bàn"
    PAGE = "page", "Trang giới thiệu"


@dataclass(frozen=True)
class Searched:
    """A record as it is found and shown. `line` stands under its title; `more` is what it is found by beside: tags, people,
    organisations, documents, other names, its year; `cover` the address of a picture and what it shows. `places` are the slugs of the places it names, of those above them at its time and
    of those of today that they lie in. `day` is an ISO date, empty where none is known."""

    sort: Sort
    address: str
    title: str
    summary: str
    line: str
    places: tuple[str, ...] = ()
    fields: tuple[str, ...] = ()
    year: int | None = None
    day: str = ""
    status: str = ""
    more: tuple[str, ...] = ()
    cover: tuple[str, ...] = ()

    @property
    def has_body(self) -> bool:
        """Whether it is a file of its own, and no entry of a register."""
        return self.sort not in (Sort.DOCUMENT, Sort.PLACE)


def searched(catalog: Catalog) -> tuple[Searched, ...]:
    """All that can be found, in an order that an edit changes little: records by path, then the registers."""
    makers = {Article: _article, Profile: _model, OrdinaryPage: _page}
    files: list[ContentFile] = [*catalog.records.articles, *catalog.records.models, *catalog.public.ordinary]
    files.sort(key=lambda file: file.path)
    records = [makers[type(file.record)](file, catalog) for file in files if file.address != HOME]
    documents = [_document(document) for document in catalog.registers.documents]
    return (*records, *documents, *(_place(unit, catalog) for unit in catalog.registers.units))


def _model(file: ContentFile[Profile], catalog: Catalog) -> Searched:
    record = file.record
    known = model_day(record)
    more = [*record.tags, record.place, record.organisation]
    if record.lead:
        more += [record.lead.name, record.lead.role]
    return Searched(
        sort=Sort.MODEL,
        address=file.address,
        title=record.title,
        summary=record.summary,
        line=capitalised(catalog.registers.unit_name(record.unit)),
        places=catalog.places_of_model(file),
        fields=(record.field,) if record.field else (),
        year=profile_year(record),
        day=known.isoformat() if known else "",
        status=record.status.value,
        more=(*_said(more), *_documents(_cited(record), catalog), *_year(profile_year(record))),
        cover=tuple(part for one in pictures_of(record.images[:1], catalog.pictures) for part in (one.small, one.alt)),
    )


def _article(file: ContentFile[Article], catalog: Catalog) -> Searched:
    record = file.record
    day = record.date.day
    return Searched(
        sort=Sort.ARTICLE,
        address=file.address,
        title=record.title,
        summary=record.summary,
        line=f"{catalog.registers.categories[record.category].name} · {record.date.vi}",
        places=catalog.places_of_article(file),
        fields=record.fields_,
        year=day.year,
        day=day.isoformat(),
        more=(*record.tags, *_people(record.authors), *_documents(record.documents, catalog), *_year(day.year)),
    )


def _page(file: ContentFile[OrdinaryPage], catalog: Catalog) -> Searched:
    return Searched(Sort.PAGE, file.address, file.record.title, file.record.summary or "", "")


def _document(document: Document) -> Searched:
    issued = document.issued
    return Searched(
        sort=Sort.DOCUMENT,
        address=f"{DOCUMENTS}{document.slug}/",
        title=document.name,
        summary=(document.title or "") if document.number else "",
        line=" · ".join([document.issuer, *([date_vi(issued)] if issued else [])]),
        year=issued.year if issued else None,
        day=issued.isoformat() if issued else "",
        more=(document.issuer, *_year(issued.year if issued else None)),
    )


def _place(unit: Unit, catalog: Catalog) -> Searched:
    above = [parent.slug for parent in unit.parents]
    lies_in = ", ".join(capitalised(catalog.registers.unit_name(slug)) for slug in above)
    return Searched(
        sort=Sort.PLACE,
        address=f"{UNITS}{unit.slug}/",
        title=capitalised(catalog.registers.unit_name(unit.slug)),
        summary="",
        line=lies_in,
        places=catalog.above_ever(above),
        more=unit.aliases,
    )


def _cited(record: Profile) -> list[str]:
    """The documents a model names: beside it, in its life and with its awards, each once."""
    named = [*record.documents, *(one.document for one in (*record.history, *record.awards) if one.document)]
    return list(dict.fromkeys(named))


def _year(year: int | None) -> tuple[str, ...]:
    return (str(year),) if year else ()


def _said(texts: Iterable[str | None]) -> Iterator[str]:
    return (text for text in texts if text)


def _people(authors: Iterable[Author]) -> Iterator[str]:
    for author in authors:
        yield from _said((author.name, author.role, author.organisation))


def _documents(slugs: Iterable[str], catalog: Catalog) -> Iterator[str]:
    return (catalog.registers.documents[slug].name for slug in slugs)
