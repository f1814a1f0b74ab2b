"""The preview never ends because of a fault: before the first good site it lists the faults, later it keeps the last one."""

from __future__ import annotations

import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.error import URLError
from urllib.request import Request, urlopen

import pytest
from drawing.serving import Preview, faults_page
from html_pages import read_html
from portals import NOW, environment, fingerprints, front_matter, pages_in, portal_command, replace_once

ARTICLE = "docs/tin-tuc/2026/ngay-hoi.md"
FAULT = f"{ARTICLE}:5:11: category: `lich-hen` không có trong data/categories.yml; có phải `lich-hien`?"
DEADLINE = 30  # seconds a started preview may take, on a busy machine


@pytest.fixture
def said() -> list[str]:
    return []


@pytest.fixture
def preview(second_copy: Path, tmp_path: Path, said: list[str]) -> Preview:
    folder = tmp_path / "shown"
    (folder / "site").mkdir(parents=True)
    return Preview(second_copy, folder, lambda: NOW, said.append, "http://127.0.0.1:8000/")


def test_a_good_site_is_shown_at_its_own_address(preview: Preview, second_copy: Path, said: list[str]) -> None:
    before = fingerprints(second_copy / "site")
    preview.rebuild()
    assert said == [f"Đã dựng {pages_in(second_copy / 'site')} trang."]
    assert read_html(_shown(preview)).said_in("h1") == "Giọt hồng Sông Mây"
    assert '<link rel="canonical" href="http://127.0.0.1:8000/">' in _shown(preview)
    assert "https://example.org/hien-mau/" not in _shown(preview)
    assert fingerprints(second_copy / "site") == before, "the preview is not for publishing"


def test_a_preview_states_no_policy(preview: Preview) -> None:
    """Its server puts a script into every page."""
    preview.rebuild()
    home = (preview.site_folder / "index.html").read_text(encoding="utf-8")
    assert "javascripts/portal.js" in home
    assert "Content-Security-Policy" not in home


def test_before_the_first_good_site_a_page_lists_the_faults(preview: Preview, said: list[str]) -> None:
    _break(preview.root)
    preview.rebuild()
    assert said == [f"{FAULT}\nCó 1 lỗi."]
    for page in (_shown(preview), (preview.not_found(404) or b"").decode()):
        assert read_html(page).said_in("h1") == "Nội dung có 1 lỗi"
        assert read_html(page).said_in("code") == FAULT
    assert preview.not_found(500) is None


def test_the_page_of_faults_follows_them_until_they_are_mended(preview: Preview, said: list[str]) -> None:
    _break(preview.root)
    preview.rebuild()
    replace_once(preview.root / "data/fields.yml", "slug: tieu-cau", "slug: Tiểu cầu")
    preview.rebuild()
    assert read_html(_shown(preview)).said_in("h1") == "Nội dung có 2 lỗi"
    replace_once(preview.root / "data/fields.yml", "slug: Tiểu cầu", "slug: tieu-cau")
    _mend(preview.root)
    preview.rebuild()
    assert said[-1] == f"Đã dựng {pages_in(preview.root / 'site')} trang."
    assert read_html(_shown(preview)).said_in("h1") == "Giọt hồng Sông Mây"
    assert "Nội dung có" not in _shown(preview)


def test_a_later_fault_keeps_the_last_good_site(preview: Preview, said: list[str]) -> None:
    preview.rebuild()
    before = fingerprints(preview.site_folder)
    _break(preview.root)
    preview.rebuild()
    assert said[-1] == f"{FAULT}\nCó 1 lỗi."
    assert fingerprints(preview.site_folder) == before


def test_a_broken_template_is_a_fault_too(preview: Preview, said: list[str]) -> None:
    template = preview.root / "overrides/portal/page.html"
    good = template.read_text(encoding="utf-8")
    template.write_text(good + "{% if %}\n", encoding="utf-8")
    preview.rebuild()
    line = good.count("\n") + 1
    assert f"overrides/portal/page.html:{line}: mẫu trang sai cú pháp: " in said[-1]
    assert f"overrides/portal/page.html:{line}: " in read_html(_shown(preview)).said_in("code")
    template.write_text(good, encoding="utf-8")
    preview.rebuild()
    assert said[-1] == f"Đã dựng {pages_in(preview.root / 'site')} trang."
    before = fingerprints(preview.site_folder)
    template.write_text(good + "{% if %}\n", encoding="utf-8")
    preview.rebuild()
    assert "mẫu trang sai cú pháp" in said[-1]
    assert fingerprints(preview.site_folder) == before


@pytest.mark.parametrize("broken", ["{{ 1 / 0 }}", "{{ view.khong_co.gi_ca }}"])
def test_a_template_that_fails_while_drawn_does_not_end_the_preview(
    preview: Preview, said: list[str], broken: str
) -> None:
    template = preview.root / "overrides/portal/page.html"
    replace_once(template, "{% block main %}", "{% block main %}" + broken)
    preview.rebuild()
    assert len(said) == 1
    assert read_html(_shown(preview)).said_in("h1") == "Nội dung có 1 lỗi"


def test_settings_that_cannot_be_read_do_not_end_the_preview(preview: Preview, said: list[str]) -> None:
    (preview.root / "mkdocs.yml").write_text("site_name: [\n", encoding="utf-8")
    preview.rebuild()
    assert len(said) == 1
    assert read_html(_shown(preview)).said_in("h1") == "Nội dung có 1 lỗi"


