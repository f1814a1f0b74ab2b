"""Published pages on paper: PDF files with tags and bookmarks, drawn by Chromium in the print style.

The browser is given the files of the site at the addresses they are published at, and nothing else: so links lead to the
site, wherever it is printed, and no other host is asked for anything.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from html import escape
from mimetypes import MimeTypes

from playwright.async_api import Browser, Error, Page, Playwright, Route, async_playwright
from portal.schema.dates import VIETNAM
from portal.text import date_vi

from .chromium import PrintingError, launched
from .pdf_bytes import steadied
from .published import PublishedPage, PublishedSite

SECONDS = 120  # for one page; the largest takes some

_MARGINS = {"top": "20mm", "right": "17mm", "bottom": "20mm", "left": "17mm"}
_CLOSING_SECONDS = 10.0

# What differs from paper that a reader prints: each sheet has its own head and foot here, so those of the page and of the
# theme would say the same twice; nothing is played on paper; and a heading keeps the spaces at which its lines end, which
# bookmarks leave out else.
_STYLE = """
@page { @top-left { content: none } @top-center { content: none } @top-right { content: none }
  @bottom-left { content: none } @bottom-center { content: none } @bottom-right { content: none } }
@media print {
  .portal-header, .portal-footer, audio, video { display: none !important }
  :is(h1, h2, h3, h4, h5, h6) { white-space: pre-wrap !important }
}
"""
# All is opened and fetched: what is drawn late is drawn now. A style that a script makes is none that a page's policy forbids.
_PREPARE = """async (style) => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(style);
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
  for (const one of document.querySelectorAll("details")) one.open = true;
  for (const heading of document.querySelectorAll("h1, h2, h3, h4, h5, h6")) {
    const texts = document.createTreeWalker(heading, NodeFilter.SHOW_TEXT);
    let last = { data: " " };
    while (texts.nextNode()) {
      const text = texts.currentNode;
      text.data = text.data.replace(/[ \\t\\n\\r]+/g, " ");
      if (last.data.endsWith(" ")) text.data = text.data.trimStart();
      if (text.data) last = text;
    }
    last.data = last.data.trimEnd();
  }
  const images = [...document.images];
  for (const image of images) image.loading = "eager";
  await Promise.all(images.map((image) => image.decode().catch(() => {})));
  await document.fonts.ready;
}"""
_LINE = (
    '<div style="display: flex; justify-content: space-between; gap: 5mm; width: 100%; margin: 0 17mm 5mm; '
    'font: 7pt sans-serif; color: #444"><span style="min-width: 0; overflow-wrap: anywhere">{left}</span>'
    '<span style="flex: none">{right}</span></div>'
)


@dataclass(frozen=True)
class Printed:
    """A PDF file. `missing` are the addresses of what the page shows and the site doesn't have."""

    data: bytes
    missing: tuple[str, ...]


@dataclass(frozen=True)
class Press:
    """How pages are printed: on what `paper`, with what `program` (empty: the browser that is found), in how many seconds
    each."""

    paper: str = "A4"
    program: str = ""
    seconds: int = SECONDS


def print_pages(
    site: PublishedSite,
    pages: Iterable[PublishedPage],
    press: Press,
    take: Callable[[PublishedPage, Printed | PrintingError], None],
) -> None:
    """Print one page after another; `take` is given each as it is done, or why it could not be."""

    async def run() -> None:
        async with async_playwright() as playwright:
            for page in pages:
                take(page, await _outcome(playwright, site, page, press))

    asyncio.run(run())


async def _outcome(
    playwright: Playwright, site: PublishedSite, page: PublishedPage, press: Press
) -> Printed | PrintingError:
    try:
        browser = await launched(playwright, press.program)
    except PrintingError as error:
        return error
    try:
        async with asyncio.timeout(press.seconds):
            return await _printed(browser, site, page, press.paper)
    except TimeoutError:
        return PrintingError(f"trình duyệt không vẽ xong trong {press.seconds} giây; hãy thử lại khi máy bớt bận")
    except Error:
        return PrintingError("trình duyệt dừng giữa chừng; hãy thử lại, hoặc dùng trình duyệt khác với `--chromium`")
    finally:
        with suppress(Error, TimeoutError):
            async with asyncio.timeout(_CLOSING_SECONDS):
                await browser.close()


async def _printed(browser: Browser, site: PublishedSite, page: PublishedPage, paper: str) -> Printed:
    missing: list[str] = []

    async def answer(route: Route) -> None:
        url = route.request.url
        file = site.file(url)
        try:
            data = file.read_bytes() if file else None
        except OSError:  # a build has put another site in its place
            data = None
        if file is None or data is None:
            missing.append(url.removeprefix(site.url))
            await route.abort()
        else:
            kind = MimeTypes().guess_type(file.name)[0]  # as Python knows them, whatever the system says
            await route.fulfill(body=data, content_type=kind or "application/octet-stream")

    context = await browser.new_context(
        locale="vi-VN", timezone_id="Asia/Ho_Chi_Minh", color_scheme="light", service_workers="block"
    )
    context.set_default_timeout(0)  # all of it together has one bound
    await context.route("**/*", answer)
    tab = await context.new_page()
    await tab.emulate_media(media="print")
    await tab.goto(page.url, wait_until="load")
    await tab.evaluate(_PREPARE, _STYLE)
    data = await _as_pdf(tab, site, page, paper)
    return Printed(steadied(data, site.built), tuple(dict.fromkeys(missing)))


async def _as_pdf(tab: Page, site: PublishedSite, page: PublishedPage, paper: str) -> bytes:
    title = "" if page.title == site.name else page.title.removesuffix(f" – {site.name}")
    numbers = 'Trang <span class="pageNumber"></span>/<span class="totalPages"></span>'
    built = f"dựng ngày {date_vi(site.built.astimezone(VIETNAM).date())} · " if site.built else ""
    return await tab.pdf(
        format=paper,
        prefer_css_page_size=True,
        margin=_MARGINS,
        print_background=True,
        tagged=True,
        outline=True,
        display_header_footer=True,
        header_template=_LINE.format(left=escape(title), right=escape(site.name)),
        footer_template=_LINE.format(left=escape(page.url), right=built + numbers),
    )
