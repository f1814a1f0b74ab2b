"""Of most values a build knows only what it asks of all of them; what is gone of them is made again."""

from __future__ import annotations

import multiprocessing
import pickle
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import fields
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from drawing.cache import Cache
from drawing.memory import DiskMemory, Recent
from drawing.parts import Job
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
from things import Thing, a_thing, asked, things_of

Keep = Callable[[object], Held]


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
