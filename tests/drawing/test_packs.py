"""Values of neighbours are kept in packs as well; of a pack with a change each is looked for, and what is of no use goes."""

from __future__ import annotations

from contextlib import closing

import pytest
from drawing.cache import Cache
from drawing.memory import DiskMemory, Recent, remembering
from drawing.parts import Job, Pack, make
from drawing.pickling import REST
from drawing.progress import Progress
from portal.memory import ForgottenError, Wanted
from things import Thing, asked, things_of


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
