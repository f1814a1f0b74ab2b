"""The content of a portal as an editor has it on disk: found, read, changed, with what leads to what.

Everything is read from the files each time, so an edit is a function of the files and of chance alone. No file is
written into: a snapshot may hold it under another name.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import yaml

ARTICLES, PROFILES, ASSETS = "docs/tin-tuc/", "docs/mo-hinh/", "docs/assets/"
FAULT = "loi-thu"  # stands in every line that is wrong on purpose

_LINK = re.compile(r"(!?)\[([^\]]*)\]\(([^)#\s]+)(#[^)]*)?\)")
_HIDDEN_STATUS = {"draft", "review", "proposed", "rejected"}


@dataclass(frozen=True)
class ContentFiles:
    """The files under `root`; `now` is the moment they are looked at."""

    root: Path
    now: datetime

    # --- files --------------------------------------------------------------

    def text(self, path: str) -> str:
        return (self.root / path).read_text(encoding="utf-8")

    def write(self, path: str, data: str | bytes) -> None:
        """A new file of that name, whatever was there."""
        file = self.root / path
        file.unlink(missing_ok=True)
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data.encode() if isinstance(data, str) else data)

    def remove(self, path: str) -> None:
        """And the folders that are empty then."""
        file = self.root / path
        file.unlink()
        for folder in file.parents:
            if folder == self.root / "docs" or any(folder.iterdir()):
                return
            folder.rmdir()

    def paths(self, within: str, ending: str = "") -> list[str]:
        found = (path for path in (self.root / within).rglob("*") if path.is_file())
        return sorted(path.relative_to(self.root).as_posix() for path in found if path.name.endswith(ending))

    def markdown(self) -> list[str]:
        return self.paths("docs", ".md")

    def intros(self) -> list[str]:
        return [path for path in self.markdown() if path.endswith("/_intro.md")]

    def articles(self) -> list[str]:
        return [path for path in self._records() if path.startswith(ARTICLES)]

    def profiles(self) -> list[str]:
        return [path for path in self._records() if path.startswith(PROFILES)]

    def ordinary(self) -> list[str]:
        return [path for path in self._records() if not path.startswith((ARTICLES, PROFILES))]

    def _records(self) -> list[str]:
        return [path for path in self.markdown() if not path.endswith("/_intro.md")]

    # --- what they hold -------------------------------------------------------

    def record(self, path: str) -> tuple[dict[str, Any], str]:
        """The front matter, and the body as it is."""
        _, front, body = self.text(path).split("---\n", 2)
        return yaml.load(front, yaml.CSafeLoader), body

    def keep(self, path: str, keys: dict[str, Any], body: str) -> None:
        front = yaml.dump(keys, Dumper=yaml.CSafeDumper, allow_unicode=True, sort_keys=False)
        self.write(path, f"---\n{front}---\n{body}")

    def change(self, path: str, **keys: Any) -> None:
        """Set keys of the front matter; None removes one."""
        known, body = self.record(path)
        known = {key: value for key, value in (known | keys).items() if value is not None}
        self.keep(path, known, body)

    def add_to_body(self, path: str, text: str) -> None:
        self.write(path, f"{self.text(path).rstrip()}\n\n{text}\n")

    def data(self, name: str) -> Any:
        return yaml.load(self.text(f"data/{name}.yml"), yaml.CSafeLoader)

    def keep_data(self, name: str, content: Any) -> None:
        text = yaml.dump(content, Dumper=yaml.CSafeDumper, allow_unicode=True, sort_keys=False)
        self.write(f"data/{name}.yml", text)

    def is_hidden(self, path: str) -> bool:
        """Whether no reader may see it yet; what is written to the minute counts by its text."""
        keys, _ = self.record(path)
        if keys.get("draft") or keys.get("status") in _HIDDEN_STATUS:
            return True
        now = self.now.strftime("%Y-%m-%dT%H:%M")
        return any(str(keys.get(key, "")).replace(" ", "T")[:16] > now for key in ("publish_at", "date"))

    # --- who leads where --------------------------------------------------------

    def link(self, source: str, target: str) -> str:
        """As it is written in `source` to lead to another file."""
        return posixpath.relpath(target, posixpath.dirname(source))

    def unlink(self, target: str) -> None:
        """Nothing leads to a file any more: of links their words stay, front matter no longer names it."""
        slug, asset = posixpath.basename(target).removesuffix(".md"), target.removeprefix("docs/")
        for path in self.markdown():
            text = self.text(path)
            if not any(named in text for named in (slug, asset, address_of(target))):
                continue
            changed = self._with_links(path, text, target, None)
            if changed != text:
                self.write(path, changed)
            if path.endswith("/_intro.md"):
                continue
            keys, body = self.record(path)
            left = dict(_without(keys, slug, asset))
            if left != keys:
                self.keep(path, left, body)

    def move(self, path: str, to: str) -> None:
        """With every link to it and from it, and every list that names its slug."""
        text = self._with_links(path, self.text(path), path, to, source=to)
        self.remove(path)
        self.write(to, text)
        slug, new = (posixpath.basename(name).removesuffix(".md") for name in (path, to))
        for other in self.markdown():
            text = self.text(other)
            changed = self._with_links(other, text, path, to)
            if path.startswith(PROFILES) and not other.endswith("/_intro.md"):
                _, front, body = changed.split("---\n", 2)
                front = re.sub(rf"(?<![/\w-]){slug}(?![\w-])", new, front)
                changed = f"---\n{front}---\n{body}"
            if changed != text:
                self.write(other, changed)

    def rename_asset(self, path: str, to: str) -> None:
        self.write(to, (self.root / path).read_bytes())
        self.remove(path)
        for other in self.markdown():
            text = self.text(other)
            changed = text.replace(path.removeprefix("docs/"), to.removeprefix("docs/"))
            if changed != text:
                self.write(other, changed)

    def _with_links(self, path: str, text: str, target: str, to: str | None, *, source: str = "") -> str:
        """The text of a file with the links to `target` led to another file (None: their words alone); `source` is
        where the file itself will lie, when elsewhere."""

        def rewritten(match: re.Match[str]) -> str:
            picture, words, written, fragment = match.groups()
            if ":" in written:
                return match[0]
            absolute = written.startswith("/")
            led = f"docs{written}" if absolute else posixpath.normpath(f"{posixpath.dirname(path)}/{written}")
            is_target = led in (target, f"docs{address_of(target)}")
            if is_target and to is None:
                return "" if picture else words
            if absolute:
                return f"{picture}[{words}]({address_of(to)}{fragment or ''})" if is_target and to else match[0]
            written = self.link(source or path, to if is_target and to else led)
            return f"{picture}[{words}]({written}{fragment or ''})"

        return _LINK.sub(rewritten, text)


def _without(keys: dict[str, Any], slug: str, asset: str) -> Iterator[tuple[str, Any]]:
    for key, value in keys.items():
        if key == "replicated_from" and value == slug:
            continue
        if key == "models":
            value = [item for item in value if item != slug]
        if key == "images":
            value = [image for image in value if image["file"] != asset]
        if value != []:
            yield key, value


def address_of(path: str) -> str:
    return path.removeprefix("docs").removesuffix(".md").removesuffix("index").rstrip("/") + "/"
