"""Reads every table of reported figures of the built HTML and holds it against the editors' files.

Imports nothing of the portal: the rules are those of the content contract, each function names the one it follows.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta, timezone
from decimal import Decimal
from functools import cached_property
from pathlib import Path
from typing import Any
from urllib.parse import urldefrag, urljoin

import yaml
from html_tree import Node, read_main

VIETNAM = timezone(timedelta(hours=7))
COUNTS = {
    "registered": "đăng ký",
    "built": "đã xây dựng",
    "existing": "hiện có, duy trì",
    "effective": "hoạt động hiệu quả",
    "recognised": "được công nhận",
    "exemplary": "tiêu biểu",
    "replicated": "được nhân rộng",
    "stopped": "đã dừng",
    "commended": "được khen thưởng",
    "unspecified": "nguồn không nói rõ",
}
PERIODS = {"cumulative": " (lũy kế)", "average": " (bình quân)"}
QUALIFIERS = {"over": "trên", "at_least": "ít nhất", "nearly": "gần", "about": "khoảng"}
LEVELS = {"province": "Cấp tỉnh", "district": "Cấp huyện", "commune": "Cấp xã"}
WHOLE = "Chung"
ADDED = ("total", "by_field.", "by_kind.")


# --- what editors wrote -------------------------------------------------------


@dataclass(frozen=True)
class Number:
    """A number as the passage says it, in words and digits; `value` is in the unit of measure of its measure."""

    said: str
    digits: str
    value: Decimal
    exact: bool


@dataclass(frozen=True)
class Set:
    """One figure set of a public article."""

    article: str
    id: str
    keys: dict[str, Any]
    numbers: dict[str, Number]
    published: str

    @cached_property
    def period(self) -> tuple[str, str, str]:
        """First day, last day, and how it was counted: equal for equal periods."""
        said = self.keys["period"]
        if said == "unstated":
            return ("", "", "unstated")
        if isinstance(said, str):
            return (_first(said), _last(said), "span")
        if "as_of" in said:
            return (_first(said["as_of"]), _last(said["as_of"]), "as_of")
        kind = said.get("kind", "range")
        return (_first(said["from"]), _last(said["to"]), "span" if kind == "range" else kind)

    @property
    def form(self) -> str:
        first, last, kind = self.period
        whole_year = first[4:] == "-01-01" and last == f"{first[:4]}-12-31"
        return ("year" if whole_year else "range") if kind == "span" else kind

    @property
    def period_said(self) -> str:
        said = self.keys["period"]
        if said == "unstated":
            return "nguồn không nêu kỳ"
        if isinstance(said, str):
            said = {"from": said, "to": said}
        if "as_of" in said:
            return f"tính đến {_date(said['as_of'])}"
        span = _date(said["from"]) if said["from"] == said["to"] else f"{_date(said['from'])} – {_date(said['to'])}"
        one_year = len(said["from"]) == 4 and said["from"] == said["to"] and "kind" not in said
        return f"năm {span}" if one_year else span + PERIODS.get(said.get("kind", ""), "")

    @property
    def as_of_said(self) -> str:
        """The as-of date, else the end of the period, else the source's date, else that there is none."""
        said = self.keys["period"]
        if said != "unstated":
            end = said if isinstance(said, str) else said.get("as_of") or said["to"]
            return _date(end)
        return f"{_date(self.published[:10])} (ngày của nguồn)" if self.published else "nguồn không ghi ngày"

    @cached_property
    def contradicted(self) -> bool:
        return bool(self.keys.get("discrepancies"))

    @property
    def passage(self) -> str:
        return f"{self.article}#so-lieu-{self.id}"


def _first(said: str) -> str:
    return (said + "-01-01")[:10] if len(said) == 4 else said if len(said) == 10 else said + "-01"


def _last(said: str) -> str:
    if len(said) == 10:
        return said
    year, month = (*map(int, said.split("-")), 12)[:2]
    return date(year, month, monthrange(year, month)[1]).isoformat()


def _date(said: str) -> str:
    return "/".join(reversed(said.split("-")))


