"""What was made before, by what it was made from: one SQLite file that may be lost at any time.

A cache of another version of the code, a damaged one and one that can't be written are as good as none: nothing is
ever wrong because of them, only slower.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from contextlib import suppress
from hashlib import blake2b
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from sys import version_info

from portal.fingerprint import digest
from portal.packing import DamagedError, Packer, as_it_is, unpack

FOLDER = ".portal-cache"
_FILE = "cache.sqlite"
_SEAL = 8  # bytes of a checksum before each value
# Bytes of a page of a file that is new. With SQLite's own 4,096 writing takes half as long again, and the file is a tenth larger.
_PAGE = 32_768
_AT_ONCE = 500
_VERSION = "SELECT version FROM code"
_KEYS = "SELECT key FROM made WHERE kind = ?"
_LIBRARIES = (
    "mkdocs",
    "mkdocs-material",
    "Markdown",
    "Jinja2",
    "MarkupSafe",
    "PyYAML",
    "nh3",
    "pydantic",
    "pydantic-core",
    "python-frontmatter",
)

# The latter two where a damaged file says how long a text is, or what stands in the text of an error.
_FAILURES = (sqlite3.Error, MemoryError, UnicodeDecodeError)
_OUT_OF_REACH = frozenset(
    {
        *(sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_PROTOCOL, sqlite3.SQLITE_READONLY),
        *(
            sqlite3.SQLITE_PERM,
            sqlite3.SQLITE_CANTOPEN,
            sqlite3.SQLITE_IOERR,
            sqlite3.SQLITE_FULL,
            sqlite3.SQLITE_NOMEM,
        ),
    }
)


def code_version() -> str:
    """Changes with every file of the code that makes pages and with the libraries it stands on."""
    hooks = Path(__file__).resolve().parent.parent
    files = sorted(path for folder in ("portal", "drawing") for path in (hooks / folder).rglob("*.py"))
    code = (part for path in (*files, hooks / "main.py") for part in (str(path.relative_to(hooks)), path.read_bytes()))
    return digest(*code, *map(_library, _LIBRARIES), f"{version_info.major}.{version_info.minor}.{version_info.micro}")


def _library(name: str) -> str:
    try:
        return f"{name} {version(name)}"
    except PackageNotFoundError:
        return f"{name} -"


class Cache:
    """Values by kind and key. Reading never raises; what is damaged is not there. `code` is the version of the program
    that makes them."""

    def __init__(self, folder: Path, code: str) -> None:
        self.folder = folder
        self.code = code
        self._database: sqlite3.Connection | None = None
        self._given_up = False
        if (folder / _FILE).is_file():
            self._open()

    def _open(self) -> None:
        """Open the file, made where there is none: only for something to keep, so that a folder stays as it was."""
        if self._database is None and not self._given_up:
            try:
                self._open_or_renew()
            except (OSError, *_FAILURES):
                self._given_up = True

    def _open_or_renew(self) -> None:
        self.folder.mkdir(exist_ok=True)
        try:
            self._database = self._connected()
        except _FAILURES as error:
            if not _is_damage(error):
                raise
            self._remove()
            self._database = self._connected()

    def _connected(self) -> sqlite3.Connection:
        found = sqlite3.connect(self.folder / _FILE, timeout=10, isolation_level=None)
        try:
            found.execute(f"PRAGMA page_size = {_PAGE}")
            found.execute("PRAGMA journal_mode = WAL")
            # What a power failure leaves half written is damage like any other; waiting for the disk would cost seconds.
            found.execute("PRAGMA synchronous = OFF")
            found.execute("CREATE TABLE IF NOT EXISTS code (version TEXT)")
            found.execute("CREATE TABLE IF NOT EXISTS made (kind TEXT, key TEXT, value BLOB, PRIMARY KEY (kind, key))")
            known = found.execute(_VERSION).fetchone()
            if known != (self.code,):
                found.execute("BEGIN IMMEDIATE")
                found.execute("DELETE FROM made")
                found.execute("DELETE FROM code")
                found.execute("INSERT INTO code VALUES (?)", (self.code,))
                found.execute("COMMIT")
        except _FAILURES:
            found.close()
            raise
        return found

    def _remove(self) -> None:
        self.close()
        for name in (_FILE, f"{_FILE}-wal", f"{_FILE}-shm"):
            (self.folder / name).unlink(missing_ok=True)

    def close(self) -> None:
        if self._database is not None:
            with suppress(sqlite3.Error):
                self._database.close()
        self._database = None

    def reopened(self) -> Cache:
        """The same one for another process: SQLite's connections must not cross a fork."""
        return Cache(self.folder, self.code)

    def one(self, kind: str, key: str) -> bytes | None:
        return dict(self.some(kind, [key])).get(key)

    def some(self, kind: str, keys: Sequence[str]) -> Iterator[tuple[str, bytes]]:
        """Of these keys those that are there, with their values, in no order."""
        for start in range(0, len(keys), _AT_ONCE):
            part = keys[start : start + _AT_ONCE]
            marks = ",".join("?" * len(part))
            query = f"SELECT key, value FROM made WHERE kind = ? AND key IN ({marks})"
            for key, kept in self._rows(query, (kind, *part)):
                value = unsealed(kept)
                if value is not None:
                    yield key, value

    def every(self, kind: str) -> Iterator[tuple[str, bytes]]:
        """All of a kind, in no order."""
        return self.some(kind, [key for (key,) in self._rows(_KEYS, (kind,))])

    def has(self, kind: str, keys: Iterable[str]) -> frozenset[str]:
        """Which of these keys are there."""
        there = {key for (key,) in self._rows(_KEYS, (kind,))}
        return frozenset(there.intersection(keys))

    def count(self, kind: str) -> int:
        return sum(number for (number,) in self._rows("SELECT count(*) FROM made WHERE kind = ?", (kind,)))

    def _rows(self, query: str, values: tuple) -> list[tuple]:
        if self._database is None:
            return []
        try:
            return self._database.execute(query, values).fetchall()
        except _FAILURES as error:
            self._lost(error)
            return []

    def keep(self, kind: str, made: Mapping[str, bytes | bytearray]) -> None:
        """All or nothing; where they can't be kept nothing happens."""
        packer = Packer()
        self.keep_sealed(kind, {key: sealed(value, packer) for key, value in made.items()})

    def keep_sealed(self, kind: str, made: Mapping[str, bytes]) -> bool:
        """The same of values that `sealed` has packed, perhaps in another process. Whether they are kept."""
        if not made:
            return True
        self._open()
        rows = ((kind, key, value) for key, value in made.items())
        return self._change("INSERT OR REPLACE INTO made VALUES (?, ?, ?)", rows)

    def keep_only(self, wanted: Mapping[str, Set[str]]) -> None:
        """Drop what is of no use any more of these kinds, once it is more than what is: of all together, as values of one
        kind may need those of another."""
        of_use = sum(map(len, wanted.values()))
        if sum(map(self.count, wanted)) <= 2 * of_use:
            return
        there = {kind: {key for (key,) in self._rows(_KEYS, (kind,))} for kind in wanted}
        gone = [(kind, key) for kind, keys in there.items() for key in keys - wanted[kind]]
        if len(gone) > of_use:
            self._change("DELETE FROM made WHERE kind = ? AND key = ?", gone)

    def forget(self, *kinds: str) -> None:
        """Drop all values of these kinds."""
        self._change("DELETE FROM made WHERE kind = ?", [(kind,) for kind in kinds])

    def _change(self, query: str, rows: Iterable[tuple]) -> bool:
        """All or nothing; whether it was done."""
        if self._database is None:
            return False
        try:
            self._database.execute("BEGIN IMMEDIATE")
            if self._database.execute(_VERSION).fetchone() != (
                self.code,
            ):  # a newer program has taken it over meanwhile
                self._given_up = True
                self.close()
                return False
            self._database.executemany(query, rows)
            self._database.execute("COMMIT")
        except _FAILURES as error:
            self._lost(error)
            return False
        return True

    def _lost(self, error: Exception) -> None:
        """Go on without. Only a damaged file is removed: one that is merely busy belongs to another build."""
        self._given_up = True
        self.close()
        if _is_damage(error):
            with suppress(OSError):
                self._remove()


def _is_damage(error: Exception) -> bool:
    """Whether a file is of no use to anybody; what Python itself can't read of it has no code of SQLite's."""
    code = getattr(error, "sqlite_errorcode", None)
    return code is None or code & 0xFF not in _OUT_OF_REACH


def sealed(value: bytes | bytearray, packer: Packer | None = None) -> bytes:
    """A value as the cache keeps it: packed, unless it is already, after a checksum."""
    packed = packer.pack(value) if packer else as_it_is(value)
    return blake2b(packed, digest_size=_SEAL).digest() + packed


def unsealed(kept: bytes) -> bytes | None:
    """The value again; None when it is damaged."""
    seal, packed = kept[:_SEAL], kept[_SEAL:]
    if blake2b(packed, digest_size=_SEAL).digest() != seal:
        return None
    try:
        return unpack(packed)
    except DamagedError:
        return None
