"""Every table of reported figures agrees with a reading of the editors' files that shares no code with the portal."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from generated import write_campaign
from portals import NOW, PROJECT, built, copy_portal
from recount_reported import Result, Site, recount
from reported_sets import Campaign, Number, Set, read_campaign

Counted = tuple[Campaign, Site]


def _counted(root: Path) -> Counted:
    return read_campaign(root, NOW), Site(root / "site")


@pytest.fixture(scope="module")
def own(own_portal: Path) -> Counted:
    return _counted(own_portal)


@pytest.fixture(scope="module")
def second(second_portal: Path) -> Counted:
    return _counted(second_portal)


@pytest.fixture(scope="module")
def reporting_portal(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A made-up campaign whose articles report figures of every shape, built."""
    content = tmp_path_factory.mktemp("reporting")
    write_campaign(content, profiles=20, articles=150, seed=20261122)
    root = copy_portal(content / "portal", content)
    built(root)
    return root


@pytest.fixture(scope="module")
def reporting(reporting_portal: Path) -> Counted:
    return _counted(reporting_portal)


def test_the_recount_imports_nothing_of_the_portal() -> None:
    files = [Path(__file__).parent / f"{name}.py" for name in ("recount_reported", "reported_sets", "html_tree")]
    imported = {
        node.module if isinstance(node, ast.ImportFrom) else name.name
        for file in files
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.Import | ast.ImportFrom)
        for name in node.names
    }
    ours = {path.stem for path in (PROJECT / "hooks").iterdir()}
    assert not {str(module).split(".")[0] for module in imported} & ours


@pytest.mark.parametrize("portal", ["own_portal", "second_portal", "third_portal", "reporting_portal"])
def test_every_reported_cell_is_its_sources(portal: str, request: pytest.FixtureRequest, record_property) -> None:
    campaign, site = _counted(request.getfixturevalue(portal))
    result = recount(campaign, site)
    record_property("recount", str(result))
    assert result.wrong == []
    assert portal == "own_portal" or campaign.sets  # content of one's own may report nothing
    assert result.cells >= sum(len(found.numbers) for found in campaign.sets.values())


def test_the_generated_figures_are_of_every_kind(reporting: Counted) -> None:
    campaign, _ = reporting
    sets = list(campaign.sets.values())
    assert len(sets) > 80
    keys = {key for found in sets for key in found.keys}
    assert keys >= {
        *("total", "out_of", "by_field", "merged_fields", "other", "by_level", "by_kind", "parts", "including"),
        *("shares", "changes", "break", "coverage", "discrepancies"),
    }
    assert {found.form for found in sets} == {"year", "range", "cumulative", "average", "as_of", "unstated"}
    assert any(not number.exact for found in sets for number in found.numbers.values())
    twice = [(s.keys["unit"], s.keys["measure"], s.keys.get("count"), s.period) for s in sets]
    assert len(set(twice)) < len(twice), "two articles report one thing"
    result = recount(*reporting)
    assert result.sums > 5
    assert result.ranked > 10
    assert result.computed > 50


# --- shown to fail --------------------------------------------------------------


def _with(campaign: Campaign, found: Set, numbers: dict[str, Number]) -> Campaign:
    return replace(campaign, sets={**campaign.sets, (found.article, found.id): replace(found, numbers=numbers)})


def test_altering_any_one_number_of_any_set_disagrees(own: Counted) -> None:
    campaign, site = own
    unnoticed = []
    for found in campaign.sets.values():
        for path in found.numbers:
            other = Number("7.654.321", "7.654.321", Decimal(7654321), True)
            changed = _with(campaign, found, {**found.numbers, path: other})
            wrong = recount(changed, site).wrong
            if not any(f"{found.passage}: {path}: says" in said for said in wrong):
                unnoticed.append((found.passage, path))
    assert unnoticed == []


def test_leaving_out_any_one_set_or_number_disagrees(own: Counted) -> None:
    """A set the source does not have stands in tables; a number more in a set stands in none."""
    campaign, site = own
    for key, found in campaign.sets.items():
        without = replace(campaign, sets={other: s for other, s in campaign.sets.items() if other != key})
        assert any("is of no public set" in said for said in recount(without, site).wrong), found.passage
        more = _with(campaign, found, {**found.numbers, "parts.99": Number("1", "1", Decimal(1), True)})
        page = f"/thong-ke/dia-ban/{found.keys['unit']}/"
        assert f"{found.passage}: {page} lacks parts.99" in recount(more, site).wrong


CHANGES: dict[str, tuple[str, Callable[[dict], dict]]] = {
    "another measure": ("measures", lambda keys: {**keys, "measure": "khac"}),
    "another kind of count": ("kinds of count", lambda keys: {**keys, "count": "stopped"}),
    "another period": ("period", lambda keys: {**keys, "period": "1999"}),
    "another unit": ("stands in the row of", lambda keys: {**keys, "unit": "khac"}),
}


@pytest.mark.parametrize("change", CHANGES)
def test_a_row_of_another_kind_in_a_table_disagrees(reporting: Counted, change: str) -> None:
    campaign, site = reporting
    said, changed = CHANGES[change]
    first = next(s for s in campaign.sets.values() if s.keys.get("count") and s.keys["period"] != "unstated")
    other = {**campaign.units[first.keys["unit"]], "slug": "khac", "name": "khác"}
    altered = replace(
        campaign,
        units={**campaign.units, "khac": other},
        measures={**campaign.measures, "khac": {**campaign.measures[first.keys["measure"]], "name": "Khác"}},
        sets={**campaign.sets, (first.article, first.id): replace(first, keys=changed(first.keys))},
    )
    assert any(said in wrong for wrong in recount(altered, site).wrong)


