"""What a builder wrote: how much, which kinds of files, and which pages."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from pathlib import Path

_PAGER = re.compile(r"/trang/\d+/$")
_NAMED = {
    "sitemap.xml": "sitemap",
    "sitemap.xml.gz": "sitemap",
    "robots.txt": "for crawlers",
    "llms.txt": "for crawlers",
    "index.txt": "texts",
}


def size(folder: Path) -> tuple[int, int]:
    """Bytes and number of files."""
    sizes = [path.stat().st_size for path in folder.rglob("*") if path.is_file()]
    return sum(sizes), len(sizes)


def outputs(folder: Path) -> dict[str, int]:
    """Which outputs are on: files by what they are for."""
    files = (path.relative_to(folder) for path in folder.rglob("*") if path.is_file())
    return dict(sorted(Counter(map(_purpose, files)).items()))


def _purpose(path: Path) -> str:
    """Of a file, by its path in the site."""
    if path.name in _NAMED:
        return _NAMED[path.name]
    if path.name == "search_index.json" or (path.parts[0] in ("search", "tim-kiem") and path.suffix == ".json"):
        return "search index"
    if "feed" in (path.stem, path.parent.name) and path.suffix in (".xml", ".json"):
        return "feeds" if path.stem == "feed" else "archives of feeds"
    if path.parts[0] == "nhung":
        return "embeds"
    if path.parent.name == "the-chia-se":
        return "cards"
    if path.suffix in (".json", ".csv", ".xlsx"):
        return "data files"
    if path.suffix in (".png", ".jpg", ".jpeg", ".webp", ".avif"):
        return "pictures"
    return "pages" if path.suffix == ".html" else "theme and other files"


def addresses(folder: Path) -> frozenset[str]:
    """Of all pages but 404."""
    pages = (path.parent.relative_to(folder).as_posix() for path in folder.rglob("index.html"))
    return frozenset("/" if page == "." else f"/{page}/" for page in pages)


def kind(address: str) -> str:
    """The kind of page at an address."""
    steps = address.strip("/").split("/")
    if steps[0] in ("tin-tuc", "mo-hinh"):
        return f"/{steps[0]}/ " + ("lists" if len(steps) == 1 or _PAGER.search(address) else "records")
    if steps[0] == "thong-ke":
        return f"/thong-ke/{steps[1]}/" if len(steps) > 2 else "/thong-ke/ other"
    return f"/{steps[0]}/" if len(steps) > 1 or steps[0] in ("dia-ban", "linh-vuc", "van-ban") else "other"


def compare(sites: Mapping[str, Path]) -> list[str]:
    """A line for each kind of page with what each builder made of it, then what some made and others did not, then a
    line for each purpose of files."""
    found = {name: addresses(folder) for name, folder in sites.items()}
    counts = {name: Counter(map(kind, there)) for name, there in found.items()}
    lines = _counted("pages", counts)
    together = frozenset().union(*found.values())
    for name, there in found.items():
        if missing := sorted(together - there):
            shown = ", ".join(missing[:5])
            lines.append(f"{name} does not make {len(missing)}: {shown}{' …' if len(missing) > 5 else ''}")
    return [*lines, "", *_counted("files", {name: outputs(folder) for name, folder in sites.items()})]


def _counted(what: str, counts: Mapping[str, Mapping[str, int]]) -> list[str]:
    """A table of what each builder made, the whole last."""
    every = sorted({one for count in counts.values() for one in count})
    rows = [(one, [count.get(one, 0) for count in counts.values()]) for one in every]
    rows.append(("all", [sum(count.values()) for count in counts.values()]))
    return [f"{said:24}" + "".join(f"{cell:>9}" for cell in cells) for said, cells in [(what, [*counts]), *rows]]
