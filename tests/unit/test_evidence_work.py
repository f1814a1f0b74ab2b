"""Looking for evidence is about linear work: twice the text and figures, twice the numerals weighed."""

from __future__ import annotations

from pathlib import Path

import pytest
from portal.claims import Claim
from portal.echoes import check_echoes
from portal.evidence import find_evidence, reading_of
from portal.prose import Vocabulary
from portal.registers import Registers, read_data
from portal.source import read_docs

ROOT = Path(__file__).parents[2]
HEAD = 'title: "T"\nsummary: "S"\ndate: 2026-11-09\ncategory: khao-sat-kiem-tra\nfigures:\n'
SET = "- {{id: s{0}, unit: tan-lac, measure: dossiers, period: unstated, total: {1}}}\n"


def rows(count: int) -> str:
    """A table whose every row is a set of its own."""
    figures = "".join(SET.format(i, 1000 + 3 * i) for i in range(count))
    table = "".join(f"| {i} | {1000 + 3 * i} |\n" for i in range(count))
    return f"---\n{HEAD}{figures}---\n\n| TT | Hồ sơ |\n|---|---|\n{table}"


def paragraphs(count: int) -> str:
    """Paragraphs that each state a set, among as many that state nothing."""
    figures = "".join(SET.format(i, 1000 + 3 * i) for i in range(count))
    body = "".join(f"Xã có {1000 + 3 * i} hồ sơ.\n\nNgày 5/6, 37 xã hiến 2,5 ha.\n\n" for i in range(count))
    return f"---\n{HEAD}{figures}---\n\n{body}"


def equal_rows(count: int) -> str:
    """A table that states one number again and again, for as many sets."""
    figures = "".join(SET.format(i, 37) for i in range(count))
    return f"---\n{HEAD}{figures}---\n\n| Việc | Hồ sơ |\n|---|---|\n" + "| Một | 37 |\n" * count


@pytest.fixture(scope="module")
def registers() -> Registers:
    return read_data(ROOT)[0]


def weighings(root: Path, text: str, registers: Registers, monkeypatch: pytest.MonkeyPatch) -> int:
    """How often a numeral is weighed against a number of a set."""
    file = root / "docs/tin-tuc/2026/bai.md"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
    (article,) = read_docs(root)[0].articles
    weigh, count = Claim.stated_by, 0

    def counted(claim: Claim, *args, **options) -> bool:
        nonlocal count
        count += 1
        return weigh(claim, *args, **options)

    with monkeypatch.context() as patch:
        patch.setattr(Claim, "stated_by", counted)
        reading = reading_of(article, registers, Vocabulary.of(registers))
        evidence = find_evidence(reading)
        list(check_echoes(reading, evidence))
    assert len(evidence.passages) + len(evidence.problems) == len(reading.sets) > 0
    return count


@pytest.mark.parametrize("text", [rows, paragraphs, equal_rows])
def test_twice_as_much_is_twice_the_work(
    text, tmp_path: Path, registers: Registers, monkeypatch: pytest.MonkeyPatch
) -> None:
    once, twice = (weighings(tmp_path, text(count), registers, monkeypatch) for count in (100, 200))
    assert once > 0
    assert twice <= 2.1 * once
