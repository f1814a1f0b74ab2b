"""The index of a site, made anew as far as records or bodies have changed."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from ..body import EMPTY, Body
from ..fingerprint import digest
from ..memory import Memory, Wanted
from .bodies import Block, block, blocks
from .files import CONTENTS, File, body_files, contents_file, head_files, path_of
from .heads import Heads

WORDS = "words"  # what a memory calls the words of a block's bodies


@dataclass(frozen=True)
class Known:
    """What the next index is made from where only bodies have changed: where blocks begin among the records, the names of
    the words of each, what the file of contents says of the first tier, and the place of each record's file among all
    (before that is known its address; none of an entry of a register)."""

    starts: tuple[int, ...]
    names: tuple[str, ...]
    contents: Mapping[str, object]
    addresses: tuple[str, ...] = ()
    places: tuple[int | None, ...] = ()

    def with_places(self, files: Iterable[str]) -> Known:
        """The same where the files are known, by their addresses in order."""
        places = {address: place for place, address in enumerate(files)}
        return replace(self, addresses=(), places=tuple(map(places.get, self.addresses)))

    def blocks_of(self, places: Iterable[int]) -> set[int]:
        """The numbers of the blocks that hold these files."""
        wanted = set(places)
        return {bisect_right(self.starts, n) - 1 for n, place in enumerate(self.places) if place in wanted}

    def of_block(self, number: int) -> tuple[int | None, ...]:
        """The places of its files."""
        end = self.starts[number + 1] if number + 1 < len(self.starts) else len(self.places)
        return self.places[self.starts[number] : end]


@dataclass(frozen=True)
class Index:
    """The files that were made, by path, and the paths of all there are."""

    files: Mapping[str, File]
    paths: frozenset[str]
    known: Known


NO_INDEX = Index({}, frozenset(), Known((), (), {}))


def indexed(heads: Heads, bodies: Mapping[str, Body], memory: Memory) -> Index:
    """The whole of it; `bodies` by address."""
    addresses = heads.addresses
    starts = tuple(blocks(addresses))
    ends = (*starts[1:], len(addresses))
    groups = [[bodies.get(a, EMPTY) for a in addresses[start:end]] for start, end in zip(starts, ends, strict=True)]
    first = head_files(heads)
    known = Known(starts, tuple(map(_name, groups)), first.contents, addresses)

    def let_go(group: Iterable[Body]) -> None:
        """Of a large site bodies are a tenth of the memory, until their pages are drawn."""
        for body in group:
            body.let_go()

    return _with_bodies(known, first.made, lambda number: groups[number], memory, let_go)


def amended_index(known: Known, bodies_of: Mapping[int, Sequence[Body]], memory: Memory) -> Index | None:
    """The index with other bodies in some blocks; None where the words of another block are gone."""
    names = list(known.names)
    for number, group in bodies_of.items():
        names[number] = _name(group)
    others = [name for number, name in enumerate(names) if number not in bodies_of]
    if memory.lacks(WORDS, others):
        return None
    return _with_bodies(replace(known, names=tuple(names)), {}, lambda number: bodies_of[number], memory)


def _name(bodies: Sequence[Body]) -> str:
    return digest(*(body.name for body in bodies))


def _with_bodies(
    known: Known,
    first: Mapping[str, File],
    bodies_of: Callable[[int], Sequence[Body]],
    memory: Memory,
    let_go: Callable[[Sequence[Body]], None] = lambda group: None,
) -> Index:
    def make(numbers: Sequence[int]) -> list[Block]:
        made = []
        for group in map(bodies_of, numbers):
            memory.complete(group)
            made.append(block(group))
            let_go(group)
        return made

    (made,) = memory.values(Wanted(WORDS, known.names, range(len(known.names)), make, heavy=True))
    memory.complete(made)
    second = body_files(known.starts, made)
    for one in made:
        one.let_go()
    contents = contents_file(known.contents, second.contents)
    files = {**first, **second.made, CONTENTS: contents}
    return Index(files, frozenset({*files, *_named(known.contents)}), known)


def _named(contents: Mapping[str, object]) -> list[str]:
    """The paths of the first tier's files."""
    shards, shelves = contents["heads"], contents["shelves"]
    assert isinstance(shards, Mapping)
    assert isinstance(shelves, list)
    return [
        path_of(str(name))
        for name in (contents["columns"], contents["tables"], contents["names"], *shelves, *shards.values())
    ]
