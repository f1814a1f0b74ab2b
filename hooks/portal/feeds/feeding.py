"""The feeds of a site: which documents there are, named before they are written, and written from entries made before."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

from ..body import EMPTY, Body
from ..fingerprint import digest
from ..memory import NO_MEMORY, Memory, Wanted
from ..pages.page import HOME
from .channels import NO_CHANNELS, Channels
from .documents import Document, documents, written
from .entries import Entry, entry

ENTRY = "entry"  # what a memory calls one
FORMAT = "1"  # is raised when documents are written in another way


@dataclass(frozen=True)
class Known:
    """What the next feeds are made from where only bodies have changed: `names` name the entries."""

    channels: Channels
    names: tuple[str, ...]


@dataclass(frozen=True)
class FeedFile:
    """A document in a format; `name` names all it holds."""

    name: str
    document: Document
    suffix: str


@dataclass(frozen=True)
class Feeds:
    """The documents that were made, by path; `entries` are those they hold, by number."""

    files: Mapping[str, FeedFile]
    entries: Mapping[int, Entry]
    known: Known
    fetch: Callable[[Iterable[Entry]], None] = field(compare=False, repr=False)  # the rest of several entries at once

    @property
    def has_any(self) -> bool:
        """Whether the site has a feed of its articles."""
        return any(channel.page == HOME for channel in self.known.channels.channels)

    def data(self, path: str) -> bytes:
        file, channels = self.files[path], self.known.channels
        numbers = file.document.entries
        entries = [self.entries[number] for number in numbers]
        return written(file.document, file.suffix, entries, _updated(channels, numbers), channels.publisher)

    def in_time(self, paths: Iterable[str]) -> list[str]:
        """The paths in an order in which neighbours share many entries: by the newest they hold."""
        return sorted(paths, key=lambda path: (self.files[path].document.entries[0], path))

    @contextmanager
    def at_hand(self, paths: Iterable[str]) -> Iterator[None]:
        """While the data of these are made, their entries are held: each is fetched once."""
        entries = [self.entries[n] for n in {n for path in paths for n in self.files[path].document.entries}]
        self.fetch(entries)
        try:
            yield
        finally:
            for one in entries:
                one.let_go()


NO_FEEDS = Feeds({}, {}, Known(NO_CHANNELS, ()), NO_MEMORY.complete)


def fed(channels: Channels, bodies: Mapping[str, Body], memory: Memory) -> Feeds:
    """All feeds; `bodies` by address."""
    shown = [bodies.get(address, EMPTY) for address in channels.shows]
    names = tuple(digest(name, body.name) for name, body in zip(channels.names, shown, strict=True))

    def let_go(some: Iterable[Body]) -> None:
        """Of a large site bodies are a tenth of the memory, until their pages are drawn."""
        for body in some:
            body.let_go()

    entries = _entries(channels, names, dict(enumerate(shown)), memory, let_go)
    every = [document for channel in channels.channels for document in documents(channel)]
    return _feeds(Known(channels, names), every, entries, memory)


def amended_feeds(known: Known, bodies: Mapping[str, Body], memory: Memory) -> Feeds | None:
    """The documents that show one of these bodies, by address; None where an entry of them is gone."""
    channels = known.channels
    changed = {number: bodies[address] for number, address in enumerate(channels.shows) if address in bodies}
    names = list(known.names)
    for number, body in changed.items():
        names[number] = digest(channels.names[number], body.name)
    now = Known(channels, tuple(names))
    touched = [
        document
        for channel in channels.channels
        if not changed.keys().isdisjoint(channel.entries)
        for document in documents(channel)
        if not changed.keys().isdisjoint(document.entries)
    ]
    entries = dict(_entries(channels, now.names, changed, memory))
    for number in {number for document in touched for number in document.entries} - changed.keys():
        found = memory.kept(ENTRY, now.names[number])
        if found is None:
            return None
        entries[number] = found
    return _feeds(now, touched, entries, memory)


def _entries(
    channels: Channels,
    names: Sequence[str],
    bodies: Mapping[int, Body],
    memory: Memory,
    let_go: Callable[[Iterable[Body]], None] = lambda some: None,
) -> dict[int, Entry]:
    """The entries that show these bodies, by number."""
    numbers = list(bodies)

    def make(some: Sequence[int]) -> list[Entry]:
        shown = [bodies[number] for number in some]
        shelves = {id(shelf): shelf for shelf in map(channels.shelf_of, some)}.values()
        memory.complete([*shown, *shelves])
        made = [entry(channels.head(number), body.html) for number, body in zip(some, shown, strict=True)]
        for shelf in shelves:
            shelf.let_go()
        let_go(shown)
        return made

    wanted = Wanted(
        ENTRY,
        [names[number] for number in numbers],
        numbers,
        make,
        many=True,
        light=True,
    )
    (made,) = memory.values(wanted)
    return dict(zip(numbers, made, strict=True))


def _feeds(known: Known, some: Iterable[Document], entries: Mapping[int, Entry], memory: Memory) -> Feeds:
    files = {}
    for document in some:
        said = digest(*(known.names[number] for number in document.entries))
        about = repr((document.channel[:3], document.number, document.last, known.channels.publisher))
        for suffix in document.suffixes:
            files[document.stem[1:] + suffix] = FeedFile(digest(FORMAT, suffix, about, said), document, suffix)
    return Feeds(files, entries, known, memory.complete)


def _updated(channels: Channels, numbers: Iterable[int]) -> str:
    """All moments are of one zone, so that their text is in the order of time."""
    return max(channels.updated[number] for number in numbers)
