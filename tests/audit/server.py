"""A static host on loopback, as a good one would serve the site: compressed, kept alive, with the headers the site asks for."""

from __future__ import annotations

import gzip
import hashlib
import mimetypes
import re
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import unquote, urlsplit
from urllib.request import Request, urlopen

from .figures import ToolError

Headers = tuple[tuple[str, str], ...]

RULES = "_headers"
NOT_SERVED = frozenset({RULES, "_redirects"})  # hosts that know them keep them to themselves
TYPES = {
    **{".html": "text/html; charset=utf-8", ".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8"},
    **{".json": "application/json", ".map": "application/json", ".webmanifest": "application/manifest+json"},
    **{".svg": "image/svg+xml", ".xml": "application/xml", ".csv": "text/csv; charset=utf-8"},
    **{".txt": "text/plain; charset=utf-8", ".woff2": "font/woff2", ".avif": "image/avif", ".webp": "image/webp"},
}
COMPRESSED = ("text/", "application/json", "application/manifest+json", "application/xml", "image/svg+xml")
_NAMED_BY_CONTENT = re.compile(r"\.[0-9a-f]{8,}\.")
_CANONICAL = re.compile(r'<link rel="canonical" href="([^"]+)"')
_LEVEL = 6  # what servers take unless they are told otherwise


@dataclass(frozen=True)
class Rule:
    """The headers of the addresses that a pattern of `_headers` means."""

    pattern: str
    headers: Headers

    def means(self, address: str) -> bool:
        """`*` is anything, `:name` one step of the address."""
        parts = re.split(r"(\*|:[A-Za-z]\w*)", self.pattern)
        wanted = "".join({"*": ".*", ":": "[^/]+"}.get(part[:1], re.escape(part)) for part in parts)
        return re.fullmatch(wanted, address) is not None


@dataclass(frozen=True)
class Sent:
    """One answer: its address and the bytes it took, headers included."""

    address: str
    size: int


@dataclass(frozen=True)
class _Entity:
    kind: str
    tag: str
    plain: bytes
    packed: bytes | None


def read_rules(text: str) -> list[Rule]:
    """The rules of a `_headers` file, as Netlify and Cloudflare Pages read it; a line that is none raises ToolError."""
    rules: list[Rule] = []
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        if line.startswith("/"):
            rules.append(Rule(line.strip(), ()))
            continue
        name, colon, value = line.strip().partition(":")
        if not line[0].isspace() or not rules or not colon or not re.fullmatch(r"[A-Za-z0-9-]+", name.rstrip()):
            raise ToolError(f"{RULES}:{number}: neither the path of a rule nor one of its headers: {line.strip()}")
        rules[-1] = Rule(rules[-1].pattern, (*rules[-1].headers, (name.rstrip(), value.strip())))
    return rules


def headers_of(rules: Iterable[Rule], address: str) -> dict[str, str]:
    """Of all rules that mean the address, in their order; what several say of one header is joined by commas."""
    found: dict[str, tuple[str, str]] = {}
    for rule in rules:
        if rule.means(address):
            for name, value in rule.headers:
                spelled, before = found.get(name.lower(), (name, ""))
                found[name.lower()] = (spelled, f"{before}, {value}" if before else value)
    return dict(found.values())


def base_of(site: Path) -> str:
    """Below which path the site lies where it is published, by its home page: rules say whole addresses, and it is served
    from the root here."""
    home = site / "index.html"
    said = _CANONICAL.search(home.read_text(encoding="utf-8")) if home.is_file() else None
    return urlsplit(said[1]).path.rstrip("/") if said else ""


