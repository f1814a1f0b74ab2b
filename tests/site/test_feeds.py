"""Feeds are valid, whole and true: read by Atom's grammar, by feedparser and by JSON's own rules, and compared with the
editors' files by a recount that shares no code with the portal."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urljoin, urlsplit

import feedparser
import pytest
from html_tree import read_main, read_tree
from lxml import etree
from portals import NOW, SECOND, built, copy_portal, faults, front_matter
from recount import read_campaign
from recount_lists import lists_of, read_front_matter, register

GRAMMAR = etree.RelaxNG.from_rnc_string((Path(__file__).parent / "atom.rnc").read_text(encoding="utf-8"))
ATOM = {"a": "http://www.w3.org/2005/Atom", "fh": "http://purl.org/syndication/history/1.0"}
PORTALS = ("own_portal", "second_portal", "third_portal", "large_portal", "large_portal_below")
TYPES = {"self", "current", "prev-archive", "next-archive"}
NEW = 20  # entries: the newest document has that many to one less than twice as many, an archive just as many
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+07:00")


@pytest.fixture(params=PORTALS)
def root(request: pytest.FixtureRequest) -> Path:
    return request.getfixturevalue(request.param)


def site_url(root: Path) -> str:
    return str(register(root, "campaign")["site_url"]).rstrip("/") + "/"


def documents(root: Path, suffix: str) -> dict[str, bytes]:
    """Of all feeds, by path in the site."""
    site = root / "site"
    files = (*site.rglob(f"feed{suffix}"), *site.rglob(f"feed/*{suffix}"))
    return {file.relative_to(site).as_posix(): file.read_bytes() for file in files}


def chain(root: Path, page: str) -> list[etree._Element]:
    """The documents of the feed of a page, from the newest to the oldest archive, as each leads to the next."""
    base, path = site_url(root), f"{page[1:]}feed.xml"
    found = []
    while path:
        found.append(etree.fromstring((root / "site" / path).read_bytes()))
        older = found[-1].xpath("a:link[@rel='prev-archive']/@href", namespaces=ATOM)
        path = str(older[0]).removeprefix(base) if older else ""
    return found


def entries(found: list[etree._Element]) -> list[etree._Element]:
    return [entry for document in found for entry in document.findall("a:entry", ATOM)]


def said(element: etree._Element, path: str) -> str:
    return str(element.findtext(path, namespaces=ATOM))


# --- they are valid ----------------------------------------------------------------


def test_every_atom_document_is_right(root: Path) -> None:
    wrong: list[str] = []
    found = documents(root, ".xml")
    ids: dict[str, set[str]] = {}
    for path, data in found.items():
        document = etree.fromstring(data)
        if not GRAMMAR.validate(document):
            wrong += [f"{path}: {error}" for error in GRAMMAR.error_log]
        wrong += [f"{path}: {rule}" for rule in _broken(document, site_url(root) + path)]
        parsed = feedparser.parse(data)
        if parsed.bozo or parsed.version != "atom10":
            wrong.append(f"{path}: feedparser: {parsed.get('bozo_exception')}")
        ids.setdefault(said(document, "a:id"), set()).add(re.sub(r"(/\d+)?\.xml$", "", path))
    assert wrong == []
    assert len(found) >= 4
    assert all(len(feeds) == 1 for feeds in ids.values()), "a feed has an id of its own, its archives the same"


def _broken(document: etree._Element, address: str) -> Iterator[str]:
    """The rules of RFC 4287 and RFC 5005 that no grammar says."""
    own = document.findall("a:entry", ATOM)
    links = {link.get("rel"): link.get("href") for link in document.findall("a:link", ATOM)}
    if links.get("self") != address:
        yield f"self is {links.get('self')}"
    if document.find("a:author", ATOM) is None:
        yield "no author"
    if not own:
        yield "no entry"
    ids = Counter(said(entry, "a:id") for entry in own)
    yield from (f"{key} is there {count} times" for key, count in ids.items() if count > 1)
    if said(document, "a:updated") != max(said(entry, "a:updated") for entry in own):
        yield "updated is not that of its newest change"
    is_archive = document.find("fh:archive", ATOM) is not None
    if is_archive != bool(re.search(r"/feed/\d+\.xml$", address)) or is_archive != ("current" in links):
        yield "an archive that says it is none, or the other way round"
    for entry in own:
        moments = [said(entry, "a:published"), said(entry, "a:updated")]
        if not all(map(MOMENT.fullmatch, moments)) or moments[0] > moments[1]:
            yield f"{said(entry, 'a:id')}: {moments}"
        if not re.fullmatch(r"tag:[a-z0-9.-]+,\d{4}:/[a-z0-9/._-]+", said(entry, "a:id")):
            yield f"{said(entry, 'a:id')} is no tag"
    if sorted(own, key=lambda entry: said(entry, "a:published"), reverse=True) != own:
        yield "not the newest first"


def test_every_json_document_says_the_same(root: Path) -> None:
    """As JSON Feed 1.1 has it; entry by entry what the Atom document beside it says."""
    texts = documents(root, ".json")
    assert texts
    for path, data in texts.items():
        feed = json.loads(data)
        atom = etree.fromstring((root / "site" / path).with_suffix(".xml").read_bytes())
        assert set(feed) <= {
            "version",
            "title",
            "description",
            "home_page_url",
            "feed_url",
            "next_url",
            "language",
            "authors",
            "items",
        }
        assert feed["version"] == "https://jsonfeed.org/version/1.1"
        assert feed["feed_url"] == site_url(root) + path
        assert feed["title"] == said(atom, "a:title")
        older = atom.xpath("string(a:link[@rel='prev-archive']/@href)", namespaces=ATOM)
        if "next_url" in feed:
            assert feed["next_url"] == older.removesuffix(".xml") + ".json"
        assert [_of_json(item) for item in feed["items"]] == [
            _of_atom(entry) for entry in atom.findall("a:entry", ATOM)
        ]
        assert all(isinstance(item["id"], str) and item["content_html"] for item in feed["items"])


def _of_json(item: dict[str, Any]) -> tuple[object, ...]:
    authors = [author["name"] for author in item.get("authors", [])]
    said_of = [
        item[key] for key in ("id", "url", "title", "summary", "content_html", "date_published", "date_modified")
    ]
    return (*said_of, authors, item.get("tags", []))


def _of_atom(entry: etree._Element) -> tuple[object, ...]:
    link = entry.xpath("string(a:link[@rel='alternate']/@href)", namespaces=ATOM)
    texts = [said(entry, f"a:{key}") for key in ("title", "summary", "content", "published", "updated")]
    authors = [str(name.text) for name in entry.findall("a:author/a:name", ATOM)]
    labels = [str(term.get("label")) for term in entry.findall("a:category", ATOM)]
    return (said(entry, "a:id"), link, *texts, authors, labels)


# --- they are whole ----------------------------------------------------------------


def test_the_feed_of_the_site_has_every_public_article_once(root: Path) -> None:
    """Archived ones too; no draft, none of the future, none that has expired."""
    members = {
        address for page, list_ in lists_of(root, NOW).items() if page.startswith("/nam/") for address in list_.articles
    }
    links = [
        entry.xpath("string(a:link[@rel='alternate']/@href)", namespaces=ATOM) for entry in entries(chain(root, "/"))
    ]
    assert len(links) == len(set(links))
    assert set(links) == {site_url(root) + address[1:] for address in members}


def test_each_list_of_articles_has_its_feed_and_no_other(root: Path) -> None:
    lists = lists_of(root, NOW)
    prefixes = ("/chuyen-muc/", "/dia-ban/", "/linh-vuc/")
    wanted = {
        page: list_.articles
        for page, list_ in lists.items()
        if page.startswith(prefixes) and page.count("/") == 3 and list_.articles
    }
    there = {f"/{path.removesuffix('feed.xml')}" for path in documents(root, ".xml") if path.endswith("feed.xml")}
    assert there - {"/", "/mo-hinh/", "/dinh-chinh/"} == set(wanted)
    for page, members in wanted.items():
        links = [
            entry.xpath("string(a:link[@rel='alternate']/@href)", namespaces=ATOM)
            for entry in entries(chain(root, page))
        ]
        assert Counter(links) == Counter(site_url(root) + address[1:] for address in members), page


def test_every_step_of_a_model_and_every_correction_is_an_entry(root: Path) -> None:
    steps = Counter(
        (site_url(root) + path.removeprefix("docs/").removesuffix(".md") + "/", _first_day(entry["date"]))
        for path, profile in read_campaign(root).profiles.items()
        for entry in profile.get("history", [])
        if entry["status"] not in ("proposed", "rejected")
    )
    assert _counted(root, "/mo-hinh/") == steps
    public = {
        address for page, list_ in lists_of(root, NOW).items() if page.startswith("/nam/") for address in list_.articles
    }
    notes: Counter[tuple[str, str]] = Counter()
    for address in public:
        article = read_front_matter(root / f"docs{address[:-1]}.md")
        link = f"{site_url(root)}{address[1:]}#phan-dinh-chinh"
        notes.update((link, f"{one['date']}T00:00:00+07:00") for one in article.get("corrections", []))
    assert _counted(root, "/dinh-chinh/") == notes


def _first_day(said: str) -> str:
    return "-".join([*said.split("-"), "01", "01"][:3]) + "T00:00:00+07:00"


def _counted(root: Path, page: str) -> Counter[tuple[str, str]]:
    """Link and moment of each entry; of no feed none."""
    if not (root / f"site{page}feed.xml").exists():
        return Counter()
    found = entries(chain(root, page))
    return Counter(
        (entry.xpath("string(a:link[@rel='alternate']/@href)", namespaces=ATOM), said(entry, "a:published"))
        for entry in found
    )


def test_archives_are_full_and_lead_back(large_portal: Path) -> None:
    found = chain(large_portal, "/")
    sizes = [len(document.findall("a:entry", ATOM)) for document in found]
    assert len(sizes) > 5
    assert NEW <= sizes[0] < 2 * NEW
    assert set(sizes[1:]) == {NEW}
    addresses = [document.xpath("string(a:link[@rel='self']/@href)", namespaces=ATOM) for document in found]
    newer = [document.xpath("string(a:link[@rel='next-archive']/@href)", namespaces=ATOM) for document in found]
    assert newer == ["", "", *addresses[1:-1]]
    assert {document.xpath("string(a:link[@rel='current']/@href)", namespaces=ATOM) for document in found[1:]} == {
        addresses[0]
    }
    moments = [said(entry, "a:published") for entry in entries(found)]
    assert moments == sorted(moments, reverse=True)


def test_archives_stay_when_something_new_appears(large_portal: Path, tmp_path: Path) -> None:
    """But the newest of them, which then has one after it."""
    root = tmp_path / "portal"
    copy_portal(root, large_portal)
    built(root)
    before = documents(root, ".xml")
    new = {
        "title": "Mới",
        "date": "2026-11-21T23:00",
        "summary": "Mới.",
        "category": register(root, "categories")[0]["slug"],
    }
    (root / "docs/tin-tuc/2026/moi-nhat.md").write_text(front_matter(**new) + "\nMới.\n", encoding="utf-8")
    built(root)
    after = documents(root, ".xml")
    changed = {path for path in after if before.get(path) != after[path]}
    of_site = {path for path in changed if re.fullmatch(r"feed(/\d+)?\.xml", path)}
    last = max(int(path[5:-4]) for path in after if path.startswith("feed/"))
    assert of_site <= {"feed.xml", f"feed/{last}.xml", f"feed/{last - 1}.xml"}
    assert "feed.xml" in of_site


# --- what an entry says ------------------------------------------------------------------


def test_content_is_the_whole_body_with_absolute_addresses(root: Path) -> None:
    """Every paragraph, heading, cell and item of the page's body is in the entry; every address is absolute."""
    checked = 0
    for entry in entries(chain(root, "/"))[:60]:
        link = entry.xpath("string(a:link[@rel='alternate']/@href)", namespaces=ATOM)
        page = read_main((root / "site" / link.removeprefix(site_url(root)) / "index.html").read_text(encoding="utf-8"))
        content = read_tree(said(entry, "a:content"))
        body = page.one("div.portal-body")
        notes = " ".join(note.text for note in body.all("details.portal-uses"))
        text = body.text
        for note in body.all("details.portal-uses"):
            text = text.replace(note.text, "")
        assert " ".join(text.split()) in " ".join(content.text.split()), link
        assert not notes or "Số liệu ở đây" not in content.text
        addresses = [
            node.attributes[key] for node in content.all("*") for key in ("href", "src") if key in node.attributes
        ]
        assert all(urlsplit(address).scheme in ("https", "http", "mailto", "tel") for address in addresses), link
        assert not content.all("picture") + content.all("source")
        own = [anchor.attributes["href"] for anchor in body.all("a") if "href" in anchor.attributes]
        shown = [
            a
            for a in own
            if a not in {n.attributes.get("href") for note in body.all("details.portal-uses") for n in note.all("a")}
        ]
        assert {urljoin(link, address) for address in shown} <= set(addresses)
        checked += 1
    assert checked >= 1


