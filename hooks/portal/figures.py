"""Reported figures: what a figure set refers to must exist.

Relations between the numbers, and the evidence for them in the text, build on this.
"""

from __future__ import annotations

from collections.abc import Iterator

from .entries import Register, unknown_in
from .problems import Problem
from .registers import Registers
from .schema.content import Article
from .schema.data import Measure
from .schema.figure import FigureSet, LevelFigures, Number, figure_id
from .source import ContentFile
from .yaml_tree import Loc, dotted


def numbers_of(figure: FigureSet) -> Iterator[tuple[Loc, Number]]:
    """Every number of a set but shares and changes, with the way to it."""
    for key in ("total", "out_of"):
        if number := getattr(figure, key):
            yield (key,), number
    for slug, number in (figure.by_field or {}).items():
        yield ("by_field", slug), number
    for level, numbers in (figure.by_level or {}).items():
        yield from _numbers_of_level(("by_level", level.value), numbers)
    for kind, number in (figure.by_kind or {}).items():
        yield ("by_kind", kind.value), number
    for key in ("merged_fields", "other", "parts", "including"):
        for index, item in enumerate(getattr(figure, key)):
            yield (key, index, "value"), item.value


def _numbers_of_level(loc: Loc, numbers: LevelFigures) -> Iterator[tuple[Loc, Number]]:
    if numbers.total:
        yield (*loc, "total"), numbers.total
    for slug, number in (numbers.by_field or {}).items():
        yield (*loc, "by_field", slug), number


# --- checks: the docstring is the rule ---------------------------------------


def check_figure_references(article: ContentFile[Article], registers: Registers) -> Iterator[Problem]:
    """A figure set names units, measures, fields and units of measure that stand in data/."""
    for index, figure in enumerate(article.record.figures):
        at: Loc = ("figures", index)
        yield from reference(article, (*at, "unit"), figure.unit, registers.units)
        yield from reference(article, (*at, "measure"), figure.measure, registers.measures)
        for loc, slug in _fields_named(figure):
            yield from reference(article, (*at, *loc), slug, registers.fields, of_key=loc[0] != "merged_fields")
        for loc, slug in units_of_measure_named(figure):
            yield from reference(article, (*at, *loc), slug, registers.units_of_measure)


def check_count_kind(article: ContentFile[Article], registers: Registers) -> Iterator[Problem]:
    """A measure that counts models says what kind of count it is."""
    for index, figure in enumerate(article.record.figures):
        measure = registers.measures.by_slug.get(figure.measure)
        if measure and measure.counts_models and figure.count is None:
            hint = "hãy thêm `count: …` (registered, built, existing, …; nguồn không nói thì unspecified)"
            yield article.problem(("figures", index, "count"), "thiếu loại số đếm", hint)


def check_whole_numbers(article: ContentFile[Article], registers: Registers) -> Iterator[Problem]:
    """A number has no more decimals than its measure (`decimals`, 0 when absent) unless it is in another unit of
    measure that converts, as money and land do."""
    for index, figure in enumerate(article.record.figures):
        measure = registers.measures.by_slug.get(figure.measure)
        for loc, number in too_fine(figure, registers):
            if measure:
                yield from _decimals(article, ("figures", index, *loc), number, measure)


def too_fine(figure: FigureSet, registers: Registers) -> list[tuple[Loc, Number]]:
    """The numbers of a set that have more decimals than its measure allows."""
    measure = registers.measures.by_slug.get(figure.measure)
    found = []
    for loc, number in numbers_of(figure) if measure else ():
        own = number.unit_of_measure or _own_unit_of_measure(figure, loc)
        unit = registers.units_of_measure.by_slug.get(own or "")
        fine = -int(number.value.as_tuple().exponent) > measure.decimals
        if fine and (unit is None or (unit.factor is None and measure.decimals == 0)):
            found.append((loc, number))
    return found


def _decimals(article: ContentFile[Article], loc: Loc, number: Number, measure: Measure) -> Iterator[Problem]:
    digits = -int(number.value.as_tuple().exponent)
    if digits <= measure.decimals:
        return
    if digits == 3 and measure.decimals == 0:
        whole = f"{number.value:f}".replace(".", "")
        yield article.problem(
            loc, f"`{number.value}` không phải số nguyên, mà {measure.name} chỉ đếm số nguyên", f"hãy viết `{whole}`"
        )
    else:
        message = f"`{number.value}` có {digits} chữ số lẻ, quá {measure.decimals} của chỉ tiêu {measure.name}"
        yield article.problem(
            loc, message, f"hãy sửa số, hoặc sửa `decimals` của `{measure.slug}` trong data/measures.yml"
        )


