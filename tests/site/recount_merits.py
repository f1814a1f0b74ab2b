"""Counts awards and evaluations anew from the editors' files, and reads their tables and rolls in the built HTML.

Imports nothing of the portal; each function names the rule of the content contract it follows.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

import yaml
from html_tree import Node, read_main
from recount import Campaign, read_campaign, read_page, units_of

ROLLS = "thong-ke/khen-thuong/"
LEVELS = {"central": "cấp trung ương", "province": "cấp tỉnh", "district": "cấp huyện", "commune": "cấp xã"}
RECIPIENTS = {"collective": "tập thể", "individual": "cá nhân", "": "không rõ tập thể hay cá nhân"}
KINDS = ("collective", "individual", "unknown")
PER_PAGE = 100

Cells = dict[tuple[str, str], int]  # by row and column, without the sums


@dataclass
class Result:
    """What was compared, and every disagreement in words."""

    tables: int = 0
    cells: int = 0
    honours: int = 0
    evaluations: int = 0
    wrong: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        return (
            f"{self.tables} tables of awards with {self.cells} cells, {self.honours} lines of rolls, "
            f"{self.evaluations} evaluations compared, {len(self.wrong)} disagree"
        )


@dataclass(frozen=True)
class Award:
    keys: dict[str, str]
    profile: dict[str, Any]
    units: list[str]  # of the profile at its time, lowest first

    @property
    def recipient(self) -> str:
        return self.keys.get("recipient", "unknown")


def recount(root: Path) -> Result:
    """The editors' files under `root` against the pages in root/site."""
    return compare(root, read_campaign(root), read_pages(root / "site"))


def read_pages(site: Path) -> dict[str, str]:
    """The HTML of every page that may hold awards or evaluations, by its address without the first slash."""
    files = [file for part in (ROLLS, "tieu-chi/", "mo-hinh/") for file in sorted((site / part).rglob("index.html"))]
    return {f.relative_to(site).as_posix().removesuffix("index.html"): f.read_text(encoding="utf-8") for f in files}


def compare(root: Path, campaign: Campaign, pages: dict[str, str]) -> Result:
    result = Result()
    _compare_awards(root, campaign, pages, result)
    _compare_evaluations(root, campaign, pages, result)
    return result


# --- awards ---------------------------------------------------------------------


def awards_of(campaign: Campaign) -> list[Award]:
    """Of every public profile, whatever unit or year."""
    return [
        Award(keys, profile, units_of(profile, campaign))
        for profile in campaign.profiles.values()
        for keys in profile.get("awards", [])
    ]


def scopes(campaign: Campaign) -> dict[str, tuple[str, list[Award]]]:
    """By page: everything, even when it is nothing; each unit that counts an award; each year that has one."""
    awards = awards_of(campaign)
    found = {ROLLS: ("awards", awards)}
    for unit in campaign.units:
        if inside := [award for award in awards if unit in award.units]:
            found[f"{ROLLS}dia-ban/{unit}/"] = (f"awards:unit:{unit}", inside)
    for year in sorted({award.keys["year"] for award in awards}):
        inside = [award for award in awards if award.keys["year"] == year]
        found[f"{ROLLS}nam/{year}/"] = (f"awards:year:{year}", inside)
    return found


def tables_of(scope: str, awards: list[Award]) -> dict[str, Cells]:
    """By form and level, and by place, each with its recipients; over several years also by year."""
    kind, _, name = scope.removeprefix("awards").lstrip(":").partition(":")

    def place(award: Award) -> str:
        at = award.units.index(name) if kind == "unit" else len(award.units)
        return award.units[at - 1] if at else "own"

    def count(row: Callable[[Award], str], column: Callable[[Award], str]) -> Cells:
        return dict(Counter((row(award), column(award)) for award in awards))

    tables = {
        "khen-thuong-hinh-thuc": count(lambda a: f"{_slug(a.keys['title'])}.{a.keys['level']}", lambda a: a.recipient),
        "khen-thuong-dia-ban": count(place, lambda a: a.recipient),
        "khen-thuong-nam": count(lambda a: a.keys["year"], lambda a: a.recipient),
        "khen-thuong-dia-ban-nam": count(place, lambda a: a.keys["year"]),
    }
    if kind == "year":
        return {key: tables[key] for key in ("khen-thuong-hinh-thuc", "khen-thuong-dia-ban")}
    return tables if awards else {}


