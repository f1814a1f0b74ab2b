"""What programs are told of a page: one graph in the terms of schema.org, written as JSON-LD 1.1 (W3C).

Nothing is made up: what a record does not say is left out. A page of which only the address is left says nothing.

Graphs are written part by part, as text: a site has thousands, most of whose parts are the same places, fields and models.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from json.encoder import encode_basestring

from .linked_views import LinkedTables, Variable
from .pages import HOME, SEARCH, Page
from .profile_views import ProfileView
from .schema.content import Rights
from .schema.data import Campaign
from .text import capitalised
from .views import ArticleView, Byline, Entry, Fact, Link, Picture, SourceView

Json = str  # a value as JSON; empty where there is none

LANGUAGE = '"vi"'
_QUERY = "search_term_string"
_LICENCE = re.compile(r"https?://[^\s<>\"“”()]+[^\s<>\"“”().,;]")
# In a string JSON writes these as they are; in HTML they could end the element, in a script of old a line.
_IN_SCRIPT = (("<", "\\u003c"), (">", "\\u003e"), ("&", "\\u0026"), ("\u2028", "\\u2028"), ("\u2029", "\\u2029"))


def for_script(graph: Json) -> Json:
    """The same as it may stand in a script element of HTML: nothing in it ends the element."""
    for char, written in _IN_SCRIPT:
        if char in graph:  # to look is faster than to replace nothing
            graph = graph.replace(char, written)
    return graph


@dataclass(frozen=True)
class LinkedData:
    """The graphs of a campaign's pages, whose addresses begin with `site_url`."""

    campaign: Campaign
    site_url: str
    _known: dict[tuple, Json] = field(default_factory=dict, compare=False, repr=False)  # parts that many graphs share

    def of(self, page: Page, view: object) -> Json:
        """The graph of a page, as it may stand in a script element; empty where it is not listed."""
        if not page.listed:
            return ""
        place = self._web_site if page.address == HOME else self._crumbs(page)
        return for_script(f"{self._begun}{place}{self._subject(page, view)}]}}")

    def _subject(self, page: Page, view: object) -> Json:
        """What the page tells of, after a comma, if the graph says more of it than where it stands."""
        if isinstance(view, ArticleView):
            return "," + self._article(page, view)
        if isinstance(view, ProfileView):
            return "," + self._model(page, view)
        linked = getattr(view, "linked", None)
        return "," + self._tables(page, linked) if isinstance(linked, LinkedTables) else ""

    # --- the site ---------------------------------------------------------------------

    @cached_property
    def _root(self) -> str:
        return self.site_url.rstrip("/")

    def _address(self, address: str) -> Json:
        return encode_basestring(self._root + address)

    @cached_property
    def _publisher(self) -> Json:
        return f'{{"@id":{self._address("/#co-quan")}}}'

    @cached_property
    def _begun(self) -> Json:
        """How each graph begins: with who publishes it, which is the same on all pages."""
        said = self.campaign.publisher
        publisher = _node(
            "Organization",
            {
                "@id": self._address("/#co-quan"),
                "name": _text(said.name),
                "url": self._address(HOME),
                "address": _text(said.address),
                "telephone": _text(said.phone),
                "email": _text(said.email),
            },
        )
        return f'{{"@context":"https://schema.org","@graph":[{publisher},'

    @cached_property
    def _web_site(self) -> Json:
        target = _node("EntryPoint", {"urlTemplate": self._address(f"{SEARCH}?q={{{_QUERY}}}")})
        search = _node("SearchAction", {"target": target, "query-input": _text(f"required name={_QUERY}")})
        return _node(
            "WebSite",
            {
                "@id": self._address("/#cong"),
                "url": self._address(HOME),
                "name": _text(self.campaign.name),
                "alternateName": _text(self.campaign.short_name),
                "inLanguage": LANGUAGE,
                "publisher": self._publisher,
                "potentialAction": search,
            },
        )

    def _crumbs(self, page: Page) -> Json:
        """The way to a page: that to the page above it is the same for many."""
        way = tuple([said for crumb in page.crumbs for said in (crumb.label, crumb.address)])
        above = self._known.get(way)
        if above is None:
            steps = [self._step(number, step.label, step.address) for number, step in enumerate(page.crumbs, start=1)]
            above = self._known[way] = "".join([f"{step}," for step in steps])
        last = self._step(len(page.crumbs) + 1, page.title, page.address)
        return f'{{"@type":"BreadcrumbList","itemListElement":[{above}{last}]}}'

    def _step(self, number: int, name: str, address: str) -> Json:
        return f'{{"@type":"ListItem","position":{number},"name":{encode_basestring(name)},"item":{self._address(address)}}}'

    # --- what a page tells of ---------------------------------------------------------

    def _article(self, page: Page, view: ArticleView) -> Json:
        always = (
            f'{self._begin("NewsArticle", page, "bai")},"headline":{encode_basestring(page.title)}'
            f',"description":{encode_basestring(page.summary)},"datePublished":"{view.date_iso}"'
            f',"dateModified":"{view.changed_iso}","isAccessibleForFree":true,"publisher":{self._publisher}'
            f',"articleSection":{encode_basestring(view.category.label)}'
        )
        known = {
            "author": _list(map(self._author, view.authors)),
            "genre": _text(view.genre.label) if view.genre else "",
            "keywords": _labels(view.tags.values),
            "image": _list(map(self._image, view.pictures)),
            "about": self._all("DefinedTerm", view.fields.values),
            "contentLocation": self._places(view.units.values),
            "mentions": _list(map(self._model_named, view.titles, view.models)),
            "citation": self._all("CreativeWork", view.documents),
            "isBasedOn": _source(view.source),
            "correction": _list(map(_correction, view.corrected_iso, view.corrections)),
        }
        return _ended(always, known)

    def _model(self, page: Page, view: ProfileView) -> Json:
        units = self._places(view.units)
        always = (
            f'{self._begin("CreativeWork", page, "mo-hinh")},"name":{encode_basestring(page.title)}'
            f',"abstract":{encode_basestring(page.summary)},"publisher":{self._publisher}'
            f',"creativeWorkStatus":{encode_basestring(view.status.label)}'
        )
        known = {
            "dateCreated": _text(view.started_iso),
            "locationCreated": _node("Place", {"name": _text(view.place), "containedInPlace": units})
            if view.place
            else units,
            "creator": _node("Organization", {"name": _text(view.organisation)}) if view.organisation else "",
            "about": self._one("DefinedTerm", view.field.label, view.field.address) if view.field else "",
            "keywords": _labels(view.tags),
            "award": _labels(view.awards),
            "image": _list(map(self._image, view.pictures)),
            "citation": self._all("CreativeWork", view.documents),
            "isBasedOn": self._one("CreativeWork", view.origin.label, view.origin.address) if view.origin else "",
            "subjectOf": _source(view.source),
        }
        return _ended(always, known)

    def _tables(self, page: Page, linked: LinkedTables) -> Json:
        ends = dict.fromkeys(end for end in (linked.since, linked.until) if end)
        known = {
            "name": _text(f"{page.title} – {self.campaign.short_name or self.campaign.name}"),
            "description": _text(f"{page.summary} {linked.said}"),
            "isAccessibleForFree": "true",
            "creator": self._publisher,
            "publisher": self._publisher,
            "license": _text(self._licence),
            "temporalCoverage": _text("/".join(ends)),
            "spatialCoverage": _list(
                [self._one("AdministrativeArea", place.name, place.address) for place in linked.places]
            ),
            "variableMeasured": _list(map(_variable, linked.variables)),
        }
        return _ended(self._begin("Dataset", page, "du-lieu"), known)

    @cached_property
    def _licence(self) -> str:
        """The address that the licence of data names, if it names one."""
        found = _LICENCE.search(self.campaign.data_licence or "")
        return found[0] if found else ""

    # --- parts of it ------------------------------------------------------------------

    def _begin(self, kind: str, page: Page, fragment: str) -> Json:
        """How the node of what a page tells of begins."""
        address = self._address(page.address)
        return f'{{"@type":"{kind}","@id":{address[:-1]}#{fragment}","url":{address},"inLanguage":{LANGUAGE}'

    def _one(self, kind: str, name: str, address: str) -> Json:
        known = self._known.get((kind, name, address))
        if known is None:
            known = _node(kind, {"name": _text(name), "url": self._address(address)})
            self._known[kind, name, address] = known
        return known

    def _all(self, kind: str, links: Iterable[Link]) -> Json:
        return _list([self._one(kind, link.label, link.address) for link in links])

    def _places(self, units: Iterable[Link]) -> Json:
        return _list([self._one("AdministrativeArea", capitalised(unit.label), unit.address) for unit in units])

    def _model_named(self, title: str, entry: Entry) -> Json:
        return self._one("CreativeWork", title, entry.address)

    def _author(self, author: Byline) -> Json:
        signed = author.values[0].label if author.values else ""
        known = self._known.get((author.name, author.role, signed, ""))
        if known is None:
            known = self._known[author.name, author.role, signed, ""] = self._signing(author)
        return known

    def _signing(self, author: Byline) -> Json:
        """A person, whose name is written with capitals throughout; else an office ("Phòng Kinh tế huyện Phiên")."""
        if any(word[0].islower() for word in author.name.split()):
            return _node("Organization", {"name": _text(author.name)})
        of = [self._one("Organization", signed.label, signed.address) for signed in author.values]
        said = {"name": _text(author.name), "jobTitle": _text(author.role)}
        return _node("Person", {**said, "affiliation": of[0] if of else ""})

    def _image(self, picture: Picture) -> Json:
        said = {"caption": _text(picture.caption or picture.alt), "creditText": _text(picture.credit)}
        return _node("ImageObject", {"url": self._address(picture.address), **said})


