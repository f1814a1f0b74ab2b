"""Relations a source breaks: a fault, unless the editor declared just that difference."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import partial

from .crossings import Crossing, crossings, reported
from .figures import base_of, units_of_measure_named
from .measured import Measured, Violation, comparable
from .problems import Problem
from .registers import Registers
from .relations import violations
from .schema.content import Article
from .schema.figure import Discrepancy
from .source import ARTICLES, ContentFile, Sources
from .violation_messages import mending, telling

_ACROSS = ("repeat:", "change:", "order")


def check_relations(sources: Sources, registers: Registers) -> Iterator[Problem]:
    """The relations of every figure set, within it and with other sets, hold, or the set declares the discrepancy with
    both values.

    A declared discrepancy lets through exactly that difference; one that no longer occurs is a fault. Drafts count:
    an editor wants to know before publishing.
    """
    faulty = tuple(file for file in sources.faulty if file.path.startswith(ARTICLES + "/"))
    articles = (*sources.articles, *faulty)
    sets = reported(articles, registers)
    across: dict[tuple[str, int], list[Crossing]] = {}
    for crossing in crossings(sets):
        across.setdefault((crossing.holder.article.path, crossing.holder.index), []).append(crossing)
    # What is declared of other sets is judged only when all of them are known.
    all_known = not faulty and len(sets) == sum(len(article.record.figures) for article in articles)
    for article in articles:
        for index, figure in enumerate(article.record.figures):
            if comparable(figure, registers):
                found = [Found(violation, article, index) for violation in violations(figure, registers)]
                found += [
                    Found(crossing.violation, crossing.other.article, crossing.other.index)
                    for crossing in across.get((article.path, index), ())
                ]
                yield from _undeclared(article, index, found, registers)
                yield from _stale(article, index, found, all_known=all_known)


@dataclass(frozen=True)
class Found:
    """A broken relation of a set; its last term stands in the set `other_index` of `other`."""

    violation: Violation
    other: ContentFile[Article]
    other_index: int

    @property
    def difference(self) -> tuple[str, Decimal, Decimal]:
        return (self.violation.relation, self.violation.stated, self.violation.computed)


def _undeclared(
    article: ContentFile[Article], index: int, found: list[Found], registers: Registers
) -> Iterator[Problem]:
    figure = article.record.figures[index]
    declared = {(known.relation, known.stated, known.computed) for known in figure.discrepancies}
    for one in found:
        if one.difference not in declared:
            message = telling(one.violation, Measured(figure, registers), partial(_place, article, index, one))
            yield article.problem(("figures", index, *one.violation.holder), message, mending(one.violation))


def _place(article: ContentFile[Article], index: int, found: Found, at: int) -> str:
    """Where the nth number of a broken relation stands, as a reader of the article's own faults is told it."""
    last = at == len(found.violation.terms) - 1
    file, position = (found.other, found.other_index) if last else (article, index)
    line = file.tree.place_of(file.as_written(("figures", position, *found.violation.terms[at].loc))).line
    return f"dòng {line}" if file.path == article.path else f"{file.path} dòng {line}"


def _stale(article: ContentFile[Article], index: int, found: list[Found], *, all_known: bool) -> Iterator[Problem]:
    occurring = {one.difference for one in found}
    for position, known in enumerate(article.record.figures[index].discrepancies):
        judged = all_known or not known.relation.startswith(_ACROSS)
        if judged and (known.relation, known.stated, known.computed) not in occurring:
            message = f"`{known.relation}` không còn lệch {known.stated} so với {known.computed}"
            later = ", hoặc khai ở bộ số liệu đăng sau" if known.relation.startswith("repeat:") else ""
            hint = f"hãy xóa mục này hoặc sửa hai giá trị{later}"
            at = ("figures", index, "discrepancies", position, *_outdated(known, occurring))
            yield article.problem(at, message, hint)


def _outdated(known: Discrepancy, occurring: set[tuple[str, Decimal, Decimal]]) -> tuple[str, ...]:
    """The key that no longer says what is so; none when the relation holds now."""
    now = [(stated, computed) for relation, stated, computed in occurring if relation == known.relation]
    if not now:
        return ()
    return ("computed",) if any(stated == known.stated for stated, _ in now) else ("stated",)


def check_units_convert(article: ContentFile[Article], registers: Registers) -> Iterator[Problem]:
    """Every number of a set is in a unit of measure that converts into the measure's own."""
    for index, figure in enumerate(article.record.figures):
        measure = registers.measures.by_slug.get(figure.measure)
        if measure is None or measure.unit_of_measure not in registers.units_of_measure.by_slug:
            continue
        base = base_of(measure.unit_of_measure, registers)
        for loc, slug in units_of_measure_named(figure):
            if slug in registers.units_of_measure.by_slug and base_of(slug, registers) != base:
                message = f"`{slug}` không quy đổi được sang `{measure.unit_of_measure}` của chỉ tiêu {measure.name}"
                yield article.problem(("figures", index, *loc), message, "hãy tách thành bộ số liệu của chỉ tiêu khác")
