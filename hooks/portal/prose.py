"""A body as evidence is looked for in it: its passages, the numbers they state and the measures they name."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from .claims import Claim
from .manuscript import Source
from .naming import Lexicon
from .numerals import Numeral, numerals
from .passages import Block, BlockKind, Span, blocks, visible
from .registers import Registers


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
    words: Vocabulary

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
        """Whether the numeral, in its block, says the number claimed."""
        return claim.stated_by(numeral, percent_above=self.percent_above(block))

    def names(self, block: Block, span: Span, measure: str) -> bool:
        """Whether the sentences around the span, or what is read with them, name the measure."""
        around = [s for s in block.sentences if s.start < span.end and span.start < s.end]
        return any(measure in self._named(span) for span in (*around, *block.context)) or (
            len(around) > 1 and measure in self._named(Span((around[0].start, around[-1].end)))
        )

    def _named(self, span: Span) -> frozenset[str]:
        return self.words.measures.named_in(self.text[span.start : span.end])

    def line(self, offset: int) -> int:
        return self.source.problem(offset, "", "").line
