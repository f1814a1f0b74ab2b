"""Cards for sharing as files of the site: named without being drawn, and drawn only where a file is out of date."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property, partial

from portal.fingerprint import digest
from portal.sharing import SharingCard

from .cache import Cache
from .sharing_cards import Artist
from .workers import divided, in_parts, processes_for

CARD = "card"  # what the cache calls them
_MANY = 8  # cards: each takes ten milliseconds, so few are worth another process


class CardFiles(Mapping[str, bytes]):
    """The files of cards by path, each drawn when it is asked for and kept in the cache under the name of what stands on
    it, of the program and of the libraries that draw it. As the path holds the card's name, equal ones are one."""

    def __init__(self, cards: Iterable[SharingCard], cache: Cache) -> None:
        self._cards = {card.path: card for card in cards}
        self._cache = cache
        self._artist = Artist()

    # --- names ----------------------------------------------------------------------

    def names(self) -> dict[str, str]:
        """The name of the content of each file, by path; nothing is drawn for it."""
        return {path: self._name(card) for path, card in self._cards.items()}

    def _name(self, card: SharingCard) -> str:
        return digest(card.name, self._drawn_by)

    @cached_property
    def _drawn_by(self) -> str:
        return digest(self._cache.code, self._artist.name)

    # --- contents -------------------------------------------------------------------

    def data(self, path: str) -> bytes:
        """What the file of a path holds."""
        card = self._cards[path]
        name = self._name(card)
        kept = self._cache.one(CARD, name)
        if kept is None:
            kept = self._artist.draw(card)
            self._cache.keep(CARD, {name: kept})
        return kept

    __getitem__ = data

    def __contains__(self, path: object) -> bool:
        """Without drawing it."""
        return path in self._cards

    def __iter__(self) -> Iterator[str]:
        return iter(self._cards)

    def __len__(self) -> int:
        return len(self._cards)

    # --- ahead of time --------------------------------------------------------------

    def absent(self, paths: Iterable[str]) -> list[str]:
        """The paths of which no file is kept; of files that look the same only the first."""
        first: dict[str, str] = {}
        for path in paths:
            first.setdefault(self._name(self._cards[path]), path)
        there = self._cache.has(CARD, first)
        return [path for name, path in first.items() if name not in there]

    def draw(self, paths: Sequence[str]) -> None:
        """Draw files and keep them in the cache: the work of another process, for `workers.beside`."""
        cache = self._cache.reopened()
        try:
            cache.keep(CARD, self._drawn(paths))
        finally:
            cache.close()

    def prepare(self, paths: Iterable[str]) -> None:
        """Draw those of these files that are not kept yet in as many processes as there are, so that `data` finds them."""
        absent = self.absent(paths)
        processes = processes_for(len(absent), enough=_MANY)
        if processes > 1:
            in_parts(self._drawn, divided(absent, processes), processes, partial(self._cache.keep, CARD))

    def _drawn(self, paths: Sequence[str]) -> dict[str, bytes]:
        """By name."""
        return {self._name(card): self._artist.draw(card) for card in map(self._cards.__getitem__, paths)}

    def forget_others(self) -> None:
        """Drop cards of other builds from the cache, once they are more than those of this one."""
        self._cache.keep_only({CARD: set(self.names().values())})
