"""Which feeds there are, and their entries but for the bodies: made from front matter and registers alone."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from html import escape
from typing import NamedTuple
from urllib.parse import quote, urlsplit

from ..fingerprint import digest
from ..last_changes import article_changed, day_as_moment
from ..memory import InPart
from ..pages.catalog import Catalog
from ..pages.corrections import CORRECTIONS_TITLE, ON_ARTICLE
from ..pages.page import CATEGORIES, CORRECTIONS, FIELDS, HOME, MODELS, STATUSES, TAGS, UNITS, feed_of
from ..presenting import pictures_of, source_view
from ..schema.content import Article, Author, HistoryEntry, ModelStatus, Profile
from ..schema.dates import VIETNAM
from ..source import ContentFile
from ..text import capitalised, date_vi, slugify
from ..views import Picture


class Term(NamedTuple):
    """What an entry is about: a step under an address of the site (`scheme`), and its name."""

    scheme: str
    step: str
    label: str


class Head(NamedTuple):
    """An entry but for the body of the record at `address`, of which there is none when it is empty; before that its summary
    stands. `before` and `after` are HTML that stands around it. Moments are as RFC 3339 writes them; addresses are absolute."""

    id: str
    url: str
    title: str
    summary: str
    published: str
    updated: str
    authors: tuple[str, ...]
    terms: tuple[Term, ...]
    image: str
    address: str
    before: str
    after: str


class Publisher(NamedTuple):
    """Who all feeds are by; `site` is the address of the portal, without a slash at its end."""

    name: str
    site: str

    @property
    def host(self) -> str:
        return urlsplit(self.site).hostname or ""


class Channel(NamedTuple):
    """A feed: `page` is the page it belongs to, `entries` are numbers of heads, the newest first."""

    page: str
    title: str
    summary: str
    entries: tuple[int, ...]

    @property
    def address(self) -> str:
        return feed_of(self.page)


ON_A_SHELF = 64  # heads: an edit of a body asks for one of thousands


@dataclass(frozen=True)
class HeadShelf(InPart):
    """Some heads, in order."""

    AT_HAND = ()
    REST = ("heads",)

    heads: tuple[Head, ...]


@dataclass(frozen=True)
class Channels:
    """`names` name the heads, `shows` say which body each shows, by its address, `updated` when each was changed last."""

    channels: tuple[Channel, ...]
    names: tuple[str, ...]
    shows: tuple[str, ...]
    updated: tuple[str, ...]
    publisher: Publisher
    shelves: tuple[HeadShelf, ...]

    def shelf_of(self, number: int) -> HeadShelf:
        return self.shelves[number // ON_A_SHELF]

    def head(self, number: int) -> Head:
        return self.shelf_of(number).heads[number % ON_A_SHELF]


NO_CHANNELS = Channels((), (), (), (), Publisher("", ""), ())


def channels(catalog: Catalog) -> Channels:
    """The feed of the site, of each category, unit and field with an article, of what becomes of models, of corrections."""
    made = _Heads(catalog)
    campaign = catalog.campaign
    texts = campaign.texts
    articles = {article.path: made.add(made.article(article)) for article in catalog.records.articles}

    said = _said_of_articles(catalog)
    found = [
        Channel(page, *said[page], tuple(articles[one.path] for one in members))
        for page, members in catalog.articles_fed.items()
    ]
    for page, title, summary, entries in (
        (MODELS, texts.models, "Các mô hình đổi trạng thái.", made.steps()),
        (CORRECTIONS, CORRECTIONS_TITLE, "Mọi đính chính của các tin, bài trên cổng.", made.corrections()),
    ):
        if catalog.feed_at(page):
            found.append(Channel(page, f"{campaign.name}: {title}", summary, made.add_all(entries)))
    heads = made.heads
    names = tuple(digest(repr(head)) for head in heads)
    shelves = tuple(HeadShelf(tuple(heads[at : at + ON_A_SHELF])) for at in range(0, len(heads), ON_A_SHELF))
    shows, updated = (tuple(getattr(head, key) for head in heads) for key in ("address", "updated"))
    return Channels(tuple(found), names, shows, updated, Publisher(campaign.publisher.name, made.site), shelves)


def _said_of_articles(catalog: Catalog) -> dict[str, tuple[str, str]]:
    """Title and summary of the feed of articles that each page may have."""
    campaign, registers = catalog.campaign, catalog.registers
    said = {HOME: (campaign.name, f"{campaign.texts.articles}, mới nhất trước.")}
    for category in registers.categories:
        summary = category.description or f"Bài trong chuyên mục {category.name}."
        said[f"{CATEGORIES}{category.slug}/"] = (f"{campaign.name}: {category.name}", summary)
    for unit in registers.units:
        name = registers.unit_name(unit.slug)
        said[f"{UNITS}{unit.slug}/"] = (f"{campaign.name}: {capitalised(name)}", f"Tin bài về {name}.")
    for field in registers.fields:
        summary = field.description or f"Tin bài về lĩnh vực {field.name}."
        said[f"{FIELDS}{field.slug}/"] = (f"{campaign.name}: {field.name}", summary)
    return said


class _Heads:
    """Makes the heads of entries, each once."""

    def __init__(self, catalog: Catalog) -> None:
        self.heads: list[Head] = []
        self._terms: dict[tuple[str, str], Term] = {}
        self._catalog = catalog
        self._registers = catalog.registers
        self.site = catalog.campaign.site_url.rstrip("/")
        self._host = urlsplit(self.site).hostname or ""

    def add(self, head: Head) -> int:
        self.heads.append(head)
        return len(self.heads) - 1

    def add_all(self, heads: Iterable[Head]) -> tuple[int, ...]:
        """Their numbers, the newest first."""
        ordered = sorted(heads, key=lambda head: (head.published, head.id), reverse=True)
        return tuple(map(self.add, ordered))

    def article(self, file: ContentFile[Article]) -> Head:
        record = file.record
        pictures = pictures_of(record.images, self._catalog.pictures)
        return Head(
            id=self._id(file),
            url=self.site + file.address,
            title=record.title,
            summary=record.summary,
            published=rfc3339(record.date.at),
            updated=rfc3339(max(record.date.at, article_changed(record, self._catalog.today).at)),
            authors=tuple(filter(None, map(_author, record.authors))),
            terms=tuple(self._terms_of_article(record)),
            image=self.site + pictures[0].files.largest if pictures and pictures[0].files.largest else "",
            address=file.address,
            before="".join(map(self._figure, pictures[:1])),
            after="".join([*map(self._figure, pictures[1:]), *_said_below(record)]),
        )

    def _terms_of_article(self, record: Article) -> Iterator[Term]:
        yield self._term(CATEGORIES, record.category, self._registers.categories[record.category].name)
        for slug in record.units:
            yield self._term(UNITS, slug, self._registers.unit_name(slug))
        for slug in record.fields_:
            yield self._term(FIELDS, slug, self._registers.fields[slug].name)
        yield from (self._term(TAGS, slugify(tag), tag) for tag in record.tags if slugify(tag))

    def steps(self) -> Iterator[Head]:
        """The dated steps in the lives of public models, but those that are never public."""
        for file in self._catalog.records.models:
            times: Counter[ModelStatus] = Counter()
            for entry in file.record.history:
                times[entry.status] += 1
                if self._catalog.is_told(entry):
                    yield self._step(file, entry, times[entry.status])

    def _step(self, file: ContentFile[Profile], entry: HistoryEntry, number: int) -> Head:
        """`number` tells apart that a model came to one status several times."""
        record, when = file.record, rfc3339(day_as_moment(entry.date.first_day).at)
        unit = self._registers.unit_name(record.unit)
        title = f"{record.title}: {entry.status.label}"
        by = f", {entry.by}" if entry.by else ""
        said = f"{capitalised(entry.status.label)} ({entry.date.vi}{by}). {capitalised(unit)}."
        parts = [said, *([entry.note] if entry.note else []), record.summary]
        terms = [self._term(UNITS, record.unit, unit), self._term(STATUSES, entry.status.value, entry.status.label)]
        if record.field:
            terms.append(self._term(FIELDS, record.field, self._registers.fields[record.field].name))
        return Head(
            id=f"{self._id(file)}{entry.status.value}/{number}",
            url=self.site + file.address,
            title=title,
            summary=said,
            published=when,
            updated=when,
            authors=(),
            terms=tuple(terms),
            image="",
            address="",
            before="".join(f"<p>{escape(part)}</p>" for part in parts) + self._link(file.address, "Xem hồ sơ mô hình"),
            after="",
        )

    def corrections(self) -> Iterator[Head]:
        for file in self._catalog.records.articles:
            days: Counter[date] = Counter()
            for correction in file.record.corrections:
                days[correction.date] += 1
                if correction.date > self._catalog.today:
                    continue
                yield self._correction(file, correction.date, correction.note, days[correction.date])

    def _correction(self, file: ContentFile[Article], day: date, note: str, number: int) -> Head:
        """`number` tells those of one day apart, in the order they are written."""
        when, address = rfc3339(day_as_moment(day).at), file.address + ON_ARTICLE
        return Head(
            id=f"{self._id(file)}{CORRECTIONS[1:]}{day.isoformat()}/{number}",
            url=self.site + address,
            title=f"Đính chính: {file.record.title}",
            summary=note,
            published=when,
            updated=when,
            authors=(),
            terms=(),
            image="",
            address="",
            before=f"<p>{escape(note)}</p>" + self._link(address, "Xem bài đã đính chính"),
            after="",
        )

    def _id(self, file: ContentFile[Article] | ContentFile[Profile]) -> str:
        """Of where a record stood first, as far as it tells, so that an entry keeps its id when the record moves: the first of
        its old addresses that a record may have; an address of another form never was its own."""
        first = next((alias for alias in file.record.aliases if _OF_RECORD.fullmatch(alias)), file.address)
        year = _YEAR.search(first)
        return tag_uri(self._host, year[1] if year else YEAR_OF_TAGS, first)

    def _term(self, address: str, step: str, label: str) -> Term:
        """Each is made once: most are those of thousands of entries."""
        found = self._terms.get((address, step))
        if found is None or found.label != label:
            found = self._terms[address, step] = Term(self.site + address, step, label)
        return found

    def _link(self, address: str, said: str) -> str:
        return f'<p><a href="{escape(self.site + address)}">{said}</a></p>'

    def _figure(self, picture: Picture) -> str:
        files = picture.files
        source = files.largest or picture.address
        said = " ".join(filter(None, (picture.caption, f"Ảnh: {picture.credit}" if picture.credit else "")))
        caption = f"<figcaption>{escape(said)}</figcaption>" if said else ""
        size = f'width="{files.width}" height="{files.height}"'
        return f'<figure><img src="{escape(self.site + source)}" alt="{escape(picture.alt)}" {size}>{caption}</figure>'


def _said_below(record: Article) -> Iterator[str]:
    """What stands below a body: corrections and the source."""
    for correction in record.corrections:
        yield f"<p><strong>Đính chính {date_vi(correction.date)}:</strong> {escape(correction.note)}</p>"
    if source := source_view(record.source):
        named = f"{source.name}: {source.title}" if source.title else source.name
        link = f'<a href="{escape(source.url)}">{escape(named)}</a>' if source.url else escape(named)
        yield f"<p>Nguồn: {link}</p>"


YEAR_OF_TAGS = "2005"  # in which they were made known: of what has no year, it is as good as any that stays
_OF_RECORD = re.compile(r"/tin-tuc/\d{4}/[a-z0-9-]+/?|/mo-hinh/(?:[a-z0-9-]+/){0,1}[a-z0-9-]+/?")
_YEAR = re.compile(r"/((?:19|20)\d\d)/")


def tag_uri(host: str, year: str, address: str) -> str:
    """A name for good, whatever becomes of the address (RFC 4151)."""
    return f"tag:{host},{year}:{quote(address, safe='/-._~')}"


def _author(author: Author) -> str:
    return ", ".join(filter(None, (author.name, author.organisation)))


def rfc3339(moment: datetime) -> str:
    return moment.astimezone(VIETNAM).isoformat(timespec="seconds")
