"""A made-up campaign of any size, to measure builds with: the same options write the same bytes.

The registers are of one size whatever the number of pages: a province, 30 districts, 120 communes, four fields,
six categories, six years. Figure sets and the paragraphs that state them come from tests/site/generated_figures.py.
Awards, evaluations, drafts and units of former times are left out: the peers make no such pages.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import phrases
import yaml
from generated_figures import MEASURES, UNITS_OF_MEASURE, figures
from pictures import picture
from portal.text import slugify

NOW = "2026-11-22T08:00"
FIRST_DAY, LAST_DAY = date(2021, 1, 1), date(2026, 11, 21)
FIELDS = ("kinh-te", "van-hoa", "an-ninh", "chinh-quyen")
CATEGORIES = ("tin-co-so", "cach-lam-hay", "guong-dien-hinh", "trao-doi", "khao-sat", "thong-bao")
GENRES = ("news", "feature", "report", "portrait")
STATUSES = ("registered", "recognised", "exemplary", "replicated", "maintained", "maintained", "reported", "stopped")
AREAS = ("vung-cao", "ven-bien", "bien-gioi")
PROVINCE = "tinh-thu"
DISTRICTS, COMMUNES = 30, 120
DOCUMENTS = tuple(f"van-ban-{number}" for number in range(12))
FEWEST_PICTURES = 8

Keys = dict[str, Any]


@dataclass(frozen=True)
class Options:
    """`pages` articles and profiles together, `share` of them articles; with `pictures` there is one file for ten
    of them, and most records show one to three."""

    pages: int
    share: float = 0.8
    pictures: bool = False
    seed: int = 1

    @property
    def articles(self) -> int:
        return round(self.pages * self.share)

    @property
    def profiles(self) -> int:
        return self.pages - self.articles

    @property
    def picture_files(self) -> int:
        return max(FEWEST_PICTURES, self.pages // 10) if self.pictures else 0


@dataclass(frozen=True)
class Model:
    """What other files say of a profile."""

    slug: str
    title: str
    unit: str
    field: str
    started: int

    @property
    def path(self) -> str:
        return f"mo-hinh/{self.unit}/{self.slug}.md"


def write_campaign(root: Path, options: Options) -> None:
    """docs/ and data/ under `root`."""
    units = list(_units())
    for name, content in _registers(units).items():
        _write(root / f"data/{name}.yml", _yaml(content))
    _write(root / "docs/index.md", "---\ntitle: Trang đầu\nupdated: 2026-11-20\n---\n")
    for slug, title in (("gioi-thieu", "Giới thiệu"), ("quyen-rieng-tu", "Quyền riêng tư")):
        chance = random.Random(f"{options.seed} page {slug}")
        _write(root / f"docs/{slug}.md", f"---\ntitle: {title}\n---\n\n{phrases.paragraph(chance, 5, 8)}\n")
    for number in range(options.picture_files):
        file = root / f"docs/{_picture(number)}"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(picture(number))
    models = [_model(number, units, options) for number in range(options.profiles)]
    for number, model in enumerate(models):
        _write(root / f"docs/{model.path}", _document(*_profile(number, model, models, options)))
    for number in range(options.articles):
        path, keys, body = _article(number, units, models, options)
        _write(root / f"docs/{path}", _document(keys, body))


# --- registers ----------------------------------------------------------------------


def _registers(units: list[Keys]) -> dict[str, Any]:
    return {
        "campaign": {
            "schema_version": 1,
            "name": "Phong trào thử tải",
            "short_name": "Thử tải",
            "site_url": "https://bench.example/",
            "repository": "https://git.example.org/thu/tai",
            "publisher": {"name": "Nơi thử tải", "email": "thu@example.org"},
            "special_areas": [{"slug": slug, "name": f"Vùng {slug}"} for slug in AREAS],
        },
        "fields": [
            {"slug": slug, "name": name, "description": f"Mô hình và tin bài về {name.lower()}."}
            for slug, name in zip(FIELDS, ("Kinh tế", "Văn hóa", "An ninh", "Chính quyền"), strict=True)
        ],
        "categories": [{"slug": slug, "name": slug.replace("-", " ").capitalize()} for slug in CATEGORIES],
        "units": units,
        "measures": MEASURES,
        "units_of_measure": UNITS_OF_MEASURE,
        "documents": [
            {
                "slug": slug,
                "kind": ("Kế hoạch", "Chỉ thị", "Hướng dẫn")[number % 3],
                "issuer": "Nơi thử tải",
                "number": f"{number + 1:02}/THU",
                "issued": f"{2015 + number}-02-03",
                "title": f"Về {phrases.TOPICS[number]}",
            }
            for number, slug in enumerate(DOCUMENTS)
        ],
    }


def _units() -> Iterator[Keys]:
    yield {"slug": PROVINCE, "name": "Tỉnh Thử", "kind": "tỉnh", "level": "province"}
    districts = []
    for number in range(DISTRICTS):
        name = phrases.place_name(number)
        districts.append(slugify(name))
        yield _below(PROVINCE, slug=districts[-1], name=name, kind="huyện", level="district")
    for number in range(COMMUNES):
        name = phrases.place_name(DISTRICTS + number)
        above = districts[number % DISTRICTS]
        yield _below(above, slug=f"xa-{slugify(name)}", name=name, kind="xã", level="commune")


def _below(above: str, **keys: str) -> Keys:
    return {**keys, "parents": [{"slug": above}]}


def _slugs(units: list[Keys], level: str) -> list[str]:
    return [unit["slug"] for unit in units if unit["level"] == level]


def _communes(units: list[Keys], district: str) -> list[str]:
    return [unit["slug"] for unit in units if unit["level"] == "commune" and unit["parents"][0]["slug"] == district]


# --- profiles -----------------------------------------------------------------------


def _model(number: int, units: list[Keys], options: Options) -> Model:
    chance = random.Random(f"{options.seed} model {number}")
    topic = chance.choice(phrases.TOPICS)
    place = phrases.place_name(chance.randrange(400))
    title = f"{topic.capitalize()} ở xóm {place}"
    unit = chance.choice(_slugs(units, "district" if chance.random() < 0.75 else "commune"))
    year = chance.randrange(FIRST_DAY.year, LAST_DAY.year)
    return Model(f"{slugify(title)}-{number}", title, unit, chance.choice(FIELDS), year)


def _profile(number: int, model: Model, models: list[Model], options: Options) -> tuple[Keys, str]:
    chance = random.Random(f"{options.seed} profile {number}")
    status = chance.choice(STATUSES)
    keys: Keys = {
        "title": model.title,
        "summary": phrases.sentence(chance),
        "unit": model.unit,
        "field": model.field,
        "organisation": f"{chance.choice(phrases.ORGANISATIONS)} {phrases.place_name(chance.randrange(96))}",
        "lead": {"name": phrases.person(chance), "role": "Tổ trưởng"},
        "kind": chance.choice(("collective", "collective", "individual")),
        "level": chance.choice(("province", "district", "commune", "commune")),
        "started": str(model.started),
        "status": status,
        "participants": chance.randrange(5, 900),
        "results": [{"label": "Hộ tham gia", "value": chance.randrange(10, 400)}],
        "tags": chance.sample(phrases.TAGS, chance.randrange(1, 4)),
        "source": {"name": "Báo thử tải", "title": phrases.topic_title(chance), "rights": "summarised"},
    }
    if status != "reported":
        later = min(model.started + chance.randrange(2), LAST_DAY.year - 1)
        steps = [("registered", model.started)] + ([(status, later)] if status != "registered" else [])
        keys["history"] = [{"status": step, "date": str(year)} for step, year in steps]
    if chance.random() < 0.3:
        keys["special_areas"] = [chance.choice(AREAS)]
    if chance.random() < 0.2:
        keys["documents"] = [chance.choice(DOCUMENTS)]
    origin = chance.choice(models[: max(1, len(models) // 20)])
    if origin.started < model.started and chance.random() < 0.2:
        keys["replicated_from"] = origin.slug
    _add_pictures(keys, chance, options)
    other = chance.choice(models)
    up = "../" * model.path.count("/")
    link = f"Xem thêm [{other.title}]({up}{other.path}) để so cách làm.\n"
    return keys, f"{_text(chance, sections=2)}\n{link}"


# --- articles -----------------------------------------------------------------------


def _article(number: int, units: list[Keys], models: list[Model], options: Options) -> tuple[str, Keys, str]:
    """Its path under docs/, keys and body."""
    chance = random.Random(f"{options.seed} article {number}")
    day = FIRST_DAY + timedelta(days=chance.randrange((LAST_DAY - FIRST_DAY).days + 1))
    at = datetime(day.year, day.month, day.day, chance.randrange(6, 20), chance.randrange(60))
    district = chance.choice(_slugs(units, "district"))
    title = f"{phrases.topic_title(chance)} ở {phrases.place_name(chance.randrange(96))}"
    named = chance.sample(models, min(len(models), chance.choice((0, 1, 1, 2, 3))))
    keys: Keys = {
        "title": title,
        "date": at.isoformat(timespec="minutes"),
        "summary": phrases.sentence(chance),
        "category": chance.choice(CATEGORIES),
        "genre": chance.choice(GENRES),
        "units": [district, *chance.sample(_communes(units, district), chance.randrange(3))],
        "fields": chance.sample(FIELDS, chance.choice((1, 1, 2))),
        "tags": chance.sample(phrases.TAGS, chance.randrange(1, 5)),
        "authors": [{"name": phrases.person(chance), "organisation": chance.choice(phrases.ORGANISATIONS)}],
        "source": {"name": "Báo thử tải", "title": title, "published": str(day), "rights": "summarised"},
        "models": [model.slug for model in named],
    }
    if chance.random() < 0.15:
        keys["documents"] = [chance.choice(DOCUMENTS)]
    _add_pictures(keys, chance, options)
    sets, stated = figures(options.seed * 1_000_000 + number, [PROVINCE, district, *_communes(units, district)], FIELDS)
    if sets:
        keys["figures"] = sets
    links = "".join(f"- [{model.title}](../../{model.path}): {phrases.sentence(chance)}\n" for model in named)
    body = f"{_text(chance, sections=chance.randrange(2, 4))}\n{stated}\n{links}"
    return f"tin-tuc/{day.year}/{slugify(title)}-{number}.md", keys, body


def _add_pictures(keys: Keys, chance: random.Random, options: Options) -> None:
    if options.picture_files and chance.random() < 0.8:
        shown = chance.sample(range(options.picture_files), chance.choice((1, 1, 2, 3)))
        keys["images"] = [{"file": _picture(n), "alt": phrases.sentence(chance), "credit": "Ảnh thử"} for n in shown]


def _picture(number: int) -> str:
    return f"assets/anh/{number // 100:03}/anh-{number}.png"


def _text(chance: random.Random, sections: int) -> str:
    """A lead, then sections: paragraphs, in some a list, a quotation or a table."""
    parts = [phrases.paragraph(chance, 2, 3)]
    for heading in chance.sample(phrases.HEADINGS, sections):
        parts += [f"## {heading}", phrases.paragraph(chance, 2, 4)]
        more = chance.random()
        if more < 0.3:
            items = (f"- **{chance.choice(phrases.TOPICS)}**: {phrases.sentence(chance)}" for _ in range(3))
            parts.append("\n".join(items))
        elif more < 0.5:
            parts.append(f"> {chance.choice(phrases.SAYS)}")
        elif more < 0.65:
            rows = [f"| {chance.choice(phrases.TOPICS)} | {chance.choice(phrases.WHO)} |" for _ in range(4)]
            parts.append("\n".join(("| Việc | Ai làm |", "|---|---|", *rows)))
        else:
            parts.append(phrases.paragraph(chance, 1, 3))
    return "\n\n".join(parts) + "\n"


# --- files --------------------------------------------------------------------------


def _document(keys: Keys, body: str) -> str:
    return f"---\n{_yaml(keys)}---\n\n{body}"


def _yaml(content: Any) -> str:
    return yaml.dump(content, Dumper=yaml.CSafeDumper, allow_unicode=True, sort_keys=False, width=1000)


def _write(file: Path, text: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
