"""Words shared out among files so small that a phone fetches what a query needs, and so large that they are few."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set

from .words import plain_of

_LARGEST = 8_000  # characters of a file of words


def written(found: Mapping[str, Sequence[str]]) -> bytes:
    """What is said of words, by form, as a line for each: a large site keeps many of them. Nothing said holds a sign that
    JSON or a line would have to escape."""
    return "\n".join("\t".join((form, *found[form])) for form in sorted(found)).encode()


def shards(parts: Sequence[bytes]) -> Iterator[tuple[list[str], bytes]]:
    """The files of what was `written`, each with the beginnings whose words it holds: in JSON, for each part what it says by
    form, a text, or a list of two. A word that takes more than a file holds has one of its own."""
    sizes: dict[bytes, int] = {}  # by form
    for part in parts:
        for line in _lines(part):
            form = line[: line.index(b"\t")]
            sizes[form] = sizes.get(form, 0) + len(line) + 5
    plains = {form: plain_of(form.decode()) for form in sizes}
    together: dict[str, int] = {}
    for form, size in sizes.items():
        together[plains[form]] = together.get(plains[form], 0) + size
    files = shared_out(together, _LARGEST)
    number_of = {beginning: number for number, beginnings in enumerate(files) for beginning in beginnings}
    file = {form: number_of[beginning_of(plain, number_of.keys())] for form, plain in plains.items()}
    texts: list[list[bytes]] = [[b"{}"] * len(parts) for _ in files]
    for number, part in enumerate(parts):
        for place, said in _shared(part, file).items():
            texts[place][number] = b"{%b}" % b",".join(said)
    for number, beginnings in enumerate(files):
        yield beginnings, b"[%b]" % b",".join(texts[number])
        texts[number].clear()


def _shared(part: bytes, file: Mapping[bytes, int]) -> dict[int, list[bytes]]:
    """What a part says, by the number of the file it goes to."""
    found: dict[int, list[bytes]] = {}
    for line in _lines(part):
        form, said, *others = line.split(b"\t")
        value = b'["%b","%b"]' % (said, others[0]) if others else b'"%b"' % said
        found.setdefault(file[form], []).append(b'"%b":%b' % (form, value))
    return found


def _lines(part: bytes) -> list[bytes]:
    return part.split(b"\n") if part else []


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
