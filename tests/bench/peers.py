"""The made-up campaign as Hugo reads it: content/ with taxonomies, data/, static/. (MkDocs reads docs/ and data/ as
they are.)

What our build derives itself and Hugo's templates could only find by searching all pages stands in the front matter:
the units above a unit, the year and level of a figure, which lists hold an article. That is to Hugo's advantage.

Left out, to its advantage too: archives of feeds (RFC 5005), whose numbers have to stay when articles are added, while
Hugo counts the pages of a list from the newest. Neither peer makes cards for sharing (records with photos name the
first), numbers in words in the texts for loudspeakers, or an index of search. Of reported figures they make a table for
each group of one measure, kind of count, period and level of units, as our build does (all of the last year where ours
takes the last period), but do not reckon what may be added, ranked or set against another year.
"""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import Any

import yaml
from portal.text import in_telex, initial, slugify, sort_key

Keys = dict[str, Any]

GENRES = {"news": "Tin", "feature": "Phóng sự", "report": "Báo cáo", "portrait": "Gương điển hình"}
STEPS = {"province": "tinh", "district": "huyen", "commune": "xa"}
# Taxonomies whose own page of terms is another page, or none.
HIDDEN = ("thang", "bo-suu-tap", "thong-ke-dia-ban", "thong-ke-linh-vuc", "thong-ke-cap", "thong-ke-nam")
SINGLE = {
    "thong-ke": "Thống kê",
    "thong-ke/do-phu": "Độ phủ số liệu báo cáo",
    "thong-ke/doi-soat": "Đối soát số liệu báo cáo",
    "thong-ke/da-dung": "Mô hình đã dừng",
    "thong-ke/nhan-rong": "Mô hình được nhân rộng",
    "thong-ke/khen-thuong": "Khen thưởng",
    "so-do": "Sơ đồ trang",
    "dinh-chinh": "Đính chính",
    "tieu-chi": "Bộ tiêu chí",
    "tim-kiem": "Tìm kiếm",
    "huong-dan/doi-tac": "Dành cho đối tác",
}
FED = ("chuyen-muc", "linh-vuc", "dia-ban")  # taxonomies whose lists have feeds, where they hold an article
WITH_FEEDS = ["html", "atom", "jsonfeed"]


def read(file: Path) -> tuple[Keys, str]:
    """Front matter and body."""
    _, keys, body = file.read_text(encoding="utf-8").split("---\n", 2)
    return yaml.load(keys, Loader=yaml.CSafeLoader), body


def write_hugo(campaign: Path, to: Path) -> None:
    """content/, data/ and static/ of the Hugo site; layouts and settings are another's."""
    converter = _Converter(campaign, to)
    for file in sorted((campaign / "docs").rglob("*.md")):
        converter.add(file)
    converter.finish()
    assets = campaign / "docs/assets"
    if assets.exists():
        shutil.copytree(assets, to / "static/assets")