def _compare_awards(root: Path, campaign: Campaign, pages: dict[str, str], result: Result) -> None:
    expected = scopes(campaign)
    there = {page for page in pages if page.startswith(ROLLS) and "/trang/" not in page}
    result.wrong += [f"/{page}: missing" for page in expected if page not in there]
    result.wrong += [f"/{page}: not expected" for page in there if page not in expected]
    documents = _documents(root)
    for page in sorted(there & expected.keys()):
        scope, awards = expected[page]
        _compare_tables(page, scope, awards, pages[page], result)
        _compare_roll(page, [(a.keys, _line(a, campaign, documents)) for a in awards], pages, result)


def _compare_tables(page: str, scope: str, awards: list[Award], html: str, result: Result) -> None:
    found = {name: (of, table) for (_, of, name), table in read_page(page, html)}
    expected = tables_of(scope, awards)
    if found.keys() != expected.keys():
        result.wrong.append(f"/{page}: tables {sorted(found)}, not {sorted(expected)}")
    for name in found.keys() & expected.keys():
        of, table = found[name]
        if of != scope:
            result.wrong.append(f"/{page} {name}: of {of}, not {scope}")
        wanted = _with_sums(expected[name], name)
        result.tables, result.cells = result.tables + 1, result.cells + len(wanted)
        result.wrong += _differences(f"/{page} {name}", wanted, table.cells)


def _with_sums(cells: Cells, name: str) -> dict[tuple[str, str], str]:
    """Every cell of the table as readers see it: a row and a column of sums; nothing unknown is a dash."""
    rows = {row for row, _ in cells}
    columns = {column for _, column in cells} if name.endswith("-nam") and "dia-ban" in name else set(KINDS)
    numbers: Counter[tuple[str, str]] = Counter()
    for (row, column), count in cells.items():
        for to in ((row, column), (row, "total"), ("total", column), ("total", "total")):
            numbers[to] += count
    return {
        (row, column): "–" if column == "unknown" and not numbers[row, column] else _said(Decimal(numbers[row, column]))
        for row in (*rows, "total")
        for column in (*columns, "total")
    }


def _differences(at: str, wanted: dict[tuple[str, str], str], found: dict[tuple[str, str], str]) -> Iterator[str]:
    for cell in sorted(wanted.keys() | found.keys()):
        if wanted.get(cell) != found.get(cell):
            yield f"{at} {cell[0]} × {cell[1]} says {found.get(cell)}, counted {wanted.get(cell)}"


def _line(award: Award, campaign: Campaign, documents: dict[str, str]) -> str:
    """Form, level, model, the unit the profile names (never its successor), recipient, signer and document."""
    keys, unit = award.keys, campaign.units[award.profile["unit"]]
    said = [
        f"{keys['title']}, {LEVELS[keys['level']]}: {award.profile['title']}, {unit['kind']} {unit['name']}",
        RECIPIENTS[keys.get("recipient", "")],
        f"người ký: {keys.get('by', 'không rõ')}",
    ]
    return "; ".join([*said, *([documents[keys["document"]]] if "document" in keys else [])])


