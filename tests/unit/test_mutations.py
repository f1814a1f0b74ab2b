"""No digit of a figure, or of a sentence that states one, can change unnoticed: every one is changed, one at a time."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from portal.checks import check_content
from portal.echoes import check_echoes
from portal.evidence import Reading, find_evidence, reading_of
from portal.figures import numbers_of
from portal.problems import Problem
from portal.prose import Vocabulary
from portal.registers import Registers, read_data
from portal.schema.content import Article
from portal.schema.figure import FigureSet
from portal.source import ContentFile, read_docs
from portal.weighing import weigh

ROOT = Path(__file__).parents[2]
OWN = sorted((ROOT / "docs/tin-tuc").glob("*/*.md"))
REPEATING = sorted((Path(__file__).parent / "repeating").glob("*.md"))
_NUMBER = re.compile(r"[0-9]+(?:\.[0-9]+)?")


class Bench:
    """One article alone in a portal with all registers; tells what is wrong with any version of its text."""

    def __init__(self, root: Path, article: Path) -> None:
        self.root = root
        self.registers: Registers = read_data(ROOT)[0]
        self.vocabulary = Vocabulary.of(self.registers)
        self.text = article.read_text(encoding="utf-8")
        year = re.search(r"(?m)^date: (\d{4})", self.text)
        assert year is not None
        self.file = root / "docs/tin-tuc" / year[1] / article.name
        self.file.parent.mkdir(parents=True)
        (root / "data").symlink_to(ROOT / "data")
        picture = root / "docs/assets/anh.jpg"
        picture.parent.mkdir(parents=True)
        picture.touch()
        self._original = reading_of(self.read(self.text), self.registers, self.vocabulary)

    def read(self, text: str) -> ContentFile[Article]:
        self.file.write_text(text, encoding="utf-8")
        return read_docs(self.root)[0].articles[0]

    def faults(self, text: str) -> Iterator[tuple[int, str]]:
        """Line and key of every problem but those of models that are not here; what is found fastest comes first, and
        again with the rest."""
        return ((p.line, p.key) for p in self._problems(text) if not p.key.startswith("models"))

    def _problems(self, text: str) -> Iterator[Problem]:
        self.file.write_text(text, encoding="utf-8")
        sources, problems = read_docs(self.root)
        yield from problems
        for article in sources.articles:
            yield from find_evidence(self._reading(article)).problems
        yield from check_content(sources, self.registers)
        for article in sources.articles:
            yield from weigh(article, self.registers, self.vocabulary).problems

    def _reading(self, article: ContentFile[Article]) -> Reading:
        """As the body is mostly the original one, what is known of that is not made again."""
        reading, known = reading_of(article, self.registers, self.vocabulary), self._original.prose
        same = (reading.prose.source.text, article.body_line) == (known.source.text, self._original.article.body_line)
        return replace(reading, prose=known) if same else reading


def amounts(figure: FigureSet) -> Iterator[tuple]:
    """The way to everything in a figure set that is a number."""
    yield from (loc for loc, _ in numbers_of(figure))
    yield from (("shares", i, "percent") for i in range(len(figure.shares)))
    yield from (("changes", i, "percent" if c.by is None else "by") for i, c in enumerate(figure.changes))
    for i in range(len(figure.discrepancies)):
        yield ("discrepancies", i, "stated")
        yield ("discrepancies", i, "computed")


def other_digits(text: str, start: int, end: int) -> Iterator[str]:
    """The text with each digit of the span changed to each other digit, one at a time."""
    for at in range(start, end):
        if text[at].isdigit():
            for digit in "0123456789":
                if digit != text[at]:
                    yield text[:at] + digit + text[at + 1 :]


def offset(text: str, line: int, column: int) -> int:
    return sum(len(each) + 1 for each in text.split("\n")[: line - 1]) + column - 1


@pytest.fixture
def bench(request: pytest.FixtureRequest, tmp_path: Path) -> Bench:
    return Bench(tmp_path / "portal", request.param)


BOTH = pytest.mark.parametrize("bench", [*OWN, *REPEATING], ids=lambda path: path.stem, indirect=True)


@BOTH
def test_a_changed_digit_in_a_figure_is_a_fault_of_its_set(bench: Bench, record_property) -> None:
    article = bench.read(bench.text)
    assert list(bench.faults(bench.text)) == []
    tried, unnoticed = 0, []
    for index, figure in enumerate(article.record.figures):
        for loc in amounts(figure):
            line, column = article.tree.place_of(("figures", index, *loc))
            start = offset(bench.text, line, column)
            number = _NUMBER.search(bench.text, start)
            assert number is not None
            for text in other_digits(bench.text, *number.span()):
                tried += 1
                own = f"figures[{index + 1}]"
                if not any(key.startswith(own) and at == line for at, key in bench.faults(text)):
                    unnoticed.append((line, text.split("\n")[line - 1]))
    assert unnoticed == []
    record_property("mutants", f"{tried} figures")


@BOTH
def test_a_changed_digit_in_the_prose_is_a_fault(bench: Bench, record_property) -> None:
    article = bench.read(bench.text)
    reading = reading_of(article, bench.registers, bench.vocabulary)
    evidence = find_evidence(reading)
    stated = [s.numeral for passage in evidence.passages for s in passage.numbers]
    assert len(stated) == sum(len(sought.claims) for sought in reading.sets)
    assert list(check_echoes(reading, evidence)) == []
    body = bench.text.index(article.body)
    tried, unnoticed = 0, []
    for numeral in stated:
        for text in other_digits(bench.text, body + numeral.start, body + numeral.end):
            tried += 1
            if not any(bench.faults(text)):
                unnoticed.append(numeral.written)
    assert unnoticed == []
    record_property("mutants", f"{tried} prose")


def repeated(text: str, article: ContentFile[Article], claims: set[str]) -> Iterator[tuple[int, int]]:
    """Where leads, captions, notes and headings say a number of the article's figures."""
    for match in re.finditer(
        r"(?m)^ *(?:- *\{?)?(?:title|summary|note|alt|caption):.*$|^#.*$|^!\[.*$|^Nhắc lại:.*$", text
    ):
        for said in re.finditer(r"\d+(?:\.\d{3})*(?:,\d+)?%?", match[0]):
            if said[0] in claims:
                yield match.start() + said.start(), match.start() + said.end()


@BOTH
def test_a_changed_digit_where_a_figure_is_repeated_is_a_fault(bench: Bench, record_property) -> None:
    article = bench.read(bench.text)
    reading = reading_of(article, bench.registers, bench.vocabulary)
    claims = {claim.said for sought in reading.sets for claim in sought.claims}
    tried, unnoticed = 0, []
    for start, end in repeated(bench.text, article, claims):
        for text in other_digits(bench.text, start, end):
            tried += 1
            if not any(bench.faults(text)):
                unnoticed.append(text[start - 25 : end + 10])
    assert unnoticed == []
    record_property("mutants", f"{tried} repeated")
