"""What a program costs: time on the wall, processor time and memory of it and all it starts."""

from __future__ import annotations

import os
import subprocess
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

EVERY = 0.2  # seconds between two looks at the memory of the tree


class FailedError(Exception):
    """The program ended with a fault; the message is what it said."""


@dataclass(frozen=True)
class Usage:
    """Seconds and MiB. `cpu` is user + sys of all processes waited for; `largest` is the biggest resident size that
    one process had; `tree` is the biggest sum over processes seen (shared pages count in each)."""

    wall: float
    cpu: float
    largest: float
    tree: float


def run(command: Sequence[str], cwd: Path, env: Mapping[str, str]) -> Usage:
    """Run a program to its end. Linux counts what the caller had resident into `largest`: callers stay small."""
    with (cwd / ".bench-output").open("w+", encoding="utf-8") as said:
        start = time.perf_counter()
        process = subprocess.Popen(command, cwd=cwd, env=env, stdout=said, stderr=said, start_new_session=True)
        memory = _Memory(process.pid)
        memory.start()
        _, status, used = os.wait4(process.pid, 0)
        wall = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        memory.stop()
        if process.returncode:
            said.seek(0)
            raise FailedError(f"{' '.join(command[:4])}: {process.returncode}\n{said.read()[-2000:]}")
    (cwd / ".bench-output").unlink()
    largest = used.ru_maxrss / 1024
    return Usage(wall, used.ru_utime + used.ru_stime, largest, max(largest, memory.peak / 2**20))


class _Memory(threading.Thread):
    """Looks at the resident size of a session's processes now and then."""

    def __init__(self, session: int) -> None:
        super().__init__(daemon=True)
        self.session, self.peak = session, 0
        self._ended = threading.Event()
        self._page = os.sysconf("SC_PAGE_SIZE")

    def run(self) -> None:
        while not self._ended.wait(EVERY):
            self.peak = max(self.peak, sum(self._sizes()))

    def stop(self) -> None:
        self._ended.set()
        self.join()

    def _sizes(self) -> list[int]:
        sizes = []
        for entry in Path("/proc").iterdir():
            if entry.name.isdigit():
                try:
                    if os.getsid(int(entry.name)) == self.session:
                        sizes.append(int((entry / "statm").read_text().split()[1]) * self._page)
                except (OSError, IndexError):
                    continue  # it has ended
        return sizes
