"""What search costs on a large site: bytes fetched before the first result, and the time of a keystroke on a slow phone.

    PYTHONPATH=hooks:tests:tests/site:tests/bench:tests/search python tests/search/measure.py --records 10000

The page is that of the built `site/`; the index is that of a made-up campaign. A query is typed letter by letter, each as soon
as the one before is answered. All times are of a thread's processor, slowed down four times: what the page does for a
keystroke, until its answer stands; its longest task, by the clock, which is what somebody would feel; what it does when
typing rests; and what finding the answer takes, which is done beside the page, so it is run in a page here to be slowed down.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median, quantiles
from urllib.parse import urlencode

from audit.browser import PHONE, chromium, window
from audit.server import Server, serving
from indexes import write_index
from playwright.sync_api import Browser, CDPSession
from playwright.sync_api import Page as Tab
from portal.site import build_site
from portals import NOW, PROJECT
from synthetic import Options, write_campaign

SLOWER = 4
LEAST = 2  # letters that are answered while somebody types
QUERIES = (
    "mo hinh nong thon moi",
    "nuoi heo dat",
    "vườn rau đoàn kết",
    "thach ban khe",
    "chính quyền thân thiện",
    "01/THU",
    "2024 duong hoa",
    '"cùng dân xây dựng"',
)
MOST_KB, MOST_MS = 150, 50


@dataclass(frozen=True)
class Cost:
    """Times are in ms, the longest task 0 where none took more than 50."""

    query: str
    first_kb: float  # of all that was asked for after the page, until a result stood there
    by_header_kb: float  # of the page and all else, where the query comes from the header of another page
    all_kb: float
    keystrokes: tuple[float, ...]
    longest_task: float
    at_rest: float
    beside: tuple[float, ...]


def measured(browser: Browser, server: Server, query: str, width: int) -> Cost:
    """One visit, nothing cached."""
    with window(browser, width) as context:
        tab = context.new_page()
        tab.goto(f"{server.address}tim-kiem/", wait_until="networkidle")
        tab.evaluate(_PREPARE)
        served = len(server.sent)
        tab.locator("#tim").focus()
        tab.wait_for_selector("[data-ready]", state="attached")
        tools = slowed(tab)
        tab.evaluate("() => typed('x', '')")  # a word has begun
        first, times = 0.0, []
        for end in range(LEAST, len(query) + 1):
            before = _busy(tools)
            found = tab.evaluate("text => typed(text, 'begun')", query[:end])
            times.append(_busy(tools) - before)
            if not first and found:
                first = _kilobytes(server, served)
        before = _busy(tools)
        tab.evaluate("text => told(text, 'answered')", query)
        at_rest = _busy(tools) - before
        longest = max([*tab.evaluate("tasks"), 0])
        every = _kilobytes(server, served)
    by_header, other = from_header(browser, server, query), beside(browser, server, query)
    return Cost(query, first, by_header, every, tuple(times), longest, at_rest, other)


def from_header(browser: Browser, server: Server, query: str) -> float:
    with window(browser) as context:
        tab = context.new_page()
        tab.goto(server.address, wait_until="networkidle")
        served = len(server.sent)
        found: list[float] = []
        tab.expose_function("found", lambda: found.append(_kilobytes(server, served)))
        tab.add_init_script(_FIRST)
        tab.goto(f"{server.address}tim-kiem/?{urlencode({'q': query})}", wait_until="networkidle")
        return found[0]


def beside(browser: Browser, server: Server, query: str) -> tuple[float, ...]:
    """What the answers to its beginnings take to find."""
    with window(browser) as context:
        tab = context.new_page()
        tab.goto(f"{server.address}tim-kiem/", wait_until="networkidle")
        tab.evaluate(_ANSWER, server.address)
        tools = slowed(tab)
        times = []
        for end in range(LEAST, len(query) + 1):
            before = _busy(tools)
            tab.evaluate("text => asked(text)", query[:end])
            times.append(_busy(tools) - before)
        return tuple(times)


def slowed(tab: Tab) -> CDPSession:
    tools = tab.context.new_cdp_session(tab)
    tools.send("Performance.enable", {"timeDomain": "threadTicks"})
    tools.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    return tools


# Types, and waits for the answer without asking for it again and again; tells whether there is a result.
_PREPARE = """() => {
  const field = document.getElementById("tim"), root = document.querySelector(".portal-search");
  window.tasks = [];
  const note = (list) => tasks.push(...list.getEntries().map((task) => task.duration));
  new PerformanceObserver(note).observe({ type: "longtask" });
  window.told = (text, how) => new Promise((done) => {
    const isTold = () => !how || new URLSearchParams(root.dataset[how]).get("q") === text;
    const check = () => {
      if (!isTold()) return;
      watch.disconnect();
      done(document.querySelector("[data-results] li") !== null);
    };
    const watch = new MutationObserver(check);
    watch.observe(root, { attributes: true });
    check();
  });
  window.typed = (text, how) => {
    field.value = text;
    field.dispatchEvent(new Event("input"));
    return told(text, how);
  };
}"""
_FIRST = """new MutationObserver((_, watch) => {
  if (!document.querySelector("[data-results] li")) return;
  watch.disconnect();
  found();
}).observe(document, { childList: true, subtree: true });"""
_ANSWER = """async (site) => {
  const { answering } = await import(`${site}javascripts/search/answers.js`);
  let told, turn = 0;
  const answer = answering((one) => told(one));
  const address = `${site}tim-kiem/chi-muc.json`;
  const ask = (question) => new Promise((done) => {
    told = (one) => (one.hasFailed || one.isLast || !one.results) && done();
    answer({ turn: ++turn, address, perPage: 10, ...question });
  });
  window.asked = (text) => ask({ asked: `?q=${encodeURIComponent(text)}`, isBrief: true });
  await ask({});
}"""


def _kilobytes(server: Server, served: int) -> float:
    return sum(sent.size for sent in server.sent[served:]) / 1000


def _busy(tools: CDPSession) -> float:
    """Milliseconds of its processor that the main thread has taken."""
    metrics = {one["name"]: one["value"] for one in tools.send("Performance.getMetrics")["metrics"]}
    return metrics["TaskDuration"] * 1000


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--records", type=int, default=10_000)
    parser.add_argument("--width", type=int, default=PHONE, help="of the window (default: %(default)s)")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_campaign(folder / "campaign", Options(pages=options.records))
        site = build_site(folder / "campaign", NOW)
        assert site.problems == ()
        shown = Path(shutil.copytree(PROJECT / "site", folder / "site"))
        for part in ("tim-kiem/chi-muc", "javascripts/search"):
            shutil.rmtree(shown / part)
        page = (shown / "index.html").read_bytes()
        write_index(site, shown)
        (shown / "index.html").write_bytes(page)
        with serving(shown) as server, chromium() as browser:
            return _told([measured(browser, server, query, options.width) for query in QUERIES])


def _told(costs: list[Cost]) -> int:
    for line in _lines(costs):
        print(line)  # noqa: T201
    is_kept = all(
        cost.first_kb > 0 and max(cost.first_kb, cost.by_header_kb) <= MOST_KB and not cost.longest_task
        for cost in costs
    )
    nine_of_ten = quantiles([time for cost in costs for time in cost.keystrokes], n=10)[-1]
    return 0 if is_kept and nine_of_ten <= MOST_MS else 1


def _lines(costs: list[Cost]) -> Iterator[str]:
    yield "| query | kB before the first result | … from the header | kB in all | ms a keystroke | longest task over 50 | at rest | beside |"
    yield "|---|---:|---:|---:|---:|---:|---:|---:|"
    for cost in costs:
        longest = f"{cost.longest_task:.0f}" if cost.longest_task else "none"
        yield (
            f"| {cost.query} | {cost.first_kb:.1f} | {cost.by_header_kb:.1f} | {cost.all_kb:.1f} | {_spread(cost.keystrokes)} | {longest} "
            f"| {cost.at_rest:.0f} | {_spread(cost.beside)} |"
        )
    yield f"All keystrokes: {_spread([time for cost in costs for time in cost.keystrokes])} ms."


def _spread(times: Sequence[float]) -> str:
    """Median, nine of ten, largest."""
    return f"{median(times):.0f} ({quantiles(times, n=10)[-1]:.0f}, {max(times):.0f})"


if __name__ == "__main__":
    sys.exit(main())
