"""What `portal pdf` says where a page can't be printed, and where it writes."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

import pytest
from browsing import browser_path
from click.testing import CliRunner, Result
from drawing.chromium import NONE_FOUND, PrintingError
from drawing.printing import Press, Printed, print_pages
from drawing.published import PublishedPage, PublishedSite
from portal.cli import main
from portals import NOW_TEXT, built, front_matter, replace_once

BUILT = "(bản dựng lúc 08:00 ngày 22/11/2026)"
DRAFT = "docs/mo-hinh/nhap.md"


def pdf(root: Path, *arguments: str, program: str = "") -> Result:
    somebodys = {"PORTAL_NOW": NOW_TEXT, "PORTAL_CHROMIUM": program, "CI": None}
    return CliRunner().invoke(main, ["pdf", "--root", str(root), *arguments], env=somebodys)


def refused(root: Path, *arguments: str) -> list[str]:
    """What is said of pages that can't be printed, without the words that begin each line; no file is made."""
    before = sorted(Path.cwd().iterdir())
    done = pdf(root, *arguments)
    assert (done.exit_code, done.stdout, done.exception.__class__) == (1, "", SystemExit)
    assert sorted(Path.cwd().iterdir()) == before
    lines = done.stderr.splitlines()
    assert all(line.startswith("Chưa in được ") for line in lines)
    return [line.removeprefix("Chưa in được ") for line in lines]


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The current one: not the portal's."""
    here = tmp_path / "đây"
    here.mkdir()
    monkeypatch.chdir(here)
    return here


# --- which pages ------------------------------------------------------------------------------


def test_without_a_built_site(tmp_path: Path) -> None:
    said = ["site/: chưa có trang nào được dựng ở đây; hãy chạy `portal build` trước"]
    assert refused(tmp_path, "/thong-ke/") == said
    (tmp_path / "site").mkdir()
    assert refused(tmp_path, "/thong-ke/") == said


def test_pages_that_there_are_not_are_told_all_at_once(second_portal: Path) -> None:
    assert refused(second_portal, "/thong-ke/", "/thong-kê/", "docs/mo-hinh/vung-dong/giot-don.md", "xyzzy") == [
        "/thong-kê/: không có trang nào như vậy trong site/; có phải /thong-ke/?",
        "docs/mo-hinh/vung-dong/giot-don.md: không có trang nào như vậy trong site/; có phải /mo-hinh/vung-dong/giot-dong/?",
        "xyzzy: không có trang nào như vậy trong site/; hãy xem địa chỉ trong https://example.org/hien-mau/so-do/",
    ]


@pytest.mark.parametrize(
    "asked", ["../portal.yml", "/../data/campaign.yml", "stylesheets/portal.css", "https://khac.example/thong-ke/"]
)
def test_nothing_but_pages_of_the_site_is_printed(second_portal: Path, asked: str) -> None:
    (said,) = refused(second_portal, asked)
    assert said.startswith(f"{asked}: không có trang nào như vậy trong site/; ")


@pytest.mark.parametrize(
    "asked", [DRAFT, "/mo-hinh/nhap/", "site/mo-hinh/nhap/index.html", "https://example.org/hien-mau/mo-hinh/nhap/"]
)
def test_a_draft(second_copy: Path, asked: str) -> None:
    draft = front_matter(title="Nháp", summary="Nháp.", unit="song-may", status="registered", draft="true")
    (second_copy / DRAFT).write_text(draft, encoding="utf-8")
    assert refused(second_copy, asked) == [
        f"{asked}: chưa đăng (bản nháp); hãy xem bằng `portal serve`, và in khi trang đã được đăng"
    ]


def test_an_article_that_waits_until_it_is_due(second_copy: Path) -> None:
    waiting = front_matter(title="Sau này", date="2026-12-01", summary="Sau này.", category="lich-hien")
    (second_copy / "docs/tin-tuc/2026/sau-nay.md").write_text(waiting, encoding="utf-8")
    asked = "docs/tin-tuc/2026/sau-nay.md"
    assert refused(second_copy, asked) == [
        f"{asked}: chưa đăng (chưa đến giờ đăng); hãy xem bằng `portal serve`, và in khi trang đã được đăng"
    ]
    assert refused(second_copy, asked, "--now", "2026-12-01") == [
        f"{asked}: chưa có trong site/; hãy chạy `portal build` trước"
    ]


