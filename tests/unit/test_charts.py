"""A chart says in shapes and in one sentence what its table says in numbers, and nothing more."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from portal import charts
from portal.charts import BarChart
from portal.reported_cells import Cell, Column
from portal.reported_tables import WHOLE, ReportedRow, ReportedTable
from portal.statistics import OWN, UNKNOWN, UNKNOWN_LABEL, CountTable, Head, Line
from portal.text import number_vi

FIELDS = (Head("kinh-te", "Kinh tế"), Head("van-hoa", "Văn hóa"), Head(UNKNOWN, UNKNOWN_LABEL))
NAMES = {OWN: "Trực tiếp của tỉnh Gia Lai", UNKNOWN: UNKNOWN_LABEL, "a": "Huyện A", "b": "Huyện B", "c": "Xã C"}


def table(rows: dict[str, tuple[int, ...]], columns: tuple[Head, ...] = FIELDS, **changes: str) -> CountTable:
    said = {"id": "theo-linh-vuc", "caption": "Mô hình theo địa bàn và lĩnh vực", "row_title": "Địa bàn"} | changes
    lines = tuple(Line(Head(key, NAMES.get(key, f"Xã {key}"), f"/dia-ban/{key}/"), row) for key, row in rows.items())
    return CountTable(columns=columns, lines=lines, **said)


def by_year(rows: dict[str, tuple[int, ...]], *years: str) -> CountTable:
    columns = (*(Head(year, year) for year in years), Head(UNKNOWN, UNKNOWN_LABEL))
    return table(rows, columns, id="linh-vuc-theo-nam", caption="Mô hình theo lĩnh vực và năm", row_title="Lĩnh vực")


# --- sentences --------------------------------------------------------------------

SENTENCES = {
    "one has most": (
        {"a": (3, 0, 0), "b": (1, 0, 0)},
        "Huyện A có nhiều hồ sơ mô hình nhất: 3 trên 4.",
    ),
    "the largest is not the first": (
        {"a": (1, 0, 0), "b": (2000, 0, 0)},
        "Huyện B có nhiều hồ sơ mô hình nhất: 2.000 trên 2.001.",
    ),
    "two have most": (
        {"a": (3, 0, 0), "c": (1, 0, 0), "b": (3, 0, 0)},
        "Nhiều hồ sơ mô hình nhất: huyện A và huyện B, mỗi địa bàn 3 trên 7.",
    ),
    "many have most": (
        {**{str(n): (3, 0, 0) for n in range(4)}, "b": (2, 0, 0)},
        "4 địa bàn có nhiều hồ sơ mô hình nhất: mỗi địa bàn 3 trên 14.",
    ),
    "all are equal": (
        {"a": (3, 0, 0), "b": (3, 0, 0)},
        "2 địa bàn có số hồ sơ mô hình bằng nhau: mỗi địa bàn 3 trên 6.",
    ),
    "a zero among them": (
        {"a": (3, 0, 0), "b": (3, 0, 0), "c": (0, 0, 0)},
        "Nhiều hồ sơ mô hình nhất: huyện A và huyện B, mỗi địa bàn 3 trên 6.",
    ),
    "its own is not a unit, even when it is the largest": (
        {OWN: (9, 0, 0), "a": (3, 0, 0), "b": (1, 0, 0)},
        "Huyện A có nhiều hồ sơ mô hình nhất: 3 trên 13; trực tiếp của tỉnh Gia Lai: 9.",
    ),
    "one unit beside its own": (
        {OWN: (2, 0, 0), "a": (3, 0, 0)},
        "Huyện A có 3 trên 5 hồ sơ mô hình; trực tiếp của tỉnh Gia Lai: 2.",
    ),
    "what is not known is no unit": (
        {"a": (2, 0, 0), "b": (1, 0, 0), UNKNOWN: (7, 0, 0)},
        "Huyện A có nhiều hồ sơ mô hình nhất: 2 trên 10; không rõ: 7.",
    ),
    "nor a field": (
        {"a": (2, 1, 4), "b": (1, 0, 0)},
        "Huyện A có nhiều hồ sơ mô hình nhất: 7 trên 8; lĩnh vực có nhiều nhất là Kinh tế: 3; không rõ lĩnh vực: 4.",
    ),
    "two fields have as many": (
        {"a": (2, 1, 0), "b": (0, 1, 0)},
        "Huyện A có nhiều hồ sơ mô hình nhất: 3 trên 4; 2 lĩnh vực bằng nhau: mỗi lĩnh vực 2.",
    ),
    "one field and what is not known are no two fields": (
        {"a": (2, 0, 1), "b": (1, 0, 0)},
        "Huyện A có nhiều hồ sơ mô hình nhất: 3 trên 4.",
    ),
    "more than are drawn": (
        {"a": (5, 0, 0), **{str(n): (1, 0, 0) for n in range(15)}},
        "Huyện A có nhiều hồ sơ mô hình nhất: 5 trên 20; biểu đồ chỉ vẽ 15 trong 16 địa bàn, bảng có đủ.",
    ),
}


@pytest.mark.parametrize("name", SENTENCES)
def test_what_bars_say(name: str) -> None:
    rows, said = SENTENCES[name]
    chart = charts.of_units(table(rows))
    assert chart is not None
    assert chart.sentence == said


@pytest.mark.parametrize(
    "rows",
    [{}, {"a": (3, 1, 1)}, {"a": (0, 0, 0), "b": (0, 0, 0)}, {"a": (3, 0, 0), "b": (0, 0, 0)}, {OWN: (3, 1, 0)}],
    ids=str,
)
def test_there_is_no_chart_of_fewer_than_two_numbers(rows: dict[str, tuple[int, ...]]) -> None:
    assert charts.of_units(table(rows)) is None
    assert charts.tiles(table(rows)) is None


def test_the_title_names_only_what_is_drawn() -> None:
    plain, stacked = (
        charts.of_units(table({"a": (1, 0, 0), "b": (1, 0, 0)})),
        charts.of_units(table({"a": (1, 2, 0), "b": (1, 0, 0)})),
    )
    assert plain is not None
    assert stacked is not None
    assert (plain.title, plain.legend) == ("Mô hình theo địa bàn", ())
    assert (stacked.title, len(stacked.legend)) == ("Mô hình theo địa bàn và lĩnh vực", 2)


# --- bars -------------------------------------------------------------------------


def test_bars_and_their_parts_are_shares_of_the_longest() -> None:
    chart = charts.of_units(table({OWN: (1, 0, 0), "a": (0, 1, 2), "b": (4, 3, 1)}))
    assert chart is not None
    assert [(bar.key, bar.label, bar.text, bar.width) for bar in chart.bars] == [
        ("b", "Huyện B", "8", "100"),
        ("a", "Huyện A", "3", "37.5"),
        (OWN, "Trực tiếp của tỉnh Gia Lai", "1", "12.5"),
    ]
    assert [(hatch.number, hatch.slug, hatch.label) for hatch in chart.legend] == [
        (0, "kinh-te", "Kinh tế"),
        (1, "van-hoa", "Văn hóa"),
        (2, UNKNOWN, "Không rõ"),
    ]
    assert [[(p.hatch, p.x, p.width, p.middle, p.text) for p in bar.parts] for bar in chart.bars] == [
        [(0, "0", "50", "25", "4"), (1, "50", "37.5", "68.75", "3"), (2, "87.5", "12.5", "93.75", "1")],
        [(1, "0", "12.5", "6.25", "1"), (2, "12.5", "25", "25", "2")],
        [(0, "0", "12.5", "6.25", "1")],
    ]


def test_a_number_stands_where_there_is_room_for_it() -> None:
    chart = charts.of_units(table({"a": (1000, 1, 0), "b": (34, 33, 0), "c": (12, 0, 0)}))
    assert chart is not None
    assert [[part.text for part in bar.parts] for bar in chart.bars] == [["1.000", ""], ["", ""], [""]]


def test_a_long_name_is_cut() -> None:
    long = Head("d", "Thị trấn có cái tên dài hơn một dòng, trên điện thoại")
    made = table({"a": (1, 0, 0), "b": (2, 0, 0)})
    chart = charts.of_units(CountTable("t", "T", "Địa bàn", made.columns, (*made.lines, Line(long, (9, 0, 0)))))
    assert chart is not None
    assert chart.bars[0].label == "Thị trấn có cái tên dài hơn một dòng…"
    assert len(chart.bars[0].label) <= charts.LABEL


def test_a_thirteenth_field_takes_the_first_hatch_again() -> None:
    columns = tuple(Head(f"f{n}", f"Lĩnh vực {n}") for n in range(14))
    chart = charts.of_units(table({"a": (1,) * 14, "b": (1,) * 14}, columns))
    assert chart is not None
    assert [hatch.pattern for hatch in chart.legend] == [*range(12), 0, 1]


# --- reported figures -------------------------------------------------------------

TOTAL, FIELD = Column("total", "Tổng số", (0, 0)), Column("by_field.kinh-te", "Kinh tế", (2, 0))


def row(unit: str, *texts: str, level: str = WHOLE) -> ReportedRow:
    cells = []
    for column, text in zip((TOTAL, FIELD), texts, strict=False):
        value = Decimal(text.replace(".", "").replace(",", ".").removesuffix("\u00a0%")) if text else Decimal(0)
        cells.append(Cell(column.key, column, None, text, value, True, "/x/") if text else None)
    return ReportedRow("/x/", "X", "f", unit, unit, "/u/", level, "", "2024", "2024", tuple(cells), ())


def reported(*rows: ReportedRow, ranked_by: str = "total") -> ReportedTable:
    columns = (TOTAL, FIELD)[: len(rows[0].cells)] if rows else ()
    return ReportedTable("bao-cao", "Mô hình, năm 2024", "m", columns, rows, None, (), True, ranked_by)


RANKED = {
    "of several": (
        (row("Huyện A", "1.200"), row("Huyện B", "300"), row("Huyện C", "7,5")),
        "Trong 3 đơn vị có báo cáo cùng kỳ, tổng số cao nhất là 1.200 (huyện A), thấp nhất là 7,5 (huyện C).",
        ["100", "25", "0.62"],
    ),
    "equal ends": (
        (row("Huyện A", "4"), row("Huyện B", "4"), row("Huyện C", "1"), row("Huyện D", "1")),
        "Trong 4 đơn vị có báo cáo cùng kỳ, tổng số cao nhất là 4 (2 đơn vị), thấp nhất là 1 (2 đơn vị).",
        ["100", "100", "25", "25"],
    ),
    "all equal": (
        (row("Huyện A", "4"), row("Huyện B", "4")),
        "2 đơn vị có báo cáo cùng kỳ nêu tổng số bằng nhau: 4.",
        ["100", "100"],
    ),
    "the levels inside a unit are no units": (
        (row("Huyện A", "4"), row("Huyện A", "3", level="Cấp xã"), row("Huyện B", "2")),
        "Trong 2 đơn vị có báo cáo cùng kỳ, tổng số cao nhất là 4 (huyện A), thấp nhất là 2 (huyện B).",
        ["100", "50"],
    ),
    "of one level alone": (
        (row("Huyện A", "4", level="Cấp xã"), row("Huyện B", "2", level="Cấp xã")),
        "Trong 2 đơn vị có báo cáo cùng kỳ, tổng số cao nhất là 4 (huyện A), thấp nhất là 2 (huyện B).",
        ["100", "50"],
    ),
}


@pytest.mark.parametrize("name", RANKED)
def test_what_is_ranked_is_drawn(name: str) -> None:
    rows, said, widths = RANKED[name]
    chart = charts.of_ranking(reported(*rows))
    assert chart is not None
    assert (chart.sentence, [bar.width for bar in chart.bars]) == (said, widths)
    assert (chart.table, chart.title) == ("bao-cao", "Mô hình, năm 2024")


def test_another_column_than_the_total_is_named() -> None:
    rows = (row("Huyện A", "9", "4"), row("Huyện B", "10", "2"))
    chart = charts.of_ranking(reported(*rows, ranked_by=FIELD.key))
    assert chart is not None
    assert (
        chart.sentence
        == "Trong 2 đơn vị có báo cáo cùng kỳ, cột “Kinh tế” cao nhất là 4 (huyện A), thấp nhất là 2 (huyện B)."
    )
    assert [bar.text for bar in chart.bars] == ["4", "2"]


@pytest.mark.parametrize(
    "told",
    [
        reported(),
        reported(row("Huyện A", "9")),
        reported(row("Huyện A", "9"), row("Huyện B", "4"), ranked_by=""),
        reported(row("Huyện A", "9"), row("Huyện B", "4"), ranked_by="by_field.kinh-te"),
        reported(row("Huyện A", "9"), row("Huyện B", "4"), row("Huyện C", "-1")),
        reported(row("Huyện A", "9"), row("Huyện B", "0")),
    ],
)
def test_what_may_not_be_compared_is_not_drawn(told: ReportedTable) -> None:
    assert charts.of_ranking(told) is None


def test_of_many_reports_the_largest_are_drawn() -> None:
    chart = charts.of_ranking(reported(*(row(f"Huyện {n}", str(n)) for n in range(20, 0, -1))))
    assert chart is not None
    assert len(chart.bars) == 15
    assert chart.sentence == (
        "Trong 20 đơn vị có báo cáo cùng kỳ, tổng số cao nhất là 20 (huyện 20), thấp nhất là 1 (huyện 1); "
        "biểu đồ chỉ vẽ 15 trong 20 đơn vị, bảng có đủ."
    )


# --- tiles ------------------------------------------------------------------------


def test_tiles_have_steps_of_equal_size() -> None:
    grid = charts.tiles(table({OWN: (50, 0, 0), "a": (10, 0, 0), "b": (2, 0, 0), "c": (3, 0, 0), "d": (0, 0, 0)}))
    assert grid is not None
    assert [(tile.head.key, tile.text, tile.step) for tile in grid.tiles] == [
        ("a", "10", 4),
        ("b", "2", 0),
        ("c", "3", 1),
        ("d", "0", 0),
    ]
    assert [(shade.step, shade.text) for shade in grid.shades] == [(0, "0–2"), (1, "3–4"), (4, "9–10")]
    assert grid.sentence == (
        "Sơ đồ, không phải bản đồ: 4 địa bàn, mỗi địa bàn từ 0 đến 10 hồ sơ mô hình, tất cả 15; "
        "trực tiếp của tỉnh Gia Lai: 50."
    )


def test_equal_tiles_have_one_shade() -> None:
    grid = charts.tiles(table({"a": (1, 0, 0), "b": (1, 0, 0)}))
    assert grid is not None
    assert [(shade.step, shade.text) for shade in grid.shades] == [(4, "1")]
    assert grid.sentence == "Sơ đồ, không phải bản đồ: 2 địa bàn, mỗi địa bàn 1 hồ sơ mô hình."


# --- years ------------------------------------------------------------------------


def test_years_have_one_scale_and_what_lies_between_them_is_a_zero() -> None:
    chart = charts.multiples(by_year({"a": (4, 0, 1), "b": (1, 2, 0), UNKNOWN: (0, 0, 3)}, "2020", "2024"))
    assert chart is not None
    assert (chart.first, chart.last) == ("2020", "2024")
    assert [panel.key for panel in chart.panels] == ["a", "b"]
    first, second = chart.panels
    assert [(c.x, c.width, c.middle, c.top, c.height, c.text) for c in first.columns] == [
        ("2", "16", "10", "0", "40", "4")
    ]
    assert [(c.x, c.top, c.height, c.text) for c in second.columns] == [("2", "30", "10", "1"), ("82", "20", "20", "2")]
    assert chart.sentence == (
        "Năm 2020 có nhiều hồ sơ mô hình nhất: 5 trên 11; không rõ năm: 4; các hình dùng chung một thang đo."
    )


def test_years_that_are_equal_are_told_together() -> None:
    rows = {"a": (4, 3, 1, 0), "b": (0, 1, 0, 0), UNKNOWN: (0, 0, 1, 0)}
    chart = charts.multiples(by_year(rows, "2020", "2021", "2022"))
    assert chart is not None
    assert chart.sentence == (
        "Nhiều hồ sơ mô hình nhất: năm 2020 và năm 2021, mỗi năm 4 trên 10; các hình dùng chung một thang đo."
    )
    assert [panel.label for panel in chart.panels] == ["Huyện A", "Huyện B", "Không rõ"]


def test_where_not_all_numbers_have_room_the_highest_has() -> None:
    years = tuple(str(year) for year in range(1990, 2020))
    chart = charts.multiples(by_year({"a": (*range(1, 31), 0)}, *years))
    assert chart is not None
    assert [column.text for column in chart.panels[0].columns] == [*[""] * 29, "30"]


@pytest.mark.parametrize(
    "told",
    [
        by_year({"a": (4, 3)}, "2020"),
        by_year({"a": (4, 0, 9), "b": (1, 0, 9)}, "2020", "2021"),
        by_year({"a": (0, 0, 9)}, "2020", "2021"),
        by_year({}, "2020", "2021"),
        by_year({"a": (4, 3, 0)}, "2021", "2020"),
        by_year({"a": (4, 3, 0)}, "kinh-te", "2020"),
        by_year({"a": (4,)}),
        table({"a": (4, 3, 0), "b": (4, 3, 0)}),
    ],
)
def test_there_is_no_chart_over_years_of_fewer_than_two_years_in_order(told: CountTable) -> None:
    assert charts.multiples(told) is None
    assert charts.sparklines(told) is None


def test_sparklines_are_of_one_row_each() -> None:
    lines = charts.sparklines(by_year({"a": (4, 2, 9), "b": (0, 30, 0), "c": (0, 0, 1)}, "2020", "2022"))
    assert lines is not None
    assert lines.paths == {"a": "M2 14v-14M10 14v-7", "b": "M10 14v-14"}
    assert lines.sentence == "Các vạch cạnh tên: từng năm từ 2020 đến 2022, mỗi hàng có thang đo riêng."
    assert not lines.thin


def test_sparklines_of_many_years_stand_closer() -> None:
    lines = charts.sparklines(by_year({"a": (1, 1, 0)}, "1990", "2025"))
    assert lines is not None
    assert (lines.paths["a"], lines.thin) == ("M1 14v-14M71 14v-14", True)


# --- what holds of every table ----------------------------------------------------

KEYS = [OWN, *(f"u{n}" for n in range(20)), UNKNOWN]


@st.composite
def tables(draw: st.DrawFn) -> CountTable:
    """Units or fields by a few columns, the last of them unknown."""
    keys = draw(st.lists(st.sampled_from(KEYS), unique=True))
    width = draw(st.integers(2, 6))
    numbers = st.one_of(st.integers(0, 3), st.integers(0, 5000))
    rows = {key: tuple(draw(st.lists(numbers, min_size=width, max_size=width))) for key in keys}
    if draw(st.booleans()):
        years = sorted(draw(st.sets(st.integers(1990, 2030), min_size=width - 1, max_size=width - 1)))
        return by_year(rows, *map(str, years))
    return table(rows, (*(Head(f"f{n}", f"Lĩnh vực {n}") for n in range(width - 1)), FIELDS[-1]))


def said_numbers(text: str) -> set[str]:
    return set(re.findall(r"\d+(?:\.\d{3})*(?:,\d+)?", text))


def of_table(told: CountTable) -> set[str]:
    """The numbers of the table's cells, heads and sums."""
    lines = (*told.lines, told.totals)
    counts = {number for line in lines for number in (*line.counts, line.total)}
    return {number_vi(number) for number in counts} | said_numbers(
        " ".join(h.label for h in (*told.columns, *(line.head for line in lines)))
    )


