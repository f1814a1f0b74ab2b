"""The evidence for reported figures: the passage of the body that states every number of a set.

A passage is the shortest run of consecutive sentences of one paragraph, list or table (there a row is a sentence)
that holds all numbers of the set and names its measure.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from .claims import Claim, claims_of, near_miss
from .locating import Window, assigned, held, narrowed, quoted, stating, window_at
from .manuscript import Source, limits
from .marking import Mark, Note
from .markup import FIGURE_ANCHOR
from .measured import comparable
from .memory import InPart
from .numerals import Numeral
from .passages import Block, BlockKind, Span
from .problems import Problem
from .prose import Prose, Vocabulary
from .registers import Registers
from .schema.content import Article
from .schema.figure import FigureSet, figure_id
from .source import ContentFile
from .yaml_tree import Loc

_KINDS = {BlockKind.PARAGRAPH: "đoạn", BlockKind.LIST: "danh sách", BlockKind.TABLE: "bảng"}


@dataclass(frozen=True)
class Stated:
    """A number of a set and the numeral that states it."""

    loc: Loc
    numeral: Numeral


@dataclass(frozen=True)
class Passage:
    """Where the set at `index` of the article's figures is stated."""

    index: int
    id: str
    block: Block
    span: Span
    numbers: tuple[Stated, ...]


@dataclass(frozen=True)
class Sought:
    """A figure set in search of its passage; `index` is its position in the article."""

    index: int
    figure: FigureSet
    claims: tuple[Claim, ...]

    @property
    def id(self) -> str:
        return figure_id(self.figure)


@dataclass(frozen=True)
class Reading:
    """An article as evidence is looked for in it. A set whose registers or units of measure are wrong is left out:
    that is told elsewhere."""

    article: ContentFile[Article]
    prose: Prose
    sets: tuple[Sought, ...]
    registers: Registers

    def problem(self, sought: Sought, loc: Loc, message: str, hint: str) -> Problem:
        """A problem of one number, or of the set as a whole."""
        return self.article.problem(("figures", sought.index, *loc), message, hint)

    def where(self, block: Block, span: Span) -> str:
        """A place of the body as an editor finds it."""
        return f"{_KINDS[block.kind]} ở dòng {self.prose.line(span.start)}"


@dataclass(frozen=True)
class Evidence(InPart):
    """The passages of one article; a set without one has a problem. `name` names the marks of the passages."""

    AT_HAND = ("problems", "name")
    REST = ("passages",)

    passages: tuple[Passage, ...]
    problems: tuple[Problem, ...] = ()
    name: str = ""

    @property
    def used(self) -> frozenset[int]:
        """Where the numerals start that are evidence."""
        return frozenset(stated.numeral.start for passage in self.passages for stated in passage.numbers)


def marks_of(evidence: Evidence, notes: Mapping[str, Note]) -> tuple[Mark, ...]:
    """The marks of the passages, the longest first, and of their numbers; `notes` are by the id of the set. Of several
    sets in the same rows of a table the first has the rows, the others what reaches from their first number to the
    last: a row can have only one of them."""
    taken: set[Span] = set()
    around: list[Mark] = []
    for passage in sorted(evidence.passages, key=lambda p: p.index):
        span = passage.span
        if passage.block.kind is BlockKind.TABLE and span in taken:
            numbers = [stated.numeral for stated in passage.numbers]
            span = Span((min(n.start for n in numbers), max(n.end for n in numbers)))
        taken.add(passage.span)
        around.append(Mark(span.start, span.end, FIGURE_ANCHOR + passage.id, notes.get(passage.id)))
    longest_first = sorted(around, key=lambda mark: mark.start - mark.end)
    numerals = {stated.numeral.start: stated.numeral.end for p in evidence.passages for stated in p.numbers}
    return (*longest_first, *(Mark(start, end) for start, end in sorted(numerals.items())))


def reading_of(article: ContentFile[Article], registers: Registers, vocabulary: Vocabulary) -> Reading:
    """The article, its body read as prose. A body past its limits is read as empty, with no set to look for."""
    source = Source(article.body, article.path, article.body_line)
    sets = tuple(
        Sought(index, figure, claims_of(figure, registers))
        for index, figure in enumerate(article.record.figures)
        if comparable(figure, registers)
    )
    if not sets or any(limits(source)):
        return Reading(article, Prose(Source("", article.path, article.body_line), vocabulary), (), registers)
    return Reading(article, Prose(source, vocabulary), sets, registers)


