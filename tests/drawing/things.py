"""Things that are remembered in part, for tests of the memory."""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass, field
from typing import Any

from drawing.cache import Cache
from drawing.memory import DiskMemory, Recent
from drawing.progress import Progress
from portal.memory import InPart, Wanted


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


def asked(cache: Cache, *wanted: Wanted, recent: Recent | None = None, ends: bool = False) -> list[list[Any]]:
    """What a run asks a memory for; `ends` says that it went well."""
    with closing(DiskMemory(cache, Progress(), recent)) as memory:
        values = memory.values(*wanted)
        if ends:
            memory.forget_unused()
        memory.keep_packs()
        return values


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
