"""What readers do: by keyboard alone, without scripts, in the dark, on paper; tables sorted and filtered; an address copied."""

from __future__ import annotations

import pytest
from audit.browser import DESK, PHONE, window
from audit.page_types import NAMED
from browsing import is_dark, one_line, watch
from playwright.sync_api import Browser
from playwright.sync_api import Page as Tab

DOCUMENTS = "van-ban/"
# Everything a key may reach that is shown now, in the order it is written.
_REACHABLE = """() => [...document.querySelectorAll('a[href], button, input, summary, [tabindex]')]
    .filter(e => e.checkVisibility({visibilityProperty: true}) && e.tabIndex >= 0)
    .map(e => (e.id ||= 'k' + Math.random().toString(36).slice(2)))"""
# Notes what is reached, whether it is marked, and whether it is in sight.
_NOTE = """() => {
  window.reached = [];
  document.addEventListener('focusin', ({target}) => {
    const style = getComputedStyle(target), box = target.getBoundingClientRect();
    const isMarked = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2;
    const isInSight = box.width > 0 && box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth;
    window.reached.push([target.id, target.textContent.trim(), isMarked && isInSight]);
  });
}"""


def _name(tab: Tab) -> str:
    return one_line(tab.evaluate("document.activeElement.textContent || document.activeElement.ariaLabel || ''"))


def _press(tab: Tab, *keys: str) -> str:
    """What has the focus after these keys."""
    for key in keys:
        tab.keyboard.press(key)
    return _name(tab)


# --- by keyboard alone --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("template", "width"),
    [*((name, PHONE) for name in NAMED if name != "statistics"), ("article", DESK), ("statistics", DESK)],
)
def test_the_keyboard_reaches_everything_in_the_order_it_is_written(
    browser: Browser, address: str, largest: dict[str, str], template: str, width: int
) -> None:
    """And each thing shows that it is reached, and is in sight."""
    with window(browser, width) as context:
        tab = context.new_page()
        tab.goto(address + largest[template], wait_until="load")
        wanted = tab.evaluate(_REACHABLE)
        tab.evaluate(_NOTE)
        for _ in wanted:
            tab.keyboard.press("Tab")
        reached = tab.evaluate("window.reached")
    assert len(wanted) > 10
    assert [one for one, _, _ in reached] == wanted
    assert [text for _, text, is_seen in reached if not is_seen] == []


def test_the_first_key_skips_the_menu(browser: Browser, address: str, largest: dict[str, str]) -> None:
    with window(browser, DESK) as context:
        tab = context.new_page()
        tab.goto(address + largest["article"], wait_until="load")
        assert _press(tab, "Tab") == "Bỏ qua menu, đến nội dung"
        tab.keyboard.press("Enter")
        assert tab.url.endswith("#phan-chinh")
        _press(tab, "Tab")
        assert tab.evaluate("document.activeElement.closest('main') !== null"), "the next key is in the content"


@pytest.mark.parametrize("scripts", [True, False])
def test_the_drawer_opens_and_closes_by_keyboard(browser: Browser, address: str, scripts: bool) -> None:
    with window(browser, scripts=scripts) as context:
        tab = context.new_page()
        tab.goto(address, wait_until="load")
        menu = tab.locator("#menu")
        assert not menu.is_visible()
        assert _press(tab, "Tab", "Tab", "Tab") == "Tìm"
        assert _press(tab, "Tab") == "Menu"
        tab.keyboard.press("Enter")
        assert menu.is_visible()
        assert _press(tab, "Tab") == "Trang chủ"
        assert _press(tab, "Tab") == "Tin tức"
        tab.keyboard.press("Escape")
        assert not menu.is_visible()
        assert _name(tab) == "Menu", "the focus is where it was"
        assert _press(tab, "Enter", "Tab", "Tab", "Tab") == "Mô hình"
        tab.keyboard.press("Enter")
        tab.wait_for_url(f"{address}mo-hinh/")
        assert not tab.locator("#menu").is_visible()


def test_no_focus_hides_behind_the_drawer(browser: Browser, address: str) -> None:
    with window(browser) as context:
        tab = context.new_page()
        tab.goto(address, wait_until="load")
        tab.locator("button.portal-menu-button").press("Enter")
        tab.locator(".portal-menu-close").focus()
        assert _press(tab, "Tab") == "Nền tối"
        assert not tab.locator("#menu").is_visible()


