"""Random edits in batches: after each, what an incremental build shows is what a build from nothing shows."""

from __future__ import annotations

import os
import random
import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

from compiling import templates_compiled_once
from content_files import ContentFiles
from drawing.building import Wishes
from drawing.cache import FOLDER, Cache, code_version
from drawing.exchange import HeldPlaces, Places, level, recover
from drawing.memory import Recent, remembering
from drawing.renewing import Renewal
from happenings import (
    HAPPENINGS,
    OF_A_PREVIEW,
    Happening,
    Killed,
    Surroundings,
    code_of,
    killed_at,
)
from house_edits import DATA, SETTINGS, TEMPLATES
from portal_start import RECORDS, write_portal
from portals import NOW
from record_edits import BODIES, FAULTS, FILES, FRONTS, PICTURES, WORDS, Edit, mended

EDITS_OF_A_BATCH = 20
BUILT = ("site", ".site-next", ".site-previous", FOLDER)  # what a portal has beside what people write
ONE_IS_A_PREVIEW = 5  # of so many portals

# Which edits a batch draws from: were there a new template in each, nothing would ever be taken from the cache.
FLAVOURS: tuple[tuple[Edit, ...], ...] = (
    WORDS,
    BODIES,
    (*BODIES, *FRONTS),
    (*BODIES, *FILES, *PICTURES),
    (*BODIES, *FRONTS, *FILES, *PICTURES),
    (*BODIES, *FRONTS, *DATA),
    (*BODIES, *TEMPLATES),
    (*BODIES, *FRONTS, *FILES, *PICTURES, *DATA, *TEMPLATES, *SETTINGS),
)
_FAULTY = 0.15  # of the batches end with a fault
_HAPPENS = 0.5  # of the batches follow a happening
_KILLED = 0.2  # of the builds are killed once before they succeed


@dataclass(frozen=True)
class Batch:
    """What chance has in store before one build; `kill` is the step at which the build is killed at first."""

    seed: int
    number: int
    flavour: tuple[Edit, ...]
    happening: Happening | None
    kill: tuple[str, int] | None
    faulty: bool

    @classmethod
    def of(cls, seed: int, number: int) -> Batch:
        chance = random.Random(f"batch {seed} {number}")
        happening = chance.choice(HAPPENINGS) if chance.random() < _HAPPENS else None
        steps = (("rename", chance.randrange(1, 8)), ("write", chance.choice((1, 2, 30))))
        kill = chance.choice(steps) if chance.random() < _KILLED else None
        return cls(seed, number, chance.choice(FLAVOURS), happening, kill, chance.random() < _FAULTY)

    def in_a_preview(self) -> Batch:
        return replace(self, kill=None, happening=self.happening if self.happening in OF_A_PREVIEW else None)

    def edit(self, files: ContentFiles, number: int) -> str:
        """Make the number-th edit: of these files always the same."""
        chance = random.Random(f"edit {self.seed} {self.number} {number}")
        last = number == EDITS_OF_A_BATCH - 1
        while True:
            edit = chance.choice(FAULTS if self.faulty and last else self.flavour)
            done = edit(files, chance)
            if done is not None:
                return f"{edit.__name__}: {done}"


@dataclass(frozen=True)
class Outcome:
    """How a build ended: the faults of the content, or why it could not be drawn; the site's folder if it was, and whether
    only the pages of changed bodies were looked at."""

    problems: tuple[str, ...]
    failure: str
    site: Path
    is_amended: bool

    @property
    def shown(self) -> bool:
        return not (self.problems or self.failure)


@dataclass
class Tally:
    """What was proved: edits and batches compared, faults among them, and those that nobody planned."""

    edits: int = 0
    batches: int = 0
    faulty: int = 0
    killed: int = 0
    amended: int = 0
    happenings: set[str] = field(default_factory=set)
    edits_made: set[str] = field(default_factory=set)
    unplanned: list[str] = field(default_factory=list)


class DifferenceError(AssertionError):
    """An incremental build that shows something else; says which edit makes the difference, and where."""


