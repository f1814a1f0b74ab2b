"""Pages of records and their lists do not grow with the site: four times as many are as large as before."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from statistics import median

import pytest
from outputs import addresses, kind
from portal.routes import output_of
from portals import built, copy_portal
from synthetic import Options, write_campaign

KINDS = ("/tin-tuc/ records", "/mo-hinh/ records", "/tin-tuc/ lists")  # the others tell of all places or all years


@pytest.fixture(scope="module")
def sizes(tmp_path_factory: pytest.TempPathFactory) -> dict[int, dict[str, list[int]]]:
    """By the number of records the bytes of every page, by its kind."""
    return {pages: dict(_sizes(tmp_path_factory.mktemp(f"growth-{pages}"), pages)) for pages in (80, 320)}


def _sizes(root: Path, pages: int) -> Iterator[tuple[str, list[int]]]:
    write_campaign(root / "campaign", Options(pages))
    portal = copy_portal(root / "portal", root / "campaign")
    built(portal)
    there = addresses(portal / "site")
    for one in KINDS:
        files = [portal / "site" / output_of(address) for address in there if kind(address) == one]
        yield one, [file.stat().st_size for file in files]


@pytest.mark.parametrize("name", KINDS)
def test_pages_are_as_large_on_a_larger_site(sizes: dict[int, dict[str, list[int]]], name: str) -> None:
    small, large = sizes[80][name], sizes[320][name]
    assert len(large) >= 3 * len(small)
    # A small site has few models to be told as alike; one link for each record would add half of a page.
    assert median(large) < 1.1 * median(small), (median(small), median(large))
    assert max(large) < 1.3 * max(small)
