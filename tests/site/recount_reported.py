"""Reads every table of reported figures of the built HTML and holds it against the editors' files.

Imports nothing of the portal; each function names the rule it follows.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from urllib.parse import urldefrag, urljoin

from html_tree import Node, read_main
from reported_sets import COUNTS, Campaign, Set, places_of, vietnamese

LEVELS = {"province": "Cấp tỉnh", "district": "Cấp huyện", "commune": "Cấp xã"}
WHOLE = "Chung"
ADDED = ("total", "by_field.", "by_kind.")


# --- what stands in the pages -------------------------------------------------


@dataclass
class Result:
    """What was compared, and every disagreement in words."""

    tables: int = 0
    cells: int = 0
    computed: int = 0
    sums: int = 0
    ranked: int = 0
    wrong: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        return (
            f"{self.tables} tables of reported figures, {self.cells} stated and {self.computed} computed cells, "
            f"{self.sums} sum rows, {self.ranked} ordered by value, {len(self.wrong)} disagree"
        )


class Site:
    """The built pages, each read once."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._written: dict[str, str] = {}
        self._ids: dict[str, dict[str, str]] = {}

    def changed(self, pages: dict[str, str]) -> Site:
        """The same with these pages in the place of the built ones."""
        site = Site(self.folder)
        site._written = {**self._html(), **pages}
        site._ids = {page: ids for page, ids in self._ids.items() if page not in pages}
        return site

    def pages(self) -> Iterator[tuple[str, str]]:
        yield from self._html().items()

    def main(self, page: str) -> Node:
        return read_main(self._html()[page])

    def _html(self) -> dict[str, str]:
        if not self._written:
            for file in sorted(self.folder.rglob("index.html")):
                page = "/" + file.relative_to(self.folder).as_posix().removesuffix("index.html")
                self._written[page] = file.read_text(encoding="utf-8")
        return self._written

    def text_at(self, address: str) -> str | None:
        """What the element says that an address with a fragment leads to; None when there is none."""
        page, fragment = urldefrag(address)
        if not (self.folder / page[1:] / "index.html").is_file():
            return None
        if page not in self._ids:
            self._ids[page] = {node.attributes["id"]: node.text for node in self.main(page).all("[id]")}
        return self._ids[page].get(fragment)


def recount(campaign: Campaign, site: Site) -> Result:
    """Both ways: every cell is a number of its set, and every number of every set stands on every page it belongs to."""
    result = Result()
    stands: dict[tuple[str, tuple[str, str]], set[str]] = {}
    for page, html in site.pages():
        if "data-reported" not in html:
            continue
        for table in site.main(page).all("table[data-reported]"):
            result.tables += 1
            at = f"{page} {table.attributes['data-reported']}"
            reader = _Table(campaign, site, page, table, result)
            result.wrong += [f"{at}: {said}" for said in reader.disagreements()]
            for found, path in reader.shown:
                stands.setdefault((page, (found.article, found.id)), set()).add(path)
    for key, found in campaign.sets.items():
        for page, paths in places_of(found, campaign):
            lacking = sorted(paths - stands.get((page, key), set()))
            if lacking:
                result.wrong.append(f"{found.passage}: {page} lacks {', '.join(lacking)}")
    result.wrong += _entries(campaign, site)
    return result


def _entries(campaign: Campaign, site: Site) -> Iterator[str]:
    """Every declared discrepancy is told once, with both values, the difference and the note; and nothing else is."""
    page = "/thong-ke/doi-soat/"
    told: dict[str, list[list[str]]] = {}
    for entry in site.main(page).all("section[data-discrepancy]"):
        targets = [urljoin(page, link.attributes["href"]) for link in entry.all("dd a")]
        passage = next(target for target in targets if "#so-lieu-" in target)
        told.setdefault(passage, []).append([fact.text for fact in entry.all("dd")])
    for found in campaign.sets.values():
        entries = told.pop(found.passage, [])
        known = found.keys.get("discrepancies", [])
        if len(entries) != len(known):
            yield f"{found.passage}: {len(entries)} discrepancies are told, {len(known)} declared"
            continue
        for one, facts in zip(known, entries, strict=True):
            gap = abs(Decimal(one["stated"]) - Decimal(one["computed"]))
            amounts = (_plain(Decimal(one["stated"])), _plain(Decimal(one["computed"])), _plain(gap))
            if [facts[-5].split()[0], facts[-4].split()[0], facts[-3].split()[0], facts[-2]] != [*amounts, one["note"]]:
                yield f"{found.passage}: the discrepancy is told as {facts}"
    yield from (f"{passage}: a discrepancy of no public set is told" for passage in told)


