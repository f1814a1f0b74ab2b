"""Words shared out among files so small that a phone fetches what a query needs, and so large that they are few."""

from __future__ import annotations

from collections.abc import Mapping, Set

LARGEST = 24_000  # characters; a word that takes more has a file of its own with those that begin with all of it


def shared_out(sizes: Mapping[str, int], longest: int = LARGEST) -> list[str]:
    """The beginnings that name files, given how much each plain word takes: the file of a word is that of the longest
    beginning it has. Each beginning is split by the next letter while its words take more than `longest`."""
    found: list[str] = []
    _split("", sorted(sizes.items()), longest, found)
    return found


def _split(beginning: str, words: list[tuple[str, int]], longest: int, found: list[str]) -> None:
    rest = [pair for pair in words if len(pair[0]) > len(beginning)]
    if sum(size for _, size in words) <= longest or not rest:
        found.append(beginning)
        return
    if len(rest) < len(words):
        found.append(beginning)  # for the word that is all of it
    groups: dict[str, list[tuple[str, int]]] = {}
    for word, size in rest:
        groups.setdefault(word[: len(beginning) + 1], []).append((word, size))
    for longer, group in groups.items():
        _split(longer, group, longest, found)


def file_of(word: str, beginnings: Set[str]) -> str:
    """The beginning whose file holds a word that there is: the longest of its own."""
    return next(start for start in (word[:end] for end in range(len(word), -1, -1)) if start in beginnings)
