"""site/ changes as a whole or not at all, the clock is given and recorded, and only what is public is drawn."""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner
from html_pages import read_html
from portal.cli import main
from portals import (
    NOW,
    NOW_TEXT,
    built,
    environment,
    faults,
    files_with,
    fingerprints,
    front_matter,
    pages_in,
    replace_once,
    run,
)

MARKER = "dauhieukhongduocthay"
ARTICLE = "docs/tin-tuc/2026/ngay-hoi.md"


def portal_build(root: Path, *options: str, now: str = NOW_TEXT) -> tuple[int, str, list[str]]:
    """Exit status, what it said, and the lines of what it complained of."""
    done = CliRunner().invoke(main, ["build", "--root", str(root), *options], env={"PORTAL_NOW": now, "CI": None})
    return done.exit_code, done.stdout, done.stderr.splitlines()


# --- as a whole or not at all ---------------------------------------------------


def test_a_good_build_says_how_many_pages(second_copy: Path) -> None:
    count = pages_in(second_copy / "site")
    assert portal_build(second_copy) == (0, f"Đã dựng {count} trang vào site/.\n", [])
    assert _left_over(second_copy) == []


def test_a_fault_in_content_leaves_the_site(second_copy: Path) -> None:
    before = fingerprints(second_copy / "site")
    replace_once(second_copy / ARTICLE, "category: lich-hien", "category: lich-hen")
    assert portal_build(second_copy) == (
        1,
        "",
        [f"{ARTICLE}:5:11: category: `lich-hen` không có trong data/categories.yml; có phải `lich-hien`?", "Có 1 lỗi."],
    )
    assert fingerprints(second_copy / "site") == before
    assert _left_over(second_copy) == []


def test_a_template_with_wrong_syntax_is_one_line(second_copy: Path) -> None:
    before = fingerprints(second_copy / "site")
    template = second_copy / "overrides/portal/profile.html"
    template.write_text(template.read_text(encoding="utf-8") + "{% if %}\n", encoding="utf-8")
    line = template.read_text(encoding="utf-8").count("\n")
    status, said, complaints = portal_build(second_copy)
    assert (status, said, len(complaints)) == (1, "", 1)
    assert complaints[0].startswith("Không dựng được trang, site/ giữ nguyên: ")
    assert f"overrides/portal/profile.html:{line}: mẫu trang sai cú pháp: " in complaints[0]
    assert fingerprints(second_copy / "site") == before
    assert _left_over(second_copy) == []


@pytest.mark.parametrize(
    ("broken", "said"),
    [
        ("{{ view.khong_co.gi_ca }}", "khong_co"),  # AttributeError
        ("{{ khong_co.gi_ca }}", "khong_co"),  # jinja2.UndefinedError
        ("{{ 1 / 0 }}", "division by zero"),  # any other exception a template may raise
        ("{% include 'portal/khong-co.html' %}", "portal/khong-co.html"),  # jinja2.TemplateNotFound
        ("{{ 'x' | khong_co }}", "khong_co"),  # jinja2.TemplateAssertionError
        ("{{ view.status() }}", "not callable"),  # TypeError
    ],
)
def test_a_template_that_fails_while_drawn_is_one_line(second_copy: Path, broken: str, said: str) -> None:
    before = fingerprints(second_copy / "site")
    template = second_copy / "overrides/portal/profile.html"
    replace_once(template, "{% block main %}\n", f"{{% block main %}}\n{broken}\n")
    status, _, complaints = portal_build(second_copy)
    assert (status, len(complaints)) == (1, 1)
    assert complaints[0].startswith("Không dựng được trang, site/ giữ nguyên: ")
    assert said in complaints[0]
    assert "portal/profile.html" in complaints[0]
    assert fingerprints(second_copy / "site") == before
    assert _left_over(second_copy) == []


def test_settings_that_cannot_be_read_are_told_in_one_line(second_copy: Path) -> None:
    before = fingerprints(second_copy / "site")
    settings = second_copy / "mkdocs.yml"
    settings.write_text(settings.read_text(encoding="utf-8") + "plugins: [khong-co]\n", encoding="utf-8")
    status, _, complaints = portal_build(second_copy)
    assert (status, len(complaints)) == (1, 1)
    assert fingerprints(second_copy / "site") == before


def test_a_killed_swap_is_undone_by_the_next_build(second_copy: Path) -> None:
    """Killed between its two steps it leaves no site/, only the old one under another name."""
    before = fingerprints(second_copy / "site")
    (second_copy / "site").rename(second_copy / ".site-previous")
    (second_copy / ".site-next").mkdir()
    replace_once(second_copy / "mkdocs.yml", "use_directory_urls: true", "use_directory_urls: sai")
    assert portal_build(second_copy)[0] == 1
    assert fingerprints(second_copy / "site") == before
    assert _left_over(second_copy) == []


