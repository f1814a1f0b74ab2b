"""What a builder wrote: how much, which kinds of files, and which pages."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from pathlib import Path

_PAGER = re.compile(r"/trang/\d+/$")


def size(folder: Path) -> tuple[int, int]:
    """Bytes and number of files."""
    sizes = [path.stat().st_size for path in folder.rglob("*") if path.is_file()]
    return sum(sizes), len(sizes)


def outputs(folder: Path) -> dict[str, int]:
    """Which outputs are on: files by what they are for."""
    return dict(sorted(Counter(_purpose(path) for path in folder.rglob("*") if path.is_file()).items()))


def _purpose(path: Path) -> str:
    if path.name == "sitemap.xml":
        return "sitemap"
    if ("search" in path.parts and path.suffix == ".json") or path.name == "search_index.json":
        return "search index"
    if path.suffix in (".xml", ".rss", ".atom"):
        return "feeds"
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
    """A line for each kind of page with what each builder made of it, then what some made and others did not."""
    found = {name: addresses(folder) for name, folder in sites.items()}
    counts = {name: Counter(map(kind, there)) for name, there in found.items()}
    every = sorted({one for count in counts.values() for one in count})
    lines = [f"{'pages':24}" + "".join(f"{name:>9}" for name in sites)]
    lines += [f"{one:24}" + "".join(f"{counts[name][one]:>9}" for name in sites) for one in every]
    lines.append(f"{'all':24}" + "".join(f"{len(found[name]):>9}" for name in sites))
    together = frozenset().union(*found.values())
    for name, there in found.items():
        if missing := sorted(together - there):
            shown = ", ".join(missing[:5])
            lines.append(f"{name} does not make {len(missing)}: {shown}{' …' if len(missing) > 5 else ''}")
    return lines
