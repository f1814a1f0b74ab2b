"""Random edits of articles, profiles, pages, introductions and pictures. Each says what it did, or None when there was
nothing to do it to; afterwards the content has no fault, but for the edits of FAULTS."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import date, timedelta

from content_files import ARTICLES, FAULT, PROFILES, ContentFiles, address_of
from generated import FIELDS
from generated_articles import DOCUMENTS, GENRES, TAGS
from portal_start import picture

Edit = Callable[[ContentFiles, random.Random], str | None]

_WORDS = (
    "bền",
    "chắc",
    "dài",
    "êm",
    "gần",
    "hay",
    "khéo",
    "lành",
    "mới",
    "nhanh",
    "phải",
    "rộng",
    "sạch",
    "tươi",
    "vui",
)
_ADDED = "Đoạn thêm "
_FEWEST = 18  # files of a kind that deleting leaves
_LISTS = ("/thong-ke/", "/dia-ban/", "/tin-tuc/", "/mo-hinh/", "/so-do/", "/linh-vuc/doc-sach/", "/dia-ban/tinh-giu/")
_FORMS = ("{0}: {1}", "{0} & {1}", "{0} < {1} >", '“{0}” "{1}"', "{0} 'của' {1}", "{0} {1} " + "rất dài " * 12)


def words(chance: random.Random, count: int = 3) -> str:
    """No number, name or measure: what is weighed as evidence stays what it was."""
    return " ".join(chance.choice(_WORDS) for _ in range(count))


def fresh_name(chance: random.Random) -> str:
    return f"moi-{chance.randrange(16**6):06x}"


# --- bodies ------------------------------------------------------------------


def text_added(files: ContentFiles, chance: random.Random) -> str | None:
    path = chance.choice(files.markdown())
    files.add_to_body(path, f"{_ADDED}{words(chance, 8)}.")
    return path


def text_taken_out(files: ContentFiles, chance: random.Random) -> str | None:
    path = chance.choice(files.markdown())
    text = files.text(path)
    left = "\n\n".join(part for part in text.split("\n\n") if not part.startswith(_ADDED))
    if left == text:
        return None
    files.write(path, left.rstrip() + "\n")
    return path


def heading_added(files: ContentFiles, chance: random.Random) -> str | None:
    path = chance.choice(files.markdown())
    files.add_to_body(path, f"## {words(chance, 4)} < & > *nghiêng*\n\n{_ADDED}{words(chance)}.")
    return path


def link_added(files: ContentFiles, chance: random.Random) -> str | None:
    path = chance.choice(files.markdown())
    target = chance.choice([*files.articles(), *files.profiles(), *files.ordinary()])
    if chance.random() < 0.3:
        to = chance.choice(_LISTS)
    elif files.is_hidden(target):
        return None
    else:
        to = files.link(path, target) if chance.random() < 0.6 else address_of(target)
    files.add_to_body(path, f"{_ADDED}[{words(chance)}]({to}) {words(chance)}.")
    return f"{path} → {to}"


# --- front matter -----------------------------------------------------------------


def title_changed(files: ContentFiles, chance: random.Random) -> str | None:
    path = chance.choice([*files.articles(), *files.profiles(), *files.ordinary()])
    title = chance.choice(_FORMS).format(words(chance).capitalize(), words(chance))
    files.change(path, title=title)
    return f"{path}: {title}"


def article_changed(files: ContentFiles, chance: random.Random) -> str | None:
    path = chance.choice(files.articles())
    key, values = chance.choice(
        (
            ("summary", [f"Tóm tắt {words(chance, 5)} & < {words(chance)}."]),
            ("category", [entry["slug"] for entry in files.data("categories")]),
            ("tags", [chance.sample(TAGS, 2), [words(chance)], None]),
            ("units", [chance.sample([entry["slug"] for entry in files.data("units")], 2), None]),
            ("fields", [chance.sample(FIELDS, 2), None]),
            ("genre", [*GENRES, None]),
            ("featured", [True, None]),
            ("documents", [[chance.choice(DOCUMENTS)["slug"]], None]),
            ("models", [[_slug(chance.choice(files.profiles()))], None]),
            ("authors", [[{"name": "Người viết", "organisation": words(chance)}], None]),
            ("source", [{"name": words(chance), "rights": "own"}, None]),
            ("status", ["published", "archived"]),
        )
    )
    if key == "status" and files.is_hidden(path):
        return None
    value = chance.choice(values)
    files.change(path, **{key: value})
    return f"{path}: {key} = {value}"


def profile_changed(files: ContentFiles, chance: random.Random) -> str | None:
    path = chance.choice(files.profiles())
    key, values = chance.choice(
        (
            ("summary", [f"Tóm tắt {words(chance, 5)}."]),
            ("field", [*FIELDS, None]),
            ("kind", ["collective", "individual", None]),
            ("level", ["province", "district", "commune", None]),
            ("tags", [chance.sample(TAGS, 2), None]),
            ("place", [words(chance), None]),
            ("organisation", [words(chance), "Hội Phụ nữ", None]),
            ("participants", [chance.randrange(9, 999), None]),
            ("special_areas", [["vung-cao"], ["vung-lu", "hai-dao"], None]),
            ("results", [[{"label": words(chance), "value": chance.randrange(2, 99)}], None]),
            ("lead", [{"name": "Bà Thử", "role": words(chance)}, None]),
        )
    )
    value = chance.choice(values)
    files.change(path, **{key: value})
    return f"{path}: {key} = {value}"


def date_changed(files: ContentFiles, chance: random.Random) -> str | None:
    """To another day of its year; the folder is the year's."""
    path = chance.choice(files.articles())
    if files.is_hidden(path):
        return None
    year = int(path.removeprefix(ARTICLES)[:4])
    day = date(year, 1, 2) + timedelta(days=chance.randrange(320))
    files.change(path, date=day, updated=None, corrections=None)
    return f"{path}: {day}"


