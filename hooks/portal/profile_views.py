"""What the templates of models draw: a profile, its life, the models that stopped, the families."""

from __future__ import annotations

from dataclasses import dataclass

from .linked_views import LinkedTables, SharedImage
from .views import AttachmentView, Entry, EvaluationView, Fact, Link, Mark, Picture, SourceView, Status


@dataclass(frozen=True)
class Milestone:
    """One step of a model's life. `current` is the last one: the status the model has now."""

    status: str
    date_iso: str
    date: str
    by: str
    document: Link | None
    note: str
    current: bool


@dataclass(frozen=True)
class ProfileView:
    """From `units` on, what programs are told: `place` is a part of the units, `origin` the model it learnt from. `image` is
    shown where the profile is shared."""

    banner: str
    status: Status
    mark: Mark | None
    pictures: tuple[Picture, ...]
    attachments: tuple[AttachmentView, ...]
    facts: tuple[Fact, ...]
    timeline: tuple[Milestone, ...]
    results: tuple[Fact, ...]
    awards: tuple[Fact, ...]
    evaluation: EvaluationView | None
    documents: tuple[Link, ...]
    tags: tuple[Link, ...]
    source: SourceView | None
    articles: tuple[Entry, ...]
    similar: tuple[Entry, ...]
    to_read: tuple[Entry, ...]
    units: tuple[Link, ...]
    place: str
    field: Link | None
    organisation: str
    started_iso: str
    origin: Link | None
    image: SharedImage


@dataclass(frozen=True)
class StoppedRow:
    """A model that left the list; empty texts are what its profile does not say."""

    model: Link
    unit: Link
    date_iso: str
    date: str
    by: str
    reason: str
    document: Link | None


@dataclass(frozen=True)
class StoppedView:
    rows: tuple[StoppedRow, ...]
    linked: LinkedTables | None

    @property
    def table_ids(self) -> tuple[str, ...]:
        return ("da-dung",) if self.rows else ()


@dataclass(frozen=True)
class KinView:
    """A model in the tree of its family, which is written from the root down: `ends` levels end behind it, and with 0
    the models that learnt from it follow, one level deeper."""

    model: Link
    unit: Link
    started: str
    ends: int


@dataclass(frozen=True)
class FamilyView:
    """A family: `id` is its anchor."""

    id: str
    heading: str
    members: tuple[KinView, ...]


@dataclass(frozen=True)
class ReplicatedRow:
    """A model and how many learnt from it: directly, and in all."""

    model: Link
    unit: Link
    learners: int
    descendants: int


@dataclass(frozen=True)
class FamiliesView:
    """`replicated` leads to the models whose status says so, whether a profile says who learnt from them or not."""

    rows: tuple[ReplicatedRow, ...]
    families: tuple[FamilyView, ...]
    replicated: Link | None
    linked: LinkedTables | None

    @property
    def table_ids(self) -> tuple[str, ...]:
        return ("nhan-rong",) if self.rows else ()
