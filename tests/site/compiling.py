"""Templates are compiled once for all builds of a process: half the time of a small site is spent on that."""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from contextlib import contextmanager
from types import CodeType

import pytest
from jinja2 import Environment, nodes


@contextmanager
def templates_compiled_once() -> Iterator[None]:
    """Within, a text that was translated before is not again where all that Jinja's translation depends on is the same:
    what an environment escapes, its kind, extensions, filters and tests. The name of the file comes after that."""
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
        names = (frozenset(self.extensions), frozenset(self.filters), frozenset(self.tests))
        key = (source, name, defer_init, type(self), bool(self.autoescape), *names)
        if key not in known:
            known[key] = translate(self, source, name, filename, raw=True, defer_init=defer_init)
        if (key, filename) not in code:
            code[key, filename] = self._compile(known[key], filename or "<template>")
        return code[key, filename]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Environment, "compile", compiled)
        yield
