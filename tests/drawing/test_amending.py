"""A site of which only bodies have changed is the site before with the pages that show them; whatever else may have to do
with a change, it is made the whole way."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from drawing.building import opened_cache
from drawing.memory import DiskMemory, Recent
from drawing.progress import Progress
from pictures import picture
from portal.memory import NO_MEMORY
from portal.pages import view_of
from portal.settled import Settled
from portal.site import Site, build_site
from portals import NOW, SECOND, copy_portal, replace_once

ARTICLE = "docs/tin-tuc/2026/ngay-hoi.md"
MODEL = "docs/mo-hinh/vung-dong/giot-dong.md"
DRAFT = "docs/tin-tuc/2026/nhap.md"
WAITING = "docs/tin-tuc/2026/mai-sau.md"
OTHERS = "---\ntitle: {title}\ndate: {date}\nsummary: Tin thử.\ncategory: lich-hien\n{more}---\n\nLời đầu.\n"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """The second campaign with a draft and an article that appears two hours later."""
    made = copy_portal(tmp_path / "portal", SECOND)
    for path, title, more in ((DRAFT, "Nháp", "status: draft\n"), (WAITING, "Chờ", "publish_at: 2026-11-22T10:00\n")):
        (made / path).write_text(OTHERS.format(title=title, date="2026-11-22", more=more), encoding="utf-8")
    return made


@pytest.fixture(params=["kept", "held"])
def memory(root: Path, request: pytest.FixtureRequest) -> Iterator[DiskMemory]:
    """In a process of its own each time, or in the preview."""
    with closing(opened_cache(root)) as cache:
        recent = Recent() if request.param == "held" else None
        with closing(DiskMemory(cache, Progress(), recent)) as opened:
            yield opened


def settled(site: Site, memory: DiskMemory) -> Settled:
    assert site.problems == ()
    assert site.settle is not None
    return site.settle(memory)


def add(path: str, text: str) -> Callable[[Path], object]:
    def edit(root: Path) -> None:
        with (root / path).open("a", encoding="utf-8") as file:
            file.write(text)

    return edit


def change(path: str, old: str, new: str) -> Callable[[Path], object]:
    return lambda root: replace_once(root / path, old, new)


# What is edited, and the addresses of the pages that show it.
BODIES: dict[str, tuple[Callable[[Path], object], set[str]]] = {
    "nothing": (lambda root: None, set()),
    "an article": (add(ARTICLE, "\nThêm.\n"), {"/tin-tuc/2026/ngay-hoi/"}),
    "a profile": (add(MODEL, "\nThêm.\n"), {"/mo-hinh/vung-dong/giot-dong/"}),
    "an ordinary page": (add("docs/lien-he.md", "\nThêm.\n"), {"/lien-he/"}),
    "the home page": (add("docs/index.md", "\nThêm.\n"), {"/"}),
    "an introduction": (add("docs/thong-ke/_intro.md", "\nThêm.\n"), {"/thong-ke/"}),
    "a draft": (add(DRAFT, "\nThêm.\n"), set()),
    "a heading": (add(MODEL, "\n## Thêm nữa\n\nLời.\n"), {"/mo-hinh/vung-dong/giot-dong/"}),
    "a heading nothing leads to": (change(ARTICLE, "## Đã làm gì\n", "Đã làm gì\n"), {"/tin-tuc/2026/ngay-hoi/"}),
    "a link to a page": (add(MODEL, "\n[x](../../lien-he.md)\n"), {"/mo-hinh/vung-dong/giot-dong/"}),
    "a link to a place others lead to": (
        add(MODEL, "\n[x](../../lien-he.md#gio-lam-viec)\n"),
        {"/mo-hinh/vung-dong/giot-dong/"},
    ),
    "a link to a place of its own": (add(MODEL, "\n## Mới\n\n[x](#moi)\n"), {"/mo-hinh/vung-dong/giot-dong/"}),
    "the number of no figure": (change(ARTICLE, "| Sáng | 80 |", "| Sáng | 81 |"), {"/tin-tuc/2026/ngay-hoi/"}),
    "white space at the end": (add(ARTICLE, "\n\n"), {"/tin-tuc/2026/ngay-hoi/"}),
}

# What is no edit of a body, and bodies that something else may have to do with.
MORE: dict[str, Callable[[Path], object]] = {
    "a title": change(ARTICLE, 'title: "Ngày hội ở', 'title: "Hội ở'),
    "a line of the front matter": change(ARTICLE, "genre: news\n", "\ngenre: news\n"),
    "a new file": lambda root: (root / "docs/them.md").write_text("---\ntitle: Thêm\n---\n\nLời.\n", encoding="utf-8"),
    "a file that is gone": lambda root: (root / DRAFT).unlink(),
    "a file with another name": lambda root: (root / DRAFT).rename(root / "docs/tin-tuc/2026/nhap-hai.md"),
    "a register": add("data/fields.yml", "- {slug: them, name: Thêm}\n"),
    "another picture": lambda root: shutil.copy(root / "docs/assets/giot-mau.png", root / "docs/assets/them.png"),
    "a picture with other bytes": lambda root: (root / "docs/assets/giot-mau.png").write_bytes(picture(1)),
    "a picture shown": add(MODEL, "\n![Một giọt màu](../../assets/giot-mau.png)\n"),
    "a file no longer named": change(ARTICLE, "; tải [lịch](../../assets/lich.txt)", ""),
    "a heading others lead to": change("docs/lien-he.md", "## Giờ làm việc", "## Giờ khác"),
    "a place nothing led to": add(MODEL, "\n[x](../../tin-tuc/2026/ngay-hoi.md#da-lam-gi)\n"),
    "a link that leads nowhere": add(MODEL, "\n[x](khong-co.md)\n"),
    "a number the figures do not have": change(ARTICLE, "120 túi máu, 70", "121 túi máu, 70"),
    "a file with a wrong name": lambda root: (root / "docs/Tên sai.md").write_text("Sai", encoding="utf-8"),
    "no text": lambda root: (root / MODEL).write_bytes(b"\xff\xfe"),
    "no front matter": lambda root: (root / MODEL).write_text("Lời.\n", encoding="utf-8"),
}


@pytest.mark.parametrize("name", BODIES)
def test_only_the_pages_of_changed_bodies_are_made(root: Path, memory: DiskMemory, name: str) -> None:
    """And what is settled then is as of the whole site, but for places that bodies led to before."""
    edit, addresses = BODIES[name]
    before = settled(build_site(root, NOW, memory=memory), memory)
    edit(root)
    found = build_site(root, NOW, memory=memory, before=before)
    whole = build_site(root, NOW, memory=memory)
    assert found.is_amended
    assert {page.address for page in found.pages} == addresses
    anew = {page.address: page for page in whole.pages}
    for page in found.pages:
        same = anew[page.address]
        assert (page.name, page.body, view_of(page)) == (same.name, same.body, view_of(same))
    assert (found.beside, found.count, found.problems) == (whole.beside, whole.count, ())
    now, anew_settled = settled(found, memory), settled(whole, memory)
    assert now.amended == (name != "nothing")
    assert replace(now, linked={}, amended=0) == replace(anew_settled, linked={})
    assert all(places <= now.linked[address] for address, places in anew_settled.linked.items())


@pytest.mark.parametrize("name", MORE)
def test_all_else_is_made_the_whole_way(root: Path, memory: DiskMemory, name: str) -> None:
    before = settled(build_site(root, NOW, memory=memory), memory)
    MORE[name](root)
    found = build_site(root, NOW, memory=memory, before=before)
    assert not found.is_amended
    assert found == build_site(root, NOW)


@pytest.mark.parametrize(
    ("minutes", "is_amended"),
    [(0, True), (119, True), (120, False), (121, False), (-8 * 60, True), (-8 * 60 - 1, False)],
)
def test_only_while_the_same_is_shown(root: Path, memory: DiskMemory, minutes: int, *, is_amended: bool) -> None:
    """At ten o'clock an article appears; before midnight it was another day."""
    before = settled(build_site(root, NOW, memory=memory), memory)
    found = build_site(root, NOW + timedelta(minutes=minutes), memory=memory, before=before)
    assert found.is_amended is is_amended


