"""What `make audit` counts as a miss, which pages it takes; and that its eyes see."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest
from audit import axe, lighthouse, network, report, screenshots, validity, vocabulary
from audit.browser import PHONE, chromium, window
from audit.figures import LIGHTHOUSE, MEASURES, TOOLS, Figure, ToolError, measures_of, middle, misses, shown
from audit.known_errors import KNOWN, KnownError
from audit.network import path_of
from audit.page_types import NAMED, Subject, largest
from audit.server import serving

ROOT = Path(__file__).parents[2]
ARTICLE = Subject("article", "tin/", "tin/index.html")

# --- bounds


@pytest.mark.parametrize(
    ("measure", "good", "bad"),
    [
        *((name, 100, 99.5) for name in ("performance", "accessibility", "best-practices", "seo")),
        *(
            (name, 0, 1)
            for name in ("axe", "html errors", "schema errors", "policy errors", "console", "elsewhere", "overflow")
        ),
        *(("shift", 0, 0.0001), ("first visit", 60, 60.01), ("further page", 15, 15.01), ("policies", 1, 0)),
    ],
)
def test_what_is_not_within_its_bound_is_missed(measure: str, good: float, bad: float) -> None:
    assert misses([Figure("article", measure, good)], []) == []
    assert len(misses([Figure("article", measure, bad, ("why",))], [])) == 1
    assert len(misses([Figure("article", measure, float("nan"))], [])) == 1


def test_a_miss_says_the_value_the_bound_and_what_it_is_made_of() -> None:
    figures = [Figure("article", "first visit", 60.04, ("60.0 kB /a.js",)), Figure("home", "first visit", 70)]
    assert misses(figures, []) == [("article: first visit 60.04, must ≤ 60", ("60.0 kB /a.js",))]


def test_what_was_not_measured_is_missed() -> None:
    expected = [("home", "axe"), ("article", "axe")]
    assert misses([Figure("home", "axe", 0)], expected) == [("article: axe was not measured", ())]


def test_what_is_only_told_has_no_bound() -> None:
    told = [name for name, measure in MEASURES.items() if measure.least is measure.most is None]
    assert told == ["axe incomplete", "html known", "html warnings", "photos"]


@pytest.mark.parametrize(
    ("value", "said"), [(100, "100"), (60.0, "60"), (60.04, "60.04"), (0.0001, "0.0001"), (12345, "12345")]
)
def test_a_figure_is_not_rounded_to_its_bound(value: float, said: str) -> None:
    assert shown(value) == said


def test_every_measure_belongs_to_a_tool_and_every_tool_has_one() -> None:
    assert {measure.tool for measure in MEASURES.values()} == set(TOOLS)
    assert tuple(measures_of(LIGHTHOUSE)) == lighthouse.CATEGORIES


# --- report


def audit(*figures: Figure, failures: tuple[str, ...] = ()) -> report.Audit:
    pages = {"home": "/", "article": "/tin/"}
    expected = [(page, measure) for page in pages for measure in ("axe", "first visit")]
    return report.Audit("2026-01-01", 0.1, 3, {}, pages, expected, list(figures), list(failures))


FOUND = audit(Figure("home", "axe", 0), Figure("home", "first visit", 61.5), Figure("article", "axe", 2, ("a", "b")))


def test_the_table_marks_what_missed() -> None:
    assert [re.sub(" +", " ", line) for line in report.table(FOUND).splitlines()] == [
        "| page | axe | first kB |",
        "| ------- | ----: | -------------: |",
        "| must | ≤ 0 | ≤ 60 (article) |",
        "| home | 0 | 61.5 |",
        "| article | **2** | missing |",
    ]


def test_what_missed_is_listed_with_the_first_of_its_parts() -> None:
    parts = tuple(f"part {number}" for number in range(9))
    missed = audit(Figure("home", "axe", 9, parts), failures=("vnu: 1\nno Java",)).misses()
    assert report.said_of(missed)[:9] == [
        *("✗ vnu: 1\nno Java", "✗ home: axe 9, must ≤ 0"),
        *(f"    part {number}" for number in range(6)),
        "    … 3 more",
    ]
    assert "✗ article: axe was not measured" in report.said_of(missed)


def test_what_is_kept_gives_the_same_audit() -> None:
    assert report.read(report.json_of(FOUND)) == FOUND


@pytest.mark.parametrize(("value", "status"), [(0, 0), (1, 1)])
def test_the_exit_status_tells_whether_anything_missed(tmp_path: Path, value: float, status: int) -> None:
    whole = [Figure(page, measure, 0) for page in ("home", "article") for measure in ("axe", "first visit")]
    kept = tmp_path / "figures.json"
    kept.write_text(report.json_of(audit(*whole[1:], Figure("home", "axe", value))), encoding="utf-8")
    command = [sys.executable, ROOT / "tests/audit/run.py", "--table", kept]
    ran = subprocess.run(command, capture_output=True, text=True, check=False, env={**os.environ, "PYTHONUTF8": "1"})
    assert (ran.returncode, ran.stderr) == (status, "")
    assert ran.stdout.endswith("1 missed\n" if status else "everything is as it must be\n")


# --- Lighthouse


def lighthouse_report(performance: float | None, seo: float = 1) -> dict:
    audits = {
        "speed": {
            "id": "speed",
            "score": performance,
            "title": "Speed",
            "displayValue": "2 s",
            "scoreDisplayMode": "n",
        },
        "hint": {"id": "hint", "score": 0, "title": "Hint", "scoreDisplayMode": "n"},
    }
    if performance is None:
        audits["speed"] |= {"scoreDisplayMode": "error", "errorMessage": "no paint"}
    reference = [{"id": "speed", "weight": 1}, {"id": "hint", "weight": 0}]
    scores = {"performance": performance, "accessibility": 1, "best-practices": 1, "seo": seo}
    categories = {name: {"score": score, "auditRefs": []} for name, score in scores.items()}
    categories["performance"]["auditRefs"] = reference
    return {"audits": audits, "categories": categories}


def test_the_median_is_of_each_category_by_itself() -> None:
    runs = [lighthouse_report(0.9), lighthouse_report(1, seo=0.5), lighthouse_report(0.97)]
    found = {figure.measure: figure for figure in lighthouse.figures("home", runs)}
    assert {measure: figure.value for measure, figure in found.items()} == {
        **{"performance": 97, "accessibility": 100, "best-practices": 100, "seo": 100},
    }
    assert found["performance"].said == ("runs: 90, 100, 97", "speed 0.90: Speed (2 s)", "speed 0.97: Speed (2 s)")
    assert found["seo"].said == ("runs: 100, 50, 100",)


def test_the_middle_of_two_is_between_them() -> None:
    assert middle([100, 99]) == 99.5


def test_a_category_without_a_score_is_an_error_that_says_why() -> None:
    with pytest.raises(ToolError, match="no score for performance: speed: no paint"):
        list(lighthouse.figures("home", [lighthouse_report(1), lighthouse_report(None)]))


def test_tools_that_are_not_there_are_errors(tmp_path: Path) -> None:
    for needs in (
        lambda: lighthouse.report("http://127.0.0.1/", tmp_path),
        lambda: validity.check(tmp_path, [ARTICLE], tmp_path),
        lambda: vocabulary.check([], tmp_path),
        lambda: list(axe.measure(None, "", [ARTICLE], tmp_path)),  # type: ignore[arg-type]
    ):
        with pytest.raises(ToolError, match="run make audit"):
            needs()


# --- the vocabulary

DECLARED = """interface ThingBase extends Partial<IdReference> {
    /** The name. */
    "name"?: SchemaValue<Text, "name">;
}
interface PlaceBase extends ThingBase {
    "containedIn"?: SchemaValue<Place | Text | IdReference, "containedIn">;
}
export interface TownLeaf extends PlaceBase {
    "@type": "Town";
}
"""


def test_terms_are_what_the_vocabulary_says_of_the_names_in_the_file() -> None:
    known = "# Kept.\nname: Town → Number\nTown < Thing\nPlace\nThing\ncontainedIn\n"
    assert vocabulary.terms(known, DECLARED) == (
        "# Kept.\nPlace < Thing\nThing\nTown < Place\ncontainedIn: Place → Place Text\nname: Thing → Text\n"
    )


@pytest.mark.parametrize(
    ("known", "said"),
    [("Thing\nnamed\n", "schema.org does not know named"), ("Town\nThing\n", "Place must be named too")],
)
def test_a_name_that_is_not_there_is_an_error(known: str, said: str) -> None:
    with pytest.raises(ToolError, match=said):
        vocabulary.terms(known, DECLARED)


def test_a_graph_becomes_a_program_with_its_actions_apart() -> None:
    html = '<script>1</script><script type="application/ld+json">{"@graph":[{"a":{"@type":"SearchAction","b":"\\u003c"}}]}</script>'
    graph = vocabulary.graph_in(html)
    assert graph is not None
    assert vocabulary.program_of(graph).splitlines()[1:] == [
        'const action0: WithActionConstraints<SearchAction> = {"@type": "SearchAction", "b": "<"};',
        'export const graph: Graph = {"@graph": [{"a": action0}]};',
    ]
    assert vocabulary.graph_in("<script>1</script>") is None
    with pytest.raises(ToolError, match="2 graphs in a page"):
        vocabulary.graph_in(html * 2)


# --- HTML

FAULT = {"type": "error", "message": "Bad value.", "lastLine": 7, "extract": 'x\n<input id="__drawer">'}


def html_figures(known: tuple[KnownError, ...], *messages: dict) -> dict[str, Figure]:
    found = {"tin/index.html": list(messages)}
    return {figure.measure: figure for figure in validity.figures([ARTICLE], found, known)}


def test_errors_warnings_and_known_errors_are_counted_apart() -> None:
    own = {**FAULT, "extract": "<p>"}
    warning = {"type": "info", "subType": "warning", "message": "Hm.", "lastLine": 1}
    found = html_figures((KnownError("Bad value.", "__drawer", "Material's"),), FAULT, own, warning)
    assert {measure: figure.value for measure, figure in found.items()} == {
        **{"html errors": 1, "html known": 1, "html warnings": 1},
    }
    assert found["html errors"].said == ("line 7: Bad value. – <p>",)
    assert found["html known"].said == ('line 7: Bad value. – x <input id="__drawer">',)


@pytest.mark.parametrize("known", [("Bad value", "__drawer"), ("Bad value.", "__search")])
def test_a_known_error_is_matched_exactly(known: tuple[str, str]) -> None:
    assert html_figures((KnownError(*known, "Material's"),), FAULT)["html errors"].value == 1


def test_a_known_error_that_no_longer_occurs_is_told() -> None:
    known = (KnownError("Bad value.", "__drawer", "Material's"), KnownError("Gone.", "", "Material's"))
    found = {"a.html": [FAULT], "b.html": []}
    assert validity.outlived(found, known) == ["known_errors: no page has this one any more: Gone."]


def test_known_errors_have_a_reason() -> None:
    assert all(entry.message and entry.extract and entry.reason for entry in KNOWN)


# --- choice of pages


@dataclass
class Drawn:
    address: str
    template: str = "portal/article.html"
    listed: bool = True


def test_of_each_template_the_largest_listed_page_is_taken() -> None:
    sizes = {"/a/": 3, "/b/": 9, "/c/": 5, "/old/": 99, "/d/": 9}
    pages = [Drawn("/a/"), Drawn("/b/"), Drawn("/c/", "portal/list.html"), Drawn("/old/", listed=False), Drawn("/d/")]
    chosen = {name: page.address for name, page in largest(pages, lambda page: sizes[page.address]).items()}
    assert chosen == {"article": "/d/", "list": "/c/"}  # of two alike the last by address


def test_a_template_of_unlisted_pages_only_is_audited_too() -> None:
    assert set(largest([Drawn("/x/", "portal/expired.html", listed=False)], lambda page: 1)) == {"expired"}


def test_named_page_types_are_templates() -> None:
    assert {f"{name}.html" for name in NAMED} <= {path.name for path in (ROOT / "overrides/portal").iterdir()}


# --- lock file


def test_the_lock_file_names_no_registry_and_nothing_in_it_moves() -> None:
    folder = ROOT / "tests/audit"
    asked = json.loads((folder / "package.json").read_text(encoding="utf-8"))
    packages = json.loads((folder / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    wished = asked["devDependencies"]
    assert packages.pop("")["devDependencies"] == wished
    assert {name: packages[f"node_modules/{name}"]["version"] for name in wished} == wished
    assert [path for path, package in packages.items() if "resolved" in package or "integrity" not in package] == []
    wanted = [wish for package in packages.values() for wish in package.get("dependencies", {}).items()]
    moving = {name for name, version in wanted if re.match("[a-z]", version)}  # tags, as "latest"
    assert moving <= set(asked["overrides"])  # `npm ci` refuses a lock file older than what they mean today


# --- pictures


def shot(page: str, width: int, scheme: str, height: int = 900, excess: int = 0) -> screenshots.Shot:
    return screenshots.Shot(page, f"{page}/<", width, scheme, height, f"{page}{width}{scheme}".encode(), excess)


def test_the_sheet_shows_every_picture_and_needs_nothing_beside_it() -> None:
    shots = [
        shot(page, width, scheme)
        for page in ("home", "article")
        for scheme in ("light", "dark")
        for width in screenshots.WIDTHS
    ]
    sheet = screenshots.sheet(shots)
    assert (
        sheet.count("<img ") == len(set(re.findall(r'src="data:image/jpeg;base64,([^"]+)"', sheet))) == len(shots) == 12
    )
    assert set(re.findall(r'href="screenshots/([^"]+)"', sheet)) == {shot.file for shot in shots}
    assert re.findall(r'<section id="([^"]+)"', sheet) == ["home", "article"]
    assert "article/&lt;" in sheet
    assert not re.search(r'(src|href)="(?!data:|screenshots/|#)|<script|<link|@import', sheet)


def test_the_sheet_says_what_is_cut_and_what_is_too_wide() -> None:
    sheet = screenshots.sheet([shot("a", 360, "light", 20_000, 12), shot("b", 360, "dark")])
    assert sheet.count("20,000 px tall, cut at 16,000") == 2  # in words and for those who see no pictures
    assert sheet.count("12 px too wide") == sheet.count("too wide</b>") == 1


# --- the browser

FAULTY = """<!doctype html><html lang="vi"><title>Trang</title>
<link rel="stylesheet" href="/style.css"><link rel="icon" href="/anh.png">
<p>Dân vận khéo</p><img src="/assets/anh.svg" alt=""><div id="late"></div><p>khéo</p>
<script>document.title = 'refused'</script><script src="/shift.js"></script>"""
SHIFT = """requestAnimationFrame(() => requestAnimationFrame(() => late.style.setProperty('height', '300px')));
fetch('https://elsewhere.example/');
console.error('a word');"""
FAULTLESS = '<!doctype html><html lang="vi"><title>Trang</title><link rel="icon" href="/anh.png"><p>Dân vận khéo</p>'
WEIGHED = "default-src 'self'; connect-src https://elsewhere.example"


@pytest.mark.skipif(
    not os.environ.get("CI")
    and not any(map(shutil.which, ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome"))),
    reason="no Chromium found: install chromium, or run .ci/browser",
)
def test_the_browser_sees_what_it_is_for(tmp_path: Path) -> None:
    """So that figures of nothing are not nothing for want of looking, and no policy keeps axe out."""
    files = {
        **{"tin/index.html": FAULTY, "index.html": FAULTLESS, "shift.js": SHIFT},
        **{"style.css": "p { color: red }", "_headers": f"/tin/*\n  Content-Security-Policy: {WEIGHED}\n"},
        **{"assets/anh.svg": '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>', "anh.png": "icon"},
    }
    for path, text in files.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text, encoding="utf-8")
    with serving(tmp_path) as server, chromium() as browser, window(browser, PHONE) as context:
        found = network.visit(context, server, ARTICLE, icons=True)
        again = network.visit(context, server, ARTICLE)
        fine = network.visit(context, server, Subject("home", "", "index.html"))
        source = "window.axe = {run: async () => ({violations: [], incomplete: [], testEngine: {version: 'x'}})}"
        seen = axe.run(context, server.address + "tin/", source)
    assert found.policies == 1
    assert [line.split(" (")[0] for line in found.refused] == ["script-src-elem refused inline"]
    assert found.elsewhere == ["https://elsewhere.example/"]
    assert "a word" in found.console
    assert found.shift() > 0
    weighed = {path_of(transfer.url): transfer for transfer in found.transfers}
    assert {path for path in weighed if path.startswith("/")} >= {"/tin/", "/style.css", "/shift.js", "/anh.png"}
    assert [path for path, transfer in weighed.items() if transfer.photo] == ["/assets/anh.svg"]
    sent = {answer.address: answer.size for answer in reversed(server.sent)}  # the first of each
    assert weighed["/style.css"].size == sent["/style.css"]
    assert [path_of(transfer.url) for transfer in found.transfers].count("/anh.png") == 1
    assert found.weight(photos=True) == sent["/assets/anh.svg"] / 1000
    assert [part.split()[-1] for part in again.parts(photos=False)] == ["/tin/"]
    assert (fine.policies, fine.refused, fine.console, fine.elsewhere, fine.shift()) == (0, [], [], [], 0)
    assert seen["version"] == "x"
