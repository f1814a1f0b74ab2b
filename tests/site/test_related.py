""" "Đọc thêm": the relation of two records is symmetric, and what is shown is the strongest and newest there is."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import combinations
from pathlib import Path
from urllib.parse import urljoin

import pytest
from html_tree import read_main
from hypothesis import given, settings
from hypothesis import strategies as st
from portal.related import AT_MOST, Reason, Related, Subject, reason_of
from portals import NOW
from recount_lists import VIETNAM, Lists, lists_of, read_front_matter
from recount_models import facts_on, read_page, similar_on

ADDRESSES = [f"/r{number}/" for number in range(16)]
SAID = {
    "Cùng mô hình": 0,
    "Cùng địa bàn và lĩnh vực": 1,
    "Cùng địa bàn": 2,
    "Cùng lĩnh vực": 3,
}


def _subjects(count: int, seed: int) -> list[Subject]:
    """Few models, places, fields and days, so that many records are related and many are of one day."""
    chance = random.Random(seed)

    def some(names: Sequence[str]) -> frozenset[str]:
        return frozenset(chance.sample(names, chance.choice((0, 1, 1, 2))))

    return [
        Subject(address, (chance.randrange(4),), some("mn"), some("uvw"), some("fg"), mentions=some(ADDRESSES))
        for address in chance.sample(ADDRESSES, count)
    ]


SUBJECTS = st.builds(_subjects, st.integers(1, len(ADDRESSES)), st.integers(0, 2**32))


def _rank(one: Subject, other: Subject) -> int | None:
    """The rule anew: same model, unit and field, unit, field; never itself, nor what its page names anyway."""
    if one.address == other.address or one.address in other.mentions or other.address in one.mentions:
        return None
    unit, field = one.units & other.units, one.fields & other.fields
    held = (one.models & other.models, unit and field, unit, field)
    return next((rank for rank, holds in enumerate(held) if holds), None)


@given(SUBJECTS)
@settings(max_examples=150, deadline=None)
def test_what_is_shown_is_what_comparing_all_pairs_gives(given_subjects: list[Subject]) -> None:
    related = Related(given_subjects)
    reasons = list(Reason)
    for one in given_subjects:
        ranked = [(rank, o.order, o.address) for o in given_subjects if (rank := _rank(one, o)) is not None]
        expected = [(address, reasons[rank]) for rank, _, address in sorted(ranked)[:6]]
        assert [(other.address, reason) for other, reason in related.to(one)] == expected


@given(SUBJECTS)
@settings(max_examples=150, deadline=None)
def test_the_relation_is_symmetric(given_subjects: list[Subject]) -> None:
    for one, other in combinations(given_subjects, 2):
        assert reason_of(one, other) is reason_of(other, one)
    for one in given_subjects:
        assert reason_of(one, one) is None


@given(SUBJECTS)
@settings(max_examples=150, deadline=None)
def test_what_is_shown_holds_both_ways_and_leaves_out_nothing_stronger(given_subjects: list[Subject]) -> None:
    related, order = Related(given_subjects), list(Reason)
    for one in given_subjects:
        shown = related.to(one)
        addresses = [other.address for other, _ in shown]
        assert len(shown) <= AT_MOST == 6
        assert one.address not in addresses
        assert len(set(addresses)) == len(addresses)
        keys = [(order.index(reason), other.order) for other, reason in shown]
        assert keys == sorted(keys)
        for other, reason in shown:
            assert reason_of(other, one) is reason
        left_out = [
            (order.index(reason), other.order)
            for other in given_subjects
            if other.address not in addresses and (reason := reason_of(one, other))
        ]
        assert not left_out or (len(shown) == 6 and min(left_out) >= keys[-1])


@given(SUBJECTS, st.randoms())
@settings(max_examples=150, deadline=None)
def test_the_order_in_which_records_are_read_does_not_matter(given_subjects: list[Subject], chance) -> None:
    mixed = list(given_subjects)
    chance.shuffle(mixed)
    assert [Related(mixed).to(one) for one in given_subjects] == [
        Related(given_subjects).to(one) for one in given_subjects
    ]


# --- the pages of a whole site ----------------------------------------------------


@dataclass(frozen=True)
class Shown:
    """What the page of a record prints under "Đọc thêm": addresses and reasons, in order."""

    addresses: tuple[str, ...]
    reasons: tuple[str, ...]


@pytest.fixture(scope="module")
def lists(large_portal: Path) -> Lists:
    return lists_of(large_portal, NOW)


@pytest.fixture(scope="module")
def shown(large_portal: Path) -> dict[str, Shown]:
    """Of every page of a record."""
    site = large_portal / "site"
    found = {}
    for file in (*site.glob("tin-tuc/*/bai-*/index.html"), *site.glob("mo-hinh/**/mo-hinh-*/index.html")):
        address = "/" + file.relative_to(site).as_posix().removesuffix("index.html")
        main = read_main(file.read_text(encoding="utf-8"))
        cards = main.all("section[data-list=related] li.portal-card")
        found[address] = Shown(
            tuple(urljoin(address, card.one("h3 a").attributes["href"]) for card in cards),
            tuple(card.one("p.portal-card__reason").text for card in cards),
        )
    return found


@pytest.fixture(scope="module")
def subjects_of(large_portal: Path, lists: Lists) -> dict[str, Subject]:
    """By address, what each listed record is about, from the editors' files."""
    model_at = {address.split("/")[-2]: address for address in lists["/mo-hinh/"].models}
    articles = {address: time for members in lists.values() for address, time in members.articles.items()}
    found = {}
    for address, time in {**articles, **lists["/mo-hinh/"].models}.items():
        keys = read_front_matter(large_portal / f"docs{address.rstrip('/')}.md")
        own = address in lists["/mo-hinh/"].models
        models = [address.split("/")[-2]] if own else keys.get("models", [])
        found[address] = Subject(
            address=address,
            order=_day_order(time if own or time is None else _day(time)),
            models=frozenset(models),
            units=frozenset([keys["unit"]] if own else keys.get("units", [])),
            fields=frozenset(([keys["field"]] if "field" in keys else []) if own else keys.get("fields", [])),
            mentions=_named_by_page(large_portal / "site", address)
            if own
            else frozenset(model_at[slug] for slug in models if slug in model_at),
        )
    return found


