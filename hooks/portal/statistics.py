"""Tables counted from model profiles. Reported figures are another thing and never share these tables.

Every profile stands in exactly one row and one column, so rows and columns add up to
the total; what a profile does not say is counted under "không rõ", a column of its own.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from .registers import Registers
from .schema.content import NEVER_PUBLIC, ModelStatus, Profile
from .schema.figure import Kind, Level
from .source import ContentFile
from .standing import parent_on, profile_day, profile_year
from .text import capitalised, number_vi

UNKNOWN = "unknown"
UNKNOWN_LABEL = "Không rõ"
MILESTONES = "moc-theo-nam"  # the table of year × status of that year
OWN = "own"  # the row of what is registered with the unit itself, beside its sub-units


@dataclass(frozen=True)
class Head:
    """The head of a row or column. `address` is its page, empty when it has none."""

    key: str
    label: str
    address: str = ""


@dataclass(frozen=True)
class Line:
    """One row: a count for each column, and their sum."""

    head: Head
    counts: tuple[int, ...]

    @property
    def total(self) -> int:
        return sum(self.counts)


@dataclass(frozen=True)
class CountTable:
    """Profiles (in MILESTONES the entries of their `history`) counted by row and column. What the profiles do not say
    stands in the column (in tables by year or field also in the row) whose key is UNKNOWN. `note` says what is counted
    where the caption does not."""

    id: str
    caption: str
    row_title: str
    columns: tuple[Head, ...]
    lines: tuple[Line, ...]
    note: str = ""

    @property
    def totals(self) -> Line:
        sums = tuple(sum(column) for column in zip(*(line.counts for line in self.lines), strict=True))
        return Line(Head("total", "Tổng số"), sums or (0,) * len(self.columns))


@dataclass(frozen=True)
class Counted:
    """A public profile as the tables see it: `path` is its unit and those above it at its time."""

    profile: ContentFile[Profile]
    path: tuple[str, ...]
    field: str
    status: str
    level: str
    kind: str
    year: str


def counted(profile: ContentFile[Profile], registers: Registers) -> Counted:
    """The profile's cell in every table."""
    record = profile.record
    year = profile_year(record)
    return Counted(
        profile=profile,
        path=_path(record, registers),
        field=record.field or UNKNOWN,
        status=record.status.value,
        level=record.level.value if record.level else UNKNOWN,
        kind=record.kind.value if record.kind else UNKNOWN,
        year=str(year) if year else UNKNOWN,
    )


def _path(profile: Profile, registers: Registers) -> tuple[str, ...]:
    unit = registers.units[profile.unit]
    day = profile_day(profile, unit)
    path = [unit.slug]
    above = parent_on(unit, day)
    while above and above not in path:
        path.append(above)
        above = parent_on(registers.units[above], day)
    return tuple(path)


def members(profiles: Iterable[Counted], unit: str) -> tuple[Counted, ...]:
    """The profiles a unit counts: its own, and those of units it was above at their time."""
    return tuple(p for p in profiles if unit in p.path)


def campaign_tables(profiles: tuple[Counted, ...], registers: Registers) -> tuple[CountTable, ...]:
    """Over everything; a row for each topmost unit."""
    return _tables(profiles, lambda p: p.path[-1], "", registers)


def unit_tables(profiles: tuple[Counted, ...], unit: str, registers: Registers) -> tuple[CountTable, ...]:
    """Over what one unit counts; a row for each unit directly under it, and one for its own."""

    def row(p: Counted) -> str:
        at = p.path.index(unit)
        return p.path[at - 1] if at else OWN

    return _tables(members(profiles, unit), row, unit, registers)


def field_tables(profiles: tuple[Counted, ...], field: str, registers: Registers) -> tuple[CountTable, ...]:
    """Over one field; a row for each topmost unit, and its years."""
    within = tuple(p for p in profiles if p.field == field)
    rows = _unit_rows(within, lambda p: p.path[-1], "", registers)
    return (
        *(table for table in _by_unit(within, lambda p: p.path[-1], rows, registers) if table.id != "theo-linh-vuc"),
        _table(
            "dia-ban-theo-nam",
            "Mô hình theo địa bàn và năm",
            "Địa bàn",
            within,
            rows,
            _years(within),
            lambda p: p.path[-1],
            lambda p: p.year,
        ),
        _by_year(within),
        *_milestones(within),
    )


def _tables(
    profiles: tuple[Counted, ...], row: Callable[[Counted], str], unit: str, registers: Registers
) -> tuple[CountTable, ...]:
    rows = _unit_rows(profiles, row, unit, registers)
    fields = (*_fields(registers), Head(UNKNOWN, UNKNOWN_LABEL))
    return (
        *_by_unit(profiles, row, rows, registers),
        _table(
            "linh-vuc-theo-nam",
            "Mô hình theo lĩnh vực và năm",
            "Lĩnh vực",
            profiles,
            fields,
            _years(profiles),
            lambda p: p.field,
            lambda p: p.year,
        ),
        _by_year(profiles),
        *_milestones(profiles),
    )


