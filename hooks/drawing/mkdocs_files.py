"""The site's pages and generated files as MkDocs files."""

from __future__ import annotations

import re
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files, InclusionLevel
from portal.announcing import READING_TEXT
from portal.pages import HOME, Page
from portal.site import Site

from .cache import FOLDER as CACHE
from .cache import Cache, code_version
from .card_files import CardFiles
from .content import Contents
from .files import generated_files
from .page import PortalPage
from .photos import FOLDER as PHOTOS
from .photos import Photos, photo_files


def put_pages(files: Files, pages: Iterable[Page], contents: Contents, config: MkDocsConfig) -> None:
    """Nothing but these pages, each as one file, so that what MkDocs draws is what the core planned."""
    for file in list(files.documentation_pages()):
        files.remove(file)
    for page in pages:
        file = File.generated(config, source_of(page.address), content="", inclusion=InclusionLevel.NOT_IN_NAV)
        PortalPage(page, contents, file, config)
        files.append(file)


def put_files(files: Files, site: Site, contents: Contents, config: MkDocsConfig) -> None:
    """The files beside the pages; of those under docs/ only what may be published."""
    photos = photo_files(site.pictures, site.beside.assets)
    for file in [file for file in files if file.src_uri in site.beside.withheld or file.src_uri in photos]:
        files.remove(file)
    root = Path(config.config_file_path).parent
    opened = Cache(root / CACHE, code_version())
    with closing(opened) as cache:
        for path, content in CardFiles(site.beside.shared.cards, cache).items():
            files.append(File.generated(config, path, content=content))
    for path, content in Photos(root, root / CACHE / PHOTOS, site.pictures, photos).data():
        files.append(File.generated(config, path, content=content))
    for page in site.pages:
        if text := contents.text(page):
            files.append(
                File.generated(
                    config, f"{source_of(page.address).removesuffix('index.md')}{READING_TEXT}", content=text
                )
            )
        for path, table in contents.tables(page).items():
            files.append(File.generated(config, path, content=table))
    index = {path: file.data for path, file in site.index.files.items()}
    feeds = {path: site.feeds.data(path) for path in site.feeds.files}
    for path, content in (generated_files(site, contents) | index | feeds).items():
        if theirs := files.get_file_from_path(path):
            files.remove(theirs)  # the theme has a sitemap.xml too
        files.append(File.generated(config, path, content=content))


_UNUSED = re.compile(r"assets/(javascripts/.*|images/favicon\.png|stylesheets/(palette\..*|.*\.map))")


def leave_unused(files: Files, config: MkDocsConfig) -> None:
    """What of Material no page loads is not published: five megabytes, nearly all of them scripts."""
    for file in [file for file in files if file.src_dir != config.docs_dir and _UNUSED.fullmatch(file.src_uri)]:
        files.remove(file)


def source_of(address: str) -> str:
    """The path under which MkDocs gives a page its address."""
    return "index.md" if address == HOME else f"{address.strip('/')}/index.md"