def test_a_killed_swap_is_undone_also_when_content_is_at_fault(second_copy: Path) -> None:
    """ "The last good site stays": readers get it back even before the content is mended."""
    before = fingerprints(second_copy / "site")
    (second_copy / "site").rename(second_copy / ".site-previous")
    replace_once(second_copy / ARTICLE, "category: lich-hien", "category: lich-hen")
    assert portal_build(second_copy)[0] == 1
    assert fingerprints(second_copy / "site") == before


def test_a_swap_killed_after_its_steps_leaves_the_new_site(second_copy: Path) -> None:
    before = fingerprints(second_copy / "site")
    (second_copy / ".site-previous").mkdir()
    (second_copy / ".site-previous/cu.html").write_text("cũ", encoding="utf-8")
    assert portal_build(second_copy)[0] == 0
    assert fingerprints(second_copy / "site") == before
    assert _left_over(second_copy) == []


@pytest.mark.parametrize("kind", ["link", "file"])
def test_a_site_that_is_no_folder_of_its_own(second_copy: Path, kind: str) -> None:
    """Replaced, or refused in one line: but the second build goes as the first one did."""
    target, elsewhere = second_copy / "site", second_copy / "www"
    target.rename(elsewhere)
    if kind == "link":
        target.symlink_to("www")
    else:
        target.write_text("của ai đó", encoding="utf-8")
    first, second = portal_build(second_copy), portal_build(second_copy)
    assert second == first
    assert len(first[2]) == first[0]
    assert _left_over(second_copy) == []
    assert (target / "index.html").is_file() or target.read_text(encoding="utf-8") == "của ai đó"


def test_plain_mkdocs_leaves_the_site_when_content_is_at_fault(second_copy: Path) -> None:
    before = fingerprints(second_copy / "site")
    replace_once(second_copy / ARTICLE, "category: lich-hien", "category: lich-hen")
    done = run([sys.executable, "-m", "mkdocs", "build"], cwd=second_copy, env=environment())
    assert done.returncode == 1
    assert (
        f"{ARTICLE}:5:11: category: `lich-hen` không có trong data/categories.yml; có phải `lich-hien`?" in done.stderr
    )
    assert "Traceback" not in done.stderr
    assert fingerprints(second_copy / "site") == before


# --- the clock ----------------------------------------------------------------


def test_the_clock_is_recorded(second_copy: Path) -> None:
    for options, variable, recorded in (
        ((), "2026-05-01", "2026-05-01T00:00:00+07:00"),
        (("--now", "2026-04-01T06:30"), "2026-05-01", "2026-04-01T06:30:00+07:00"),
        (("--now", "2026-04-01T06:30Z"), "", "2026-04-01T13:30:00+07:00"),
    ):
        assert portal_build(second_copy, *options, now=variable)[0] == 0
        manifest = json.loads((second_copy / "site/portal-manifest.json").read_text(encoding="utf-8"))
        assert manifest["now"] == recorded


@pytest.mark.parametrize("command", ["build", "check", "serve"])
@pytest.mark.parametrize("way", ["--now", "PORTAL_NOW"])
def test_a_moment_that_is_none_is_told(second_copy: Path, command: str, way: str) -> None:
    before = fingerprints(second_copy / "site")
    arguments = [command, "--root", str(second_copy), *(("--now", "22/11/2026") if way == "--now" else ())]
    done = CliRunner().invoke(main, arguments, env={"PORTAL_NOW": "22/11/2026" if way == "PORTAL_NOW" else ""})
    assert done.exit_code == 2
    assert "`22/11/2026` không viết theo dạng năm-tháng-ngày; hãy viết 2026-11-22" in done.stderr
    assert "Traceback" not in done.stderr
    assert fingerprints(second_copy / "site") == before


def test_plain_mkdocs_tells_a_moment_that_is_none(second_copy: Path) -> None:
    before = fingerprints(second_copy / "site")
    done = run([sys.executable, "-m", "mkdocs", "build"], cwd=second_copy, env=environment(PORTAL_NOW="mai"))
    assert done.returncode == 1
    assert "PORTAL_NOW: `mai` không phải là ngày; hãy viết dạng 2022-05-17" in done.stderr
    assert "Traceback" not in done.stderr
    assert fingerprints(second_copy / "site") == before


# --- what is public -------------------------------------------------------------


