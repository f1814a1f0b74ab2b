"""How far a build is: phases one after another, and how long each took."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import suppress
from enum import Enum
from pathlib import Path
from time import perf_counter


class Phase(Enum):
    """A phase with what people are told; its name is what programs read. In the order of a build."""

    READ = "Đọc nội dung"
    LOOK = "Xem các ảnh"
    WEIGH = "Đối chiếu số liệu với bài"
    CHECK = "Kiểm tra"
    PLAN = "Lập các trang và bảng"
    CONVERT = "Chuyển bài sang HTML"
    INDEX = "Lập chỉ mục tìm kiếm"
    FEED = "Lập nguồn tin"
    FRAME = "Dựng khung trang"
    COMPARE = "So với lần trước"
    WRITE = "Viết trang"
    PHOTOS = "Thu nhỏ ảnh"


# What the core's memory is asked for, first of what is made together, tells which phase the core is in.
OF_KIND = {
    "picture bytes": Phase.LOOK,
    "picture": Phase.LOOK,
    "file": Phase.READ,
    "evidence": Phase.WEIGH,
    "plan": Phase.PLAN,
    "heads": Phase.PLAN,
    "channels": Phase.PLAN,
    "shared": Phase.PLAN,
    "kinship": Phase.PLAN,
    "outline": Phase.PLAN,
    "untitled outline": Phase.PLAN,
    "routes": Phase.CHECK,
    "body": Phase.CONVERT,
    "words": Phase.INDEX,
    "entry": Phase.FEED,
}


class Progress:
    """Which phase a build is in. `show` is told each new phase, and None at the end."""

    def __init__(self, show: Callable[[Phase | None], None] = lambda phase: None) -> None:
        self._show = show
        self._current: Phase | None = None
        self._since = perf_counter()
        self.seconds: dict[Phase, float] = {}

    def begin(self, phase: Phase) -> None:
        """The phase before ends, if it is another."""
        if phase is not self._current:
            self.end()
            self._current = phase
            self._show(phase)

    def end(self) -> None:
        """No phase is begun."""
        now = perf_counter()
        if self._current:
            self.seconds[self._current] = self.seconds.get(self._current, 0) + now - self._since
        self._since, self._current = now, None

    def finish(self) -> None:
        self.end()
        self._show(None)

    def write(self, file: Path) -> None:
        """The seconds of each phase, for programs that measure."""
        with suppress(OSError):
            file.write_text(json.dumps({phase.name.lower(): round(s, 4) for phase, s in self.seconds.items()}))
