"""Of most values a build knows only what it asks of all of them; what is gone of them is made again."""

from __future__ import annotations

import multiprocessing
import sqlite3
from collections import Counter
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from drawing.building import Wishes, build, opened_cache
from drawing.cache import FOLDER, Cache
from drawing.faults import checked
from drawing.memory import DiskMemory, Recent, remembering
from drawing.pickling import REST, Held, Pieces, Rests, unpickled
from drawing.progress import Progress
from portal.body import Body
from portal.evidence import Evidence
from portal.memory import ForgottenError, InPart, Wanted
from portal.pages import Notes, Page
from portal.planning import Part
from portal.schema.content import Article
from portal.site import Site
from portal.source import ContentFile, parse
from portals import NOW

ARTICLE = "docs/tin-tuc/2026/ngay-hoi.md"


@dataclass(frozen=True)
class Thing(InPart):
    AT_HAND = ("label",)
    REST = ("content", "more")

    label: str
    content: tuple[str, ...]
    more: dict[str, int] = field(default_factory=dict)


def a_thing() -> Thing:
    """A new one: what was written down once knows the name of its rest."""
    return Thing("vật", ("một", "hai"), {"ba": 3})


@pytest.fixture
def cache(tmp_path: Path) -> Iterator[Cache]:
    with closing(Cache(tmp_path / "cache", "bản 1")) as opened:
        yield opened


