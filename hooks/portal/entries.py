"""The entries of a data file: finding one by any of its names, and saying that there is none."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Generic, TypeVar

from .problems import Problem
from .reading import whole_file
from .schema.base import Kept, Record, says
from .text import fold, match_key, nearest
from .yaml_tree import Loc, Tree

T = TypeVar("T", bound=Record)


@dataclass(frozen=True)
class Entry(Generic[T]):
    """One entry of a data file, with its place."""

    record: T
    path: str
    tree: Tree
    loc: Loc
    kept: Kept = field(default_factory=dict)  # of lists with items at fault: where the others stand as written

    def problem(self, key: Loc, message: str, hint: str) -> Problem:
        if len(key) > 1 and key[0] in self.kept and isinstance(key[1], int):
            key = (key[0], self.kept[str(key[0])][key[1]], *key[2:])
        loc = (*self.loc, *key)
        return Problem(self.path, *self.tree.place_of(loc), says(loc), message, hint)


@dataclass(frozen=True)
class Unknown:
    """A reference that names no entry: what to say about it."""

    message: str
    hint: str


@dataclass(frozen=True)
class Register(Generic[T]):
    """The entries of one data file in their order, found by slug; `what` names the kind in messages."""

    what: str
    path: str
    entries: tuple[Entry[T], ...]
    partial: tuple[Entry[T], ...] = ()  # what is right of entries at fault, for checks that need no more
    faulty: frozenset[str] = frozenset()  # slugs that stand in the file but whose entry is at fault
    partly_known: bool = False  # the file holds entries whose slug can't be told

    @cached_property
    def by_slug(self) -> Mapping[str, T]:
        return {entry.record.slug: entry.record for entry in self.entries}

    @cached_property
    def _slugs_by_name(self) -> tuple[dict[str, list[str]], dict[str, list[str]]]:
        exact: dict[str, list[str]] = {}
        folded: dict[str, list[str]] = {}
        for entry in self.entries:
            for name in names_of(entry.record):
                exact.setdefault(match_key(name), []).append(entry.record.slug)
                folded.setdefault(fold(name), []).append(entry.record.slug)
        return exact, folded

    def __iter__(self) -> Iterator[T]:
        return (entry.record for entry in self.entries)

    def __contains__(self, slug: str) -> bool:
        return slug in self.by_slug

    def __getitem__(self, slug: str) -> T:
        return self.by_slug[slug]

    @property
    def slugs(self) -> frozenset[str]:
        """Every slug that stands in the file, of entries at fault too."""
        return frozenset(self.by_slug) | self.faulty

    def slugs_named(self, name: str) -> tuple[str, ...]:
        """The slugs of all entries so named, in any spelling; without marks only when none has them."""
        exact, folded = self._slugs_by_name
        found = exact.get(match_key(name)) or folded.get(fold(name)) or []
        return tuple(dict.fromkeys(found))

    def unknown(self, written: str) -> Unknown | None:
        """None for a slug of this register; for a name its slug; else the nearest thing known.

        An entry at fault is told once, at its own place, so it counts as known here.
        """
        if written in self.by_slug or written in self.faulty or self.partly_known:
            return None
        named = self.slugs_named(written)
        if named:
            slugs = " hoặc ".join(f"`{slug}`" for slug in named[:4])
            return Unknown(f"`{written}` là tên, không phải mã {self.what}", f"hãy viết {slugs}")
        message = f"`{written}` không có trong {self.path}"
        near = nearest(written, self.by_slug)
        if near is None and (names := nearest(fold(written), self._slugs_by_name[1])):
            near = self._slugs_by_name[1][names][0]
        if near:
            return Unknown(message, f"có phải `{near}`?")
        return Unknown(message, f"hãy thêm {self.what} vào {self.path} hoặc sửa lại mã")


def names_of(record: Record) -> Iterator[str]:
    """Every name an editor may know an entry by, its slug left out."""
    for key in ("name", "short", "full_name", "number"):
        if name := getattr(record, key, None):
            yield name
    yield from getattr(record, "aliases", ())


def unknown_in(register: Register, written: str | None, problem: Callable[[str, str], Problem]) -> Iterator[Problem]:
    """The problem of a slug that stands in no register, if it is one; of a register that holds nothing at all,
    told once at its file."""
    unknown = register.unknown(written) if written is not None else None
    if unknown and not register.slugs:
        message = f"thiếu tệp hoặc tệp trống, trong khi có chỗ dùng mã {register.what}"
        yield whole_file(register.path, message, "hãy thêm các mục `- slug: …` vào tệp này")
    elif unknown:
        yield problem(unknown.message, unknown.hint)
