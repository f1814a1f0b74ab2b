"""What `make audit` sees of a table in a frame of another site: that it shows, and whatever is wrong with it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from audit import frames
from audit.browser import PHONE, window
from audit.figures import ToolError
from audit.page_types import EMBED, Subject, largest_embed
from audit.server import serving
from browsing import real_browser
from playwright.sync_api import Browser

CODE = (
    '<iframe src="https://vd.example/nhung/a.html" title="Bảng “A”" width="100%" height="420" loading="lazy"></iframe>'
)
RULES = """/nhung/*
  Content-Security-Policy: default-src 'none'; style-src 'self'; base-uri 'self'; frame-ancestors *
/
  Content-Security-Policy: frame-ancestors 'self'
"""
TABLE = (
    '<!doctype html><html lang="vi"><meta charset="utf-8"><base href="../thong-ke/" target="_top">'
    '<link rel="stylesheet" href="../nhung.css"><title>Bảng</title><table><tr><td>255</table>'
    '<footer><a href="./">Thống kê</a></footer>'
)
FILES = {
    "nhung/a.html": TABLE,
    "nhung.css": "td { color: red }",
    "index.html": TABLE,
    "thong-ke/index.html": "<!doctype html><title>Thống kê</title>",
    "huong-dan/doi-tac/index.html": f"<pre><code>{CODE.replace('<', '&lt;').replace('>', '&gt;')}</code></pre>",
}
# What is changed in which file, and what is then said; {} is the site's address.
WRONG = {
    "no frame": ("_headers", "frame-ancestors *", "frame-ancestors 'self'", [
        "the frame shows chrome-error://chromewebdata/",
        "Framing '{}' violates the following Content Security Policy directive: \"frame-ancestors 'self'\". The request "
        "has been blocked.",
        "the frame asks for 0 styles",
    ]),
    "no table": ("nhung.css", "color: red", "} table { display: none", ["the table is not to be seen: None in"]),
    "another page": ("nhung/a.html", TABLE, "<!doctype html><title>Trang</title><p>Trang", [
        "the table is not to be seen: None in",
        "the frame asks for 0 styles",
        "no link to the source leads the window on from http://localhost:",
    ]),
    "no style": ("_headers", "style-src 'self'; ", "", [
        "Loading the stylesheet '{}nhung.css' violates the following Content Security Policy directive:",
    ]),
    "a picture": ("nhung/a.html", "<footer>", '<img src="../a.png" alt=""><footer>', [
        "Loading the image '{}a.png' violates the following Content Security Policy directive:",
        "the frame asks for {}a.png",
    ]),
    "links within the frame": ("nhung/a.html", ' target="_top"', "", [
        "no link to the source leads the window on from http://localhost:",
    ]),
}  # fmt: skip


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with real_browser() as browser:
        yield browser


def written(site: Path, **changed: str) -> Path:
    for path, text in {**FILES, "_headers": RULES, **changed}.items():
        (site / path).parent.mkdir(parents=True, exist_ok=True)
        (site / path).write_text(text, encoding="utf-8")
    return site


def seen(browser: Browser, site: Path) -> list[str]:
    with serving(site) as server, window(browser, PHONE) as context:
        return [fault.replace(server.address, "{}") for fault in frames.faults(context, server, CODE, "nhung/a.html")]


def test_a_table_that_shows_has_no_fault_and_one_that_may_not_be_framed_proves_it(
    browser: Browser, tmp_path: Path
) -> None:
    with serving(written(tmp_path)) as server:
        [figure] = frames.measure(browser, server, Subject(EMBED, "nhung/a.html", ""), Subject("home", "", ""))
    assert (figure.page, figure.measure, figure.value, figure.said) == ("embed", "frame errors", 0, ())


def test_without_the_headers_of_the_site_nothing_is_proved(browser: Browser, tmp_path: Path) -> None:
    with serving(written(tmp_path, _headers="")) as server, pytest.raises(ToolError) as caught:
        list(frames.measure(browser, server, Subject(EMBED, "nhung/a.html", ""), Subject("home", "", "")))
    assert str(caught.value) == "/ shows in a frame of another site, which its policy forbids"


@pytest.mark.parametrize("name", WRONG)
def test_what_is_wrong_is_told(browser: Browser, tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(frames, "PATIENCE", 2_000)
    path, before, after, said = WRONG[name]
    text = {**FILES, "_headers": RULES}[path]
    assert before in text
    found = seen(browser, written(tmp_path, **{path: text.replace(before, after)}))
    assert len(found) == len(said), found
    assert all(fault.startswith(one) for fault, one in zip(found, said, strict=True)), found


def test_whatever_is_asked_for_beside_the_style_is_told(browser: Browser, tmp_path: Path) -> None:
    rules = RULES.replace("style-src", "img-src 'self'; style-src")
    table = TABLE.replace("<footer>", '<img src="../nhung.css?a" alt=""><footer>')
    found = seen(browser, written(tmp_path, **{"_headers": rules, "nhung/a.html": table}))
    assert found == ["the frame asks for {}nhung.css?a"]


def test_the_code_is_what_partners_copy() -> None:
    assert frames.code_in(FILES["huong-dan/doi-tac/index.html"]) == CODE
    with pytest.raises(ToolError, match=re.escape(f"{frames.PARTNERS} shows no code of a frame")):
        frames.code_in("<code>a</code>")


@dataclass
class Drawn:
    address: str
    tables: tuple[str, ...] = ()


def test_the_largest_table_is_taken(tmp_path: Path) -> None:
    sizes = {"nhung/a/x.html": 3, "nhung/a/y.html": 9, "nhung/b/z.html": 9, "nhung/c.html": 99}
    written(tmp_path, **{path: "a" * size for path, size in sizes.items()})
    pages = [Drawn("/a/", ("x", "y")), Drawn("/b/", ("z",)), Drawn("/c/")]
    assert largest_embed(pages, tmp_path) == [Subject("embed", "nhung/b/z.html", "nhung/b/z.html")]
    assert largest_embed([Drawn("/c/")], tmp_path) == []
