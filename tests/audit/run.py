"""`make audit`: a real Chromium over the built site behind a local server. Ends with status 1 where a bound is missed."""

from __future__ import annotations

import argparse
import json
import os
import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path

HERE = Path(__file__).resolve().parent
PROJECT = HERE.parents[1]
sys.path[0] = str(HERE.parent)

from audit import axe, feeds, figures, frames, lighthouse, network, screenshots, validity, vocabulary  # noqa: E402 - found where it is now known to lie
from audit.browser import chromium, chromium_path, program  # noqa: E402
from audit.figures import TOOLS, Figure, ToolError, measures_of  # noqa: E402
from audit.page_types import EMBED, NAMED, Subject, subjects  # noqa: E402
from audit.report import Audit, json_of, read, said_of, table  # noqa: E402
from audit.server import Server, serving  # noqa: E402
from playwright.sync_api import Error as BrowserError  # noqa: E402
from portal.clock import moment_of  # noqa: E402

MODULES = HERE / "node_modules"
KEPT = "figures.json"


def main() -> int:
    options = _options()
    if options.table:
        return tell(read(options.table.read_text(encoding="utf-8")))
    try:
        every = subjects(options.root, options.site, _moment(options.site))
        chosen = _chosen(every, options.pages)
        audit = Audit(
            date=datetime.now(UTC).isoformat(timespec="seconds"),
            load_before=round(os.getloadavg()[0], 2),
            rounds=options.rounds,
            versions=versions(),
            pages=_pages(options.only, chosen),
            expected=[
                (page, measure)
                for tool in TOOLS
                if tool in options.only
                for page in _measured_by(tool, chosen)
                for measure in measures_of(tool)
            ],
        )
        options.out.mkdir(parents=True, exist_ok=True)
        with serving(options.site) as server:
            measure(audit, options, server, every, chosen)
    except ToolError as error:
        say(f"✗ {error}")
        return 1
    status = tell(audit)
    say("", f"all figures: {options.out / KEPT}")
    if figures.SCREENSHOTS in options.only:
        say(f"pictures: {options.out / screenshots.SHEET}")
    return status


def _pages(tools: list[str], chosen: list[Subject]) -> dict[str, str]:
    """The lines of the table, with an address of each; all feeds are one."""
    pages = {subject.name: f"/{subject.path}" for subject in chosen}
    return {**pages, figures.FEEDS: "/feed.xml"} if figures.FEEDS in tools else pages


def _measured_by(tool: str, chosen: list[Subject]) -> list[str]:
    """The lines of the table that a tool finds figures of."""
    if tool == figures.FEEDS:
        return [figures.FEEDS]
    names = [subject.name for subject in chosen]
    if tool == figures.FRAMES:
        return [name for name in names if name == EMBED]
    return [name for name in names if tool != figures.LIGHTHOUSE or name in (*NAMED, *figures.ASKED)]


def tell(audit: Audit) -> int:
    """Says all of an audit; 1 where something missed its bound."""
    missed = audit.misses()
    say("", table(audit), "", *said_of(missed), *[""] * bool(missed))
    say(f"{len(missed)} missed" if missed else "everything is as it must be")
    return 1 if missed else 0


def measure(
    audit: Audit, options: argparse.Namespace, server: Server, every: list[Subject], chosen: list[Subject]
) -> None:
    """Every tool that was asked for, one after the other, so that none slows another; one that fails stops no other."""
    by_name = {subject.name: subject for subject in every}
    whole = len(chosen) == len(every)

    def weigh() -> Iterator[Figure]:
        with chromium() as browser:
            yield from network.measure(browser, server, chosen, by_name["article"], by_name["home"])

    def axes() -> Iterator[Figure]:
        with chromium() as browser:
            yield from axe.measure(browser, server.address, chosen, MODULES)

    def check() -> Iterator[Figure]:
        found = validity.check(options.site, chosen, MODULES)
        yield from validity.figures(chosen, found)
        if whole:
            audit.failures.extend(validity.outlived(found))

    def type_check() -> Iterator[Figure]:
        yield from vocabulary.measure(options.site, chosen, MODULES)
        audit.failures.extend(vocabulary.outlived(MODULES))

    def frame() -> Iterator[Figure]:
        if EMBED in (subject.name for subject in chosen):
            with chromium() as browser:
                yield from frames.measure(browser, server, by_name[EMBED], by_name["home"])

    def shoot() -> Iterator[Figure]:
        with chromium() as browser:
            yield from screenshots.measure(browser, server.address, chosen, options.out)

    def light() -> Iterator[Figure]:
        for subject in chosen:
            if subject.name in (*NAMED, *figures.ASKED):
                try:
                    yield from lighthouse.measure(server.address, [subject], MODULES, options.rounds)
                except ToolError as error:  # one page in a bad moment is no reason to know nothing of the others
                    audit.failures.append(f"lighthouse failed on {subject.name}: {error}")

    tools = {
        figures.NETWORK: weigh,
        figures.AXE: axes,
        figures.VALIDITY: check,
        figures.VOCABULARY: type_check,
        figures.FEEDS: lambda: feeds.measure(options.site, MODULES),
        figures.FRAMES: frame,
        figures.SCREENSHOTS: shoot,
        figures.LIGHTHOUSE: light,
    }
    for tool in TOOLS:
        if tool in options.only:
            _run(audit, tool, tools[tool])
            # After each tool, as the last takes longest: who stops the audit keeps what is known, with the rest missed.
            (options.out / KEPT).write_text(json_of(audit), encoding="utf-8")


