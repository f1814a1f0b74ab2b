"""Which address belongs to whom: clashes, reserved addresses, introductions, old addresses that redirect."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from . import pages as planned
from .addresses import Addresses
from .pages import Page
from .pages.page import ARTICLES, CATEGORIES, FIELDS, FORMER_UNITS, MODELS, RESERVED, UNITS
from .problems import Problem, in_order
from .reading import whole_file
from .registers import Registers
from .source import ARTICLES as ARTICLE_FOLDER
from .source import INTRO, ContentFile, Sources, address_of
from .source import PROFILES as PROFILE_FOLDER
from .text import nfc

# What a build writes beside the pages; the theme writes more into its two folders.
_OWN_FILES = ("404.html", "portal-manifest.json", "_redirects", "robots.txt", "llms.txt")
_SITEMAPS = ("sitemap.xml", "sitemap.xml.gz", *(f"sitemap-{number}.xml" for number in range(1, 21)))  # a million pages
INDEX = "index.html"  # of the folder that an address is
_THEME_FOLDERS = ("assets/", "stylesheets/")
_THEME_FILES = ("stylesheets/portal.css", "stylesheets/campaign.css")

_LATER_PAGE = re.compile(r".*/trang/\d+/?")
_FILE_NAME = re.compile(r".*\.(?:html?|php|aspx?|jsp)", re.IGNORECASE)
_RECORD_FOLDERS = (ARTICLE_FOLDER + "/", PROFILE_FOLDER + "/")


@dataclass(frozen=True, order=True)
class Redirect:
    """An old address and the page that now holds its content."""

    alias: str
    address: str


def authored(sources: Sources) -> tuple[ContentFile, ...]:
    return (*sources.articles, *sources.profiles, *sources.pages)


def addresses(
    sources: Sources, pages: tuple[Page, ...], possible: Iterable[str], registers: Registers, hidden: frozenset[str]
) -> Addresses:
    """What links may lead to: the pages there are now, and those there may be (`possible`) when what waits appears.

    While there are other problems no pages are planned: what could be there counts.
    """
    by_source = {file.path: file.address for file in (*authored(sources), *sources.faulty)}
    if pages:
        now = frozenset(page.address for page in pages)
        return Addresses(by_source, now | frozenset(possible), sources.assets, sources.pictures, hidden, now)
    known = {planned.HOME, ARTICLES, MODELS, UNITS, FIELDS, CATEGORIES, *by_source.values()}
    lists = ((UNITS, registers.units), (FIELDS, registers.fields), (CATEGORIES, registers.categories))
    known.update(f"{prefix}{slug}/" for prefix, register in lists for slug in register.slugs)
    unsure = (FORMER_UNITS, *(prefix for prefix in RESERVED if prefix not in (UNITS, FIELDS, CATEGORIES)))
    there = frozenset(known)
    return Addresses(by_source, there, sources.assets, sources.pictures, hidden, there, unsure)


def redirects(sources: Sources, hidden: frozenset[str]) -> tuple[Redirect, ...]:
    """The aliases of everything public."""
    public = (file for file in authored(sources) if file.path not in hidden)
    return tuple(sorted(Redirect(alias, file.address) for file in public for alias in file.gist.aliases))


def output_of(address: str) -> str:
    """The file an address is written to: "/a/b/" and "/a/b" are both a/b/index.html, "/a.html" is a.html."""
    path = address.lstrip("/")
    if _FILE_NAME.fullmatch(path):
        return path
    return f"{path.rstrip('/')}/{INDEX}".lstrip("/")


def output_asked_for(asked: str, site_url: str = "") -> str:
    """The file of the site that somebody means who names a page by its source in docs/, by its address (with the host of
    `site_url` or without) or by its file in site/. Whether there is such a file is not known here."""
    path = re.sub(r"[?#].*", "", asked.replace("\\", "/"))
    host = site_url.rstrip("/")
    if host and f"{path}/".startswith(f"{host}/"):
        return output_of(path.removeprefix(host))
    path = path.removeprefix("./")
    if path.startswith("docs/"):
        return output_of(address_of(path.removesuffix(INTRO).rstrip("/")))
    return output_of(path.removeprefix("site/").strip("/"))


# --- checks: the docstring is the rule ---------------------------------------


@dataclass
class _Held:
    """Files of the site and who holds them, by output; a file can't stand where a folder of another is needed."""

    files: dict[str, str] = field(default_factory=dict)
    folders: dict[str, str] = field(default_factory=dict)

    def holder(self, output: str) -> str | None:
        key = nfc(output).casefold()
        above = next((self.files[step] for step in _folders_of(key) if step in self.files), None)
        return self.files.get(key) or above or self.folders.get(key)

    def take(self, output: str, holder: str) -> None:
        key = nfc(output).casefold()
        self.files.setdefault(key, holder)
        for folder in _folders_of(key):
            self.folders.setdefault(folder, holder)


