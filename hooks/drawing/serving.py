"""`portal serve`: a preview that never ends because of a fault."""

from __future__ import annotations

import gc
import html
import shutil
import signal
import tempfile
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property, partial
from pathlib import Path

from mkdocs.livereload import LiveReloadServer
from portal.problems import Problem, printable, report
from portal.site import Site

from .building import Wishes, opened_cache, update
from .cache import Cache, code_version
from .exchange import HeldPlaces, level
from .faults import checked
from .memory import DiskMemory, Recent, remembering
from .progress import Progress
from .templating import Compiled
from .watching import Observers

WATCHED = ("docs", "data", "overrides", "mkdocs.yml")

_FAULTS_PAGE = """<!doctype html>
<html lang="vi"><head><meta charset="utf-8"><title>Nội dung có lỗi</title></head>
<body><main><h1>Nội dung có {count} lỗi</h1>
<p>Trang xem trước sẽ hiện ngay khi các lỗi dưới đây được sửa.</p>
<ul>
{items}
</ul></main></body></html>
"""


@dataclass
class Preview:
    """The folder the server shows, and how it is made anew after a change."""

    root: Path
    folder: Path
    clock: Callable[[], datetime]
    say: Callable[[str], None]
    url: str
    shown: bool = field(default=False)  # a whole site has been drawn
    recent: Recent = field(default_factory=Recent)
    compiled: Compiled = field(default_factory=Compiled)
    code: str = field(default_factory=code_version)  # that runs: the files may hold another by and by

    @property
    def site_folder(self) -> Path:
        return self.folder / "site"

    @cached_property
    def _places(self) -> HeldPlaces:
        return HeldPlaces(self.site_folder, self.folder / "next", self.folder / "previous", self.folder)

    def rebuild(self) -> None:
        """Draw the site; with faults, print them and keep what is shown (before the first site: a page of them)."""
        with closing(opened_cache(self.root, self.code)) as cache:
            site, problems, failure = remembering(cache, Progress(), partial(self._update, cache), self.recent)
        if problems:
            self.say(report(problems))
        elif failure:
            self.say(failure)
        else:
            if not self.shown:
                level(self._places)
            self.shown = True
            self.say(f"Đã dựng {len(site.pages)} trang.")
            return
        if not self.shown:
            self._show_faults([str(problem) for problem in problems] or [failure])

    def _update(self, cache: Cache, memory: DiskMemory) -> tuple[Site, tuple[Problem, ...], str]:
        """The site, its problems and why it could not be drawn."""
        site, problems = checked(self.root, self.clock(), preview=True, memory=memory)
        failure = "" if problems else self._draw(site, cache)
        if not (problems or failure):  # what a fault keeps from use is needed when it is mended
            memory.forget_unused()
        return site, problems, failure

    def _draw(self, site: Site, cache: Cache) -> str:
        wishes = Wishes(strict=False, site_url=self.url, say=self.say, compiled=self.compiled)
        return update(self.root, site, self._places, cache, wishes).failure

    def _show_faults(self, lines: list[str]) -> None:
        page = faults_page(lines)
        self.site_folder.mkdir(parents=True, exist_ok=True)
        for name in ("index.html", "404.html"):
            (self.site_folder / name).write_text(page, encoding="utf-8")

    def not_found(self, code: int) -> bytes | None:
        """The page for an address that is not there."""
        try:
            return (self.site_folder / "404.html").read_bytes() if code == 404 else None
        except OSError:
            return None


def faults_page(lines: list[str]) -> str:
    """What the preview shows while there has been no good site yet."""
    items = "\n".join(f"<li><code>{html.escape(printable(line))}</code></li>" for line in lines)
    return _FAULTS_PAGE.format(count=len(lines), items=items)


def serve(root: Path, host: str, port: int, clock: Callable[[], datetime], say: Callable[[str], None]) -> None:
    """Build, serve at http://host:port/ and rebuild on every change, until interrupted."""
    folder = Path(tempfile.mkdtemp(prefix="portal-"))
    preview = Preview(root, folder, clock, say, f"http://{host}:{port}/")
    preview.site_folder.mkdir()
    server = LiveReloadServer(builder=preview.rebuild, host=host, port=port, root=str(preview.site_folder))
    server.error_handler = preview.not_found
    server.observer = Observers()
    stopped_by = signal.signal(signal.SIGTERM, signal.default_int_handler)  # `kill` ends it as Ctrl+C does
    try:
        preview.rebuild()
        gc.freeze()  # what the first build made mostly stays: it is not looked through again and again
        for name in WATCHED:
            if (root / name).exists():
                server.watch(str(root / name))
        say(f"Xem trước tại {preview.url} (Ctrl+C để dừng)")
        server.serve()
    except KeyboardInterrupt:
        say("Đã dừng.")
    finally:
        signal.signal(signal.SIGTERM, stopped_by)
        server.shutdown()
        shutil.rmtree(folder, ignore_errors=True)
