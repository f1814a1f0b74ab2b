"""Which model learnt from which: loops and impossible origins, families, the most replicated models."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from .problems import Problem
from .schema.content import Profile
from .source import PROFILES, ContentFile, Sources
from .standing import profile_standing
from .text import sort_key


def check_lineage(sources: Sources) -> Iterator[Problem]:
    """A model learnt from another one that is public (a draft may learn from a draft), that did not start after it,
    and that learnt nothing from it, directly or over others."""
    faulty = (file for file in sources.faulty if file.path.startswith(PROFILES + "/"))
    by_slug: dict[str, ContentFile[Profile]] = {}
    for profile in sorted((*sources.profiles, *faulty), key=lambda file: file.path):
        by_slug.setdefault(profile.slug, profile)
    whole = {profile.path for profile in sources.profiles}
    for profile in sources.profiles:
        origin = by_slug.get(profile.record.replicated_from or "")
        if origin is not None and origin.slug != profile.slug and origin.path in whole:
            yield from _hidden_origin(profile, origin)
            yield from _later_origin(profile, origin)
    yield from _loops(by_slug)


def _hidden_origin(profile: ContentFile[Profile], origin: ContentFile[Profile]) -> Iterator[Problem]:
    if profile_standing(profile.record).public and not profile_standing(origin.record).public:
        why = "là bản nháp" if origin.record.draft else f"có trạng thái “{origin.record.status.label}”"
        message = f"hồ sơ `{origin.slug}` {why} nên không đăng"
        yield profile.problem(("replicated_from",), message, "hãy đăng hồ sơ đó trước hoặc bỏ khóa này")


def _later_origin(profile: ContentFile[Profile], origin: ContentFile[Profile]) -> Iterator[Problem]:
    own, its = profile.record.started, origin.record.started
    if own and its and own.last_day < its.first_day:
        message = f"mô hình bắt đầu {own}, trước khi `{origin.slug}` bắt đầu ({its})"
        yield profile.problem(("replicated_from",), message, "hãy sửa `started` của một hồ sơ hoặc bỏ khóa này")


def _loops(by_slug: Mapping[str, ContentFile[Profile]]) -> Iterator[Problem]:
    """Each loop once, at its first file; a model that learnt from itself is told elsewhere."""
    done: set[str] = set()
    for start in by_slug:
        way: dict[str, int] = {}
        slug: str | None = start
        while slug in by_slug and slug not in done and slug not in way:
            way[slug] = len(way)
            slug = by_slug[slug].record.replicated_from
        if slug in way and len(way) - way[slug] > 1:
            yield _loop([by_slug[member] for member in list(way)[way[slug] :]])
        done.update(way)


def _loop(members: list[ContentFile[Profile]]) -> Problem:
    first = min(range(len(members)), key=lambda index: members[index].path)
    ordered = [*members[first:], *members[:first]]
    chain = " → ".join(f"`{member.slug}`" for member in (*ordered, ordered[0]))
    hint = "hãy bỏ `replicated_from` ở mô hình có trước"
    return ordered[0].problem(
        ("replicated_from",), f"học theo vòng, mỗi mô hình học từ mô hình ghi sau nó: {chain}", hint
    )


# --- families -------------------------------------------------------------------


@dataclass(frozen=True)
class Kin:
    """A model of a family: its depth below the model all others go back to (0), how many learnt from it directly, and
    how many go back to it in all."""

    profile: ContentFile[Profile]
    depth: int
    learners: int
    descendants: int


@dataclass(frozen=True)
class Family:
    """A model that learnt from none, followed by all that go back to it, each right below what it learnt from."""

    members: tuple[Kin, ...]

    @property
    def root(self) -> ContentFile[Profile]:
        return self.members[0].profile


class Lineage:
    """The families among profiles without loops; an origin that is not among them counts as none."""

    def __init__(self, profiles: Iterable[ContentFile[Profile]]) -> None:
        self._by_slug = {profile.slug: profile for profile in profiles}
        below: dict[str, list[ContentFile[Profile]]] = {}
        for profile in self._by_slug.values():
            if origin := self.origin_of(profile):
                below.setdefault(origin.slug, []).append(profile)
        self._below = {slug: tuple(sorted(learners, key=_by_title)) for slug, learners in below.items()}

    def origin_of(self, profile: ContentFile[Profile]) -> ContentFile[Profile] | None:
        return self._by_slug.get(profile.record.replicated_from or "")

    def learners_of(self, profile: ContentFile[Profile]) -> tuple[ContentFile[Profile], ...]:
        """The models that learnt directly from it, by Vietnamese name."""
        return self._below.get(profile.slug, ())

    def root_of(self, profile: ContentFile[Profile]) -> ContentFile[Profile]:
        while origin := self.origin_of(profile):
            profile = origin
        return profile

    @cached_property
    def families(self) -> tuple[Family, ...]:
        """The largest first, then by Vietnamese name; a model alone is no family."""
        roots = (p for p in self._by_slug.values() if self.learners_of(p) and not self.origin_of(p))
        found = [Family(tuple(self._descent(root))) for root in roots]
        return tuple(sorted(found, key=lambda family: (-len(family.members), *_by_title(family.root))))

    def _descent(self, root: ContentFile[Profile]) -> list[Kin]:
        members: list[tuple[ContentFile[Profile], int]] = []
        waiting = [(root, 0)]
        while waiting:
            profile, depth = waiting.pop()
            members.append((profile, depth))
            waiting.extend((learner, depth + 1) for learner in reversed(self.learners_of(profile)))
        ends = _ends([depth for _, depth in members])
        return [
            Kin(profile, depth, len(self.learners_of(profile)), end - index - 1)
            for index, ((profile, depth), end) in enumerate(zip(members, ends, strict=True))
        ]

    @cached_property
    def most_replicated(self) -> tuple[Kin, ...]:
        """The models from which others learnt directly, those with the most first, then by Vietnamese name."""
        there = (kin for family in self.families for kin in family.members if kin.learners)
        return tuple(sorted(there, key=lambda kin: (-kin.learners, *_by_title(kin.profile))))


def _ends(depths: list[int]) -> list[int]:
    """Of each member in such a list the position after the last one below it."""
    ends = [len(depths)] * len(depths)
    later: list[int] = []  # positions whose depth no position between has reached, the next on top
    for index in reversed(range(len(depths))):
        while later and depths[later[-1]] > depths[index]:
            later.pop()
        ends[index] = later[-1] if later else len(depths)
        later.append(index)
    return ends


def _by_title(profile: ContentFile[Profile]) -> tuple:
    return (sort_key(profile.record.title), profile.path)
