"""The files beside the pages that are made: manifest, what search engines are told, redirects, what servers should say,
the campaign's colours."""

from __future__ import annotations

import gzip
import json
from urllib.parse import urlsplit

from markupsafe import escape
from portal.addresses import relative
from portal.crawlers import llms_text, robots_text
from portal.routes import Redirect, output_of
from portal.schema.data import Campaign
from portal.site import Site, manifest
from portal.sitemaps import SITEMAP, sitemaps

from . import policy
from .colours import DARK_PAPER, LIGHT_PAPER, darkened, lightened
from .content import Contents


def generated_files(site: Site, contents: Contents) -> dict[str, bytes]:
    """Each file that is made and is not a page, by its path; but for those of the index, which a site holds packed."""
    maps = sitemaps(site.pages, contents.site_url)
    said = policy.headers([contents.early_script])
    made = {
        "stylesheets/campaign.css": campaign_style(site).encode(),
        **maps,
        f"{SITEMAP}.gz": gzip.compress(maps[SITEMAP], 6, mtime=0),
        "robots.txt": robots_text(contents.site_url).encode(),
        "llms.txt": llms_text(site.campaign, site.pages, contents.site_url, has_feed=site.feeds.has_any).encode(),
        "_redirects": redirect_rules(site).encode(),
        "_headers": policy.for_static_hosts(said, site.campaign.site_url, _folders(site)).encode(),
        "nginx-headers.conf": policy.for_nginx(said, site.campaign.site_url).encode(),
    }
    if "robots.txt" in site.beside.assets:  # the editors' own
        del made["robots.txt"]
    redirected = {output_of(r.alias): redirect_page(r, site.campaign).encode() for r in site.beside.redirects}
    return made | redirected | files_of_moment(site)


def _folders(site: Site) -> set[str]:
    """At the top of the site: those of pages, and of what pages load."""
    of_pages = {page.address.split("/")[1] for page in site.pages}
    return {*of_pages, "stylesheets", "javascripts"} - {""}


def files_of_moment(site: Site) -> dict[str, bytes]:
    """Those of them that an edit of bodies makes anew, too."""
    recorded = json.dumps(manifest(site), ensure_ascii=False, indent=1, sort_keys=True) + "\n"
    return {"portal-manifest.json": recorded.encode()}


def redirect_rules(site: Site) -> str:
    """One rule a line, as static hosts read them: from, to, status."""
    base = urlsplit(site.campaign.site_url).path.rstrip("/")
    return "".join(f"{base}{redirect.alias} {base}{redirect.address} 301\n" for redirect in site.beside.redirects)


def redirect_page(redirect: Redirect, campaign: Campaign) -> str:
    """A page that leads on without a script, for hosts that know no rules."""
    folder = "/" + output_of(redirect.alias).rpartition("/")[0]
    to = escape(relative(folder.rstrip("/") + "/", redirect.address))
    absolute = escape(campaign.site_url.rstrip("/") + redirect.address)
    return (
        '<!doctype html>\n<html lang="vi"><head><meta charset="utf-8">'
        '<meta http-equiv="Content-Security-Policy" content="default-src \'none\'">'
        f'<meta name="referrer" content="{policy.REFERRER}">'
        '<meta name="viewport" content="width=device-width,initial-scale=1"><title>Trang đã chuyển địa chỉ</title>'
        f'<link rel="canonical" href="{absolute}"><meta name="robots" content="noindex">'
        f'<meta http-equiv="refresh" content="0; url={to}"></head>'
        f'<body><main><h1>Trang đã chuyển địa chỉ</h1><p><a href="{to}">Mở trang ở địa chỉ mới</a></p></main></body>'
        "</html>\n"
    )


def campaign_style(site: Site) -> str:
    """The colours of the campaign's fields, changed no more than is needed to be read: white stands on `--field-color`,
    `--field-light` on the dark ground. A strict page policy forbids them in the pages."""
    rules = [
        f".field--{term.slug} {{ --field-color: {darkened(term.color, LIGHT_PAPER)}; "
        f"--field-light: {lightened(term.color, DARK_PAPER)}; }}"
        for term in site.registers.fields
        if term.color
    ]
    return "\n".join(rules) + "\n"
