"""What may be compared, ranked and added, each refusal to the letter; figures are read as editors write them."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from portal.comparability import PeriodForm, Subject, addition, likeness, period_form, ranking
from portal.contradictions import amount_in_words, contradictions, relation_in_words
from portal.registers import Registers, read_data
from portal.reported import Flag, Reported, all_reported
from portal.reported_tables import WHOLE, tables_of_unit, tables_over_units
from portal.schema.content import Article
from portal.source import ContentFile
from portal.yaml_tree import read_yaml

DATA = {
    "campaign": "{schema_version: 1, name: Thử, site_url: 'https://example.org/', publisher: {name: Nơi thử}}",
    "fields": "[{slug: a, name: Lúa}, {slug: b, name: Cá}]",
    "categories": "[{slug: tin, name: Tin}]",
    "units": """
- {slug: tinh, name: Một, kind: tỉnh, level: province}
- {slug: bac, name: Bắc, kind: huyện, level: district, parents: [{slug: tinh}]}
- {slug: nam, name: Nam, kind: huyện, level: district, parents: [{slug: tinh}]}
- {slug: tay, name: Tây, kind: huyện, level: district, parents: [{slug: tinh}], replaced_by: [{slug: tay-moi}]}
- {slug: tay-moi, name: Tây Mới, kind: huyện, level: district, parents: [{slug: tinh}]}
- {slug: trong-bac, name: Trong, kind: thị xã, level: district, parents: [{slug: bac}]}
- {slug: xa, name: Xa, kind: xã, level: commune, parents: [{slug: bac, to: 2020-12-31}, {slug: nam, from: 2021-01-01}]}
""",
    "units_of_measure": """
- {slug: cai, name: cái}
- {slug: phan-tram, name: "%"}
- {slug: nguoi, name: đồng/người}
- {slug: trieu, name: triệu, base: cai, factor: 1000000}
""",
    "measures": """