def near(found: str, number: int, of: int) -> bool:
    return abs(Decimal(found) - Decimal(number) * 100 / of) <= Decimal("0.0101")


@given(tables())
def test_bars_are_proportional_and_lose_nothing(told: CountTable) -> None:
    chart = charts.of_units(told)
    if chart is None:
        return
    lines = {line.head.key: line for line in told.lines}
    longest = max(lines[bar.key].total for bar in chart.bars)
    assert len({bar.key for bar in chart.bars}) == len(chart.bars)
    for bar in chart.bars:
        assert bar.text == number_vi(lines[bar.key].total)
        assert near(bar.width, lines[bar.key].total, longest)
        if chart.legend:
            counts = lines[bar.key].counts
            assert {part.hatch: part.count for part in bar.parts} == {n: c for n, c in enumerate(counts) if c}
            assert sum(Decimal(part.width) for part in bar.parts) == Decimal(bar.width)
            ends = [Decimal(part.x) + Decimal(part.width) for part in bar.parts]
            assert [Decimal(part.x) for part in bar.parts] == [0, *ends][: len(ends)]
            assert all(part.text in ("", number_vi(part.count)) for part in bar.parts)
    assert _units(chart) == sorted(_units(chart), reverse=True)
    drawn = {bar.key for bar in chart.bars}
    for key, line in lines.items():
        if key not in drawn and key not in (OWN, UNKNOWN):
            assert len(_units(chart)) == charts.MOST_BARS
            assert line.total <= min(_units(chart))
        elif key not in drawn:
            assert line.total == 0