def test_read_by_feedparser_every_entry_is_intact(second_portal: Path) -> None:
    feed = feedparser.parse((second_portal / "site/feed.xml").read_bytes())
    assert (feed.feed.title, feed.feed.language, feed.feed.author) == (
        register(second_portal, "campaign")["name"],
        "vi",
        register(second_portal, "campaign")["publisher"]["name"],
    )
    by_link = {entry.link: entry for entry in feed.entries}
    for address, list_ in lists_of(second_portal, NOW).items():
        for member in list_.articles if address.startswith("/nam/") else ():
            article = read_front_matter(second_portal / f"docs{member[:-1]}.md")
            entry = by_link[site_url(second_portal) + member[1:]]
            assert (entry.title, entry.summary) == (article["title"], article["summary"])
            assert article["category"] in [tag.term for tag in entry.tags]
            assert entry.content[0].type == "text/html"


CHANGES = {
    "date": ({}, "2026-05-17T00:00:00+07:00"),
    "updated": ({"updated": "2026-05-18T07:30"}, "2026-05-18T07:30:00+07:00"),
    "a correction after it": ({"updated": "2026-05-18", "corrections": [{"date": "2026-06-01", "note": "Sai."}]}, "2026-06-01T00:00:00+07:00"),
    "what is ahead is left out": ({"updated": "2099-05-18", "corrections": [{"date": "2099-06-01", "note": "Sai."}]}, "2026-05-17T00:00:00+07:00"),
    "a time elsewhere": ({"updated": "2026-05-18T00:30:00Z"}, "2026-05-18T07:30:00+07:00"),
}  # fmt: skip


