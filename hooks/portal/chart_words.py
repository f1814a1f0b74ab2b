"""What a chart says, in one sentence. It says nothing that the numbers of its table do not.

What is not known, and what is a unit's own among its sub-units, is told beside the ranking and never stands in it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from .text import capitalised, number_vi, uncapitalised

COUNTED = "hồ sơ mô hình"
MOST_NAMED = 3  # of those that are equally large; more are counted

Named = tuple[str, int]  # what is ranked, as it stands inside a sentence, and its number


def sentence(clauses: Iterable[str]) -> str:
    """The clauses that are not empty as one sentence."""
    return capitalised("; ".join(clause for clause in clauses if clause)) + "."


def largest(ranked: Sequence[Named], noun: str, total: int) -> str:
    """Which has most of the profiles, of `total`. Those that are equal are told together; nothing of zeros alone."""
    most = max((number for _, number in ranked), default=0)
    if most == 0:
        return ""
    first = [name for name, number in ranked if number == most]
    share = f"{number_vi(most)} trên {number_vi(total)}"
    if len(ranked) == 1:
        return f"{first[0]} có {share} {COUNTED}"
    if len(first) == len(ranked):
        return f"{number_vi(len(first))} {noun} có số {COUNTED} bằng nhau: mỗi {noun} {share}"
    if len(first) == 1:
        return f"{first[0]} có nhiều {COUNTED} nhất: {share}"
    if len(first) <= MOST_NAMED:
        return f"nhiều {COUNTED} nhất: {_and(first)}, mỗi {noun} {share}"
    return f"{number_vi(len(first))} {noun} có nhiều {COUNTED} nhất: mỗi {noun} {share}"


def largest_part(ranked: Sequence[Named], noun: str) -> str:
    """Which part is largest, after a clause that has told of what; nothing of zeros alone or of one part."""
    most = max((number for _, number in ranked), default=0)
    if most == 0 or len(ranked) == 1:
        return ""
    first = [name for name, number in ranked if number == most]
    if len(first) == len(ranked):
        return f"{number_vi(len(first))} {noun} bằng nhau: mỗi {noun} {number_vi(most)}"
    if len(first) == 1:
        return f"{noun} có nhiều nhất là {first[0]}: {number_vi(most)}"
    if len(first) <= MOST_NAMED:
        return f"{noun} có nhiều nhất: {_and(first)}, mỗi {noun} {number_vi(most)}"
    return f"{number_vi(len(first))} {noun} có nhiều nhất: mỗi {noun} {number_vi(most)}"


def beside(name: str, number: int) -> str:
    """What stands beside the ranking; nothing of a zero."""
    return f"{uncapitalised(name)}: {number_vi(number)}" if number else ""


def drawn(shown: int, of: int, noun: str) -> str:
    """That the rest stands in the table alone; nothing when there is no rest."""
    return f"biểu đồ chỉ vẽ {number_vi(shown)} trong {number_vi(of)} {noun}, bảng có đủ" if shown < of else ""


def between(ranked: Sequence[tuple[str, str]], value: str) -> str:
    """Between which numbers reported figures lie that are ranked, each as its source says it, the largest first.
    Equal figures say the same here; of several that are first or last only their number is told."""
    most, least, count = ranked[0][1], ranked[-1][1], number_vi(len(ranked))
    if most == least:
        return f"{count} đơn vị có báo cáo cùng kỳ nêu {value} bằng nhau: {most}"
    first, last = (_who([name for name, said in ranked if said == end]) for end in (most, least))
    return (
        f"trong {count} đơn vị có báo cáo cùng kỳ, {value} cao nhất là {most} ({first}), thấp nhất là {least} ({last})"
    )


def _and(names: Sequence[str]) -> str:
    return f"{', '.join(names[:-1])} và {names[-1]}"


def _who(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else f"{number_vi(len(names))} đơn vị"


def spread(numbers: Sequence[int], noun: str) -> str:
    """How many there are, and between which numbers theirs lie."""
    least, most, count = min(numbers), max(numbers), number_vi(len(numbers))
    if least == most:
        return f"{count} {noun}, mỗi {noun} {number_vi(most)} {COUNTED}"
    between_them = f"từ {number_vi(least)} đến {number_vi(most)} {COUNTED}"
    return f"{count} {noun}, mỗi {noun} {between_them}, tất cả {number_vi(sum(numbers))}"
