"""Cards for sharing as networks take them: the right kind of file, all text within the margins and readable, whatever a
campaign is called; drawn again only when something else stands on them."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from io import BytesIO
from itertools import pairwise
from pathlib import Path

import pytest
from drawing.cache import Cache
from drawing.card_files import CARD, CardFiles
from drawing.colours import contrast
from drawing.sharing_cards import HEIGHT, INK, MARGIN, WIDTH, Artist, Composition
from drawing.workers import beside, crumbled, processes_for
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageChops
from portal.registers import read_data
from portal.sharing import SharingCard, SharingCards

PROJECT = Path(__file__).parents[2]
ARTIST = Artist()

PLAIN = SharingCard("go--mot", "#1557a0", "Dân vận khéo", "Mô hình", "Kinh tế", "Tỉnh Nghệ An", "example.org")
NAME_OF_120 = "Cổng thông tin phong trào thi đua “Dân vận khéo” của Ban Dân vận, Ủy ban nhân dân, Mặt trận Tổ quốc tỉnh và các huyện"
LONG = (
    replace(PLAIN, title="Xây dựng hệ thống chính trị", place="Thành phố Hồ Chí Minh", campaign=NAME_OF_120),
    replace(PLAIN, title=NAME_OF_120, campaign="", kind="", place="Tin, mô hình và số liệu có thể kiểm chứng"),
    replace(PLAIN, title="Học tập và làm theo tư tưởng, đạo đức, phong cách Hồ Chí Minh", place=""),
    replace(PLAIN, title="XÂY DỰNG HỆ THỐNG CHÍNH TRỊ TRONG SẠCH, VỮNG MẠNH Ở ẤP, ẬP, Ổ"),
    replace(PLAIN, place="Thành phố trực thuộc trung ương Bà Rịa - Vũng Tàu và Thừa Thiên Huế"),
    replace(PLAIN, site="phong-trao-thi-dua-dan-van-kheo.mat-tran-to-quoc.nghe-an.example/cong-thong-tin"),
    replace(PLAIN, title="Tiếng" * 40),
)


def _own() -> list[SharingCard]:
    """Every card that the project's own registers can give."""
    registers, problems = read_data(PROJECT)
    assert problems == []
    assert registers.campaign is not None
    cards = SharingCards(registers, registers.campaign.record)
    provinces = [None, *(unit.slug for unit in registers.units if unit.level == "province")]
    fields = [None, *(field.slug for field in registers.fields)]
    found = {card.path: card for field in fields for p in provinces if (card := cards.card_for_profile(field, p))}
    return [*found.values(), *(cards.card_for_article(category.slug) for category in registers.categories)]


OWN = _own()


# --- the file ---------------------------------------------------------------------------


def _segments(data: bytes) -> Iterator[tuple[int, bytes]]:
    """The marker segments of a JPEG file up to its first scan, as ITU-T T.81 (B.1.1) writes them."""
    assert data[:2] == b"\xff\xd8"
    at = 2
    while True:
        assert data[at] == 0xFF
        kind, size = data[at + 1], int.from_bytes(data[at + 2 : at + 4], "big")
        yield kind, data[at + 4 : at + 2 + size]
        if kind == 0xDA:
            return
        at += 2 + size


@pytest.mark.parametrize("card", [*OWN, *LONG], ids=lambda card: card.path)
def test_a_card_is_a_small_baseline_jpeg_without_metadata(card: SharingCard) -> None:
    data = ARTIST.draw(card)
    assert len(data) <= 80_000
    segments = list(_segments(data))
    assert {kind for kind, _ in segments} == {0xE0, 0xDB, 0xC0, 0xC4, 0xDA}, "JFIF, tables, one baseline frame, a scan"
    assert [said[:5] for kind, said in segments if kind == 0xE0] == [b"JFIF\0"]
    ((depth, *size, parts),) = [
        (said[0], int.from_bytes(said[1:3], "big"), int.from_bytes(said[3:5], "big"), said[5])
        for kind, said in segments
        if kind == 0xC0
    ]
    assert (depth, size, parts) == (8, [630, 1200], 3)
    assert data.endswith(b"\xff\xd9")
    assert data.count(b"\xff\xd8") == data.count(b"\xff\xd9") == 1, "no small picture inside"
    with Image.open(BytesIO(data)) as image:
        image.load()
        assert (image.format, image.mode, image.size) == ("JPEG", "RGB", (1200, 630))


