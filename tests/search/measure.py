"""What search costs on a large site: bytes fetched before the first result, and the time of a keystroke on a slow phone.

    PYTHONPATH=hooks:tests:tests/site:tests/bench:tests/search python tests/search/measure.py --records 10000

The page is that of the built `site/`; the index is that of a made-up campaign. The browser's processor is slowed down four
times, its main thread is what is timed: what it does from a keystroke to the answer, waiting left out.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from audit.browser import chromium, window
from audit.server import Server, serving
from indexes import write_index
from playwright.sync_api import Browser, CDPSession
from portal.site import build_site
from portals import NOW, PROJECT
from synthetic import Options, write_campaign

SLOWER = 4
QUERIES = (
    "mo hinh nong thon moi",
    "nuoi heo dat",
    "vườn rau đoàn kết",
    "thach ban khe",
    "chính quyền thân thiện",
    "01/THU",
    "2024 duong hoa",
)
MOST_KB, MOST_MS = 150, 50


@dataclass(frozen=True)
class Cost:
    query: str
    first_kb: float  # of all that was asked for after the page, until a result stood there
    all_kb: float
    keystrokes: tuple[float, ...]  # ms


def measured(browser: Browser, server: Server, query: str) -> Cost:
    """One visit, nothing cached: the query is typed letter by letter."""
    with window(browser) as context:
        tab = context.new_page()
        tab.goto(f"{server.address}tim-kiem/", wait_until="networkidle")
        tools = context.new_cdp_session(tab)
        tools.send("Performance.enable")
        tools.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
        served = len(server.sent)
        tab.locator("#tim").focus()
        tab.wait_for_load_state("networkidle")
        first, times = 0.0, []
        for end in range(1, len(query) + 1):
            before = _busy(tools)
            found = tab.evaluate(_TYPE, query[:end])
            times.append((_busy(tools) - before) * 1000)
            if not first and found:
                first = sum(sent.size for sent in server.sent[served:]) / 1000
        return Cost(query, first, sum(sent.size for sent in server.sent[served:]) / 1000, tuple(times))


# Types, waits for the answer without asking for it again and again, and tells whether there is a result.
_TYPE = """text => new Promise(done => {
  const field = document.getElementById("tim"), root = document.querySelector(".portal-search");
  const check = () => {
    const asked = new URLSearchParams(location.search).get("q") || "";
    if (asked !== text || root.dataset.answered !== location.search) return;
    watch.disconnect();
    done(document.querySelector("[data-results] li") !== null);
  };
  const watch = new MutationObserver(check);
  watch.observe(root, { attributes: true });
  field.value = text;
  field.dispatchEvent(new Event("input"));
})"""


def _busy(tools: CDPSession) -> float:
    """Seconds that the main thread has worked."""
    metrics = {one["name"]: one["value"] for one in tools.send("Performance.getMetrics")["metrics"]}
    return metrics["TaskDuration"]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--records", type=int, default=10_000)
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
            return _told([measured(browser, server, query) for query in QUERIES])


def _told(costs: list[Cost]) -> int:
    for line in _lines(costs):
        print(line)  # noqa: T201
    worst_kb = max(cost.first_kb for cost in costs)
    worst_ms = max(max(cost.keystrokes) for cost in costs)
    return 0 if worst_kb <= MOST_KB and worst_ms <= MOST_MS else 1


def _lines(costs: list[Cost]) -> Iterator[str]:
    yield "| query | kB before the first result | kB in all | ms a keystroke, median | largest |"
    yield "|---|---:|---:|---:|---:|"
    for cost in costs:
        times = cost.keystrokes
        yield f"| {cost.query} | {cost.first_kb:.1f} | {cost.all_kb:.1f} | {median(times):.0f} | {max(times):.0f} |"


if __name__ == "__main__":
    sys.exit(main())
