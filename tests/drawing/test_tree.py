"""A tree of outputs: what is right stays, what anybody changed is made anew, nothing is written through a file."""

from __future__ import annotations

import errno
import json
import os
from pathlib import Path

import pytest
from drawing.tree import Entry, Trace, Tree, look, write
from portal.fingerprint import digest

FILES = {"index.html": b"trang", "a/index.html": b"mot", "a/b/index.html": b"hai", "tep.css": b"mau"}


@pytest.fixture
def record(tmp_path: Path) -> Path:
    return tmp_path / "records/next.json"


@pytest.fixture
def tree(tmp_path: Path, record: Path) -> Tree:
    """Four files, written and recorded; each content is named by its text."""
    made = Tree.opened(tmp_path / "site", record)
    for path, data in FILES.items():
        made.written(path, data.decode(), write(made.folder, path, data))
    made.save(record)
    return made


def test_a_tree_that_nobody_touched_is_known_whole(tree: Tree, record: Path) -> None:
    again = Tree.opened(tree.folder, record)
    assert again.entries == tree.entries
    assert again.outdated({path: data.decode() for path, data in FILES.items()}) == []


def test_what_was_seen_before_is_not_looked_at_again(tree: Tree, record: Path) -> None:
    (tree.folder / "a/index.html").write_bytes(b"sua tay")
    (tree.folder / "tep.css").unlink()
    (tree.folder / "la.txt").write_bytes(b"la")
    (tree.folder / "khong").mkdir()
    looked = look(tree.folder, record)
    assert (looked.wrong, sorted(looked.strange), looked.bare) == (
        ["a/index.html", "tep.css"],
        ["a/index.html", "la.txt"],
        ["khong/"],
    )
    (tree.folder / "index.html").write_bytes(b"sau do")
    again = Tree.opened(tree.folder, record, looked)
    assert sorted(again.entries) == ["a/b/index.html", "index.html"]
    assert sorted(path.name for path in tree.folder.iterdir()) == ["a", "index.html"]
    again.save(record)
    assert sorted(Tree.opened(tree.folder, record, looked).entries) == ["a/b/index.html"], "the record is another"


@pytest.mark.parametrize("kind", ["nothing", "a link", "a file"])
def test_where_something_else_stands_in_its_place_nothing_of_it_is_there(
    tree: Tree, record: Path, tmp_path: Path, kind: str
) -> None:
    tree.folder.rename(tmp_path / "di")
    if kind == "a link":
        tree.folder.symlink_to(tmp_path / "di")
    elif kind == "a file":
        tree.folder.write_bytes(b"la")
    assert look(tree.folder, record)[1:] == (sorted(FILES), [], [])
    assert Tree.opened(tree.folder, record).entries == {}
    assert list(tree.folder.iterdir()) == []
    assert (tmp_path / "di/index.html").read_bytes() == FILES["index.html"]


def test_what_is_wanted_and_not_there_is_outdated_in_order(tree: Tree) -> None:
    wanted = {path: data.decode() for path, data in FILES.items()} | {"tep.css": "khác", "0.html": "mới"}
    assert tree.outdated(wanted) == ["0.html", "tep.css"]


def test_a_file_altered_by_hand_is_made_anew(tree: Tree, record: Path) -> None:
    (tree.folder / "a/index.html").write_bytes(b"sua tay")
    again = Tree.opened(tree.folder, record)
    assert sorted(FILES.keys() - again.entries.keys()) == ["a/index.html"]
    assert not (tree.folder / "a/index.html").exists()


def test_a_file_of_the_same_size_and_time_put_in_its_place_is_noticed(tree: Tree, record: Path) -> None:
    file, other = tree.folder / "a/index.html", tree.folder.parent / "khac"
    other.write_bytes(b"MOT")
    status = file.stat()
    os.utime(other, ns=(status.st_atime_ns, status.st_mtime_ns))
    other.replace(file)
    assert "a/index.html" not in Tree.opened(tree.folder, record).entries


def test_a_file_removed_by_hand_is_made_anew(tree: Tree, record: Path) -> None:
    (tree.folder / "a/b/index.html").unlink()
    assert sorted(FILES.keys() - Tree.opened(tree.folder, record).entries.keys()) == ["a/b/index.html"]


