"""The data files, read and checked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from .abbreviation_rules import check_abbreviations
from .entries import Entry, Register, T, unknown_in
from .fingerprint import digest
from .problems import Problem
from .reading import data_files, decode, read_bytes, whole_file
from .schema.base import Record, partly_validated, validated
from .schema.data import (
    Abbreviation,
    Campaign,
    CampaignField,
    Category,
    CriteriaSet,
    Document,
    Measure,
    Unit,
    UnitOfMeasure,
)
from .source import problems_of
from .territory import Territory
from .text import date_vi, match_key, nearest, slugify
from .unit_rules import check_units
from .yaml_tree import Loc, Tree, read_yaml


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
    abbreviations: tuple[Entry[Abbreviation], ...]
    criteria: Mapping[str, Entry[CriteriaSet] | None]
    criteria_unread: bool = False  # the folder itself is at fault: no set counts as unknown
    name: str = ""  # of everything under data/ as it is written

    @property
    def short_forms(self) -> tuple[tuple[str, str], ...]:
        """Each abbreviation with what it is read as."""
        return tuple((entry.record.short, entry.record.long) for entry in self.abbreviations)

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
    def territory(self) -> Territory:
        """The units through time."""
        return Territory(self.units)

    @cached_property
    def _units_so_named(self) -> Counter[str]:
        return Counter(unit.full_name for unit in self.units)


MAX_DATA_NODES = 100_000  # all units of a large province, former ones too, take some 20,000

_FILES = ("campaign", "units", "fields", "categories", "measures", "units_of_measure", "documents", "abbreviations")


def read_data(root: Path) -> tuple[Registers, list[Problem]]:
    """Read and check everything under data/. What is at fault is left out; the fault is told."""
    problems: list[Problem] = []
    paths, faults = data_files(root, "data")
    problems.extend(faults)
    unread = not paths  # no folder, or one that can't be read: that is told, not everything that is missed in it
    criteria_paths, criteria_faults = data_files(root, "data/criteria")
    files = _Files(root, (*paths, *criteria_paths))

    def register(what: str, name: str, model: type[T]) -> Register[T]:
        path = f"data/{name}.yml"
        register, faults = _read_list(files, Register(what, path, (), partly_known=unread), model)
        problems.extend(faults)
        return register

    problems.extend(criteria_faults)
    registers = Registers(
        campaign=None if faults else _read_campaign(files, problems),
        units=register("địa bàn", "units", Unit),
        fields=register("lĩnh vực", "fields", CampaignField),
        categories=register("chuyên mục", "categories", Category),
        measures=register("chỉ tiêu", "measures", Measure),
        units_of_measure=register("đơn vị đo", "units_of_measure", UnitOfMeasure),
        documents=register("văn bản", "documents", Document),
        abbreviations=register("chữ viết tắt", "abbreviations", Abbreviation).entries,
        criteria=_read_criteria(files, criteria_paths, problems),
        criteria_unread=unread or bool(criteria_faults),
        name=files.name(str(unread), str(bool(criteria_faults))),
    )
    problems.extend(_strangers(paths))
    for check in CHECKS:
        problems.extend(check(registers))
    return registers, problems


class _Files:
    """The files of data/ that there were at one moment, each read once: what is understood is what is named, whatever is
    saved meanwhile."""

    def __init__(self, root: Path, paths: Iterable[str]) -> None:
        self._known = {path: read_bytes(root, path) for path in paths}

    def __contains__(self, path: str) -> bool:
        return path in self._known

    def read(self, path: str) -> tuple[bytes | None, list[Problem]]:
        return self._known[path]

    def name(self, *around: str) -> str:
        """Of what they hold, also of which of them can't be read, and of what is said here."""
        said = ((path, "?") if data is None else (path, "", data) for path, (data, _) in self._known.items())
        return digest(*around, *(part for parts in said for part in parts))


def _read_tree(files: _Files, path: str) -> tuple[Tree | None, list[Problem]]:
    data, problems = files.read(path)
    text, problems = (None, problems) if data is None else decode(path, data)
    if text is None:
        return None, problems
    tree = read_yaml(text, MAX_DATA_NODES)
    return tree, problems_of(path, tree.faults)


def _read_list(files: _Files, empty: Register[T], model: type[T]) -> tuple[Register[T], list[Problem]]:
    path = empty.path
    if path not in files:
        return empty, []
    tree, problems = _read_tree(files, path)
    if tree is None or tree.broken:
        return replace(empty, partly_known=True), problems
    if tree.value is None:
        return empty, []
    if not isinstance(tree.value, list):
        fault = whole_file(
            path, "phải là một danh sách", f"mỗi mục bắt đầu bằng `- {next(iter(model.model_fields))}: …`"
        )
        return replace(empty, partly_known=True), problems or [fault]
    entries: list[Entry[T]] = []
    partial: list[Entry[T]] = []
    wrong = list(tree.faults)
    faulty: set[str] = set()
    partly_known = False
    at_fault = {fault.loc[0] for fault in tree.faults if fault.loc}
    for index, value in enumerate(tree.value):
        record, faults = validated(model, tree, (index,))
        wrong.extend(faults)
        if record is not None and index not in at_fault:
            entries.append(Entry(record, path, tree, (index,)))
            continue
        right, kept = partly_validated(model, tree, (index,))
        partial.append(Entry(right, path, tree, (index,), kept))
        if isinstance(value, dict) and isinstance(value.get("slug"), str):
            faulty.update({value["slug"], slugify(value["slug"])})
        else:
            partly_known = True
    register = replace(
        empty,
        entries=tuple(entries),
        partial=tuple(partial),
        faulty=frozenset(faulty),
        partly_known=partly_known,
    )
    return register, problems_of(path, wrong)


