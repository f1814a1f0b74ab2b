"""Discrepancies that editors declared, as readers see them: which cells they put in doubt, and the relation in words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from .figures import numbers_of
from .measured import plain
from .registers import Registers
from .schema.content import Article
from .schema.figure import Change, CoverageKind, Discrepancy, FigureSet, Level, Share, figure_id
from .source import ContentFile
from .text import number_vi, slugify
from .yaml_tree import Loc


@dataclass(frozen=True)
class Contradiction:
    """One declared discrepancy of one set. `id` is the anchor of its entry in the register of discrepancies."""

    id: str
    article: ContentFile[Article]
    figure: FigureSet
    known: Discrepancy

    @property
    def passage(self) -> str:
        return passage_of(self.article, figure_id(self.figure))


def passage_of(article: ContentFile[Article], id_: str) -> str:
    """The address of the passage that states the set of this id."""
    return f"{article.address}#so-lieu-{id_}"


def contradictions(articles: Iterable[ContentFile[Article]]) -> tuple[Contradiction, ...]:
    """Every declared discrepancy, in the order of the articles; ids that would clash are numbered."""
    seen: Counter[str] = Counter()
    found = []
    for article in articles:
        *_, year, slug = article.address.strip("/").split("/")
        for figure in article.record.figures:
            for known in figure.discrepancies:
                plain = f"sai-lech-{year}-{slug}-{figure_id(figure)}-{slugify(known.relation)}"
                seen[plain] += 1
                own = plain if seen[plain] == 1 else f"{plain}-{seen[plain]}"
                found.append(Contradiction(own, article, figure, known))
    return tuple(found)


def path_of(loc: Loc) -> str:
    """The way to a number as tables name it: by_level.district.by_field.kinh-te, parts.0."""
    return ".".join(str(step) for step in (loc[:-1] if loc[-1] == "value" else loc))


def doubted(known: Discrepancy, figure: FigureSet, values: Mapping[str, Decimal]) -> frozenset[str]:
    """The paths of the numbers of the set any of which may be the wrong one: of a sum all those it
    joins, of a share or change just that one, of a relation to another set those of the stated value. `values` are in the measure's own unit of measure, by path."""
    paths = {path_of(loc) for loc, _ in numbers_of(figure)}

    def of(holds: Callable[[str], bool]) -> frozenset[str]:
        return frozenset(path for path in paths if holds(path))

    relation, _, label = known.relation.partition(":")
    if relation in ("share", "change"):
        items = enumerate(getattr(figure, f"{relation}s"))
        return frozenset(f"{relation}s.{i}" for i, item in items if item.of == label and _amount(item) == known.stated)
    if relation == "including":
        labelled = {f"including.{i}" for i, item in enumerate(figure.including) if item.label == label}
        return of(lambda path: path == "total" or path in labelled)
    if relation in ("repeat", "order"):
        return of(lambda path: values[path] == known.stated)
    if relation == "by_field":
        return of(lambda path: path == "total" or path.startswith(("by_field.", "merged_fields.", "other.")))
    if relation == "by_level":
        return of(lambda path: path == "total" or (path.startswith("by_level.") and path.endswith(".total")))
    if relation.startswith("by_level."):
        level = relation.removesuffix(".by_field")
        return of(lambda path: path.startswith(f"{level}."))
    if relation.startswith("by_field."):
        return of(lambda path: path == relation or path.endswith(f".{relation}"))
    parts = {"by_kind": "by_kind.", "parts": "parts.", "out_of": "out_of"}[relation]
    return of(lambda path: path == "total" or path.startswith(parts))


def _amount(item: Share | Change) -> Decimal | None:
    return item.percent if isinstance(item, Share) or item.by is None else item.by


# --- in words ---------------------------------------------------------------------


