"""A page is asked for by its source, its address or its file in the site."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from portal.routes import output_asked_for, output_of
from portal.source import address_of

SITE = "https://example.org/hien-mau/"
ARTICLE = "tin-tuc/2026/ngay-hoi/index.html"

steps = st.lists(st.sampled_from(["a", "b-c", "trang", "2", "docs-cu"]), min_size=1, max_size=4)


@pytest.mark.parametrize(
    ("asked", "output"),
    [
        ("docs/tin-tuc/2026/ngay-hoi.md", ARTICLE),
        ("./docs/tin-tuc/2026/ngay-hoi.md", ARTICLE),
        ("docs\\tin-tuc\\2026\\ngay-hoi.md", ARTICLE),
        ("/tin-tuc/2026/ngay-hoi/", ARTICLE),
        ("tin-tuc/2026/ngay-hoi", ARTICLE),
        ("/tin-tuc/2026/ngay-hoi/?xep=ten#nguon", ARTICLE),
        ("site/tin-tuc/2026/ngay-hoi/index.html", ARTICLE),
        ("./site/tin-tuc/2026/ngay-hoi/", ARTICLE),
        (ARTICLE, ARTICLE),
        (f"{SITE}tin-tuc/2026/ngay-hoi/", ARTICLE),
        (f"{SITE}tin-tuc/2026/ngay-hoi/#nguon", ARTICLE),
        ("https://example.org/hien-mau", "index.html"),
        (SITE, "index.html"),
        ("/", "index.html"),
        ("site/", "index.html"),
        ("", "index.html"),
        ("docs/index.md", "index.html"),
        ("docs/thong-ke/_intro.md", "thong-ke/index.html"),
        ("docs/thong-ke/", "thong-ke/index.html"),
        ("/docs/x/", "docs/x/index.html"),
        ("404.html", "404.html"),
        ("/cu/bai.html", "cu/bai.html"),
    ],
)
def test_every_name_of_a_page(asked: str, output: str) -> None:
    assert output_asked_for(asked, SITE) == output


def test_a_site_under_an_address_that_begins_alike_is_another() -> None:
    assert output_asked_for("https://example.org/hien-mau-cu/x/", SITE) != output_asked_for(f"{SITE}x/", SITE)
    assert output_asked_for("https://example.org/hien-mau-cu/", SITE) != output_asked_for(SITE, SITE)


@given(steps)
def test_source_address_and_file_are_one_page(names: list[str]) -> None:
    source = f"docs/{'/'.join(names)}.md"
    address = address_of(source)
    output = output_of(address)
    asked = (source, address, address[1:], output, f"site/{output}", SITE + address[1:])
    assert {output_asked_for(one, SITE) for one in asked} == {output}
