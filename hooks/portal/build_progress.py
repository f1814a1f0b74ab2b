"""How a build tells its progress: a bar on a terminal, a line for each phase in CI, nothing in a pipe."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from drawing.progress import Phase, Progress

TIMINGS = "PORTAL_TIMINGS"  # names a file that the seconds of each phase are written to


@contextmanager
def build_progress() -> Iterator[Progress]:
    """For one build. On standard error: what a build prints is its result alone."""
    from drawing.progress import Phase, Progress  # noqa: PLC0415 - not before a build is asked for

    phases = list(Phase)
    bar = None
    if sys.stderr.isatty():
        bar = click.progressbar(length=len(phases), file=sys.stderr, show_eta=False, item_show_func=_said)

    def on_bar(phase: Phase | None) -> None:
        assert bar is not None
        reached = phases.index(phase) if phase else len(phases)
        bar.current_item = phase
        bar.make_step(max(0, reached - bar.pos))  # some phases come more than once: the bar only grows
        bar.render_progress()

    told: set[Phase | None] = {None}

    def on_line(phase: Phase | None) -> None:
        if phase not in told:
            told.add(phase)
            click.echo(f"{_said(phase)} …", err=True)

    progress = Progress(on_bar if bar else on_line if os.environ.get("CI") else lambda phase: None)
    try:
        if bar:
            with bar:
                yield progress
                progress.finish()
        else:
            yield progress
            progress.finish()
    finally:
        if file := os.environ.get(TIMINGS):
            progress.write(Path(file))


def _said(phase: Phase | None) -> str:
    return phase.value if phase else ""
