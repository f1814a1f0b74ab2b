"""Golden cases of `portal check --since`: two versions of the content, and the exact warnings.

A case is a file as tests/test_cases.py describes, in tests/changes/: paths begin with `before/` or `after/`, each laid over
the base, and the last section is `warnings`. `# then: 2026-06-01T08:00` is the time of the old version, the same as now
where it isn't said.
"""

from __future__ import annotations

import shutil
from datetime import datetime
from pathlib import Path

import pytest
from portal.changes import uncorrected_changes
from portal.problems import in_order
from portal.revisions import read_version
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


def test_the_cases_are_well_formed() -> None:
    assert len(FILES) >= 25
    for file in FILES:
        paths = [section.path for section in read_case(file).sections]
        assert paths.index("warnings") == len(paths) - 1, file.name
        assert len(paths) > 1, file.name
        assert all(path.startswith(("before/", "after/")) for path in paths[:-1]), file.name