def relation_in_words(known: Discrepancy, figure: FigureSet, registers: Registers) -> str:
    """The rule that the source breaks, as readers understand it."""
    relation, _, label = known.relation.partition(":")
    if relation.startswith("by_level."):
        level = Level(relation.split(".")[1]).label
        return f"Các lĩnh vực của {level} {_joined(figure.coverage.by_field)} số của {level}."
    if relation.startswith("by_field."):
        field = registers.fields[relation.removeprefix("by_field.")].name
        return f"Số của các cấp ở lĩnh vực {field} {_joined(figure.coverage.by_level)} số chung của lĩnh vực đó."
    named = _named(label, registers)
    words = {
        "by_field": f"Các lĩnh vực {_joined(figure.coverage.by_field)} tổng số.",
        "by_level": f"Các cấp {_joined(figure.coverage.by_level)} tổng số.",
        "by_kind": f"Tập thể và cá nhân {_joined(figure.coverage.by_kind)} tổng số.",
        "parts": f"Các phần {_joined(figure.coverage.parts)} tổng số.",
        "share": f"Tỷ lệ của “{named}” phải khớp với số của phần đó.",
        "change": f"Mức tăng, giảm của “{named}” phải khớp với số đã báo cáo của kỳ được so.",
        "including": f"“{named}” không được nhiều hơn tổng số.",
        "out_of": "Tổng số không được nhiều hơn số toàn bộ.",
        "order": "Số được công nhận không được nhiều hơn số đăng ký của cùng đơn vị, cùng kỳ.",
        "repeat": "Cùng một số liệu thì các bài phải nêu cùng một giá trị.",
    }
    return words[relation]


def _joined(coverage: CoverageKind) -> str:
    return "cộng lại không được vượt" if coverage is CoverageKind.SUBSET else "cộng lại phải bằng"


def _named(path: str, registers: Registers) -> str:
    slug = path.rsplit(".", 1)[-1]
    if path == "total":
        return "tổng số"
    return registers.fields[slug].name if path.startswith("by_") and slug in registers.fields else path


def amount_in_words(value: Decimal, known: Discrepancy, figure: FigureSet, registers: Registers) -> str:
    """A value of the discrepancy with its unit of measure: that of the measure, or % of a share or change."""
    return f"{number_vi(plain(value))} {_unit(known, figure, registers)}"


def stated_in_words(known: Discrepancy, figure: FigureSet, registers: Registers) -> str:
    """What the source states, with the words that make it approximate."""
    relation = known.relation.partition(":")[0]
    holder = f"{relation.removesuffix('.by_field')}.total" if relation.startswith("by_level.") else "total"
    holder = relation if relation.startswith("by_field.") else holder
    number = {path_of(loc): number for loc, number in numbers_of(figure)}.get(holder)
    sums = relation not in ("share", "change", "order", "repeat")
    qualifier = f"{number.qualifier.label} " if sums and number and number.qualifier else ""
    return qualifier + amount_in_words(known.stated, known, figure, registers)


def gap_in_words(known: Discrepancy, figure: FigureSet, registers: Registers) -> str:
    """By how much the two values differ; between percentages in points."""
    unit = _unit(known, figure, registers)
    return f"{number_vi(plain(abs(known.computed - known.stated)))} {'điểm phần trăm' if unit == '%' else unit}"


def _unit(known: Discrepancy, figure: FigureSet, registers: Registers) -> str:
    relation, _, label = known.relation.partition(":")
    changes = (change for change in figure.changes if change.of == label and _amount(change) == known.stated)
    percent = relation == "share" or (relation == "change" and any(change.by is None for change in changes))
    return "%" if percent else registers.units_of_measure[registers.measures[figure.measure].unit_of_measure].name


def relation_name(known: Discrepancy, registers: Registers) -> str:
    """What is at odds, in a few words for a heading."""
    relation, _, label = known.relation.partition(":")
    if relation.startswith("by_level."):
        return f"các lĩnh vực của {Level(relation.split('.')[1]).label}"
    if relation.startswith("by_field."):
        return f"lĩnh vực {registers.fields[relation.removeprefix('by_field.')].name} theo cấp"
    named = _named(label, registers)
    return {
        "by_field": "theo lĩnh vực",
        "by_level": "theo cấp",
        "by_kind": "tập thể và cá nhân",
        "parts": "các phần",
        "share": f"tỷ lệ của “{named}”",
        "change": f"mức tăng, giảm của “{named}”",
        "including": f"“{named}” so với tổng số",
        "out_of": "tổng số so với số toàn bộ",
        "order": "công nhận so với đăng ký",
        "repeat": "hai nơi nêu khác nhau",
    }[relation]


def other_side(known: Discrepancy) -> str:
    """What the value compared with is: worked out, or said elsewhere."""
    relation = known.relation.partition(":")[0]
    return {"repeat": "Nơi khác nêu", "order": "Số đăng ký"}.get(relation, "Tính ra")
