"""What an audit finds, and what it must find: every bound stands here."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from statistics import median

NETWORK, AXE, VALIDITY, VOCABULARY = "network", "axe", "validity", "vocabulary"
FEEDS, FRAMES, SCREENSHOTS, LIGHTHOUSE = "feeds", "frames", "screenshots", "lighthouse"
TOOLS = (
    NETWORK,
    AXE,
    VALIDITY,
    VOCABULARY,
    FEEDS,
    FRAMES,
    SCREENSHOTS,
    LIGHTHOUSE,
)  # as they run: nothing else runs beside the last


class ToolError(Exception):
    """A program that measures is missing or failed; the message is what it said."""


@dataclass(frozen=True)
class Figure:
    """One value found of one page; `said` is what it is made of, for whoever has to mend it."""

    page: str
    measure: str
    value: float
    said: tuple[str, ...] = ()


@dataclass(frozen=True)
class Measure:
    """A kind of figure: which tool finds it, how it is headed, and between what it must lie on which pages (None: all `but`
    some)."""

    name: str
    tool: str
    heading: str
    least: float | None = None
    most: float | None = None
    pages: tuple[str, ...] | None = None
    but: tuple[str, ...] = ()

    def broken(self, figure: Figure) -> str:
        """What the figure had to be, where it is not."""
        if (self.pages is not None and figure.page not in self.pages) or figure.page in self.but:
            return ""
        if self.least is not None and not figure.value >= self.least:
            return f"must ≥ {shown(self.least)}"
        if self.most is not None and not figure.value <= self.most:
            return f"must ≤ {shown(self.most)}"
        return ""


ASKED = ("search-asked", "gallery-asked")  # pages that answer: they fetch of the index, and what only a body says

# kB are 1,000 bytes as they cross the wire, headers included.
MEASURES = {
    measure.name: measure
    for measure in (
        Measure("performance", LIGHTHOUSE, "perf.", least=100),
        Measure("accessibility", LIGHTHOUSE, "access.", least=100),
        Measure("best-practices", LIGHTHOUSE, "practices", least=100),
        Measure("seo", LIGHTHOUSE, "SEO", least=100),
        Measure("axe", AXE, "axe", most=0),
        Measure("axe incomplete", AXE, "axe to see", most=None),
        Measure("html errors", VALIDITY, "HTML", most=0),
        Measure("html known", VALIDITY, "known", most=None),
        Measure("html warnings", VALIDITY, "warnings", most=None),
        Measure("schema errors", VOCABULARY, "schema", most=0),
        Measure("feed errors", FEEDS, "feeds", most=0),
        Measure("atom documents", FEEDS, "Atom", least=1),
        Measure("json documents", FEEDS, "JSON", least=1),
        Measure("frame errors", FRAMES, "framed", most=0),
        Measure("policies", NETWORK, "policies", least=1),
        Measure("policy errors", NETWORK, "broken", most=0),
        Measure("console", NETWORK, "console", most=0),
        Measure("elsewhere", NETWORK, "elsewhere", most=0),
        Measure("shift", NETWORK, "shift", most=0),
        Measure("first visit", NETWORK, "first kB", most=60, pages=("article",)),
        Measure("further page", NETWORK, "further kB", most=15, but=ASKED),
        Measure("photos", NETWORK, "photos kB", most=None),
        Measure("overflow", SCREENSHOTS, "overflow", most=0),
    )
}


def measures_of(tool: str) -> list[str]:
    return [name for name, measure in MEASURES.items() if measure.tool == tool]


def middle(values: Iterable[float]) -> float:
    """The median; of an even number the mean of the two in the middle."""
    return median(values)


def misses(figures: Iterable[Figure], expected: Iterable[tuple[str, str]]) -> list[tuple[str, tuple[str, ...]]]:
    """Each figure out of its bounds, with what it is made of, and each (page, measure) expected of which there is none."""
    figures = list(figures)
    found = []
    for figure in figures:
        if must := MEASURES[figure.measure].broken(figure):
            found.append((f"{figure.page}: {figure.measure} {shown(figure.value)}, {must}", figure.said))
    there = {(figure.page, figure.measure) for figure in figures}
    return found + [
        (f"{page}: {measure} was not measured", ()) for page, measure in expected if (page, measure) not in there
    ]


def shown(value: float) -> str:
    """Never rounded to what it is not: 60.04 is not 60."""
    return f"{value:g}" if value == round(value, 1) else f"{value:.4g}"
