"""Every list holds exactly the members that an independent recount gives, each once, and its pagers cover them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from portals import NOW, OURS, files_with, imported_by
from recount_lists import INDEXES, ListPage, Lists, compare, lists_of, page_of, read_lists

Counted = tuple[Lists, dict[str, ListPage]]


@pytest.fixture(scope="module")
def large(large_portal: Path) -> Counted:
    return lists_of(large_portal, NOW), read_lists(large_portal / "site")


def test_the_recount_imports_nothing_of_ours() -> None:
    """But the other recount, which imports nothing of ours either."""
    assert not imported_by("recount_lists.py") & OURS


def test_a_generated_campaign_agrees(large: Counted, record_property) -> None:
    result = compare(*large)
    record_property("recount", str(result))
    assert result.disagreements == ()


@pytest.mark.parametrize("portal", ["own_portal", "second_portal"])
def test_real_campaigns_agree(portal: str, request: pytest.FixtureRequest, record_property) -> None:
    root: Path = request.getfixturevalue(portal)
    result = compare(lists_of(root, NOW), read_lists(root / "site"))
    record_property("recount", str(result))
    assert result.disagreements == ()


def test_there_is_a_list_of_every_kind_and_size(large: Counted) -> None:
    """Otherwise the agreement would say little."""
    expected, _ = large
    kinds = {f"/{address.split('/')[1]}/" for address in expected}
    assert kinds == INDEXES | {"/tin-tuc/", "/mo-hinh/"}
    by_kind = {kind: [members for address, members in expected.items() if address.startswith(kind)] for kind in kinds}
    assert {kind for kind, lists in by_kind.items() if max(members.pages for members in lists) == 1} == set()
    sizes = {members.pages for members in expected.values()}
    assert sizes >= {1, 2, 3, 4, 5, 7}
    assert [a for a, members in expected.items() if not members.models and not members.articles] == [
        "/chuyen-muc/trong/",
        "/chuyen-muc/trong-con/",
        "/vung-dac-thu/khong-ai-o/",
    ]
    assert "/tu-khoa/nong-thon-moi/" in expected
    assert sum(None in members.models.values() for members in expected.values()) >= 20
    assert len(expected["/nam/2019/"].articles) > 20


def test_there_are_records_that_no_list_may_hold(large: Counted, large_portal: Path) -> None:
    expected, _ = large
    written = {kind: list((large_portal / f"docs/{kind}").rglob("*.md")) for kind in ("tin-tuc", "mo-hinh")}
    assert {kind: len(files) for kind, files in written.items()} == {"tin-tuc": 400, "mo-hinh": 400}
    listed = {address for members in expected.values() for address in members.articles}
    expired = [
        file.stem
        for file in written["tin-tuc"]
        if "expires_at: 2026-11-22T08:00\n" in file.read_text(encoding="utf-8").replace("'", "")
    ]
    drafts = [file.stem for file in written["tin-tuc"] if "status: draft" in file.read_text(encoding="utf-8")]
    assert len(expired) >= 10
    assert len(drafts) >= 5
    assert not {address.split("/")[-2] for address in listed} & {*expired, *drafts}
    assert len(listed) > len(expected["/tin-tuc/"].articles) + 10, "archived articles are listed, but not as news"
    assert len(expected["/mo-hinh/"].models) < 320


def test_a_draft_is_in_no_file(large_portal: Path) -> None:
    drafts = [
        file.stem
        for file in (large_portal / "docs/tin-tuc").rglob("*.md")
        if "status: draft" in file.read_text(encoding="utf-8")
    ]
    assert [slug for slug in drafts[:3] if files_with(large_portal / "site", f"/{slug}/")] == []


def test_leaving_out_any_one_member_disagrees(large: Counted) -> None:
    """Of the last page of each list: its first card."""
    expected, found = large
    for address, members in expected.items():
        page = found[page_of(address, members.pages)]
        for key, cards in page.shelves.items():
            changed = replace(page, shelves={**page.shelves, key: cards[1:]})
            wrong = compare({address: members}, {**_pages(address, found), page.address: changed}).disagreements
            assert wrong[0] == f"{address}: {key}: not shown ['{cards[0]}'], not counted []"


def test_a_member_too_much_twice_or_in_the_wrong_place_disagrees(large: Counted) -> None:
    expected, found = large
    address = "/tin-tuc/"
    page, pages = found[address], _pages(address, found)
    cards = page.shelves["articles"]
    for changed, said in (
        ([*cards[:-1], "/tin-tuc/2020/la/"], "articles: not shown"),
        ([*cards[:-1], cards[0]], "articles: not shown"),
        ([*cards, cards[0]], "articles: shown more than once"),
        (cards[::-1], "articles: not newest first"),
    ):
        shown = {**pages, address: replace(page, shelves={"articles": changed})}
        wrong = compare({address: expected[address]}, shown).disagreements
        assert wrong[0].startswith(f"{address}: {said}")


def test_a_page_or_pager_too_much_or_too_little_disagrees(large: Counted) -> None:
    expected, found = large
    assert compare(expected, {**found, "/nam/1999/": found["/nam/2019/"]}).disagreements == (
        "/nam/1999/: not expected",
    )
    fewer = {address: page for address, page in found.items() if address != "/tin-tuc/trang/2/"}
    assert compare(expected, fewer).disagreements == ("/tin-tuc/trang/2/: missing",)
    for pager in (None, frozenset({"/tin-tuc/trang/2/"})):
        changed = {**found, "/tin-tuc/": replace(found["/tin-tuc/"], pager=pager)}
        assert compare(expected, changed).disagreements != ()
    only = found["/chuyen-muc/trong/"]
    assert compare(expected, {**found, only.address: replace(only, pager=frozenset({only.address}))}).disagreements == (
        "/chuyen-muc/trong/: a pager on the only page",
    )


def _pages(address: str, found: dict[str, ListPage]) -> dict[str, ListPage]:
    """The pages of one list."""
    return {a: page for a, page in found.items() if a == address or a.startswith(f"{address}trang/")}
