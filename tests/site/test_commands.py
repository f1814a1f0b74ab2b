"""Each command once as people run it; what stands behind it is tested without a process."""

from __future__ import annotations

import shutil
import socket
from pathlib import Path

import click
from portal.cli import main
from portals import (
    PROJECT,
    SECOND,
    copy_portal,
    environment,
    fingerprints,
    front_matter,
    pages_in,
    replace_once,
    run_portal,
)


def test_help_names_every_command(tmp_path: Path) -> None:
    done = run_portal("--help", cwd=tmp_path, env=environment(COLUMNS="100"))
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == (
        "Usage: portal [OPTIONS] COMMAND [ARGS]...\n"
        "\n"
        "  Kiểm tra, dựng và xem trước cổng thông tin.\n"
        "\n"
        "Options:\n"
        "  -h, --help  Show this message and exit.\n"
        "\n"
        "Commands:\n"
        "  build  Kiểm tra rồi dựng trang vào site/; có lỗi thì site/ giữ nguyên.\n"
        "  check  Kiểm tra mọi tệp trong docs/ và data/, nêu tất cả lỗi một lần.\n"
        "  pdf    In trang đã dựng thành tệp PDF có thẻ và dấu trang.\n"
        "  serve  Xem trước, tự dựng lại khi tệp thay đổi; hiện cả bản nháp.\n"
        "  units  Kiểm tra, tra cứu và nhập danh sách địa bàn (data/units.yml).\n"
    )


def test_every_option_says_in_vietnamese_what_it_is_for() -> None:
    said = {
        (name, option.opts[0]): option.help or ""
        for name, command in main.commands.items()
        for option in command.params
        if isinstance(option, click.Option)
    }
    assert {option for name, option in said if name == "check"} == {"--root", "--now", "--format", "--since"}
    without = [
        option for option, words in said.items() if not (words.endswith(".") and set(words) & set("ăâđêôơưáàảãạ"))
    ]
    assert without == []


def test_check_finds_no_fault_in_the_projects_own_content() -> None:
    """Read where it stands: this is what `make check` says."""
    done = run_portal("check", cwd=PROJECT)
    assert (done.returncode, done.stdout.splitlines()[0], done.stderr) == (0, "Không có lỗi.", "")
    assert all(": cảnh báo: " in line for line in done.stdout.splitlines()[1:-1])  # old news is no fault


def test_check_tells_faults_and_their_count(tmp_path: Path) -> None:
    for folder in ("docs", "data"):
        shutil.copytree(SECOND / folder, tmp_path / folder)
    replace_once(tmp_path / "docs/mo-hinh/nhom-hiem.md", "status: reported", "status: reportd\nlevl: district")
    replace_once(tmp_path / "docs/lien-he.md", "updated: 2026-02-03", "updated: 3/2/2026")
    done = run_portal("check", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (1, "")
    assert done.stdout == (
        "docs/lien-he.md:3:10: updated: `3/2/2026` không viết theo dạng năm-tháng-ngày; hãy viết 2026-02-03\n"
        "docs/mo-hinh/nhom-hiem.md:7:9: status: `reportd` không có trong danh sách; có phải `reported`?\n"
        "docs/mo-hinh/nhom-hiem.md:8:1: levl: khóa này không có trong mẫu; có phải `level`?\n"
        "Có 3 lỗi.\n"
    )


def test_check_warns_and_succeeds(tmp_path: Path) -> None:
    """Of models without news and of doubles; with faults it tells both and fails."""
    for folder in ("docs", "data"):
        shutil.copytree(SECOND / folder, tmp_path / folder)
    replace_once(tmp_path / "docs/mo-hinh/nhom-hiem.md", "published: 2026-01-05", "published: 2025-01-05")
    warned = (
        "docs/mo-hinh/nhom-hiem.md:7:9: status: cảnh báo: không có tin về mô hình trong 18 tháng qua "
        "(tin gần nhất là ngày 05/01/2025); hãy hỏi lại địa phương rồi thêm mục vào `history`, "
        "hoặc nêu mô hình trong `models` của một bài mới\n"
        "Có 1 cảnh báo.\n"
    )
    done = run_portal("check", cwd=tmp_path)
    assert (done.returncode, done.stdout, done.stderr) == (0, f"Không có lỗi.\n{warned}", "")
    replace_once(tmp_path / "docs/lien-he.md", "updated: 2026-02-03", "updated: 3/2/2026")
    done = run_portal("check", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (1, "")
    assert done.stdout.splitlines()[1:] == ["Có 1 lỗi.", *warned.splitlines()]


def test_check_names_what_is_not_public_yet(tmp_path: Path) -> None:
    for folder in ("docs", "data"):
        shutil.copytree(SECOND / folder, tmp_path / folder)
    waiting = front_matter(title="Sau này", date="2026-12-01", summary="Sau này.", category="lich-hien")
    (tmp_path / "docs/tin-tuc/2026/sau-nay.md").write_text(waiting, encoding="utf-8")
    draft = front_matter(title="Nháp", summary="Nháp.", unit="song-may", status="registered", draft="true")
    (tmp_path / "docs/mo-hinh/nhap.md").write_text(draft, encoding="utf-8")
    done = run_portal("check", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == (
        "Không có lỗi.\n"
        "Chưa đăng: docs/tin-tuc/2026/sau-nay.md (chưa đến giờ đăng)\n"
        "Chưa đăng: docs/mo-hinh/nhap.md (bản nháp)\n"
    )


def test_build_writes_the_site(tmp_path: Path, second_portal: Path) -> None:
    root = copy_portal(tmp_path / "cổng có dấu", SECOND)
    done = run_portal(
        "build",
        "--root",
        str(root),
        "--now",
        "2026-11-22T08:00",
        cwd=tmp_path,
        env=environment(PORTAL_NOW="", LC_ALL="C", PYTHONIOENCODING=""),
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == f"Đã dựng {pages_in(second_portal / 'site')} trang vào site/.\n"
    assert fingerprints(root / "site") == fingerprints(second_portal / "site")


def test_a_folder_without_content_is_told_without_a_traceback(tmp_path: Path) -> None:
    done = run_portal("build", cwd=tmp_path)
    assert done.returncode == 1
    assert done.stderr.splitlines()[-1].startswith("Có ")
    assert (
        "data/campaign.yml:1:1: tệp: thiếu tệp; hãy tạo tệp này với `schema_version`, `name`, `site_url` và `publisher`"
        in done.stderr.splitlines()
    )
    assert list(tmp_path.iterdir()) == []


def test_a_port_in_use_is_told_without_a_traceback(tmp_path: Path) -> None:
    """`portal serve` is started for real in test_serving.py; here it can't begin."""
    root = copy_portal(tmp_path / "portal", SECOND)
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        done = run_portal("serve", "--port", str(port), cwd=root)
    assert done.returncode == 1
    assert (
        done.stderr
        == f"Không mở được http://127.0.0.1:{port}/: Address already in use; hãy đóng chương trình đang dùng cổng này hoặc thêm --port 8001\n"
    )
