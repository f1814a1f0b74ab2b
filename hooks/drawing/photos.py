"""The files that pictures are published as: named before they are made, made once for the same bytes.

They are kept in a folder of the cache, not by the version of the program: to make them anew would take minutes, and what
they are made by is said in their names.
"""

from __future__ import annotations

import hashlib
import os
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import NamedTuple

from portal.fingerprint import digest
from portal.pictures import MAX_BYTES, Kind, Pictures
from portal.reading import read_bytes
from portal.svg import drawing

from .material import DrawingError
from .tree import Trace, write

FOLDER = "photos"  # in that of the cache
ENCODING = 1  # is raised when pictures are written in another way
_SEAL = 16  # bytes of a checksum before what a file holds
_FORMATS = ((".webp", Kind.WEBP), (".jpg", Kind.JPEG))


class PhotoFile(NamedTuple):
    """A file made of the picture at `source` (from docs/). `name` says all that it is made from; of a drawing the width is
    that of the drawing."""

    source: str
    kind: Kind
    width: int
    height: int
    name: str


def photo_files(pictures: Pictures, shown: Iterable[str]) -> dict[str, PhotoFile]:
    """Every file made of the pictures that are `shown`, by its path in the site. At the path of the picture itself lies one
    of its own kind, no wider than the widest: nothing but pixels is published."""
    made = f"{ENCODING} {version('pillow')}"
    files: dict[str, PhotoFile] = {}
    for path in shown:
        picture = pictures.get(path)
        if picture is None:
            continue
        own = picture.widths[-1] if picture.widths else picture.width
        wanted = [(path, picture.kind, own)]
        stem = picture.stem(path)[1:]
        wanted += [(f"{stem}-{width}{suffix}", kind, width) for width in picture.widths for suffix, kind in _FORMATS]
        for file, kind, width in wanted:
            name = digest(picture.name, kind, str(width), made)
            files[file] = PhotoFile(path, kind, width, picture.height_at(width), name)
    return files


@dataclass(frozen=True)
class Photos:
    """The files of a site's pictures by their paths, made or fetched when they are asked for."""

    root: Path
    cache: Path  # the folder they are kept in
    pictures: Pictures
    files: Mapping[str, PhotoFile]

    def names(self) -> dict[str, str]:
        return {path: file.name for path, file in self.files.items()}

    def groups(self, paths: Iterable[str]) -> list[list[str]]:
        """The paths by the picture they are made of: it is opened once for all of them."""
        found: defaultdict[str, list[str]] = defaultdict(list)
        for path in paths:
            found[self.files[path].source].append(path)
        return list(found.values())

    def write(self, folder: Path, groups: Sequence[Sequence[str]]) -> dict[str, Trace]:
        """Write files into a folder."""
        return {path: write(folder, path, data) for group in groups for path, data in self._made(group)}

    def data(self) -> Iterator[tuple[str, bytes]]:
        """Every file with what it holds."""
        for group in self.groups(self.files):
            yield from self._made(group)

    def _made(self, paths: Sequence[str]) -> Iterator[tuple[str, bytes]]:
        """Files of one picture. Raises DrawingError when the picture is another by now."""
        absent = []
        for path in paths:
            data = self._kept(self.files[path].name)
            if data is None:
                absent.append(path)
            else:
                yield path, data
        if absent:
            made = self._drawn(absent)
            for path, data in made:
                self._keep(self.files[path].name, data)
                yield path, data

    def _drawn(self, paths: Sequence[str]) -> Iterator[tuple[str, bytes]]:
        files = [self.files[path] for path in paths]
        source = files[0].source
        data, _ = read_bytes(self.root, f"docs/{source}", MAX_BYTES)
        if data is None or digest(data) != self.pictures[source].name:
            raise DrawingError(f"docs/{source} đã thay đổi trong lúc dựng; hãy dựng lại")
        if files[0].kind is Kind.SVG:
            yield paths[0], drawing(data).data
            return
        from portal.rasters import Pixels  # noqa: PLC0415 - it brings Pillow, for which most builds have no use

        pixels = Pixels(data, self.pictures[source].widths[-1])  # the same for each, whichever are absent
        for path, file in zip(paths, files, strict=True):
            yield path, pixels.written(file.kind, file.width, file.height)

    def _kept(self, name: str) -> bytes | None:
        """What is kept under a name; what is damaged is not there."""
        with suppress(OSError):
            data = (self.cache / name).read_bytes()
            if data[:_SEAL] == _seal(data[_SEAL:]):
                return data[_SEAL:]
        return None

    def _keep(self, name: str, data: bytes) -> None:
        """Where it can't be kept nothing happens."""
        beside = self.cache / f"{name}.{os.getpid()}"
        with suppress(OSError):
            self.cache.mkdir(parents=True, exist_ok=True)
            beside.write_bytes(_seal(data) + data)
            beside.replace(self.cache / name)

    def forget_unused(self) -> None:
        """Drop what no picture of the site needs, once it is more than what they need."""
        with suppress(OSError):
            there = {file.name for file in self.cache.iterdir()}
            unused = there - {file.name for file in self.files.values()}
            if len(unused) > len(self.files):
                for name in unused:
                    (self.cache / name).unlink(missing_ok=True)


def _seal(data: bytes) -> bytes:
    return hashlib.blake2b(data, digest_size=_SEAL).digest()
