"""What must hold between a figure set and the passage found for it, beyond stating its numbers. The docstring is the rule."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import pairwise

from .evidence import Evidence, Passage, Reading, Sought
from .naming import Lexicon, words
from .passages import Span
from .problems import Problem
from .prose import bears, clause_around


def check_agreement(reading: Reading, evidence: Evidence) -> Iterator[Problem]:
    """All of the rules below, for every passage found."""
    by_index = {sought.index: sought for sought in reading.sets}
    used = evidence.used
    for passage in evidence.passages:
        for check in CHECKS:
            yield from check(reading, by_index[passage.index], passage)
        yield from check_doubtful(reading, by_index[passage.index], passage, used)


def check_exactness(reading: Reading, sought: Sought, passage: Passage) -> Iterator[Problem]:
    """A number is as exact as the passage says: "gần 7.000" is `nearly`. "trên 37 xã" may mean "on", not "over"."""
    for claim, stated in zip(sought.claims, passage.numbers, strict=True):
        said, line = stated.numeral.qualifier, reading.prose.line(stated.numeral.start)
        if claim.loc[0] in ("shares", "changes") or (
            claim.qualifier is said and (said or not stated.numeral.approximate)
        ):
            continue
        if said is None and stated.numeral.approximate:
            qualified = stated.numeral.qualified
            shown = (
                f"“{qualified} {stated.numeral.said}”" if qualified else f"{stated.numeral.said} là một đầu của khoảng"
            )
            hint = (
                "hãy viết số như nguồn nêu (đúng số đó, hoặc gần, trên, ít nhất, khoảng); nguồn không nêu thì bỏ số này"
            )
            yield reading.problem(sought, claim.loc, f"bài ở dòng {line} viết {shown}", hint)
            continue
        if said is not None and (claim.qualifier or stated.numeral.approximate):
            message = f"bài ở dòng {line} viết “{stated.numeral.qualified} {stated.numeral.said}”"
            hint = f"hãy viết {{value: {claim.value:f}, qualifier: {said.value}}}"
            yield reading.problem(sought, claim.loc, message, hint)
        elif said is None and claim.qualifier:
            message = f"bài ở dòng {line} viết {stated.numeral.said}, không có chữ “{claim.qualifier.label}”"
            yield reading.problem(sought, claim.loc, message, "hãy bỏ `qualifier` hoặc sửa câu trong bài")


def check_exchanged(reading: Reading, sought: Sought, passage: Passage) -> Iterator[Problem]:
    """Two numbers of a set are not each other's: each stands in a clause that names the other's label, not its own."""
    text = reading.prose.text
    labelled = [(claim, s.numeral) for claim, s in zip(sought.claims, passage.numbers, strict=True) if claim.labels]
    lost = [(claim, numeral) for claim, numeral in labelled if not bears(text, numeral, claim)]
    names = Lexicon.of((label, str(i)) for i, (claim, _) in enumerate(lost) for label in claim.labels)
    borne = [{int(i) for i in names.named_in(clause_around(text, numeral))} for _, numeral in lost]
    for i, others in enumerate(borne):
        for k in sorted(k for k in others if k > i and i in borne[k]):
            (one, here), (two, there) = lost[i], lost[k]
            if one.value != two.value:
                line = reading.prose.line(here.start)
                message = (
                    f"bài ở dòng {line} nêu {here.said} cho “{two.labels[0]}” và {there.said} cho “{one.labels[0]}”"
                )
                hint = "hai số có bị đổi chỗ không? hãy sửa ở đây hoặc trong bài"
                yield reading.problem(sought, one.loc, message, hint)


_RISING = ("tăng", "thêm", "nhiều hơn", "cao hơn", "vượt")
_FALLING = ("giảm", "bớt", "ít hơn", "thấp hơn", "hạ")


def check_direction(reading: Reading, sought: Sought, passage: Passage) -> Iterator[Problem]:
    """A change that the passage calls a rise is positive, one it calls a fall negative."""
    by_loc = {stated.loc: stated.numeral for stated in passage.numbers}
    for index, change in enumerate(sought.figure.changes):
        key, amount = ("by", change.by) if change.by is not None else ("percent", change.percent)
        numeral = by_loc.get(("changes", index, key))
        if numeral is None or not amount:
            continue
        said = f" {' '.join(words(clause_around(reading.prose.text, numeral)))} "
        rises, falls = (any(f" {' '.join(words(word))} " in said for word in group) for group in (_RISING, _FALLING))
        if rises != falls and rises != (amount > 0):
            message = (
                f"bài ở dòng {reading.prose.line(numeral.start)} nói là {'tăng' if rises else 'giảm'} {numeral.said}"
            )
            hint = f"hãy viết {-amount:f}, hoặc sửa câu trong bài"
            yield reading.problem(sought, ("changes", index, key), message, hint)


def check_fraction(reading: Reading, sought: Sought, passage: Passage) -> Iterator[Problem]:
    """Of a set with `total` and `out_of`, where the passage writes one of them in a fraction the other is in it too."""
    found = {claim.loc: (claim, stated.numeral) for claim, stated in zip(sought.claims, passage.numbers, strict=True)}
    if ("total",) not in found or ("out_of",) not in found:
        return
    (total, part), (out_of, whole) = found["total",], found["out_of",]
    for first, second in pairwise(reading.prose.stated_in(passage.span)):
        if reading.prose.text[first.end : second.start].strip() != "/":
            continue
        wrong = [(total, first)] if second == whole else [(out_of, second)] if first == part else []
        for claim, numeral in wrong:
            if not claim.stated_by(numeral):
                message = (
                    f"{reading.where(passage.block, Span((first.start, second.end)))} viết {first.said}/{second.said}"
                )
                hint = f"bộ này ghi {total.said} trên tổng {out_of.said}; hãy sửa cho khớp"
                yield reading.problem(sought, claim.loc, message, hint)


def check_doubtful(reading: Reading, sought: Sought, passage: Passage, used: frozenset[int]) -> Iterator[Problem]:
    """In a passage no number that nobody uses equals one of the set: which one is meant could not be told."""
    free = [n for n in reading.prose.stated_in(passage.span) if n.start not in used]
    for claim, stated in zip(sought.claims, passage.numbers, strict=True):
        rivals = (n for n in free if stated.numeral.weak or not n.weak)
        again = next((n for n in rivals if reading.prose.states(passage.block, n, claim)), None)
        if again is not None:
            where = reading.where(passage.block, passage.span)
            message = f"{where} có hai số {again.said}, không rõ số nào của bộ này"
            hint = "hãy thêm `quote: …` chép nguyên văn phần câu có số đúng"
            yield reading.problem(sought, claim.loc, message, hint)


CHECKS: tuple[Callable[[Reading, Sought, Passage], Iterator[Problem]], ...] = (
    check_exactness,
    check_exchanged,
    check_direction,
    check_fraction,
)
