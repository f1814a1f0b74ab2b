"""Where a body states given numbers: the shortest runs of sentences, and which numeral is whose."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from .claims import Claim, matching
from .passages import Block, Span
from .prose import Prose
from .text import nfc

Places = tuple[tuple[int, ...], ...]  # for each claim of a set the starts of the numerals that may state it


@dataclass(frozen=True)
class Window:
    """A place that states all given claims: a span of a block, and for each claim where the numerals start that
    may state it."""

    block: Block
    span: Span
    places: Places


def stating(prose: Prose, claims: Sequence[Claim]) -> tuple[Window, ...]:
    """The windows of the body that hold no shorter one. What may be a year counts only where nothing plainer states
    the numbers."""
    for weak in (False, True):
        found = tuple(w for block in prose.blocks_with(claims) for w in _minimal(prose, claims, block, weak=weak))
        if found:
            return found
    return ()


def _minimal(prose: Prose, claims: Sequence[Claim], block: Block, *, weak: bool) -> Iterator[Window]:
    options = prose.options(block, claims, weak=weak)
    begins = [sentence.start for sentence in block.sentences]
    useful = sorted({bisect_right(begins, start) - 1 for starts in options for start in starts})
    first = 0
    for last in useful:
        shortest = None
        while first < len(useful) and useful[first] <= last:
            span = Span((block.sentences[useful[first]].start, block.sentences[last].end))
            window = _window(claims, block, span, options)
            if window is None:
                break
            shortest, first = window, first + 1
        if shortest is not None:
            yield shortest


def _window(claims: Sequence[Claim], block: Block, span: Span, options: Sequence[tuple[int, ...]]) -> Window | None:
    """The window of the span; `options` are, for each claim, where in the block the numerals start that state it."""
    places = tuple(o[bisect_left(o, span.start) : bisect_left(o, span.end)] for o in options)
    if not all(places) or len(assigned({0: places})) < len(claims):
        return None
    return Window(block, span, places)


def window_at(prose: Prose, claims: Sequence[Claim], block: Block, span: Span) -> Window | None:
    """The window of just this span, if it states all claims."""
    for weak in (False, True):
        if window := _window(claims, block, span, prose.options(block, claims, weak=weak)):
            return window
    return None


def quoted(prose: Prose, quote: str) -> tuple[tuple[Block, Span], ...]:
    """Where the words of the quote stand inside one block, however they are spaced, wrapped or marked up."""
    kept = [(at, char) for at, char in enumerate(prose.text) if not char.isspace()]
    bare = "".join(char for _, char in kept)
    sought = re.sub(r"\s|[*_`\[\]~]", "", nfc(quote))
    found = []
    at = bare.find(sought) if sought else -1
    while at >= 0:
        span = Span((kept[at][0], kept[at + len(sought) - 1][0] + 1))
        found += [(block, span) for block in prose.blocks if block.start <= span.start and span.end <= block.end]
        at = bare.find(sought, at + 1)
    return tuple(found)


def held(prose: Prose, claims: Sequence[Claim], block: Block, span: Span) -> dict[int, int]:
    """As many of the claims as the span states: position of the claim → start of its numeral."""
    inside = sorted(prose.stated_in(span), key=lambda n: (n.weak, n.start))
    places = {i: [n.start for n in inside if prose.states(block, n, claim)] for i, claim in enumerate(claims)}
    return matching(places, places)


def narrowed(windows: Mapping[int, tuple[Window, ...]]) -> dict[int, tuple[Window, ...]]:
    """The windows of each set without those whose numerals the sets with only one window need."""
    left = dict(windows)
    while True:
        needs = _Needs.of({index: found[0].places for index, found in left.items() if len(found) == 1})
        kept: dict[int, tuple[Window, ...]] = {}  # by the identity of what was found: equal sets share it
        for found in {id(found): found for found in left.values() if len(found) > 1}.values():
            viable = tuple(window for window in found if needs.leave(window))
            if viable and len(viable) < len(found):
                kept[id(found)] = viable
        if not kept:
            return left
        left = {index: kept.get(id(found), found) if len(found) > 1 else found for index, found in left.items()}


@dataclass(frozen=True)
class _Needs:
    """What the sets with only one window need."""

    places: dict[int, Places]  # by set
    wanting: dict[int, tuple[int, ...]]  # the sets that may use a numeral, by its start

    @classmethod
    def of(cls, places: dict[int, Places]) -> _Needs:
        wanting: dict[int, list[int]] = {}
        for index, options in places.items():
            for start in {start for starts in options for start in starts}:
                wanting.setdefault(start, []).append(index)
        return cls(places, {start: tuple(sets) for start, sets in wanting.items()})

    def leave(self, window: Window) -> bool:
        """Whether what the window states can be stated beside what the others need. Only those count that share a
        numeral with it, or with one that does."""
        rivals: dict[int, Places] = {}
        ahead = [start for starts in window.places for start in starts]
        seen = set(ahead)
        while ahead:
            for index in self.wanting.get(ahead.pop(), ()):
                if index not in rivals:
                    rivals[index] = self.places[index]
                    more = {start for starts in self.places[index] for start in starts} - seen
                    seen |= more
                    ahead.extend(sorted(more))
        return not rivals or _fits({**rivals, -1: window.places})


def _fits(places: Mapping[int, Sequence[Sequence[int]]]) -> bool:
    return len(assigned(places)) == sum(map(len, places.values()))


def assigned(places: Mapping[int, Sequence[Sequence[int]]]) -> dict[tuple[int, int], int]:
    """(set, position of its claim) → start of its numeral, each numeral once; earlier sets are served first."""
    wanted = {(index, i): options for index, found in places.items() for i, options in enumerate(found)}
    return matching(wanted, sorted(wanted))
