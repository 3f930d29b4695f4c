"""Small corpora written by hand: what the tests of linking read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kg.link.written import Written, extraction_frame, written_tables
from kg.model import Assertion, Author, Extraction, Mention, Paper, PaperId, Span, Work, WrittenEntity
from kg.ontology import Kind, Relation, Role

Entry = tuple[str, str, list[str]]
"""Kind, role and surfaces of an entity, as in the gold files."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A paper of a test: what it prints."""

    id: str
    entities: Sequence[Entry] = ()
    published: str | None = None
    title: str = "A title"
    authors: Sequence[str] = ()
    references: Sequence[str] = ()
    doi: str | None = None
    relations: Sequence[tuple[int, str, int]] = ()
    version: str | None = None
    confidence: float = 1.0


def written_of(*sheets: Sheet) -> Written:
    """The as-written tables of these papers; each surface is mentioned once."""
    works = [Work(paper, (paper,)) for paper in map(_paper, sheets)]
    extractions = extraction_frame(map(_extraction, sheets))
    return written_tables(works, extractions, "test")


def _paper(sheet: Sheet) -> Paper:
    return Paper(
        id=PaperId(sheet.id),
        title=sheet.title,
        abstract=_abstract(sheet),
        version=sheet.version,
        authors=tuple(Author(name) for name in sheet.authors),
        published=sheet.published,
        doi=sheet.doi,
        references=tuple(sheet.references),
    )


def _abstract(sheet: Sheet) -> str:
    surfaces = [surface for _, _, surfaces in sheet.entities for surface in surfaces]
    return f"About {', '.join(surfaces)} in {sheet.id}."


def _extraction(sheet: Sheet) -> Extraction:
    text = f"{sheet.title}\n{_abstract(sheet)}"
    return Extraction(
        paper_id=PaperId(sheet.id),
        version=sheet.version,
        text=text,
        extractor="test",
        entities=tuple(
            WrittenEntity(Kind(kind), Role(role), tuple(surfaces), sheet.confidence)
            for kind, role, surfaces in sheet.entities
        ),
        mentions=tuple(
            Mention(text.index(surface), text.index(surface) + len(surface), surface, place)
            for place, (_, _, surfaces) in enumerate(sheet.entities)
            for surface in surfaces
        ),
        assertions=tuple(
            Assertion(subject, Relation(relation), target, Span(0, len(sheet.title)))
            for subject, relation, target in sheet.relations
        ),
    )
