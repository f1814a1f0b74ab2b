"""The files as they are now to the folder that is shown: the whole way, or only what an edit of bodies changes."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from portal.fingerprint import digest
from portal.problems import Problem
from portal.settled import Settled
from portal.site import Site

from .building import UNKNOWN, Built, OutOfStepError, Start, Wishes, update
from .cache import Cache
from .exchange import Places, recover
from .faults import checked
from .memory import SETTLED, DiskMemory, give_back
from .progress import Phase
from .skeleton import looks


class Renewed(NamedTuple):
    """A site, its problems, and what came of drawing it, which is not begun with problems."""

    site: Site
    problems: tuple[Problem, ...]
    built: Built


@dataclass(frozen=True)
class Renewal:
    """How the folder that is shown is brought up to date."""

    root: Path
    places: Places
    cache: Cache
    wishes: Wishes
    preview: bool = False

    def run(self, now: datetime, memory: DiskMemory) -> Renewed:
        """What is settled of the site that is shown may be enough. Somebody who asks about one page wants to know of
        everything that could be the answer, so then all is looked at."""
        self.wishes.progress.begin(Phase.READ)
        with suppress(OSError):  # it is tried again before anything is drawn, and told then
            recover(self.places)
        with self.places.looking() as looked:
            drawn_by, start = self._drawn_by(), Start(self.places.stamp(), looked)
            name = _name(start.stamp, drawn_by)
            settled = memory.kept(SETTLED, name) if name and not self.wishes.explain else None
            renewed = self._drawn(now, memory, settled, start)
        if renewed.problems or renewed.built.failure:  # what a fault keeps from use is needed when it is mended
            return renewed
        name = _name(renewed.built.stamp, drawn_by)
        if name and renewed.site.settle and self._drawn_by() == drawn_by:
            give_back()
            memory.replace(SETTLED, name, renewed.site.settle(memory))
        if not renewed.site.is_amended:
            memory.forget_unused()
        return renewed

    def _drawn(self, now: datetime, memory: DiskMemory, settled: Settled | None, start: Start) -> Renewed:
        with suppress(OutOfStepError):
            return self._tried(now, memory, settled, start)
        return self._tried(now, memory, None, UNKNOWN)  # the next folder is not as it was at the start any more

    def _tried(self, now: datetime, memory: DiskMemory, settled: Settled | None, start: Start) -> Renewed:
        site, problems = checked(self.root, now, preview=self.preview, memory=memory, before=settled)
        give_back()
        built = Built() if problems else update(self.root, site, self.places, self.cache, self.wishes, start)
        return Renewed(site, problems, built)

    def _drawn_by(self) -> str:
        """Names what draws a site, beside the program; empty where that can't be read, which drawing tells."""
        try:
            return digest(self.wishes.site_url, *(part for pair in looks(self.root) for part in pair))
        except OSError:
            return ""


def _name(stamp: str, drawn_by: str) -> str:
    """Names a site that is shown, with what has drawn it; empty when one of them is not known."""
    return digest(stamp, drawn_by) if stamp and drawn_by else ""
