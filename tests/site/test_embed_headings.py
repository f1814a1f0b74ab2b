"""A table by itself is a page: it has one heading, which is what the table is called, and is titled by it."""

from __future__ import annotations

from pathlib import Path

import pytest
from html_tree import read_tree
from portal.text import capitalised
from recount_lists import register


@pytest.mark.parametrize("portal", ["own_portal", "second_portal"])
def test_the_heading_is_what_the_table_is_called(portal: str, request: pytest.FixtureRequest) -> None:
    root: Path = request.getfixturevalue(portal)
    campaign = register(root, "campaign")
    name = campaign.get("short_name") or campaign["name"]
    found = sorted((root / "site/nhung").rglob("*.html"))
    for file in found:
        page = read_tree(file.read_text(encoding="utf-8"))
        [heading] = page.all("h1")
        [caption] = page.all("caption")
        assert caption.all("h1") == [heading]
        notes = " ".join(note.text for note in caption.all("span"))
        assert f"{heading.text} {notes}".strip() == caption.text, file
        assert page.one("title").text == f"{heading.text.rstrip('.')} – {name}", file
        assert heading.text == capitalised(heading.text)
    assert len(found) > 20
