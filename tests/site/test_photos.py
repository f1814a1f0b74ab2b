"""A portal with photos as phones take them: what is published of them, and what a phone has to fetch."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import camera
import pytest
from audit.axe import run
from audit.browser import DESK, PHONE, window
from audit.network import path_of, visit
from audit.page_types import Subject
from audit.server import Server, serving
from browsing import overflow, watch
from html_tree import read_main
from metadata import notes
from PIL import Image
from playwright.sync_api import Browser
from portals import SECOND, built, copy_portal, fingerprints

PHOTOS = 10
SIZE = 5_000_000  # bytes each, at least
ARTICLE, MODEL = "tin-tuc/2026/anh-lon/", "mo-hinh/vung-dong/anh-lon/"
PICTURES = {".jpg", ".jpeg", ".png", ".gif", ".webp", ".avif"}
MOST = 60  # kB of a page beside its photos


@pytest.fixture(scope="module")
def album(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The second campaign with an article and a model that have ten photos of five megabytes each, every second one
    upright; built."""
    root = copy_portal(tmp_path_factory.mktemp("album") / "portal", SECOND)
    folder = root / "docs/assets/album"
    folder.mkdir(parents=True)
    scene = Image.effect_noise((4000, 3000), 90).convert("RGB")
    for number in range(PHOTOS):
        exif = camera.noted(6 if number % 2 else 1)
        exif[0x0132] = f"2026:05:{number + 10} 08:00:00"
        data = camera.photo(scene, exif=exif, quality=80, comment=f"{camera.MAKER} {number}".encode())
        assert len(data) >= SIZE
        (folder / f"anh-{number}.jpg").write_bytes(data)
    named = "".join(
        f'- {{file: assets/album/anh-{n}.jpg, alt: "Ảnh {n}", caption: "Chú thích {n}", credit: "Ảnh thử"}}\n'
        for n in range(PHOTOS)
    )
    body = "\n![Trong bài](/assets/album/anh-3.jpg)\n\n[Ảnh gốc](/assets/album/anh-4.jpg)\n"
    summary = 'summary: "Mười ảnh lớn."\nimages:\n' + named
    article = f'---\ntitle: "Ảnh lớn"\ndate: 2026-11-20\ncategory: lich-hien\n{summary}---\n{body}'
    model = f'---\ntitle: "Mô hình có ảnh"\nunit: vung-dong\nstatus: reported\n{summary}---\n{body}'
    for address, text in ((ARTICLE, article), (MODEL, model)):
        (root / f"docs/{address[:-1]}.md").write_text(text, encoding="utf-8")
    built(root)
    return root


@pytest.fixture(scope="module")
def served(album: Path) -> Iterator[Server]:
    with serving(album / "site") as server:
        yield server


def test_nothing_is_left_of_what_cameras_note(album: Path) -> None:
    files = [path for path in (album / "site").rglob("*") if path.suffix in PICTURES]
    assert len(files) >= PHOTOS * 7
    assert {str(path): found for path in files if (found := notes(path.read_bytes()))} == {}
    secrets = (camera.MAKER.encode(), camera.PLACE.encode())
    assert [path for path in files for secret in secrets if secret in path.read_bytes()] == []


def test_every_file_that_a_page_names_is_there_in_the_size_it_says(album: Path) -> None:
    for address, large in ((ARTICLE, PHOTOS - 1), (MODEL, PHOTOS - 1)):
        page = read_main((album / f"site/{address}index.html").read_text(encoding="utf-8"))
        folder = album / "site" / address
        pictures = page.all("picture")
        assert (
            len([one for one in pictures if "portal-card__cover" not in one.attributes.get("class", "")]) == PHOTOS + 1
        )
        for picture in pictures:
            for element in (*picture.all("source"), picture.one("img")):
                for file, width in _set_of(element.attributes):
                    with Image.open((folder / file).resolve()) as image:
                        assert width in (0, image.width)
                        assert image.format == {"webp": "WEBP", "jpg": "JPEG"}[file.rpartition(".")[2]]
        links = page.all("figure a")
        assert len(links) == large
        assert all((folder / link.attributes["href"]).resolve().is_file() for link in links)
        shown = page.all("figure img")
        assert [img.attributes.get("loading") for img in shown] == [None, *["lazy"] * (PHOTOS - 1)]
        assert [(img.attributes["width"], img.attributes["height"]) for img in shown[:2]] == [
            ("4000", "3000"),
            ("3000", "4000"),
        ]
        assert [caption.text for caption in page.all("figcaption")][1] == "Chú thích 1 Ảnh: Ảnh thử"


