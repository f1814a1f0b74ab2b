"""Pictures of the made-up campaign: PNG files of photographs' kind of content (no two lines alike), written by hand."""

from __future__ import annotations

import random
import struct
import zlib

WIDTH, HEIGHT = 640, 427


def picture(seed: int) -> bytes:
    """The PNG file (RGB, 8 bits) of a slope of colour with grain; the same seed gives the same pixels."""
    chance = random.Random(f"picture {seed}")
    top, bottom = ([chance.randrange(40, 216) for _ in range(3)] for _ in range(2))
    rows = bytearray()
    for y in range(HEIGHT):
        shade = bytes(top[c] + (bottom[c] - top[c]) * y // HEIGHT + chance.randrange(8) for c in range(3))
        grain = chance.randbytes(WIDTH // 16 * 3)
        line = bytearray(shade * WIDTH)
        line[: len(grain)] = bytes(value >> 2 for value in grain)
        rows += b"\0" + line
    header = struct.pack(">IIBBBBB", WIDTH, HEIGHT, 8, 2, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(bytes(rows), 6)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(kind, data) for kind, data in chunks)


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
