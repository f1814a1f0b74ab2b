"""What was found, as a table, as JSON, and as a list of what missed its bound."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field

from .figures import MEASURES, Figure, misses, shown

MOST_SAID = 6  # lines of what a miss is made of; the JSON has all


@dataclass
class Audit:
    """All of one run. `expected` is each page and measure there must be a figure of; `failures` what tools said that
    could not do their work, and what else is wrong with the audit itself."""

    date: str
    load_before: float  # others at work on the machine make pages look slower than they are
    rounds: int
    versions: dict[str, str]
    pages: dict[str, str]
    expected: list[tuple[str, str]] = field(default_factory=list)
    figures: list[Figure] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)
    seconds: dict[str, float] = field(default_factory=dict)

    def misses(self) -> list[tuple[str, tuple[str, ...]]]:
        return [*((failure, ()) for failure in self.failures), *misses(self.figures, self.expected)]


def json_of(audit: Audit) -> str:
    return json.dumps(asdict(audit), ensure_ascii=False, indent=1) + "\n"


def read(text: str) -> Audit:
    """What `json_of` wrote."""
    data = json.loads(text)
    figures = [Figure(**{**figure, "said": tuple(figure["said"])}) for figure in data["figures"]]
    expected = [(page, measure) for page, measure in data["expected"]]
    return Audit(**{**data, "figures": figures, "expected": expected})


def table(audit: Audit) -> str:
    """Markdown: a line for each page, a column for each measure that was asked for, the bounds below the headings."""
    asked = {measure for _, measure in audit.expected}
    measures = [measure for name, measure in MEASURES.items() if name in asked]
    found = {(figure.page, figure.measure): figure for figure in audit.figures}

    def cell(page: str, name: str) -> str:
        figure = found.get((page, name))
        if figure is None:
            return "missing" if (page, name) in audit.expected else ""
        return f"**{shown(figure.value)}**" if MEASURES[name].broken(figure) else shown(figure.value)

    rows = [
        ["page", *(measure.heading for measure in measures)],
        ["must", *(_bound(measure.least, measure.most, measure.pages) for measure in measures)],
        *([page, *(cell(page, measure.name) for measure in measures)] for page in audit.pages),
    ]
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    lines = [_line([text.ljust(width) for text, width in zip(row, widths, strict=True)]) for row in rows]
    lines.insert(1, _line(["-" * widths[0], *("-" * (width - 1) + ":" for width in widths[1:])]))
    return "\n".join(lines)


def said_of(missed: Iterable[tuple[str, tuple[str, ...]]]) -> list[str]:
    """Each miss with the first of what it is made of."""
    lines = []
    for miss, parts in missed:
        lines.append(f"✗ {miss}")
        lines += [f"    {part}" for part in parts[:MOST_SAID]]
        if len(parts) > MOST_SAID:
            lines.append(f"    … {len(parts) - MOST_SAID} more")
    return lines


def _bound(least: float | None, most: float | None, pages: tuple[str, ...] | None) -> str:
    bound = f"≥ {shown(least)}" if least is not None else f"≤ {shown(most)}" if most is not None else ""
    return f"{bound} ({', '.join(pages)})" if pages else bound


def _line(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"
