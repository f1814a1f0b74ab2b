"""Names of places as people write them: their order, slugs and spellings, from names.txt."""

from __future__ import annotations

import random
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from portal.text import fold, match_key, nfc, slugify, sort_key

FILE = Path(__file__).parent / "names.txt"


@dataclass(frozen=True)
class Name:
    text: str
    slug: str
    others: tuple[str, ...]

    @property
    def spellings(self) -> Iterator[str]:
        """The name in every form that reaches us: as typed, by a Mac, in capitals, as NFD in capitals, spaced, and the
        other spellings of the file."""
        for text in (self.text, *self.others):
            yield text
            yield unicodedata.normalize("NFD", text)
            yield text.upper()
            yield unicodedata.normalize("NFKD", text.lower())
            yield f" {text.replace(' ', '  ')}\u00a0"


def _names() -> Iterator[Name]:
    for line in FILE.read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            text, slug, *others = (field.strip(" ") for field in line.split("|"))
            yield Name(text, slug, tuple(other.strip(" ") for field in others for other in field.split(";")))


NAMES = tuple(_names())


def test_the_file_holds_what_it_is_for() -> None:
    assert len({name.text for name in NAMES}) == len(NAMES) >= 200
    letters = Counter(nfc(name.text[0]) for name in NAMES)
    assert {"Đ", "Ă", "Ơ", "Ư", "Ô", "Ê", "Â"} & {letter for name in NAMES for letter in nfc(name.text).upper()} == set(
        "ĐĂƠƯÔÊÂ"
    )
    assert letters["Đ"] >= 20
    tones = Counter(mark for name in NAMES for mark in unicodedata.normalize("NFD", name.text))
    assert min(tones[mark] for mark in "\u0300\u0309\u0303\u0301\u0323") >= 10
    assert sum(len(name.others) for name in NAMES) >= 48
    assert sum("ƣ" in other.lower() for name in NAMES for other in name.others) >= 18


@pytest.mark.parametrize("seed", range(5))
def test_the_order_is_the_files_whatever_order_and_normal_form_they_come_in(seed: int) -> None:
    chance = random.Random(seed)
    mixed = [chance.choice((nfc, lambda text: unicodedata.normalize("NFD", text)))(name.text) for name in NAMES]
    chance.shuffle(mixed)
    assert [nfc(text) for text in sorted(mixed, key=sort_key)] == [name.text for name in NAMES]


@pytest.mark.parametrize("name", NAMES, ids=lambda name: name.slug)
def test_every_spelling_has_the_slug_and_is_the_name(name: Name) -> None:
    assert {slugify(text) for text in name.spellings} == {name.slug}
    assert {match_key(text) for text in name.spellings} == {match_key(name.text)}
    assert {fold(text) for text in (name.text, unicodedata.normalize("NFD", name.text).upper())} == {fold(name.text)}


def test_every_other_spelling_sorts_beside_its_name() -> None:
    """Between the name before and the name after, so a list of mixed spellings is in order too."""
    for before, name, after in zip(NAMES, NAMES[1:], NAMES[2:], strict=False):
        for text in name.spellings:
            assert sort_key(before.text)[:2] <= sort_key(text)[:2] <= sort_key(after.text)[:2]


def test_spellings_are_grouped_into_the_names() -> None:
    """All spellings of all names together fall into as many groups as there are names: none is taken for another."""
    groups: dict[str, set[str]] = {}
    for name in NAMES:
        for text in name.spellings:
            groups.setdefault(match_key(text), set()).add(name.text)
    assert [found for found in groups.values() if len(found) > 1] == []
    assert len(groups) == len(NAMES)


def test_names_that_only_share_their_letters_without_marks_share_slug_and_folding_alone() -> None:
    shared: dict[str, list[str]] = {}
    for name in NAMES:
        shared.setdefault(name.slug, []).append(name.text)
    assert [names for names in shared.values() if len(names) > 1] == [["Thạch Hà", "Thạch Hạ"]]
    assert fold("Thạch Hà") == fold("Thạch Hạ") == "thach ha"


def test_the_place_of_a_tone_mark_does_not_change_the_order() -> None:
    assert sorted(["hoạ", "hóa", "hoà", "hoa", "hòa", "hoá", "họa"], key=sort_key)[0] == "hoa"
    assert [sort_key(text)[1] for text in ("hòa", "hoà", "hoá", "hóa")] == [(1,), (1,), (4,), (4,)]


@given(st.integers(0, 10**30), st.integers(0, 10**30))
def test_numbers_in_names_stand_by_their_value(one: int, other: int) -> None:
    assert (sort_key(f"Phường {one}")[:2] < sort_key(f"Phường {other}")[:2]) == (one < other)


def test_numbers_stand_before_letters_and_after_the_end() -> None:
    assert sorted(["Tổ A", "Tổ 10", "Tổ", "Tổ 02", "Tổ 1"], key=sort_key) == ["Tổ", "Tổ 1", "Tổ 02", "Tổ 10", "Tổ A"]
