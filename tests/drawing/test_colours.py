"""Colours of fields are readable, whatever an editor chose, and stay as they are where they can."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from drawing.colours import DARK_PAPER, LIGHT_PAPER, contrast, darkened, lightened
from hypothesis import given
from hypothesis import strategies as st

PROJECT = Path(__file__).parents[2]
colours = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [
        ("#000000", "#ffffff", 21.0),
        ("#ffffff", "#ffffff", 1.0),
        ("#777777", "#ffffff", 4.48),
        ("#767676", "#ffffff", 4.54),
        ("#ff0000", "#ffffff", 4.0),
    ],
)
def test_contrast_is_that_of_wcag(one: str, other: str, ratio: float) -> None:
    assert contrast(one, other) == contrast(other, one) == pytest.approx(ratio, abs=0.005)


@given(colours)
def test_every_colour_becomes_readable_and_no_other_where_it_is(colour: str) -> None:
    for changed, ground in ((darkened(colour, LIGHT_PAPER), LIGHT_PAPER), (lightened(colour, DARK_PAPER), DARK_PAPER)):
        assert contrast(changed, ground) >= 4.5
        assert (changed == colour) == (contrast(colour, ground) >= 4.5)


def test_yellow_is_darkened_no_more_than_is_needed() -> None:
    assert darkened("#ffeb3b", LIGHT_PAPER) == "#80761e"
    assert darkened("#2e7d32", LIGHT_PAPER) == "#2e7d32"


def test_the_papers_are_those_of_the_stylesheets() -> None:
    for name, paper in (("portal", LIGHT_PAPER), ("dark", DARK_PAPER)):
        style = (PROJECT / f"overrides/stylesheets/{name}.css").read_text(encoding="utf-8")
        ground = re.search(r"--portal-ground: (#\w+);", style)[1]
        assert (ground if len(ground) == 7 else "#" + "".join(c * 2 for c in ground[1:])) == paper
