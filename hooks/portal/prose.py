"""A body as evidence is looked for in it: its passages, the numbers they state and the measures they name."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from operator import itemgetter

from .claims import Claim
from .figures import base_of
from .manuscript import Source
from .measured import factor_of
from .naming import Lexicon, words
from .numerals import Numeral, numerals
from .passages import Block, BlockKind, Seen, Span, seen
from .registers import Registers

_NEAR = 200  # characters around a number that are looked at
_ORDINALS = frozenset({("tt",), ("stt",), ("số", "tt"), ("số", "thứ", "tự")})  # heads of a column that numbers the rows
# What prose measures or ages in, whatever a campaign counts: "25 ha" and "25 tuổi" are not 25 models.
_MEASURED_IN = frozenset(words("m m2 m3 km cm ha sào kg tấn tạ tuổi đồng"))
_NEXT_WORD = re.compile(r"[ \t]*\n?[ \t]*(?P<word>[^\W\d_]\w*)")
_APPROXIMATELY = re.compile(r"(?i:(?:khoảng|trên|hơn|gần|ít nhất|xấp xỉ|chừng|tối thiểu)\s+)+\Z")
_CLAUSE_END = re.compile(r"[;:()\n|–—]|[,.](?!\d)")


@dataclass(frozen=True)
class Vocabulary:
    """What prose may call the campaign's measures and units of measure."""

    measures: Lexicon
    units: Lexicon
    unit_of: dict[str, str]  # the unit of measure of each measure
    sizes: dict[str, tuple[str, Decimal]]  # of each unit of measure that converts: its base, and how many of that it is

    @classmethod
    def of(cls, registers: Registers) -> Vocabulary:
        return cls(
            measures=Lexicon.of((name, m.slug) for m in registers.measures for name in (m.name, *m.aliases)),
            units=Lexicon.of((unit.name, unit.slug) for unit in registers.units_of_measure),
            unit_of={measure.slug: measure.unit_of_measure for measure in registers.measures},
            sizes=_sizes(registers),
        )

    def named(self, text: str, stated: Iterable[Numeral], offset: int = 0) -> frozenset[str]:
        """The measures a text names; also around a quantity: "hiến hơn 3.000 m2 đất" is "hiến đất".

        `offset` is where in the text of the numerals this one begins."""
        found, shown, at = self.measures.named_in(text), "", 0
        for numeral in stated:
            start, end = numeral.start - offset, numeral.end - offset
            after = self.units.end_of(text, end)
            if after > end and start >= at:
                shown += _APPROXIMATELY.sub(" ", text[at:start]) + " "
                at = after
        return found | self.measures.named_in(shown + text[at:]) if at else found

    def counts(self, text: str, measure: str) -> bool:
        """Whether the text begins with the name of the measure or of its unit of measure."""
        return measure in self.measures.begins(text) or self.unit_of[measure] in self.units.begins(text)


def _sizes(registers: Registers) -> dict[str, tuple[str, Decimal]]:
    bases = {unit.slug: base_of(unit.slug, registers) for unit in registers.units_of_measure}
    families = {base for slug, base in bases.items() if base != slug}
    return {slug: (base, factor_of(slug, registers)) for slug, base in bases.items() if base in families}


