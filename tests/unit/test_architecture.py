"""Imports point one way, and only the adapter knows MkDocs."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

HOOKS = Path(__file__).parents[2] / "hooks"

# Lowest first. A module may import what stands on an earlier line, or its own package's lower modules.
LAYERS = [
    ["text", "problems", "fingerprint", "memory", "packing"],
    ["yaml_faults", "letters", "svg", "pictures"],
    ["picture_markup"],
    ["yaml_tree"],
    ["yaml_values"],
    ["schema"],
    ["reading", "standing", "rasters", "last_changes"],
    ["gist", "picture_reading"],
    ["source", "entries", "territory"],
    ["abbreviation_rules"],
    ["unit_names", "unit_slugs"],
    ["unit_rules"],
    ["registers", "sheets"],
    ["unit_rows", "unit_entries", "unit_telling"],
    ["unit_listing"],
    ["exempt", "number_words"],
    ["manuscript", "numerals", "naming"],
    ["markup", "marking", "passages"],
    ["dialect"],
    ["body"],
    ["body_text"],
    ["aloud"],
    ["addresses", "figures", "intervals", "evaluations"],
    ["measured", "statements"],
    ["relations", "slips", "claims"],
    ["crossings", "violation_messages", "prose"],
    ["discrepancies", "locating"],
    ["evidence"],
    ["agreement", "echoes", "unit_times"],
    ["weighing"],
    ["transitions"],
    ["lifecycle", "lineage", "double_registration", "future_dates"],
    ["checks", "statistics", "listing", "changes", "contradictions", "likeness"],
    ["reported_cells", "revisions", "awards"],
    ["reported"],
    ["comparability", "figure_tables"],
    ["reported_tables"],
    ["chart_words"],
    ["charts"],
    ["linked_views"],
    ["related", "similar", "views", "gallery", "sharing"],
    ["profile_views", "kinship", "finding_views", "statistics_views"],
    ["presenting", "merit_views", "place_views"],
    ["merits", "presenting_units", "datasets"],
    ["presenting_profiles"],
    ["pages"],
    ["search", "feeds"],
    ["routes", "planning", "linked_data", "open_graph", "sitemaps"],
    ["crawlers", "announcing"],
    ["converting", "settled"],
    ["amending"],
    ["site"],
    ["clock"],
    ["command_options", "build_progress"],
    ["pdf_command", "units_command"],
    ["cli"],
    ["__main__"],
]
COMMANDS = {"cli", "command_options", "build_progress", "pdf_command", "units_command"}
RANK = {name: rank for rank, names in enumerate(LAYERS) for name in names}
PACKAGES = {
    "aloud": [
        "numbers",
        "symbols",
        "roman",
        "context",
        "moments",
        "documents",
        "amounts",
        "speaker",
        "tables",
        "blocks",
        "reading_text",
    ],
    "schema": ["values", "numbers", "dates", "base", "figure", "content", "data"],
    "pages": [
        "page",
        "catalog",
        "shared",
        "lists",
        "gallery",
        "places",
        "records",
        "documents",
        "reported",
        "lives",
        "statistics",
        "corrections",
        "search",
        "partners",
        "alphabet",
        "criteria",
        "awards",
        "home",
        "uses",
    ],
    "feeds": ["channels", "entries", "documents", "feeding"],
    "search": ["words", "layout", "postings", "shards", "searched", "heads", "bodies", "files", "indexing"],
}


def modules(package: str) -> list[Path]:
    return sorted((HOOKS / package).rglob("*.py"))


def imported(path: Path) -> set[str]:
    """Absolute dotted names of everything a module imports, relative imports resolved."""
    package = path.relative_to(HOOKS).with_suffix("").parts[:-1]
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = list(package[: len(package) - node.level + 1]) if node.level else []
            module = ".".join([*base, *(node.module.split(".") if node.module else [])])
            names.add(module)
            names.update(f"{module}.{alias.name}" for alias in node.names)
    return names


def layer(path: Path) -> str:
    return path.relative_to(HOOKS / "portal").with_suffix("").parts[0]


@pytest.mark.parametrize("path", modules("portal"), ids=str)
def test_the_core_never_imports_mkdocs(path: Path) -> None:
    assert not [name for name in imported(path) if name.split(".")[0] in ("mkdocs", "material", "jinja2", "main")]
    if layer(path) not in COMMANDS:
        assert not [name for name in imported(path) if name.split(".")[0] in ("drawing", "click")]


@pytest.mark.parametrize("path", [p for p in modules("portal") if p != HOOKS / "portal" / "__init__.py"], ids=str)
def test_imports_point_one_way(path: Path) -> None:
    own = layer(path)
    assert own in RANK, f"{own} has no place in LAYERS"
    for name in imported(path):
        parts = name.split(".")
        if parts[0] != "portal" or len(parts) < 2 or parts[1] not in RANK:
            continue
        if parts[1] == own and own in PACKAGES:
            order = PACKAGES[own]
            if len(parts) > 2 and parts[2] in order and path.stem in order:
                assert order.index(parts[2]) < order.index(path.stem), f"{own}.{path.stem} imports {parts[2]}"
        else:
            assert RANK[parts[1]] < RANK[own], f"{own} imports {parts[1]}"


@pytest.mark.parametrize("path", modules("drawing"), ids=str)
def test_drawing_does_not_know_the_command_line(path: Path) -> None:
    assert not [name for name in imported(path) if name.startswith(("portal.cli", "portal.__main__", "main"))]


def test_the_core_runs_where_mkdocs_is_not_installed() -> None:
    blocked = "import sys; sys.modules.update(mkdocs=None, material=None, jinja2=None); import portal.site, portal.cli"
    subprocess.run([sys.executable, "-c", blocked], check=True, env={"PYTHONPATH": str(HOOKS)})


def test_no_state_in_module_globals() -> None:
    """A module-level list, dict or set literal that is bound to a lower-case name would be state."""
    for path in [*modules("portal"), *modules("drawing"), HOOKS / "main.py"]:
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            targets = node.targets if isinstance(node, ast.Assign) else []
            for target in targets:
                if isinstance(target, ast.Name) and isinstance(node.value, (ast.List, ast.Dict, ast.Set)):
                    assert target.id.lstrip("_").isupper() or target.id == "__all__", f"{path.name}: {target.id}"


def test_only_functions_of_text_are_cached_for_the_life_of_the_process() -> None:
    """... each to a bounded size: what depends on a campaign's files must die with its build."""
    for path in [*modules("portal"), *modules("drawing"), HOOKS / "main.py"]:
        source = path.read_text(encoding="utf-8")
        cached = re.findall(r"^@lru_cache\(maxsize=[\d_]+\)", source, re.MULTILINE)
        uses = re.findall(r"^(?!from ).*\b(?:lru_cache|functools\.cache)\b", source, re.MULTILINE)
        assert len(uses) == (len(cached) if path.name in ("text.py", "words.py") else 0), path.name
        assert "global " not in source, path.name
