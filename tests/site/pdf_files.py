"""A PDF file as a reader and a screen reader get it: its bookmarks, tags, words, links and sheets, read with pypdf."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from pypdf import PdfReader
from pypdf.generic import DictionaryObject

POINTS = 72 / 25.4  # in a millimetre


@dataclass(frozen=True)
class Element:
    """One element of the tree of tags."""

    kind: str
    alt: str
    scope: str


class PdfFile:
    """One file, read whole."""

    def __init__(self, data: bytes) -> None:
        self._reader = PdfReader(io.BytesIO(data), strict=True)
        self.catalog: Any = self._reader.trailer["/Root"]
        self.title = self._reader.metadata.title if self._reader.metadata else None
        self.created = self._reader.metadata.creation_date if self._reader.metadata else None

    @classmethod
    def read(cls, file: Path) -> PdfFile:
        return cls(file.read_bytes())

    @cached_property
    def sheets(self) -> list[str]:
        """What each sheet says."""
        return [sheet.extract_text() for sheet in self._reader.pages]

    @cached_property
    def words(self) -> str:
        """All it says, without spaces: where a line ends is the browser's affair."""
        return squeezed("".join(self.sheets))

    @property
    def sizes(self) -> set[tuple[int, int]]:
        """Of the sheets, in whole millimetres."""
        boxes = [sheet.mediabox for sheet in self._reader.pages]
        return {(round(float(box.width) / POINTS), round(float(box.height) / POINTS)) for box in boxes}

    @property
    def bookmarks(self) -> list[str]:
        """Their titles, in order."""
        return list(_titles(self._reader.outline))

    @cached_property
    def elements(self) -> list[Element]:
        """The tags, in the order in which they are read aloud."""
        return list(_elements(self.catalog["/StructTreeRoot"]))

    def count(self, kind: str) -> int:
        return sum(element.kind == kind for element in self.elements)

    @property
    def links(self) -> list[str]:
        """Where links out of the file lead."""
        actions = [link.get("/A") for link in self._annotations()]
        return [action.get_object()["/URI"] for action in actions if action]

    @property
    def jumps(self) -> list[str]:
        """The places in the file that links lead to."""
        return [str(link["/Dest"]).removeprefix("/") for link in self._annotations() if "/Dest" in link]

    @property
    def places(self) -> set[str]:
        """The places in the file that links may lead to."""
        return {name.removeprefix("/") for name in self._reader.named_destinations}

    @property
    def pictures(self) -> list[tuple[int, int]]:
        """The size of each that is drawn, in its own pixels."""
        return [image.image.size for sheet in self._reader.pages for image in sheet.images if image.image]

    def rightmost(self) -> float:
        """How far from the left edge the last run of letters begins on any sheet, in millimetres."""
        found: list[float] = []

        def see(text: str, matrix: list[float], text_matrix: list[float], _font: Any, _size: float) -> None:
            if text.strip():
                found.append(text_matrix[4] * matrix[0] + text_matrix[5] * matrix[2] + matrix[4])

        for sheet in self._reader.pages:
            sheet.extract_text(visitor_text=see)
        return max(found) / POINTS

    def _annotations(self) -> Iterator[Any]:
        for sheet in self._reader.pages:
            yield from (one.get_object() for one in sheet.get("/Annots") or ())


def squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text)


def _titles(outline: list) -> Iterator[str]:
    for item in outline:
        if isinstance(item, list):
            yield from _titles(item)
        else:
            yield item.title


def _elements(node: Any) -> Iterator[Element]:
    node = node.get_object()
    if not isinstance(node, DictionaryObject):  # the number of a piece of content
        return
    if "/S" in node:
        yield Element(node["/S"].removeprefix("/"), node.get("/Alt", ""), _scope(node))
    below = node.get("/K", [])
    for child in below if isinstance(below, list) else [below]:
        yield from _elements(child)


def _scope(node: DictionaryObject) -> str:
    said = node.get("/A", [])
    found = [one.get_object() for one in (said if isinstance(said, list) else [said])]
    return next((one["/Scope"].removeprefix("/") for one in found if "/Scope" in one), "")