class _Table:
    """One table on its page."""

    def __init__(self, campaign: Campaign, site: Site, page: str, table: Node, result: Result) -> None:
        self.campaign, self.site, self.page, self.table, self.result = campaign, site, page, table, result
        self.shown: list[tuple[Set, str]] = []

    def disagreements(self) -> Iterator[str]:
        rows = self.table.all("tbody tr")
        keys = [(row.attributes["data-article"], row.attributes["data-figure"]) for row in rows]
        unknown = [f"{'#'.join(key)} is of no public set" for key in keys if key not in self.campaign.sets]
        if unknown:
            yield from unknown
            return
        sets = [self.campaign.sets[key] for key in keys]
        yield from self._mixed(sets)
        for row, found in zip(rows, sets, strict=True):
            yield from (f"{found.passage}: {said}" for said in self._row(row, found))
        if "data-ranked" in self.table.attributes:
            self.result.ranked += 1
            yield from self._ranked(rows, sets)
        for row in self.table.all("tr[data-sum]"):
            self.result.sums += 1
            yield from self._sum(row, rows, sets)

    def _mixed(self, sets: list[Set]) -> Iterator[str]:
        """One measure, kind of count and period over units; one unit and form of period through time."""
        aspects = {
            "measures": {s.keys["measure"] for s in sets},
            "kinds of count": {s.keys.get("count") for s in sets},
        }
        if self.table.attributes["data-over"] == "units":
            aspects["periods"] = {s.period for s in sets}
        else:
            aspects["units"] = {s.keys["unit"] for s in sets}
            aspects["forms of period"] = {s.form for s in sets}
        yield from (f"mixes {len(values)} {name}" for name, values in aspects.items() if len(values) > 1)
        measure = self.campaign.measures[sets[0].keys["measure"]]
        caption = self.table.one("caption").text
        unit = self.campaign.unit_of_measure(sets[0])
        if not (caption.startswith(measure["name"]) and f"(đơn vị tính: {unit})" in caption):
            yield f"the caption is {caption!r}"

    def _row(self, row: Node, found: Set) -> Iterator[str]:
        said = {c.attributes["data-said"]: c.text for c in (*row.all("th[data-said]"), *row.all("td[data-said]"))}
        unit = self.campaign.units[found.keys["unit"]]
        expected = {
            "period": found.period_said,
            "as-of": found.as_of_said,
            "count": COUNTS.get(found.keys.get("count", "")),
        }
        yield from (
            f"{key} is {said.get(key)!r}, not {value!r}" for key, value in expected.items() if said.get(key) != value
        )
        if row.attributes["data-unit"] != unit["slug"] or (
            "unit" in said and f"{unit['kind']} {unit['name']}".lower() not in said["unit"].lower()
        ):
            yield f"stands in the row of {said.get('unit')!r}"
        for cell in row.all("td[data-cell]"):
            path = cell.attributes["data-cell"]
            level = path.split(".")[1] if path.startswith("by_level.") else ""
            if said.get("level", WHOLE) != (LEVELS[level] if level else WHOLE):
                yield f"{path} stands in the row of {said.get('level')}"
            reader = self._computed if "data-computed" in cell.attributes else self._stated
            yield from (f"{path}: {wrong}" for wrong in reader(cell, path, found))

    def _stated(self, cell: Node, path: str, found: Set) -> Iterator[str]:
        """Exactly what the source says, leading to the passage, which holds the number."""
        self.result.cells += 1
        self.shown.append((found, path))
        number = found.numbers.get(path)
        if number is None:
            yield "the set has no such number"
            return
        first = cell.all("a")[0]
        if first.text != number.said:
            yield f"says {first.text!r}, not {number.said!r}"
        target = urljoin(self.page, first.attributes["href"])
        if target != found.passage:
            yield f"leads to {target}"
        elif not _holds(self.site.text_at(target), number.digits):
            yield f"{target} does not hold {number.digits}"
        for doubt in cell.all("a")[1:]:
            entry = self.site.text_at(urljoin(self.page, doubt.attributes["href"]))
            if entry is None or not found.contradicted:
                yield "leads to a discrepancy that is none"

    def _computed(self, cell: Node, path: str, found: Set) -> Iterator[str]:
        """The sum of numbers of its own set that its links say, all exact; the source does not give it."""
        self.result.computed += 1
        if path in found.numbers:
            yield "is stated, not computed"
        if "tính từ báo cáo" not in cell.text:
            yield "does not say that it is computed"
        values = []
        for link in cell.all("a"):
            target = urljoin(self.page, link.attributes["href"])
            same = [n for n in found.numbers.values() if n.said == link.text and n.exact]
            if target != found.passage or not same or not _holds(self.site.text_at(target), same[0].digits):
                yield f"the component {link.text!r} is none"
                return
            values.append(same[0].value)
        if len(values) < 2 or cell.text.split()[0] != _plain(sum(values, Decimal(0))):
            yield f"says {cell.text!r}"

    def _ranked(self, rows: Sequence[Node], sets: list[Set]) -> Iterator[str]:
        """By value, the largest first; only what is of one stated period, each unit once, exact and not in doubt."""
        whole = [(s, tr) for s, tr in zip(sets, rows, strict=True) if tr is _first_row_of(tr, rows)]
        units = [found.keys["unit"] for found, _ in whole]
        levels = {self.campaign.units[unit]["level"] for unit in units}
        if len(units) < 2 or len(set(units)) != len(units) or len(levels) != 1 or whole[0][0].period[2] == "unstated":
            yield f"ranks {units}"
        columns = [head.attributes["data-column"] for head in self.table.all("th[data-column]")]
        index = columns.index(self.table.attributes["data-ranked"])
        values = []
        for found, row in whole:
            cell = [td for td in row.all("td") if "data-said" not in td.attributes][index]
            number = found.numbers.get(cell.attributes.get("data-cell", ""))
            if number and (not number.exact or len(cell.all("a")) > 1):
                yield f"ranks {found.passage}, which is not sound"
            parts = [_value(link.text, found) for link in cell.all("a")]
            values.append(number.value if number else sum(parts, Decimal(0)))
        if values != sorted(values, reverse=True):
            yield f"ranks {values}"

    def _sum(self, row: Node, rows: Sequence[Node], sets: list[Set]) -> Iterator[str]:
        """Only over one stated period that is no average, of no rate, of units apart, each once, all exact."""
        whole = [found for found, tr in zip(sets, rows, strict=True) if tr is _first_row_of(tr, rows)]
        units = [found.keys["unit"] for found in whole]
        measure = self.campaign.unit_of_measure(whole[0])
        if whole[0].period[2] in ("average", "unstated") or self.table.attributes["data-over"] != "units":
            yield "adds what has no common period"
        if measure in ("%", "‰") or "/" in measure:
            yield f"adds {measure}"
        if len(units) < 2 or len(set(units)) != len(units):
            yield f"adds {units}"
        if row.one("th").text != f"Cộng {len(units)} đơn vị có báo cáo":
            yield f"the sum is called {row.one('th').text!r}"
        yield from (f"adds {one}, which lies in {two}" for one in units for two in units if two in self._above(one))
        columns = [head.attributes["data-column"] for head in self.table.all("th[data-column]")]
        cells = [child for child in row.children if isinstance(child, Node) and child.tag == "td"]
        for index, column in enumerate(columns):
            cell = cells[index]
            if "data-cell" not in cell.attributes:
                continue
            yield from self._added(cell, column, index, [tr for tr in rows if tr is _first_row_of(tr, rows)], whole)

    def _added(self, cell: Node, column: str, index: int, rows: list[Node], sets: list[Set]) -> Iterator[str]:
        if not column.startswith(ADDED) or "tính từ báo cáo" not in cell.text:
            yield f"{column} is added"
        total = Decimal(0)
        for row, found in zip(rows, sets, strict=True):
            part = [td for td in row.all("td") if "data-said" not in td.attributes][index]
            path = part.attributes.get("data-cell", "")
            number = found.numbers.get(path)
            if number is not None:
                doubted = len(part.all("a")) > 1
                if doubted or not number.exact:
                    yield f"{column} of {found.passage} is added and not sound"
                total += number.value
            elif "data-computed" in part.attributes:
                total += sum((_value(link.text, found) for link in part.all("a")), Decimal(0))
            else:
                yield f"{column} of {found.passage} is added and not there"
        if cell.text.split()[0] != _plain(total):
            yield f"{column} says {cell.text!r}, not {_plain(total)}"
        for link in cell.all("a"):
            text = self.site.text_at(urljoin(self.page, link.attributes["href"]))
            if not _holds(text, re.findall(r"[\d.,]+", link.text)[0]):
                yield f"the component {link.text} of {column} leads to no passage that holds it"

    def _above(self, unit: str) -> set[str]:
        found: set[str] = set()
        waiting = [unit]
        while waiting:
            for parent in self.campaign.units[waiting.pop()].get("parents", ()):
                if parent["slug"] not in found:
                    found.add(parent["slug"])
                    waiting.append(parent["slug"])
        return found


def _first_row_of(row: Node, rows: Sequence[Node]) -> Node:
    """A set may stand in several rows, one for each level; the first is the set as a whole."""
    key = (row.attributes["data-article"], row.attributes["data-figure"])
    return next(r for r in rows if (r.attributes["data-article"], r.attributes["data-figure"]) == key)


def _value(said: str, found: Set) -> Decimal:
    """Of a component; what is none is told where its cell is read."""
    return next((n.value for n in found.numbers.values() if n.said == said), Decimal(0))


def _plain(value: Decimal) -> str:
    normal = f"{value:f}"
    return vietnamese(normal.rstrip("0").rstrip(".") if "." in normal else normal)


def _holds(text: str | None, digits: str) -> bool:
    """The number stands in the text as a whole, not as a part of a longer one."""
    return text is not None and re.search(rf"(?<![\d.,]){re.escape(digits)}(?!\d|[.,]\d)", text) is not None
