"""The build is strict, and a link that leads nowhere stops it at its line and column."""

from __future__ import annotations

import logging
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner
from mkdocs.config import load_config
from portal.cli import main
from portals import NOW_TEXT, environment, fingerprints, run

ARTICLE = "docs/tin-tuc/2026/ngay-hoi.md"
PROFILE = "docs/mo-hinh/vung-dong/giot-dong.md"

# What an editor types at the end of a file, the part of it that is at fault, and what the portal says of that.
NO_FILE = "liên kết `../../lien-hee.md` không dẫn đến tệp nào; có phải `../../lien-he.md`?"
NO_ANCHOR = "trang đó không có mục `#khong-co`; hãy chép lại địa chỉ mục từ trang đã đăng"
PLANTED = {
    "link": ("Xem [trang kia](../../lien-hee.md).", "../../lien-hee.md", NO_FILE),
    "site link": (
        "Xem [trang kia](/thong-ket/).",
        "/thong-ket/",
        "liên kết `/thong-ket/` không dẫn đến trang nào; có phải `/thong-ke/`?",
    ),
    "anchor here": ("Xem [mục dưới](#khong-co).", "#khong-co", f"`#khong-co`: {NO_ANCHOR}"),
    "anchor there": ("- Về [trang đầu](/#khong-co).", "/#khong-co", f"`/#khong-co`: {NO_ANCHOR}"),
    "image": (
        "Đây là ảnh: ![ảnh](khong-co.png)",
        "khong-co.png",
        "ảnh `khong-co.png` không có trong docs/; hãy thêm tệp vào docs/assets/",
    ),
    "image from elsewhere": (
        "![ảnh](https://example.org/a.png)",
        "https://example.org/a.png",
        "ảnh `https://example.org/a.png` nằm ở trang khác; hãy tải ảnh về docs/assets/ và dẫn đường đến đó",
    ),
}


def test_every_validation_level_is_warn(own_portal: Path) -> None:
    """Strict makes an error of a warning; a level left at `info` would let a broken link pass."""
    validation = load_config(config_file=str(own_portal / "mkdocs.yml")).validation
    levels = {f"{group}.{name}": level for group in ("nav", "links") for name, level in validation[group].items()}
    assert levels == dict.fromkeys(
        (
            *("nav.omitted_files", "nav.not_found", "nav.absolute_links"),
            *("links.not_found", "links.absolute_links", "links.unrecognized_links", "links.anchors"),
        ),
        logging.WARNING,
    )


def test_plain_mkdocs_builds_strictly_without_a_warning(own_portal: Path, tmp_path: Path) -> None:
    done = run(
        [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", str(tmp_path / "site")],
        cwd=own_portal,
        env=environment(),
    )
    assert (done.returncode, [line for line in done.stderr.splitlines() if line.startswith(("WARNING", "ERROR"))]) == (
        0,
        [],
    )
    assert fingerprints(tmp_path / "site") == fingerprints(own_portal / "site")


@pytest.mark.parametrize("path", [ARTICLE, PROFILE])
@pytest.mark.parametrize("planted", PLANTED)
def test_what_leads_nowhere_is_a_fault(second_copy: Path, path: str, planted: str) -> None:
    before = fingerprints(second_copy / "site")
    text, wrong, said = PLANTED[planted]
    line, column = _append(second_copy / path, text), text.index(wrong) + 1
    expected = [f"{path}:{line}:{column}: nội dung: {said}", "Có 1 lỗi."]
    assert _build(second_copy) == (1, "", expected)
    assert fingerprints(second_copy / "site") == before


def test_faults_of_all_files_are_told_in_one_run(second_copy: Path) -> None:
    """Also when others, of the front matter and of the data, stand beside them."""
    lines = {path: _append(second_copy / path, "[a](../../lien-hee.md)") for path in (ARTICLE, PROFILE)}
    units = second_copy / "data/units.yml"
    units.write_text(units.read_text(encoding="utf-8").replace("level: district", "level: distrikt"), encoding="utf-8")
    status, _, said = _build(second_copy)
    assert status == 1
    assert said == [
        "data/units.yml:8:10: [2].level: `distrikt` không có trong danh sách; có phải `district`?",
        f"{PROFILE}:{lines[PROFILE]}:5: nội dung: {NO_FILE}",
        f"{ARTICLE}:{lines[ARTICLE]}:5: nội dung: {NO_FILE}",
        "Có 3 lỗi.",
    ]


def _append(file: Path, text: str) -> int:
    """Add a paragraph; returns the number of its line."""
    written = file.read_text(encoding="utf-8") + f"\n{text}\n"
    file.write_text(written, encoding="utf-8")
    return written.count("\n")


def _build(root: Path) -> tuple[int, str, list[str]]:
    done = CliRunner().invoke(main, ["build", "--root", str(root), "--now", NOW_TEXT], env={"CI": None})
    return done.exit_code, done.stdout, done.stderr.splitlines()
