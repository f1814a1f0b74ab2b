"""Transitions, lineage, doubles and similar models, each against the plainest way of saying the same."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable
from datetime import date, timedelta
from itertools import pairwise, product
from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from portal.double_registration import Entry, doubles, entry_of, nearly_agree, places_today, same_model
from portal.lifecycle import GOING_ON, check_transitions, months_before, stops
from portal.lineage import Lineage, check_lineage
from portal.schema.content import ModelStatus, Profile
from portal.similar import AT_MOST, Model, SimilarModels, Trait, pairs_of, shared_by
from portal.source import ContentFile, Sources
from portal.territory import Territory
from portal.transitions import FOLLOWERS


def _file(slug: str, **keys: object) -> ContentFile[Profile]:
    text = "title: a\nunit: u\nstatus: reported\nreplicated_from: x\n"
    said = {"title": slug, "summary": "s", "unit": "u", "status": "reported", **keys}
    return ContentFile(f"docs/mo-hinh/{slug}.md", f"/mo-hinh/{slug}/", slug, Profile.model_validate(said), b"", 6, text)


# --- transitions ----------------------------------------------------------------

# The whole table anew, a row for each status: which of the statuses (in the order of the schema) may follow it
# at any time (x), and which from the next year on (y).
TABLE = """
                reported proposed registered appraised recognised exemplary replicated maintained paused stopped rejected
