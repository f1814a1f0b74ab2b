"""A build killed anywhere in the exchange of the two trees leaves a whole site, or the next one puts it back."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from drawing.building import Wishes, opened_cache, update
from drawing.exchange import Places, exchange, recover
from drawing.tree import Tree, write
from portal.site import build_site
from portals import NOW, built, fingerprints

STEPS = 6  # folders: shown away, next in its place, the old one for the next time; records: the same


class KilledError(BaseException):
    """The process ends here."""


def _kill_before(step: int, patch: pytest.MonkeyPatch) -> None:
    """Before the step-th renaming of a folder or record; the steps of later calls are not counted, as nothing goes on."""
    done = [0]

    def counted(rename: Callable[[Path, Path], Path]) -> Callable[[Path, Path], Path]:
        def step_by_step(self: Path, target: Path) -> Path:
            done[0] += 1
            if done[0] >= step:
                raise KilledError
            return rename(self, target)

        return step_by_step

    patch.setattr(Path, "rename", counted(Path.rename))
    patch.setattr(Path, "replace", counted(Path.replace))


@pytest.fixture
def places(tmp_path: Path) -> Places:
    """A site shown and the next one, each of one file and recorded."""
    found = Places(tmp_path / "site", tmp_path / "next", tmp_path / "previous", tmp_path / "records")
    for folder, text in ((found.shown, "cũ"), (found.next, "mới")):
        tree = Tree.opened(folder, found.record(folder))
        tree.written("index.html", text, write(folder, "index.html", text.encode()))
        tree.save(found.record(folder))
    return found


def _said(folder: Path) -> str:
    return (folder / "index.html").read_text(encoding="utf-8")


def _known(places: Places, folder: Path) -> str:
    """The name of the content that is believed to lie in a tree's file."""
    tree = Tree.seen(folder, places.record(folder))
    return next((text for text in ("cũ", "mới") if tree.holds("index.html", text)), "")


def test_an_exchange_shows_the_next_and_keeps_the_other_with_their_records(places: Places) -> None:
    exchange(places)
    assert (_said(places.shown), _said(places.next)) == ("mới", "cũ")
    assert (_known(places, places.shown), _known(places, places.next)) == ("mới", "cũ")
    assert not places.previous.exists()


@pytest.mark.parametrize("step", range(1, STEPS + 1))
def test_killed_before_any_step_a_whole_site_is_shown_and_nothing_wrong_is_believed(places: Places, step: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        _kill_before(step, patch)
        with pytest.raises(KilledError):
            exchange(places)
    recover(places)
    assert _said(places.shown) == ("cũ" if step <= 2 else "mới")
    assert not places.previous.exists()
    for folder in (places.shown, places.next):
        if folder.exists():
            assert _known(places, folder) in ("", _said(folder))


def test_a_next_site_that_cannot_be_shown_leaves_the_old_one(places: Places) -> None:
    (places.next / "index.html").unlink()
    places.next.rmdir()
    with pytest.raises(OSError, match="next"):
        exchange(places)
    assert _said(places.shown) == "cũ"
    assert not places.previous.exists()


def test_without_a_killed_exchange_recovering_does_nothing(places: Places) -> None:
    recover(places)
    assert (_known(places, places.shown), _known(places, places.next)) == ("cũ", "mới")


@pytest.mark.parametrize("step", range(1, STEPS + 1))
def test_the_build_after_a_killed_one_is_right(portal: Path, step: int) -> None:
    built(portal)  # there are two trees then
    before = fingerprints(portal / "site")
    page = portal / "docs/lien-he.md"
    text = page.read_text(encoding="utf-8")
    page.write_text(f"{text}\nMột câu thêm.\n", encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        _kill_before(step, patch)
        with pytest.raises(KilledError):
            _build(portal)
    _build(portal)
    after = fingerprints(portal / "site")
    changed = [path for path in before if after.get(path) != before[path]]
    assert [path for path in changed if not path.startswith("tim-kiem/chi-muc")] == ["lien-he/index.html"]
    page.write_text(text, encoding="utf-8")
    _build(portal)
    assert fingerprints(portal / "site") == before


def _build(root: Path) -> None:
    with closing(opened_cache(root)) as cache:
        assert update(root, build_site(root, NOW), Places.of(root), cache, Wishes()).failure == ""
