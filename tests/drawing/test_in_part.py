"""Of most values a build knows only what it asks of all of them; what is gone of them is made again."""

from __future__ import annotations

import multiprocessing
import pickle
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, field, fields
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from drawing.cache import Cache
from drawing.memory import DiskMemory, Recent, remembering
from drawing.parts import Job, Pack, make
from drawing.parts import Part as Made
from drawing.pickling import REST, Held, Pieces, Rests, unpickled
from drawing.progress import Progress
from portal.body import Body
from portal.evidence import Evidence
from portal.feeds.channels import HeadShelf
from portal.feeds.entries import Entry
from portal.memory import ForgottenError, InPart, Wanted
from portal.packing import Packer, as_it_is, unpack
from portal.pages import Notes, Page
from portal.planning import Part, Shelf
from portal.schema.content import Article
from portal.search.bodies import Block
from portal.search.heads import Heads
from portal.source import ContentFile, parse

Keep = Callable[[object], Held]


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
def rests(cache: Cache) -> Iterator[Rests]:
    with closing(Rests(cache)) as opened:
        yield opened


@pytest.fixture
def kept(cache: Cache, rests: Rests) -> Callable[[object], Held]:
    """A value that was written down and is read again."""

    def again(value: object) -> Held:
        pieces = Pieces()
        first, _ = pieces.of(value)
        cache.keep_sealed(REST, pieces.rests)
        return unpickled(first, rests)

    return again


def asked(cache: Cache, *wanted: Wanted, recent: Recent | None = None, ends: bool = False) -> list[list[Any]]:
    """What a run asks a memory for; `ends` says that it went well."""
    with closing(DiskMemory(cache, Progress(), recent)) as memory:
        values = memory.values(*wanted)
        if ends:
            memory.forget_unused()
        memory.keep_packs()
        return values


# --- one value -----------------------------------------------------------------------


def test_the_rest_is_fetched_at_the_first_question(kept: Keep, fetched: Counter[str]) -> None:
    value, rests = kept(a_thing())
    assert (value.label, value.is_whole, len(rests), fetched) == ("vật", False, 1, {})
    assert value.content == ("một", "hai")
    assert value.more == {"ba": 3}
    assert value == a_thing()
    assert value.is_whole
    assert fetched == {"Thing": 1}


def test_what_there_is_not_is_not_fetched(kept: Keep, fetched: Counter[str]) -> None:
    value = kept(a_thing()).value
    with pytest.raises(AttributeError, match="Thing has no other"):
        _ = value.other
    assert fetched == {}


def test_values_in_others_are_parted_as_well(kept: Keep) -> None:
    one = a_thing()
    value, rests = kept({"a": [one, Thing("khác", ())], "b": one})
    assert not value["a"][0].is_whole
    assert value["a"][0] is value["b"], "one thing stays one"
    assert len(rests) == 2
    assert value == {"a": [one, Thing("khác", ())], "b": one}


def test_what_was_not_asked_for_is_written_again_without_it(kept: Keep, rests: Rests, fetched: Counter[str]) -> None:
    once = kept(a_thing())
    pieces = Pieces()
    first, names = pieces.of([once.value])
    assert (names, pieces.rests) == (once.rests, {})
    assert unpickled(first, rests) == Held([a_thing()], once.rests)
    assert fetched == {"Thing": 1}, "for the comparison"


def test_a_rest_that_is_gone_is_told(cache: Cache, kept: Keep, rests: Rests) -> None:
    value = kept(a_thing()).value
    cache.forget(REST)
    with pytest.raises(ForgottenError):
        _ = value.content
    with pytest.raises(ForgottenError):
        rests.complete([value])


def test_a_first_piece_is_not_read_by_pickle_alone() -> None:
    with pytest.raises(TypeError, match="Thing is read without a cache to fetch its rest from"):
        pickle.loads(Pieces().of(a_thing())[0])


