"""`portal build`: the site is brought up to date in a second folder, which takes the place of site/ only as a whole."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from jinja2 import TemplateError
from portal.fingerprint import digest
from portal.site import Site

from .cache import FOLDER, Cache, code_version
from .content import Contents
from .files import generated_files
from .material import DrawingError, Order, drawn_by_mkdocs, fault_of_template
from .outputs import CONTENT, PARTS, Assets, PageOutput, Pages, Writer
from .skeleton import Skeletons
from .tree import Tree, write
from .workers import WorkerLostError, in_parts, processes_for

SITE = "site"
STAGING = ".site-next"
PREVIOUS = ".site-previous"

WHOLE = "đã dựng cả trang thay vì dùng khung chung ở {count} trang: giao diện dựng chúng khác các trang cùng loại"


@dataclass(frozen=True)
class Built:
    """What happened: `failure` says in one line why the old site was left as it was."""

    failure: str = ""


@dataclass(frozen=True)
class Places:
    """A site that is shown, the folder beside it that the next one is made in, and the one it is put away in for the
    moment of the change; `records` is where it is noted what lies in the first two."""

    shown: Path
    next: Path
    previous: Path
    records: Path

    @classmethod
    def of(cls, root: Path) -> Places:
        return cls(root / SITE, root / STAGING, root / PREVIOUS, root / FOLDER)

    def record(self, tree: Path) -> Path:
        return self.records / f"{'shown' if tree == self.shown else 'next'}.json"


def opened_cache(root: Path) -> Cache:
    """What was made before in this checkout. To be closed."""
    return Cache(root / FOLDER, code_version())


def build(root: Path, site: Site, cache: Cache, say: Callable[[str], None] = lambda text: None) -> Built:
    """Draw a site without problems into root/site, which stays as it was unless all went well. `say` is told what the
    person who builds should know."""
    target = root / SITE
    if target.is_symlink() or (target.exists() and not target.is_dir()):
        return Built(f"{target.name} không phải là thư mục thật; hãy xóa hoặc đổi tên nó")
    return Built(update(root, site, Places.of(root), cache, strict=True, say=say))


def update(
    root: Path,
    site: Site,
    places: Places,
    cache: Cache,
    *,
    strict: bool,
    say: Callable[[str], None] = lambda text: None,
    site_url: str | None = None,
) -> str:
    """Bring the shown folder up to date with a site; what went wrong, or nothing."""
    try:
        recover(places)
        drawing = _Drawing(root, site, Contents(root, site.campaign, site_url or site.campaign.site_url), cache, places)
        drawing.run(strict=strict, say=say)
        exchange(places)
    except (DrawingError, WorkerLostError) as error:
        return str(error)
    except TemplateError as error:  # some of them are OSErrors as well
        return fault_of_template(error)
    except OSError as error:
        return f"không ghi được {error.filename or places.shown}: {error.strerror}"
    except Exception as error:
        fault = fault_of_template(error)
        if not fault:
            raise
        return fault
    return ""


class _Drawing:
    """One site into the next folder."""

    def __init__(self, root: Path, site: Site, contents: Contents, cache: Cache, places: Places) -> None:
        self.root = root
        self.site = site
        self.contents = contents
        self.cache = cache
        self.places = places
        self.skeletons = Skeletons(root, site, contents, cache)

    def run(self, *, strict: bool, say: Callable[[str], None]) -> None:
        skeleton = self.skeletons.for_pages(self.site.pages, strict=strict)
        pages = Pages(self.root, self.contents, skeleton, self.skeletons.kinds)
        outputs = {output.path: output for output in pages.outputs(self.site)}
        made = generated_files(self.site, self.contents.site_url)
        assets = Assets(self.root, self._known_assets())
        named = (
            skeleton.files,
            assets.names(self.site.assets),
            {path: digest(data) for path, data in made.items()},
            {path: output.name for path, output in outputs.items()},
        )
        wanted = {path: name for names in named for path, name in names.items()}
        tree = Tree.opened(self.places.next, self.places.record(self.places.next))
        tree.clear([path for path in tree.entries if path not in wanted])
        shown = self._shown()
        drawn: list[PageOutput] = []
        whole: list[PageOutput] = []
        for path in tree.outdated(wanted):
            if path in shown.entries and shown.entries[path].content == wanted[path]:
                tree.share(path, shown)
            elif path in outputs:
                (drawn if outputs[path].frame else whole).append(outputs[path])
            else:
                data = made.get(path)
                if data is None and path in assets.traces:
                    data = assets.path(path).read_bytes()
                data = self.skeletons.file(wanted[path]) if data is None else data
                tree.written(path, wanted[path], write(tree.folder, path, data))
        if whole:
            say(WHOLE.format(count=len(whole)))
            self._draw_whole(tree, whole, strict=strict)
        self._draw(tree, pages, drawn)
        tree.save(self.places.record(self.places.next))
        self._keep_assets(assets)
        self.cache.keep_only(CONTENT, (output.content for output in outputs.values()))
        self.cache.keep_only(PARTS, (output.name for output in outputs.values()))

    def _shown(self) -> Tree:
        """The tree that is shown, as far as its record goes; nothing is changed in it."""
        return Tree.seen(self.places.shown, self.places.record(self.places.shown))

    def _draw(self, tree: Tree, pages: Pages, outputs: list[PageOutput]) -> None:
        writer = Writer(pages, self.cache, tree.folder)
        parts = in_parts(writer, outputs, processes_for(len(outputs)))
        names = {output.path: output.name for output in outputs}
        for written in parts:
            for path, trace in written.traces.items():
                tree.written(path, names[path], trace)
            self.cache.keep_sealed(CONTENT, written.contents)
            self.cache.keep_sealed(PARTS, written.parts)

    def _draw_whole(self, tree: Tree, outputs: list[PageOutput], *, strict: bool) -> None:
        order = Order(self.site, self.contents, [output.page for output in outputs])
        drawn = drawn_by_mkdocs(self.root, order, strict=strict).pages
        for output in outputs:
            tree.written(output.path, output.name, write(tree.folder, output.path, drawn[output.path]))

    def _known_assets(self) -> dict:
        with suppress(OSError, ValueError):
            return json.loads((self.places.records / "assets.json").read_text(encoding="utf-8"))
        return {}

    def _keep_assets(self, assets: Assets) -> None:
        with suppress(OSError):
            (self.places.records / "assets.json").write_text(json.dumps(assets.traces), encoding="utf-8")


def exchange(places: Places) -> None:
    """Show the next folder and keep the one shown for the build after; on failure everything is as it was."""
    if places.shown.exists():
        places.shown.rename(places.previous)
    try:
        places.next.rename(places.shown)
    except OSError:
        recover(places)
        raise
    if places.previous.exists():
        places.previous.rename(places.next)
    with suppress(OSError):
        _exchange_records(places)


def _exchange_records(places: Places) -> None:
    shown, following = places.record(places.shown), places.record(places.next)
    beside = shown.with_suffix(".previous")
    if shown.exists():
        shown.rename(beside)
    if following.exists():
        following.rename(shown)
    if beside.exists():
        beside.rename(following)


def recover_site(root: Path) -> None:
    """Put the last good site back if a build was killed while exchanging; before anything else is done."""
    recover(Places.of(root))


def recover(places: Places) -> None:
    """Undo an exchange that was killed between its steps. Records then speak of the other folder: they are dropped,
    so that what they say of files is not believed."""
    if not places.previous.exists():
        return
    if not places.shown.exists():
        places.previous.rename(places.shown)
    else:
        shutil.rmtree(places.previous, ignore_errors=True)
    for tree in (places.shown, places.next):
        places.record(tree).unlink(missing_ok=True)
