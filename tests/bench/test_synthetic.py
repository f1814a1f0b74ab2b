"""The made-up campaign is the same every time, right by our own checks, and the same pages for every builder."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import edits
import pytest
from outputs import addresses, compare, kind, outputs
from peers import FED, WITH_FEEDS, read, write_hugo
from portals import built, copy_portal, faults, fingerprints
from synthetic import Options, write_campaign

SMALL = Options(pages=60, pictures=True)


@pytest.fixture(scope="module")
def campaign(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("campaign")
    write_campaign(root, SMALL)
    return root


def test_the_same_options_write_the_same_bytes(campaign: Path, tmp_path: Path) -> None:
    write_campaign(tmp_path, SMALL)
    assert fingerprints(tmp_path) == fingerprints(campaign)


def test_another_seed_writes_another_campaign(campaign: Path, tmp_path: Path) -> None:
    write_campaign(tmp_path, replace(SMALL, seed=2))
    assert not {*fingerprints(tmp_path / "docs/tin-tuc").values()} & {*fingerprints(campaign / "docs/tin-tuc").values()}


@pytest.mark.parametrize(("pages", "share", "articles", "profiles"), [(60, 0.8, 48, 12), (61, 0.5, 30, 31)])
def test_as_many_articles_and_profiles_as_asked_for(
    pages: int, share: float, articles: int, profiles: int, tmp_path: Path
) -> None:
    write_campaign(tmp_path, Options(pages, share))
    assert len(list((tmp_path / "docs/tin-tuc").rglob("*.md"))) == articles
    assert len(list((tmp_path / "docs/mo-hinh").rglob("*.md"))) == profiles
    assert not (tmp_path / "docs/assets").exists()


def test_it_has_figures_links_pictures_and_the_size_of_real_articles(campaign: Path) -> None:
    articles = [read(file) for file in sorted((campaign / "docs/tin-tuc").rglob("*.md"))]
    assert sum("figures" in keys for keys, _ in articles) > len(articles) // 4
    assert sum("images" in keys for keys, _ in articles) > len(articles) // 2
    assert sum("](../../mo-hinh/" in body for _, body in articles) > len(articles) // 2
    sizes = [file.stat().st_size for file in (campaign / "docs").rglob("*.md")]
    assert 3000 < sum(sizes) / len(sizes) < 5000
    assert len({body for _, body in articles}) == len(articles)


def test_it_passes_our_checks_builds_and_every_edit_leaves_it_right(campaign: Path, tmp_path: Path) -> None:
    root = copy_portal(tmp_path / "portal", campaign)
    site = built(root)
    pages = addresses(root / "site")
    assert sum(kind(address) == "/tin-tuc/ records" for address in pages) == SMALL.articles
    assert sum(kind(address) == "/mo-hinh/ records" for address in pages) == SMALL.profiles
    assert len(pages) == len(site.pages)
    before = fingerprints(root / "docs") | fingerprints(root / "data")
    for number in range(9):
        for edit in edits.EDITS.values():
            edit(root, number)
            after = fingerprints(root / "docs") | fingerprints(root / "data")
            assert len(after.items() - before.items()) == 1
            before = after
    assert faults(root) == []
    text = edits.article(root).read_text(encoding="utf-8")
    assert [text.count(edits.sentence(number)) for number in range(9)] == [1] * 9
    assert text.count(", sửa lần ") == 1


def test_hugo_gets_every_record_and_a_term_for_every_list(campaign: Path, tmp_path: Path) -> None:
    write_hugo(campaign, tmp_path)
    content = tmp_path / "content"
    for file in (campaign / "docs").rglob("*.md"):
        path = file.relative_to(campaign / "docs")
        keys, body = read(content / (path if path.name != "index.md" else path.with_name("_index.md")))
        said, written = read(file)
        assert (keys["title"], body) == (said["title"], written)
        for taxonomy in ("chuyen-muc", "linh-vuc", "dia-ban", "nam", "thang", "tu-khoa", "thong-ke-dia-ban"):
            for slug in keys.get(taxonomy, ()):
                assert (content / taxonomy / slug / "_index.md").exists()
    assert fingerprints(tmp_path / "static/assets") == fingerprints(campaign / "docs/assets")


def test_hugo_makes_feeds_of_the_lists_that_hold_an_article(campaign: Path, tmp_path: Path) -> None:
    write_hugo(campaign, tmp_path)
    content = tmp_path / "content"
    articles = [read(file)[0] for file in (content / "tin-tuc").rglob("*.md") if file.name != "_index.md"]
    made = {True: 0, False: 0}
    for taxonomy in FED:
        named = {slug for keys in articles for slug in keys[taxonomy]}
        for file in (content / taxonomy).glob("*/_index.md"):
            fed = file.parent.name in named
            assert read(file)[0].get("outputs") == (WITH_FEEDS if fed else None)
            made[fed] += 1
    assert made[True] > 10
    assert made[False] > 10


def test_pages_are_compared_kind_by_kind_and_differences_named(tmp_path: Path) -> None:
    for address in ("one/tin-tuc/2024/a", "one/tin-tuc/trang/2", "two/tin-tuc/2024/a", "two/nam/2024"):
        (tmp_path / address).mkdir(parents=True)
        (tmp_path / address / "index.html").write_text("", encoding="utf-8")
    for name in ("index.html", "404.html"):
        (tmp_path / "one" / name).write_text("", encoding="utf-8")
    assert compare({"one": tmp_path / "one", "two": tmp_path / "two"}) == [
        "pages                         one      two",
        "/nam/                           0        1",
        "/tin-tuc/ lists                 1        0",
        "/tin-tuc/ records               1        1",
        "other                           1        0",
        "all                             3        2",
        "one does not make 1: /nam/2024/",
        "two does not make 2: /, /tin-tuc/trang/2/",
        "",
        "files                         one      two",
        "pages                           4        2",
        "all                             4        2",
    ]


def test_files_are_told_apart_by_what_they_are_for(tmp_path: Path) -> None:
    there = {
        "archives of feeds": ("feed/1.xml", "feed/12.json", "linh-vuc/kinh-te/feed/1.xml"),
        "cards": ("assets/the-chia-se/cong--e103bf82.jpg",),
        "data files": ("portal-manifest.json",),
        "embeds": ("nhung/thong-ke/theo-cap.html", "nhung/thong-ke/nam/2024/bao-cao.html"),
        "feeds": ("feed.xml", "feed.json", "mo-hinh/feed.xml"),
        "for crawlers": ("robots.txt", "llms.txt"),
        "pages": ("index.html", "404.html", "nam/2024/index.html", "tim-kiem/index.html"),
        "pictures": ("assets/anh/000/anh-1.png",),
        "search index": ("tim-kiem/chi-muc.json", "tim-kiem/chi-muc/0a.json", "search/search_index.json"),
        "sitemap": ("sitemap.xml", "sitemap.xml.gz"),
        "texts": ("tin-tuc/2024/mot/index.txt",),
        "theme and other files": ("stylesheets/portal.css", "_headers"),
    }
    for path in (path for paths in there.values() for path in paths):
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).touch()
    assert outputs(tmp_path) == {purpose: len(paths) for purpose, paths in there.items()}
