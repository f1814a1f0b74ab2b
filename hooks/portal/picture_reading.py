"""The pictures under docs/assets/, looked at: each is read when it has changed, and opened once."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from .fingerprint import digest
from .memory import Memory, Wanted
from .pictures import MAX_BYTES, SUFFIXES, Kind, Picture, Pictures, is_picture, suffix_of
from .problems import Problem
from .reading import read_bytes, trace_of, whole_file
from .svg import drawing

_SAVE_AS = "hãy lưu lại thành JPEG (ảnh chụp) hoặc PNG (hình vẽ)"
_LONGEST_BEGINNING = 12  # bytes
_BEGINNINGS = (  # of the files of cameras and drawing programs: what it is, and how to mend it
    (re.compile(rb"\xff\xd8\xff"), "JPEG", "hãy đổi đuôi thành .jpg"),
    (re.compile(rb"\x89PNG\r\n\x1a\n"), "PNG", "hãy đổi đuôi thành .png"),
    (re.compile(rb"GIF8[79]a"), "GIF", "hãy đổi đuôi thành .gif"),
    (re.compile(rb"RIFF....WEBP", re.S), "WebP", "hãy đổi đuôi thành .webp"),
    (re.compile(rb"....ftypavi[fs]", re.S), "AVIF", "hãy đổi đuôi thành .avif"),
    (re.compile(rb"....ftyp(?:hei[cmsx]|hev[cmsx]|mif1|msf1)", re.S), "HEIC của iPhone", _SAVE_AS),
    (re.compile(rb"II\*\0|MM\0\*"), "TIFF", _SAVE_AS),
)


def looked_at(root: Path, paths: Iterable[str], memory: Memory) -> dict[str, Picture]:
    """The pictures among these files (paths from docs/), also those under the suffix of something else: they would be
    published as they are, with what a camera notes. Each is read again only when its size or time has changed, and opened
    only when its bytes have."""
    there = [path for path in paths if is_picture(path) or _in_disguise(root, path)]
    if not there:
        return {}

    def names_of(some: Sequence[str]) -> list[str]:
        return [_name_of(root, path) for path in some]

    def look(some: Sequence[str]) -> list[Picture]:
        return [_looked_at(root, path) for path in some]

    traces = [digest(path, *map(str, trace_of(root, f"docs/{path}"))) for path in there]
    (names,) = memory.values(Wanted("picture bytes", traces, there, names_of))
    named = [digest(name, suffix_of(path)) for path, name in zip(there, names, strict=True)]
    (found,) = memory.values(Wanted("picture", named, there, look, heavy=True))
    return dict(zip(there, found, strict=True))


def _name_of(root: Path, path: str) -> str:
    """Of the bytes; of a file that can't be read of the reason."""
    data, problems = read_bytes(root, f"docs/{path}", MAX_BYTES)
    return f"? {problems[0].message}" if data is None else digest(data)


def _looked_at(root: Path, path: str) -> Picture:
    suffix = suffix_of(path)
    data, problems = read_bytes(root, f"docs/{path}", MAX_BYTES)
    if data is None:
        return Picture("", SUFFIXES.get(suffix, Kind.JPEG), message=problems[0].message, hint=problems[0].hint)
    name = digest(data)
    if suffix not in SUFFIXES:
        found = None if is_picture(path) else _kind_by_beginning(data)
        said = f"là ảnh {suffix}, nhiều trình duyệt không xem được"
        message, hint = _disguised(suffix, *found) if found else (said, _SAVE_AS)
        return Picture(name, Kind.JPEG, message=message, hint=hint)
    if SUFFIXES[suffix] is Kind.SVG:
        _, width, height, message, hint = drawing(data)
        return Picture(name, Kind.SVG, width, height, message=message, hint=hint)
    from . import rasters  # noqa: PLC0415 - it brings Pillow, for which most builds have no use

    return rasters.looked_at(name, data, suffix)


def _in_disguise(root: Path, path: str) -> bool:
    if suffix_of(path) == ".md":
        return False
    try:
        with (root / "docs" / path).open("rb") as file:
            return _kind_by_beginning(file.read(_LONGEST_BEGINNING)) is not None
    except OSError:  # told where files are read
        return False


def _kind_by_beginning(data: bytes) -> tuple[str, str] | None:
    """What kind of picture begins so, and how to mend that it is called something else."""
    return next(((kind, hint) for begins, kind, hint in _BEGINNINGS if begins.match(data)), None)


def _disguised(suffix: str, kind: str, hint: str) -> tuple[str, str]:
    return f"là ảnh {kind} {f'mang đuôi {suffix}' if suffix else 'không có đuôi'}", hint


def warn_of_movement(pictures: Pictures) -> Iterator[Problem]:
    """Of a picture that moves its first frame is published: readers could not stop it (WCAG 2.2.2)."""
    for path, picture in pictures.items():
        if picture.moves:
            hint = "nếu cần xem chuyển động, hãy lưu thành video và để trong `attachments`"
            yield whole_file(f"docs/{path}", "là ảnh động, cổng chỉ đăng khung hình đầu", hint)