def test_the_foot_of_the_page_leads_to_its_top(browser: Browser, address: str, largest: dict[str, str]) -> None:
    with window(browser) as context:
        tab = context.new_page()
        tab.goto(address + largest["article"], wait_until="load")
        tab.get_by_role("link", name="Lên đầu trang").click()
        tab.wait_for_function("document.getElementById('dau-trang').getBoundingClientRect().top >= 0")


def test_without_our_script_no_button_does_nothing(browser: Browser, address: str, largest: dict[str, str]) -> None:
    """It may be lost on the way, or be too new for an old browser."""
    with window(browser) as context:
        context.route("**/portal.js", lambda route: route.fulfill(body="this is no script ("))
        tab = context.new_page()
        for path in (largest["article"], DOCUMENTS):
            tab.goto(address + path, wait_until="load")
            buttons = tab.locator("button:not(.portal-find *), input[type=search]").all()
            assert [button.inner_text() for button in buttons if button.is_visible()] == ["Menu"]


def test_the_menu_opens_by_touch_without_script(browser: Browser, address: str) -> None:
    with window(browser, scripts=False) as context:
        tab = context.new_page()
        tab.goto(address, wait_until="load")
        tab.locator("button.portal-menu-button").click()
        tab.locator("#menu button").click()
        assert not tab.locator("#menu").is_visible()
        tab.locator("button.portal-menu-button").click()
        tab.locator("#menu a[href='thong-ke/']").click()
        tab.wait_for_url(address + "thong-ke/")


def test_the_menu_says_where_the_reader_is(browser: Browser, address: str, largest: dict[str, str]) -> None:
    current = "#menu a[aria-current]"
    with window(browser, DESK) as context:
        tab = context.new_page()
        for path, said in {"mo-hinh/": ("Mô hình", "page"), largest["article"]: ("Tin tức", "true")}.items():
            tab.goto(address + path, wait_until="load")
            marked = tab.locator(current)
            assert (marked.inner_text(), marked.get_attribute("aria-current")) == said
        tab.goto(address + "gioi-thieu/", wait_until="load")
        assert tab.locator(current).count() == 0


# --- what only scripts do is not shown without them ---------------------------------------


def test_without_scripts_no_button_does_nothing(browser: Browser, address: str, largest: dict[str, str]) -> None:
    with window(browser, DESK, scripts=False) as context:
        tab = context.new_page()
        for path in (largest["article"], DOCUMENTS):
            tab.goto(address + path, wait_until="load")
            shown = [
                b for b in tab.locator(":is(button, input[type=search]):not(.portal-find *)").all() if b.is_visible()
            ]
            assert shown == []


# --- letters ------------------------------------------------------------------------------

# The letters of every line of running text that another line follows.
_LINES = """() => [...document.querySelectorAll('.portal-body p, .portal-sapo')].flatMap(paragraph => {
  const texts = document.createTreeWalker(paragraph, NodeFilter.SHOW_TEXT), range = document.createRange(), lines = [];
  for (let top = -99; texts.nextNode();)
    for (let at = 0; at < texts.currentNode.length; at++) {
      range.setStart(texts.currentNode, at);
      range.setEnd(texts.currentNode, at + 1);
      const box = range.getBoundingClientRect();
      if (!box.height) continue;
      if (Math.abs(box.top - top) > 8) lines.push(0);
      top = box.top;
      lines[lines.length - 1]++;
    }
  return lines.slice(0, -1);
})"""


def test_lines_are_as_long_as_eyes_follow(browser: Browser, address: str, largest: dict[str, str]) -> None:
    with window(browser, DESK) as context:
        tab = context.new_page()
        for path in (largest["article"], "gioi-thieu/"):
            tab.goto(address + path, wait_until="load")
            lines = tab.evaluate(_LINES)
            assert len(lines) > 10
            assert 60 <= sum(lines) / len(lines) <= 75
            assert max(lines) <= 80


# --- dark and light -----------------------------------------------------------------------


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_reader_chooses_the_colours(browser: Browser, address: str, scheme: str) -> None:
    """The choice goes before the system's, on every page, until it is taken back."""
    by_system = scheme == "dark"
    with window(browser, DESK, scheme) as context:
        tab = context.new_page()
        faults = watch(tab, address)
        tab.goto(address, wait_until="load")
        button = tab.get_by_role("button", name="Nền tối")
        assert (is_dark(tab), button.get_attribute("aria-pressed")) == (by_system, str(by_system).lower())
        button.click()
        assert (is_dark(tab), button.get_attribute("aria-pressed")) == (not by_system, str(not by_system).lower())
        tab.goto(address + "mo-hinh/", wait_until="load")
        assert is_dark(tab) != by_system
        button.click()
        assert is_dark(tab) == by_system
        tab.emulate_media(color_scheme="light" if by_system else "dark")
        assert is_dark(tab) != by_system, "the system decides again"
        assert tab.evaluate("localStorage.length") == 0
    assert faults == []


