"""Bytes made small: zstd packs as well as zlib in a quarter of the time."""

from __future__ import annotations

from sys import version_info

if version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

DamagedError = zstd.ZstdError


def pack(data: bytes) -> bytes:
    return zstd.compress(data, 1)


def unpack(packed: bytes) -> bytes:
    """What was packed. Raises DamagedError when that is nothing `pack` gave."""
    return zstd.decompress(packed)
