"""Text set into a frame: as large as it may be, in lines of like length, never beyond the frame."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate, islice, pairwise, takewhile
from typing import NamedTuple

from .typeface import Extent, Typeface

LEADING = 1.16  # ems from one baseline to the next ...
_CLEAR = 0.06  # ... or more, so that a dot below does not touch the marks of a capital under it
_CAPITAL, _DESCENT = 0.74, 0.24  # ems: a block without tall letters is as high as others
_CUT = "…"
_OVERHANG = 0.1  # ems that ink may go beyond where a letter begins and ends
_BALANCED = 60  # words: more of them are small, and stand in many lines
_DASHES = frozenset("-–—/&·")
_ENDS, _BEGINS = tuple(",;:.!?-–—/&·)”"), tuple('(“‘"')  # after and before these something else begins
_JOINING = frozenset(
    ["và", "của", "ở", "trong", "với", "cho", "tại", "về", "trên", "từ", "bằng"]
)  # before these, and they stand with it


class Frame(NamedTuple):
    """Room for text in pixels, the sizes that may be tried in it, the largest first, and how many lines it may have."""

    width: float
    height: float
    sizes: Sequence[int]
    lines: int = 100


@dataclass(frozen=True)
class Block:
    """Lines of one size."""

    face: Typeface
    size: int
    lines: tuple[str, ...]

    @cached_property
    def extents(self) -> tuple[Extent, ...]:
        """Where the ink of each line is, in pixels from where the line begins."""
        extents = map(self.face.extent, self.lines)
        return tuple(Extent(*(part * self.size for part in extent)) for extent in extents)

    @cached_property
    def baselines(self) -> tuple[float, ...]:
        """In pixels from the top of the block, equally far apart."""
        if not self.lines:
            return ()
        first = max(_CAPITAL * self.size, -self.extents[0].top)
        tall = (above.bottom - below.top + _CLEAR * self.size for above, below in pairwise(self.extents))
        step = max((LEADING * self.size, *tall))
        return tuple(first + number * step for number in range(len(self.lines)))

    @property
    def width(self) -> float:
        return max((extent.width for extent in self.extents), default=0)

    @property
    def height(self) -> float:
        return self.baselines[-1] + max(_DESCENT * self.size, self.extents[-1].bottom) if self.lines else 0


def fitted(face: Typeface, text: str, frames: Sequence[Frame]) -> Block:
    """The text, of letters the font has, in the first frame and of the first size that hold it, if it can be without
    parting what belongs together. Where no frame holds it, words are broken in the last one; what goes beyond even that
    is cut, and says so (`…`)."""
    words = _words(text)
    careful, plain = _measured(face, _together(words)), _measured(face, words)
    for frame in frames:
        for pieces in (careful, plain):
            for size in frame.sizes:
                lines = _wrapped(pieces, face.width(" "), frame.width / size, frame.height / size)
                if lines is not None and _fits(block := Block(face, size, lines), frame):
                    return block
    return _forced(face, plain, frames[-1])


def _fits(block: Block, frame: Frame) -> bool:
    return len(block.lines) <= frame.lines and block.height <= frame.height and block.width <= frame.width


class _Piece(NamedTuple):
    """What is not parted between lines, with its width in ems."""

    text: str
    width: float


def _measured(face: Typeface, pieces: Sequence[str]) -> list[_Piece]:
    return [_Piece(piece, face.width(piece)) for piece in pieces]


def _words(text: str) -> list[str]:
    """What blanks part; a dash stays with the word before it, as no line begins with one."""
    found: list[str] = []
    for word in text.split():
        if found and _DASHES.issuperset(word):
            found[-1] += f" {word}"
        else:
            found.append(word)
    return found


def _together(words: Sequence[str]) -> list[str]:
    """The words in pieces that read well as lines: Vietnamese writes a word in syllables, nearly always two. So a phrase
    of up to three is not parted, a longer one with an even number only between pairs. It is a guess, no dictionary."""
    found: list[str] = []
    for phrase in _phrases(words):
        joining, rest = (phrase[:1], phrase[1:]) if phrase[0] in _JOINING else ([], list(phrase))
        step = 3 if len(rest) <= 3 else 2 if len(rest) % 2 == 0 else 1
        pieces = [" ".join(rest[start : start + step]) for start in range(0, len(rest), step)]
        found += [" ".join([*joining, *pieces[:1]]), *pieces[1:]]
    return found


def _phrases(words: Sequence[str]) -> Iterator[list[str]]:
    phrase: list[str] = []
    for word in words:
        if phrase and (word in _JOINING or word.startswith(_BEGINS) or phrase[-1].endswith(_ENDS)):
            yield phrase
            phrase = []
        phrase.append(word)
    if phrase:
        yield phrase


def _wrapped(pieces: Sequence[_Piece], space: float, width: float, height: float) -> tuple[str, ...] | None:
    """The fewest lines, of like length; None when a piece is too wide or the lines are clearly too many."""
    if any(piece.width > width for piece in pieces):
        return None
    longest = list(_longest(pieces, space, width))
    if (len(longest) - 1) * LEADING > height:
        return None
    lines = _balanced(pieces, space, width, len(longest)) if len(pieces) <= _BALANCED else longest
    return tuple(" ".join(piece.text for piece in line) for line in lines)


def _longest(pieces: Sequence[_Piece], space: float, width: float) -> Iterator[Sequence[_Piece]]:
    """Lines, each as long as it may be: there are no fewer. A piece that is too wide has its own."""
    start = 0
    while start < len(pieces):
        fitting = sum(1 for _ in takewhile(lambda used: used <= width, _widths(pieces, start, space)))
        end = start + max(1, fitting)
        yield pieces[start:end]
        start = end


def _balanced(pieces: Sequence[_Piece], space: float, width: float, count: int) -> list[Sequence[_Piece]]:
    """So many lines that the squares of what each leaves free are the least in sum."""
    best: dict[int, tuple[float, list[Sequence[_Piece]]]] = {0: (0, [])}  # by how many pieces stand in lines
    for _ in range(count):
        longer: dict[int, tuple[float, list[Sequence[_Piece]]]] = {}
        for start, (cost, lines) in best.items():
            fitting = takewhile(lambda used: used <= width, _widths(pieces, start, space))
            for end, used in enumerate(fitting, start=start + 1):
                whole = cost + (width - used) ** 2
                if end not in longer or whole < longer[end][0]:
                    longer[end] = (whole, [*lines, pieces[start:end]])
        best = longer
    return best[len(pieces)][1]


def _widths(pieces: Sequence[_Piece], start: int, space: float) -> Iterator[float]:
    """Of the lines that begin with a piece: of that piece alone, with the next one, and so on."""
    widths = (piece.width for piece in islice(pieces, start, None))
    return accumulate(widths, lambda used, width: used + space + width)


def _forced(face: Typeface, pieces: Sequence[_Piece], frame: Frame) -> Block:
    size = frame.sizes[-1]
    width = frame.width / size - _OVERHANG
    parts = [part for piece in pieces for part in _broken(face, piece, width)]
    lines = [" ".join(part.text for part in line) for line in _longest(parts, face.width(" "), width)]
    kept = list(lines)
    while kept and not _fits(Block(face, size, tuple(kept)), frame):
        kept.pop()
    if kept and len(kept) < len(lines):
        kept[-1] = _cut(face, kept[-1], width)
    return Block(face, size, tuple(kept))


def _broken(face: Typeface, piece: _Piece, width: float) -> Iterator[_Piece]:
    """Parts of a piece that a line can hold."""
    rest = piece.text
    while rest:
        places = face.places(rest)[1:]
        fit = max(1, sum(1 for end in places if end <= width))
        yield _Piece(rest[:fit].strip(), places[fit - 1])
        rest = rest[fit:].strip()


def _cut(face: Typeface, line: str, width: float) -> str:
    while line and face.width(line + _CUT) > width:
        line = line[:-1].rstrip()
    return line + _CUT
