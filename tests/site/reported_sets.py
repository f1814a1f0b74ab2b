"""Figure sets as editors wrote them, read anew from their files: for recount_reported.py.

Imports nothing of the portal: the rules are those of the content contract, each function names the one it follows.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from decimal import Decimal
from functools import cached_property
from pathlib import Path
from typing import Any

import yaml

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
        digits = vietnamese(written)
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
        digits = vietnamese(share["percent"])
        yield f"shares.{index}", Number(f"{digits} %", digits, Decimal(share["percent"]), True)
    for index, change in enumerate(figure.get("changes", ())):
        written = change.get("by", change.get("percent"))
        digits = vietnamese(written.removeprefix("-"))
        sign = "−" if written.startswith("-") else "+"
        said = f"{sign}{digits}" + (" %" if "percent" in change else "")
        yield f"changes.{index}", Number(said, digits, Decimal(written), True)


def _factor(unit: str, units: dict) -> Decimal:
    found = units[unit]
    return Decimal(found["factor"]) * _factor(found["base"], units) if "base" in found else Decimal(1)


def vietnamese(written: str) -> str:
    whole, _, fraction = written.partition(".")
    return f"{int(whole):,}".replace(",", ".") + (f",{fraction}" if fraction else "")


# --- where a set must stand ---------------------------------------------------


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
