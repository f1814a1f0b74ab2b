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

    A class that lists some of its fields in NAMED_BY is named by these. What one value holds several times is looked at once, as long as this object lives: it keeps what it has seen.
    """

    def __init__(self) -> None:
        self._seen: dict[int, tuple[object, object]] = {}  # the value too: its id is not given away while it is here
        self._getters: dict[type, Callable[[object], tuple]] = {}

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
        # By its own name: what many values share is written out once.
        return digest(repr((kind.__qualname__, *[self._plain(item) for item in self._fields(value)])))

    def _fields(self, value: object) -> tuple:
        kind = type(value)
        getter = self._getters.get(kind)
        if getter is None:
            getter = self._getters[kind] = _getter(kind)
        return getter(value)


_AS_THEY_ARE = frozenset({str, int, bool, float, bytes, type(None)})


def _getter(kind: type) -> Callable[[object], tuple]:
    if hasattr(kind, "NAMED_BY"):
        names = list(kind.NAMED_BY)
    elif is_dataclass(kind):
        names = [field.name for field in fields(kind)]
    elif issubclass(kind, BaseModel):
        names = list(kind.model_fields)
    else:
        raise TypeError(f"no fingerprint for {kind.__qualname__}")
    if not names:
        return lambda value: ()
    get = attrgetter(*names)
    return get if len(names) > 1 else lambda value: (get(value),)
