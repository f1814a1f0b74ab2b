"""What all pages share: their frames, and the theme's own files. Made by MkDocs when mkdocs.yml, the templates or the
campaign change, else taken from the cache."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from portal.fingerprint import Fingerprints, digest
from portal.pages import Page
from portal.site import Site

from .cache import Cache
from .content import TEMPLATES, Contents
from .frames import Frame, Kinds
from .material import Order, drawn_by_mkdocs

_SKELETON, _FILE = "skeleton", "theme file"


@dataclass
class Skeleton:
    """`files` are the contents' names by path; `frames` by kind of page, None for a kind without one."""

    key: str
    files: dict[str, str]
    frames: dict[str, Frame | None]


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
        files = [path for path in _files(self.root / TEMPLATES, self.root) if path not in own]
        said = Fingerprints().of((self.site.campaign, self.site.navigation, self.site.footer, self.contents.site_url))
        return digest(said, *(part for path in ("mkdocs.yml", *files) for part in (path, _bytes(self.root / path))))

    def for_pages(self, pages: Iterable[Page], *, strict: bool) -> Skeleton:
        """With a frame for the kind of each page, or None where it can't have one."""
        key = self.key()
        found = self._kept(key)
        samples = self._samples(
            page for page in pages if self.kinds.of_page(page) not in (found.frames if found else ())
        )
        if found and not samples:
            return found
        made = self._made(key, samples, strict=strict)
        if found:
            made.frames = found.frames | made.frames
        self._keep(made)
        return made

    def _samples(self, pages: Iterable[Page]) -> tuple[Page, ...]:
        """One page of each kind; if there is one, with a character that HTML writes in another way."""
        found: dict[str, Page] = {}
        for page in pages:
            kind = self.kinds.of_page(page)
            if kind not in found or (_is_special(page) and not _is_special(found[kind])):
                found[kind] = page
        return tuple(found.values())

    def _made(self, key: str, samples: tuple[Page, ...], *, strict: bool) -> Skeleton:
        from .framing import Framing  # noqa: PLC0415 - it brings MkDocs

        framing = Framing(self.kinds)
        drawn = drawn_by_mkdocs(self.root, Order(self.site, self.contents, samples, framing), strict=strict)
        names = {path: digest(data) for path, data in drawn.beside.items()}
        self._read.update({names[path]: data for path, data in drawn.beside.items()})
        return Skeleton(key, names, {**framing.frames, **dict.fromkeys(framing.unlike)})

    def file(self, name: str) -> bytes:
        """The content of a theme's file."""
        data = self._read.get(name) or self.cache.one(_FILE, name)
        if data is None:  # lost since the skeleton was read
            made = self._made(self.key(), (), strict=False)
            self._keep(made)
            data = self._read[name]
        return data

    def _kept(self, key: str) -> Skeleton | None:
        data = self.cache.one(_SKELETON, key)
        if data is None:
            return None
        files, frames = json.loads(data)
        known = {kind: None if parts is None else Frame(tuple(parts)) for kind, parts in frames.items()}
        return Skeleton(key, files, known) if self.cache.has(_FILE, files.values()) >= set(files.values()) else None

    def _keep(self, made: Skeleton) -> None:
        frames = {kind: frame and frame.parts for kind, frame in made.frames.items()}
        self.cache.keep(_FILE, {name: self._read[name] for name in made.files.values() if name in self._read})
        self.cache.keep(_SKELETON, {made.key: json.dumps((made.files, frames)).encode()})


def _is_special(page: Page) -> bool:
    return any(character in page.title + page.summary for character in "&<>\"'")


def _files(folder: Path, root: Path) -> list[str]:
    return sorted(file.relative_to(root).as_posix() for file in folder.rglob("*") if file.is_file())


def _bytes(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except FileNotFoundError:
        return b""