class Server(ThreadingHTTPServer):
    """Serves one site, whose files are read and compressed once. `sent` grows with every answer."""

    daemon_threads = True
    block_on_close = False

    def __init__(self, site: Path) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.site = site.resolve()
        rules = self.site / RULES
        self.rules = read_rules(rules.read_text(encoding="utf-8")) if rules.is_file() else []
        self.base = base_of(self.site)
        self.sent: list[Sent] = []
        self._entities: dict[Path, _Entity] = {}
        self._lock = threading.Lock()

    @property
    def address(self) -> str:
        """With a slash at the end."""
        return f"http://127.0.0.1:{self.server_port}/"

    def file(self, address: str) -> Path | None:
        """The file, or a folder whose address lacks its slash; None where there is nothing to be served."""
        path = (self.site / unquote(address).lstrip("/")).resolve()
        if not path.is_relative_to(self.site) or path.name in NOT_SERVED:
            return None
        if path.is_dir():
            index = path / "index.html"
            return (index if address.endswith("/") else path) if index.is_file() else None
        return path if path.is_file() and not address.endswith("/") else None

    def entity(self, path: Path) -> _Entity:
        with self._lock:
            if path not in self._entities:
                self._entities[path] = _entity(path)
            return self._entities[path]

    def handle_error(self, request: object, client_address: object) -> None:
        """A browser that hangs up is no fault of the site."""


@contextmanager
def serving(site: Path) -> Iterator[Server]:
    with Server(site) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()


def fetch(url: str) -> None:
    """Asks for a file as a browser does."""
    with urlopen(Request(url, headers={"Accept-Encoding": "gzip"})) as answer:
        answer.read()


class _Handler(BaseHTTPRequestHandler):
    server: Server
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    wbufsize = -1  # one answer is one write

    def do_GET(self) -> None:
        self._answer(body_too=True)

    def do_HEAD(self) -> None:
        self._answer(body_too=False)

    def log_message(self, format: str, *args: object) -> None:
        """Says nothing on the terminal."""

    def version_string(self) -> str:
        return "audit"

    def _answer(self, *, body_too: bool) -> None:
        address = urlsplit(self.path).path
        path = self.server.file(address)
        if path and path.is_dir():
            self._send(address, HTTPStatus.MOVED_PERMANENTLY, {"Location": f"{address}/"}, b"", body_too)
            return
        status, notice = HTTPStatus.OK, self.server.site / "404.html"
        if path is None:
            status, path = HTTPStatus.NOT_FOUND, notice if notice.is_file() else None
        if path is None:
            self._send(address, status, {"Content-Type": "text/plain"}, b"not found", body_too)
            return
        entity = self.server.entity(path)
        headers = {"Content-Type": entity.kind, "Cache-Control": _kept(path), "ETag": entity.tag}
        if entity.packed is not None:
            headers["Vary"] = "Accept-Encoding"
        if status is HTTPStatus.OK and self.headers.get("If-None-Match") == entity.tag:
            self._send(address, HTTPStatus.NOT_MODIFIED, headers, b"", body_too=False)
            return
        body = entity.plain
        if entity.packed is not None and "gzip" in self.headers.get("Accept-Encoding", ""):
            headers["Content-Encoding"], body = "gzip", entity.packed
        self._send(address, status, headers, body, body_too)

    def _send(self, address: str, status: HTTPStatus, headers: dict[str, str], body: bytes, body_too: bool) -> None:
        own = headers_of(self.server.rules, self.server.base + address)
        said = {name.lower() for name in own}
        self.send_response(status)
        for name, value in [*((n, v) for n, v in headers.items() if n.lower() not in said), *own.items()]:
            self.send_header(name, value)
        if status is not HTTPStatus.NOT_MODIFIED:
            self.send_header("Content-Length", str(len(body)))
        size = sum(map(len, self._headers_buffer)) + 2
        self.end_headers()
        if body_too:
            self.wfile.write(body)
        self.server.sent.append(Sent(address, size + (len(body) if body_too else 0)))


def _entity(path: Path) -> _Entity:
    plain = path.read_bytes()
    kind = TYPES.get(path.suffix.lower()) or mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    packed = gzip.compress(plain, _LEVEL, mtime=0) if kind.startswith(COMPRESSED) else None
    return _Entity(kind, f'W/"{hashlib.sha256(plain).hexdigest()[:16]}"', plain, packed)


def _kept(path: Path) -> str:
    """How long a browser may keep a file without asking, unless the site says: a name made of the content never means
    another one; pages are asked for each time; the rest is kept as long as GitHub Pages says."""
    if _NAMED_BY_CONTENT.search(path.name):
        return "public, max-age=31536000, immutable"
    return "no-cache" if path.suffix == ".html" else "public, max-age=600"
