"""What programs that visit the site are told: robots.txt and llms.txt, word for word."""

from __future__ import annotations

from portal.crawlers import llms_text, robots_text
from portal.pages import Page
from portal.schema.data import Campaign

ROBOTS = """\
# Mọi trang đều mở cho máy tìm kiếm. Chỉ mục của trang tìm kiếm chỉ lặp lại chữ của các trang.
User-agent: *
Disallow: /tim-kiem/chi-muc/

Sitemap: https://a.example/sitemap.xml
"""
BELOW = """\
# Cổng nằm dưới /cong/ của tên miền, mà máy tìm kiếm chỉ đọc robots.txt ở gốc tên miền:
# hãy chép các dòng dưới đây vào tệp robots.txt ở đó.
# Mọi trang đều mở cho máy tìm kiếm. Chỉ mục của trang tìm kiếm chỉ lặp lại chữ của các trang.
User-agent: *
Disallow: /cong/tim-kiem/chi-muc/

Sitemap: https://a.example/cong/sitemap.xml
"""


def test_robots_may_read_every_page() -> None:
    assert robots_text("https://a.example/") == ROBOTS


def test_below_a_root_it_says_where_robots_look() -> None:
    assert robots_text("https://a.example/cong/") == BELOW


def page(address: str, title: str, summary: str = "", template: str = "list", *, listed: bool = True) -> Page:
    return Page(address, title, summary, f"portal/{template}.html", None, "", listed=listed)


PAGES = [
    page("/", "Cổng [thử]", "Tóm tắt *cổng*.", "home"),
    page("/gioi-thieu/", "Giới thiệu", "", "page"),
    page("/gioi-thieu/them/", "Thêm", "", "page"),
    page("/mo-hinh/", "Mô hình", "Mô hình có hồ sơ trên cổng.", "gallery"),
    page("/so-do/", "Sơ đồ cổng", "Các trang của cổng.", "index"),
    page("/thong-ke/", "Thống kê", "Hai loại.", "statistics"),
    page("/thong-ke/dia-ban/a/", "Thống kê: A", "Của A.", "statistics"),
    page("/thong-ke/nam/2022/", "Số liệu năm 2022", "Trong năm.", "reported"),
    page("/tin-tuc/", "Tin tức", "Tin.", listed=False),
]
LLMS = """\
# Cổng \\[thử\\]

> Tóm tắt \\*cổng\\*.

Cơ quan chủ quản: Nơi thử. Nội dung bằng tiếng Việt.

Giấy phép dữ liệu: Tự do

Cách đọc số liệu:

- Hai loại số liệu để riêng, không cộng với nhau: đếm từ hồ sơ mô hình có trên cổng, và số liệu do các nguồn báo cáo.
- Số liệu báo cáo giữ nguyên như nguồn nêu, kèm kỳ và loại số đếm (đăng ký, đã xây dựng, được công nhận…): khác loại hoặc khác kỳ thì không cộng, không so sánh.
- “Không rõ” là phần nguồn không nói, không phải số không; đơn vị chưa báo cáo không phải là đơn vị không có.
- Số liệu theo địa giới của thời điểm báo cáo: số của một đơn vị cũ không chia cho các đơn vị mới.
- Chỗ nguồn tự mâu thuẫn được nêu ở trang đối soát, không sửa.

## Thống kê

- [Thống kê](https://a.example/thong-ke/): Hai loại.
- [Số liệu năm 2022](https://a.example/thong-ke/nam/2022/): Trong năm.

## Danh sách

- [Mô hình](https://a.example/mo-hinh/): Mô hình có hồ sơ trên cổng.

## Dữ liệu

- [Sơ đồ cho máy](https://a.example/sitemap.xml): Địa chỉ của mọi trang, với ngày thay đổi mà trang có ghi.

## Về cổng

- [Giới thiệu](https://a.example/gioi-thieu/)

## Optional

- [Sơ đồ cổng](https://a.example/so-do/): Các trang của cổng.
"""


def campaign(**keys: object) -> Campaign:
    return Campaign(
        schema_version="1", name="Cổng [thử]", site_url="https://a.example/", publisher={"name": "Nơi thử"}, **keys
    )


def test_a_reader_that_is_a_program_is_told_how_to_read_and_where() -> None:
    assert llms_text(campaign(data_licence="Tự do"), PAGES, "https://a.example/") == LLMS


def test_what_the_campaign_does_not_say_is_left_out() -> None:
    said = llms_text(campaign(repository="https://git.example/a"), PAGES[:1], "https://a.example/")
    assert "Giấy phép dữ liệu" not in said
    assert "- [Kho mã nguồn](https://git.example/a): Tin bài, hồ sơ ở dạng Markdown;" in said
    assert [line for line in said.splitlines() if line.startswith("##")] == ["## Dữ liệu"]
