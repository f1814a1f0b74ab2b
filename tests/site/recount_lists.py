"""Counts anew who stands in which list, from the editors' files, and reads the lists of the built HTML.

Imports nothing of the portal. Each function names the rule of the content contract it follows.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

import yaml
from html_tree import Node, read_main
from recount import read_campaign, units_of, year_of
from recount_places import lying_in

PER_PAGE = 20
VIETNAM = timezone(timedelta(hours=7))
# The pages above the lists of one kind; they list the lists and hold no cards.
INDEXES = frozenset(
    f"/{name}/"
    for name in (
        *("chuyen-muc", "dia-ban", "linh-vuc", "nam", "trang-thai", "vung-dac-thu", "the-loai", "tu-khoa", "tac-gia"),
    )
)
SHELVES = ("models", "articles")
ROLLS = "/thong-ke/khen-thuong/"
_TREE = re.compile(r"/dia-ban/den-\d{4}-\d{2}-\d{2}/")  # the units of an earlier time, as /dia-ban/ has those of today

Key = float | None  # what a list is ordered by: larger is newer, None comes last


@dataclass
class Members:
    """Of one list: the address of every member, with its time."""

    models: dict[str, Key] = field(default_factory=dict)
    articles: dict[str, Key] = field(default_factory=dict)

    @property
    def pages(self) -> int:
        """20 a page, articles and models side by side; an empty list has one page."""
        return max(1, *(-(-len(shelf) // PER_PAGE) for shelf in (self.models, self.articles)))


Lists = dict[str, Members]  # by address


# --- the lists that must be there ---------------------------------------------


def lists_of(root: Path, now: datetime) -> Lists:
    """Every list of the site. Registers have a list for each entry, be it empty; other lists have a member."""
    lists: Lists = {"/tin-tuc/": Members(), "/mo-hinh/": Members()}
    for prefix, entries in (
        ("chuyen-muc", register(root, "categories")),
        ("dia-ban", register(root, "units")),
        ("linh-vuc", register(root, "fields")),
        ("vung-dac-thu", register(root, "campaign").get("special_areas", [])),
    ):
        lists |= {f"/{prefix}/{entry['slug']}/": Members() for entry in entries}
    campaign = read_campaign(root)
    for path, profile in campaign.profiles.items():
        units = units_of(profile, campaign)
        gallery = _galleries_of(profile, {*units, *lying_in(profile, campaign, now.astimezone(VIETNAM).date())})
        for address in {"/mo-hinh/", *_lists_of_model(profile, units), *gallery}:
            lists.setdefault(address, Members()).models[_address(path)] = _day_of_model(profile)
    categories = {entry["slug"]: entry.get("parent") for entry in register(root, "categories")}
    above = {
        entry["slug"]: [parent["slug"] for parent in entry.get("parents", [])] for entry in register(root, "units")
    }
    for path, article in _articles(root):
        standing = _standing(article, now)
        if standing in ("live", "archived"):
            for address in _lists_of_article(article, standing, categories, above):
                lists.setdefault(address, Members()).articles[_address(path)] = _moment(article["date"]).timestamp()
    return lists


def _lists_of_model(profile: dict[str, Any], units: list[str]) -> Iterator[str]:
    """A unit lists the models it counts: its own and those of units under it at their time."""
    yield from (f"/dia-ban/{slug}/" for slug in units)
    yield f"/trang-thai/{profile['status']}/"
    if "field" in profile:
        yield f"/linh-vuc/{profile['field']}/"
    if year_of(profile).isdigit():
        yield f"/nam/{year_of(profile)}/"
    said = _first_said(profile)
    if len(said) >= 7:
        yield f"/nam/{said[:4]}/{said[5:7]}/"
    yield from (f"/vung-dac-thu/{slug}/" for slug in profile.get("special_areas", []))
    yield from _folded("tu-khoa", profile.get("tags", []))


def _galleries_of(profile: dict[str, Any], units: set[str]) -> Iterator[str]:
    """Of each of these units: all models, those of the field, of the year, and of the status."""
    for unit in units:
        yield f"/dia-ban/{unit}/mo-hinh/"
        yield f"/dia-ban/{unit}/mo-hinh/trang-thai/{profile['status']}/"
        if "field" in profile:
            yield f"/dia-ban/{unit}/mo-hinh/linh-vuc/{profile['field']}/"
        if year_of(profile).isdigit():
            yield f"/dia-ban/{unit}/mo-hinh/nam/{year_of(profile)}/"


def _lists_of_article(
    article: dict[str, Any], standing: str, categories: dict[str, str | None], above: dict[str, list[str]]
) -> set[str]:
    """A category lists those of categories under it; a unit those about it or with its figures,
    and those of units that were ever under it."""
    day = _moment(article["date"])
    found = {f"/nam/{day:%Y}/", f"/nam/{day:%Y/%m}/"}
    if standing == "live":
        found.add("/tin-tuc/")
    category: str | None = article["category"]
    while category:
        found.add(f"/chuyen-muc/{category}/")
        category = categories[category]
    waiting = [*article.get("units", []), *(figure["unit"] for figure in article.get("figures", []))]
    while waiting:
        unit = waiting.pop()
        found.add(f"/dia-ban/{unit}/")
        waiting += above[unit]
    found |= {f"/linh-vuc/{slug}/" for slug in article.get("fields", [])}
    if "genre" in article:
        found.add(f"/the-loai/{article['genre']}/")
    found |= set(_folded("tu-khoa", article.get("tags", [])))
    named = (author.get("organisation", "") for author in article.get("authors", []))
    return found | set(_folded("tac-gia", named))


def _folded(prefix: str, names: Iterable[str]) -> Iterator[str]:
    """Spellings that differ by case, marks or what stands between words are one; a name without a letter is none."""
    for name in names:
        plain = unicodedata.normalize("NFD", name.lower().replace("đ", "d"))
        slug = "-".join(re.findall("[a-z0-9]+", "".join(c for c in plain if not unicodedata.combining(c))))
        if slug:
            yield f"/{prefix}/{slug}/"


def _standing(article: dict[str, Any], now: datetime) -> str:
    """Public from `publish_at`, else from `date` on; expired ones are listed nowhere, archived ones not as latest."""
    status = article.get("status", "published")
    if status in ("draft", "review") or _moment(article.get("publish_at", article["date"])) > now:
        return "hidden"
    if "expires_at" in article and _moment(article["expires_at"]) <= now:
        return "expired"
    return "archived" if status == "archived" else "live"


def _moment(said: str) -> datetime:
    """Without an offset it is Viet Nam's time; a bare day begins at 00:00 there."""
    moment = datetime.fromisoformat(said.replace("Z", "+00:00"))
    return (moment if moment.tzinfo else moment.replace(tzinfo=VIETNAM)).astimezone(VIETNAM)


