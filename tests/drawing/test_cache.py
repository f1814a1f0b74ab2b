"""A cache may be lost, damaged, of another version or out of reach: then it is empty, and never wrong."""

from __future__ import annotations

import multiprocessing
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from importlib.metadata import version
from multiprocessing.connection import Connection
from pathlib import Path

import pytest
from drawing.cache import Cache, code_version, sealed
from hypothesis import given
from hypothesis import strategies as st
from portal.packing import Packer

MADE = {f"khoa-{number}": f"giá trị {number}".encode() * 50 for number in range(40)}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Of a cache that holds MADE."""
    with closing(Cache(tmp_path / "cache", "bản 1")) as cache:
        cache.keep("trang", MADE)
    return tmp_path / "cache"


def _read(folder: Path, code: str = "bản 1") -> dict[str, bytes]:
    with closing(Cache(folder, code)) as cache:
        return dict(cache.some("trang", list(MADE)))


def test_what_is_kept_is_there_in_another_process(folder: Path) -> None:
    assert _read(folder) == MADE


def test_kinds_do_not_mix(folder: Path) -> None:
    with closing(Cache(folder, "bản 1")) as cache:
        assert cache.one("bài", "khoa-1") is None
        assert cache.one("trang", "khoa-1") == MADE["khoa-1"]
        assert cache.has("trang", ["khoa-1", "khác"]) == {"khoa-1"}


def test_more_keys_than_one_question_holds(tmp_path: Path) -> None:
    many = {str(number): b"%d" % number for number in range(1201)}
    with closing(Cache(tmp_path / "cache", "bản 1")) as cache:
        cache.keep("trang", many)
        assert dict(cache.some("trang", list(many))) == many


def test_a_cache_of_another_version_is_empty_and_stays_so(folder: Path) -> None:
    assert _read(folder, "bản 2") == {}
    assert _read(folder, "bản 1") == {}


def test_a_folder_is_made_only_for_something_to_keep(tmp_path: Path) -> None:
    with closing(Cache(tmp_path / "cache", "bản 1")) as cache:
        assert cache.one("trang", "a") is None
        cache.keep("trang", {})
    assert not (tmp_path / "cache").exists()


def test_what_is_of_no_use_goes_once_it_is_more_than_what_is(folder: Path) -> None:
    names = list(MADE)
    with closing(Cache(folder, "bản 1")) as cache:
        cache.keep_only({"trang": set(names[:20])})
        assert cache.has("trang", names) == set(names), "as much as what is of use: it may be of use again"
        cache.keep_only({"trang": set(names[:19])})
        assert cache.has("trang", names) == set(names[:19])


def test_a_program_that_is_older_now_keeps_nothing(folder: Path) -> None:
    """The one that took the file over would believe it."""
    with closing(Cache(folder, "bản 1")) as old, closing(Cache(folder, "bản 2")) as new:
        assert not old.keep_sealed("trang", {"cũ": sealed(b"x", Packer())})
        assert new.keep_sealed("trang", {"mới": sealed(b"y", Packer())})
        assert dict(new.every("trang")) == {"mới": b"y"}
        assert old.one("trang", "mới") is None


@pytest.mark.parametrize("library", ["nh3", "pydantic", "Markdown"])
def test_the_version_changes_with_what_pages_are_made_with(library: str, monkeypatch: pytest.MonkeyPatch) -> None:
    before = code_version()
    monkeypatch.setattr("drawing.cache.version", lambda name: "99" if name == library else version(name))
    assert code_version() != before


# --- damage --------------------------------------------------------------------------


@given(at=st.lists(st.integers(0, 10**6), min_size=1, max_size=40), length=st.integers(1, 3000))
def test_of_a_file_damaged_anywhere_only_right_values_are_read(
    at: list[int], length: int, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("damaged")
    with closing(Cache(folder, "bản 1")) as cache:
        cache.keep("trang", MADE)
    file = folder / "cache.sqlite"
    data = bytearray(file.read_bytes())
    for start in at:
        start %= len(data)
        part = bytes(byte ^ 0xFF for byte in data[start : start + length])
        data[start : start + length] = part
    file.write_bytes(data)
    found = _read(folder)
    assert found.items() <= MADE.items()
    with closing(Cache(folder, "bản 1")) as cache:
        cache.keep("trang", MADE)
        cache.keep_only({"trang": set(list(MADE)[:5])})
    assert _read(folder).items() <= MADE.items()


@pytest.mark.parametrize("at", [4050, 4000, 3900, 20, 100])
def test_damage_that_sqlite_cannot_even_tell_of(folder: Path, at: int) -> None:
    """In the names of tables: the text of the error is no text then."""
    file = folder / "cache.sqlite"
    data = bytearray(file.read_bytes())
    data[at : at + 6] = bytes(byte ^ 0xFF for byte in data[at : at + 6])
    file.write_bytes(data)
    assert _read(folder).items() <= MADE.items()


@pytest.mark.parametrize("part", [0.0, 0.001, 0.3, 0.5, 0.999])
def test_a_file_cut_short(folder: Path, part: float) -> None:
    file = folder / "cache.sqlite"
    data = file.read_bytes()
    file.write_bytes(data[: int(len(data) * part)])
    assert _read(folder).items() <= MADE.items()
    with closing(Cache(folder, "bản 1")) as cache:
        cache.keep("trang", MADE)
    with closing(Cache(folder, "bản 1")) as cache:
        cache.keep("trang", MADE)  # the first that met the damage may have removed the file
        assert dict(cache.some("trang", list(MADE))) == MADE


def test_something_else_of_its_name_is_replaced(folder: Path) -> None:
    (folder / "cache.sqlite").write_bytes(b"of somebody else, and no database at all" * 100)
    assert _read(folder) == {}
    with closing(Cache(folder, "bản 1")) as cache:
        cache.keep("trang", MADE)
    assert _read(folder) == MADE


def test_a_value_that_is_not_as_it_was_written_is_not_there(folder: Path) -> None:
    with closing(sqlite3.connect(folder / "cache.sqlite")) as database:
        kept = sealed(b"dung", Packer())
        for key, value in (("khoa-1", kept[:-1]), ("khoa-2", kept[:8] + b"x"), ("khoa-3", b""), ("khoa-4", kept)):
            database.execute("UPDATE made SET value = ? WHERE key = ?", (value, key))
        database.commit()
    found = _read(folder)
    assert MADE.keys() - found.keys() == {"khoa-1", "khoa-2", "khoa-3"}
    assert found["khoa-4"] == b"dung"


# --- out of reach ------------------------------------------------------------------------


@pytest.fixture
def locked(folder: Path) -> Iterator[Path]:
    """Another process is writing and does not end."""
    ours, theirs = multiprocessing.get_context("fork").Pipe()
    other = multiprocessing.get_context("fork").Process(target=_lock, args=(folder, theirs), daemon=True)
    other.start()
    assert ours.recv() == "locked"
    yield folder
    ours.send("end")
    other.join()


def _lock(folder: Path, to: Connection) -> None:
    database = sqlite3.connect(folder / "cache.sqlite", isolation_level=None)
    database.execute("BEGIN EXCLUSIVE")
    to.send("locked")
    to.recv()
    database.execute("ROLLBACK")
    database.close()


def test_a_cache_another_build_writes_is_left_to_it(locked: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    connect = sqlite3.connect
    monkeypatch.setattr(sqlite3, "connect", lambda *given, **named: connect(*given, **named | {"timeout": 0}))
    with closing(Cache(locked, "bản 1")) as cache:
        cache.keep("trang", {"mới": b"x"})
        assert cache.one("trang", "mới") is None
    assert (locked / "cache.sqlite").exists(), "what belongs to another build is not removed"


def test_what_was_kept_is_there_after_the_other_build(locked: Path) -> None:
    with closing(Cache(locked, "bản 1")) as cache:
        assert dict(cache.some("trang", list(MADE))) == MADE, "readers do not wait for who writes"


def test_a_file_in_the_place_of_the_folder(tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("của ai đó", encoding="utf-8")
    with closing(Cache(tmp_path / "cache", "bản 1")) as cache:
        cache.keep("trang", MADE)
        assert dict(cache.some("trang", list(MADE))) == {}
    assert (tmp_path / "cache").read_text(encoding="utf-8") == "của ai đó"


def test_a_folder_in_the_place_of_the_file(tmp_path: Path) -> None:
    (tmp_path / "cache/cache.sqlite").mkdir(parents=True)
    with closing(Cache(tmp_path / "cache", "bản 1")) as cache:
        cache.keep("trang", MADE)
        assert dict(cache.some("trang", list(MADE))) == {}


def test_a_file_that_may_not_be_changed(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As SQLite sees a read-only file system: what is there is read, what is new is not kept."""
    connect = sqlite3.connect

    def reading(file: Path, **named: object) -> sqlite3.Connection:
        found = connect(f"file:{file}?mode=ro", uri=True, **named)  # type: ignore[call-overload]
        return found

    monkeypatch.setattr(sqlite3, "connect", reading)
    with closing(Cache(folder, "bản 1")) as cache:
        assert dict(cache.some("trang", list(MADE))).items() <= MADE.items()
        cache.keep("trang", {"mới": b"x"})
        assert cache.one("trang", "mới") is None
    monkeypatch.undo()
    assert _read(folder) == MADE


def test_the_version_changes_with_the_code_alone() -> None:
    assert code_version() == code_version()
    assert len(code_version()) == 32
