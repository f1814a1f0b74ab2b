"""What pages tell programs, checked by TypeScript against schema-dts, which is made from schema.org's own vocabulary.

`python tests/audit/vocabulary.py` makes tests/site/schema_org.txt anew for the names that stand in it, as the checks of
`make test` read it; a name to be added is written there, alone on its line.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

if __name__ == "__main__":
    sys.path[0] = str(Path(__file__).resolve().parents[1])

from audit.browser import program
from audit.figures import Figure, ToolError
from audit.page_types import Subject

COMPILER = Path("typescript/bin/tsc")
DECLARED = Path("schema-dts/dist/schema.d.ts")
TERMS = Path(__file__).resolve().parents[1] / "site/schema_org.txt"
PATIENCE = 120  # seconds

_GRAPH = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)
_SAID = re.compile(r"(\d+|planted)\.ts\(\d+,\d+\): (error .*)")
# What no page may say; a checker that lets it pass checks nothing.
_PLANTED = {"@context": "https://schema.org", "@graph": [{"@type": "NewsArticle", "headlin": "Một chữ thiếu"}]}


def graph_in(html: str) -> dict[str, Any] | None:
    """The graph of a page, of which there is one at most."""
    found = _GRAPH.findall(html)
    if len(found) > 1:
        raise ToolError(f"{len(found)} graphs in a page")
    return json.loads(found[0]) if found else None


def measure(site: Path, subjects: Iterable[Subject], modules: Path) -> Iterator[Figure]:
    subjects = list(subjects)
    files = list(dict.fromkeys(subject.file for subject in subjects))
    found = check([graph_in((site / file).read_text(encoding="utf-8")) for file in files], modules)
    faults = dict(zip(files, found, strict=True))
    for subject in subjects:
        yield Figure(subject.name, "schema errors", len(faults[subject.file]), tuple(faults[subject.file]))


def check(graphs: list[dict[str, Any] | None], modules: Path) -> list[list[str]]:
    """What the compiler finds wrong with each graph."""
    if not (modules / COMPILER).is_file() or not (modules / DECLARED).is_file():
        raise ToolError("no typescript or schema-dts: run make audit, or npm ci --prefix tests/audit --ignore-scripts")
    programs = {str(number): program_of(graph) for number, graph in enumerate(graphs) if graph}
    said = _compiled({**programs, "planted": program_of(_PLANTED)}, modules.resolve())
    if not said["planted"]:
        raise ToolError("tsc finds nothing wrong with a property that schema.org does not know")
    return [said.get(str(number), []) for number in range(len(graphs))]


def program_of(graph: dict[str, Any]) -> str:
    """A program that is right when the graph is. What an action asks for (`query-input`) is typed apart: schema-dts has it
    in a type of its own."""
    actions: list[str] = []

    def apart(value: Any) -> Any:
        if isinstance(value, list):
            return [apart(one) for one in value]
        if not isinstance(value, dict):
            return value
        if value.get("@type") == "SearchAction":
            actions.append(json.dumps(value, ensure_ascii=False))
            return f"\ue000{len(actions) - 1}"
        return {key: apart(one) for key, one in value.items()}

    text = re.sub(r'"\ue000(\d+)"', r"action\1", json.dumps(apart(graph), ensure_ascii=False))
    declared = [
        f"const action{number}: WithActionConstraints<SearchAction> = {action};"
        for number, action in enumerate(actions)
    ]
    imported = 'import type { Graph, SearchAction, WithActionConstraints } from "schema-dts";'
    return "\n".join([imported, *declared, f"export const graph: Graph = {text};", ""])


def _compiled(programs: dict[str, str], modules: Path) -> dict[str, list[str]]:
    options = {
        **{"strict": True, "noEmit": True, "skipLibCheck": True, "types": []},
        **{"target": "es2022", "module": "esnext", "moduleResolution": "bundler"},
        "paths": {"schema-dts": [(modules / DECLARED).as_posix()]},
    }
    with tempfile.TemporaryDirectory(prefix="portal-vocabulary-") as folder:
        for name, text in programs.items():
            Path(folder, f"{name}.ts").write_text(text, encoding="utf-8")
        files = [f"{name}.ts" for name in programs]
        Path(folder, "tsconfig.json").write_text(json.dumps({"compilerOptions": options, "files": files}))
        command = [program("node"), modules / COMPILER, "--pretty", "false", "-p", folder]
        try:
            ran = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, timeout=PATIENCE)
        except subprocess.TimeoutExpired:
            raise ToolError(f"tsc took longer than {PATIENCE} s") from None
    found: dict[str, list[str]] = {name: [] for name in programs}
    for line in ran.stdout.splitlines():
        if match := _SAID.fullmatch(line):
            found[match[1]].append(match[2])
        elif not line.startswith(" "):  # what follows explains the line above
            raise ToolError(f"tsc: {ran.returncode}\n{(ran.stdout + ran.stderr)[-2000:]}")
    return found


# --- the file of terms ----------------------------------------------------------------

_TYPE = re.compile(r"^interface (\w+)Base extends ([^{]+) \{\n(.*?)^\}", re.MULTILINE | re.DOTALL)
_BARE = re.compile(r"^export interface (\w+)Leaf extends ([^{]+) \{$", re.MULTILINE)  # of a type without own properties
_PROPERTY = re.compile(r'^    "(\w+)"\?: SchemaValue<(.+), "\1">;', re.MULTILINE)
_ABOVE = re.compile(r"(\w+)Base")


def terms(known: str, declared: str) -> str:
    """The lines of the file for the names in it, as the vocabulary has them now; what begins with # stays."""
    said = known.splitlines()
    names = {line.split()[0].rstrip(":") for line in said if line and not line.startswith("#")}
    types = {name: (_ABOVE.findall(above), "") for name, above in _BARE.findall(declared)}
    types |= {name: (_ABOVE.findall(above), body) for name, above, body in _TYPE.findall(declared)}
    above = {name: types[name][0] for name in sorted(names) if name in types}
    domains: dict[str, list[str]] = {}
    ranges: dict[str, set[str]] = {}
    for name in above:
        for key, may_be in _PROPERTY.findall(types[name][1]):
            if key in names:
                domains.setdefault(key, []).append(name)
                ranges.setdefault(key, set()).update(set(may_be.split(" | ")) - {"IdReference"})
    if strangers := sorted(names - above.keys() - domains.keys()):
        raise ToolError(f"schema.org does not know {', '.join(strangers)}")
    if missing := sorted({over for some in above.values() for over in some} - above.keys()):
        raise ToolError(f"{', '.join(missing)} must be named too: a type of the file is a kind of it")
    comments = [line for line in said if line.startswith("#")]
    lines = [f"{name} < {' '.join(over)}" if over else name for name, over in above.items()]
    lines += [f"{key}: {' '.join(domains[key])} → {' '.join(sorted(ranges[key]))}" for key in sorted(domains)]
    return "\n".join([*comments, *lines, ""])


def outlived(modules: Path) -> list[str]:
    """Whether the file of terms says something else than schema-dts."""
    known = TERMS.read_text(encoding="utf-8")
    made = terms(known, (modules / DECLARED).read_text(encoding="utf-8"))
    return [] if made == known else [f"{TERMS.name} is not what schema-dts says: run python tests/audit/vocabulary.py"]


if __name__ == "__main__":
    modules = Path(__file__).resolve().parent / "node_modules"
    TERMS.write_text(
        terms(TERMS.read_text(encoding="utf-8"), (modules / DECLARED).read_text(encoding="utf-8")), "utf-8"
    )
