"""Why a page was made anew, or was not."""

from __future__ import annotations

from collections.abc import Mapping

# What a page is made from, in an editor's words; `view.…` are the parts of what its template shows.
_SAID = {
    "address": "địa chỉ",
    "title": "tiêu đề",
    "summary": "tóm tắt",
    "template": "mẫu trang",
    "view": "loại nội dung",
    "edit_path": "tệp nguồn",
    "crumbs": "đường dẫn trên đầu trang",
    "updated": "ngày cập nhật",
    "listed": "việc trang được liệt kê",
    "body": "thân bài",
    "campaign": "data/campaign.yml hoặc biểu tượng",
    "program": "phiên bản của chương trình",
    "frame": "khung trang (mkdocs.yml, mẫu khung, giao diện, menu, tên cổng)",
}


def explained(before: Mapping[str, object] | None, after: Mapping[str, object], *, is_new: bool, is_same: bool) -> str:
    """In one sentence, from what the page was made from (or names of it): as it is shown (None where nobody knows any
    more) and as it is now. `is_new`: it was not shown before; `is_same`: what is shown is right."""
    if is_new:
        return "dựng mới: lần dựng trước chưa có trang này"
    if is_same:
        return "giữ nguyên: không có gì làm nên trang này thay đổi"
    if before is None:
        return "dựng lại: bộ nhớ đệm không còn ghi trang đang có được làm từ gì"
    if before == after:
        return "ghi lại: tệp trong site/ đã mất hoặc bị sửa, nội dung thì không đổi"
    changed = [
        key for key in (*after, *(key for key in before if key not in after)) if before.get(key) != after.get(key)
    ]
    return "dựng lại vì thay đổi: " + "; ".join(dict.fromkeys(map(_words, changed)))


def _words(key: str) -> str:
    kind, _, part = key.partition(".")
    return f"phần `{part}` của nội dung" if part else _SAID.get(kind, kind)
