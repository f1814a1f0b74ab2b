"""What browsers may do with our pages: nothing but what the pages need, and nothing from another host.

Source of the rules: Content Security Policy Level 3 (W3C). Inline scripts are allowed by their hashes; there is one.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path
from urllib.parse import urlsplit

from jinja2 import Environment, FileSystemLoader
from portal.search.files import FOLDER

REFERRER = "same-origin"
EARLY = "partials/early.html"  # the one script in the pages themselves, in overrides/
# Material's and the pieces of the index: their names hold a hash of what they hold.
_FOR_GOOD_IN = ("assets/stylesheets/*", f"{FOLDER}*")
_FOR_GOOD = "public, max-age=31536000, immutable"


def hash_of(script: str) -> str:
    """A script as a policy names it."""
    return f"'sha256-{b64encode(sha256(script.encode()).digest()).decode()}'"


def early_script(templates: Path) -> str:
    """The script that stands in every page, as templates draw it. Raises jinja2.TemplateError."""
    return Environment(loader=FileSystemLoader(templates), autoescape=True).get_template(EARLY).render()


def page_policy(scripts: Iterable[str]) -> str:
    """The policy of a page with these inline scripts, as its meta element says it. `connect-src` is for the index of search."""
    allowed = " ".join(["'self'", *map(hash_of, scripts)])
    own = [f"{name} 'self'" for name in ("style-src", "img-src", "media-src", "connect-src")]
    return "; ".join(["default-src 'none'", f"script-src {allowed}", *own, "form-action 'self'", "base-uri 'none'"])


def headers(scripts: Iterable[str]) -> dict[str, str]:
    """What a server should say of every file; `frame-ancestors` has no effect in a page's meta element."""
    return {
        "Content-Security-Policy": f"{page_policy(scripts)}; frame-ancestors 'self'",
        "Referrer-Policy": REFERRER,
        "X-Content-Type-Options": "nosniff",
        "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
        "Cross-Origin-Opener-Policy": "same-origin",
    }


def for_static_hosts(said: dict[str, str], site_url: str) -> str:
    """A `_headers` file, as Netlify and Cloudflare Pages read it."""
    base = urlsplit(site_url).path.rstrip("/")
    lines = "".join(f"  {name}: {value}\n" for name, value in said.items())
    kept = "".join(f"{base}/{files}\n  Cache-Control: {_FOR_GOOD}\n" for files in _FOR_GOOD_IN)
    return f"{base}/*\n{lines}{kept}"


def for_nginx(said: dict[str, str]) -> str:
    """The same for nginx, but for what concerns some addresses only: to be copied into its configuration and included in the block that serves the site."""
    return "".join(f'add_header {name} "{value}" always;\n' for name, value in said.items())