def _by_year(profiles: tuple[Counted, ...]) -> CountTable:
    """Year × status of now: each profile stands once, in the year of `started`, else of its first history entry."""
    table = _table(
        "nam-theo-trang-thai",
        "Mô hình theo năm bắt đầu và trạng thái hiện nay",
        "Năm",
        profiles,
        _years(profiles),
        _statuses(),
        lambda p: p.year,
        lambda p: p.status,
    )
    note = (
        "Mỗi hồ sơ đếm một lần: ở năm bắt đầu, không ghi thì ở năm của mốc đầu tiên trong quá trình; "
        "hồ sơ không ghi cả hai đứng ở dòng “không rõ”."
    )
    return replace(table, note=note)


def _milestones(profiles: tuple[Counted, ...]) -> tuple[CountTable, ...]:
    """Year × status, counted from `history`, whose entries all have a date: each entry stands once in its year. The
    status of a year without an entry would be a guess. None where no profile has one."""
    entries = [
        (f"{entry.date.year:04d}", entry.status.value)
        for profile in profiles
        for entry in profile.profile.record.history
        if entry.status not in NEVER_PUBLIC
    ]
    if not entries:
        return ()
    without = sum(not p.profile.record.history for p in profiles)
    note = (
        "Đếm các mốc có ghi ngày trong quá trình của từng hồ sơ, mỗi mốc một lần ở năm của nó: một mô hình có nhiều mốc "
        "được đếm nhiều lần, năm không có mốc thì không đếm. Mốc “đề xuất” không đếm. "
        f"Số hồ sơ không ghi mốc nào, không có trong bảng này: {number_vi(without)}."
    )
    years = tuple(Head(year, year) for year in sorted({year for year, _ in entries}))
    cells = Counter(entries)
    lines = tuple(Line(year, tuple(cells[year.key, status.key] for status in _statuses())) for year in years)
    return (CountTable(MILESTONES, "Mốc của mô hình theo năm và trạng thái", "Năm", _statuses(), lines, note),)


def _statuses() -> tuple[Head, ...]:
    return tuple(Head(s.value, capitalised(s.label)) for s in ModelStatus if s not in NEVER_PUBLIC)


def _by_unit(
    profiles: tuple[Counted, ...], row: Callable[[Counted], str], rows: tuple[Head, ...], registers: Registers
) -> tuple[CountTable, ...]:
    unknown = Head(UNKNOWN, UNKNOWN_LABEL)
    levels = (*(Head(level.value, capitalised(level.label)) for level in Level), unknown)
    kinds = (*(Head(kind.value, capitalised(kind.label)) for kind in Kind), unknown)
    fields = (*_fields(registers), unknown)
    return (
        _table(
            "theo-linh-vuc",
            "Mô hình theo địa bàn và lĩnh vực",
            "Địa bàn",
            profiles,
            rows,
            fields,
            row,
            lambda p: p.field,
        ),
        _table(
            "theo-trang-thai",
            "Mô hình theo địa bàn và trạng thái",
            "Địa bàn",
            profiles,
            rows,
            _statuses(),
            row,
            lambda p: p.status,
        ),
        _table(
            "theo-cap", "Mô hình theo địa bàn và cấp đăng ký", "Địa bàn", profiles, rows, levels, row, lambda p: p.level
        ),
        _table("theo-loai", "Mô hình theo địa bàn và loại", "Địa bàn", profiles, rows, kinds, row, lambda p: p.kind),
    )


def _table(
    table_id: str,
    caption: str,
    row_title: str,
    profiles: Iterable[Counted],
    rows: tuple[Head, ...],
    columns: tuple[Head, ...],
    row_of: Callable[[Counted], str],
    column_of: Callable[[Counted], str],
) -> CountTable:
    cells: dict[tuple[str, str], int] = {}
    for profile in profiles:
        cell = (row_of(profile), column_of(profile))
        cells[cell] = cells.get(cell, 0) + 1
    lines = tuple(Line(row, tuple(cells.get((row.key, column.key), 0) for column in columns)) for row in rows)
    return CountTable(table_id, caption, row_title, columns, lines)


def _unit_rows(
    profiles: Iterable[Counted], row: Callable[[Counted], str], unit: str, registers: Registers
) -> tuple[Head, ...]:
    """A row for each unit that has a profile, in the register's order; the unit's own comes first."""
    present = {row(p) for p in profiles}
    own = (Head(OWN, f"Trực tiếp của {registers.unit_name(unit)}"),) if OWN in present else ()
    return own + tuple(
        Head(u.slug, capitalised(registers.unit_name(u.slug)), f"/dia-ban/{u.slug}/")
        for u in registers.units
        if u.slug in present
    )


def _fields(registers: Registers) -> tuple[Head, ...]:
    return tuple(Head(f.slug, f.label, f"/linh-vuc/{f.slug}/") for f in registers.fields)


def _years(profiles: Iterable[Counted]) -> tuple[Head, ...]:
    years = sorted({p.year for p in profiles} - {UNKNOWN})
    return (*(Head(year, year) for year in years), Head(UNKNOWN, UNKNOWN_LABEL))
