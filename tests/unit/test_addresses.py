"""Links between pages are relative: a portal may live under any sub-path."""

from __future__ import annotations

from urllib.parse import urljoin

import pytest
from hypothesis import given
from hypothesis import strategies as st
from portal.addresses import relative

steps = st.lists(st.sampled_from(["a", "b", "ab", "a-b"]), max_size=4)
pages = steps.map(lambda found: "/" + "".join(step + "/" for step in found))
targets = st.builds(lambda page, rest: page + rest, pages, st.sampled_from(["", "#x", "tep.pdf", "a.png", "a"]))


@pytest.mark.parametrize(
    ("page", "to", "link"),
    [
        ("/", "/", "./"),
        ("/", "/a/", "a/"),
        ("/a/", "/", "../"),
        ("/a/b/", "/a/b/", "./"),
        ("/a/b/", "/a/", "../"),
        ("/a/b/", "/a/c/#x", "../c/#x"),
        ("/a/b/", "/a/b/#x", "#x"),
        ("/a/b/", "/ab/", "../../ab/"),
        ("/a/b/", "/assets/tep.pdf", "../../assets/tep.pdf"),
    ],
)
def test_a_link(page: str, to: str, link: str) -> None:
    assert relative(page, to) == link


@given(pages, targets, st.sampled_from(["", "/cong", "/mot/hai"]))
def test_a_link_leads_there_under_any_sub_path(page: str, to: str, under: str) -> None:
    assert urljoin(f"https://example.org{under}{page}", relative(page, to)) == f"https://example.org{under}{to}"


@given(pages, targets)
def test_a_link_goes_up_no_further_than_it_must(page: str, to: str) -> None:
    ups = relative(page, to).count("../")
    folders = page.count("/") - 1
    above = "/".join(page.split("/")[: folders - ups + 2]) + "/"
    assert ups == 0 or not to.startswith(above)
