"""What pages say of the lives of models agrees with an independent recount: likeness, lineage, stops, timelines."""

from __future__ import annotations

from pathlib import Path

import pytest
from portal.site import build_site
from portals import NOW, OURS, built, imported_by, replace_once
from recount_models import (
    AT_MOST,
    Profiles,
    alike,
    below,
    facts_on,
    origins_of,
    profiles_of,
    read_page,
    similar_on,
    traits_of,
    tree_of,
)

FAMILIES, STOPPED = "/thong-ke/nhan-rong/", "/thong-ke/da-dung/"
PORTALS = ["large_portal", "own_portal", "second_portal", "third_portal"]


def test_the_recount_imports_nothing_of_ours() -> None:
    assert not imported_by("recount_models.py") & OURS


@pytest.fixture(scope="module")
def profiles(large_portal: Path) -> Profiles:
    return profiles_of(large_portal)


# --- similar models -----------------------------------------------------------------


@pytest.mark.parametrize("portal", PORTALS)
def test_similar_models_are_those_of_a_recount(portal: str, request: pytest.FixtureRequest, record_property) -> None:
    """Each pair with its reason; those that share the most first; none where fewer than two traits are shared."""
    root: Path = request.getfixturevalue(portal)
    profiles = profiles_of(root)
    expected = alike(profiles)
    compared = 0
    for address in profiles:
        shown = similar_on(address, read_page(root / "site", address))
        assert len(shown) == min(AT_MOST, len(expected[address])), address
        assert len({card.address for card in shown}) == len(shown)
        for card in shown:
            assert expected[address].get(card.address) == card.traits, (address, card)
            assert all(words in profiles[card.address]["title"].lower() for words in card.words)
            compared += 1
        counts = [len(card.traits) for card in shown]
        assert counts == sorted(map(len, expected[address].values()), reverse=True)[: len(counts)], address
    record_property("recount", f"{compared} similar models of {len(profiles)}")
    assert compared > 1000 or portal != "large_portal"


def test_there_are_models_of_every_likeness(profiles: Profiles) -> None:
    """Otherwise the agreement would say little."""
    shared = {traits for others in alike(profiles).values() for traits in others.values()}
    assert {len(traits) for traits in shared} == {2, 3, 4}
    assert len(shared) == 11  # every choice of two, three or four
    assert any(not others for others in alike(profiles).values())
    assert any(not any(traits_of(profile).values()) for profile in profiles.values())


# --- lineage ------------------------------------------------------------------------


@pytest.mark.parametrize("portal", PORTALS)
def test_lineage_is_told_both_ways(portal: str, request: pytest.FixtureRequest, record_property) -> None:
    root: Path = request.getfixturevalue(portal)
    profiles = profiles_of(root)
    origins = origins_of(profiles)
    for address in profiles:
        said = facts_on(address, read_page(root / "site", address))
        learners = {learner for learner, origin in origins.items() if origin == address}
        assert said.get("Học từ mô hình", []) == ([origins[address]] if address in origins else [])
        assert set(said.get("Đã được nhân rộng ở", [])) == learners
        top = address
        while top in origins:
            top = origins[top]
        family = [f"{FAMILIES}#ho-{top.split('/')[-2]}"] if learners or address in origins else []
        assert said.get("Họ mô hình", []) == family
    record_property("recount", f"{len(origins)} models that learnt from another")
    assert len(origins) >= 20 or portal != "large_portal"


@pytest.mark.parametrize("portal", PORTALS)
def test_families_are_trees_of_all_who_learnt(portal: str, request: pytest.FixtureRequest) -> None:
    root: Path = request.getfixturevalue(portal)
    origins = origins_of(profiles_of(root))
    main = read_page(root / "site", FAMILIES)
    trees = {family.attributes["id"]: tree_of(family, FAMILIES) for family in main.all("section.portal-family")}
    above = {learner: origin for tree in trees.values() for learner, origin in tree.items() if origin}
    assert above == origins
    roots = {origin for origin in origins.values() if origin not in origins}
    assert {name: next(a for a, o in tree.items() if not o) for name, tree in trees.items()} == {
        f"ho-{address.split('/')[-2]}": address for address in roots
    }
    assert [len(tree) for tree in trees.values()] == sorted(map(len, trees.values()), reverse=True)
    assert [head.text.rpartition(" (")[2] for head in main.all("section.portal-family h3")] == [
        f"{len(tree)} mô hình)" for tree in trees.values()
    ]


def test_the_most_replicated_models(large_portal: Path) -> None:
    origins = origins_of(profiles_of(large_portal))
    rows = read_page(large_portal / "site", FAMILIES).all("table[data-list=most-replicated] tbody tr")
    said = [[cell.text for cell in row.all("td[data-key]")] for row in rows]
    direct = {a: sum(origin == a for origin in origins.values()) for a in set(origins.values())}
    counts = sorted(((direct[a], len(below(a, origins))) for a in direct), reverse=True)
    assert sorted(((int(d), int(a)) for d, a in said), reverse=True) == counts[:20]
    assert [int(d) for d, _ in said] == sorted((int(d) for d, _ in said), reverse=True)
    assert any(learners < everyone for learners, everyone in counts), "some family has three generations"


