"""Files in, text out: the only place that opens an editor's file. What can't be read is a problem, not an exception."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterator
from pathlib import Path

from .problems import FILE, Problem
from .text import nfc, slugify

MAX_TEXT_BYTES = 2_000_000
MAX_PATH_BYTES = 200  # of one name, so that any file system and archive holds it

_CONFLICT = re.compile(r"^(<{7} |>{7} )", re.MULTILINE)
# YAML and browsers take these for line breaks or worse; nobody types them on purpose.
_UNSEEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x85\x86-\x9f\u2028\u2029\ufffe\uffff]")
# Windows refuses these names, so an editor there could not check the project out.
_RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\.|$)", re.IGNORECASE)
_SAFE_NAME = re.compile(r"[A-Za-z0-9_][A-Za-z0-9._-]*")

# Beside content, only what static hosting asks for may stand at the root of docs/.
_HOSTING_FILES = frozenset({"CNAME", "robots.txt", "favicon.ico", "favicon.svg", "favicon.png"})
# A browser would run these; docs/ holds content, not programs.
_PROGRAMS = frozenset({".html", ".htm", ".xhtml", ".js", ".mjs", ".css", ".wasm", ".php"})


def whole_file(path: str, message: str, hint: str) -> Problem:
    """A problem of the file as a whole."""
    return Problem(path, 1, 1, FILE, message, hint)


def read_bytes(root: Path, path: str, most: int = MAX_TEXT_BYTES) -> tuple[bytes | None, list[Problem]]:
    """The bytes of one regular file of no more than `most`, by default what a text may have; None when it can't be used."""
    file = f"{root}/{path}"  # thousands of times: making a Path costs as much as reading the file
    try:
        status = os.lstat(file)
        if not stat.S_ISREG(status.st_mode):
            return None, [
                whole_file(path, "không phải là tệp thường (liên kết hoặc tệp đặc biệt)", "hãy thay bằng tệp thật")
            ]
        if status.st_size > most:
            hint = "hãy tách thành nhiều tệp" if most == MAX_TEXT_BYTES else "hãy lưu lại nhỏ hơn"
            return None, [whole_file(path, f"lớn hơn {most // 1_000_000} MB", hint)]
        with open(file, "rb", buffering=0) as opened:  # noqa: PTH123 - see above
            data = opened.read()
    except OSError as error:
        return None, [whole_file(path, f"không đọc được ({error.strerror})", "hãy kiểm tra quyền đọc và ổ đĩa")]
    return data, []


def trace_of(root: Path, path: str) -> tuple[int, ...]:
    """What changes when somebody writes a file, and is seen without reading it; empty where there is none."""
    try:
        status = os.lstat(f"{root}/{path}")
    except OSError:
        return ()
    return status.st_size, status.st_mtime_ns, status.st_ino, status.st_ctime_ns


