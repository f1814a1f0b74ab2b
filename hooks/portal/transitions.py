"""Which status may follow which in the history of a model: the tables, and nothing but their reading."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from .schema.content import ModelStatus

# What may come next, whenever. A source need not name every step, so the way may skip some. Recognition, a title and
# keeping on may be given again; an appraisal too, at another level. The end is final. A source that only names a model
# (`reported`) says nothing of its way, so anything may follow; nothing more exact goes back to it.
_AT_ANY_TIME = """
reported:   reported proposed registered appraised recognised exemplary replicated maintained paused stopped rejected
proposed:   registered appraised recognised rejected
registered: registered appraised recognised exemplary replicated maintained paused stopped rejected
appraised:  appraised recognised exemplary replicated maintained paused stopped rejected
recognised: recognised exemplary replicated maintained paused stopped
exemplary:  recognised exemplary replicated maintained paused stopped
replicated: recognised exemplary replicated maintained paused stopped
maintained: recognised exemplary replicated maintained paused stopped
paused:     registered recognised maintained stopped
stopped:
rejected:
"""

# What may come next in a later year only. Campaigns are held yearly: what was recognised is registered and appraised anew
# in another one, and what was refused may try again.
_FROM_NEXT_YEAR = """
appraised:  registered
recognised: registered appraised
exemplary:  registered appraised
replicated: registered appraised
maintained: registered appraised
rejected:   proposed registered appraised
"""


@dataclass(frozen=True)
class Followers:
    """The statuses that may come next, in the order of the tables."""

    at_any_time: tuple[ModelStatus, ...]
    from_next_year: tuple[ModelStatus, ...]  # and not before


def _read(table: str) -> dict[ModelStatus, tuple[ModelStatus, ...]]:
    rows = (line.partition(":") for line in table.strip().splitlines())
    return {ModelStatus(status): tuple(map(ModelStatus, after.split())) for status, _, after in rows}


def _joined(
    at_any_time: Mapping[ModelStatus, tuple[ModelStatus, ...]],
    from_next_year: Mapping[ModelStatus, tuple[ModelStatus, ...]],
) -> Mapping[ModelStatus, Followers]:
    rows = {status: Followers(after, from_next_year.get(status, ())) for status, after in at_any_time.items()}
    return MappingProxyType(rows)


FOLLOWERS: Mapping[ModelStatus, Followers] = _joined(_read(_AT_ANY_TIME), _read(_FROM_NEXT_YEAR))