def _node(kind: str, said: Mapping[str, Json]) -> Json:
    """A node of a type, without what is not known."""
    return _ended(f'{{"@type":"{kind}"', said)


def _ended(begun: Json, said: Mapping[str, Json]) -> Json:
    """A node that was begun, with what else is known."""
    inside = "".join([f',"{key}":{value}' for key, value in said.items() if value])
    return f"{begun}{inside}}}"


def _list(parts: Iterable[Json]) -> Json:
    inside = ",".join([part for part in parts if part])
    return f"[{inside}]" if inside else ""


def _labels(labelled: Iterable[Link | Fact]) -> Json:
    return _list([encode_basestring(one.label) for one in labelled])


def _text(text: str | None) -> Json:
    return encode_basestring(text) if text else ""


def _source(source: SourceView | None) -> Json:
    """Where a text comes from, unless it is the portal's own. Whether its name is a person's or an organisation's is not
    told, so it is but credited."""
    if source is None or source.rights == Rights.OWN.label:
        return ""
    said = {"name": _text(source.title), "url": _text(source.url), "datePublished": _text(source.published_iso)}
    return _node("CreativeWork", {**said, "creditText": _text(source.name)})


def _correction(day: str, note: Fact) -> Json:
    said = " ".join(part.label for part in note.values)
    return _node("CorrectionComment", {"datePublished": _text(day), "text": _text(said)})


def _variable(variable: Variable) -> Json:
    return _node("PropertyValue", {"name": _text(variable.name), "unitText": _text(variable.unit)})