def _compare_roll(
    page: str, expected: Sequence[tuple[dict[str, str], str]], pages: dict[str, str], result: Result
) -> None:
    """Every award once over all pages of the roll, the newest year first, of one year the highest level first."""
    later = sorted((p for p in pages if re.fullmatch(re.escape(page) + r"trang/\d+/", p)), key=_number)
    numbers = [1, *(_number(p) for p in later)]
    last = max(1, -(-len(expected) // PER_PAGE))
    if numbers != list(range(1, last + 1)):
        result.wrong.append(f"/{page}: pages {numbers} for {len(expected)} awards")
    result.wrong += _pagers({number: pages[p] for number, p in zip(numbers, (page, *later), strict=True)}, page)
    found = [line for p in (page, *later) for line in _roll(p, pages[p], result)]
    result.honours += len(found)
    by_text = Counter(f"{keys['year']} {line}" for keys, line in expected)
    read = Counter(f"{year} {line}" for year, line in found)
    result.wrong += [f"/{page}: {n} × missing: {line}" for line, n in sorted((by_text - read).items())]
    result.wrong += [f"/{page}: {n} × not expected: {line}" for line, n in sorted((read - by_text).items())]
    level_of = {f"{keys['year']} {line}": list(LEVELS).index(keys["level"]) for keys, line in expected}
    order = [(-int(year), level_of.get(f"{year} {line}", 0)) for year, line in found]
    if order != sorted(order):
        result.wrong.append(f"/{page}: not in order")
    totals = Counter(keys["year"] for keys, _ in expected)
    for p in (page, *later):
        for head in read_main(pages[p]).all("section[data-list=roll] h3"):
            year = head.text.split()[1]
            if head.text != f"Năm {year} ({_said(Decimal(totals[year]))})":
                result.wrong.append(f"/{p}: the heading is {head.text!r}")


def _pagers(htmls: dict[int, str], page: str) -> Iterator[str]:
    """A roll of one page has no pager; each of several says where it is and leads to the pages before and after."""
    addresses = {number: f"/{page}" if number == 1 else f"/{page}trang/{number}/" for number in htmls}
    for number, html in htmls.items():
        found = read_main(html).all("nav.portal-pager")
        if len(found) != (len(htmls) > 1):
            yield f"{addresses[number]}: {len(found)} pagers"
        for pager in found:
            current = pager.one("[aria-current=page]").text
            near = {urljoin(addresses[number], a.attributes["href"]) for a in pager.all("a[rel]")}
            if current != str(number) or near != {addresses[n] for n in (number - 1, number + 1) if n in addresses}:
                yield f"{addresses[number]}: the pager stands at {current} and leads to {sorted(near)}"


def _number(page: str) -> int:
    return int(page.rstrip("/").rsplit("/", 1)[1])


def _roll(page: str, html: str, result: Result) -> Iterator[tuple[str, str]]:
    """The lines of one page, each under its year."""
    for section in read_main(html).all("section[data-list=roll]"):
        blocks = [child for child in section.children if isinstance(child, Node) and child.tag in ("h3", "ul")]
        if [block.tag for block in blocks] != ["h3", "ul"] * (len(blocks) // 2):
            result.wrong.append(f"/{page}: years and lists do not alternate")
        for head, lines in zip(blocks[::2], blocks[1::2], strict=True):
            yield from ((head.text.split()[1], line.text) for line in lines.all("li"))


def _documents(root: Path) -> dict[str, str]:
    """How a document is cited: its name, day and issuer."""
    cited = {}
    for document in _yaml(root / "data/documents.yml") or []:
        kind, number = document["kind"], document.get("number")
        name = f"{kind} {number}" if number else f"{kind}: {document['title']}"
        day = f", ngày {_day(document['issued'])}" if "issued" in document else ""
        cited[document["slug"]] = f"{name}{day}, {document['issuer']}"
    return cited


# --- evaluations ------------------------------------------------------------------


def outcome(evaluation: dict[str, Any], criteria: dict[str, Any]) -> str:
    """A sum is a total only when every item that has points is scored; of a set with points on some items it says so."""
    points = {score["item"]: Decimal(score["points"]) for score in evaluation["scores"]}
    most = {item["id"]: Decimal(item["max_points"]) for item in criteria["items"] if "max_points" in item}
    said = _said(sum(points.values(), Decimal(0))) + " / " + _said(sum((most[item] for item in points), Decimal(0)))
    every = len(most) == len(criteria["items"])
    if points.keys() == most.keys():
        if every:
            return f"Tổng điểm: {said}"
        among = f"{len(most)} trong {len(criteria['items'])} tiêu chí, là các tiêu chí có điểm tối đa"
        return f"Tổng điểm: {said}, tính trên {among}"
    among = f"{len(most)} tiêu chí" if every else f"{len(most)} tiêu chí có điểm tối đa"
    return f"Mới chấm {len(points)} trong {among}, được {said}: chưa phải tổng điểm"


def _compare_evaluations(root: Path, campaign: Campaign, pages: dict[str, str], result: Result) -> None:
    sets = {file.stem: _yaml(file) for file in sorted((root / "data/criteria").glob("*.yml"))}
    there = {page for page in pages if page.startswith("tieu-chi/")}
    wanted = {"tieu-chi/", *(f"tieu-chi/{slug}/" for slug in sets)}
    result.wrong += [f"/{page}: on one side alone" for page in sorted(there ^ wanted)]
    scored: dict[str, list[tuple[str, ...]]] = {slug: [] for slug in sets}
    for path, profile in campaign.profiles.items():
        page = path.removeprefix("docs/").removesuffix(".md") + "/"
        evaluation = profile.get("evaluation")
        tables = read_main(pages[page]).all("table[data-evaluation]")
        if evaluation is None:
            result.wrong += [f"/{page}: an evaluation that nobody wrote" for _ in tables]
            continue
        criteria = sets[evaluation["criteria"]]
        result.evaluations += 1
        result.wrong += [f"/{page}: {said}" for said in _of_profile(evaluation, criteria, tables)]
        unit = campaign.units[profile["unit"]]
        day = evaluation.get("date", "")
        row = (profile["title"], f"{unit['kind']} {unit['name']}", _day(day) if day else "không rõ")
        row = (*row, evaluation.get("by", "không rõ"), outcome(evaluation, criteria))
        scored[evaluation["criteria"]].append((day, *row))
    for slug in sets.keys() & {page.split("/")[1] for page in there}:
        result.wrong += [
            f"/tieu-chi/{slug}/: {s}" for s in _of_set(sets[slug], scored[slug], pages[f"tieu-chi/{slug}/"])
        ]


def _of_profile(evaluation: dict[str, Any], criteria: dict[str, Any], tables: list[Node]) -> Iterator[str]:
    """Every item of the set in its order; an item left out is not scored, which is not zero; nor is one without points."""
    if len(tables) != 1:
        yield f"{len(tables)} evaluations"
        return
    points = {score["item"]: score["points"] for score in evaluation["scores"]}
    rows = [
        (
            item["id"],
            item["text"],
            _written(points[item["id"]])
            if item["id"] in points
            else ("chưa chấm" if "max_points" in item else "không chấm điểm"),
            _written(item["max_points"]) if "max_points" in item else "–",
        )
        for item in criteria["items"]
    ]
    found = [
        (row.attributes["data-item"], *(cell.text for cell in (row.one("th"), *row.all("td"))))
        for row in tables[0].all("tbody tr")
    ]
    if found != rows:
        yield f"items {found}, not {rows}"
    if tables[0].one("caption").text != outcome(evaluation, criteria):
        yield f"says {tables[0].one('caption').text!r}, not {outcome(evaluation, criteria)!r}"


def _of_set(criteria: dict[str, Any], scored: list[tuple[str, ...]], html: str) -> Iterator[str]:
    """Items in order; the models scored by the set, the latest day first and those without a day last."""
    main = read_main(html)
    items = [node.attributes["data-item"] for node in main.all("[data-criteria] [data-item]")]
    if items != [item["id"] for item in criteria["items"]]:
        yield f"items {items}"
    rows = [
        tuple(cell.text for cell in (row.one("th"), *row.all("td")))
        for row in main.all("table[data-evaluated] tbody tr")
    ]
    if Counter(rows) != Counter(row[1:] for row in scored):
        yield f"models {rows}, not {scored}"
    days = ["-".join(reversed(row[2].split("/"))) if row[2] != "không rõ" else "" for row in rows]
    if days != sorted(days, reverse=True):
        yield f"days {days}"


# --- words ------------------------------------------------------------------------


def _slug(title: str) -> str:
    plain = unicodedata.normalize("NFD", title.lower().replace("đ", "d"))
    return "-".join(re.findall("[a-z0-9]+", "".join(c for c in plain if not unicodedata.combining(c))))


def _said(number: Decimal) -> str:
    """1333.50 of a sum is 1.333,5."""
    text = f"{number:f}"
    return _written(text.rstrip("0").rstrip(".") if "." in text else text)


def _written(number: str) -> str:
    """The points of an item stay as exact as they were written: 4.0 is 4,0."""
    whole, _, fraction = number.partition(".")
    return f"{int(whole):,}".replace(",", ".") + (f",{fraction}" if fraction else "")


def _day(iso: str) -> str:
    return "/".join(reversed(iso.split("-")))


def _yaml(file: Path) -> Any:
    return yaml.load(file.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