def test_a_chosen_colour_is_there_before_anything_is_drawn(browser: Browser, address: str) -> None:
    """Else every page would flash: by the time the first of the body is parsed, it is set."""
    with window(browser, DESK) as context:
        tab = context.new_page()
        tab.goto(address, wait_until="load")
        tab.get_by_role("button", name="Nền tối").click()
        tab.add_init_script(
            "new MutationObserver((_, watch) => { if (document.body) { window.first = document.getElementById('dark').media;"
            " watch.disconnect(); } }).observe(document, {childList: true, subtree: true})"
        )
        tab.reload(wait_until="load")
        assert tab.evaluate("window.first") == "screen"


# --- tables -------------------------------------------------------------------------------


def _column(tab: Tab, index: int) -> list[str]:
    cells = tab.locator(f"table[data-sort] tbody tr > :nth-child({index})")
    return [one_line(text) for text in cells.all_inner_texts()]


def _sorted_by_day(days: list[str], *, backwards: bool) -> list[str]:
    known = sorted((d for d in days if d != "không rõ"), key=lambda d: d.split("/")[::-1], reverse=backwards)
    return known + [d for d in days if d == "không rõ"]


def test_a_table_is_sorted_by_a_click_and_by_a_key(browser: Browser, address: str) -> None:
    with window(browser, DESK) as context:
        tab = context.new_page()
        tab.goto(address + DOCUMENTS, wait_until="load")
        written = _column(tab, 3)
        assert len(written) > 8
        assert "không rõ" in written
        button = tab.get_by_role("button", name="Sắp xếp theo Ngày ban hành")
        head = tab.locator("table[data-sort] thead th").nth(2)
        button.click()
        assert (head.get_attribute("aria-sort"), _column(tab, 3)) == (
            "ascending",
            _sorted_by_day(written, backwards=False),
        )
        tab.keyboard.press("Enter")
        assert (head.get_attribute("aria-sort"), _column(tab, 3)) == (
            "descending",
            _sorted_by_day(written, backwards=True),
        )
        tab.keyboard.press("Enter")
        assert (head.get_attribute("aria-sort"), _column(tab, 3)) == (None, written)


SORTED = {
    "numbers as they are written here": (
        ["3.372", "gần 7.000", "99,08 %", "−3", "12", "–"],
        ["−3", "12", "99,08 %", "3.372", "gần 7.000", "–"],
    ),
    "words in Vietnamese order": (
        ["Đông", "Ba", "dê", "Ăn", "An", "Ê a", "em", "không rõ"],
        ["An", "Ăn", "Ba", "dê", "Đông", "em", "Ê a", "không rõ"],
    ),
    "periods by their end": (
        ["04/2023 – 04/2024", "12/2022", "chưa có", "Năm 2023", "tính đến 30/06/2025", "nguồn không nêu kỳ"],
        ["12/2022", "Năm 2023", "04/2023 – 04/2024", "tính đến 30/06/2025", "chưa có", "nguồn không nêu kỳ"],
    ),
    "names with numbers": (["Phường 12", "Phường 5", "Phường 1"], ["Phường 1", "Phường 5", "Phường 12"]),
    "words of which some hold a number": (
        ["Thực hiện năm 2022", "Hướng dẫn", "Nghị quyết Trung ương 4"],
        ["Hướng dẫn", "Nghị quyết Trung ương 4", "Thực hiện năm 2022"],
    ),
    "numbers of several units are words": (["3 năm", "10 tháng", "1 ngày"], ["1 ngày", "3 năm", "10 tháng"]),
    "numbers of one unit": (["10 tháng", "trên 3 tháng", "7"], ["trên 3 tháng", "7", "10 tháng"]),
    "places, each with a number": (["Xã 2", "Khu dân cư số 3", "An Hòa 10"], ["An Hòa 10", "Khu dân cư số 3", "Xã 2"]),
    "what is computed, not its parts": (
        ["<td data-value='255'><a>2</a> + <a>253</a></td>", "<td data-value='gần 61'>61 <a>lệch</a></td>"],
        ["61 lệch", "2 + 253"],
    ),
}


