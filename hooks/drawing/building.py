"""A site is brought up to date in a second folder, which takes the place of the one that is shown only as a whole."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import NamedTuple

from jinja2 import TemplateError
from portal.fingerprint import digest
from portal.memory import ForgottenError
from portal.pages import Page, taken_apart
from portal.planning import PLAN
from portal.routes import output_asked_for
from portal.search.files import FOLDER as FOLDER_OF_INDEX
from portal.site import Site

from .cache import FOLDER, Cache, code_version
from .card_files import CardFiles
from .content import TEMPLATES, Contents, Told
from .exchange import Places, exchange, recover
from .explaining import explained
from .files import files_of_moment, generated_files
from .material import DrawingError, Order, drawn_by_mkdocs, fault_of_template
from .memory import give_back, kept_values
from .outputs import CONTENT, Assets, Drawer, Names, PageOutput, Pages, Writer, made_of
from .photos import FOLDER as PHOTOS
from .photos import Photos, photo_files
from .progress import Phase, Progress
from .skeleton import Skeleton, Skeletons
from .templating import Compiled
from .tree import Entry, Looked, Trace, Tree, write
from .workers import beside, crumbled, divided, in_parts, processes_for

COMPILED = "compiled"  # templates, by what Jinja calls them
WHOLE = "đã dựng cả trang thay vì dùng khung chung ở {count} trang: giao diện dựng chúng khác các trang cùng loại"


@dataclass(frozen=True)
class Built:
    """What happened: `failure` says in one line why the old site was left as it was; `explanation` answers what was
    asked of one page; `stamp` is that of the site that is shown now, if it could be noted."""

    failure: str = ""
    explanation: str = ""
    stamp: str = ""


class Start(NamedTuple):
    """What was known when a build began: the stamp of the site that was shown, and a way to what the next folder was seen
    to be, if it was looked at."""

    stamp: str
    looked: Callable[[], Looked] | None


UNKNOWN = Start("", None)


class OutOfStepError(Exception):
    """What is shown and kept is not enough for a site that was amended: it has to be made the whole way."""


@dataclass(frozen=True)
class Wishes:
    """How a site is to be built. `say` is told what the person who builds should know; `explain` is the page somebody
    asks about: its source file, address or file in site/; `compiled` are templates that were compiled before."""

    strict: bool = True
    site_url: str = ""  # the campaign's when empty
    say: Callable[[str], None] = lambda text: None
    progress: Progress = field(default_factory=Progress)
    explain: str = ""
    compiled: Compiled | None = None


def opened_cache(root: Path, code: str = "") -> Cache:
    """What was made before in this checkout, by this version of the code (when empty, by the one that lies in the files).
    To be closed."""
    return Cache(root / FOLDER, code or code_version())


def update(
    root: Path,
    site: Site,
    places: Places,
    cache: Cache,
    wishes: Wishes,
    start: Start = UNKNOWN,
) -> Built:
    """Bring the shown folder up to date with a site without problems; it stays as it was unless all goes well. Of an
    amended site that is done from what was shown at its `start`. Raises OutOfStepError, and ForgottenError."""
    if places.shown.is_symlink() or (places.shown.exists() and not places.shown.is_dir()):
        return Built(f"{places.shown.name} không phải là thư mục thật; hãy xóa hoặc đổi tên nó")
    try:
        recover(places)
        compiled = wishes.compiled or Compiled(dict(cache.every(COMPILED)))
        site_url = wishes.site_url or site.campaign.site_url
        contents = Contents(root, site.campaign, site.beside.cards, site_url, Told.of(site), compiled)
        built = _Drawing(root, site, contents, cache, places, wishes).run(start)
        exchange(places)
        cache.keep(COMPILED, compiled.made)
        compiled.made.clear()
    except DrawingError as error:
        return Built(str(error))
    except TemplateError as error:  # some of them are OSErrors as well
        return Built(fault_of_template(error))
    except OSError as error:
        return Built(_refused(root, error, places))
    except (ForgottenError, OutOfStepError):  # perhaps on the way through a template, which is not to blame
        raise
    except Exception as error:
        fault = fault_of_template(error)
        if not fault:
            raise
        return Built(fault)
    return built


def _refused(root: Path, error: OSError, places: Places) -> str:
    """What the system did not allow, in one line."""
    path = Path(error.filename or places.shown)
    is_read = any(path.is_relative_to(root / part) for part in (TEMPLATES, "docs", "mkdocs.yml"))
    return f"không {'đọc' if is_read else 'ghi'} được {path}: {error.strerror}"


class _Drawing:
    """One site into the next folder."""

    def __init__(
        self, root: Path, site: Site, contents: Contents, cache: Cache, places: Places, wishes: Wishes
    ) -> None:
        self.root = root
        self.site = site
        self.contents = contents
        self.cache = cache
        self.places = places
        self.wishes = wishes
        self.skeletons = Skeletons(root, site, contents, cache)
        shown = site.beside.assets
        photos = photo_files(site.pictures, shown)
        self.photos = Photos(root, root / FOLDER / PHOTOS, site.pictures, photos)
        self.cards = CardFiles(site.beside.shared.cards, cache)
        self.plain_assets = [path for path in shown if path not in photos]
        self.assets = Assets(root, self._known_assets())
        self.generated = files_of_moment(site) if site.is_amended else generated_files(site, contents)

    def run(self, start: Start) -> Built:
        """Bring the next folder up to date."""
        self.wishes.progress.begin(Phase.FRAME)
        names = Names(self.root, self.contents, self.cache.code)
        skeleton = self._skeleton(names)
        give_back()
        self.wishes.progress.begin(Phase.COMPARE)
        pages = Pages(names, skeleton, self.skeletons.kinds)
        outputs = {path: output for output in pages.outputs(self.site) for path in (output.path, *output.beside)}
        shown = self.places.shown_tree()
        if self.site.is_amended and self.places.stamp() != start.stamp:  # another build has shown its site meanwhile
            raise OutOfStepError
        wanted = self._wanted(skeleton, shown, outputs)
        explanation = self._explained(shown, outputs) if self.wishes.explain else ""
        tree = self.places.next_tree(start.looked and start.looked())
        tree.clear([path for path in tree.entries if path not in wanted])
        self.wishes.progress.begin(Phase.WRITE)
        self._share(tree, shown, wanted)
        made = tree.outdated(wanted)
        if self.site.is_amended and not all(self._can_make(path, shown, outputs) for path in (*outputs, *made)):
            raise OutOfStepError
        self._draw(tree, pages, _each({path: outputs[path] for path in made if path in outputs}))
        feeds = self.site.feeds.files
        self._write_feeds(tree, [path for path in made if path in feeds and path not in outputs])
        self.cards.prepare(path for path in made if path in self.cards)
        self._draw_photos(tree, [path for path in made if path in self.photos.files and path not in outputs])
        for path in (path for path in made if not (path in outputs or path in self.photos.files or path in feeds)):
            tree.written(path, wanted[path], write(tree.folder, path, self._file(path, wanted[path])))
        stamp = self.places.keep(tree)
        self._keep_assets()
        if not self.site.is_amended and self.cache.count(CONTENT) > 2 * self.site.count:
            self.cache.keep_only({CONTENT: set(map(names.content, self.site.pages))})
        self.photos.forget_unused()
        if not self.site.is_amended:
            self.cards.forget_others()
        return Built(explanation=explanation, stamp=stamp)

    def _skeleton(self, names: Names) -> Skeleton:
        if not self.site.is_amended:
            meanwhile = partial(self._contents_beside, names)
            return self.skeletons.for_pages(self.site.pages, strict=self.wishes.strict, meanwhile=meanwhile)
        if known := self.skeletons.known(self.site.pages):
            return known
        raise OutOfStepError

    def _can_make(self, path: str, shown: Tree, outputs: Mapping[str, PageOutput]) -> bool:
        """Whether a file of an amended site can be made without all the others. But for those of the index it had it
        before."""
        if path in self.site.index.files or path in self.site.feeds.files:
            return True
        makers = (outputs, self.generated, self.cards, self.assets.traces, self.photos.files)
        is_own = any(path in one for one in makers)
        return is_own and path in shown.entries

    @contextmanager
    def _contents_beside(self, names: Names) -> Iterator[None]:
        """Contents need no frame: where there are many to be drawn, another process begins with them."""
        drawer = Drawer(self.contents, self.cache)
        absent = drawer.absent(names, self.site.pages)
        if processes_for(len(absent)) == 1:
            yield
            return
        with beside(drawer, crumbled(absent)):
            yield

    def _wanted(self, skeleton: Skeleton, shown: Tree, outputs: Mapping[str, PageOutput]) -> dict[str, str]:
        """The name of the content of every file of the site, by path; a page goes before a file of its name. For an
        amended site the rest is taken from what is shown."""
        return {
            **(self._as_shown(shown) if self.site.is_amended else skeleton.files),
            **self.assets.names(self.plain_assets),
            **self.photos.names(),
            **self.cards.names(),
            **{path: digest(data) for path, data in self.generated.items()},
            **{path: file.name for path, file in self.site.index.files.items()},
            **{path: file.name for path, file in self.site.feeds.files.items()},
            **{path: name for output in _each(outputs) for path, name in output.files.items()},
        }

    def _as_shown(self, shown: Tree) -> dict[str, str]:
        """All that is shown, but for files of the index that there are no more."""
        there = self.site.index.paths
        return {
            path: entry.content
            for path, entry in shown.entries.items()
            if path in there or not path.startswith(FOLDER_OF_INDEX)
        }

    def _share(self, tree: Tree, shown: Tree, wanted: Mapping[str, str]) -> None:
        """Take over what is right in the site that is shown: nearly all of it when the tree is new."""
        paths = [path for path in tree.outdated(wanted) if path in shown.entries]

        def work(some: Sequence[str]) -> dict[str, Entry]:
            there = [path for path in some if shown.holds(path, wanted[path])]
            for path in there:
                tree.share(path, shown)
            return {path: tree.entries[path] for path in there}

        processes = processes_for(len(paths))
        in_parts(work, divided(paths, processes), processes, tree.entries.update)

    def _file(self, path: str, name: str) -> bytes:
        """What a file beside the pages holds."""
        if path in self.generated:
            return self.generated[path]
        if path in self.cards:
            return self.cards[path]
        if path in self.site.index.files:
            return self.site.index.files[path].data
        return self.assets.path(path).read_bytes() if path in self.assets.traces else self.skeletons.file(name)

    def _explained(self, shown: Tree, outputs: Mapping[str, PageOutput]) -> str:
        asked = self.wishes.explain
        found = outputs.get(output_asked_for(asked, self.site.campaign.site_url)) or next(
            (output for output in outputs.values() if output.page.edit_path == asked), None
        )
        if found is None:
            return f"{asked}: không có trang nào như vậy trong lần dựng này"
        recorded = shown.entries.get(found.path)
        parts = made_of(recorded.content) if recorded else {}
        planned = self._planned_before(parts["page"]) if parts else None
        said = explained(
            _apart(planned, parts) if planned else None,
            _apart(found.page, made_of(found.name)),
            is_new=recorded is None,
            is_same=shown.holds(found.path, found.name),
        )
        return f"{found.page.address}: {said}"

    def _planned_before(self, name: str) -> Page | None:
        """The page of this name (the first letters of it), if a plan that holds it is kept."""
        pages = (page for part in kept_values(self.cache, PLAN) for page in part.pages)
        try:
            return next((replace(page) for page in pages if page.name.startswith(name)), None)  # all of it, here
        except ForgottenError:  # a plan of an earlier build need not be whole
            return None

    def _draw(self, tree: Tree, pages: Pages, outputs: list[PageOutput]) -> None:
        whole = [output for output in outputs if output.frame is None]
        if whole:
            self.wishes.say(WHOLE.format(count=len(whole)))
            self._draw_whole(tree, whole)
        framed = [output for output in outputs if output.frame]
        names = {path: name for output in framed for path, name in output.files.items()}

        def take(traces: Mapping[str, Trace]) -> None:
            for path, trace in traces.items():
                tree.written(path, names[path], trace)

        processes = processes_for(len(framed))
        in_parts(Writer(pages, self.cache, tree.folder), divided(framed, processes), processes, take)

    def _write_feeds(self, tree: Tree, paths: Sequence[str]) -> None:
        feeds = self.site.feeds

        def work(some: Sequence[str]) -> dict[str, Trace]:
            with feeds.at_hand(some):
                return {path: write(tree.folder, path, feeds.data(path)) for path in some}

        def take(traces: Mapping[str, Trace]) -> None:
            for path, trace in traces.items():
                tree.written(path, feeds.files[path].name, trace)

        processes = processes_for(len(paths))
        in_parts(work, divided(feeds.in_time(paths), max(processes, 2)), processes, take)

    def _draw_photos(self, tree: Tree, paths: Sequence[str]) -> None:
        if not paths:
            return
        self.wishes.progress.begin(Phase.PHOTOS)
        groups = self.photos.groups(paths)

        def take(traces: Mapping[str, Trace]) -> None:
            for path, trace in traces.items():
                tree.written(path, self.photos.files[path].name, trace)

        processes = processes_for(len(groups), enough=2)
        in_parts(partial(self.photos.write, tree.folder), divided(groups, processes), processes, take)

    def _draw_whole(self, tree: Tree, outputs: list[PageOutput]) -> None:
        order = Order(self.site, self.contents, [output.page for output in outputs])
        drawn = drawn_by_mkdocs(self.root, order, strict=self.wishes.strict).pages
        for output in outputs:
            made = {output.path: drawn[output.path]}
            if output.text:
                made[output.text] = self.contents.text(output.page)
            made.update(self.contents.tables(output.page))
            for path, data in made.items():
                tree.written(path, output.files[path], write(tree.folder, path, data))

    def _known_assets(self) -> dict[str, list]:
        """As they were recorded; a record that is damaged says nothing."""
        with suppress(OSError, ValueError, TypeError, AttributeError):
            known = json.loads((self.places.records / "assets.json").read_text(encoding="utf-8"))
            return {path: [str(name), *map(int, trace)] for path, (name, *trace) in known.items()}
        return {}

    def _keep_assets(self) -> None:
        with suppress(OSError):
            (self.places.records / "assets.json").write_text(json.dumps(self.assets.traces), encoding="utf-8")


def _each(outputs: Mapping[str, PageOutput]) -> list[PageOutput]:
    """Each once, of the pages by the paths of their files."""
    return list({output.path: output for output in outputs.values()}.values())


def _apart(page: Page, parts: Mapping[str, str]) -> dict[str, object]:
    """What a page is made from, one by one: what it says itself, and the names of the rest."""
    return {**dict(taken_apart(page)), **parts, "page": ""}
