"""The library of documents (văn bản): a table of all, the same by kind, issuer and year, and a page each."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from ..merits import criteria_address
from ..presenting import document_facts, document_row
from ..schema.data import Document
from ..source import ContentFile
from ..text import capitalised, slugify, sort_key
from ..views import DocumentRow, DocumentsView, DocumentView, Fact, Link
from .catalog import Catalog
from .lists import counted_link
from .page import DOCUMENTS, Page

_NO_YEAR = ("khong-ro", "không rõ năm")


def pages(catalog: Catalog) -> Iterator[Page]:
    documents = sorted(catalog.registers.documents, key=_order)
    title = catalog.campaign.texts.documents
    groups = []
    for key, label, of in _GROUPINGS:
        grouped = _grouped(documents, of)
        links = tuple(_links(grouped, key))
        if links:
            groups.append(Fact(f"Theo {label.lower()}", links))
        for step, (name, members) in grouped.items():
            address, said = f"{DOCUMENTS}{key}/{step}/", capitalised(name)
            view = DocumentsView(_rows(members), ())
            yield _page(catalog, address, said, f"{label}: {name}.", view, Link(title, DOCUMENTS))
    summary = "Văn bản được nhắc đến trong tin bài và hồ sơ mô hình."
    yield _page(catalog, DOCUMENTS, title, summary, DocumentsView(_rows(documents), tuple(groups)))
    for document in documents:
        yield _document(catalog, document)


def _year(document: Document) -> str:
    return str(document.issued.year) if document.issued else _NO_YEAR[1]


_GROUPINGS: tuple[tuple[str, str, Callable[[Document], str]], ...] = (
    ("loai", "Loại", lambda document: document.kind),
    ("co-quan", "Cơ quan ban hành", lambda document: document.issuer),
    ("nam", "Năm", _year),
)


def _key(name: str) -> str:
    return _NO_YEAR[0] if name == _NO_YEAR[1] else slugify(name) or _NO_YEAR[0]


def _order(document: Document) -> tuple:
    """The newest first, undated ones last, by number."""
    return (-document.issued.toordinal() if document.issued else 0, sort_key(document.name))


def _grouped(documents: list[Document], of: Callable[[Document], str]) -> dict[str, tuple[str, list[Document]]]:
    """By the last step of the address: the name, as first written, and the documents that have it in any spelling."""
    found: dict[str, tuple[str, list[Document]]] = {}
    for document in documents:
        name = of(document)
        found.setdefault(_key(name), (name, []))[1].append(document)
    return found


def _links(grouped: dict[str, tuple[str, list[Document]]], key: str) -> Iterator[Link]:
    by_year = key == "nam"  # the newest first; names in the order of the alphabet
    for step in sorted(grouped, key=lambda step: step if by_year else sort_key(grouped[step][0]), reverse=by_year):
        name, members = grouped[step]
        yield counted_link(capitalised(name), f"{DOCUMENTS}{key}/{step}/", len(members))


def _rows(documents: list[Document]) -> tuple[DocumentRow, ...]:
    return tuple(document_row(document) for document in documents)


def _document(catalog: Catalog, document: Document) -> Page:
    citing = tuple(a for a in catalog.records.articles if document.slug in a.record.documents)
    models = tuple(m for m in catalog.records.models if document.slug in _documents_of(m))
    given = tuple(_criteria_given_by(catalog, document))
    view = DocumentView(document_facts(document), catalog.entries(citing), catalog.entries(models), given)
    above = Link(catalog.campaign.texts.documents, DOCUMENTS)
    summary = document.title or f"{document.name}, {document.issuer}."
    address = f"{DOCUMENTS}{document.slug}/"
    return Page(
        address, document.name, summary, "portal/document.html", view, "data/documents.yml", (catalog.home_link, above)
    )


def _criteria_given_by(catalog: Catalog, document: Document) -> Iterator[Link]:
    """The sets of criteria whose act it is, by name."""
    sets = [(slug, entry.record) for slug, entry in catalog.registers.criteria.items() if entry]
    for slug, criteria in sorted(sets, key=lambda pair: (sort_key(pair[1].name), pair[0])):
        if criteria.act == document.slug:
            yield Link(criteria.name, criteria_address(slug))


def _documents_of(model: ContentFile) -> set[str]:
    record = model.record
    entries = (*record.history, *record.awards)
    return {*record.documents, *(entry.document for entry in entries if entry.document)}


def _page(catalog: Catalog, address: str, title: str, summary: str, view: DocumentsView, *above: Link) -> Page:
    crumbs = (catalog.home_link, *above)
    return Page(address, title, summary, "portal/documents.html", view, "data/documents.yml", crumbs)
