"""The data files, typed; and finding an entry by any of its names."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Generic, TypeVar

from .problems import Problem
from .reading import data_files, read_text, whole_file
from .schema.base import Record, says, validated
from .schema.data import Campaign, CampaignField, Category, CriteriaSet, Document, Measure, Parent, Unit, UnitOfMeasure
from .source import problems_of, unreadable
from .text import date_vi, fold, match_key, nearest, slugify
from .yaml_tree import Loc, Tree, read_yaml

T = TypeVar("T", bound=Record)


@dataclass(frozen=True)
class Entry(Generic[T]):
    """One entry of a data file, with its place."""

    record: T
    path: str
    tree: Tree
    loc: Loc

    def problem(self, key: Loc, message: str, hint: str) -> Problem:
        loc = (*self.loc, *key)
        return Problem(self.path, *self.tree.place_of(loc), says(loc), message, hint)


@dataclass(frozen=True)
class Unknown:
    """A reference that names no entry: what to say about it."""

    message: str
    hint: str


@dataclass(frozen=True)
class Register(Generic[T]):
    """The entries of one data file in their order, found by slug; `what` names the kind in messages."""

    what: str
    path: str
    entries: tuple[Entry[T], ...]
    faulty: frozenset[str] = frozenset()  # slugs that stand in the file but whose entry is at fault
    partly_known: bool = False  # the file holds entries whose slug can't be told

    @cached_property
    def by_slug(self) -> Mapping[str, T]:
        return {entry.record.slug: entry.record for entry in self.entries}

    @cached_property
    def _slugs_by_name(self) -> tuple[dict[str, list[str]], dict[str, list[str]]]:
        exact: dict[str, list[str]] = {}
        folded: dict[str, list[str]] = {}
        for entry in self.entries:
            for name in names_of(entry.record):
                exact.setdefault(match_key(name), []).append(entry.record.slug)
                folded.setdefault(fold(name), []).append(entry.record.slug)
        return exact, folded

    def __iter__(self) -> Iterator[T]:
        return (entry.record for entry in self.entries)

    def __contains__(self, slug: str) -> bool:
        return slug in self.by_slug

    def __getitem__(self, slug: str) -> T:
        return self.by_slug[slug]

    @property
    def slugs(self) -> frozenset[str]:
        """Every slug that stands in the file, of entries at fault too."""
        return frozenset(self.by_slug) | self.faulty

    def slugs_named(self, name: str) -> tuple[str, ...]:
        """The slugs of all entries so named, in any spelling; without marks only when none has them."""
        exact, folded = self._slugs_by_name
        found = exact.get(match_key(name)) or folded.get(fold(name)) or []
        return tuple(dict.fromkeys(found))

    def unknown(self, written: str) -> Unknown | None:
        """None for a slug of this register; for a name its slug; else the nearest thing known.

        An entry at fault is told once, at its own place, so it counts as known here.
        """
        if written in self.by_slug or written in self.faulty or self.partly_known:
            return None
        named = self.slugs_named(written)
        if named:
            slugs = " hoặc ".join(f"`{slug}`" for slug in named[:4])
            return Unknown(f"`{written}` là tên, không phải mã {self.what}", f"hãy viết {slugs}")
        message = f"`{written}` không có trong {self.path}"
        near = nearest(written, self.by_slug)
        if near is None and (names := nearest(fold(written), self._slugs_by_name[1])):
            near = self._slugs_by_name[1][names][0]
        if near:
            return Unknown(message, f"có phải `{near}`?")
        return Unknown(message, f"hãy thêm {self.what} vào {self.path} hoặc sửa lại mã")


def names_of(record: Record) -> Iterator[str]:
    """Every name an editor may know an entry by, its slug left out."""
    for name in (
        getattr(record, "name", None),
        getattr(record, "short", None),
        getattr(record, "full_name", None),
        getattr(record, "number", None),
    ):
        if name:
            yield name
    yield from getattr(record, "aliases", ())


@dataclass(frozen=True)
class Registers:
    """All data files of one campaign. `campaign` is absent only when it could not be read."""

    campaign: Entry[Campaign] | None
    units: Register[Unit]
    fields: Register[CampaignField]
    categories: Register[Category]
    measures: Register[Measure]
    units_of_measure: Register[UnitOfMeasure]
    documents: Register[Document]
    criteria: Mapping[str, Entry[CriteriaSet] | None]

    def unit_name(self, slug: str) -> str:
        """The unit's kind and name; of two units with one name each says its time: "tỉnh Gia Lai (đến 30/06/2025)"."""
        unit = self.units[slug]
        if self._units_so_named[unit.full_name] > 1:
            if unit.valid_to:
                return f"{unit.full_name} (đến {date_vi(unit.valid_to)})"
            if unit.valid_from:
                return f"{unit.full_name} (từ {date_vi(unit.valid_from)})"
        return unit.full_name

    @cached_property
    def _units_so_named(self) -> Counter[str]:
        return Counter(unit.full_name for unit in self.units)


_FILES = ("campaign", "units", "fields", "categories", "measures", "units_of_measure", "documents")


