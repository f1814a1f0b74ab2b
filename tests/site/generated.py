"""A made-up campaign of many profiles and articles: the same seed writes the same files."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import yaml
from generated_articles import CATEGORIES, DOCUMENTS, TAGS, article
from generated_figures import MEASURES, UNITS_OF_MEASURE, figures
from generated_merits import CRITERIA, merits

MERGED = date(2025, 7, 1)  # districts end the day before, provinces merge
FIELDS = ("cay-trong", "nuoc-sach", "doc-sach")
STATUSES = (
    "reported",
    "proposed",
    "registered",
    "appraised",
    "recognised",
    "exemplary",
    "replicated",
    "maintained",
    "paused",
    "stopped",
    "rejected",
)
BEFORE = {"reported": "reported", "proposed": "reported"}  # what a registered model may not be afterwards
SPECIAL_AREAS = ("vung-cao", "vung-lu", "hai-dao", "khong-ai-o")  # nobody is in the last one


def write_campaign(
    root: Path, *, profiles: int, seed: int, articles: int = 0, site_url: str = "https://example.org/"
) -> None:
    """docs/ and data/ of a campaign: units with several parents over time, every status, kind, level and kind of date."""
    chance = random.Random(seed)
    units = list(_units(chance))
    registers = {
        "campaign": {
            "schema_version": 1,
            "name": "Chiến dịch thử",
            "site_url": site_url,
            "repository": "https://git.example.org/thu/trang",
            "publisher": {"name": "Nơi thử", "email": "thu@example.org"},
            "special_areas": [{"slug": slug, "name": f"Vùng {slug}"} for slug in SPECIAL_AREAS],
        },
        "categories": CATEGORIES,
        "documents": DOCUMENTS,
        "fields": [{"slug": slug, "name": f"Lĩnh vực {slug}"} for slug in FIELDS],
        "units": units,
        "measures": MEASURES,
        "units_of_measure": UNITS_OF_MEASURE,
    }
    for name, content in registers.items():
        _write(root / f"data/{name}.yml", _yaml(content))
    for slug, criteria in CRITERIA.items():
        _write(root / f"data/criteria/{slug}.yml", _yaml(criteria))
    _write(root / "docs/index.md", "---\ntitle: Trang thử\nupdated: 2026-01-01\n---\n")
    roots: list[dict[str, Any]] = []  # the first models others may learn from
    models: dict[str, str] = {}  # the path of each profile that is public, by its slug
    for number in range(profiles):
        folder = chance.choice(("", "a/", "b/"))
        profile = _profile(number, units, chance)
        profile |= merits(number, [document["slug"] for document in DOCUMENTS], profile.get("started", ""))
        _kin_and_likes(profile, number, seed, roots)
        path = f"mo-hinh/{folder}mo-hinh-{number:03}.md"
        if "draft" not in profile and profile["status"] not in ("proposed", "rejected"):
            models[f"mo-hinh-{number:03}"] = path
        _write(root / f"docs/{path}", f"---\n{_yaml(profile)}---\n\n## Cách làm\n\nNội dung {number}.\n")
    slugs = [unit["slug"] for unit in units]
    for number in range(articles):
        keys, body = article(number, slugs, FIELDS, models, profiles, chance)
        path = f"docs/tin-tuc/{keys.pop('folder')}/bai-{number:03}.md"
        sets, paragraphs = figures(number, slugs, FIELDS)
        if sets:
            keys["figures"] = sets
        _write(root / path, f"---\n{_yaml(keys)}---\n\n{body}\n{paragraphs}")


def _units(chance: random.Random) -> Iterator[dict[str, Any]]:
    last_day = str(MERGED - timedelta(days=1))
    for slug in ("tinh-mot", "tinh-hai", "tinh-ba"):
        yield {
            "slug": slug,
            "name": slug,
            "kind": "tỉnh",
            "level": "province",
            "valid_to": last_day,
            "replaced_by": [{"slug": "tinh-moi"}],
        }
    yield {"slug": "tinh-moi", "name": "tinh-moi", "kind": "tỉnh", "level": "province", "valid_from": str(MERGED)}
    yield {"slug": "tinh-giu", "name": "tinh-giu", "kind": "tỉnh", "level": "province"}
    districts = [f"huyen-{number}" for number in range(6)]
    for slug in districts:
        above = chance.sample(("tinh-mot", "tinh-hai", "tinh-ba"), 2)
        yield {
            "slug": slug,
            "name": slug,
            "kind": "huyện",
            "level": "district",
            "valid_to": last_day,
            "parents": _parents(above, chance, until=last_day),
        }
    for number in range(14):
        slug = f"xa-{number}"
        above = chance.sample(districts, chance.choice((1, 2, 3)))
        parents = _parents(above, chance, until=last_day)
        # Some communes outlive the districts and come under a province, some were founded late.
        if number % 3 == 0:
            parents.append({"slug": chance.choice(("tinh-moi", "tinh-giu")), "from": str(MERGED)})
            chance.shuffle(parents)
        span = {} if number % 3 == 0 else {"valid_to": last_day}
        if number % 4 == 0:
            span["valid_from"] = "2012-06-15"
        yield {"slug": slug, "name": str(number), "kind": "xã", "level": "commune", "parents": parents, **span}


def _parents(above: list[str], chance: random.Random, until: str) -> list[dict[str, str]]:
    """One after the other, changing on days inside years; written in any order, as editors do."""
    changes = sorted(date(2014, 1, 1) + timedelta(days=chance.randrange(3600)) for _ in above[1:])
    parents = [{"slug": slug} for slug in above]
    for before, after, day in zip(parents, parents[1:], changes, strict=False):
        before["to"] = str(day - timedelta(days=1))
        after["from"] = str(day)
    parents[-1]["to"] = until
    chance.shuffle(parents)
    return parents


def _profile(number: int, units: list[dict[str, Any]], chance: random.Random) -> dict[str, Any]:
    unit = chance.choice(units)
    status = chance.choice(STATUSES)
    profile = {
        "title": f"Mô hình {number}",
        "summary": f"Mô hình thử số {number}.",
        "unit": unit["slug"],
        "status": status,
    }
    for key, values in (
        ("field", FIELDS),
        ("kind", ("collective", "individual")),
        ("level", ("province", "district", "commune")),
    ):
        if chance.random() < 0.7:
            profile[key] = chance.choice(values)
    if chance.random() < 0.5:
        profile["started"] = _said(_day_of(unit, chance), chance)
    if chance.random() < 0.4:
        profile["reported_at"] = str(_day_of(unit, chance))
    if chance.random() < 0.4:
        first, last = sorted((_day_of(unit, chance), _day_of(unit, chance)))
        # Years only: a part of a later year is then never before the first entry.
        profile["history"] = [
            {"status": BEFORE.get(status, "registered"), "date": str(first.year)},
            {"status": status, "date": _said(last, chance)},
        ]
    if chance.random() < 0.4:
        profile["special_areas"] = chance.sample(SPECIAL_AREAS[:-1], chance.choice((1, 2)))
    if chance.random() < 0.4:
        profile["tags"] = chance.sample(TAGS, chance.choice((1, 2, 3)))
    if chance.random() < 0.2:
        profile["documents"] = [chance.choice(DOCUMENTS)["slug"]]
    if chance.random() < 0.1:
        profile["draft"] = True
    return profile


WORDS = ("rác thải", "nông thôn mới", "an ninh", "đường hoa", "Mái ấm", "vườn rau", "hòa giải", "nước sạch")
GROUPS = ("Hội Phụ nữ", "Hội Nông dân", "Đoàn Thanh niên", "Hội Cựu chiến binh", "Công an xã")


def _kin_and_likes(profile: dict[str, Any], number: int, seed: int, roots: list[dict[str, Any]]) -> None:
    """Words in titles, organisations and lineage, from chances of their own: what else is generated stays as it is."""
    chance = random.Random(seed * 10_000 + number)
    if chance.random() < 0.6:
        profile["title"] += ": " + ", ".join(chance.sample(WORDS, chance.choice((1, 1, 2))))
    if chance.random() < 0.5:
        profile["organisation"] = chance.choice(GROUPS)
    hidden = "draft" in profile or profile["status"] in ("proposed", "rejected")
    possible = [root for root in roots if not _starts_later(root, profile)]
    if not hidden and possible and chance.random() < 0.15:
        profile["replicated_from"] = chance.choice(possible)["slug"]
    if not hidden and (number < 10 or "replicated_from" in profile) and len(roots) < 25:
        roots.append({"slug": f"mo-hinh-{number:03}", "started": profile.get("started", "")})


def _starts_later(root: dict[str, Any], profile: dict[str, Any]) -> bool:
    """By text: surely no earlier is told apart from perhaps later, and both are left out."""
    return bool(root["started"] and "started" in profile and root["started"] > profile["started"][:4])


def _day_of(unit: dict[str, Any], chance: random.Random) -> date:
    """A day on which the unit existed."""
    first = date.fromisoformat(unit.get("valid_from", "2010-03-05"))
    last = date.fromisoformat(unit.get("valid_to", "2026-10-01"))
    return first + timedelta(days=chance.randrange((last - first).days + 1))


def _said(day: date, chance: random.Random) -> str:
    """As a source may say it: the year, the month or the day."""
    return str(day)[: chance.choice((4, 7, 10))]


def _yaml(content: Any) -> str:
    return yaml.safe_dump(content, allow_unicode=True, sort_keys=False)


def _write(file: Path, text: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
