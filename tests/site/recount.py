"""Counts every table of the statistics anew, from the editors' files, and compares the built HTML.

Imports nothing of the portal: what it agrees with was reached on two ways. The rules are
those of the content contract; each function names the one it follows.
"""

from __future__ import annotations

from calendar import monthrange
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from html.parser import HTMLParser
from pathlib import Path
from typing import Any, TypeVar

import yaml

STATUSES = (
    "reported",
    "registered",
    "appraised",
    "recognised",
    "exemplary",
    "replicated",
    "maintained",
    "paused",
    "stopped",
)
NEVER_PUBLIC = ("proposed", "rejected")
LEVELS = ("province", "district", "commune")
KINDS = ("collective", "individual")
UNKNOWN = "unknown"
TOTAL = "total"
OWN = "own"
REPORT = "report"  # the column with a letter about the row; it counts nothing
NOTHING_KNOWN = "–"  # shown where nothing is unknown: "not known" is never a zero

AWARDS = "thong-ke/khen-thuong/"

Place = tuple[str, str, str]  # page, scope, table


# --- what editors wrote -------------------------------------------------------


@dataclass(frozen=True)
class Campaign:
    """The registers and public profiles, as plain text from YAML."""

    units: dict[str, dict[str, Any]]
    fields: dict[str, dict[str, Any]]
    profiles: dict[str, dict[str, Any]]  # by path

    def without(self, path: str) -> Campaign:
        return replace(self, profiles={other: profile for other, profile in self.profiles.items() if other != path})


def read_campaign(root: Path) -> Campaign:
    """Every profile but drafts and the never public ones; every scalar stays text."""
    written = {
        path.relative_to(root).as_posix(): _front_matter(path)
        for path in sorted((root / "docs/mo-hinh").rglob("*.md"))
        if path.name != "_intro.md"
    }
    public = {
        path: profile
        for path, profile in written.items()
        if profile.get("draft") != "true" and profile["status"] not in NEVER_PUBLIC
    }
    return Campaign(_register(root / "data/units.yml"), _register(root / "data/fields.yml"), public)


def _register(file: Path) -> dict[str, dict[str, Any]]:
    return {entry["slug"]: entry for entry in _yaml(file.read_text(encoding="utf-8")) or []}


def _front_matter(file: Path) -> dict[str, Any]:
    return _yaml(file.read_text(encoding="utf-8").split("\n---", 1)[0])


def _yaml(text: str) -> Any:
    return yaml.load(text, Loader=yaml.BaseLoader)


# --- when and where a model was -----------------------------------------------


def year_of(profile: dict[str, Any]) -> str:
    """That of `started`, else of the first dated history entry, else unknown."""
    said = _when(profile)
    return said[:4] if said else UNKNOWN


def _when(profile: dict[str, Any]) -> str:
    if "started" in profile:
        return profile["started"]
    return next((entry["date"] for entry in profile.get("history", ()) if entry.get("date")), "")


def units_of(profile: dict[str, Any], campaign: Campaign) -> list[str]:
    """Its unit and all above it at the model's date, lowest first."""
    unit = campaign.units[profile["unit"]]
    day = _day_of(profile, unit)
    chain = [unit["slug"]]
    while above := parent_on(campaign.units[chain[-1]], day):
        chain.append(above)
    return chain


def _day_of(profile: dict[str, Any], unit: dict[str, Any]) -> date | None:
    """started, else first history entry, else reported_at. Of a year or month: the first day the unit existed."""
    said = _when(profile)
    if not said:
        return _first_day(profile["reported_at"]) if "reported_at" in profile else None
    begins = _first_day(unit["valid_from"]) if "valid_from" in unit else date.min
    ends = _first_day(unit["valid_to"]) if "valid_to" in unit else date.max
    day = max(_first_day(said), begins)
    return day if day <= min(_last_day(said), ends) else _first_day(said)


