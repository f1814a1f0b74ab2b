"""Awards and evaluations of the built site agree with a count that shares no code with the portal."""

from __future__ import annotations

import ast
import re
from dataclasses import replace
from pathlib import Path

import pytest
from generated import write_campaign
from portals import PROJECT, built, copy_portal
from recount import Campaign, read_campaign
from recount_merits import ROLLS, compare, read_pages, recount, tables_of


@pytest.fixture(scope="module")
def portal(tmp_path_factory: pytest.TempPathFactory) -> Path:
    content = tmp_path_factory.mktemp("merits")
    write_campaign(content, profiles=150, seed=5)
    root = copy_portal(content / "portal", content)
    built(root)
    return root


@pytest.fixture(scope="module")
def counted(portal: Path) -> tuple[Campaign, dict[str, str]]:
    return read_campaign(portal), read_pages(portal / "site")


def test_the_recount_imports_nothing_of_the_portal() -> None:
    tree = ast.parse((Path(__file__).parent / "recount_merits.py").read_text(encoding="utf-8"))
    imported = {
        node.module if isinstance(node, ast.ImportFrom) else name.name
        for node in ast.walk(tree)
        if isinstance(node, ast.Import | ast.ImportFrom)
        for name in node.names
    }
    assert not {str(module).split(".")[0] for module in imported} & {p.stem for p in (PROJECT / "hooks").iterdir()}


def test_a_generated_campaign_agrees(portal: Path, record_property) -> None:
    result = recount(portal)
    record_property("recount", str(result))
    assert result.wrong == []
    assert result.evaluations > 40
    assert result.tables > 60


def test_the_generated_roll_takes_more_than_one_page(counted: tuple[Campaign, dict[str, str]]) -> None:
    _, pages = counted
    assert f"{ROLLS}trang/2/" in pages


def test_a_campaign_with_every_feature_agrees(third_portal: Path, record_property) -> None:
    result = recount(third_portal)
    record_property("recount", str(result))
    assert result.wrong == []
    assert (result.evaluations, result.tables) == (2, 4 * 4 + 2 * 2)


def test_the_projects_own_site_agrees(own_portal: Path, record_property) -> None:
    result = recount(own_portal)
    record_property("recount", str(result))
    assert result.wrong == []


def test_without_an_award_nothing_is_counted() -> None:
    assert tables_of("awards", []) == {}


def test_leaving_out_a_profile_with_awards_or_points_disagrees(
    portal: Path, counted: tuple[Campaign, dict[str, str]]
) -> None:
    campaign, pages = counted
    merited = [path for path, profile in campaign.profiles.items() if {"awards", "evaluation"} & profile.keys()]
    some = merited[::24]
    assert len(some) > 1
    for path in some:
        assert compare(portal, campaign.without(path), pages).wrong, path


def test_changing_one_cell_disagrees(portal: Path, counted: tuple[Campaign, dict[str, str]]) -> None:
    """Every eighth cell of one page."""
    campaign, pages = counted
    page = f"{ROLLS}nam/2024/"
    alone = {other: html for other, html in pages.items() if other == page or not other.startswith(ROLLS)}
    before = set(compare(portal, campaign, alone).wrong)
    cells = list(re.finditer(r'(<td data-key="(?!report")[^"]+"[^>]*>)(.*?)</td>', pages[page]))
    assert len(cells) > 20
    for cell in cells[::8]:
        changed = pages[page][: cell.start()] + cell[1] + "7654</td>" + pages[page][cell.end() :]
        wrong = set(compare(portal, campaign, alone | {page: changed}).wrong) - before
        assert len(wrong) == 1, cell[0]
        assert " says 7654, counted " in wrong.pop()


def test_an_award_more_or_less_disagrees(portal: Path, counted: tuple[Campaign, dict[str, str]]) -> None:
    campaign, pages = counted
    path, profile = next((path, p) for path, p in campaign.profiles.items() if len(p.get("awards", [])) > 1)
    fewer = replace(campaign, profiles={**campaign.profiles, path: {**profile, "awards": profile["awards"][1:]}})
    assert compare(portal, fewer, pages).wrong


def test_points_of_another_item_disagree(portal: Path, counted: tuple[Campaign, dict[str, str]]) -> None:
    campaign, pages = counted
    path, profile = next((path, p) for path, p in campaign.profiles.items() if "evaluation" in p)
    scores = [{**score, "points": str(float(score["points"]) + 1)} for score in profile["evaluation"]["scores"]]
    other = {**profile, "evaluation": {**profile["evaluation"], "scores": scores}}
    wrong = compare(portal, replace(campaign, profiles={**campaign.profiles, path: other}), pages).wrong
    page = "/" + path.removeprefix("docs/").removesuffix(".md") + "/"
    slug = profile["evaluation"]["criteria"]
    assert {said.split(": ")[0] for said in wrong} == {page, f"/tieu-chi/{slug}/"}
