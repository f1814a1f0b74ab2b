"""A short name for a value: equal values have one name, in every process and on every machine."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from hashlib import blake2b
from operator import attrgetter

from pydantic import BaseModel

SIZE = 16  # bytes; two of a million values share one by chance once in 10^26


def digest(*parts: str | bytes) -> str:
    """The name of parts in order; where one ends is part of it."""
    made = blake2b(digest_size=SIZE)
    for part in parts:
        data = part.encode("utf-8", "surrogatepass") if isinstance(part, str) else part
        made.update(len(data).to_bytes(8, "little") + data)
    return made.hexdigest()


class Fingerprints:
    """Names values made of text, numbers, dates, tuples, mappings, frozen dataclasses and records.

    A class that lists some of its fields in NAMED_BY is named by these. What values hold several times is looked at
    once, as long as this object lives: it keeps what it has seen.
    """

    def __init__(self) -> None:
        self._seen: dict[int, tuple[object, object]] = {}  # the value too: its id is not given away while it is here
        self._readers: dict[type, tuple[Callable[[object], tuple], bool]] = {}

    def of(self, value: object) -> str:
        return digest(repr(self._plain(value)))

    def _plain(self, value: object) -> object:
        """Nothing but text, numbers and tuples, whose `repr` is the same wherever it is made."""
        kind = type(value)
        if kind in _AS_THEY_ARE:
            return value
        if kind is tuple or kind is list:
            return tuple([self._plain(item) for item in value])  # type: ignore[attr-defined]
        known = self._seen.get(id(value))
        if known is not None:
            return known[1]
        plain = self._taken_apart(value)
        self._seen[id(value)] = (value, plain)
        return plain

    def _taken_apart(self, value: object) -> object:
        kind = type(value)
        if isinstance(value, Enum):
            return (kind.__qualname__, value.name)
        if isinstance(value, (date, datetime)):
            return (kind.__qualname__, value.isoformat())
        if isinstance(value, Decimal):
            return ("Decimal", str(value))
        if isinstance(value, (str, int)):
            return (kind.__qualname__, kind.__mro__[-2].__name__, str(value))
        if isinstance(value, (set, frozenset)):
            return ("set", *sorted(repr(self._plain(item)) for item in value))
        if isinstance(value, Mapping):
            return ("map", *((self._plain(key), self._plain(item)) for key, item in value.items()))
        if isinstance(value, tuple):
            return (kind.__qualname__, *(self._plain(item) for item in value))
        getter, is_large = self._reader(kind)
        plain = (kind.__qualname__, *[self._plain(item) for item in getter(value)])
        return digest(repr(plain)) if is_large else plain

    def _reader(self, kind: type) -> tuple[Callable[[object], tuple], bool]:
        """What gives the fields of such a value, and whether it is large: then its own name stands for it, as values
        often hold the same large ones."""
        reader = self._readers.get(kind)
        if reader is None:
            names = _names(kind)
            reader = self._readers[kind] = (_getter(names), len(names) >= _LARGE)
        return reader


_LARGE = 6  # fields
_AS_THEY_ARE = frozenset({str, int, bool, float, bytes, type(None)})


def _names(kind: type) -> list[str]:
    if hasattr(kind, "NAMED_BY"):
        return list(kind.NAMED_BY)
    if is_dataclass(kind):
        return [field.name for field in fields(kind)]
    if issubclass(kind, BaseModel):
        return list(kind.model_fields)
    raise TypeError(f"no fingerprint for {kind.__qualname__}")


def _getter(names: list[str]) -> Callable[[object], tuple]:
    if not names:
        return lambda value: ()
    get = attrgetter(*names)
    return get if len(names) > 1 else lambda value: (get(value),)
