"""Figures repeated outside their passage: in the lead, the title, captions, headings, notes, other paragraphs."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property, partial
from itertools import product

from .claims import Claim, matching, near_miss
from .evidence import Evidence, Reading, Sought
from .measured import plain
from .naming import words
from .numerals import Numeral, numerals
from .passages import Block
from .problems import Problem
from .prose import Prose, Vocabulary, bears, measures_another
from .relations import violations
from .schema.figure import Discrepancy, Qualifier
from .slips import slips
from .yaml_tree import Loc

_HEADING = re.compile(r"^[ ]*#{1,6}[ \t]+(?P<said>[^\n]*)", re.MULTILINE)
_PEOPLE = frozenset(words("hộ người"))  # counted everywhere, whatever a campaign measures
_PICTURE = re.compile(r"!\[(?P<said>[^\]\n]*)\]")


@dataclass(frozen=True)
class _Piece:
    """A text that may repeat figures. `tell` makes the problem of an offset in it; a lead is held to more than a
    paragraph, and a note speaks only of its own set."""

    name: str
    text: str
    numerals: tuple[Numeral, ...]
    find_measures: Callable[[], frozenset[str]]
    tell: Callable[[int, str, str], Problem]
    lead: bool = False
    of: int | None = None
    find_also: Callable[[], tuple[Claim, ...]] = tuple

    # Both are asked of few pieces.

    @cached_property
    def measures(self) -> frozenset[str]:
        """Those it names."""
        return self.find_measures()

    @cached_property
    def also(self) -> tuple[Claim, ...]:
        """What it may say beside the numbers of sets."""
        return self.find_also()


def check_echoes(reading: Reading, evidence: Evidence) -> Iterator[Problem]:
    """A text that names the measure of a set and repeats some of its numbers repeats them right.

    At fault is a number that no set states and that is one of the set's but for a digit (or two that changed
    places), when the text repeats another number of the set and this one has three digits or stands by the name of
    what it counts (one digit only by its label, or in the fraction "9/21"); when the text repeats two, any other number
    standing by such a name; in a lead, title or caption also a lone one of three digits right before the measure's
    name. A number of something else ("25 tuổi", "15 hộ") repeats nothing, and a rough one ("gần 7.000" of 6.935) is
    right. A note speaks of its own set without naming it.
    """
    stated = {passage.index for passage in evidence.passages}
    known = [sought for sought in reading.sets if sought.index in stated]
    stating = _by_size(known)
    for piece in (*_front_matter(reading, known), *_body(reading.prose, evidence)):
        for sought in known if piece.lead or piece.of is not None else _repeated_in(piece, stating):
            if sought.index == piece.of:
                yield from _disagreeing(piece, sought, [sought], reading.prose.vocabulary)
            elif piece.of is None and sought.figure.measure in piece.measures:
                yield from _disagreeing(piece, sought, known, reading.prose.vocabulary)


def _by_size(known: list[Sought]) -> dict[Decimal, list[Sought]]:
    """The sets that have a number of this size, in their order."""
    found: dict[Decimal, list[Sought]] = {}
    for sought in known:
        for size in {size for claim in sought.claims for size in claim.sizes}:
            found.setdefault(size, []).append(sought)
    return found


def _repeated_in(piece: _Piece, stating: dict[Decimal, list[Sought]]) -> list[Sought]:
    """The sets of which the piece may repeat a number: no other can be told from something else in a paragraph."""
    sizes = {size for numeral in piece.numerals for size in (numeral.value, numeral.value * numeral.scale)}
    found = {sought.index: sought for size in sizes for sought in stating.get(size, ())}
    return [found[index] for index in sorted(found)]


def _disagreeing(piece: _Piece, sought: Sought, known: list[Sought], vocabulary: Vocabulary) -> Iterator[Problem]:
    places = {
        i: [n.start for n in piece.numerals if claim.stated_by(n) and not _counts_another(piece, n, claim, vocabulary)]
        for i, claim in enumerate(sought.claims)
    }
    held = matching(places, places)
    if not (held or piece.lead or piece.of is not None):
        return
    repeated = set(held.values())
    unrepeated = [claim for i, claim in enumerate(sought.claims) if i not in held]
    for numeral in piece.numerals:
        after = piece.text[numeral.end : numeral.end + 200]
        counted = vocabulary.counts(after, sought.figure.measure)
        fraction = any(_of_one_fraction(piece.text, numeral, n) for n in piece.numerals if n.start in repeated)
        likely = (
            c
            for c in (*unrepeated, *piece.also)
            if _disagrees(piece, numeral, c, len(held), counted=counted, fraction=fraction)
            and not _counts_another(piece, numeral, c, vocabulary)
        )
        meant = next(likely, None)
        if meant is None or _stands_for(piece, numeral, meant, known, vocabulary):
            continue
        message = f"{piece.name} viết {numeral.said}, số liệu `{sought.id}` ghi {meant.said}"
        yield piece.tell(numeral.start, message, "hãy sửa cho khớp; chỗ nhắc lại phải đúng như số liệu")


def _stands_for(piece: _Piece, numeral: Numeral, meant: Claim, known: list[Sought], vocabulary: Vocabulary) -> bool:
    """Whether the numeral says another number of the article; one named beside it, where `meant` is named there."""
    stating = [(each, c) for each in known for c in each.claims if c.stated_by(numeral)]
    if not bears(piece.text, numeral, meant):
        return bool(stating) or any(claim.stated_by(numeral) for claim in piece.also)
    after = piece.text[numeral.end : numeral.end + 200]
    named = (bears(piece.text, numeral, c) or vocabulary.counts(after, s.figure.measure) for s, c in stating)
    return any(named) or any(claim.stated_by(numeral) for claim in piece.also)


def _of_one_fraction(text: str, one: Numeral, other: Numeral) -> bool:
    """Whether the numerals are the two of "37/40"."""
    return text[min(one.end, other.end) : max(one.start, other.start)].strip() == "/"


def _disagrees(piece: _Piece, numeral: Numeral, claim: Claim, repeated: int, *, counted: bool, fraction: bool) -> bool:
    if _rounds(numeral, claim):
        return False
    near, long = near_miss(numeral, claim), len(numeral.digits) >= 3
    if piece.of is not None:
        return near and len(numeral.digits) >= 2
    labelled = claim.percent == numeral.percent and bears(piece.text, numeral, claim)
    if near and repeated:
        return long or labelled or fraction or (counted and len(numeral.digits) == 2)
    return (labelled and repeated >= 2) or (near and long and counted and piece.lead)


def _rounds(numeral: Numeral, claim: Claim) -> bool:
    """Whether the numeral says the claim roughly, in fewer digits: "trên 200" of 230, "gần 7.000" of 6.935.

    "trên", which may mean "on", does so only in far fewer: "trên 25.720 hồ sơ" is 25.723 mistyped."""
    if numeral.qualifier is None or claim.qualifier or numeral.percent != claim.percent:
        return False
    said = (numeral.value * numeral.scale).normalize()
    exact = (claim.value * (claim.scale if numeral.scale != 1 else 1)).normalize()
    fewer = len(exact.as_tuple().digits) - len(said.as_tuple().digits)
    if fewer < 1 or (fewer == 1 and not numeral.approximate and len(exact.as_tuple().digits) > 2):
        return False
    last_digit = Decimal(1).scaleb(int(said.as_tuple().exponent))
    low = said if numeral.qualifier in (Qualifier.OVER, Qualifier.AT_LEAST) else said - last_digit
    high = said if numeral.qualifier is Qualifier.NEARLY else said + last_digit
    return low <= exact <= high


def _counts_another(piece: _Piece, numeral: Numeral, claim: Claim, vocabulary: Vocabulary) -> bool:
    """Whether the numeral stands right before what it counts, and the claim is of no such thing."""
    if measures_another(piece.text, numeral, claim):
        return True
    end = max(vocabulary.units.end_of(piece.text, numeral.end), numeral.end)
    thing = words(piece.text[numeral.end : end]) or words(piece.text[numeral.end : numeral.end + 20])[:1]
    if (
        not thing
        or (end == numeral.end and thing[0] not in _PEOPLE)
        or piece.text[numeral.end : numeral.end + 1] != " "
    ):
        return False
    return not any(name[: len(thing)] == thing for name in claim.names) and not bears(piece.text, numeral, claim)


def _front_matter(reading: Reading, known: list[Sought]) -> Iterator[_Piece]:
    record = reading.article.record
    leads: list[tuple[Loc, str, str | None]] = [
        (("title",), "tiêu đề", record.title),
        (("summary",), "tóm tắt", record.summary),
        *((("images", i, "alt"), "mô tả ảnh", image.alt) for i, image in enumerate(record.images)),
        *((("images", i, "caption"), "chú thích ảnh", image.caption) for i, image in enumerate(record.images)),
    ]
    for loc, name, text in leads:
        yield from _written(reading, loc, name, text)
    for sought in known:
        at: Loc = ("figures", sought.index)
        yield from _written(
            reading, (*at, "note"), "ghi chú", sought.figure.note, sought.index, partial(_at_odds, reading, sought)
        )
        for i, gap in enumerate(sought.figure.discrepancies):
            loc: Loc = (*at, "discrepancies", i, "note")
            at_odds = partial(_at_odds, reading, sought, gap)
            yield from _written(reading, loc, "ghi chú", gap.note, sought.index, at_odds)


def _at_odds(reading: Reading, sought: Sought, only: Discrepancy | None = None) -> tuple[Claim, ...]:
    """What a note may say of its set beside the set's own numbers: what is known to be at odds, by how much, and
    what a number written wrongly was likely meant to be."""
    gaps = (only,) if only else sought.figure.discrepancies
    values = {value for gap in gaps for value in (gap.stated, gap.computed, abs(gap.stated - gap.computed))}
    known = {gap.relation for gap in gaps}
    broken = (v for v in violations(sought.figure, reading.registers) if v.relation in known)
    values |= {slip.meant for violation in broken for slip in slips(violation)}
    scale = sought.claims[0].scale
    said = product(sorted(values), (False, True))
    return tuple(Claim((), plain(value), percent, scale, None) for value, percent in said)


def _written(
    reading: Reading,
    loc: Loc,
    name: str,
    text: str | None,
    of: int | None = None,
    find_also: Callable[[], tuple[Claim, ...]] = tuple,
) -> Iterator[_Piece]:
    """What stands at a key of the front matter."""
    found = tuple(n for n in numerals(text) if n.digits and not n.weak) if text else ()
    if text and found:
        measures = partial(reading.prose.vocabulary.named, text, found)
        tell = partial(_at_key, reading, loc)
        yield _Piece(name, text, found, measures, tell, lead=of is None, of=of, find_also=find_also)


def _at_key(reading: Reading, loc: Loc, _offset: int, message: str, hint: str) -> Problem:
    return reading.article.problem(loc, message, hint)


def _body(prose: Prose, evidence: Evidence) -> Iterator[_Piece]:
    used = evidence.used
    for block in prose.blocks:
        found = tuple(n for n in prose.numerals[block] if n.digits and not n.weak and n.start not in used)
        if found:
            yield _Piece("bài", prose.text, found, partial(_named_in, prose, block), prose.source.problem)
    for pattern, name in ((_HEADING, "tiêu đề mục"), (_PICTURE, "mô tả ảnh")):
        for match in pattern.finditer(prose.source.prose):
            found = tuple(n for n in numerals(prose.source.prose, within=match.span("said")) if n.digits and not n.weak)
            if found:
                measures = partial(prose.vocabulary.named, match["said"], found, match.start("said"))
                yield _Piece(name, prose.source.prose, found, measures, prose.source.problem, lead=True)


def _named_in(prose: Prose, block: Block) -> frozenset[str]:
    """The measures that the block names, in its sentences or above them."""
    return frozenset().union(*(prose.named_in(span) for span in (*block.context, *block.sentences)))
