"""The index as files: one small that names all others by what they hold, so that each may be kept for good once fetched."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ..fingerprint import digest
from ..packing import Packer, unpack
from .bodies import Block
from .heads import ON_A_SHELF, Heads, as_json
from .layout import MORE, STRIDE, SUMMARY
from .shards import shards

FOLDER = "tim-kiem/chi-muc/"
CONTENTS = "tim-kiem/chi-muc.json"
FORMAT = 1  # a change that overrides/javascripts/search/index.js has to know makes it another
_NAME = 10  # letters of a digest


@dataclass(frozen=True)
class File:
    """What a file holds, packed: a large site has much of it, which is not asked for until it is written."""

    name: str  # of what it holds
    packed: bytes

    @classmethod
    def of(cls, data: bytes, packer: Packer) -> File:
        return cls(digest(data), packer.pack(data))

    @property
    def data(self) -> bytes:
        return unpack(self.packed)


@dataclass(frozen=True)
class Files:
    """Some files by path, and what the file of contents says of them."""

    made: Mapping[str, File]
    contents: Mapping[str, object]


def head_files(heads: Heads) -> Files:
    """The first tier."""
    made = _Made()
    return made.files(
        {
            "records": len(heads.addresses),
            "stride": STRIDE,
            "zones": [MORE, SUMMARY],
            "shelf": ON_A_SHELF,
            "columns": made.kept(heads.columns),
            "tables": made.kept(heads.tables),
            "names": made.kept(heads.names),
            "shelves": [made.kept(shelf) for shelf in heads.shelves],
            "heads": made.shards([heads.postings]),
        }
    )


def body_files(starts: Sequence[int], blocks: Sequence[Block]) -> Files:
    """The second tier. `starts` says which record is the first of each block."""
    made = _Made()
    return made.files(
        {
            "blocks": list(starts),
            "bodies": made.shards([block.records for block in blocks]),
            "phrases": made.kept(
                as_json(
                    {
                        "starts": [block.starts for block in blocks],
                        "near": made.shards([block.near for block in blocks]),
                    }
                )
            ),
        }
    )


def contents_file(*parts: Mapping[str, object]) -> File:
    """The file that names all others."""
    named = {key: value for part in parts for key, value in part.items()}
    return File.of(as_json({"format": FORMAT} | named), Packer())


def path_of(name: str) -> str:
    return f"{FOLDER}{name}.json"


class _Made:
    """Files as they are made, named by what they hold."""

    def __init__(self) -> None:
        self._made: dict[str, File] = {}
        self._packer = Packer()

    def kept(self, data: bytes) -> str:
        file = File.of(data, self._packer)
        name = file.name[:_NAME]
        self._made[path_of(name)] = file
        return name

    def shards(self, parts: Sequence[bytes]) -> dict[str, str]:
        """The names of files of words by the beginnings of these."""
        named = [(beginnings, self.kept(data)) for beginnings, data in shards(parts)]
        return {beginning: name for beginnings, name in named for beginning in beginnings}

    def files(self, contents: Mapping[str, object]) -> Files:
        return Files(self._made, contents)
