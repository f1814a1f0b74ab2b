"""Criteria sets, evaluations and awards in the words readers see."""

from __future__ import annotations

from datetime import date

from .awards import Given
from .evaluations import Outcome, outcome, sum_of_maxima
from .merit_views import CriteriaRow, CriteriaView, EvaluatedRow, Honour
from .presenting import UNKNOWN_RECIPIENT, document_links, label_of, unit_link
from .registers import Registers
from .reported import Reported
from .schema.content import Evaluation, Profile
from .schema.data import CriteriaItem, CriteriaSet
from .source import ContentFile
from .text import capitalised, date_vi, number_vi, uncapitalised
from .views import Criterion, EvaluationView, Fact, Link

_SPAN = "Thời gian áp dụng"


def criteria_address(slug: str) -> str:
    return f"/tieu-chi/{slug}/"


def evaluation_view(evaluation: Evaluation | None, registers: Registers) -> EvaluationView | None:
    """Every item of the set with the points it got; None without an evaluation."""
    entry = registers.criteria[evaluation.criteria] if evaluation else None
    if evaluation is None or entry is None:
        return None
    found = outcome(evaluation, entry.record)
    day = (Link(date_vi(evaluation.date)),) if evaluation.date else ()
    facts = (
        Fact(label_of(Evaluation, "criteria"), (Link(entry.record.name, criteria_address(evaluation.criteria)),)),
        Fact(label_of(CriteriaSet, "issuer"), (Link(entry.record.issuer),)),
        Fact(label_of(Evaluation, "date"), day),
        Fact(label_of(Evaluation, "by"), (Link(evaluation.by),) if evaluation.by else ()),
    )
    items = (_criterion(item, number_vi(points) if points is not None else "") for item, points in found.scored)
    return EvaluationView(facts, evaluation.criteria, tuple(items), outcome_in_words(found))


def outcome_in_words(found: Outcome) -> str:
    """ "Tổng điểm: 18,5 / 20"; of an evaluation under way how far it is, and that this is no total. Where the set gives
    points to some items only, that these alone are meant."""
    points, every = f"{number_vi(found.points)} / {number_vi(found.possible)}", len(found.scored)
    in_part = found.scorable < every
    if found.complete:
        on = f", tính trên {found.scorable} trong {every} tiêu chí, là các tiêu chí có điểm tối đa" if in_part else ""
        return f"Tổng điểm: {points}{on}"
    of = f"{found.scorable} tiêu chí{' có điểm tối đa' if in_part else ''}"
    return f"Mới chấm {found.count} trong {of}, được {points}: chưa phải tổng điểm"


def criteria_view(
    criteria: CriteriaSet, evaluated: tuple[ContentFile[Profile], ...], registers: Registers, today: date
) -> CriteriaView:
    """A set with its items in order. `evaluated` are the models scored by it, as they are to be shown."""
    act = _act(criteria, registers)
    facts = (
        Fact(label_of(CriteriaSet, "issuer"), (Link(criteria.issuer),)),
        Fact(label_of(CriteriaSet, "act"), (act,) if act else ()),
        Fact(_SPAN, (Link(capitalised(span)),) if (span := _span(criteria)) else ()),
    )
    items = tuple(_criterion(item) for item in criteria.items)
    rows = tuple(_evaluated(model, criteria, registers) for model in evaluated)
    return CriteriaView(_note(criteria, today), facts, items, _points(criteria), rows)


def criteria_row(slug: str, criteria: CriteriaSet, evaluated: int, registers: Registers) -> CriteriaRow:
    return CriteriaRow(
        criteria=Link(criteria.name, criteria_address(slug)),
        issuer=criteria.issuer,
        act=_act(criteria, registers),
        span=_span(criteria),
        count=len(criteria.items),
        points=_points(criteria),
        evaluated=evaluated,
    )


def _criterion(item: CriteriaItem, points: str = "") -> Criterion:
    return Criterion(item.id, item.text, number_vi(item.max_points) if item.max_points is not None else "", points)


def _evaluated(model: ContentFile[Profile], criteria: CriteriaSet, registers: Registers) -> EvaluatedRow:
    evaluation = model.record.evaluation
    assert evaluation is not None
    return EvaluatedRow(
        model=Link(model.record.title, model.address),
        unit=unit_link(model.record.unit, registers),
        date_iso=evaluation.date.isoformat() if evaluation.date else "",
        date=date_vi(evaluation.date) if evaluation.date else "",
        by=evaluation.by or "",
        outcome=outcome_in_words(outcome(evaluation, criteria)),
    )


def _act(criteria: CriteriaSet, registers: Registers) -> Link | None:
    """The act that gave the set, leading to its page when it is the slug of a document."""
    if criteria.act and criteria.act in registers.documents:
        return Link(registers.documents[criteria.act].name, f"/van-ban/{criteria.act}/")
    return Link(criteria.act) if criteria.act else None


def _span(criteria: CriteriaSet) -> str:
    """From when to when the set holds; empty when it names no day."""
    first = date_vi(criteria.from_) if criteria.from_ else ""
    last = date_vi(criteria.to) if criteria.to else ""
    if first and last:
        return f"từ {first} đến hết {last}"
    return f"từ {first}" if first else f"đến hết {last}" if last else ""


def _note(criteria: CriteriaSet, today: date) -> str:
    if criteria.to and criteria.to < today:
        return f"Bộ tiêu chí này đã hết thời gian áp dụng (đến hết {date_vi(criteria.to)})."
    if criteria.from_ and criteria.from_ > today:
        return f"Bộ tiêu chí này chưa đến thời gian áp dụng (từ {date_vi(criteria.from_)})."
    return ""


def _points(criteria: CriteriaSet) -> str:
    """What the points of the whole set come to; a highest sum only where every item has points."""
    most, count = sum_of_maxima(criteria.items), len(criteria.items)
    given = sum(item.max_points is not None for item in criteria.items)
    if most is not None:
        return f"Tổng điểm tối đa: {number_vi(most)}"
    if given:
        return f"Chỉ {given} trong {count} tiêu chí có điểm tối đa, nên không có tổng điểm tối đa"
    return "Không có thang điểm"


def honour(one: Given, registers: Registers) -> Honour:
    """An award as the roll of honour shows it; what the profile doesn't say is empty."""
    award, profile = one.award, one.to.profile
    return Honour(
        form=award.title,
        level=award.level.label,
        recipient=award.recipient.label if award.recipient else UNKNOWN_RECIPIENT,
        by=award.by or "",
        document=document_links((award.document,), registers)[0] if award.document else None,
        model=Link(profile.record.title, profile.address),
        unit=unit_link(profile.record.unit, registers),
    )


def commended_link(reported: Reported, registers: Registers) -> Link:
    """A figure set of commended models with the numbers its source states, leading to the passage."""
    figure = reported.figure
    measure, unit = registers.measures[figure.measure].name, registers.unit_name(figure.unit)
    stated = (f"{uncapitalised(c.column.label)} {c.text}" for c in reported.cells if not (c.computed or c.level))
    return Link(f"{measure}, {unit}, {figure.period.vi}: {'; '.join(stated)}", reported.passage)
