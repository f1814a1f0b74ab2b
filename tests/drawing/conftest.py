"""The second campaign, built once and copied for each test that changes it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from portals import SECOND, built, copy_portal


@pytest.fixture(scope="session")
def built_second(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Read only."""
    root = copy_portal(tmp_path_factory.mktemp("drawn-second") / "portal", SECOND)
    built(root)
    return root


@pytest.fixture
def portal(built_second: Path, tmp_path: Path) -> Path:
    """The root of a built portal, for a test to change. What is recorded of its files is of another copy."""
    return Path(shutil.copytree(built_second, tmp_path / "portal"))
