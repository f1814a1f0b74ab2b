"""Every page states the policy, keeps it, and a browser holds it to that; the same is written for servers."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from audit.browser import window
from audit.server import read_rules
from browsing import watch
from drawing.policy import hash_of
from html_pages import html_files
from html_tree import Node, read_tree
from playwright.sync_api import Browser

POLICY = re.compile(
    r"default-src 'none'; script-src 'self' 'sha256-[A-Za-z0-9+/]{43}='; "
    r"style-src 'self'; img-src 'self'; media-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'"
)
DATA = "application/ld+json"  # a block of data, which no policy is asked about (HTML: prepare the script element)
LOADS = {
    "script": "src",
    "img": "src",
    "audio": "src",
    "video": "src",
    "source": "src",
    "iframe": "src",
    "object": "data",
}


def _pages(root: Path) -> Iterator[tuple[str, Node]]:
    site = root / "site"
    for file in html_files(site):
        yield file.relative_to(site).as_posix(), read_tree(file.read_text(encoding="utf-8"))


def _policies(tree: Node) -> list[str]:
    return [m.attributes["content"] for m in tree.all("meta[http-equiv=Content-Security-Policy]")]


@pytest.mark.parametrize("portal", ["own_portal", "second_portal", "third_portal"])
def test_every_page_states_the_policy_and_keeps_it(portal: str, request: pytest.FixtureRequest) -> None:
    faults: list[str] = []
    stated: Counter[str] = Counter()
    for path, tree in _pages(request.getfixturevalue(portal)):
        [policy] = _policies(tree)
        leads_on = bool(tree.all("meta[http-equiv=refresh]"))
        stated[policy] += 1
        assert policy == "default-src 'none'" if leads_on else POLICY.fullmatch(policy), path
        faults += [f"{path}: {fault}" for fault in _broken(tree, policy)]
    assert faults == []
    assert stated.total() > 60
    assert len(stated) <= 2, "one for pages, one for those that lead on"


def _broken(tree: Node, policy: str) -> list[str]:
    """What the policy, or no policy at all, would stop or should."""
    faults = []
    for node in tree.all("*"):
        faults += [f"{node.tag} has {name}" for name in node.attributes if name.startswith("on") or name == "style"]
        if node.tag in ("style", "iframe", "object", "embed", "base"):
            faults.append(f"has a {node.tag}")
        if node.tag == "form" and not re.fullmatch(
            r"(\.\./)*([\w/-]*/)?tim-kiem/|\./|(\.\./)+", node.attributes["action"]
        ):
            faults.append(f"has a form to {node.attributes['action']}")
        is_run = node.tag == "script" and node.attributes.get("type") != DATA
        if is_run and "src" not in node.attributes and hash_of(node.text) not in policy:
            faults.append("has a script that is not named")
        loaded = node.attributes.get(LOADS.get(node.tag, ""), "")
        if node.tag == "link" and node.attributes.get("rel") in ("stylesheet", "icon"):
            loaded = node.attributes["href"]
        if urlsplit(loaded).scheme or loaded.startswith("//"):
            faults.append(f"{node.tag} loads {loaded}")
    return faults


def test_a_broken_policy_is_seen() -> None:
    """So that the list above is not empty for want of looking."""
    html = '<p onclick="a()" style="a"></p><style></style><script>a()</script><img src="//b.example/c">'
    html += f'<script type="{DATA}">{{}}</script>'
    assert sorted(_broken(read_tree(html), "'none'")) == [
        "has a script that is not named",
        "has a style",
        "img loads //b.example/c",
        "p has onclick",
        "p has style",
    ]


@pytest.mark.parametrize("portal", ["own_portal", "second_portal"])
def test_servers_say_what_pages_say(portal: str, request: pytest.FixtureRequest) -> None:
    root: Path = request.getfixturevalue(portal)
    [policy] = _policies(read_tree((root / "site/index.html").read_text(encoding="utf-8")))
    rules = read_rules((root / "site/_headers").read_text(encoding="utf-8"))
    base = urlsplit(_site_url(root)).path.rstrip("/")
    embedded = next(number for number, rule in enumerate(rules) if rule.pattern == f"{base}/nhung/*")
    own, files, kept = rules[: embedded - 2], rules[embedded - 2 : embedded], rules[embedded + 1 :]
    said = dict(own[0].headers)
    assert all(dict(rule.headers) == said for rule in own)
    folders_of_pages = {file.relative_to(root / "site").parts[0] for file in html_files(root / "site")}
    named = {rule.pattern.removeprefix(f"{base}/").removesuffix("/*") for rule in own}
    assert named == {
        "",
        *folders_of_pages - {*_folders_of_redirects(root)},
        "javascripts",
        "stylesheets",
    }
    assert [rule.pattern for rule in files] == [f"{base}/assets/*", f"{base}/anh/*"]
    alone = "default-src 'none'; style-src 'unsafe-inline'; img-src 'self'; media-src 'self'; form-action 'none'; base-uri 'none'"
    of_file = {**said, "Content-Security-Policy": f"{alone}; frame-ancestors 'self'"}
    assert [dict(rule.headers) for rule in files] == [of_file, of_file]
    framed = dict(rules[embedded].headers)
    assert {name for name in said if framed[name] != said[name]} == {
        "Content-Security-Policy",
        "Cross-Origin-Opener-Policy",
    }
    assert framed["Content-Security-Policy"].endswith("; frame-ancestors *")
    assert said["Content-Security-Policy"] == f"{policy}; frame-ancestors 'self'"
    assert (said["Referrer-Policy"], said["X-Content-Type-Options"]) == ("same-origin", "nosniff")
    folders = {
        "assets/stylesheets": r".*\.[0-9a-f]{8}\..*",
        "tim-kiem/chi-muc": r"[0-9a-f]{10}\.json",
        "anh": r"[a-z0-9-]+-[0-9a-f]{12}-\d+\.(webp|jpg)",
    }
    assert [rule.pattern for rule in kept] == [f"{base}/{folder}/*" for folder in folders]
    assert all(dict(rule.headers) == {"Cache-Control": "public, max-age=31536000, immutable"} for rule in kept)
    for folder, pattern in folders.items():  # only what never changes is kept for good
        names = [file.name for file in (root / "site" / folder).glob("*")]
        assert names or folder == "anh"
        assert all(re.fullmatch(pattern, name) for name in names)
    nginx = (root / "site/nginx-headers.conf").read_text(encoding="utf-8")
    assert _said_by_nginx(nginx, f"{base}/thong-ke/") == said
    assert _said_by_nginx(nginx, f"{base}/nhung/thong-ke/a.html") == framed
    assert _said_by_nginx(nginx, f"{base}/assets/album/a.jpg") == of_file
    assert _said_by_nginx(nginx, f"{base}/anh/a-480.webp") == of_file


def _said_by_nginx(configuration: str, uri: str) -> dict[str, str]:
    """The headers nginx adds to a file, as it reads these few of its directives: `set`, `if ($uri ~ …)`, `add_header`."""
    values: dict[str, str] = {}
    conditions = re.findall(r"^if \(\$uri ~ (\S+)\) \{\n(.*?)^\}\n", configuration, re.DOTALL | re.MULTILINE)
    before = configuration.partition("if (")[0]
    for text in (before, *(inside for condition, inside in conditions if re.search(condition, uri))):
        values |= dict(re.findall(r'set \$(\w+) "([^"]*)";', text))
    added = re.findall(r'^add_header (\S+) (?:"([^"]*)"|\$(\w+)) always;$', configuration, re.MULTILINE)
    return {name: text or values[variable] for name, text, variable in added}


def _folders_of_redirects(root: Path) -> set[str]:
    """Old addresses alone lie there."""
    lines = (root / "site/_redirects").read_text(encoding="utf-8").split()
    base = urlsplit(_site_url(root)).path
    return {line.removeprefix(base).split("/")[0] for line in lines[::3]}


def _site_url(root: Path) -> str:
    text = (root / "data/campaign.yml").read_text(encoding="utf-8")
    return re.search(r"(?m)^site_url:\s*\"?([^\s\"]+)", text)[1]


def test_a_browser_runs_no_script_and_no_handler_that_came_in(browser: Browser, address: str) -> None:
    with window(browser) as context:
        tab = context.new_page()
        faults = watch(tab, address)
        tab.goto(address, wait_until="load")
        tab.evaluate(
            """() => {
              const script = document.createElement('script');
              script.textContent = 'window.ran = true';
              document.body.append(script);
              document.body.insertAdjacentHTML('beforeend', '<button onclick="window.ran = true" id="in">a</button>');
              document.getElementById('in').click();
            }"""
        )
        assert tab.evaluate("window.ran") is None
    said = "\n".join(fault for fault in faults if "Content Security Policy" in fault)
    assert "Executing inline script violates" in said
    assert "Executing inline event handler violates" in said


VIOLATIONS = """
  window.violations = [];
  document.addEventListener('securitypolicyviolation', event => violations.push(event.violatedDirective));
