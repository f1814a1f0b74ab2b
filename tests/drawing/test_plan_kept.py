"""What pages are planned from is looked at again only when it has changed, and a plan that is lost is made again."""

from __future__ import annotations

import re
import sqlite3
from collections import Counter
from contextlib import closing
from pathlib import Path

import pytest
from drawing.building import opened_cache
from drawing.cache import FOLDER
from drawing.memory import DiskMemory
from drawing.progress import Progress
from portal.pages import view_of
from portal.planning import KINDS, _anchors_of_view
from portal.site import Site, build_site
from portals import NOW, PROJECT, SECOND, copy_portal, replace_once

ARTICLE = "docs/tin-tuc/2026/ngay-hoi.md"
WAITING = (
    '---\ntitle: "Sẽ đăng"\ndate: 2026-11-01\nsummary: "Chờ."\ncategory: {category}\nstatus: review\n---\n\nChờ.\n'
)


def remembered(root: Path) -> Site:
    with closing(opened_cache(root)) as cache:
        return build_site(root, NOW, memory=DiskMemory(cache, Progress()))


def kept(root: Path) -> Counter[str]:
    """How many values of each kind the cache has."""
    with closing(opened_cache(root)) as cache:
        return Counter({kind: sum(1 for _ in cache.every(kind)) for kind in ("plan", "kinship", "body")})


def edit_title(root: Path) -> None:
    replace_once(root / ARTICLE, 'title: "Ngày hội ở Bến Bạc', 'title: "Hội lớn ở Bến Bạc')


@pytest.fixture
def with_waiting(portal: Path) -> Path:
    """The portal with an article that waits for its day."""
    category = next(
        line.removeprefix("category: ")
        for line in (portal / ARTICLE).read_text(encoding="utf-8").splitlines()
        if line.startswith("category: ")
    )
    (portal / "docs/tin-tuc/2026/se-dang.md").write_text(WAITING.format(category=category), encoding="utf-8")
    return portal


def test_after_a_body_edit_nobody_asks_for_kinship(portal: Path) -> None:
    remembered(portal)
    with closing(opened_cache(portal)) as cache:
        cache.keep_only("kinship", ())
    before = kept(portal)
    assert before["kinship"] == 0
    with (portal / ARTICLE).open("a", encoding="utf-8") as file:
        file.write("\nMột câu thêm.\n")
    remembered(portal)
    assert kept(portal) == before + Counter(body=1)


def test_a_title_is_planned_once_though_something_waits(with_waiting: Path) -> None:
    """Of an article with figures: in all kinds of pages, and in the map."""
    remembered(with_waiting)
    before = kept(with_waiting)
    edit_title(with_waiting)
    site = remembered(with_waiting)
    assert kept(with_waiting) == before + Counter(plan=len(KINDS) + 1, body=1)
    assert "docs/tin-tuc/2026/se-dang.md" in dict(site.held_back)
    assert site == build_site(with_waiting, NOW)


def test_what_waits_is_planned_again_when_an_address_changes(with_waiting: Path) -> None:
    """A link to a tag that only the waiting article has is right as long as it has it."""
    waiting = with_waiting / "docs/tin-tuc/2026/se-dang.md"
    replace_once(waiting, "status: review", "status: review\ntags: [hiếm]")
    replace_once(waiting, "\nChờ.\n", "\n[Thẻ](/tu-khoa/hiem/).\n")
    assert remembered(with_waiting).problems == ()
    replace_once(waiting, "tags: [hiếm]", "tags: [khác]")
    wanted = build_site(with_waiting, NOW).problems
    assert [problem.path for problem in wanted] == ["docs/tin-tuc/2026/se-dang.md"]
    assert remembered(with_waiting).problems == wanted


@pytest.mark.parametrize("content", [PROJECT, SECOND], ids=["own", "second"])
def test_no_title_or_summary_leads_to_an_address_or_a_place_on_a_page(content: Path, tmp_path: Path) -> None:
    root = copy_portal(tmp_path / "portal", content)
    before = build_site(root, NOW)
    for number, file in enumerate(sorted((root / "docs").rglob("*.md"))):
        other = "Tên khác " + "".join(chr(ord("a") + int(digit)) for digit in str(number))
        text = file.read_text(encoding="utf-8")
        file.write_text(re.sub(r"^(title|summary): .*$", rf"\1: {other}", text, count=2, flags=re.M), encoding="utf-8")
    after = build_site(root, NOW)
    assert after.problems == ()
    assert {page.title for page in after.pages} != {page.title for page in before.pages}
    assert places_of(after) == places_of(before)


def places_of(site: Site) -> dict[str, frozenset[str]]:
    """By address the places that templates put on a page."""
    return {page.address: _anchors_of_view(view_of(page)) for page in site.pages}


def test_a_damaged_plan_is_made_again(portal: Path) -> None:
    wanted = remembered(portal)
    with closing(sqlite3.connect(portal / FOLDER / "cache.sqlite")) as database:
        changed = database.execute("UPDATE made SET value = x'00' WHERE kind IN ('plan', 'kinship')").rowcount
        database.commit()
    assert changed > 1
    assert remembered(portal) == wanted