def _folders_of(key: str) -> Iterator[str]:
    steps = key.split("/")
    return ("/".join(steps[:end]) for end in range(1, len(steps)))


def check_outputs(sources: Sources, pages: Iterable[Page]) -> Iterator[Problem]:
    """No two pages, files or aliases need one file of the site, not even but for case or normal form; nor is one a
    file where another needs a folder. An alias leads from an address nothing else stands at."""
    held = _Held()
    for name in (*_OWN_FILES, *_SITEMAPS, *_THEME_FILES):
        held.take(name, _BY_PORTAL)
    for asset in sorted(sources.assets):
        held.take(asset, f"docs/{asset}")
    yield from _authored_clashes(sources, held)
    yield from _generated_clashes(sources, pages, held)
    yield from _alias_clashes(sources, held)


_BY_PORTAL = "một tệp do cổng tự tạo"
_GENERATED = "một trang do cổng tự tạo"


def _authored_clashes(sources: Sources, held: _Held) -> Iterator[Problem]:
    for file in sorted((*authored(sources), *sources.faulty), key=lambda file: file.path):
        output = output_of(file.address)
        holder = held.holder(output)
        if holder is None:
            held.take(output, file.path)
        elif holder.lower() != file.path.lower():  # names that differ by case alone are told where they are read
            yield whole_file(file.path, f"địa chỉ {file.address} đã thuộc về {holder}", "hãy đổi tên một tệp")


def _generated_clashes(sources: Sources, pages: Iterable[Page], held: _Held) -> Iterator[Problem]:
    own = {file.path for file in (*authored(sources), *sources.faulty)}
    for page in pages:
        if page.edit_path in own:
            continue
        holder = held.holder(output_of(page.address))
        if holder is None:
            held.take(output_of(page.address), f"{_GENERATED} từ {page.edit_path}")
        elif holder not in own:  # a file at a reserved address is told by check_reserved
            yield whole_file(page.edit_path, f"địa chỉ {page.address} đã thuộc về {holder}", "hãy đổi một mã")


def _alias_clashes(sources: Sources, held: _Held) -> Iterator[Problem]:
    for file in sorted((*authored(sources), *sources.faulty), key=lambda file: file.path):
        for index, alias in enumerate(file.gist.aliases):
            loc, output = ("aliases", index), output_of(alias)
            holder = held.holder(output)
            if holder is None and not _is_kept(alias):
                held.take(output, f"{_OLD}{file.path}")
            elif holder is None:
                yield file.problem(loc, f"`{alias}` nằm trong phần địa chỉ của cổng", "hãy bỏ địa chỉ này")
            elif holder == f"{_OLD}{file.path}":
                yield file.problem(loc, f"`{alias}` lặp lại", "hãy giữ một lần")
            elif holder.startswith(_OLD):
                yield file.problem(loc, f"`{alias}` cũng là {holder}", "hãy bỏ ở một tệp")
            else:
                yield file.problem(loc, f"`{alias}` là địa chỉ của {holder}", "hãy bỏ địa chỉ này")


_OLD = "địa chỉ cũ của "


def _is_kept(alias: str) -> bool:
    """Whether the portal or its theme may put something there, today or when more is published."""
    return (
        alias.startswith(RESERVED) or alias.lstrip("/").startswith(_THEME_FOLDERS) or bool(_LATER_PAGE.fullmatch(alias))
    )


def check_reserved(sources: Sources) -> Iterator[Problem]:
    """Nothing authored stands at an address of a generated page; its introduction is `_intro.md`."""
    for page in (*sources.pages, *(file for file in sources.faulty if not file.path.startswith(_RECORD_FOLDERS))):
        if page.address in (ARTICLES, MODELS) or page.address.startswith(RESERVED):
            hint = f"hãy đổi tên; lời giới thiệu của trang đó viết ở docs{page.address}_intro.md"
            yield whole_file(page.path, f"địa chỉ {page.address} do cổng tự tạo", hint)


def check_intros(sources: Sources, known: Addresses) -> Iterator[Problem]:
    """An introduction belongs to a generated page that there is, or will be when what waits appears."""
    own = {file.address for file in authored(sources)}
    for intro in sources.intros:
        if not known.has(intro.address) or intro.address in own:
            message = f"không có trang tự tạo nào ở {intro.address}"
            yield whole_file(intro.path, message, "hãy đặt _intro.md trong thư mục của một trang tự tạo")


def check_routes(sources: Sources, pages: tuple[Page, ...], known: Addresses) -> tuple[Problem, ...]:
    """All of the above."""
    return in_order([*check_outputs(sources, pages), *check_reserved(sources), *check_intros(sources, known)])
