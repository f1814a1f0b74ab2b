"""Templates are compiled once for all builds of a process: half the time of a small site is spent on that."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Mapping
from contextlib import contextmanager
from types import CodeType
from typing import Any

import pytest
from jinja2 import Environment, nodes


@contextmanager
def templates_compiled_once() -> Iterator[None]:
    """Within, a text that was translated before is not again where all that it depends on is the same: its name, whether
    it is escaped, the kind of environment, extensions, and the filters and tests that are called to translate it. Of the
    rest of an environment nothing is ever set here."""
    translate = Environment.compile
    known: dict[Hashable, str] = {}
    code: dict[Hashable, CodeType] = {}

    def compiled(
        self: Environment,
        source: str | nodes.Template,
        name: str | None = None,
        filename: str | None = None,
        raw: bool = False,
        defer_init: bool = False,
    ) -> str | CodeType:
        if raw or not isinstance(source, str):
            return translate(self, source, name, filename, raw, defer_init)
        escaped = self.autoescape(name) if callable(self.autoescape) else self.autoescape
        called = (_called(self.filters), _called(self.tests))
        key = (source, name, defer_init, type(self), escaped, frozenset(self.extensions), *called)
        if key not in known:
            known[key] = translate(self, source, name, filename, raw=True, defer_init=defer_init)
        if (key, filename) not in code:
            code[key, filename] = self._compile(known[key], filename or "<template>")
        return code[key, filename]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Environment, "compile", compiled)
        yield


def _called(functions: Mapping[str, Callable[..., Any]]) -> frozenset[tuple[str, Hashable]]:
    """By name: Jinja calls them with what is constant in a template, but not those that ask for the context."""
    return frozenset((name, _asks_for_context(function) or function) for name, function in functions.items())


def _asks_for_context(function: Callable[..., Any]) -> bool:
    return getattr(getattr(function, "jinja_pass_arg", None), "name", "") == "context"
