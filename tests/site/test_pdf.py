"""`portal pdf` in a real Chromium: what stands on paper, in tags and in bookmarks is what the page says."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from browsing import browser_path
from html_tree import Node, read_main
from pdf_files import PdfFile, squeezed
from portals import NOW, run_portal

NAME = "Dân vận khéo – Cổng minh họa"
TYPES = ("article", "profile", "statistics")
HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}
# What a reader needs on a screen alone: the print style leaves it out.
SCREEN_ONLY = (
    *("nav", ".portal-copy", ".portal-edit", ".portal-uses", ".portal-report", ".portal-report-cell", ".portal-filter"),
    *("section[data-list=related]", "section[data-list=similar]", "section[data-list=same-category]"),
    *(".portal-embed", ".portal-feed", ".portal-aloud"),
)
OF_FRAME = ("Bỏqua", "Đóngmenu", "Nềntối", "Tìmkiếm", "Lênđầutrang", "Saochépliênkết", "Sửanộidung", "Bảnincủa")


class Sheet:
    """One printed page beside what it was printed from."""

    def __init__(self, root: Path, path: str, file: Path) -> None:
        self.path = path
        self.pdf = PdfFile.read(file)
        self.main = read_main((root / "site" / path / "index.html").read_text(encoding="utf-8"))
        hidden = {id(inside) for selector in SCREEN_ONLY for node in self.main.all(selector) for inside in _with(node)}
        self.shown = [node for node in self.main.all("*") if id(node) not in hidden]

    def all(self, *tags: str) -> list[Node]:
        """What stands on paper of these tags."""
        return [node for node in self.shown if node.tag in tags]

    @property
    def whole(self) -> list[Node]:
        """Paragraphs, captions and cells of which all stands on paper, and nothing that they don't say themselves."""
        shown = set(map(id, self.shown))
        texts = [
            node for node in self.all("p", "caption", "td", "th") if all(id(one) in shown for one in node.all("*"))
        ]
        return [
            node
            for node in texts
            if not node.all("a[href^=http]") and not node.all(".portal-badge") and not node.all(".portal-doubt")
        ]

    @property
    def words(self) -> str:
        """What the sheets say between their heads and feet, without spaces. Raises AssertionError where one has others."""
        (h1,) = self.all("h1")
        count = len(self.pdf.sheets)
        said = []
        for number, text in enumerate(self.pdf.sheets, 1):
            around = f"{h1.text}{NAME}https://own.example/{self.path}dựng ngày 22/11/2026 · Trang {number}/{count}"
            words = squeezed(text)
            assert words.endswith(squeezed(around))
            said.append(words.removesuffix(squeezed(around)))
        return "".join(said)


def _with(node: Node) -> Iterable[Node]:
    return (node, *node.all("*"))


@pytest.fixture(scope="module")
def sheets(own_portal: Path, largest: dict[str, str], tmp_path_factory: pytest.TempPathFactory) -> dict[str, Sheet]:
    """An article, a profile and the statistics of this project, printed as people do it."""
    out = tmp_path_factory.mktemp("printed")
    paths = [largest[name] for name in TYPES]
    done = run_portal(
        "pdf", *(f"/{path}" for path in paths), "-o", str(out), "--chromium", browser_path(), cwd=own_portal
    )
    files = [out / f"{Path(path).name}.pdf" for path in paths]
    said = [
        f"Đã in /{path} vào {file} (bản dựng lúc 08:00 ngày 22/11/2026).\n"
        for path, file in zip(paths, files, strict=True)
    ]
    assert (done.returncode, done.stdout, done.stderr) == (0, "".join(said), "")
    assert sorted(out.iterdir()) == sorted(files)
    return {name: Sheet(own_portal, *pair) for name, *pair in zip(TYPES, paths, files, strict=True)}


@pytest.fixture(params=TYPES)
def sheet(sheets: dict[str, Sheet], request: pytest.FixtureRequest) -> Sheet:
    return sheets[request.param]


