"""The machine and the versions a measurement was made with; nothing that names a host, a person or a folder."""

from __future__ import annotations

import os
import platform
import re
import subprocess
from importlib.metadata import version
from pathlib import Path

PACKAGES = ("mkdocs", "mkdocs-material", "markdown", "pymdown-extensions", "jinja2", "pyyaml", "pydantic", "nh3")


def machine() -> dict[str, str | int]:
    """Cores, processor, memory in MiB, kernel. What the system does not say is left out."""
    found: dict[str, str | int] = {
        "cores": len(os.sched_getaffinity(0)),
        "architecture": platform.machine(),
        "kernel": f"{platform.system()} {'.'.join(platform.release().split('.')[:2])}",
    }
    if model := _first(r"model name\s*:\s*(.+)", "/proc/cpuinfo"):
        found["processor"] = model
    if memory := _first(r"MemTotal:\s*(\d+) kB", "/proc/meminfo"):
        found["memory_mib"] = int(memory) // 1024
    return found


def versions(hugo: Path | None) -> dict[str, str]:
    """Of Python, of what draws our site and, where there is one, of Hugo."""
    found = {"python": platform.python_version()} | {name: version(name) for name in PACKAGES}
    if hugo:
        said = subprocess.run([hugo, "version"], capture_output=True, text=True, check=True).stdout
        match = re.search(r"v(\d+\.\d+\.\d+)(?:-[0-9a-f]+)?(\+extended)?", said)
        assert match, said
        found["hugo"] = match[1] + (" extended" if match[2] else "")
    return found


def commit(project: Path) -> str:
    """The commit of the project, marked where a file differs from it."""
    git = ["git", "-C", str(project)]
    name = subprocess.run([*git, "rev-parse", "--short=12", "HEAD"], capture_output=True, text=True, check=False)
    changed = subprocess.run([*git, "status", "--porcelain", "-uno"], capture_output=True, text=True, check=False)
    return name.stdout.strip() + (" with changes" if changed.stdout.strip() else "") if name.stdout else "unknown"


def _first(pattern: str, file: str) -> str | None:
    try:
        match = re.search(pattern, Path(file).read_text(encoding="utf-8"))
    except OSError:
        return None
    return match[1].strip() if match else None
