"""The cells of reported figures: what is stated, what follows from it, what is in doubt, and the words around them."""

from __future__ import annotations

from decimal import Decimal

import pytest
from portal.contradictions import amount_in_words, contradictions, relation_in_words
from portal.registers import Registers
from portal.reported import Flag, all_reported
from portal.reported_tables import WHOLE, tables_of_unit
from reading_figures import article, read

# --- cells ------------------------------------------------------------------------

COMPUTED = {
    # a field over levels, as its own levels give it
    "{total: 10, by_level: {district: {total: 4, by_field: {a: 1, b: 3}}, commune: {total: 6, by_field: {a: 2, b: 4}}}}": {
        "by_field.a": 3,
        "by_field.b": 7,
    },
    # a field that one level does not give
    "{total: 10, by_level: {district: {total: 4, by_field: {a: 1, b: 3}}, commune: {total: 6, by_field: {a: 6}}}}": {
        "by_field.a": 7
    },
    "{by_kind: {collective: 24, individual: 21}}": {"total": 45},
    "{by_kind: {collective: 24}}": {},
    "{by_field: {a: 1, b: 2}}": {"total": 3},
    "{by_field: {a: 1}}": {},  # a field of the campaign is lacking
    "{by_field: {a: 1, b: 2}, coverage: open}": {},
    "{by_field: {a: 1, b: 2}, coverage: subset}": {},
    "{by_field: {a: 1, b: {value: 2, qualifier: about}}}": {},
    "{merged_fields: [{fields: [a, b], value: 5}], other: [{label: khác, value: 2}]}": {"total": 7},
    "{by_field: {a: 5}, merged_fields: [{fields: [a, b], value: 5}]}": {},  # a field would be added twice
    "{by_level: {district: 4, commune: 6}}": {"total": 10},
    "{by_level: {district: 4}}": {},
    "{by_level: {district: {by_field: {a: 1, b: 2}}, commune: 6}}": {"by_level.district.total": 3},
    "{by_field: {a: 1, b: 2}, by_kind: {collective: 3, individual: 4}}": {},  # the two ways disagree
    "{parts: [{label: x, value: 1}, {label: y, value: 2}]}": {},
    "{total: 9, by_level: {district: {total: 4, by_field: {a: 1, b: 3}}, commune: {total: 6, by_field: {a: 2, b: 4}}},"
    " discrepancies: [{relation: by_level, stated: 9, computed: 10, note: Lệch.}]}": {},
}


@pytest.mark.parametrize("numbers", COMPUTED)
def test_what_follows_from_a_set_and_what_does_not(registers: Registers, numbers: str) -> None:
    (found,) = read(registers, f"[{{unit: bac, measure: m, count: built, period: 2022, {numbers[1:]}]")
    computed = {cell.path: cell for cell in found.cells if cell.computed}
    assert {path: cell.value for path, cell in computed.items()} == COMPUTED[numbers]
    assert (Flag.COMPUTED in found.flags) == bool(computed)
    for cell in computed.values():
        assert cell.value == sum(Decimal(part.text) for part in cell.components)
        assert {part.address for part in cell.components} == {"/tin-tuc/2026/bai/#so-lieu-bac-m-built-2022"}


def test_nothing_is_computed_of_a_rate(registers: Registers) -> None:
    (found,) = read(registers, "[{unit: bac, measure: ty-le, period: 2022, by_field: {a: 1, b: 2}}]")
    assert [cell.path for cell in found.cells] == ["by_field.a", "by_field.b"]


def test_the_words_of_cells_rows_and_flags(registers: Registers) -> None:
    figures = """
- unit: bac
  measure: m
  count: built
  period: {from: 2019-03, to: 2024, kind: cumulative}
  total: {value: 7000, qualifier: nearly}
  out_of: 8000
  by_field: {a: 12}
  coverage: {by_field: open}
  including: [{label: mới, value: 3}]
  shares: [{of: by_field.a, percent: 0.25}, {of: mới, percent: 25, base: by_field.a}]
  changes: [{since: 2019, by: 90}, {since: 2020-05, percent: -1.5, of: by_field.a}]
  break: {note: Đổi cách đếm.}
"""
    (block,) = tables_of_unit(read(registers, figures), registers)
    (table,) = block.tables
    (row,) = table.rows
    assert (block.heading, table.caption) == (
        "Mô hình: đã xây dựng",
        "Mô hình: đã xây dựng, lũy kế (đơn vị tính: cái)",
    )
    assert {c.label: cell.text for c, cell in zip(table.columns, row.cells, strict=True) if cell} == {
        "Tổng số": "gần\u00a07.000",
        "Trên tổng": "8.000",
        "Lúa": "12",
        "trong đó: mới": "3",
        "Tỷ lệ: Lúa": "0,25\u00a0%",
        "Tỷ lệ: mới trên Lúa": "25\u00a0%",
        "Tăng, giảm so với 2019": "+90",
        "Tăng, giảm của Lúa so với 05/2020 (%)": "−1,5\u00a0%",
    }
    assert (row.unit, row.level, row.period, row.as_of) == ("Huyện Bắc", WHOLE, "03/2019 – 2024 (lũy kế)", "2024")
    assert row.flags == (
        "có số gần đúng",
        "chưa đầy đủ (theo lĩnh vực: danh sách mở)",
        "đứt chuỗi: Đổi cách đếm.",
    )


