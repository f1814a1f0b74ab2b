"""1,000 random edits in 50 batches: an incremental build shows what a build from nothing shows, byte for byte.

`python tests/edits/run.py --edits 10000` goes on with other seeds.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path

import pytest
from proof import EDITS_OF_A_BATCH, ONE_IS_A_PREVIEW, Batch, Proof
from record_edits import WORDS

BATCHES = 5


@contextmanager
def one_core() -> Iterator[None]:
    """As on a machine that has no other: all is done in one process. A worker of the test run has a core of its own."""
    if not hasattr(os, "sched_setaffinity"):
        yield
        return
    cores = sorted(os.sched_getaffinity(0))
    worker = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
    os.sched_setaffinity(0, {cores[worker % len(cores)]})
    try:
        yield
    finally:
        os.sched_setaffinity(0, cores)


@pytest.mark.parametrize("seed", range(101, 111))
def test_incremental_builds_equal_builds_from_nothing(
    tmp_path: Path, seed: int, record_property: Callable[[str, object], None]
) -> None:
    """Six of ten in one process, the previews among them, which is faster where all cores are busy with tests."""
    with one_core() if seed % 5 < 3 else nullcontext():
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
