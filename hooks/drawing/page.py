"""An MkDocs page that is already drawn but for its frame: MkDocs never parses or converts our Markdown."""

from __future__ import annotations

from markupsafe import escape
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page as MkDocsPage
from mkdocs.structure.toc import AnchorLink, TableOfContents
from portal.pages import Page

from .content import Contents

TOP_ID = "phan-chinh"  # of the h1 in overrides/portal/content.html
FRAME = "portal/base.html"


class PortalPage(MkDocsPage):
    """Carries a `Page` of the core through MkDocs' own loops.

    The title reaches Material's templates, which do not escape, as escaped Markup.
    """

    def __init__(self, spec: Page, contents: Contents, file: File, config: MkDocsConfig) -> None:
        super().__init__(escape(spec.title), file, config)
        self.spec = spec
        self.edit_url = None  # our own template links to it
        self.head = ""
        self._contents = contents

    def read_source(self, config: MkDocsConfig) -> None:
        self.markdown = ""
        self.meta = {"template": FRAME}

    def render(self, config: MkDocsConfig, files: Files) -> None:
        self.content = self._contents.of(self.spec)
        self.head = self._contents.head(self.spec)
        # Material's link for skipping the menu leads to the first entry: the page's own heading.
        top = AnchorLink(str(escape(self.spec.title)), TOP_ID, 1)
        self.toc = TableOfContents([top])
        self.present_anchor_ids = set(self.spec.body.anchors)
