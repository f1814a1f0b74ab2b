"""Which address belongs to whom: clashes, reserved addresses, introductions, old addresses that redirect."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from . import pages as planned
from .addresses import Addresses
from .pages import Page
from .pages.page import ARTICLES, CATEGORIES, FIELDS, MODELS, RESERVED, UNITS
from .problems import Problem, in_order
from .reading import whole_file
from .registers import Registers
from .source import ARTICLES as ARTICLE_FOLDER
from .source import PROFILES as PROFILE_FOLDER
from .source import ContentFile, Sources
from .text import nfc

# Files that a build writes beside the pages.
_OWN_FILES = ("/404.html", "/sitemap.xml", "/sitemap.xml.gz", "/portal-manifest.json", "/_redirects")


_OWN_FOLDERS_OF_FILES = ("/assets/", "/stylesheets/")
_OWN_FOLDERS = (ARTICLE_FOLDER + "/", PROFILE_FOLDER + "/")


@dataclass(frozen=True, order=True)
class Redirect:
    """An old address and the page that now holds its content."""

    alias: str
    address: str


def authored(sources: Sources) -> tuple[ContentFile, ...]:
    return (*sources.articles, *sources.profiles, *sources.pages)


def addresses(sources: Sources, pages: tuple[Page, ...], registers: Registers, hidden: frozenset[str]) -> Addresses:
    """What links may lead to. While there are other problems the pages aren't planned: what could be there counts."""
    by_source = {file.path: file.address for file in (*authored(sources), *sources.faulty)}
    if pages:
        return Addresses(by_source, frozenset(page.address for page in pages), sources.assets, hidden)
    known = {planned.HOME, ARTICLES, MODELS, UNITS, FIELDS, CATEGORIES, *by_source.values()}
    lists = ((UNITS, registers.units), (FIELDS, registers.fields), (CATEGORIES, registers.categories))
    known.update(f"{prefix}{slug}/" for prefix, register in lists for slug in register.slugs)
    unsure = tuple(prefix for prefix in RESERVED if prefix not in (UNITS, FIELDS, CATEGORIES))
    return Addresses(by_source, frozenset(known), sources.assets, hidden, unsure)


def redirects(sources: Sources, hidden: frozenset[str]) -> tuple[Redirect, ...]:
    """The aliases of everything public."""
    public = (file for file in authored(sources) if file.path not in hidden)
    return tuple(sorted(Redirect(alias, file.address) for file in public for alias in file.record.aliases))


def output_of(alias: str) -> str:
    """The file a redirect is written to: "/a/b/" and "/a/b" are both a/b/index.html."""
    path = alias.strip("/")
    return path if "." in path.rsplit("/", 1)[-1] else f"{path}/index.html"


# --- checks: the docstring is the rule ---------------------------------------


def check_clashes(sources: Sources, pages: Iterable[Page]) -> Iterator[Problem]:
    """No two pages stand at one address, not even but for case or normal form."""
    own = sorted((*authored(sources), *sources.faulty), key=lambda file: file.path)
    seen: dict[str, str] = {}
    for file in own:
        first = seen.setdefault(_same(file.address), file.path)
        if first.lower() != file.path.lower():  # names that differ by case alone are told where they are read
            yield whole_file(file.path, f"địa chỉ {file.address} đã thuộc về {first}", "hãy đổi tên một tệp")
    paths = {file.path for file in own}
    for page in pages:
        first = seen.get(_same(page.address)) if page.edit_path not in paths else None
        if first in paths:
            continue  # a file at a reserved address is told by check_reserved
        if first:
            message = f"địa chỉ {page.address} đã thuộc về {first}"
            yield whole_file(page.edit_path, message, "hãy đổi một mã")
        seen.setdefault(_same(page.address), page.edit_path)


def check_reserved(sources: Sources) -> Iterator[Problem]:
    """Nothing authored stands at an address of a generated page; its introduction is `_intro.md`."""
    for page in (*sources.pages, *(file for file in sources.faulty if not file.path.startswith(_OWN_FOLDERS))):
        if page.address in (ARTICLES, MODELS) or page.address.startswith(RESERVED):
            hint = f"hãy đổi tên; lời giới thiệu của trang đó viết ở docs{page.address}_intro.md"
            yield whole_file(page.path, f"địa chỉ {page.address} do cổng tự tạo", hint)


def check_intros(sources: Sources, known: Addresses) -> Iterator[Problem]:
    """An introduction belongs to a generated page."""
    own = {file.address for file in authored(sources)}
    for intro in sources.intros:
        if not known.has(intro.address) or intro.address in own:
            message = f"không có trang tự tạo nào ở {intro.address}"
            yield whole_file(intro.path, message, "hãy đặt _intro.md trong thư mục của một trang tự tạo")


def check_aliases(sources: Sources, pages: tuple[Page, ...]) -> Iterator[Problem]:
    """An alias leads from an address nothing else stands at: no page, file, or other alias."""
    taken = {_same(page.address): "là địa chỉ của một trang do cổng tự tạo" for page in pages}
    taken.update({_same(file.address): f"là địa chỉ của {file.path}" for file in authored(sources)})
    taken.update({_same(f"/{asset}"): f"là địa chỉ của tệp docs/{asset}" for asset in sources.assets})
    taken.update({_same(file): "là địa chỉ của một tệp do cổng tự tạo" for file in _OWN_FILES})
    aliases: dict[str, str] = {}
    ordered = sorted(authored(sources), key=lambda file: file.path)
    for file in ordered:
        for alias in file.record.aliases:
            aliases.setdefault(_same(alias), file.path)
    for file in ordered:
        for index, alias in enumerate(file.record.aliases):
            loc, key = ("aliases", index), _same(alias)
            first = aliases[key]
            above = next((step for step in _steps_above(key) if step in taken or step in aliases), None)
            if key in taken:
                yield file.problem(loc, f"`{alias}` {taken[key]}", "hãy bỏ địa chỉ này")
            elif above:
                held = taken.get(above) or f"là địa chỉ cũ của {aliases[above]}"
                yield file.problem(loc, f"`{alias}` nằm dưới `{above}`, mà đó {held}", "hãy bỏ địa chỉ này")
            elif key.startswith(_OWN_FOLDERS_OF_FILES):
                yield file.problem(loc, f"`{alias}` nằm trong thư mục tệp của cổng", "hãy bỏ địa chỉ này")
            elif first != file.path:
                yield file.problem(loc, f"`{alias}` cũng là địa chỉ cũ của {first}", "hãy bỏ ở một tệp")
            elif key in (_same(other) for other in file.record.aliases[:index]):
                yield file.problem(loc, f"`{alias}` lặp lại", "hãy giữ một lần")


def check_routes(sources: Sources, pages: tuple[Page, ...], known: Addresses) -> tuple[Problem, ...]:
    """All of the above."""
    found = [
        *check_clashes(sources, pages),
        *check_reserved(sources),
        *check_intros(sources, known),
        *check_aliases(sources, pages),
    ]
    return in_order(found)


def _steps_above(key: str) -> Iterator[str]:
    """The steps on the way to an address that would have to be files: "/a.html/b/" needs "/a.html" to be a folder."""
    steps = key.strip("/").split("/")
    for end in range(1, len(steps)):
        if "." in steps[end - 1]:
            yield "/" + "/".join(steps[:end])


def _same(address: str) -> str:
    """Addresses with one key would be one file on some system."""
    path = nfc(address).casefold().removesuffix("index.html")
    return path if "." in path.rsplit("/", 1)[-1] else path.rstrip("/") + "/"
