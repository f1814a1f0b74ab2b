"""Colours of fields are readable, whatever an editor chose, and stay as they are where they can."""

from __future__ import annotations

import re
from itertools import pairwise
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


def _style(name: str) -> str:
    return (PROJECT / f"overrides/stylesheets/{name}.css").read_text(encoding="utf-8")


def _said(name: str, value: str) -> str:
    colour = re.search(rf"--portal-{value}: #(\w+);", _style(name))[1]
    return "#" + (colour if len(colour) == 6 else "".join(c * 2 for c in colour))


def _parts(colour: str) -> list[int]:
    return [int(colour[at : at + 2], 16) for at in (1, 3, 5)]


def _over(ground: str, colour: str, opacity: float) -> str:
    mixed = (
        round(own * opacity + under * (1 - opacity)) for own, under in zip(_parts(colour), _parts(ground), strict=True)
    )
    return "#" + "".join(f"{part:02x}" for part in mixed)


def test_the_papers_are_those_of_the_stylesheets() -> None:
    assert (_said("portal", "ground"), _said("dark", "ground")) == (LIGHT_PAPER, DARK_PAPER)


@pytest.mark.parametrize("look", ["portal", "dark"])
def test_shades_of_tiles_are_told_apart_and_carry_text(look: str) -> None:
    ground = _said(look, "ground")
    steps = [
        float(value) for value in re.findall(r"\.portal-step-\d rect \{ fill-opacity: ([\d.]+);", _style("charts"))
    ]
    shades = [_over(ground, _said(look, "step"), opacity) for opacity in steps]
    assert len(shades) == 5
    assert all(contrast(shade, _said(look, "ink")) >= 4.5 for shade in shades)
    assert all(contrast(one, other) >= 1.18 for one, other in pairwise(shades))