def test_what_is_not_public_is_shown_with_a_banner_and_not_counted(preview: Preview) -> None:
    articles = {
        "Bài nháp": ({"status": "draft"}, "Bản xem trước: bản nháp."),
        "Bài duyệt": ({"status": "review"}, "Bản xem trước: đang chờ duyệt."),
        "Bài hẹn": ({"publish_at": "2026-11-22T08:01"}, "Bản xem trước: chưa đến giờ đăng."),
        "Bài sau": ({"date": "2026-12-31"}, "Bản xem trước: chưa đến giờ đăng."),
    }
    profiles = {
        "Mô hình nháp": ({"status": "registered", "draft": "true"}, "Bản xem trước: bản nháp."),
        "Mô hình đề xuất": (
            {"status": "proposed"},
            "Bản xem trước: mô hình mới đề xuất hoặc không được công nhận, không đăng.",
        ),
        "Mô hình không được": (
            {"status": "rejected"},
            "Bản xem trước: mô hình mới đề xuất hoặc không được công nhận, không đăng.",
        ),
    }
    for number, (title, (keys, _)) in enumerate(articles.items()):
        written = {"title": title, "date": "2026-11-01", "summary": "Chờ.", "category": "lich-hien", **keys}
        file = preview.root / f"docs/tin-tuc/2026/cho-{number}.md"
        file.write_text(front_matter(**written), encoding="utf-8")
    for number, (title, (keys, _)) in enumerate(profiles.items()):
        written = {"title": title, "summary": "Chờ.", "unit": "vung-dong", **keys}
        (preview.root / f"docs/mo-hinh/cho-{number}.md").write_text(front_matter(**written), encoding="utf-8")
    preview.rebuild()
    for folder, records in (("tin-tuc/", articles), ("mo-hinh/", profiles)):
        listed = read_html(_shown(preview, folder)).words
        for number, (title, (_, banner)) in enumerate(records.items()):
            page = read_html(_shown(preview, f"{folder}{'2026/' if records is articles else ''}cho-{number}/"))
            assert page.said_in("h1") == title
            assert banner in page.words
            assert f"{title} {banner}" in listed
    assert "Đếm từ 3 hồ sơ" in read_html(_shown(preview, "thong-ke/")).words


def test_what_is_in_a_fault_is_shown_as_text() -> None:
    page = faults_page(["docs/a.md:1:1: title: có mã HTML `<script>alert(1)</script>`\x1b[2J"])
    assert read_html(page).count("script") == 0
    assert "&lt;script&gt;" in page
    assert "\x1b" not in page


# --- one real server ------------------------------------------------------------

# A shell starts what runs in its background deaf to Ctrl+C; this lends the preview its ears back.
_LISTENING = "import os, signal, sys; signal.signal(signal.SIGINT, signal.SIG_DFL); os.execv(sys.argv[1], sys.argv[1:])"


@pytest.fixture
def served(second_copy: Path) -> Iterator[tuple[Path, str, subprocess.Popen[str]]]:
    """A preview at a free port: the root of its content, its address and its process."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    process = subprocess.Popen(
        [sys.executable, "-c", _LISTENING, portal_command(), "serve", "--port", str(port)],
        cwd=second_copy,
        env=environment(PYTHONUNBUFFERED="1"),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
    )
    try:
        yield second_copy, f"http://127.0.0.1:{port}/", process
    finally:
        if process.poll() is None:
            process.kill()
        process.wait()
        if process.stdout:
            process.stdout.close()


def test_a_real_preview_reloads_data_and_templates_and_ends_cleanly(
    served: tuple[Path, str, subprocess.Popen[str]],
) -> None:
    root, address, process = served
    _wait_for(address, lambda page: "Giọt hồng Sông Mây" in page, process)
    replace_once(root / "data/campaign.yml", 'name: "Giọt hồng Sông Mây"', 'name: "Giọt hồng đổi tên"')
    _wait_for(address, lambda page: "Giọt hồng đổi tên" in page, process)
    replace_once(root / "overrides/portal/content.html", "{% block main %}", "<p>câu mới của mẫu</p>{% block main %}")
    _wait_for(address + "lien-he/", lambda page: "câu mới của mẫu" in page, process)
    process.send_signal(signal.SIGINT)
    output, _ = process.communicate(timeout=DEADLINE)
    assert process.returncode == 0, output
    assert f"Xem trước tại {address} (Ctrl+C để dừng)\n" in output
    assert output.endswith("Đã dừng.\n")
    assert "Traceback" not in output


def _wait_for(address: str, seen: Callable[[str], bool], process: subprocess.Popen[str]) -> None:
    """Ask until the page shows it: a preview has no other way to say that it is ready."""
    deadline = time.monotonic() + DEADLINE
    page = ""
    while time.monotonic() < deadline:
        assert process.poll() is None, "the preview ended by itself"
        try:
            # As a browser asks: the preview holds back the next answer while it rebuilds.
            with urlopen(Request(address, headers={"Accept": "text/html"}), timeout=DEADLINE) as answer:
                page = answer.read().decode()
        except (URLError, ConnectionError):
            page = ""
        if seen(page):
            return
        _pause()
    raise AssertionError(f"{address} never showed it; the last page:\n{page[:2000]}")


def _pause() -> None:
    """A short breath between two questions, so as not to take the processor from the preview."""
    time.sleep(0.05)


# --- helpers --------------------------------------------------------------------


def _break(root: Path) -> None:
    replace_once(root / ARTICLE, "category: lich-hien", "category: lich-hen")


def _mend(root: Path) -> None:
    replace_once(root / ARTICLE, "category: lich-hen", "category: lich-hien")


def _shown(preview: Preview, page: str = "") -> str:
    return (preview.site_folder / page / "index.html").read_text(encoding="utf-8")