@pytest.mark.parametrize("name", CHANGES)
def test_updated_is_the_last_change_that_is_told(tmp_path: Path, name: str) -> None:
    keys, updated = CHANGES[name]
    root = _with_article(tmp_path, **keys)
    (entry,) = [e for e in entries(chain(root, "/")) if said(e, "a:title") == "Bài thử"]
    assert (said(entry, "a:published"), said(entry, "a:updated")) == ("2026-05-17T00:00:00+07:00", updated)


def _with_article(tmp_path: Path, body: str = "Lời.", **keys: object) -> Path:
    root = copy_portal(tmp_path / "portal", SECOND)
    said_of = {"title": "Bài thử", "date": "2026-05-17", "summary": "Tóm tắt.", "category": "lich-hien", **keys}
    (root / "docs/tin-tuc/2026/bai-thu.md").write_text(front_matter(**said_of) + f"\n{body}\n", encoding="utf-8")
    built(root)
    return root


def test_an_entry_keeps_its_id_when_its_article_moves(tmp_path: Path) -> None:
    root = _with_article(tmp_path)
    before = {said(e, "a:title"): said(e, "a:id") for e in entries(chain(root, "/"))}
    file = root / "docs/tin-tuc/2026/bai-thu.md"
    text = file.read_text(encoding="utf-8").replace("\ncategory:", "\naliases: [/tin-tuc/2026/bai-thu/]\ncategory:", 1)
    (root / "docs/tin-tuc/2026/ten-moi.md").write_text(text, encoding="utf-8")
    file.unlink()
    built(root)
    assert {said(e, "a:title"): said(e, "a:id") for e in entries(chain(root, "/"))} == before
    assert before["Bài thử"].endswith(",2026:/tin-tuc/2026/bai-thu/")


