"""What a visit costs and what goes wrong in it: bytes, hosts, the console, the policy, layout that shifts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page

from .browser import DESK, PHONE, SCROLL, go_to, window
from .figures import Figure, ToolError
from .page_types import NOT_FOUND, Subject
from .server import Server, fetch

QUIET = 250  # ms without a request after which a page has all it wants
PATIENCE = 15_000  # ms
POLICY = "Content Security Policy"  # as the console calls it

# Runs before the page's own scripts, past its policy.
_WATCH = """
window.audit = {shifts: [], refused: []};
new PerformanceObserver(list => list.getEntries().forEach(entry => {
  if (!entry.hadRecentInput) audit.shifts.push([entry.value,
    entry.sources.map(({node}) => node?.nodeName + (node?.className ? '.' + node.className : '')).join(', ')]);
})).observe({type: 'layout-shift', buffered: true});
document.addEventListener('securitypolicyviolation', e =>
  audit.refused.push(`${e.effectiveDirective} refused ${e.blockedURI || e.sample} (${e.sourceFile || ''}:${e.lineNumber})`));
"""
_ICONS = "[...document.querySelectorAll('link[rel~=icon]')].map(link => link.href)"
_POLICIES = "document.querySelectorAll('meta[http-equiv=Content-Security-Policy i]').length"


@dataclass
class Transfer:
    url: str
    photo: bool = False
    size: float = 0


@dataclass
class Visit:
    """One page, opened and scrolled to its end."""

    transfers: list[Transfer] = field(default_factory=list)
    elsewhere: list[str] = field(default_factory=list)
    console: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    shifts: list[tuple[float, str]] = field(default_factory=list)
    policies: int = 0

    def weight(self, *, photos: bool) -> float:
        """In kB."""
        return sum(transfer.size for transfer in self.transfers if transfer.photo is photos) / 1000

    def shift(self) -> float:
        """All that moved, which is never less than what browsers call the cumulative shift."""
        return sum(value for value, _ in self.shifts)

    def parts(self, *, photos: bool) -> tuple[str, ...]:
        ordered = sorted((t for t in self.transfers if t.photo is photos and t.size), key=lambda t: -t.size)
        return tuple(f"{transfer.size / 1000:.1f} kB {path_of(transfer.url)}" for transfer in ordered)


def measure(
    browser: Browser, server: Server, subjects: Iterable[Subject], article: Subject, home: Subject
) -> Iterator[Figure]:
    """The first visit is of somebody who was never there; the further one follows that of an article (of the article: that
    of the home page). Each at both widths, of which the worse counts."""
    for subject in subjects:
        first, further = [], []
        for width in (PHONE, DESK):
            with window(browser, width) as context:
                first.append(visit(context, server, subject, icons=True))
            with window(browser, width) as context:
                visit(context, server, home if subject == article else article)
                further.append(visit(context, server, subject))
        yield from _figures(subject.name, first, further)


def visit(context: BrowserContext, server: Server, subject: Subject, *, icons: bool = False) -> Visit:
    """`icons` weighs those of the page too: a browser without a window does not ask for them, one with a window does."""
    found = Visit()
    tab = context.new_page()
    tab.add_init_script(_WATCH)
    network = _Network(tab, server.address, found)
    tab.on("console", lambda message: _console(message, server.address, subject, found))
    tab.on("pageerror", lambda error: found.console.append(str(error)))
    served = len(server.sent)
    answer = go_to(tab, server.address + subject.path, subject.until)
    if answer is None or answer.status != (404 if subject.name == NOT_FOUND else 200):
        raise ToolError(f"/{subject.path}: {answer.status if answer else 'no answer'}")
    network.settle()
    tab.evaluate(SCROLL)
    network.settle()
    seen = tab.evaluate("audit")
    found.policies = tab.evaluate(_POLICIES) + ("content-security-policy" in answer.all_headers())
    # Each is an event and a line of the console, but those of a worker are a line alone.
    found.refused = max(seen["refused"], found.refused, key=len)
    found.shifts += [(value, moved) for value, moved in seen["shifts"]]
    wanted = set(tab.evaluate(_ICONS)) if icons else set()
    tab.close()
    known = {path_of(transfer.url) for transfer in found.transfers}
    for icon in sorted(wanted):
        if icon.startswith(server.address):
            if path_of(icon) not in known | {sent.address for sent in server.sent[served:]}:
                fetch(icon)
        elif not icon.startswith("data:"):
            found.elsewhere.append(icon)
    # What the browser's tools do not tell of, as icons and what workers ask for.
    found.transfers += [Transfer(s.address, size=s.size) for s in server.sent[served:] if s.address not in known]
    return found


class _Network:
    """Notes what the page asks for, as the browser's own tools see it."""

    def __init__(self, tab: Page, address: str, found: Visit) -> None:
        self._tab, self._address, self._found = tab, address, found
        self._asked: dict[str, Transfer] = {}
        self._open: set[str] = set()
        tools = tab.context.new_cdp_session(tab)
        tools.on("Network.requestWillBeSent", self._request)
        tools.on("Network.loadingFinished", self._finished)
        tools.on("Network.loadingFailed", self._failed)
        tools.send("Network.enable")

    def settle(self) -> None:
        """Until nothing was under way for a while."""
        waited, quiet = 0, 0
        while quiet < QUIET:
            self._tab.wait_for_timeout(50)
            waited, quiet = waited + 50, 0 if self._open else quiet + 50
            if waited > PATIENCE:
                raise ToolError(f"{self._tab.url}: still loading after {PATIENCE / 1000:g} s")

    def _request(self, event: dict[str, Any]) -> None:
        url, number = event["request"]["url"], event["requestId"]
        if led_on := event.get("redirectResponse"):
            self._asked[number].size += led_on["encodedDataLength"]
        if url.startswith(("data:", "blob:")):
            return
        if not url.startswith(self._address):
            self._found.elsewhere.append(url)
        if (event.get("type"), event["initiator"]["type"]) == ("Script", "other"):
            return  # a worker's: its end is told to the worker alone
        photo = event.get("type") == "Image" and path_of(url).startswith(("/assets/", "/anh/"))
        self._asked[number] = Transfer(url, photo)
        self._found.transfers.append(self._asked[number])
        self._open.add(number)

    def _finished(self, event: dict[str, Any]) -> None:
        if transfer := self._asked.get(event["requestId"]):
            transfer.size += event["encodedDataLength"]
        self._open.discard(event["requestId"])

    def _failed(self, event: dict[str, Any]) -> None:
        self._open.discard(event["requestId"])  # the console says why


