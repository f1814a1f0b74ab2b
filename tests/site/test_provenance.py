"""Provenance both ways: a reported number leads to the words that state it, and they name the tables that use it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urldefrag, urljoin

import pytest
from html_tree import Node, read_main
from portals import built

PASSAGE = "so-lieu-"
TABLE = "bang-"
_NUMBER = re.compile(r"\d+(?:\.\d{3})*(?:,\d+)?")


class Built:
    """The pages of a built site, each read once."""

    def __init__(self, folder: Path) -> None:
        self.pages = {
            "/" + file.relative_to(folder).as_posix().removesuffix("index.html"): read_main(
                file.read_text(encoding="utf-8")
            )
            for file in sorted(folder.rglob("index.html"))
            if 'http-equiv="refresh"' not in file.read_text(encoding="utf-8")
        }
        self._named: dict[str, dict[str, list[Node]]] = {}

    def target(self, page: str, href: str) -> tuple[str, Node | None]:
        """The page a link leads to, and the element it names there."""
        address, fragment = urldefrag(urljoin("http://site" + page, href))
        there = address.removeprefix("http://site")
        found = self._ids(there).get(fragment, []) if fragment else []
        return there, found[0] if len(found) == 1 else None

    def _ids(self, page: str) -> dict[str, list[Node]]:
        """What bears each id: there should be one element."""
        if page not in self._named:
            named = self._named[page] = {}
            for node in self.pages[page].all("[id]") if page in self.pages else ():
                named.setdefault(node.attributes["id"], []).append(node)
        return self._named[page]

    def cells(self, which: str) -> Iterator[tuple[str, Node]]:
        for page, main in self.pages.items():
            yield from ((page, cell) for cell in main.all(f"td[{which}]"))


@pytest.fixture(scope="session", params=["own_portal", "second_portal", "large_portal", "third_portal"])
def site(request: pytest.FixtureRequest) -> Built:
    return Built(request.getfixturevalue(request.param) / "site")


def test_every_reported_cell_leads_to_an_element_that_states_its_number(site: Built, record_property) -> None:
    led = 0
    for page, cell in site.cells("data-cell"):
        if "data-computed" in cell.attributes:
            continue
        links = [link for link in cell.all("a") if "portal-doubt" not in link.attributes.get("class", "")]
        assert len(links) == 1, (page, cell.text)
        _, element = site.target(page, links[0].attributes["href"])
        assert element is not None, (page, links[0].attributes["href"])
        assert element.attributes["id"].startswith(PASSAGE)
        number = _NUMBER.findall(links[0].text)[0]
        assert number in _NUMBER.findall(element.text) or _in_words(number, element.text), (page, number, element.text)
        led += 1
    record_property("recount", f"{led} reported cells lead to their number")
    assert led or not list(site.cells("data-cell"))


def _in_words(number: str, text: str) -> bool:
    """Zeros in front and number words are other ways to state it; a larger unit of measure is yet another."""
    plain = {said.lstrip("0") or "0" for said in _NUMBER.findall(text)}
    return number in plain


def test_every_component_of_a_computed_cell_leads_to_its_passage(site: Built) -> None:
    for page, cell in site.cells("data-computed"):
        links = cell.all("a")
        assert len(links) >= 2, (page, cell.text)
        for link in links:
            _, element = site.target(page, link.attributes["href"])
            assert element is not None, (page, link.attributes["href"])
            assert _NUMBER.findall(link.text)[0] in _NUMBER.findall(element.text), (page, link.text)


def test_every_passage_names_the_tables_that_use_it_and_no_others(site: Built) -> None:
    """From each figure set's note to the tables, and from every row of them back."""
    told: set[tuple[str, str, str]] = set()
    for page, main in site.pages.items():
        ids = {node.attributes["id"][len(PASSAGE) :] for node in main.all(f"[id^={PASSAGE}]")}
        named: set[str] = set()
        for note in main.all("details.portal-uses li"):
            own, *others = note.all("a")
            figure = urldefrag(own.attributes["href"]).fragment.removeprefix(TABLE)
            named.add(figure)
            for link in others:
                there, table = site.target(page, link.attributes["href"])
                assert table is not None, link.attributes["href"]
                rows = table.all(f"tr[data-figure={figure}]")
                assert page in {row.attributes["data-article"] for row in rows}
                told.add((page, figure, there))
        assert named == ids, page
    used = {
        (row.attributes["data-article"], row.attributes["data-figure"], page)
        for page, main in site.pages.items()
        for row in main.all("tr[data-article]")
    }
    assert told == used


def test_every_passage_marks_its_numbers(own_portal: Path) -> None:
    for page, main in Built(own_portal / "site").pages.items():
        for element in main.all(f"[id^={PASSAGE}]"):
            table = main.one(f"[id={TABLE}{element.attributes['id'][len(PASSAGE) :]}]")
            shown = [cell for cell in table.all("td[data-cell]") if "data-computed" not in cell.attributes]
            marked = [mark.text for mark in element.all("mark.portal-figure")]
            assert {_NUMBER.findall(cell.text)[0] for cell in shown} <= set(marked), page


def test_anchors_stay_when_the_article_is_edited_elsewhere(second_copy: Path) -> None:
    """A paragraph before and after, another set before: the ids of what was there stay."""
    article = next(iter(sorted(second_copy.glob("docs/tin-tuc/*/*.md"))), None)
    for article in sorted(second_copy.glob("docs/tin-tuc/*/*.md")):
        if "\nfigures:" in article.read_text(encoding="utf-8"):
            break
    page = "/tin-tuc/" + "/".join((article.parent.name, article.stem)) + "/"
    before = {n.attributes["id"] for n in Built(second_copy / "site").pages[page].all(f"[id^={PASSAGE}]")}
    text = article.read_text(encoding="utf-8")
    head, _, body = text.removeprefix("---\n").partition("\n---\n")
    article.write_text(f"---\n{head}\n---\n\nMột đoạn mở đầu.\n{body}\n\nMột đoạn kết.\n", encoding="utf-8")
    built(second_copy)
    after = {n.attributes["id"] for n in Built(second_copy / "site").pages[page].all(f"[id^={PASSAGE}]")}
    assert before
    assert after == before
