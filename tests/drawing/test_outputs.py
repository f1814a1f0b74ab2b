"""Contents that are drawn before there are frames are those that pages are made of."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from drawing.cache import Cache
from drawing.content import Contents, in_two
from drawing.outputs import CONTENT, Drawer, Names, Pages, Writer
from drawing.skeleton import Skeletons
from portals import built


def test_contents_drawn_meanwhile_are_kept_under_the_names_that_are_looked_for(portal: Path, tmp_path: Path) -> None:
    site = built(portal)
    with closing(Cache(tmp_path / "records", "1")) as cache:
        contents = Contents(portal, site.campaign, site.beside.cards, site.campaign.site_url)
        names = Names(portal, contents, cache.code)
        drawer = Drawer(contents, cache)
        begun: list[int] = []

        @contextmanager
        def meanwhile() -> Iterator[None]:
            absent = drawer.absent(names, site.pages)
            begun.append(len(absent))
            yield
            drawer(absent[:9])

        skeletons = Skeletons(portal, site, contents, cache)
        skeleton = skeletons.for_pages(site.pages, strict=True, meanwhile=meanwhile)
        skeletons.for_pages(site.pages, strict=True, meanwhile=meanwhile)
        assert begun == [len(site.pages)]  # once: a frame that is kept takes no time
        pages = Pages(names, skeleton, skeletons.kinds)
        kept = {name: [part.decode() for part in in_two(data)] for name, data in cache.every(CONTENT)}
        assert len(kept) == 9
        drawn = {pages.names.content(page): [contents.head(page), contents.of(page)] for page in site.pages[:9]}
        assert kept == drawn
        drawn = Writer(pages, cache, tmp_path / "drawn")(pages.outputs(site)[:9])
        assert len(drawn) == 9
        assert sum(1 for _ in cache.every(CONTENT)) == 9, "none was drawn anew"
        absent = [name for name, _ in drawer.absent(names, site.pages)]
        assert absent == [pages.names.content(page) for page in site.pages[9:]]


def test_a_template_saved_in_the_midst_of_a_build_is_not_drawn_under_its_old_name(portal: Path) -> None:
    site = built(portal)
    page = next(page for page in site.pages if page.template == "portal/profile.html")
    contents = Contents(portal, site.campaign, site.beside.cards, site.campaign.site_url)
    wanted = contents.of(page)
    again = Contents(portal, site.campaign, site.beside.cards, site.campaign.site_url)
    before = Names(portal, again, "1").of(page)
    template = portal / "overrides/portal/profile.html"
    template.write_text(
        template.read_text(encoding="utf-8").replace("{% endblock %}", "<p>Mới</p>{% endblock %}"), encoding="utf-8"
    )
    assert again.of(page) == wanted
    later = Contents(portal, site.campaign, site.beside.cards, site.campaign.site_url)
    assert "<p>Mới</p>" in later.of(page)
    assert Names(portal, later, "1").of(page) != before
