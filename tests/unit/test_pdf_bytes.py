"""A PDF file is the same whenever it is printed, and no byte of it moves."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

from drawing.pdf_bytes import steadied
from hypothesis import given
from hypothesis import strategies as st

NOW = datetime(2026, 11, 22, 8, 0, tzinfo=timezone(timedelta(hours=7)))
INFO = b"/CreationDate (D:20200102030405+00'00')\n/ModDate (D:20200102030406+00'00')>>"

numbers = st.lists(st.integers(0, 99_999_999), max_size=20)


def file_of(nodes: list[int]) -> bytes:
    return INFO + b"".join(b"/ID (node%08d)\n" % node for node in nodes)


def nodes_of(pdf: bytes) -> list[int]:
    return [int(part[:8]) for part in pdf.split(b"(node")[1:]]


def test_its_dates_are_the_moment_of_the_build() -> None:
    said = b"/CreationDate (D:20261122010000+00'00')\n/ModDate (D:20261122010000+00'00')>>"
    assert steadied(INFO, NOW) == said
    assert steadied(INFO, None) == INFO


def test_what_only_looks_like_a_date_or_a_place_stays() -> None:
    text = b"(D:20200102030405+00'00') (node123) node00000134 (xnode00000134)"
    assert steadied(text, NOW) == text


@given(numbers)
def test_places_are_numbered_in_their_order(nodes: list[int]) -> None:
    before = file_of(nodes)
    after = steadied(before, NOW)
    ranks = {node: rank for rank, node in enumerate(sorted(set(nodes)), 1)}
    assert nodes_of(after) == [ranks[node] for node in nodes]
    assert len(after) == len(before)
    assert steadied(after, NOW) == after


@given(numbers, st.integers(0, 1_000))
def test_a_browser_that_has_shown_more_makes_the_same_file(nodes: list[int], shown: int) -> None:
    few = [node % 1_000_000 for node in nodes]
    assert steadied(file_of(few), NOW) == steadied(file_of([node + shown for node in few]), NOW)