def _units(chart: BarChart) -> list[int]:
    return [int(bar.text.replace(".", "")) for bar in chart.bars if bar.key not in (OWN, UNKNOWN)]


@given(tables())
def test_no_chart_says_more_than_its_table(told: CountTable) -> None:
    counted = {number_vi(len(told.lines)), *(number_vi(n) for n in range(len(told.lines) + len(told.columns)))}
    known = of_table(told) | counted
    units = [line for line in told.lines if line.head.key not in (OWN, UNKNOWN)]
    known.add(number_vi(sum(line.total for line in units)))
    for chart in (charts.of_units(told), charts.multiples(told), charts.tiles(told)):
        if chart is not None:
            assert said_numbers(chart.sentence) <= known
            assert chart.sentence.endswith(".")
            assert chart.sentence[0] in "0123456789" or chart.sentence[0].isupper()
            assert "None" not in chart.sentence


@given(tables())
def test_what_is_not_known_is_never_the_largest(told: CountTable) -> None:
    """A number many times as large in the rows and columns that are no units, fields or years leaves the ranking."""
    lines = tuple(
        Line(
            line.head,
            tuple(10**6 if head.key == UNKNOWN else n for head, n in zip(told.columns, line.counts, strict=True)),
        )
        if line.head.key in (OWN, UNKNOWN)
        else line
        for line in told.lines
    )
    for make in (charts.of_units, charts.multiples):
        before = make(told)
        after = make(CountTable(told.id, told.caption, told.row_title, told.columns, lines))
        if before is not None and after is not None:
            assert before.sentence.split(":")[0].split(" có ")[0] == after.sentence.split(":")[0].split(" có ")[0]


