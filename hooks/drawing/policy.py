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
from portal.pages.page import EMBEDS
from portal.pictures import FOLDER as PHOTOS
from portal.search.files import FOLDER

REFERRER = "same-origin"
EARLY = "partials/early.html"  # the one script in the pages themselves, in overrides/
# Material's, the pieces of the index and photos: their names hold a hash of what they hold.
_FOR_GOOD_IN = ("assets/stylesheets/*", f"{FOLDER}*", f"{PHOTOS}/*")
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


# Of a table by itself: it runs and loads nothing but its style, and any page may show it in a frame. Its links are those of
# another address, which its `base` says.
EMBED_POLICY = "default-src 'none'; style-src 'self'; base-uri 'self'; form-action 'none'"


def embed_headers() -> dict[str, str]:
    """What a server should say of tables by themselves."""
    return {
        **headers([]),
        "Content-Security-Policy": f"{EMBED_POLICY}; frame-ancestors *",
        "Cross-Origin-Opener-Policy": "unsafe-none",
    }


# Of what is no page, in these folders: a browser shows a picture or a video by itself in a page of its own making, which
# has its styles in it.
FILE_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src 'self'; media-src 'self'; form-action 'none'; base-uri 'none'"
_OF_FILES = ("assets", PHOTOS)


def file_headers() -> dict[str, str]:
    """What a server should say of pictures and other files."""
    return {**headers([]), "Content-Security-Policy": f"{FILE_POLICY}; frame-ancestors 'self'"}


def headers(scripts: Iterable[str]) -> dict[str, str]:
    """What a server should say of every file; `frame-ancestors` has no effect in a page's meta element."""
    return {
        "Content-Security-Policy": f"{page_policy(scripts)}; frame-ancestors 'self'",
        "Referrer-Policy": REFERRER,
        "X-Content-Type-Options": "nosniff",
        "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
        "Cross-Origin-Opener-Policy": "same-origin",
    }


def for_static_hosts(said: dict[str, str], site_url: str, folders: Iterable[str]) -> str:
    """A `_headers` file, as Netlify and Cloudflare Pages read it. Where several rules match they say the headers of all, and of
    two policies browsers take what both allow; so the rule of pages names their `folders`, and not all there is."""
    base = urlsplit(site_url).path.rstrip("/")
    places = [
        f"{base}/",
        f"{base}/index.html",
        f"{base}/404.html",
        *(f"{base}/{folder}/*" for folder in sorted({*folders} - {*_OF_FILES})),
    ]
    rules = [(place, said) for place in places]
    rules += [(f"{base}/{folder}/*", file_headers()) for folder in _OF_FILES]
    rules.append((f"{base}{EMBEDS}*", embed_headers()))
    rules += [(f"{base}/{files}", {"Cache-Control": _FOR_GOOD}) for files in _FOR_GOOD_IN]
    return "".join(f"{place}\n{_lines(headers)}" for place, headers in rules)


def _lines(said: dict[str, str]) -> str:
    return "".join(f"  {name}: {value}\n" for name, value in said.items())


def for_nginx(said: dict[str, str], site_url: str) -> str:
    """The same for nginx, but for how long files may be kept: to be copied into its configuration and included in the block
    that serves the site."""
    base = urlsplit(site_url).path.rstrip("/")
    own = {name: value for name, value in embed_headers().items() if said[name] != value}
    lines = [f'set $portal_{_variable(name)} "{said[name]}";' for name in own]
    apart = ((EMBEDS, embed_headers()), *((f"/{folder}/", file_headers()) for folder in _OF_FILES))
    for place, others in apart:
        lines.append(f"if ($uri ~ ^{base}{place}) {{")
        lines += [f'  set $portal_{_variable(name)} "{others[name]}";' for name in own]
        lines.append("}")
    for name, value in said.items():
        lines.append(
            f"add_header {name} " + (f"$portal_{_variable(name)}" if name in own else f'"{value}"') + " always;"
        )
    return "\n".join(lines) + "\n"


def _variable(name: str) -> str:
    return name.lower().replace("-", "_")
