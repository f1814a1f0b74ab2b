"""What pages are planned from is looked at again only when it has changed, and a plan that is lost is made again."""

from __future__ import annotations

import re
import sqlite3
from collections import Counter
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from drawing.building import opened_cache
from drawing.cache import FOLDER
from drawing.memory import DiskMemory
from drawing.progress import Phase, Progress
from portal.memory import NO_MEMORY
from portal.pages import Public, view_of
from portal.picture_reading import looked_at
from portal.planning import KINDS, Outline, Part, Planner, _anchors_of_view, _part
from portal.problems import Problem
from portal.reading import read_bytes
from portal.registers import read_data
from portal.site import Site, build_site
from portal.source import typed, written_docs
from portal.standing import Standing
from portal.text import initial
from portals import NOW, PROJECT, SECOND, copy_portal, replace_once

ARTICLE = "docs/tin-tuc/2026/ngay-hoi.md"
WAITING_FILE = "docs/tin-tuc/2026/se-dang.md"
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
    replace_once(root / ARTICLE, 'title: "Ngày hội ở Bến Bạc', 'title: "Nhân dân ở Bến Bạc')


@pytest.fixture
def with_waiting(portal: Path) -> Path:
    """The portal with an article that waits for its day."""
    category = next(
        line.removeprefix("category: ")
        for line in (portal / ARTICLE).read_text(encoding="utf-8").splitlines()
        if line.startswith("category: ")
    )
    (portal / WAITING_FILE).write_text(WAITING.format(category=category), encoding="utf-8")
    return portal


def test_after_a_body_edit_nobody_asks_for_kinship(portal: Path) -> None:
    remembered(portal)
    with closing(opened_cache(portal)) as cache:
        cache.keep_only({"kinship": set()})
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
    assert WAITING_FILE in dict(site.beside.held_back)
    assert site == build_site(with_waiting, NOW)


def test_a_link_to_what_no_longer_waits_is_told(with_waiting: Path) -> None:
    """A link to a tag that only the waiting article has is right as long as it has it."""
    waiting = with_waiting / WAITING_FILE
    replace_once(waiting, "status: review", "status: review\ntags: [hiếm]")
    replace_once(waiting, "\nChờ.\n", "\n[Thẻ](/tu-khoa/hiem/).\n")
    assert remembered(with_waiting).problems == ()
    replace_once(waiting, "tags: [hiếm]", "tags: [lạ kỳ]")
    told = [str(problem) for problem in remembered(with_waiting).problems]
    assert told == [
        f"{WAITING_FILE}:10:7: nội dung: liên kết `/tu-khoa/hiem/` không dẫn đến trang nào; "
        "hãy xem địa chỉ của trang trên cổng"
    ]


def outline(root: Path, *, remembering: bool, expired: str = "") -> Outline:
    """Of everything there is, the article at this path expired."""
    with closing(opened_cache(root)) as cache:
        memory = DiskMemory(cache, Progress()) if remembering else NO_MEMORY
        registers, _ = read_data(root)
        written = written_docs(root)
        sources, _ = typed(written, memory, looked_at(root, written.readable, memory))
        public = Public(
            tuple((a, Standing.EXPIRED if a.path == expired else Standing.LIVE) for a in sources.articles),
            tuple((p, Standing.LIVE) for p in sources.profiles),
            sources.pages,
        )
        assert registers.campaign is not None
        return Planner(registers, registers.campaign.record, NOW.date(), sources, memory).outline(public)


def _append(file: Path, text: str) -> None:
    with file.open("a", encoding="utf-8") as opened:
        opened.write(text)


CHANGES: dict[str, Callable[[Path], object]] = {
    "a tag": lambda root: replace_once(root / WAITING_FILE, "tags: [hiếm]", "tags: [lạ kỳ]"),
    "a name": lambda root: (root / WAITING_FILE).rename(root / "docs/tin-tuc/2026/ten-khac.md"),
    "a page": lambda root: (root / "docs/moi.md").write_text("---\ntitle: Mới\n---\n\nMới.\n", encoding="utf-8"),
    "a field": lambda root: _append(root / "data/fields.yml", "- {slug: them, name: Thêm}\n"),
    "a standing": lambda root: None,
}


@pytest.mark.parametrize("change", CHANGES)
def test_an_outline_is_made_again_when_an_address_changes(with_waiting: Path, change: str) -> None:
    replace_once(with_waiting / WAITING_FILE, "status: review", "status: review\ntags: [hiếm]")
    before = outline(with_waiting, remembering=True)
    assert before == outline(with_waiting, remembering=False)
    CHANGES[change](with_waiting)
    expired = WAITING_FILE if change == "a standing" else ""
    after = outline(with_waiting, remembering=True, expired=expired)
    assert after == outline(with_waiting, remembering=False, expired=expired)
    assert after != before


def test_what_waits_is_planned_in_the_phase_of_planning(with_waiting: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    begun: list[Phase | None] = []
    seen: list[Phase | None] = []

    def part(*arguments: Any) -> Part:
        seen.append(begun[-1])
        return _part(*arguments)

    monkeypatch.setattr("portal.planning._part", part)
    monkeypatch.setattr("drawing.parts.processes_for", lambda things, enough: 1)
    with closing(opened_cache(with_waiting)) as cache:
        build_site(with_waiting, NOW, memory=DiskMemory(cache, Progress(begun.append)))
    assert set(seen) == {Phase.PLAN}
    assert len(seen) > len(KINDS) + 1


@pytest.mark.parametrize("content", [PROJECT, SECOND], ids=["own", "second"])
def test_of_titles_only_the_initial_leads_to_an_address_or_a_place_on_a_page(content: Path, tmp_path: Path) -> None:
    """And of summaries nothing."""
    root = copy_portal(tmp_path / "portal", content)
    before = build_site(root, NOW)
    for number, file in enumerate(sorted((root / "docs").rglob("*.md"))):
        other = "Tên khác " + "".join(chr(ord("a") + int(digit)) for digit in str(number))
        text = file.read_text(encoding="utf-8")
        text = re.sub(
            r'^title: "?(.*)$', lambda old, other=other: f"title: {initial(old[1])}. {other}", text, count=1, flags=re.M
        )
        file.write_text(re.sub(r"^summary: .*$", f"summary: {other}", text, count=1, flags=re.M), encoding="utf-8")
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


def test_registers_are_named_by_what_was_understood(portal: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Not by what is saved while they are read."""
    before, _ = read_data(portal)

    def read_and_saved(root: Path, path: str) -> tuple[bytes | None, list[Problem]]:
        found = read_bytes(root, path)
        if path == "data/fields.yml":
            (root / path).write_text("[]", encoding="utf-8")
        return found

    monkeypatch.setattr("portal.registers.read_bytes", read_and_saved)
    during, _ = read_data(portal)
    after, _ = read_data(portal)
    assert during.name == before.name != after.name
    assert during.fields.slugs == before.fields.slugs != after.fields.slugs


def test_a_register_that_cannot_be_read_has_another_name_than_an_empty_one(portal: Path) -> None:
    file = portal / "data/documents.yml"
    file.unlink()
    file.symlink_to("fields.yml")
    unread, _ = read_data(portal)
    file.unlink()
    file.write_bytes(b"")
    empty, _ = read_data(portal)
    assert (unread.documents.partly_known, empty.documents.partly_known) == (True, False)
    assert unread.name != empty.name
