"""What programs that visit the site are told of it: which files they may read, and in which pages to look for what.

Source of the forms: RFC 9309 (robots.txt), sitemaps.org, llmstxt.org.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from urllib.parse import urlsplit

from .feeds.documents import ATOM, JSON
from .pages import HOME, SEARCH, Page
from .pages.page import (
    ALPHABETS,
    ARTICLES,
    AWARDS,
    CATEGORIES,
    CORRECTIONS,
    COVERAGE,
    CRITERIA,
    DISCREPANCIES,
    DOCUMENTS,
    FAMILIES,
    FIELD_STATISTICS,
    FIELDS,
    GENRES,
    LEVEL_STATISTICS,
    MODELS,
    PARTNERS,
    SITE_MAP,
    STATISTICS,
    STATUSES,
    STOPPED,
    TAGS,
    UNITS,
    YEAR_STATISTICS,
    YEARS,
    feed_of,
)
from .schema.data import Campaign
from .search.files import FOLDER
from .sitemaps import SITEMAP

_BELOW = """\
# Cổng nằm dưới {base}/ của tên miền, mà máy tìm kiếm chỉ đọc robots.txt ở gốc tên miền:
# hãy chép các dòng dưới đây vào tệp robots.txt ở đó.
"""
_ROBOTS = """\
# Mọi trang đều mở cho máy tìm kiếm. Chỉ mục của trang tìm kiếm chỉ lặp lại chữ của các trang.
User-agent: *
Disallow: {base}/{index}

Sitemap: {root}/{sitemap}
"""


def robots_text(site_url: str) -> str:
    """`robots.txt`. Programs look for it at the root of a host alone, which is told where the site lies below."""
    root = site_url.rstrip("/")
    base = urlsplit(root).path
    said = _ROBOTS.format(base=base, root=root, index=FOLDER, sitemap=SITEMAP)
    return (_BELOW.format(base=base) if base else "") + said


# What is true of the figures of every campaign (CONTRIBUTING.md): how a program should read them.
_READING = (
    "Hai loại số liệu để riêng, không cộng với nhau: đếm từ hồ sơ mô hình có trên cổng, và số liệu do các nguồn báo cáo.",
    "Số liệu báo cáo giữ nguyên như nguồn nêu, kèm kỳ và loại số đếm (đăng ký, đã xây dựng, được công nhận…): "
    "khác loại hoặc khác kỳ thì không cộng, không so sánh.",
    "“Không rõ” là phần nguồn không nói, không phải số không; đơn vị chưa báo cáo không phải là đơn vị không có.",
    "Số liệu theo địa giới của thời điểm báo cáo: số của một đơn vị cũ không chia cho các đơn vị mới.",
    "Chỗ nguồn tự mâu thuẫn được nêu ở trang đối soát, không sửa.",
)
_TABLES = (STATISTICS, COVERAGE, DISCREPANCIES, AWARDS, STOPPED, FAMILIES)
_TABLES_OF = (FIELD_STATISTICS, LEVEL_STATISTICS, YEAR_STATISTICS)
_LISTS = (ARTICLES, MODELS, UNITS, FIELDS, DOCUMENTS, CRITERIA, CATEGORIES, GENRES, STATUSES, YEARS, TAGS, CORRECTIONS)
_OPTIONAL = (SITE_MAP, SEARCH, f"{ALPHABETS}mo-hinh/", f"{ALPHABETS}dia-ban/")
_SIGNS = re.compile(r"([\\`*_\[\]<>])")


def llms_text(campaign: Campaign, pages: Iterable[Page], site_url: str, *, has_feed: bool = False) -> str:
    """`llms.txt`: what the site is, how its figures are to be read, and the pages from which all others are reached."""
    listed = {page.address: page for page in pages if page.listed}
    root = site_url.rstrip("/")

    def line(address: str) -> str:
        page = listed[address]
        return _line(page.title, root + address, page.summary)

    tables = [*_TABLES, *sorted(address for address in listed if address.startswith(_TABLES_OF))]
    own = [page.address for page in listed.values() if page.template == "portal/page.html"]
    sections = {
        "Thống kê": [line(address) for address in tables if address in listed],
        "Danh sách": [line(address) for address in _LISTS if address in listed],
        "Dữ liệu": [*_data(campaign, root, has_feed=has_feed), *(line(a) for a in (PARTNERS,) if a in listed)],
        "Về cổng": [line(address) for address in own if address.count("/") == 2],
        "Optional": [line(address) for address in _OPTIONAL if address in listed],  # the form's own word
    }
    told = [f"## {title}\n\n{_joined(lines)}" for title, lines in sections.items() if lines]
    return "\n\n".join([*_opening(campaign, listed[HOME]), *told]) + "\n"


def _opening(campaign: Campaign, home: Page) -> Iterator[str]:
    yield f"# {_escaped(campaign.name)}"
    yield f"> {_escaped(home.summary)}"
    yield f"Cơ quan chủ quản: {_escaped(campaign.publisher.name)}. Nội dung bằng tiếng Việt."
    if campaign.data_licence:
        yield f"Giấy phép dữ liệu: {_escaped(campaign.data_licence)}"
    yield "Cách đọc số liệu:"
    yield _joined(f"- {rule}" for rule in _READING)


def _data(campaign: Campaign, root: str, *, has_feed: bool) -> Iterator[str]:
    if has_feed:
        yield _line(
            "Nguồn tin Atom",
            f"{root}{feed_of(HOME)}{ATOM}",
            "Mọi bài, mới nhất trước, toàn văn; bài cũ ở các tệp trước đó.",
        )
        yield _line("Nguồn tin JSON Feed", f"{root}{feed_of(HOME)}{JSON}", "Cùng nội dung.")
    yield _line("Sơ đồ cho máy", f"{root}/{SITEMAP}", "Địa chỉ của mọi trang, với ngày thay đổi mà trang có ghi.")
    if campaign.repository:
        said = "Tin bài, hồ sơ ở dạng Markdown; số liệu trong bài và danh mục ở dạng YAML."
        yield _line("Kho mã nguồn", campaign.repository, said)


def _line(title: str, address: str, said: str) -> str:
    return f"- [{_escaped(title)}]({address})" + (f": {_escaped(said)}" if said else "")


def _joined(lines: Iterable[str]) -> str:
    return "\n".join(lines)


def _escaped(text: str) -> str:
    """Text as Markdown that shows it as it is."""
    return _SIGNS.sub(r"\\\1", text)
