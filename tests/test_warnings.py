"""Golden cases of what `portal check` warns of: tests/warnings/<name>.case, in the format of test_cases.py.

Its last section, `=== warnings`, holds the exact lines; the files of a case are never at fault.
"""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from portal.site import build_site
from test_cases import BASE, Case, lay, read_case

FILES = sorted((Path(__file__).parent / "warnings").glob("*.case"))


@pytest.mark.parametrize("file", FILES, ids=[file.stem for file in FILES])
def test_warnings(file: Path, tmp_path: Path) -> None:
    case = read_case(file)
    root = tmp_path / "portal"
    shutil.copytree(BASE, root)
    *sections, warnings = case.sections
    for section in sections:
        lay(section, root)
    site = build_site(root, case.now)
    assert [str(problem) for problem in site.problems] == []
    assert [str(warning) for warning in site.beside.warnings] == warnings.text.splitlines()


def test_the_base_is_silent() -> None:
    assert build_site(BASE, Case().now).beside.warnings == ()


def test_the_cases_are_well_formed() -> None:
    assert len(FILES) >= 15
    for file in FILES:
        case = read_case(file)
        first = file.read_text(encoding="utf-8").partition("\n")[0]
        assert re.fullmatch(r"# [A-Z`].*[.:]", first), f"{file.stem}: the first line says what the case shows"
        assert [s.path for s in case.sections].index("warnings") == len(case.sections) - 1
