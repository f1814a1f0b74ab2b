"""A real browser opens one page of every kind: nothing fetched from elsewhere, no error, no sideways scrolling, nothing
that moves, no barrier axe knows of, and no more bytes than a cheap phone should pay for."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest
from audit.axe import run
from audit.browser import DESK, PHONE, window
from audit.figures import MEASURES
from audit.network import visit
from audit.page_types import NAMED, Subject
from audit.server import Server, serving
from browsing import is_dark, one_line, overflow, watch, widest
from html_pages import HtmlPage, read_html
from playwright.sync_api import Browser, BrowserContext

THIRD = ("tin-tuc/2026/mo-cho/", "mo-hinh/vuon-rau/", "bien-tap/cach-viet/")


def test_one_page_of_every_template_is_opened(own_portal: Path, largest: dict[str, str]) -> None:
    """But the notice of an expired article, of which the real content has none."""
    parts = {"base", "card", "content", "macros", "charts", "reported-section"}
    drawn = {path.stem for path in (own_portal / "overrides/portal").iterdir()} - parts
    assert set(largest) == drawn - {"expired"}


@pytest.mark.parametrize(
    ("width", "scheme", "scripts"),
    [(PHONE, "light", True), (DESK, "dark", True), (PHONE, "dark", False), (DESK, "light", False)],
)
def test_pages_open_without_a_fault(
    browser: Browser, address: str, largest: dict[str, str], width: int, scheme: str, scripts: bool
) -> None:
    with window(browser, width, scheme, scripts=scripts) as context:
        tab = context.new_page()
        faults = watch(tab, address)
        for template, path in largest.items():
            tab.goto(address + path, wait_until="load")
            if (over := overflow(tab)) > 0:
                faults.append(f"{template}: {over} px wider than the window ({widest(tab)})")
            if is_dark(tab) != (scheme == "dark"):
                faults.append(f"{template}: not in the colours the system asks for")
    assert faults == []


def _barriers(context: BrowserContext, address: str, pages: Mapping[str, str], axe: str, *only: str) -> list[str]:
    return [
        f"{template}: {one['id']}: {one['help']} {one['targets'][:3]}"
        for template, path in pages.items()
        for one in run(context, address + path, axe, only)["violations"]
    ]


def test_axe_finds_no_barrier(browser: Browser, address: str, largest: dict[str, str], axe: str) -> None:
    """By the rules of WCAG 2.2 A and AA and what axe holds to be good practice. `make audit` asks them of all pages, in
    every look."""
    with window(browser) as context:
        assert _barriers(context, address, {name: largest[name] for name in NAMED}, axe) == []


def test_axe_finds_no_barrier_in_the_dark(browser: Browser, address: str, largest: dict[str, str], axe: str) -> None:
    """By the rules that ask how a page looks."""
    pages = {name: largest[name] for name in ("home", "article", "profile", "statistics")}
    with window(browser, DESK, "dark") as context:
        assert _barriers(context, address, pages, axe, "color-contrast", "target-size", "link-in-text-block") == []


def test_what_the_own_content_has_not_is_looked_at_too(
    browser: Browser, third_portal: Path, large_portal: Path, axe: str
) -> None:
    """Pictures, attachments, corrections, letters, notes and footnotes; charts by year."""
    found = []
    for root, paths in ((third_portal, THIRD), (large_portal, ("thong-ke/",))):
        with serving(root / "site") as server, window(browser) as context:
            tab = context.new_page()
            faults = watch(tab, server.address)
            for path in paths:
                tab.goto(server.address + path, wait_until="load")
                found += [f"{path}: {overflow(tab)} px too wide"] if overflow(tab) > 0 else []
            found += faults + _barriers(context, server.address, dict(zip(paths, paths, strict=True)), axe)
    assert found == []


def test_every_article_is_read_by_keyboard(browser: Browser, address: str, own_portal: Path, axe: str) -> None:
    """Tables that scroll, too."""
    site = own_portal / "site"
    paths = [f"{found.parent.relative_to(site)}/" for found in sorted(site.glob("tin-tuc/20*/*/index.html"))]
    assert len(paths) == 7
    with window(browser) as context:
        pages = dict(zip(paths, paths, strict=True))
        assert _barriers(context, address, pages, axe, "scrollable-region-focusable", "landmark-unique") == []


def test_axe_finds_what_it_is_for(browser: Browser, tmp_path: Path, axe: str) -> None:
    """So that the lists above are not empty for want of looking."""
    (tmp_path / "index.html").write_text(
        '<!doctype html><title>a</title><img src="a.png"><p style="color:#bbb;background:#fff">nhạt</p>'
        '<button style="width:9px;height:9px;padding:0" aria-label="a"></button><button style="width:9px;height:9px;padding:0" aria-label="b"></button>',
        encoding="utf-8",
    )
    with serving(tmp_path) as server, window(browser) as context:
        violations = run(context, server.address, axe)["violations"]
    assert {one["id"] for one in violations} >= {"image-alt", "color-contrast", "html-has-lang", "target-size"}


@pytest.fixture(scope="module")
def served(own_portal: Path) -> Iterator[Server]:
    with serving(own_portal / "site") as server:
        yield server


@pytest.fixture(scope="module")
def subject(largest: dict[str, str]) -> Callable[[str], Subject]:
    return lambda name: Subject(name, largest[name], f"{largest[name]}index.html")


@pytest.mark.parametrize(
    ("name", "width"),
    [("article", PHONE), ("list", PHONE), ("statistics", PHONE), ("statistics", DESK), ("coverage", DESK)],
)
def test_pages_are_light_and_nothing_moves(
    browser: Browser, served: Server, subject: Callable[[str], Subject], name: str, width: int
) -> None:
    with window(browser, width) as context:
        first = visit(context, served, subject(name), icons=True)
    with window(browser, width) as context:
        visit(context, served, subject("home" if name == "article" else "article"))
        further = visit(context, served, subject(name))
    assert first.weight(photos=False) <= MEASURES["first visit"].most, first.parts(photos=False)
    assert further.weight(photos=False) <= MEASURES["further page"].most, further.parts(photos=False)
    assert further.weight(photos=False) > 1, "what is loaded is weighed"
    assert [round(one.shift(), 2) for one in (first, further)] == [0, 0], (first.shifts, further.shifts)


@pytest.mark.parametrize("template", NAMED)
def test_the_words_of_a_page_need_no_script(
    browser: Browser, address: str, largest: dict[str, str], own_portal: Path, template: str
) -> None:
    with window(browser, scripts=False) as context:
        tab = context.new_page()
        faults = watch(tab, address)
        tab.goto(address + largest[template], wait_until="load")
        tab.evaluate("document.querySelectorAll('main details').forEach(one => one.open = true)")  # as a reader may
        written = read_html((own_portal / "site" / largest[template] / "index.html").read_text(encoding="utf-8"))
        shown = one_line(" ".join(tab.evaluate(_SHOWN, list(WORDY))))
        assert [text for text in _words_of_page(written) if one_line(text) not in shown] == []
        assert tab.evaluate(_SHOWN, ["table"])[1:] == tab.locator("table").all_text_contents()[1:]
    assert faults == []


def test_the_watch_sees_what_it_is_for(browser: Browser, address: str) -> None:
    """So that the lists of faults above are not empty for want of looking."""
    with window(browser) as context:
        context.route("https://elsewhere.example/*", lambda route: route.fulfill(body=""))
        tab = context.new_page()
        faults = watch(tab, address)
        tab.goto(address + "khong-co/", wait_until="load")
        tab.goto("about:blank")
        tab.set_content(
            '<main><p style="width: 900px">rộng</p><img src="https://elsewhere.example/a.png" alt=""></main><script>x.y</script>'
        )
        assert overflow(tab) > 500
    said = "\n".join(faults)
    assert all(
        part in said for part in ("asked for https://elsewhere.example/a.png", "khong-co/: 404", "x is not defined")
    )


WORDY = ("h1", "h2", "h3", "p", "td", "th", "dt", "caption")
# What elements say that are shown, or will be when they come near.
_SHOWN = """tags => [...document.querySelectorAll(tags.join())]
    .filter(e => e.checkVisibility({opacityProperty: true, visibilityProperty: true})).map(e => e.textContent)"""


def _words_of_page(page: HtmlPage) -> list[str]:
    """Headings, paragraphs and cells of the page, each as it is written."""
    return [text for tag, text in page.texts if tag in WORDY and text.strip()]
