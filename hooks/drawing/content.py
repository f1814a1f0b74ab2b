"""The part of a page that is ours, drawn by our own templates: what lies in the frame. Knows nothing of MkDocs."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from importlib.util import find_spec
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, TemplateNotFound, nodes, pass_context
from jinja2.runtime import Context
from markupsafe import Markup
from portal.addresses import relative
from portal.pages import Page, view_of
from portal.schema.data import Campaign
from portal.text import number_vi

TEMPLATES = "overrides"
OWN = "portal"
_OF_FRAME = frozenset({"base.html", "not-found.html"})


@dataclass(frozen=True)
class Contents:
    """Draws the content of pages: a function of the page, its template and what is said here."""

    root: Path
    campaign: Campaign
    site_url: str

    def of(self, page: Page) -> Markup:
        """What stands between the frame's header and footer."""
        drawn = self.templates.get_template(page.template).render(
            spec=page,
            view=view_of(page),
            body=page.body.html,
            campaign=self.campaign,
            canonical_url=absolute(self.site_url, page.address),
            edit_url=edit_url(page, self.campaign),
        )
        return Markup(drawn)

    @cached_property
    def templates(self) -> Environment:
        """Ours, with the icons of the theme; all escaped."""
        folders = [str(self.root / TEMPLATES), *_icon_folders()]
        made = Environment(loader=FileSystemLoader(folders), autoescape=True)
        made.filters["number_vi"] = number_vi
        made.filters["relative_to_page"] = _relative_to_page
        return made

    def own_templates(self) -> frozenset[str]:
        """The templates of contents: all of ours but the frame's."""
        folder = self.root / TEMPLATES / OWN
        return frozenset(f"{OWN}/{file.name}" for file in folder.glob("*.html") if file.name not in _OF_FRAME)

    def read_for(self, template: str) -> dict[str, str]:
        """The text of every template that a template brings in, itself among them, by name; of one that is missing
        nothing, which is told when it is drawn. Icons, which pages name, are left out."""
        found: dict[str, str] = {}
        waiting = [template]
        while waiting:
            name = waiting.pop()
            if name not in found:
                found[name], named = self._texts(name)
                waiting.extend(named)
        return found

    @cached_property
    def _texts(self) -> Callable[[str], tuple[str, tuple[str, ...]]]:
        """A template's text and the templates it names, each read once."""
        known: dict[str, tuple[str, tuple[str, ...]]] = {}

        def text_of(name: str) -> tuple[str, tuple[str, ...]]:
            if name not in known:
                known[name] = self._read(name)
            return known[name]

        return text_of

    def _read(self, name: str) -> tuple[str, tuple[str, ...]]:
        loader = self.templates.loader
        assert loader is not None
        try:
            text, file, _ = loader.get_source(self.templates, name)
        except TemplateNotFound:
            return "", ()
        return text, tuple(_named_in(self.templates.parse(text, name, file)))


def _named_in(template: nodes.Template) -> Iterator[str]:
    for node in template.find_all((nodes.Extends, nodes.Import, nodes.FromImport, nodes.Include)):
        if isinstance(node.template, nodes.Const):
            yield node.template.value


@pass_context
def _relative_to_page(context: Context, address: str) -> str:
    return relative(context["spec"].address, address)


def _icon_folders() -> list[str]:
    material = find_spec("material")
    return [str(Path(material.origin).parent / "templates")] if material and material.origin else []


def absolute(site_url: str, address: str) -> str:
    """The web address of a site path."""
    return site_url.rstrip("/") + address


def edit_url(page: Page, campaign: Campaign) -> str | None:
    """Where an editor changes the file behind the page, in GitHub's form, which GitLab understands too."""
    if not campaign.repository or not page.edit_path.endswith((".md", ".yml")):
        return None
    return f"{campaign.repository.rstrip('/')}/edit/{campaign.branch or 'main'}/{page.edit_path}"