@pytest.mark.parametrize("card", OWN, ids=lambda card: card.path)
def test_letters_of_own_cards_have_no_fringe(card: SharingCard) -> None:
    """Colours are kept as sharp as light: each part of the frame is sampled once in both directions."""
    (frame,) = [said for kind, said in _segments(ARTIST.draw(card)) if kind == 0xC0]
    assert [frame[at] for at in (7, 10, 13)] == [0x11, 0x11, 0x11]


def test_a_card_full_of_large_letters_is_small_enough() -> None:
    full = replace(PLAIN, title="W" * 200, campaign="M" * 200, place="Ẩ" * 200)
    assert len(ARTIST.draw(full)) < 150_000


def test_the_same_card_is_the_same_bytes_in_every_process() -> None:
    code = (
        "import sys; from drawing.sharing_cards import Artist; from portal.sharing import SharingCard; "
        f"sys.stdout.buffer.write(Artist().draw({PLAIN!r}))"
    )
    env = {"PYTHONPATH": str(PROJECT / "hooks"), "PYTHONHASHSEED": "7"}
    ran = subprocess.run([sys.executable, "-c", code], env=env, capture_output=True, check=True)
    assert ran.stdout == ARTIST.draw(PLAIN)


# --- what stands on it ------------------------------------------------------------------


def _said(composition: Composition) -> list[str]:
    return [line.text for line in composition.lines]


def test_what_stands_on_a_card_from_top_to_bottom() -> None:
    composition = ARTIST.composed(PLAIN)
    assert _said(composition) == ["Dân vận khéo", "Kinh tế", "Tỉnh Nghệ An", "example.org"]
    assert composition.pill is not None
    assert composition.pill.line.text == "Mô hình"
    assert composition.lines[0].y < composition.pill.line.y < composition.lines[1].y


def _boxes(composition: Composition) -> list[tuple[float, float, float, float]]:
    """Of the ink of every line and of the ground of the pill, from top to bottom."""
    found = []
    for line in composition.lines:
        left, top, right, bottom = (part * line.size for part in line.face.extent(line.text))
        found.append((line.x + left, line.y + top, line.x + right, line.y + bottom))
    if composition.pill:
        found.append(composition.pill[:4])
    return sorted(found, key=lambda box: box[1])


def _within(composition: Composition, left: float, right: float) -> bool:
    return all(box[0] >= left and box[2] <= right for box in _boxes(composition))


@pytest.mark.parametrize("card", [*OWN, LONG[0]], ids=lambda card: card.path)
def test_the_square_in_the_middle_says_all_that_names_the_card(card: SharingCard) -> None:
    composition = ARTIST.composed(replace(card, campaign=""))
    assert _within(composition, (WIDTH - HEIGHT) / 2, (WIDTH + HEIGHT) / 2)
    shown = " ".join(_said(composition))
    assert shown == " ".join(part for part in (card.title, card.place, card.site) if part)


@pytest.mark.parametrize("card", LONG[:-1], ids=lambda card: card.path)
def test_long_names_are_whole(card: SharingCard) -> None:
    composition = ARTIST.composed(card)
    assert " ".join(_said(composition)) == " ".join(
        part for part in (card.campaign, card.title, card.place, card.site) if part
    )
    assert all(line.size >= 20 for line in composition.lines)


@pytest.mark.parametrize("card", OWN, ids=lambda card: card.path)
def test_a_title_is_larger_than_all_else_and_large(card: SharingCard) -> None:
    lines = ARTIST.composed(card).lines
    largest = max(line.size for line in lines)
    assert largest >= 56
    assert " ".join(line.text for line in lines if line.size == largest) == card.title


