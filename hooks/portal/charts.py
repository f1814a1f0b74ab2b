"""Counted profiles and ranked figures as shapes; templates draw them. Nothing here is HTML.

A chart is of one table, which stands on the same page under its id, and shows no number that is not there. What goes
along the width is text in percent of it, whatever is wide enough ("62.5"); heights are pixels. Rows and columns of
what is not known (UNKNOWN), and the row of what is a unit's own (OWN), stand last and in no ranking. Where fewer than
two numbers are above zero there is nothing to compare, and None instead of a chart.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from . import chart_words as words
from .reported_tables import WHOLE, ReportedRow, ReportedTable
from .statistics import OWN, UNKNOWN, CountTable, Head, Line
from .text import number_vi, uncapitalised

MOST_BARS = 15
LABEL = 38  # characters of a label beside its number where a page is 360 pixels wide
STEPS = 5  # of shade
PLOT = 40  # pixels of the highest column
DIGIT = Decimal("2.4")  # percent of the narrowest chart or panel, some 320 pixels, that a digit takes
HATCHES = 12  # patterns there are; a thirteenth field begins with the first again
SPARK_WIDTH, SPARK_HEIGHT = 72, 14  # pixels


@dataclass(frozen=True)
class Part:
    """A piece of a bar. `hatch` is its place in the legend; `text` is empty where there is no room for it."""

    hatch: int
    count: int
    x: str
    width: str
    middle: str
    text: str


@dataclass(frozen=True)
class Bar:
    """`width` is the share of the longest bar; the parts, where there are any, fill it."""

    key: str
    label: str
    text: str
    width: str
    parts: tuple[Part, ...] = ()


@dataclass(frozen=True)
class Hatch:
    """One entry of a legend: the nth pattern, in the colour of the field whose slug it is; UNKNOWN has none."""

    number: int
    slug: str
    label: str

    @property
    def pattern(self) -> int:
        return self.number % HATCHES


@dataclass(frozen=True)
class BarChart:
    """Bars from zero, the longest first. With a legend they are stacked, each part where it stands there."""

    table: str
    title: str
    sentence: str
    bars: tuple[Bar, ...]
    legend: tuple[Hatch, ...] = ()


@dataclass(frozen=True)
class Tile:
    """A unit. `step` is its shade, 0 to STEPS - 1: equal steps of the largest number."""

    head: Head
    text: str
    step: int


@dataclass(frozen=True)
class Shade:
    """A step that a tile has, and the numbers it stands for: "4–6"."""

    step: int
    text: str


@dataclass(frozen=True)
class TileGrid:
    """A tile for each unit, in the table's order. It is no map."""

    table: str
    title: str
    sentence: str
    tiles: tuple[Tile, ...]
    shades: tuple[Shade, ...]


@dataclass(frozen=True)
class Column:
    """A year; `top` and `height` are pixels from the top of the plot. `text` is empty where there is no room for it."""

    x: str
    width: str
    middle: str
    top: str
    height: str
    count: int
    text: str


@dataclass(frozen=True)
class Panel:
    """One row over the years; years of zero have no column."""

    key: str
    label: str
    columns: tuple[Column, ...]


@dataclass(frozen=True)
class Multiples:
    """A panel for each row, all with the same years and one scale. A year between the first and the last that the
    table lacks is a zero."""

    table: str
    title: str
    sentence: str
    first: str
    last: str
    panels: tuple[Panel, ...]


@dataclass(frozen=True)
class Sparklines:
    """A path of upright strokes for each row of the table by its key, each row with a scale of its own; rows without
    a number in a known year have none. `thin` where the years stand close."""

    sentence: str
    paths: dict[str, str]
    thin: bool


# --- bars -------------------------------------------------------------------------


def of_units(table: CountTable) -> BarChart | None:
    """The totals of the table's rows as bars; stacked where its columns are fields and more than one of them counts
    something. At most MOST_BARS, the largest; of equal ones those that stand first in the table."""
    ranked, others = _ranked(table)
    shown = [*sorted(ranked, key=lambda line: -line.total)[:MOST_BARS], *others]
    if sum(line.total > 0 for line in shown) < 2:
        return None
    noun, total = uncapitalised(table.row_title), table.totals
    legend = _legend(table, total) if table.id == "theo-linh-vuc" else ()
    clauses = [words.largest(_named(ranked), noun, total.total)]
    if legend:
        fields = [(hatch.label, total.counts[hatch.number]) for hatch in legend if hatch.slug != UNKNOWN]
        clauses.append(words.largest_part(fields, "lĩnh vực"))
        clauses.append(words.beside("không rõ lĩnh vực", _unknown(table, total)))
    clauses += [words.beside(line.head.label, line.total) for line in others]
    clauses.append(words.drawn(len(shown) - len(others), len(ranked), noun))
    scale = max(line.total for line in shown)
    bars = tuple(_bar(line, scale, legend) for line in shown)
    title = table.caption if legend else f"Mô hình theo {noun}"
    return BarChart(table.id, title, words.sentence(clauses), bars, legend)


