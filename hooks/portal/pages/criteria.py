"""The sets of criteria (bộ tiêu chí): a list of all, and a page each with the models scored by it."""

from __future__ import annotations

from collections.abc import Iterator

from ..listing import newest_first
from ..merit_views import CriteriaListView
from ..merits import criteria_address, criteria_row, criteria_view
from ..schema.content import Profile
from ..schema.data import CriteriaSet
from ..source import ContentFile
from ..text import sort_key
from ..views import Link
from .catalog import Catalog
from .page import CRITERIA, CRITERIA_TITLE, MODELS, Page


def pages(catalog: Catalog) -> Iterator[Page]:
    """The list, also when there is no set yet; then every set, whether a model was scored by it or not."""
    sets = sorted(_sets(catalog), key=lambda pair: (sort_key(pair[1].name), pair[0]))
    evaluated = {slug: _evaluated(catalog, slug) for slug, _ in sets}
    registers = catalog.registers
    above = (catalog.home_link, Link(catalog.campaign.texts.models, MODELS))
    yield Page(
        address=CRITERIA,
        title=CRITERIA_TITLE,
        summary="Các bộ tiêu chí xét chọn, đánh giá mô hình, và mô hình đã được chấm theo từng bộ.",
        template="portal/criteria.html",
        view=CriteriaListView(tuple(criteria_row(s, c, len(evaluated[s]), registers) for s, c in sets)),
        edit_path="data/criteria",
        crumbs=above,
    )
    for slug, criteria in sets:
        yield Page(
            address=criteria_address(slug),
            title=criteria.name,
            summary=f"{len(criteria.items)} tiêu chí. Cơ quan ban hành: {criteria.issuer}.",
            template="portal/criteria-set.html",
            view=criteria_view(criteria, evaluated[slug], registers, catalog.today),
            edit_path=f"data/criteria/{slug}.yml",
            crumbs=(*above, Link(CRITERIA_TITLE, CRITERIA)),
        )


def _sets(catalog: Catalog) -> Iterator[tuple[str, CriteriaSet]]:
    return ((slug, entry.record) for slug, entry in catalog.registers.criteria.items() if entry)


def _evaluated(catalog: Catalog, slug: str) -> tuple[ContentFile[Profile], ...]:
    """The models scored by a set, the latest evaluation first, those without a day last. Never in order of points:
    unfinished evaluations can't be compared."""
    found = [m for m in catalog.records.models if m.record.evaluation and m.record.evaluation.criteria == slug]
    return tuple(sorted(found, key=_order))


def _order(model: ContentFile[Profile]) -> tuple:
    evaluation = model.record.evaluation
    return (*newest_first(evaluation.date if evaluation else None), sort_key(model.record.title), model.address)
