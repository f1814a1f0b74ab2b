"""The index as files: one small that names all others by what they hold, so that each may be kept for good once fetched."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from ..fingerprint import digest
from ..packing import Packer, unpack
from .bodies import Block
from .heads import ON_A_SHELF, Heads, as_json
from .layout import MORE, STRIDE, SUMMARY
from .shards import beginning_of, shared_out
from .words import plain_of

FOLDER = "tim-kiem/chi-muc/"
CONTENTS = "tim-kiem/chi-muc.json"
FORMAT = 1  # a change that overrides/javascripts/search/index.js has to know makes it another
_LARGEST = 8_000  # characters of a file of words
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
            "heads": _shards([heads.postings], made.kept),
        }
    )


def body_files(starts: Sequence[int], blocks: Sequence[Block]) -> Files:
    """The second tier. `starts` says which record is the first of each block."""
    made = _Made()
    return made.files(
        {
            "blocks": list(starts),
            "bodies": _shards([_with_headings(block) for block in blocks], made.kept),
            "phrases": made.kept(
                as_json(
                    {
                        "starts": [block.starts for block in blocks],
                        "near": _shards([block.near for block in blocks], made.kept),
                    }
                )
            ),
        }
    )


def contents_file(*parts: Mapping[str, object]) -> File:
    """The file that names all others."""
    return File.of(
        as_json({"format": FORMAT} | {key: value for part in parts for key, value in part.items()}).encode(), Packer()
    )


def path_of(name: str) -> str:
    return f"{FOLDER}{name}.json"


class _Made:
    """Files as they are made, named by what they hold."""

    def __init__(self) -> None:
        self._made: dict[str, File] = {}
        self._packer = Packer()

    def kept(self, text: str) -> str:
        file = File.of(text.encode(), self._packer)
        name = file.name[:_NAME]
        self._made[path_of(name)] = file
        return name

    def files(self, contents: Mapping[str, object]) -> Files:
        return Files(self._made, contents)


def _with_headings(block: Block) -> dict[str, object]:
    """A form's records, with those that have it in a heading behind them where there are any."""
    headings = block.headings
    return {form: [said, headings[form]] if form in headings else said for form, said in block.records.items()}


def _shards(parts: Sequence[Mapping[str, object]], kept: Callable[[str], str]) -> dict[str, str]:
    """Files by the beginnings of plain words, each a list of what it holds of every part; a word that takes more than
    a file holds has one of its own."""
    sizes: dict[str, int] = {}
    for part in parts:
        for form, said in part.items():
            plain = plain_of(form)
            sizes[plain] = sizes.get(plain, 0) + len(form) + len(said) + 6
    files = shared_out(sizes, _LARGEST)
    number_of = {beginning: number for number, beginnings in enumerate(files) for beginning in beginnings}
    file = {plain: number_of[beginning_of(plain, number_of.keys())] for plain in sizes}
    shards: list[list[dict[str, object]]] = [[{} for _ in parts] for _ in files]
    for number, part in enumerate(parts):
        for form, said in part.items():
            shards[file[plain_of(form)]][number][form] = said
    names = [kept(as_json(shard)) for shard in shards]
    return {beginning: names[number] for beginning, number in number_of.items()}
