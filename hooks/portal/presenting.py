"""Records in the words readers see: from typed records to the views that templates draw."""

from __future__ import annotations

from collections.abc import Iterable

from .figure_tables import FigureTable
from .linked_views import Named, SharedImage
from .picture_markup import PictureFiles
from .pictures import Pictures
from .registers import Registers
from .schema.base import Record
from .schema.content import Article, Attachment, AttachmentKind, Author, Genre, Image, Profile, Source
from .schema.data import CampaignField, Document, Publisher
from .schema.dates import Moment
from .source import ContentFile
from .standing import Standing, profile_year
from .text import capitalised, date_vi, slugify
from .views import (
    ArticleView,
    AttachmentView,
    Beside,
    Byline,
    Card,
    DocumentRow,
    Entry,
    Fact,
    Link,
    Mark,
    Picture,
    SourceView,
    Status,
)

UNKNOWN_RECIPIENT = "không rõ tập thể hay cá nhân"


def label_of(model: type[Record], key: str) -> str:
    """The Vietnamese label that stands beside the key in the schema."""
    return model.model_fields[key].title or key


def mark_of(field: CampaignField) -> Mark:
    return Mark(field.slug, field.label, field.icon or "material/shape-outline")


def unit_link(slug: str, registers: Registers) -> Link:
    return Link(registers.unit_name(slug), f"/dia-ban/{slug}/")


def field_link(slug: str, registers: Registers) -> Link:
    return Link(registers.fields[slug].name, f"/linh-vuc/{slug}/")


def named_unit(slug: str, registers: Registers) -> Named:
    return Named(capitalised(registers.unit_name(slug)), f"/dia-ban/{slug}/")


def article_card(article: ContentFile[Article], standing: Standing, registers: Registers) -> Card:
    record = article.record
    return Card(
        title=record.title,
        address=article.address,
        summary=record.summary,
        date_iso=record.date.iso,
        date=record.date.vi,
        kicker=registers.categories[record.category].name,
        banner="" if standing is Standing.LIVE else standing.label,
    )


def profile_card(profile: ContentFile[Profile], standing: Standing, pictures: Pictures, registers: Registers) -> Card:
    record = profile.record
    field = registers.fields[record.field] if record.field else None
    return Card(
        title=record.title,
        address=profile.address,
        summary=record.summary,
        kicker=capitalised(registers.unit_name(record.unit)),
        mark=mark_of(field) if field else None,
        status=Status(record.status.value, record.status.label),
        banner="" if standing is Standing.LIVE else standing.label,
        year=str(profile_year(record) or ""),
        cover=picture(record.images[0], pictures) if record.images else None,
    )


def source_view(source: Source | None) -> SourceView | None:
    if source is None:
        return None
    return SourceView(
        name=source.name,
        title=source.title or "",
        url=source.url or "",
        published=source.published.vi if source.published else "",
        published_iso=source.published.iso if source.published else "",
        rights=source.rights.label if source.rights else "",
    )


def article_view(
    article: ContentFile[Article],
    standing: Standing,
    models: tuple[tuple[Entry, str], ...],
    beside: Beside,
    figures: tuple[FigureTable, ...],
    pictures: tuple[Picture, ...],
    image: SharedImage,
    changed: Moment,
    registers: Registers,
) -> ArticleView:
    """`models` are named by their titles, too."""
    record = article.record
    published_iso = record.date.iso
    return ArticleView(
        banner=standing.label,
        date=record.date.vi,
        date_iso=published_iso,
        updated=record.updated.vi if record.updated else "",
        updated_iso=record.updated.iso if record.updated else "",
        changed_iso=published_iso if changed is record.date else changed.iso,
        category=Link(registers.categories[record.category].name, f"/chuyen-muc/{record.category}/"),
        genre=Link(record.genre.label, f"/the-loai/{record.genre.value}/") if record.genre else None,
        is_wide=record.genre is Genre.FEATURE,
        pictures=pictures,
        image=image,
        attachments=tuple(attachment(file) for file in record.attachments),
        authors=tuple(_author(author) for author in record.authors),
        models=tuple(entry for entry, _ in models),
        titles=tuple(title for _, title in models),
        documents=document_links(record.documents, registers),
        source=source_view(record.source),
        figures=figures,
        corrections=tuple(Fact(date_vi(c.date), (Link(c.note),)) for c in record.corrections),
        corrected_iso=tuple(c.date.isoformat() for c in record.corrections),
        beside=beside,
        units=_fact("units", tuple(unit_link(slug, registers) for slug in record.units)),
        fields=_fact("fields_", tuple(field_link(slug, registers) for slug in record.fields_)),
        tags=_fact("tags", tag_links(record.tags)),
    )


