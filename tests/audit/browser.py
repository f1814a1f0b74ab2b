"""The browser that all parts drive."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, BrowserContext, Page, Response, sync_playwright

from .figures import ToolError

ARGUMENTS = (
    *("--no-sandbox", "--disable-background-networking", "--disable-component-update"),
    *("--disable-sync", "--no-first-run", "--disable-quic"),
)
PHONE, TABLET, DESK = 360, 768, 1280
SCHEMES = ("light", "dark")
HEIGHT = 800
SCROLL = """async () => {
  for (let y = 0; y < document.documentElement.scrollHeight; y += innerHeight) {
    scrollTo(0, y);
    await new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)));
  }
}"""


def program(*names: str) -> str:
    """The path of the first of these programs that is there."""
    for name in names:
        if path := shutil.which(name):
            return path
    raise ToolError(f"no {names[0]} found: run .ci/audit")


def chromium_path() -> str:
    """As readers have it, with a window."""
    return program("chromium", "chromium-browser", "google-chrome")


def headless_path() -> str:
    """Debian's build of the same browser that never had a window takes half the time."""
    return shutil.which("chromium-headless-shell") or chromium_path()


@contextmanager
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=headless_path(), args=list(ARGUMENTS))
        yield browser
        browser.close()


def go_to(tab: Page, url: str, until: str = "") -> Response | None:
    """The page when it has loaded, and has this, by its selector."""
    answer = tab.goto(url, wait_until="load")
    if until:
        tab.wait_for_selector(until, state="attached")
    return answer


def window(
    browser: Browser, width: int = PHONE, scheme: str = "light", *, scripts: bool = True, points: int = 1
) -> BrowserContext:
    """As of a visitor who was never there: nothing is cached. `points` are those of the screen for one of the page."""
    size = {"width": width, "height": HEIGHT}
    return browser.new_context(
        viewport=size, color_scheme=scheme, java_script_enabled=scripts, device_scale_factor=points
    )