def updated_or_corrected(files: ContentFiles, chance: random.Random) -> str | None:
    path = chance.choice(files.articles())
    if files.is_hidden(path):
        return None
    day = files.now.date()
    if chance.random() < 0.5:
        files.change(path, updated=day)
    else:
        files.change(path, corrections=[{"date": day, "note": f"Sửa {words(chance)}."}])
    return path


def hidden(files: ContentFiles, chance: random.Random) -> str | None:
    """A draft, or an article that waits a little; nothing leads to it then."""
    path = chance.choice([*files.articles(), *files.profiles()])
    files.unlink(path)
    if path.startswith(PROFILES):
        files.change(path, draft=True)
        return f"{path}: draft"
    keys = chance.choice(
        ({"status": "draft"}, {"status": "review"}, {"publish_at": _later(files, chance), "expires_at": None})
    )
    files.change(path, **keys)
    return f"{path}: {keys}"


def shown(files: ContentFiles, chance: random.Random) -> str | None:
    path = chance.choice([*files.articles(), *files.profiles()])
    keys, _ = files.record(path)
    if path.startswith(PROFILES):
        files.change(path, draft=None)
        return f"{path}: not a draft"
    files.change(
        path, publish_at=None, expires_at=None, status=None if keys.get("status") != "archived" else "archived"
    )
    return f"{path}: shown"


def expires(files: ContentFiles, chance: random.Random) -> str | None:
    path = chance.choice(files.articles())
    keys, _ = files.record(path)
    if "publish_at" in keys or files.is_hidden(path):
        return None
    files.change(path, expires_at=_later(files, chance))
    return f"{path}: expires"


def _later(files: ContentFiles, chance: random.Random) -> str:
    return (files.now + timedelta(minutes=chance.randrange(1, 4000))).strftime("%Y-%m-%dT%H:%M")


# --- files --------------------------------------------------------------------------


