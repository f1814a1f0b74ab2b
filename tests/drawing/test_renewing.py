"""The folder that is shown is brought up to date by what is settled of it, where that is enough; else the whole way."""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Callable
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from drawing.building import Wishes, opened_cache
from drawing.cache import FOLDER
from drawing.exchange import Places
from drawing.memory import SETTLED, remembering
from drawing.pickling import REST
from drawing.progress import Phase, Progress
from drawing.renewing import Renewal, Renewed
from drawing.skeleton import looks
from jinja2 import Environment
from portals import CODE, CONTENT, NOW, built, fingerprints, replace_once

ARTICLE = "docs/tin-tuc/2026/ngay-hoi.md"
OUTPUT = "tin-tuc/2026/ngay-hoi/index.html"
PLAIN = "docs/lien-he.md"


def renewed(root: Path, wishes: Wishes | None = None) -> Renewed:
    """As `portal build` does it."""
    with closing(opened_cache(root)) as cache:
        renewal = Renewal(root, Places.of(root), cache, wishes or Wishes())
        found = remembering(cache, Progress(), partial(renewal.run, NOW))
    assert (found.problems, found.built.failure) == ((), "")
    return found


def edited(root: Path, path: str = ARTICLE) -> None:
    with (root / path).open("a", encoding="utf-8") as file:
        file.write("\nMột câu thêm.\n")


@pytest.fixture(scope="session")
def known() -> dict[str, dict[str, str]]:
    """What was built from nothing, by what it was built from."""
    return {}


@pytest.fixture
def from_nothing(tmp_path: Path, known: dict[str, dict[str, str]]) -> Callable[[Path], dict[str, str]]:
    """What a checkout of the same files builds."""

    def files(root: Path) -> dict[str, str]:
        to = tmp_path / "nothing"
        shutil.rmtree(to, ignore_errors=True)
        for folder in (*CODE, *CONTENT):
            shutil.copytree(root / folder, to / folder)
        shutil.copy(root / "mkdocs.yml", to)
        name = repr(sorted(fingerprints(to).items()))
        if name not in known:
            built(to)
            known[name] = fingerprints(to / "site")
        return known[name]

    return files


From = Callable[[Path], dict[str, str]]


def test_body_after_body_is_as_from_nothing(portal: Path, from_nothing: From) -> None:
    """The two folders take turns, so the third edit finds in its folder what the first one has left."""
    renewed(portal)
    for path in (ARTICLE, PLAIN, ARTICLE):
        edited(portal, path)
        assert renewed(portal).site.is_amended
        assert fingerprints(portal / "site") == from_nothing(portal)


def test_what_is_the_same_is_not_written(portal: Path) -> None:
    renewed(portal)
    edited(portal, PLAIN)
    renewed(portal)
    before = _numbers(portal / ".site-next")
    edited(portal)
    renewed(portal)
    after = _numbers(portal / "site")
    changed = {path for path in before if before[path] != after.get(path)}
    of_index_and_feeds = {path for path in changed if path.startswith("tim-kiem/chi-muc") or "feed" in path}
    assert changed - of_index_and_feeds == {OUTPUT, OUTPUT.replace(".html", ".txt"), "lien-he/index.html"}
    assert after["lien-he/index.html"] == _numbers(portal / ".site-next")["lien-he/index.html"], "shared"


