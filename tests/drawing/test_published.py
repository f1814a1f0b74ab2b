"""A built site as it lies in its folder: what it is called, its pages, and what a browser is given of it."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest
from drawing.exchange import Places
from drawing.published import PublishedPage, PublishedSite, changed_since
from hypothesis import given
from hypothesis import strategies as st
from portals import NOW, built

URL = "https://example.org/hien-mau/"
ARTICLE = PublishedPage(
    "/tin-tuc/2026/ngay-hoi/",
    f"{URL}tin-tuc/2026/ngay-hoi/",
    "Ngày hội ở Bến Bạc <3 & những giọt hồng – Giọt hồng Sông Mây",
)


@pytest.fixture(scope="session")
def site(built_second: Path) -> PublishedSite:
    return opened(built_second / "site")


def opened(folder: Path) -> PublishedSite:
    site = PublishedSite.opened(folder)
    assert site is not None
    return site


def test_what_a_site_says_of_itself(site: PublishedSite) -> None:
    assert (site.url, site.name, site.built) == (URL, "Giọt hồng Sông Mây", NOW)


@pytest.mark.parametrize(
    "asked", ["docs/tin-tuc/2026/ngay-hoi.md", ARTICLE.address, ARTICLE.url, "site/tin-tuc/2026/ngay-hoi/index.html"]
)
def test_a_page(site: PublishedSite, asked: str) -> None:
    assert site.page(asked) == ARTICLE


def test_its_first_and_its_lost_page(site: PublishedSite) -> None:
    home = site.page("/")
    assert home == PublishedPage("/", URL, site.name)
    lost = site.page("404.html")
    assert lost is not None and (lost.address, lost.url) == ("/404.html", f"{URL}404.html")


def test_its_addresses_are_those_of_its_pages(site: PublishedSite) -> None:
    assert {"/", ARTICLE.address, "/thong-ke/"} <= set(site.addresses)
    assert [address for address in site.addresses if site.page(address) is None] == []


@pytest.mark.parametrize(
    "asked", ["/khong-co/", "portal-manifest.json", "stylesheets/portal.css", "_headers", "x" * 5_000]
)
def test_no_page(site: PublishedSite, asked: str) -> None:
    assert site.page(asked) is None


def test_what_a_browser_is_given(site: PublishedSite) -> None:
    assert site.file(URL) == site.folder / "index.html"
    assert site.file(f"{ARTICLE.url}?q=a/../b#x") == site.folder / "tin-tuc/2026/ngay-hoi/index.html"
    assert site.file(f"{URL}assets/giot-mau.png") == site.folder / "assets/giot-mau.png"
    assert site.file(f"{URL}assets/giot%2Dmau.png") == site.folder / "assets/giot-mau.png"
    for lost in (ARTICLE.url.rstrip("/"), f"{URL}khong-co.png", "https://example.org/", "http://example.org/hien-mau/"):
        assert site.file(lost) is None


@given(
    st.lists(st.sampled_from(["..", "%2e%2e", "%2F", "/", "data", "campaign.yml", "assets", "docs", "é"]), max_size=8)
)
def test_nothing_beside_the_site_is_given(site: PublishedSite, steps: list[str]) -> None:
    file = site.file(URL + "/".join(steps))
    assert file is None or file.is_relative_to(site.folder)


def test_a_link_out_of_the_site_is_not_followed(portal: Path) -> None:
    (portal / "site/ra.yml").symlink_to(portal / "data/campaign.yml")
    assert opened(portal / "site").file(f"{URL}ra.yml") is None


def broken(file: Path, text: str) -> Callable[[Path], object]:
    return lambda site: (site / file).write_text(text, encoding="utf-8")


@pytest.mark.parametrize(
    "spoil",
    [
        broken(Path("portal-manifest.json"), "{"),
        broken(Path("portal-manifest.json"), "[]"),
        broken(Path("portal-manifest.json"), json.dumps({"now": "hôm qua"})),
        broken(Path("portal-manifest.json"), json.dumps({"now": "2026-11-22T08:00:00"})),
        lambda site: (site / "portal-manifest.json").unlink(),
    ],
)
def test_a_site_that_does_not_say_when_it_was_built(portal: Path, spoil: Callable[[Path], object]) -> None:
    spoil(portal / "site")
    assert opened(portal / "site").built is None


def test_what_no_build_has_left(portal: Path, tmp_path: Path) -> None:
    assert PublishedSite.opened(tmp_path / "khong-co") is None
    (portal / "site/index.html").write_text("<title>Khác</title>", encoding="utf-8")
    assert PublishedSite.opened(portal / "site") is None
    (portal / "site/index.html").write_bytes(b"\xff")
    assert PublishedSite.opened(portal / "site") is None


def test_content_that_was_written_after_the_build(portal: Path) -> None:
    """Also where the build found nothing to do. Where no build is noted nothing is claimed."""
    record = portal / ".portal-cache/shown.json"
    (portal / "docs/.lien-he.md.swp").write_text("", encoding="utf-8")
    noted = 0.0
    for _ in range(2):
        built(portal)
        assert record.stat().st_mtime > noted
        noted = record.stat().st_mtime
        for path, seconds in (
            ("docs/lien-he.md", 1),
            ("data/units.yml", -1),
            ("docs/.lien-he.md.swp", 1),
            ("mkdocs.yml", 1),
        ):
            os.utime(portal / path, (noted + seconds, noted + seconds))
        assert changed_since(portal, Places.of(portal)) == ["docs/lien-he.md"]
        os.utime(record, (noted - 2, noted - 2))
        assert changed_since(portal, Places.of(portal)) == ["data/units.yml", "docs/lien-he.md"]
    record.unlink()
    assert changed_since(portal, Places.of(portal)) == []
