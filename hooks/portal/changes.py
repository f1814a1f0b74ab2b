"""Published figures that changed without a word to readers: two versions of the articles in, warnings out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from .problems import Problem
from .reading import whole_file
from .registers import Registers
from .schema.content import Article, Publication
from .schema.dates import VIETNAM
from .source import ARTICLE_PATH, ContentFile, Sources
from .standing import Standing, article_standing
from .statements import SUBJECT, Stated, Statement, stated
from .text import fold

_NAMED = 3  # of a set that is gone: how many of its numbers a warning repeats
_MENDABLE = 3  # letters of the shortest word in which one may be wrong


@dataclass(frozen=True)
class Version:
    """The content at one time: what the files hold, and `at`, the moment at which to ask what of it is public (aware).
    `refused` are the files of articles that could not be read or are at fault."""

    sources: Sources
    registers: Registers
    refused: frozenset[str]
    at: datetime


def uncorrected_changes(before: Version, after: Version) -> Iterator[Problem]:
    """A figure that stood on the site changes, or goes, only together with a new entry in `corrections` of its article.

    A figure is every number of a set with its qualifier and unit of measure, its shares and changes, and the unit,
    measure, kind of count and period it is of. It stood on the site when its article was published or archived, and
    neither waiting nor expired, at the time of `before`. An article is found again by its path, else by an alias that is
    its old address, else by its file name; a set by its id, else by what it has in common with one that is new.

    Silent: what was added, what is only written another way, the spelling of labels, notes and text; an article that expires, as
    its address says so. An entry in `corrections` is new when its date was not there before: mending one's words adds
    none. An article taken back or deleted is told once. What can't be read in `before` can't be compared, which is told;
    what can't be read in `after` has its faults told elsewhere.
    """
    places = _Places(before.sources, after.sources)
    for old in before.sources.articles:
        if not old.record.figures or not article_standing(old.record, before.at).counted:
            continue
        new = places.of(old)
        if new is None and old.path not in after.refused:
            yield _deleted(old)
        elif new is not None and new.path not in after.refused:
            yield from _changed(old, new, before, after)
    yield from _unread(before, after)


class _Places:
    """Where the articles of one version stand in the other."""

    def __init__(self, before: Sources, after: Sources) -> None:
        faulty = (file for file in after.faulty if ARTICLE_PATH.fullmatch(file.path))
        there: list[ContentFile[Article]] = [*after.articles, *faulty]
        known = {file.path for file in (*before.articles, *before.faulty)}
        self.by_path = {file.path: file for file in there}
        self.by_alias = {alias.strip("/"): file for file in there for alias in file.record.aliases or ()}
        self.added: dict[str, list[ContentFile[Article]]] = {}
        for file in there:
            if file.path not in known:
                self.added.setdefault(file.slug, []).append(file)

    def of(self, old: ContentFile[Article]) -> ContentFile[Article] | None:
        moved = self.added.get(old.slug, [])
        by_name = moved[0] if len(moved) == 1 else None
        return self.by_path.get(old.path) or self.by_alias.get(old.address.strip("/")) or by_name


def _deleted(old: ContentFile[Article]) -> Problem:
    message = f"bài đã đăng cùng {len(old.record.figures)} bộ số liệu, nay không còn"
    hint = (
        f"hãy khôi phục tệp; nếu chỉ đổi tên thì thêm `{old.address}` vào `aliases` của bài ở chỗ mới, "
        "nếu muốn gỡ bài thì giữ tệp và đặt `expires_at`"
    )
    return whole_file(old.path, message, hint)


def _changed(
    old: ContentFile[Article], new: ContentFile[Article], before: Version, after: Version
) -> Iterator[Problem]:
    standing = article_standing(new.record, after.at)
    if not standing.public:
        yield _taken_back(old, new)
    elif standing is not Standing.EXPIRED and not _corrected(old.record, new.record):
        day = after.at.astimezone(VIETNAM).date().isoformat()
        hint = f"hãy thêm `- {{date: {day}, note: …}}` vào `corrections`, hoặc trả lại như đã đăng"
        for was, now in pairs(_sets(old, before, after), _sets(new, after, before)):
            yield from _of_set(was, now, new, hint)


def _corrected(old: Article, new: Article) -> bool:
    """Whether there is a correction of a date that was not there as often before."""
    return bool(Counter(c.date for c in new.corrections) - Counter(c.date for c in old.corrections))


def _taken_back(old: ContentFile[Article], new: ContentFile[Article]) -> Problem:
    unpublished = new.record.status in (Publication.DRAFT, Publication.REVIEW)
    key = "status" if unpublished else "publish_at" if new.record.publish_at else "date"
    message = f"bài đã đăng cùng {len(old.record.figures)} bộ số liệu, nay không còn trên cổng"
    return new.problem((key,), message, "hãy đăng lại; nếu muốn gỡ bài thì đặt `expires_at`, để địa chỉ cũ có lời báo")


def _sets(article: ContentFile[Article], own: Version, other: Version) -> list[Stated]:
    """The sets of an article. A measure that one version does not know has the unit of measure it has in the other."""
    found = []
    for index, figure in enumerate(article.record.figures):
        known = (version.registers.measures.by_slug.get(figure.measure) for version in (own, other))
        measure = next((measure for measure in known if measure), None)
        found.append(stated(index, figure, own.registers, measure.unit_of_measure if measure else ""))
    return found


def _of_set(was: Stated, now: Stated | None, article: ContentFile[Article], hint: str) -> Iterator[Problem]:
    if now is None:
        some = "; ".join(f"{number.name}: {number.said}" for number in was.numbers[:_NAMED])
        more = "; …" if len(was.numbers) > _NAMED else ""
        message = f"bộ số liệu `{was.id}` ({some}{more}) đã đăng, nay không còn mà chưa có đính chính"
        yield article.problem(("figures",), message, hint, of_key=True)
        return
    renamed = f" (mã `{was.id}` thành `{now.id}`)" if was.id != now.id else ""
    for before, after in matched(was.statements, now.statements):
        if after is None:
            message = f"`{before.name}` đã đăng là {before.said}, nay không còn mà chưa có đính chính"
            yield article.problem(("figures", now.index, before.group[0]), message, hint)
        elif before.value != after.value:
            said = renamed if before.group[0] in SUBJECT else ""
            message = f"đã đăng là {before.said}, nay là {after.said}{said} mà chưa có đính chính"
            yield article.problem(("figures", now.index, *after.loc), message, hint)


def _unread(before: Version, after: Version) -> Iterator[Problem]:
    files = {file.path: file for file in before.sources.faulty}
    for path in sorted(before.refused - after.refused):
        file = files.get(path)
        if ARTICLE_PATH.fullmatch(path) and (file is None or _may_have_figures(file)):
            message = "bản cũ của tệp này không đọc được theo mẫu hiện nay nên chưa so được số liệu"
            yield whole_file(path, message, "hãy tự so các số đã đăng với bài hiện nay")


def _may_have_figures(file: ContentFile[Article]) -> bool:
    if file.tree.broken or not isinstance(file.tree.value, dict):
        return True
    return "figures" in file.tree.value and file.record.status not in (Publication.DRAFT, Publication.REVIEW)


# --- what belongs to what ------------------------------------------------------


def pairs(old: Sequence[Stated], new: Sequence[Stated]) -> Iterator[tuple[Stated, Stated | None]]:
    """Every old set with the new one that took its place: of the same id, else the one most like it among the others."""
    by_id = {found.id: found for found in new}
    place = {was.id: by_id[was.id] for was in old if was.id in by_id}
    left = [found for found in new if found.id not in place]
    rivals = [(*_likeness(was, now), was, now) for was in old if was.id not in place for now in left]
    taken: set[int] = set()
    for subject, numbers, was, now in sorted(rivals, key=lambda r: (-r[0], -r[1], r[2].index, r[3].index)):
        is_one = subject == len(SUBJECT) or (numbers and subject >= (2 if numbers == len(was.numbers) else 3))
        if is_one and was.id not in place and now.index not in taken:
            place[was.id] = now
            taken.add(now.index)
    return ((was, place.get(was.id)) for was in old)


def _likeness(was: Stated, now: Stated) -> tuple[int, int]:
    """How much of its subject, and how many of its numbers, a set has in common with another."""
    there = {(s.group, s.label, s.value) for s in now.statements}
    same = [s.group[0] in SUBJECT for s in was.statements if (s.group, s.label, s.value) in there]
    return sum(same), len(same) - sum(same)


def matched(old: Iterable[Statement], new: Iterable[Statement]) -> Iterator[tuple[Statement, Statement | None]]:
    """Every old statement with the new one that says the same thing: of the same group and label; else of the same group
    and value with a label whose spelling was mended. What is new alone is left out."""
    waiting = list(new)
    missing: list[Statement] = []
    for was in old:
        same = [now for now in waiting if (now.group, now.label) == (was.group, was.label)]
        if not same:
            missing.append(was)
            continue
        now = next((now for now in same if now.value == was.value), same[0])
        waiting.remove(now)
        yield was, now
    for was in missing:
        near = (now for now in waiting if (now.group, now.value) == (was.group, was.value))
        mended = next((now for now in near if _spelt_alike(was.label, now.label)), None)
        if mended:
            waiting.remove(mended)
        yield was, mended


def _spelt_alike(one: str, other: str) -> bool:
    """Whether two labels differ as a slip of the pen does: in case, spacing and marks, and in one letter of a word."""
    words, others = fold(one).split(" "), fold(other).split(" ")
    return len(words) == len(others) and all(map(_same_word, words, others))


def _same_word(one: str, other: str) -> bool:
    if one == other:
        return True
    short, long = sorted((one, other), key=len)
    if len(short) < _MENDABLE or not (short.isalpha() and long.isalpha()):
        return False  # "nhóm A" and "nhóm B" are two groups, as are "lớp 6" and "lớp 7"
    if len(short) == len(long):
        return sum(a != b for a, b in zip(short, long, strict=True)) == 1
    return any(long[:at] + long[at + 1 :] == short for at in range(len(long)))