def _legend(table: CountTable, total: Line) -> tuple[Hatch, ...]:
    """The columns in which something is counted; none unless two of them are known fields."""
    heads = enumerate(table.columns)
    used = tuple(Hatch(place, head.key, head.label) for place, head in heads if total.counts[place])
    return used if sum(hatch.slug != UNKNOWN for hatch in used) > 1 else ()


def _bar(line: Line, scale: int, legend: Sequence[Hatch]) -> Bar:
    width = _percent(line.total, scale)
    parts, before = [], 0
    for hatch in legend:
        count = line.counts[hatch.number]
        if count:
            start, end = _rounded(before, scale), _rounded(before + count, scale)
            text = number_vi(count)
            room = end - start >= DIGIT * len(text) + 1
            middle = _short((start + end) / 2)
            parts.append(Part(hatch.number, count, _short(start), _short(end - start), middle, text if room else ""))
        before += count
    return Bar(line.head.key, _cut(line.head.label), number_vi(line.total), width, tuple(parts))


def of_ranking(table: ReportedTable) -> BarChart | None:
    """A ranked table of reported figures: the column by which its rows are ordered. None of a table that is not ranked,
    as its figures can't be compared, or that holds a number below zero."""
    places = [place for place, column in enumerate(table.columns) if column.key == table.ranked_by]
    if not table.ranked_by or not places:
        return None
    rows = _values(table.rows, places[0])
    if sum(value > 0 for _, value, _ in rows) < 2 or any(value < 0 for _, value, _ in rows):
        return None
    column, shown = table.columns[places[0]], rows[:MOST_BARS]
    value = uncapitalised(column.label) if column.key == "total" else f"cột “{column.label}”"
    clauses = [
        words.between([(uncapitalised(row.unit), text) for row, _, text in rows], value),
        words.drawn(len(shown), len(rows), "đơn vị"),
    ]
    scale = max(value for _, value, _ in shown)
    bars = tuple(Bar(row.unit_slug, _cut(row.unit), text, _percent(value, scale)) for row, value, text in shown)
    return BarChart(table.id, table.caption, words.sentence(clauses), bars)


def _values(rows: Iterable[ReportedRow], place: int) -> list[tuple[ReportedRow, Decimal, str]]:
    """What is ranked: each unit's set as a whole, where the table holds it, and not the levels under it."""
    held = [(row, cell.value, cell.text) for row in rows if (cell := row.cells[place])]
    whole = [one for one in held if one[0].level == WHOLE]
    return whole or held


# --- tiles ------------------------------------------------------------------------


def tiles(table: CountTable) -> TileGrid | None:
    """A tile for each row that is a unit, with the number of its profiles."""
    ranked, others = _ranked(table)
    numbers = [line.total for line in ranked]
    if sum(number > 0 for number in numbers) < 2:
        return None
    most = max(numbers)
    made = tuple(Tile(line.head, number_vi(line.total), _step(line.total, most)) for line in ranked)
    steps = sorted({tile.step for tile in made})
    shades = tuple(Shade(step, _numbers(step, most, numbers)) for step in steps)
    noun = uncapitalised(table.row_title)
    own = [words.beside(line.head.label, line.total) for line in others]
    said = words.sentence([f"sơ đồ, không phải bản đồ: {words.spread(numbers, noun)}", *own])
    return TileGrid(table.id, f"Các {noun} có {words.COUNTED}", said, made, shades)