def find_evidence(reading: Reading) -> Evidence:
    """Every number of every set is stated in one passage of the body that names the measure, and each number there
    is used once. A passage that could be another is pointed out by `quote`, word for word."""
    problems: list[Problem] = []
    windows: dict[int, tuple[Window, ...]] = {}
    alike: dict[tuple[object, ...], tuple[Window, ...]] = {}  # sets that say the same are sought once
    for sought in reading.sets:
        said = (sought.figure.measure, sought.figure.quote, *(replace(claim, loc=()) for claim in sought.claims))
        found, faults = (alike[said], []) if said in alike else _windows(reading, sought)
        problems.extend(faults)
        if found:
            windows[sought.index] = alike[said] = found
    windows = narrowed(windows)
    problems.extend(_ambiguous(reading, s, windows[s.index]) for s in reading.sets if len(windows.get(s.index, ())) > 1)
    chosen = {index: found[0] for index, found in windows.items() if len(found) == 1}
    passages, faults = _passages(reading, chosen)
    problems.extend(faults)
    return Evidence(tuple(passages), tuple(problems))


def _windows(reading: Reading, sought: Sought) -> tuple[tuple[Window, ...], list[Problem]]:
    """Where the set may be stated; without such a place why not."""
    prose, measure = reading.prose, sought.figure.measure
    if sought.figure.quote:
        return _quoted(reading, sought, sought.figure.quote)
    found = stating(prose, sought.claims)
    named = tuple(w for w in found if prose.names(w.block, w.span, measure))
    if named:
        return named, []
    return (), [_unnamed(reading, sought, found[0])] if found else list(_missing(reading, sought))


def _quoted(reading: Reading, sought: Sought, quote: str) -> tuple[tuple[Window, ...], list[Problem]]:
    homes = quoted(reading.prose, quote)
    if not homes:
        hint = "hãy chép đúng từng chữ của một đoạn, danh sách hay bảng"
        return (), [reading.problem(sought, ("quote",), "trích dẫn không có trong bài", hint)]
    if len(homes) > 1:
        lines = ", ".join(str(reading.prose.line(span.start)) for _, span in homes[:5])
        message = f"trích dẫn có ở {len(homes)} chỗ (dòng {lines})"
        return (), [reading.problem(sought, ("quote",), message, "hãy chép dài hơn để chỉ còn một chỗ")]
    block, span = homes[0]
    window = window_at(reading.prose, sought.claims, block, span)
    if window is None:
        return (), list(_not_stated(reading, sought, block, span))
    if not reading.prose.names(block, span, sought.figure.measure):
        return (), [_unnamed(reading, sought, window)]
    return (window,), []


def _passages(reading: Reading, chosen: dict[int, Window]) -> tuple[list[Passage], list[Problem]]:
    """Each numeral to one number of all sets; a set left short by those before it has a problem."""
    by_index = {sought.index: sought for sought in reading.sets}
    found = assigned({index: window.places for index, window in chosen.items()})
    holders = {start: (by_index[index], by_index[index].claims[i]) for (index, i), start in found.items()}
    numeral_at = {n.start: n for numerals in reading.prose.numerals.values() for n in numerals}
    passages: list[Passage] = []
    problems: list[Problem] = []
    told: set[tuple[int, Loc]] = set()
    for sought in reading.sets:
        window = chosen.get(sought.index)
        if window is None:
            continue
        short = [i for i in range(len(sought.claims)) if (sought.index, i) not in found]
        for i in short:
            if (sought.index, sought.claims[i].loc) not in told:
                problems.extend(_contended(reading, sought, sought.claims[i], window, holders, told))
        if not short:
            numbers = tuple(
                Stated(claim.loc, numeral_at[found[sought.index, i]]) for i, claim in enumerate(sought.claims)
            )
            passages.append(Passage(sought.index, sought.id, window.block, window.span, numbers))
    return passages, problems


# --- what is wrong, in words ---------------------------------------------------

_RIVALS_NAMED = 4