def test_articles_not_yet_public_are_in_no_file(second_copy: Path) -> None:
    waiting = [
        {"status": "draft"},
        {"status": "review"},
        {"publish_at": "2026-11-22T08:01"},
        {"publish_at": "2026-11-22T01:00:01Z"},
        {"date": "2026-11-23"},
        {"date": "2026-11-22T08:00:01"},
        {"status": "archived", "publish_at": "2027-01-01"},
        {"publish_at": "2026-12-01", "expires_at": "2026-12-02"},
    ]
    for keys in waiting:
        _write_article(second_copy, slug=_slug(keys), **keys)
    count = pages_in(second_copy / "site")
    assert portal_build(second_copy) == (0, f"Đã dựng {count} trang vào site/.\n", [])
    assert files_with(second_copy / "site", MARKER) == []


@pytest.mark.parametrize(
    "keys", [{"publish_at": "2026-11-22T08:00"}, {"date": "2026-11-22"}, {"date": "2026-11-22T08:00"}]
)
def test_an_article_is_there_from_its_moment_on(second_copy: Path, keys: dict[str, str]) -> None:
    _write_article(second_copy, **keys)
    built(second_copy)
    assert _pages_with_marker(second_copy) == {
        f"tin-tuc/2026/{MARKER}/index.html",
        "tin-tuc/index.html",
        "index.html",
        "chuyen-muc/lich-hien/index.html",
        "dia-ban/song-may/index.html",
        "dia-ban/vung-dong/index.html",
        "linh-vuc/tieu-cau/index.html",
        "nam/2026/index.html",
        "nam/2026/11/index.html",
        "tu-khoa/index.html",
        f"tu-khoa/{MARKER}/index.html",
        "mo-hinh/nhom-hiem/index.html",  # named by the article
        "mo-hinh/vung-dong/giot-dong/index.html",  # of the same place
        "tin-tuc/2026/ngay-hoi/index.html",  # of the same category
    }


@pytest.mark.parametrize("keys", [{"status": "draft"}, {"publish_at": "2027-01-01"}])
def test_a_link_to_an_article_not_yet_public_is_a_fault(second_copy: Path, keys: dict[str, str]) -> None:
    _write_article(second_copy, **keys)
    page = second_copy / "docs/lien-he.md"
    page.write_text(page.read_text(encoding="utf-8") + f"\n[sắp có](tin-tuc/2026/{MARKER}.md)\n", encoding="utf-8")
    line = page.read_text(encoding="utf-8").count("\n")
    assert faults(second_copy) == [
        f"docs/lien-he.md:{line}:10: nội dung: liên kết `tin-tuc/2026/{MARKER}.md` dẫn đến bài chưa đăng; hãy đăng bài đó hoặc bỏ liên kết"
    ]


def test_profiles_that_are_not_public_are_in_no_file(second_copy: Path) -> None:
    """Nor where an article names them, nor where one of them learnt from another."""
    hidden = [
        {"draft": "true"},
        {"status": "proposed"},
        {"status": "rejected"},
        {"draft": "true", "status": "recognised"},
    ]
    slugs = [_slug(keys) for keys in hidden]
    for slug, keys in zip(slugs, hidden, strict=True):
        _write_profile(second_copy, slug=slug, **keys, replicated_from=slugs[1] if slug == slugs[0] else "nhom-hiem")
    replace_once(second_copy / ARTICLE, "models: [giot-dong]", f"models: [giot-dong, {', '.join(slugs)}]")
    assert portal_build(second_copy)[0] == 0
    assert files_with(second_copy / "site", MARKER) == []
    words = _words(second_copy, "thong-ke/nhan-rong/index.html")
    assert "Chưa có hồ sơ nào ghi là học từ một mô hình khác." in words


def test_a_public_profile_is_listed_and_counted(second_copy: Path) -> None:
    _write_profile(second_copy, status="reported")
    built(second_copy)
    assert _pages_with_marker(second_copy) >= {
        f"mo-hinh/{MARKER}/index.html",
        "mo-hinh/index.html",
        "dia-ban/vung-dong/index.html",
        "linh-vuc/tieu-cau/index.html",
    }
    assert "Đếm từ 4 hồ sơ" in _words(second_copy, "thong-ke/index.html")


def test_of_an_expired_article_only_the_address_is_left_with_a_notice(second_copy: Path) -> None:
    _write_article(second_copy, slug="tin-cu", expires_at="2026-11-22T08:00")
    built(second_copy)
    assert files_with(second_copy / "site", MARKER) == []
    assert files_with(second_copy / "site", "tin-cu/") == [
        "tin-tuc/2026/tin-cu/index.html"
    ]  # its own canonical address
    words = _words(second_copy, "tin-tuc/2026/tin-cu/index.html")
    assert "Bài viết từng ở địa chỉ này đã hết hạn. Nội dung đã được gỡ" in words