def test_an_empty_folder_is_no_part_of_the_tree(tree: Tree, record: Path) -> None:
    """As where somebody removed a file of a page that is gone by the next build."""
    (tree.folder / "a/b/index.html").unlink()
    (tree.folder / "c/d").mkdir(parents=True)
    Tree.opened(tree.folder, record)
    assert sorted(path.name for path in tree.folder.rglob("*") if path.is_dir()) == ["a"]
    assert tree.folder.is_dir()


def test_files_added_by_hand_go_with_their_folders(tree: Tree, record: Path) -> None:
    for path in ("la.html", "a/la.html", "la/sau/la.html"):
        (tree.folder / path).parent.mkdir(parents=True, exist_ok=True)
        (tree.folder / path).write_text("của ai đó", encoding="utf-8")
    assert Tree.opened(tree.folder, record).entries == tree.entries
    assert _paths(tree.folder) == sorted(FILES)
    assert not (tree.folder / "la").exists()


def test_a_link_is_removed_and_what_it_leads_to_is_not(tree: Tree, record: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "www"
    elsewhere.mkdir()
    (elsewhere / "tep.html").write_text("giữ", encoding="utf-8")
    (tree.folder / "lien-ket").symlink_to(elsewhere)
    Tree.opened(tree.folder, record)
    assert not (tree.folder / "lien-ket").is_symlink()
    assert (elsewhere / "tep.html").read_text(encoding="utf-8") == "giữ"


@pytest.mark.parametrize("kind", ["file", "link"])
def test_something_else_at_the_place_of_the_tree_makes_way(tmp_path: Path, record: Path, kind: str) -> None:
    folder, elsewhere = tmp_path / "site", tmp_path / "www"
    elsewhere.mkdir()
    (elsewhere / "tep.html").write_text("giữ", encoding="utf-8")
    if kind == "file":
        folder.write_text("của ai đó", encoding="utf-8")
    else:
        folder.symlink_to(elsewhere)
    assert Tree.opened(folder, record).entries == {}
    assert folder.is_dir()
    assert not folder.is_symlink()
    assert (elsewhere / "tep.html").exists()


def test_looking_at_a_tree_touches_nothing(tree: Tree, record: Path) -> None:
    (tree.folder / "la.html").write_text("của ai đó", encoding="utf-8")
    (tree.folder / "tep.css").write_bytes(b"sua")
    seen = Tree.seen(tree.folder, record)
    assert [path for path, data in FILES.items() if not seen.holds(path, data.decode())] == ["tep.css"]
    assert not seen.holds("index.html", "khác")
    assert not seen.holds("la.html", "của ai đó")
    assert _paths(tree.folder) == sorted([*FILES, "la.html"])
    assert not Tree.seen(tree.folder / "khong-co", record).holds("index.html", "trang")


# --- files and folders in each other's place -------------------------------------------


def test_a_file_where_a_folder_is_needed_makes_way(tree: Tree) -> None:
    write(tree.folder, "moc", b"tep")
    write(tree.folder, "moc/sau/index.html", b"trang")
    assert (tree.folder / "moc/sau/index.html").read_bytes() == b"trang"


def test_a_folder_where_a_file_is_needed_makes_way(tree: Tree) -> None:
    write(tree.folder, "a", b"tep")
    assert (tree.folder / "a").read_bytes() == b"tep"


def test_a_folder_in_the_place_of_a_file_is_noticed(tree: Tree, record: Path) -> None:
    (tree.folder / "tep.css").unlink()
    (tree.folder / "tep.css").mkdir()
    (tree.folder / "tep.css/la").write_bytes(b"la")
    again = Tree.opened(tree.folder, record)
    assert "tep.css" not in again.entries
    again.written("tep.css", "mau", write(tree.folder, "tep.css", b"mau"))
    assert _paths(tree.folder) == sorted(FILES)


def test_an_empty_folder_in_the_place_of_a_file_makes_way(tree: Tree, record: Path) -> None:
    (tree.folder / "tep.css").unlink()
    (tree.folder / "tep.css").mkdir()
    again = Tree.opened(tree.folder, record)
    again.written("tep.css", "mau", write(tree.folder, "tep.css", b"mau"))
    assert _paths(tree.folder) == sorted(FILES)


def test_clearing_leaves_no_empty_folder(tree: Tree) -> None:
    tree.clear(["a/b/index.html", "a/index.html"])
    assert _paths(tree.folder) == ["index.html", "tep.css"]
    assert not (tree.folder / "a").exists()
    assert sorted(tree.entries) == ["index.html", "tep.css"]


# --- two trees ----------------------------------------------------------------------


def test_a_shared_file_is_one_file_that_is_not_written_through(tree: Tree, tmp_path: Path) -> None:
    other = Tree.opened(tmp_path / "next", tmp_path / "records/other.json")
    other.share("a/index.html", tree)
    assert (other.folder / "a/index.html").samefile(tree.folder / "a/index.html")
    other.written("a/index.html", "mới", write(other.folder, "a/index.html", b"moi"))
    assert (tree.folder / "a/index.html").read_bytes() == b"mot"
    assert (other.folder / "a/index.html").read_bytes() == b"moi"


def test_where_links_are_not_possible_files_are_copied(
    tree: Tree, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(source: object, target: object) -> None:
        raise OSError(errno.EXDEV, "another file system")

    monkeypatch.setattr(os, "link", refuse)
    record = tmp_path / "records/other.json"
    other = Tree.opened(tmp_path / "next", record)
    other.share("a/index.html", tree)
    other.save(record)
    assert (other.folder / "a/index.html").read_bytes() == b"mot"
    assert not (other.folder / "a/index.html").samefile(tree.folder / "a/index.html")
    assert Tree.opened(other.folder, record).outdated({"a/index.html": "mot"}) == []


# --- the record -----------------------------------------------------------------------

DAMAGED = {
    "gone": None,
    "empty": b"",
    "cut short": b'{"index.html": ["trang", 5,',
    "a list": b"[1, 2]",
    "a number": b"7",
    "another shape": b'{"index.html": ["trang", 5]}',
    "other types": b'{"index.html": 5}',
    "no text": b"\xff\xfe\x00",
}


@pytest.mark.parametrize("name", DAMAGED)
def test_of_a_damaged_record_nothing_is_believed(tree: Tree, record: Path, name: str) -> None:
    data = DAMAGED[name]
    if data is None:
        record.unlink()
    else:
        record.write_bytes(data)
    assert Tree.recorded(record) == {}
    assert Tree.seen(tree.folder, record).entries == {}
    assert Tree.opened(tree.folder, record).entries == {}
    assert _paths(tree.folder) == []


@pytest.mark.parametrize("count", [0, 1, 999, 1000, 1001, 2500])
def test_a_record_says_all_there_is(tmp_path: Path, record: Path, count: int) -> None:
    tree = Tree(tmp_path, {f"đường/{number}": Entry("tên", number, 2, 3) for number in range(count)})
    name = tree.save(record)
    assert Tree.recorded(record) == tree.entries
    assert record.read_text(encoding="utf-8") == json.dumps(tree.entries)
    assert name == digest(json.dumps(tree.entries))


@pytest.mark.parametrize("data", [b"", b"a", b"abc", b"abcdefg", bytearray(b"abcd")])
def test_a_file_is_written_whole_though_the_system_takes_little_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, data: bytes
) -> None:
    real = os.write
    monkeypatch.setattr(os, "write", lambda file, some: real(file, bytes(some[:3])))
    trace = write(tmp_path, "a/tep.txt", data)
    assert (tmp_path / "a/tep.txt").read_bytes() == data
    assert trace == Trace.of((tmp_path / "a/tep.txt").stat())


def test_a_record_that_cannot_be_written_is_none(tree: Tree, tmp_path: Path) -> None:
    (tmp_path / "chan").write_text("một tệp", encoding="utf-8")
    tree.save(tmp_path / "chan/next.json")
    assert Tree.recorded(tmp_path / "chan/next.json") == {}


def _paths(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())
