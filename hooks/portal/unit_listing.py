"""An official list of units held against the register: what it adds, with slugs by the rule, parents and successors."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from .entries import Entry, Register
from .letters import foreign_letter
from .problems import Problem
from .registers import CHECKS, Registers
from .schema.base import validated
from .schema.data import Successor, Unit
from .schema.figure import Level
from .sheets import Sheet
from .source import problems_of
from .standing import existed_on
from .territory import ONE_DAY, RANKS, life, shares
from .text import match_key
from .unit_names import check_letters_of_units
from .unit_rows import HEADINGS, Columns, Draft, Taken, drafts
from .unit_slugs import ruled_slugs
from .yaml_faults import Place
from .yaml_tree import Loc, Tree

_ENTRY_KEY = re.compile(r"\[\d+\]\.?([a-z_]*).*")
_COLUMN_OF = {"parents": "parent", "slug": "name"}  # keys of an entry that have a column of another name
_WHERE = "hãy ghi mã, hoặc mã trong địa chỉ, của đơn vị có trong danh sách hay trong data/units.yml"
_OTHER_PARENT = (
    "hãy sửa ngày hoặc cấp trên ở dòng này; đơn vị đổi cấp trên giữa chừng thì thêm bằng tay vào data/units.yml"
)


@dataclass(frozen=True)
class Listing:
    """What a list says: units to add, how many are there already, and what it says of those otherwise."""

    added: tuple[Unit, ...]
    known: int
    notices: tuple[Problem, ...]


def listing(sheet: Sheet, path: str, registers: Registers) -> tuple[Listing, list[Problem]]:
    """The list in a table read from `path`, against registers without faults; with every fault, at its row and column.

    With faults what is added must not be written: a unit at fault is left out of it.
    """
    found, columns, problems = drafts(sheet, path)
    if columns is None:
        return Listing((), 0, ()), problems
    reader = _Reader(registers, columns, path)
    reader.read(found)
    added = reader.settle()
    problems.extend(reader.problems)
    notices = [
        Problem(path, columns.row, column, name, "cột này không được đọc", "") for column, name in columns.unknown
    ]
    return Listing(added, len(reader.known), (*notices, *reader.differences(), *reader.endless(added))), problems


class _Index:
    """Units by slug, code and name."""

    def __init__(self) -> None:
        self._by: dict[tuple[str, str], list[Unit]] = {}

    def add(self, unit: Unit) -> None:
        keys = {("slug", unit.slug), ("name", match_key(unit.name)), ("name", match_key(unit.full_name))}
        keys.update(("name", match_key(alias)) for alias in unit.aliases)
        if unit.code:
            keys |= {("code", unit.code), ("bare code", unit.code.lstrip("0"))}
        for key in keys:
            self._by.setdefault(key, []).append(unit)

    def named(self, text: str, fits: Callable[[Unit], bool]) -> list[Unit]:
        """The units of this slug, else code, else name, that fit. A code without its zeros may be that of several."""
        bare = ("code", text) if text.startswith("0") else ("bare code", text)
        for key in (("slug", text), bare, ("name", match_key(text))):
            if found := [unit for unit in self._by.get(key, ()) if fits(unit)]:
                return found
        return []


class _Reader:
    """Takes the units of a list one by one, those above first, and remembers what became of each."""

    def __init__(self, registers: Registers, columns: Columns, path: str) -> None:
        self.registers = registers
        self.columns = columns
        self.path = path
        self.index = _Index()
        for unit in registers.units:
            self.index.add(unit)
        self.new: list[tuple[Draft, dict[str, Any]]] = []
        self.known: list[tuple[Draft, dict[str, Any], Unit]] = []
        self.problems: list[Problem] = []

    def read(self, found: Sequence[Draft]) -> None:
        for level in sorted(Level, key=lambda level: RANKS[level]):
            for draft in found:
                if draft.level is level:
                    self._take(draft)
        for draft, entry in (*self.new, *((draft, entry) for draft, entry, _ in self.known)):
            self._successors(draft, entry)

    def _take(self, draft: Draft) -> None:
        """Sorts one unit into those that are new and those the register has."""
        entry: dict[str, Any] = {"slug": f"dong-{draft.row}-cua-danh-sach", "level": draft.level.value}
        entry |= {key: value for key, value in draft.values.items() if key not in ("parent", "aliases")}
        if aliases := draft.values.get("aliases"):
            entry["aliases"] = [item for part in aliases.split(";") if (item := part.strip())]
        unit, problems = self._validated(draft, entry)
        self.problems.extend(problems)
        if unit is None:
            return
        if (above := draft.values.get("parent")) and (parent := self._above(draft, unit, above)):
            entry["parents"] = [{"slug": parent.slug}]
            unit, _ = self._validated(draft, entry)
        if unit is None:
            return
        if same := self._same(unit):
            self.known.append((draft, entry, same))
        else:
            self.new.append((draft, entry))
            self.index.add(unit)

    def _validated(self, draft: Draft, entry: dict[str, Any]) -> tuple[Unit | None, list[Problem]]:
        tree = self._tree([(draft, entry)])
        unit, faults = validated(Unit, tree, (0,))
        problems = problems_of(self.path, faults)
        if unit:
            alone = Register(self.registers.units.what, self.path, (Entry(unit, self.path, tree, (0,)),))
            problems.extend(check_letters_of_units(alone))
        return unit, [self._of_list(problem) for problem in problems]

    def _above(self, draft: Draft, unit: Unit, text: str) -> Unit | None:
        rank = RANKS[unit.level]
        found = self.index.named(text, lambda one: RANKS[one.level] < rank and life(one).overlaps(life(unit)))
        if len(found) == 1:
            return found[0]
        place = Taken(text, False, draft.row, draft.columns["parent"])
        self.problems.append(self._not_one(place, "parent", "đơn vị cấp trên", found))
        return None

    def _successors(self, draft: Draft, entry: dict[str, Any]) -> None:
        """Fills in who took over: units there on the day after the last one."""
        ended = entry.get("valid_to")
        for taken in draft.taken:
            day = date.fromisoformat(ended) if ended else None
            day = day + ONE_DAY if day and day < date.max else None
            found = self.index.named(taken.text, lambda one, day=day: day is None or existed_on(one, day))
            if len(found) != 1:
                self.problems.append(self._not_one(taken, "replaced_by", "đơn vị thay thế", found))
                continue
            partly = {"partly": "true"} if taken.partly else {}
            entry.setdefault("replaced_by", []).append({"slug": found[0].slug, **partly})

    def _not_one(self, place: Taken, key: str, what: str, found: Sequence[Unit]) -> Problem:
        name = self.columns.names[key]
        if not found:
            message, hint = f"không thấy {what} `{place.text}` của thời gian đó", _WHERE
        else:
            named = ", ".join(f"{unit.full_name} ({self._called(unit)})" for unit in found[:4])
            message, hint = f"`{place.text}` là {len(found)} đơn vị: {named}", "hãy ghi mã của đơn vị đó"
        return Problem(self.path, place.row, place.column, name, message, hint)

    def _called(self, unit: Unit) -> str:
        """By what the list may name the unit."""
        if unit.slug in self.registers.units:
            return f"`{unit.slug}`"
        return f"mã `{unit.code}`" if unit.code else "có trong danh sách"

    def _same(self, unit: Unit) -> Unit | None:
        """The unit of the register that this one is: of its level and time and with its code, else its name and place."""
        above = {parent.slug for parent in unit.parents}

        def fits(one: Unit) -> bool:
            return one.slug in self.registers.units and one.level is unit.level and life(one).overlaps(life(unit))

        for one in self.index.named(unit.code, fits) if unit.code else ():
            if one.code == unit.code:
                return one
        for one in self.index.named(unit.full_name, fits):
            theirs = {parent.slug for parent in one.parents}
            if match_key(one.full_name) == match_key(unit.full_name) and (above & theirs or not (above and theirs)):
                return one
        return None

    def settle(self) -> tuple[Unit, ...]:
        """Gives every new unit its slug by the rule, wherever it is named; the units to add, in the list's order. What
        does not go with each other or with the register is among the problems."""
        self.new.sort(key=lambda pair: pair[0].row)
        units = [unit for draft, entry in self.new if (unit := self._validated(draft, entry)[0])]
        slugs_then = ruled_slugs((*self.registers.units, *units))
        right = slugs_then[len(self.registers.units.entries) :]
        if displaced := tuple(self._displaced(slugs_then)):
            self.problems.extend(displaced)
            return ()
        for (draft, _), unit, slug in zip(self.new, units, right, strict=True):
            if slug is None and not foreign_letter(unit.full_name):  # told at its letter
                hint = "hãy điền đơn vị cấp trên, hoặc thêm đơn vị này bằng tay"
                message = f"không đặt được mã riêng cho {unit.full_name}"
                self.problems.append(
                    Problem(self.path, draft.row, draft.columns["name"], self.columns.names["name"], message, hint)
                )
        slugs = {unit.slug: slug or unit.slug for unit, slug in zip(units, right, strict=True)}
        for entry in (*(entry for _, entry in self.new), *(entry for _, entry, _ in self.known)):
            entry["slug"] = slugs.get(entry["slug"], entry["slug"])
            for named in (*entry.get("parents", ()), *entry.get("replaced_by", ())):
                named["slug"] = slugs.get(named["slug"], named["slug"])
        tree = self._tree(self.new)
        records: list[Unit | None] = []
        for index in range(len(self.new)):
            record, faults = validated(Unit, tree, (index,))
            records.append(record)
            self.problems.extend(self._of_list(problem) for problem in problems_of(self.path, faults))
        entries = tuple(Entry(unit, self.path, tree, (index,)) for index, unit in enumerate(records) if unit)
        units_then = replace(self.registers.units, entries=(*self.registers.units.entries, *entries))
        then = replace(self.registers, units=units_then)
        self.problems.extend(self._of_list(problem) for check in CHECKS for problem in check(then))
        return tuple(entry.record for entry in entries)

    def _displaced(self, slugs_then: Sequence[str | None]) -> Iterator[Problem]:
        """The units of the register that would have to give their slug to a higher or earlier one of the list."""
        for entry, slug in zip(self.registers.units.entries, slugs_then, strict=False):
            if slug and slug != entry.record.slug:
                message = (
                    f"thêm danh sách này thì mã `{entry.record.slug}` phải nhường cho đơn vị cao hơn hoặc có trước"
                )
                hint = (
                    f"hãy đổi mã của {entry.record.full_name} thành `{slug}`, cả ở những chỗ dùng mã này, rồi nhập lại"
                )
                yield entry.problem(("slug",), message, hint)

    def _tree(self, pairs: Sequence[tuple[Draft, dict[str, Any]]]) -> Tree:
        """The entries as a YAML tree whose places are the rows and columns of the list."""
        places: dict[Loc, Place] = {}
        for index, (draft, entry) in enumerate(pairs):
            places[(index,)] = Place(draft.row, 1)
            for key in entry:
                column = draft.columns.get(_COLUMN_OF.get(key, key), 1)
                places[(index, key)] = Place(draft.row, column)
            for position, taken in enumerate(draft.taken):
                for loc in ((), ("slug",)):
                    places[(index, "replaced_by", position, *loc)] = Place(taken.row, taken.column)
        return Tree([entry for _, entry in pairs], values=places)

    def _of_list(self, problem: Problem) -> Problem:
        """The problem of an entry as one of the list: under the name of its column."""
        match = _ENTRY_KEY.fullmatch(problem.key)
        if problem.path != self.path or match is None:
            return problem
        message, hint = problem.message, problem.hint
        for key in ("valid_from", "valid_to"):
            said = HEADINGS[key][0]
            message, hint = message.replace(f"`{key}", f"`{said}"), hint.replace(f"`{key}", f"`{said}")
        if match[1] == "parents":
            hint = _OTHER_PARENT
        elif match[1] == "slug":
            hint = "mã trong địa chỉ đặt theo tên; hãy sửa hoặc rút ngắn tên ở dòng này"
        key = self.columns.names.get(_COLUMN_OF.get(match[1], match[1]), "dòng")
        return replace(problem, key=key, message=message, hint=hint)

    def endless(self, added: Sequence[Unit]) -> Iterator[Problem]:
        """Units to add without a last day, of a level that the register says ended before the unit above began."""
        last: dict[Level, date] = {}
        for unit in self.registers.units:
            last[unit.level] = max(last.get(unit.level, date.min), unit.valid_to or date.max)
        by_slug = {unit.slug: unit for unit in (*self.registers.units, *added)}
        for unit, (draft, _) in zip(added, self.new, strict=False):
            above = by_slug[unit.parents[0].slug] if unit.parents else None
            ended = last.get(unit.level, date.max)
            if unit.valid_to or above is None or above.valid_from is None or above.valid_from <= ended:
                continue
            message = (
                f"{unit.full_name} thiếu ngày cuối, mà trong data/units.yml mọi đơn vị {unit.level.label} chỉ có đến hết "
                f"{ended} và {above.full_name} có từ {above.valid_from}"
            )
            hint = f"hãy xem lại `{HEADINGS['valid_to'][0]}` và cấp trên"
            yield Problem(self.path, draft.row, draft.columns["parent"], self.columns.names["parent"], message, hint)

    def differences(self) -> Iterator[Problem]:
        """What the list says of units the register has, and the register says otherwise or not at all."""
        for draft, entry, unit in sorted(self.known, key=lambda known: known[0].row):
            for key, written, theirs in _compared(entry, unit):
                name = self.columns.names[_COLUMN_OF.get(key, key)]
                column = draft.columns[_COLUMN_OF.get(key, key)]
                has = f"ghi {theirs}" if theirs else "không ghi"
                message = f"`{unit.slug}` đã có trong data/units.yml, ở đó {has}, danh sách ghi {written}"
                yield Problem(self.path, draft.row, column, name, message, "mục đã có được giữ nguyên")


def _compared(entry: Mapping[str, Any], unit: Unit) -> Iterator[tuple[str, str, str]]:
    """The keys in which an entry says something else than the unit, with both values; of lists what is not there."""
    for key in ("code", "name", "kind", "valid_from", "valid_to", "act"):
        theirs = getattr(unit, key)
        if key in entry and (theirs is None or match_key(entry[key]) != match_key(str(theirs))):
            yield key, f"`{entry[key]}`", f"`{theirs}`" if theirs is not None else ""
    parents = [parent.slug for parent in unit.parents]
    if missing := [named["slug"] for named in entry.get("parents", ()) if named["slug"] not in parents]:
        yield "parents", _joined(missing), _joined(parents)
    successors = shares(unit.replaced_by)
    listed = shares([Successor.model_validate(named) for named in entry.get("replaced_by", ())])
    if any(successors.get(slug) is not partly for slug, partly in listed.items()):
        yield "replaced_by", _joined(map(_said, listed.items())), _joined(map(_said, successors.items()))
    aliases = {match_key(alias) for alias in unit.aliases}
    if missing := [alias for alias in entry.get("aliases", ()) if match_key(alias) not in aliases]:
        yield "aliases", _joined(missing), _joined(unit.aliases)


def _said(successor: tuple[str, bool]) -> str:
    return f"{successor[0]} (một phần)" if successor[1] else successor[0]


def _joined(texts: Iterable[str]) -> str:
    return ", ".join(f"`{text}`" for text in texts)
