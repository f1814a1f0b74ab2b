"""An MkDocs page that is already converted: MkDocs never parses or converts our Markdown a second time."""

from __future__ import annotations

from markupsafe import Markup, escape
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page as MkDocsPage
from mkdocs.structure.toc import AnchorLink, TableOfContents
from portal.body import Heading
from portal.pages import Page

TOP_ID = "phan-chinh"  # of the h1 in overrides/portal/base.html


class PortalPage(MkDocsPage):
    """Carries a `Page` of the core through MkDocs' own loops.

    Title and summary reach Material's templates, which do not escape, as escaped Markup.
    """

    def __init__(self, spec: Page, title: str, edit_url: str | None, file: File, config: MkDocsConfig) -> None:
        super().__init__(escape(title), file, config)
        self.spec = spec
        self.edit_url = edit_url
        self.update_date = spec.updated.isoformat() if spec.updated else ""

    def read_source(self, config: MkDocsConfig) -> None:
        self.markdown = ""
        self.meta = {"template": self.spec.template, "description": escape(self.spec.summary)}

    def render(self, config: MkDocsConfig, files: Files) -> None:
        self.content = self.spec.body.html
        # Material's link for skipping the menu leads to the first entry: the page's own heading.
        top = AnchorLink(str(escape(self.spec.title)), TOP_ID, 1)
        top.children = [_link(heading) for heading in self.spec.body.toc]
        self.toc = TableOfContents([top])
        self.present_anchor_ids = set(self.spec.body.anchors)


def _link(heading: Heading) -> AnchorLink:
    link = AnchorLink(Markup(heading.name), heading.id, heading.level)
    link.children = [_link(child) for child in heading.children]
    return link
