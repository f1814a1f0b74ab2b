"""Which cards for sharing there are, and which one a page uses: a picture for each category, field and field of a province,
and one for the rest. What they look like is `drawing.sharing_cards`.

Social networks keep a picture by its address for weeks. So the name of a card's file says what it is of, for people, and
holds a hash of what stands on it: other words are another file, and the same ones keep theirs, whatever else changes.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import astuple, dataclass
from functools import cached_property
from urllib.parse import urlsplit

from .fingerprint import digest
from .linked_views import SharedImage
from .listing import Records
from .registers import Registers
from .schema.content import Profile
from .schema.data import Campaign, Term
from .schema.figure import Level
from .source import ContentFile
from .statistics import counted
from .text import capitalised

FOLDER = "assets/the-chia-se/"
SIZE = (1200, 630)  # pixels: what networks ask for
DESIGN = "1"  # to be changed with the look of cards where networks should fetch all of them again
# As overrides/stylesheets/portal.css has them: --portal-brand, and --field-color of a field without a colour.
BRAND, UNCOLOURED = "#9b1b1e", "#455a64"
_HASH = 8  # letters: of cards of one name two share one by chance once in four billion


@dataclass(frozen=True)
class SharingCard:
    """What stands on a card, from its top to its bottom; empty texts are left out. `key` names it for people."""

    key: str
    colour: str
    campaign: str
    kind: str
    title: str
    place: str
    site: str

    @cached_property
    def name(self) -> str:
        """Of all that is seen on it."""
        return digest(DESIGN, *astuple(self)[1:])

    @property
    def path(self) -> str:
        """Of its file in the site."""
        return f"{FOLDER}{self.key}--{self.name[:_HASH]}.jpg"

    @property
    def image(self) -> SharedImage:
        """As pages tell it."""
        return SharedImage(f"/{self.path}", *SIZE, self.alt)

    @property
    def alt(self) -> str:
        """In words, for who does not see it."""
        said = ", ".join(part for part in (self.title, self.place) if part)
        return f"{said} – {self.campaign}" if self.campaign else said


@dataclass(frozen=True)
class SharingCards:
    """The cards of a campaign. Each is made when it is asked for, equal ones alike."""

    registers: Registers
    campaign: Campaign

    @cached_property
    def default(self) -> SharingCard:
        """Of the home page, ordinary pages, statistics: of whatever has no card of its own."""
        said = self.campaign.texts.banner or ""
        return SharingCard("cong", BRAND, "", "", self.campaign.name, said, self._site)

    def card_for_article(self, category: str) -> SharingCard:
        """Of the articles of a category that have no photo, and of the list of them all."""
        term = self.registers.categories[category]
        return self._card(f"chuyen-muc--{category}", term.color or BRAND, self.campaign.texts.articles, term.name)

    def card_for_profile(self, field: str | None, province: str | None) -> SharingCard:
        """Of the models of a field in a province, by slug; empty where the one or the other is not known. Without a
        province it is the card of the field as well."""
        term = self.registers.fields[field] if field else None
        place = capitalised(self.registers.units[province].full_name) if province else ""
        kind = self.campaign.texts.models
        if term is None:
            return self._card(f"dia-ban--{province}", UNCOLOURED, kind, place) if province else self.default
        key = f"{field}--{province}" if province else f"linh-vuc--{field}"
        return self._card(key, _colour(term), kind, term.name, place)

    def card_of(self, model: ContentFile[Profile]) -> SharingCard:
        """Of one model."""
        return self.card_for_profile(model.record.field, province_of(model, self.registers))

    def cards_of(self, records: Records) -> tuple[SharingCard, ...]:
        """Every card that a page uses, once, by path. Categories and fields have pages of their own, whoever is listed
        there; of a province only what its models need."""
        found = {card.path: card for card in self._used(records)}
        return tuple(found[path] for path in sorted(found))

    def _used(self, records: Records) -> Iterator[SharingCard]:
        yield self.default
        yield from (self.card_for_article(category.slug) for category in self.registers.categories)
        yield from (self.card_for_profile(field.slug, None) for field in self.registers.fields)
        pairs = {(model.record.field, province_of(model, self.registers)) for model in records.models}
        yield from (self.card_for_profile(field, province) for field, province in pairs)

    def _card(self, key: str, colour: str, kind: str, title: str, place: str = "") -> SharingCard:
        return SharingCard(key, colour, self.campaign.name, kind, title, place, self._site)

    @cached_property
    def _site(self) -> str:
        return shown_host(self.campaign.site_url)


def province_of(model: ContentFile[Profile], registers: Registers) -> str | None:
    """The province that a model was in at its time, by slug; None where the register knows of none. Of provinces that
    were merged since, the model stays with the one that counts it."""
    path = counted(model, registers).path
    return next((slug for slug in path if registers.units[slug].level is Level.PROVINCE), None)


def shown_host(site_url: str) -> str:
    """A site's address as people say it: without scheme, in the letters of its language."""
    parts = urlsplit(site_url)
    host = parts.netloc
    try:
        host = host.encode("ascii").decode("idna")
    except UnicodeError:  # not a name, or none that this rule knows: as it is written
        host = parts.netloc
    return host + parts.path.rstrip("/")


def _colour(term: Term) -> str:
    return term.color or UNCOLOURED
