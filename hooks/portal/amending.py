"""A site of which only bodies have changed: all but the pages that show them stands as it was.

No page but its own shows a body, and no front matter, register or standing is another. What is left to tell is whether
the new bodies are right, and whether the old ones gave something that another page needs: a place that a link leads to,
or the use of a picture. Where that is not sure, the site is made the whole way, which tells what is wrong.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from typing import NamedTuple

from .body import EMPTY, Body
from .converting import converted
from .feeds.feeding import Feeds, amended_feeds
from .memory import Memory
from .pages import Notes, Page
from .registers import Registers
from .search.indexing import Index, amended_index
from .settled import LEAVES, TOGETHER, Leaf, Leaves, Settled, linked_by, names_of
from .source import Written, typed
from .weighing import by_path, to_weigh

_MOST = 200  # bodies: what is left behind by them in a memory is dropped by a site that is made the whole way


class Amended(NamedTuple):
    """The pages that show bodies which have changed, the index with their words, the documents of feeds that hold them, and
    how the site is settled then."""

    pages: tuple[Page, ...]
    index: Index
    feeds: Feeds
    settle: Callable[[Memory], Settled]


def amended(settled: Settled, registers: Registers, written: Written, now: datetime, memory: Memory) -> Amended | None:
    """What a site that was settled becomes by what is written now, where all that it is made from `around` the Markdown
    files is the same. None when more than bodies may have to do with it."""
    if not settled.stretch.holds(now):
        return None
    if written.problems or tuple(path for path, _ in written.files) != settled.paths:
        return None
    pairs = zip(written.names, settled.names, strict=True)
    places = [place for place, (name, before) in enumerate(pairs) if name != before]
    if settled.amended + len(places) > _MOST:
        return None
    kept = {number: memory.kept(LEAVES, settled.leaves[number]) for number in {p // TOGETHER for p in places}}
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
        index, feeds = self._index(bodies, memory), amended_feeds(self.settled.feeds, bodies, memory)
        if index is None or feeds is None:
            return None
        light = replace(self, written=self.written.named())  # the bytes of all files are not kept while pages are drawn
        return Amended(tuple(pages), index, feeds, partial(light._settle, bodies, index, feeds))

    def _leaf(self, place: int) -> Leaf:
        return self.groups[place // TOGETHER].leaves[place % TOGETHER]

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

    def _index(self, bodies: Mapping[str, Body], memory: Memory) -> Index | None:
        """The index with the new bodies, for which those around them are looked for; None where one is not there."""
        known = self.settled.index
        blocks = {number: known.of_block(number) for number in known.blocks_of(self.places)}
        places = {place for block in blocks.values() for place in block if place is not None}
        groups: dict[int, Leaves] = dict(self.groups)
        for number in {place // TOGETHER for place in places} - groups.keys():
            kept = memory.kept(LEAVES, self.settled.leaves[number])
            if kept is None:
                return None
            groups[number] = kept

        def body_at(place: int | None) -> Body:
            if place is None:
                return EMPTY
            leaf = groups[place // TOGETHER].leaves[place % TOGETHER]
            return bodies.get(leaf.address, leaf.body)

        return amended_index(known, {number: list(map(body_at, block)) for number, block in blocks.items()}, memory)

    def _settle(self, bodies: Mapping[str, Body], index: Index, feeds: Feeds, memory: Memory) -> Settled:
        """The site as it is settled with the new bodies."""
        before = self.settled
        leaves, changed = list(before.leaves), {self._leaf(place).address for place in self.places}
        for number, (some, notes) in self.groups.items():
            group = tuple(
                leaf._replace(body=bodies[leaf.address]) if leaf.address in changed else leaf for leaf in some
            )
            sources = self.written.names[number * TOGETHER :][: len(group)]
            (name,) = names_of(before.around, before.addresses, sources, [group])
            memory.keep(LEAVES, {name: partial(Leaves, group, notes)})
            leaves[number] = name
        linked = linked_by(before.linked, bodies.values())
        return replace(
            before,
            names=self.written.names,
            leaves=tuple(leaves),
            linked=linked,
            index=index.known,
            feeds=feeds.known,
            amended=before.amended + len(self.places),
        )
