"""What whole builds ask of values that are kept in part, and what they do when the rest of them is gone."""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Iterable
from contextlib import closing
from functools import partial
from pathlib import Path

import pytest
from drawing.building import Wishes, opened_cache, update
from drawing.exchange import Places
from drawing.faults import checked
from drawing.memory import IN_PART, SETTLED, DiskMemory, remembering
from drawing.outputs import CONTENT
from drawing.pickling import REST, Rests, unpickled
from drawing.progress import OF_KIND, Progress
from drawing.renewing import Renewal
from drawing.serving import Preview
from portal.evidence import Evidence
from portal.memory import InPart, Wanted
from portal.settled import LEAVES
from portal.site import Site
from portal.source import ContentFile
from portals import NOW

ARTICLE = "docs/tin-tuc/2026/ngay-hoi.md"


def site_of(root: Path, *, whole: bool = True) -> Site:
    """As `portal build` builds it, drawn; the `whole` of it even if only bodies have changed."""
    with closing(opened_cache(root)) as cache:
        if whole:
            cache.forget(SETTLED)
        renewal = Renewal(root, Places.of(root), cache, Wishes())
        renewed = remembering(cache, Progress(), partial(renewal.run, NOW))
    assert renewed.problems == ()
    assert renewed.built.failure == ""
    return renewed.site


# The file of a page in the footer; of the article the view, the cards it names, what its figures are used for; what all
# records are found by.
OF_A_WHOLE_SITE = {"ContentFile": 1, "Page": 1, "Shelf": 1, "Notes": 1, "Heads": 1}


@pytest.mark.parametrize("whole", [False, True])
@pytest.mark.parametrize("more", [0, 40])
def test_a_body_edit_asks_only_for_what_it_changes(
    portal: Path, fetched: Counter[str], more: int, *, whole: bool
) -> None:
    """As much on a larger site, and where something waits."""
    text = (portal / "docs/mo-hinh/vung-dong/giot-dong.md").read_text(encoding="utf-8")
    for number in range(more):
        (portal / f"docs/mo-hinh/vung-dong/giot-dong-{number}.md").write_text(text, encoding="utf-8")
    (portal / "docs/mo-hinh/vung-dong/cho-nhap.md").write_text(
        text.replace("\n---\n", "\ndraft: true\n---\n", 1), encoding="utf-8"
    )
    site_of(portal)
    fetched.clear()
    with (portal / ARTICLE).open("a", encoding="utf-8") as file:
        file.write("\nMột câu thêm.\n")
    site = site_of(portal, whole=whole)
    assert site.is_amended is not whole
    if whole:  # of the menu's pages what they hold, but of neighbours of the article, which are looked at anyway
        assert fetched.pop("Body", 0) <= 8
    assert fetched == (OF_A_WHOLE_SITE if whole else {"Page": 1, "Shelf": 1})


@pytest.mark.parametrize("more", [0, 80])
def test_once_bodies_are_converted_no_source_and_no_evidence_is_held(
    portal: Path, monkeypatch: pytest.MonkeyPatch, more: int
) -> None:
    """They would fill the memory while pages are drawn; whichever process made them."""
    text = (portal / "docs/mo-hinh/vung-dong/giot-dong.md").read_text(encoding="utf-8")
    for number in range(more):
        (portal / f"docs/mo-hinh/vung-dong/giot-dong-{number}.md").write_text(text, encoding="utf-8")
    gone: list[InPart] = []
    let_go = DiskMemory.let_go

    def noted(self: DiskMemory, values: Iterable[InPart]) -> None:
        gone.extend(values)
        let_go(self, gone)

    monkeypatch.setattr(DiskMemory, "let_go", noted)
    site = site_of(portal)
    files = [value for value in gone if isinstance(value, ContentFile)]
    assert len(files) >= site.beside.counts["profile.html"] + site.beside.counts["article.html"]
    assert any(isinstance(value, Evidence) for value in gone)
    assert [value for value in gone if value.is_whole] == []


