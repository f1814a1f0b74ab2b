"""Tables by themselves say what their pages say, lead where these lead, and run nothing; the page for partners names them."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import urldefrag, urljoin

import pytest
from audit.browser import window
from audit.server import serving
from html_pages import html_files
from html_tree import Node, read_main, read_tree
from playwright.sync_api import Browser
from recount_lists import register

PORTALS = ("own_portal", "second_portal", "third_portal")
EMBEDS = "nhung"


@pytest.fixture(params=PORTALS)
def root(request: pytest.FixtureRequest) -> Path:
    return request.getfixturevalue(request.param)


def tables_of_pages(site: Path) -> dict[str, tuple[str, Node]]:
    """Every table of statistics by the path of its embed: the address of its page, and its frame."""
    found = {}
    for file in html_files(site):
        address = f"/{file.parent.relative_to(site).as_posix()}/"
        if address.startswith("/thong-ke/"):
            for frame in read_main(file.read_text(encoding="utf-8")).all("div.portal-table"):
                if "id" in frame.attributes:
                    step = frame.attributes["id"].removeprefix("bang-")
                    found[f"{EMBEDS}{address}{step}.html"] = (address, frame)
    return found


def test_each_table_stands_by_itself_and_says_the_same(root: Path) -> None:
    site = root / "site"
    tables = tables_of_pages(site)
    files = {file.relative_to(site).as_posix() for file in (site / EMBEDS).rglob("*") if file.is_file()}
    assert files == set(tables)
    assert len(tables) >= 20
    for path, (address, frame) in tables.items():
        page = read_tree((site / path).read_text(encoding="utf-8"))
        assert {link.attributes["rel"] for link in page.all("link")} == {
            "stylesheet"
        }  # `noindex` and canonical do not agree
        [own] = page.all("div.portal-table")
        assert own.text == frame.text, path
        assert [_cells(row) for row in own.all("tr")] == [_cells(row) for row in frame.all("tr")]
        base = urljoin(f"/{path}", page.one("base").attributes["href"])
        assert (base, page.one("base").attributes["target"]) == (address, "_top")
        assert [urljoin(base, a.attributes["href"]) for a in own.all("a")] == [
            urljoin(address, a.attributes["href"]) for a in frame.all("a")
        ]


def _cells(row: Node) -> list[tuple[str, str]]:
    return [(cell.tag, cell.text) for cell in (*row.all("th"), *row.all("td"))]


def test_it_runs_nothing_and_loads_its_style_alone(root: Path) -> None:
    site = root / "site"
    for path in tables_of_pages(site):
        text = (site / path).read_text(encoding="utf-8")
        page = read_tree(text)
        assert page.all("script") + page.all("img") + page.all("form") + page.all("iframe") == []
        assert not re.search(r"\son[a-z]+=|style=", text.split("<main>")[0])
        [policy] = [m.attributes["content"] for m in page.all("meta") if "http-equiv" in m.attributes]
        assert policy == "default-src 'none'; style-src 'self'; base-uri 'self'; form-action 'none'"
        base = urljoin(f"/{path}", page.one("base").attributes["href"])
        [style] = [
            urljoin(base, link.attributes["href"])
            for link in page.all("link")
            if link.attributes["rel"] == "stylesheet"
        ]
        assert style == "/stylesheets/embed.css"
        assert (site / style[1:]).is_file()
        assert page.one("meta[name=robots]").attributes["content"] == "noindex"
        assert page.one("title").text.endswith(_short_name(root))
        assert page.one("footer").text.startswith("Nguồn: ")


def _short_name(root: Path) -> str:
    campaign = register(root, "campaign")
    return str(campaign.get("short_name") or campaign["name"])


def test_its_page_leads_to_it(root: Path) -> None:
    site = root / "site"
    for path, (address, _) in tables_of_pages(site).items():
        page = read_main((site / address[1:] / "index.html").read_text(encoding="utf-8"))
        assert f"/{path}" in {urljoin(address, a.attributes["href"]) for a in page.all("p.portal-embed a")}


def test_partners_are_told_every_feed_and_how_to_embed(root: Path) -> None:
    """But those of places, which are told on their pages."""
    site, here = root / "site", "/huong-dan/doi-tac/"
    page = read_main((site / here[1:] / "index.html").read_text(encoding="utf-8"))
    named = {urljoin(here, a.attributes["href"]) for a in page.all("td a")}
    feeds = {
        f"/{file.relative_to(site).as_posix()}" for suffix in ("xml", "json") for file in site.rglob(f"feed.{suffix}")
    }
    assert named == {feed for feed in feeds if not feed.startswith("/dia-ban/")}
    url = str(register(root, "campaign")["site_url"]).rstrip("/")
    assert {a.text for a in page.all("td a")} == {url + feed for feed in named}
    code = page.one("pre").text
    [address] = re.findall(r'src="([^"]+)"', code)
    assert (site / address.removeprefix(url)[1:]).is_file()
    assert code.startswith("<iframe src=")
    assert code.endswith('loading="lazy"></iframe>')
    assert read_tree(code).one("iframe").attributes["title"] == page.all("section ul a")[0].text
    tables = {urldefrag(urljoin(here, a.attributes["href"]))[0] for a in page.all("section ul a")}
    assert {address.removeprefix(url)} <= tables <= {f"/{path}" for path in tables_of_pages(site)}


def test_it_stands_in_a_frame_elsewhere_and_its_links_lead_out_of_it(
    browser: Browser, own_portal: Path, tmp_path: Path
) -> None:
    """Without scripts, on a page of another origin, by the code that partners copy."""
    path = next(path for path in tables_of_pages(own_portal / "site") if path.endswith("theo-linh-vuc.html"))
    with serving(own_portal / "site") as ours:
        (tmp_path / "index.html").write_text(
            f'<!doctype html><title>Trang khác</title><iframe src="{ours.address}{path}" title="Bảng" width="100%" height="420"></iframe>',
            encoding="utf-8",
        )
        with serving(tmp_path) as theirs, window(browser, scripts=False) as context:
            tab = context.new_page()
            told: list[str] = []
            tab.on("console", lambda message: told.append(message.text))
            tab.goto(theirs.address, wait_until="load")
            frame = tab.frame_locator("iframe")
            assert frame.locator("table").is_visible()
            frame.locator("footer a").click()
            tab.wait_for_url(f"{ours.address}thong-ke/**")
    assert told == []
