"""The pages of articles, models and ordinary pages."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from ..kinship import Kin
from ..last_changes import article_changed, profile_changed
from ..merits import evaluation_view
from ..presenting import article_view, pictures_of
from ..presenting_profiles import CardsOfProfile, kin_facts, profile_view
from ..related import Neighbours, neighbours
from ..schema.content import Article, Profile
from ..source import ContentFile
from ..standing import Standing
from ..text import capitalised
from ..views import Beside, Entry, Link, PageView
from .catalog import Catalog
from .lists import category_crumbs
from .page import ARTICLES, FAMILIES, HOME, MODELS, Page
from .shared import image_of

EXPIRED_TITLE = "Bài đã hết hạn"


def articles(catalog: Catalog) -> Iterator[Page]:
    """One page for each public article."""
    kinship, beside = catalog.kinship, neighbours(catalog.records.articles)
    for article, standing in catalog.public.articles:
        if standing is Standing.EXPIRED:
            yield _expired(catalog, article)
            continue
        to_read = _entries(catalog, kinship.to_read[article.path])
        yield _article(catalog, article, beside.get(article.path), to_read)


def models(catalog: Catalog) -> Iterator[Page]:
    """One page for each public profile."""
    kinship = catalog.kinship
    for profile, _ in catalog.public.profiles:
        about = catalog.entries(catalog.articles_of_model.get(profile.slug, ()))
        alike, to_read = (_entries(catalog, kin[profile.path]) for kin in (kinship.alike, kinship.to_read))
        yield _profile(catalog, profile, CardsOfProfile(about, alike, to_read))


def ordinary(catalog: Catalog) -> Iterator[Page]:
    """The ordinary pages but the home page, which is made elsewhere."""
    for page in catalog.public.ordinary:
        if page.address != HOME:
            updated = page.record.updated.day if page.record.updated else None
            pictures = pictures_of(page.record.images, catalog.pictures)
            yield _authored(catalog, page, page.record.summary or "", "page", PageView(pictures), updated)


def _entries(catalog: Catalog, kin: tuple[Kin, ...]) -> tuple[Entry, ...]:
    return tuple(catalog.entry_at[one.address].because(capitalised(one.reason)) for one in kin)


def _article(
    catalog: Catalog, article: ContentFile[Article], near: Neighbours | None, to_read: tuple[Entry, ...]
) -> Page:
    record = article.record
    models = tuple(catalog.model_by_slug[slug] for slug in record.models if slug in catalog.model_by_slug)
    beside = Beside(
        newer=_link(near.newer) if near and near.newer else None,
        older=_link(near.older) if near and near.older else None,
        others=catalog.entries(near.others) if near else (),
        to_read=to_read,
    )
    figures = catalog.figures_of(article)
    standing = catalog.standing[article.path]
    named = tuple((catalog.entry_of[model.path], model.record.title) for model in models)
    pictures = pictures_of(record.images, catalog.pictures)
    image = image_of(pictures, catalog.sharing.card_for_article(record.category))
    changed = article_changed(record, catalog.today)
    view = article_view(article, standing, named, beside, figures, pictures, image, changed, catalog.registers)
    updated = changed.day
    above = category_crumbs(catalog, record.category)
    return _authored(catalog, article, record.summary, "article", view, updated, *above)


def _expired(catalog: Catalog, article: ContentFile[Article]) -> Page:
    """Of an expired article the address stays, with a notice; its words are in no file of the site."""
    above = (catalog.home_link, Link(catalog.campaign.texts.articles, ARTICLES))
    notice = Standing.EXPIRED.label
    return Page(article.address, EXPIRED_TITLE, notice, "portal/expired.html", None, "", above, listed=False)


def _profile(catalog: Catalog, profile: ContentFile[Profile], beside: CardsOfProfile) -> Page:
    kin = tuple(kin_facts(profile, catalog.lineage, FAMILIES, catalog.registers))
    evaluation = evaluation_view(profile.record.evaluation, catalog.registers)
    standing, today = catalog.standing[profile.path], catalog.today
    origin = catalog.lineage.origin_of(profile)
    pictures = pictures_of(profile.record.images, catalog.pictures)
    image = image_of(pictures, catalog.sharing.card_of(profile))
    view = profile_view(profile, standing, kin, evaluation, beside, origin, today, pictures, image, catalog.registers)
    updated = profile_changed(profile.record)
    above = Link(catalog.campaign.texts.models, MODELS)
    return _authored(catalog, profile, profile.record.summary, "profile", view, updated, above)


def _link(file: ContentFile) -> Link:
    return Link(file.record.title, file.address)


def _authored(
    catalog: Catalog, file: ContentFile, summary: str, template: str, view: object, updated: date | None, *above: Link
) -> Page:
    return Page(
        address=file.address,
        title=file.record.title,
        summary=summary,
        template=f"portal/{template}.html",
        view=view,
        edit_path=file.path,
        crumbs=(catalog.home_link, *above),
        updated=updated if updated and updated <= catalog.today else None,  # what lies ahead has changed nothing yet
    )
