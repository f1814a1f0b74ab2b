"""The golden cases of relations are many, of every kind, and many of them show what must stay silent."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import combinations

from portal.crossings import span_of
from portal.schema.content import Article
from portal.schema.figure import CountKind, FigureSet
from portal.source import ARTICLES, parse
from test_cases import CASES, Case, read_case

RELATIONS = (
    *("by_field", "by_level", "by_level.<level>.by_field", "by_field.<field>", "by_kind", "parts"),
    *("share", "change", "including", "out_of", "order", "repeat"),
)
FILES = [read_case(file) for file in sorted((CASES / "relation").glob("*.case"))]


def figures_of(case: Case) -> list[FigureSet]:
    """The figure sets of the case's own articles."""
    articles = [section for section in case.sections if section.path.startswith(ARTICLES + "/")]
    parsed = [parse(Article, section.path, section.text)[0] for section in articles]
    return [figure for article in parsed for figure in article.record.figures]


def within(figure: FigureSet) -> Iterator[str]:
    """The relations that the numbers of one set are put to."""
    levels = (figure.by_level or {}).values()
    fields = {slug for level in levels for slug in level.by_field or {}}
    held = {
        "by_field": figure.total and (figure.by_field or figure.merged_fields or figure.other),
        "by_level": figure.total and figure.by_level,
        "by_level.<level>.by_field": any(level.total and level.by_field for level in levels),
        "by_field.<field>": fields & set(figure.by_field or {}),
        "by_kind": figure.by_kind and (figure.total or figure.by_level),
        "parts": figure.total and figure.parts,
        "share": figure.shares,
        "change": figure.changes,
        "including": figure.total and figure.including,
        "out_of": figure.total and figure.out_of,
    }
    yield from (relation for relation, holds in held.items() if holds)


def between(figures: Sequence[FigureSet]) -> Iterator[str]:
    """The relations that two sets of one unit, measure and stated period are put to."""
    stated = [figure for figure in figures if figure.period.stated]
    for one, other in combinations(stated, 2):
        if _what(one) == _what(other):
            if {one.count, other.count} == {CountKind.REGISTERED, CountKind.RECOGNISED}:
                yield "order"
            if one.count == other.count:
                yield "repeat"


def _what(figure: FigureSet) -> tuple:
    return (figure.unit, figure.measure, span_of(figure.period))


def told(case: Case) -> set[str]:
    """The relations the case's problems name."""
    named = re.findall(r": quan hệ `([^`]+)`: ", case.sections[-1].text)
    general = [re.sub(r"^by_level\.\w+\.", "by_level.<level>.", name.partition(":")[0]) for name in named]
    return {re.sub(r"^by_field\..+", "by_field.<field>", name) for name in general}


def test_there_are_at_least_sixty_cases_and_twenty_five_are_silent() -> None:
    assert len(FILES) >= 60
    assert sum(not case.sections[-1].lines for case in FILES) >= 25


def test_every_relation_has_at_least_four_cases_and_is_told_in_one() -> None:
    shown: Counter[str] = Counter()
    faults: Counter[str] = Counter()
    for case in FILES:
        figures = figures_of(case)
        shown.update({*(relation for figure in figures for relation in within(figure)), *between(figures)})
        faults.update(told(case))
    assert {relation for relation in RELATIONS if shown[relation] < 4} == set()
    assert {relation for relation in RELATIONS if not faults[relation]} == set()
    assert set(faults) <= set(RELATIONS)
