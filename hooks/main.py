"""MkDocs event handlers, nothing else. The portal itself is in hooks/portal, its drawing in hooks/drawing."""

from __future__ import annotations

import os
from pathlib import Path

from drawing.content import Contents, Told
from drawing.faults import checked
from drawing.material import Order
from drawing.mkdocs_files import leave_unused, put_files, put_pages, source_of
from drawing.page import PortalPage
from drawing.policy import REFERRER
from jinja2 import Environment
from markupsafe import Markup, escape
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import get_plugin_logger
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation
from portal.clock import NotAMomentError, moment_of
from portal.pages import HOME
from portal.presenting import publisher_facts
from portal.problems import printable
from portal.site import Site

log = get_plugin_logger("portal")


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Before MkDocs empties the site folder: read everything, stop at faults, take names from the campaign."""
    order = config.extra.get("portal")
    if order is None:
        previewed = _is_mkdocs_serve(config)
        site = _build(config, preview=previewed)
        config.site_url = config.site_url if previewed else site.campaign.site_url
        contents = Contents(
            Path(config.config_file_path).parent,
            site.campaign,
            site.beside.cards,
            config.site_url or "",
            Told.of(site),
        )
        order = config.extra["portal"] = Order(site, contents, site.pages)
    config.theme.static_templates.discard("sitemap.xml")  # ours knows what is listed
    config.site_name = escape(order.site.campaign.short_name or order.site.campaign.name)
    config.nav = [source_of(HOME)]  # the menu is our own; without one MkDocs would make one of all pages
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
    order: Order = config.extra["portal"]
    put_pages(files, order.pages, order.contents, config)
    leave_unused(files, config)
    if order.framing:
        for file in [file for file in files if file.src_dir == config.docs_dir]:
            files.remove(file)  # the `portal` command brings what lies in docs/ itself
    else:
        put_files(files, order.site, order.contents, config)
    return files


def on_env(env: Environment, config: MkDocsConfig, files: Files) -> Environment:
    """Our frame is escaped; Material's templates are not made for it and stay as they are."""
    env.autoescape = lambda name: (name or "").startswith("portal/") or name == "404.html"
    order: Order = config.extra["portal"]
    if order.framing:
        order.framing.templates = env
    return env


def on_page_context(context: dict, page: PortalPage, config: MkDocsConfig, nav: Navigation) -> dict:
    order: Order = config.extra["portal"]
    told = {**_of_every_page(context, config), "spec": page.spec}
    told |= {"head": Markup(page.head), "content": Markup(page.content)}
    if order.framing:
        order.framing.cut(page, told)
    return told


def on_post_page(output: str, page: PortalPage, config: MkDocsConfig) -> str:
    order: Order = config.extra["portal"]
    if order.framing:
        order.framing.compare(page, output)
    return output


def on_template_context(context: dict, template_name: str, config: MkDocsConfig) -> dict:
    """404 and other pages that no Markdown file stands behind."""
    return _of_every_page(context, config)


def _of_every_page(context: dict, config: MkDocsConfig) -> dict:
    order: Order = config.extra["portal"]
    campaign, beside = order.site.campaign, order.site.beside
    return {
        **context,
        "campaign": campaign,
        "navigation": beside.navigation,
        "footer": beside.footer,
        "publisher": publisher_facts(campaign.publisher),
        "policy": order.contents.policy,
        "referrer_policy": REFERRER,
    }
