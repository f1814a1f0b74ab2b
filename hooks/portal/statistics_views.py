"""What templates draw of statistics: counted and reported tables, who reported, which figures do not fit together."""

from __future__ import annotations

from dataclasses import dataclass

from .linked_views import LinkedTables
from .reported_tables import ReportedBlock
from .statistics import CountTable
from .views import Fact, Link


@dataclass(frozen=True)
class ReportedSection:
    """Reported figures under one heading, which may be empty; `intro` stands above them, `nothing` in their place
    when there are none."""

    heading: str
    blocks: tuple[ReportedBlock, ...]
    intro: str = ""
    nothing: str = ""

    @property
    def table_ids(self) -> tuple[str, ...]:
        return tuple(table.id for block in self.blocks for table in block.tables)


@dataclass(frozen=True)
class StatisticsView:
    """Tables of one scope: "campaign", "unit:<slug>" or "field:<slug>". What is counted from profiles and what
    was reported stand apart."""

    scope: str
    count: int
    tables: tuple[CountTable, ...]
    reported: tuple[ReportedSection, ...] = ()
    units: tuple[Link, ...] = ()
    fields: tuple[Link, ...] = ()
    more: tuple[Fact, ...] = ()  # the other pages of reported figures
    awards: str = ""  # address of the awards of the same scope; empty when there are none
    lives: tuple[Link, ...] = ()  # the pages that follow models through their life
    linked: LinkedTables | None = None

    @property
    def table_ids(self) -> tuple[str, ...]:
        """The ids of all tables on the page, after their prefix."""
        return (*(table.id for table in self.tables), *(i for section in self.reported for i in section.table_ids))


@dataclass(frozen=True)
class ReportedView:
    """Reported figures of a level or a year."""

    scope: str
    sections: tuple[ReportedSection, ...]
    linked: LinkedTables | None = None

    @property
    def table_ids(self) -> tuple[str, ...]:
        return tuple(table_id for section in self.sections for table_id in section.table_ids)


@dataclass(frozen=True)
class CoverageRow:
    """A unit and what it reported each year: how many sets, 0 for none, None when it did not exist."""

    unit: Link
    address: str
    counts: tuple[int | None, ...]
    unstated: int  # sets whose source states no period


@dataclass(frozen=True)
class CoverageTable:
    """The units of one level; without rows nobody of that level has reported for a known year."""

    id: str
    level: str
    years: tuple[int, ...]
    rows: tuple[CoverageRow, ...]


@dataclass(frozen=True)
class CoverageView:
    tables: tuple[CoverageTable, ...]
    linked: LinkedTables | None = None

    @property
    def table_ids(self) -> tuple[str, ...]:
        return tuple(table.id for table in self.tables if table.rows)


@dataclass(frozen=True)
class DiscrepancyView:
    """One declared discrepancy. `id` is its anchor."""

    id: str
    heading: str
    facts: tuple[Fact, ...]


@dataclass(frozen=True)
class DiscrepanciesView:
    entries: tuple[DiscrepancyView, ...]
