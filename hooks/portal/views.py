"""What templates draw: small frozen values with everything already in words. No template computes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from .figures import FigureTable, figure_table
from .registers import Registers
from .schema.base import Record
from .schema.content import Article, Profile, Source
from .schema.data import CampaignField, Unit
from .source import ContentFile
from .standing import Standing
from .statistics import CountTable
from .text import date_vi, number_vi, sort_key

UNKNOWN_TEXT = "không rõ"


@dataclass(frozen=True)
class Link:
    """Words that lead to a page of this site, or just words when `address` is empty."""

    label: str
    address: str = ""


@dataclass(frozen=True)
class Fact:
    """A labelled line; without values the source does not say."""

    label: str
    values: tuple[Link, ...] = ()


@dataclass(frozen=True)
class Mark:
    """The badge of a field: its colour comes from the stylesheet by slug."""

    slug: str
    label: str
    icon: str


@dataclass(frozen=True)
class Card:
    """One entry of a list."""

    title: str
    address: str
    summary: str
    date_iso: str = ""
    date: str = ""
    kicker: str = ""
    mark: Mark | None = None
    banner: str = ""


@dataclass(frozen=True)
class SourceView:
    name: str
    title: str
    url: str
    published: str
    published_iso: str
    rights: str


@dataclass(frozen=True)
class ArticleView:
    banner: str
    date: str
    date_iso: str
    updated: str
    updated_iso: str
    category: str
    genre: str
    authors: tuple[str, ...]
    units: tuple[Link, ...]
    fields: tuple[Link, ...]
    models: tuple[Card, ...]
    documents: tuple[str, ...]
    tags: tuple[str, ...]
    source: SourceView | None
    figures: tuple[FigureTable, ...]
    corrections: tuple[Fact, ...]


@dataclass(frozen=True)
class ProfileView:
    banner: str
    status: str
    mark: Mark | None
    facts: tuple[Fact, ...]
    history: tuple[Fact, ...]
    results: tuple[Fact, ...]
    awards: tuple[str, ...]
    documents: tuple[str, ...]
    tags: tuple[str, ...]
    source: SourceView | None
    articles: tuple[Card, ...]


@dataclass(frozen=True)
class ListView:
    cards: tuple[Card, ...]
    empty: str


@dataclass(frozen=True)
class HomeView:
    articles: tuple[Card, ...]
    models: tuple[Card, ...]
    fields: tuple[tuple[Mark, Link], ...]
    places: tuple[Link, ...]


@dataclass(frozen=True)
class PlaceGroup:
    """A unit with the units under it, by level."""

    head: Link
    note: str
    levels: tuple[Fact, ...]


@dataclass(frozen=True)
class PlacesView:
    groups: tuple[PlaceGroup, ...]


@dataclass(frozen=True)
class UnitView:
    facts: tuple[Fact, ...]
    note: str
    models: tuple[Card, ...]
    articles: tuple[Card, ...]
    statistics: str  # address of its tables; empty when it counts no profile


@dataclass(frozen=True)
class FieldsView:
    fields: tuple[tuple[Mark, Card], ...]
    unknown: int  # profiles whose field the source does not say


@dataclass(frozen=True)
class FieldView:
    mark: Mark
    description: str
    models: tuple[Card, ...]
    articles: tuple[Card, ...]
    statistics: str


@dataclass(frozen=True)
class StatisticsView:
    """Tables of one scope: "campaign", "unit:<slug>" or "field:<slug>"."""

    scope: str
    count: int
    tables: tuple[CountTable, ...]
    units: tuple[Link, ...] = ()
    fields: tuple[Link, ...] = ()


# --- from records to views ----------------------------------------------------


def label_of(model: type[Record], key: str) -> str:
    """The Vietnamese label that stands beside the key in the schema."""
    return model.model_fields[key].title or key


def mark_of(field: CampaignField) -> Mark:
    return Mark(field.slug, field.label, field.icon or "material/shape-outline")


def unit_link(slug: str, registers: Registers) -> Link:
    return Link(registers.unit_name(slug), f"/dia-ban/{slug}/")


def field_link(slug: str, registers: Registers) -> Link:
    return Link(registers.fields[slug].name, f"/linh-vuc/{slug}/")


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


def profile_card(profile: ContentFile[Profile], standing: Standing, registers: Registers) -> Card:
    record = profile.record
    field = registers.fields[record.field] if record.field else None
    return Card(
        title=record.title,
        address=profile.address,
        summary=record.summary,
        kicker=f"{registers.unit_name(record.unit)} · {record.status.label}",
        mark=mark_of(field) if field else None,
        banner="" if standing is Standing.LIVE else standing.label,
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
    article: ContentFile[Article], standing: Standing, models: tuple[Card, ...], registers: Registers
) -> ArticleView:
    record = article.record
    return ArticleView(
        banner=standing.label,
        date=record.date.vi,
        date_iso=record.date.iso,
        updated=record.updated.vi if record.updated else "",
        updated_iso=record.updated.iso if record.updated else "",
        category=registers.categories[record.category].name,
        genre=record.genre.label if record.genre else "",
        authors=tuple(", ".join(part for part in (a.name, a.role, a.organisation) if part) for a in record.authors),
        units=tuple(unit_link(slug, registers) for slug in record.units),
        fields=tuple(field_link(slug, registers) for slug in record.fields_),
        models=models,
        documents=documents_said(record.documents, registers),
        tags=record.tags,
        source=source_view(record.source),
        figures=tuple(figure_table(figure, registers) for figure in record.figures),
        corrections=tuple(Fact(date_vi(c.date), (Link(c.note),)) for c in record.corrections),
    )


def profile_view(
    profile: ContentFile[Profile], standing: Standing, articles: tuple[Card, ...], registers: Registers
) -> ProfileView:
    record = profile.record
    field = registers.fields[record.field] if record.field else None
    return ProfileView(
        banner=standing.label,
        status=record.status.label,
        mark=mark_of(field) if field else None,
        facts=tuple(_profile_facts(record, registers)),
        history=tuple(_history(record)),
        results=tuple(_results(record, registers)),
        awards=tuple(
            ", ".join(
                part
                for part in (a.title, a.level.label, str(a.year), a.recipient.label if a.recipient else "", a.by)
                if part
            )
            for a in record.awards
        ),
        documents=documents_said(record.documents, registers),
        tags=record.tags,
        source=source_view(record.source),
        articles=articles,
    )


def _profile_facts(record: Profile, registers: Registers) -> Iterator[Fact]:
    def fact(key: str, *values: str | Link | None) -> Fact:
        links = (value if isinstance(value, Link) else Link(value) for value in values if value)
        return Fact(label_of(Profile, key), tuple(links))

    areas = {area.slug: area.name for area in registers.campaign.record.special_areas} if registers.campaign else {}
    lead = record.lead
    yield fact("unit", unit_link(record.unit, registers))
    yield fact("field", field_link(record.field, registers) if record.field else None)
    yield fact("communes", *(unit_link(slug, registers) for slug in record.communes))
    yield fact("place", record.place)
    yield fact("organisation", record.organisation)
    yield fact("lead", ", ".join(part for part in (lead.name, lead.role) if part) if lead else None)
    yield fact("kind", _capital(record.kind.label) if record.kind else None)
    yield fact("level", _capital(record.level.label) if record.level else None)
    yield fact("started", record.started.vi if record.started else None)
    if record.ended:
        yield fact("ended", record.ended.vi)
    if record.reported_at:
        yield fact("reported_at", date_vi(record.reported_at))
    if record.special_areas:
        yield fact("special_areas", *(areas[slug] for slug in record.special_areas))
    yield fact("participants", number_vi(record.participants) if record.participants is not None else None)


def _history(record: Profile) -> Iterator[Fact]:
    for entry in record.history:
        said = ", ".join(part for part in (_capital(entry.status.label), entry.by, entry.note) if part)
        yield Fact(entry.date.vi, (Link(said),))


def _results(record: Profile, registers: Registers) -> Iterator[Fact]:
    for result in record.results:
        unit = registers.units_of_measure[result.unit_of_measure].name if result.unit_of_measure else ""
        as_of = f"(tính đến {result.as_of.vi})" if result.as_of else ""
        yield Fact(result.label, (Link(" ".join(part for part in (number_vi(result.value), unit, as_of) if part)),))


def documents_said(slugs: Iterable[str], registers: Registers) -> tuple[str, ...]:
    """Each document with its number, issuer and date."""
    said = []
    for slug in slugs:
        document = registers.documents[slug]
        dated = f", ngày {date_vi(document.issued)}" if document.issued else ""
        title = f": {document.title}" if document.title and document.number else ""
        said.append(f"{document.name}{dated}, {document.issuer}{title}")
    return tuple(said)


def unit_facts(unit: Unit, registers: Registers) -> Iterator[Fact]:
    def fact(key: str, *values: Link) -> Fact:
        return Fact(label_of(Unit, key), values)

    yield fact("kind", Link(_capital(unit.kind)))
    yield fact("level", Link(_capital(unit.level.label)))
    if unit.code:
        yield fact("code", Link(unit.code))
    if unit.parents:
        yield fact(
            "parents",
            *(Link(registers.unit_name(p.slug) + _span(p.from_, p.to), f"/dia-ban/{p.slug}/") for p in unit.parents),
        )
    if unit.valid_from:
        yield fact("valid_from", Link(date_vi(unit.valid_from)))
    if unit.valid_to:
        yield fact("valid_to", Link(date_vi(unit.valid_to)))
    if unit.replaced_by:
        yield fact(
            "replaced_by",
            *(
                Link(registers.unit_name(s.slug) + (" (một phần)" if s.partly else ""), f"/dia-ban/{s.slug}/")
                for s in unit.replaced_by
            ),
        )
    if unit.act:
        known = unit.act in registers.documents
        yield fact("act", Link(registers.documents[unit.act].name if known else unit.act))
    if unit.source:
        yield fact("source", Link(unit.source))


def _span(first: date | None, last: date | None) -> str:
    if first and last:
        return f" ({date_vi(first)} – {date_vi(last)})"
    if last:
        return f" (đến {date_vi(last)})"
    return f" (từ {date_vi(first)})" if first else ""


def former(unit: Unit, today: date) -> str:
    """The note of a unit that no longer exists."""
    if unit.valid_to is None or unit.valid_to >= today:
        return ""
    return f"Đơn vị hành chính đến {date_vi(unit.valid_to)}. Số liệu trên trang này là của địa bàn cũ."


def by_name(units: Iterable[Unit]) -> list[Unit]:
    """In Vietnamese order of name, then of slug."""
    return sorted(units, key=lambda unit: (sort_key(unit.name), unit.slug))


def _capital(label: str) -> str:
    return label[:1].upper() + label[1:]
