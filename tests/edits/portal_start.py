"""The portal that is edited: a made-up campaign of medium size, with every kind of content and pictures."""

from __future__ import annotations

import random
from datetime import datetime
from pathlib import Path

from content_files import ContentFiles
from generated import write_campaign
from portals import NOW, copy_portal

RECORDS = 30  # articles, and as many profiles; with the pages that list them about 250 pages
PICTURES = 6


def write_portal(root: Path, seed: int, records: int = RECORDS, now: datetime = NOW) -> None:
    """A whole project at `root`; the same seed writes the same files."""
    campaign = root.with_name(f"{root.name}-campaign")
    write_campaign(campaign, profiles=records, articles=records, seed=seed)
    copy_portal(root, campaign)
    files, chance = ContentFiles(root, now), random.Random(f"start {seed}")
    for number in range(PICTURES):
        files.write(f"docs/assets/anh-{number}.png", picture(chance))
    for number, path in enumerate(chance.sample([*files.articles(), *files.profiles()], PICTURES)):
        files.change(path, images=[{"file": f"assets/anh-{number}.png", "alt": "Ảnh đầu bài"}])
    for number in range(5):
        path = f"docs/trang/trang-{number}.md"
        files.keep(
            path, {"title": f'Trang {number} & những < > "dấu"', "summary": "Một trang 'thường'."}, "\nMột đoạn.\n"
        )
        files.add_to_body(path, f"![Ảnh trong bài](../assets/anh-{number}.png)")
    files.keep("docs/trang/muc/index.md", {"title": "Trang có mục"}, "\n## Mục đầu\n\nMột đoạn.\n")
    files.write("docs/thong-ke/_intro.md", "Lời giới thiệu của trang thống kê.\n")
    files.write("docs/tin-tuc/_intro.md", "Lời giới thiệu của tin, [xem thống kê](/thong-ke/).\n")


def picture(chance: random.Random) -> bytes:
    """Bytes of one of two sizes: a picture may change without changing its size."""
    return b"\x89PNG\r\n\x1a\n" + chance.randbytes(chance.choice((300, 400)))
