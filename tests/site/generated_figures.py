"""Figure sets of the made-up campaign, of every shape and kind, each with the paragraph that states its numbers.

What a set says depends on its unit, measure, kind of count and period alone: two articles that report the same
agree, and a source never recognises more than it registered.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from typing import Any

MEASURES: list[dict[str, Any]] = [
    {"slug": "mo-hinh", "name": "Mô hình thử", "aliases": ["mô hình thử"], "unit_of_measure": "mo-hinh"}
    | {"counts_models": True},
    {"slug": "dien-hinh", "name": "Điển hình thử", "aliases": ["điển hình thử"], "unit_of_measure": "dien-hinh"}
    | {"counts_models": True},
    {"slug": "kinh-phi", "name": "Kinh phí thử", "aliases": ["kinh phí thử"], "unit_of_measure": "ty-dong"}
    | {"decimals": 3},
    {"slug": "ngay-cong", "name": "Ngày công", "aliases": ["ngày công"], "unit_of_measure": "ngay"},
    {"slug": "ho-ngheo", "name": "Hộ nghèo", "aliases": ["hộ nghèo"], "unit_of_measure": "phan-tram", "decimals": 1},
    {"slug": "thu-nhap", "name": "Thu nhập", "aliases": ["thu nhập"], "unit_of_measure": "trieu-moi-nguoi"},
]
UNITS_OF_MEASURE: list[dict[str, Any]] = [
    {"slug": "dong", "name": "đồng"},
    {"slug": "trieu-dong", "name": "triệu đồng", "base": "dong", "factor": 1000000},
    {"slug": "ty-dong", "name": "tỷ đồng", "base": "dong", "factor": 1000000000},
    {"slug": "mo-hinh", "name": "mô hình"},
    {"slug": "dien-hinh", "name": "điển hình"},
    {"slug": "ngay", "name": "ngày công"},
    {"slug": "phan-tram", "name": "%"},
    {"slug": "trieu-moi-nguoi", "name": "triệu đồng/người"},
]
_ALIASES = {measure["slug"]: measure["aliases"][0] for measure in MEASURES}
COUNTS = ("registered", "recognised", "built", "existing")
_SMALLEST = {"registered": 6000, "recognised": 100}  # what is recognised is part of what is registered
_WORDS = {"over": "trên", "at_least": "ít nhất", "nearly": "gần", "about": "khoảng"}

Figure = dict[str, Any]
Shape = Callable[[random.Random, Sequence[str], int], Figure]


def figures(number: int, units: Sequence[str], fields: Sequence[str]) -> tuple[list[Figure], str]:
    """The sets of article `number`, which may be none, and the paragraphs of its body that state them."""
    chance = random.Random(f"figures of {number}")
    if chance.random() < 0.5:
        return [], ""
    found, paragraphs = [], []
    for measure in chance.sample(sorted(_ALIASES), chance.choice((1, 1, 2, 3))):
        figure = _figure(chance.choice(units), measure, fields, chance)
        found.append(figure)
        paragraphs.append(f"Về {_ALIASES[measure]}, nguồn nêu {', '.join(_stated(figure))}.")
    return found, "\n\n".join(paragraphs) + "\n"


def _figure(unit: str, measure: str, fields: Sequence[str], chance: random.Random) -> Figure:
    keys: Figure = {"unit": unit, "measure": measure}
    counts = measure in ("mo-hinh", "dien-hinh")
    if counts:
        keys["count"] = chance.choice(COUNTS)
    # A unit that begins in 2025 reports of 2026 alone.
    keys["period"] = {"as_of": "2026-06-30"} if unit == "tinh-moi" else _copy(chance.choice(_PERIODS))
    own = random.Random(repr(sorted(keys.items(), key=lambda item: item[0])))
    smallest = _SMALLEST.get(keys.get("count", ""), 1000)
    shapes = _COUNTED if counts else _OTHERS[measure]
    return keys | own.choice(shapes)(own, fields, smallest)


_PERIODS: tuple[Any, ...] = (
    *(2022, 2023, 2024, 2023, 2024, "unstated"),
    {"from": 2019, "to": 2024, "kind": "range"},
    {"from": "2023-04", "to": "2024-04", "kind": "range"},
    {"from": 2015, "to": 2023, "kind": "cumulative"},
    {"from": 2021, "to": 2023, "kind": "average"},
    {"as_of": "2024-05-17"},
    {"as_of": 2023},
)


def _copy(period: Any) -> Any:
    """Written out each time: YAML would refer to the one said before."""
    return dict(period) if isinstance(period, dict) else period


# --- shapes -------------------------------------------------------------------------


def _parts(own: random.Random, count: int, smallest: int) -> list[int]:
    return [smallest // count + own.randrange(200) for _ in range(count)]


def _by_field(own: random.Random, fields: Sequence[str], smallest: int) -> Figure:
    parts = _parts(own, len(fields), smallest)
    return {"total": sum(parts), "by_field": dict(zip(fields, parts, strict=True))}


def _fields_alone(own: random.Random, fields: Sequence[str], smallest: int) -> Figure:
    return {"by_field": _by_field(own, fields, smallest)["by_field"]}


def _open(own: random.Random, fields: Sequence[str], smallest: int) -> Figure:
    return {"by_field": dict(zip(fields[:2], _parts(own, 2, smallest), strict=True)), "coverage": {"by_field": "open"}}


def _levels(own: random.Random, fields: Sequence[str], smallest: int) -> Figure:
    found = {}
    for level in ("district", "commune"):
        parts = _parts(own, len(fields), smallest // 2)
        found[level] = {"total": sum(parts), "by_field": dict(zip(fields, parts, strict=True))}
    return {"total": sum(level["total"] for level in found.values()), "by_level": found}


def _kinds(own: random.Random, fields: Sequence[str], smallest: int) -> Figure:
    return {"by_kind": dict(zip(("collective", "individual"), _parts(own, 2, smallest), strict=True))}


def _about(own: random.Random, fields: Sequence[str], smallest: int) -> Figure:
    return {"total": {"value": smallest + own.randrange(200), "qualifier": own.choice(sorted(_WORDS))}}


def _merged(own: random.Random, fields: Sequence[str], smallest: int) -> Figure:
    one, two, three = _parts(own, 3, smallest)
    return {
        "total": one + two + three,
        "by_field": {fields[0]: one},
        "merged_fields": [{"fields": list(fields[1:]), "value": two}],
        "other": [{"label": "nhóm khác", "value": three}],
    }


def _wrong(own: random.Random, fields: Sequence[str], smallest: int) -> Figure:
    """A source that contradicts itself, and says so."""
    found = _kinds(own, fields, smallest)
    computed = sum(found["by_kind"].values())
    known = {"relation": "by_kind", "stated": computed - 40, "computed": computed, "note": "Nguồn cộng thiếu."}
    return {"total": computed - 40, **found, "discrepancies": [known]}


def _changed(own: random.Random, fields: Sequence[str], smallest: int) -> Figure:
    return {
        "total": smallest + own.randrange(200),
        "changes": [{"since": 1999, "by": own.choice((-1, 1)) * (20 + own.randrange(50))}],
        "break": {"note": "Cách đếm đã đổi."},
    }


def _total(own: random.Random, fields: Sequence[str], smallest: int) -> Figure:
    return {"total": smallest + own.randrange(200)}


def _shared(own: random.Random, fields: Sequence[str], smallest: int) -> Figure:
    return {
        "total": 4 * smallest,
        "out_of": 4 * smallest + own.randrange(100),
        "parts": [{"label": "xong", "value": 3 * smallest}, {"label": "chưa xong", "value": smallest}],
        "including": [{"label": "quá hạn", "value": 10 + own.randrange(80)}],
        "shares": [{"of": "xong", "percent": 75}],
    }


def _money(own: random.Random, fields: Sequence[str], smallest: int) -> Figure:
    billions, millions = 100 + own.randrange(500), 100 + own.randrange(800)
    parts = [
        {"label": "ngân sách", "value": billions},
        {"label": "dân góp", "value": millions, "unit_of_measure": "trieu-dong"},
    ]
    return {"total": float(f"{billions}.{millions}"), "parts": parts}


def _rate(own: random.Random, fields: Sequence[str], smallest: int) -> Figure:
    return {"total": 2.5 + own.randrange(40)}


_COUNTED: tuple[Shape, ...] = (
    *(_by_field, _fields_alone, _open, _levels, _kinds, _about, _merged, _wrong, _changed, _total),
    *(_by_field, _by_field, _levels),
)
_OTHERS: dict[str, tuple[Shape, ...]] = {
    "kinh-phi": (_money, _total),
    "ngay-cong": (_shared, _total, _about, _total),
    "ho-ngheo": (_rate,),
    "thu-nhap": (_total,),
}


# --- as an article says it ----------------------------------------------------------


def _stated(figure: Figure) -> Iterator[str]:
    """Every number of the set, in its order, as a sentence holds it."""
    rate = figure["measure"] == "ho-ngheo"
    if "out_of" in figure:
        yield f"{_said(figure['total'])}/{_said(figure['out_of'])}"
    elif "total" in figure:
        yield _said(figure["total"]) + ("%" if rate else " tỷ đồng" if figure["measure"] == "kinh-phi" else "")
    yield from map(_said, figure.get("by_field", {}).values())
    yield from (_said(item["value"]) for key in ("merged_fields", "other") for item in figure.get(key, ()))
    for level in figure.get("by_level", {}).values():
        yield from map(_said, (level["total"], *level["by_field"].values()))
    yield from map(_said, figure.get("by_kind", {}).values())
    for item in (*figure.get("parts", ()), *figure.get("including", ())):
        unit = " triệu đồng" if "unit_of_measure" in item else " tỷ đồng" if figure["measure"] == "kinh-phi" else ""
        yield f"{item['label']} {_said(item['value'])}{unit}"
    yield from (f"{_said(share['percent'])}%" for share in figure.get("shares", ()))
    yield from (f"{'tăng' if c['by'] > 0 else 'giảm'} {_said(abs(c['by']))}" for c in figure.get("changes", ()))


def _said(number: Any) -> str:
    """3372 is 3.372, 2.5 is 2,5; nearly 7000 is gần 7.000."""
    if isinstance(number, dict):
        return f"{_WORDS[number['qualifier']]} {_said(number['value'])}"
    whole, _, fraction = str(number).partition(".")
    return f"{int(whole):,}".replace(",", ".") + (f",{fraction}" if fraction else "")