def _set_of(attributes: dict[str, str]) -> list[tuple[str, int]]:
    """The files an element names, with the width it says of each, 0 where it says none."""
    found = [entry.split() for entry in attributes.get("srcset", "").split(", ") if entry]
    pairs = [(file, int(width[0][:-1]) if width else 0) for file, *width in found]
    return [*pairs, *([(attributes["src"], 0)] if "src" in attributes else [])]


@pytest.mark.parametrize(("points", "width"), [(1, 480), (2, 960)])
@pytest.mark.parametrize("address", [ARTICLE, MODEL])
def test_a_phone_fetches_the_width_it_needs(
    browser: Browser, served: Server, address: str, points: int, width: int
) -> None:
    """Of each photo one file, as WebP; all else of the page within its bound; nothing moves when they come."""
    with window(browser, PHONE, points=points) as context:
        found = visit(context, served, Subject("album", address, f"{address}index.html"))
    photos = [path_of(one.url) for one in found.transfers if one.photo and "/anh/anh-" in one.url]
    assert sorted(photo.partition("-")[2].partition("-")[0] for photo in photos) == sorted(map(str, range(PHOTOS)))
    assert {photo.rpartition("-")[2] for photo in photos} == {f"{width}.webp"}
    assert found.weight(photos=False) <= MOST, found.parts(photos=False)
    assert round(found.shift(), 2) == 0, found.shifts
    assert (found.elsewhere, found.console, found.refused) == ([], [], [])


@pytest.mark.parametrize("width", [PHONE, DESK])
def test_the_gallery_needs_no_script(browser: Browser, served: Server, width: int) -> None:
    with window(browser, width, scripts=False) as context:
        tab = context.new_page()
        faults = watch(tab, served.address)
        tab.goto(served.address + MODEL, wait_until="load")
        assert overflow(tab) <= 0
        assert tab.locator(".portal-gallery img").count() == PHOTOS - 1
        link = tab.locator(".portal-gallery a").first
        assert link.get_attribute("aria-label") == "Xem ảnh lớn: Ảnh 1"
        link.click()
        tab.wait_for_url("**/assets/album/anh-1.jpg")
    assert faults == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_photos_are_no_barrier(browser: Browser, served: Server, axe: str, scheme: str) -> None:
    with window(browser, PHONE, scheme) as context:
        for address in (ARTICLE, MODEL):
            assert run(context, served.address + address, axe)["violations"] == []


def test_photos_are_made_once(album: Path) -> None:
    """Of the same bytes: neither another build nor one without its output makes them again, nor one of other code."""
    kept = {path: path.stat().st_mtime_ns for path in (album / ".portal-cache/photos").iterdir()}
    assert len(kept) >= PHOTOS * 6
    before = fingerprints(album / "site")
    shutil.rmtree(album / "site")
    shutil.rmtree(album / ".site-next", ignore_errors=True)
    (album / ".portal-cache/cache.sqlite").unlink()
    built(album)
    assert {path: path.stat().st_mtime_ns for path in (album / ".portal-cache/photos").iterdir()} == kept
    assert fingerprints(album / "site") == before


def test_what_is_kept_and_damaged_is_made_again(album: Path) -> None:
    before = fingerprints(album / "site")
    shutil.rmtree(album / "site")
    shutil.rmtree(album / ".site-next", ignore_errors=True)
    damaged = sorted((album / ".portal-cache/photos").iterdir())[:3]
    for number, file in enumerate(damaged):
        file.write_bytes(file.read_bytes()[: number * 20])
    built(album)
    assert fingerprints(album / "site") == before