def _first_said(profile: dict[str, Any]) -> str:
    return profile.get("started") or next((entry["date"] for entry in profile.get("history", [])), "")


def _day_of_model(profile: dict[str, Any]) -> Key:
    said = _first_said(profile) or profile.get("reported_at", "")
    if not said:
        return None
    year, month, day = (*map(int, said.split("-")), 1, 1)[:3]
    return float(date(year, month, day).toordinal())


def _articles(root: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    for file in sorted((root / "docs/tin-tuc").rglob("*.md")):
        if file.name != "_intro.md":
            yield file.relative_to(root).as_posix(), read_front_matter(file)


def read_front_matter(file: Path) -> dict[str, Any]:
    return _yaml(file.read_text(encoding="utf-8").split("\n---", 1)[0])


def register(root: Path, name: str) -> Any:
    file = root / f"data/{name}.yml"
    return (_yaml(file.read_text(encoding="utf-8")) if file.exists() else None) or []


def _yaml(text: str) -> Any:
    return yaml.load(text, Loader=yaml.BaseLoader)


def _address(path: str) -> str:
    return "/" + path.removeprefix("docs/").removesuffix(".md") + "/"


# --- the lists that are there ---------------------------------------------------


@dataclass(frozen=True)
class ListPage:
    """One page of a list: of each shelf the cards in order and the total it names; where its pager leads."""

    address: str
    shelves: dict[str, list[str]]
    totals: dict[str, int]
    pager: frozenset[str] | None
    current: str
    neighbours: dict[str, str]  # "prev" and "next"
    says_empty: bool
    elsewhere: int  # models that are there by their address, and counted in another unit's list


def read_lists(site: Path) -> dict[str, ListPage]:
    """By address, every page that holds a shelf, has a pager, stands at /trang/ or in the folder of a kind of list.
    The pages of the roll of honour, which holds no cards, are recounted in recount_merits."""
    found = {}
    for file in sorted(site.rglob("index.html")):
        address = "/" + file.relative_to(site).as_posix().removesuffix("index.html")
        if address.startswith(ROLLS):
            continue
        html = file.read_text(encoding="utf-8")
        if "data-shelf" in html or "portal-pager" in html or "/trang/" in address or _in_folder_of_lists(address):
            found[address] = _read_page(address, read_main(html))
    return found


def _in_folder_of_lists(address: str) -> bool:
    return address.startswith(tuple(INDEXES)) and address not in INDEXES and not _TREE.fullmatch(address)


def _read_page(address: str, main: Node) -> ListPage:
    def targets(selector: str, node: Node = main) -> list[str]:
        return [urljoin(address, link.attributes["href"]) for link in node.all(selector)]

    shelves = main.all("section[data-shelf]")
    keys = [shelf.attributes["data-shelf"] for shelf in shelves]
    assert len(set(keys)) == len(keys), f"{address}: a shelf stands there twice"
    pager = main.all("nav.portal-pager")
    return ListPage(
        address,
        {key: targets("li.portal-card h3 a", shelf) for key, shelf in zip(keys, shelves, strict=True)},
        {key: int(shelf.attributes["data-total"]) for key, shelf in zip(keys, shelves, strict=True)},
        frozenset(targets("nav.portal-pager a")) if pager else None,
        main.one("nav.portal-pager [aria-current=page]").text if pager else "1",
        {link.attributes["rel"]: urljoin(address, link.attributes["href"]) for link in main.all("nav a[rel]")},
        "Chưa có mục nào." in main.text,
        len(main.all("section[data-list=located] li")),
    )


# --- comparing ------------------------------------------------------------------


@dataclass(frozen=True)
class Result:
    lists: int
    pages: int
    members: int
    disagreements: tuple[str, ...]

    def __str__(self) -> str:
        return (
            f"{self.lists} lists, {self.pages} pages, {self.members} members compared, "
            f"{len(self.disagreements)} disagree"
        )


def compare(expected: Lists, found: dict[str, ListPage]) -> Result:
    """Both ways: what must be there, and what is there."""
    wrong: list[str] = []
    known: set[str] = set()
    for address, members in expected.items():
        pages = [page_of(address, number) for number in range(1, members.pages + 1)]
        known.update(pages)
        missing = [page for page in pages if page not in found]
        wrong += [f"{page}: missing" for page in missing]
        if not missing:
            wrong += [f"{address}: {said}" for said in _differences(members, [found[page] for page in pages])]
    wrong += [f"{page}: not expected" for page in sorted(found.keys() - known)]
    count = sum(len(members.models) + len(members.articles) for members in expected.values())
    return Result(len(expected), len(known), count, tuple(wrong))


def page_of(address: str, number: int) -> str:
    return address if number == 1 else f"{address}trang/{number}/"


def _differences(members: Members, pages: list[ListPage]) -> Iterator[str]:
    for key in SHELVES:
        expected: dict[str, Key] = getattr(members, key)
        shown = [page.shelves.get(key, []) for page in pages]
        yield from _shelf_differences(key, expected, shown)
        wrong = {
            page.address: page.totals[key] for page in pages if page.totals.get(key, len(expected)) != len(expected)
        }
        if wrong:
            yield f"{key}: {len(expected)} counted, said {wrong}"
    empty = not members.models and not members.articles
    if [page.says_empty for page in pages] != [empty and not page.elsewhere for page in pages]:
        yield f"empty: {empty}, said {[page.says_empty for page in pages]}"
    yield from _pager_differences(pages)


def _shelf_differences(key: str, expected: dict[str, Key], shown: list[list[str]]) -> Iterator[str]:
    in_order = [address for page in shown for address in page]
    lost, strange = sorted(expected.keys() - in_order), sorted(set(in_order) - expected.keys())
    if lost or strange:
        yield f"{key}: not shown {lost}, not counted {strange}"
    if len(set(in_order)) != len(in_order):
        yield f"{key}: shown more than once {sorted({a for a in in_order if in_order.count(a) > 1})}"
    sizes = [min(PER_PAGE, max(0, len(expected) - PER_PAGE * number)) for number in range(len(shown))]
    if [len(page) for page in shown] != sizes:
        yield f"{key}: {[len(page) for page in shown]} on its pages, not {sizes}"
    times = [expected.get(address) for address in in_order]
    dated = [time for time in times if time is not None]
    if dated != sorted(dated, reverse=True) or None in times[: len(dated)]:
        yield f"{key}: not newest first"


def _pager_differences(pages: list[ListPage]) -> Iterator[str]:
    """None for one page; else its links cover the pages, and one leads on and one back."""
    if len(pages) == 1:
        if pages[0].pager is not None:
            yield "a pager on the only page"
        return
    addresses = [page.address for page in pages]
    if any(page.pager is None for page in pages):
        yield "a page without a pager"
        return
    covered = {address for page in pages for address in page.pager or ()}
    if covered != set(addresses):
        yield f"the pagers lead to {sorted(covered)}"
    for index, page in enumerate(pages):
        beside = {
            **({"prev": addresses[index - 1]} if index else {}),
            **({"next": addresses[index + 1]} if index + 1 < len(pages) else {}),
        }
        if page.neighbours != beside or page.current != str(index + 1):
            yield f"page {index + 1} says it is {page.current}, beside {page.neighbours}"
        if page.address in (page.pager or ()) or not {addresses[0], addresses[-1]} - {page.address} <= (
            page.pager or set()
        ):
            yield f"page {index + 1} leads to itself, or not to the first and last"
