"""axe-core over every page, in both colour schemes and at both ends of widths."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, BrowserContext

from .browser import DESK, PHONE, SCHEMES, go_to, window
from .figures import Figure, ToolError
from .page_types import Subject

SOURCE = Path("axe-core/axe.min.js")
# Naming tags switches on rules that axe leaves off, as the one on the size of targets of WCAG 2.2.
TAGS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
_RUN = """axe.run(document, {runOnly: {type: '%s', values: %s}, resultTypes: ['violations', 'incomplete']})
  .then(({violations, incomplete, testEngine}) => ({version: testEngine.version, violations: violations.map(short),
    incomplete: incomplete.map(short)}));
function short({id, impact, help, nodes}) {
  return {id, impact, help, targets: nodes.map(node => node.target.flat().join(' '))};
}"""


def measure(browser: Browser, address: str, subjects: Iterable[Subject], modules: Path) -> Iterator[Figure]:
    try:
        source = (modules / SOURCE).read_text(encoding="utf-8")
    except OSError:
        raise ToolError("no axe-core: run make audit, or npm ci --prefix tests/audit --ignore-scripts") from None
    looks = {f"{scheme} {width}": window(browser, width, scheme) for scheme in SCHEMES for width in (PHONE, DESK)}
    for subject in subjects:
        results = {
            look: run(context, address + subject.path, source, until=subject.until) for look, context in looks.items()
        }
        yield _figure(subject.name, "axe", results, "violations")
        yield _figure(subject.name, "axe incomplete", results, "incomplete")


def run(
    context: BrowserContext, url: str, source: str, rules: Sequence[str] = (), *, until: str = ""
) -> dict[str, Any]:
    """What axe says of a page, by these rules (by all of TAGS when there are none), when `until` is there. It goes in through the debugger, which
    no policy of the page stops."""
    asking = _RUN % (("rule", list(rules)) if rules else ("tag", list(TAGS)))
    tab = context.new_page()
    go_to(tab, url, until)
    tools = context.new_cdp_session(tab)
    for script in (source, asking):
        asked = {"expression": script, "awaitPromise": True, "returnByValue": script is asking}
        answer = tools.send("Runtime.evaluate", asked)
        if fault := answer.get("exceptionDetails"):
            raise ToolError(f"axe: {fault.get('exception', {}).get('description') or fault['text']}")
    tab.close()
    return answer["result"]["value"]


def _figure(page: str, measure: str, results: dict[str, dict[str, Any]], key: str) -> Figure:
    """Counted are rules, once for each look; said is each with the looks it is broken in."""
    where: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for look, result in results.items():
        for rule in result[key]:
            targets = rule["targets"]
            more = f" and {len(targets) - 3} more" if len(targets) > 3 else ""
            told = f"{rule['id']} ({rule['impact']}): {rule['help']}", f"{'; '.join(targets[:3])}{more}"
            where[told].append(look)
    said = tuple(f"{rule} – {', '.join(looks)} – {targets}" for (rule, targets), looks in where.items())
    return Figure(page, measure, sum(len(result[key]) for result in results.values()), said)