@dataclass
class Proof:
    """One portal under `folder`, edited batch by batch; `held`: in a preview, which holds what it made. Nobody else writes
    there, and what kills it takes all with it. `compares`: with builds from nothing; else it builds only to get where
    another proof is."""

    folder: Path
    seed: int
    say: Callable[[str], None] = lambda text: None
    records: int = RECORDS
    held: bool = False
    compares: bool = True
    tally: Tally = field(default_factory=Tally)
    batches_made: list[Batch] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.root = self.folder / "portal"
        shown = self.folder / "shown"
        held = HeldPlaces(shown / "site", shown / "next", shown / "previous", shown)
        self.places = held if self.held else Places.of(self.root)
        self.recent = Recent() if self.held else None
        self.around = Surroundings(NOW)
        self._code = code_version()

    def run(self, batches: int) -> Tally:
        """Raises DifferenceError at the first batch after which there is one."""
        with templates_compiled_once():
            self.start()
            for number in range(batches):
                batch = Batch.of(self.seed, number)
                self.batch(batch.in_a_preview() if self.held else batch)
        return self.tally

    def start(self) -> None:
        """The portal before all edits, built."""
        write_portal(self.root, self.seed, self.records)
        self.places.records.mkdir(exist_ok=True)
        start = self._incremental(None)
        assert start.shown, start
        if self.held:
            level(self.places)

    def batch(self, batch: Batch) -> None:
        """One batch made, built and compared."""
        self.happen(batch)
        before = self.folder / "before"
        _snapshot(self.root, before, without=BUILT)
        edits = [batch.edit(self._files(), number) for number in range(EDITS_OF_A_BATCH)]
        difference, outcome = self._compared(batch.kill)
        if difference:
            raise DifferenceError(self._told(batch, edits, difference))
        self._count(batch, edits, outcome)
        if not outcome.shown and batch.faulty:
            mended(self._files())
            difference, outcome = self._compared(None)
            if difference:
                raise DifferenceError(f"{_place(batch)}, once its fault was mended: {difference}")
        if not outcome.shown:
            self.tally.unplanned.append(f"{_place(batch)}: {outcome.problems or outcome.failure}")
            self._take_back(before)
        shutil.rmtree(before)
        self.batches_made.append(batch)

    def happen(self, batch: Batch) -> None:
        if batch.happening:
            batch.happening(self.root, self.around, random.Random(f"happening {self.seed} {batch.number}"))

    def _take_back(self, content: Path) -> None:
        """What editors write is again as it was; what was built stays."""
        for path in self.root.iterdir():
            if path.name not in BUILT:
                shutil.rmtree(path) if path.is_dir() else path.unlink()
        shutil.copytree(content, self.root, copy_function=_linked, symlinks=True, dirs_exist_ok=True)

    def _count(self, batch: Batch, edits: Sequence[str], outcome: Outcome) -> None:
        self.tally.edits += len(edits)
        self.tally.batches += 1
        self.tally.faulty += not outcome.shown
        self.tally.killed += batch.kill is not None
        self.tally.amended += outcome.is_amended
        self.tally.edits_made.update(edit.partition(":")[0] for edit in edits)
        if batch.happening:
            self.tally.happenings.add(batch.happening.__name__)
        self.say(f"{_place(batch)}: {'equal' if outcome.shown else 'equally refused'}")

    def _files(self) -> ContentFiles:
        return ContentFiles(self.root, self.around.now)

    # --- one build, and the same from nothing --------------------------------------

    def _compared(self, kill: tuple[str, int] | None) -> tuple[str, Outcome]:
        """What differs, in words, or nothing; and how the incremental build ended."""
        if not self.compares:
            return "", self._incremental(kill)
        shown = self.places.shown
        before = {} if kill else _contents(shown)
        found = self._incremental(kill)
        nothing = self.folder / "nothing"
        fresh = self._from_nothing(nothing)
        try:
            if (found.problems, found.failure) != (fresh.problems, fresh.failure):
                return f"ended with {found}\nfrom nothing with {fresh}", found
            if not found.shown:
                return ("" if kill else _differences(_contents(shown), before)), found
            return _differences(_contents(found.site), _contents(fresh.site)), found
        finally:
            shutil.rmtree(nothing)

    def _incremental(self, kill: tuple[str, int] | None) -> Outcome:
        cache = self.root / FOLDER
        if kill:
            with suppress(Killed), killed_at(*kill):
                self._build(self.places, cache, self.recent)
        return self._build(self.places, cache, self.recent)

    def _from_nothing(self, folder: Path) -> Outcome:
        folder.mkdir()
        return self._build(Places(folder / "site", folder / "next", folder / "previous", folder), folder, None)

    def _build(self, places: Places, folder: Path, recent: Recent | None) -> Outcome:
        """As `portal build` does it; in a process of its own nothing would be shared with the builds before, here there
        are no values in modules either."""
        recover(places)
        code = f"{self._code} {self.around.edition}"
        with code_of(self.around.edition), closing(Cache(folder, code)) as cache:
            wishes = Wishes()
            renewal = Renewal(self.root, places, cache, wishes, preview=self.held)
            renewed = remembering(cache, wishes.progress, partial(renewal.run, self.around.now), recent)
        return Outcome(
            tuple(map(str, renewed.problems)), renewed.built.failure, places.shown, is_amended=renewed.site.is_amended
        )

    # --- whose fault it is -----------------------------------------------------------

    def _told(self, batch: Batch, edits: Sequence[str], difference: str) -> str:
        """The first edit of the batch after which a build differs: all before it are made too, those after it not. What a
        preview holds can't be gone back to."""
        if self.held:
            return f"{_place(batch)}, in a preview, one of {edits}:\n{difference}"
        again = Replay(self.before(batch), batch)
        if not again.difference(len(edits)):
            return f"{_place(batch)}, not seen again when all was made again, one of {edits}:\n{difference}"
        good, bad = -1, len(edits)
        if found := again.difference(0):
            good, bad, difference = -1, 0, found
        else:
            good = 0
        while bad - good > 1:
            middle = (good + bad) // 2
            if found := again.difference(middle):
                bad, difference = middle, found
            else:
                good = middle
        happened = batch.happening.__name__ if batch.happening else "nothing"
        culprit = f"edit {bad - 1} ({edits[bad - 1]})" if bad else f"no edit ({happened} happened before)"
        return f"{_place(batch)}, {culprit}, killed at {batch.kill}, after {happened}:\n{difference}"

    def before(self, batch: Batch) -> Proof:
        """All that was before the edits of the batch, made again: chance has always the same in store for content. What
        several processes left in a cache may lie elsewhere in it, and be damaged elsewhere."""
        proof = Proof(self.folder / "once-more", self.seed, records=self.records, compares=False)
        proof.start()
        for earlier in self.batches_made:
            proof.batch(earlier)
        proof.happen(batch)
        return proof


