"""What readers search for is found: the same by Python and by the page in a real browser."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from audit.browser import window
from audit.server import serving
from engine import Engine, parsed
from filtering import GROUPS, filtered
from indexes import engine_of, write_index
from playwright.sync_api import Browser
from playwright.sync_api import Page as Tab
from portal.search.words import words
from portal.site import Site, build_site
from portals import NOW, SECOND, copy_portal
from recount_search import Values, counts, values_of
from synthetic import Options, write_campaign

DATA = Path(__file__).parents[1] / "search"
KINDS = {"a": "/tin-tuc/2026/", "m": "/mo-hinh/", "u": "/dia-ban/", "d": "/van-ban/"}
BEST = 5  # results among which all that is expected has to be


class Query(NamedTuple):
    text: str
    expected: tuple[str, ...]


def _lines(name: str) -> Iterator[str]:
    for line in (DATA / name).read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("# "):
            yield line


def queries(name: str) -> list[Query]:
    found = []
    for line in _lines(name):
        text, _, addresses = line.rpartition(" | ")
        if text.startswith("nfd:"):
            text = unicodedata.normalize("NFD", text.removeprefix("nfd:"))
        found.append(Query(text, tuple(map(_address, addresses.split()))))
    return found


def _address(said: str) -> str:
    kind, colon, rest = said.partition(":")
    return f"{KINDS[kind]}{rest}/" if colon else said


OWN, SECOND_CAMPAIGN, CORPUS = queries("own.txt"), queries("second.txt"), queries("corpus.txt")
TRIPLES = [tuple(line.split()) for line in _lines("triples.txt")]


@pytest.fixture(scope="module")
def engine(own_portal: Path) -> Engine:
    return Engine.of_site(own_portal / "site")


@pytest.fixture
def tab(browser: Browser, address: str) -> Iterator[Tab]:
    """A page that may load the scripts of search."""
    with window(browser) as context:
        tab = context.new_page()
        tab.goto(f"{address}tim-kiem/", wait_until="load")
        yield tab


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """A site of 2,000 records."""
    root = tmp_path_factory.mktemp("corpus")
    write_campaign(root, Options(pages=2000, seed=7))
    return _without_faults(build_site(root, NOW))


@pytest.fixture(scope="module")
def three_of_each(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """A page for every word of the triples, with nothing but that word for a name."""
    root = copy_portal(tmp_path_factory.mktemp("triples") / "portal", SECOND)
    for number, triple in enumerate(TRIPLES):
        for place, word in enumerate(triple):
            keys = f"---\ntitle: {word.capitalize()}\nsummary: Trang thử.\n---\n"
            (root / f"docs/tu-{number}-{place}.md").write_text(keys, encoding="utf-8")
    return _without_faults(build_site(root, NOW))


def _without_faults(site: Site) -> Site:
    assert site.problems == ()
    return site


def _asked(browser: Browser, folder: Path, texts: list[str]) -> list[list[int]]:
    """The records that a page finds, in their order."""
    with serving(folder) as server, window(browser) as context:
        tab = context.new_page()
        tab.goto(server.address, wait_until="load")
        return tab.evaluate(_ASK, [server.address, texts])


# --- words ------------------------------------------------------------------------------------

RULES = list(_lines("words.txt"))
_READ = """async ([address, texts]) => {
  const { words, plainOf } = await import(address + "javascripts/search/words.js");
  return texts.map(text => words(text).map(({ form }) => [form, plainOf(form)]));
}"""


def _texts(rule: str) -> list[str]:
    return rule.partition(" -> ")[0].split("\n") if "->" in rule else rule[2:].split(" | ")


def _read(texts: list[str]) -> list[list[tuple[str, str]]]:
    return [[(word.form, word.plain) for word in words(text)] for text in texts]


@pytest.mark.parametrize("rule", RULES)
def test_how_texts_fall_into_words(rule: str) -> None:
    read = _read(_texts(rule))
    forms, plains = [[[pair[at] for pair in text] for text in read] for at in (0, 1)]
    if "->" in rule:
        assert plains == [rule.partition("->")[2].split()]
    else:
        assert len({tuple(text) for text in plains}) == 1
        assert len({tuple(text) for text in forms}) == (1 if rule.startswith("=") else len(forms))


def test_the_page_reads_words_as_the_index_does(tab: Tab, address: str) -> None:
    texts = [text for rule in RULES for text in _texts(rule)]
    texts += [unicodedata.normalize("NFD", text) for text in texts] + [query.text for query in OWN]
    normal = [unicodedata.normalize("NFC", text) for text in texts]
    read = tab.evaluate(_READ, [address, normal])
    assert [[tuple(pair) for pair in text] for text in read] == _read(normal)


# --- queries ----------------------------------------------------------------------------------

_ASK = """async ([address, queries]) => {
  const { open } = await import(address + "javascripts/search/index.js");
  const { parsed } = await import(address + "javascripts/search/words.js");
  const index = await open(address + "tim-kiem/chi-muc.json");
  const answers = [];
  for (const query of queries) answers.push(index.ordered(await index.evaluated(parsed(query), true)));
  return answers;
}"""


def test_there_are_as_many_queries_as_are_asked_for() -> None:
    assert len({query.text for query in OWN}) >= 200
    assert len({query.text for query in CORPUS}) == 120
    assert len(TRIPLES) == 30
    assert all(len({word.plain for said in triple for word in words(said)}) == 1 for triple in TRIPLES)


@pytest.mark.parametrize("query", OWN, ids=lambda query: query.text)
def test_what_is_expected_is_among_the_first(query: Query, engine: Engine) -> None:
    found = engine.addresses(query.text)
    assert set(query.expected) <= set(found[:BEST]), found[:BEST]


@pytest.mark.parametrize("query", SECOND_CAMPAIGN, ids=lambda query: query.text)
def test_people_are_found(query: Query, second_portal: Path) -> None:
    assert set(query.expected) <= set(Engine.of_site(second_portal / "site").addresses(query.text, BEST))


@pytest.mark.parametrize(("portal", "said"), [("own_portal", OWN), ("second_portal", SECOND_CAMPAIGN)])
def test_the_page_finds_what_python_finds_in_the_same_order(
    browser: Browser, portal: str, said: list[Query], request: pytest.FixtureRequest
) -> None:
    site = request.getfixturevalue(portal) / "site"
    engine, texts = Engine.of_site(site), [query.text for query in said]
    with serving(site) as server, window(browser) as context:
        tab = context.new_page()
        tab.goto(server.address, wait_until="load")
        found = filtered(tab, server.address, [{"q": text} for text in texts])
    differ = [text for text, one in zip(texts, found, strict=True) if one.addresses != engine.addresses(text)]
    assert differ == []


def test_what_is_meant_is_among_the_first_of_2000_records(browser: Browser, corpus: Site, tmp_path: Path) -> None:
    engine = engine_of(corpus)
    texts = [query.text for query in CORPUS]
    found = [engine.records(text) for text in texts]
    missed = [
        query.text
        for query, records in zip(CORPUS, found, strict=True)
        if not set(query.expected) <= {engine.shown(record)[0] for record in records[:BEST]}
    ]
    assert missed == []
    assert _asked(browser, write_index(corpus, tmp_path / "site"), texts) == found


def test_a_word_with_its_marks_goes_before_others(browser: Browser, three_of_each: Site, tmp_path: Path) -> None:
    engine = engine_of(three_of_each)
    texts = [word for triple in TRIPLES for word in triple]
    found = [engine.records(text) for text in texts]
    for text, records in zip(texts, found, strict=True):
        names = [engine.shown(record)[1].lower() for record in records]
        assert names[0] == text
        alike = next(triple for triple in TRIPLES if text in triple)
        assert set(alike) <= set(names), text
    assert _asked(browser, write_index(three_of_each, tmp_path / "site"), texts) == found


@pytest.mark.parametrize("portal", ["own_portal", "second_portal", "large_portal"])
def test_every_count_is_a_recount(
    browser: Browser, portal: str, request: pytest.FixtureRequest, record_property: pytest.RecordProperty
) -> None:
    root: Path = request.getfixturevalue(portal)
    values = values_of(root, NOW)
    texts = ["", "mo hinh", "xa", "dan van kheo", "2024", '"nông thôn"', "hoi", "khong co"]
    queries = [{"q": text} | condition for text in texts for condition in _conditions(values)]
    with serving(root / "site") as server, window(browser) as context:
        tab = context.new_page()
        tab.goto(f"{server.address}tim-kiem/", wait_until="load")
        answers = filtered(tab, server.address, queries)
    engine = Engine.of_site(root / "site")
    matching = {text: engine.addresses(text) for text in texts}
    assert set(matching[""]) == set(values)
    counted = 0
    for query, answer in zip(queries, answers, strict=True):
        found = matching[query["q"]]
        assert answer.counts == counts(values, found, query), query
        assert set(answer.addresses) == {
            address
            for address in found
            if all(query[group] in values[address].get(group, ()) for group in GROUPS if group in query)
        }
        counted += sum(map(len, answer.counts.values()))
    record_property("recount", f"{len(queries)} searches, {counted} counts, 0 disagree")


def _conditions(values: dict[str, Values]) -> list[dict[str, str]]:
    """None, one and two of each kind that there are, and all that a record has."""
    chosen = {group: sorted({value for has in values.values() for value in has.get(group, ())})[:3] for group in GROUPS}
    single = [{group: value} for group, some in chosen.items() for value in some]
    pairs = [one | other for one in single for other in single if next(iter(one)) < next(iter(other))]
    whole = [{group: min(some) for group, some in has.items() if some} for has in values.values()]
    return [{}, *single, *pairs[::5], *whole[:: max(1, len(whole) // 6)]]


def test_queries_are_parsed_into_words_and_phrases() -> None:
    said = [
        [[word.form + "*" * word.goes_on for word in clause] for clause in parsed(text)]
        for text in ('16-CT/HU "cùng ăn" khe', "khe ", "“cùng ăn”", "dan v", "nghị quyết 4", '"', "", "  - ")
    ]
    assert said == [
        [["16", "ct", "hu"], ["cung\u0300", "ăn"], ["khe*"]],
        [["khe"]],
        [["cung\u0300", "ăn"]],
        [["dan"]],
        [["nghi\u0323"], ["quyêt\u0301"], ["4"]],
        [],
        [],
        [],
    ]
