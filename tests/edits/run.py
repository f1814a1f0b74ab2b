"""`python tests/edits/run.py --edits 10000 --seed N`: the proof at length. Ends with status 1 at the first difference."""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parents[1] / "hooks"), str(HERE.parent / "site"), str(HERE)]

from proof import EDITS_OF_A_BATCH, ONE_IS_A_PREVIEW, DifferenceError, Proof, Tally  # noqa: E402 - found where it is now known to lie

BATCHES_OF_A_PORTAL = 25  # then a new one is begun, with the next seed


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--edits", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--quiet", action="store_true", help="say nothing of single batches")
    options = parser.parse_args()
    left, seed, total, since = -(-options.edits // EDITS_OF_A_BATCH), options.seed, Tally(), _seconds()
    while left > 0:
        with tempfile.TemporaryDirectory(prefix="portal-edits-") as folder:
            try:
                say = _quiet if options.quiet else _say
                proof = Proof(Path(folder), seed, say, held=seed % ONE_IS_A_PREVIEW == 0)
                tally = proof.run(min(left, BATCHES_OF_A_PORTAL))
            except DifferenceError as error:
                _say(str(error))
                return 1
        _add(total, tally)
        left, seed = left - tally.batches, seed + 1
    for line in total.unplanned:
        _say(f"refused: {line}")
    _say(
        f"{total.edits} edits in {total.batches} batches, {total.faulty} of them with faults, {total.killed} builds "
        f"killed, {total.amended} where bodies alone were looked at: 0 bytes differ; {_seconds() - since:.0f} s of processor time"
    )
    return 0


def _add(total: Tally, tally: Tally) -> None:
    total.edits += tally.edits
    total.batches += tally.batches
    total.faulty += tally.faulty
    total.killed += tally.killed
    total.amended += tally.amended
    total.unplanned += tally.unplanned


def _seconds() -> float:
    """Of processor time, helpers' too."""
    return sum(os.times()[:4])


def _say(text: str) -> None:
    print(text, flush=True)  # noqa: T201


def _quiet(text: str) -> None:
    pass


if __name__ == "__main__":
    sys.exit(main())
