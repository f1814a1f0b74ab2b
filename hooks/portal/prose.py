"""A body as evidence is looked for in it: its passages, the numbers they state and the measures they name."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from .claims import Claim
from .manuscript import Source
from .naming import Lexicon, words
from .numerals import Numeral, numerals
from .passages import Block, BlockKind, Span, blocks, visible
from .registers import Registers

_NEAR = 200  # characters around a number that are looked at
_CLAUSE_END = re.compile(r"[;:()\n|–—]|[,.](?!\d)")


@dataclass(frozen=True)
class Vocabulary:
    """What prose may call the campaign's measures and units of measure."""

    measures: Lexicon
    units: Lexicon
    unit_of: dict[str, str]  # the unit of measure of each measure

    @classmethod
    def of(cls, registers: Registers) -> Vocabulary:
        return cls(
            measures=Lexicon.of((name, m.slug) for m in registers.measures for name in (m.name, *m.aliases)),
            units=Lexicon.of((unit.name, unit.slug) for unit in registers.units_of_measure),
            unit_of={measure.slug: measure.unit_of_measure for measure in registers.measures},
        )

    def counts(self, text: str, measure: str) -> bool:
        """Whether the text begins with the name of the measure or of its unit of measure."""
        return measure in self.measures.begins(text) or self.unit_of[measure] in self.units.begins(text)


@dataclass(frozen=True)
class Prose:
    """A body as evidence is looked for in it."""

    source: Source
    vocabulary: Vocabulary

    @cached_property
    def text(self) -> str:
        return visible(self.source)

    @cached_property
    def blocks(self) -> tuple[Block, ...]:
        return blocks(self.source, self.text)

    @cached_property
    def numerals(self) -> dict[Block, tuple[Numeral, ...]]:
        return {block: numerals(self.text, within=(block.start, block.end)) for block in self.blocks}

    def percent_above(self, block: Block) -> bool:
        """Whether the head of a table says its numbers are in per cent."""
        return block.kind is BlockKind.TABLE and any("%" in self.text[c.start : c.end] for c in block.context)

    def states(self, block: Block, numeral: Numeral, claim: Claim) -> bool:
        """Whether the numeral, in its block, says the number claimed.

        One short number word does so only beside what it counts: "năm" is also a year, "một" an article, "ba" a father.
        """
        if not claim.stated_by(numeral, percent_above=self.percent_above(block)):
            return False
        if not numeral.in_words or " " in numeral.written.strip():
            return True
        after = words(self.text[numeral.end : min(numeral.end + _NEAR, block.end)])
        counted = any(after[: len(thing)] == thing for thing in map(words, claim.things) if thing)
        return counted or bears(self.text, numeral, claim)

    def names(self, block: Block, span: Span, measure: str) -> bool:
        """Whether the sentences around the span, or what is read with them, name the measure."""
        around = [s for s in block.sentences if s.start < span.end and span.start < s.end]
        return any(measure in self._named(span) for span in (*around, *block.context)) or (
            len(around) > 1 and measure in self._named(Span((around[0].start, around[-1].end)))
        )

    def _named(self, span: Span) -> frozenset[str]:
        return self.vocabulary.measures.named_in(self.text[span.start : span.end])

    def line(self, offset: int) -> int:
        return self.source.problem(offset, "", "").line


def bears(text: str, numeral: Numeral, claim: Claim) -> bool:
    """Whether the clause around the numeral bears a label of the claim."""
    begin, stop = max(0, numeral.start - _NEAR), min(len(text), numeral.end + _NEAR)
    start = max((m.end() for m in _CLAUSE_END.finditer(text, begin, numeral.start)), default=begin)
    end = next((m.start() for m in _CLAUSE_END.finditer(text, numeral.end, stop)), stop)
    clause = f" {' '.join(words(text[start:end]))} "
    return any(f" {' '.join(words(label))} " in clause for label in claim.labels if words(label))
