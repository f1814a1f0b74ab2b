"""Relations a source breaks: a fault, unless the editor declared just that difference."""

from __future__ import annotations

from collections.abc import Iterator

from .figures import base_of, numbers_of, too_fine, units_of_measure_named
from .problems import Problem
from .registers import Registers
from .relations import Slip, Violation, plain, slips, violations
from .schema.content import Article
from .schema.figure import FigureSet
from .source import ContentFile
from .yaml_tree import Loc


def check_relations(article: ContentFile[Article], registers: Registers) -> Iterator[Problem]:
    """The relations of every figure set hold, or the set declares the discrepancy with both values.

    A declared discrepancy lets through exactly that difference; one that no longer occurs is a fault.
    """
    for index, figure in enumerate(article.record.figures):
        if not resolved(figure, registers) or too_fine(figure, registers):
            continue
        found = violations(figure, registers)
        declared = {(d.relation, d.stated, d.computed) for d in figure.discrepancies}
        for violation in found:
            if (violation.relation, violation.stated, violation.computed) not in declared:
                yield _fault(article, ("figures", index), violation)
        occurring = {(v.relation, v.stated, v.computed) for v in found}
        for position, known in enumerate(figure.discrepancies):
            if (known.relation, known.stated, known.computed) not in occurring and _is_of_one_set(known.relation):
                message = f"`{known.relation}` không còn lệch {known.stated} so với {known.computed}"
                yield article.problem(
                    ("figures", index, "discrepancies", position), message, "hãy xóa mục này hoặc sửa hai giá trị"
                )


def _is_of_one_set(relation: str) -> bool:
    return not relation.startswith(("repeat:", "change:")) and relation != "order"


def _fault(article: ContentFile[Article], at: Loc, violation: Violation) -> Problem:
    def line(loc: Loc) -> int:
        return article.tree.place_of(article.as_written((*at, *loc))).line

    terms = ", ".join(f"{term.number.value:f} ở dòng {line(term.loc)}" for term in violation.terms)
    gap = plain(abs(violation.computed - violation.stated))
    message = (
        f"quan hệ `{violation.relation}`: nêu {_stated(violation)}, tính ra {violation.computed:f}, "
        f"lệch {gap:f} ({terms})"
    )
    declared = f"{{relation: {_quoted(violation.relation)}, stated: {violation.stated:f}, computed: {violation.computed:f}, note: …}}"
    hint = f"hãy sửa số sai; nếu nguồn viết đúng như vậy, thêm vào `discrepancies` mục {declared}"
    guess = _guess(slips(violation))
    return article.problem((*at, *violation.holder), message, f"{guess}{hint}")


def _stated(violation: Violation) -> str:
    qualifier = violation.whole.number.qualifier if violation.whole else None
    return f"{qualifier.label} {violation.stated:f}" if qualifier else f"{violation.stated:f}"


def _quoted(relation: str) -> str:
    return f'"{relation}"' if ":" in relation else relation


def _guess(found: tuple[Slip, ...]) -> str:
    if not found:
        return ""
    said = ", ".join(f"{slip.written:f} viết nhầm từ {slip.meant:f} ({slip.how})" for slip in found[:3])
    return f"có phải {said}? "


def resolved(figure: FigureSet, registers: Registers) -> bool:
    """Whether everything the relations need is known; what isn't is told by other checks."""
    measure = registers.measures.by_slug.get(figure.measure)
    own = [number.unit_of_measure for _, number in numbers_of(figure)]
    own += [item.unit_of_measure for key in ("other", "parts", "including") for item in getattr(figure, key)]
    if measure is None:
        return False
    named = {measure.unit_of_measure, *(slug for slug in own if slug)}
    return all(slug in registers.units_of_measure.by_slug for slug in named) and _one_base(named, registers)


def _one_base(slugs: set[str], registers: Registers) -> bool:
    return len({base_of(slug, registers) for slug in slugs}) == 1


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