def _named_by_page(site: Path, address: str) -> frozenset[str]:
    """The models the page of a model names anyway: similar ones, and its lineage."""
    main = read_page(site, address)
    kin = facts_on(address, main)
    kin.pop("Họ mô hình", None)
    return frozenset({card.address for card in similar_on(address, main)}.union(*kin.values()))


def _day(time: float) -> float:
    """The day in Viet Nam, as a number."""
    return float(datetime.fromtimestamp(time, VIETNAM).toordinal())


def _day_order(day: float | None) -> tuple[int, float]:
    """The newest first, what has no date last."""
    return (1, 0) if day is None else (0, -day)


def test_reasons_agree_wherever_both_directions_are_printed(shown: dict[str, Shown], record_property) -> None:
    printed = {
        (address, to): reason
        for address, related in shown.items()
        for to, reason in zip(related.addresses, related.reasons, strict=True)
    }
    both = [(pair, reason) for pair, reason in printed.items() if pair[::-1] in printed]
    record_property("recount", f"{len(printed)} printed relations, {len(both)} of them in both directions")
    assert len(both) > 500
    assert [pair for pair, reason in both if printed[pair[::-1]] != reason] == []
    assert len({reason for _, reason in both}) >= 3
    assert set(printed.values()) == set(SAID)


def test_every_printed_reason_holds_and_none_is_stronger(
    shown: dict[str, Shown], subjects_of: dict[str, Subject]
) -> None:
    """Counted anew over all pairs of all records that are listed."""
    ranks: dict[str, dict[str, int]] = {address: {} for address in subjects_of}
    for one, other in combinations(subjects_of.values(), 2):
        if (rank := _rank(one, other)) is not None:
            ranks[one.address][other.address] = ranks[other.address][one.address] = rank
    for address, of in ranks.items():
        related = shown[address]
        assert [of.get(to) for to in related.addresses] == [SAID[reason] for reason in related.reasons], address
        assert [SAID[reason] for reason in related.reasons] == sorted(of.values())[:6], address
        orders = [
            (SAID[reason], subjects_of[to].order, to)
            for to, reason in zip(related.addresses, related.reasons, strict=True)
        ]
        assert orders == sorted(orders), address
        weakest = [subjects_of[to].order for to, rank in of.items() if rank == SAID[related.reasons[-1]]] if of else []
        last = [order for rank, order, _ in orders if rank == orders[-1][0]]
        assert last == sorted(weakest)[: len(last)], address


def test_an_expired_article_is_related_to_nothing(shown: dict[str, Shown], subjects_of: dict[str, Subject]) -> None:
    expired = shown.keys() - subjects_of.keys()
    assert len(expired) >= 10
    assert [address for address in sorted(expired) if shown[address].addresses] == []
    assert [address for address, related in shown.items() if expired & set(related.addresses)] == []
