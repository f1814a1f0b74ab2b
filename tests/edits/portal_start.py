"""The portal that is edited: a made-up campaign of medium size, with every kind of content and pictures."""

from __future__ import annotations

import random
import struct
import zlib
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
    """A PNG of one of two sizes, not compressed: a picture may change without changing the size of its file."""
    width, height = chance.choice(((8, 8), (12, 8)))
    rows = b"".join(b"\0" + chance.randbytes(3 * width) for _ in range(height))
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(rows, 0)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data)) for kind, data in chunks
    )
