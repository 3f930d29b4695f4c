"""Gold extractions written on documents of clean text, as the components would have written them."""

from __future__ import annotations

from dataclasses import dataclass, replace

from spacy.language import Language
from spacy.tokens import Doc

from kg.extract.entities import write_entities
from kg.extract.numerals import Numeral, numerals
from kg.extract.reading import document
from kg.model import Extraction, Result, Span
from kg.ontology import Kind
from kg.text import CleanText


@dataclass(frozen=True, slots=True)
class GoldDocument:
    """A document with gold entities and roles, and what else its gold states in terms of these."""

    doc: Doc
    spans: tuple[tuple[int, int, Kind], ...]
    """Mentions as (first token, end token, kind)."""
    relations: dict[tuple[int, int], str]
    """Relation by (subject, object)."""
    results: tuple[tuple[Numeral, tuple[Result, ...]], ...]
    """Each number of the text that is no part of a name, with its gold results; most have none."""


def gold_document(nlp: Language, gold: Extraction) -> GoldDocument:
    """The gold of one paper on the document of its clean text."""
    doc, cleaned = document(nlp, gold.text)
    place_of = _write_gold_entities(doc, cleaned, gold)
    relations = {
        (place_of[stated.subject], place_of[stated.object]): stated.relation.value
        for stated in gold.assertions
        if stated.subject in place_of and stated.object in place_of
    }
    spans = tuple((span.start, span.end, Kind(span.label_)) for span in doc.ents)
    return GoldDocument(doc, spans, relations, tuple(_results(doc, cleaned, gold, place_of)))


def _write_gold_entities(doc: Doc, cleaned: CleanText, gold: Extraction) -> dict[int, int]:
    """Writes entities with their roles; gives the document's position of each entity of the gold."""
    found = []
    last = 0
    for mention in sorted(gold.mentions, key=lambda mention: mention.start):
        span = cleaned.clean_span(mention.start, mention.end)
        if span.start >= last and span.start < span.end:
            found.append((span.start, span.end, str(mention.entity)))
            last = span.end
    things = {str(position): (entity.kind, 1.0) for position, entity in enumerate(gold.entities)}
    keys = [int(key) for key in write_entities(doc, found, things)]
    doc._.kg_entities = [
        replace(local, role=gold.entities[key].role)
        for local, key in zip(doc._.kg_entities, keys, strict=True)
    ]
    return {key: place for place, key in enumerate(keys)}


def _results(
    doc: Doc, cleaned: CleanText, gold: Extraction, place_of: dict[int, int]
) -> list[tuple[Numeral, tuple[Result, ...]]]:
    """Each number with the gold results whose value it is."""
    spans = [(span, result) for result in gold.results for span in _value_spans(cleaned, result)]
    found = []
    for numeral in numerals(doc.text):
        own = tuple(
            replace(
                result,
                subject=place_of[result.subject],
                dataset=None if result.dataset is None else place_of.get(result.dataset),
            )
            for span, result in spans
            if span.start < numeral.end and numeral.start < span.end and result.subject in place_of
        )
        found.append((numeral, own))
    return found


def _value_spans(cleaned: CleanText, result: Result) -> list[Span]:
    """Where the value stands in clean text: its first occurrence that no digit touches."""
    source, value = cleaned.source, result.value
    start = source.find(value)
    while start >= 0:
        end = start + len(value)
        is_inside = source[start - 1 : start].isdigit() or source[end : end + 1].isdigit()
        if not is_inside and source[start - 1 : start] != ".":
            return [cleaned.clean_span(start, end)]
        start = source.find(value, start + 1)
    return []