def test_a_page_that_was_not_built_yet_or_has_faults(second_copy: Path) -> None:
    page = second_copy / "docs/moi.md"
    page.write_text("---\ntitle: Mới\n---\n\nĐoạn.\n", encoding="utf-8")
    assert refused(second_copy, "/moi/") == ["/moi/: chưa có trong site/; hãy chạy `portal build` trước"]
    page.write_text("---\ntitel: Mới\n---\n\nĐoạn.\n", encoding="utf-8")
    assert refused(second_copy, "/moi/") == ["/moi/: tệp nguồn đang có lỗi; hãy chạy `portal check`, sửa rồi dựng lại"]


def test_an_old_address_and_a_file_seen_from_its_folder(second_copy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    replace_once(second_copy / "docs/lien-he.md", "updated:", "aliases: [/lien-lac/, /ho-tro.html]\nupdated:")
    built(second_copy)
    monkeypatch.chdir(second_copy / "docs")
    done = pdf(second_copy, "/lien-lac/", "/ho-tro.html", "lien-he.md", "../site/lien-he", program=browser_path())
    assert (done.exit_code, done.stdout, done.stderr) == (0, f"Đã in /lien-he/ vào lien-he.pdf {BUILT}.\n", "")
    assert Path("lien-he.pdf").read_bytes().startswith(b"%PDF-")


def test_content_changed_since_the_build_is_told(second_copy: Path) -> None:
    built(second_copy)  # what is noted of the build is of this copy
    changed = ["data/units.yml", "docs/index.md", "docs/lien-he.md", "docs/thong-ke/_intro.md"]
    later = (second_copy / ".portal-cache/shown.json").stat().st_mtime + 60
    said = [""]
    for count, path in enumerate(changed):
        os.utime(second_copy / path, (later, later))
        names = ", ".join(changed[: count + 1][:3]) + (" và 1 tệp khác" if count == 3 else "")
        said.append(
            f"Cảnh báo: {names} sửa sau lần dựng này, bản in chưa có; hãy chạy `portal build` rồi in lại nếu cần\n"
        )
        if count in (0, 3):
            done = pdf(second_copy, "/lien-he/", "--force", program=browser_path())
            assert (done.exit_code, done.stderr) == (0, said[-1])


# --- which files ------------------------------------------------------------------------------


def test_a_file_that_is_there_is_kept_unless_it_is_to_be_written_over(second_portal: Path) -> None:
    file = Path("lien-he.pdf")
    file.write_bytes(b"cua ai")
    said = "/lien-he/: đã có lien-he.pdf; hãy thêm --force để ghi đè, hoặc chọn nơi khác bằng --out"
    assert refused(second_portal, "/lien-he/", "/thong-ke/") == [said]
    assert file.read_bytes() == b"cua ai"
    done = pdf(second_portal, "/lien-he/", "--force", program=browser_path())
    assert (done.exit_code, done.stderr) == (0, "")
    assert file.read_bytes().startswith(b"%PDF-")
    assert [path.name for path in Path().iterdir()] == ["lien-he.pdf"]


def test_names_of_files(second_portal: Path) -> None:
    """The last step of the address; more of it where that is taken or only a number; folders are made."""
    asked = ["/", "/nam/2026/", "/thong-ke/dia-ban/vung-dong/", "/dia-ban/vung-dong/", "404.html"]
    done = pdf(second_portal, *asked, "-o", "in/ra", program=browser_path())
    assert (done.exit_code, done.stderr) == (0, "")
    assert sorted(path.name for path in Path("in/ra").iterdir()) == [
        "404.pdf",
        "dia-ban-vung-dong.pdf",
        "nam-2026.pdf",
        "thong-ke-dia-ban-vung-dong.pdf",
        "trang-chu.pdf",
    ]


def test_one_file_for_several_pages(second_portal: Path) -> None:
    assert refused(second_portal, "/thong-ke/", "/lien-he/", "-o", "ca.pdf") == [
        "ca.pdf: một tệp không chứa được 2 trang; hãy cho --out tên một thư mục"
    ]


def test_where_nothing_can_be_written(second_portal: Path) -> None:
    Path("tệp").write_text("", encoding="utf-8")
    done = pdf(second_portal, "/lien-he/", "-o", "tệp/x.pdf", program=browser_path())
    assert (done.exit_code, done.stdout) == (1, "")
    hint = "hãy kiểm tra quyền ghi và chỗ trống trên ổ đĩa, hoặc chọn nơi khác bằng --out"
    assert done.stderr == f"Chưa in được tệp/x.pdf: không ghi được (Not a directory); {hint}\n"
    assert [path.name for path in Path().iterdir()] == ["tệp"]


# --- the browser ------------------------------------------------------------------------------


def test_without_playwright(second_portal: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ours = ("drawing.printing", "drawing.chromium")
    for name in [name for name in sys.modules if name in ours or name.startswith("playwright.")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "playwright", None)
    done = pdf(second_portal, "/thong-ke/")
    assert (done.exit_code, done.stdout) == (1, "")
    assert done.stderr == (
        "Chưa in được: thiếu thư viện playwright; hãy chạy `pip install '.[pdf]'` trong thư mục của cổng, "
        "rồi `playwright install chromium` nếu máy chưa có Chromium hay Chrome\n"
    )


def test_a_browser_that_is_not_there(second_portal: Path) -> None:
    assert refused(second_portal, "/thong-ke/", "--chromium", "khong-co") == [
        "/thong-ke/: không có trình duyệt `khong-co`; hãy xem lại `--chromium` hoặc PORTAL_CHROMIUM"
    ]


def test_no_browser_at_all(second_portal: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PLAYWRIGHT_BROWSERS_PATH", str(tmp_path / "none"))
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr("drawing.chromium._CHANNELS", ())
    assert refused(second_portal, "/thong-ke/") == [f"/thong-ke/: {NONE_FOUND}"]


def test_a_browser_is_found_by_its_name_where_playwright_has_none(
    second_portal: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """... the next one, where one does not start; what is left over is written."""
    programs = tmp_path / "programs"
    programs.mkdir()
    script(programs / "chromium-headless-shell", "exit 1")
    script(programs / "google-chrome", f'exec {browser_path()} "$@"')
    monkeypatch.setenv("PLAYWRIGHT_BROWSERS_PATH", str(tmp_path / "none"))
    monkeypatch.setenv("PATH", f"{programs}{os.pathsep}{shell_only(tmp_path)}")
    done = pdf(second_portal, "/lien-he/")
    assert (done.exit_code, done.stdout, done.stderr) == (0, f"Đã in /lien-he/ vào lien-he.pdf {BUILT}.\n", "")
    (programs / "google-chrome").unlink()
    Path("lien-he.pdf").unlink()
    monkeypatch.setattr("drawing.chromium._CHANNELS", ())
    assert refused(second_portal, "/lien-he/") == [
        f"/lien-he/: không khởi động được `{programs / 'chromium-headless-shell'}`; hãy thử mở nó bằng tay, "
        "hoặc chỉ ra trình duyệt khác bằng `--chromium ĐƯỜNG_DẪN`"
    ]


def script(file: Path, does: str) -> Path:
    file.write_text(f"#!/bin/sh\n{does}\n", encoding="utf-8")
    file.chmod(0o755)
    return file


def shell_only(folder: Path) -> Path:
    """A folder of programs in which there is no browser: what scripts that start one are made of."""
    tools = folder / "tools"
    tools.mkdir()
    for name in ("sh", "bash", "env", "uname", "dirname", "readlink", "cat", "sed", "grep", "ls"):
        if path := shutil.which(name):
            (tools / name).symlink_to(path)
    return tools


def test_pages_after_one_that_never_ends_or_ends_the_browser(tmp_path: Path) -> None:
    """A script that goes on for ever, and one that takes all the memory it may have."""
    for path, body in {
        "": "<h1>Cổng</h1>",
        "mai/": "<script>for (;;);</script>",
        "day/": "<script>const all = []; for (;;) all.push(new Array(1e5).fill(1.5));</script>",
    }.items():
        (tmp_path / "site" / path).mkdir(parents=True, exist_ok=True)
        head = f'<meta charset="utf-8"><title>Cổng</title><link rel="canonical" href="https://tay.example/{path}">'
        text = f'<!doctype html><html lang="vi"><head>{head}</head><body>{body}</body></html>'
        (tmp_path / "site" / path / "index.html").write_text(text, encoding="utf-8")
    site = PublishedSite.opened(tmp_path / "site")
    assert site is not None
    program = script(tmp_path / "little", f'exec {browser_path()} "$@" --js-flags=--max-old-space-size=30')
    taken: dict[str, str] = {}

    def take(page: PublishedPage, outcome: Printed | PrintingError) -> None:
        taken[page.address] = str(outcome) if isinstance(outcome, PrintingError) else outcome.data[:5].decode()

    for address, seconds in (("/mai/", 2), ("/day/", 60), ("/", 60)):
        page = site.page(address)
        assert page is not None
        print_pages(site, [page], Press(program=str(program), seconds=seconds), take)
    assert taken == {
        "/mai/": "trình duyệt không vẽ xong trong 2 giây; hãy thử lại khi máy bớt bận",
        "/day/": "trình duyệt dừng giữa chừng; hãy thử lại, hoặc dùng trình duyệt khác với `--chromium`",
        "/": "%PDF-",
    }