def _read_one(files: _Files, path: str, model: type[T], problems: list[Problem]) -> Entry[T] | None:
    tree, faults = _read_tree(files, path)
    if tree is None or tree.broken:
        problems.extend(faults)
        return None
    record, wrong = validated(model, tree)
    problems.extend(problems_of(path, (*tree.faults, *wrong)))
    return Entry(record, path, tree, ()) if record is not None and not tree.faults else None


def _read_campaign(files: _Files, problems: list[Problem]) -> Entry[Campaign] | None:
    path = "data/campaign.yml"
    if path not in files:
        problems.append(
            whole_file(path, "thiếu tệp", "hãy tạo tệp này với `schema_version`, `name`, `site_url` và `publisher`")
        )
        return None
    return _read_one(files, path, Campaign, problems)


def _read_criteria(
    files: _Files, paths: Iterable[str], problems: list[Problem]
) -> dict[str, Entry[CriteriaSet] | None]:
    """By slug, the name of the file; None for a set at fault."""
    found: dict[str, Entry[CriteriaSet] | None] = {}
    for path in paths:
        slug, _, suffix = path.rsplit("/", 1)[-1].rpartition(".")
        renamed = f"hãy đổi tên thành `{slugify(slug) or 'bo-tieu-chi'}.yml`"
        if suffix != "yml":
            problems.append(
                whole_file(
                    path,
                    "không phải tệp dữ liệu của cổng",
                    f"hãy xóa, hoặc {renamed.removeprefix('hãy ')}" if slug else "hãy xóa",
                )
            )
            found.setdefault(slugify(slug), None)
            continue
        if slugify(slug) != slug:
            problems.append(whole_file(path, "tên tệp không phải chữ thường không dấu nối bằng `-`", renamed))
            found.setdefault(slugify(slug), None)
        found[slug] = _read_one(files, path, CriteriaSet, problems)
    return found


def _strangers(paths: Iterable[str]) -> Iterator[Problem]:
    """Everything in data/ is one of the files the portal reads."""
    known = [f"{name}.yml" for name in _FILES]
    for path in paths:
        name = path.removeprefix("data/")
        if name not in (*known, "criteria"):
            near = nearest(name, (*known, "criteria"))
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
    """A name or alias of a field, category or unit of measure names one entry only; the later one is told."""
    for register in (registers.fields, registers.categories, registers.units_of_measure):
        first: dict[str, str] = {}
        for entry in register.entries:
            for key, name in _written_names(entry.record):
                slug = first.setdefault(match_key(name), entry.record.slug)
                if slug != entry.record.slug:
                    yield entry.problem(key, f"tên `{name}` cũng là tên của `{slug}`", "hãy bỏ tên đó ở một mục")


def _written_names(record: Record) -> Iterator[tuple[Loc, str]]:
    for key in ("name", "short"):
        if name := getattr(record, key, None):
            yield (key,), name
    for index, alias in enumerate(getattr(record, "aliases", ())):
        yield ("aliases", index), alias


def check_references(registers: Registers) -> Iterator[Problem]:
    """Every slug a data file names stands in the register it belongs to."""
    for entry in (*registers.units.entries, *registers.units.partial):
        for index, parent in enumerate(entry.record.parents):
            yield from _known(entry, ("parents", index, "slug"), parent.slug, registers.units)
        for index, successor in enumerate(entry.record.replaced_by):
            yield from _known(entry, ("replaced_by", index, "slug"), successor.slug, registers.units)
    for entry in (*registers.categories.entries, *registers.categories.partial):
        yield from _known(entry, ("parent",), entry.record.parent, registers.categories)
    for entry in (*registers.measures.entries, *registers.measures.partial):
        yield from _known(entry, ("unit_of_measure",), entry.record.unit_of_measure, registers.units_of_measure)
    for entry in (*registers.units_of_measure.entries, *registers.units_of_measure.partial):
        yield from _known(entry, ("base",), entry.record.base, registers.units_of_measure)


def _known(entry: Entry, key: Loc, written: str | None, register: Register) -> Iterator[Problem]:
    yield from unknown_in(register, written, lambda message, hint: entry.problem(key, message, hint))


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


def check_units_of_register(registers: Registers) -> Iterator[Problem]:
    """What must hold of units in time, of their names and slugs: the rules of `unit_rules`."""
    yield from check_units(registers.units)


def check_abbreviations_of_register(registers: Registers) -> Iterator[Problem]:
    """What must hold of short forms and of the words they are read as: the rules of `abbreviation_rules`."""
    yield from check_abbreviations(registers.abbreviations)


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


CHECKS = (
    check_slugs,
    check_names,
    check_references,
    check_loops,
    check_twice,
    check_units_of_register,
    check_abbreviations_of_register,
    check_footer,
)