# --- stops --------------------------------------------------------------------------


def test_every_stopped_model_is_listed(large_portal: Path, profiles: Profiles) -> None:
    rows = read_page(large_portal / "site", STOPPED).all("table[data-list=stopped] tbody tr")
    stopped = {
        p["title"]: p["history"][-1]["date"] if "history" in p else p.get("ended", "")
        for p in profiles.values()
        if p["status"] == "stopped"
    }
    shown = {row.one("th").text: [t.attributes["datetime"] for t in row.all("time")] for row in rows}
    assert shown == {title: [day] if day else [] for title, day in stopped.items()}
    assert len(rows) == len(stopped) >= 20
    days = [_last_day(day) for days in shown.values() for day in days]
    assert days == sorted(days, reverse=True)
    assert all("nguồn không nêu lý do" in row.text for row in rows)


def _last_day(said: str) -> tuple[int, ...]:
    return tuple(int(part) for part in [*said.split("-"), "99", "99"][:3])


def test_a_stop_with_its_reason(second_copy: Path) -> None:
    profile = second_copy / "docs/mo-hinh/vung-dong/giot-dong.md"
    replace_once(profile, "status: recognised\n", "status: stopped\n")
    stop = '- {status: stopped, date: 2025-06, by: "Ban A & B", document: ke-hoach-thu, note: "Hết người hiến."}'
    replace_once(profile, "document: ke-hoach-thu}\n", f"document: ke-hoach-thu}}\n{stop}\n")
    built(second_copy)
    main = read_page(second_copy / "site", STOPPED)
    (row,) = main.all("table[data-list=stopped] tbody tr")
    said = [row.one("th").text, *(cell.text for cell in row.all("td"))]
    assert said[0] == "Giọt Đồng"
    assert said[1:3] == ["06/2025", "Hết người hiến."]
    assert said[4].startswith("Ban A & B; ")
    link = next(iter(main.one("table[data-list=stopped]").all("th[scope=row] a")))
    assert link.attributes["href"] == "../../mo-hinh/vung-dong/giot-dong/"


def test_without_stops_and_lineage_the_pages_say_so(second_portal: Path) -> None:
    assert "Chưa có mô hình nào đưa ra khỏi danh sách." in read_page(second_portal / "site", STOPPED).text
    assert "Chưa có hồ sơ nào ghi là học từ một mô hình khác." in read_page(second_portal / "site", FAMILIES).text


def test_both_pages_are_linked_from_the_statistics_and_the_map(second_portal: Path) -> None:
    for page in ("/thong-ke/", "/so-do/"):
        links = {a.text for a in read_page(second_portal / "site", page).all("a")}
        assert links >= {"Mô hình đưa ra khỏi danh sách", "Mô hình được nhân rộng"}, page


# --- timelines and milestones -----------------------------------------------------------


def test_every_history_is_a_timeline_whose_last_step_is_now(large_portal: Path, profiles: Profiles) -> None:
    compared = 0
    for address, profile in profiles.items():
        steps = read_page(large_portal / "site", address).all("ol.portal-timeline li")
        history = profile.get("history", [])
        assert [step.one("time").attributes["datetime"] for step in steps] == [entry["date"] for entry in history]
        current = [step.attributes.get("aria-current") == "step" for step in steps]
        assert current == [False] * (len(history) - 1) + [True] * bool(history)
        assert ["(hiện nay)" in step.text for step in steps] == current
        compared += len(steps)
    assert compared > 100


def test_the_table_of_milestones_says_what_it_counts(second_portal: Path) -> None:
    caption = read_page(second_portal / "site", "/thong-ke/").one("table[data-table=moc-theo-nam] caption").text
    assert caption == (
        "Mốc của mô hình theo năm và trạng thái. Đếm các mốc có ghi ngày trong quá trình của từng hồ sơ, mỗi mốc một "
        "lần ở năm của nó: một mô hình có nhiều mốc được đếm nhiều lần, năm không có mốc thì không đếm. Mốc “đề xuất” "
        "không đếm. Số hồ sơ không ghi mốc nào, không có trong bảng này: 1."
    )


def test_warnings_do_not_stop_a_build(second_copy: Path) -> None:
    replace_once(second_copy / "docs/mo-hinh/nhom-hiem.md", "published: 2026-01-05", "published: 2025-01-05")
    assert [warning.path for warning in build_site(second_copy, NOW).beside.warnings] == ["docs/mo-hinh/nhom-hiem.md"]
    built(second_copy)
