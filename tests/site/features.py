"""A small campaign in which every feature of a portal occurs: third/ with its files of bytes and a long category."""

from __future__ import annotations

import struct
import zlib
from pathlib import Path

from portals import built, copy_portal, front_matter

THIRD = Path(__file__).resolve().parent / "third"
QUICK = 21  # articles of the category that takes two pages


def third(to: Path, **changes: str) -> Path:
    """The root of the built campaign; `changes` replace lines of data/campaign.yml that begin with their key."""
    root = copy_portal(to, THIRD)
    write_assets(root / "docs/assets")
    for number in range(1, QUICK + 1):
        keys = {"title": f"Tin {number}", "date": f"2025-01-{number:02}", "summary": "Tin.", "category": "tin-nhanh"}
        file = root / f"docs/tin-tuc/2025/tin-{number:02}.md"
        file.parent.mkdir(exist_ok=True)
        file.write_text(front_matter(**keys) + "\nTin.\n", encoding="utf-8")
    campaign = root / "data/campaign.yml"
    lines = campaign.read_text(encoding="utf-8").splitlines(keepends=True)
    kept = [changes.get(line.strip().split(":")[0], line) for line in lines]
    campaign.write_text("".join(kept), encoding="utf-8")
    built(root)
    return root


def write_assets(folder: Path) -> None:
    """Pictures of one pixel, a sound of no length, a film that is none, and plain texts."""
    folder.mkdir(parents=True)
    for name in ("cho.png", "rau.png"):
        (folder / name).write_bytes(_png())
    (folder / "loi-rao.wav").write_bytes(_wav())
    (folder / "cho.webm").write_bytes(b"\x1aE\xdf\xa3")
    for name in ("ke-hoach.txt", "loi-rao.txt"):
        (folder / name).write_text("Chữ.\n", encoding="utf-8")


def _png() -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0\0")) + chunk(b"IEND", b"")


def _wav() -> bytes:
    form = b"fmt " + struct.pack("<IHHIIHH", 16, 1, 1, 8000, 8000, 1, 8)
    return b"RIFF" + struct.pack("<I", 4 + len(form) + 8) + b"WAVE" + form + b"data" + struct.pack("<I", 0)
