"""Portals that are built once for each worker of the test run, and never changed by a test."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import pytest
from audit.server import serving
from browsing import largest_pages, real_browser
from features import third
from generated import write_campaign
from playwright.sync_api import Browser
from portals import SECOND, built, copy_portal


@pytest.fixture(scope="session")
def own_portal(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The root of a copy of this project, built. Read it, do not change it.

    Whoever takes the project over has content and an address of his own: the copy stands at a root, as the
    browser tests serve it; what a sub-path changes is tested on the other campaigns.
    """
    root = copy_portal(tmp_path_factory.mktemp("own") / "portal")
    campaign = root / "data/campaign.yml"
    text = campaign.read_text(encoding="utf-8")
    campaign.write_text(re.sub(r"(?m)^site_url:.*$", "site_url: https://own.example/", text), encoding="utf-8")
    built(root)
    return root


@pytest.fixture(scope="session")
def second_portal(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The root of the second, tiny campaign, built; its `site_url` has a sub-path. Read only."""
    root = copy_portal(tmp_path_factory.mktemp("second") / "portal", SECOND)
    built(root)
    return root


@pytest.fixture(scope="session")
def large_portal(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The root of a made-up campaign of 400 articles and 400 models, built. Read only."""
    return _large(tmp_path_factory.mktemp("large"), "https://example.org/")


@pytest.fixture(scope="session")
def large_portal_below(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same under a sub-path."""
    return _large(tmp_path_factory.mktemp("large-below"), "https://example.org/hai/cap/")


def _large(content: Path, site_url: str) -> Path:
    write_campaign(content, profiles=400, articles=400, seed=20261122, site_url=site_url)
    root = copy_portal(content / "portal", content)
    built(root)
    return root


@pytest.fixture(scope="session")
def third_portal(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The root of a campaign that has every feature, built under a sub-path. Read only."""
    return third(tmp_path_factory.mktemp("third") / "portal")


@pytest.fixture(scope="session")
def axe() -> str:
    """The source of axe-core."""
    package = find_spec("axe_playwright_python")
    assert package is not None
    assert package.origin is not None
    return (Path(package.origin).parent / "axe.min.js").read_text(encoding="utf-8")


@pytest.fixture
def second_copy(second_portal: Path, tmp_path: Path) -> Path:
    """A copy of the second campaign with its built site/, for a test to change."""
    return Path(shutil.copytree(second_portal, tmp_path / "portal"))


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A real Chromium."""
    with real_browser() as browser:
        yield browser


@pytest.fixture(scope="module")
def address(own_portal: Path) -> Iterator[str]:
    """Where this project's own site is served, with a slash at the end."""
    with serving(own_portal / "site") as server:
        yield server.address


@pytest.fixture(scope="module")
def largest(own_portal: Path) -> dict[str, str]:
    """For each template the path of its largest page in this project's own site."""
    return largest_pages(own_portal)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say how much the recounts compared: a recount of nothing would agree too."""
    for report in terminalreporter.stats.get("passed", []):
        for name, value in getattr(report, "user_properties", []):
            if name == "recount":
                terminalreporter.write_line(f"recount {report.nodeid}: {value}")