@pytest.mark.parametrize(("hours", "is_amended"), [(15, True), (16, False)])
def test_on_the_next_day_all_is_looked_at(root: Path, memory: DiskMemory, hours: int, *, is_amended: bool) -> None:
    (root / WAITING).unlink()
    before = settled(build_site(root, NOW, memory=memory), memory)
    found = build_site(root, NOW + timedelta(hours=hours), memory=memory, before=before)
    assert found.is_amended is is_amended


def test_what_may_be_previewed_is_another_site(root: Path, memory: DiskMemory) -> None:
    before = settled(build_site(root, NOW, memory=memory), memory)
    assert not build_site(root, NOW, preview=True, memory=memory, before=before).is_amended


def test_without_what_was_kept_all_is_made_anew(root: Path, memory: DiskMemory) -> None:
    before = settled(build_site(root, NOW, memory=memory), memory)
    add(ARTICLE, "\nThêm.\n")(root)
    assert not build_site(root, NOW, memory=NO_MEMORY, before=before).is_amended


def test_now_and_then_all_is_looked_at(root: Path, memory: DiskMemory) -> None:
    """So that what amendments leave behind is dropped."""
    before = settled(build_site(root, NOW, memory=memory), memory)
    add(ARTICLE, "\nThêm.\n")(root)
    for amended, is_amended in ((199, True), (200, False)):
        found = build_site(root, NOW, memory=memory, before=replace(before, amended=amended))
        assert found.is_amended is is_amended


def test_edits_follow_one_another(root: Path, memory: DiskMemory) -> None:
    """A place that a body has got may be led to from it, and may not go while it is; then it may."""
    now = settled(build_site(root, NOW, memory=memory), memory)
    for edit, is_amended in (
        (add(MODEL, "\n## Mới\n\n[x](#moi)\n"), True),
        (add(ARTICLE, "\n[x](../../mo-hinh/vung-dong/giot-dong.md#moi)\n"), True),
        (change(MODEL, "## Mới\n", "Lời.\n"), False),
    ):
        edit(root)
        site = build_site(root, NOW, memory=memory, before=now)
        assert site.is_amended is is_amended
        if is_amended:
            now = settled(site, memory)
    says = "trang đó không có mục `#moi`; hãy chép lại địa chỉ mục từ trang đã đăng"
    assert list(map(str, site.problems)) == [
        f"{MODEL}:30:5: nội dung: `#moi`: {says}",
        f"{ARTICLE}:44:5: nội dung: `../../mo-hinh/vung-dong/giot-dong.md#moi`: {says}",
    ]