def parent_on(unit: dict[str, Any], day: date | None) -> str:
    """The unit above on that day; without a day the last one known, in whatever order they are written."""
    parents = unit.get("parents", [])
    if day is None:
        return max(parents, key=_span)["slug"] if parents else ""
    return next((parent["slug"] for parent in parents if _span(parent)[0] <= day <= _span(parent)[1]), "")


def _span(parent: dict[str, Any]) -> tuple[date, date]:
    return (
        _first_day(parent["from"]) if "from" in parent else date.min,
        _first_day(parent["to"]) if "to" in parent else date.max,
    )


def _first_day(said: str) -> date:
    year, month, day = (*map(int, said.split("-")), 1, 1)[:3]
    return date(year, month, day)


def _last_day(said: str) -> date:
    parts = [int(part) for part in said.split("-")]
    if len(parts) == 3:
        return date(*parts)
    month = parts[1] if len(parts) == 2 else 12
    return date(parts[0], month, monthrange(parts[0], month)[1])


# --- the tables that must be there --------------------------------------------


@dataclass(frozen=True)
class Table:
    """A table as it must be or as it is: keys of columns and rows in order, and the text of every cell."""

    columns: tuple[str, ...]
    rows: tuple[str, ...]
    cells: dict[tuple[str, str], str]
    heads: dict[str, str] = field(default_factory=dict)  # words that the head of a row or column must hold


C = TypeVar("C")


@dataclass(frozen=True)
class _Model:
    units: list[str]
    field: str
    status: str
    level: str
    kind: str
    year: str
    milestones: tuple[tuple[str, str], ...]  # year and status of each entry of its history


def tables_of(campaign: Campaign) -> dict[Place, Table]:
    """Every table the site must have: the campaign's, those of each unit that counts a model, of each field that has one."""
    models = [_model(profile, campaign) for profile in campaign.profiles.values()]
    found = {
        ("thong-ke/", "campaign", name): table for name, table in _full(models, lambda model: model.units[-1], campaign)
    }
    for unit in campaign.units:
        counted = [model for model in models if unit in model.units]
        if counted:
            under = _row_under(unit)
            found |= {
                (f"thong-ke/dia-ban/{unit}/", f"unit:{unit}", name): table
                for name, table in _full(counted, under, campaign)
            }
    for term in campaign.fields:
        counted = [model for model in models if model.field == term]
        if counted:
            found |= {
                (f"thong-ke/linh-vuc/{term}/", f"field:{term}", name): table
                for name, table in _of_field(counted, campaign)
            }
    return found


def _model(profile: dict[str, Any], campaign: Campaign) -> _Model:
    known = (profile.get(key, UNKNOWN) for key in ("field", "status", "level", "kind"))
    return _Model(units_of(profile, campaign), *known, year_of(profile), tuple(_milestones(profile)))


