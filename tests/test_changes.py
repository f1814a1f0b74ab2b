"""Golden cases of `portal check --since`: two versions of the content, and the exact warnings.

A case is a file as tests/test_cases.py describes, in tests/changes/: paths begin with `before/` or `after/`, each laid over
the base, and the last section is `warnings`. `# then: 2026-06-01T08:00` is the time of the old version, the same as now
where it isn't said.
"""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from portal.changes import matched, uncorrected_changes
from portal.problems import in_order
from portal.registers import read_data
from portal.revisions import read_version
from portal.schema.figure import FigureSet
from portal.statements import Stated, stated
from test_cases import BASE, Case, lay, read_case

FILES = sorted((Path(__file__).parent / "changes").glob("*.case"))


def then(case: Case) -> datetime:
    written = [line.removeprefix("then: ") for line in case.comments if line.startswith("then: ")]
    return datetime.fromisoformat(f"{written[0]}+07:00") if written else case.now


@pytest.mark.parametrize("file", FILES, ids=[file.stem for file in FILES])
def test_case(file: Path, tmp_path: Path) -> None:
    case = read_case(file)
    for version in ("before", "after"):
        shutil.copytree(BASE, tmp_path / version)
    *sections, warnings = case.sections
    for section in sections:
        lay(section, tmp_path)
    before, after = read_version(tmp_path / "before", then(case)), read_version(tmp_path / "after", case.now)
    assert [str(problem) for problem in in_order(uncorrected_changes(before, after))] == warnings.lines


@pytest.mark.parametrize("file", FILES, ids=[file.stem for file in FILES])
def test_a_version_does_not_differ_from_itself(file: Path, tmp_path: Path) -> None:
    case = read_case(file)
    shutil.copytree(BASE, tmp_path / "before")
    for section in case.sections:
        if section.path.startswith("before/"):
            lay(section, tmp_path)
    before = read_version(tmp_path / "before", then(case))
    assert list(uncorrected_changes(before, replace(before, at=case.now))) == []


REGISTERS, _ = read_data(BASE)
VALUES = st.decimals(0, 10**9, places=2, allow_nan=False).map(lambda value: f"{value.normalize():f}")
QUALIFIERS = st.sampled_from([None, "over", "at_least", "nearly", "about"])
WRITTEN = st.lists(st.tuples(VALUES, QUALIFIERS), min_size=1, max_size=6)


def of_numbers(numbers: list[tuple[str, str | None]]) -> Stated:
    """A set whose parts are the numbers, in the long form."""
    parts = [
        {"label": f"nhóm {at}", "value": {"value": value, "qualifier": qualifier} if qualifier else {"value": value}}
        for at, (value, qualifier) in enumerate(numbers)
    ]
    return stated(0, FigureSet.model_validate({**SUBJECT_OF_ALL, "parts": parts}), REGISTERS, "ho-so")


SUBJECT_OF_ALL = {"unit": "hoa-loc", "measure": "dossiers", "period": "2022"}


@given(WRITTEN, st.randoms(use_true_random=False))
def test_neither_order_nor_form_is_a_change(numbers: list[tuple[str, str | None]], chance: Random) -> None:
    labelled = [(f"nhóm {at}", *number) for at, number in enumerate(numbers)]
    chance.shuffle(labelled)
    parts = [
        {"label": label, "value": {"value": f"{Decimal(value):.3f}", "qualifier": said} if said else value}
        for label, value, said in labelled
    ]
    other = stated(0, FigureSet.model_validate({**SUBJECT_OF_ALL, "parts": parts}), REGISTERS, "ho-so")
    was = of_numbers(numbers)
    assert [(one.value, now.value if now else None) for one, now in matched(was.statements, other.statements)] == [
        (one.value, one.value) for one in was.statements
    ]


@given(WRITTEN, st.data())
def test_a_number_or_its_qualifier_changed_is_one_change_and_said_as_both(
    numbers: list[tuple[str, str | None]], data: st.DataObject
) -> None:
    at = data.draw(st.integers(0, len(numbers) - 1))
    new = data.draw(st.tuples(VALUES, QUALIFIERS).filter(lambda new: new != numbers[at]))
    was, now = of_numbers(numbers), of_numbers([*numbers[:at], new, *numbers[at + 1 :]])
    changed = [(a, b) for a, b in matched(was.statements, now.statements) if b is None or a.value != b.value]
    assert [(a.label, b and b.label) for a, b in changed] == [(f"nhóm {at}", f"nhóm {at}")]
    assert all(b and a.said != b.said for a, b in changed)


def test_the_cases_are_well_formed() -> None:
    assert len(FILES) >= 25
    for file in FILES:
        paths = [section.path for section in read_case(file).sections]
        assert paths.index("warnings") == len(paths) - 1, file.name
        assert len(paths) > 1, file.name
        assert all(path.startswith(("before/", "after/")) for path in paths[:-1]), file.name