def test_what_is_hostile_is_text(tmp_path: Path) -> None:
    body = "A &amp; B ]]&gt; [x](https://a.example/?a=1&b=2) `]]>` \u201cq\u201d"
    root = _with_article(tmp_path, body=body, title="A ]]> & B", summary="Nguồn & “]]>”.", tags=["a & b"])
    assert faults(root) == []
    (entry,) = [e for e in entries(chain(root, "/")) if said(e, "a:title") == "A ]]> & B"]
    assert said(entry, "a:summary") == "Nguồn & “]]>”."
    assert '<a href="https://a.example/?a=1&amp;b=2">x</a>' in said(entry, "a:content")
    item = next(i for i in json.loads((root / "site/feed.json").read_bytes())["items"] if i["title"] == "A ]]> & B")
    assert item["content_html"] == said(entry, "a:content")
    assert item["tags"][-1] == "a & b"


def test_a_photo_is_shown_with_its_caption(third_portal: Path) -> None:
    shown = [e for e in entries(chain(third_portal, "/")) if "<figure><img" in said(e, "a:content")]
    assert shown
    figures = [figure for entry in shown for figure in read_tree(said(entry, "a:content")).all("figure img")]
    site = third_portal / "site"
    assert all((site / image.attributes["src"].removeprefix(site_url(third_portal))).is_file() for image in figures)