def test_templates_are_compiled_once(portal: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    compiled: list[str] = []
    compile_it = Environment.compile

    def counted(self: Environment, source: str, name: str, *args: Any, **kwargs: Any) -> Any:
        compiled.append(name)
        return compile_it(self, source, name, *args, **kwargs)

    renewed(portal)
    monkeypatch.setattr(Environment, "compile", counted)
    for expected in (True, False, False):
        compiled.clear()
        edited(portal)
        renewed(portal)
        assert ("portal/article.html" in compiled) is expected
    assert compiled == []
    _appended("overrides/portal/article.html", "{# khác #}")(portal)
    renewed(portal)
    assert "portal/article.html" in compiled


def _numbers(folder: Path) -> dict[str, int]:
    """Of the files on the disk, by path."""
    return {path: (folder / path).stat().st_ino for path in fingerprints(folder)}


def _in_both(work: Callable[[Path], object], path: str) -> Callable[[Path], object]:
    def done(root: Path) -> None:
        for folder in ("site", ".site-next"):
            work(root / folder / path)

    return done


def _appended(path: str, text: str) -> Callable[[Path], object]:
    def done(root: Path) -> None:
        with (root / path).open("a", encoding="utf-8") as file:
            file.write(text)

    return done


# What happens before a body is edited, after which what is settled is not enough.
HAPPENINGS: dict[str, Callable[[Path], object]] = {
    "a page is altered": lambda root: (root / "site/lien-he/index.html").write_text("của ai đó", encoding="utf-8"),
    "a page is lost": _in_both(Path.unlink, "lien-he/index.html"),
    "a file of the theme is lost": _in_both(Path.unlink, "404.html"),
    "the map is altered": _in_both(lambda file: file.write_text("của ai đó", encoding="utf-8"), "sitemap.xml"),
    "the folder shown is lost": lambda root: shutil.rmtree(root / "site"),
    "both folders are lost": _in_both(shutil.rmtree, ""),
    "its record is lost": lambda root: (root / FOLDER / "shown.json").unlink(),
    "the cache is lost": lambda root: shutil.rmtree(root / FOLDER),
    "a template is another": _appended("overrides/portal/card.html", "<p>X</p>"),
    "a frame is another": lambda root: replace_once(
        root / "overrides/portal/base.html", "{{ content }}\n", "<p>X</p>\n{{ content }}\n"
    ),
    "the style is another": _appended("overrides/stylesheets/portal.css", "p { top: 0 }"),
    "the configuration is another": lambda root: replace_once(root / "mkdocs.yml", "language: vi", "language: en"),
    "rests are lost": lambda root: _forget(root, REST),
    "what was settled is lost": lambda root: _forget(root, SETTLED),
}


def _forget(root: Path, kind: str) -> None:
    with closing(opened_cache(root)) as cache:
        cache.forget(kind)


@pytest.mark.parametrize("name", HAPPENINGS)
def test_where_that_is_not_enough_all_is_looked_at(portal: Path, from_nothing: From, name: str) -> None:
    renewed(portal)
    edited(portal, PLAIN)
    renewed(portal)
    HAPPENINGS[name](portal)
    edited(portal)
    assert not renewed(portal).site.is_amended
    assert fingerprints(portal / "site") == from_nothing(portal)
    edited(portal)
    assert renewed(portal).site.is_amended


# What does not matter then.
NO_MATTER: dict[str, Callable[[Path], object]] = {
    "the next folder is lost": lambda root: shutil.rmtree(root / ".site-next"),
    "a page is lost there": lambda root: (root / "site/lien-he/index.html").unlink(),
    "something is added": lambda root: (root / "site/la.html").write_text("của ai đó", encoding="utf-8"),
    "a file beside the text is another": lambda root: (root / "docs/assets/lich.txt").write_bytes(b"L\xe1\xbb\x8bch"),
    "contents are lost": lambda root: _forget(root, "content"),
}


@pytest.mark.parametrize("name", NO_MATTER)
def test_what_does_not_matter(portal: Path, from_nothing: From, name: str) -> None:
    """The next folder is filled from the one shown and the other way round."""
    renewed(portal)
    for path in (PLAIN, ARTICLE):
        edited(portal, path)
        renewed(portal)
    NO_MATTER[name](portal)
    edited(portal)
    assert renewed(portal).site.is_amended
    assert fingerprints(portal / "site") == from_nothing(portal)


def test_who_asks_about_a_page_has_all_looked_at(portal: Path) -> None:
    renewed(portal)
    edited(portal)
    found = renewed(portal, Wishes(explain=ARTICLE))
    assert not found.site.is_amended
    assert found.built.explanation == "/tin-tuc/2026/ngay-hoi/: dựng lại vì thay đổi: thân bài"


def test_at_another_address_all_is_looked_at(portal: Path) -> None:
    renewed(portal)
    edited(portal)
    assert not renewed(portal, Wishes(site_url="https://khac.example.net/")).site.is_amended
    assert "https://khac.example.net/tin-tuc/" in (portal / "site" / OUTPUT).read_text(encoding="utf-8")


def test_what_changed_while_it_was_drawn_is_not_settled(portal: Path) -> None:
    """A template that is saved in the midst of a build and is as it was before the next one."""
    template = portal / "overrides/portal/card.html"
    text = template.read_text(encoding="utf-8")
    template.write_text(text + "{# khác #}", encoding="utf-8")

    class Saved(Progress):
        def begin(self, phase: Phase) -> None:
            if phase is Phase.FRAME:
                template.write_text(text, encoding="utf-8")

    renewed(portal, Wishes(progress=Saved()))
    edited(portal)
    assert not renewed(portal).site.is_amended


def test_a_page_that_gets_headings_has_the_frame_of_others(portal: Path, from_nothing: From) -> None:
    """Those of the menu too: their entry does not show them."""
    renewed(portal)
    with (portal / "docs/thong-ke/_intro.md").open("a", encoding="utf-8") as file:
        file.write("\n## Mục đầu\n\nLời.\n")
    assert renewed(portal).site.is_amended
    assert fingerprints(portal / "site") == from_nothing(portal)


@pytest.mark.parametrize("there", [False, True])
def test_a_site_whose_record_cannot_be_written_is_not_settled(portal: Path, from_nothing: From, *, there: bool) -> None:
    """Whether an older one is there or not: what it says is of another site."""
    renewed(portal)
    if not there:
        (portal / FOLDER / "shown.json").unlink()
    (portal / FOLDER / "next.new").mkdir()
    for path in (PLAIN, ARTICLE, PLAIN):
        edited(portal, path)
        renewed(portal)
        assert fingerprints(portal / "site") == from_nothing(portal)
    assert not renewed(portal).site.is_amended


@pytest.mark.parametrize("phase", [Phase.FRAME, Phase.WRITE])
@pytest.mark.parametrize("is_undone", [False, True])
def test_what_another_build_has_shown_meanwhile_is_not_settled(
    portal: Path, from_nothing: From, phase: Phase, *, is_undone: bool
) -> None:
    """It reads files that are saved later, or that are undone later, and ends before the first one."""
    renewed(portal)
    page = portal / PLAIN
    text = page.read_text(encoding="utf-8")
    if not is_undone:
        edited(portal)

    class Interrupted(Progress):
        def begin(self, now: Phase) -> None:
            if now is phase and not said:
                said.append("")
                page.write_text(text + "\nMới hơn.\n", encoding="utf-8")
                renewed(portal)
                if is_undone:
                    page.write_text(text, encoding="utf-8")

    said: list[str] = []
    renewed(portal, Wishes(progress=Interrupted()))
    renewed(portal)
    assert fingerprints(portal / "site") == from_nothing(portal)


def test_templates_behind_a_link_are_seen(portal: Path, tmp_path: Path) -> None:
    (portal / "overrides/portal").rename(tmp_path / "mau")
    (portal / "overrides/portal").symlink_to(tmp_path / "mau")
    renewed(portal)
    with (tmp_path / "mau/card.html").open("a", encoding="utf-8") as file:
        file.write("<p>X</p>")
    edited(portal)
    assert not renewed(portal).site.is_amended


def test_a_link_back_or_to_nothing_among_the_templates_is_passed_by(portal: Path) -> None:
    (portal / "overrides/lai").symlink_to(portal / "overrides")
    (portal / "overrides/khong.css").symlink_to("khong.css")
    os.mkfifo(portal / "overrides/ong")
    own = [path for path, _ in looks(portal)]
    assert sorted(set(own)) == own
    assert "overrides/portal/card.html" in own
    assert [path for path in own if "lai" in path or "khong" in path or "ong" in path] == []


def test_a_link_that_leads_elsewhere_now_is_seen(portal: Path) -> None:
    """Also where the same files are there under other names."""
    for name in ("mot", "hai"):
        (portal / "overrides" / name).mkdir()
        (portal / "overrides" / name / "a.html").write_text(name, encoding="utf-8")
    link = portal / "overrides/lien-ket"
    link.symlink_to("mot")
    before = dict(looks(portal))
    link.unlink()
    link.symlink_to("hai")
    assert (before["overrides/lien-ket/a.html"], dict(looks(portal))["overrides/lien-ket/a.html"]) == (b"mot", b"hai")


def test_a_template_that_cannot_be_read_is_told(portal: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    renewed(portal)
    edited(portal)
    style, read = portal / "overrides/stylesheets/portal.css", Path.read_bytes

    def refused(self: Path) -> bytes:
        if self == style:
            raise PermissionError(errno.EACCES, "Permission denied", str(self))
        return read(self)

    monkeypatch.setattr(Path, "read_bytes", refused)
    with closing(opened_cache(portal)) as cache:
        renewal = Renewal(portal, Places.of(portal), cache, Wishes())
        found = remembering(cache, Progress(), partial(renewal.run, NOW))
    assert found.built.failure == f"không đọc được {style}: Permission denied"


def test_a_folder_that_cannot_be_put_back_is_told(portal: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A build was killed between two steps, and somebody took away the right to undo it."""
    renewed(portal)
    (portal / "site").rename(portal / ".site-previous")

    def refused(self: Path, target: Path) -> Path:
        raise PermissionError(errno.EACCES, "Permission denied", str(self))

    monkeypatch.setattr(Path, "rename", refused)
    with closing(opened_cache(portal)) as cache:
        renewal = Renewal(portal, Places.of(portal), cache, Wishes())
        found = remembering(cache, Progress(), partial(renewal.run, NOW))
    assert found.built.failure == f"không ghi được {portal / '.site-previous'}: Permission denied"


def test_in_a_folder_that_cannot_be_written_nothing_is_settled(portal: Path) -> None:
    shutil.rmtree(portal / FOLDER)
    (portal / FOLDER).write_text("một tệp ở chỗ của thư mục")
    for _ in range(2):
        assert not renewed(portal).site.is_amended
