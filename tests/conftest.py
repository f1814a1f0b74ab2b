"""How property tests run: anew every time by hand, the same every time in CI, and never against the clock. How the workers
of a parallel run share the cores. What all tests need not do again."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest
from compiling import templates_compiled_once
from hypothesis import settings

settings.register_profile("hand", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") else "hand")

CORES = sorted(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else []


def pytest_sessionstart() -> None:
    """A worker keeps to one core: where all others are busy with tests, a build that asks them for help takes longer."""
    worker = os.environ.get("PYTEST_XDIST_WORKER", "")
    if worker and CORES:
        os.sched_setaffinity(0, {CORES[int(worker.removeprefix("gw")) % len(CORES)]})


@pytest.fixture(scope="session", autouse=True)
def compiled_once() -> Iterator[None]:
    with templates_compiled_once():
        yield


@pytest.fixture
def all_cores() -> Iterator[None]:
    """For what is to be done by as many processes as there may be."""
    if not CORES:
        yield
        return
    own = os.sched_getaffinity(0)
    os.sched_setaffinity(0, CORES)
    yield
    os.sched_setaffinity(0, own)
