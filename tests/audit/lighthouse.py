"""Lighthouse over each page by itself, as a phone sees it, several times."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from .browser import ARGUMENTS, chromium_path, program
from .figures import Figure, ToolError, middle
from .page_types import Subject

PROGRAM = Path("lighthouse/cli/index.js")
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
PATIENCE = 180  # seconds
TRIES = 3


def measure(address: str, subjects: Iterable[Subject], modules: Path, rounds: int) -> Iterator[Figure]:
    for subject in subjects:
        yield from figures(subject.name, [report(address + subject.path, modules) for _ in range(rounds)])


def report(url: str, modules: Path) -> dict[str, Any]:
    """What one run says: a phone (the default), its slow line and processor simulated. Where Lighthouse asks to be run again,
    because it saw nothing of the page, it is."""
    for _ in range(TRIES - 1):
        try:
            return _report(url, modules)
        except ToolError as error:
            if "run Lighthouse again" not in str(error):
                raise
    return _report(url, modules)


def _report(url: str, modules: Path) -> dict[str, Any]:
    if not (modules / PROGRAM).is_file():
        raise ToolError("no lighthouse: run make audit, or npm ci --prefix tests/audit --ignore-scripts")
    command = [program("node"), modules / PROGRAM, url, "--quiet", "--output=json", "--output-path=stdout"]
    command += [f"--only-categories={','.join(CATEGORIES)}", "--no-enable-error-reporting"]
    command += [f"--chrome-flags={' '.join(('--headless=new', *ARGUMENTS))}"]
    try:
        ran = subprocess.run(
            command,
            env={**os.environ, "CHROME_PATH": chromium_path()},
            capture_output=True,
            text=True,
            check=False,
            timeout=PATIENCE,
        )
    except subprocess.TimeoutExpired:
        raise ToolError(f"lighthouse took longer than {PATIENCE} s") from None
    try:
        found = json.loads(ran.stdout)
    except ValueError:
        raise ToolError(f"lighthouse: {ran.returncode}\n{(ran.stderr or ran.stdout)[-2000:]}") from None
    if fault := found.get("runtimeError"):
        raise ToolError(f"lighthouse: {fault['code']}: {fault['message']}")
    return found


def figures(page: str, reports: list[dict[str, Any]]) -> Iterator[Figure]:
    """The median of each category by itself, with every run's score and what cost points in any."""
    for category in CATEGORIES:
        scores = [report["categories"][category]["score"] for report in reports]
        if None in scores:
            raise ToolError(f"lighthouse gave no score for {category}: {_unscored(reports, category)}")
        scores = [round(score * 100) for score in scores]
        lost = dict.fromkeys(line for report in reports for line in _lost(report, category))
        yield Figure(page, category, middle(scores), (f"runs: {', '.join(map(str, scores))}", *lost))


def _lost(report: dict[str, Any], category: str) -> Iterator[str]:
    for audit in _weighing(report, category):
        if audit["score"] is not None and audit["score"] < 1:
            told = f" ({audit['displayValue']})" if audit.get("displayValue") else ""
            yield f"{audit['id']} {audit['score']:.2f}: {audit['title']}{told}"


def _unscored(reports: list[dict[str, Any]], category: str) -> str:
    """Which of its audits failed, and why."""
    failed = {
        f"{audit['id']}: {audit.get('errorMessage', 'no reason given')}"
        for report in reports
        for audit in _weighing(report, category)
        if audit["score"] is None and audit["scoreDisplayMode"] == "error"
    }
    return "; ".join(sorted(failed)) or "no reason given"


def _weighing(report: dict[str, Any], category: str) -> Iterator[dict[str, Any]]:
    for reference in report["categories"][category]["auditRefs"]:
        if reference["weight"] > 0:
            yield report["audits"][reference["id"]]
