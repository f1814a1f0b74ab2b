"""Equal values have one name in every process; different values have different names."""

from __future__ import annotations

import pickle
import subprocess
import sys
from datetime import date, datetime, timedelta, timezone
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from portal.fingerprint import Fingerprints, digest
from portal.schema.content import Article, ModelStatus, Profile
from portal.source import ContentFile, parse
from portal.views import Link

PLAIN = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.text(max_size=5),
    st.binary(max_size=5),
    st.dates(),
    st.datetimes(timezones=st.just(timezone(timedelta(hours=7)))),
    st.decimals(allow_nan=False, allow_infinity=False),
    st.sampled_from(ModelStatus),
)
VALUES = st.recursive(
    PLAIN,
    lambda some: (
        st.tuples(some)
        | st.tuples(some, some)
        | st.dictionaries(st.text(max_size=3), some, max_size=3)
        | st.builds(Link, st.text(max_size=3), st.text(max_size=3))
    ),
    max_leaves=8,
)


def _exactly(value: Any) -> str:
    """Tells apart what `==` does not: True from 1, a date from a time."""
    if isinstance(value, tuple) and not hasattr(value, "_fields"):
        return f"({','.join(map(_exactly, value))})"
    if isinstance(value, dict):
        return f"{{{','.join(f'{_exactly(key)}:{_exactly(item)}' for key, item in value.items())}}}"
    if isinstance(value, Link):
        return f"Link({value.label!r},{value.address!r})"
    return f"{type(value).__name__}:{value!r}"


@given(VALUES, VALUES)
def test_different_values_have_different_names(one: Any, other: Any) -> None:
    same = Fingerprints().of(one) == Fingerprints().of(other)
    assert same == (_exactly(one) == _exactly(other))


@given(st.lists(VALUES, max_size=6))
def test_a_name_does_not_depend_on_what_was_named_before(values: list[Any]) -> None:
    shared = Fingerprints()
    assert [shared.of(value) for value in values] == [Fingerprints().of(value) for value in values]


@given(st.sets(st.text(max_size=4), max_size=6))
def test_the_order_of_a_set_does_not_matter(values: set[str]) -> None:
    assert Fingerprints().of(frozenset(sorted(values))) == Fingerprints().of(frozenset(sorted(values, reverse=True)))


@given(st.lists(st.text(max_size=3), max_size=4), st.lists(st.text(max_size=3), max_size=4))
def test_where_a_part_ends_is_part_of_a_digest(one: list[str], other: list[str]) -> None:
    assert (digest(*one) == digest(*other)) == (one == other)


ARTICLE = """---
title: Bài thử
date: 2026-05-04
summary: Tóm tắt.
category: tin
tags: [Đường hoa, Nước sạch]
figures:
- {unit: xa-mot, measure: mo-hinh, count: registered, period: 2022, total: {value: 7000, qualifier: nearly}}
---

Thân bài.
"""
PROFILE = """---
title: Mô hình thử
summary: Tóm tắt.
unit: xa-mot
status: recognised
history: [{status: registered, date: 2020}, {status: recognised, date: 2021-03}]
results: [{label: Hộ, value: 2.5}]
---
"""


def _records() -> dict[str, ContentFile]:
    found = {
        "article": parse(Article, "docs/tin-tuc/2026/bai.md", ARTICLE),
        "profile": parse(Profile, "docs/mo-hinh/mo-hinh.md", PROFILE),
    }
    assert [problems for _, problems in found.values()] == [[], []]
    return {name: file for name, (file, _) in found.items()}


@pytest.mark.parametrize("name", ["article", "profile"])
def test_records_that_were_kept_have_the_same_names(name: str) -> None:
    file = _records()[name]
    kept = pickle.loads(pickle.dumps(file, protocol=5))
    assert Fingerprints().of(kept.record) == Fingerprints().of(file.record)
    assert Fingerprints().of(kept) == Fingerprints().of(file)


SAID = """
import sys
sys.path.insert(0, {folder!r})
from test_fingerprint import SEVERAL, _records
from portal.fingerprint import Fingerprints
for value in (*SEVERAL, *(file.record for file in _records().values())):
    print(Fingerprints().of(value))
"""
SEVERAL: tuple[Any, ...] = (
    frozenset({"một", "hai", "ba", "bốn"}),
    {"b": 1, "a": (date(2026, 1, 2), datetime(2026, 1, 2, tzinfo=timezone(timedelta(hours=7))))},
    (Decimal("2.50"), Decimal("2.5"), ModelStatus.RECOGNISED, Link("chữ", "/a/")),
)


def test_the_same_in_processes_with_other_hash_seeds() -> None:
    code = SAID.format(folder=str(Path(__file__).parent))
    here = [Fingerprints().of(value) for value in (*SEVERAL, *(file.record for file in _records().values()))]
    hooks = str(Path(__file__).parents[2] / "hooks")
    for seed in ("0", "1", "4242"):
        done = subprocess.run(
            [sys.executable, "-c", code],
            env={"PYTHONPATH": hooks, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        assert done.stderr == ""
        assert done.stdout.split() == here


def test_what_has_no_name_is_refused() -> None:
    with pytest.raises(TypeError, match="no fingerprint for object"):
        Fingerprints().of(object())
