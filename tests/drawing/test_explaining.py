"""`portal build --explain` says in one sentence why a page was made anew, or was not."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner
from portal.cli import main
from portals import NOW_TEXT, replace_once

ARTICLE = "docs/tin-tuc/2026/ngay-hoi.md"
PAGE = "/tin-tuc/2026/ngay-hoi/"


def explained(root: Path, asked: str) -> str:
    """The last line of what a build says, without the name of the page."""
    somebodys = {"PORTAL_NOW": NOW_TEXT, "CI": None}
    done = CliRunner().invoke(main, ["build", "--root", str(root), "--explain", asked], env=somebodys)
    assert (done.exit_code, done.stderr) == (0, "")
    first, answer = done.stdout.splitlines()
    assert first.startswith("Đã dựng ")
    return answer


@pytest.fixture(autouse=True)
def made_before(portal: Path) -> None:
    """Built twice: what is recorded of the files is of this copy."""
    explained(portal, PAGE)


def test_nothing_changed(portal: Path) -> None:
    assert explained(portal, PAGE) == f"{PAGE}: giữ nguyên: không có gì làm nên trang này thay đổi"


@pytest.mark.parametrize(
    "asked",
    [
        *(ARTICLE, PAGE, "tin-tuc/2026/ngay-hoi/index.html"),
        *(f"./{ARTICLE}", PAGE[1:-1], f"site{PAGE}index.html", f"https://example.org/hien-mau{PAGE}#nguon"),
    ],
)
def test_a_page_is_asked_for_by_its_file_its_address_or_its_output(portal: Path, asked: str) -> None:
    assert explained(portal, asked) == f"{PAGE}: giữ nguyên: không có gì làm nên trang này thay đổi"


def test_a_body(portal: Path) -> None:
    file = portal / ARTICLE
    file.write_text(file.read_text(encoding="utf-8") + "\nMột câu thêm.\n", encoding="utf-8")
    assert explained(portal, PAGE) == f"{PAGE}: dựng lại vì thay đổi: thân bài"
    assert explained(portal, PAGE) == f"{PAGE}: giữ nguyên: không có gì làm nên trang này thay đổi"


def test_a_title_in_its_article(portal: Path) -> None:
    _retitle(portal)
    assert explained(portal, PAGE) == f"{PAGE}: dựng lại vì thay đổi: tiêu đề"


def test_a_title_in_a_list_that_shows_it(portal: Path) -> None:
    _retitle(portal)
    assert explained(portal, "/tin-tuc/") == "/tin-tuc/: dựng lại vì thay đổi: phần `shelves` của nội dung"


def test_a_title_on_a_page_that_does_not_show_it(portal: Path) -> None:
    _retitle(portal)
    assert explained(portal, "docs/lien-he.md") == "/lien-he/: giữ nguyên: không có gì làm nên trang này thay đổi"


def test_a_template(portal: Path) -> None:
    replace_once(portal / "overrides/portal/article.html", "{% block main %}\n", "{% block main %}\n<p>Thêm</p>\n")
    assert explained(portal, PAGE) == f"{PAGE}: dựng lại vì thay đổi: mẫu trang"


def test_a_frame(portal: Path) -> None:
    replace_once(portal / "overrides/portal/base.html", "{{ content }}\n", "<p>Thêm</p>\n{{ content }}\n")
    said = "khung trang (mkdocs.yml, mẫu khung, giao diện, menu, tên cổng)"
    assert explained(portal, PAGE) == f"{PAGE}: dựng lại vì thay đổi: {said}"


def test_the_campaign(portal: Path) -> None:
    replace_once(portal / "data/campaign.yml", "branch: chinh", "branch: khac")
    assert explained(portal, PAGE) == f"{PAGE}: dựng lại vì thay đổi: data/campaign.yml hoặc biểu tượng"


def test_a_new_page(portal: Path) -> None:
    (portal / "docs/moi.md").write_text("---\ntitle: Mới\n---\n\nĐoạn.\n", encoding="utf-8")
    assert explained(portal, "docs/moi.md") == "/moi/: dựng mới: lần dựng trước chưa có trang này"


@pytest.mark.parametrize("how", ["altered", "removed"])
def test_a_file_altered_or_removed_by_hand(portal: Path, how: str) -> None:
    file = portal / "site/tin-tuc/2026/ngay-hoi/index.html"
    if how == "altered":
        file.write_text("sửa tay", encoding="utf-8")
    else:
        file.unlink()
    said = "ghi lại: tệp trong site/ đã mất hoặc bị sửa, nội dung thì không đổi"
    assert explained(portal, PAGE) == f"{PAGE}: {said}"


def test_a_lost_cache(portal: Path) -> None:
    """The records of the trees are there; what the page that is shown was made from is not known any more."""
    (portal / ".portal-cache/cache.sqlite").unlink()
    _retitle(portal)
    said = "dựng lại: bộ nhớ đệm không còn ghi trang đang có được làm từ gì"
    assert explained(portal, PAGE) == f"{PAGE}: {said}"


def test_everything_lost(portal: Path) -> None:
    shutil.rmtree(portal / ".portal-cache")
    assert explained(portal, PAGE) == f"{PAGE}: dựng mới: lần dựng trước chưa có trang này"


def test_a_page_that_there_is_not(portal: Path) -> None:
    assert explained(portal, "docs/khong-co.md") == "docs/khong-co.md: không có trang nào như vậy trong lần dựng này"


def _retitle(root: Path) -> None:
    replace_once(root / ARTICLE, 'title: "Ngày hội ở Bến Bạc <3 & những giọt hồng"', 'title: "Ngày hội khác"')
