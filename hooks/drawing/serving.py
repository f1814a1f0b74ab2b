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
from portal.problems import printable, report

from .building import Wishes, opened_cache
from .cache import code_version
from .exchange import HeldPlaces, level
from .memory import Recent, remembering
from .progress import Progress
from .renewing import Renewal
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
        wishes = Wishes(strict=False, site_url=self.url, say=self.say, compiled=self.compiled)
        with closing(opened_cache(self.root, self.code)) as cache:
            renewal = Renewal(self.root, self._places, cache, wishes, preview=True)
            renewed = remembering(cache, Progress(), partial(renewal.run, self.clock()), self.recent)
        problems, failure = renewed.problems, renewed.built.failure
        if problems:
            self.say(report(problems))
        elif failure:
            self.say(failure)
        else:
            if not self.shown:
                level(self._places)
            self.shown = True
            self.say(f"Đã dựng {renewed.site.count} trang.")
            return
        if not self.shown:
            self._show_faults([str(problem) for problem in problems] or [failure])

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