def test_it_is_tagged_titled_and_in_vietnamese(sheet: Sheet) -> None:
    assert sheet.pdf.catalog["/MarkInfo"]["/Marked"].value is True
    assert sheet.pdf.catalog["/Lang"] == "vi"
    assert sheet.pdf.catalog["/ViewerPreferences"]["/DisplayDocTitle"].value is True
    (h1,) = sheet.all("h1")
    assert sheet.pdf.title == f"{h1.text} – {NAME}"


def test_bookmarks_are_the_headings(sheet: Sheet) -> None:
    """... letter by letter: also where a heading takes several lines."""
    assert sheet.pdf.bookmarks == [heading.text for heading in sheet.all(*HEADINGS)]
    assert len(sheet.pdf.bookmarks) > 4


def test_tags_are_the_elements(sheet: Sheet) -> None:
    wanted = {kind: len(sheet.all(kind.lower())) for kind in ("H1", "H2", "H3", "Table", "TR", "TH")}
    wanted["Caption"] = len(sheet.all("caption", "figcaption"))
    wanted["TD"] = len([cell for cell in sheet.all("td") if cell.text])  # an empty one is nothing to be read
    assert {kind: sheet.pdf.count(kind) for kind in wanted} == wanted


def test_heads_of_tables_say_what_they_head(sheets: dict[str, Sheet]) -> None:
    sheet = sheets["statistics"]
    heads = [element.scope for element in sheet.pdf.elements if element.kind == "TH"]
    said = {"col": "Column", "row": "Row", "colgroup": "Column", "rowgroup": "Row"}
    assert heads == [said[head.attributes["scope"]] for head in sheet.all("th")]
    assert {"Column", "Row"} <= set(heads)


def test_every_paragraph_and_cell_can_be_copied(sheet: Sheet) -> None:
    """Vietnamese with its marks, not pictures of letters, nor cut where a sheet ends; and of menu and footer nothing."""
    words = sheet.words
    assert [node.text for node in sheet.whole if not _is_said(squeezed(node.text), words)] == []
    assert sum(len(node.text) for node in sheet.whole) > 500
    assert [text for text in OF_FRAME if text in words] == []
    assert not any(
        re.search(r"^\d+ / \d+$", text, re.MULTILINE) for text in sheet.pdf.sheets
    )  # as the theme numbers them


def _is_said(text: str, words: str) -> bool:
    """In one piece, or in two on two sheets, of which the second may draw its tables first."""
    return text in words or any(text[:end] in words and text[end:] in words for end in range(1, len(text)))


def test_it_is_a4_and_nothing_stands_in_the_margin(sheet: Sheet) -> None:
    """A table that is too wide would reach over the right edge."""
    assert sheet.pdf.sizes == {(210, 297)}
    assert sheet.pdf.rightmost() < 210 - 17


def test_links_lead_to_the_site_wherever_it_was_printed(sheet: Sheet) -> None:
    assert [
        link for link in sheet.pdf.links if not re.match(r"https://(own\.example/|git\.example/)|mailto:", link)
    ] == []
    assert len(sheet.pdf.links) > 5
    assert set(sheet.pdf.jumps) <= sheet.pdf.places


def test_it_is_the_same_file_every_time(
    own_portal: Path, sheets: dict[str, Sheet], largest: dict[str, str], tmp_path: Path
) -> None:
    """Alone as after others; its dates are the moment of the build, not of the printing."""
    twice = [tmp_path / "mot.pdf", tmp_path / "hai.pdf"]
    for file in twice:
        done = run_portal("pdf", largest["statistics"], "-o", str(file), "--chromium", browser_path(), cwd=own_portal)
        assert done.returncode == 0
    assert twice[0].read_bytes() == twice[1].read_bytes()
    pdf = PdfFile.read(twice[0])
    assert pdf.created == NOW.astimezone(UTC)
    assert pdf.sheets == sheets["statistics"].pdf.sheets


