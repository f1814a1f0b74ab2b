"""The Chromium that pages are printed with: the one Playwright has, or any that is there."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from typing import Any

from playwright.async_api import Browser, Error, Playwright

# As Debian, Google and Microsoft call them; the first of them has no window and takes half the time.
_PROGRAMS = (
    *("chromium-headless-shell", "chromium", "chromium-browser"),
    *("google-chrome", "google-chrome-stable", "microsoft-edge", "microsoft-edge-stable"),
)
_CHANNELS = ("chrome", "msedge")  # where their installers put them on Windows and macOS
# What a browser does of its own accord.
_QUIET = ("--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run")
_NOT_THERE = ("Executable doesn't exist", "is not found at", "is not supported on")

NONE_FOUND = (
    "không tìm thấy Chromium; hãy chạy `playwright install chromium`, cài Chromium hoặc Chrome, "
    "hay chỉ ra bằng `--chromium ĐƯỜNG_DẪN`"
)


class PrintingError(Exception):
    """Why a page could not be printed, in an editor's words."""


async def launched(playwright: Playwright, program: str = "") -> Browser:
    """A browser without a window: `program` (a path, or a name to be looked for) where it is given, else Playwright's own, else
    one of the system's. Raises PrintingError."""
    broken = ""
    for wish in [_named(program)] if program else _to_be_tried():
        try:
            return await playwright.chromium.launch(args=list(_QUIET), **wish)
        except Error as error:
            if not any(said in error.message for said in _NOT_THERE):
                broken = broken or f"{wish.get('executable_path') or wish.get('channel') or 'Chromium của Playwright'}"
    if broken:
        raise PrintingError(
            f"không khởi động được `{broken}`; hãy thử mở nó bằng tay, hoặc chỉ ra trình duyệt khác bằng `--chromium ĐƯỜNG_DẪN`"
        )
    raise PrintingError(NONE_FOUND)


def _named(program: str) -> dict[str, Any]:
    found = shutil.which(program)
    if not found:
        raise PrintingError(f"không có trình duyệt `{program}`; hãy xem lại `--chromium` hoặc PORTAL_CHROMIUM")
    return {"executable_path": found}


def _to_be_tried() -> Iterator[dict[str, Any]]:
    """Ways to launch a browser, the one that Playwright was made for first."""
    yield {}
    yield from ({"executable_path": found} for name in _PROGRAMS if (found := shutil.which(name)))
    yield from ({"channel": name} for name in _CHANNELS)
