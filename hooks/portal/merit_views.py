"""What the templates of criteria sets and awards draw."""

from __future__ import annotations

from dataclasses import dataclass

from .linked_views import LinkedTables
from .statistics import CountTable
from .views import Criterion, Fact, Link, Pager


@dataclass(frozen=True)
class CriteriaRow:
    """A set of criteria in the list of all. `evaluated` is how many models on the portal were scored by it."""

    criteria: Link
    issuer: str
    act: Link | None
    span: str
    count: int
    points: str
    evaluated: int


@dataclass(frozen=True)
class CriteriaListView:
    rows: tuple[CriteriaRow, ...]


@dataclass(frozen=True)
class EvaluatedRow:
    """A model that was scored by a set; what its source doesn't say is empty."""

    model: Link
    unit: Link
    date_iso: str
    date: str
    by: str
    outcome: str


@dataclass(frozen=True)
class CriteriaView:
    """One set of criteria. `note` says that it no longer holds, or not yet; `points` what its points come to."""

    note: str
    facts: tuple[Fact, ...]
    items: tuple[Criterion, ...]
    points: str
    evaluated: tuple[EvaluatedRow, ...]

    @property
    def scored(self) -> bool:
        """Whether the set gives points to any of its items."""
        return any(item.most for item in self.items)


@dataclass(frozen=True)
class Honour:
    """One award in the roll of honour: what was given, and to which model of which place."""

    form: str
    level: str
    recipient: str
    by: str
    document: Link | None
    model: Link
    unit: Link


@dataclass(frozen=True)
class HonourYear:
    """The awards of a year on one page of the roll; `total` is how many the year has on all its pages."""

    year: Link
    total: int
    honours: tuple[Honour, ...]


@dataclass(frozen=True)
class AwardsView:
    """One page of awards over a scope: "awards", "awards:unit:<slug>" or "awards:year:<yyyy>".

    `count` awards of `profiles` models. Tables and links stand on the first page. `reported` leads to figures of
    commended models that sources state: they are never added to these.
    """

    scope: str
    count: int
    profiles: int
    roll: tuple[HonourYear, ...]
    pager: Pager | None
    tables: tuple[CountTable, ...] = ()
    reported: tuple[Link, ...] = ()
    inside: tuple[Fact, ...] = ()
    linked: LinkedTables | None = None

    @property
    def table_ids(self) -> tuple[str, ...]:
        return tuple(table.id for table in self.tables)
