"""Every feed of the site: Atom by Jing with the grammar of RFC 4287 and by feedparser, JSON Feed by its schema with Ajv."""

from __future__ import annotations

import json
import re
import subprocess
import tempfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import feedparser

from .browser import program
from .figures import FEEDS, Figure, ToolError
from .validity import PROGRAM as VNU

GRAMMAR = Path(__file__).resolve().parents[1] / "site/atom.rnc"
JING = "nu.validator.vendor.thaiopensource.relaxng.util.Driver"  # as vnu brings it along
SCHEMA, READER = Path("jsonfeed-schema"), Path(__file__).with_name("json_feeds.mjs")
PATIENCE = 300  # seconds

_SAID = re.compile(r"(.+?):(\d+):\d+: (error|fatal): (.+)")
# What no feed may be, the first no XML and no JSON; a checker that lets one pass, or stops at the first, checks nothing.
_PLANTED = {
    ".xml": ("<feed>", '<feed xmlns="http://www.w3.org/2005/Atom"><id>a</id><title>Thiếu ngày</title></feed>'),
    ".json": ("{", '{"version": "https://jsonfeed.org/version/1.1", "items": []}'),
}


def measure(site: Path, modules: Path) -> Iterator[Figure]:
    """Of all documents together: what is wrong with them, and how many were read."""
    site = site.resolve()
    atom, json_feeds = documents(site, ".xml"), documents(site, ".json")
    faults = [
        *_named(site, atom, check_atom(atom, modules)),
        *_named(site, json_feeds, check_json(json_feeds, modules)),
    ]
    yield Figure(FEEDS, "feed errors", len(faults), tuple(faults))
    yield Figure(FEEDS, "atom documents", len(atom))
    yield Figure(FEEDS, "json documents", len(json_feeds))


def documents(site: Path, suffix: str) -> list[Path]:
    """The newest document of each feed and its archives."""
    return sorted([*site.rglob(f"feed{suffix}"), *site.rglob(f"feed/*{suffix}")])


def check_atom(files: Sequence[Path], modules: Path) -> list[list[str]]:
    """What the grammar and feedparser have against each file."""
    if not (modules / VNU).is_file():
        raise ToolError("no vnu-jar: run make audit, or npm ci --prefix tests/audit --ignore-scripts")
    found = _beside_planted("Jing", files, ".xml", lambda every: by_grammar(every, lambda some: _jing(some, modules)))
    return [[*faults, *by_reader(file.read_bytes())] for faults, file in zip(found, files, strict=True)]


def by_grammar(files: Sequence[Path], ask: Callable[[Sequence[Path]], str]) -> list[list[str]]:
    """What Jing says of each file. It stops at one that is no XML, so that it is asked about those after it again."""
    found: dict[Path, list[str]] = {file: [] for file in files}
    left = list(files)
    while left:
        stopped = None
        for line in ask(left).splitlines():
            match = _SAID.fullmatch(line)
            if not match or Path(match[1]) not in found:
                raise ToolError(f"Jing: {line}")
            found[Path(match[1])].append(f"line {match[2]}: {match[4]}")
            stopped = Path(match[1]) if match[3] == "fatal" else stopped
        left = left[left.index(stopped) + 1 :] if stopped else []
    return list(found.values())


def _jing(files: Sequence[Path], modules: Path) -> str:
    command = [program("java"), "-Dfile.encoding=UTF-8", "-Dstdout.encoding=UTF-8", "-cp", modules / VNU, JING]
    ran = _run("Jing", [*command, "-c", GRAMMAR, *files])
    if bool(ran.returncode) is not bool(ran.stdout):
        raise ToolError(f"Jing: {ran.returncode}\n{(ran.stderr or ran.stdout)[-2000:]}")
    return ran.stdout


def by_reader(data: bytes) -> Iterator[str]:
    """What a reader's program would miss."""
    feed = feedparser.parse(data)
    if feed.bozo:
        yield f"feedparser: {feed.bozo_exception}"
    if feed.version != "atom10":
        yield f"feedparser takes it for {feed.version or 'no feed'}"
    if not feed.entries:
        yield "feedparser finds no entry"
    for number, entry in enumerate(feed.entries, 1):
        wanted = ("id", "links", "title", "published_parsed", "updated_parsed", "content")
        if missing := [name for name in wanted if not entry.get(name)]:
            yield f"feedparser finds no {', '.join(missing)} in entry {number}"


def check_json(files: Sequence[Path], modules: Path) -> list[list[str]]:
    """What the schema has against each file."""
    modules = modules.resolve()
    if not (modules / SCHEMA).is_dir():
        raise ToolError("no jsonfeed-schema: run make audit, or npm ci --prefix tests/audit --ignore-scripts")
    return _beside_planted("Ajv", files, ".json", lambda every: _ajv(every, modules))


def _ajv(files: Sequence[Path], modules: Path) -> list[list[str]]:
    ran = _run("Ajv", [program("node"), READER, modules], json.dumps([str(file) for file in files]))
    if ran.returncode:
        raise ToolError(f"Ajv: {ran.returncode}\n{ran.stderr[-2000:]}")
    return json.loads(ran.stdout)


def _beside_planted(
    name: str, files: Sequence[Path], suffix: str, check: Callable[[Sequence[Path]], list[list[str]]]
) -> list[list[str]]:
    """What is found wrong with the files, when something is with each of those planted among them."""
    with tempfile.TemporaryDirectory() as folder:
        planted = [Path(folder, f"planted{number}{suffix}").resolve() for number in range(len(_PLANTED[suffix]))]
        for file, text in zip(planted, _PLANTED[suffix], strict=True):
            file.write_text(text, encoding="utf-8")
        found = check([*planted, *files])
    if not all(found[: len(planted)]):
        raise ToolError(f"{name} finds nothing wrong with {_PLANTED[suffix][list(map(bool, found)).index(False)]}")
    return found[len(planted) :]


def _run(name: str, command: Sequence[Any], given: str = "") -> subprocess.CompletedProcess[str]:
    try:
        return subprocess.run(
            command, input=given, capture_output=True, encoding="utf-8", check=False, timeout=PATIENCE
        )
    except subprocess.TimeoutExpired:
        raise ToolError(f"{name} took longer than {PATIENCE} s") from None


def _named(site: Path, files: Sequence[Path], found: Sequence[Sequence[str]]) -> Iterator[str]:
    for file, faults in zip(files, found, strict=True):
        yield from (f"/{file.relative_to(site).as_posix()} {fault}" for fault in faults)
