"""Where a body states given numbers: the shortest runs of sentences, and which numeral is whose."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from .claims import Claim, matching
from .numerals import Numeral
from .passages import Block, Span
from .prose import Prose
from .text import nfc


@dataclass(frozen=True)
class Window:
    """A place that states all given claims: a span of a block, and for each claim where the numerals start that
    may state it."""

    block: Block
    span: Span
    places: tuple[tuple[int, ...], ...]


def stating(prose: Prose, claims: Sequence[Claim]) -> tuple[Window, ...]:
    """The windows of the body that hold no shorter one. What may be a year counts only where nothing plainer states
    the numbers."""
    for weak in (False, True):
        found = tuple(w for block in prose.blocks for w in _minimal(prose, claims, block, weak=weak))
        if found:
            return found
    return ()


def _minimal(prose: Prose, claims: Sequence[Claim], block: Block, *, weak: bool) -> Iterator[Window]:
    candidates = [n for n in prose.numerals[block] if weak or not n.weak]
    useful = [n for n in candidates if any(prose.states(block, n, claim) for claim in claims)]
    if len(useful) < len(claims):
        return
    first = 0
    for last, ending in enumerate(block.sentences):
        if not any(ending.start <= n.start < ending.end for n in useful):
            continue
        shortest = None
        while first <= last:
            span = Span((block.sentences[first].start, ending.end))
            window = _window(prose, claims, block, span, useful)
            if window is None:
                break
            shortest, first = window, first + 1
        if shortest is not None:
            yield shortest


def _window(
    prose: Prose, claims: Sequence[Claim], block: Block, span: Span, numerals: Iterable[Numeral]
) -> Window | None:
    inside = [n for n in numerals if span.start <= n.start < span.end]
    if len(inside) < len(claims):
        return None
    places = tuple(tuple(n.start for n in inside if prose.states(block, n, claim)) for claim in claims)
    return Window(block, span, places) if len(assigned({0: places})) == len(claims) else None


def window_at(prose: Prose, claims: Sequence[Claim], block: Block, span: Span) -> Window | None:
    """The window of just this span, if it states all claims."""
    for weak in (False, True):
        numerals = [n for n in prose.numerals[block] if weak or not n.weak]
        if window := _window(prose, claims, block, span, numerals):
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
    inside = sorted(
        (n for n in prose.numerals[block] if span.start <= n.start < span.end), key=lambda n: (n.weak, n.start)
    )
    places = {i: [n.start for n in inside if prose.states(block, n, claim)] for i, claim in enumerate(claims)}
    return matching(places, places)


def narrowed(windows: Mapping[int, tuple[Window, ...]]) -> dict[int, tuple[Window, ...]]:
    """The windows of each set without those whose numerals the sets with only one window need."""
    left = dict(windows)
    while True:
        only = {index: found[0].places for index, found in left.items() if len(found) == 1}
        fewer = {}
        for index, found in left.items():
            viable = tuple(w for w in found if len(found) > 1 and _fits({**only, index: w.places}))
            if viable and len(viable) < len(found):
                fewer[index] = viable
        if not fewer:
            return left
        left.update(fewer)


def _fits(places: Mapping[int, Sequence[Sequence[int]]]) -> bool:
    return len(assigned(places)) == sum(map(len, places.values()))


def assigned(places: Mapping[int, Sequence[Sequence[int]]]) -> dict[tuple[int, int], int]:
    """(set, position of its claim) → start of its numeral, each numeral once; earlier sets are served first."""
    wanted = {(index, i): options for index, found in places.items() for i, options in enumerate(found)}
    return matching(wanted, sorted(wanted))
