"""Our environment leaves out work of Jinja's; what a template draws that has no mistake stays the same."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from drawing import content
from drawing.content import Contents, Told
from drawing.slots import InFiles, Slotted, in_bytes, slot
from drawing.templating import Compiled, FastEnvironment
from generated import write_campaign
from html_tree import read_tree
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import BaseLoader, BytecodeCache, DictLoader, Environment
from markupsafe import Markup
from portal.pages.page import view_of
from portal.site import Site, build_site
from portal.views import TableToEmbed
from portals import NOW, PROJECT, SECOND, copy_portal


def generated(root: Path) -> Path:
    write_campaign(root, profiles=40, seed=7, articles=40)
    shutil.copytree(PROJECT / "overrides", root / "overrides")
    return root


PORTALS: dict[str, Callable[[Path], Path]] = {
    "own": lambda root: copy_portal(root, PROJECT),
    "second": lambda root: copy_portal(root, SECOND),
    "generated": generated,
}


def drawn(root: Path, site: Site) -> dict[str, str]:
    contents = Contents(root, site.campaign, site.beside.cards, site.campaign.site_url, Told.of(site))
    return {page.address: contents.of(page) for page in site.pages}


@pytest.mark.parametrize("name", PORTALS)
def test_every_page_is_drawn_as_jinja_itself_draws_it(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = PORTALS[name](tmp_path / "portal")
    site = build_site(root, NOW)
    found = drawn(root, site)
    assert len(found) == len(site.pages) > 60

    def plain(loader: BaseLoader, compiled: BytecodeCache | None = None) -> Environment:
        return Environment(loader=loader, autoescape=True)

    monkeypatch.setattr(content, "FastEnvironment", plain)
    assert drawn(root, site) == found


def test_a_fixed_address_is_relative_to_each_page(tmp_path: Path) -> None:
    """Jinja reckons what looks the same for all pages when it compiles a template."""
    root = copy_portal(tmp_path / "portal", SECOND)
    site = build_site(root, NOW)
    (root / "overrides/portal/page.html").write_text("{{ '/a/b/' | relative_to_page }}", encoding="utf-8")
    contents = Contents(root, site.campaign, site.beside.cards, site.campaign.site_url, Told.of(site))
    page = next(page for page in site.pages if page.template == "portal/page.html")
    links = [contents.of(replace(page, address=address)) for address in ("/x/", "/", "/a/y/z/", "/a/b/")]
    assert links == ["../a/b/", "a/b/", "../../b/", "./"]


def test_a_caption_stays_whole_in_the_code_that_partners_copy(tmp_path: Path) -> None:
    root = copy_portal(tmp_path / "portal", SECOND)
    site = build_site(root, NOW)
    contents = Contents(root, site.campaign, site.beside.cards, site.campaign.site_url, Told.of(site))
    page = next(page for page in site.pages if page.template == "portal/partners.html")
    caption = 'Mô hình "khéo" & <mới>'
    view = replace(view_of(page), tables=(TableToEmbed(caption, "/nhung/a.html"),))
    code = read_tree(contents.of(page.changed(view=view))).one("pre").text
    assert read_tree(code).one("iframe").attributes["title"] == caption


MACROS = """{% macro said(text, times=1) %}<b>{{ text }}</b>{{ times }}{% endmacro %}
{% macro around() %}<i>{{ caller() }}</i>{% endmacro %}{% macro many() %}{{ varargs | join(" ") }}{{ kwargs['a'] }}{% endmacro %}"""
USES = """{% import "macros" as ui %}{{ ui.said(value) }}{{ ui.said(value, 2) }}{{ ui.said(text=value) }}{{ ui.said("a" ~ value) }}
{% call ui.around() %}{{ value }}{% endcall %}{{ ui.many(value, 1, a=value) }}{{ ui.said(value) | striptags }}{% set x %}{{ value }}<{% endset %}{{ x }}
{{ "<" ~ ui.said(value) }}{{ [value, ui.said(value)] | join("&") }}{{ value | safe }}{{ value | e }}"""


@given(st.one_of(st.text(), st.integers(), st.none(), st.builds(Markup, st.text())))
def test_every_value_is_escaped_as_jinja_does_it(value: object) -> None:
    loader = DictLoader({"macros": MACROS, "uses": USES})
    wanted = Environment(loader=loader, autoescape=True).get_template("uses").render(value=value)
    assert FastEnvironment(loader).get_template("uses").render(value=value) == wanted


def test_an_attribute_that_is_not_there_is_a_fault() -> None:
    """Not nothing, as Jinja draws it."""
    with pytest.raises(AttributeError, match="'Slotted' object has no attribute 'addres'"):
        FastEnvironment(DictLoader({"a": "{{ x.addres }}"})).get_template("a").render(x=Slotted(()))


def test_what_was_compiled_before_is_used_as_long_as_the_text_is_the_same() -> None:
    compiled, templates = Compiled(), {"a": "một {{ x }}"}

    def said() -> str:
        return FastEnvironment(DictLoader(templates), compiled).get_template("a").render(x="&")

    assert [said(), said()] == ["một &amp;"] * 2
    templates["a"] = "hai {{ x }}"
    assert said() == "hai &amp;"


@given(st.lists(st.tuples(st.text(st.characters(exclude_categories=["Cs", "Co"])), st.sampled_from("abc"))), st.text())
def test_slots_are_filled_with_what_is_given(parts: list[tuple[str, str]], end: str) -> None:
    end = end.replace("\ue000", "").replace("\ue001", "")
    values = {"a": "%s", "b": "100 %", "c": "<c>"}
    drawn = "".join(text + slot(name) for text, name in parts) + end
    wanted = "".join(text + values[name] for text, name in parts) + end
    slotted = Slotted.cut(drawn)
    assert slotted.filled(values) == wanted
    in_files = {key.encode(): in_bytes(value) for key, value in values.items()}
    assert slotted.filled_in_bytes(in_files) == in_bytes(wanted)
    assert InFiles.cut(drawn).filled(in_files) == in_bytes(wanted)


def test_what_utf_8_does_not_know_is_written_as_html_names_it() -> None:
    assert in_bytes("đ \udc80") == b"\xc4\x91 &#56448;"
