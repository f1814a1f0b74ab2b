"""Random edits of the registers under data/, the templates and mkdocs.yml: each may touch every page."""

from __future__ import annotations

import random
import re

from content_files import ContentFiles
from record_edits import Edit, fresh_name, words

_COLOURS = ("#0a7d38", "#7a1f5c", "#1f4f7a")
_OWN_TEMPLATES = ("article", "profile", "page", "list", "unit", "home", "statistics", "document", "index")
_STYLES = "stylesheets/portal.css, stylesheets/charts.css, stylesheets/campaign.css"
_OWN_STYLES = tuple(f"overrides/stylesheets/{name}.css" for name in ("portal", "dark", "charts"))
_ICON = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24"><path d="M2 2h{0}v{0}z"/></svg>\n'


# --- data/ -------------------------------------------------------------------------


def entry_changed(files: ContentFiles, chance: random.Random) -> str | None:
    name, key = chance.choice(
        (
            *(
                ("units", "name"),
                ("units", "source"),
                ("fields", "name"),
                ("fields", "short"),
                ("fields", "description"),
            ),
            *(("fields", "color"), ("categories", "name"), ("documents", "title"), ("documents", "issuer")),
            *(("measures", "name"), ("measures", "description")),
        )
    )
    content = files.data(name)
    entry = chance.choice(content)
    entry[key] = chance.choice(_COLOURS) if key == "color" else f"{words(chance)} < & > {fresh_name(chance)[4:]}"
    if (name, key) == ("units", "name"):  # the slug follows from it
        if entry["level"] == "commune":
            return None
        entry[key] = chance.choice((entry["slug"], entry["slug"].replace("-", " ").title(), entry["slug"].upper()))
    files.keep_data(name, content)
    return f"data/{name}.yml: {entry['slug']}.{key}"


def entry_added(files: ContentFiles, chance: random.Random) -> str | None:
    name = chance.choice(("categories", "documents", "fields"))
    content = files.data(name)
    added = {"slug": fresh_name(chance), "name": f"Thêm {words(chance)}"}
    if name == "documents":
        added = {
            "slug": fresh_name(chance),
            "kind": "Kế hoạch",
            "issuer": "Nơi thử",
            "title": f"Về việc {words(chance)}",
        }
    content.insert(chance.randrange(len(content) + 1), added)
    files.keep_data(name, content)
    return f"data/{name}.yml: {added['slug']}"


def campaign_changed(files: ContentFiles, chance: random.Random) -> str | None:
    content = files.data("campaign")
    key, value = chance.choice(
        (
            ("texts", {"notice": f"Thông báo {words(chance)}", "articles": chance.choice(("Tin tức", "Tin & bài"))}),
            ("texts", {"banner": words(chance), "home": chance.choice(("Trang chủ", "Trang đầu"))}),
            ("name", f"Chiến dịch {words(chance)}"),
            ("short_name", f"CD < {words(chance)}"),
            ("start_year", chance.randrange(2009, 2020)),
            ("site_url", f"https://example.org/{chance.choice(('', 'cong/', 'mot/hai/'))}"),
            ("branch", chance.choice(("main", "chinh"))),
            ("publisher", {"name": "Nơi thử", "email": "thu@example.org", "address": words(chance)}),
        )
    )
    content[key] = value
    files.keep_data("campaign", content)
    return f"data/campaign.yml: {key} = {value}"


def criteria_changed(files: ContentFiles, chance: random.Random) -> str | None:
    name = chance.choice([path.removeprefix("data/").removesuffix(".yml") for path in files.paths("data/criteria")])
    content = files.data(name)
    chance.choice(content["items"])["text"] = f"Mục {words(chance)}"
    files.keep_data(name, content)
    return f"data/{name}.yml"


# --- templates ---------------------------------------------------------------------


def template_changed(files: ContentFiles, chance: random.Random) -> str | None:
    name = chance.choice(_OWN_TEMPLATES)
    return _replaced(files, f"overrides/portal/{name}.html", "{% block main %}\n", chance)


