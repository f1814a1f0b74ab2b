"""Notes on figures have a name, by which it is told whether a body has to be converted again."""

from __future__ import annotations

import pytest
from portal.marking import Link, Note
from portal.pages.uses import _name

LINKS = (Link("một", "#a"), Link("hai", "#b"))
NOTES = {"x": Note("số", LINKS), "y": Note("số", ())}


def test_equal_notes_have_one_name_in_any_order() -> None:
    assert _name(NOTES) == _name(dict(reversed(NOTES.items())))


@pytest.mark.parametrize(
    "other",
    [
        {"x": Note("khác", LINKS), "y": Note("số", ())},
        {"x": Note("số", LINKS[:1]), "y": Note("số", ())},
        {"x": Note("số", LINKS[::-1]), "y": Note("số", ())},
        {"x": Note("số", (Link("một", "#a"), Link("hai", "#c"))), "y": Note("số", ())},
        {"x": Note("số", (Link("một", "#a"), Link("ba", "#b"))), "y": Note("số", ())},
        {"x": Note("số", LINKS[:1]), "y": Note("số", LINKS[1:])},
        {"x": Note("số", LINKS)},
        {"z": Note("số", LINKS), "y": Note("số", ())},
        {},
    ],
)
def test_other_notes_have_another(other: dict[str, Note]) -> None:
    assert _name(other) != _name(NOTES)
