"""Models in readers' words: a profile with its life, the models that stopped, the families."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from .lifecycle import Stop
from .lineage import Family, Kin, Lineage
from .linked_views import SharedImage
from .presenting import (
    UNKNOWN_RECIPIENT,
    attachment,
    document_links,
    field_link,
    label_of,
    mark_of,
    source_view,
    tag_links,
    unit_link,
)
from .presenting_units import place_today
from .profile_views import FamilyView, KinView, Milestone, ProfileView, ReplicatedRow, StoppedRow
from .registers import Registers
from .schema.content import Profile
from .source import ContentFile
from .standing import Standing
from .text import capitalised, date_vi, number_vi
from .views import Entry, EvaluationView, Fact, Link, Picture, Status

FAMILY_ANCHOR = "ho-"


@dataclass(frozen=True)
class CardsOfProfile:
    """The records a profile's page leads to: articles that name it, similar models, what to read next."""

    articles: tuple[Entry, ...]
    similar: tuple[Entry, ...]
    to_read: tuple[Entry, ...]


def profile_view(
    profile: ContentFile[Profile],
    standing: Standing,
    kin: tuple[Fact, ...],
    evaluation: EvaluationView | None,
    beside: CardsOfProfile,
    origin: ContentFile[Profile] | None,
    today: date,
    pictures: tuple[Picture, ...],
    image: SharedImage,
    registers: Registers,
) -> ProfileView:
    record = profile.record
    field = registers.fields[record.field] if record.field else None
    return ProfileView(
        banner=standing.label,
        status=Status(record.status.value, record.status.label, f"/trang-thai/{record.status.value}/"),
        mark=mark_of(field) if field else None,
        pictures=pictures,
        image=image,
        attachments=tuple(attachment(file) for file in record.attachments),
        facts=(*_profile_facts(record, today, registers), *kin),
        timeline=tuple(_timeline(record, registers)),
        results=tuple(_results(record, registers)),
        awards=tuple(_awards(record, registers)),
        evaluation=evaluation,
        documents=document_links(record.documents, registers),
        tags=tag_links(record.tags),
        source=source_view(record.source),
        articles=beside.articles,
        similar=beside.similar,
        to_read=beside.to_read,
        units=tuple(unit_link(slug, registers) for slug in record.communes or (record.unit,)),
        place=record.place or "",
        field=field_link(record.field, registers) if record.field else None,
        organisation=record.organisation or "",
        started_iso=str(record.started or ""),
        origin=model_link(origin) if origin else None,
    )


def _profile_facts(record: Profile, today: date, registers: Registers) -> Iterator[Fact]:
    def fact(key: str, *values: str | Link | None) -> Fact:
        links = (value if isinstance(value, Link) else Link(value) for value in values if value)
        return Fact(label_of(Profile, key), tuple(links))

    areas = {area.slug: area.name for area in registers.campaign.record.special_areas} if registers.campaign else {}
    lead = record.lead
    yield fact("unit", unit_link(record.unit, registers))
    yield fact("field", field_link(record.field, registers) if record.field else None)
    yield fact("communes", *(unit_link(slug, registers) for slug in record.communes))
    yield from place_today(record.communes or (record.unit,), today, registers)
    yield fact("place", record.place)
    yield fact("organisation", record.organisation)
    yield fact("lead", ", ".join(part for part in (lead.name, lead.role) if part) if lead else None)
    yield fact("kind", capitalised(record.kind.label) if record.kind else None)
    yield fact("level", capitalised(record.level.label) if record.level else None)
    yield fact("started", record.started.vi if record.started else None)
    if record.ended:
        yield fact("ended", record.ended.vi)
    if record.reported_at:
        yield fact("reported_at", date_vi(record.reported_at))
    if record.special_areas:
        yield fact("special_areas", *(Link(areas[slug], f"/vung-dac-thu/{slug}/") for slug in record.special_areas))
    yield fact("participants", number_vi(record.participants) if record.participants is not None else None)


