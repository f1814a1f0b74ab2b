"""Feeds of the site, its lists and what becomes of models: Atom with archives (RFC 5005) and JSON Feed. An entry is
written once and put into every document that holds it."""

from __future__ import annotations

import json
import re
from html import escape
from typing import NamedTuple
from urllib.parse import urljoin

from mkdocs.utils import write_file
from portal.text import slugify

PER_DOCUMENT = 20
_LINK = re.compile(r'(href|src)="([^"]*)"')


class Entry(NamedTuple):
    atom: str
    json: str
    updated: str


class Feed(NamedTuple):
    folder: str  # of the page it belongs to
    title: str
    entries: list[Entry]
    json_archives: bool = False


def on_post_build(config):
    campaign = config.extra["campaign"]
    of = {article["uri"]: _article(article, campaign, config) for article in campaign.articles}
    feeds = [
        Feed(folder, f"{config.site_name}: {title}", [of[article["uri"]] for article in articles])
        for folder, (title, articles) in campaign.feeds.items()
    ]
    feeds.append(Feed("", config.site_name, list(of.values()), json_archives=True))
    steps = [(step, m) for m in campaign.models for step in m.get("history", ())]
    steps.sort(key=lambda pair: (pair[0]["date"], pair[1]["url"], pair[0]["status"]), reverse=True)
    entries = [_step(step, m, campaign) for step, m in steps]
    feeds.append(Feed("mo-hinh/", f"{config.site_name}: Mô hình", entries, json_archives=True))
    for feed in feeds:
        _write(feed, config)


def _write(feed: Feed, config) -> None:
    """The newest document has 20 to 39 entries, archives have 20 each and are counted from the oldest."""
    last = max(0, len(feed.entries) // PER_DOCUMENT - 1)
    end = len(feed.entries) - last * PER_DOCUMENT
    _write_document(feed, "feed", feed.entries[:end], 0, last, config)
    for number in range(last, 0, -1):
        _write_document(feed, f"feed/{number}", feed.entries[end : end + PER_DOCUMENT], number, last, config)
        end += PER_DOCUMENT


def _write_document(feed: Feed, name: str, entries: list[Entry], number: int, last: int, config) -> None:
    """Number 0 is the newest document."""
    older, newer = (number - 1 if number else last), (number + 1 if 0 < number < last else 0)
    base, path = config.site_url + feed.folder, f"{config.site_dir}/{feed.folder}{name}"
    publisher = config.extra["campaign"].data["campaign"]["publisher"]["name"]
    links = [("self", f"{name}.xml")]
    links += [("current", "feed.xml")] if number else []
    links += [("prev-archive", f"feed/{older}.xml")] if older else []
    links += [("next-archive", f"feed/{newer}.xml")] if newer else []
    linked = "".join(f'<link rel="{rel}" type="application/atom+xml" href="{base}{to}"/>' for rel, to in links)
    head = (
        '<?xml version="1.0" encoding="UTF-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom"'
        f' xmlns:fh="http://purl.org/syndication/history/1.0" xml:lang="vi"><id>{base}</id>'
        f"<title>{escape(feed.title)}</title><updated>{max(entry.updated for entry in entries)}</updated>{linked}"
        f'<link rel="alternate" type="text/html" href="{base}"/><author><name>{escape(publisher)}</name></author>'
        f"{'<fh:archive/>' if number else ''}\n"
    )
    write_file(f"{head}{''.join(entry.atom for entry in entries)}</feed>\n".encode(), f"{path}.xml")
    if number == 0 or feed.json_archives:
        said = {
            "version": "https://jsonfeed.org/version/1.1",
            "title": feed.title,
            "home_page_url": base,
            "feed_url": f"{base}{name}.json",
            "language": "vi",
            "authors": [{"name": publisher}],
            **({"next_url": f"{base}feed/{older}.json"} if older and feed.json_archives else {}),
        }
        items = ",\n".join(entry.json for entry in entries)
        write_file(f'{_json(said)[:-1]},"items":[\n{items}\n]}}\n'.encode(), f"{path}.json")


def _article(a: dict, campaign, config) -> Entry:
    site, source = config.site_url, a["source"]
    pictures = "".join(f'<img src="{site}{i["file"]}" alt="{escape(i["alt"])}">' for i in a.get("images", ()))
    body = _LINK.sub(lambda link: f'{link[1]}="{urljoin(a["url"], link[2])}"', a["html"])
    html = (
        f"<p><strong>{escape(a['summary'])}</strong></p>{pictures}{body}"
        f"<p>Nguồn: {escape(source['name'])}, {escape(source['title'])}</p>"
    )
    terms = [("chuyen-muc", a["category"], campaign.categories[a["category"]])]
    terms += [("dia-ban", slug, campaign.unit_name(slug)) for slug in a["units"]]
    terms += [("linh-vuc", slug, campaign.fields[slug]) for slug in a["fields"]]
    terms += [("tu-khoa", slugify(tag), tag) for tag in a["tags"]]
    authors = [f"{author['name']}, {author['organisation']}" for author in a["authors"]]
    return _entry(a["url"], a["url"], a["title"], a["summary"], html, f"{a['date']}:00+07:00", authors, terms, site)


def _step(step: dict, m: dict, campaign) -> Entry:
    said = f"{step['status']} ({step['date']}). {campaign.unit_name(m['unit'])}."
    html = f'<p>{said}</p><p>{escape(m["summary"])}</p><p><a href="{m["url"]}">Xem hồ sơ mô hình</a></p>'
    title, at = f"{m['title']}: {step['status']}", f"{step['date']}-01-01T00:00:00+07:00"
    return _entry(m["url"] + step["status"], m["url"], title, said, html, at, [], [], "")


def _entry(name, url, title, summary, html, at, authors, terms, site) -> Entry:
    written = "".join(f"<author><name>{escape(author)}</name></author>" for author in authors)
    written += "".join(
        f'<category term="{slug}" scheme="{site}{folder}/" label="{escape(label)}"/>' for folder, slug, label in terms
    )
    atom = (
        f'<entry><id>{name}</id><title>{escape(title)}</title><link rel="alternate" type="text/html" href="{url}"/>'
        f"<published>{at}</published><updated>{at}</updated>{written}"
        f'<summary>{escape(summary)}</summary><content type="html">{escape(html)}</content></entry>\n'
    )
    said = {"id": name, "url": url, "title": title, "summary": summary, "content_html": html, "date_published": at}
    said |= {"date_modified": at, "authors": [{"name": author} for author in authors]}
    said["tags"] = [label for _, _, label in terms]
    return Entry(atom, _json(said), at)


def _json(said: dict) -> str:
    return json.dumps(said, ensure_ascii=False, separators=(",", ":"))