def test_files_come_whole_and_pages_are_planned_apart(portal: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: dict[str, Wanted] = {}
    values = DiskMemory.values

    def noted(self: DiskMemory, *wanted: Wanted) -> list[list[object]]:
        for one in wanted:
            asked.setdefault(one.kind, one)
        return values(self, *wanted)

    monkeypatch.setattr(DiskMemory, "values", noted)
    site_of(portal)
    assert [kind for kind, one in asked.items() if one.whole] == ["file"]
    assert [kind for kind, one in asked.items() if one.apart] == ["plan"]


def test_the_kinds_that_have_rests_are_known(portal: Path) -> None:
    """When rests are lost, values of these are dropped."""
    site_of(portal)
    with closing(opened_cache(portal)) as cache, closing(Rests(cache)) as rests:
        kinds = {kind for (kind,) in cache._rows("SELECT DISTINCT kind FROM made", ())}
        held = {
            kind
            for kind in (*OF_KIND, "notes", "checks", LEAVES, SETTLED)
            for _, data in cache.every(kind)
            if unpickled(data, rests).rests
        }
    assert held == set(IN_PART)
    assert {kind for kind in kinds if kind.endswith(" pack")} == {
        "file pack",
        "evidence pack",
        "body pack",
        "entry pack",
    }


def forgetful(root: Path) -> None:
    """All rests are taken away."""
    with closing(opened_cache(root)) as cache:
        cache.forget(REST)


def edited(root: Path, said: str) -> None:
    with (root / ARTICLE).open("a", encoding="utf-8") as file:
        file.write(f"\n{said}\n")


def of_cache(root: Path, kind: str) -> int:
    with closing(opened_cache(root)) as cache:
        return sum(1 for _ in cache.every(kind))


def test_a_build_whose_rests_are_gone_is_as_from_nothing(portal: Path) -> None:
    whole = site_of(portal)
    contents = of_cache(portal, CONTENT)
    forgetful(portal)
    edited(portal, "Thêm.")
    again = site_of(portal)
    assert [page.address for page in again.pages] == [page.address for page in whole.pages]
    assert of_cache(portal, CONTENT) == contents + 1, "contents are not made again"
    assert site_of(portal) == again


def test_rests_that_go_while_pages_are_drawn_are_no_fault_of_a_template(portal: Path) -> None:
    """Contents are lost as well, so other processes draw them, and have nothing to draw from."""
    site_of(portal)
    times = []

    def work(memory: DiskMemory) -> str:
        times.append(memory)
        site, problems = checked(portal, NOW, memory=memory)
        assert problems == ()
        if len(times) == 1:
            cache.forget(REST, CONTENT)
        return update(portal, site, Places.of(portal), cache, Wishes()).failure

    shutil.rmtree(portal / "site")
    with closing(opened_cache(portal)) as cache:
        assert remembering(cache, Progress(), work) == ""
    assert len(times) == 2
    assert "Bến Bạc" in (portal / "site" / "index.html").read_text(encoding="utf-8")


def test_a_preview_goes_on_without_what_was_taken_away(portal: Path, tmp_path: Path) -> None:
    site_of(portal)
    said: list[str] = []
    preview = Preview(portal, tmp_path / "preview", lambda: NOW, said.append, "http://127.0.0.1:8000/")
    preview.site_folder.mkdir(parents=True)
    preview.rebuild()
    forgetful(portal)
    edited(portal, "Câu của bản xem trước.")
    edit_title = portal / "docs/mo-hinh/vung-dong/giot-dong.md"
    edit_title.write_text(edit_title.read_text(encoding="utf-8").replace("title: ", "title: Mới "), encoding="utf-8")
    preview.rebuild()
    assert len(said) == 2
    assert all(line.startswith("Đã dựng ") for line in said)
    page = preview.site_folder / "tin-tuc/2026/ngay-hoi/index.html"
    assert "Câu của bản xem trước." in page.read_text(encoding="utf-8")