def read_data(root: Path) -> tuple[Registers, list[Problem]]:
    """Read and check everything under data/. What is at fault is left out; the fault is told."""
    problems: list[Problem] = []

    def register(what: str, name: str, model: type[T]) -> Register[T]:
        path = f"data/{name}.yml"
        register, faults = _read_list(root, Register(what, path, ()), model)
        problems.extend(faults)
        return register

    registers = Registers(
        campaign=_read_campaign(root, problems),
        units=register("địa bàn", "units", Unit),
        fields=register("lĩnh vực", "fields", CampaignField),
        categories=register("chuyên mục", "categories", Category),
        measures=register("chỉ tiêu", "measures", Measure),
        units_of_measure=register("đơn vị đo", "units_of_measure", UnitOfMeasure),
        documents=register("văn bản", "documents", Document),
        criteria=_read_criteria(root, problems),
    )
    problems.extend(_strangers(root))
    for check in CHECKS:
        problems.extend(check(registers))
    return registers, problems


def _read_tree(root: Path, path: str) -> tuple[Tree | None, list[Problem]]:
    text, problems = read_text(root, path)
    if text is None:
        return None, problems
    tree = read_yaml(text)
    return tree, problems_of(path, tree.faults)


def _read_list(root: Path, empty: Register[T], model: type[T]) -> tuple[Register[T], list[Problem]]:
    path = empty.path
    if not (root / path).exists():
        return empty, []
    tree, problems = _read_tree(root, path)
    if tree is None or unreadable(tree):
        return replace(empty, partly_known=True), problems
    if tree.value is None:
        return empty, []
    if not isinstance(tree.value, list):
        return replace(empty, partly_known=True), [
            whole_file(path, "phải là một danh sách", "mỗi mục bắt đầu bằng `- slug: …`")
        ]
    entries = []
    faulty: set[str] = set()
    partly_known = False
    at_fault = {fault.loc[0] for fault in tree.faults if fault.loc}
    for index, value in enumerate(tree.value):
        record, faults = validated(model, tree, (index,))
        problems.extend(problems_of(path, faults))
        if record is not None and index not in at_fault:
            entries.append(Entry(record, path, tree, (index,)))
        elif isinstance(value, dict) and isinstance(value.get("slug"), str):
            faulty.update({value["slug"], slugify(value["slug"])})
        else:
            partly_known = True
    return replace(empty, entries=tuple(entries), faulty=frozenset(faulty), partly_known=partly_known), problems


def _read_one(root: Path, path: str, model: type[T], problems: list[Problem]) -> Entry[T] | None:
    tree, faults = _read_tree(root, path)
    problems.extend(faults)
    if tree is None or unreadable(tree):
        return None
    record, wrong = validated(model, tree)
    problems.extend(problems_of(path, wrong))
    return Entry(record, path, tree, ()) if record is not None and not faults else None


def _read_campaign(root: Path, problems: list[Problem]) -> Entry[Campaign] | None:
    path = "data/campaign.yml"
    if not (root / path).exists():
        problems.append(
            whole_file(path, "thiếu tệp", "hãy tạo tệp này với `schema_version`, `name`, `site_url` và `publisher`")
        )
        return None
    return _read_one(root, path, Campaign, problems)


def _read_criteria(root: Path, problems: list[Problem]) -> dict[str, Entry[CriteriaSet] | None]:
    """By slug, the name of the file; None for a set at fault."""
    found: dict[str, Entry[CriteriaSet] | None] = {}
    for path in data_files(root, "data/criteria"):
        slug, _, suffix = path.rsplit("/", 1)[-1].rpartition(".")
        if suffix != "yml" or slugify(slug) != slug:
            name = slugify(slug) or "bo-tieu-chi"
            problems.append(
                whole_file(
                    path, "tên tệp không phải chữ thường không dấu, đuôi .yml", f"hãy đổi tên thành `{name}.yml`"
                )
            )
        found[slug] = _read_one(root, path, CriteriaSet, problems)
    return found


def _strangers(root: Path) -> Iterator[Problem]:
    """Everything in data/ is one of the files the portal reads."""
    known = [f"{name}.yml" for name in _FILES]
    for path in data_files(root, "data"):
        name = path.removeprefix("data/")
        if name not in known and name != "criteria":
            near = nearest(name, known)
            hint = f"có phải `{near}`?" if near else "hãy xóa hoặc đổi tên"
            yield whole_file(path, "không phải tệp dữ liệu của cổng", hint)


# --- checks: the docstring is the rule ---------------------------------------


def check_slugs(registers: Registers) -> Iterator[Problem]:
    """A slug stands once in its register."""
    for register in _all(registers):
        seen: dict[str, Entry] = {}
        for entry in register.entries:
            first = seen.setdefault(entry.record.slug, entry)
            if first is not entry:
                line = first.tree.place_of((*first.loc, "slug")).line
                yield entry.problem(
                    ("slug",), f"mã `{entry.record.slug}` lặp lại, đã có ở dòng {line}", "hãy đặt mã khác"
                )


