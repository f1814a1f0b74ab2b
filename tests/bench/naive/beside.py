"""Files beside the pages: texts, tables that stand alone for frames on other sites, what programs find where; and the
page for partners that tells of them."""

from __future__ import annotations

import re
from html import escape, unescape

from campaign import SECTIONS
from mkdocs.structure.files import File
from mkdocs.utils import write_file

_TAG = re.compile(r"<[^>]+>")
_TABLE = re.compile(r"<table>.*?</table>", re.DOTALL)
_PARTNERS = "huong-dan/doi-tac.md"


def on_files(files, config):
    title = "Dành cho đối tác"
    body = _partners(config.extra["campaign"], config.site_url)
    files.append(File.generated(config, _PARTNERS, content=f"---\ntitle: {title}\n---\n\n# {title}\n\n{body}\n"))
    return files


def on_page_content(html, page, config, files):
    """Each table of statistics gets a page of its own and a link to it."""
    if not page.url.startswith("thong-ke/"):
        return html
    if "/dia-ban/" not in page.url:
        config.extra["campaign"].statistics.append((page.title, page.url))
    number = 0

    def alone(table: re.Match[str]) -> str:
        nonlocal number
        number += 1
        path = f"nhung/{page.url}bang-{number}.html"
        write_file(_embed(page, table[0], number, config).encode(), f"{config.site_dir}/{path}")
        return f'<div id="bang-{number}">{table[0]}</div><p><a href="{config.site_url}{path}">Nhúng bảng này</a></p>'

    return _TABLE.sub(alone, html)


def _embed(page, table: str, number: int, config) -> str:
    title = escape(page.title)
    return (
        '<!doctype html>\n<html lang="vi"><head><meta charset="utf-8"><meta name="robots" content="noindex">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        f'<base href="{page.canonical_url}" target="_top">'
        f"<title>{title} – {config.site_name}</title></head><body><main>{table}</main><footer><p>Nguồn: "
        f'<a href="{page.canonical_url}#bang-{number}">{title}</a>, {config.site_name}</p></footer></body></html>\n'
    )


def on_post_page(output, page, config):
    """The text of an article or model beside its page."""
    if record := config.extra["campaign"].by_uri.get(page.file.src_uri):
        text = unescape(_TAG.sub("", record["html"])).strip()
        said = f"{record['title']}.\n\n{record['summary']}\n\n{text}\n\nNguồn: {record['source']['name']}.\n"
        write_file(said.encode(), f"{config.site_dir}/{page.url}index.txt")
    return output


def on_post_build(config):
    robots = f"User-agent: *\nDisallow:\n\nSitemap: {config.site_url}sitemap.xml\n"
    write_file(robots.encode(), f"{config.site_dir}/robots.txt")
    write_file(_told(config).encode(), f"{config.site_dir}/llms.txt")


def _told(config) -> str:
    campaign, site = config.extra["campaign"], config.site_url
    about = campaign.data["campaign"]
    parts = [
        ("Thống kê", campaign.statistics),
        ("Danh sách", [(title, f"{folder}/") for folder, title in SECTIONS.items()]),
        ("Dữ liệu", [("Sơ đồ cho máy", "sitemap.xml")]),
        ("Về cổng", [("Giới thiệu", "gioi-thieu/"), ("Quyền riêng tư", "quyen-rieng-tu/")]),
        ("Optional", [("Sơ đồ trang", "so-do/"), ("Tìm kiếm", "tim-kiem/")]),
    ]
    lines = [f"# {config.site_name}", f"> {about['name']}"]
    lines.append(f"Cơ quan chủ quản: {about['publisher']['name']}. Nội dung bằng tiếng Việt.")
    for title, links in parts:
        lines += [f"## {title}", "\n".join(f"- [{said}]({site}{address})" for said, address in links)]
    return "\n\n".join(lines) + "\n"


def _partners(campaign, site: str) -> str:
    rows = ["| Nội dung | Atom | JSON Feed |", "|---|---|---|"]
    listed = {"": ("Tin tức", ()), **campaign.feeds, "mo-hinh/": ("Mô hình", ())}
    for folder, (title, _) in listed.items():
        if not folder.startswith("dia-ban/"):
            atom, feed = (f"<{site}{folder}feed.{suffix}>" for suffix in ("xml", "json"))
            rows.append(f"| [{title}](/{folder}index.md) | {atom} | {feed} |")
    table = "\n".join(rows)
    return f"""## Nguồn tin

Chương trình đọc tin hoặc trang của bạn lấy tin mới theo các địa chỉ dưới đây, hai dạng Atom và JSON Feed cùng nội dung.

{table}

## Nhúng bảng thống kê

Mỗi bảng ở trang [Thống kê](/thong-ke/index.md) có một trang riêng để đặt trong khung trên trang khác; dưới mỗi bảng có
liên kết “Nhúng bảng này”.

    <iframe src="{site}nhung/thong-ke/bang-1.html" width="100%" height="420" loading="lazy"></iframe>

## Bản đọc loa

Mỗi bài và mỗi hồ sơ mô hình có một tệp văn bản: thêm `index.txt` vào sau địa chỉ của trang.

## Cho chương trình

<{site}sitemap.xml> liệt kê mọi trang, <{site}llms.txt> nói trang nào có gì."""
