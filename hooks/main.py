"""MkDocs event handlers, nothing else. The portal itself is in hooks/portal, its drawing in hooks/drawing."""

from __future__ import annotations

import os
from pathlib import Path

from drawing.faults import checked
from drawing.files import put_site, source_of
from jinja2 import Environment
from markupsafe import escape
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import get_plugin_logger
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation
from portal.clock import NotAMomentError, moment_of
from portal.presenting import publisher_facts
from portal.problems import printable
from portal.site import Site
from portal.text import number_vi

log = get_plugin_logger("portal")


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Before MkDocs empties the site folder: read everything, stop at faults, take names from the campaign."""
    site = config.extra.get("portal")
    if site is None:
        previewed = _is_mkdocs_serve(config)
        site = _build(config, preview=previewed)
        config.extra["portal"] = site
        config.site_url = config.site_url if previewed else site.campaign.site_url
    config.site_name = escape(site.campaign.short_name or site.campaign.name)
    config.nav = [{link.label: source_of(link.address)} for link in site.navigation]
    return config


def _is_mkdocs_serve(config: MkDocsConfig) -> bool:
    """`mkdocs serve` puts its own address in the place of the site's before any event; nothing is published there."""
    return (config.site_url or "").startswith(f"http://{config.dev_addr}")


def _build(config: MkDocsConfig, *, preview: bool) -> Site:
    """For a plain `mkdocs build` or `mkdocs serve`; the `portal` command brings its own Site."""
    root = Path(config.config_file_path).parent
    try:
        now = moment_of(os.environ.get("PORTAL_NOW"))
    except NotAMomentError as error:
        raise PluginError(f"PORTAL_NOW: {error}") from None
    site, problems = checked(root, now, preview=preview)
    for problem in problems:
        log.error(printable(str(problem)))
    if problems:
        raise PluginError(f"Có {len(problems)} lỗi.")
    return site


def on_files(files: Files, config: MkDocsConfig) -> Files:
    put_site(files, config.extra["portal"], config)
    return files


def on_env(env: Environment, config: MkDocsConfig, files: Files) -> Environment:
    """Our templates are escaped; Material's are not made for it and stay as they are.

    404.html is ours too: as the root it decides for the macros that portal/base.html brings in.
    """
    env.autoescape = lambda name: (name or "").startswith("portal/") or name == "404.html"
    env.filters["number_vi"] = number_vi
    return env


def on_page_context(context: dict, page, config: MkDocsConfig, nav: Navigation) -> dict:
    return {**_of_every_page(context, config), "spec": page.spec, "view": page.spec.view}


def on_template_context(context: dict, template_name: str, config: MkDocsConfig) -> dict:
    """404 and other pages that no Markdown file stands behind."""
    return _of_every_page(context, config)


def _of_every_page(context: dict, config: MkDocsConfig) -> dict:
    site: Site = config.extra["portal"]
    publisher = publisher_facts(site.campaign.publisher)
    return {**context, "campaign": site.campaign, "footer": site.footer, "publisher": publisher}
