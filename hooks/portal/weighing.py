"""All that is checked between an article's figures and its text, in one place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from .agreement import check_agreement
from .echoes import check_echoes
from .evidence import Evidence, find_evidence, marks_of, reading_of
from .fingerprint import Fingerprints, digest
from .memory import NO_MEMORY, Memory, Wanted
from .prose import Vocabulary
from .registers import Registers
from .schema.content import Article
from .source import ContentFile, Sources


def weighed(sources: Sources, registers: Registers, memory: Memory = NO_MEMORY) -> dict[str, Evidence]:
    """The evidence of every article with figures, by path, with all its problems."""
    wanted = to_weigh(sources, registers)
    (found,) = memory.values(wanted)
    return by_path(wanted, found)


def to_weigh(sources: Sources, registers: Registers) -> Wanted[ContentFile[Article], Evidence]:
    """The evidence that `weighed` is made of.

    An article some of whose sets can't be read is left out: its numbers could be taken for those of others.
    """
    articles = [article for article in (*sources.articles, *sources.faulty) if article.gist.figures]
    names = [digest(sources.names.get(article.path, ""), registers.name) for article in articles]
    vocabulary = cache(lambda: Vocabulary.of(registers))

    def make(some: Sequence[ContentFile[Article]]) -> list[Evidence]:
        return [weigh(one, registers, vocabulary()) for one in some]

    return Wanted("evidence", names, articles, make, prepare=vocabulary, many=True)


def by_path(wanted: Wanted[ContentFile[Article], Evidence], found: Sequence[Evidence]) -> dict[str, Evidence]:
    return {article.path: evidence for article, evidence in zip(wanted.things, found, strict=True)}


def weigh(article: ContentFile[Article], registers: Registers, vocabulary: Vocabulary) -> Evidence:
    """The evidence of one article; its problems are those of the evidence, of agreement and of what is repeated."""
    reading = reading_of(article, registers, vocabulary)
    found = find_evidence(reading)
    more = (*check_agreement(reading, found), *check_echoes(reading, found))
    marks = Fingerprints().of(marks_of(found, {})) if found.passages else ""
    return replace(found, problems=(*found.problems, *more), name=marks)