@dataclass(frozen=True)
class Campaign:
    units: dict[str, dict[str, Any]]
    measures: dict[str, dict[str, Any]]
    units_of_measure: dict[str, dict[str, Any]]
    sets: dict[tuple[str, str], Set]  # by article and id

    def unit_of_measure(self, found: Set) -> str:
        return self.units_of_measure[self.measures[found.keys["measure"]]["unit_of_measure"]]["name"]


def read_campaign(root: Path, now: datetime) -> Campaign:
    registers = [
        {entry["slug"]: entry for entry in _yaml((root / f"data/{name}.yml").read_text(encoding="utf-8")) or ()}
        for name in ("units", "measures", "units_of_measure")
    ]
    sets = {}
    for file in sorted((root / "docs/tin-tuc").rglob("*.md")):
        if file.name == "_intro.md":
            continue
        keys = _yaml(file.read_text(encoding="utf-8").split("\n---", 1)[0])
        if not _counts(keys, now):
            continue
        address = "/" + file.relative_to(root / "docs").with_suffix("").as_posix() + "/"
        for figure in keys.get("figures", ()):
            published = (keys.get("source") or {}).get("published", "")
            numbers = dict(_numbers(figure, registers[1], registers[2]))
            found = Set(address, _id(figure), figure, numbers, published)
            sets[address, found.id] = found
    return Campaign(registers[0], registers[1], registers[2], sets)


def _counts(keys: dict[str, Any], now: datetime) -> bool:
    """Public and not expired; an archived article's figures stay."""
    if keys.get("status") in ("draft", "review") or _moment(keys.get("publish_at", keys["date"])) > now:
        return False
    return "expires_at" not in keys or _moment(keys["expires_at"]) > now


def _moment(said: str) -> datetime:
    found = datetime.fromisoformat(said)
    return found if found.tzinfo else found.replace(tzinfo=VIETNAM)


def _yaml(text: str) -> Any:
    return yaml.load(text, Loader=yaml.BaseLoader)


def _id(figure: dict[str, Any]) -> str:
    """unit-measure[-count]-period, unless it has its own."""
    said = figure["period"]
    if isinstance(said, dict):
        if "as_of" in said:
            said = f"as-of-{said['as_of']}"
        else:
            said = said["from"] if said["from"] == said["to"] else f"{said['from']}-{said['to']}"
    parts = (figure["unit"], figure["measure"], figure.get("count", ""), said)
    return figure.get("id") or "-".join(part for part in parts if part)


def _numbers(figure: dict[str, Any], measures: dict, units: dict) -> Iterator[tuple[str, Number]]:
    """Every number of a set by the way to it."""
    own = measures[figure["measure"]]["unit_of_measure"]

    def number(written: Any, unit: str | None = None) -> Number:
        qualifier = ""
        if isinstance(written, dict):
            qualifier, unit = written.get("qualifier", ""), written.get("unit_of_measure", unit)
            written = written["value"]
        value = Decimal(written) * _factor(unit or own, units) / _factor(own, units)
        digits = _vietnamese(written)
        words = (QUALIFIERS.get(qualifier, ""), digits, units[unit]["name"] if unit and unit != own else "")
        return Number(" ".join(word for word in words if word), digits, value, not qualifier)

    for key in ("total", "out_of"):
        if key in figure:
            yield key, number(figure[key])
    for key in ("by_field", "by_kind"):
        for slug, written in figure.get(key, {}).items():
            yield f"{key}.{slug}", number(written)
    for level, written in figure.get("by_level", {}).items():
        group = written if isinstance(written, dict) and "value" not in written else {"total": written}
        if "total" in group:
            yield f"by_level.{level}.total", number(group["total"])
        for slug, part in group.get("by_field", {}).items():
            yield f"by_level.{level}.by_field.{slug}", number(part)
    for key in ("merged_fields", "other", "parts", "including"):
        for index, item in enumerate(figure.get(key, ())):
            yield f"{key}.{index}", number(item["value"], item.get("unit_of_measure"))
    for index, share in enumerate(figure.get("shares", ())):
        digits = _vietnamese(share["percent"])
        yield f"shares.{index}", Number(f"{digits} %", digits, Decimal(share["percent"]), True)
    for index, change in enumerate(figure.get("changes", ())):
        written = change.get("by", change.get("percent"))
        digits = _vietnamese(written.removeprefix("-"))
        sign = "−" if written.startswith("-") else "+"
        said = f"{sign}{digits}" + (" %" if "percent" in change else "")
        yield f"changes.{index}", Number(said, digits, Decimal(written), True)


