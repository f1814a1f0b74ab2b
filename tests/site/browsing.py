"""A real browser over the built site: what it is asked, what it must not say."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from audit.browser import chromium, headless_path
from audit.figures import ToolError
from audit.page_types import largest
from playwright.sync_api import Browser
from playwright.sync_api import Page as Tab
from portal.site import build_site
from portals import NOW


def browser_path() -> str:
    """Skips the test without Chromium; a missing browser must not pass unseen where the whole suite is meant to run."""
    try:
        return headless_path()
    except ToolError:
        said = "no Chromium found: install chromium, or run .ci/browser"
        (pytest.fail if os.environ.get("CI") else pytest.skip)(said)


@contextmanager
def real_browser() -> Iterator[Browser]:
    """The browser of `browser_path`, or no test."""
    browser_path()
    with chromium() as browser:
        yield browser


def largest_pages(root: Path) -> dict[str, str]:
    """For each template the path of its largest page in a built portal, which has the most to go wrong."""

    def size(page: object) -> int:
        return (root / f"site{page.address}index.html").stat().st_size

    found = largest(build_site(root, NOW).pages, size)
    return {name: page.address[1:] for name, page in found.items()} | {"not-found": "404.html"}


def watch(tab: Tab, address: str) -> list[str]:
    """Collects what must not happen while pages load."""
    faults: list[str] = []
    tab.on(
        "request",
        lambda request: (
            None if request.url.startswith(address) else faults.append(f"{tab.url} asked for {request.url[:200]}")
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


def overflow(tab: Tab) -> int:
    return tab.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")


def widest(tab: Tab) -> str:
    """The element that reaches furthest to the right, to find the fault."""
    return tab.evaluate(
        """() => [...document.querySelectorAll('main *')]
            .map(e => [e.getBoundingClientRect().right, e.tagName + '.' + e.className])
            .sort((a, b) => b[0] - a[0])[0].join(' ')"""
    )


def is_dark(tab: Tab) -> bool:
    """Whether the page is shown on a dark ground."""
    ground = tab.evaluate("getComputedStyle(document.body).backgroundColor")
    return sum(map(int, re.findall(r"\d+", ground)[:3])) < 3 * 128


def one_line(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()