def moved(files: ContentFiles, chance: random.Random) -> str | None:
    """To another folder; with its old address as an alias or without."""
    path = chance.choice([*files.profiles(), *files.ordinary()])
    if path == "docs/index.md":
        return None
    name = path.rsplit("/", 1)[-1]
    if path.startswith(PROFILES):
        to = f"{PROFILES}{chance.choice(('', 'a/', 'b/', 'c/'))}{name}"
    else:
        to = f"docs/{chance.choice(('trang', 'muc', 'trang/sau'))}/{fresh_name(chance)}{chance.choice(('.md', '/index.md'))}"
    return None if to == path else _moved(files, path, to, chance)


def renamed(files: ContentFiles, chance: random.Random) -> str | None:
    path = chance.choice([*files.articles(), *files.profiles()])
    return _moved(files, path, f"{path.rsplit('/', 1)[0]}/{fresh_name(chance)}.md", chance)


def _moved(files: ContentFiles, path: str, to: str, chance: random.Random) -> str:
    files.move(path, to)
    keys, _ = files.record(to)
    aliases = [alias for alias in keys.get("aliases", []) if alias != address_of(to)]
    if chance.random() < 0.5:
        aliases.append(address_of(path))
    files.change(to, aliases=aliases or None)
    return f"{path} → {to}{' with an alias' if aliases else ''}"


def alias_changed(files: ContentFiles, chance: random.Random) -> str | None:
    path = chance.choice([*files.articles(), *files.profiles(), *files.ordinary()])
    forms = (f"/cu/{fresh_name(chance)}/", f"/cu/{fresh_name(chance)}.html", f"/{fresh_name(chance)}/sau/")
    aliases = chance.choice((None, [chance.choice(forms)]))
    files.change(path, aliases=aliases)
    return f"{path}: {aliases}"


def deleted(files: ContentFiles, chance: random.Random) -> str | None:
    kind = chance.choice((files.articles(), files.profiles(), files.ordinary()[1:]))
    if len(kind) < (_FEWEST if kind[0].startswith((ARTICLES, PROFILES)) else 4):
        return None
    path = chance.choice(kind)
    files.unlink(path)
    files.remove(path)
    return path


def created(files: ContentFiles, chance: random.Random) -> str | None:
    kind, name = chance.choice("apo"), fresh_name(chance)
    keys = {"title": f"Mới {words(chance)}", "summary": f"Tóm tắt {words(chance, 5)}."}
    if kind == "a":
        day = files.now.date() - timedelta(days=chance.randrange(300))
        path = f"{ARTICLES}{day.year}/{name}.md"
        keys |= {"date": day, "category": "tin", "tags": [chance.choice(TAGS)], "units": ["tinh-giu"]}
    elif kind == "p":
        path = f"{PROFILES}{chance.choice(('', 'a/'))}{name}.md"
        keys |= {"unit": "tinh-giu", "status": "reported", "field": chance.choice(FIELDS)}
    else:
        path = f"docs/trang/{name}.md"
    files.keep(path, keys, f"\n## Cách làm\n\nNội dung {words(chance, 9)}.\n")
    return path


def introduction(files: ContentFiles, chance: random.Random) -> str | None:
    path = chance.choice(
        ("docs/thong-ke/_intro.md", "docs/mo-hinh/_intro.md", "docs/dia-ban/tinh-giu/_intro.md", "docs/so-do/_intro.md")
    )
    if (files.root / path).exists() and chance.random() < 0.4:
        files.remove(path)
        return f"{path} removed"
    files.write(path, f"Lời giới thiệu {words(chance, 6)}.\n")
    return path


# --- pictures --------------------------------------------------------------------------


def picture_added(files: ContentFiles, chance: random.Random) -> str | None:
    path = f"docs/assets/{fresh_name(chance)}.png"
    files.write(path, picture(chance))
    return f"{path} in {_name_picture(files, path, chance)}"


def picture_named(files: ContentFiles, chance: random.Random) -> str | None:
    pictures = files.paths("docs/assets", ".png")
    return _name_picture(files, chance.choice(pictures), chance) if pictures else None