def _console(message: ConsoleMessage, address: str, subject: Subject, found: Visit) -> None:
    if message.type not in ("error", "warning"):
        return
    # A page that is not there is said to be missing, which is what was asked for.
    if subject.name == NOT_FOUND and message.location.get("url") == address + subject.path and "404" in message.text:
        return
    (found.refused if POLICY in message.text else found.console).append(message.text)


def _figures(page: str, first: Sequence[Visit], further: Sequence[Visit]) -> Iterator[Figure]:
    every = [*first, *further]

    def listed(measure: str, of: Callable[[Visit], Iterable[str]]) -> Figure:
        said = tuple(dict.fromkeys(line for one in every for line in of(one)))
        return Figure(page, measure, len(said), said)

    yield Figure(page, "policies", min(one.policies for one in every))
    yield listed("policy errors", lambda one: one.refused)
    yield listed("console", lambda one: one.console)
    yield listed("elsewhere", lambda one: one.elsewhere)
    worst = max(every, key=Visit.shift)
    yield Figure(page, "shift", round(worst.shift(), 4), tuple(f"{value:.4f} {moved}" for value, moved in worst.shifts))
    for measure, visits in (("first visit", first), ("further page", further)):
        heaviest = max(visits, key=lambda one: one.weight(photos=False))
        yield Figure(page, measure, round(heaviest.weight(photos=False), 2), heaviest.parts(photos=False))
    heaviest = max(first, key=lambda one: one.weight(photos=True))
    yield Figure(page, "photos", round(heaviest.weight(photos=True), 2), heaviest.parts(photos=True))


def path_of(url: str) -> str:
    return urlsplit(url).path
