"""The site that is shown, the one that takes its place, and how they change places."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from portal.fingerprint import digest

from .cache import FOLDER
from .tree import Entry, Looked, Tree, look
from .workers import aside

SITE = "site"
STAGING = ".site-next"
PREVIOUS = ".site-previous"


@dataclass(frozen=True)
class Places:
    """A site that is shown, the folder beside it that the next one is made in, and the one it is put away in for the
    moment of the change; `records` is where it is noted what lies in the first two."""

    shown: Path
    next: Path
    previous: Path
    records: Path

    @classmethod
    def of(cls, root: Path) -> Places:
        return cls(root / SITE, root / STAGING, root / PREVIOUS, root / FOLDER)

    def record(self, tree: Path) -> Path:
        return self.records / f"{'shown' if tree == self.shown else 'next'}.json"

    def stamp(self) -> str:
        """Names what is noted of the site that is shown; empty where nothing is noted or shown."""
        try:
            return digest(self.record(self.shown).read_bytes()) if self.shown.is_dir() else ""
        except OSError:
            return ""

    def shown_tree(self) -> Tree:
        """The site that is shown, to be looked at."""
        return Tree.seen(self.shown, self.record(self.shown))

    @contextmanager
    def looking(self) -> Iterator[Callable[[], Looked] | None]:
        """Look at the folder of the next one beside other work; what is given to the block waits for what is seen."""
        with aside(lambda: look(self.next, self.record(self.next))) as looked:
            yield looked

    def next_tree(self, looked: Looked | None = None) -> Tree:
        """The folder of the next one, to be brought up to date, as it was `looked` at since it was changed last."""
        return Tree.opened(self.next, self.record(self.next), looked)

    def keep(self, tree: Tree) -> str:
        """Note what lies in the folder of the next one now. Gives the stamp there will be once it is shown, if it could be
        noted."""
        return tree.save(self.record(self.next))

    def forget(self) -> None:
        """Drop what is noted of the two folders."""
        for tree in (self.shown, self.next):
            self.record(tree).unlink(missing_ok=True)

    def exchange_records(self) -> None:
        """Note that the two folders have changed places."""
        shown, following = self.record(self.shown), self.record(self.next)
        beside = shown.with_suffix(".previous")
        with suppress(OSError):
            if shown.exists():
                shown.replace(beside)
            if following.exists():
                following.replace(shown)
            if beside.exists():
                beside.replace(following)


@dataclass(frozen=True)
class HeldPlaces(Places):
    """Folders that nobody but this process writes in: what lies in them is not looked for anew each time."""

    _held: dict[str, dict[str, Entry]] = field(default_factory=dict)
    _exchanges: list[None] = field(default_factory=list)

    def stamp(self) -> str:
        return str(len(self._exchanges)) if "shown" in self._held else ""

    def shown_tree(self) -> Tree:
        return Tree(self.shown, self._held.get("shown", {}))

    @contextmanager
    def looking(self) -> Iterator[None]:
        """There is nothing to look for."""
        yield None

    def next_tree(self, looked: Looked | None = None) -> Tree:
        entries = self._held.pop("next", None)  # not to be believed if the build fails
        if entries is None:
            shutil.rmtree(self.next, ignore_errors=True)
        self.next.mkdir(parents=True, exist_ok=True)
        return Tree(self.next, entries or {})

    def keep(self, tree: Tree) -> str:
        self._held["next"] = tree.entries
        return str(len(self._exchanges) + 1)

    def forget(self) -> None:
        self._held.clear()

    def exchange_records(self) -> None:
        shown = self._held.pop("shown", None)
        self._held["shown"] = self._held.pop("next")
        if shown is not None:
            self._held["next"] = shown
        self._exchanges.append(None)


def exchange(places: Places) -> None:
    """Show the next folder and keep the one shown for the build after; on failure everything is as it was."""
    if places.shown.exists():
        places.shown.rename(places.previous)
    try:
        places.next.rename(places.shown)
    except OSError:
        recover(places)
        raise
    if places.previous.exists():
        places.previous.rename(places.next)
    places.exchange_records()


def level(places: Places) -> None:
    """Bring the next folder to what is shown, so that the next change finds nothing else to do."""
    shown, tree = places.shown_tree(), places.next_tree()
    wanted = {path: entry.content for path, entry in shown.entries.items()}
    tree.clear([path for path in tree.entries if path not in wanted])
    for path in tree.outdated(wanted):
        tree.share(path, shown)
    places.keep(tree)


def recover(places: Places) -> None:
    """Undo an exchange that was killed between its steps. Records then speak of the other folder: they are dropped,
    so that what they say of files is not believed."""
    if not places.previous.exists():
        return
    places.forget()
    if not places.shown.exists():
        places.previous.rename(places.shown)
    else:
        shutil.rmtree(places.previous, ignore_errors=True)
