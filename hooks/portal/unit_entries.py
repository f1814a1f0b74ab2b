"""Units as entries of data/units.yml, in the style of the file they are added to; what changes, as a diff."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence

from .schema.data import Unit

_FIRST_ITEM = re.compile(r"^( *)-( +)(\{)?", re.MULTILINE)
_CONTEXT = 3  # lines of a diff before what is added


def with_units(text: str, units: Iterable[Unit]) -> str:
    """The text of a register with the units at its end; everything before stays as it is, byte for byte.

    Items are indented, and written over lines or in braces, as the last of the file is.
    """
    items = list(_FIRST_ITEM.finditer(text))
    top = min((len(item[1]) for item in items), default=0)
    last = next((item for item in reversed(items) if len(item[1]) == top), None)
    flow = bool(last and last[3])
    indent = " " * top
    newline = "\r\n" if "\r\n" in text else "\n"
    lines = [indent + line for unit in units for line in (_flow(unit) if flow else _block(unit))]
    between = "" if not text or text.endswith("\n") else newline
    return text + between + "".join(line + newline for line in lines)


def added_lines(before: str, after: str, path: str) -> Sequence[str]:
    """A unified diff of a file whose only change is what was added at its end."""
    old, new = before.splitlines(), after.splitlines()
    if old == new:
        return []
    start = max(len(old) - _CONTEXT, 0)
    shown = len(old) - start
    head = f"@@ -{_span(start, shown)} +{_span(start, shown + len(new) - len(old))} @@"
    context = [f" {line}" for line in old[start:]]
    return [f"--- {path}", f"+++ {path}", head, *context, *(f"+{line}" for line in new[len(old) :])]


def _span(start: int, length: int) -> str:
    """Lines `start` (from 0) and on, as a diff names them."""
    if length == 1:
        return str(start + 1)
    return f"{start + 1 if length else start},{length}"


def _block(unit: Unit) -> list[str]:
    keys = _keys(unit)
    lines = []
    for key, value in keys:
        if key in ("parents", "replaced_by"):
            lines += [f"  {key}:", *(f"  - {item}" for item in value)]
        else:
            lines.append(f"  {key}: {_inline(value)}")
    lines[0] = "- " + lines[0][2:]
    return lines


def _flow(unit: Unit) -> list[str]:
    return ["- {" + ", ".join(f"{key}: {_inline(value)}" for key, value in _keys(unit)) + "}"]


def _inline(value: str | list[str]) -> str:
    return value if isinstance(value, str) else f"[{', '.join(value)}]"


def _keys(unit: Unit) -> list[tuple[str, str | list[str]]]:
    """Every filled key with its value as YAML, in the order of the schema."""
    keys: list[tuple[str, str | list[str] | None]] = [
        ("slug", unit.slug),
        ("code", _quoted(unit.code)),
        ("name", _quoted(unit.name)),
        ("kind", _quoted(unit.kind)),
        ("level", unit.level.value),
        ("parents", [f"{{slug: {parent.slug}}}" for parent in unit.parents]),
        ("valid_from", str(unit.valid_from) if unit.valid_from else None),
        ("valid_to", str(unit.valid_to) if unit.valid_to else None),
        ("replaced_by", [f"{{slug: {s.slug}{', partly: true' if s.partly else ''}}}" for s in unit.replaced_by]),
        ("aliases", [json.dumps(alias, ensure_ascii=False) for alias in unit.aliases]),
        ("act", _quoted(unit.act)),
        ("source", _quoted(unit.source)),
    ]
    return [(key, value) for key, value in keys if value]


def _quoted(text: str | None) -> str | None:
    """The text between double quotes, as YAML and JSON both write it."""
    return json.dumps(text, ensure_ascii=False) if text is not None else None