"""


def test_a_browser_has_nothing_against_what_pages_tell_programs(
    browser: Browser, address: str, largest: dict[str, str]
) -> None:
    """... nor against anything else, while it holds a page to the policy."""
    with window(browser) as context:
        context.add_init_script(VIOLATIONS)
        tab = context.new_page()
        faults = watch(tab, address)
        graphs = 0
        for path in largest.values():
            tab.goto(address + path, wait_until="load")
            said = tab.evaluate(f"[...document.querySelectorAll('script[type=\"{DATA}\"]')].map(e => e.textContent)")
            graphs += sum("@graph" in json.loads(text) for text in said)
            assert tab.evaluate("violations") == [], path
        assert faults == []
        assert graphs > 15
        tab.evaluate("document.body.insertAdjacentHTML('beforeend', '<p style=\"color: red\">a</p>')")
        tab.wait_for_function("violations.length > 0")  # so that it is seen where there is one


SEARCH = ("answers", "drawing", "filter", "index", "marks", "page", "start", "words", "worker")


def test_of_the_theme_only_its_stylesheet_is_published(own_portal: Path) -> None:
    site = own_portal / "site"
    kinds = ("*.js", "*.css", "*.map", "*.svg", "*.png", "*.ico")
    found = sorted(file.relative_to(site).as_posix() for kind in kinds for file in site.rglob(kind))
    assert [re.sub(r"\.[0-9a-f]{8}\.", ".*.", name) for name in found] == [
        "assets/images/icon.svg",
        "assets/stylesheets/main.*.min.css",
        "javascripts/portal.js",
        *(f"javascripts/search/{name}.js" for name in SEARCH),
        *(f"stylesheets/{name}.css" for name in ("campaign", "charts", "dark", "embed", "portal")),
    ]
