"""The HTML of every page, checked by vnu, the checker of W3C and WHATWG."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from .browser import program
from .figures import Figure, ToolError
from .known_errors import KNOWN, KnownError
from .page_types import Subject

PROGRAM = Path("vnu-jar/build/dist/vnu.jar")
PATIENCE = 300  # seconds

Message = dict[str, Any]


def check(site: Path, subjects: Iterable[Subject], modules: Path) -> dict[str, list[Message]]:
    """What vnu says of each file, by its path in the site."""
    if not (modules / PROGRAM).is_file():
        raise ToolError("no vnu-jar: run make audit, or npm ci --prefix tests/audit --ignore-scripts")
    site = site.resolve()
    files = list(dict.fromkeys(subject.file for subject in subjects))
    command = [
        program("java"),
        "-jar",
        modules / PROGRAM,
        "--format",
        "json",
        "--stdout",
        *(site / file for file in files),
    ]
    try:
        ran = subprocess.run(command, capture_output=True, text=True, check=False, timeout=PATIENCE)
    except subprocess.TimeoutExpired:
        raise ToolError(f"vnu took longer than {PATIENCE} s") from None
    try:
        messages = json.loads(ran.stdout)["messages"]
    except (ValueError, KeyError):
        raise ToolError(f"vnu: {ran.returncode}\n{(ran.stderr or ran.stdout)[-2000:]}") from None
    found: dict[str, list[Message]] = {file: [] for file in files}
    for message in messages:
        if message["type"] == "non-document-error":
            raise ToolError(f"vnu: {message['message']}")
        found[Path(unquote(urlsplit(message["url"]).path)).relative_to(site).as_posix()].append(message)
    return found


def figures(
    subjects: Iterable[Subject], found: dict[str, list[Message]], known: Sequence[KnownError] = KNOWN
) -> Iterator[Figure]:
    for subject in subjects:
        messages = found[subject.file]
        errors = [message for message in messages if message["type"] == "error"]
        excused = [message for message in errors if any(_is(entry, message) for entry in known)]
        own = [message for message in errors if message not in excused]
        warnings = [message for message in messages if message["type"] != "error"]
        for measure, group in (("html errors", own), ("html known", excused), ("html warnings", warnings)):
            yield Figure(subject.name, measure, len(group), tuple(map(_said, group)))


def outlived(found: dict[str, list[Message]], known: Sequence[KnownError] = KNOWN) -> list[str]:
    """Known errors of which there is none any more."""
    messages = [message for group in found.values() for message in group if message["type"] == "error"]
    return [
        f"known_errors: no page has this one any more: {entry.message}"
        for entry in known
        if not any(_is(entry, message) for message in messages)
    ]


def _is(entry: KnownError, message: Message) -> bool:
    return message["message"] == entry.message and entry.extract in message.get("extract", "")


def _said(message: Message) -> str:
    extract = " ".join(message.get("extract", "").split())
    return f"line {message.get('lastLine', '?')}: {message['message']} – {extract}"
