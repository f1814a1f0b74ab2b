"""Whether pages drawn in frames are what MkDocs and Material draw whole, at the size that is measured."""

from __future__ import annotations

import hashlib
import shutil
import sys
from pathlib import Path

from builders import Builder
from measuring import run
from outputs import addresses


def compared(builder: Builder) -> dict[str, int | list[str]]:
    """How many pages a plain `mkdocs build` of the sources makes, which knows no frame, cache or tree, and every file that
    our output, built from the same sources, lacks, has more or has otherwise. Raises FailedError where it can't build."""
    whole = builder.root.parent / "whole"
    command = (sys.executable, "-m", "mkdocs", "build", "--quiet", "--strict", "--site-dir", str(whole))
    run(command, builder.root, builder.environment)
    ours, wanted = _fingerprints(builder.output), _fingerprints(whole)
    differing = sorted(path for path in ours.keys() | wanted.keys() if ours.get(path) != wanted.get(path))
    pages = len(addresses(whole))
    shutil.rmtree(whole)
    return {"pages": pages, "differing": differing}


def _fingerprints(folder: Path) -> dict[str, bytes]:
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).digest() for path in files}
