"""The graph of a page: what is not known is left out, and no text leaves its place."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from portal.linked_data import LinkedData, for_script
from portal.linked_views import LinkedTables, Named, Variable
from portal.pages import Page
from portal.schema.data import Campaign
from portal.statistics_views import ReportedView
from portal.views import Link

ROOT = "https://a.example/cong/"
CRUMBS = (Link("Trang chủ", "/"), Link("Thống kê", "/thong-ke/"))
TABLES = LinkedTables(
    "Đếm từ 3 hồ sơ.", "2019", "2021-05", (Named("Xã A", "/dia-ban/a/"),), (Variable("Mô hình", "hộ"),)
)


def campaign(**keys: object) -> Campaign:
    said = {"schema_version": "1", "name": "Cổng thử", "site_url": ROOT, "publisher": {"name": "Nơi thử"}}
    return Campaign(**(said | keys))


def page(address: str = "/thong-ke/a/", title: str = "Bảng", *, listed: bool = True, home: bool = False) -> Page:
    crumbs = () if home else CRUMBS
    return Page(address, title, "Tóm tắt.", "portal/x.html", None, "", crumbs, listed=listed)


def graph(of: Page, view: object = None, **keys: object) -> list[dict[str, Any]]:
    return json.loads(LinkedData(campaign(**keys), ROOT).of(of, view))["@graph"]


def test_a_list_says_who_publishes_it_and_where_it_stands() -> None:
    assert graph(page()) == [
        {
            "@type": "Organization",
            "@id": "https://a.example/cong/#co-quan",
            "name": "Nơi thử",
            "url": "https://a.example/cong/",
        },
        {
            "@type": "BreadcrumbList",
            "itemListElement": [
                {"@type": "ListItem", "position": 1, "name": "Trang chủ", "item": "https://a.example/cong/"},
                {"@type": "ListItem", "position": 2, "name": "Thống kê", "item": "https://a.example/cong/thong-ke/"},
                {"@type": "ListItem", "position": 3, "name": "Bảng", "item": "https://a.example/cong/thong-ke/a/"},
            ],
        },
    ]


def test_of_the_publisher_all_is_said_that_is_stated() -> None:
    stated = {"name": "Nơi thử", "address": "Số 1", "phone": "0000", "email": "a@b.example", "responsible": "Ông A"}
    publisher, _ = graph(page(), publisher=stated)
    assert publisher == {
        "@type": "Organization",
        "@id": "https://a.example/cong/#co-quan",
        "name": "Nơi thử",
        "url": "https://a.example/cong/",
        "address": "Số 1",
        "telephone": "0000",
        "email": "a@b.example",
    }


def test_the_first_page_tells_of_the_site_and_how_it_is_searched() -> None:
    _, site = graph(page("/", home=True), short_name="Thử")
    assert site == {
        "@type": "WebSite",
        "@id": "https://a.example/cong/#cong",
        "url": "https://a.example/cong/",
        "name": "Cổng thử",
        "alternateName": "Thử",
        "inLanguage": "vi",
        "publisher": {"@id": "https://a.example/cong/#co-quan"},
        "potentialAction": {
            "@type": "SearchAction",
            "target": {
                "@type": "EntryPoint",
                "urlTemplate": "https://a.example/cong/tim-kiem/?q={search_term_string}",
            },
            "query-input": "required name=search_term_string",
        },
    }


def test_tables_are_a_set_of_data() -> None:
    *_, tables = graph(page(), ReportedView("a", (), TABLES))
    publisher = {"@id": "https://a.example/cong/#co-quan"}
    assert tables == {
        "@type": "Dataset",
        "@id": "https://a.example/cong/thong-ke/a/#du-lieu",
        "url": "https://a.example/cong/thong-ke/a/",
        "inLanguage": "vi",
        "name": "Bảng – Cổng thử",
        "description": "Tóm tắt. Đếm từ 3 hồ sơ.",
        "isAccessibleForFree": True,
        "creator": publisher,
        "publisher": publisher,
        "temporalCoverage": "2019/2021-05",
        "spatialCoverage": [
            {"@type": "AdministrativeArea", "name": "Xã A", "url": "https://a.example/cong/dia-ban/a/"}
        ],
        "variableMeasured": [{"@type": "PropertyValue", "name": "Mô hình", "unitText": "hộ"}],
    }


@pytest.mark.parametrize(
    ("since", "until", "said"), [("2022", "2022", "2022"), ("", "", None), ("2019", "2022", "2019/2022")]
)
def test_a_time_is_said_as_far_as_it_is_known(since: str, until: str, said: str | None) -> None:
    view = ReportedView("a", (), replace(TABLES, since=since, until=until))
    assert graph(page(), view)[-1].get("temporalCoverage") == said


@pytest.mark.parametrize(
    ("said", "address"),
    [
        ("CC BY 4.0, https://creativecommons.org/licenses/by/4.0/.", "https://creativecommons.org/licenses/by/4.0/"),
        ("Xem (https://a.example/giay-phep)", "https://a.example/giay-phep"),
        ("Dùng tự do, ghi nguồn", None),
    ],
)
def test_a_licence_is_the_address_it_names(said: str, address: str | None) -> None:
    assert graph(page(), ReportedView("a", (), TABLES), data_licence=said)[-1].get("license") == address


def test_a_page_that_is_not_listed_says_nothing() -> None:
    assert LinkedData(campaign(), ROOT).of(page(listed=False), ReportedView("a", (), TABLES)) == ""


@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1))
def test_no_text_ends_the_script_it_stands_in(text: str) -> None:
    written = LinkedData(campaign(), ROOT).of(page(title=text), None)
    assert not re.search("[<>&\u2028\u2029]", written)
    assert json.loads(written)["@graph"][1]["itemListElement"][-1]["name"] == text


@pytest.mark.parametrize("text", ["</script>", "<!--", "]]>", "a & b", "\u2028", "\u2029"])
def test_what_is_escaped_says_the_same(text: str) -> None:
    written = for_script(json.dumps(text, ensure_ascii=False))
    assert json.loads(written) == text
    assert written.isascii()