@pytest.fixture
def fetched(monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    """What kinds of values were asked for the rest of them, one by one."""
    asked: Counter[str] = Counter()
    get = InPart.__getattr__  # type: ignore[attr-defined]

    def counted(self: InPart, name: str) -> Any:
        if "_fetch" in self.__dict__ and name in self.REST:
            asked[type(self).__name__] += 1
        return get(self, name)

    monkeypatch.setattr(InPart, "__getattr__", counted, raising=False)
    return asked


def kept(value: object, cache: Cache) -> Held:
    """A value that was written down and is read again."""
    pieces = Pieces()
    first, _ = pieces.of(value)
    cache.keep_sealed(REST, pieces.rests)
    return unpickled(first, Rests(cache))


# --- one value -----------------------------------------------------------------------


def test_the_rest_is_fetched_at_the_first_question(cache: Cache, fetched: Counter[str]) -> None:
    value, rests = kept(a_thing(), cache)
    assert (value.label, value.is_whole, len(rests), fetched) == ("vật", False, 1, {})
    assert value.content == ("một", "hai")
    assert value.more == {"ba": 3}
    assert value == a_thing()
    assert value.is_whole
    assert fetched == {"Thing": 1}


def test_what_there_is_not_is_not_fetched(cache: Cache, fetched: Counter[str]) -> None:
    value = kept(a_thing(), cache).value
    with pytest.raises(AttributeError, match="Thing has no other"):
        _ = value.other
    assert fetched == {}


def test_values_in_others_are_parted_as_well(cache: Cache) -> None:
    one = a_thing()
    value, rests = kept({"a": [one, Thing("khác", ())], "b": one}, cache)
    assert not value["a"][0].is_whole
    assert value["a"][0] is value["b"], "one thing stays one"
    assert len(rests) == 2
    assert value == {"a": [one, Thing("khác", ())], "b": one}


def test_what_was_not_asked_for_is_written_again_without_it(cache: Cache, fetched: Counter[str]) -> None:
    once = kept(a_thing(), cache)
    pieces = Pieces()
    first, rests = pieces.of([once.value])
    assert (rests, pieces.rests) == (once.rests, {})
    assert unpickled(first, Rests(cache)) == Held([a_thing()], once.rests)
    assert fetched == {"Thing": 1}, "for the comparison"


def test_a_rest_that_is_gone_is_told(cache: Cache) -> None:
    value = kept(a_thing(), cache).value
    cache.forget()
    with pytest.raises(ForgottenError):
        _ = value.content
    with pytest.raises(ForgottenError):
        Rests(cache).complete([value])


def test_what_could_not_be_kept_is_held(tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("a file where the folder should be")
    memory = DiskMemory(Cache(tmp_path / "cache", "bản 1"), Progress())
    (things,) = memory.values(things_of(200))
    assert [thing.content for thing in things] == [(str(number),) for number in range(200)]


def things_of(count: int, *, around: str = "", right: bool = True) -> Wanted:
    """Many, by names as digests are: each is the last of its pack in turn after 32."""
    return Wanted(
        "file",
        [f"{number:04}{'00' if number % 32 == 31 else 'ff'}" for number in range(count)],
        list(range(count)),
        lambda some: [Thing(str(number), (str(number),)) for number in some],
        lambda thing, value: right and value.content == (str(thing),),
        many=True,
        around=around,
    )


def test_many_are_completed_at_once(cache: Cache, fetched: Counter[str]) -> None:
    DiskMemory(cache, Progress()).values(things_of(700))
    memory = DiskMemory(cache, Progress())
    (things,) = memory.values(things_of(700))
    assert not any(thing.is_whole for thing in things)
    memory.complete(things)
    memory.complete([a_thing()])
    assert [thing.content for thing in things] == [(str(number),) for number in range(700)]
    assert fetched == {}


def _content_of(thing: Thing, to: Any) -> None:
    to.send(thing.content)


def test_another_process_fetches_by_itself(cache: Cache) -> None:
    value = kept(a_thing(), cache).value
    rests = Rests(cache)
    other = unpickled(Pieces().of(Thing("khác", ("x",)))[0], rests).value
    with pytest.raises(ForgottenError):
        _ = other.content  # this process has opened the file
    context = multiprocessing.get_context("fork")
    ours, theirs = context.Pipe(duplex=False)
    process = context.Process(target=_content_of, args=(value, theirs))
    process.start()
    assert ours.poll(20)
    assert ours.recv() == ("một", "hai")
    process.join()


@pytest.mark.parametrize("kind", [ContentFile, Body, Evidence, Page, Part, Notes], ids=lambda kind: kind.__name__)
def test_no_rest_has_a_default_in_its_class(kind: type[InPart]) -> None:
    """It would be taken for the value."""
    assert [name for name in kind.REST if name in vars(kind)] == []


def test_a_file_is_kept_without_the_places_of_its_keys(cache: Cache) -> None:
    text = "---\ntitle: Tin\ndate: 2025-01-02\nsummary: Tin.\ncategory: tin\n---\nThân.\n"
    file, _ = parse(Article, "docs/tin-tuc/2025/tin.md", text)
    assert file.tree
    again: ContentFile[Article] = kept(file, cache).value
    assert again == file
    assert "tree" not in again.__dict__
    assert again.tree == file.tree


# --- packs ---------------------------------------------------------------------------


def count(cache: Cache) -> tuple[int, int]:
    """Of values and of packs."""
    return sum(1 for _ in cache.every("file")), sum(1 for _ in cache.every("file pack"))


def test_of_a_pack_with_a_change_the_others_are_found_one_by_one(cache: Cache) -> None:
    DiskMemory(cache, Progress()).values(things_of(320))
    assert count(cache) == (320, 10)
    wanted = things_of(320)
    names = list(wanted.names)
    names[40] = "new"
    made = []

    def make(some: list[int]) -> list[Thing]:
        made.extend(some)
        return [Thing(str(number), (str(number),)) for number in some]

    changed = Wanted("file", names, wanted.things, make, many=True)
    (things,) = DiskMemory(cache, Progress()).values(changed)
    assert made == [40]
    assert [thing.label for thing in things] == list(map(str, range(320)))
    assert count(cache) == (321, 11)


def test_what_is_in_a_pack_is_right_without_a_look(cache: Cache, fetched: Counter[str]) -> None:
    DiskMemory(cache, Progress()).values(things_of(320))
    (things,) = DiskMemory(cache, Progress()).values(things_of(320, right=False))
    assert len(things) == 320
    assert fetched == {}


def test_where_something_else_is_around_each_value_is_looked_at(cache: Cache, fetched: Counter[str]) -> None:
    DiskMemory(cache, Progress()).values(things_of(320))
    DiskMemory(cache, Progress()).values(things_of(320, around="other"))
    assert fetched == {"Thing": 320}
    assert count(cache) == (320, 20)
    fetched.clear()
    DiskMemory(cache, Progress()).values(things_of(320, around="other"))
    assert fetched == {}


def test_a_process_that_builds_again_looks_only_when_something_else_is_around(
    cache: Cache, fetched: Counter[str]
) -> None:
    recent = Recent()
    DiskMemory(cache, Progress()).values(things_of(320))
    for around, looks in (("", 0), ("", 0), ("other", 320), ("other", 0)):
        fetched.clear()
        (things,) = DiskMemory(cache, Progress(), recent).values(things_of(320, around=around))
        assert [thing.label for thing in things] == list(map(str, range(320)))
        assert sum(fetched.values()) == looks


def test_what_is_of_no_use_goes_with_its_rest(cache: Cache) -> None:
    DiskMemory(cache, Progress()).values(things_of(320))
    memory = DiskMemory(cache, Progress())
    memory.values(things_of(32))
    memory.forget_unused()
    assert count(cache) == (32, 1)
    assert sum(1 for _ in cache.every(REST)) == 32


# --- a whole build -------------------------------------------------------------------


def site_of(root: Path) -> Site:
    """As `portal build` builds it, drawn."""
    with closing(opened_cache(root)) as cache:

        def work(memory: DiskMemory) -> Site:
            site, problems = checked(root, NOW, memory=memory)
            assert problems == ()
            assert build(root, site, cache, Wishes()).failure == ""
            memory.forget_unused()
            return site

        return remembering(cache, Progress(), work)


def test_a_body_edit_asks_only_for_what_it_changes(portal: Path, fetched: Counter[str]) -> None:
    site_of(portal)
    fetched.clear()
    with (portal / ARTICLE).open("a", encoding="utf-8") as file:
        file.write("\nMột câu thêm.\n")
    site_of(portal)
    # The file of a page in the footer; what the menu's pages hold; of the article the view, the cards it may name (in
    # each part of the plan), what its figures are used for.
    assert fetched == {"ContentFile": 1, "Body": 8, "Page": 1, "Part": 6, "Notes": 1}


@contextmanager
def tampered(root: Path, statement: str) -> Iterator[None]:
    with closing(sqlite3.connect(root / FOLDER / "cache.sqlite")) as database:
        database.execute(statement)
        database.commit()
    yield


def test_a_build_whose_rests_are_gone_is_as_from_nothing(portal: Path) -> None:
    whole = site_of(portal)
    with tampered(portal, f"DELETE FROM made WHERE kind = '{REST}'"):
        (portal / ARTICLE).write_text((portal / ARTICLE).read_text(encoding="utf-8") + "\nThêm.\n", encoding="utf-8")
        again = site_of(portal)
    assert [page.address for page in again.pages] == [page.address for page in whole.pages]
    assert site_of(portal) == again