@given(tables())
def test_tiles_are_the_units_and_each_number_lies_in_its_step(told: CountTable) -> None:
    grid = charts.tiles(told)
    if grid is None:
        return
    units = [line for line in told.lines if line.head.key not in (OWN, UNKNOWN)]
    assert [(tile.head, tile.text) for tile in grid.tiles] == [(line.head, number_vi(line.total)) for line in units]
    said = {shade.step: [int(n.replace(".", "")) for n in shade.text.split("–")] for shade in grid.shades}
    for tile, line in zip(grid.tiles, units, strict=True):
        assert said[tile.step][0] <= line.total <= said[tile.step][-1]
    bounds = [bound for step in sorted(said) for bound in (said[step][0], said[step][-1])]
    assert bounds == sorted(bounds)
    assert max(said) < charts.STEPS


@given(tables())
def test_columns_of_all_panels_have_one_scale(told: CountTable) -> None:
    chart = charts.multiples(told)
    if chart is None:
        return
    lines = {line.head.key: line for line in told.lines}
    known = [place for place, head in enumerate(told.columns) if head.key != UNKNOWN]
    highest = max(lines[panel.key].counts[place] for panel in chart.panels for place in known)
    for panel in chart.panels:
        counts = [lines[panel.key].counts[place] for place in known if lines[panel.key].counts[place]]
        assert [column.count for column in panel.columns] == counts
        for column in panel.columns:
            assert near(column.height, column.count * charts.PLOT, highest * 100)
            assert Decimal(column.top) + Decimal(column.height) == charts.PLOT
        assert not counts or number_vi(max(counts)) in {column.text for column in panel.columns}
        places = [Decimal(column.x) for column in panel.columns]
        assert places == sorted(places)
        assert all(0 <= place < 100 for place in places)
    unknown = [line for line in told.lines if line.head.key in (OWN, UNKNOWN)]
    left_out = {key for key in lines if key not in {panel.key for panel in chart.panels}}
    assert left_out <= {line.head.key for line in unknown if not any(line.counts[place] for place in known)}
