"""From saving a file to seeing it in the preview, as a reader of the preview sees it: by HTTP."""

from __future__ import annotations

import http.client
import os
import signal
import socket
import subprocess
import time
from collections.abc import Iterator

from builders import Builder
from edits import article, edit_body, sentence
from measuring import FailedError

POLL = 0.02
LONGEST = 1200.0


def seconds_to_see(builder: Builder, edits: int, first: int = 0) -> Iterator[float]:
    """Start `portal serve` and, for each of several edits of one body, wait until the page holds the new words."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = (*builder.command[:-1], "serve", "--port", str(port))
    page = "/" + article(builder.root).relative_to(builder.root / "docs").with_suffix("").as_posix() + "/"
    with (builder.root / ".bench-output").open("w", encoding="utf-8") as said:
        process = subprocess.Popen(
            command, cwd=builder.root, env=builder.environment, stdout=said, stderr=said, start_new_session=True
        )
        try:
            _wait(process, port, page, "<h1")
            for number in range(first, first + edits):
                edit_body(builder.root, number)
                start = time.perf_counter()
                _wait(process, port, page, sentence(number))
                yield time.perf_counter() - start
        finally:
            os.killpg(process.pid, signal.SIGTERM)
            process.wait()


def _wait(process: subprocess.Popen, port: int, page: str, words: str) -> None:
    end = time.monotonic() + LONGEST
    while words not in _get(port, page):
        if process.poll() is not None or time.monotonic() > end:
            raise FailedError(f"the preview does not show {words!r}")
        time.sleep(POLL)


def _get(port: int, page: str) -> str:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=LONGEST)
    try:
        connection.request("GET", page)
        return connection.getresponse().read().decode()
    except OSError:
        return ""  # not there yet
    finally:
        connection.close()