@pytest.mark.parametrize(("paper", "size"), [("A5", (148, 210)), ("letter", (216, 279))])
def test_on_other_paper(own_portal: Path, tmp_path: Path, paper: str, size: tuple[int, int]) -> None:
    """The widest tables fit on A5, too."""
    done = run_portal(
        "pdf", "/thong-ke/", "-o", str(tmp_path), "--paper", paper, "--chromium", browser_path(), cwd=own_portal
    )
    assert done.returncode == 0
    pdf = PdfFile.read(tmp_path / "thong-ke.pdf")
    assert pdf.sizes == {size}
    assert pdf.rightmost() < size[0] - 17


def test_pictures_under_a_sub_path_are_printed_with_what_they_show(third_portal: Path, tmp_path: Path) -> None:
    """An article with photos, a sound and a film: the pictures far below, too; nothing that is played."""
    done = run_portal(
        "pdf", "docs/tin-tuc/2026/mo-cho.md", "-o", str(tmp_path), "--chromium", browser_path(), cwd=third_portal
    )
    assert (done.returncode, done.stderr) == (0, "")
    pdf = PdfFile.read(tmp_path / "mo-cho.pdf")
    main = read_main((third_portal / "site/tin-tuc/2026/mo-cho/index.html").read_text(encoding="utf-8"))
    alts = [image.attributes["alt"] for image in main.all("img")]
    assert [element.alt for element in pdf.elements if element.alt] == alts
    assert pdf.pictures == [(1, 1), (1, 1)]
    assert [element for element in pdf.elements if element.kind in ("Form", "Media")] == []


def test_what_is_closed_late_or_lost(second_portal: Path, tmp_path: Path) -> None:
    """A page made by hand: what is closed is opened, what would be fetched on scrolling is there; what is not in the site
    is told, and no other host is asked for anything."""
    root = tmp_path / "portal"
    (root / "site/tay").mkdir(parents=True)
    (root / "site/giot.png").write_bytes((second_portal / "docs/assets/giot-mau.png").read_bytes())
    head = '<html lang="vi"><head><meta charset="utf-8"><title>{}</title><link rel="canonical" href="https://tay.example/{}">'
    (root / "site/index.html").write_text(
        head.format("Cổng tay", "") + "</head><h1>Cổng tay</h1></html>", encoding="utf-8"
    )
    body = (
        "<h1>\n  Trang <em>tay </em> này\n</h1><details><summary>Mở ra</summary><p>Điều ẩn.</p></details>"
        '<div style="height: 9000px"></div><section style="content-visibility: auto"><p>Điều vẽ muộn.</p></section>'
        '<img src="../giot.png" alt="Giọt" width="90" height="90" loading="lazy">'
        '<img src="../mat.png" alt="Mất" loading="lazy"><img src="https://khac.example/x.png" alt="Nơi khác">'
    )
    (root / "site/tay/index.html").write_text(
        head.format("Tay – Cổng tay", "tay/") + f"</head>{body}</html>", encoding="utf-8"
    )
    done = run_portal("pdf", "/tay/", "--root", str(root), "--chromium", browser_path(), cwd=tmp_path)
    assert (done.returncode, done.stdout) == (0, "Đã in /tay/ vào tay.pdf.\n")
    missing = "https://khac.example/x.png, mat.png"
    assert (
        done.stderr == f"Cảnh báo: /tay/: site/ thiếu {missing} nên bản in cũng thiếu; hãy chạy `portal build` trước\n"
    )
    pdf = PdfFile.read(tmp_path / "tay.pdf")
    assert pdf.bookmarks == ["Trang tay này"]
    assert all(text in pdf.words for text in ("Điềuẩn.", "Điềuvẽmuộn."))
    assert (8, 8) in pdf.pictures  # beside signs for what is lost
    assert pdf.created is not None and pdf.created > datetime(2020, 1, 1, tzinfo=UTC)  # no build says another
