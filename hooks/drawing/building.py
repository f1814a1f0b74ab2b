"""`portal build`: MkDocs writes into a staging folder, which takes the place of site/ only as a whole."""

from __future__ import annotations

import logging
import shutil
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from jinja2 import TemplateError, TemplateSyntaxError
from mkdocs.commands.build import build as mkdocs_build
from mkdocs.config import load_config
from mkdocs.exceptions import Abort, MkDocsException
from portal.site import Site

SITE = "site"
STAGING = ".site-next"
PREVIOUS = ".site-previous"


@dataclass(frozen=True)
class Built:
    """What happened: `failure` says in one line why the old site was left as it was."""

    failure: str = ""


def build(root: Path, site: Site) -> Built:
    """Draw a site without problems into root/site, which stays as it was unless all went well."""
    target, staging, previous = root / SITE, root / STAGING, root / PREVIOUS
    if target.is_symlink() or (target.exists() and not target.is_dir()):
        return Built(f"{target.name} không phải là thư mục thật; hãy xóa hoặc đổi tên nó")
    shutil.rmtree(staging, ignore_errors=True)
    try:
        failure = draw(root, site, staging, strict=True)
        if not failure:
            swap(staging, target, previous)
    except OSError as error:
        failure = f"không ghi được {error.filename or target}: {error.strerror}"
    finally:
        shutil.rmtree(staging, ignore_errors=True)
    return Built(failure)


def draw(root: Path, site: Site, folder: Path, *, strict: bool, site_url: str | None = None) -> str:
    """Let MkDocs write the site into `folder`; what went wrong, or nothing."""
    with _mkdocs_warnings() as warnings:
        try:
            config = load_config(config_file=str(root / "mkdocs.yml"), site_dir=str(folder), strict=strict)
            config.site_url = site_url or site.campaign.site_url
            config.extra["portal"] = site
            mkdocs_build(config)
        except TemplateSyntaxError as error:
            return f"{error.filename or error.name}:{error.lineno}: mẫu trang sai cú pháp: {error.message}"
        except (Abort, MkDocsException) as error:
            return "; ".join([*warnings, str(error)])
        except Exception as error:
            place = _template_place(error)
            if place is None:
                raise
            return f"{place}: mẫu trang có lỗi: {error}"
    return ""


def _template_place(error: Exception) -> str | None:
    """File and line of the template in which an error happened; None when it is no template's."""
    frames = [frame for frame in traceback.extract_tb(error.__traceback__) if frame.filename.endswith(".html")]
    if frames:
        return f"{frames[-1].filename}:{frames[-1].lineno}"
    return "overrides" if isinstance(error, TemplateError) else None


def swap(staging: Path, target: Path, previous: Path) -> None:
    """Put the new folder in the place of the old one; on failure the old one is put back."""
    if target.exists():
        target.rename(previous)
    try:
        staging.rename(target)
    except OSError:
        recover(target, previous)
        raise
    shutil.rmtree(previous, ignore_errors=True)


def recover_site(root: Path) -> None:
    """Put the last good site back if a build was killed while swapping; before anything else is done."""
    recover(root / SITE, root / PREVIOUS)


def recover(target: Path, previous: Path) -> None:
    """Undo a swap that was killed between its two steps."""
    if previous.exists() and not target.exists():
        previous.rename(target)
    shutil.rmtree(previous, ignore_errors=True)


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
