"""Registers and records of one build, read once for all hooks."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

import yaml

# Folders of the site that have a page of their own, as it is called.
SECTIONS = {
    "tin-tuc": "Tin tức",
    "mo-hinh": "Mô hình",
    "dia-ban": "Địa bàn",
    "linh-vuc": "Lĩnh vực",
    "van-ban": "Văn bản",
    "chuyen-muc": "Chuyên mục",
    "the-loai": "Thể loại",
    "tac-gia": "Đơn vị của tác giả",
    "trang-thai": "Trạng thái",
    "vung-dac-thu": "Vùng đặc thù",
    "tu-khoa": "Từ khóa",
    "nam": "Năm",
    "thong-ke": "Thống kê",
    "tim-kiem": "Tìm kiếm",
}


class Campaign:
    """Registers and records of one build, with what is looked up of them."""

    def __init__(self, root: Path, files) -> None:
        self.data = {file.stem: _yaml(file.read_text(encoding="utf-8")) for file in (root / "data").glob("*.yml")}
        self.units = {unit["slug"]: unit for unit in self.data["units"]}
        self.measures, self.categories, self.fields = (
            {entry["slug"]: entry["name"] for entry in self.data[register]}
            for register in ("measures", "categories", "fields")
        )
        self.areas = {area["slug"]: area["name"] for area in self.data["campaign"]["special_areas"]}
        self.documents = {entry["slug"]: f"{entry['kind']} {entry['number']}" for entry in self.data["documents"]}
        self.articles, self.models = [], []
        for file in files.documentation_pages():
            if file.src_uri.startswith(("tin-tuc/", "mo-hinh/")):
                keys = _yaml(Path(file.abs_src_path).read_text(encoding="utf-8").split("---\n", 2)[1])
                keys["uri"], keys["slug"] = file.src_uri, Path(file.src_uri).stem
                (self.articles if file.src_uri.startswith("tin-tuc/") else self.models).append(keys)
        self.articles.sort(key=lambda a: a["date"], reverse=True)
        self.models.sort(key=lambda m: m["started"], reverse=True)
        self.by_uri = {record["uri"]: record for record in (*self.articles, *self.models)}
        self.by_slug = {model["slug"]: model for model in self.models}
        self.naming = defaultdict(list)
        for article in self.articles:
            for slug in article["models"]:
                self.naming[slug].append(article)
        self.of_category = grouped(self.articles, lambda a: [a["category"]])
        self.of_field = grouped(self.models, lambda m: [m["field"]])
        self.of_unit = grouped((*self.articles, *self.models), self.places)
        self.position = {a["uri"]: n for group in self.of_category.values() for n, a in enumerate(group)}
        self.feeds = dict(self._feeds())
        self.statistics = []  # titles and addresses, as they are drawn

    def above(self, slug: str) -> list[str]:
        path = [slug]
        while parents := self.units[path[-1]].get("parents"):
            path.append(parents[0]["slug"])
        return path

    def places(self, record: dict) -> list[str]:
        if "unit" in record:
            return self.above(record["unit"])
        named = [*record["units"], *(figure["unit"] for figure in record.get("figures", ()))]
        return sorted({above for slug in named for above in self.above(slug)})

    def unit_name(self, slug: str) -> str:
        return f"{self.units[slug]['kind']} {self.units[slug]['name']}"

    def _feeds(self):
        """Of each list with feeds: its folder, its title and its articles."""
        of_field = grouped(self.articles, lambda a: a["fields"])
        for folder, names, groups in (
            ("chuyen-muc", self.categories, self.of_category),
            ("linh-vuc", self.fields, of_field),
            ("dia-ban", {slug: self.unit_name(slug) for slug in self.units}, self.of_unit),
        ):
            for slug, name in names.items():
                if articles := [record for record in groups.get(slug, ()) if "category" in record]:
                    yield f"{folder}/{slug}/", (name, articles)


def grouped(records, keys) -> dict[str, list]:
    groups = defaultdict(list)
    for record in records:
        for key in keys(record):
            groups[key].append(record)
    return dict(groups)


def _yaml(text: str):
    return yaml.load(text, Loader=yaml.CSafeLoader)