- {slug: m, name: Mô hình, aliases: [mô hình], unit_of_measure: cai, counts_models: true}
- {slug: d, name: Điển hình, aliases: [điển hình], unit_of_measure: cai, counts_models: true}
- {slug: cong, name: Ngày công, aliases: [ngày công], unit_of_measure: cai}
- {slug: tien, name: Tiền, aliases: [tiền], unit_of_measure: trieu, decimals: 3}
- {slug: ty-le, name: Hộ nghèo, aliases: [hộ nghèo], unit_of_measure: phan-tram, decimals: 1}
- {slug: thu, name: Thu nhập, aliases: [thu nhập], unit_of_measure: nguoi}
""",
}
MODELS = Subject("số mô hình")


@pytest.fixture(scope="module")
def registers(tmp_path_factory: pytest.TempPathFactory) -> Registers:
    root = tmp_path_factory.mktemp("data")
    (root / "data").mkdir()
    for name, text in DATA.items():
        (root / f"data/{name}.yml").write_text(text, encoding="utf-8")
    found, problems = read_data(Path(root))
    assert problems == []
    return found


def article(figures: str, slug: str = "bai", **source: str) -> ContentFile[Article]:
    keys = {
        "title": "Bài",
        "date": "2026-01-02",
        "summary": "Tóm tắt.",
        "category": "tin",
        "figures": yaml.load(figures, Loader=yaml.BaseLoader),
        "source": {"name": "Nguồn", **source},
    }
    record = Article.model_validate(keys)
    return ContentFile(f"docs/tin-tuc/2026/{slug}.md", f"/tin-tuc/2026/{slug}/", slug, record, "", 1, read_yaml(""))


def read(registers: Registers, figures: str, **source: str) -> tuple[Reported, ...]:
    """The sets written in `figures` (YAML), all of one article, as written."""
    written = article(figures, **source)
    found = all_reported((written,), contradictions((written,)), registers)
    order = [id(figure) for figure in written.record.figures]
    return tuple(sorted(found, key=lambda reported: order.index(id(reported.figure))))


# --- likeness ---------------------------------------------------------------------

PERIODS = {
    "2022": PeriodForm.YEAR,
    "{from: 2022-01, to: 2022-12, kind: range}": PeriodForm.YEAR,
    "2022-05": PeriodForm.RANGE,
    "{from: 2019, to: 2024, kind: range}": PeriodForm.RANGE,
    "{from: 2019, to: 2024, kind: cumulative}": PeriodForm.CUMULATIVE,
    "{from: 2019, to: 2024, kind: average}": PeriodForm.AVERAGE,
    "{as_of: 2022}": PeriodForm.AS_OF,
    "unstated": PeriodForm.UNSTATED,
}


@pytest.mark.parametrize("period", PERIODS)
def test_forms_of_periods(registers: Registers, period: str) -> None:
    (reported,) = read(registers, f"[{{unit: bac, measure: cong, period: {period}, total: 1}}]")
    assert period_form(reported) is PERIODS[period]


def test_periods_are_equal_by_their_days_and_how_they_were_counted(registers: Registers) -> None:
    figures = "".join(
        f"- {{id: s{i}, unit: bac, measure: cong, period: {p}, total: 1}}\n" for i, p in enumerate(PERIODS)
    )
    likes = [likeness(reported) for reported in read(registers, figures)]
    assert likes[0] == likes[1]
    assert len(set(likes)) == len(likes) - 1


# --- ranking ----------------------------------------------------------------------

TWO = "- {unit: bac, measure: m, count: built, period: 2022, total: 5}\n"
# What the second unit reports, and why it isn't ranked with five of huyện Bắc built in 2022.
UNRANKED = {
    "{unit: nam, measure: m, count: registered, period: 2022, total: 7}": "Không xếp hạng chung 2 đơn vị theo số mô hình vì số liệu không cùng loại số đếm – huyện Bắc: đã xây dựng, năm 2022; huyện Nam: đăng ký, năm 2022.",
    "{unit: nam, measure: m, count: built, period: 2023, total: 7}": "Không xếp hạng chung 2 đơn vị theo số mô hình vì số liệu không cùng kỳ số liệu – huyện Bắc: đã xây dựng, năm 2022; huyện Nam: đã xây dựng, năm 2023.",
    "{unit: nam, measure: d, count: existing, period: unstated, total: 7}": "Không xếp hạng chung 2 đơn vị theo số mô hình vì số liệu không cùng chỉ tiêu, loại số đếm và kỳ số liệu – huyện Bắc: mô hình, đã xây dựng, năm 2022; huyện Nam: điển hình, hiện có, duy trì, nguồn không nêu kỳ.",
    "{unit: nam, measure: m, count: built, period: 2022, total: {value: 7, qualifier: about}}": "Không xếp hạng 2 đơn vị theo số mô hình vì chỉ có số gần đúng của huyện Nam.",
    "{unit: nam, measure: m, count: built, period: 2022, by_field: {a: 7}, coverage: open}": "Không xếp hạng 2 đơn vị theo số mô hình vì nguồn không nêu tổng số của huyện Nam.",
    "{unit: nam, measure: m, count: built, period: 2022, total: 7, by_kind: {collective: 1, individual: 1}, discrepancies: [{relation: by_kind, stated: 7, computed: 2, note: Lệch.}]}": "Không xếp hạng 2 đơn vị theo số mô hình vì nguồn mâu thuẫn về số của huyện Nam.",
    "{id: hai, unit: bac, measure: m, count: built, period: 2022, total: 7}": "Không xếp hạng 1 đơn vị theo số mô hình vì có nhiều số cùng loại, cùng kỳ của huyện Bắc.",
    "{unit: tinh, measure: m, count: built, period: 2022, total: 7}": "Không xếp hạng chung 2 đơn vị theo số mô hình vì các đơn vị không cùng cấp (cấp tỉnh, cấp huyện).",
}


@pytest.mark.parametrize("second", UNRANKED)
def test_what_is_not_ranked_and_why(registers: Registers, second: str) -> None:
    found = ranking(read(registers, f"{TWO}- {second}\n"), MODELS, registers)
    assert (found.order, found.refusal) == ((), UNRANKED[second])


def test_figures_of_no_stated_period_are_not_ranked(registers: Registers) -> None:
    figures = "".join(
        f"- {{unit: {u}, measure: m, count: built, period: unstated, total: 5}}\n" for u in ("bac", "nam")
    )
    said = "Không xếp hạng 2 đơn vị theo số mô hình vì nguồn không nêu kỳ số liệu."
    assert ranking(read(registers, figures), MODELS, registers).refusal == said


def test_several_reasons_are_one_sentence(registers: Registers) -> None:
    figures = (
        "- {unit: bac, measure: m, count: built, period: unstated, by_field: {a: 1}, coverage: open}\n"
        + TWO.replace("bac", "nam")
    )
    assert ranking(read(registers, figures), MODELS, registers).refusal == (
        "Không xếp hạng chung 2 đơn vị theo số mô hình vì số liệu không cùng kỳ số liệu – huyện Bắc: đã xây dựng, "
        "nguồn không nêu kỳ; huyện Nam: đã xây dựng, năm 2022; ngoài ra, nguồn không nêu tổng số của huyện Bắc."
    )


UNITS = ("bac", "nam", "tay")
AMOUNTS = st.lists(st.integers(min_value=0, max_value=10**9), min_size=3, max_size=3)


@given(AMOUNTS)
@settings(max_examples=60)
def test_like_figures_are_ranked_by_value_and_added_exactly(registers: Registers, amounts: list[int]) -> None:
    figures = "".join(
        f"- {{unit: {unit}, measure: m, count: built, period: 2022, total: {amount}}}\n"
        for unit, amount in zip(UNITS, amounts, strict=True)
    )
    sets = read(registers, figures)
    ranked = ranking(sets, MODELS, registers)
    assert [r.cell("total").value for r in ranked.order] == sorted(amounts, reverse=True)  # type: ignore[union-attr]
    assert sorted(r.figure.unit for r in ranked.order) == sorted(UNITS)
    assert addition(sets, MODELS, registers).allowed
    (block,) = tables_over_units(sets, registers)
    (table,) = block.tables
    assert table.total is not None
    (cell,) = table.total.cells
    assert cell is not None
    assert (cell.value, table.total.label) == (sum(amounts), "Cộng 3 đơn vị có báo cáo")
    assert len(cell.components) == 3


@given(st.permutations(sorted(UNRANKED)))
@settings(max_examples=20)
def test_no_order_of_unlike_figures_is_ranked_or_added(registers: Registers, others: list[str]) -> None:
    figures = TWO + "".join(f"- {other}\n" for other in others)
    sets = read(registers, figures)
    assert ranking(sets, MODELS, registers).order == ()
    assert not addition(sets, MODELS, registers).allowed


# --- adding -----------------------------------------------------------------------

UNADDED = {
    "{measure: ty-le, period: 2022, total: 5}": "Không cộng 2 đơn vị theo số mô hình vì số tính bằng “%” không cộng được.",
    "{measure: thu, period: 2022, total: 5}": "Không cộng 2 đơn vị theo số mô hình vì số tính bằng “đồng/người” không cộng được.",
    "{measure: cong, period: {from: 2020, to: 2022, kind: average}, total: 5}": "Không cộng 2 đơn vị theo số mô hình vì số bình quân không cộng được.",
    "{measure: cong, period: unstated, total: 5}": "Không cộng 2 đơn vị theo số mô hình vì nguồn không nêu kỳ số liệu.",
    "{measure: cong, period: 2022, total: {value: 5, qualifier: over}}": "Không cộng 2 đơn vị theo số mô hình vì chỉ có số gần đúng của huyện Bắc và huyện Nam.",
}


@pytest.mark.parametrize("both", UNADDED)
def test_what_is_not_added_and_why(registers: Registers, both: str) -> None:
    figures = "".join(f"- {{unit: {unit}, {both[1:]}\n" for unit in ("bac", "nam"))
    assert addition(read(registers, figures), MODELS, registers).refusal == UNADDED[both]


OVERLAPPING = {
    ("bac", "trong-bac"): "địa bàn thị xã Trong có phần trùng với huyện Bắc",
    ("tay", "tay-moi"): "địa bàn huyện Tây có phần trùng với huyện Tây Mới",
}


@pytest.mark.parametrize("units", OVERLAPPING)
def test_units_that_overlap_are_not_added(registers: Registers, units: tuple[str, str]) -> None:
    figures = "".join(f"- {{unit: {unit}, measure: cong, period: 2022, total: 5}}\n" for unit in units)
    found = addition(read(registers, figures), MODELS, registers)
    assert found.refusal == f"Không cộng 2 đơn vị theo số mô hình vì {OVERLAPPING[units]}."


def test_one_figure_alone_is_not_added(registers: Registers) -> None:
    found = addition(read(registers, TWO), MODELS, registers)
    assert (found.allowed, found.refusal) == (False, "")


def test_amounts_are_added_in_one_unit_of_measure(registers: Registers) -> None:
    figures = """
