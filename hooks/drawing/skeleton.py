"""What all pages share: their frames, and the theme's own files. Made by MkDocs when mkdocs.yml, the templates or the
campaign change, else taken from the cache."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from pathlib import Path

from portal.fingerprint import Fingerprints, digest
from portal.pages import Page, size_of
from portal.site import Site

from .cache import Cache
from .content import TEMPLATES, Contents
from .frames import Kinds
from .material import Order, drawn_by_mkdocs
from .slots import Slotted

_SKELETON, _FILE = "skeleton", "theme file"


@dataclass
class Skeleton:
    """`files` are the contents' names by path; `frames` by kind of page, None for a kind without one; `compared` says
    by kind which pages showed that the frame is right: address and look of each."""

    key: str
    files: dict[str, str]
    frames: dict[str, Slotted | None]
    compared: dict[str, list[list[str]]]

    def is_sure(self, kind: str, page: Page) -> bool:
        """Whether the frame of a kind, or that it has none, is known to be right for a page: for one page it is when
        that was compared, for all others when two were and one of them looks alike."""
        if kind not in self.frames:
            return False
        pages = self.compared.get(kind, [])
        known = {address for address, _ in pages}
        is_shared = len(known) > 1 and _look(page) in (look for _, look in pages)
        return self.frames[kind] is None or page.address in known or is_shared

    def joined(self, made: Skeleton) -> Skeleton:
        """With what was made later; a kind that has another frame now has none that fits all its pages."""
        frames = self.frames | made.frames
        frames |= {k: None for k in self.frames.keys() & made.frames.keys() if self.frames[k] != made.frames[k]}
        compared = {k: self.compared.get(k, []) + made.compared.get(k, []) for k in frames}
        return Skeleton(self.key, made.files, frames, compared)


class Skeletons:
    """Finds or makes the skeleton of a site."""

    def __init__(self, root: Path, site: Site, contents: Contents, cache: Cache) -> None:
        self.root = root
        self.site = site
        self.contents = contents
        self.cache = cache
        self.kinds = Kinds.of(site)
        self._read: dict[str, bytes] = {}

    def key(self) -> str:
        """Names everything a frame is made from."""
        own = {f"{TEMPLATES}/{name}" for name in self.contents.own_templates()}
        around = (self.site.campaign, self.site.beside.navigation, self.site.beside.footer, self.contents.site_url)
        files = (part for path, data in looks(self.root) if path not in own for part in (path, data))
        return digest(Fingerprints().of(around), *files)

    def known(self, pages: Iterable[Page]) -> Skeleton | None:
        """The one that is kept, if it has a frame that is sure for the kind of each page."""
        found = self._kept(self.key())
        if found is None:
            return None
        kinds = [(self.kinds.of_page(page), page) for page in pages]
        is_enough = all(found.is_sure(kind, page) and found.frames[kind] is not None for kind, page in kinds)
        return found if is_enough else None

    def for_pages(
        self, pages: Iterable[Page], *, strict: bool, meanwhile: Callable[[], AbstractContextManager] = nullcontext
    ) -> Skeleton:
        """With a frame for the kind of each page, or None where it can't have one. MkDocs takes a second or two, in
        which other things may be done `meanwhile`."""
        key = self.key()
        found, all_pages = self._kept(key), tuple(pages)
        samples = self._samples(all_pages, found) if found else ()
        if found and not samples:
            return found
        found = found or Skeleton(key, {}, {}, {})
        with meanwhile():
            samples = samples or self._samples(all_pages, found)
            made = found.joined(self._made(key, samples, strict=strict))
        self._keep(made)
        return made

    def _samples(self, pages: tuple[Page, ...], known: Skeleton) -> tuple[Page, ...]:
        """Of each kind that has to be looked at, one page of each look (one with a character that HTML writes in
        another way, if there is one; else a small one), and two at least if it has two."""
        best: dict[tuple[str, str], Page] = {}
        others: dict[str, Page] = {}
        for page in pages:
            kind = self.kinds.of_page(page)
            if known.is_sure(kind, page):
                continue
            place = (kind, _look(page))
            chosen = min(best.get(place, page), page, key=_rank)
            rest = [one for one in (best.get(place), page, others.get(kind)) if one is not None and one is not chosen]
            best[place] = chosen
            if rest:
                others[kind] = min(rest, key=_rank)
        return tuple({page.address: page for page in (*best.values(), *others.values())}.values())

    def _made(self, key: str, samples: tuple[Page, ...], *, strict: bool) -> Skeleton:
        from .framing import Framing  # noqa: PLC0415 - it brings MkDocs

        framing = Framing(self.kinds)
        drawn = drawn_by_mkdocs(self.root, Order(self.site, self.contents, samples, framing), strict=strict)
        names = {path: digest(data) for path, data in drawn.beside.items()}
        self._read.update({names[path]: data for path, data in drawn.beside.items()})
        compared: dict[str, list[list[str]]] = {}
        for page in samples:
            compared.setdefault(self.kinds.of_page(page), []).append([page.address, _look(page)])
        frames = {kind: framing.frames.get(kind) for kind in compared}
        return Skeleton(key, names, frames, compared)

    def file(self, name: str) -> bytes:
        """The content of a theme's file."""
        data = self._read[name] if name in self._read else self.cache.one(_FILE, name)
        if data is None:  # lost since the skeleton was read
            self._made(self.key(), (), strict=False)
            data = self._read[name]
        return data

    def _kept(self, key: str) -> Skeleton | None:
        data = self.cache.one(_SKELETON, key)
        if data is None:
            return None
        files, frames, compared = json.loads(data)
        known = {kind: None if parts is None else Slotted(tuple(parts)) for kind, parts in frames.items()}
        is_whole = self.cache.has(_FILE, files.values()) >= set(files.values())
        return Skeleton(key, files, known, compared) if is_whole else None

    def _keep(self, made: Skeleton) -> None:
        frames = {kind: frame and frame.parts for kind, frame in made.frames.items()}
        self.cache.keep(_FILE, {name: self._read[name] for name in made.files.values() if name in self._read})
        self.cache.keep(_SKELETON, {made.key: json.dumps((made.files, frames, made.compared)).encode()})


def _look(page: Page) -> str:
    """What a frame may have to do with beside the kind of a page, as far as few values tell it."""
    return f"{page.template} {page.body.has_toc} {bool(page.updated)}"


def _rank(page: Page) -> tuple[bool, int]:
    is_plain = not any(character in page.title + page.summary for character in "&<>\"'")
    return (is_plain, size_of(page))


def looks(root: Path) -> Iterator[tuple[str, bytes]]:
    """The files that say what pages look like, by path: templates, styles, pictures of the theme, its configuration.
    Raises OSError."""
    own = sorted(file.relative_to(root).as_posix() for file in _files_in(root / TEMPLATES))
    return ((path, _bytes(root / path)) for path in ("mkdocs.yml", *own))


def _files_in(folder: Path, above: frozenset[tuple[int, int]] = frozenset()) -> Iterator[Path]:
    """The files in a folder, those behind links too, but for links that lead back to a folder `above`."""
    status = folder.stat()
    own = (status.st_dev, status.st_ino)
    for path in folder.iterdir() if own not in above else ():
        if path.is_dir():
            yield from _files_in(path, above | {own})
        elif path.is_file():
            yield path


def _bytes(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except FileNotFoundError:
        return b""
