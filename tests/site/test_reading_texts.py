"""Every article and model has its text for an announcer beside it: the whole of it, in words, with its length on the page."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from html_tree import read_main
from portal.search.words import words
from portals import NOW, built
from recount_lists import lists_of

PORTALS = ("own_portal", "second_portal", "third_portal", "large_portal")
MARK = "\ufeff"  # that it is UTF-8


@pytest.fixture(params=PORTALS)
def root(request: pytest.FixtureRequest) -> Path:
    return request.getfixturevalue(request.param)


def texts(root: Path) -> dict[str, str]:
    """By the address of the page they stand beside."""
    site = root / "site"
    return {
        f"/{file.parent.relative_to(site).as_posix()}/": file.read_text(encoding="utf-8")
        for file in site.rglob("index.txt")
    }


def test_every_public_article_and_model_has_one_and_nothing_else(root: Path) -> None:
    lists = lists_of(root, NOW)
    articles = {a for page, list_ in lists.items() if page.startswith("/nam/") for a in list_.articles}
    assert set(texts(root)) == {*articles, *lists["/mo-hinh/"].models}


def test_no_digit_is_left_and_the_page_says_how_long_it_takes(root: Path) -> None:
    for address, text in texts(root).items():
        assert text.startswith(f"{MARK}Thời lượng đọc: "), address
        assert text.endswith("\n")
        assert not re.search(r"[0-9⁰¹²³⁴⁵⁶⁷⁸⁹]", re.sub(r"\S+[@/.]\S+", "", text)), address
        page = read_main((root / "site" / address[1:] / "index.html").read_text(encoding="utf-8"))
        link = page.one("span.portal-aloud a")
        assert (link.text, link.attributes["href"]) == ("Bản đọc loa", "index.txt")
        length = text.removeprefix(f"{MARK}Thời lượng đọc: ").partition(".\n")[0]
        assert f"Bản đọc loa ({length})" in page.one("p.portal-byline").text


def test_the_whole_body_is_in_it(root: Path) -> None:
    """Every word of the body that holds no digit and is no short form, in its order."""
    for address, text in list(texts(root).items())[:80]:
        page = read_main((root / "site" / address[1:] / "index.html").read_text(encoding="utf-8"))
        body = page.one("div.portal-body")
        told = " ".join(body.text.split())
        for note in body.all("details.portal-uses"):
            told = told.replace(note.text, " ")
        said = {word.form for word in words(text)}
        plain = {word.form for word in words(re.sub(r"\S*[\dA-ZĐÀ-Ỹ&%/]{2,}\S*|\S*\d\S*|\S+[²³]", " ", told))}
        missing = {form for form in plain - said if len(form) > 3}
        assert not missing, (address, sorted(missing)[:10])


def test_an_edit_of_a_body_and_of_short_forms_is_in_it(second_copy: Path) -> None:
    article = second_copy / "docs/tin-tuc/2026/ngay-hoi.md"
    article.write_text(article.read_text(encoding="utf-8") + "\nCó 3.372 người ở HTX.\n", encoding="utf-8")
    built(second_copy)
    assert "Có ba nghìn ba trăm bảy mươi hai người ở HTX." in texts(second_copy)["/tin-tuc/2026/ngay-hoi/"]
    (second_copy / "data/abbreviations.yml").write_text('- {short: "HTX", long: "hợp tác xã"}\n', encoding="utf-8")
    built(second_copy)
    assert "hai người ở hợp tác xã." in texts(second_copy)["/tin-tuc/2026/ngay-hoi/"]


def test_corrections_and_the_source_are_read_too(second_portal: Path) -> None:
    text = texts(second_portal)["/tin-tuc/2026/ngay-hoi/"]
    assert "Đính chính ngày mùng chín tháng ba năm hai nghìn không trăm hai mươi sáu: Sửa tên bến." in text
    assert text.endswith("Nguồn: Bản tin thử.\n")