def test_where_nothing_of_a_title_can_be_drawn_the_next_best_stands_there() -> None:
    assert _said(ARTIST.composed(replace(PLAIN, title="中文", place="🌱")))[1] == "Dân vận khéo"
    alone = replace(PLAIN, title="中文", campaign="", kind="", place="")
    assert _said(ARTIST.composed(alone)) == ["example.org", "example.org"]


ANY_TEXT = st.one_of(
    st.text(
        st.one_of(
            st.characters(exclude_categories=[]),
            st.sampled_from("ẤẬỆỗẳýđĐWMi-–/ \n\t\u00a0"),
            st.sampled_from("🌱👨‍👩‍👧🇻🇳שלוםمرحبا\u0301\u0323\u202e\u200d\u00ad"),
        ),
        max_size=200,
    ),
    st.text(st.sampled_from("ẤẬỆỗẳýđĐWMij–”  "), min_size=80, max_size=200),
    st.lists(st.sampled_from(NAME_OF_120.split()), min_size=12, max_size=36).map(" ".join),
)


def _bare(card: SharingCard) -> SharingCard:
    return replace(card, campaign="", kind="", title="", place="", site="")


@given(ANY_TEXT, ANY_TEXT, ANY_TEXT, ANY_TEXT, ANY_TEXT)
def test_whatever_is_written_stays_within_the_margins_and_apart(
    campaign: str, kind: str, title: str, place: str, site: str
) -> None:
    composition = ARTIST.composed(SharingCard("x", "#1557a0", campaign, kind, title, place, site))
    boxes = _boxes(composition)
    for left, top, right, bottom in boxes:
        assert MARGIN <= left <= right <= WIDTH - MARGIN
        assert MARGIN - 1 <= top <= bottom <= HEIGHT - MARGIN + 1  # baselines are whole pixels
    assert all(above[3] <= below[1] + 1 for above, below in pairwise(boxes))


@settings(max_examples=15)
@given(ANY_TEXT, ANY_TEXT)
def test_nothing_is_drawn_beyond_the_margins(title: str, place: str) -> None:
    card = replace(PLAIN, title=title, place=place)
    drawn, bare = ARTIST.picture(card), ARTIST.picture(_bare(card))
    left, top, right, bottom = ImageChops.difference(drawn, bare).getbbox() or (MARGIN, MARGIN, MARGIN, MARGIN)
    assert min(left, top) >= MARGIN - 2  # letters are hinted to whole pixels and have soft edges
    assert right <= WIDTH - MARGIN + 2
    assert bottom <= HEIGHT - MARGIN + 2


def test_what_is_drawn_is_where_it_is_said_to_be() -> None:
    """Of one line alone: all its ink, and no more."""
    card = replace(_bare(PLAIN), title="Ẵng ệ")
    drawn = ImageChops.difference(ARTIST.picture(card), ARTIST.picture(_bare(card))).getbbox()
    (box,) = _boxes(ARTIST.composed(card))
    assert drawn == pytest.approx(box, abs=2)


def _contrasts(colour: str) -> list[float]:
    grounds = ARTIST.picture(replace(_bare(PLAIN), colour=colour)).getcolors()
    assert grounds is not None
    return [contrast(INK, "#{:02x}{:02x}{:02x}".format(*ground)) for _, ground in grounds]


@pytest.mark.parametrize("colour", sorted({card.colour for card in OWN} | {"#ffffff", "#ffeb3b", "#000000"}))
def test_text_can_be_read_on_every_pixel_of_the_ground(colour: str) -> None:
    found = _contrasts(colour)
    assert len(found) > 3 or colour == "#000000", "rings are there"
    assert min(found) >= 4.5


@settings(max_examples=30)
@given(st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}"))
def test_text_can_be_read_on_any_colour_an_editor_chooses(colour: str) -> None:
    assert min(_contrasts(colour)) >= 4.5


# --- files ------------------------------------------------------------------------------