@dataclass
class Replay:
    """A batch made again from the state before it, as far as is asked for."""

    proof: Proof
    batch: Batch

    def difference(self, edits: int) -> str:
        folder = self.proof.folder / "again"
        shutil.rmtree(folder, ignore_errors=True)
        again = Proof(folder, self.proof.seed)
        again.around = replace(self.proof.around)
        _snapshot(self.proof.root, again.root)
        for number in range(edits):
            self.batch.edit(again._files(), number)
        difference, _ = again._compared(self.batch.kill)
        return difference


def _place(batch: Batch) -> str:
    return f"seed {batch.seed}, batch {batch.number}"


def _snapshot(root: Path, to: Path, without: Sequence[str] = ()) -> None:
    """A portal as it is, its files' numbers and times too: under a second name where nothing writes into a file, as a
    copy where something does."""
    left_out = {str(root): set(without)}
    shutil.rmtree(to, ignore_errors=True)
    ignored = lambda folder, names: left_out.get(folder, set())  # noqa: E731
    shutil.copytree(root, to, symlinks=True, ignore=ignored, copy_function=_linked)
    if (to / FOLDER).is_dir():
        shutil.rmtree(to / FOLDER)
        shutil.copytree(root / FOLDER, to / FOLDER)


def _linked(source: str, target: str) -> None:
    os.link(source, target)


def _contents(folder: Path) -> dict[str, bytes]:
    """Every file by its path; a folder without files counts as a file without content."""
    found: dict[str, bytes] = {}
    for within, folders, names in os.walk(folder):
        path = Path(within)
        found |= {str((path / name).relative_to(folder)): (path / name).read_bytes() for name in names}
        if not (folders or names):
            found[f"{path.relative_to(folder)}/"] = b""
    return found


def _differences(found: dict[str, bytes], wanted: dict[str, bytes]) -> str:
    """The files that differ, with their first lines that do; empty when none does."""
    return "\n".join(_differing(found, wanted))


def _differing(found: dict[str, bytes], wanted: dict[str, bytes]) -> Iterator[str]:
    for path in sorted(found.keys() | wanted.keys()):
        if path not in wanted:
            yield f"{path}: only after edits"
        elif path not in found:
            yield f"{path}: only from nothing"
        elif found[path] != wanted[path]:
            one, other = (data.decode(errors="replace").splitlines() for data in (found[path], wanted[path]))
            at = next((n for n, pair in enumerate(zip(one, other, strict=False)) if pair[0] != pair[1]), -1)
            yield f"{path}:{at + 1}: after edits {one[at : at + 1]}, from nothing {other[at : at + 1]}"
