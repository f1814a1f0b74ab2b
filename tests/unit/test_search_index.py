"""The parts of the index: places as text, files of words, blocks of bodies."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from portal.body import Converter
from portal.markup import Resolution
from portal.search.bodies import block, blocks, headings_of, texts_of
from portal.search.postings import packed, unpacked
from portal.search.shards import beginning_of, shared_out
from portal.search.words import spoken, spoken_in, word_of, words

places = st.lists(st.integers(0, 2**31), unique=True).map(sorted)
plain_words = st.text("abcdn", min_size=1, max_size=6)


@given(places)
def test_places_are_read_as_they_were_written(numbers: list[int]) -> None:
    text = packed(numbers)
    assert unpacked(text) == numbers
    assert text.isascii()
    assert not set(text) & set('"\\ \n')


def test_small_gaps_take_one_sign() -> None:
    assert [len(packed([number])) for number in (0, 45, 46, 2115, 2116)] == [1, 1, 2, 2, 3]


@given(st.dictionaries(plain_words, st.integers(1, 100)), st.integers(1, 300))
def test_every_word_has_one_file_that_is_no_larger_than_it_must_be(sizes: dict[str, int], most: int) -> None:
    files = shared_out(sizes, most)
    number_of = {beginning: number for number, beginnings in enumerate(files) for beginning in beginnings}
    assert len(number_of) == sum(map(len, files))
    held: list[list[str]] = [[] for _ in files]
    for word in sizes:
        held[number_of[beginning_of(word, number_of.keys())]].append(word)
    for some in held:
        assert sum(sizes[word] for word in some) <= most or len(some) == 1


def test_neighbours_share_a_file_as_far_as_they_go_in_one() -> None:
    sizes = {"a": 2, "b": 3, "ba": 9, "be": 1, "bi": 6, "bo": 5, "c": 2, "d": 8}
    assert shared_out(sizes, 12) == [["a"], ["b", "ba"], ["be", "bi", "bo"], ["c", "d"]]


def test_a_word_that_takes_more_than_a_file_stands_alone() -> None:
    assert shared_out({"ab": 20, "abc": 3, "abcd": 3}, 12) == [["ab"], ["abc"]]


@given(st.text("aăâđêôơưyhkl .-0123456789Ấ_\u0301\u0306"))
def test_words_are_the_same_in_either_way(text: str) -> None:
    assert [word_of(said) for said in spoken(text)] == words(text)
    assert all(word.plain for word in words(text))


def _body(text: str):
    return Converter().convert(text, "docs/a.md", 1, lambda link, image: Resolution(href=link))


def test_a_block_holds_words_headings_and_places() -> None:
    bodies = [_body("## Nuôi cá\n\nCá **lồng** ở sông.\n"), _body("Không có gì."), _body("Lồng chim.")]
    made = block(bodies)
    records, near = (
        {form: list(map(unpacked, said)) for form, *said in (line.split("\t") for line in text.decode().split("\n"))}
        for text in (made.records, made.near)
    )
    assert records[word_of("lồng").form] == [[0, 2]]
    assert records["ca\u0301"] == [[0], [0]]  # in a heading, too
    places = [near[word_of(word).form][0] for word in ("nuôi", "cá", "lồng", "ở", "sông", "chim")]
    assert places == [[0], [1, 3], [4, 12], [5], [6], [13]]  # a place is free after a heading, a paragraph, a body
    assert unpacked(made.starts) == [0, 8, 12]


def test_a_word_that_is_partly_bold_is_one_and_a_footnote_is_none() -> None:
    body = _body("Rộng 5 m<sup>2</sup>, **Đ**ất tốt[^1].\n\n- Một\n- Hai\n\n[^1]: Theo báo cáo.")
    assert [spoken(text) for text in texts_of(body)][:3] == [["rộng", "5", "m2", "đất", "tốt"], ["một"], ["hai"]]


def test_what_the_portal_says_of_figures_is_no_word_of_a_body() -> None:
    body = _body("Có 5 hộ.")
    noted = body.html.replace("</p>", '</p><details class="portal-uses"><summary>Ở đâu?</summary></details>')
    assert "Ở đâu" in noted
    assert texts_of(type("Noted", (), {"html": noted})()) == ["Có 5 hộ."]


def test_headings_of_every_level_are_read() -> None:
    assert list(headings_of(_body("## Một &amp; hai\n\n### Ba").toc)) == ["Một & hai", "Ba"]


@given(st.lists(st.text("abc", min_size=1, max_size=8), unique=True, min_size=1, max_size=2000), st.data())
def test_a_record_that_comes_changes_few_blocks(names: list[str], data: st.DataObject) -> None:
    def held(addresses: list[str]) -> set[tuple[str, ...]]:
        starts = blocks(addresses)
        ends = [*starts[1:], len(addresses)]
        return {tuple(addresses[start:end]) for start, end in zip(starts, ends, strict=True)}

    at = data.draw(st.integers(0, len(names)))
    more = [*names[:at], "mới", *names[at:]]
    assert sum(map(len, held(names))) == len(names)
    assert all(len(one) <= 300 for one in held(more))


@given(
    st.lists(
        st.text() | st.sampled_from(["3.372 hộ", "a_b", "hòa\u0323", "\0", "", "Ấp 5, 1.000.000 đồng"]), max_size=6
    )
)
def test_texts_have_the_same_words_looked_at_together(texts: list[str]) -> None:
    assert spoken_in(texts) == [spoken(text) for text in texts]
