"""What an editor changes between two builds. Every edit leaves the campaign without faults, and the `number`-th edit
of a kind differs from those before."""

from __future__ import annotations

import re
from pathlib import Path

DOCUMENT_TITLE = re.compile(r"(?m)^(  title: Về [^\n(]*?)( \(lần \d+\))?$")


def article(root: Path) -> Path:
    """The article that is edited: the middle one by path."""
    articles = sorted((root / "docs/tin-tuc").rglob("*.md"))
    return articles[len(articles) // 2]


def sentence(number: int) -> str:
    """What the number-th edit of a body adds; a page that holds it was drawn after that edit."""
    return f"Đoạn thêm vào bài trong lần sửa thứ {'I' * (number % 7 + 1)}{'V' * (number // 7)}."


def edit_body(root: Path, number: int) -> None:
    file = article(root)
    file.write_text(f"{file.read_text(encoding='utf-8')}\n{sentence(number)}\n", encoding="utf-8")


def edit_title(root: Path, number: int) -> None:
    file = article(root)
    text = file.read_text(encoding="utf-8")
    changed = re.sub(r"(?m)\A---\ntitle: (.*?)(, sửa lần \d+)?$", rf"---\ntitle: \1, sửa lần {number}", text, count=1)
    assert changed != text
    file.write_text(changed, encoding="utf-8")


def edit_data(root: Path, number: int) -> None:
    """The title of one document, which stands on its page and where it is listed."""
    file = root / "data/documents.yml"
    text = file.read_text(encoding="utf-8")
    changed = DOCUMENT_TITLE.sub(rf"\1 (lần {number})", text, count=1)
    assert changed != text
    file.write_text(changed, encoding="utf-8")


EDITS = {"body": edit_body, "title": edit_title, "data": edit_data}
