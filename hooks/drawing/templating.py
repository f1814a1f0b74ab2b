"""Jinja with less work for each value: what it does for templates that ours are not made like is left out.

Nothing here changes what a template draws, but that an attribute that is missing is a fault, where Jinja draws nothing;
a test draws the same pages with Jinja as it is.
"""

from __future__ import annotations

from collections.abc import Mapping, MutableMapping, Sequence
from keyword import iskeyword
from types import MappingProxyType
from typing import Any

import markupsafe
from jinja2 import BaseLoader, BytecodeCache, Environment, FileSystemLoader, Template, nodes, runtime
from jinja2.bccache import Bucket
from jinja2.compiler import CodeGenerator, Frame, optimizeconst
from markupsafe import Markup, escape

# The part of `escape` that works on plain text and gives such, not Markup; markupsafe does not promise it.
escaped_text = getattr(markupsafe, "_escape_inner", escape)


class _Safe(str):
    """What a macro gives: HTML. Markup would be the same, but takes ten times as long to make."""

    __slots__ = ()

    def __html__(self) -> str:
        return self


def _escaped(value: object) -> str:
    """A value as HTML, without wrapping it as Markup: it goes straight into the page."""
    kind = type(value)
    if kind is str:
        return escaped_text(value)
    return value if kind is _Safe or kind is Markup else escape(value)


class _Macro(runtime.Macro):
    """Called as most are, with all its arguments in their order, a macro has no more to do than to draw."""

    def __call__(self, *args: Any, **kwargs: Any) -> str:
        takes_more = self.caller or self.catch_kwargs or self.catch_varargs
        if kwargs or takes_more or len(args) != self._argument_count:
            return super().__call__(*args, **kwargs)
        return _Safe(self._func(*args))


class _Context(runtime.Context):
    """Calls what a template calls with named arguments without looking whether it asks for the context: none of our functions does, and a
    macro asks only to learn that everything is escaped."""

    def call(self, called: Any, /, *args: Any, **kwargs: Any) -> Any:
        kwargs.pop("_loop_vars", None)
        kwargs.pop("_block_vars", None)
        return called(*args, **kwargs)


class _Code(CodeGenerator):
    """Has attributes and most calls stand in a template's code as in any of Python's: by way of the environment, and of the
    context, each takes several times as long."""

    @optimizeconst
    def visit_Getattr(self, node: nodes.Getattr, frame: Frame) -> None:  # noqa: N802
        if iskeyword(node.attr):
            super().visit_Getattr(node, frame)
            return
        self.write("(")
        self.visit(node.node, frame)
        self.write(f").{node.attr}")

    @optimizeconst
    def visit_Call(self, node: nodes.Call, frame: Frame, forward_caller: bool = False) -> None:  # noqa: N802
        if forward_caller or node.kwargs or node.dyn_args or node.dyn_kwargs:
            super().visit_Call(node, frame, forward_caller=forward_caller)
            return
        self.write("(")
        self.visit(node.node, frame)
        self.write(")(")
        for argument in node.args:
            self.visit(argument, frame)
            self.write(", ")
        self.write(")")


class _Template(Template):
    """Its code uses what stands above where Jinja's would use its own."""

    @classmethod
    def from_code(cls, *args: Any, **kwargs: Any) -> Template:
        made = super().from_code(*args, **kwargs)
        made.root_render_func.__globals__.update(escape=_escaped, Macro=_Macro)
        return made

    def _get_default_module(self, ctx: runtime.Context | None = None) -> Any:
        """The macros of a template, made once: none of ours is given globals of its own, which Jinja looks for."""
        return self._module or super()._get_default_module()


class ReadOnce(FileSystemLoader):
    """Gives of a template always the text it gave first. Contents are named by it: one that is saved in the midst of a
    build must not be drawn under the name of another."""

    def __init__(self, folders: Sequence[str]) -> None:
        super().__init__(folders)
        self._given: dict[str, Any] = {}

    def get_source(self, environment: Environment, template: str) -> Any:
        if template not in self._given:
            self._given[template] = super().get_source(environment, template)
        return self._given[template]


class FastEnvironment(Environment):
    """For templates in which all is escaped and no function asks for the context; they are read once."""

    code_generator_class = _Code
    context_class = _Context
    template_class = _Template
    getattr = getattr  # templates look at attributes, never at keys: one that is missing is a mistake

    def __init__(self, loader: BaseLoader, compiled: BytecodeCache | None = None) -> None:
        super().__init__(loader=loader, autoescape=True, auto_reload=False, bytecode_cache=compiled)
        self._known: dict[str, Template] = {}

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """Those of the environment, for every template: none is given any of its own, and one plain mapping is copied for a page
        in a tenth of the time that a chain of them takes."""
        assert not d
        return self.globals

    def get_template(self, name: str | Template, parent: str | None = None, globals: Any = None) -> Template:
        """By its name, which is the same wherever it is asked for."""
        if name not in self._known:
            self._known[name] = super().get_template(name, parent, globals)
        return self._known[name]


class Compiled(BytecodeCache):
    """Templates as they were compiled, as long as their text is the same; `made` are those that this process had to
    compile."""

    def __init__(self, known: Mapping[str, bytes] = MappingProxyType({})) -> None:
        self._known = dict(known)
        self.made: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        if bucket.key in self._known:
            bucket.bytecode_from_string(self._known[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        self._known[bucket.key] = self.made[bucket.key] = bucket.bytecode_to_string()
