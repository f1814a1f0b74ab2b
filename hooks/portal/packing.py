"""Bytes made small, with zstd: six times as fast as with zlib, and more."""

from __future__ import annotations

from sys import version_info

if version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

DamagedError = zstd.ZstdError

_FAST = -1  # a fifth larger than with 1, in half of the time to three quarters
_SMALL = 800  # bytes: of so few none are saved that are worth the time, most of which goes for beginning
_AS_IT_IS = b"\0"  # no frame of zstd begins so


class Packer:
    """Packs many, one after another: to begin anew for each takes as long again as most of them."""

    def __init__(self) -> None:
        self._compressor = zstd.ZstdCompressor(level=_FAST)

    def pack(self, data: bytes | bytearray) -> bytes:
        if len(data) < _SMALL:
            return as_it_is(data)
        return self._compressor.compress(data, self._compressor.FLUSH_FRAME)


def as_it_is(data: bytes | bytearray) -> bytes:
    """Data that is not to be compressed, for `unpack`."""
    return _AS_IT_IS + data


def unpack(packed: bytes) -> bytes:
    """What was packed. Raises DamagedError when that is nothing a packer gave."""
    return packed[1:] if packed.startswith(_AS_IT_IS) else zstd.decompress(packed)
