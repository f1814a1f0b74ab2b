"""The bodies of files, each with what its page says of the figures in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from .addresses import Addresses
from .body import Body, Converter
from .evidence import Evidence, marks_of
from .fingerprint import digest
from .marking import Mark
from .markup import Resolve
from .memory import Memory, Wanted
from .pages import Notes
from .routes import authored
from .source import ContentFile, Intro, Sources


@dataclass(frozen=True)
class _Marked:
    """A body as it is written, with what is marked in it."""

    file: ContentFile | Intro
    evidence: Evidence | None
    notes: Notes

    @property
    def first_line(self) -> int:
        return self.file.body_line if isinstance(self.file, ContentFile) else 1

    @property
    def marks(self) -> tuple[Mark, ...]:
        return marks_of(self.evidence, self.notes.of.get(self.file.address, {})) if self.evidence else ()


def converted(
    sources: Sources, addresses: Addresses, evidence: Mapping[str, Evidence], notes: Notes, memory: Memory
) -> dict[str, Body]:
    """Every body that is written, by address, whether public or not: a fault is told before it can be published."""
    files = (*authored(sources), *sources.faulty, *sources.intros)
    written = [_Marked(file, evidence.get(file.path), notes) for file in files]
    names = [
        digest(sources.names.get(one.file.path, ""), one.evidence.name, notes.names.get(one.file.address, ""))
        if one.evidence
        else sources.names.get(one.file.path, "")
        for one in written
    ]

    def resolver(one: _Marked) -> Resolve:
        return addresses.resolver(one.file.path, one.file.address)

    converter = Converter()

    def convert(some: Sequence[_Marked]) -> list[Body]:
        return [
            converter.convert(one.file.body, one.file.path, one.first_line, resolver(one), one.marks) for one in some
        ]

    def leads_there_still(one: _Marked, body: Body) -> bool:
        resolve = resolver(one)
        return all(resolve(link.written, link.image) == link.to for link in body.led)

    wanted = Wanted("body", names, written, convert, leads_there_still, many=True, around=addresses.name)
    (found,) = memory.values(wanted)
    return {one.file.address: body for one, body in zip(written, found, strict=True)}
