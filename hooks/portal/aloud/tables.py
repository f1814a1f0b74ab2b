"""Tables as lines to be read: row by row, with the name of the column before each cell."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import NamedTuple

_SPAN = re.compile(r'(?P<way>col|row)span="(?P<count>[0-9]{1,3})"')
_DASHES = frozenset("-–—−")  # say that a cell states nothing; whether there is nothing they leave open


class Cell(NamedTuple):
    text: str
    is_header: bool
    columns: int = 1
    rows: int = 1


def cell_of(text: str, tag: str, attributes: str) -> Cell:
    if not attributes:
        return Cell(text, tag == "th")
    spans = {found["way"]: max(1, int(found["count"])) for found in _SPAN.finditer(attributes)}
    return Cell(text, tag == "th", spans.get("col", 1), spans.get("row", 1))


@dataclass
class Table:
    """Its rows as they are written, in the order of the HTML."""

    caption: str = ""
    rows: list[list[Cell]] = field(default_factory=list)

    def lines(self) -> list[str]:
        """One a row; the rows of nothing but headers at the top name the columns, and are not read themselves unless there is
        nothing else."""
        grid = _grid(self.rows)
        top = next((number for number, row in enumerate(grid) if not all(cell.is_header for cell in row)), len(grid))
        if top == len(grid):
            return ["; ".join(_distinct([cell.text for cell in row])) for row in grid]
        width = max(len(row) for row in grid)
        names = [[row[column].text for row in grid[:top] if column < len(row)] for column in range(width)]
        return [_line(row, names) for row in grid[top:]]


def _line(row: list[Cell], names: list[list[str]]) -> str:
    """A cell that spans several columns is read once, with the names of all."""
    said: list[str] = []
    column = 0
    while column < len(row):
        end = column + 1
        while end < len(row) and row[end] is row[column]:
            end += 1
        name = ", ".join(_distinct([name for above in names[column:end] for name in above]))
        value = _value(row[column].text)
        said.append(f"{name}: {value}" if name else value)
        column = end
    return "; ".join(said)


def _value(text: str) -> str:
    if not text:
        return "để trống"
    return "không ghi" if text in _DASHES else text.rstrip(".;")


def _distinct(texts: list[str]) -> list[str]:
    return [text for text in dict.fromkeys(texts) if text]


def _grid(rows: list[list[Cell]]) -> list[list[Cell]]:
    """The rows with each cell in every place it spans."""
    grid: list[list[Cell]] = []
    below: dict[int, tuple[int, Cell]] = {}  # by column: for how many more rows a cell reaches down
    for row in rows:
        line: list[Cell] = []
        cells = iter(row)
        while True:
            rest, reaching = below.pop(len(line), (0, None))
            if reaching is not None:
                if rest > 1:
                    below[len(line)] = (rest - 1, reaching)
                line.append(reaching)
                continue
            cell = next(cells, None)
            if cell is None:
                break
            for _ in range(cell.columns):
                if cell.rows > 1:
                    below[len(line)] = (cell.rows - 1, cell)
                line.append(cell)
        if line:
            grid.append(line)
    return grid