def _milestones(profile: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Every entry of a history counts in its year; proposals do not, as models that are only proposed are not public."""
    for entry in profile.get("history", ()):
        if entry["status"] not in NEVER_PUBLIC:
            yield entry["date"][:4], entry["status"]


def _row_under(unit: str) -> Callable[[_Model], str]:
    """What a unit counts stands in the row of the unit next below it, or in the row of its own."""
    return lambda model: OWN if model.units[0] == unit else model.units[model.units.index(unit) - 1]


def _full(models: Sequence[_Model], row: Callable[[_Model], str], campaign: Campaign) -> Iterator[tuple[str, Table]]:
    fields = (*campaign.fields, UNKNOWN)
    rows = _unit_rows(models, row, campaign)
    yield "theo-linh-vuc", _count(models, rows, fields, row, lambda model: model.field, campaign)
    yield from _by_unit(models, rows, row, campaign)
    yield (
        "linh-vuc-theo-nam",
        _count(models, fields, _years(models), lambda model: model.field, lambda model: model.year, campaign),
    )
    yield "nam-theo-trang-thai", _by_year(models, campaign)
    yield from _by_milestone(models, campaign)


def _by_year(models: Sequence[_Model], campaign: Campaign) -> Table:
    """Each model once, in its year; what it is now, not what it was then."""
    return _count(models, _years(models), STATUSES, lambda model: model.year, lambda model: model.status, campaign)


def _by_milestone(models: Sequence[_Model], campaign: Campaign) -> Iterator[tuple[str, Table]]:
    """Only where there is an entry; years without one have no row."""
    entries = [entry for model in models for entry in model.milestones]
    if entries:
        years = sorted({year for year, _ in entries})
        yield "moc-theo-nam", _count(entries, years, STATUSES, lambda entry: entry[0], lambda entry: entry[1], campaign)


def _of_field(models: Sequence[_Model], campaign: Campaign) -> Iterator[tuple[str, Table]]:
    def row(model: _Model) -> str:
        return model.units[-1]

    rows = _unit_rows(models, row, campaign)
    yield from _by_unit(models, rows, row, campaign)
    yield "dia-ban-theo-nam", _count(models, rows, _years(models), row, lambda model: model.year, campaign)
    yield "nam-theo-trang-thai", _by_year(models, campaign)
    yield from _by_milestone(models, campaign)


def _by_unit(
    models: Sequence[_Model], rows: Sequence[str], row: Callable[[_Model], str], campaign: Campaign
) -> Iterator[tuple[str, Table]]:
    yield "theo-trang-thai", _count(models, rows, STATUSES, row, lambda model: model.status, campaign)
    yield "theo-cap", _count(models, rows, (*LEVELS, UNKNOWN), row, lambda model: model.level, campaign)
    yield "theo-loai", _count(models, rows, (*KINDS, UNKNOWN), row, lambda model: model.kind, campaign)


def _unit_rows(models: Sequence[_Model], row: Callable[[_Model], str], campaign: Campaign) -> list[str]:
    present = {row(model) for model in models}
    return [key for key in (OWN, *campaign.units) if key in present]


def _years(models: Sequence[_Model]) -> list[str]:
    return [*sorted({model.year for model in models} - {UNKNOWN}), UNKNOWN]


def _count(
    counted: Sequence[C],
    rows: Sequence[str],
    columns: Sequence[str],
    row: Callable[[C], str],
    column: Callable[[C], str],
    campaign: Campaign,
) -> Table:
    numbers: Counter[tuple[str, str]] = Counter()
    for one in counted:
        for of_row in (row(one), TOTAL):
            for of_column in (column(one), TOTAL):
                numbers[of_row, of_column] += 1
    all_rows, all_columns = (*rows, TOTAL), (*columns, TOTAL)
    cells = {(r, c): _said(numbers[r, c], unknown=UNKNOWN in (r, c)) for r in all_rows for c in all_columns}
    names = {
        key: _name(entry)
        for key, entry in (*campaign.units.items(), *campaign.fields.items())
        if key in (*rows, *columns)
    }
    return Table(all_columns, all_rows, cells, names)


def _name(entry: dict[str, Any]) -> str:
    return entry.get("short", entry["name"])


def _said(number: int, *, unknown: bool) -> str:
    """As Vietnamese readers write a number: 3372 is 3.372."""
    return NOTHING_KNOWN if unknown and number == 0 else f"{number:,}".replace(",", ".")


# --- the tables that are there ------------------------------------------------


class _Reader(HTMLParser):
    """Collects the tables with `data-table` of one page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.page = page
        self.found: list[tuple[Place, Table]] = []
        self._place: Place | None = None
        self._columns: list[str] = []
        self._rows: list[str] = []
        self._cells: dict[tuple[str, str], str] = {}
        self._heads: dict[str, str] = {}
        self._row: str | None = None
        self._cell: str | None = None
        self._words: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attrs}
        if tag == "table":
            if "data-table" in said:
                self._place = (self.page, said.get("data-scope", ""), said["data-table"])
                self._columns, self._rows, self._cells, self._heads = [], [], {}, {}
        elif self._place and tag == "tr":
            self._row = said.get("data-key")
            if self._row is not None:
                self._rows.append(self._row)
        elif self._place and tag in ("th", "td"):
            self._cell, self._words = said.get("data-key"), []
            if tag == "th" and self._cell not in (None, REPORT):
                self._columns.append(self._cell)

    def handle_data(self, data: str) -> None:
        self._words.append(data)

    def handle_endtag(self, tag: str) -> None:
        if self._place is None:
            return
        text = " ".join("".join(self._words).split())
        if tag == "th":
            key = self._cell if self._cell is not None else self._row
            if key is not None:
                self._heads[key] = text
        elif tag == "td" and self._cell != REPORT:
            key = (self._row or "", self._cell or "")
            # Two cells under one key can't both be right; keep it visible.
            self._cells[key] = f"{self._cells[key]} + {text}" if key in self._cells else text
        elif tag == "table":
            self.found.append((self._place, Table(tuple(self._columns), tuple(self._rows), self._cells, self._heads)))
            self._place = None


