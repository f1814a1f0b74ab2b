"""Pages put into frames are what MkDocs and Material draw whole; where a frame does not fit, pages are drawn whole."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from drawing.building import WHOLE, Wishes, opened_cache, update
from drawing.exchange import Places
from drawing.material import pass_by_icons
from generated import write_campaign
from mkdocs.commands.build import build as mkdocs_build
from mkdocs.config import load_config
from portal.site import build_site
from portals import NOW, NOW_TEXT, PROJECT, SECOND, copy_portal, front_matter, replace_once

LONG = "Phụ nữ “bền” & 'chắc' < vững > \"khéo\" – " + "người dân xã vùng cao chung tay giữ nguồn nước sạch " * 3


def drawn_whole(root: Path, to: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, bytes]:
    """Every file of a plain `mkdocs build`, by path: no frame, no cache, no tree."""
    monkeypatch.setenv("PORTAL_NOW", NOW_TEXT)
    mkdocs_build(load_config(config_file=str(root / "mkdocs.yml"), site_dir=str(to), strict=True))
    return contents(to)


def drawn(root: Path) -> tuple[dict[str, bytes], list[str]]:
    """Every file of a `portal build`, and what it said."""
    said: list[str] = []
    site = build_site(root, NOW)
    assert [str(problem) for problem in site.problems] == []
    with closing(opened_cache(root)) as cache:
        assert update(root, site, Places.of(root), cache, Wishes(say=said.append)).failure == ""
    return contents(root / "site"), said


def contents(folder: Path) -> dict[str, bytes]:
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def differing(found: dict[str, bytes], wanted: dict[str, bytes]) -> list[str]:
    return sorted(path for path in found.keys() | wanted.keys() if found.get(path) != wanted.get(path))


def write_hard_titles(root: Path) -> None:
    """Records, pages and a list whose titles and summaries hold what HTML writes in another way, and much of it."""
    page = front_matter(title=_quoted(LONG), summary=_quoted(f"Tóm tắt {LONG}"))
    (root / "docs/trang-kho.md").write_text(page + "\nĐoạn.\n", encoding="utf-8")
    keys = {"date": "2026-02-03", "category": _category(root), "tags": f"[{_quoted('& < > khó')}]"}
    article = front_matter(title=_quoted(f"Bài {LONG}"), summary=_quoted(LONG), **keys)
    file = root / "docs/tin-tuc/2026/bai-kho.md"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(article + "\nĐoạn.\n", encoding="utf-8")


def _quoted(text: str) -> str:
    return "'" + text.strip().replace("'", "''") + "'"


def _category(root: Path) -> str:
    return (root / "data/categories.yml").read_text(encoding="utf-8").split("slug:", 1)[1].split()[0].strip(",}")


@pytest.mark.usefixtures("all_cores")
@pytest.mark.parametrize("content", ["own", "second", "generated"])
def test_every_file_is_what_a_plain_mkdocs_build_makes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, content: str, record_property: Callable[[str, object], None]
) -> None:
    source = {"own": PROJECT, "second": SECOND}.get(content, tmp_path / "campaign")
    if content == "generated":
        write_campaign(source, profiles=25, articles=25, seed=5, site_url="https://example.org/hai/cap/")
    root = copy_portal(tmp_path / "portal", source)
    write_hard_titles(root)
    framed, said = drawn(root)
    whole = drawn_whole(root, tmp_path / "whole", monkeypatch)
    assert said == []
    assert differing(framed, whole) == []
    pages = [path for path in whole if path.endswith("index.html")]
    assert sum(LONG.split(" & ")[0].encode() in whole[path] for path in pages) >= 4
    record_property("recount", f"{len(pages)} pages drawn in frames and whole, 0 differ")


def test_files_of_the_theme_are_all_listed_but_what_mkdocs_leaves_out(tmp_path: Path) -> None:
    """Also what a plugin adds to the theme when it is asked for the configuration."""
    theme = load_config(config_file=str(PROJECT / "mkdocs.yml")).theme
    listed = theme.get_env().list_templates()
    pass_by_icons(theme)
    (tmp_path / "them/.an").mkdir(parents=True)
    (tmp_path / "them/them.js").touch()
    (tmp_path / "them/.an/an.js").touch()
    theme.dirs.append(str(tmp_path))
    env = theme.get_env()
    hidden = [path for path in listed if any(step.startswith(".") for step in path.split("/")[:-1])]
    assert len(hidden) > 10_000
    assert env.list_templates() == sorted({*listed} - {*hidden} | {"them/them.js"})
    assert "<svg" in env.get_template(".icons/material/home.svg").render()


# --- frames that do not fit ---------------------------------------------------------------


def _in_frame(root: Path, html: str) -> None:
    replace_once(root / "overrides/portal/base.html", "{{ content }}\n", f"{html}\n{{{{ content }}}}\n")


MISFITS = {
    "the title in another way": "<p>{{ page.title | upper }}</p>",
    "the summary cut": "<p>{{ spec.summary[:9] }}</p>",
    "its address": "<p>{{ page.url }}</p>",
    "its address where all others have a frame that fits": "{% if spec.template == 'portal/list.html' %}<p>{{ page.url }}</p>{% endif %}",
    "its table of contents": "<ul>{% for item in spec.body.toc %}<li>{{ item.name }}{{ item.children | length }}</li>{% endfor %}</ul>",
    "the template of its content": "<p>{{ spec.template }}</p>",
}


@pytest.mark.parametrize("name", MISFITS)
def test_a_kind_that_does_not_fit_its_frame_is_drawn_whole(
    portal: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    _in_frame(portal, MISFITS[name])
    framed, said = drawn(portal)
    assert differing(framed, drawn_whole(portal, tmp_path / "whole", monkeypatch)) == []
    assert len(said) == 1
    assert said[0].startswith("đã dựng cả trang thay vì dùng khung chung ở ")
    again, said_again = drawn(portal)
    assert differing(again, framed) == []
    assert said_again == [], "what is right is not drawn again"


def test_how_many_pages_are_drawn_whole_is_said(portal: Path) -> None:
    _in_frame(portal, "<p>{{ page.title | upper }}</p>")
    framed, said = drawn(portal)
    pages = [path for path in framed if path.endswith("index.html") and b'http-equiv="refresh"' not in framed[path]]
    assert said == [WHOLE.format(count=len(pages))]


def test_a_kind_is_looked_at_again_when_it_gets_its_second_page(
    portal: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of one page nobody can tell what of its frame is its own."""
    _in_frame(portal, "{% if page.url.startswith('sau/') %}<p>{{ page.url }}</p>{% endif %}")
    for number in (1, 2):
        page = portal / f"docs/sau/hon/nua/trang-{number}.md"
        page.parent.mkdir(parents=True, exist_ok=True)
        page.write_text(front_matter(title=f"Trang {number}") + "\nĐoạn.\n", encoding="utf-8")
        framed, _ = drawn(portal)
        whole = drawn_whole(portal, tmp_path / f"whole-{number}", monkeypatch)
        assert differing(framed, whole) == []


def test_a_frame_made_from_one_page_is_not_taken_for_another(
    portal: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _in_frame(portal, "{% if page.url.startswith('sau/') %}<p>{{ page.url }}</p>{% endif %}")
    page = portal / "docs/sau/hon/nua/trang-1.md"
    page.parent.mkdir(parents=True)
    page.write_text(front_matter(title="Trang") + "\nĐoạn.\n", encoding="utf-8")
    drawn(portal)
    page.rename(page.with_name("trang-2.md"))
    framed, _ = drawn(portal)
    assert differing(framed, drawn_whole(portal, tmp_path / "whole", monkeypatch)) == []
