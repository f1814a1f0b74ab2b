"""When a record last changed is what its front matter tells, as exactly as it tells it."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from portal.last_changes import article_changed, profile_changed
from portal.schema.content import Article, Profile

ARTICLES: list[tuple[dict[str, Any], str]] = [
    ({"date": "2026-04-05"}, "2026-04-05"),
    ({"date": "2026-04-05T07:30"}, "2026-04-05T07:30+07:00"),
    ({"date": "2026-04-05", "updated": "2026-04-07T08:00"}, "2026-04-07T08:00+07:00"),
    ({"date": "2026-04-05T07:30", "corrections": [{"date": "2026-04-09", "note": "A"}]}, "2026-04-09"),
    ({"date": "2026-04-05T07:30", "corrections": [{"date": "2026-04-05", "note": "A"}]}, "2026-04-05T07:30+07:00"),
    (
        {
            "date": "2026-04-05",
            "updated": "2026-04-07",
            "corrections": [{"date": "2026-04-09", "note": "A"}, {"date": "2026-04-06", "note": "B"}],
        },
        "2026-04-09",
    ),
    (
        {"date": "2026-04-05", "updated": "2026-04-10", "corrections": [{"date": "2026-04-09", "note": "A"}]},
        "2026-04-10",
    ),
    ({"date": "2026-04-05", "updated": "2026-05-02"}, "2026-04-05"),
    (
        {
            "date": "2026-04-05",
            "updated": "2026-04-07",
            "corrections": [{"date": "2026-05-02", "note": "A"}, {"date": "2026-05-01", "note": "B"}],
        },
        "2026-05-01",
    ),
]
TODAY = date(2026, 5, 1)


@pytest.mark.parametrize(("keys", "changed"), ARTICLES)
def test_an_article_changed_when_it_was_updated_or_corrected(keys: dict[str, Any], changed: str) -> None:
    assert article_changed(Article(title="A", summary="B", category="c", **keys), TODAY).iso == changed


def step(when: str) -> dict[str, str]:
    return {"status": "registered", "date": when}


PROFILES: list[tuple[dict[str, Any], date | None]] = [
    ({}, None),
    ({"history": [step("2022-05-17")]}, date(2022, 5, 17)),
    ({"history": [step("2022-05-17")], "reported_at": "2023-01-02"}, date(2023, 1, 2)),
    ({"history": [step("2022-05-17"), step("2023")]}, None),
    ({"history": [step("2022-05-17")], "ended": "2022-05"}, None),
    ({"started": "2021", "history": [step("2022-05-17")]}, date(2022, 5, 17)),
    ({"started": "2021"}, None),
    ({"started": "2021-03-04", "results": [{"label": "A", "value": "1", "as_of": "2024-06-30"}]}, date(2024, 6, 30)),
    (
        {"evaluation": {"criteria": "a", "scores": [{"item": "b", "points": "1"}], "date": "2025-02-03"}},
        date(2025, 2, 3),
    ),
]


@pytest.mark.parametrize(("keys", "changed"), PROFILES)
def test_a_model_changed_on_the_last_day_it_tells_of(keys: dict[str, Any], changed: date | None) -> None:
    assert profile_changed(Profile(title="A", summary="B", unit="c", status="registered", **keys)) == changed
