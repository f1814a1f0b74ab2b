"""Finding names in prose: which measure a passage speaks of, and which label a clause bears."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from .text import match_key

_WORD = re.compile(r"\w+")
_RAISED = str.maketrans("²³", "23")  # m² is m2


def words(text: str) -> tuple[str, ...]:
    """The words under which two spellings are one name; punctuation and quotes between them do not matter."""
    plain = text.translate(_RAISED) if "²" in text or "³" in text else text
    return tuple([word.lower() if word.isascii() else match_key(word) for word in _WORD.findall(plain)])


@dataclass(frozen=True)
class Lexicon:
    """Names of several things. Of names inside each other the longest counts: "mô hình, điển hình" is not "mô hình"."""

    by_first: dict[str, tuple[tuple[tuple[str, ...], str], ...]]  # first word: (all words, key), longest first

    @classmethod
    def of(cls, names: Iterable[tuple[str, str]]) -> Lexicon:
        """From (name, key) pairs; several things may share a name."""
        found: dict[str, set[tuple[tuple[str, ...], str]]] = {}
        for name, key in names:
            if said := words(name):
                found.setdefault(said[0], set()).add((said, key))
        order = {first: tuple(sorted(group, key=lambda e: (-len(e[0]), e))) for first, group in found.items()}
        return cls(order)

    def named_in(self, text: str) -> frozenset[str]:
        """The keys of everything the text names."""
        said = words(text)
        return frozenset(key for _, keys in self._places(said) for key in keys)

    def begins(self, text: str) -> frozenset[str]:
        """The keys of what the first words of the text name."""
        return frozenset(self._at(words(text[:200]), 0)[1])

    def end_of(self, text: str, at: int) -> int:
        """Where the name ends with which the text goes on at this place; `at` itself where there is none."""
        ahead = text[at : at + 200]
        length, _ = self._at(words(ahead), 0)
        ends = [match.end() for match in _WORD.finditer(ahead)]
        return at + ends[length - 1] if length else at

    def _places(self, said: tuple[str, ...]) -> Iterator[tuple[int, tuple[str, ...]]]:
        at = 0
        while at < len(said):
            length, keys = self._at(said, at)
            if keys:
                yield at, keys
            at += max(1, length)

    def _at(self, said: tuple[str, ...], at: int) -> tuple[int, tuple[str, ...]]:
        group = self.by_first.get(said[at], ()) if at < len(said) else ()
        longest = next((name for name, _ in group if said[at : at + len(name)] == name), ())
        return len(longest), tuple(key for name, key in group if name == longest)