def _timeline(record: Profile, registers: Registers) -> Iterator[Milestone]:
    for number, entry in enumerate(record.history, start=1):
        cited = document_links((entry.document,), registers) if entry.document else ()
        yield Milestone(
            status=capitalised(entry.status.label),
            date_iso=str(entry.date),
            date=entry.date.vi,
            by=entry.by or "",
            document=cited[0] if cited else None,
            note=entry.note or "",
            current=number == len(record.history),
        )


def _awards(record: Profile, registers: Registers) -> Iterator[Fact]:
    for award in record.awards:
        recipient = award.recipient.label if award.recipient else UNKNOWN_RECIPIENT
        signer = f"người ký: {award.by}" if award.by else ""
        said = ", ".join(part for part in (award.level.label, recipient, signer) if part)
        cited = document_links((award.document,), registers) if award.document else ()
        yield Fact(f"{award.title} ({award.year})", (Link(said), *cited))


def _results(record: Profile, registers: Registers) -> Iterator[Fact]:
    for result in record.results:
        unit = registers.units_of_measure[result.unit_of_measure].name if result.unit_of_measure else ""
        as_of = f"(tính đến {result.as_of.vi})" if result.as_of else ""
        yield Fact(result.label, (Link(" ".join(part for part in (number_vi(result.value), unit, as_of) if part)),))


def model_link(profile: ContentFile[Profile]) -> Link:
    return Link(profile.record.title, profile.address)


def kin_facts(profile: ContentFile[Profile], lineage: Lineage, families: str, registers: Registers) -> Iterator[Fact]:
    """The model this one learnt from, those that learnt from it, and its family on the page at `families`."""

    def placed(model: ContentFile[Profile]) -> Link:
        return Link(f"{model.record.title} ({registers.unit_name(model.record.unit)})", model.address)

    origin, learners = lineage.origin_of(profile), lineage.learners_of(profile)
    if origin:
        yield Fact(label_of(Profile, "replicated_from"), (placed(origin),))
    if learners:
        yield Fact("Đã được nhân rộng ở", tuple(placed(model) for model in learners))
    if origin or learners:
        root = lineage.root_of(profile)
        yield Fact("Họ mô hình", (Link(root.record.title, f"{families}#{family_anchor(root)}"),))


def family_anchor(root: ContentFile[Profile]) -> str:
    return FAMILY_ANCHOR + root.slug


def family_view(family: Family, registers: Registers) -> FamilyView:
    depths = [kin.depth for kin in family.members]
    ends = [max(0, depth + 1 - after) for depth, after in zip(depths, [*depths[1:], 0], strict=True)]
    members = tuple(_kin_view(kin, end, registers) for kin, end in zip(family.members, ends, strict=True))
    heading = f"{family.root.record.title} ({number_vi(len(members))} mô hình)"
    return FamilyView(family_anchor(family.root), heading, members)


def _kin_view(kin: Kin, ends: int, registers: Registers) -> KinView:
    record = kin.profile.record
    started = record.started.vi if record.started else ""
    return KinView(model_link(kin.profile), unit_link(record.unit, registers), started, ends)


def replicated_row(kin: Kin, registers: Registers) -> ReplicatedRow:
    unit = unit_link(kin.profile.record.unit, registers)
    return ReplicatedRow(model_link(kin.profile), unit, kin.learners, kin.descendants)


def stopped_row(stop: Stop, registers: Registers) -> StoppedRow:
    cited = document_links((stop.entry.document,), registers) if stop.entry and stop.entry.document else ()
    return StoppedRow(
        model=model_link(stop.profile),
        unit=unit_link(stop.profile.record.unit, registers),
        date_iso=str(stop.when) if stop.when else "",
        date=stop.when.vi if stop.when else "",
        by=(stop.entry.by or "") if stop.entry else "",
        reason=(stop.entry.note or "") if stop.entry else "",
        document=cited[0] if cited else None,
    )