@pytest.mark.parametrize(
    ("period", "source", "said", "year"),
    [
        ("{as_of: 2021-08-17}", {}, "17/08/2021", 2021),
        ("{from: 2023-04, to: 2024-04, kind: range}", {"published": "2025-01-02"}, "04/2024", 2024),
        ("unstated", {"published": "2024-05-17T08:02"}, "17/05/2024 (ngày của nguồn)", None),
        ("unstated", {}, "nguồn không ghi ngày", None),
    ],
)
def test_the_date_figures_are_as_of(
    registers: Registers, period: str, source: dict[str, str], said: str, year: int | None
) -> None:
    (found,) = read(registers, f"[{{unit: bac, measure: cong, period: {period}, total: 1}}]", **source)
    assert (found.as_of, found.year) == (said, year)


def test_a_unit_has_a_table_for_each_form_of_period_newest_first(registers: Registers) -> None:
    figures = "".join(
        f"- {{unit: bac, measure: {measure}, period: {period}, total: 1}}\n"
        for measure, period in (
            *(("cong", "unstated"), ("cong", "2021"), ("cong", "2023"), ("cong", "{as_of: 2022-06}")),
            ("tien", "2024"),
        )
    )
    sets = tuple(sorted(read(registers, figures), key=lambda r: -(r.year or 0)))
    assert [
        (block.heading, [[row.period for row in table.rows] for table in block.tables])
        for block in tables_of_unit(sets, registers)
    ] == [
        ("Tiền", [["năm 2024"]]),
        ("Ngày công", [["năm 2023", "năm 2021"], ["tính đến 06/2022"], ["nguồn không nêu kỳ"]]),
    ]


def test_numbers_of_a_relation_that_is_broken_lead_to_its_entry(registers: Registers) -> None:
    figures = """
- unit: bac
  measure: m
  count: built
  period: 2022
  total: 10
  by_kind: {collective: 4, individual: 5}
  by_field: {a: 4, b: 6}
  including: [{label: mới, value: 2}]
  shares: [{of: mới, percent: 30}]
  discrepancies:
  - {relation: by_kind, stated: 10, computed: 9, note: Lệch.}
  - {relation: "share:mới", stated: 30, computed: 20, note: Lệch.}
"""
    (found,) = read(registers, figures)
    entry = "sai-lech-2026-bai-bac-m-built-2022-"
    assert {cell.path: cell.entries for cell in found.cells if cell.entries} == {
        "total": (f"{entry}by-kind",),
        "by_kind.collective": (f"{entry}by-kind",),
        "by_kind.individual": (f"{entry}by-kind",),
        "shares.0": (f"{entry}share-moi",),
    }
    assert Flag.CONTRADICTED in found.flags


def test_a_discrepancy_between_two_sets_puts_both_in_doubt(registers: Registers) -> None:
    one = article("[{unit: bac, measure: m, count: built, period: 2022, total: 10, by_field: {a: 4, b: 6}}]", "mot")
    known = "{relation: 'repeat:mot#bac-m-built-2022', stated: 12, computed: 10, note: Lệch.}"
    other = f"[{{unit: bac, measure: m, count: built, period: 2022, total: 12, discrepancies: [{known}]}}]"
    articles = (one, article(other, "hai"))
    found = all_reported(articles, contradictions(articles), registers)
    entry = "sai-lech-2026-hai-bac-m-built-2022-repeat-mot-bac-m-built-2022"
    assert {(r.article.slug, cell.path): cell.entries for r in found for cell in r.cells if cell.entries} == {
        ("hai", "total"): (entry,),
        ("mot", "total"): (entry,),
    }


def test_more_recognised_than_registered_puts_both_in_doubt(registers: Registers) -> None:
    known = "{relation: order, stated: 6, computed: 5, note: Lệch.}"
    figures = f"""
- {{unit: bac, measure: m, count: registered, period: {{from: 2022-01, to: 2022-12}}, total: 9, by_field: {{a: 5, b: 4}}}}
- {{unit: bac, measure: m, count: recognised, period: 2022, total: 8, by_field: {{a: 6, b: 2}}, discrepancies: [{known}]}}
- {{unit: nam, measure: m, count: registered, period: 2022, total: 5}}
"""
    doubted = {(r.id, cell.path) for r in read(registers, figures) for cell in r.cells if cell.entries}
    assert doubted == {("bac-m-recognised-2022", "by_field.a"), ("bac-m-registered-2022-01-2022-12", "by_field.a")}