def _all_sets(campaign: Campaign, changed: Callable[[Set], Set]) -> Campaign:
    return replace(campaign, sets={key: changed(found) for key, found in campaign.sets.items()})


def _period(found: Set, kind: str) -> Set:
    span = {"from": "2015", "to": "2023", "kind": kind}
    return replace(found, keys={**found.keys, "period": span})


def test_a_sum_over_what_must_not_be_added_disagrees(reporting: Counted) -> None:
    campaign, site = reporting

    def said(changed: Campaign) -> Result:
        return recount(changed, site)

    averages = said(_all_sets(campaign, lambda found: _period(found, "average")))
    assert sum("adds what has no common period" in wrong for wrong in averages.wrong) == averages.sums > 0
    rates = {slug: {**unit, "name": "%"} for slug, unit in campaign.units_of_measure.items()}
    result = said(replace(campaign, units_of_measure=rates))
    assert sum("adds %" in wrong for wrong in result.wrong) == result.sums
    inside = {slug: {**unit, "parents": [{"slug": s} for s in campaign.units if s != slug]} for slug, unit in
              campaign.units.items()}  # fmt: skip
    assert any("which lies in" in wrong for wrong in said(replace(campaign, units=inside)).wrong)
    about = said(
        _all_sets(
            campaign,
            lambda s: replace(s, numbers={path: replace(number, exact=False) for path, number in s.numbers.items()}),
        )
    )
    assert any("is added and not sound" in wrong for wrong in about.wrong)


def test_a_ranking_of_what_must_not_be_ranked_disagrees(reporting: Counted) -> None:
    campaign, site = reporting

    def negative(found: Set) -> Set:
        return replace(found, numbers={path: replace(n, value=-n.value) for path, n in found.numbers.items()})

    def about(found: Set) -> Set:
        return replace(found, numbers={path: replace(n, exact=False) for path, n in found.numbers.items()})

    ranked = recount(campaign, site).ranked
    backwards = recount(_all_sets(campaign, negative), site).wrong
    assert ranked >= sum("ranks [Decimal" in wrong for wrong in backwards) > 20, "equal values have no order"
    unsound = recount(_all_sets(campaign, about), site).wrong
    assert len({wrong.split(": ")[0] for wrong in unsound if "which is not sound" in wrong}) > 10
    unstated = _all_sets(campaign, lambda s: replace(s, keys={**s.keys, "period": "unstated"}))
    assert sum(": ranks [" in wrong for wrong in recount(unstated, site).wrong) == ranked


_STATED = re.compile(r'(<td data-cell="[^"]+"><a href="[^"]+">)([^<]+)(</a>)')


def test_changing_one_cell_of_the_html_disagrees(second: Counted, reporting: Counted) -> None:
    """Every second cell of one page."""
    for campaign, site in (second, reporting):
        page = next(f"/thong-ke/dia-ban/{s.keys['unit']}/" for s in campaign.sets.values())
        html = (site.folder / page[1:] / "index.html").read_text(encoding="utf-8")
        cells = list(_STATED.finditer(html))[::2]
        assert cells
        for cell in cells:
            changed = html[: cell.start()] + f"{cell[1]}7.654.321{cell[3]}" + html[cell.end() :]
            wrong = recount(campaign, site.changed({page: changed})).wrong
            assert any("says '7.654.321'" in said for said in wrong), cell[0]


def test_a_link_to_another_place_or_a_passage_without_the_number_disagrees(second: Counted) -> None:
    campaign, site = second
    found = next(iter(campaign.sets.values()))
    page = f"/thong-ke/dia-ban/{found.keys['unit']}/"
    html = (site.folder / page[1:] / "index.html").read_text(encoding="utf-8")
    astray = html.replace(f"#so-lieu-{found.id}", "#khong-co")
    assert any("leads to" in said for said in recount(campaign, site.changed({page: astray})).wrong)
    article = (site.folder / found.article[1:] / "index.html").read_text(encoding="utf-8")
    path, number = next(iter(found.numbers.items()))
    emptied = article.replace(number.digits, "…")
    wrong = recount(campaign, site.changed({found.article: emptied})).wrong
    assert f"{found.passage}: {path}: {found.passage} does not hold {number.digits}" in " ".join(wrong)


def test_a_discrepancy_told_otherwise_or_not_at_all_disagrees(reporting: Counted) -> None:
    campaign, site = reporting
    found = next(found for found in campaign.sets.values() if found.contradicted)
    (known,) = found.keys["discrepancies"]
    for changed in ([{**known, "stated": "7"}], [{**known, "note": "Khác."}], []):
        altered = replace(found, keys={**found.keys, "discrepancies": changed})
        sets = {**campaign.sets, (found.article, found.id): altered}
        wrong = recount(replace(campaign, sets=sets), site).wrong
        assert any(said.startswith(f"{found.passage}: ") and "discrepanc" in said for said in wrong)


def test_expired_and_unpublished_figures_stand_nowhere(reporting_portal: Path, reporting: Counted) -> None:
    """The generated articles wait, end and are archived; what is left out is what the recount leaves out."""
    campaign, site = reporting
    texts = {file: file.read_text(encoding="utf-8") for file in (reporting_portal / "docs/tin-tuc").rglob("*.md")}
    written = [file for file, text in texts.items() if "\nfigures:" in text]
    left_out = len(written) - len({article for article, _ in campaign.sets})
    assert left_out > 5
    archived = [file for file in written if "status: archived" in texts[file]]
    addresses = {f"/tin-tuc/{file.parent.name}/{file.stem}/" for file in archived}
    assert addresses & {article for article, _ in campaign.sets}
    assert recount(campaign, site).wrong == []