def _own_unit_of_measure(figure: FigureSet, loc: Loc) -> str | None:
    if loc[0] not in ("other", "parts", "including"):
        return None
    return getattr(figure, str(loc[0]))[loc[1]].unit_of_measure


def check_figure_ids(article: ContentFile[Article], registers: Registers) -> Iterator[Problem]:
    """The id of a figure set, written or by default, is unique in its article."""
    seen: dict[str, int] = {}
    for index, figure in enumerate(article.record.figures):
        found = figure_id(figure)
        first = seen.setdefault(found, index)
        if first != index:
            key = "id" if figure.id else "unit"
            yield article.problem(
                ("figures", index, key),
                f"mã số liệu `{found}` trùng với {dotted(article.as_written(('figures', first)))}",
                "hãy thêm `id: …` riêng cho bộ này",
            )


def check_labels(article: ContentFile[Article], registers: Registers) -> Iterator[Problem]:
    """In one set a label stands once among parts, other and including; shares and changes refer to
    `total`, a label of these, or a path such as by_field.kinh-te whose number is given."""
    for index, figure in enumerate(article.record.figures):
        at: Loc = ("figures", index)
        labels: dict[str, Loc] = {}
        for key in ("parts", "other", "including"):
            for position, item in enumerate(getattr(figure, key)):
                loc: Loc = (*at, key, position, "label")
                if item.label in labels:
                    yield article.problem(loc, f"nhãn `{item.label}` lặp lại trong một bộ số liệu", "hãy đặt nhãn khác")
                labels.setdefault(item.label, loc)
        # The total may be left unsaid by the source ("tăng 3 so với 2021") and is still what a change is of.
        known = {
            "total",
            *labels,
            *(
                ".".join(str(step) for step in loc)
                for loc, _ in numbers_of(figure)
                if loc[0] in ("by_field", "by_level", "by_kind")
            ),
        }
        for loc, written in _referred(figure):
            if written not in known:
                yield article.problem(
                    (*at, *loc),
                    f"`{written}` không phải số nào của bộ này",
                    "hãy chọn một trong: " + ", ".join(sorted(known)[:12]),
                )


def _referred(figure: FigureSet) -> Iterator[tuple[Loc, str]]:
    for index, share in enumerate(figure.shares):
        yield ("shares", index, "of"), share.of
        yield ("shares", index, "base"), share.base
    for index, change in enumerate(figure.changes):
        yield ("changes", index, "of"), change.of


def _fields_named(figure: FigureSet) -> Iterator[tuple[Loc, str]]:
    for slug in figure.by_field or {}:
        yield ("by_field", slug), slug
    for level, numbers in (figure.by_level or {}).items():
        for slug in numbers.by_field or {}:
            yield ("by_level", level.value, "by_field", slug), slug
    for index, merged in enumerate(figure.merged_fields):
        for position, slug in enumerate(merged.fields_):
            yield ("merged_fields", index, "fields", position), slug


def base_of(unit_of_measure: str, registers: Registers) -> str:
    """The unit that a unit of measure is a multiple of, in the end; itself when it has no base."""
    slug, seen = unit_of_measure, set()
    while slug not in seen and slug in registers.units_of_measure:
        seen.add(slug)
        slug = registers.units_of_measure[slug].base or slug
    return slug


def units_of_measure_named(figure: FigureSet) -> Iterator[tuple[Loc, str]]:
    for loc, number in numbers_of(figure):
        if number.unit_of_measure:
            yield (*loc, "unit_of_measure"), number.unit_of_measure
    for key in ("other", "parts", "including"):
        for index, item in enumerate(getattr(figure, key)):
            if item.unit_of_measure:
                yield (key, index, "unit_of_measure"), item.unit_of_measure


def reference(
    document: ContentFile, loc: Loc, written: str | None, register: Register, *, of_key: bool = False
) -> Iterator[Problem]:
    """The problem of a slug that stands in no register, if it is one."""
    yield from unknown_in(register, written, lambda message, hint: document.problem(loc, message, hint, of_key=of_key))


CHECKS = (check_figure_references, check_count_kind, check_whole_numbers, check_figure_ids, check_labels)
