"""Words shared out among files so small that a phone fetches what a query needs, and so large that they are few."""

from __future__ import annotations

from collections.abc import Mapping, Set


def shared_out(sizes: Mapping[str, int], longest: int) -> list[list[str]]:
    """For each file the beginnings whose words it holds, given how much each plain word takes: the beginning of a word is
    the longest it has. Each is split by the next letter while its words take more than `longest`; the parts it falls into
    share files with their neighbours as far as they go in one. So an edit moves words among the parts of one beginning."""
    return _split("", sorted(sizes.items()), longest)


def _split(beginning: str, words: list[tuple[str, int]], longest: int) -> list[list[str]]:
    groups: dict[str, list[tuple[str, int]]] = {}
    for word, size in words:  # the word that is all of the beginning stays under it
        groups.setdefault(word[: len(beginning) + 1], []).append((word, size))
    if _size(words) <= longest or groups.keys() == {beginning}:
        return [[beginning]]
    files: list[list[str]] = []
    room = 0
    for longer, group in groups.items():
        size = _size(group)
        if size > longest and longer != beginning:
            files += _split(longer, group, longest)
            room = 0
        elif size <= room:
            files[-1].append(longer)
            room -= size
        else:
            files.append([longer])
            room = longest - size
    return files


def _size(words: list[tuple[str, int]]) -> int:
    return sum(size for _, size in words)


def beginning_of(word: str, beginnings: Set[str]) -> str:
    """The one whose file holds a word that there is: the longest of its own."""
    return next(start for start in (word[:end] for end in range(len(word), -1, -1)) if start in beginnings)
