"""A table by itself in a frame of another site, by the code that partners copy: it shows, asks for nothing but its style,
and its links lead the window around it."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterator
from html import unescape
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, Frame, Page
from playwright.sync_api import TimeoutError as TooLate

from .browser import DESK, PHONE, window
from .figures import Figure, ToolError
from .page_types import Subject
from .server import Server, serving

PARTNERS = Path("huong-dan/doi-tac/index.html")
PATIENCE = 10_000  # ms
REFUSED = "frame-ancestors"  # the directive that the console then names

_CODE = re.compile(r"<code>(&lt;iframe .*?)</code>", re.DOTALL)
_SRC = re.compile(r'(?<=src=")[^"]*')
_AROUND = '<!doctype html><html lang="vi"><meta charset="utf-8"><title>Trang khác</title><link rel="icon" href="data:,"><h1>Trang khác</h1>\n'


def measure(browser: Browser, server: Server, embed: Subject, page: Subject) -> Iterator[Figure]:
    """`page` is one that no other site may frame: that it is refused shows that the server says what the site asks for."""
    code = code_in((server.site / PARTNERS).read_text(encoding="utf-8"))
    found = []
    for width in (PHONE, DESK):
        with window(browser, width) as context:
            found += [f"{fault}, {width} px" for fault in faults(context, server, code, embed.path)]
            if width == PHONE and not any(REFUSED in fault for fault in faults(context, server, code, page.path)):
                raise ToolError(f"/{page.path} shows in a frame of another site, which its policy forbids")
    yield Figure(embed.name, "frame errors", len(found), tuple(found))


def code_in(partners: str) -> str:
    """The code that the page for partners shows, as it is copied."""
    if not (match := _CODE.search(partners)):
        raise ToolError(f"{PARTNERS} shows no code of a frame")
    return unescape(match[1])


def faults(context: BrowserContext, server: Server, code: str, path: str) -> list[str]:
    """What is wrong where a page of another origin frames this one by the code."""
    url = server.address + path
    with tempfile.TemporaryDirectory() as folder:
        framing = _AROUND + _SRC.sub(lambda _: url, code, count=1)
        Path(folder, "index.html").write_text(framing, encoding="utf-8")
        with serving(Path(folder)) as other:  # by another name, so that it is another site too
            tab = context.new_page()
            found = list(_seen(tab, f"http://localhost:{other.server_port}/", url, server))
            tab.close()
    return found


def _seen(tab: Page, around: str, url: str, server: Server) -> Iterator[str]:
    said: list[str] = []
    asked: list[tuple[str, str]] = []
    tab.on("console", lambda message: said.append(message.text) if message.type in ("error", "warning") else None)
    tab.on("request", lambda request: asked.append((request.resource_type, request.url)))
    with tab.expect_event("framenavigated", lambda frame: frame.parent_frame, timeout=PATIENCE) as navigated:
        tab.goto(around, wait_until="load")
    frame: Frame = navigated.value
    frame.wait_for_load_state("load", timeout=PATIENCE)
    yield from _shown(frame, url)
    yield from said
    yield from _too_many(asked, around, url, server.address)
    if frame.url == url:
        yield from _led(tab, frame, server.address)


def _shown(frame: Frame, url: str) -> Iterator[str]:
    if frame.url != url:
        yield f"the frame shows {frame.url}"
        return
    table = frame.locator("table").first
    box, around = table.bounding_box() if table.count() else None, frame.frame_element().bounding_box()
    if not box or not around or box["height"] < 1 or not around["y"] <= box["y"] < around["y"] + around["height"]:
        yield f"the table is not to be seen: {box} in {around}"


def _too_many(asked: list[tuple[str, str]], around: str, url: str, address: str) -> Iterator[str]:
    """What is asked for beside the two pages and one style of ours."""
    own = [(kind, to) for kind, to in asked if not to.startswith(("data:", around)) and to != url]
    styles = [to for kind, to in own if kind == "stylesheet" and to.startswith(address)]
    if len(styles) != 1:
        yield f"the frame asks for {len(styles)} styles"
    yield from (f"the frame asks for {to}" for _, to in own if to not in styles)


def _led(tab: Page, frame: Frame, address: str) -> Iterator[str]:
    """Where the link to the source leads: to our page, and out of the frame."""
    try:
        frame.locator("footer a").first.click(timeout=PATIENCE)
        tab.wait_for_url(f"{address}**", timeout=PATIENCE)
    except TooLate:
        yield f"no link to the source leads the window on from {tab.url}"
