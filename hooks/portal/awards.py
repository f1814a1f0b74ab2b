"""Awards of the models that have a profile on the portal, counted and in the order of a roll of honour.

An award is counted with its profile: under the profile's unit and those above it at the model's time. Figures
that sources report as commended are another thing and never share these tables.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from .registers import Registers
from .schema.content import Award, AwardLevel
from .schema.figure import Kind
from .statistics import OWN, UNKNOWN, UNKNOWN_LABEL, Counted, CountTable, Head, Line
from .text import capitalised, slugify, sort_key


@dataclass(frozen=True)
class Given:
    """An award and the profile that names it. `form` is the slug of its title: spellings of one name share it."""

    award: Award
    to: Counted
    form: str

    @property
    def recipient(self) -> str:
        return self.award.recipient.value if self.award.recipient else UNKNOWN


def given(profiles: Iterable[Counted]) -> tuple[Given, ...]:
    """Every award of the profiles: the newest year first; of one year the highest level, then by form and model."""
    found = [Given(award, p, slugify(award.title)) for p in profiles for award in p.profile.record.awards]
    return tuple(sorted(found, key=_order))


_LEVELS = tuple(AwardLevel)


def _order(one: Given) -> tuple:
    profile = one.to.profile
    level = _LEVELS.index(one.award.level)
    return (-one.award.year, level, sort_key(one.award.title), sort_key(profile.record.title), profile.address)


def of_unit(awards: Iterable[Given], unit: str) -> tuple[Given, ...]:
    """Those of the profiles that the unit counts."""
    return tuple(one for one in awards if unit in one.to.path)


def years(awards: Iterable[Given]) -> tuple[int, ...]:
    """The years of the awards, newest first."""
    return tuple(sorted({one.award.year for one in awards}, reverse=True))


def award_tables(
    awards: tuple[Given, ...], registers: Registers, *, unit: str = "", one_year: bool = False
) -> tuple[CountTable, ...]:
    """By form and level, and by place: topmost units, or with `unit` those directly under it. Over more than
    `one_year` also by year. Every award stands once in each table."""
    row = _place_under(unit)
    places = _places({row(one) for one in awards}, unit, registers)
    tables = [
        _table("khen-thuong-hinh-thuc", "theo hình thức, cấp và đối tượng", _forms(awards), _KINDS, awards, _form_key),
        _table("khen-thuong-dia-ban", "theo địa bàn và đối tượng", ("Địa bàn", places), _KINDS, awards, row),
    ]
    if not one_year:
        newest = tuple(Head(str(year), str(year)) for year in years(awards))
        by_year = ("Năm", newest)
        tables += [
            _table("khen-thuong-nam", "theo năm và đối tượng", by_year, _KINDS, awards, _year),
            _table("khen-thuong-dia-ban-nam", "theo địa bàn và năm", ("Địa bàn", places), newest, awards, row, _year),
        ]
    return tuple(tables)


_KINDS = (*(Head(kind.value, capitalised(kind.label)) for kind in Kind), Head(UNKNOWN, UNKNOWN_LABEL))


def _year(one: Given) -> str:
    return str(one.award.year)


def _form_key(one: Given) -> str:
    return f"{one.form}.{one.award.level.value}"


def _forms(awards: Iterable[Given]) -> tuple[str, tuple[Head, ...]]:
    """A row for each form and level, a form under its commonest spelling."""
    spellings: dict[str, Counter[str]] = {}
    there: set[tuple[str, AwardLevel]] = set()
    for one in awards:
        spellings.setdefault(one.form, Counter())[one.award.title] += 1
        there.add((one.form, one.award.level))
    names = {
        form: min(counts, key=lambda name, counts=counts: (-counts[name], sort_key(name)))
        for form, counts in spellings.items()
    }
    in_order = sorted(there, key=lambda pair: (sort_key(names[pair[0]]), pair[0], _LEVELS.index(pair[1])))
    heads = (Head(f"{form}.{level.value}", f"{capitalised(names[form])}, {level.label}") for form, level in in_order)
    return "Hình thức, cấp", tuple(heads)


def _place_under(unit: str) -> Callable[[Given], str]:
    """The topmost unit of an award; with `unit` the one directly under it, or OWN."""

    def row(one: Given) -> str:
        at = one.to.path.index(unit) if unit else len(one.to.path)
        return one.to.path[at - 1] if at else OWN

    return row


def _places(present: set[str], unit: str, registers: Registers) -> tuple[Head, ...]:
    """In the register's order, the unit's own first."""
    own = (Head(OWN, f"Trực tiếp của {registers.unit_name(unit)}"),) if OWN in present else ()
    named = (u.slug for u in registers.units if u.slug in present)
    return own + tuple(Head(slug, capitalised(registers.unit_name(slug)), f"/dia-ban/{slug}/") for slug in named)


def _recipient(one: Given) -> str:
    return one.recipient


def _table(
    table_id: str,
    by: str,
    rows: tuple[str, tuple[Head, ...]],
    columns: tuple[Head, ...],
    awards: Iterable[Given],
    row_of: Callable[[Given], str],
    column_of: Callable[[Given], str] = _recipient,
) -> CountTable:
    cells = Counter((row_of(one), column_of(one)) for one in awards)
    title, heads = rows
    lines = tuple(Line(head, tuple(cells[head.key, column.key] for column in columns)) for head in heads)
    return CountTable(table_id, f"Khen thưởng {by}", title, columns, lines)
