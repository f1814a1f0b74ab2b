"""The pages of articles, models and ordinary pages."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from ..listing import model_day, newest_first
from ..merits import evaluation_view
from ..presenting import article_view, label_of, profile_view
from ..related import Neighbours, Related, Subject, neighbours
from ..schema.content import Article, Profile
from ..source import ContentFile
from ..standing import Standing
from ..text import capitalised
from ..views import Beside, Card, Fact, Link
from .catalog import Catalog
from .lists import category_crumbs
from .page import ARTICLES, HOME, MODELS, Page

EXPIRED_TITLE = "Bài đã hết hạn"


def pages(catalog: Catalog) -> Iterator[Page]:
    """One page for each public record; the home page is made elsewhere."""
    subjects = dict(_subjects(catalog))
    related = Related(subjects.values())
    record_at = {record.address: record for record in (*catalog.records.articles, *catalog.records.models)}
    beside = neighbours(catalog.records.articles)

    def to_read(path: str) -> tuple[Card, ...]:
        found = related.to(subjects[path])
        return tuple(
            catalog.card_of[record_at[s.address].path].because(capitalised(reason.label)) for s, reason in found
        )

    for article, standing in catalog.public.articles:
        if standing is Standing.EXPIRED:
            yield _expired(catalog, article)
            continue
        yield _article(catalog, article, beside.get(article.path), to_read(article.path))
    for profile, _ in catalog.public.profiles:
        yield _profile(catalog, profile, to_read(profile.path))
    for page in catalog.public.ordinary:
        if page.address != HOME:
            updated = page.record.updated.day if page.record.updated else None
            yield _authored(catalog, page, page.record.summary or "", "page", None, updated)


def _subjects(catalog: Catalog) -> Iterator[tuple[str, Subject]]:
    address_of_model = {slug: model.address for slug, model in catalog.model_by_slug.items()}
    for article in catalog.records.articles:
        record = article.record
        mentions = frozenset(address_of_model[slug] for slug in record.models if slug in address_of_model)
        models, units, fields = frozenset(record.models), frozenset(record.units), frozenset(record.fields_)
        order = newest_first(record.date.at)
        yield article.path, Subject(article.address, order, models, units, fields, mentions)
    for model in catalog.records.models:
        record = model.record
        fields = frozenset({record.field} if record.field else ())
        order = newest_first(model_day(record))
        yield (
            model.path,
            Subject(model.address, order, frozenset({model.slug}), frozenset({record.unit}), fields, frozenset()),
        )


def _article(
    catalog: Catalog, article: ContentFile[Article], near: Neighbours | None, to_read: tuple[Card, ...]
) -> Page:
    record = article.record
    models = tuple(catalog.model_by_slug[slug] for slug in record.models if slug in catalog.model_by_slug)
    beside = Beside(
        newer=_link(near.newer) if near and near.newer else None,
        older=_link(near.older) if near and near.older else None,
        others=catalog.cards(near.others) if near else (),
        to_read=to_read,
    )
    figures = catalog.figures_of(article)
    standing = catalog.standing[article.path]
    view = article_view(article, standing, catalog.cards(models), beside, figures, catalog.registers)
    updated = (record.updated or record.date).day
    above = category_crumbs(catalog, record.category)
    return _authored(catalog, article, record.summary, "article", view, updated, *above)


def _expired(catalog: Catalog, article: ContentFile[Article]) -> Page:
    """Of an expired article the address stays, with a notice; its words are in no file of the site."""
    above = (catalog.home_link, Link(catalog.campaign.texts.articles, ARTICLES))
    notice = Standing.EXPIRED.label
    return Page(article.address, EXPIRED_TITLE, notice, "portal/expired.html", None, "", above, listed=False)


def _profile(catalog: Catalog, profile: ContentFile[Profile], to_read: tuple[Card, ...]) -> Page:
    lineage = tuple(_lineage(catalog, profile))
    articles = catalog.cards(catalog.articles_of_model.get(profile.slug, ()))
    evaluation = evaluation_view(profile.record.evaluation, catalog.registers)
    standing = catalog.standing[profile.path]
    view = profile_view(profile, standing, lineage, evaluation, articles, to_read, catalog.registers)
    above = Link(catalog.campaign.texts.models, MODELS)
    return _authored(catalog, profile, profile.record.summary, "profile", view, None, above)


def _lineage(catalog: Catalog, profile: ContentFile[Profile]) -> Iterator[Fact]:
    """The model this one learnt from, and the public models that learnt from it."""
    source = catalog.model_by_slug.get(profile.record.replicated_from or "")
    if source:
        yield Fact(label_of(Profile, "replicated_from"), (_link(source),))
    learners = tuple(_link(m) for m in catalog.records.models if m.record.replicated_from == profile.slug)
    if learners:
        yield Fact("Mô hình học theo", learners)


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
        updated=updated,
    )
