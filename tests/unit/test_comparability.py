"""What may be compared, ranked and added, each refusal to the letter; figures are read as editors write them."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from portal.comparability import Subject, addition, ranking
from portal.likeness import PeriodForm
from portal.registers import Registers
from portal.reported_tables import tables_over_units
from reading_figures import read

MODELS = Subject("số mô hình")


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
    assert reported.likeness.form is PERIODS[period]


def test_periods_are_equal_by_their_days_and_how_they_were_counted(registers: Registers) -> None:
    figures = "".join(
        f"- {{id: s{i}, unit: bac, measure: cong, period: {p}, total: 1}}\n" for i, p in enumerate(PERIODS)
    )
    likes = [reported.likeness for reported in read(registers, figures)]
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
    "{unit: mot, measure: m, count: built, period: 2022, total: 7}": "Không xếp hạng chung 2 đơn vị theo số mô hình vì các đơn vị không cùng cấp (cấp tỉnh, cấp huyện).",
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


def test_figures_of_no_told_kind_of_count_are_not_ranked_or_added(registers: Registers) -> None:
    figures = "".join(
        f"- {{unit: {u}, measure: m, count: unspecified, period: 2022, total: 5}}\n" for u in ("bac", "nam")
    )
    sets = read(registers, figures)
    why = "2 đơn vị theo số mô hình vì nguồn không nói rõ loại số đếm."
    assert ranking(sets, MODELS, registers).refusal == f"Không xếp hạng {why}"
    assert addition(sets, MODELS, registers).refusal == f"Không cộng {why}"


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
    ("bac", "trong"): "địa bàn thị xã Trong có phần trùng với huyện Bắc",
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
