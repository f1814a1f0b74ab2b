"""Drawings (SVG): what in one a browser would run or fetch, and the same drawing without all that is not drawn."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple
from xml.parsers import expat
from xml.sax.saxutils import escape, quoteattr

SVG, XLINK = "http://www.w3.org/2000/svg", "http://www.w3.org/1999/xlink"
_XML = "http://www.w3.org/XML/1998/namespace"
_PREFIXES = {SVG: "", XLINK: "xlink:", _XML: "xml:"}
_BETWEEN = " "  # a namespace and a name: neither holds a space

# What runs, fetches or holds another document, in small letters. Animations can set a link to what they like.
_RUNS = frozenset(
    {"script", "foreignobject", "iframe", "object", "embed", "audio", "video", "handler", "listener"}
    | {"animate", "animatemotion", "animatetransform", "animatecolor", "set", "discard"}
)
_UNSEEN = frozenset({"metadata"})  # who made it, when, with which program
_FETCHED = re.compile(r"url\(\s*[\"']?(?!#)|@import|\\|expression\s*\(|javascript:", re.IGNORECASE)
_LENGTH = re.compile(r"\s*\+?(\d*\.?\d+(?:e[+-]?\d+)?)\s*(px|pt|pc|mm|cm|in|q|)\s*", re.IGNORECASE)
_PIXELS = {"": 1.0, "px": 1.0, "pt": 4 / 3, "pc": 16.0, "mm": 96 / 25.4, "cm": 96 / 2.54, "in": 96.0, "q": 96 / 101.6}
_WITHOUT_SIZE = "hãy thêm `viewBox` vào thẻ <svg>"
_DEEPEST, _LARGEST = 200, 100_000


class Drawing(NamedTuple):
    """A drawing as it may be published, with its size in pixels; or in one line why it can't be, and how to mend it."""

    data: bytes
    width: int = 0
    height: int = 0
    message: str = ""
    hint: str = ""


class _RefusedError(Exception):
    """With the message and the hint."""


def drawing(data: bytes) -> Drawing:
    """The drawing in an SVG file: elements and attributes of SVG alone, without comments and metadata.

    What is published is read again: a comment or an element that was left out may have parted what is one word now.
    """
    first = _read(data)
    again = first if first.message else _read(first.data)
    return again if again.message else first


def _read(data: bytes) -> Drawing:
    reader = _Reader()
    try:
        reader.read(data)
    except _RefusedError as refused:
        message, hint = refused.args
        return Drawing(b"", message=message, hint=hint)
    except expat.ExpatError as error:
        message = f"không phải là SVG đúng (dòng {error.lineno}: {expat.ErrorString(error.code)})"
        return Drawing(b"", message=message, hint="hãy xuất lại từ chương trình vẽ")
    width, height = reader.size
    return Drawing("".join(reader.written).encode(), width, height)


class _Reader:
    def __init__(self) -> None:
        self.written: list[str] = []
        self.size = (0, 0)
        self._parser = expat.ParserCreate(namespace_separator=_BETWEEN)
        self._depth = 0
        self._unseen = 0  # how deep in what is not drawn
        self._styles = 0
        self._parser.buffer_text = True
        self._parser.StartDoctypeDeclHandler = self._doctype
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._text
        self._parser.ProcessingInstructionHandler = self._instruction

    def read(self, data: bytes) -> None:
        self._parser.Parse(data, True)

    def _refuse(self, what: str, hint: str = "hãy xuất lại hình không có phần đó, hoặc lưu thành PNG") -> None:
        raise _RefusedError(f"có {what} ở dòng {self._parser.CurrentLineNumber}", hint)

    def _doctype(self, name: str, system: str | None, public: str | None, has_subset: int) -> None:
        """Programs write one that only names SVG; one with entities of its own may grow without end."""
        if has_subset:
            self._refuse("khai báo <!DOCTYPE …[…]>")

    def _instruction(self, target: str, data: str) -> None:
        if target.startswith("xml-stylesheet"):
            self._refuse("<?xml-stylesheet?>")

    def _start(self, name: str, attributes: Mapping[str, str]) -> None:
        space, _, local = name.rpartition(_BETWEEN)
        self._depth += 1
        if self._depth > _DEEPEST:
            self._refuse(f"quá {_DEEPEST} lớp lồng nhau")
        if self._depth == 1:
            self._begin(space, local, attributes)
        if local.lower() in _RUNS:
            self._refuse(f"<{local}>")
        if self._unseen or space != SVG or local in _UNSEEN:
            self._unseen += 1
            return
        self._styles += local == "style"
        kept = [f" {said}={quoteattr(value)}" for said, value in self._attributes(local, attributes)]
        spaces = f' xmlns="{SVG}" xmlns:xlink="{XLINK}"' if self._depth == 1 else ""
        self.written.append(f"<{local}{spaces}{''.join(kept)}>")

    def _begin(self, space: str, local: str, attributes: Mapping[str, str]) -> None:
        if (space, local) != (SVG, "svg"):
            raise _RefusedError(
                "không phải là SVG", f'hãy xuất lại từ chương trình vẽ; thẻ đầu phải là <svg xmlns="{SVG}">'
            )
        self.size = _size(attributes)

    def _attributes(self, element: str, attributes: Mapping[str, str]) -> list[tuple[str, str]]:
        kept = []
        for name, value in attributes.items():
            space, _, local = name.rpartition(_BETWEEN)
            if local.lower().startswith("on"):
                self._refuse(f"thuộc tính `{local}`")
            if local == "href":
                self._link(element, value)
            elif _FETCHED.search(value):
                self._refuse(f"`{local}` dẫn ra ngoài hình")
            if not space or space in (XLINK, _XML):
                kept.append((_PREFIXES.get(space, "") + local, value))
        return kept

    def _link(self, element: str, value: str) -> None:
        if element == "image":
            self._refuse("ảnh nhúng (<image>)", "hãy lưu cả hình thành PNG hoặc JPEG")
        if not value.strip().startswith("#"):
            self._refuse(f"liên kết ra ngoài hình (<{element}>)")

    def _end(self, name: str) -> None:
        self._depth -= 1
        local = name.rpartition(_BETWEEN)[2]
        if self._unseen:
            self._unseen -= 1
            return
        self._styles -= local == "style"
        self.written.append(f"</{local}>")

    def _text(self, text: str) -> None:
        if self._unseen:
            return
        if self._styles and _FETCHED.search(text):
            self._refuse("kiểu dẫn ra ngoài hình (<style>)")
        self.written.append(escape(text))


def _size(attributes: Mapping[str, str]) -> tuple[int, int]:
    """In pixels, as the drawing says it: by its width and height, else by its box."""
    told = [_pixels(attributes.get(key, "")) for key in ("width", "height")]
    box = re.split(r"[\s,]+", attributes.get("viewBox", "").strip())
    boxed = [_pixels(part) for part in box[2:]] if len(box) == 4 else [0, 0]
    width, height = told if all(told) else boxed
    if not (1 <= width <= _LARGEST and 1 <= height <= _LARGEST):
        raise _RefusedError("không cho biết khổ của hình", _WITHOUT_SIZE)
    return round(width), round(height)


def _pixels(length: str) -> float:
    """0 for what is no length of its own, as `100%`."""
    found = _LENGTH.fullmatch(length)
    return float(found[1]) * _PIXELS[found[2].lower()] if found else 0.0
