"""Sites of which only the index is made, to be asked by Python and in a browser."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

from engine import Engine
from portal.site import Site
from portals import PROJECT

SCRIPTS = "javascripts/search"


def write_index(site: Site, to: Path) -> Path:
    """The index, the scripts that ask it, and a page to ask from."""
    for path, file in site.index.files.items():
        (to / path).parent.mkdir(parents=True, exist_ok=True)
        (to / path).write_bytes(file.data)
    shutil.copytree(PROJECT / "overrides" / SCRIPTS, to / SCRIPTS)
    (to / "index.html").write_text('<!doctype html><html lang="vi"><title>Hỏi</title>', encoding="utf-8")
    return to


def engine_of(site: Site) -> Engine:
    return Engine(lambda path: json.loads(site.index.files[path].data))
