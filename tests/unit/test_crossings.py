"""Properties of relations across figure sets, over real articles with the registers of the golden cases."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from portal.discrepancies import check_relations
from portal.intervals import Interval
from portal.problems import in_order
from portal.registers import read_data
from portal.schema.content import Article
from portal.source import ContentFile, Sources, parse

BASE = Path(__file__).parents[1] / "cases" / "base"
REGISTERS, PROBLEMS_OF_DATA = read_data(BASE)
amounts = st.integers(min_value=1, max_value=10**6)


def article(slug: str, *sets: str, date: str = "2026-05-17") -> ContentFile[Article]:
    lines = "".join(f"- {{unit: hoa-loc, {one}}}\n" for one in sets)
    front = f"---\ntitle: Bài\ndate: {date}\nsummary: Tóm tắt.\ncategory: doi-song\nfigures:\n{lines}---\n"
    file, problems = parse(Article, f"docs/tin-tuc/2026/{slug}.md", front)
    assert problems == []
    return file


def faults(*articles: ContentFile[Article]) -> list[str]:
    sources = Sources(tuple(articles), (), (), (), frozenset(), ())
    return [str(problem) for problem in in_order(check_relations(sources, REGISTERS))]


def said(faults: list[str]) -> list[str]:
    """What is broken, without the hint."""
    return [fault.partition("; ")[0].partition(": quan hệ ")[2] for fault in faults]


@given(st.lists(st.integers(min_value=1, max_value=3), min_size=2, max_size=6), st.randoms())
def test_one_cell_has_one_value_in_whatever_order_articles_are_read(values: list[int], random: object) -> None:
    articles = [
        article(f"bai-{at}", f"measure: dossiers, period: 2023, total: {value}", date=f"2026-05-{at + 10}")
        for at, value in enumerate(values)
    ]
    expected = faults(*articles)
    assert len(expected) == sum(value != values[0] for value in values)
    shuffled = list(articles)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert faults(*shuffled) == expected


@given(st.tuples(amounts, amounts), st.tuples(amounts, amounts))
def test_a_declared_repeat_lets_exactly_one_difference_through(first: tuple[int, int], second: tuple[int, int]) -> None:
    def kinds(pair: tuple[int, int]) -> str:
        return f"measure: dossiers, period: 2023, by_kind: {{collective: {pair[0]}, individual: {pair[1]}}}"

    earlier = article("bai-mot", kinds(first), date="2026-05-01")
    differing = [(now, then) for now, then in zip(second, first, strict=True) if now != then]
    assert len(faults(earlier, article("bai-hai", kinds(second)))) == len(differing)
    for now, then in differing[:1]:
        known = f'{{relation: "repeat:bai-mot#hoa-loc-dossiers-2023", stated: {now}, computed: {then}, note: a}}'
        declared = article("bai-hai", f"{kinds(second)}, discrepancies: [{known}]")
        left = [pair for pair in differing if pair != (now, then)]
        assert len(faults(earlier, declared)) == len(left)


@given(amounts, amounts, st.integers(min_value=-(10**6), max_value=10**6))
def test_a_change_is_the_number_now_less_the_number_then(now: int, then: int, off: int) -> None:
    by = now - then + off
    sets = (f"measure: dossiers, period: 2023, total: {then}",)
    found = faults(
        article("bai", f"measure: dossiers, period: 2024, total: {now}, changes: [{{since: 2023, by: {by}}}]", *sets),
    )
    assert len(found) == (off != 0) + (by > now)


@given(amounts, amounts)
def test_a_change_in_percent_holds_at_every_number_of_digits(now: int, then: int) -> None:
    exact = (now - then) * 100 / then
    changes = ", ".join(f"{{since: 2023, percent: {exact:.{digits}f}}}" for digits in (1, 2))
    wrong = f"{{since: 2023, percent: {exact + 1:.1f}}}"
    then_set = f"measure: dossiers, period: 2023, total: {then}"
    now_set = f"measure: dossiers, period: 2024, total: {now}, changes: "
    assert faults(article("bai", f"{now_set}[{wrong}]", then_set)) != []
    # A float rounds a tie either way; a tie of whole numbers shows in two digits more.
    ties = [round(exact * 10**digits * 2) % 2 and (now - then) * 200 * 10**digits % then == 0 for digits in (1, 2)]
    if not any(ties):
        assert faults(article("bai", f"{now_set}[{changes}]", then_set)) == []


@given(amounts, amounts)
def test_what_is_recognised_is_at_most_what_is_registered(one: int, other: int) -> None:
    found = faults(
        article("bai-hai", f"measure: models, count: recognised, period: 2023, total: {one}"),
        article("bai-ba", f"measure: models, count: registered, period: 2023, total: {other}"),
    )
    assert len(found) == (one > other)


@given(
    st.lists(
        st.tuples(st.integers(0, 9), st.sampled_from(["", "over", "at_least", "nearly", "about"])),
        min_size=1,
        max_size=5,
    )
)
def test_approximate_reports_are_told_only_when_they_cannot_all_be_true(values: list[tuple[int, str]]) -> None:
    def total(value: int, qualifier: str) -> str:
        return f"{{value: {value + 1}, qualifier: {qualifier}}}" if qualifier else str(value + 1)

    sets = [f"id: s{at}, measure: dossiers, period: 2023, total: {total(*value)}" for at, value in enumerate(values)]
    # Every tenth between and beyond the values stands for what lies there.
    possible = {tenth / 10 for tenth in range(1, 200)}
    for value, qualifier in values:
        at = value + 1
        allowed = {
            "": lambda x, at=at: x == at,
            "over": lambda x, at=at: x > at,
            "at_least": lambda x, at=at: x >= at,
            "nearly": lambda x, at=at: x < at,
            "about": lambda x: True,
        }[qualifier]
        possible = {x for x in possible if allowed(x)}
    assert bool(faults(article("bai", *sets))) == (not possible)


def test_the_registers_are_right() -> None:
    assert PROBLEMS_OF_DATA == []


def test_places_are_named_in_the_words_of_each_article() -> None:
    then = article("bai-ba", "measure: dossiers, period: 2023, total: 455", date="2025-01-01")
    now = article("bai-hai", "measure: dossiers, period: 2024, total: 412, changes: [{since: 2023, by: -38}]")
    assert said(faults(then, now)) == [
        "`change:total`: nêu giảm 38 so với năm 2023, tính ra giảm 43, lệch 5 "
        "(412 ở dòng 7, 455 ở docs/tin-tuc/2026/bai-ba.md dòng 7)"
    ]


def test_the_work_grows_with_the_sets_and_not_with_their_pairs(monkeypatch: pytest.MonkeyPatch) -> None:
    def comparisons(sets: int) -> int:
        counted = 0
        compare = Interval.may_be_at_most

        def counting(self: Interval, other: Interval) -> bool:
            nonlocal counted
            counted += 1
            return compare(self, other)

        one = [f"id: a{at}, measure: dossiers, period: 2023, total: {at + 1}" for at in range(sets)]
        series = [
            f"id: b{at}, measure: models, count: existing, period: {1900 + at}, total: {at + 1}, "
            f"changes: [{{since: {1899 + at}, by: 1}}]"
            for at in range(sets)
        ]
        order = [
            f"id: {count}{at}, measure: models, count: {count}, period: 2023, total: {at + 1}"
            for at in range(sets)
            for count in ("registered", "recognised")
        ]
        with monkeypatch.context() as patched:
            patched.setattr(Interval, "may_be_at_most", counting)
            faults(article("bai", *one, *series, *order))
        return counted

    counts = [comparisons(sets) for sets in (20, 40, 80)]
    assert all(more <= 2.2 * fewer for fewer, more in pairwise(counts))
