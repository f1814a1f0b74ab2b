"""Pages of records and their lists do not grow with the site: four times as many are as large as before."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from statistics import median

from outputs import addresses, kind
from portal.routes import output_of
from portals import built, copy_portal
from synthetic import Options, write_campaign

KINDS = ("/tin-tuc/ records", "/mo-hinh/ records", "/tin-tuc/ lists")  # the others tell of all places or all years


def _sizes(root: Path, pages: int) -> Iterator[tuple[str, list[int]]]:
    write_campaign(root / "campaign", Options(pages))
    portal = copy_portal(root / "portal", root / "campaign")
    built(portal)
    there = addresses(portal / "site")
    for one in KINDS:
        files = [portal / "site" / output_of(address) for address in there if kind(address) == one]
        yield one, [file.stat().st_size for file in files]


def test_pages_are_as_large_on_a_larger_site(tmp_path: Path) -> None:
    small, large = (dict(_sizes(tmp_path / str(pages), pages)) for pages in (80, 320))
    for name in KINDS:
        assert len(large[name]) >= 3 * len(small[name])
        # A small site has few models to be told as alike; one link for each record would add half of a page.
        assert median(large[name]) < 1.1 * median(small[name]), name
        assert max(large[name]) < 1.3 * max(small[name]), name
