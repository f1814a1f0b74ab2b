"""Portals that are built once for each worker of the test run, and never changed by a test."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from portals import SECOND, built, copy_portal


@pytest.fixture(scope="session")
def own_portal(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The root of a copy of this project, built. Read it, do not change it."""
    root = copy_portal(tmp_path_factory.mktemp("own") / "portal")
    built(root)
    return root


@pytest.fixture(scope="session")
def second_portal(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The root of the second, tiny campaign, built; its `site_url` has a sub-path. Read only."""
    root = copy_portal(tmp_path_factory.mktemp("second") / "portal", SECOND)
    built(root)
    return root


@pytest.fixture
def second_copy(second_portal: Path, tmp_path: Path) -> Path:
    """A copy of the second campaign with its built site/, for a test to change."""
    return Path(shutil.copytree(second_portal, tmp_path / "portal"))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say how much the recounts compared: a recount of nothing would agree too."""
    for report in terminalreporter.stats.get("passed", []):
        for name, value in getattr(report, "user_properties", []):
            if name == "recount":
                terminalreporter.write_line(f"recount {report.nodeid}: {value}")
