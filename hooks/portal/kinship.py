"""Which records lead to which: similar models, and what to read next. The same for all titles of articles and all bodies,
so it is found again only when something else has changed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from .fingerprint import digest
from .lineage import Lineage
from .listing import Records, model_day, newest_first
from .memory import Wanted
from .related import Related, Subject
from .schema.content import Profile
from .similar import Model, Similar, SimilarModels, Trait, pairs_of
from .source import ContentFile
from .text import match_key


class Kin(NamedTuple):
    """Another record, and in words why it is one to go to."""

    address: str
    reason: str


@dataclass(frozen=True)
class Kinship:
    """By path: of each listed model the models like it, of each listed record what to read next."""

    alike: Mapping[str, tuple[Kin, ...]]
    to_read: Mapping[str, tuple[Kin, ...]]


def to_relate(records: Records) -> Wanted[Records, Kinship]:
    """The kinship of these records."""
    return Wanted("kinship", [_name(records)], [records], lambda some: [kinship_of(one) for one in some], heavy=True)


def kinship_of(records: Records) -> Kinship:
    lineage = Lineage(records.models)
    similar = _similar(records, lineage)
    subjects = dict(_subjects(records, lineage, similar))
    related = Related(subjects.values())
    return Kinship(
        {path: tuple(Kin(one.model.address, one.reason) for one in found) for path, found in similar.items()},
        {
            path: tuple(Kin(other.address, reason.label) for other, reason in related.to(subject))
            for path, subject in subjects.items()
        },
    )


def _name(records: Records) -> str:
    """Of all that the kinship of these records is made from."""
    articles = ((a.path, a.record.date.at, a.record.models, a.record.units, a.record.fields_) for a in records.articles)
    return digest(*map(repr, articles), "", *(repr(_made_of(model)) for model in records.models))


def _made_of(model: ContentFile[Profile]) -> tuple[object, ...]:
    record = model.record
    order = newest_first(model_day(record))
    said = (record.title, record.unit, record.field, record.special_areas, record.organisation, record.replicated_from)
    return (model.path, order, *said)


def _similar(records: Records, lineage: Lineage) -> dict[str, tuple[Similar, ...]]:
    """The similar models of each model, by path; those of its lineage its page names anyway."""
    models = {profile.path: _traits(profile, lineage) for profile in records.models}
    similar = SimilarModels(models.values())
    return {path: similar.to(model) for path, model in models.items()}


def _traits(profile: ContentFile[Profile], lineage: Lineage) -> Model:
    record = profile.record
    traits = {
        Trait.FIELD: frozenset({record.field} if record.field else ()),
        Trait.AREA: frozenset(record.special_areas),
        Trait.ORGANISATION: frozenset({match_key(record.organisation)} if record.organisation else ()),
        Trait.TITLE: pairs_of(record.title),
    }
    return Model(
        address=profile.address,
        order=newest_first(model_day(record)),
        title=record.title,
        traits=tuple((trait, traits[trait]) for trait in Trait),
        names=_family(profile, lineage),
    )


def _family(profile: ContentFile[Profile], lineage: Lineage) -> frozenset[str]:
    """The addresses of the models its page names as its lineage."""
    origin, learners = lineage.origin_of(profile), lineage.learners_of(profile)
    return frozenset(model.address for model in (*((origin,) if origin else ()), *learners))


def _subjects(
    records: Records, lineage: Lineage, similar: Mapping[str, tuple[Similar, ...]]
) -> Iterator[tuple[str, Subject]]:
    address_of_model = {model.slug: model.address for model in records.models}
    for article in records.articles:
        record = article.record
        mentions = frozenset(address_of_model[slug] for slug in record.models if slug in address_of_model)
        models, units, fields = frozenset(record.models), frozenset(record.units), frozenset(record.fields_)
        order = newest_first(record.date.at)
        yield article.path, Subject(article.address, order, models, units, fields, mentions)
    for model in records.models:
        record = model.record
        fields = frozenset({record.field} if record.field else ())
        order = newest_first(model_day(record))
        mentions = _family(model, lineage) | {found.model.address for found in similar[model.path]}
        yield (
            model.path,
            Subject(model.address, order, frozenset({model.slug}), frozenset({record.unit}), fields, mentions),
        )