def test_an_article_that_expires_later_is_listed(second_copy: Path) -> None:
    _write_article(second_copy, expires_at="2026-11-22T08:01")
    built(second_copy)
    assert "tin-tuc/index.html" in _pages_with_marker(second_copy)
    assert "đã hết hạn" not in _words(second_copy, f"tin-tuc/2026/{MARKER}/index.html")


def test_an_archived_article_keeps_its_page_and_leaves_the_latest_lists(second_copy: Path) -> None:
    _write_article(second_copy, status="archived")
    built(second_copy)
    page = f"tin-tuc/2026/{MARKER}/index.html"
    found = _pages_with_marker(second_copy)
    assert page in found
    assert not found & {"tin-tuc/index.html", "index.html"}
    assert {"dia-ban/vung-dong/index.html", "linh-vuc/tieu-cau/index.html"} <= found
    assert "Bài lưu trữ: nội dung không còn được cập nhật." in _words(second_copy, page)


# --- small campaigns ------------------------------------------------------------


def test_a_campaign_with_no_article_and_no_profile_yet_builds(second_copy: Path) -> None:
    for file in [*(second_copy / "docs").rglob("*.md")]:
        file.unlink()
    (second_copy / "docs/index.md").write_text(front_matter(title="Trang đầu"), encoding="utf-8")
    built(second_copy)
    assert "Chưa có mục nào." in _words(second_copy, "tin-tuc/index.html")
    assert "Đếm từ 0 hồ sơ" in _words(second_copy, "thong-ke/index.html")


def test_a_campaign_without_a_page_of_its_own_builds(second_copy: Path) -> None:
    """docs/ may be empty: everything else is generated."""
    for file in [*(second_copy / "docs").rglob("*.*")]:
        file.unlink()
    built(second_copy)
    assert (
        read_html((second_copy / "site/index.html").read_text(encoding="utf-8")).said_in("h1") == "Giọt hồng Sông Mây"
    )


def test_a_campaign_with_nothing_but_its_name_builds(second_copy: Path) -> None:
    for file in [*(second_copy / "docs").rglob("*.*"), *(second_copy / "data").glob("*.yml")]:
        file.unlink()
    campaign = "schema_version: 1\nname: Mới\nsite_url: https://example.org/\npublisher: {name: Nơi mới}\n"
    (second_copy / "data/campaign.yml").write_text(campaign, encoding="utf-8")
    built(second_copy)


def test_the_content_is_still_good_when_everything_is_long_past(second_copy: Path) -> None:
    assert faults(second_copy, NOW.replace(year=9999)) == []


def test_before_an_article_is_public_a_link_to_it_is_a_fault(second_copy: Path) -> None:
    assert faults(second_copy, NOW.replace(year=2000)) == [
        f"docs/index.md:6:69: nội dung: liên kết `{ARTICLE.removeprefix('docs/')}` dẫn đến bài chưa đăng; hãy đăng bài đó hoặc bỏ liên kết"
    ]


# --- helpers --------------------------------------------------------------------


def _write_article(root: Path, slug: str = MARKER, **changed: str) -> None:
    keys = {
        "title": f"Bài {MARKER}",
        "date": "2026-11-01",
        "summary": f"Tóm tắt {MARKER}.",
        "category": "lich-hien",
        "units": "[vung-dong]",
        "fields": "[tieu-cau]",
        "models": "[nhom-hiem]",
        "tags": f"[{MARKER}]",
        **changed,
    }
    (root / f"docs/tin-tuc/2026/{slug}.md").write_text(
        front_matter(**keys) + f"\nNội dung {MARKER}.\n", encoding="utf-8"
    )


def _write_profile(root: Path, slug: str = MARKER, **changed: str) -> None:
    keys = {
        "title": f"Mô hình {MARKER}",
        "summary": f"Tóm tắt {MARKER}.",
        "unit": "vung-dong",
        "field": "tieu-cau",
        "status": "reported",
        **changed,
    }
    (root / f"docs/mo-hinh/{slug}.md").write_text(front_matter(**keys) + f"\nNội dung {MARKER}.\n", encoding="utf-8")


def _slug(keys: dict[str, str]) -> str:
    """A file name of its own for each set of keys, with the marker in it."""
    return re.sub("[^a-z0-9]+", "-", f"{MARKER}-{keys}".lower()).strip("-")


def _pages_with_marker(root: Path) -> set[str]:
    """Pages, that is: the site map names the address too."""
    return {path for path in files_with(root / "site", MARKER) if path.endswith(".html")}


def _words(root: Path, page: str) -> str:
    return read_html((root / "site" / page).read_text(encoding="utf-8")).words


def _left_over(root: Path) -> list[str]:
    """Folders of a build that should have been removed at its end; the one of the next build stays."""
    return sorted({path.name for path in root.glob(".site*")} - {".site-next"})
