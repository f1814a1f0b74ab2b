"""What became of models: those that left the list, and the families of those that learnt from one another."""

from __future__ import annotations

from collections.abc import Iterator

from ..datasets import set_of_learners, set_of_stops
from ..lifecycle import stops
from ..presenting_profiles import family_view, replicated_row, stopped_row
from ..profile_views import FamiliesView, StoppedView
from ..schema.content import ModelStatus
from ..views import Link
from .catalog import Catalog
from .lists import counted_link
from .page import FAMILIES, STATISTICS, STATUSES, STOPPED, Page

STOPPED_TITLE = "Mô hình đưa ra khỏi danh sách"
FAMILIES_TITLE = "Mô hình được nhân rộng"
_REPLICATED = f"{STATUSES}{ModelStatus.REPLICATED.value}/"
MOST = 20  # rows of the most replicated models; every family has its tree below them

LINKS = (Link(STOPPED_TITLE, STOPPED), Link(FAMILIES_TITLE, FAMILIES))


def pages(catalog: Catalog) -> Iterator[Page]:
    """Both are there in every campaign, be they empty."""
    registers, lineage = catalog.registers, catalog.lineage
    stopped = stops(catalog.records.models)
    left = StoppedView(tuple(stopped_row(stop, registers) for stop in stopped), set_of_stops(stopped, registers))
    summary = "Các mô hình đã dừng, với ngày và lý do mà nguồn nêu; mới nhất trước."
    yield _page(catalog, STOPPED, STOPPED_TITLE, summary, "stopped", left)
    leading = lineage.most_replicated[:MOST]
    most = tuple(replicated_row(kin, registers) for kin in leading)
    families = tuple(family_view(family, registers) for family in lineage.families)
    summary = "Mô hình nào đã được nơi khác học theo: đếm từ hồ sơ trên cổng, không phải số do các nguồn báo cáo."
    replicated = sum(model.record.status is ModelStatus.REPLICATED for model in catalog.records.models)
    status = (
        counted_link(f"trạng thái “{ModelStatus.REPLICATED.label}”", _REPLICATED, replicated) if replicated else None
    )
    learnt = FamiliesView(most, families, status, set_of_learners(leading, registers))
    yield _page(catalog, FAMILIES, FAMILIES_TITLE, summary, "families", learnt)


def _page(catalog: Catalog, address: str, title: str, summary: str, template: str, view: object) -> Page:
    crumbs = (catalog.home_link, Link(catalog.campaign.texts.statistics, STATISTICS))
    return Page(address, title, summary, f"portal/{template}.html", view, "docs/mo-hinh", crumbs)
