"""A broken relation in an editor's words: what stands against what, and how to mend it."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from .measured import Comparison, Measured, Term, Violation, plain
from .schema.figure import Qualifier
from .slips import Slip, slips

_OTHERWISE = {
    Comparison.REPEAT: "nếu là hai cách đếm hay hai kỳ khác nhau, sửa `count` hoặc `period`; ",
    Comparison.ORDER: "nếu nhầm loại số đếm, sửa `count`; ",
    Comparison.CHANGE: "nếu cách đếm đã đổi, thêm `break`; ",
}
_MOST_GUESSES = 3


def telling(violation: Violation, measured: Measured, place: Callable[[int], str]) -> str:
    """What is wrong: both values, their difference and where each number stands; `place` says it of the nth term."""
    words = _Words(violation, measured)
    cited = ", ".join(f"{words.number(term)} ở {place(at)}" for at, term in enumerate(violation.terms))
    return f"quan hệ `{violation.relation}`: {words.told()}{words.gap()}" + (f" ({cited})" if cited else "")


def mending(violation: Violation) -> str:
    """How to mend it, the likely slip first."""
    declared = (
        f"{{relation: {_quoted(violation.relation)}, stated: {violation.stated:f}, "
        f"computed: {violation.computed:f}, note: …}}"
    )
    against_earlier = violation.comparison is Comparison.CHANGE_PERCENT and len(violation.terms) > 1
    otherwise = _OTHERWISE.get(Comparison.CHANGE if against_earlier else violation.comparison, "")
    known = f"nếu nguồn viết đúng như vậy, thêm vào `discrepancies` mục {declared}"
    return f"{_guess(slips(violation))}hãy sửa số sai; {otherwise}{_coverage(violation)}{known}"


class _Words:
    """The numbers of a violation in words: with their units where these differ."""

    def __init__(self, violation: Violation, measured: Measured) -> None:
        self.violation, self.measured = violation, measured
        numbers = (*violation.terms, *([violation.whole] if violation.whole else []))
        own = measured.factor(None)
        self.with_units = any(term.factor != own for term in numbers)

    def number(self, term: Term) -> str:
        qualifier = f"{term.number.qualifier.label} " if term.number.qualifier else ""
        return f"{qualifier}{term.number.value:f}{self._unit(term.unit_of_measure)}"

    def told(self) -> str:
        comparison, stated, computed = self.violation.comparison, self._stated(), self._computed()
        if comparison is Comparison.SUM:
            return f"nêu {stated}, các phần cộng lại được {computed}"
        if comparison is Comparison.PART:
            short = "" if self._over else ", số chưa nêu không thể bù đủ"
            return (
                f"nêu {stated}, riêng các phần đã nêu cộng lại {'đã' if self._over else 'mới'} được {computed}{short}"
            )
        if comparison is Comparison.BREAKDOWNS:
            return f"nguồn không nêu tổng, một cách chia cộng lại được {stated}, cách chia này được {computed}"
        if comparison is Comparison.INCLUDED:
            label = self.violation.relation.partition(":")[2]
            return f"tổng nêu {stated}, mà riêng “{label}” đã là {computed}"
        if comparison is Comparison.OUT_OF:
            return f"nêu {stated}, mà cả thảy chỉ có {computed}"
        if comparison is Comparison.ORDER:
            return f"công nhận {stated}, mà cùng kỳ chỉ đăng ký {computed}"
        if comparison is Comparison.REPEAT:
            return f"nêu {stated}, trong khi bộ số liệu kia nêu {computed} cho chính số ấy"
        if comparison is Comparison.SHARE:
            return f"nêu {stated}%, tính ra {computed}%"
        return self._changed()

    def _changed(self) -> str:
        stated, computed = self._moved(self.violation.stated), self._moved(self.violation.computed)
        if self.violation.comparison is Comparison.FALL:
            return f"nêu {stated}, mà giảm nhiều nhất là 100%"
        if self.violation.comparison is Comparison.RISE:
            return f"nêu {stated}, mà số sau khi tăng chỉ là {self._computed()}"
        since = self.measured.figure.changes[int(self.violation.holder[1])].since
        form = "ngày" if since.day else "tháng" if since.month else "năm"
        return f"nêu {stated} so với {form} {since.vi}, tính ra {computed}"

    def gap(self) -> str:
        gap = plain(abs(self.violation.computed - self.violation.stated))
        at_most = (Comparison.PART, Comparison.INCLUDED, Comparison.OUT_OF, Comparison.ORDER, Comparison.RISE)
        word = "lệch"
        if self.violation.comparison in at_most:
            word = "quá" if self._over or self.violation.comparison is not Comparison.PART else "thiếu"
        return f", {word} {self._amount(gap)}" if gap else ""

    @property
    def _over(self) -> bool:
        return self.violation.computed >= self.violation.stated

    def _computed(self) -> str:
        """With "trên" or "gần" where the numbers it comes from are said so."""
        said = {term.number.qualifier for term in self.violation.terms} - {None}
        percents = (Comparison.SHARE, Comparison.CHANGE, Comparison.CHANGE_PERCENT, Comparison.FALL)
        least = Qualifier.OVER if Qualifier.OVER in said else Qualifier.AT_LEAST
        word = ""
        if said and self.violation.comparison not in percents:
            word = f"{least.label} " if said <= {Qualifier.OVER, Qualifier.AT_LEAST} else word
            word = f"{Qualifier.NEARLY.label} " if said == {Qualifier.NEARLY} else word
        return word + self._amount(self.violation.computed)

    def _stated(self) -> str:
        whole = self.violation.whole
        qualifier = f"{whole.number.qualifier.label} " if whole and whole.number.qualifier else ""
        return f"{qualifier}{self._amount(self.violation.stated)}"

    def _amount(self, value: Decimal) -> str:
        percent = self.violation.comparison in (Comparison.SHARE, Comparison.CHANGE_PERCENT, Comparison.FALL)
        changed = self.violation.comparison in (Comparison.CHANGE, Comparison.RISE)
        unit_of_measure = self.violation.terms[0].unit_of_measure if changed else None
        return f"{value:f}" if percent else f"{value:f}{self._unit(unit_of_measure)}"

    def _moved(self, value: Decimal) -> str:
        percent = self.violation.comparison in (Comparison.CHANGE_PERCENT, Comparison.FALL)
        if not value:
            return "không tăng không giảm"
        return f"{'tăng' if value > 0 else 'giảm'} {self._amount(abs(value))}{'%' if percent else ''}"

    def _unit(self, slug: str | None) -> str:
        if not self.with_units:
            return ""
        registers = self.measured.registers
        own = registers.measures[self.measured.figure.measure].unit_of_measure
        return f" {registers.units_of_measure[slug or own].name}"


def _coverage(violation: Violation) -> str:
    """What to write where the parts are not all there is."""
    short = violation.comparison is Comparison.SUM and violation.computed < violation.stated
    if not short and violation.comparison is not Comparison.BREAKDOWNS:
        return ""
    relation = violation.relation
    key = "by_field" if relation.endswith(".by_field") else relation
    key = "by_level" if key.startswith("by_field.") else key
    return f"nếu các phần chưa phải là tất cả, thêm `coverage: {{{key}: subset}}`; "


def _quoted(relation: str) -> str:
    if ":" not in relation:
        return relation
    return f'"{relation}"' if '"' not in relation and "\\" not in relation else "'" + relation.replace("'", "''") + "'"


def _guess(found: tuple[Slip, ...]) -> str:
    if not found:
        return ""
    said = ", ".join(f"{slip.written:f} viết nhầm từ {slip.meant:f} ({slip.how})" for slip in found[:_MOST_GUESSES])
    return f"có phải {said}? "
