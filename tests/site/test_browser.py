"""A real browser opens one page of every kind: nothing fetched from elsewhere, no error, no sideways scrolling."""

from __future__ import annotations

import os
import re
import shutil
import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from html_pages import HtmlPage, read_html
from playwright.sync_api import Browser, sync_playwright
from playwright.sync_api import Page as Tab
from portal.pages import Page
from portal.site import build_site
from portals import NOW

ARGUMENTS = [
    *("--no-sandbox", "--disable-background-networking", "--disable-component-update"),
    *("--disable-sync", "--no-first-run", "--disable-quic"),
]
PHONE, DESK = 360, 1280


class _Silent(SimpleHTTPRequestHandler):
    """Says nothing on the terminal."""

    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture(scope="module")
def address(own_portal: Path) -> Iterator[str]:
    """Where the built site is served, with a slash at the end."""
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(_Silent, directory=str(own_portal / "site"))) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()
        thread.join()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    found = next(
        (path for name in ("chromium", "chromium-browser", "google-chrome") if (path := shutil.which(name))), None
    )
    if found is None:
        said = "no Chromium found: install chromium, or run .ci/browser"
        # A missing browser must not pass unseen where the whole suite is meant to run.
        (pytest.fail if os.environ.get("CI") else pytest.skip)(said)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def largest(own_portal: Path) -> dict[str, str]:
    """For each template the path of its largest page, which has the most to go wrong."""

    def size(page: Page) -> int:
        return (own_portal / f"site{page.address}index.html").stat().st_size

    by_size = sorted(build_site(own_portal, NOW).pages, key=lambda page: (size(page), page.address))
    return {page.template.removeprefix("portal/").removesuffix(".html"): page.address[1:] for page in by_size} | {
        "not-found": "404.html"
    }


def test_one_page_of_every_template_is_opened(own_portal: Path, largest: dict[str, str]) -> None:
    """But the notice of an expired article, of which the real content has none."""
    drawn = {path.stem for path in (own_portal / "overrides/portal").iterdir()} - {"base", "card", "content", "macros"}
    assert set(largest) == drawn - {"expired"}


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [PHONE, DESK])
def test_pages_open_without_a_fault(
    browser: Browser, address: str, largest: dict[str, str], width: int, scheme: str
) -> None:
    context = browser.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme)
    tab = context.new_page()
    faults = _watch(tab, address)
    for template, path in largest.items():
        tab.goto(address + path, wait_until="load")
        if (overflow := _overflow(tab)) > 0:
            faults.append(f"{template}: {overflow} px wider than the window ({_widest(tab)})")
        if (shown := tab.evaluate("document.body.dataset.mdColorScheme")) != {"light": "default", "dark": "slate"}[
            scheme
        ]:
            faults.append(f"{template}: shown in the colours of {shown}")
    context.close()
    assert faults == []


@pytest.mark.parametrize("template", ["article", "profile", "statistics"])
def test_the_words_of_a_page_need_no_script(
    browser: Browser, address: str, largest: dict[str, str], own_portal: Path, template: str
) -> None:
    context = browser.new_context(viewport={"width": PHONE, "height": 800}, java_script_enabled=False)
    tab = context.new_page()
    faults = _watch(tab, address)
    tab.goto(address + largest[template], wait_until="load")
    written = read_html((own_portal / "site" / largest[template] / "index.html").read_text(encoding="utf-8"))
    shown = _one_line(tab.locator("body").inner_text())
    assert [text for text in _words_of_article(written) if _one_line(text) not in shown] == []
    tables = tab.locator("article table")
    assert tables.count() == written.count("table")
    assert [index for index in range(tables.count()) if not tables.nth(index).is_visible()] == []
    context.close()
    assert faults == []


def test_the_menu_opens_on_a_phone_without_script(browser: Browser, address: str) -> None:
    context = browser.new_context(viewport={"width": PHONE, "height": 800}, java_script_enabled=False)
    tab = context.new_page()
    tab.goto(address, wait_until="load")
    tab.locator("label[for=__drawer].md-header__button").click()
    tab.locator("nav.md-nav a[href='thong-ke/']").click()
    assert tab.url == address + "thong-ke/"
    context.close()


def test_the_watch_sees_what_it_is_for(browser: Browser, address: str) -> None:
    """So that the lists of faults above are not empty for want of looking."""
    context = browser.new_context(viewport={"width": PHONE, "height": 800})
    context.route("https://elsewhere.example/*", lambda route: route.fulfill(body=""))
    tab = context.new_page()
    faults = _watch(tab, address)
    tab.goto(address + "khong-co/", wait_until="load")
    tab.set_content(
        '<main><p style="width: 900px">rộng</p><img src="https://elsewhere.example/a.png" alt=""></main><script>x.y</script>'
    )
    assert _overflow(tab) > 500
    context.close()
    said = "\n".join(faults)
    assert all(
        part in said for part in ("asked for https://elsewhere.example/a.png", "khong-co/: 404", "x is not defined")
    )


def _watch(tab: Tab, address: str) -> list[str]:
    """Collects what must not happen while pages load."""
    faults: list[str] = []
    tab.on(
        "request",
        lambda request: (
            None if request.url.startswith((address, "data:")) else faults.append(f"{tab.url} asked for {request.url}")
        ),
    )
    tab.on(
        "console",
        lambda message: faults.append(f"{tab.url}: {message.text}") if message.type in ("error", "warning") else None,
    )
    tab.on("pageerror", lambda error: faults.append(f"{tab.url}: {error}"))
    tab.on(
        "response",
        lambda response: faults.append(f"{response.url}: {response.status}") if response.status >= 400 else None,
    )
    return faults


def _overflow(tab: Tab) -> int:
    return tab.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")


def _widest(tab: Tab) -> str:
    """The element that reaches furthest to the right, to find the fault."""
    return tab.evaluate(
        """() => [...document.querySelectorAll('main *')]
            .map(e => [e.getBoundingClientRect().right, e.tagName + '.' + e.className])
            .sort((a, b) => b[0] - a[0])[0].join(' ')"""
    )


def _words_of_article(page: HtmlPage) -> list[str]:
    """Headings, paragraphs and cells of the page, each as it is written."""
    return [
        text for tag, text in page.texts if tag in ("h1", "h2", "h3", "p", "td", "th", "dt", "caption") and text.strip()
    ]


def _one_line(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()
