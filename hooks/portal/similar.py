"""Models like another: at least two of field, words of the title, special area and organisation are shared."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations, pairwise, product

from .schema.values import Code
from .text import match_key, nfc

AT_MOST = 6


class Trait(Code):
    """What two models may share, in the order in which it is told."""

    FIELD = "field", "lĩnh vực"
    AREA = "area", "vùng đặc thù"
    ORGANISATION = "organisation", "đơn vị thực hiện"
    TITLE = "title", "từ trong tên"


@dataclass(frozen=True)
class Model:
    """A model by its traits: of each the keys under which it is one with another's; `names` are the addresses of the
    models its page names anyway."""

    address: str
    order: tuple  # the newest first
    title: str
    traits: tuple[tuple[Trait, frozenset[str]], ...]  # every trait, in order; of the title `pairs_of` it
    names: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Similar:
    """A model like another: the traits they share, and the pairs of syllables in both titles."""

    model: Model
    shared: tuple[Trait, ...]
    pairs: frozenset[str]

    @property
    def words(self) -> tuple[str, ...]:
        """The words in both titles, as the other's title has them."""
        return tuple(_said(self.model.title, self.pairs))

    @property
    def reason(self) -> str:
        """ "cùng lĩnh vực; cùng từ trong tên: rác thải"."""
        said = [trait.label for trait in self.shared if trait is not Trait.TITLE]
        parts = ["cùng " + ", ".join(said)] if said else []
        words = self.words
        parts += [f"cùng {Trait.TITLE.label}: {', '.join(words)}"] if words else []
        return "; ".join(parts)


def pairs_of(title: str) -> frozenset[str]:
    """The neighbouring syllables of a title, two by two: most Vietnamese words have two ("rác thải", "an ninh").
    "Mô hình" says nothing here, and no pair reaches over a sign or is of numbers alone."""
    return frozenset(key for line in _stretches(title) for key in _keys(line) if key)


def _keys(syllables: list[str]) -> list[str]:
    """Of each syllable but the last the key of its pair with the next; empty where the pair says nothing."""
    pairs = pairwise(syllables)
    return [match_key(f"{one} {two}") if not (one + two).isdigit() else "" for one, two in pairs]


def _stretches(title: str) -> Iterator[list[str]]:
    """The syllables of a title, in lower case, from sign to sign; "mô hình" is cut out like one."""
    plain = _KIND.sub("\n", _SIGN.sub("\n", nfc(title).lower()))
    return (line.replace("-", " ").split() for line in plain.split("\n"))


_SIGN = re.compile(r"\s-+\s|[^\w\s-]|_")
_KIND = re.compile(r"\bmô\s+hình\b")


def shared_by(one: Model, other: Model) -> Similar | None:
    """What the other shares with the one; None when that is less than two traits, when the two are one model, or when
    one's page names the other anyway."""
    if one.address == other.address or other.address in one.names or one.address in other.names:
        return None
    pairs = zip(one.traits, other.traits, strict=True)
    both = {trait: own & its for (trait, own), (_, its) in pairs if not own.isdisjoint(its)}
    if len(both) < 2:
        return None
    return Similar(other, tuple(both), both.get(Trait.TITLE, frozenset()))


def _said(title: str, keys: frozenset[str]) -> Iterator[str]:
    """The words of a title that hold these pairs, each run of them once."""
    told: dict[str, None] = {}
    for line in _stretches(title):
        run: list[str] = []
        for index, key in enumerate([*_keys(line), ""]):
            if key and key in keys:
                run = run or [line[index]]
                run.append(line[index + 1])
            elif run:
                told[" ".join(run)] = None
                run = []
    yield from told


class SimilarModels:
    """Finds similar models without comparing every one with every other: a shelf holds the models that share a value
    of each of two or more traits."""

    def __init__(self, models: Iterable[Model]) -> None:
        shelves: dict[tuple, list[Model]] = {}
        for model in sorted(models, key=lambda one: (one.order, one.address)):
            for size in _SIZES:
                for shelf in _shelves_of(model, size):
                    shelves.setdefault(shelf, []).append(model)
        self._shelves = {shelf: members for shelf, members in shelves.items() if len(members) > 1}

    def to(self, model: Model) -> tuple[Similar, ...]:
        """At most six: those that share the most traits first, then the newest."""
        chosen: dict[str, Similar] = {}
        for size in _SIZES:
            found: dict[str, Similar] = {}
            for shelf in _shelves_of(model, size):
                found.update(self._first(shelf, model, chosen))
            for address, similar in sorted(found.items(), key=lambda item: (item[1].model.order, item[0])):
                if len(chosen) < AT_MOST:
                    chosen[address] = similar
        return tuple(chosen.values())

    def _first(self, shelf: tuple, model: Model, chosen: dict[str, Similar]) -> dict[str, Similar]:
        """The first six of a shelf that are similar and not chosen yet. Those that share more than the shelf tells
        were chosen before, or six others were."""
        found: dict[str, Similar] = {}
        for other in self._shelves.get(shelf, ()):
            similar = None if other.address in chosen else shared_by(model, other)
            if similar:
                found[other.address] = similar
                if len(found) == AT_MOST:
                    break
        return found


_SIZES = (4, 3, 2)


def _shelves_of(model: Model, size: int) -> Iterator[tuple]:
    for traits in combinations(model.traits, size):
        yield from product(*([(trait, value) for value in sorted(values)] for trait, values in traits))