# --- found and read ------------------------------------------------------------------------


def test_pages_lead_to_their_feeds(root: Path) -> None:
    """Every page to that of the site, a list to its own; what is named is there."""
    lists = {path.removesuffix("feed.xml") for path in documents(root, ".xml") if path.endswith("feed.xml")}
    for file in (root / "site").rglob("index.html"):
        text = file.read_text(encoding="utf-8")
        if 'http-equiv="refresh"' in text or 'name="robots" content="noindex"' in text:
            continue
        links = re.findall(
            r'<link rel="alternate" type="(application/(?:atom|feed)\+(?:xml|json))" title="[^"]+" href="([^"]+)">',
            text,
        )
        page = file.parent.relative_to(root / "site").as_posix().removeprefix(".")
        page = page + "/" if page else ""
        wanted = {"feed", *({f"{page}feed"} if page in lists else ())}
        base = site_url(root) + page
        found = {urljoin(base, href).removeprefix(site_url(root)) for _, href in links}
        own = re.sub(r"trang/\d+/$", "", page)
        wanted |= {f"{own}feed"} if own in lists else set()
        assert found == {f"{stem}{suffix}" for stem in wanted for suffix in (".xml", ".json")}, page
        assert all((root / "site" / path).is_file() for path in found)


def test_an_edit_of_a_body_is_in_its_feeds(second_copy: Path) -> None:
    path = second_copy / "docs/tin-tuc/2026/ngay-hoi.md"
    path.write_text(path.read_text(encoding="utf-8") + "\nMột câu mới.\n", encoding="utf-8")
    built(second_copy)
    assert any("Một câu mới." in said(entry, "a:content") for entry in entries(chain(second_copy, "/")))
