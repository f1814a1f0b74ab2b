"""The schema is the only one: every key has a Vietnamese label, and it is the contract's set of keys."""

from __future__ import annotations

import pickle
from collections.abc import Iterator

import pytest
from portal.schema.base import Record, keys_of
from portal.schema.content import Article, OrdinaryPage, Profile
from portal.schema.data import Campaign, CampaignField, Category, CriteriaSet, Document, Measure, Unit, UnitOfMeasure
from portal.schema.figure import FigureSet
from portal.schema.values import Code
from pydantic import ValidationError

ROOTS = [
    Article,
    Profile,
    OrdinaryPage,
    Campaign,
    CampaignField,
    Category,
    CriteriaSet,
    Document,
    Measure,
    Unit,
    UnitOfMeasure,
]

# Keys and required keys (*) of the content contract, written out once more: the schema may not drift from it.
CONTRACT = {
    Article: "title* date* updated summary* category* genre featured units fields tags authors source images attachments models documents figures corrections status publish_at expires_at aliases",
    FigureSet: "id unit* measure* count period* total out_of by_field merged_fields other by_level by_kind parts including coverage shares changes break note quote discrepancies",
    Profile: "title* summary* unit* field communes place organisation lead kind level started ended reported_at status* history special_areas participants results replicated_from awards evaluation images attachments documents source tags aliases draft",
    OrdinaryPage: "title* summary updated images aliases",
    Unit: "slug* code name* kind* level* parents valid_from valid_to replaced_by aliases act source",
    CampaignField: "slug* name* short description aliases color icon",
    Category: "slug* name* short description aliases color icon parent",
    Measure: "slug* name* aliases* unit_of_measure* counts_models decimals description",
    UnitOfMeasure: "slug* name* base factor",
    Document: "slug* kind* issuer* number issued effective title file url",
    CriteriaSet: "name* issuer* act from to items*",
    Campaign: "schema_version* name* short_name site_url* repository branch start_year publisher* required_footer data_licence special_areas texts",
}


@pytest.mark.parametrize("model", CONTRACT, ids=lambda model: model.__name__)
def test_keys_are_the_contracts(model: type[Record]) -> None:
    written = [(info.alias or name) + ("*" if info.is_required() else "") for name, info in model.model_fields.items()]
    assert sorted(written) == sorted(CONTRACT[model].split())


def everything() -> Iterator[type[Record]]:
    waiting: list[type[Record]] = list(ROOTS)
    seen: set[type[Record]] = set()
    while waiting:
        model = waiting.pop()
        if model not in seen:
            seen.add(model)
            yield model
            waiting.extend(inner for inner in keys_of(model).values() if inner)


@pytest.mark.parametrize("model", list(everything()), ids=lambda model: model.__name__)
def test_every_key_has_its_label(model: type[Record]) -> None:
    assert [name for name, info in model.model_fields.items() if not info.title] == []
    assert model.model_config.get("extra") == "forbid"
    assert model.model_config.get("frozen")


def test_every_code_has_its_label() -> None:
    codes = Code.__subclasses__()
    assert len(codes) >= 10
    for code in codes:
        labels = [member.label for member in code]
        assert len(set(labels)) == len(labels), code
        assert all(member.value.isascii() for member in code)


KEPT = {
    "title": "Tin",
    "date": "2025-01-02 08:00",
    "summary": "Tin.",
    "category": "tin",
    "status": "archived",
    "genre": "news",
    "figures": [{"unit": "ben-bac", "measure": "mo-hinh", "period": "2025", "total": "1234.5"}],
}


def test_a_record_is_the_same_when_it_is_read_again_from_what_was_kept() -> None:
    """With the types of its values, and frozen."""
    record = Article.model_validate(KEPT)
    again: Article = pickle.loads(pickle.dumps(record, protocol=5))
    assert again == record
    assert repr(again) == repr(record)
    assert again.model_copy(update={"title": "Khác"}).title == "Khác"
    assert again.status is record.status
    with pytest.raises(ValidationError):
        again.title = "Khác"
    with pytest.raises(AttributeError):
        _ = again.titel
