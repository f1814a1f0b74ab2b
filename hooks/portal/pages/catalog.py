"""The public records, with the look-ups that pages share. Each is made once, when first asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TypeVar

from ..awards import Given, given
from ..contradictions import Contradiction, contradictions
from ..figure_tables import FigureTable, figure_table
from ..fingerprint import digest
from ..gallery import by_place
from ..kinship import Kinship
from ..lineage import Lineage
from ..listing import Records, Term, article_order, by_category, model_order
from ..pictures import Pictures
from ..presenting import article_card, profile_card
from ..presenting_units import by_name
from ..registers import Registers
from ..reported import Reported, all_reported, as_repeated
from ..schema.content import NEVER_PUBLIC, Article, HistoryEntry, OrdinaryPage, Profile
from ..schema.data import Campaign, Unit
from ..schema.figure import Level, figure_id
from ..sharing import SharingCards
from ..source import ContentFile
from ..standing import Standing, parent_on
from ..statistics import Counted, counted
from ..territory import Kin, Stretch
from ..text import match_key
from ..views import Card, Entry, Link
from .page import CATEGORIES, CORRECTIONS, FIELDS, HOME, MODELS, UNITS, feed_of


@dataclass(frozen=True)
class Public:
    """The records that have a page now, each with its standing."""

    articles: tuple[tuple[ContentFile[Article], Standing], ...]
    profiles: tuple[tuple[ContentFile[Profile], Standing], ...]
    ordinary: tuple[ContentFile[OrdinaryPage], ...]

    @cached_property
    def records(self) -> Records:
        """What lists may hold: everything public but expired articles, in display order."""
        articles = (a for a, standing in self.articles if standing is not Standing.EXPIRED)
        models = (p for p, _ in self.profiles)
        return Records(tuple(sorted(articles, key=article_order)), tuple(sorted(models, key=model_order)))


@dataclass(frozen=True)
class Located:
    """Models whose address names a place, on the page of a unit that the place lies in, or `possibly` lies in."""

    place: Unit
    possibly: bool
    models: tuple[ContentFile[Profile], ...]


@dataclass(frozen=True)
class Catalog:
    public: Public
    registers: Registers
    campaign: Campaign
    today: date
    relate: Callable[[], Kinship]  # finds the kinship of its records
    pictures: Pictures

    def prepare(self) -> None:
        """Find what most parts of the pages look at, before they are made in several processes, which would find it each
        again. Cards are left to the parts that hold lists: one process may well make these while another makes tables."""
        _ = (self.kinship, self.reported, self._of_article)

    @cached_property
    def kinship(self) -> Kinship:
        return self.relate()

    @cached_property
    def standing(self) -> dict[str, Standing]:
        """By path."""
        return {record.path: standing for record, standing in (*self.public.articles, *self.public.profiles)}

    @property
    def records(self) -> Records:
        return self.public.records

    @cached_property
    def latest(self) -> tuple[ContentFile[Article], ...]:
        """The articles of the latest lists: an archived one keeps its place everywhere else."""
        return tuple(a for a in self.records.articles if self.standing[a.path] is not Standing.ARCHIVED)

    @cached_property
    def counted(self) -> tuple[Counted, ...]:
        """The profiles that tables count."""
        return tuple(counted(p, self.registers) for p, standing in self.public.profiles if standing.counted)

    @cached_property
    def awards(self) -> tuple[Given, ...]:
        """The awards of those profiles, in the order of a roll of honour."""
        return given(self.counted)

    @cached_property
    def units_with_awards(self) -> frozenset[str]:
        """The units that count an award: their own or of a unit under them at its time."""
        return frozenset(slug for one in self.awards for slug in one.to.path)

    @cached_property
    def _reporting(self) -> tuple[ContentFile[Article], ...]:
        """The articles whose figures stand in tables, by address."""
        counted = (article for article, standing in self.public.articles if standing.counted)
        return tuple(sorted(counted, key=lambda article: article.address))

    @cached_property
    def contradictions(self) -> tuple[Contradiction, ...]:
        """The discrepancies declared in them."""
        return contradictions(self._reporting)

    @cached_property
    def reported(self) -> tuple[Reported, ...]:
        """Their figure sets, newest first."""
        return all_reported(self._reporting, self.contradictions, self.registers)

    @cached_property
    def reported_by_name(self) -> dict[str, list[Reported]]:
        """The same as `repeat:` names them."""
        return as_repeated(self.reported)

    def figures_of(self, article: ContentFile[Article]) -> tuple[FigureTable, ...]:
        """The tables of an article's own figures, in its order; also of one whose figures stand in no table."""
        if self.standing[article.path].counted:
            known, sets = self._of_article
        else:
            declared = contradictions((article,))
            known, sets = _by_article(declared), _by_article(all_reported((article,), declared, self.registers))
        by_id = {reported.id: reported for reported in sets.get(article.path, ())}
        return tuple(
            figure_table(by_id[key], [c for c in known.get(article.path, ()) if c.figure is figure], self.registers)
            for figure in article.record.figures
            for key in (figure_id(figure),)
        )

    @cached_property
    def _of_article(self) -> tuple[dict[str, list[Contradiction]], dict[str, list[Reported]]]:
        """Discrepancies and figure sets by the path of their article."""
        return _by_article(self.contradictions), _by_article(self.reported)

    @cached_property
    def reported_of_unit(self) -> dict[str, tuple[Reported, ...]]:
        """What was reported of each unit, by slug."""
        return _by_unit((reported.figure.unit, reported) for reported in self.reported)

    @cached_property
    def reported_below(self) -> dict[str, tuple[Reported, ...]]:
        """What was reported of the units directly under a unit at the time of the figure, by the upper unit's slug."""
        units = self.registers.units
        above = ((parent_on(units[r.figure.unit], r.day(self.registers)), r) for r in self.reported)
        return _by_unit((slug, reported) for slug, reported in above if slug)

    @cached_property
    def units_with_statistics(self) -> frozenset[str]:
        """The units that have a page of tables, counted or reported."""
        counted = {slug for profile in self.counted for slug in profile.path}
        return frozenset({*counted, *self.reported_of_unit, *self.reported_below})

    @cached_property
    def fields_with_statistics(self) -> frozenset[str]:
        """The fields that have a page of tables, counted or reported."""
        fields = [field.slug for field in self.registers.fields]
        counted = {profile.field for profile in self.counted}
        return frozenset(f for f in fields if f in counted or any(r.of_field(f).cells for r in self.reported))

    @cached_property
    def _named_cards(self) -> dict[str, tuple[str, Card]]:
        """The card of every record with its name, by path."""
        cards = {a.path: article_card(a, s, self.registers) for a, s in self.public.articles}
        cards.update({p.path: profile_card(p, s, self.pictures, self.registers) for p, s in self.public.profiles})
        return {path: (digest(repr(card)), card) for path, card in cards.items()}

    @cached_property
    def cards(self) -> dict[str, Card]:
        """The card of every record, by name."""
        return dict(self._named_cards.values())

    @cached_property
    def entry_of(self) -> dict[str, Entry]:
        """The entry of every record in a list, by path."""
        return {path: Entry(name, card.address) for path, (name, card) in self._named_cards.items()}

    @cached_property
    def entry_at(self) -> dict[str, Entry]:
        """The same of the listed ones by address."""
        return {record.address: self.entry_of[record.path] for record in (*self.records.articles, *self.records.models)}

    def entries(self, records: tuple[ContentFile, ...]) -> tuple[Entry, ...]:
        return tuple(self.entry_of[record.path] for record in records)

    @cached_property
    def model_by_slug(self) -> dict[str, ContentFile[Profile]]:
        return {p.slug: p for p, _ in self.public.profiles}

    @cached_property
    def lineage(self) -> Lineage:
        """Which listed model learnt from which."""
        return Lineage(self.records.models)

    @cached_property
    def articles_of_model(self) -> dict[str, tuple[ContentFile[Article], ...]]:
        """The listed articles that name a model, by its slug."""
        found: dict[str, list[ContentFile[Article]]] = {}
        for article in self.records.articles:
            for slug in article.record.models:
                found.setdefault(slug, []).append(article)
        return {slug: tuple(articles) for slug, articles in found.items()}

    @cached_property
    def categories(self) -> dict[str, Term]:
        return {term.key: term for term in by_category(self.records, self.registers)}

    @cached_property
    def units_by_name(self) -> tuple[Unit, ...]:
        return tuple(by_name(self.registers.units))

    @cached_property
    def stretches(self) -> tuple[Stretch, ...]:
        """The stretches of time that places are looked at in; today's is the last."""
        return self.registers.territory.stretches(self.today)

    @cached_property
    def so_named(self) -> dict[str, tuple[Unit, ...]]:
        """The units of one name, whatever their kind and time, by the key of the name."""
        found: dict[str, list[Unit]] = {}
        for unit in self.units_by_name:
            found.setdefault(match_key(unit.name), []).append(unit)
        return {key: tuple(units) for key, units in found.items()}

    @cached_property
    def articles_of_unit(self) -> dict[str, tuple[ContentFile[Article], ...]]:
        """The listed articles about a unit or a unit that was ever under it, by slug."""
        found: dict[str, list[ContentFile[Article]]] = {}
        for article in self.records.articles:
            for slug in self.above_ever(_named_by(article)):
                found.setdefault(slug, []).append(article)
        return {slug: tuple(articles) for slug, articles in found.items()}

    def above_ever(self, slugs: Iterable[str]) -> tuple[str, ...]:
        """These units and those they were ever under, by slug."""
        waiting, found = list(slugs), set[str]()
        while waiting:
            slug = waiting.pop()
            if slug not in found:
                found.add(slug)
                waiting.extend(parent.slug for parent in self.registers.units[slug].parents)
        return tuple(sorted(found))

    def places_of_article(self, article: ContentFile[Article]) -> tuple[str, ...]:
        """The units an article is found by: those of `articles_of_unit`, and those of today that the named ones lie in, by
        slug."""
        named = _named_by(article)
        return tuple(sorted({*self.above_ever(named), *(unit for slug in named for unit in self._lie_in(slug))}))

    def places_of_model(self, model: ContentFile[Profile]) -> tuple[str, ...]:
        """The units a model is found by: those of `models_of_unit`, and of those of `located` the certain ones, by slug."""
        return self._places_of_models[model.path]

    @cached_property
    def models_of_place(self) -> Mapping[str, tuple[ContentFile[Profile], ...]]:
        """The listed models that are found by a unit, by its slug."""
        return by_place(self.records.models, self.places_of_model)

    @cached_property
    def _places_of_models(self) -> dict[str, tuple[str, ...]]:
        found = {}
        for model in self.records.models:
            places = model.record.communes or (model.record.unit,)
            path = counted(model, self.registers).path
            found[model.path] = tuple(sorted({*path, *(unit for slug in places for unit in self._lie_in(slug))}))
        return found

    def _lie_in(self, slug: str) -> Iterator[str]:
        """A unit, and the units of today that surely hold the whole of it."""
        return (holder.unit.slug for holder in self._holders[slug] if not holder.partly)

    @cached_property
    def models_of_unit(self) -> dict[str, tuple[ContentFile[Profile], ...]]:
        """The listed models a unit counts: its own and those of units it was above at their time."""
        found: dict[str, list[ContentFile[Profile]]] = {}
        for model in self.records.models:
            for slug in counted(model, self.registers).path:
                found.setdefault(slug, []).append(model)
        return {slug: tuple(models) for slug, models in found.items()}

    @cached_property
    def located(self) -> dict[str, tuple[Located, ...]]:
        """The listed models that are in a unit by their address but not counted with it, by the unit's slug: those of
        a place that lies there today, and of a place that is gone at the place itself. Places by name."""
        found: dict[str, dict[tuple[str, bool], list[ContentFile[Profile]]]] = {}
        for model in self.records.models:
            path = counted(model, self.registers).path
            for place in model.record.communes or (model.record.unit,):
                for holder in self._holders[place]:
                    slug = holder.unit.slug
                    if slug not in path:
                        found.setdefault(slug, {}).setdefault((place, holder.partly), []).append(model)
        order = {unit.slug: index for index, unit in enumerate(self.units_by_name)}
        return {
            slug: tuple(
                Located(self.registers.units[place], possibly, tuple(models))
                for (place, possibly), models in sorted(places.items(), key=lambda entry: order[entry[0][0]])
            )
            for slug, places in found.items()
        }

    @cached_property
    def _holders(self) -> dict[str, tuple[Kin, ...]]:
        """Of each place that records name: itself, and the units of today it lies in. Of a place larger than a commune
        only those that hold the whole of it: it may have gone to many."""
        models = (slug for m in self.records.models for slug in m.record.communes or (m.record.unit,))
        articles = (slug for article in self.records.articles for slug in _named_by(article))
        found = {}
        for slug in dict.fromkeys((*models, *articles)):
            unit = self.registers.units[slug]
            certain_only = unit.level is not Level.COMMUNE
            today = self.registers.territory.holders_on(unit, self.today)
            lasting = (kin for kin in today if kin.unit.slug != slug and not (kin.partly and certain_only))
            found[slug] = (Kin(unit, False), *lasting)
        return found

    @cached_property
    def sharing(self) -> SharingCards:
        return SharingCards(self.registers, self.campaign)

    @cached_property
    def articles_fed(self) -> dict[str, tuple[ContentFile[Article], ...]]:
        """Those of each page that has a feed of articles, by its address, in the order of the registers."""
        registers, articles = self.registers, self.records.articles
        lists = {
            HOME: articles,
            **{f"{CATEGORIES}{one.slug}/": self.categories[one.slug].articles for one in registers.categories},
            **{f"{UNITS}{one.slug}/": self.articles_of_unit.get(one.slug, ()) for one in registers.units},
            **{
                f"{FIELDS}{one.slug}/": tuple(a for a in articles if one.slug in a.record.fields_)
                for one in registers.fields
            },
        }
        return {page: members for page, members in lists.items() if members}

    def feed_at(self, page: str) -> str:
        """The feed of a page, as `Page.feed` has it; empty where it has none."""
        if page == MODELS:
            has_entries = any(self.is_told(step) for model in self.records.models for step in model.record.history)
        elif page == CORRECTIONS:
            has_entries = any(c.date <= self.today for a in self.records.articles for c in a.record.corrections)
        else:
            has_entries = page in self.articles_fed
        return feed_of(page) if has_entries else ""

    def is_told(self, step: HistoryEntry) -> bool:
        """Whether a step in the life of a model is public, and has come."""
        return step.status not in NEVER_PUBLIC and step.date.first_day <= self.today

    @property
    def home_link(self) -> Link:
        return Link(self.campaign.texts.home, HOME)


def _named_by(article: ContentFile[Article]) -> list[str]:
    return [*article.record.units, *(figure.unit for figure in article.record.figures)]


A = TypeVar("A", Contradiction, Reported)


def _by_article(found: Iterable[A]) -> dict[str, list[A]]:
    by_path: dict[str, list[A]] = {}
    for one in found:
        by_path.setdefault(one.article.path, []).append(one)
    return by_path


def _by_unit(pairs: Iterable[tuple[str, Reported]]) -> dict[str, tuple[Reported, ...]]:
    found: dict[str, list[Reported]] = {}
    for slug, reported in pairs:
        found.setdefault(slug, []).append(reported)
    return {slug: tuple(members) for slug, members in found.items()}
