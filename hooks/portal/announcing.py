"""What is read aloud of a page: articles and models have a text for an announcer, other pages none."""

from __future__ import annotations

from datetime import date

from .aloud.reading_text import LENGTH, reading_text
from .aloud.speaker import Speaker
from .pages import Page
from .profile_views import ProfileView
from .views import ArticleView, Fact, SourceView

READING_TEXT = "index.txt"  # beside the page


def is_read(page: Page) -> bool:
    """Whether there is one, as told without looking at what the page shows."""
    return page.template in ("portal/article.html", "portal/profile.html")


def text_of(page: Page, view: object, speaker: Speaker) -> str:
    """Empty where there is none."""
    if isinstance(view, ArticleView):
        corrections = [
            (date.fromisoformat(day), fact.values[0].label)
            for day, fact in zip(view.corrected_iso, view.corrections, strict=True)
        ]
        source = _named(view.source)
        return reading_text(page.title, page.summary, page.body, speaker, corrections=corrections, source=source)
    if isinstance(view, ProfileView):
        facts = [_said(fact) for fact in (*view.facts, *view.results) if fact.values]
        return reading_text(page.title, page.summary, page.body, speaker, facts=facts, source=_named(view.source))
    return ""


def length_of(text: str) -> str:
    """How long reading it takes, in words, as it says itself."""
    return text.partition(".\n")[0].removeprefix(LENGTH)


def _named(source: SourceView | None) -> str:
    return source.name if source else ""


def _said(fact: Fact) -> tuple[str, str]:
    return fact.label, ", ".join(value.label for value in fact.values)