reported            x        x         x         x          x         x         x          x         x      x        x
proposed            .        .         x         x          x         .         .          .         .      .        x
registered          .        .         x         x          x         x         x          x         x      x        x
appraised           .        .         y         x          x         x         x          x         x      x        x
recognised          .        .         y         y          x         x         x          x         x      x        .
exemplary           .        .         y         y          x         x         x          x         x      x        .
replicated          .        .         y         y          x         x         x          x         x      x        .
maintained          .        .         y         y          x         x         x          x         x      x        .
paused              .        .         x         .          x         .         .          x         .      x        .
stopped             .        .         .         .          .         .         .          .         .      .        .
rejected            .        y         y         y          .         .         .          .         .      .        .
"""


def _table() -> dict[tuple[str, str], str]:
    heads, *rows = (line.split() for line in TABLE.strip().splitlines())
    return {(row[0], after): mark for row in rows for after, mark in zip(heads, row[1:], strict=True)}


def _mark(before: ModelStatus, after: ModelStatus) -> str:
    followers = FOLLOWERS[before]
    return "x" * (after in followers.at_any_time) + "y" * (after in followers.from_next_year) or "."


def test_every_pair_of_statuses_is_decided_once() -> None:
    assert set(FOLLOWERS) == set(ModelStatus)
    assert _table() == {(a.value, b.value): _mark(a, b) for a, b in product(ModelStatus, repeat=2)}
    for followers in FOLLOWERS.values():
        every = (*followers.at_any_time, *followers.from_next_year)
        assert len(set(every)) == len(every)


def test_only_the_end_has_nothing_after_it() -> None:
    ends = [status for status, after in FOLLOWERS.items() if not after.at_any_time and not after.from_next_year]
    assert ends == [ModelStatus.STOPPED]
    assert {status.value for status in set(ModelStatus) - GOING_ON} == {"proposed", "paused", "stopped", "rejected"}


DATES = st.builds(
    lambda day, exactness: day.isoformat()[: (4, 7, 10)[exactness]],
    st.dates(date(2022, 1, 1), date(2024, 12, 31)) | st.dates(date(1, 1, 1), date(9999, 12, 31)),
    st.integers(0, 2),
)


@given(st.lists(st.tuples(st.sampled_from(list(ModelStatus)), DATES), min_size=1, max_size=8))
def test_a_history_has_as_many_faults_as_steps_the_table_forbids(steps: list[tuple[ModelStatus, str]]) -> None:
    history = [{"status": status.value, "date": day} for status, day in steps]
    profile = _file("a", status=steps[-1][0].value, history=history)
    table = _table()
    wrong = {}
    for n, ((before, first), (after, then)) in enumerate(pairwise(steps), start=2):
        mark = table[before.value, after.value]
        if mark == "." or (mark == "y" and int(then[:4]) <= int(first[:4])):
            wrong[f"history[{n}].status"] = f"từ năm {int(first[:4]) + 1} trở đi thì được" if mark == "y" else ""
    told = list(check_transitions(profile))
    assert [problem.key for problem in told] == list(wrong)
    for problem in told:
        assert problem.hint.startswith(wrong[problem.key])
        assert ("trở đi thì được" in problem.hint) == bool(wrong[problem.key])


@given(st.dates(date(1990, 1, 1), date(2100, 12, 31)), st.integers(0, 600))
def test_months_before(day: date, months: int) -> None:
    before = months_before(day, months)
    assert (day.year - before.year) * 12 + day.month - before.month == months
    assert before.day == day.day or (before.day < day.day and (before + timedelta(days=1)).day == 1)


def test_stops_are_the_latest_first_and_those_without_a_date_last() -> None:
    def stopped(slug: str, **keys: object) -> ContentFile[Profile]:
        return _file(slug, status="stopped", **keys)

    entry = {"status": "stopped", "date": "2024-05-17", "note": "Hết vốn."}
    found = stops(
        [
            stopped("a"),
            stopped("b", ended="2023"),
            stopped("c", ended="2020", history=[entry]),
            _file("d"),
            stopped("e", ended="2025-01"),
            stopped("f", ended="2023-12-31"),
        ]
    )
    said = [(stop.profile.slug, str(stop.when), stop.entry.note if stop.entry else "") for stop in found]
    assert said == [
        ("e", "2025-01", ""),
        ("c", "2024-05-17", "Hết vốn."),
        ("b", "2023", ""),
        ("f", "2023-12-31", ""),
        ("a", "None", ""),
    ]


# --- lineage --------------------------------------------------------------------

SLUGS = [f"m{number}" for number in range(9)]
ORIGINS = st.lists(st.sampled_from([None, *SLUGS, "unknown"]), min_size=9, max_size=9)


def _learning(origins: Iterable[str | None]) -> list[ContentFile[Profile]]:
    return [_file(s, **({"replicated_from": o} if o else {})) for s, o in zip(SLUGS, origins, strict=True)]


def _above(slug: str, origin_of: dict[str, str | None]) -> list[str]:
    """The models one goes back to, itself the last if it does so in a loop."""
    found: list[str] = []
    at = origin_of.get(slug)
    while at in origin_of and at not in found:
        found.append(at)
        at = origin_of[at]
    return found


@given(ORIGINS)
def test_each_loop_is_told_once_and_nothing_else(origins: list[str | None]) -> None:
    origin_of = dict(zip(SLUGS, origins, strict=True))
    loops = {frozenset(_above(s, origin_of)) for s in SLUGS if s in _above(s, origin_of)}
    files = _learning(origins)
    problems = list(check_lineage(Sources((), tuple(files), (), (), frozenset(), ())))
    told = [frozenset(p.message.partition(": ")[2].replace("`", "").split(" → ")) for p in problems]
    assert sorted(map(sorted, told)) == sorted(sorted(loop) for loop in loops if len(loop) > 1)
    assert [p.path for p in problems] == [f"docs/mo-hinh/{min(loop)}.md" for loop in told]


@given(ORIGINS, st.randoms())
def test_families_hold_everyone_who_learnt_once_below_his_origin(origins: list[str | None], chance) -> None:
    # Only from an earlier one: no loops.
    origin_of = {s: o if o in SLUGS and o < s else None for s, o in zip(SLUGS, origins, strict=True)}
    files = _learning(origin_of.values())
    chance.shuffle(files)
    lineage = Lineage(files)
    there = [kin.profile.slug for family in lineage.families for kin in family.members]
    assert sorted(there) == sorted(s for s in SLUGS if origin_of[s] or s in origin_of.values())
    assert len(set(there)) == len(there)
    for family in lineage.families:
        way: list[str] = []
        for kin in family.members:
            slug = kin.profile.slug
            way[kin.depth :] = [slug]
            assert way == [*reversed(_above(slug, origin_of)), slug]
            assert kin.learners == sum(origin == slug for origin in origin_of.values())
            assert kin.descendants == sum(slug in _above(other, origin_of) for other in SLUGS)
            assert lineage.root_of(kin.profile) is family.root
    sizes = [len(family.members) for family in lineage.families]
    assert sizes == sorted(sizes, reverse=True)
    most = [(-kin.learners, kin.profile.record.title) for kin in lineage.most_replicated]
    assert most == sorted(most)
    assert {slug for _, slug in most} == {origin for origin in origin_of.values() if origin}


def test_a_chain_of_ten_thousand_is_no_matter() -> None:
    files = [_file("c0"), *(_file(f"c{n}", replicated_from=f"c{n - 1}") for n in range(1, 10_000))]
    assert list(check_lineage(Sources((), tuple(files), (), (), frozenset(), ()))) == []
    (family,) = Lineage(files).families
    assert [kin.depth for kin in family.members] == list(range(10_000))
    assert family.members[0].descendants == 9_999
    ring = [_file("c0", replicated_from="c9999"), *files[1:]]
    assert len(list(check_lineage(Sources((), tuple(ring), (), (), frozenset(), ())))) == 1


# --- doubles --------------------------------------------------------------------

WORDS = ["rac", "thai", "tai", "nguon", "duong", "hoa", "to", "tu", "quan", "so", "1", "2"]
# `y` and `x` became `w`, `v` was divided into `w` and `z`; `u` is a larger unit, which is there still.
TODAY = {
    slug: frozenset(became) for slug, became in {"u": "u", "v": "wz", "w": "w", "x": "w", "y": "w", "z": "z"}.items()
}


def _entries(count: int, seed: int) -> tuple[Entry, ...]:
    chance = random.Random(seed)
    return tuple(
        entry_of(
            _file(
                f"m{number:03}",
                title=" ".join(chance.sample(WORDS, chance.choice((1, 2, 3, 4, 5, 8)))),
                unit=chance.choice("uvwz"),
                communes=chance.choice(([], [], ["v"], ["x", "y"], ["y"], ["w"], ["z"])),
                **({"organisation": chance.choice(("Hội A", "hội a xã B", "Đoàn"))} if chance.random() < 0.4 else {}),
                **({"replicated_from": f"m{chance.randrange(count):03}"} if chance.random() < 0.1 else {}),
            ),
            TODAY,
        )
        for number in range(count)
    )


@given(st.builds(_entries, st.integers(1, 40), st.integers(0, 2**32)))
@settings(max_examples=150, deadline=None)
def test_doubles_are_what_comparing_all_pairs_gives(entries: tuple[Entry, ...]) -> None:
    expected = []
    for number, entry in enumerate(entries):
        first = next((other for other in entries[:number] if same_model(other, entry)), None)
        if first:
            expected.append((first.profile.slug, entry.profile.slug))
    assert [(first.slug, later.slug) for first, later in doubles(entries)] == expected


@given(st.builds(_entries, st.integers(2, 12), st.integers(0, 2**32)))
@settings(max_examples=100, deadline=None)
def test_being_one_model_is_symmetric(entries: tuple[Entry, ...]) -> None:
    for one, other in product(entries, repeat=2):
        assert same_model(one, other) == same_model(other, one)


@pytest.mark.parametrize(
    ("one", "other", "agree"),
    [
        ("a b c", "a b c", True),
        ("a b c", "a b c d", True),
        ("a b c", "a b d", False),
        ("a b c d e f g", "a b c d e f h", True),
        ("a b c d e f 1", "a b c d e f 2", False),
        ("a b c d e f", "a b c d e f 2", False),
        ("a", "b", False),
    ],
)
def test_three_quarters_of_the_words_and_every_number(one: str, other: str, agree: bool) -> None:
    assert nearly_agree(frozenset(one.split()), frozenset(other.split())) is agree


SYLLABLES = [f"w{chr(97 + n % 26)}{chr(97 + n // 26)}" for n in range(400)]
DOUBLES_OF_MANY = {"of 400 syllables": 1, "told apart by a number": 0, "all the same": 9_999}
TITLES_OF_MANY: dict[str, Callable[[random.Random, int], str]] = {
    "of 400 syllables": lambda chance, _: " ".join(chance.sample(SYLLABLES, chance.choice((3, 5, 8)))),
    "told apart by a number": lambda _, number: f"Tổ dân phố tự quản số {number}",
    "all the same": lambda *_: "Phân loại rác thải tại nguồn",
}


@pytest.mark.parametrize("titles", TITLES_OF_MANY)
def test_ten_thousand_profiles_of_one_unit_take_seconds(titles: str, record_property) -> None:
    """One unit is the worst there is: places tell nothing apart. All pairs would take minutes."""
    chance = random.Random(20261122)
    files = tuple(_file(f"m{n}", title=TITLES_OF_MANY[titles](chance, n)) for n in range(10_000))
    today = places_today(files, Territory(()), date(2026, 11, 22))
    entries = tuple(entry_of(file, today) for file in files)
    began = process_time()
    found = list(doubles(entries))
    took = process_time() - began
    record_property("recount", f"{took:.2f} s, {len(found)} doubles")
    assert took < 10
    assert len(found) == DOUBLES_OF_MANY[titles]


def test_ten_thousand_profiles_of_two_hundred_communes_that_became_one_take_seconds(record_property) -> None:
    """One title for all: told apart by the commune of their day alone, although all lie in one today."""
    communes, title = [f"xa-{n}" for n in range(200)], TITLES_OF_MANY["all the same"](random.Random(), 0)
    today = {slug: frozenset({"xa-nay"}) for slug in communes}
    files = (_file(f"m{n}", title=title, unit=communes[n % 200]) for n in range(10_000))
    entries = tuple(entry_of(file, today) for file in files)
    began = process_time()
    found = list(doubles(entries))
    took = process_time() - began
    record_property("recount", f"{took:.2f} s, {len(found)} doubles")
    assert took < 10
    assert len(found) == 10_000 - len(communes)


# --- similar models ---------------------------------------------------------------

TITLES = [
    "rác thải",
    "rác thải nhựa",
    "Nhựa thải",
    "An ninh",
    "an-ninh trật tự",
    "Mô hình",
    "số 1 2",
    "Hoà giải",
    "hòa giải",
]


def _models(count: int, seed: int) -> list[Model]:
    chance = random.Random(seed)

    def some(names: str) -> frozenset[str]:
        return frozenset(chance.sample(names, chance.choice((0, 1, 1, 2))))

    addresses = [f"/r{number}/" for number in range(count)]
    models = []
    for address in addresses:
        title = ", ".join(chance.sample(TITLES, 2))
        values: dict[Trait, frozenset[str]] = {
            Trait.FIELD: frozenset(sorted(some("fg"))[:1]),
            Trait.AREA: some("ab"),
            Trait.ORGANISATION: frozenset(sorted(some("op"))[:1]),
            Trait.TITLE: pairs_of(title),
        }
        names = frozenset(a for a in addresses if chance.random() < 0.05)
        models.append(Model(address, (chance.randrange(4),), title, tuple((t, values[t]) for t in Trait), names))
    return models


def _how_many(one: Model, other: Model) -> int:
    if one.address == other.address or one.address in other.names or other.address in one.names:
        return 0
    return sum(bool(own & its) for (_, own), (_, its) in zip(one.traits, other.traits, strict=True))


@given(st.builds(_models, st.integers(1, 25), st.integers(0, 2**32)))
@settings(max_examples=150, deadline=None)
def test_similar_models_are_what_comparing_all_pairs_gives(models: list[Model]) -> None:
    similar = SimilarModels(models)
    for one in models:
        ranked = [(-n, other.order, other.address) for other in models if (n := _how_many(one, other)) >= 2]
        found = similar.to(one)
        assert [s.model.address for s in found] == [address for _, _, address in sorted(ranked)[:AT_MOST]]
        for s in found:
            back = shared_by(s.model, one)
            assert back is not None and back.shared == s.shared
            assert len(s.shared) >= 2
            assert bool(s.words) == (Trait.TITLE in s.shared)


@pytest.mark.parametrize(
    ("one", "other", "said"),
    [
        ("Phân loại rác thải tại nguồn", "Thu gom Rác Thải", ("rác thải",)),
        ("Xây dựng nông thôn mới", "nông thôn mới kiểu mẫu", ("nông thôn mới",)),
        ("Tổ hòa giải", "HOÀ GIẢI ở cơ sở", ("hoà giải",)),
        ("Mô hình trồng sen", "Mô hình trồng mía", ()),
        ("Mô hình sen", "Mô hình “sen”", ()),
        ("Rác, thải", "Rác thải", ()),
        ("Bàn tay", "Bán tay", ()),
        ("Camera an-ninh", "Tổ an ninh và đường hoa", ("an ninh",)),
        ("Đường hoa, camera an ninh", "An ninh trên đường hoa", ("an ninh", "đường hoa")),
        ("Số 1 2", "Tổ 1 2", ()),
        ("Hai - ba", "hai ba", ()),
    ],
)
def test_words_in_both_titles(
    one: str, other: str, said: tuple[str, ...], always_alike: Callable[[str], Model]
) -> None:
    similar = shared_by(always_alike(one), always_alike(other))
    assert similar is not None
    assert similar.words == said


@pytest.fixture
def always_alike() -> Callable[[str], Model]:
    def model(title: str) -> Model:
        same = frozenset({"x"})
        traits = ((Trait.FIELD, same), (Trait.AREA, same), (Trait.ORGANISATION, frozenset()))
        return Model(f"/{title}/", (), title, (*traits, (Trait.TITLE, pairs_of(title))))

    return model


def test_the_reason_names_what_is_shared(always_alike: Callable[[str], Model]) -> None:
    one = always_alike("Rác thải nhựa")
    for other, said in (
        ("Gom rác thải", "cùng lĩnh vực, vùng đặc thù; cùng từ trong tên: rác thải"),
        ("Sen", "cùng lĩnh vực, vùng đặc thù"),
    ):
        similar = shared_by(one, always_alike(other))
        assert similar is not None
        assert similar.reason == said