def _missing(reading: Reading, sought: Sought) -> Iterator[Problem]:
    """The numbers that the block nearest to the set does not state: the one with most of them."""
    prose = reading.prose

    def nearness(block: Block) -> tuple[int, bool, int, int]:
        span = Span((block.start, block.end))
        stated = len(held(prose, sought.claims, block, span))
        almost = sum(any(_alike(n, claim) for n in _plain(prose, span)) for claim in sought.claims)
        return (stated, prose.names(block, span, sought.figure.measure), almost, -block.start)

    best = max(prose.blocks, key=nearness, default=None)
    if best is not None and nearness(best)[:2] != (0, False):
        yield from _not_stated(reading, sought, best, Span((best.start, best.end)))
        return
    hint = "hãy viết trong bài câu nêu số này cùng tên chỉ tiêu, hoặc xóa bộ số liệu"
    for claim in sought.claims:
        yield reading.problem(sought, claim.loc, f"bài không có đoạn nào nêu số {claim.said}", hint)


def _not_stated(reading: Reading, sought: Sought, block: Block, span: Span) -> Iterator[Problem]:
    stated = held(reading.prose, sought.claims, block, span)
    left = [n for n in _plain(reading.prose, span) if n.start not in stated.values()]
    hint = "hãy sửa số ở đây hoặc trong bài; các số của một bộ phải đứng trong cùng một đoạn, danh sách hay bảng"
    for claim in sought.claims:
        alike = [
            k for k, other in enumerate(sought.claims) if (other.value, other.percent) == (claim.value, claim.percent)
        ]
        if all(k in stated for k in alike):
            continue
        near = next((reading.prose.said(n) for n in left if _alike(n, claim)), "")
        message = f"{reading.where(block, span)} không nêu số {claim.said}" + (f", chỉ có {near}" if near else "")
        if any(reading.prose.states(block, n, claim) for n in _plain(reading.prose, span)):
            message = f"{reading.where(block, span)} nêu số {claim.said} ít lần hơn bộ này cần"
        yield reading.problem(sought, claim.loc, message, hint)


def _alike(numeral: Numeral, claim: Claim) -> bool:
    """Whether the numeral was likely meant to say the claim: but for a digit, a separator, "%" or its scale."""
    return near_miss(numeral, claim) or numeral.digits == claim.digits


def _plain(prose: Prose, span: Span) -> Sequence[Numeral]:
    return [n for n in prose.stated_in(span) if not n.weak]


def _unnamed(reading: Reading, sought: Sought, window: Window) -> Problem:
    message = f"{reading.where(window.block, window.span)} nêu các số này nhưng không nhắc tên chỉ tiêu"
    hint = "hãy viết tên chỉ tiêu trong chính các câu đó, hoặc thêm cách gọi vào `aliases` trong data/measures.yml"
    return reading.problem(sought, ("measure",), message, hint)


def _ambiguous(reading: Reading, sought: Sought, windows: tuple[Window, ...]) -> Problem:
    lines = ", ".join(str(reading.prose.line(w.span.start)) for w in windows[:5])
    message = f"có {len(windows)} chỗ trong bài cùng nêu các số của bộ này (dòng {lines})"
    return reading.problem(sought, (), message, "hãy thêm `quote: …` chép nguyên văn chỗ đúng")


def _contended(
    reading: Reading,
    sought: Sought,
    claim: Claim,
    window: Window,
    holders: Mapping[int, tuple[Sought, Claim]],
    told: set[tuple[int, Loc]],
) -> Iterator[Problem]:
    """A number that several sets need is told at each of them, once: whose it is only the editor knows."""
    places = [start for i, starts in enumerate(window.places) if sought.claims[i] == claim for start in starts]
    rivals = {(other.index, theirs.loc): (other, theirs) for other, theirs in (holders[start] for start in places)}
    all_of_them = {**rivals, (sought.index, claim.loc): (sought, claim)}
    for each, its in all_of_them.values():
        if (each.index, its.loc) in told:
            continue
        told.add((each.index, its.loc))
        first = islice((other.id for other, _ in all_of_them.values() if other is not each), _RIVALS_NAMED)
        ids = ", ".join(f"`{id_}`" for id_ in first)
        if (more := len(all_of_them) - 1 - _RIVALS_NAMED) > 0:
            ids += f" và {more} bộ khác"
        message = f"số {its.said} trong {reading.where(window.block, window.span)} cũng cần cho bộ {ids}"
        yield reading.problem(
            each, its.loc, message, "mỗi số trong bài chỉ dùng một lần; hãy sửa số hoặc bỏ bớt một chỗ"
        )
