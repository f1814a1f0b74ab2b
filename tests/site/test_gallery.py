"""The gallery of models: its pages hold what the filter of their address finds, counted anew from the editors' files."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from audit.browser import DESK, window
from audit.server import serving
from browsing import one_line, watch
from filtering import filtered
from html_tree import Node, read_main
from playwright.sync_api import Browser
from portal.schema.content import ModelStatus
from portals import NOW
from recount_lists import Lists, lists_of

PLACE, FIELD, YEAR, STATUS = "dia-ban", "linh-vuc", "nam", "trang-thai"
GROUPS = (PLACE, FIELD, YEAR, STATUS)


def _filter_of(address: str) -> dict[str, str] | None:
    """What a page of the gallery is narrowed by, read from its address; None of another page."""
    steps = address.strip("/").split("/")
    if steps == ["mo-hinh"]:
        return {}
    if len(steps) == 2 and steps[0] in (FIELD, YEAR, STATUS):
        return {steps[0]: steps[1]}
    if steps[0] == PLACE and steps[2:3] == ["mo-hinh"]:
        return {PLACE: steps[1]} | ({steps[3]: steps[4]} if len(steps) == 5 else {})
    return None


def _expected(lists: Lists, query: dict[str, str]) -> set[str]:
    """The models that have all of it: those that stand in the list of each by itself."""
    found = set(lists["/mo-hinh/"].models)
    for key, value in query.items():
        address = f"/{key}/{value}/mo-hinh/" if key == PLACE else f"/{key}/{value}/"
        found &= set(lists[address].models) if address in lists else set()
    return found


def _counts(lists: Lists, query: dict[str, str], key: str) -> dict[str, int]:
    """How many models each value of a group would leave beside the other conditions."""
    others = {other: value for other, value in query.items() if other != key}
    around = _expected(lists, others)
    prefix = f"/{key}/"
    values = {
        address.removeprefix(prefix).split("/")[0]
        for address in lists
        if address.startswith(prefix) and (key != PLACE or address.endswith("/mo-hinh/"))
    }
    found = {value: len(around & _expected(lists, {key: value})) for value in values}
    return {value: count for value, count in found.items() if count}


@pytest.mark.parametrize("portal", ["own_portal", "second_portal", "large_portal"])
def test_every_page_is_the_filter_of_its_address_and_every_count_a_recount(
    browser: Browser, portal: str, request: pytest.FixtureRequest, record_property: pytest.RecordProperty
) -> None:
    root: Path = request.getfixturevalue(portal)
    lists = lists_of(root, NOW)
    pages = {
        address: query for address in lists if (query := _filter_of(address)) is not None and lists[address].models
    }
    combined = [_with_all_four(lists, model) for model in sorted(lists["/mo-hinh/"].models)[:20]]
    queries = [*pages.values(), *combined]
    with serving(root / "site") as server, window(browser) as context:
        tab = context.new_page()
        tab.goto(f"{server.address}tim-kiem/", wait_until="load")
        answers = filtered(tab, server.address, queries, only="model")
    counted = 0
    for query, (addresses, counts) in zip(queries, answers, strict=True):
        assert set(addresses) == _expected(lists, query), query
        for key in GROUPS:
            assert counts[key] == _counts(lists, query, key), (query, key)
            counted += len(counts[key])
    for address, (addresses, _) in zip(pages, answers, strict=False):
        assert set(addresses) == set(lists[address].models), address
        if not address.startswith("/nam/"):
            assert [one.split("/")[-2] for one in addresses] == _shown(root / "site", address), address
    record_property(
        "recount", f"{len(pages)} pages, {len(combined)} filters of four conditions, {counted} counts, 0 disagree"
    )


def _with_all_four(lists: Lists, model: str) -> dict[str, str]:
    """A condition of each kind that the model has, as far as it has one."""
    found: dict[str, str] = {}
    for address in sorted(lists):
        query = _filter_of(address)
        if query and len(query) == 1 and model in lists[address].models:
            found |= {key: value for key, value in query.items() if key not in found}
    return found


def _shown(site: Path, address: str) -> list[str]:
    """The slugs of the models on all pages of a list, in their order."""
    folder = site / address.strip("/")
    numbered = sorted((folder / "trang").glob("*/index.html"), key=lambda file: int(file.parent.name))
    found = []
    for file in (folder / "index.html", *numbered):
        main = read_main(file.read_text(encoding="utf-8"))
        for shelf in main.all("section[data-shelf=models]"):
            found += [link.attributes["href"].split("/")[-2] for link in shelf.all("li.portal-card h3 a")]
    return found


# --- where links lead -------------------------------------------------------------------------


@pytest.fixture(scope="module")
def gallery(own_portal: Path) -> Iterator[Node]:
    file = own_portal / "site/dia-ban/tan-lac/mo-hinh/linh-vuc/kinh-te/index.html"
    yield read_main(file.read_text(encoding="utf-8"))


def test_a_third_condition_leads_to_the_narrowest_page_and_says_so(gallery: Node) -> None:
    [link] = gallery.all("[data-query]")
    assert (link.text, link.attributes["href"]) == ("Được nêu tên", "../../trang-thai/reported/")
    assert link.attributes["data-query"] == "dia-ban=tan-lac&linh-vuc=kinh-te&trang-thai=reported"
    assert "danh sách hẹp nhất có sẵn: của địa bàn và điều kiện vừa chọn" in gallery.text


def test_with_a_script_it_leads_to_all_conditions(browser: Browser, address: str) -> None:
    with window(browser, DESK) as context:
        tab = context.new_page()
        faults = watch(tab, address)
        tab.goto(f"{address}dia-ban/tan-lac/mo-hinh/linh-vuc/kinh-te/", wait_until="load")
        tab.get_by_role("link", name="Được nêu tên").click()
        tab.wait_for_url("**/mo-hinh/?dia-ban=tan-lac&linh-vuc=kinh-te&trang-thai=reported")
        tab.locator("[data-results] h3").first.wait_for()
        names = [one_line(text) for text in tab.locator("[data-results] h3").all_inner_texts()]
        assert names == [
            "Nuôi cá lồng ở Suối Hoa",
            "Nuôi dê ở Mãn Đức và Phú Vinh",
            "Trồng bưởi đỏ, bưởi da xanh",
            "Trồng khoai lang ở Phú Cường",
            "Trồng mía tím",
        ]
        assert tab.locator("[role=status]").inner_text() == "Có 5 mô hình."
        assert not tab.locator(".portal-gallery").is_visible()
    assert faults == []


def test_all_models_may_be_sorted(browser: Browser, address: str) -> None:
    with window(browser, DESK) as context:
        tab = context.new_page()
        tab.goto(f"{address}mo-hinh/", wait_until="load")
        tab.locator(".portal-gallery__ways").get_by_role("link", name="tên").click()
        tab.wait_for_url("**/mo-hinh/?xep=ten")
        tab.locator("[data-answered]").wait_for(state="attached")
        assert tab.locator("[role=status]").inner_text() == "Có 30 mô hình."
        names = [one_line(text) for text in tab.locator("[data-results] h3").all_inner_texts()]
        assert len(names) == 20
        assert names[:2] == ["An ninh tự quản", "Camera an ninh"]


def test_models_are_sorted_by_name_and_status(browser: Browser, address: str) -> None:
    with window(browser, DESK) as context:
        tab = context.new_page()
        tab.goto(f"{address}mo-hinh/?dia-ban=tan-lac&xep=ten", wait_until="load")
        tab.locator("[data-results] h3").first.wait_for()
        names = [one_line(text) for text in tab.locator("[data-results] h3").all_inner_texts()]
        assert names[:4] == [
            "An ninh tự quản",
            "Camera an ninh",
            "Câu lạc bộ Phụ nữ không có người thân vi phạm pháp luật và mắc các tai tệ nạn xã hội",
            "Chính quyền thân thiện vì Nhân dân phục vụ",
        ]
        tab.goto(f"{address}mo-hinh/?dia-ban=tan-lac&xep=trang-thai", wait_until="load")
        tab.locator("[data-results] .portal-card__status").first.wait_for()
        states = [one_line(text) for text in tab.locator("[data-results] .portal-card__status").all_inner_texts()]
        assert states == [*["được nêu tên"] * 8, *["được nhân rộng"] * 2, "đang duy trì"]


_STATUSES = {status.label: status.value for status in ModelStatus}
_CARDS = """cards => cards.map(card => [
  [...card.classList].sort(), card.querySelector("img")?.src, card.querySelector("img")?.alt, card.querySelector("h3 a").href,
  card.querySelector(".portal-card__field svg")?.outerHTML,
  ...["field", "kicker", "title", "summary", "status"].map(part => card.querySelector(`.portal-card__${part}`)?.innerText.trim()),
])"""


@pytest.mark.parametrize("portal", ["own_portal", "second_portal"])
def test_a_card_is_the_same_with_a_script(browser: Browser, portal: str, request: pytest.FixtureRequest) -> None:
    site = request.getfixturevalue(portal) / "site"
    with serving(site) as server, window(browser, DESK) as context:
        tab = context.new_page()
        tab.goto(f"{server.address}mo-hinh/", wait_until="load")
        static = tab.locator("[data-shelf=models] .portal-card").evaluate_all(_CARDS)
        drawn = []
        for status in sorted({card[-1] for card in static}):
            tab.goto(f"{server.address}mo-hinh/?trang=9&trang-thai={_STATUSES[status]}", wait_until="load")
            tab.locator("[data-results] .portal-card").first.wait_for()
            drawn += tab.locator("[data-results] .portal-card").evaluate_all(_CARDS)
    by_address = {card[3]: card for card in drawn}
    assert len(static) >= 3
    assert any(card[1] for card in static) is (portal == "second_portal")  # a cover
    assert [by_address[card[3]] for card in static] == static


# --- from A to Z ---------------------------------------------------------------------------------


def test_names_stand_under_their_letter_in_the_order_of_the_alphabet(own_portal: Path) -> None:
    site = own_portal / "site/tim-kiem/a-z/dia-ban"
    index = read_main((site / "index.html").read_text(encoding="utf-8"))
    letters = [link.text.split(" ")[0] for link in index.all("nav.portal-letters a")]
    assert letters == ["A", "B", "C", "D", "Đ", "G", "H", "I", "L", "M", "N", "P", "Q", "S", "T", "V", "Y"]
    names = [
        link.text for link in read_main((site / "dd/index.html").read_text(encoding="utf-8")).all("ul.portal-links a")
    ]
    assert names == [
        "Đăk Đoa (huyện, đến 30/06/2025)",
        "Đông Lai (xã, đến 30/06/2025)",
        "Đồng Môn (xã, đến 30/06/2025)",
        "Đồng Tiến (xã)",
        "Đức Châu (xã)",
    ]


def test_every_model_and_place_stands_there_once(large_portal: Path) -> None:
    found: dict[str, list[str]] = {"mo-hinh": [], "dia-ban": []}
    for kind, names in found.items():
        for file in sorted((large_portal / f"site/tim-kiem/a-z/{kind}").glob("*/index.html")):
            main = read_main(file.read_text(encoding="utf-8"))
            names += [link.attributes["href"].rstrip("/").rsplit("/", 1)[-1] for link in main.all("ul.portal-links a")]
    lists = lists_of(large_portal, datetime.fromisoformat(NOW.isoformat()))
    assert sorted(found["mo-hinh"]) == sorted(
        address.rstrip("/").rsplit("/", 1)[-1] for address in lists["/mo-hinh/"].models
    )
    units = {address.split("/")[2] for address in lists if address.startswith("/dia-ban/")}
    assert sorted(found["dia-ban"]) == sorted(units)
