"""Cutting frames out of what MkDocs draws.

That pages of one kind have the same frame is nothing MkDocs or Material promises. So some pages of each kind are drawn
both ways, and a kind whose frame does not make of them what MkDocs made gets none: its pages are drawn whole.
"""

from __future__ import annotations

from copy import copy
from dataclasses import dataclass, field, replace

from jinja2 import Environment
from markupsafe import Markup

from .frames import Kinds, slot_values
from .page import FRAME, PortalPage
from .slots import Slotted, slot


@dataclass
class Framing:
    """Cuts the frame of each kind of page while MkDocs draws the first page of it, and compares that and all others."""

    kinds: Kinds
    frames: dict[str, Slotted] = field(default_factory=dict)  # by kind
    unlike: set[str] = field(default_factory=set)  # kinds whose pages are not what their frame makes of them
    templates: Environment | None = None  # MkDocs' own, as soon as it has made them

    def cut(self, page: PortalPage, context: dict) -> None:
        """The frame of a page's kind, if it is the first, from all that MkDocs gives its template."""
        kind = self.kinds.of_page(page.spec)
        if kind in self.frames or kind in self.unlike:
            return
        slotted = copy(page)
        slotted.canonical_url = slot("canonical")
        slotted.title = slot("title")
        spec = replace(page.spec, title=slot("title"), summary=page.spec.summary and slot("summary"))
        assert self.templates is not None
        drawn = self.templates.get_template(FRAME).render(
            {**context, "page": slotted, "spec": spec, "head": Markup(slot("head")), "content": Markup(slot("content"))}
        )
        self.frames[kind] = Slotted.cut(drawn)

    def compare(self, page: PortalPage, drawn: str) -> None:
        """Give up the frame of a kind when it does not make of the page what MkDocs made."""
        kind = self.kinds.of_page(page.spec)
        values = slot_values(page.spec, page.canonical_url or "")
        values |= {"head": page.head, "content": page.content or ""}
        if kind in self.frames and self.frames[kind].filled(values) != drawn:
            self.unlike.add(kind)
            del self.frames[kind]
