"""What the project needs is locked: an installation from the lock files alone has all of it."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

PROJECT = Path(__file__).parents[2]
SAID = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
EXTRAS = SAID["optional-dependencies"]


def names_of(wanted: list[str]) -> set[str]:
    return {re.split(r"[^A-Za-z0-9._-]", one, maxsplit=1)[0].lower().replace(".", "-") for one in wanted}


@pytest.mark.parametrize(
    ("file", "wanted"),
    [
        ("requirements.lock", [*SAID["dependencies"], *EXTRAS["install"]]),
        ("requirements-test.lock", [*SAID["dependencies"], *EXTRAS["install"], *EXTRAS["test"]]),
    ],
)
def test_every_dependency_is_locked_with_its_hashes(file: str, wanted: list[str]) -> None:
    text = (PROJECT / file).read_text(encoding="utf-8")
    locked = {
        name.lower().replace(".", "-")
        for name in re.findall(r"^([A-Za-z0-9._-]+)==[^\n]*\n +--hash=", text, re.MULTILINE)
    }
    assert names_of(wanted) - locked == set()
    assert len(wanted) > 10
