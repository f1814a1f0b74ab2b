"""The preview, which holds what it made, shows after every edit what a preview begun anew shows: byte for byte."""

from __future__ import annotations

import errno
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from drawing.cache import FOLDER
from drawing.faults import checked
from drawing.serving import Preview
from portal.problems import Problem
from portal.site import Site
from portals import NOW, fingerprints, replace_once

ARTICLE = "docs/tin-tuc/2026/ngay-hoi.md"


def _write(root: Path, path: str, text: str) -> None:
    file = root / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")


def _append(root: Path, path: str, text: str) -> None:
    file = root / path
    file.write_text(file.read_text(encoding="utf-8") + text, encoding="utf-8")


EDITS: dict[str, Callable[[Path], object]] = {
    "a body": lambda root: _append(root, ARTICLE, "\nMột câu thêm.\n"),
    "a title": lambda root: replace_once(root / ARTICLE, 'title: "Ngày hội ở Bến Bạc', 'title: "Hội lớn ở Bến Bạc'),
    "a page": lambda root: _write(root, "docs/moi.md", "---\ntitle: Mới\n---\n\nĐoạn, xem [bài](lien-he.md).\n"),
    "a fault": lambda root: _write(root, "docs/sai.md", "---\ntitle: Sai\n---\n\n[x](khong-co.md)\n"),
    "the fault mended": lambda root: (root / "docs/sai.md").unlink(),
    "a file gone": lambda root: (root / "docs/moi.md").unlink(),
    "a field": lambda root: _append(root, "data/fields.yml", "- {slug: them, name: Thêm}\n"),
    "a template": lambda root: replace_once(
        root / "overrides/portal/card.html", '<div class="portal-card__text">', '<div class="portal-card__text them">'
    ),
    "a frame": lambda root: replace_once(
        root / "overrides/portal/base.html", "{{ content }}\n", "<p>X</p>\n{{ content }}\n"
    ),
    "a picture": lambda root: shutil.copy(root / "docs/assets/giot-mau.png", root / "docs/assets/them.png"),
    "a broken template": lambda root: _append(root, "overrides/portal/page.html", "{% if %}"),
    "the template mended": lambda root: replace_once(root / "overrides/portal/page.html", "{% if %}", ""),
    "a body again": lambda root: _append(root, ARTICLE, "\nCâu nữa.\n"),
}
FAULTY = {"a fault", "a broken template"}
# For these only the pages of changed bodies are looked at: there are none where what is shown is right again.
AMENDED = {"a body", "a body again", "the fault mended", "the template mended"}


def test_after_every_edit_the_preview_shows_what_a_new_one_shows(
    portal: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked_at: list[Site] = []

    def noted(*arguments: Any, **options: Any) -> tuple[Site, tuple[Problem, ...]]:
        site, problems = checked(*arguments, **options)
        looked_at.append(site)
        return site, problems

    monkeypatch.setattr("drawing.renewing.checked", noted)
    preview = _preview(portal, tmp_path / "shown")
    preview.rebuild()
    shown = fingerprints(preview.site_folder)
    for name, edit in EDITS.items():
        edit(portal)
        preview.rebuild()
        assert looked_at[-1].is_amended is (name in AMENDED), name
        if name not in FAULTY:
            root = Path(shutil.copytree(portal, tmp_path / "anew" / name, ignore=shutil.ignore_patterns(FOLDER)))
            anew = _preview(root, tmp_path / "anew-shown" / name)
            anew.rebuild()
            before, shown = shown, fingerprints(anew.site_folder)
            assert shown != before or name in ("the fault mended", "the template mended"), name
        assert fingerprints(preview.site_folder) == shown, name


def test_an_exchange_that_fails_is_undone(portal: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The folder that was shown can't be put where the next site is made: what was held of it is not believed."""
    preview = _preview(portal, tmp_path / "shown")
    preview.rebuild()
    rename, failed = Path.rename, []

    def refused(self: Path, target: Path) -> Path:
        if target == tmp_path / "shown/next" and not failed:
            failed.append(target)
            raise PermissionError(errno.EACCES, "Permission denied", str(self))
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", refused)
    for _ in range(3):
        _append(portal, ARTICLE, "\nMột câu thêm.\n")
        preview.rebuild()
    assert failed
    root = Path(shutil.copytree(portal, tmp_path / "anew", ignore=shutil.ignore_patterns(FOLDER)))
    anew = _preview(root, tmp_path / "anew-shown")
    anew.rebuild()
    assert fingerprints(preview.site_folder) == fingerprints(anew.site_folder)


def _preview(root: Path, folder: Path) -> Preview:
    (folder / "site").mkdir(parents=True)
    return Preview(root, folder, lambda: NOW, lambda text: None, "http://127.0.0.1:8000/")
