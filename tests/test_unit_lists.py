"""Golden cases of `portal units import`: an official list, and the exact lines of what it adds and what is said of it.

A case is a text file as in test_cases.py, tests/lists/<name>.case; the list is the file of the first section, laid with
the others over tests/cases/base. It ends with `=== diff`, what is shown on stdout, and `=== said`, on stderr. What is
shown is then written, and the register it gives must be without faults, hold every line it held, and know the whole list.
"""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from portal.cli import main
from test_cases import BASE, lay, read_case

FILES = sorted((Path(__file__).parent / "lists").glob("*.case"))


def imported(root: Path, name: str, *options: str) -> Result:
    return CliRunner().invoke(main, ["units", "import", str(root / name), "--root", str(root), *options])


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_list(file: Path, tmp_path: Path) -> None:
    *sections, diff, said = read_case(file).sections
    root = tmp_path / "portal"
    shutil.copytree(BASE, root)
    for section in sections:
        lay(section, root)
    register, name = root / "data/units.yml", sections[0].path
    before = register.read_bytes() if register.exists() else b""
    shown = imported(root, name)
    assert (shown.stdout.splitlines(), shown.stderr.splitlines()) == (diff.lines, said.lines)
    assert (register.read_bytes() if register.exists() else b"") == before, "nothing is written unasked"
    written = imported(root, name, "--write")
    assert (written.exit_code, written.stdout) == (shown.exit_code, shown.stdout)
    after = register.read_bytes() if register.exists() else b""
    if shown.exit_code or not diff.lines:
        assert after == before
        return
    assert after.startswith(before)
    checked = CliRunner().invoke(main, ["units", "check", "--root", str(root)])
    assert checked.stdout.splitlines()[0] == "Không có lỗi."
    again = imported(root, name)
    assert (again.exit_code, again.stdout) == (0, ""), "what was written is known the next time"
    assert "Thêm 0 đơn vị" in again.stderr
    assert ("đã có trong data" in again.stderr) == ("đã có trong data" in shown.stderr)


def test_the_cases_are_well_formed() -> None:
    assert len(FILES) >= 15
    for file in FILES:
        assert [section.path for section in read_case(file).sections[-2:]] == ["diff", "said"], file.name
