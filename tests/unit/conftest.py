"""A small campaign's registers, read once."""

from __future__ import annotations

import pytest
from portal.registers import Registers, read_data
from reading_figures import DATA


@pytest.fixture(scope="session")
def registers(tmp_path_factory: pytest.TempPathFactory) -> Registers:
    root = tmp_path_factory.mktemp("data")
    (root / "data").mkdir()
    for name, text in DATA.items():
        (root / f"data/{name}.yml").write_text(text, encoding="utf-8")
    found, problems = read_data(root)
    assert problems == []
    return found
