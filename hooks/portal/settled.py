"""What a build leaves behind for the next one, in which perhaps only bodies have changed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from typing import NamedTuple

from .addresses import Addresses
from .body import Body
from .feeds.feeding import Known as KnownFeeds
from .fingerprint import digest
from .marking import Note
from .memory import Memory
from .pages import Notes, Page
from .pages.shared import Shared
from .pictures import Pictures, name_of
from .planning import Cards
from .problems import Problem
from .registers import Registers
from .routes import Redirect, authored
from .schema.dates import VIETNAM
from .search.indexing import Known
from .source import Sources, Written
from .standing import Standing
from .views import Link

LEAVES = "leaves"  # what a memory calls those of some neighbours
TOGETHER = 32  # leaves


@dataclass(frozen=True)
class Stretch:
    """The time in which the same is shown: of one day, and between two moments at which something appears or ends."""

    day: date
    since: datetime | None
    until: datetime | None

    @classmethod
    def around(cls, now: datetime, sources: Sources) -> Stretch:
        showings = (file.gist.showing for file in (*sources.articles, *sources.profiles))
        known = {moment for showing in showings if showing for moment in (showing.since, showing.until) if moment}
        since = max((moment for moment in known if moment <= now), default=None)
        return cls(_day(now), since, min((moment for moment in known if moment > now), default=None))

    def holds(self, now: datetime) -> bool:
        has_begun = self.since is None or self.since <= now
        return has_begun and (self.until is None or now < self.until) and _day(now) == self.day


def _day(now: datetime) -> date:
    return now.astimezone(VIETNAM).date()


@dataclass(frozen=True)
class BesidePages:
    """What a site says beside its pages; `counts` says how many of these each template draws."""

    cards: Cards
    navigation: tuple[Link, ...]
    footer: tuple[Link, ...]
    redirects: tuple[Redirect, ...]
    held_back: tuple[tuple[str, Standing], ...]
    withheld: frozenset[str]
    assets: tuple[str, ...]
    pictures: Pictures
    shared: Shared
    warnings: tuple[Problem, ...]
    counts: Mapping[str, int]


class Leaf(NamedTuple):
    """A body as it was, and the page of its address, if there is one. `front` names all that the file holds beside the
    body, `notes` what is said of the figures in it."""

    address: str
    front: str
    body: Body
    page: Page | None
    notes: str


class Leaves(NamedTuple):
    """Leaves of neighbours, with what is said of their figures by address."""

    leaves: tuple[Leaf, ...]
    notes: Mapping[str, Mapping[str, Note]]


@dataclass(frozen=True)
class Settled:
    """A site without problems, as far as an edit of bodies asks of it.

    `around` names all that it was made from but the Markdown files and the moment. `names` name these, in order of their
    `paths`, and `leaves` the leaves of every so many of them. `linked` are the places that bodies lead to, by address.
    """

    around: str
    stretch: Stretch
    beside: BesidePages
    paths: tuple[str, ...]
    names: tuple[str, ...]
    leaves: tuple[str, ...]
    addresses: Addresses
    linked: Mapping[str, frozenset[str]]
    index: Known
    feeds: KnownFeeds
    amended: int = 0  # bodies, since it was made the whole way


def around(registers: Registers, written: Written, pictures: Pictures, *, preview: bool) -> str:
    """Names all that a site is made from but the Markdown files and the moment."""
    return digest(registers.name, str(preview), *written.others, "", name_of(pictures))


class NamedFile(NamedTuple):
    """A Markdown file: its path, the name of all it holds and of all but its body, the address of this."""

    path: str
    name: str
    front: str
    address: str


def named_files(sources: Sources) -> tuple[NamedFile, ...]:
    """Of files without faults, in order of path."""
    files = sorted((*authored(sources), *sources.intros), key=lambda file: file.path)
    return tuple(NamedFile(f.path, sources.names[f.path], sources.fronts[f.path], f.address) for f in files)


@dataclass(frozen=True)
class Ground:
    """What a site was made of, for the next one: so little of the files as it has to know, as they would fill the memory
    while pages are drawn. `bodies` and `pages` are by address."""

    around: str
    stretch: Stretch
    files: tuple[NamedFile, ...]
    addresses: Addresses
    bodies: Mapping[str, Body]
    pages: Mapping[str, Page]
    notes: Notes
    index: Known
    feeds: KnownFeeds

    def settle(self, beside: BesidePages, memory: Memory) -> Settled:
        """What the next build is to know of the site; its leaves are kept in the memory."""
        sources = [file.name for file in self.files]
        groups = _grouped([self._leaf(file) for file in self.files])
        names = names_of(self.around, self.addresses, sources, groups)
        if memory.lacks(LEAVES, names):
            memory.complete([self.notes])  # else each process would
        memory.keep(LEAVES, {name: partial(self._with_notes, group) for name, group in zip(names, groups, strict=True)})
        paths = tuple(file.path for file in self.files)
        linked = linked_by({}, self.bodies.values())
        index = self.index.with_places(file.address for file in self.files)
        made = (self.addresses, linked, index, self.feeds)
        return Settled(self.around, self.stretch, beside, paths, tuple(sources), names, *made)

    def _leaf(self, file: NamedFile) -> Leaf:
        address = file.address
        body, page, notes = self.bodies[address], self.pages.get(address), self.notes.names.get(address, "")
        return Leaf(address, file.front, body, page, notes)

    def _with_notes(self, leaves: tuple[Leaf, ...]) -> Leaves:
        return Leaves(leaves, {leaf.address: self.notes.of[leaf.address] for leaf in leaves if leaf.notes})


def _grouped(leaves: Sequence[Leaf]) -> list[tuple[Leaf, ...]]:
    return [tuple(leaves[start : start + TOGETHER]) for start in range(0, len(leaves), TOGETHER)]


def names_of(
    made_from: str, addresses: Addresses, sources: Sequence[str], groups: Iterable[tuple[Leaf, ...]]
) -> tuple[str, ...]:
    """Of the leaves of each group: by the names of all that they hold and of what their bodies were made from."""
    said = zip(sources, (leaf for group in groups for leaf in group), strict=True)
    parts = [digest(name, leaf.page.name if leaf.page else "", leaf.body.name, leaf.notes) for name, leaf in said]
    starts = range(0, len(parts), TOGETHER)
    return tuple(digest(made_from, addresses.name, *parts[start : start + TOGETHER]) for start in starts)


def linked_by(known: Mapping[str, frozenset[str]], bodies: Iterable[Body]) -> dict[str, frozenset[str]]:
    """The places that bodies lead to, beside those known."""
    found = dict(known)
    for body in bodies:
        for link in body.anchor_links:
            found[link.address] = found.get(link.address, frozenset()) | {link.fragment}
    return found