def decode(path: str, data: bytes) -> tuple[str | None, list[Problem]]:
    """UTF-8 bytes to NFC text. Other encodings are named, unseen characters and merge conflicts are refused."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return None, [whole_file(path, "mã hóa UTF-16", "hãy lưu lại tệp với mã hóa UTF-8")]
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = data[: error.start]
        line = before.count(b"\n") + 1
        column = len(before[before.rfind(b"\n") + 1 :].decode("utf-8", "replace")) + 1
        message = f"byte 0x{data[error.start]:02x} không phải UTF-8 (có thể là TCVN3, VNI hoặc windows-1258)"
        return None, [Problem(path, line, column, FILE, message, "hãy chuyển mã rồi lưu lại với UTF-8")]
    # Composed here, once: columns then count letters as an editor sees them.
    text = nfc(text.replace("\r\n", "\n").replace("\r", "\n"))
    problems = [
        _at(path, text, match.start(), f"có ký tự điều khiển U+{ord(match[0]):04X}", "hãy xóa ký tự đó")
        for match in _UNSEEN.finditer(text)
    ]
    if conflict := _CONFLICT.search(text):
        problems.append(
            _at(
                path,
                text,
                conflict.start(),
                "còn dấu xung đột của git",
                "hãy giữ một bản và xóa các dòng <<<<<<<, =======, >>>>>>>",
            )
        )
    return (None if problems else text), problems


def _at(path: str, text: str, offset: int, message: str, hint: str) -> Problem:
    line = text.count("\n", 0, offset) + 1
    return Problem(path, line, offset - text.rfind("\n", 0, offset), FILE, message, hint)


def docs_files(root: Path) -> tuple[list[str], list[Problem]]:
    """Every file under docs/, as paths from the project's root in code point order; hidden ones are left out.

    Refused: links, special files, names that some system can't hold or that differ only
    by case, files a browser would run, and anything but Markdown outside docs/assets/.
    """
    paths: list[str] = []
    problems: list[Problem] = []
    if not os.path.lexists(root / "docs"):
        return [], [whole_file("docs", "thiếu thư mục", "hãy tạo thư mục này với tệp docs/index.md")]
    if fault := folder_fault(root, "docs", ".md"):
        return [], [fault]
    for path, entry in _walk(root, "docs", problems):
        fault = _entry_fault(path, entry)
        if fault:
            problems.append(whole_file(path, *fault))
        elif entry.is_file(follow_symlinks=False):
            paths.append(path)
    problems.extend(_same_but_for_case(paths))
    return sorted(paths), problems


def data_files(root: Path, folder: str) -> tuple[list[str], list[Problem]]:
    """What stands directly under a folder of data/, hidden things left out, in code point order.

    A folder that isn't there holds nothing.
    """
    problems: list[Problem] = []
    if not os.path.lexists(root / folder):
        return [], []
    if fault := folder_fault(root, folder, ".yml"):
        return [], [fault]
    return sorted(f"{folder}/{entry.name}" for entry in _entries(root, folder, problems)), problems


def folder_fault(root: Path, folder: str, suffix: str) -> Problem | None:
    """What stands at the place of a folder is one, not a file or a link."""
    path = root / folder
    if path.is_symlink():
        return whole_file(folder, "là liên kết tượng trưng", "hãy thay bằng thư mục thật")
    if not path.is_dir():
        return whole_file(folder, "không phải là thư mục", f"hãy thay bằng thư mục chứa các tệp {suffix}")
    return None


def _entries(root: Path, folder: str, problems: list[Problem]) -> list[os.DirEntry]:
    try:
        return [entry for entry in os.scandir(root / folder) if not entry.name.startswith(".")]
    except OSError as error:
        problems.append(whole_file(folder, f"không đọc được ({error.strerror})", "hãy kiểm tra quyền đọc và ổ đĩa"))
        return []


def _walk(root: Path, folder: str, problems: list[Problem]) -> Iterator[tuple[str, os.DirEntry]]:
    waiting = [folder]
    while waiting:
        current = waiting.pop()
        for entry in _entries(root, current, problems):
            path = f"{current}/{entry.name}"
            yield path, entry
            if entry.is_dir(follow_symlinks=False):
                waiting.append(path)


def _entry_fault(path: str, entry: os.DirEntry) -> tuple[str, str] | None:
    if entry.is_symlink():
        return "là liên kết tượng trưng", "hãy thay bằng tệp thật"
    is_file = entry.is_file(follow_symlinks=False)
    if not is_file and not entry.is_dir(follow_symlinks=False):
        return "không phải là tệp thường", "hãy xóa nó"
    if fault := _name_fault(entry.name):
        return fault
    if is_file:
        return _kind_fault(path)
    return None


def _name_fault(name: str) -> tuple[str, str] | None:
    if len(os.fsencode(name)) > MAX_PATH_BYTES:
        return f"tên tệp dài quá {MAX_PATH_BYTES} byte", "hãy đặt tên ngắn hơn"
    if not _SAFE_NAME.fullmatch(name):
        stem, dot, suffix = name.rpartition(".")
        suggestion = (slugify(stem) + dot + suffix) if dot else slugify(name)
        return "tên tệp có dấu, khoảng trắng hoặc ký tự đặc biệt", f"hãy đổi tên thành `{suggestion or 'ten-tep'}`"
    if name.endswith("."):
        return "tên tệp mà Windows không nhận", f"hãy đổi tên thành `{name.rstrip('.')}`"
    if _RESERVED.match(name):
        return "tên tệp mà Windows không nhận", f"hãy đổi tên, ví dụ `tep-{name}`"
    return None


def _kind_fault(path: str) -> tuple[str, str] | None:
    name = path.rsplit("/", 1)[-1]
    suffix = f".{name.rpartition('.')[2].lower()}" if "." in name else ""
    if suffix in _PROGRAMS:
        return f"docs/ không nhận tệp {suffix}", "hãy viết trang bằng Markdown (.md)"
    if path.startswith("docs/assets/"):
        return None
    if suffix == ".md" and not name.endswith(".md"):
        return "đuôi tệp viết hoa", f"hãy đổi tên thành `{name[:-3]}.md`"
    if suffix == ".md" or (path == f"docs/{name}" and name in _HOSTING_FILES):
        return None
    return "tệp này không phải Markdown và nằm ngoài docs/assets/", "hãy chuyển vào docs/assets/ hoặc xóa"


def _same_but_for_case(paths: list[str]) -> Iterator[Problem]:
    seen: dict[str, str] = {}
    for path in sorted(paths):
        first = seen.setdefault(path.lower(), path)
        if first != path:
            yield whole_file(path, f"trùng tên với {first} trên máy không phân biệt chữ hoa", "hãy đổi tên một tệp")