def test_what_could_not_be_kept_is_held(tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("a file where the folder should be")
    cache, recent = Cache(tmp_path / "cache", "bản 1"), Recent()
    for count in (200, 300, 70):
        (things,) = asked(cache, things_of(count), recent=recent, ends=True)
        assert [thing.content for thing in things] == [(str(number),) for number in range(count)]
        assert recent.rests is not None
        assert len(recent.rests.unkept) == count, "no more than what is of use"


def things_of(count: int, *, around: str = "đây", says: str = "") -> Wanted:
    """Many, by names as digests are: each 32nd is the last of its pack. `says` is what around them they are right for."""
    return Wanted(
        "file",
        [f"{number:04}{'00' if number % 32 == 31 else 'ff'}" for number in range(count)],
        list(range(count)),
        lambda some: [Thing(str(number), (f"{number}{says}",)) for number in some],
        lambda thing, value: value.content == (f"{thing}{says}",),
        many=True,
        around=around,
    )


def test_what_a_value_is_right_for_has_a_name() -> None:
    with pytest.raises(ValueError, match="file: what `is_right` looks at has no name"):
        things_of(1, around="")


def test_what_another_process_made_comes_with_its_rest_where_that_is_wanted(rests: Rests) -> None:
    job = Job(0, 0)
    sent = pickle.loads(pickle.dumps(Made({job: a_thing()})))
    assert not sent.value(job, rests, whole=False).value.is_whole
    whole = sent.value(job, rests, whole=True).value
    assert (whole, whole.is_whole) == (a_thing(), True)


def test_a_rest_at_hand_that_is_damaged_is_fetched(kept: Keep, cache: Cache, rests: Rests) -> None:
    pieces = Pieces()
    first, (name,) = pieces.of(a_thing())
    cache.keep_sealed(REST, pieces.rests)
    whole = unpickled(first, rests, pieces.rests).value
    assert (whole, whole.is_whole) == (a_thing(), True)
    partly = unpickled(first, rests, {name: b"damaged"}).value
    assert not partly.is_whole
    assert partly == a_thing()


def test_many_are_completed_at_once(cache: Cache, fetched: Counter[str]) -> None:
    asked(cache, things_of(700))
    with closing(DiskMemory(cache, Progress())) as memory:
        (things,) = memory.values(things_of(700))
        assert not any(thing.is_whole for thing in things)
        memory.complete(things)
        memory.complete([a_thing()])
    assert [thing.content for thing in things] == [(str(number),) for number in range(700)]
    assert fetched == {}


def test_of_what_is_made_here_what_it_holds_is_let_go_too(cache: Cache) -> None:
    names = ["a", "b"]
    with closing(DiskMemory(cache, Progress())) as memory:
        ((one, other),) = memory.values(Wanted("file", names, names, lambda some: [{"in": a_thing()} for _ in some]))
        memory.let_go([one["in"], other["in"]])
        assert not one["in"].is_whole
        assert not other["in"].is_whole
        assert (one["in"], other["in"]) == (a_thing(), a_thing())


@pytest.mark.parametrize("count", [0, 1, 63, 200])
def test_what_is_to_be_kept_is_made_where_it_is_not_there(cache: Cache, count: int) -> None:
    made: dict[str, Callable[[], object]] = {
        str(number): partial(Thing, str(number), ("x",)) for number in range(count)
    }
    with closing(DiskMemory(cache, Progress())) as memory:
        memory.keep("leaves", dict(list(made.items())[: count // 3]))
        told = {name: partial(_told, name) for name in list(made)[: count // 3]}
        memory.keep("leaves", made | told)
        assert [memory.kept("leaves", name) for name in made] == [Thing(name, ("x",)) for name in made]


def _told(name: str) -> object:
    raise AssertionError(f"{name} is there")


def test_what_is_forgotten_while_it_is_kept_is_told(cache: Cache) -> None:
    def forgotten() -> object:
        raise ForgottenError

    with closing(DiskMemory(cache, Progress())) as memory, pytest.raises(ForgottenError):
        memory.keep("leaves", {str(number): forgotten for number in range(200)})


def test_what_is_let_go_is_fetched_again_but_stays_with_a_process_that_builds_again(cache: Cache) -> None:
    with closing(DiskMemory(cache, Progress())) as memory:
        (things,) = memory.values(things_of(3))
        memory.let_go([*things, a_thing()])
        assert [thing.is_whole for thing in things] == [False] * 3
        assert [thing.content for thing in things] == [("0",), ("1",), ("2",)]
    with closing(DiskMemory(cache, Progress(), Recent())) as memory:
        (things,) = memory.values(things_of(3))
        memory.complete(things)
        memory.let_go(things)
        assert [thing.is_whole for thing in things] == [True] * 3


def _content_of(thing: Thing, to: Any) -> None:
    to.send(thing.content)


def test_another_process_fetches_by_itself(kept: Keep, rests: Rests) -> None:
    value = kept(a_thing()).value
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


# What a kind holds that is not remembered: a page gets its body from the site.
NOT_REMEMBERED = {Page: {"body"}}


@pytest.mark.parametrize(
    "kind", [ContentFile, Body, Evidence, Page, Part, Shelf, Notes, Heads, Block], ids=lambda kind: kind.__name__
)
def test_all_that_values_hold_is_remembered(kind: type[InPart]) -> None:
    """And nothing of the rest has a default in its class, which would be taken for the value."""
    held = {one.name for one in fields(kind)}  # type: ignore[arg-type]
    assert held - {*kind.AT_HAND, *kind.REST} == NOT_REMEMBERED.get(kind, set())
    assert [name for name in kind.REST if name in vars(kind)] == []


def test_there_are_no_other_such_kinds() -> None:
    assert set(InPart.__subclasses__()) - {Thing, Faulty} == {
        ContentFile,
        Body,
        Evidence,
        Page,
        Part,
        Shelf,
        Notes,
        Heads,
        Block,
        HeadShelf,
        Entry,
    }


class Faulty(InPart):
    AT_HAND = ()
    REST = ("content",)

    @property
    def said(self) -> str:
        return self.nothing  # type: ignore[attr-defined, no-any-return]


def test_of_a_property_that_fails_the_fault_is_told() -> None:
    with pytest.raises(AttributeError, match="Faulty has no nothing"):
        _ = Faulty().said


@pytest.mark.parametrize("length", [0, 1, 799, 800, 5000])
def test_what_is_packed_is_the_same_again(length: int) -> None:
    data = b"\x00(\xb5/\xfd" * (length // 5 + 1)
    assert unpack(Packer().pack(data[:length])) == data[:length]
    assert unpack(as_it_is(data[:length])) == data[:length]


def test_a_file_is_kept_without_the_places_of_its_keys(kept: Keep) -> None:
    text = "---\ntitle: Tin\ndate: 2025-01-02\nsummary: Tin.\ncategory: tin\n---\nThân.\n"
    file, _ = parse(Article, "docs/tin-tuc/2025/tin.md", text)
    assert file.tree
    again: ContentFile[Article] = kept(file).value
    assert again == file
    assert "tree" not in again.__dict__
    assert again.tree == file.tree


# --- packs ---------------------------------------------------------------------------


def count(cache: Cache) -> tuple[int, int]:
    """Of values and of packs."""
    return sum(1 for _ in cache.every("file")), sum(1 for _ in cache.every("file pack"))


def test_of_a_pack_with_a_change_the_others_are_found_one_by_one(cache: Cache) -> None:
    asked(cache, things_of(320))
    assert count(cache) == (320, 10)
    wanted = things_of(320)
    names = list(wanted.names)
    names[40] = "new"
    made = []

    def make(some: list[int]) -> list[Thing]:
        made.extend(some)
        return [Thing(str(number), (str(number),)) for number in some]

    (things,) = asked(cache, Wanted("file", names, wanted.things, make, many=True, around="đây"))
    assert made == [40]
    assert [thing.label for thing in things] == list(map(str, range(320)))
    assert count(cache) == (321, 11)


def test_packs_are_kept_with_what_is_made_next_or_at_the_end(cache: Cache) -> None:
    with closing(DiskMemory(cache, Progress())) as memory:
        memory.values(things_of(320))
        assert count(cache) == (320, 0)
        others = [f"other {number}" for number in range(200)]
        memory.values(Wanted("evidence", others, others, lambda some: [Thing(name, (name,)) for name in some]))
        assert count(cache) == (320, 10)
        memory.values(things_of(400))
        assert count(cache) == (400, 10)
        memory.keep_packs()
        assert count(cache) == (400, 13)
    (things,) = asked(cache, things_of(400))
    assert [thing.content for thing in things] == [(str(number),) for number in range(400)]


def test_packs_are_kept_of_a_run_that_succeeds(cache: Cache) -> None:
    def fails(memory: DiskMemory) -> None:
        memory.values(things_of(320))
        raise RuntimeError("giữa chừng")

    with pytest.raises(RuntimeError, match="giữa chừng"):
        remembering(cache, Progress(), fails)
    assert count(cache) == (320, 0)
    tries = []

    def succeeds_at_last(memory: DiskMemory) -> int:
        memory.values(things_of(320))
        tries.append(memory)
        if len(tries) == 1:
            raise ForgottenError
        return len(tries)

    assert remembering(cache, Progress(), succeeds_at_last) == 2
    assert count(cache) == (320, 10)


@pytest.mark.parametrize(
    ("heavy", "jobs", "packs", "processes"),
    [
        *[(0, 1, 0, 1), (0, 1, 200, 1), (0, 2, 200, 2), (0, 63, 0, 1), (0, 64, 0, 2)],
        *[(1, 1, 9, 1), (1, 1, 63, 2), (1, 2, 0, 2), (2, 2, 0, 2)],
    ],
)
def test_one_value_that_is_not_heavy_is_made_here_and_a_heavy_one_with_little_beside_it(
    monkeypatch: pytest.MonkeyPatch, heavy: int, jobs: int, packs: int, processes: int
) -> None:
    """One that is not heavy may ask for others; for the rest a process is not worth its start."""
    given: list[int] = []
    monkeypatch.setattr("drawing.parts.processes_for", lambda things, enough: 1 if things < enough else 2)
    monkeypatch.setattr("drawing.parts.in_parts", lambda work, parts, count, take, apart: given.append(count))
    wanted = [
        Wanted("file", range(jobs), range(jobs), list, heavy=True),
        Wanted("file", range(jobs), range(jobs), list),
    ]
    asked_for = [Job(0 if number < heavy else 1, number) for number in range(jobs)]
    make(wanted, asked_for, [Pack("file pack", str(number), []) for number in range(packs)], print)
    assert given == [processes]


def test_what_is_in_a_pack_is_right_without_a_look(cache: Cache) -> None:
    asked(cache, things_of(320))
    (things,) = asked(cache, things_of(320, says="!"))
    assert not any(thing.is_whole for thing in things)
    assert things[7].content == ("7",)


def test_where_something_else_is_around_each_value_is_looked_at(cache: Cache) -> None:
    asked(cache, things_of(320))
    (things,) = asked(cache, things_of(320, around="dort"))
    assert all(thing.is_whole for thing in things)
    assert count(cache) == (320, 20)
    (things,) = asked(cache, things_of(320, around="dort"))
    assert not any(thing.is_whole for thing in things)


def test_what_is_not_right_there_is_made_again(cache: Cache) -> None:
    asked(cache, things_of(320))
    for _ in range(2):
        (things,) = asked(cache, things_of(320, around="dort", says="!"))
        assert [thing.content for thing in things] == [(f"{number}!",) for number in range(320)]


def test_a_process_that_builds_again_looks_only_when_something_else_is_around(cache: Cache) -> None:
    recent = Recent()
    asked(cache, things_of(320))
    for around, says, looks in (("đây", "", False), ("đây", "", False), ("dort", "", True), ("dort", "", True)):
        (things,) = asked(cache, things_of(320, around=around, says=says), recent=recent)
        assert [thing.is_whole for thing in things] == [looks] * 320, "what was looked at once stays as it is"
    (things,) = asked(cache, things_of(320, around="dort", says="!"), recent=recent)
    assert things[7].content == ("7",), "it is not looked at again"


def test_a_value_that_a_failed_run_had_no_use_for_is_looked_at_when_it_is_back(cache: Cache) -> None:
    """It was right around other things. Neither this process nor the next may believe it."""
    recent = Recent()
    asked(cache, things_of(32), recent=recent, ends=True)
    asked(cache, things_of(31, around="dort", says="!"), recent=recent)
    for among in (recent, None):
        (things,) = asked(cache, things_of(32, around="dort", says="!"), recent=among)
        assert [thing.content for thing in things] == [(f"{number}!",) for number in range(32)]


def test_what_is_of_no_use_goes_with_its_rest(cache: Cache) -> None:
    asked(cache, things_of(320))
    asked(cache, things_of(32), ends=True)
    assert count(cache) == (32, 1)
    assert sum(1 for _ in cache.every(REST)) == 32


def test_a_site_without_files_takes_nothing_away(cache: Cache) -> None:
    asked(cache, things_of(320))
    asked(cache, things_of(0), ends=True)
    assert count(cache) == (320, 10)
    assert sum(1 for _ in cache.every(REST)) == 320


def test_a_value_whose_rest_went_is_made_again(cache: Cache) -> None:
    """Around one thing, others, and the first again: the value kept is of the last, the pack of the first."""
    asked(cache, things_of(32))
    for says in "!?.":
        asked(cache, things_of(32, around=says, says=says))
    asked(cache, things_of(32), ends=True)
    assert sum(1 for _ in cache.every(REST)) == 32
    (things,) = asked(cache, things_of(31, around=".", says="."))
    assert [thing.content for thing in things] == [(f"{number}.",) for number in range(31)]
