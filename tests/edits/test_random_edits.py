"""1,000 random edits in 50 batches: an incremental build shows what a build from nothing shows, byte for byte.

`python tests/edits/run.py --edits 10000` goes on with other seeds.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from proof import EDITS_OF_A_BATCH, ONE_IS_A_PREVIEW, Batch, Proof
from record_edits import WORDS

BATCHES = 5


@pytest.mark.parametrize("seed", range(101, 111))
def test_incremental_builds_equal_builds_from_nothing(
    tmp_path: Path, seed: int, record_property: Callable[[str, object], None], request: pytest.FixtureRequest
) -> None:
    """Four of ten in several processes, none of them a preview, which has only one."""
    if seed % 5 >= 3:
        request.getfixturevalue("all_cores")
    tally = Proof(tmp_path, seed, held=seed % ONE_IS_A_PREVIEW == 0).run(BATCHES)
    assert tally.unplanned == [], "an edit left content at fault that should not: nothing was drawn after that batch"
    assert (tally.edits, tally.batches) == (BATCHES * EDITS_OF_A_BATCH, BATCHES)
    said = f"{tally.edits} edits in {tally.batches} batches, {tally.faulty} with faults, {tally.killed} builds killed"
    said += f", {tally.amended} where bodies alone were looked at"
    record_property("recount", f"{said}: 0 bytes differ")


def test_edits_of_words_alone_have_only_their_pages_looked_at(tmp_path: Path) -> None:
    proof = Proof(tmp_path, 120)
    proof.start()
    for number in range(2):
        proof.batch(Batch(proof.seed, number, WORDS, None, None, faulty=False))
    assert (proof.tally.amended, proof.tally.unplanned) == (2, [])
