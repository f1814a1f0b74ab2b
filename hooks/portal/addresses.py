"""Every address of the site, and where a link written in a body leads."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from .markup import Resolution, Resolve
from .text import nearest, nfc

_OUTSIDE = ("http", "https", "mailto", "tel")


def relative(address: str, to: str) -> str:
    """The link from the page at `address` to a site path: a portal may live under any sub-path."""
    if to == address:
        return "./"
    path = posixpath.relpath(to, address)
    return path + "/" if to.endswith("/") else path


@dataclass(frozen=True)
class Addresses:
    """What a link can lead to: pages by source file and by address, files under docs/assets/."""

    by_source: Mapping[str, str]  # "docs/a.md" -> "/a/", of every authored file
    pages: frozenset[str]
    assets: frozenset[str]  # paths from docs/
    hidden: frozenset[str]  # of those, the files that aren't public now
    unsure: tuple[str, ...] = ()  # addresses under these may or may not be there: they count as there

    def has(self, address: str) -> bool:
        return address in self.pages or bool(self.unsure and address.startswith(self.unsure))

    def resolver(self, source: str, address: str) -> Resolve:
        """Resolves what is written in the file `source`, whose page stands at `address`."""

        def resolve(written: str, image: bool) -> Resolution:
            scheme, path, fragment = split_target(written)
            if scheme in _OUTSIDE and not image:
                return Resolution(href=written)
            if scheme in _OUTSIDE:
                return Resolution(
                    message=f"ảnh `{written}` nằm ở trang khác", hint="hãy tải ảnh về docs/assets/ và dẫn đường đến đó"
                )
            if scheme:
                return Resolution(
                    message=f"liên kết `{written}` không được phép",
                    hint="chỉ dùng https, http, mailto, tel hoặc đường dẫn trong trang",
                )
            if not path:
                return Resolution(href=f"#{fragment}", address=address, fragment=fragment)
            return self._inside(nfc(path), fragment, source, address, written, image)

        return resolve

    def _inside(self, path: str, fragment: str, source: str, address: str, written: str, image: bool) -> Resolution:
        if path.startswith("/"):
            return self._site_path(path, fragment, address, written, image)
        target = posixpath.normpath(posixpath.join(posixpath.dirname(source), path))
        asset = target.removeprefix("docs/")
        if target.startswith("docs/") and asset in self.assets:
            return Resolution(href=relative(address, "/" + asset))
        what = "ảnh" if image else "liên kết"
        if image:
            return Resolution(message=f"{what} `{written}` không có trong docs/", hint=self._near_asset(asset))
        page = self.by_source.get(target)
        if page is not None:
            return self._to(page, fragment, address)
        if target in self.hidden:
            return Resolution(
                message=f"{what} `{written}` dẫn đến bài chưa đăng", hint="hãy đăng bài đó hoặc bỏ liên kết"
            )
        near = nearest(target, self.by_source)
        if near:
            suggested = posixpath.relpath(near, posixpath.dirname(source))
            return Resolution(message=f"{what} `{written}` không dẫn đến tệp nào", hint=f"có phải `{suggested}`?")
        return Resolution(
            message=f"{what} `{written}` không dẫn đến tệp nào", hint="hãy viết đường dẫn đến tệp .md, tính từ tệp này"
        )

    def _site_path(self, path: str, fragment: str, address: str, written: str, image: bool) -> Resolution:
        if path.removeprefix("/") in self.assets:
            return Resolution(href=relative(address, path))
        if image:
            return Resolution(
                message=f"ảnh `{written}` không có trong docs/", hint=self._near_asset(path.removeprefix("/"))
            )
        if self.has(path):
            return self._to(path, fragment, address)
        slashed = path.rstrip("/") + "/"
        near = slashed if self.has(slashed) else nearest(path, self.pages)
        hint = f"có phải `{near}`?" if near else "hãy xem địa chỉ của trang trên cổng"
        return Resolution(message=f"liên kết `{written}` không dẫn đến trang nào", hint=hint)

    def _to(self, page: str, fragment: str, address: str) -> Resolution:
        href = relative(address, page) + (f"#{fragment}" if fragment else "")
        return Resolution(href=href, address=page, fragment=fragment)

    def _near_asset(self, path: str) -> str:
        near = near_file(path, self.assets)
        return f"có phải `/{near}`?" if near else "hãy thêm tệp vào docs/assets/"


def near_file(path: str, known: Iterable[str]) -> str | None:
    """The known file whose name is most like the last step of `path`, in the same folder if there is a choice."""
    by_name: dict[str, list[str]] = {}
    for candidate in known:
        by_name.setdefault(candidate.rsplit("/", 1)[-1], []).append(candidate)
    name = nearest(path.rsplit("/", 1)[-1], by_name, cutoff=0.7)
    if name is None:
        return None
    folder = path.rsplit("/", 1)[0]
    return min(by_name[name], key=lambda found: (not found.startswith(folder + "/"), found))


def split_target(written: str) -> tuple[str, str, str]:
    """(scheme, path, fragment) of what stands in a link; a scheme of "?" when it can't be read."""
    try:
        parts = urlsplit(written.strip())
    except ValueError:
        return "?", written, ""
    if parts.netloc and not parts.scheme:
        return "?", written, ""
    return parts.scheme.lower(), unquote(parts.path), unquote(parts.fragment)