def test_entries_of_equal_ids_are_numbered(registers: Registers) -> None:
    known = "{relation: 'including:%s', stated: 1, computed: 2, note: Lệch.}"
    labels = "[{label: Mới, value: 2}, {label: mới, value: 2}]"
    found = f"[{known % 'Mới'}, {known % 'mới'}]"
    figures = f"[{{unit: bac, measure: m, count: built, period: 2022, total: 1, including: {labels}, discrepancies: {found}}}]"
    entry = "sai-lech-2026-bai-bac-m-built-2022-including-moi"
    assert [entry.id for entry in contradictions((article(figures),))] == [entry, f"{entry}-2"]
    (reported,) = read(registers, figures)
    assert [(cell.path, cell.entries) for cell in reported.cells] == [
        ("total", (entry, f"{entry}-2")),
        ("including.0", (entry,)),
        ("including.1", (f"{entry}-2",)),
    ]


# Of a set with every part: the relation, its rule in words, and an amount of two in its unit of measure.
RULES = {
    "by_field": ("Các lĩnh vực cộng lại phải bằng tổng số.", "2 cái"),
    "by_level": ("Các cấp cộng lại phải bằng tổng số.", "2 cái"),
    "by_kind": ("Tập thể và cá nhân cộng lại phải bằng tổng số.", "2 cái"),
    "parts": ("Các phần cộng lại không được vượt tổng số.", "2 cái"),
    "by_level.district.by_field": ("Các lĩnh vực của cấp huyện cộng lại phải bằng số của cấp huyện.", "2 cái"),
    "by_field.a": ("Số của các cấp ở lĩnh vực Lúa cộng lại phải bằng số chung của lĩnh vực đó.", "2 cái"),
    "share:by_field.a": ("Tỷ lệ của “Lúa” phải khớp với số của phần đó.", "2 %"),
    "change:total": ("Mức tăng, giảm của “tổng số” phải khớp với số đã báo cáo của kỳ được so.", "2 cái"),
    "change:by_field.a": ("Mức tăng, giảm của “Lúa” phải khớp với số đã báo cáo của kỳ được so.", "2 %"),
    "including:mới": ("“mới” không được nhiều hơn tổng số.", "2 cái"),
    "out_of": ("Tổng số không được nhiều hơn số toàn bộ.", "2 cái"),
    "order": ("Số được công nhận không được nhiều hơn số đăng ký của cùng đơn vị, cùng kỳ.", "2 cái"),
    "repeat:mot#hai": ("Cùng một số liệu thì các bài phải nêu cùng một giá trị.", "2 cái"),
}


@pytest.mark.parametrize("relation", RULES)
def test_a_broken_relation_is_told_in_words(registers: Registers, relation: str) -> None:
    figures = f"""
- unit: bac
  measure: m
  count: recognised
  period: 2022
  total: 10
  out_of: 12
  by_field: {{a: 4, b: 6}}
  by_level: {{district: {{total: 10, by_field: {{a: 4, b: 6}}}}}}
  by_kind: {{collective: 10}}
  parts: [{{label: x, value: 1}}]
  including: [{{label: mới, value: 2}}]
  coverage: {{parts: subset}}
  shares: [{{of: by_field.a, percent: 40}}]
  changes: [{{since: 2020, by: 2}}, {{since: 2020, percent: 2, of: by_field.a}}, {{since: 2020, by: 1, of: by_field.a}}]
  discrepancies: [{{relation: "{relation}", stated: 2, computed: 3, note: Lệch.}}]
"""
    (entry,) = contradictions((article(figures),))
    assert (
        relation_in_words(entry.known, entry.figure, registers),
        amount_in_words(entry.known.stated, entry.known, entry.figure, registers),
    ) == RULES[relation]


# The paths each relation of such a set puts in doubt.
DOUBTED = {
    "by_field": {"total", "by_field.a", "by_field.b"},
    "by_level": {"total", "by_level.district.total", "by_level.commune.total"},
    "by_level.district.by_field": {"by_level.district.total", "by_level.district.by_field.a"},
    "by_field.a": {"by_field.a", "by_level.district.by_field.a", "by_level.commune.by_field.a"},
    "parts": {"total", "parts.0"},
    "out_of": {"total", "out_of"},
    "including:mới": {"total", "including.0"},
    "change:by_field.a": {"changes.0"},
}


@pytest.mark.parametrize("relation", DOUBTED)
def test_a_relation_puts_in_doubt_every_number_it_joins(registers: Registers, relation: str) -> None:
    figures = f"""
- unit: bac
  measure: m
  count: built
  period: 2022
  total: 10
  out_of: 12
  by_field: {{a: 4, b: 6}}
  by_level: {{district: {{total: 6, by_field: {{a: 1}}}}, commune: {{total: 4, by_field: {{a: 3}}}}}}
  parts: [{{label: x, value: 1}}]
  including: [{{label: mới, value: 2}}]
  changes: [{{since: 2020, by: 2, of: by_field.a}}, {{since: 2019, by: 1, of: by_field.a}}]
  discrepancies: [{{relation: "{relation}", stated: 2, computed: 3, note: Lệch.}}]
"""
    (found,) = read(registers, figures)
    assert {cell.path for cell in found.cells if cell.entries} == DOUBTED[relation]