def shared_template_changed(files: ContentFiles, chance: random.Random) -> str | None:
    """The one all contents are made from, the macros of charts, or the card that is drawn once for many of them."""
    if chance.random() < 0.3:
        return _written(files, "overrides/portal/charts.html", '<figure class="portal-chart', chance)
    if chance.random() < 0.5:
        return _replaced(files, "overrides/portal/content.html", "{% block main %}{% endblock %}\n", chance)
    return _written(files, "overrides/portal/card.html", 'class="portal-card__text', chance)


def _written(files: ContentFiles, path: str, begun: str, chance: random.Random) -> str:
    """With another class in the stead of what follows a class."""
    text, count = re.subn(f'({re.escape(begun)})[^"]*', rf"\1 {fresh_name(chance)}", files.text(path))
    assert count, (path, begun)
    files.write(path, text)
    return path


def frame_changed(files: ContentFiles, chance: random.Random) -> str | None:
    """Around all pages, or the script in them, which their policy and what servers say must name anew."""
    if chance.random() < 0.3:
        path = chance.choice(("overrides/partials/early.html", "overrides/javascripts/portal.js"))
        text = re.sub(r"(?m)^window\.thu.*\n", "", files.text(path))
        files.write(path, f"{text}window.thu = {chance.randrange(999)};\n")
        return path
    name, after = chance.choice((("base", "{{ content }}\n"), ("not-found", "{% block content %}\n")))
    return _replaced(files, f"overrides/portal/{name}.html", after, chance)


def _replaced(files: ContentFiles, path: str, after: str, chance: random.Random) -> str:
    """With a paragraph after a place of the template, in the stead of the one before."""
    text = re.sub(r'<p class="thu">[^\n]*\n', "", files.text(path))
    assert text.count(after) == 1, (path, after)
    files.write(path, text.replace(after, f'{after}<p class="thu">{words(chance)}</p>\n'))
    return path


def stylesheet_changed(files: ContentFiles, chance: random.Random) -> str | None:
    extra = files.paths("overrides/stylesheets/them") if (files.root / "overrides/stylesheets/them").is_dir() else []
    if extra and chance.random() < 0.3:
        path = chance.choice(extra)
        (files.root / path).unlink()
        return f"{path} removed"
    path = chance.choice((*_OWN_STYLES, f"overrides/stylesheets/them/{fresh_name(chance)}.css"))
    text = files.text(path) if (files.root / path).is_file() else ""
    files.write(path, f"{text}.thu {{ order: {chance.randrange(999)}; }}\n")
    return path


def icon_changed(files: ContentFiles, chance: random.Random) -> str | None:
    """One of our own, which a field names from then on."""
    files.write("overrides/.icons/thu/hinh.svg", _ICON.format(chance.randrange(3, 20)))
    content = files.data("fields")
    chance.choice(content)["icon"] = chance.choice(("thu/hinh", "material/water"))
    files.keep_data("fields", content)
    return "overrides/.icons/thu/hinh.svg"


# --- mkdocs.yml --------------------------------------------------------------------


def settings_changed(files: ContentFiles, chance: random.Random) -> str | None:
    text = files.text("mkdocs.yml")
    old, new = chance.choice(
        (
            (r"(?m)^extra_css:.*$", f"extra_css: [{_STYLES}, {fresh_name(chance)}.css]"),
            (r"(?m)^extra_css:.*$", f"extra_css: [{_STYLES}]"),
            (r"favicon: .*", f"favicon: assets/images/{chance.choice(('icon', 'khac'))}.svg"),
            (r"\A", f"# {words(chance)}\n"),
        )
    )
    assert re.search(old, text), old
    files.write("mkdocs.yml", re.sub(old, new, text))
    return f"mkdocs.yml: {new.strip()}"


DATA: tuple[Edit, ...] = (entry_changed, entry_changed, entry_added, campaign_changed, criteria_changed)
TEMPLATES: tuple[Edit, ...] = (
    *(template_changed, template_changed, shared_template_changed, frame_changed, stylesheet_changed, icon_changed),
)
SETTINGS: tuple[Edit, ...] = (settings_changed,)