def _author(author: Author) -> Byline:
    name = author.organisation or ""
    return Byline(author.name, author.role or "", (Link(name, f"/tac-gia/{slugify(name)}/"),) if name else ())


def _fact(key: str, values: tuple[Link, ...]) -> Fact:
    return Fact(label_of(Article, key), values)


def publisher_facts(publisher: Publisher) -> tuple[Fact, ...]:
    """What the footer says of the publisher beside its name, in the order of the schema."""
    facts = []
    for key in Publisher.model_fields:
        value = getattr(publisher, key)
        if value and key != "name":
            facts.append(Fact(label_of(Publisher, key), (Link(value),)))
    return tuple(facts)


def picture(image: Image, pictures: Pictures) -> Picture:
    known = pictures[image.file]
    files = PictureFiles(known.stem(image.file), known.widths, known.width, known.height)
    return Picture(f"/{image.file}", image.alt, image.caption or "", image.credit or "", files)


def pictures_of(images: Iterable[Image], pictures: Pictures) -> tuple[Picture, ...]:
    return tuple(picture(image, pictures) for image in images)


def attachment(file: Attachment) -> AttachmentView:
    kind = file.kind or AttachmentKind.DOCUMENT
    own = f"/{file.file}" if file.file else ""
    transcript = f"/{file.transcript}" if file.transcript else ""
    return AttachmentView(file.title, kind.value, kind.label, own, file.url or "", transcript)


def tag_links(tags: Iterable[str]) -> tuple[Link, ...]:
    return tuple(Link(tag, f"/tu-khoa/{slugify(tag)}/" if slugify(tag) else "") for tag in tags)


def document_links(slugs: Iterable[str], registers: Registers) -> tuple[Link, ...]:
    """Each document with its number, issuer and date, leading to its page."""
    links = []
    for slug in slugs:
        document = registers.documents[slug]
        dated = f", ngày {date_vi(document.issued)}" if document.issued else ""
        links.append(Link(f"{document.name}{dated}, {document.issuer}", f"/van-ban/{slug}/"))
    return tuple(links)


def document_row(document: Document) -> DocumentRow:
    return DocumentRow(
        address=f"/van-ban/{document.slug}/",
        kind=document.kind,
        number=document.number or "",
        issuer=document.issuer,
        issued_iso=document.issued.isoformat() if document.issued else "",
        issued=date_vi(document.issued) if document.issued else "",
        effective_iso=document.effective.isoformat() if document.effective else "",
        effective=date_vi(document.effective) if document.effective else "",
        title=document.title or "",
        file=f"/{document.file}" if document.file else "",
        url=document.url or "",
    )


def document_facts(document: Document) -> tuple[Fact, ...]:
    """Every key of a document with its label; what the register does not say stays empty."""

    def fact(key: str, value: str | None) -> Fact:
        return Fact(label_of(Document, key), (Link(value),) if value else ())

    where = (Link("Tải về", f"/{document.file}"),) if document.file else (Link(document.url),) if document.url else ()
    return (
        fact("kind", document.kind),
        fact("number", document.number),
        fact("issuer", document.issuer),
        fact("issued", date_vi(document.issued) if document.issued else None),
        fact("effective", date_vi(document.effective) if document.effective else None),
        fact("title", document.title),
        Fact(label_of(Document, "file"), where),
    )