def check_names(registers: Registers) -> Iterator[Problem]:
    """A name or alias of a field, category or unit of measure names one entry only."""
    for register in (registers.fields, registers.categories, registers.units_of_measure):
        for entry in register.entries:
            for name in dict.fromkeys(names_of(entry.record)):
                others = [
                    slug
                    for slug in register.slugs_named(name)
                    if slug != entry.record.slug and match_key(name) in _keys(register[slug])
                ]
                if others:
                    yield entry.problem((), f"tên `{name}` cũng là tên của `{others[0]}`", "hãy bỏ tên đó ở một mục")


def _keys(record: Record) -> set[str]:
    return {match_key(name) for name in names_of(record)}


def check_references(registers: Registers) -> Iterator[Problem]:
    """Every slug a data file names stands in the register it belongs to."""
    for entry in registers.units.entries:
        for index, parent in enumerate(entry.record.parents):
            yield from _known(entry, ("parents", index, "slug"), parent.slug, registers.units)
        for index, successor in enumerate(entry.record.replaced_by):
            yield from _known(entry, ("replaced_by", index, "slug"), successor.slug, registers.units)
    for entry in registers.categories.entries:
        yield from _known(entry, ("parent",), entry.record.parent, registers.categories)
    for entry in registers.measures.entries:
        yield from _known(entry, ("unit_of_measure",), entry.record.unit_of_measure, registers.units_of_measure)
    for entry in registers.units_of_measure.entries:
        yield from _known(entry, ("base",), entry.record.base, registers.units_of_measure)


def _known(entry: Entry, key: Loc, written: str | None, register: Register) -> Iterator[Problem]:
    unknown = register.unknown(written) if written is not None else None
    if unknown:
        yield entry.problem(key, unknown.message, unknown.hint)


def check_loops(registers: Registers) -> Iterator[Problem]:
    """Nothing is its own parent, base or successor, however long the way round."""
    yield from _loops(registers.units, "parents", lambda unit: [p.slug for p in unit.parents])
    yield from _loops(registers.units, "replaced_by", lambda unit: [s.slug for s in unit.replaced_by])
    yield from _loops(registers.categories, "parent", lambda category: [category.parent])
    yield from _loops(registers.units_of_measure, "base", lambda unit: [unit.base])


def _loops(register: Register[T], key: str, next_of: Callable[[T], Iterable[str | None]]) -> Iterator[Problem]:
    for entry in register.entries:
        start = entry.record.slug
        waiting, seen = [s for s in next_of(entry.record) if s], set()
        while waiting:
            slug = waiting.pop()
            if slug == start:
                yield entry.problem((key,), f"`{start}` quay vòng về chính nó", "hãy bỏ một mắt trong vòng")
                break
            if slug not in seen and slug in register:
                seen.add(slug)
                waiting.extend(s for s in next_of(register[slug]) if s)


def check_twice(registers: Registers) -> Iterator[Problem]:
    """A successor, a special area and an item of a criteria set stand once in their list."""
    for entry in registers.units.entries:
        yield from _twice(entry, "replaced_by", "slug", [s.slug for s in entry.record.replaced_by])
    if registers.campaign:
        areas = [area.slug for area in registers.campaign.record.special_areas]
        yield from _twice(registers.campaign, "special_areas", "slug", areas)
    for criteria in registers.criteria.values():
        if criteria:
            yield from _twice(criteria, "items", "id", [item.id for item in criteria.record.items])


def _twice(entry: Entry, key: str, inner: str, slugs: list[str]) -> Iterator[Problem]:
    for index, slug in enumerate(slugs):
        if slug in slugs[:index]:
            yield entry.problem((key, index, inner), f"`{slug}` lặp lại", "hãy giữ một lần")


def check_parents(registers: Registers) -> Iterator[Problem]:
    """A unit has at most one parent on any day."""
    for entry in registers.units.entries:
        parents = entry.record.parents
        for index, parent in enumerate(parents):
            for earlier in parents[:index]:
                if _first(parent) <= _last(earlier) and _first(earlier) <= _last(parent):
                    message = f"thuộc `{parent.slug}` và `{earlier.slug}` cùng một lúc"
                    yield entry.problem(
                        ("parents", index), message, "hãy sửa `from`, `to` để các khoảng không chồng nhau"
                    )


def _first(parent: Parent) -> date:
    return parent.from_ or date.min


def _last(parent: Parent) -> date:
    return parent.to or date.max


def check_footer(registers: Registers) -> Iterator[Problem]:
    """Every key that `required_footer` names is filled in under `publisher`."""
    if registers.campaign is None:
        return
    campaign = registers.campaign.record
    for index, key in enumerate(campaign.required_footer):
        if getattr(campaign.publisher, key) is None:
            yield registers.campaign.problem(
                ("required_footer", index),
                f"`publisher` thiếu `{key}` mà chân trang bắt buộc phải có",
                f"hãy thêm `{key}: …` vào `publisher`",
            )


def _all(registers: Registers) -> tuple[Register, ...]:
    return (
        registers.units,
        registers.fields,
        registers.categories,
        registers.measures,
        registers.units_of_measure,
        registers.documents,
    )


CHECKS = (check_slugs, check_names, check_references, check_loops, check_twice, check_parents, check_footer)
