"""The site's pages and generated files as MkDocs files."""

from __future__ import annotations

import json
from urllib.parse import urlsplit

from markupsafe import escape
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files, InclusionLevel
from portal.addresses import relative
from portal.pages import HOME, Page
from portal.routes import Redirect, output_of
from portal.schema.data import Campaign
from portal.site import Site, manifest

from .page import PortalPage


def put_site(files: Files, site: Site, config: MkDocsConfig) -> None:
    """Put one file in place for every page, so that what MkDocs draws is what the core planned."""
    for file in list(files.documentation_pages()):
        files.remove(file)
    for file in [file for file in files if file.src_uri in site.withheld]:
        files.remove(file)
    menu = {link.address: link.label for link in site.navigation}
    for page in site.pages:
        file = File.generated(config, source_of(page.address), content="", inclusion=InclusionLevel.NOT_IN_NAV)
        title = menu.get(page.address, page.title)
        PortalPage(page, title, edit_url(page, site.campaign), file, config)
        files.append(file)
    for path, text in generated_files(site):
        files.append(File.generated(config, path, content=text))


def generated_files(site: Site) -> list[tuple[str, str]]:
    """Path and text of each file that is not a page."""
    recorded = json.dumps(manifest(site), ensure_ascii=False, indent=1, sort_keys=True) + "\n"
    return [
        ("stylesheets/campaign.css", campaign_style(site)),
        ("portal-manifest.json", recorded),
        ("_redirects", redirect_rules(site)),
        *((output_of(redirect.alias), redirect_page(redirect, site.campaign)) for redirect in site.redirects),
    ]


def redirect_rules(site: Site) -> str:
    """One rule a line, as static hosts read them: from, to, status."""
    base = urlsplit(site.campaign.site_url).path.rstrip("/")
    return "".join(f"{base}{redirect.alias} {base}{redirect.address} 301\n" for redirect in site.redirects)


def redirect_page(redirect: Redirect, campaign: Campaign) -> str:
    """A page that leads on without a script, for hosts that know no rules."""
    folder = "/" + output_of(redirect.alias).rpartition("/")[0]
    to = escape(relative(folder.rstrip("/") + "/", redirect.address))
    absolute = escape(campaign.site_url.rstrip("/") + redirect.address)
    return (
        '<!doctype html>\n<html lang="vi"><head><meta charset="utf-8"><title>Trang đã chuyển địa chỉ</title>'
        f'<link rel="canonical" href="{absolute}"><meta name="robots" content="noindex">'
        f'<meta http-equiv="refresh" content="0; url={to}"></head>'
        f'<body><h1>Trang đã chuyển địa chỉ</h1><p><a href="{to}">Mở trang ở địa chỉ mới</a></p></body></html>\n'
    )


def campaign_style(site: Site) -> str:
    """The colours of the campaign's fields; a strict page policy forbids them in the pages."""
    rules = [f".field--{term.slug} {{ --field-color: {term.color}; }}" for term in site.registers.fields if term.color]
    return "\n".join(rules) + "\n"


def source_of(address: str) -> str:
    """The path under which MkDocs gives a page its address."""
    return "index.md" if address == HOME else f"{address.strip('/')}/index.md"


def edit_url(page: Page, campaign: Campaign) -> str | None:
    """Where an editor changes the file behind the page, in GitHub's form, which GitLab understands too."""
    if not campaign.repository or not page.edit_path.endswith((".md", ".yml")):
        return None
    return f"{campaign.repository.rstrip('/')}/edit/{campaign.branch or 'main'}/{page.edit_path}"
