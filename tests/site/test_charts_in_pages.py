"""Every chart of a built site is measured against the table it leads to, from the HTML alone."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from html_tree import Node, read_main
from portals import OURS, imported_by

TOTAL, UNKNOWN, OWN = "total", "unknown", "own"
MOST_BARS = 15
NEAR = 0.02  # of a percent: shapes are rounded to a hundredth
PLOT, SPARK = 40.0, 14.0  # pixels of the highest column and stroke


# --- what the tables say ----------------------------------------------------------


@dataclass(frozen=True)
class Row:
    """A row of a table: its head, where that leads, and the number of every cell by the key of its column."""

    label: str
    address: str
    numbers: dict[str, float]


@dataclass(frozen=True)
class Table:
    columns: tuple[str, ...]
    rows: dict[str, Row]


def _number(text: str) -> float:
    return 0.0 if text == "–" else float(text.split()[0].replace(".", "").replace(",", "."))


def _table(node: Node) -> Table:
    if node.all("table[data-reported]"):
        return _reported(node.one("table"))
    columns = tuple(head.attributes["data-key"] for head in node.all("thead th[data-key]"))
    rows = {}
    for line in node.all("tbody tr"):
        cells = {cell.attributes["data-key"]: cell for cell in line.all("td[data-key]")}
        numbers = {key: _number(cell.text) for key, cell in cells.items() if key != "report"}
        rows[line.attributes["data-key"]] = _row(line.one("th"), numbers)
    return Table(tuple(column for column in columns if column not in (TOTAL, "report")), rows)


def _reported(table: Node) -> Table:
    """Of a ranked table the ranked column alone, as the total of each row."""
    heads = [head.attributes.get("data-column") for head in table.all("thead th")]
    place = heads.index(table.attributes["data-ranked"])
    rows: dict[str, Row] = {}
    for line in table.all("tbody tr"):
        cells = [child for child in line.children if isinstance(child, Node)]
        level = [cell.text for cell in line.all("td[data-said=level]")]
        if cells[place].text != "–" and (not level or level == ["Chung"] or line.attributes["data-unit"] not in rows):
            rows.setdefault(line.attributes["data-unit"], _row(line.one("th"), {TOTAL: _number(cells[place].text)}))
    return Table((), rows)


def _row(head: Node, numbers: dict[str, float]) -> Row:
    links = head.all("a")
    return Row(head.text, links[0].attributes["href"] if links else "", numbers)


# --- what the charts say ----------------------------------------------------------


def disagreements(html: str) -> Iterator[str]:
    """Everything in which the charts of a page differ from its tables."""
    main = read_main(html)
    for figure in main.all("figure.portal-chart"):
        said = figure.one("figcaption a").attributes["href"]
        found = main.all(said) if said.startswith("#bang-") else []
        if len(found) != 1:
            yield f"{said} is no table of the page"
            continue
        table = _table(found[0])
        if figure.all("ul.portal-grid"):
            wrong = _of_tiles(figure, table)
        elif figure.all(".portal-panels"):
            wrong = _of_panels(figure, table)
        else:
            wrong = _of_bars(figure, table)
        yield from (f"{said}: {one}" for one in [*wrong, *_of_sentence(figure, table)])
    for node in main.all("table[data-table]"):
        yield from _of_sparklines(node, _table(node))


def _percent(node: Node, name: str) -> float:
    assert node.attributes[name].endswith("%"), node.attributes
    return float(node.attributes[name].removesuffix("%"))


def _of_bars(figure: Node, table: Table) -> Iterator[str]:
    svg = figure.one("svg[role=img]")
    yield from _named_by(figure, svg)
    bars: list[tuple[str, float, list[Node], list[Node]]] = []
    for child in svg.children:
        if not isinstance(child, Node):
            continue
        if child.tag == "text" and "class" not in child.attributes:
            number = child.one("tspan").text
            bars.append((child.text.removesuffix(number).strip(), _number(number), [], []))
        else:
            bars[-1][2 if child.tag == "rect" else 3].append(child)
    keys = []
    for label, number, shapes, numbers in bars:
        found = [key for key, row in table.rows.items() if _shows(label, row) and row.numbers[TOTAL] == number]
        key = next((key for key in found if key not in keys), "")
        if not key:
            yield f"no row {label} of {number}"
            continue
        keys.append(key)
        row, longest = table.rows[key], max(row.numbers[TOTAL] for row in table.rows.values())
        if figure.all("pattern"):
            yield from _of_parts(figure, shapes, numbers, row, longest, table)
        elif len(shapes) != 1 or abs(_percent(shapes[0], "width") - 100 * number / longest) > NEAR:
            yield f"the bar of {label} is not {number} of {longest}"
    drawn = [table.rows[key].numbers[TOTAL] for key in keys if key not in (OWN, UNKNOWN)]
    if drawn != sorted(drawn, reverse=True):
        yield "the bars stand in no order"
    for key, row in table.rows.items():
        if key not in keys and row.numbers[TOTAL] > 0 and (len(drawn) < MOST_BARS or row.numbers[TOTAL] > drawn[-1]):
            yield f"{row.label} is not drawn"


def _shows(label: str, row: Row) -> bool:
    return label == row.label or (label.endswith("…") and row.label.startswith(label[:-1]))


def _of_parts(
    figure: Node, shapes: list[Node], numbers: list[Node], row: Row, longest: float, table: Table
) -> Iterator[str]:
    patterns = {node.attributes["id"]: node.attributes["class"] for node in figure.all("pattern")}
    swatches = [node.attributes["fill"] for node in figure.all("ul.portal-legend rect")]
    if swatches != [f"url(#{name})" for name in patterns]:
        yield "the legend has other hatches than the chart"
    at, told = 0.0, [_number(node.text) for node in numbers]
    expected = [(column, row.numbers[column]) for column in table.columns if row.numbers[column]]
    if len(expected) != len(shapes):
        yield f"{row.label} has {len(shapes)} parts instead of {len(expected)}"
        return
    for (column, number), shape in zip(expected, shapes, strict=True):
        hatch = patterns.get(shape.attributes["fill"][5:-1], "")
        if hatch != ("portal-hatch--unknown" if column == UNKNOWN else f"field--{column}"):
            yield f"{row.label}, {column} is drawn as {hatch}"
        x, width = _percent(shape, "x"), _percent(shape, "width")
        if abs(x - at) > NEAR or abs(x + width - at - 100 * number / longest) > NEAR:
            yield f"{row.label}, {column} is not {number} of {longest}"
        at += 100 * number / longest
        if number in told:
            told.remove(number)
        elif width > 8:
            yield f"{row.label}, {column} has no number"
    if told:
        yield f"{row.label} has numbers of nothing: {told}"


def _of_tiles(figure: Node, table: Table) -> Iterator[str]:
    steps: dict[str, tuple[float, float]] = {}
    for item in figure.all("ul.portal-legend li"):
        bounds = [_number(bound) for bound in item.text.split("–")]
        steps[item.one("svg").attributes["class"]] = (bounds[0], bounds[-1])
    found = []
    for link in figure.all("ul.portal-grid a"):
        number = link.one("b").text
        found.append((link.text.removesuffix(number).strip(), link.attributes["href"], _number(number)))
        least, most = steps.get(link.one("svg").attributes["class"], (1.0, 0.0))
        if not least <= _number(number) <= most:
            yield f"{link.text} has another shade"
    if found != [(r.label, r.address, r.numbers[TOTAL]) for key, r in table.rows.items() if key not in (OWN, UNKNOWN)]:
        yield "the tiles are not the units of the table"
    if "Sơ đồ, không phải bản đồ" not in figure.one("figcaption").text:
        yield "is not said to be no map"


def _of_panels(figure: Node, table: Table) -> Iterator[str]:
    yield from _named_by(figure, figure)
    years = [column for column in table.columns if column != UNKNOWN]
    first, span = int(years[0]), int(years[-1]) - int(years[0]) + 1
    highest = max(row.numbers[year] for row in table.rows.values() for year in years)
    panels = {panel.attributes["class"].removeprefix("field--"): panel for panel in figure.all(".portal-panels div")}
    for key, row in table.rows.items():
        known = {year: row.numbers[year] for year in years if row.numbers[year]}
        if key not in panels:
            if key != UNKNOWN or known:
                yield f"{row.label} is not drawn"
            continue
        drawn = {}
        for shape in panels[key].all("rect"):
            year = first + int(_percent(shape, "x") * span / 100)
            drawn[str(year)] = float(shape.attributes["height"]) * highest / PLOT
            if abs(float(shape.attributes["y"]) + float(shape.attributes["height"]) - PLOT - 14) > NEAR:
                yield f"{row.label}, {year} does not stand on the line"
        if drawn.keys() != known.keys() or any(abs(drawn[y] - known[y]) > highest * NEAR / PLOT for y in known):
            yield f"{row.label}: {drawn} instead of {known}"
        said = [node.text for node in panels[key].all("text")]
        if said[-2:] != [years[0], years[-1]] or panels[key].one("p").text != row.label:
            yield f"{row.label}: {said}"
        if Counter(map(_number, said[:-2])) - Counter(known.values()):
            yield f"{row.label} has numbers of nothing: {said[:-2]}"
        if known and max(known.values()) not in map(_number, said[:-2]):
            yield f"{row.label}: the highest has no number"


def _named_by(figure: Node, drawn: Node) -> Iterator[str]:
    name = drawn.attributes.get("aria-labelledby", "")
    if not name or not figure.all(f"#{name}") or len(figure.one(f"#{name}").text) < 10:
        yield "has no name"


def _of_sentence(figure: Node, table: Table) -> Iterator[str]:
    """Of units or fields that have most the number is the largest of them, and what has most is named."""
    said = figure.one("figcaption span").text
    units = {key: row for key, row in table.rows.items() if key not in (OWN, UNKNOWN)}
    if found := re.search(r"^(.*) có nhiều hồ sơ mô hình nhất: ([\d.]+) trên ([\d.]+)", said):
        name, most, total = found[1], _number(found[2]), sum(row.numbers[TOTAL] for row in table.rows.values())
        if figure.all(".portal-panels"):
            sums = {f"Năm {y}": sum(r.numbers[y] for r in table.rows.values()) for y in table.columns if y != UNKNOWN}
        else:
            sums = {row.label: row.numbers[TOTAL] for row in units.values()}
        if _number(found[3]) != total or sums.get(name) != most or most != max(sums.values()):
            yield f"says: {said}"
        if sorted(sums.values())[-2:].count(most) != 1:
            yield f"names one of several: {said}"
    numbers = {number for row in table.rows.values() for number in row.numbers.values()}
    sums = {sum(row.numbers[c] for row in rows) for rows in (table.rows.values(), units.values()) for c in _all(rows)}
    labels = " ".join([*table.columns, *(row.label for row in table.rows.values())])
    known = (
        numbers
        | sums
        | set(map(float, range(len(table.rows) + len(table.columns) + 1)))
        | set(map(_number, _NUMBER.findall(labels)))
    )
    if not {_number(number) for number in _NUMBER.findall(said)} <= known | {float(MOST_BARS)}:
        yield f"says a number of its own: {said}"


_NUMBER = re.compile(r"\d+(?:\.\d{3})*(?:,\d+)?")


def _all(rows) -> list[str]:
    return list(next(iter(rows)).numbers) if rows else []


def _of_sparklines(node: Node, table: Table) -> Iterator[str]:
    sparks = {
        line.attributes["data-key"]: spark.one("path").attributes["d"]
        for line in node.all("tr[data-key]")
        for spark in line.all("th svg.portal-spark")
    }
    if not sparks:
        return
    years = [column for column in table.columns if column != UNKNOWN]
    first, span = int(years[0]), int(years[-1]) - int(years[0]) + 1
    step = min(4.0, 72 / span)
    if f"từ {years[0]} đến {years[-1]}" not in node.one("caption").text:
        yield "sparklines without a sentence"
    for key, row in table.rows.items():
        known = {year: row.numbers[year] for year in years if row.numbers[year]}
        strokes = re.findall(r"M([\d.]+) 14v-([\d.]+)", sparks.get(key, ""))
        drawn = {str(first + int(float(x) / step)): float(height) for x, height in strokes}
        if drawn.keys() != known.keys():
            yield f"sparkline of {row.label}: {list(drawn)} instead of {list(known)}"
        elif any(abs(drawn[year] - SPARK * known[year] / max(known.values())) > NEAR for year in known):
            yield f"sparkline of {row.label}: {drawn} instead of {known}"


# --- tests ------------------------------------------------------------------------


def pages(root: Path) -> dict[str, str]:
    """The pages that hold a chart, by their path."""
    texts = {file.relative_to(root / "site").as_posix(): file for file in sorted((root / "site").rglob("index.html"))}
    read = {path: file.read_text(encoding="utf-8") for path, file in texts.items() if path.startswith("thong-ke/")}
    return {path: text for path, text in read.items() if "portal-chart" in text}


@pytest.fixture(scope="module", params=["own_portal", "large_portal"])
def drawn(request: pytest.FixtureRequest) -> dict[str, str]:
    return pages(request.getfixturevalue(request.param))


def test_what_measures_imports_nothing_of_ours() -> None:
    assert not imported_by(Path(__file__).name) & OURS


def test_every_chart_is_its_table(drawn: dict[str, str]) -> None:
    assert {path: found for path, html in drawn.items() if (found := list(disagreements(html)))} == {}


def test_every_kind_of_chart_is_there(own_portal: Path, large_portal: Path) -> None:
    mains = {
        name: [read_main(h) for h in pages(root).values()] for name, root in (("own", own_portal), ("l", large_portal))
    }
    kinds = {
        "bars": "figure svg[role=img]",
        "stacked": "figure pattern",
        "tiles": "figure ul.portal-grid",
        "ranking": "table[data-ranked]",
    }
    years = {"panels": "figure .portal-panels", "sparklines": "th svg.portal-spark"}
    for name, selector in kinds.items():
        assert all(any(main.all(selector) for main in mains[portal]) for portal in mains), name
    for name, selector in years.items():
        assert any(main.all(selector) for main in mains["l"]), name


def test_a_ranked_table_has_a_chart_and_another_has_none(drawn: dict[str, str]) -> None:
    for path, html in drawn.items():
        main = read_main(html)
        led_to = {link.attributes["href"] for link in main.all("figure.portal-chart figcaption a")}
        for table in main.all("table[data-reported]"):
            values = _reported(table).rows if "data-ranked" in table.attributes else {}
            above = sum(row.numbers[TOTAL] > 0 for row in values.values())
            assert (f"#bang-{table.attributes['data-reported']}" in led_to) == (above > 1), path


def test_a_page_needs_nothing_that_a_strict_policy_forbids(drawn: dict[str, str]) -> None:
    for path, html in drawn.items():
        main = read_main(html)
        nodes = [node for tag in _DRAWN for node in main.all(tag)]
        assert nodes, path
        for node in nodes:
            assert not [name for name in node.attributes if name == "style" or name.startswith("on")], path
            assert "href" not in node.attributes or node.tag == "a", path
        assert not main.all("style"), path
        assert not main.all("script"), path


_DRAWN = (
    "figure",
    "figcaption",
    "svg",
    "rect",
    "path",
    "text",
    "tspan",
    "pattern",
    "ul",
    "li",
    "a",
    "p",
    "span",
    "div",
)


def test_ids_are_one_of_a_kind_and_what_points_to_one_finds_it(drawn: dict[str, str]) -> None:
    for path, html in drawn.items():
        ids = Counter(re.findall(r'\sid="([^"]+)"', html))
        assert [name for name, times in ids.items() if times > 1] == [], path
        pointing = [*re.findall(r"url\(#([^)]+)\)", html), *re.findall(r'aria-labelledby="([^"]+)"', html)]
        assert set(pointing) <= set(ids), path
        for figure in read_main(html).all("figure.portal-chart"):
            own = figure.one("figcaption span").attributes["id"]
            inside = [node.attributes["id"] for tag in ("pattern", "svg", "rect") for node in figure.all(f"{tag}[id]")]
            assert all(name.startswith(f"{own}-") for name in inside), path


# A change to the page, and how many of the places where it can be made are enough to be tried.
SPOILT = {
    "the width of a bar": (r'(<rect(?: class="[^"]*")? y="\d+" width=")[\d.]+(%" height="12"/>)', r"\g<1>7.77\2"),
    "the width of a part": (r'(<rect x="[\d.]+%" y="\d+" width=")[\d.]+(%" height="12" fill)', r"\g<1>0.77\2"),
    "where a part begins": (r'(<rect x=")[\d.]+(%" y="\d+" width="[\d.]+%" height="12" fill)', r"\g<1>99.5\2"),
    "a hatch": (r'(height="12" fill="url\(#[\w-]+-)\d+(\)"/><text)', r"\g<1>77\2"),
    "the number of a bar": (r"(<tspan>)[\d.,]+(</tspan>)", r"\g<1>7777\2"),
    "the number of a part": (r'(<text class="portal-chart__at" x="[\d.]+%" y="\d+">)[\d.]+(</text>)', r"\g<1>7777\2"),
    "the name of a bar": (r'(<text y="\d+">)[^<]+(<tspan>)', r"\1Xã khác \2"),
    "the height of a column": (r'(<rect x="[\d.]+%" y="[\d.]+" width="[\d.]+%" height=")[\d.]+("/>)', r"\g<1>7.77\2"),
    "the place of a column": (r'(<rect x=")[\d.]+(%" y="[\d.]+" width="[\d.]+%" height="[\d.]+"/>)', r"\g<1>99.9\2"),
    "the number of a tile": (r"(<b>)[\d.]+(</b></a></li>)", r"\g<1>7777\2"),
    "the link of a tile": (r'(<li><a href=")[^"]+("><svg class="portal-step)', r"\1../\2"),
    "the shade of a tile": (r'("><svg class="portal-step-)\d(" aria-hidden)', r"\g<1>9\2"),
    "a sparkline": (r'(<path d="M[\d.]+ 14v-)[\d.]+', r"\g<1>7.77"),
    "the largest of a sentence": (r"(nhất: )[\d.]+( trên)", r"\g<1>7777\2"),
    "the name in a sentence": (r'(<span id="phan-hinh-[\w-]+">)[^<]+?( có nhiều hồ sơ)', r"\1Xã khác\2"),
    "the table": (r'(<a href="#bang-)[\w-]+(">Xem bảng số)', r"\1khac\2"),
    "a cell of the table": (r'(<td data-key="total" class="portal-total">)[\d.]+(</td>)', r"\g<1>7777\2"),
}


@pytest.mark.parametrize("spoilt", SPOILT)
def test_what_is_spoilt_is_found(large_portal: Path, spoilt: str) -> None:
    """In the campaign's statistics, one place after another."""
    html = pages(large_portal)["thong-ke/index.html"]
    pattern, instead = SPOILT[spoilt]
    places = list(re.finditer(pattern, html))
    assert places
    for place in places[:3]:
        changed = html[: place.start()] + place.expand(instead) + html[place.end() :]
        assert changed != html
        assert list(disagreements(changed)), place[0]
