"""What templates draw: small frozen values with everything already in words."""

from __future__ import annotations

from dataclasses import dataclass

from .figure_tables import FigureTable
from .linked_views import SharedImage
from .picture_markup import PictureFiles


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
class Status:
    """Where a model stands, as a badge: its sign comes from the stylesheet by key. Where nothing else is to be followed it
    leads to the models that stand there too."""

    key: str
    label: str
    address: str = ""


@dataclass(frozen=True)
class Picture:
    """A picture: its address in the site, what it shows, whose it is, and the files that are made of it."""

    address: str
    alt: str
    caption: str
    credit: str
    files: PictureFiles

    @property
    def small(self) -> str:
        """What a card shows of it, as `PictureFiles.small` says."""
        return self.files.small(self.address)


@dataclass(frozen=True)
class Card:
    """One entry of a list: the same wherever it stands."""

    title: str
    address: str
    summary: str
    date_iso: str = ""
    date: str = ""
    kicker: str = ""
    mark: Mark | None = None
    status: Status | None = None
    banner: str = ""
    year: str = ""
    cover: Picture | None = None


@dataclass(frozen=True)
class Entry:
    """A card in a list, by its name (of all it shows): a site has twenty times as many entries as cards. `reason` says
    why it is shown where that isn't plain."""

    card: str
    address: str
    reason: str = ""

    def because(self, reason: str) -> Entry:
        return Entry(self.card, self.address, reason)


@dataclass(frozen=True)
class SourceView:
    name: str
    title: str
    url: str
    published: str
    published_iso: str
    rights: str


@dataclass(frozen=True)
class AttachmentView:
    """A file beside a record. `kind` is audio, video or document; `address` is in the site, else `url`."""

    title: str
    kind: str
    label: str
    address: str
    url: str
    transcript: str


@dataclass(frozen=True)
class Beside:
    """What stands beside an article: its neighbours in the category, others of it, and what to read next."""

    newer: Link | None
    older: Link | None
    others: tuple[Entry, ...]
    to_read: tuple[Entry, ...]


@dataclass(frozen=True)
class Byline:
    """An author: the organisation they sign for leads to what it signed."""

    name: str
    role: str
    values: tuple[Link, ...]

    @property
    def label(self) -> str:
        return f"{self.name}, {self.role}" if self.role else self.name


@dataclass(frozen=True)
class ArticleView:
    """`changed_iso` is the last change that is told, `corrected_iso` the day of each correction. `image` is shown where the
    article is shared."""

    banner: str
    date: str
    date_iso: str
    updated: str
    updated_iso: str
    changed_iso: str
    category: Link
    genre: Link | None
    is_wide: bool  # a feature: pictures and tables wider than the text
    pictures: tuple[Picture, ...]
    attachments: tuple[AttachmentView, ...]
    authors: tuple[Byline, ...]
    models: tuple[Entry, ...]
    titles: tuple[str, ...]  # of the models
    documents: tuple[Link, ...]
    source: SourceView | None
    figures: tuple[FigureTable, ...]
    corrections: tuple[Fact, ...]
    corrected_iso: tuple[str, ...]
    beside: Beside
    units: Fact
    fields: Fact
    tags: Fact
    image: SharedImage

    @property
    def facts(self) -> tuple[Fact, ...]:
        """Only what the article says: an article without places is not one of unknown places."""
        return tuple(fact for fact in (self.units, self.fields, self.tags) if fact.values)


@dataclass(frozen=True)
class FeedRow:
    """What a feed is of, and its site path without the suffix of a format."""

    of: Link
    stem: str


@dataclass(frozen=True)
class TableToEmbed:
    caption: str
    path: str


@dataclass(frozen=True)
class PartnersView:
    """`places` leads to the pages of places, each of which may have a feed."""

    feeds: tuple[FeedRow, ...]
    places: Link | None
    tables: tuple[TableToEmbed, ...]
    statistics: Link


@dataclass(frozen=True)
class PageView:
    """An ordinary page, beside its body."""

    pictures: tuple[Picture, ...]


@dataclass(frozen=True)
class Criterion:
    """An item of a set of criteria: `most` is empty when the set gives it no points, `points` when it isn't scored."""

    id: str
    text: str
    most: str
    points: str = ""


@dataclass(frozen=True)
class EvaluationView:
    """How a model was scored: every item of the set, and in words what the points come to."""

    facts: tuple[Fact, ...]
    criteria: str  # the slug of the set
    items: tuple[Criterion, ...]
    outcome: str


@dataclass(frozen=True)
class Shelf:
    """The entries of one kind on one page of a list; `total` is how many the list has."""

    key: str
    label: str
    cards: tuple[Entry, ...]
    total: int


@dataclass(frozen=True)
class Pager:
    """The pages of a list; the current one and a gap have no address."""

    current: int
    last: int
    links: tuple[Link, ...]
    previous: str
    next: str


@dataclass(frozen=True)
class ListView:
    """One page of a list; `links` lead to the lists inside it."""

    shelves: tuple[Shelf, ...]
    pager: Pager | None
    links: tuple[Fact, ...] = ()


EMPTY_LIST = ListView((), None)


@dataclass(frozen=True)
class IndexView:
    """Ways in: of each group the first link leads, the others stand under it; a label stands above."""

    groups: tuple[Fact, ...]


@dataclass(frozen=True)
class Number:
    """A number of the campaign, leading to the table it is from."""

    value: str
    label: str
    address: str


@dataclass(frozen=True)
class HomeView:
    lead: Entry | None
    articles: tuple[Entry, ...]
    models: tuple[Entry, ...]
    numbers: tuple[Number, ...]
    fields: tuple[tuple[Mark, Link], ...]
    places: tuple[Link, ...]


@dataclass(frozen=True)
class FieldsView:
    fields: tuple[tuple[Mark, Card], ...]
    unknown: int  # profiles whose field the source does not say


@dataclass(frozen=True)
class FieldView:
    mark: Mark
    statistics: str
    listing: ListView = EMPTY_LIST


@dataclass(frozen=True)
class DocumentRow:
    """A document in the table of the library. `file` is in the site, `url` elsewhere."""

    address: str
    kind: str
    number: str
    issuer: str
    issued_iso: str
    issued: str
    effective_iso: str
    effective: str
    title: str
    file: str
    url: str


@dataclass(frozen=True)
class DocumentsView:
    rows: tuple[DocumentRow, ...]
    groups: tuple[Fact, ...]


@dataclass(frozen=True)
class DocumentView:
    facts: tuple[Fact, ...]
    articles: tuple[Entry, ...]
    models: tuple[Entry, ...]
    criteria: tuple[Link, ...]  # the sets of criteria it gives


@dataclass(frozen=True)
class CorrectionRow:
    """One correction, leading to those of its article."""

    date_iso: str
    date: str
    note: str
    article: Link


@dataclass(frozen=True)
class CorrectionsView:
    rows: tuple[CorrectionRow, ...]
