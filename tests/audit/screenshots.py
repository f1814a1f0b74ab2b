"""Pictures of every page type, and one sheet that shows all of them."""

from __future__ import annotations

import base64
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html import escape
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext

from .browser import DESK, PHONE, SCHEMES, SCROLL, TABLET, go_to, window
from .figures import Figure
from .page_types import Subject

WIDTHS = (PHONE, TABLET, DESK)
PAPER, PAPER_WIDTH = "paper", 672  # in the place of a colour scheme; A4 within our margins
FOLDER = "screenshots"
SHEET = "index.html"
TALLEST = 16_000  # px that Chromium can draw at once
# Of the thumbnails: how much of a page, and how large. Drawn twice as fine as shown.
THUMB_HEIGHT, SCALE, FINER = 1000, 0.24, 2
# What the browser draws only when it comes near is drawn all the same.
_SHOW = """async () => {
  for (const part of document.querySelectorAll('main *'))
    if (getComputedStyle(part).contentVisibility === 'auto') part.style.contentVisibility = 'visible';
  scrollTo(0, 0);
  await Promise.all([...document.images].map(image => image.decode().catch(() => {})));
}"""
_EXCESS = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


@dataclass(frozen=True)
class Shot:
    page: str
    path: str
    width: int
    scheme: str
    height: int
    thumbnail: bytes
    excess: int = 0  # px wider than the window

    @property
    def file(self) -> str:
        return f"{self.page}-{self.width}-{self.scheme}.jpg"


def measure(browser: Browser, address: str, subjects: Iterable[Subject], out: Path) -> Iterator[Figure]:
    """Pictures go to a folder of `out`, their sheet beside it."""
    folder = out / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.glob("*.jpg"):
        old.unlink()
    windows = {(width, scheme): window(browser, width, scheme) for scheme in SCHEMES for width in WIDTHS}
    windows[PAPER_WIDTH, PAPER] = window(browser, PAPER_WIDTH)
    shots = []
    for subject in subjects:
        own = [shoot(context, address, subject, *look, folder) for look, context in windows.items()]
        wide = [f"{shot.excess} px wider than {shot.width} px, {shot.scheme}" for shot in own if shot.excess > 0]
        yield Figure(subject.name, "overflow", max(shot.excess for shot in own), tuple(wide))
        shots += own
    (out / SHEET).write_text(sheet(shots), encoding="utf-8")


def shoot(context: BrowserContext, address: str, subject: Subject, width: int, scheme: str, folder: Path) -> Shot:
    tab = context.new_page()
    go_to(tab, address + subject.path, subject.until)
    if scheme == PAPER:
        tab.emulate_media(media="print")
    tab.evaluate(SCROLL)
    tab.evaluate(_SHOW)
    excess, height = tab.evaluate(_EXCESS), tab.evaluate("document.documentElement.scrollHeight")
    thumbnail = _thumbnail(context, width, tab)
    shot = Shot(subject.name, subject.path, width, scheme, height, thumbnail, excess)
    clip = {"x": 0, "y": 0, "width": width, "height": min(height, TALLEST)}
    tab.screenshot(path=folder / shot.file, type="jpeg", quality=80, full_page=True, clip=clip, animations="disabled")
    tab.close()
    return shot


def _thumbnail(context: BrowserContext, width: int, tab: object) -> bytes:
    clip = {"x": 0, "y": 0, "width": width, "height": THUMB_HEIGHT, "scale": SCALE * FINER}
    asked = {"format": "jpeg", "quality": 60, "clip": clip, "captureBeyondViewport": True}
    return base64.b64decode(context.new_cdp_session(tab).send("Page.captureScreenshot", asked)["data"])


def sheet(shots: Iterable[Shot]) -> str:
    """One page that needs nothing beside it but, for who clicks on a thumbnail, the picture itself."""
    groups: dict[tuple[str, str], list[Shot]] = {}
    for shot in shots:
        groups.setdefault((shot.page, shot.path), []).append(shot)
    menu = " ".join(f'<a href="#{escape(page)}">{escape(page)}</a>' for page, _ in groups)
    sections = "\n".join(_section(page, path, group) for (page, path), group in groups.items())
    return _SHEET.format(menu=menu, sections=sections)


def _section(page: str, path: str, shots: Iterable[Shot]) -> str:
    figures = "\n".join(map(_figure, shots))
    heading = f'<h2>{escape(page)} <span class="path">/{escape(path)}</span></h2>'
    return f'<section id="{escape(page)}">\n{heading}\n<div class="row">\n{figures}\n</div>\n</section>'


def _figure(shot: Shot) -> str:
    data = base64.b64encode(shot.thumbnail).decode()
    width, height = round(shot.width * SCALE), round(THUMB_HEIGHT * SCALE)
    said = f"{shot.width} {shot.scheme}, {shot.height:,} px tall"
    if shot.height > TALLEST:
        said += f", cut at {TALLEST:,}"
    warning = f'<br><b class="wide">{shot.excess} px too wide</b>' if shot.excess > 0 else ""
    return (
        f'<figure style="width:{width}px"><a href="{FOLDER}/{escape(shot.file)}"><img width="{width}" height="{height}" '
        f'alt="{escape(shot.page)}, {said}" src="data:image/jpeg;base64,{data}"></a>'
        f"<figcaption>{said}{warning}</figcaption></figure>"
    )


_SHEET = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Every page type, by width and colour scheme</title>
<style>
:root {{ color-scheme: light dark; }}
body {{ margin: 0; padding: 1rem 1.5rem 4rem; font: 14px/1.4 system-ui, sans-serif; background: #d9dbde; color: #16181b; }}
h1 {{ font-size: 1.25rem; margin: 0 0 .5rem; }}
h2 {{ font-size: 1.05rem; margin: 1.75rem 0 .5rem; scroll-margin-top: 3rem; }}
nav {{ position: sticky; top: 0; padding: .5rem 0; background: inherit; display: flex; flex-wrap: wrap; gap: .25rem .9rem; }}
nav a {{ color: inherit; }}
.path, figcaption {{ font-weight: 400; color: #4a4f57; }}
.row {{ display: flex; flex-wrap: wrap; gap: 1rem; align-items: flex-start; }}
figure {{ margin: 0; }}
figcaption {{ font-size: 11px; line-height: 1.35; padding-top: .25rem; }}
img {{ display: block; box-shadow: 0 0 0 1px #0003, 0 2px 6px #0002; }}
.wide {{ color: #a3161b; }}
@media (prefers-color-scheme: dark) {{
  body {{ background: #2a2d31; color: #eceef0; }}
  .path, figcaption {{ color: #b4b9c1; }}
  .wide {{ color: #ff9d94; }}
}}
</style>
</head>
<body>
<h1>Every page type, by width and colour scheme</h1>
<nav aria-label="Page types">{menu}</nav>
{sections}
</body>
</html>
"""