def _factor(unit: str, units: dict) -> Decimal:
    found = units[unit]
    return Decimal(found["factor"]) * _factor(found["base"], units) if "base" in found else Decimal(1)


def _vietnamese(written: str) -> str:
    whole, _, fraction = written.partition(".")
    return f"{int(whole):,}".replace(",", ".") + (f",{fraction}" if fraction else "")


# --- what stands in the pages -------------------------------------------------


@dataclass
class Result:
    """What was compared, and every disagreement in words."""

    tables: int = 0
    cells: int = 0
    computed: int = 0
    sums: int = 0
    wrong: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        return (
            f"{self.tables} tables of reported figures, {self.cells} stated and {self.computed} computed cells, "
            f"{self.sums} sum rows, {len(self.wrong)} disagree"
        )


class Site:
    """The built pages, each read once; `changed` pages stand in the place of the built ones."""

    def __init__(self, folder: Path, changed: dict[str, str] | None = None) -> None:
        self.folder = folder
        self.changed = changed or {}
        self._read: dict[str, Node] = {}
        self._ids: dict[str, dict[str, str]] = {}

    def pages(self) -> Iterator[tuple[str, str]]:
        for file in sorted(self.folder.rglob("*.html")):
            page = "/" + file.relative_to(self.folder).as_posix().removesuffix("index.html")
            yield page, self.changed.get(page, file.read_text(encoding="utf-8"))

    def main(self, page: str) -> Node:
        if page not in self._read:
            html = self.changed.get(page) or (self.folder / page[1:] / "index.html").read_text(encoding="utf-8")
            self._read[page] = read_main(html)
        return self._read[page]

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
    return result


def places_of(found: Set, campaign: Campaign) -> Iterator[tuple[str, set[str]]]:
    """The pages a set stands on, each with the numbers it must show: its unit's, that of the unit above at the time,
    its year's, its level's, and of each field it names what it says of that field."""
    paths, unit = set(found.numbers), campaign.units[found.keys["unit"]]
    yield f"/thong-ke/dia-ban/{unit['slug']}/", paths
    if above := _parent(unit, _day(found, unit)):
        yield f"/thong-ke/dia-ban/{above}/", paths
    year = found.period[1][:4] or "khong-ro"
    yield f"/thong-ke/nam/{year}/", paths
    for level, step in (("province", "tinh"), ("district", "huyen"), ("commune", "xa")):
        inside = {path for path in paths if path.startswith(f"by_level.{level}.")}
        yield f"/thong-ke/cap/{step}/", paths if unit["level"] == level else inside
    merged = [group["fields"] for group in found.keys.get("merged_fields", ())]
    for path in sorted(paths):
        steps = path.split(".")
        named = [steps[-1]] if "by_field" in steps else merged[int(steps[1])] if steps[0] == "merged_fields" else []
        yield from ((f"/thong-ke/linh-vuc/{slug}/", {path}) for slug in named)


def _day(found: Set, unit: dict[str, Any]) -> str:
    """The first day of the period's end on which the unit existed, else its first; unstated: the source's; or none."""
    said = found.keys["period"]
    if said == "unstated":
        return found.published[:10]
    end = said if isinstance(said, str) else said.get("as_of") or said["to"]
    day = max(_first(end), unit.get("valid_from", ""))
    return day if day <= min(_last(end), unit.get("valid_to", "9999")) else _first(end)


def _parent(unit: dict[str, Any], day: str) -> str:
    parents = unit.get("parents", [])
    if not day:
        return max(parents, key=lambda parent: parent.get("from", ""))["slug"] if parents else ""
    return next((p["slug"] for p in parents if p.get("from", "") <= day <= p.get("to", "9999")), "")


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
    return next(n.value for n in found.numbers.values() if n.said == said)


def _plain(value: Decimal) -> str:
    normal = f"{value:f}"
    return _vietnamese(normal.rstrip("0").rstrip(".") if "." in normal else normal)


def _holds(text: str | None, digits: str) -> bool:
    """The number stands in the text as a whole, not as a part of a longer one."""
    return text is not None and re.search(rf"(?<![\d.,]){re.escape(digits)}(?!\d|[.,]\d)", text) is not None
