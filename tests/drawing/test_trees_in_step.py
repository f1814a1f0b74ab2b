"""The site that is shown and the folder of the next one: what is the same in both is one file."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from drawing.tree import Trace, Tree
from portals import built, fingerprints

ARTICLE = "docs/tin-tuc/2026/ngay-hoi.md"


@pytest.mark.parametrize("processes", [1, 2])
def test_a_next_folder_that_is_gone_is_filled_from_what_is_shown(
    portal: Path, processes: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    built(portal)  # in the copy: its files have other traces than those recorded
    (portal / "site/404.html").write_text("của ai đó", encoding="utf-8")
    shutil.rmtree(portal / ".site-next")
    with (portal / ARTICLE).open("a", encoding="utf-8") as file:
        file.write("\nMột câu thêm.\n")
    monkeypatch.setattr("drawing.building.processes_for", lambda things: processes)
    built(portal)
    recorded = Tree.recorded(portal / ".portal-cache/shown.json")
    there = fingerprints(portal / "site")
    assert sorted(recorded) == sorted(there)
    assert all(Trace.of((portal / "site" / path).lstat()) == entry.trace for path, entry in recorded.items())
    alone = [
        path
        for path in there
        if (portal / "site" / path).stat().st_nlink == 1 and not (path.startswith("tim-kiem/chi-muc") or "feed" in path)
    ]
    assert sorted(alone) == ["404.html", "tin-tuc/2026/ngay-hoi/index.html", "tin-tuc/2026/ngay-hoi/index.txt"]
