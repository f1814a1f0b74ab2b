"""The second campaign, built once and copied for each test that changes it; an empty cache."""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from drawing.cache import Cache
from portal.memory import InPart
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


@pytest.fixture
def fetched(monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    """What kinds of values were asked for the rest of them, one by one."""
    asked: Counter[str] = Counter()
    get = InPart.__getattr__  # type: ignore[attr-defined]

    def counted(self: InPart, name: str) -> Any:
        if "_fetch" in self.__dict__ and name in self.REST:
            asked[type(self).__name__] += 1
        return get(self, name)

    monkeypatch.setattr(InPart, "__getattr__", counted, raising=False)
    return asked


@pytest.fixture
def cache(tmp_path: Path) -> Iterator[Cache]:
    with closing(Cache(tmp_path / "cache", "bản 1")) as opened:
        yield opened