@pytest.fixture
def cache(tmp_path: Path) -> Iterator[Cache]:
    with closing(Cache(tmp_path / "cache", "bản 1")) as opened:
        yield opened


CARDS = [card for card in OWN if card.key.startswith(("linh-vuc", "chuyen-muc"))][:5]


def test_files_are_named_without_being_drawn(cache: Cache) -> None:
    files = CardFiles(CARDS, cache)
    names = files.names()
    assert list(names) == list(files) == [card.path for card in CARDS]
    assert len(set(names.values())) == len(CARDS)
    assert cache.count(CARD) == 0
    assert not cache.folder.exists()


def test_files_are_drawn_once_and_kept(cache: Cache) -> None:
    files = CardFiles(CARDS, cache)
    assert files.absent(files) == list(files)
    drawn = {path: files.data(path) for path in files}
    assert drawn == {card.path: ARTIST.draw(card) for card in CARDS} == dict(files)
    again = CardFiles(CARDS, cache)
    assert again.absent(again) == []
    assert dict(again) == drawn
    assert cache.count(CARD) == len(CARDS)


def test_only_cards_on_which_something_else_stands_are_drawn_again(cache: Cache) -> None:
    dict(CardFiles(CARDS, cache))
    changed = [replace(CARDS[0], title="Khác"), replace(CARDS[1], colour="#123456"), *CARDS[2:]]
    files = CardFiles(changed, cache)
    assert files.absent(files) == [changed[0].path, changed[1].path]
    dict(files)
    assert cache.count(CARD) == len(CARDS) + 2


def test_cards_that_look_the_same_are_drawn_once(cache: Cache) -> None:
    files = CardFiles([PLAIN, replace(PLAIN, key="go--mot-moi")], cache)
    assert files.absent(files) == [PLAIN.path]
    first, second = (files.data(path) for path in files)
    assert first == second
    assert cache.count(CARD) == 1


def test_another_program_or_another_pillow_names_and_draws_anew(cache: Cache, monkeypatch: pytest.MonkeyPatch) -> None:
    names = CardFiles(CARDS, cache).names()
    other = CardFiles(CARDS, Cache(cache.folder, "bản 2")).names()
    monkeypatch.setattr("PIL.__version__", "99.0")
    third = CardFiles(CARDS, cache).names()
    assert list(names) == list(other) == list(third), "addresses stay"
    assert not set(names.values()) & set(other.values())
    assert not set(names.values()) & set(third.values())


@pytest.mark.usefixtures("all_cores")
def test_many_are_drawn_in_several_processes(cache: Cache) -> None:
    files = CardFiles(OWN, cache)
    files.prepare(list(files)[1:])
    if processes_for(len(OWN)) > 1:
        assert files.absent(files) == [OWN[0].path]
    assert dict(files) == {card.path: ARTIST.draw(card) for card in OWN}


def test_another_process_draws_beside_this_one(cache: Cache) -> None:
    cache.keep("khác", {"a": b"b"})  # as a build has kept much before it comes to cards
    files = CardFiles(CARDS, cache)
    with beside(files.draw, crumbled(files.absent(files))):
        pass
    if processes_for(2, enough=2) > 1:
        assert files.absent(files) in ([], list(files)), "it may not have got its turn"
    assert dict(files) == {card.path: ARTIST.draw(card) for card in CARDS}


def test_without_a_cache_that_can_be_written_cards_are_drawn_all_the_same(tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("not a folder")
    files = CardFiles(OWN, Cache(tmp_path / "cache", "bản 1"))
    files.prepare(files)
    assert files.data(OWN[0].path) == ARTIST.draw(OWN[0])


def test_cards_of_other_builds_are_dropped_once_they_are_many(cache: Cache) -> None:
    for number in range(4):
        dict(CardFiles([replace(PLAIN, title=f"Cũ {number}")], cache))
    files = CardFiles([PLAIN], cache)
    dict(files)
    files.forget_others()
    assert cache.has(CARD, files.names().values()) == set(files.names().values())
    assert cache.count(CARD) == 1
