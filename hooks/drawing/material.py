"""Lets MkDocs and Material draw: whole pages, or frames and everything beside the pages."""

from __future__ import annotations

import logging
import os
import tempfile
import traceback
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from jinja2 import Environment, FileSystemLoader, TemplateError, TemplateSyntaxError
from portal.pages import HOME, Page
from portal.routes import output_of
from portal.site import Site

from .content import Contents

if TYPE_CHECKING:  # they bring MkDocs
    from mkdocs.theme import Theme

    from .framing import Framing


class DrawingError(Exception):
    """Why a site could not be drawn, in one line for whoever runs the build."""


@dataclass
class Order:
    """What MkDocs is to draw, handed to the event handlers in its configuration."""

    site: Site
    contents: Contents
    pages: Sequence[Page]
    framing: Framing | None = None  # None: draw the pages and that is all


@dataclass
class Drawn:
    """What MkDocs made: files beside the pages (those of docs/ left out), and the pages, by path."""

    beside: dict[str, bytes] = field(default_factory=dict)
    pages: dict[str, bytes] = field(default_factory=dict)


def drawn_by_mkdocs(root: Path, order: Order, *, strict: bool) -> Drawn:
    """MkDocs' outputs; the home page, which its menu names, is always among them. Raises DrawingError with all it warned of when it fails, or warned and is `strict`."""
    # MkDocs takes a third of a second to import, and is needed when a frame changes.
    from mkdocs.commands.build import build  # noqa: PLC0415
    from mkdocs.config import load_config  # noqa: PLC0415
    from mkdocs.exceptions import Abort, MkDocsException  # noqa: PLC0415

    with tempfile.TemporaryDirectory(prefix="portal-") as folder, _mkdocs_warnings() as warnings:
        try:
            config = load_config(config_file=str(root / "mkdocs.yml"), site_dir=folder, strict=strict)
            config.site_url = order.contents.site_url
            config.extra["portal"] = replace(order, pages=_with_home(order))
            pass_by_icons(config.theme)
            build(config)
        except (Abort, MkDocsException) as error:
            raise DrawingError("; ".join([*warnings, str(error)])) from error
        return _collected(Path(folder), order)


def pass_by_icons(theme: Theme) -> None:
    """What lies in folders with a dot, as Material's 14,000 icons do, MkDocs lists and then leaves out: a tenth of the
    time of a small site. Included, they are found as before."""
    make = theme.get_env

    def get_env() -> Environment:
        env = make()
        env.loader = _InPlainSight(theme.dirs)
        return env

    theme.get_env = get_env


class _InPlainSight(FileSystemLoader):
    """Lists no folder whose name begins with a dot."""

    def list_templates(self) -> list[str]:
        found: set[str] = set()
        for folder in self.searchpath:
            for within, folders, names in os.walk(folder, followlinks=self.followlinks):
                folders[:] = [name for name in folders if not name.startswith(".")]
                found.update((Path(within) / name).relative_to(folder).as_posix() for name in names)
        return sorted(found)


def _with_home(order: Order) -> tuple[Page, ...]:
    is_there = any(page.address == HOME for page in order.pages)
    return (*order.pages, *(page for page in order.site.pages if page.address == HOME and not is_there))


def _collected(folder: Path, order: Order) -> Drawn:
    pages = {output_of(page.address) for page in _with_home(order)}
    drawn = Drawn()
    for file in sorted(folder.rglob("*")):
        path = file.relative_to(folder).as_posix()
        if file.is_file():
            (drawn.pages if path in pages else drawn.beside)[path] = file.read_bytes()
    return drawn


def fault_of_template(error: Exception) -> str:
    """In one line, what is wrong in which template; empty when the error happened in none."""
    if isinstance(error, TemplateSyntaxError):
        return f"{error.filename or error.name}:{error.lineno}: mẫu trang sai cú pháp: {error.message}"
    frames = [frame for frame in traceback.extract_tb(error.__traceback__) if frame.filename.endswith(".html")]
    if frames:
        return f"{frames[-1].filename}:{frames[-1].lineno}: mẫu trang có lỗi: {error}"
    return f"overrides: mẫu trang có lỗi: {error}" if isinstance(error, TemplateError) else ""


class _Collect(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.said: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.said.append(record.getMessage())


@contextmanager
def _mkdocs_warnings() -> Iterator[list[str]]:
    """What MkDocs warns of while it builds, kept instead of printed."""
    logger = logging.getLogger("mkdocs")
    handler = _Collect()
    propagates, logger.propagate = logger.propagate, False
    logger.addHandler(handler)
    try:
        yield handler.said
    finally:
        logger.removeHandler(handler)
        logger.propagate = propagates
