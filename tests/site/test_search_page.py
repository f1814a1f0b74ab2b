"""The page of search, as somebody uses it in a real browser."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlencode

import pytest
from audit.browser import DESK, HEIGHT, PHONE, window
from browsing import one_line, overflow, watch
from engine import Engine
from playwright.sync_api import Browser
from playwright.sync_api import Page as Tab


@pytest.fixture(scope="module")
def engine(own_portal: Path) -> Engine:
    return Engine.of_site(own_portal / "site")


def _answered(tab: Tab) -> None:
    """The page has answered what stands in its address; its policy lets nobody wait for more than an element."""
    tab.wait_for_selector(
        f".portal-search[data-answered={json.dumps(tab.evaluate('location.search'))}]", state="attached"
    )


@contextmanager
def _asked(browser: Browser, url: str, width: int = PHONE) -> Iterator[Tab]:
    """The page, when it has answered what its address asks."""
    with window(browser, width) as context:
        tab = context.new_page()
        tab.goto(url, wait_until="load")
        _answered(tab)
        yield tab


@contextmanager
def _typed(browser: Browser, address: str, text: str, width: int = PHONE) -> Iterator[Tab]:
    """The page as somebody has typed and not come to rest, by a clock that stands still."""
    with window(browser, width) as context:
        tab = context.new_page()
        tab.clock.install()
        tab.goto(f"{address}tim-kiem/", wait_until="load")
        tab.locator("#tim").focus()
        tab.locator("[data-ready]").wait_for(state="attached")
        tab.locator("#tim").fill(text)
        tab.clock.run_for(120)
        yield tab


def _titles(tab: Tab) -> list[str]:
    return [one_line(text) for text in tab.locator("[data-results] h3").all_inner_texts()]


@pytest.mark.parametrize("width", [PHONE, DESK])
def test_a_question_in_the_address_is_answered(browser: Browser, address: str, engine: Engine, width: int) -> None:
    with window(browser, width) as context:
        tab = context.new_page()
        faults = watch(tab, address)
        tab.goto(f"{address}tim-kiem/?q=ong+tien", wait_until="load")
        _answered(tab)
        assert _titles(tab)[0] == "Ống tiền tiết kiệm"
        assert tab.locator("[data-results] h3").first.locator("mark").all_inner_texts() == ["Ống", "tiền"]
        assert (
            tab.locator("[role=status]").inner_text() == f"Có {len(engine.records('ong tien'))} kết quả cho “ong tien”."
        )
        assert overflow(tab) <= 0
    assert faults == []


def test_the_header_leads_to_the_answer(browser: Browser, address: str) -> None:
    with window(browser, DESK) as context:
        tab = context.new_page()
        tab.goto(address, wait_until="load")
        tab.get_by_role("searchbox", name="Từ cần tìm trên cổng").fill("khoai lang")
        tab.keyboard.press("Enter")
        tab.wait_for_url(f"{address}tim-kiem/?q=khoai+lang")
        _answered(tab)
        assert _titles(tab)[0] == "Trồng khoai lang ở Phú Cường"


def test_without_scripts_the_page_leads_to_lists(browser: Browser, address: str) -> None:
    with window(browser, scripts=False) as context:
        tab = context.new_page()
        tab.goto(f"{address}tim-kiem/?q=khoai", wait_until="load")
        assert tab.get_by_text("Trình duyệt này không chạy JavaScript").is_visible()
        tab.locator("main").get_by_role("link", name="Mô hình", exact=True).click()
        tab.wait_for_url(f"{address}mo-hinh/")


def test_what_is_typed_and_chosen_stands_in_the_address(browser: Browser, address: str) -> None:
    with window(browser, DESK) as context:
        tab = context.new_page()
        tab.goto(f"{address}tim-kiem/", wait_until="load")
        tab.locator("#tim").fill("dan van kheo")
        tab.wait_for_url("**/tim-kiem/?q=dan+van+kheo")
        _answered(tab)
        tab.locator("[data-facets]").get_by_role("link", name="Văn bản").click()
        tab.wait_for_url("**/tim-kiem/?q=dan+van+kheo&loai=document")
        _answered(tab)
        assert tab.locator("[data-facets] [aria-current]").inner_text() == "Văn bản"
        tab.go_back()
        tab.wait_for_url("**/tim-kiem/?q=dan+van+kheo")
        _answered(tab)
        assert tab.locator("[data-facets] [aria-current]").count() == 0
        assert tab.locator("#tim").input_value() == "dan van kheo"


def test_what_only_a_body_says_is_shown_from_it(browser: Browser, address: str) -> None:
    with window(browser) as context:
        tab = context.new_page()
        tab.goto(f"{address}tim-kiem/?q=loa+truyen+thanh", wait_until="load")
        extract = tab.locator(".portal-extract")
        extract.locator("mark").first.wait_for()
        assert set(extract.locator("mark").all_inner_texts()) == {"loa", "truyền", "thanh"}


def test_nothing_found_says_what_to_try(browser: Browser, address: str) -> None:
    with _asked(browser, f"{address}tim-kiem/?q=khongcotunaynhuvay") as tab:
        assert tab.locator("[role=status]").inner_text() == (
            "Không có kết quả nào cho “khongcotunaynhuvay”. Hãy bớt từ hoặc thử cách viết khác."
        )


def test_where_no_more_is_found_nothing_offers_it(browser: Browser, address: str) -> None:
    with _asked(browser, f"{address}tim-kiem/?q=khoai+lang") as tab:
        assert 0 < len(_titles(tab)) < 10
        assert not tab.locator("[data-more]").is_visible()


def test_an_index_that_does_not_come_is_told_and_asked_for_again(browser: Browser, address: str) -> None:
    with window(browser) as context:
        context.route("**/chi-muc.json", lambda route: route.abort())
        tab = context.new_page()
        tab.goto(f"{address}tim-kiem/?q=khoai", wait_until="load")
        again = tab.get_by_role("button", name="Thử lại")
        again.wait_for()
        context.unroute("**/chi-muc.json")
        again.click()
        _answered(tab)
        assert _titles(tab)[0] == "Trồng khoai lang ở Phú Cường"


def test_a_browser_that_has_no_such_worker_is_answered_in_the_page(browser: Browser, address: str) -> None:
    with window(browser) as context:
        asked: list[str] = []
        context.route("**/worker.js", lambda route: (asked.append(route.request.url), route.abort()))
        tab = context.new_page()
        tab.goto(f"{address}tim-kiem/?q=khoai+lang", wait_until="load")
        _answered(tab)
        assert len(asked) == 1
        assert _titles(tab)[0] == "Trồng khoai lang ở Phú Cường"


def test_who_types_sees_the_first_results_and_all_that_leads_on_at_rest(browser: Browser, address: str) -> None:
    with _typed(browser, address, "dan van kheo", DESK) as tab:
        tab.wait_for_selector('.portal-search[data-begun="?q=dan+van+kheo"]', state="attached")
        briefly = _titles(tab)
        assert len(briefly) == 4
        assert tab.evaluate("location.search") == ""
        assert tab.locator("[data-facets] a").count() == 0
        tab.clock.run_for(400)
        tab.wait_for_url("**/tim-kiem/?q=dan+van+kheo")
        _answered(tab)
        assert len(_titles(tab)) == 10
        assert _titles(tab)[:4] == briefly
        assert tab.locator("[data-facets] a").count() > 10


def test_one_letter_is_answered_when_nothing_follows(browser: Browser, address: str) -> None:
    with window(browser) as context:
        tab = context.new_page()
        tab.goto(f"{address}tim-kiem/", wait_until="load")
        tab.locator("#tim").fill("z")
        tab.wait_for_url("**/tim-kiem/?q=z")
        _answered(tab)
        assert tab.locator(".portal-search").get_attribute("data-begun") is None


def test_what_was_chosen_stands_above_the_results_and_is_taken_back_there(browser: Browser, address: str) -> None:
    with _asked(browser, f"{address}tim-kiem/?q=khoai&loai=model&nam=2025", PHONE) as tab:
        assert _titles(tab) == []  # no such model is of that year
        chosen = tab.get_by_role("list", name="Đang lọc theo")
        assert chosen.get_by_role("link").all_inner_texts() == ["Loại: Mô hình", "Năm: 2025"]
        chosen.get_by_role("link", name="Năm: 2025").click()
        tab.wait_for_url("**/tim-kiem/?q=khoai&loai=model")
        _answered(tab)
        assert chosen.get_by_role("link").all_inner_texts() == ["Loại: Mô hình"]
        chosen.get_by_role("link").click()
        _answered(tab)
        assert not chosen.is_visible()


def test_more_results_come_below_those_that_stay_where_they_are(browser: Browser, address: str) -> None:
    with _asked(browser, f"{address}tim-kiem/?q=mo+hinh") as tab:
        tab.locator("[data-results] li").nth(9).evaluate("item => (item.id = 'kept')")
        more = tab.get_by_role("link", name="Xem thêm kết quả")
        more.scroll_into_view_if_needed()
        top = tab.evaluate("scrollY")
        more.click()
        tab.wait_for_url("**/tim-kiem/?q=mo+hinh&trang=2")
        _answered(tab)
        assert tab.evaluate("scrollY") == top
        assert len(_titles(tab)) == 20
        assert tab.locator("[data-more]").is_visible()
        assert tab.locator("[data-results] li").nth(9).get_attribute("id") == "kept"


@pytest.mark.parametrize("text", ["...", '"', "!!! -"])
def test_a_question_without_a_word_finds_nothing_and_says_so(browser: Browser, address: str, text: str) -> None:
    with _asked(browser, f"{address}tim-kiem/?{urlencode({'q': text})}") as tab:
        assert tab.locator("[role=status]").inner_text() == "Hãy gõ ít nhất một chữ cái hoặc chữ số."
        assert _titles(tab) == []


def test_of_a_question_that_is_too_long_it_is_told_that_its_end_was_left_out(browser: Browser, address: str) -> None:
    with _asked(browser, f"{address}tim-kiem/?{urlencode({'q': 'khoai lang ' * 12 + 'zzz'})}") as tab:
        assert _titles(tab)[0] == "Trồng khoai lang ở Phú Cường"
        assert (
            tab.locator("[role=status]")
            .inner_text()
            .endswith("Nội dung tìm quá dài nên cổng chỉ tìm theo những từ đầu.")
        )


def test_what_heads_say_is_found_where_bodies_do_not_come(browser: Browser, address: str, engine: Engine) -> None:
    with window(browser) as context:
        for name in {*engine.contents["bodies"].values()}:
            context.route(f"**/{name}.json", lambda route: route.abort())
        tab = context.new_page()
        tab.goto(f"{address}tim-kiem/?q=khoai+lang", wait_until="load")
        _answered(tab)
        assert _titles(tab)[0] == "Trồng khoai lang ở Phú Cường"
        said = tab.locator("[role=status]").inner_text()
        assert said.endswith("Chưa tìm được trong nội dung bài, có thể do mạng chậm.")


def test_after_a_piece_did_not_come_the_index_is_asked_for_again(
    browser: Browser, address: str, engine: Engine
) -> None:
    with window(browser) as context:
        pieces = [f"**/{name}.json" for name in {*engine.contents["heads"].values()}]
        for piece in pieces:
            context.route(piece, lambda route: route.fulfill(status=404))
        tab = context.new_page()
        tab.goto(f"{address}tim-kiem/?q=khoai+lang", wait_until="load")
        again = tab.get_by_role("button", name="Thử lại")
        again.wait_for()
        for piece in pieces:
            context.unroute(piece)
        with tab.expect_response("**/chi-muc.json"):
            again.click()
        _answered(tab)
        assert tab.evaluate("document.activeElement.getAttribute('role')") == "status"


def test_where_the_script_does_not_come_it_is_told(browser: Browser, address: str) -> None:
    with window(browser) as context:
        context.route("**/page.js", lambda route: route.abort())
        tab = context.new_page()
        tab.goto(f"{address}tim-kiem/?q=khoai+lang", wait_until="load")
        tab.get_by_text("Chưa tải được phần tìm kiếm; có thể mạng đang chậm. Hãy tải lại trang.").wait_for()
        link = tab.locator("main").get_by_role("link", name="Mô hình", exact=True).bounding_box()
        assert link["y"] < HEIGHT


def test_an_old_script_asks_to_load_the_page_again(browser: Browser, address: str, engine: Engine) -> None:
    with window(browser) as context:
        other = json.dumps(engine.contents | {"format": 0})
        context.route("**/chi-muc.json", lambda route: route.fulfill(body=other, content_type="application/json"))
        tab = context.new_page()
        tab.goto(f"{address}tim-kiem/?q=khoai", wait_until="load")
        tab.get_by_role("button", name="Tải lại trang").wait_for()


def test_who_chooses_with_the_keyboard_stays_where_he_was(browser: Browser, address: str) -> None:
    with _asked(browser, f"{address}tim-kiem/?q=mo+hinh", DESK) as tab:
        tab.locator("[data-group=dia-ban] summary").click()
        tab.locator("[data-choice='loai=article']").focus()
        tab.keyboard.press("Enter")
        tab.wait_for_url("**/?q=mo+hinh&loai=article")
        _answered(tab)
        assert tab.evaluate("document.activeElement.dataset.choice") == "loai=article"
        assert tab.locator("[data-group=dia-ban] details").first.get_attribute("open") is not None
        tab.get_by_role("list", name="Đang lọc theo").get_by_role("link").focus()
        tab.keyboard.press("Enter")
        _answered(tab)
        assert tab.evaluate("document.activeElement.getAttribute('role')") == "status"
        tab.get_by_role("link", name="Xem thêm kết quả").press("Enter")
        tab.wait_for_url("**/?q=mo+hinh&trang=2")
        _answered(tab)
        eleventh = tab.locator("[data-results] h3 a").nth(10)
        assert eleventh.evaluate("link => link === document.activeElement")


def test_a_choice_beside_what_is_being_typed_is_of_what_is_typed(browser: Browser, address: str) -> None:
    with _asked(browser, f"{address}tim-kiem/?q=khoai+lang", DESK) as tab:
        tab.locator("#tim").evaluate("field => (field.value = 'tiet kiem')")
        tab.locator("[data-choice='loai=model']").click()
        tab.wait_for_url("**/?q=tiet+kiem&loai=model")
        _answered(tab)
        assert _titles(tab)[0] == "Ống tiền tiết kiệm"


def test_the_address_says_what_was_typed_when_a_result_is_opened(browser: Browser, address: str) -> None:
    with _typed(browser, address, "khoai lang") as tab:
        tab.locator("[data-results] h3 a").first.click()
        tab.wait_for_url("**/trong-khoai-lang-phu-cuong/")
        tab.go_back()
        tab.wait_for_url("**/tim-kiem/?q=khoai+lang")


def test_the_same_question_is_one_step_of_the_history_and_names_the_page(browser: Browser, address: str) -> None:
    with _asked(browser, f"{address}tim-kiem/?q=khoai") as tab:
        steps = tab.evaluate("history.length")
        for _ in range(3):
            tab.locator("#tim").press("Enter")
        assert tab.evaluate("history.length") == steps
        assert tab.title().startswith("khoai – Tìm kiếm")


def test_what_was_asked_before_is_a_step_back_from_what_is_typed(browser: Browser, address: str) -> None:
    with _asked(browser, f"{address}tim-kiem/?q=khoai") as tab:
        steps = tab.evaluate("history.length")
        for text in ("lua", "lua ca"):
            tab.locator("#tim").fill(text)
            tab.wait_for_url(f"**/?{urlencode({'q': text})}")
        assert tab.evaluate("history.length") == steps + 1
        tab.go_back()
        tab.wait_for_url("**/?q=khoai")
        _answered(tab)
        assert tab.locator("#tim").input_value() == "khoai"


def test_who_comes_back_from_a_result_is_where_he_was(browser: Browser, address: str) -> None:
    with _asked(browser, f"{address}tim-kiem/?q=mo+hinh&trang=2") as tab:
        link = tab.locator("[data-results] h3 a").nth(15)
        link.scroll_into_view_if_needed()
        top = tab.evaluate("scrollY")
        assert top > HEIGHT
        link.click()
        tab.wait_for_selector(".portal-body")
        tab.go_back()
        _answered(tab)
        assert abs(tab.evaluate("scrollY") - top) < 50


def test_an_extract_is_of_what_is_asked_now(browser: Browser, address: str) -> None:
    with window(browser) as context:
        tab = context.new_page()
        tab.goto(f"{address}tim-kiem/?q=loa+truyen+thanh", wait_until="load")
        tab.locator(".portal-extract mark").first.wait_for()
        tab.locator("#tim").fill("phóng sự")
        tab.wait_for_url("**/?q=ph%C3%B3ng+s%E1%BB%B1")
        _answered(tab)
        tab.locator(".portal-extract mark").first.wait_for()
        marked = {text.lower() for text in tab.locator(".portal-extract mark").all_inner_texts()}
        assert {"phóng", "sự"} <= marked <= {"phóng", "phòng", "sự"}


def test_a_result_that_lies_in_what_is_asked_says_so(browser: Browser, address: str) -> None:
    with _asked(browser, f"{address}tim-kiem/?q=khoai+lang+hoa+binh") as tab:
        first = tab.locator("[data-results] li").first
        assert one_line(first.locator("h3").inner_text()) == "Trồng khoai lang ở Phú Cường"
        assert first.get_by_text("Địa bàn: Tỉnh Hòa Bình").is_visible()


def test_on_a_phone_a_choice_leads_back_to_the_results(browser: Browser, address: str) -> None:
    with _asked(browser, f"{address}tim-kiem/?q=mo+hinh", PHONE) as tab:
        tab.locator("[data-box] > summary").click()
        tab.locator("[data-choice='nam=2026']").click()
        tab.wait_for_url("**/?q=mo+hinh&nam=2026")
        _answered(tab)
        assert tab.locator("[data-box]").get_attribute("open") is None
        assert 0 <= tab.locator("[role=status]").bounding_box()["y"] < HEIGHT


def test_an_empty_question_fetches_no_index_and_waits_in_the_field(browser: Browser, address: str) -> None:
    with window(browser) as context:
        tab = context.new_page()
        fetched: list[str] = []
        tab.on("request", lambda request: fetched.append(request.url))
        tab.goto(f"{address}mo-hinh/?fbclid=1", wait_until="networkidle")
        assert not [url for url in fetched if "chi-muc" in url]
        tab.goto(f"{address}tim-kiem/?q=", wait_until="load")
        assert tab.evaluate("document.activeElement.id") == "tim"


def test_a_question_full_of_signs_is_only_text(browser: Browser, address: str) -> None:
    with window(browser) as context:
        tab = context.new_page()
        faults = watch(tab, address)
        tab.goto(
            f"{address}tim-kiem/?q=%3Cimg+src%3Dx+onerror%3Dalert(1)%3E&loai=%22%3E&dia-ban=__proto__&trang=-5&xep=__proto__",
            wait_until="load",
        )
        _answered(tab)
        assert tab.locator("main img").count() == 0
        conditions = tab.get_by_role("list", name="Đang lọc theo").get_by_role("link").all_inner_texts()
        assert conditions == ['Loại: ">', "Địa bàn: __proto__"]
    assert faults == []