@dataclass(frozen=True)
class Prose:
    """A body as evidence is looked for in it."""

    source: Source
    vocabulary: Vocabulary

    @cached_property
    def _seen(self) -> Seen:
        return seen(self.source)

    @cached_property
    def text(self) -> str:
        return self._seen.text

    @cached_property
    def blocks(self) -> tuple[Block, ...]:
        return self._seen.blocks

    @cached_property
    def numerals(self) -> dict[Block, tuple[Numeral, ...]]:
        return {block: tuple(self._numerals(block)) for block in self.blocks}

    def _numerals(self, block: Block) -> Iterator[Numeral]:
        """What the block states; not the numbers of its rows."""
        found = numerals(self.text, within=(block.start, block.end))
        head = self.text[block.context[-1].start : block.context[-1].end] if block.context else ""
        if block.kind is not BlockKind.TABLE or words(head.partition("|")[0]) not in _ORDINALS:
            return iter(found)
        first_cells = {row.start: self.text.find("|", row.start, row.end) for row in block.sentences}
        starts = sorted(first_cells)
        return (n for n in found if n.start >= first_cells[starts[bisect_right(starts, n.start) - 1]])

    @cached_property
    def _sized(self) -> dict[Decimal, dict[int, dict[int, Numeral]]]:
        """The numerals of each size, by where their block starts and where they do."""
        found: dict[Decimal, dict[int, dict[int, Numeral]]] = {}
        for block, stated in self.numerals.items():
            for numeral in stated:
                for size in {numeral.value, numeral.value * numeral.scale}:
                    found.setdefault(size, {}).setdefault(block.start, {})[numeral.start] = numeral
        return found

    def blocks_with(self, claims: Sequence[Claim]) -> tuple[Block, ...]:
        """The blocks that have a number of the size of each claim, in order."""
        having = [{b for size in claim.sizes for b in self._sized.get(size, ())} for claim in claims]
        starts = set.intersection(*having) if having else set()
        return tuple(block for block in self.blocks if block.start in starts)

    def options(self, block: Block, claims: Sequence[Claim], *, weak: bool) -> tuple[tuple[int, ...], ...]:
        """For each claim where the numerals of the block start that state it, in order."""
        found = []
        for claim in claims:
            sized = {at: n for size in claim.sizes for at, n in self._sized.get(size, {}).get(block.start, {}).items()}
            found.append(
                tuple(
                    at
                    for at, n in sorted(sized.items(), key=itemgetter(0))
                    if (weak or not n.weak) and self.states(block, n, claim)
                )
            )
        return tuple(found)

    def percent_above(self, block: Block) -> bool:
        """Whether the head of a table says its numbers are in per cent."""
        return block.kind is BlockKind.TABLE and any("%" in self.text[c.start : c.end] for c in block.context)

    def states(self, block: Block, numeral: Numeral, claim: Claim) -> bool:
        """Whether the numeral, in its block, says the number claimed.

        One short number word does so only beside what it counts: "năm" is also a year, "một" an article, "ba" a father.
        """
        if not claim.stated_by(numeral, percent_above=self.percent_above(block)):
            return False
        if measures_another(self.text, numeral, claim) or self._is_another_size(numeral, claim):
            return False
        if not numeral.in_words or " " in numeral.written.strip():
            return True
        after = words(self.text[numeral.end : min(numeral.end + _NEAR, block.end)])
        counted = any(after[: len(thing)] == thing for thing in map(words, claim.things) if thing)
        return counted or bears(self.text, numeral, claim)

    def _is_another_size(self, numeral: Numeral, claim: Claim) -> bool:
        """Whether the unit of measure right after the numeral makes it another amount: 3,5 ha is not 3,5 m²."""
        after = self.text[numeral.end : numeral.end + _NEAR].partition("|")[0]
        sizes = self.vocabulary.sizes
        named = [sizes[slug] for slug in self.vocabulary.units.begins(after) if slug in sizes]
        if not named or claim.base not in {base for base, _ in sizes.values()}:
            return False
        return all(base != claim.base or numeral.value * factor != claim.value * claim.scale for base, factor in named)

    def names(self, block: Block, span: Span, measure: str) -> bool:
        """Whether the sentences around the span, or what is read with them, name the measure."""
        found = block.sentences
        first = max(0, bisect_right(found, span.start, key=itemgetter(0)) - 1)
        around = [s for s in found[first : bisect_left(found, span.end, key=itemgetter(0))] if span.start < s.end]
        return any(measure in self.named_in(span) for span in (*around, *block.context)) or (
            len(around) > 1 and measure in self.named_in(Span((around[0].start, around[-1].end)))
        )

    def named_in(self, span: Span) -> frozenset[str]:
        """The measures that the span names."""
        if span not in self._named:
            said = self.vocabulary.named(self.text[span.start : span.end], self.stated_in(span), span.start)
            self._named[span] = said
        return self._named[span]

    @cached_property
    def _named(self) -> dict[Span, frozenset[str]]:
        """What was asked before: a paragraph is asked for each set."""
        return {}

    def stated_in(self, span: Span) -> tuple[Numeral, ...]:
        """What the span states, in order."""
        found = self._starts
        return self._all[bisect_left(found, span.start) : bisect_left(found, span.end)]

    @cached_property
    def _all(self) -> tuple[Numeral, ...]:
        return tuple(numeral for block in self.blocks for numeral in self.numerals[block])

    @cached_property
    def _starts(self) -> tuple[int, ...]:
        return tuple(numeral.start for numeral in self._all)

    def said(self, numeral: Numeral) -> str:
        """The numeral as in the text, with its unit of measure."""
        end = self.vocabulary.units.end_of(self.text, numeral.end)
        return " ".join(self.text[numeral.start : end].split()) if end > numeral.end else numeral.said

    def line(self, offset: int) -> int:
        return self.source.problem(offset, "", "").line


def measures_another(text: str, numeral: Numeral, claim: Claim) -> bool:
    """Whether the numeral stands right before what it measures, and the claim is of no such thing."""
    after = _NEXT_WORD.match(text, numeral.end)
    if numeral.scale != 1 or not after:
        return False
    word = "".join(words(after["word"]))
    return word in _MEASURED_IN and not any(word in name for name in claim.names)


def bears(text: str, numeral: Numeral, claim: Claim) -> bool:
    """Whether the clause around the numeral bears a label of the claim."""
    clause = f" {' '.join(words(clause_around(text, numeral)))} "
    return any(f" {' '.join(words(label))} " in clause for label in claim.labels if words(label))


def clause_around(text: str, numeral: Numeral) -> str:
    """The text of the clause around the numeral."""
    begin, stop = max(0, numeral.start - _NEAR), min(len(text), numeral.end + _NEAR)
    start = max((m.end() for m in _CLAUSE_END.finditer(text, begin, numeral.start)), default=begin)
    end = next((m.start() for m in _CLAUSE_END.finditer(text, numeral.end, stop)), stop)
    return text[start:end]
