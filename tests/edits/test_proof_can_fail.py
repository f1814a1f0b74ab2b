"""The proof finds a planted error and names the edit that shows it."""

from __future__ import annotations

import random
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from content_files import ContentFiles
from drawing.cache import FOLDER
from drawing.outputs import PageOutput, Pages
from happenings import another_version, output_lost, time_passed
from portal.pages import Page
from portals import NOW, fingerprints
from proof import EDITS_OF_A_BATCH, FLAVOURS, Batch, DifferenceError, Proof, Replay
from record_edits import FAULTS, text_added

GUILTY = 13
RECORDS = 8  # articles, and as many profiles


@dataclass(frozen=True)
class OneTitleAmongBodies(Batch):
    """Bodies are edited, and between them one title."""

    def edit(self, files: ContentFiles, number: int) -> str:
        if number != GUILTY:
            return f"text_added: {text_added(files, random.Random(number))}"
        path = next(path for path in reversed(files.articles()) if not files.is_hidden(path))
        files.change(path, title="Tiêu đề khác hẳn")
        return f"title_changed: {path}"


def _names_without_views(patch: pytest.MonkeyPatch) -> None:
    """Of two pages at one address the body alone tells whether they are the same: a cache that ignores views."""
    right = Pages._output

    def output(self: Pages, page: Page) -> PageOutput:
        return right(self, replace(page, name=page.address))._replace(page=page)

    patch.setattr(Pages, "_output", output)


def test_the_edit_that_makes_the_difference_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _names_without_views(monkeypatch)
    proof = Proof(tmp_path, 1, records=RECORDS)
    proof.start()
    with pytest.raises(DifferenceError) as raised:
        proof.batch(OneTitleAmongBodies(1, 7, FLAVOURS[0], None, None, False))
    told = str(raised.value).splitlines()
    path = next(path for path in proof._files().articles() if "Tiêu đề khác hẳn" in proof._files().text(path))
    assert told[0] == f"seed 1, batch 7, edit {GUILTY} (title_changed: {path}), killed at None, after nothing:"
    own = next(line for line in told if line.startswith(path.removeprefix("docs/").removesuffix(".md")))
    assert """after edits ['<meta property="og:title" content="Bài """ in own
    assert own.endswith(""", from nothing ['<meta property="og:title" content="Tiêu đề khác hẳn">']""")


def test_without_the_planted_error_the_same_batch_is_equal(tmp_path: Path) -> None:
    proof = Proof(tmp_path, 1, records=RECORDS)
    proof.start()
    proof.batch(OneTitleAmongBodies(1, 7, FLAVOURS[0], None, None, False))
    assert (proof.tally.edits, proof.tally.batches, proof.tally.faulty) == (EDITS_OF_A_BATCH, 1, 0)


def test_a_site_that_changed_by_itself_is_blamed_on_no_edit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What happened between two builds is told when the edits are not needed to see it."""
    _names_without_views(monkeypatch)
    proof = Proof(tmp_path, 1, records=RECORDS)
    proof.start()

    def retitled(root: Path, around: object, chance: object) -> None:
        files = ContentFiles(root, NOW)
        files.change(next(path for path in files.articles() if not files.is_hidden(path)), title="Đổi từ trước")

    with pytest.raises(DifferenceError, match=r"batch 3, no edit \(retitled happened before\)"):
        proof.batch(Batch(1, 3, FLAVOURS[0], retitled, None, False))


def test_a_difference_that_does_not_come_again_is_blamed_on_no_single_edit(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _names_without_views(monkeypatch)
    monkeypatch.setattr(Replay, "difference", lambda self, edits: "")
    proof = Proof(tmp_path, 1, records=RECORDS)
    proof.start()
    said = r"^seed 1, batch 7, not seen again when all was made again, one of \['text_added: .*title_changed: "
    with pytest.raises(DifferenceError, match=said):
        proof.batch(OneTitleAmongBodies(1, 7, FLAVOURS[0], None, None, False))


def test_what_was_before_a_batch_is_made_again(tmp_path: Path) -> None:
    """Later versions of the program, time, killed builds, a fault that was mended, faults that were taken back."""
    proof = Proof(tmp_path, 1, records=RECORDS)
    proof.start()
    proof.batch(Batch(1, 0, FLAVOURS[-1], another_version, ("rename", 3), faulty=True))
    proof.batch(Batch(1, 1, FLAVOURS[3], time_passed, ("write", 2), faulty=False))
    proof.batch(Batch(1, 2, FAULTS, output_lost, None, faulty=False))
    assert (proof.tally.faulty, proof.tally.killed, len(proof.tally.unplanned)) == (2, 2, 1)
    last = Batch(1, 3, FLAVOURS[0], time_passed, None, faulty=False)
    again = proof.before(last)
    proof.happen(last)
    assert again.around == proof.around
    assert again.around.edition > 0
    assert again.around.now > NOW
    assert _written_and_built(again.root) == _written_and_built(proof.root)


def _written_and_built(root: Path) -> dict[str, str]:
    """All but what is kept of builds, which tells of files by their numbers."""
    return {path: made for path, made in fingerprints(root).items() if not path.startswith(FOLDER)}