Found = dict[Place, Table]


def read_page(page: str, html: str) -> list[tuple[Place, Table]]:
    reader = _Reader(page)
    reader.feed(html)
    reader.close()
    return reader.found


def read_site(folder: Path) -> tuple[Found, list[str]]:
    """Every marked table of every HTML page of a site; and the disagreements that reading alone shows.
    The tables of awards are recounted in recount_merits."""
    found: Found = {}
    twice: list[str] = []
    for file in sorted(folder.rglob("index.html")):
        html = file.read_text(encoding="utf-8")
        if "data-table" not in html:
            continue
        page = file.relative_to(folder).as_posix().removesuffix("index.html")
        if page.startswith(AWARDS):
            continue
        for place, table in read_page(page, html):
            if place in found:
                twice.append(f"{_at(place)}: stands there twice")
            found[place] = table
    return found, twice


# --- comparing ----------------------------------------------------------------


@dataclass(frozen=True)
class Result:
    """What was compared, and every disagreement in words."""

    tables: int
    cells: int
    disagreements: tuple[str, ...]

    def __str__(self) -> str:
        return f"{self.tables} tables, {self.cells} cells compared, {len(self.disagreements)} disagree"


def compare(campaign: Campaign, found: Found, known: Sequence[str] = ()) -> Result:
    """Every cell of every table, both ways: what must be there, and what is there."""
    expected = tables_of(campaign)
    wrong = [*known]
    wrong += [f"{_at(place)}: missing" for place in expected if place not in found]
    wrong += [f"{_at(place)}: not expected" for place in found if place not in expected]
    both = [place for place in expected if place in found]
    for place in both:
        wrong += [f"{_at(place)}: {said}" for said in _differences(expected[place], found[place])]
    return Result(len(both), sum(len(expected[place].cells) for place in both), tuple(wrong))


def recount(root: Path) -> Result:
    """The editors' files under `root` against the pages in root/site."""
    found, twice = read_site(root / "site")
    return compare(read_campaign(root), found, twice)


def _differences(expected: Table, found: Table) -> Iterator[str]:
    if found.columns != expected.columns:
        yield f"columns {found.columns}, not {expected.columns}"
    if found.rows != expected.rows:
        yield f"rows {found.rows}, not {expected.rows}"
    for key, words in expected.heads.items():
        if words not in found.heads.get(key, ""):
            yield f"the head of {key} is {found.heads.get(key)!r}, without {words!r}"
    for row, column in sorted(expected.cells.keys() | found.cells.keys()):
        said, counted = found.cells.get((row, column)), expected.cells.get((row, column))
        if said != counted:
            yield f"{row} × {column} says {said}, counted {counted}"


def _at(place: Place) -> str:
    page, scope, table = place
    return f"/{page} [{scope}] {table}"
