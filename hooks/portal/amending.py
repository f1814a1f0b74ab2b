"""A site of which only bodies have changed: all but the pages that show them stands as it was.

No page but its own shows a body, and no front matter, register or standing is another. What is left to tell is whether
the new bodies are right, and whether the old ones gave something that another page needs: a place that a link leads to,
or the use of a picture. Where that is not sure, the site is made the whole way, which tells what is wrong.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import partial
from typing import NamedTuple

from .addresses import Addresses
from .body import Body
from .converting import converted
from .fingerprint import digest
from .marking import Note
from .memory import Memory
from .pages import Notes, Page
from .planning import Cards
from .problems import Problem
from .registers import Registers
from .routes import Redirect, authored
from .schema.dates import VIETNAM
from .source import Sources, Written, typed
from .standing import Standing
from .views import Link
from .weighing import by_path, to_weigh

LEAVES = "leaves"  # what a memory calls those of some neighbours
_TOGETHER = 32  # leaves
_MOST = 50  # amendments in a row: what they leave in a memory is dropped by a site that is made the whole way


@dataclass(frozen=True)
class Stretch:
    """The time in which the same is shown: of one day, and between two moments at which something appears or ends."""

    day: date
    since: datetime | None
    until: datetime | None

    @classmethod
    def around(cls, now: datetime, moments: Iterable[datetime]) -> Stretch:
        known = set(moments)
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
    amendments: int = 0  # since it was made the whole way


class Amended(NamedTuple):
    """The pages that show bodies which have changed, and how the site is settled then."""

    pages: tuple[Page, ...]
    settle: Callable[[Memory], Settled]


def around(registers: Registers, written: Written, *, preview: bool) -> str:
    """Names all that a site is made from but the Markdown files and the moment."""
    return digest(registers.name, str(preview), *written.others)


@dataclass(frozen=True)
class Ground:
    """What a site was made from and of, for the next one. `bodies` and `pages` are by address."""

    around: str
    written: Written
    sources: Sources
    addresses: Addresses
    bodies: Mapping[str, Body]
    pages: Mapping[str, Page]
    notes: Notes

    def settle(self, now: datetime, beside: BesidePages, memory: Memory) -> Settled:
        """What the next build is to know of the site; its leaves are kept in the memory."""
        paths = tuple(path for path, _ in self.written.files)
        files = {file.path: file.address for file in (*authored(self.sources), *self.sources.intros)}
        groups = _grouped([self._leaf(path, files[path]) for path in paths])
        names = _names(self.around, self.addresses, self.written.names, groups)
        memory.keep(LEAVES, {name: partial(self._with_notes, group) for name, group in zip(names, groups, strict=True)})
        known = (*self.sources.articles, *self.sources.profiles)
        moments = (m for file in known if (showing := file.gist.showing) for m in showing[1:] if m)
        linked = _linked({}, self.bodies.values())
        stretch = Stretch.around(now, moments)
        return Settled(self.around, stretch, beside, paths, self.written.names, names, self.addresses, linked)

    def _leaf(self, path: str, address: str) -> Leaf:
        body, page, notes = self.bodies[address], self.pages.get(address), self.notes.names.get(address, "")
        return Leaf(address, self.sources.fronts[path], body, page, notes)

    def _with_notes(self, leaves: tuple[Leaf, ...]) -> Leaves:
        return Leaves(leaves, {leaf.address: self.notes.of[leaf.address] for leaf in leaves if leaf.notes})


def _grouped(leaves: Sequence[Leaf]) -> list[tuple[Leaf, ...]]:
    return [tuple(leaves[start : start + _TOGETHER]) for start in range(0, len(leaves), _TOGETHER)]


def _names(
    made_from: str, addresses: Addresses, sources: Sequence[str], groups: Iterable[tuple[Leaf, ...]]
) -> tuple[str, ...]:
    """Of the leaves of each group: by the names of all that they hold and of what their bodies were made from."""
    said = zip(sources, (leaf for group in groups for leaf in group), strict=True)
    parts = [digest(name, leaf.page.name if leaf.page else "", leaf.body.name, leaf.notes) for name, leaf in said]
    starts = range(0, len(parts), _TOGETHER)
    return tuple(digest(made_from, addresses.name, *parts[start : start + _TOGETHER]) for start in starts)


def _linked(known: Mapping[str, frozenset[str]], bodies: Iterable[Body]) -> dict[str, frozenset[str]]:
    """The places that bodies lead to, beside those known."""
    found = dict(known)
    for body in bodies:
        for link in body.anchor_links:
            found[link.address] = found.get(link.address, frozenset()) | {link.fragment}
    return found


def amended(
    settled: Settled, registers: Registers, written: Written, now: datetime, memory: Memory, *, preview: bool
) -> Amended | None:
    """What a site that was settled becomes by what is written now. None when more than bodies may have to do with it."""
    made_from = around(registers, written, preview=preview)
    if made_from != settled.around or not settled.stretch.holds(now) or settled.amendments == _MOST:
        return None
    if written.problems or tuple(path for path, _ in written.files) != settled.paths:
        return None
    pairs = zip(written.names, settled.names, strict=True)
    places = [place for place, (name, before) in enumerate(pairs) if name != before]
    kept = {number: memory.kept(LEAVES, settled.leaves[number]) for number in {p // _TOGETHER for p in places}}
    groups = {number: leaves for number, leaves in kept.items() if leaves is not None}
    if len(groups) < len(kept):
        return None
    return _Amending(settled, registers, written, places, groups).amended(memory)


@dataclass(frozen=True)
class _Amending:
    """Changed bodies at some places among the files of a settled site; `groups` are the leaves around them by number."""

    settled: Settled
    registers: Registers
    written: Written
    places: Sequence[int]
    groups: Mapping[int, Leaves]

    def amended(self, memory: Memory) -> Amended | None:
        bodies = self._bodies(memory)
        leaves = [self._leaf(place) for place in self.places]
        if bodies is None or not all(self._is_settled(leaf, bodies[leaf.address]) for leaf in leaves):
            return None
        pages = [leaf.page.with_body(bodies[leaf.address]) for leaf in leaves if leaf.page and leaf.page.listed]
        return Amended(tuple(pages), partial(self._settle, bodies))

    def _leaf(self, place: int) -> Leaf:
        return self.groups[place // _TOGETHER].leaves[place % _TOGETHER]

    def _bodies(self, memory: Memory) -> dict[str, Body] | None:
        """The new bodies by address; None where something else has changed or is wrong."""
        before = {self.settled.paths[place]: self._leaf(place) for place in self.places}
        sources, problems = typed(self.written.only(before.keys()), memory)
        if problems or any(sources.fronts[path] != leaf.front for path, leaf in before.items()):
            return None
        wanted = to_weigh(sources, self.registers)
        (found,) = memory.values(wanted)
        if any(evidence.problems for evidence in found):
            return None
        said = {address: notes for group in self.groups.values() for address, notes in group.notes.items()}
        notes = Notes(said, {leaf.address: leaf.notes for leaf in before.values() if leaf.notes})
        return converted(sources, self.settled.addresses, by_path(wanted, found), notes, memory)

    def _is_settled(self, leaf: Leaf, body: Body) -> bool:
        """Whether a body is right, and nothing it held is missed elsewhere."""
        linked = self.settled.linked  # all of these places are there: where one goes, the site is made the whole way
        leads = all(
            link.fragment in linked.get(link.address, ())
            or (link.address == leaf.address and link.fragment in body.anchors)
            for link in body.anchor_links
        )
        missed = (leaf.body.anchors - body.anchors) & linked.get(leaf.address, frozenset())
        return leads and not missed and not body.problems and body.assets == leaf.body.assets

    def _settle(self, bodies: Mapping[str, Body], memory: Memory) -> Settled:
        """The site as it is settled with the new bodies."""
        before = self.settled
        leaves, changed = list(before.leaves), {self._leaf(place).address for place in self.places}
        for number, (some, notes) in self.groups.items():
            group = tuple(
                leaf._replace(body=bodies[leaf.address]) if leaf.address in changed else leaf for leaf in some
            )
            sources = self.written.names[number * _TOGETHER :][: len(group)]
            (name,) = _names(before.around, before.addresses, sources, [group])
            memory.keep(LEAVES, {name: partial(Leaves, group, notes)})
            leaves[number] = name
        linked = _linked(before.linked, bodies.values())
        return replace(
            before,
            names=self.written.names,
            leaves=tuple(leaves),
            linked=linked,
            amendments=before.amendments + bool(self.places),
        )