def _run(audit: Audit, tool: str, find: Callable[[], Iterable[Figure]]) -> None:
    started, last = time.perf_counter(), ""
    try:
        for figure in find():
            if figure.page != last:
                say(f"{tool:12} {figure.page}")
            last = figure.page
            audit.figures.append(figure)
    except (ToolError, BrowserError) as error:
        audit.failures.append(f"{tool} failed after {last or 'nothing'}: {error}")
    audit.seconds[tool] = round(time.perf_counter() - started, 1)
    say(f"{tool:12} {audit.seconds[tool]:.0f} s")


def versions() -> dict[str, str]:
    """Of all that measures."""
    found = {
        "chromium": _said_by(chromium_path(), "--version"),
        "node": _said_by(program("node"), "--version"),
        "java": _said_by(program("java"), "-version"),
    }
    for name in ("lighthouse", "axe-core", "vnu-jar", "schema-dts", "typescript", "ajv", "jsonfeed-schema"):
        package = MODULES / name / "package.json"
        if not package.is_file():
            raise ToolError(f"no {name}: run make audit, or npm ci --prefix tests/audit --ignore-scripts")
        found[name] = json.loads(package.read_text(encoding="utf-8"))["version"]
    return found


def _said_by(*command: str) -> str:
    ran = subprocess.run(command, capture_output=True, text=True, check=False)
    match = re.search(r"\d+(\.\d+)+", ran.stdout + ran.stderr)
    if ran.returncode or not match:
        raise ToolError(f"{Path(command[0]).name} {command[1]}: {ran.returncode}\n{(ran.stdout + ran.stderr)[-2000:]}")
    return match[0]


def _moment(site: Path) -> datetime:
    """The moment the site was built for."""
    try:
        return moment_of(json.loads((site / "portal-manifest.json").read_text(encoding="utf-8"))["now"])
    except (OSError, ValueError, KeyError) as error:
        raise ToolError(f"{site} holds no built site, build it first: {error}") from None


def _chosen(every: list[Subject], names: list[str]) -> list[Subject]:
    if unknown := [name for name in names if name not in {subject.name for subject in every}]:
        raise ToolError(f"{unknown[0]}: one of {', '.join(subject.name for subject in every)}")
    return [subject for subject in every if not names or subject.name in names]


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--site", type=Path, default=PROJECT / "site", help="the built site")
    parser.add_argument("--root", type=Path, default=PROJECT, help="what it was built from")
    parser.add_argument("--out", type=Path, default=PROJECT / ".audit", help="where figures and pictures go")
    parser.add_argument("--pages", type=_list(None), default=[], metavar="a,b", help="page types; else all")
    parser.add_argument("--only", type=_list(TOOLS), default=list(TOOLS), metavar="a,b", help=", ".join(TOOLS))
    parser.add_argument("--rounds", type=int, default=3, help="of Lighthouse, whose medians count")
    parser.add_argument("--table", type=Path, help="tell of figures that were kept, measure nothing")
    options = parser.parse_args()
    if options.rounds < 1:
        parser.error("--rounds: at least 1")
    return options


def _list(known: tuple[str, ...] | None) -> Callable[[str], list[str]]:
    def parse(said: str) -> list[str]:
        names = [name.strip() for name in said.split(",") if name.strip()]
        if known and (unknown := [name for name in names if name not in known]):
            raise argparse.ArgumentTypeError(f"{unknown[0]}: one of {', '.join(known)}")
        return names

    return parse


def say(*lines: str) -> None:
    for line in lines:
        print(line, flush=True)  # noqa: T201


if __name__ == "__main__":
    sys.exit(main())