class _Converter:
    def __init__(self, campaign: Path, to: Path) -> None:
        self.campaign, self.to = campaign, to
        self.data = {
            file.stem: yaml.load(file.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
            for file in sorted((campaign / "data").glob("*.yml"))
        }
        self.units = {unit["slug"]: unit for unit in self.data["units"]}
        self.terms: dict[tuple[str, str], Keys] = {}
        self.models: list[tuple[str, str]] = []  # name and address
        self.of_articles: set[tuple[str, str]] = set()  # terms that an article has
        for unit in self.data["units"]:
            self._term("dia-ban", unit["slug"], f"{unit['kind'].capitalize()} {unit['name']}")
        for taxonomy, register in (("linh-vuc", "fields"), ("chuyen-muc", "categories")):
            for entry in self.data[register]:
                self._term(taxonomy, entry["slug"], entry["name"], summary=entry.get("description", ""))
        for area in self.data["campaign"]["special_areas"]:
            self._term("vung-dac-thu", area["slug"], area["name"])
        for document in self.data["documents"]:
            self._term(
                "van-ban", document["slug"], f"{document['kind']} {document['number']}", summary=document["title"]
            )

    def add(self, file: Path) -> None:
        path = file.relative_to(self.campaign / "docs").as_posix()
        keys, body = read(file)
        if path.startswith("tin-tuc/"):
            keys = self._article(keys)
        elif path.startswith("mo-hinh/"):
            keys = self._model(keys, f"/{path.removesuffix('.md')}/")
        if path == "index.md":
            path = "_index.md"
        self._write(f"content/{path}", keys, body)

    def finish(self) -> None:
        """Sections, terms, single pages and what templates look up."""
        self._write("content/tin-tuc/_index.md", {"title": "Tin tức"})
        self._write("content/mo-hinh/_index.md", {"title": "Mô hình", "outputs": WITH_FEEDS})
        for (taxonomy, slug), keys in self.terms.items():
            if (taxonomy, slug) in self.of_articles:
                keys["outputs"] = WITH_FEEDS
            self._write(f"content/{taxonomy}/{slug}/_index.md", keys)
        for taxonomy in HIDDEN:
            self._write(f"content/{taxonomy}/_index.md", {"title": taxonomy, "build": {"render": "never"}})
        for address, title in SINGLE.items():
            layout = address.replace("/", "-")
            keys = {"title": title, "url": f"/{address}/", "layout": layout, "type": "rieng"}
            self._write(f"content/rieng/{layout}.md", keys)
        self._alphabet("mo-hinh", "Mô hình", self.models)
        units = [(unit["name"], f"/dia-ban/{slug}/") for slug, unit in self.units.items()]
        self._alphabet("dia-ban", "Địa bàn", units)
        self._write("content/rieng/_index.md", {"title": "", "build": {"render": "never"}})
        names = {slug: f"{unit['kind']} {unit['name']}" for slug, unit in self.units.items()}
        measures = {measure["slug"]: measure["name"] for measure in self.data["measures"]}
        fields = [[field["slug"], field["name"]] for field in self.data["fields"]]
        data = {"units": names, "measures": measures, "fields": fields, "campaign": self.data["campaign"]}
        for name, content in data.items():
            self._yaml(f"data/{name}.yaml", content)

    # --- records ---

    def _article(self, keys: Keys) -> Keys:
        year, month = (int(part) for part in keys["date"].split("-")[:2])
        keys["date"] += ":00+07:00"  # Hugo wants seconds and an offset
        figures = keys.get("figures", [])
        for figure in figures:
            figure["level"] = self.units[figure["unit"]]["level"]
            figure["above"] = "".join(self._path(figure["unit"])[1:2])
            figure["year"] = _year(figure["period"])
        places = {above for slug in (*keys["units"], *(f["unit"] for f in figures)) for above in self._path(slug)}
        reporting = {above for figure in figures for above in self._path(figure["unit"])[:2]}
        levels = {figure["level"] for figure in figures}
        levels |= {level for figure in figures for level in figure.get("by_level", {})}
        keys["chuyen-muc"] = [keys["category"]]
        keys["the-loai"] = [self._term("the-loai", keys["genre"], GENRES[keys["genre"]])]
        keys["tac-gia"] = self._named("tac-gia", [author["organisation"] for author in keys["authors"]])
        keys["dia-ban"] = sorted(places)
        keys["linh-vuc"] = keys["fields"]
        self.of_articles.update((taxonomy, slug) for taxonomy in FED for slug in keys[taxonomy])
        keys["thong-ke-dia-ban"] = [self._statistics_of_unit(slug) for slug in sorted(reporting)]
        in_fields = {slug for figure in figures for slug in figure.get("by_field", {})}
        keys["thong-ke-linh-vuc"] = [self._statistics_of_field(slug) for slug in sorted(in_fields)]
        keys["thong-ke-cap"] = [self._reported("cap", STEPS[level], "cấp") for level in sorted(levels)]
        keys["thong-ke-nam"] = [
            self._reported("nam", name, "năm") for name in sorted({figure["year"] for figure in figures})
        ]
        return self._common(keys, year, month)

    def _model(self, keys: Keys, slug_path: str) -> Keys:
        year = int(str(keys["started"])[:4])
        path = self._path(keys["unit"])
        keys["path"] = path
        keys["date"] = f"{year}-01-01"
        keys["dia-ban"] = path
        keys["linh-vuc"] = [keys["field"]]
        keys["trang-thai"] = [self._term("trang-thai", keys["status"], keys["status"])]
        keys["vung-dac-thu"] = keys.get("special_areas", [])
        values = (("linh-vuc", keys["field"]), ("nam", str(year)), ("trang-thai", keys["status"]))
        keys["bo-suu-tap"] = [self._gallery(slug, *pair) for slug in path for pair in (("", ""), *values)]
        self.models.append((keys["title"], slug_path))
        keys["thong-ke-dia-ban"] = [self._statistics_of_unit(slug) for slug in path]
        keys["thong-ke-linh-vuc"] = [self._statistics_of_field(keys["field"])]
        return self._common(keys, year, None)

    def _common(self, keys: Keys, year: int, month: int | None) -> Keys:
        keys["tu-khoa"] = self._named("tu-khoa", keys.pop("tags"))
        keys["van-ban"] = keys.pop("documents", [])
        keys["nam"] = [self._term("nam", str(year), f"Năm {year}")]
        if month:
            title, url = f"Tháng {month:02}/{year}", f"/nam/{year}/{month:02}/"
            keys["thang"] = [self._term("thang", f"{year}-{month:02}", title, url=url)]
        return keys

    def _path(self, slug: str) -> list[str]:
        """The unit and those above it, itself the first."""
        path = [slug]
        while above := self.units[path[-1]].get("parents"):
            path.append(above[0]["slug"])
        return path

    # --- terms ---

    def _term(self, taxonomy: str, slug: str, title: str, **keys: Any) -> str:
        self.terms.setdefault((taxonomy, slug), {"title": title, "key": slug, **keys})
        return slug

    def _named(self, taxonomy: str, names: list[str]) -> list[str]:
        return [self._term(taxonomy, slugify(name), name) for name in names]

    def _gallery(self, unit: str, step: str, value: str) -> str:
        title = f"Mô hình: {self.units[unit]['kind']} {self.units[unit]['name']}"
        inside = f"{step}/{value}/" if step else ""
        return self._term(
            "bo-suu-tap", "--".join((unit, step, value)).strip("-"), title, url=f"/dia-ban/{unit}/mo-hinh/{inside}"
        )

    def _alphabet(self, step: str, title: str, named: list[tuple[str, str]]) -> None:
        """The page of letters, and that of each; their names are sorted here."""
        letters: dict[str, list[tuple[str, str]]] = {}
        for name, address in sorted(named, key=lambda pair: sort_key(pair[0])):
            letters.setdefault(in_telex(initial(name)), []).append((name, address))
        for letter, names in {"": [], **letters}.items():
            address = f"/tim-kiem/a-z/{step}/{letter}/".replace("//", "/")
            ways = [[other, f"/tim-kiem/a-z/{step}/{other}/"] for other in letters]
            keys = {"title": f"{title} {letter}", "url": address, "layout": "a-z", "type": "rieng", "ways": ways}
            self._write(f"content/rieng/a-z-{step}-{letter}.md", {**keys, "names": [list(pair) for pair in names]})

    def _statistics_of_unit(self, slug: str) -> str:
        unit = self.units[slug]
        title, url = f"Thống kê: {unit['kind']} {unit['name']}", f"/thong-ke/dia-ban/{slug}/"
        return self._term("thong-ke-dia-ban", slug, title, url=url)

    def _statistics_of_field(self, slug: str) -> str:
        return self._term("thong-ke-linh-vuc", slug, f"Thống kê: {slug}", url=f"/thong-ke/linh-vuc/{slug}/")

    def _reported(self, kind: str, slug: str, said: str) -> str:
        title, url = f"Số liệu báo cáo {said} {slug}", f"/thong-ke/{kind}/{slug}/"
        return self._term(f"thong-ke-{kind}", slug, title, url=url)

    # --- files ---

    def _write(self, path: str, keys: Keys, body: str = "") -> None:
        text = yaml.dump(keys, Dumper=yaml.CSafeDumper, allow_unicode=True, sort_keys=False, width=1000)
        file = self.to / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(f"---\n{text}---\n{body}", encoding="utf-8")

    def _yaml(self, path: str, content: Any) -> None:
        file = self.to / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(yaml.safe_dump(content, allow_unicode=True, sort_keys=False), encoding="utf-8")


def _year(period: Any) -> str:
    """The year a period ends in or is as of, as an address has it."""
    if isinstance(period, dict):
        period = period.get("to") or period["as_of"]
    found = re.match(r"\d{4}", str(period))
    return found[0] if found else "khong-ro"