def _step(number: int, most: int) -> int:
    return max(0, -(-number * STEPS // most) - 1)


def _numbers(step: int, most: int, numbers: Iterable[int]) -> str:
    """The whole numbers of a step; a zero belongs to the first only where there is one."""
    least = most * step // STEPS + 1
    if step == 0 and 0 in numbers:
        least = 0
    last = most * (step + 1) // STEPS
    return number_vi(least) if last <= least else f"{number_vi(least)}–{number_vi(last)}"


# --- years ------------------------------------------------------------------------


def multiples(table: CountTable) -> Multiples | None:
    """A column chart over the years for each row of a table by field and year."""
    years = _years(table)
    if not years:
        return None
    total, first, last = table.totals, years[0][0], years[-1][0]
    ranked, others = _ranked(table)
    lines = [*ranked, *(line for line in others if any(line.counts[place] for _, place in years))]
    scale = max(line.counts[place] for line in lines for _, place in years)
    clauses = [
        words.largest([(f"năm {year}", total.counts[place]) for year, place in years], "năm", total.total),
        words.beside("không rõ năm", _unknown(table, total)),
        "các hình dùng chung một thang đo",
    ]
    panels = tuple(_panel(line, years, scale) for line in lines)
    return Multiples(table.id, table.caption, words.sentence(clauses), str(first), str(last), panels)


def _panel(line: Line, years: Sequence[tuple[int, int]], scale: int) -> Panel:
    """Every column with its number, if there is room for all of them, else the highest alone."""
    first = years[0][0]
    span = years[-1][0] - first + 1
    counts = [(year, line.counts[place]) for year, place in years if line.counts[place]]
    most = max((count for _, count in counts), default=0)
    roomy = all(Decimal(100) / span >= DIGIT * len(number_vi(count)) for _, count in counts)
    columns = []
    for year, count in counts:
        at, height = year - first, _rounded(count * PLOT, scale * 100)
        x = _rounded(at * 10 + 1, span * 10)
        width = _rounded(8, span * 10)
        text = number_vi(count) if roomy or count == most else ""
        middle = _short(x + width / 2)
        column = Column(_short(x), _short(width), middle, _short(PLOT - height), _short(height), count, text)
        columns.append(column)
    return Panel(line.head.key, line.head.label, tuple(columns))


def sparklines(table: CountTable) -> Sparklines | None:
    """The known years of each row, its highest stroke as high as there is room; None of a table that is not by year."""
    years = _years(table)
    if not years:
        return None
    first, last = years[0][0], years[-1][0]
    step = min(Decimal(4), Decimal(SPARK_WIDTH) / (last - first + 1))
    paths = {}
    for line in table.lines:
        most = max(line.counts[place] for _, place in years)
        counts = [(year, line.counts[place]) for year, place in years if line.counts[place]]
        strokes = [
            f"M{_short((year - first) * step + step / 2)} {SPARK_HEIGHT}v-{_percent(count * SPARK_HEIGHT, most * 100)}"
            for year, count in counts
        ]
        if strokes:
            paths[line.head.key] = "".join(strokes)
    said = f"các vạch cạnh tên: từng năm từ {first} đến {last}, mỗi hàng có thang đo riêng"
    return Sparklines(words.sentence([said]), paths, step < 4)


def _years(table: CountTable) -> list[tuple[int, int]]:
    """The known years from the first to the last, with their columns. Empty where columns are no years in ascending
    order, and where fewer than two of them count something."""
    if len(table.columns) < 2 or not table.columns[0].key.isdecimal():  # most tables: each of a page is asked
        return []
    years = [(head.key, place) for place, head in enumerate(table.columns) if head.key != UNKNOWN]
    keys = [key for key, _ in years]
    if not all(len(key) == 4 and key.isdecimal() for key in keys) or keys != sorted(keys):
        return []
    used = sum(any(line.counts[place] for line in table.lines) for _, place in years)
    return [(int(key), place) for key, place in years] if used > 1 else []


# --- what all have in common ------------------------------------------------------


def _ranked(table: CountTable) -> tuple[list[Line], list[Line]]:
    """The rows that may be ranked; those that may not and count something."""
    beside = (OWN, UNKNOWN)
    return (
        [line for line in table.lines if line.head.key not in beside],
        [line for line in table.lines if line.head.key in beside and line.total],
    )


def _named(lines: Iterable[Line]) -> list[words.Named]:
    return [(uncapitalised(line.head.label), line.total) for line in lines]


def _unknown(table: CountTable, line: Line) -> int:
    return sum(count for head, count in zip(table.columns, line.counts, strict=True) if head.key == UNKNOWN)


def _cut(label: str) -> str:
    return label if len(label) <= LABEL else label[: LABEL - 1].rstrip(" ,-–(") + "…"


def _rounded(number: int | Decimal, of: int | Decimal) -> Decimal:
    """In percent, to a hundredth."""
    return round(Decimal(number) * 100 / of, 2)


def _percent(number: int | Decimal, of: int | Decimal) -> str:
    return _short(_rounded(number, of))


def _short(number: Decimal) -> str:
    """Without needless zeros; to a hundredth."""
    return f"{number:.2f}".rstrip("0").rstrip(".")
