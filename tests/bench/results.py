"""From raw runs to medians and ratios, and the table for README."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from statistics import median
from typing import Any

Run = dict[str, Any]

OWN, NAIVE, HUGO = "ours", "naive", "hugo"
COLD = "cold"
EDITS = ("body", "title", "data")
LOST = "output lost"
PREVIEW = "preview"
CASES = (COLD, *EDITS, LOST, PREVIEW)
SAID = {
    COLD: "cold",
    "body": "one body edited",
    "title": "one title edited",
    "data": "one entry of data/ edited",
    LOST: "cache kept, output lost",
    PREVIEW: "saving to seeing it in the preview",
}
# Case, against whom: what must be reached and what is aimed at. Of the preview: seconds.
LIMITS = {
    (COLD, NAIVE): (0.25, 0.15),
    (COLD, HUGO): (2.5, 1.0),
    ("body", HUGO): (0.6, 0.25),
    ("title", HUGO): (0.8, 0.3),
    (LOST, HUGO): (0.8, 0.4),
    (PREVIEW, ""): (2.0, 0.5),
}
MOST_MEMORY = (1024, 512)  # MiB of one process at 20,000 pages


def schedule(builders: Sequence[str], cases: Sequence[str], rounds: int) -> list[tuple[int, str, str]]:
    """(round, builder, case) in the order they run: a round has every builder once, each round begins with another;
    only ours has cases beside the cold one, always in the order of CASES, for each needs the cache of the one before."""
    plan = []
    for number in range(rounds):
        turn = number % len(builders)
        for builder in (*builders[turn:], *builders[:turn]):
            own = [case for case in CASES if case in cases and case != PREVIEW] if builder == OWN else []
            plan += [(number, builder, case) for case in dict.fromkeys((COLD, *own))]
    return plan


def medians(runs: Iterable[Run], keys: Sequence[str]) -> dict[str, float]:
    """Of each of the keys; one that no run has is left out."""
    runs = list(runs)
    return {key: median(values) for key in keys if (values := [run[key] for run in runs if key in run])}


def of(runs: Iterable[Run], builder: str, case: str) -> list[Run]:
    return [run for run in runs if run["builder"] == builder and run["case"] == case]


def ratio(runs: Sequence[Run], case: str, peer: str, key: str = "wall") -> float | None:
    """The median over rounds of our case by the peer's whole build in the same round; None where none has both."""
    beside = {run["round"]: run[key] for run in of(runs, peer, COLD)}
    ratios = [run[key] / beside[run["round"]] for run in of(runs, OWN, case) if run["round"] in beside]
    return median(ratios) if ratios else None


def table(result: dict[str, Any]) -> str:
    """Markdown: every case with seconds, ratios and what they must be."""
    runs = result["runs"]
    rounds = 1 + max(run["round"] for run in runs)
    lines = [
        f"{result['options']['pages']:,} pages, {rounds} round{'s' * (rounds > 1)}, medians; Hugo "
        f"{_seconds(runs, HUGO)}, naive MkDocs + Material {_seconds(runs, NAIVE)}",
        "",
        "| case | wall s | CPU s | MiB | by Hugo | must | aim | CPU | by naive | must | aim | CPU |",
        "|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|",
    ]
    for case in CASES:
        own = of(runs, OWN, case)
        if own:
            lines.append(_line(case, own, runs))
    most = max((run["largest"] for run in runs if run["builder"] == OWN and "largest" in run), default=0)
    if result["options"]["pages"] >= 20_000:
        lines += ["", f"peak memory {most:.0f} MiB, must ≤ {MOST_MEMORY[0]}, aim ≤ {MOST_MEMORY[1]}"]
    if whole := result.get("whole"):
        differing = whole["differing"]
        shown = f": {', '.join(differing[:5])}{' …' if len(differing) > 5 else ''}" if differing else ""
        lines += [
            "",
            f"files that differ from full rendering of {whole['pages']:,} pages: {len(differing)}{shown}; must 0",
        ]
    return "\n".join(lines) + "\n"


def _line(case: str, own: list[Run], runs: Sequence[Run]) -> str:
    found = medians(own, ("wall", "cpu", "largest"))
    cells = [SAID[case], f"{found['wall']:.2f}"]
    cells += [f"{found[key]:{form}}" if key in found else "" for key, form in (("cpu", ".2f"), ("largest", ".0f"))]
    for peer in (HUGO, NAIVE):
        by, by_cpu = (None, None) if case == PREVIEW else (ratio(runs, case, peer, key) for key in ("wall", "cpu"))
        limits = LIMITS.get((case, peer)) or (LIMITS.get((case, "")) if peer == HUGO else None)
        limited = [f"≤ {limit}{' s' * (case == PREVIEW)}" for limit in limits] if limits else ["", ""]
        cells += ["" if by is None else f"{by:.2f}", *limited, "" if by_cpu is None else f"{by_cpu:.2f}"]
    return f"| {' | '.join(cells)} |"


def _seconds(runs: Sequence[Run], builder: str) -> str:
    found = medians(of(runs, builder, COLD), ("wall",))
    return f"{found['wall']:.2f} s" if found else "not run"