def _name_picture(files: ContentFiles, path: str, chance: random.Random) -> str:
    page = chance.choice([*files.articles(), *files.profiles(), *files.ordinary()])
    if chance.random() < 0.5:
        keys, _ = files.record(page)
        names = [image for image in keys.get("images", []) if image["file"] != path.removeprefix("docs/")]
        files.change(page, images=[{"file": path.removeprefix("docs/"), "alt": words(chance)}, *names])
    else:
        files.add_to_body(page, f"{_ADDED}![{words(chance)}]({files.link(page, path)})")
    return page


def picture_changed(files: ContentFiles, chance: random.Random) -> str | None:
    pictures = files.paths("docs/assets", ".png")
    if not pictures:
        return None
    path = chance.choice(pictures)
    files.write(path, picture(chance))
    return path


def picture_removed(files: ContentFiles, chance: random.Random) -> str | None:
    pictures = files.paths("docs/assets", ".png")
    if len(pictures) < 3:
        return None
    path = chance.choice(pictures)
    files.unlink(path)
    files.remove(path)
    return path


def picture_renamed(files: ContentFiles, chance: random.Random) -> str | None:
    pictures = files.paths("docs/assets", ".png")
    if not pictures:
        return None
    path, to = chance.choice(pictures), f"docs/assets/{chance.choice(('', 'trong/'))}{fresh_name(chance)}.png"
    files.rename_asset(path, to)
    return f"{path} → {to}"


def file_or_folder(files: ContentFiles, chance: random.Random) -> str | None:
    """What was a file of the site becomes a folder, or the other way round."""
    name = f"docs/assets/kho-{chance.randrange(2)}"
    inside = files.paths(name) if (files.root / name).is_dir() else []
    for path in inside or [name]:
        if (files.root / path).is_file():
            files.remove(path)
    files.write(name if inside else f"{name}/tep.txt", words(chance))
    return name


# --- faults --------------------------------------------------------------------------


def fault_in_content(files: ContentFiles, chance: random.Random) -> str | None:
    """One that the next build tells, and that `mended` takes away."""
    path = chance.choice(files.articles())
    where = chance.choice(("key", "link", "data", "template"))
    if where == "key":
        files.write(path, files.text(path).replace("---\n", f"---\n{FAULT}: sai\n", 1))
    elif where == "link":
        files.add_to_body(path, f"[{FAULT}](khong-co-{FAULT}.md)")
    elif where == "data":
        path = "data/fields.yml"
        files.write(path, files.text(path) + f"\n- {{slug: {FAULT}, ten: sai}}\n")
    else:
        path = "overrides/portal/article.html"
        files.write(path, files.text(path) + f"\n{{{{ khong.co.gi }}}}{{# {FAULT} #}}\n")
    return f"{path}: {where}"


def mended(files: ContentFiles) -> None:
    """Without the lines that are wrong on purpose."""
    for path in (*files.markdown(), *files.paths("data"), *files.paths("overrides", ".html")):
        text = files.text(path)
        if FAULT in text:
            files.write(path, "".join(line for line in text.splitlines(keepends=True) if FAULT not in line))


def _slug(path: str) -> str:
    return path.rsplit("/", 1)[-1].removesuffix(".md")


BODIES: tuple[Edit, ...] = (text_added, text_added, text_taken_out, heading_added, link_added)
WORDS: tuple[Edit, ...] = (text_added, text_taken_out, link_added)  # of these no frame has to be compared
FRONTS: tuple[Edit, ...] = (
    *(title_changed, title_changed, article_changed, article_changed, profile_changed, profile_changed),
    *(date_changed, updated_or_corrected, hidden, shown, shown, expires),
)
FILES: tuple[Edit, ...] = (moved, renamed, alias_changed, deleted, created, created, introduction)
PICTURES: tuple[Edit, ...] = (
    *(picture_added, picture_named, picture_changed, picture_changed, picture_removed, picture_renamed, file_or_folder),
)
FAULTS: tuple[Edit, ...] = (fault_in_content,)