@pytest.mark.parametrize("case", SORTED)
def test_what_is_sorted(browser: Browser, address: str, case: str) -> None:
    given, wanted = SORTED[case]
    with window(browser, DESK) as context:
        tab = context.new_page()
        rows = "".join(f"<tr>{value if '<td' in value else f'<td>{value}</td>'}</tr>" for value in given)
        table = f"<table data-sort><thead><tr><th>Giá trị</th></tr></thead><tbody>{rows}</tbody></table>"
        source = tab.request.get(address + "javascripts/portal.js").text()
        tab.set_content(f"<link id='dark' media='not all'>{table}")
        tab.evaluate(source)
        tab.get_by_role("button").click()
        assert _column(tab, 1) == wanted


def test_rows_are_found_without_marks(browser: Browser, address: str) -> None:
    with window(browser) as context:
        tab = context.new_page()
        tab.goto(address + DOCUMENTS, wait_until="load")
        rows = tab.locator("table[data-sort] tbody tr")
        total = rows.count()
        field = tab.get_by_role("searchbox", name="Lọc các dòng của bảng")
        field.fill("dien chau  QUY CHE")
        shown = [one_line(row.inner_text()) for row in rows.all() if row.is_visible()]
        assert 0 < len(shown) < total
        assert all("Diễn Châu" in text and "Quy chế" in text for text in shown), shown
        assert tab.locator(".portal-filter output").inner_text() == f"Còn {len(shown)} trong {total} dòng"
        field.fill("không có từ này")
        assert tab.locator(".portal-filter output").inner_text() == f"Còn 0 trong {total} dòng"
        field.fill("")
        assert sum(row.is_visible() for row in rows.all()) == total
        assert tab.locator(".portal-filter output").inner_text() == ""


# --- the address --------------------------------------------------------------------------


def test_the_address_is_copied(browser: Browser, address: str, largest: dict[str, str]) -> None:
    with window(browser) as context:
        context.grant_permissions(["clipboard-read", "clipboard-write"])
        tab = context.new_page()
        tab.goto(address + largest["article"] + "#phan-nguon", wait_until="load")
        tab.get_by_role("button", name="Sao chép liên kết").click()
        tab.get_by_text("Đã sao chép").wait_for()
        assert tab.evaluate("navigator.clipboard.readText()") == address + largest["article"]


def test_an_address_that_cannot_be_copied_is_shown(browser: Browser, address: str, largest: dict[str, str]) -> None:
    with window(browser) as context:
        tab = context.new_page()
        tab.add_init_script("Object.defineProperty(navigator, 'clipboard', {value: undefined})")
        tab.goto(address + largest["article"], wait_until="load")
        tab.get_by_role("button", name="Sao chép liên kết").click()
        assert tab.locator(".portal-copy output").inner_text() == address + largest["article"]


# --- paper --------------------------------------------------------------------------------


def test_paper_has_no_menus_and_no_dark_ground(browser: Browser, address: str, largest: dict[str, str]) -> None:
    with window(browser, DESK, "dark") as context:
        tab = context.new_page()
        tab.emulate_media(media="print", color_scheme="dark")
        for name in ("article", "profile", "statistics", "list"):
            tab.goto(address + largest[name], wait_until="load")
            assert not is_dark(tab)
            assert tab.locator("h1").is_visible()
            hidden = "button, input[type=search], nav, .md-banner, .md-skip, .portal-edit"
            assert [one.inner_text() for one in tab.locator(hidden).all() if one.is_visible()] == []


def test_paper_says_where_links_lead_and_numbers_its_pages(browser: Browser, address: str) -> None:
    with window(browser, DESK) as context:
        tab = context.new_page()
        tab.emulate_media(media="print")
        tab.goto(address + "tieu-chi/quang-ngai-2021-2025/", wait_until="load")
        link = tab.locator("main a[href^='http']:visible").first
        said = link.evaluate("link => getComputedStyle(link, '::after').content")
        assert link.get_attribute("href") in said
        margins = """[...document.styleSheets].flatMap(s => [...s.cssRules]).filter(r => r instanceof CSSPageRule)
            .map(r => r.cssText).join()"""
        assert "counter(page)" in tab.evaluate(margins)
