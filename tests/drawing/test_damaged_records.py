"""Records of what lies in the trees may be damaged in any way: then they say nothing, and the site is right all the same."""

from __future__ import annotations

from pathlib import Path

import pytest
from portals import built, fingerprints

DAMAGE = {
    "empty": "",
    "no JSON": "{",
    "another value": "5",
    "a list": "[]",
    "a list of lists": '[["a", 1, 2, 3]]',
    "a number for a file": '{"assets/giot-mau.png": 5, "index.html": 5}',
    "too few values": '{"assets/giot-mau.png": [], "index.html": []}',
    "words for numbers": '{"assets/giot-mau.png": ["a", "b", "c", "d"], "index.html": ["a", "b", "c", "d"]}',
    "a list for a number": '{"assets/giot-mau.png": ["a", [], 2, 3], "index.html": ["a", [], 2, 3]}',
    "nothing for a name": '{"assets/giot-mau.png": [null, 1, 2, 3], "index.html": [null, 1, 2, 3]}',
}


@pytest.mark.parametrize("damage", DAMAGE)
def test_damaged_records_say_nothing(portal: Path, damage: str) -> None:
    wanted = fingerprints(portal / "site")
    for record in ("assets.json", "shown.json", "next.json"):
        (portal / ".portal-cache" / record).write_text(DAMAGE[damage], encoding="utf-8")
    built(portal)
    assert fingerprints(portal / "site") == wanted