- {unit: bac, measure: tien, period: 2022, total: 1.5}
- {unit: nam, measure: tien, period: 2022, total: {value: 250000, unit_of_measure: cai}}
"""
    (block,) = tables_over_units(read(registers, figures), registers)
    (table,) = block.tables
    assert [row.cells[0].text for row in table.rows] == ["1,5", "250.000\u00a0cái"]  # type: ignore[union-attr]
    assert table.total is not None
    assert [(cell.text, [c.text for c in cell.components]) for cell in table.total.cells if cell] == [
        ("1,75", ["1,5", "250.000\u00a0cái"])
    ]
    assert table.notes == ("Xếp theo tổng số, từ lớn đến nhỏ.",)


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
        "Tăng, giảm của Lúa so với 05/2020": "−1,5\u00a0%",
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
- {{unit: bac, measure: m, count: registered, period: 2022, total: 9, by_field: {{a: 5, b: 4}}}}
- {{unit: bac, measure: m, count: recognised, period: 2022, total: 8, by_field: {{a: 6, b: 2}}, discrepancies: [{known}]}}
- {{unit: nam, measure: m, count: registered, period: 2022, total: 5}}
"""
    doubted = {(r.id, cell.path) for r in read(registers, figures) for cell in r.cells if cell.entries}
    assert doubted == {("bac-m-recognised-2022", "by_field.a"), ("bac-m-registered-2022", "by_field.a")}


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
  changes: [{{since: 2020, by: 1}}, {{since: 2020, percent: 5, of: by_field.a}}]
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
  changes: [{{since: 2020, by: 1, of: by_field.a}}]
  discrepancies: [{{relation: "{relation}", stated: 2, computed: 3, note: Lệch.}}]
"""
    (found,) = read(registers, figures)
    assert {cell.path for cell in found.cells if cell.entries} == DOUBTED[relation]
