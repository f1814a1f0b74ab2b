"""Which pages search engines are told of, with which dates, in how many files."""

from __future__ import annotations

from datetime import date
from xml.etree import ElementTree

from hypothesis import given
from hypothesis import strategies as st
from portal.pages import Page
from portal.sitemaps import sitemaps

ROOT = "https://a.example/cong/"
HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
NAMESPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
LOC = "{http://www.sitemaps.org/schemas/sitemap/0.9}loc"


def page(address: str, updated: date | None = None, *, listed: bool = True) -> Page:
    return Page(address, "", "", "portal/page.html", None, "", updated=updated, listed=listed)


def locations(data: bytes) -> list[str]:
    return [element.text or "" for element in ElementTree.fromstring(data).iter(LOC)]


def test_one_file_says_every_listed_page_with_the_date_it_tells() -> None:
    pages = [page("/", date(2026, 4, 5)), page("/tin/"), page("/het-han/", listed=False), page("/a&b/")]
    assert sitemaps(pages, ROOT) == {
        "sitemap.xml": (
            f"{HEAD}<urlset {NAMESPACE}>\n"
            "<url><loc>https://a.example/cong/</loc><lastmod>2026-04-05</lastmod></url>\n"
            "<url><loc>https://a.example/cong/tin/</loc></url>\n"
            "<url><loc>https://a.example/cong/a&amp;b/</loc></url>\n"
            "</urlset>\n"
        ).encode()
    }


def test_a_site_without_pages_has_a_file_all_the_same() -> None:
    assert sitemaps([], ROOT) == {"sitemap.xml": f"{HEAD}<urlset {NAMESPACE}>\n</urlset>\n".encode()}


def test_as_many_as_one_file_may_hold_stay_in_one() -> None:
    pages = [page(f"/{number}/") for number in range(3)]
    assert list(sitemaps(pages, ROOT, most=3)) == ["sitemap.xml"]


def test_more_than_one_file_may_hold_are_split_and_listed() -> None:
    pages = [page(f"/{number}/") for number in range(7)]
    made = sitemaps(pages, ROOT, most=3)
    assert list(made) == ["sitemap.xml", "sitemap-1.xml", "sitemap-2.xml", "sitemap-3.xml"]
    assert (
        made["sitemap.xml"]
        == (
            f"{HEAD}<sitemapindex {NAMESPACE}>\n"
            "<sitemap><loc>https://a.example/cong/sitemap-1.xml</loc></sitemap>\n"
            "<sitemap><loc>https://a.example/cong/sitemap-2.xml</loc></sitemap>\n"
            "<sitemap><loc>https://a.example/cong/sitemap-3.xml</loc></sitemap>\n"
            "</sitemapindex>\n"
        ).encode()
    )
    assert [len(locations(made[f"sitemap-{number}.xml"])) for number in (1, 2, 3)] == [3, 3, 1]


@given(
    st.lists(st.text("abcđ-", min_size=1, max_size=60), max_size=30, unique=True),
    st.integers(1, 9),
    st.integers(300, 2000),
)
def test_no_file_is_larger_than_it_may_be_and_no_page_is_lost(steps: list[str], most: int, largest: int) -> None:
    made = sitemaps([page(f"/{step}/") for step in steps], ROOT, most, largest)
    files = {name: data for name, data in made.items() if name != "sitemap.xml" or len(made) == 1}
    assert all(len(data) <= largest for data in files.values())
    assert all(len(locations(data)) <= most for data in files.values())
    assert [place for data in files.values() for place in locations(data)] == [f"{ROOT}{step}/" for step in steps]
