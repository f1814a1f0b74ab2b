"""Every address of the site, and where a link written in a body leads."""

from __future__ import annotations

import posixpath
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import unquote, urlsplit

from pydantic_core import PydanticCustomError

from .fingerprint import digest
from .markup import Resolution, Resolve
from .picture_markup import PictureFiles
from .pictures import Pictures, name_of
from .schema.values import web_address
from .text import nearest_path, nfc

_OUTSIDE = ("http", "https", "mailto", "tel")


Ways = tuple[tuple[str, str], ...]  # of a page: each folder it lies in, its own first, and the way there


def ways_from(address: str) -> Ways:
    """The ways up from the page at `address`, for `along`."""
    folders = address.split("/")[:-1]
    return tuple(("/".join(folders[:end]) + "/", "../" * (len(folders) - end)) for end in range(len(folders), 0, -1))


def along(ways: Ways, to: str) -> str:
    """The link from a page to a site path: up to the first folder that holds both, then down."""
    for folder, up in ways:
        if to.startswith(folder):
            return up + to[len(folder) :] or "./"
    return to


def relative(address: str, to: str) -> str:
    """The link from the page at `address` to a site path: a portal may live under any sub-path."""
    return along(ways_from(address), to)


@dataclass(frozen=True)
class _Link:
    """A link of one file: who writes it, from which page, what is written, and its parts."""

    source: str
    address: str
    written: str
    path: str
    fragment: str
    image: bool

    def wrong(self, says: str, hint: str) -> Resolution:
        what = "ảnh" if self.image else "liên kết"
        return Resolution(message=f"{what} `{self.written}` {says}", hint=hint)


@dataclass(frozen=True)
class Addresses:
    """What a link can lead to: pages by source file and by address, files under docs/assets/."""

    by_source: Mapping[str, str]  # "docs/a.md" -> "/a/", of every authored file
    pages: frozenset[str]  # every page there is or will be
    assets: frozenset[str]  # paths from docs/
    pictures: Pictures  # those of them that are pictures
    hidden: frozenset[str]  # of the authored files, those that aren't public now
    now: frozenset[str]  # the pages there are at this moment
    unsure: tuple[str, ...] = ()  # addresses under these may or may not be there: they count as there

    @cached_property
    def name(self) -> str:
        """Of all that where a link leads depends on."""
        known = (sorted(self.by_source.items()), self.pages, self.assets, self.hidden, self.now, self.unsure)
        return digest(*(repr(sorted(one)) for one in known), name_of(self.pictures))

    def has(self, address: str) -> bool:
        return address in self.pages or self._is_unsure(address)

    def _is_unsure(self, address: str) -> bool:
        return bool(self.unsure) and address.startswith(self.unsure)

    def resolver(self, source: str, address: str) -> Resolve:
        """Resolves what is written in the file `source`, whose page stands at `address`."""

        def resolve(written: str, image: bool) -> Resolution:
            scheme, path, fragment = split_target(written)
            link = _Link(source, address, written, nfc(path), fragment, image)
            if scheme:
                return _picture_elsewhere(link, scheme) if image else _outside(link, scheme)
            if not written.strip():
                return Resolution(message="liên kết trống", hint="hãy viết địa chỉ trong dấu ngoặc tròn")
            if not path and fragment and not image:
                return Resolution(href=f"#{fragment}", address=address, fragment=fragment)
            if not path:
                return link.wrong("không dẫn đến đâu", "hãy viết đường dẫn đến tệp .md, tính từ tệp này")
            return self._site_path(link) if link.path.startswith("/") else self._file(link)

        return resolve

    def _file(self, link: _Link) -> Resolution:
        folder = posixpath.dirname(link.source)
        target = posixpath.normpath(posixpath.join(folder, link.path))
        asset = target.removeprefix("docs/")
        if target.startswith("docs/") and asset in self.assets:
            return self._asset(link, asset)
        if link.image:
            return link.wrong("không có trong docs/", self._near_asset(asset))
        page = self.by_source.get(target)
        if page is not None:
            return self._page(link, page)
        near = nearest_path(target, (path for path in self.by_source if path != link.source))
        hint = (
            f"có phải `{posixpath.relpath(near, folder)}`?"
            if near
            else "hãy viết đường dẫn đến tệp .md, tính từ tệp này"
        )
        return link.wrong("không dẫn đến tệp nào", hint)

    def _site_path(self, link: _Link) -> Resolution:
        path = link.path
        if path.removeprefix("/") in self.assets:
            return self._asset(link, path.removeprefix("/"))
        if link.image:
            return link.wrong("không có trong docs/", self._near_asset(path.removeprefix("/")))
        if self.has(path) or path in self._hidden_addresses:
            return self._page(link, path)
        slashed = path.rstrip("/") + "/"
        near = (
            slashed if self.has(slashed) else nearest_path(path.rstrip("/"), (page.rstrip("/") for page in self.pages))
        )
        hint = f"có phải `{near.rstrip('/')}/`?" if near else "hãy xem địa chỉ của trang trên cổng"
        return link.wrong("không dẫn đến trang nào", hint)

    def _asset(self, link: _Link, path: str) -> Resolution:
        href, picture = relative(link.address, "/" + path), self.pictures.get(path)
        if picture and picture.message:
            return link.wrong(picture.message, picture.hint)._replace(asset=path)
        if picture is None or not link.image:
            return Resolution(href=href, asset=path)
        stem = relative(link.address, picture.stem(path))
        return Resolution(
            href=href, asset=path, files=PictureFiles(stem, picture.widths, picture.width, picture.height)
        )

    def _page(self, link: _Link, page: str) -> Resolution:
        """A public text may lead only to what is public; one that waits may lead to another that waits."""
        if page in self._hidden_addresses and link.source not in self.hidden:
            return link.wrong("dẫn đến bài chưa đăng", "hãy đăng bài đó hoặc bỏ liên kết")
        if page in self.now or link.source in self.hidden or self._is_unsure(page):
            href = relative(link.address, page) + (f"#{link.fragment}" if link.fragment else "")
            return Resolution(href=href, address=page, fragment=link.fragment)
        # A list with no public member now: the words stay, and lead there again when there is one.
        return Resolution()

    @cached_property
    def _hidden_addresses(self) -> frozenset[str]:
        return frozenset(self.by_source[path] for path in self.hidden if path in self.by_source)

    def _near_asset(self, path: str) -> str:
        near = nearest_path(path, self.assets)
        return f"có phải `/{near}`?" if near else "hãy thêm tệp vào docs/assets/"


def _picture_elsewhere(link: _Link, scheme: str) -> Resolution:
    hint = "hãy tải ảnh về docs/assets/ và dẫn đường đến đó"
    return link.wrong("nằm ở trang khác" if scheme in _OUTSIDE else "không được phép", hint)


def _outside(link: _Link, scheme: str) -> Resolution:
    if scheme not in _OUTSIDE:
        return link.wrong("không được phép", "chỉ dùng https, http, mailto, tel hoặc đường dẫn trong trang")
    if scheme in ("http", "https"):
        try:
            web_address(link.written)
        except PydanticCustomError as error:
            return link.wrong("không phải là địa chỉ web", (error.context or {})["hint"])
    return Resolution(href=link.written)


def split_target(written: str) -> tuple[str, str, str]:
    """(scheme, path, fragment) of what stands in a link; a scheme of "?" when it can't be read."""
    try:
        parts = urlsplit(written.strip())
    except ValueError:
        return "?", written, ""
    if parts.netloc and not parts.scheme:
        return "?", written, ""
    return parts.scheme.lower(), unquote(parts.path), unquote(parts.fragment)
