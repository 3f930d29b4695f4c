"""Roles, relations and results of the encoder, as the document's extensions hold them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from spacy.tokens import Doc

from kg.extract.context import Context, Place, context
from kg.extract.encoder.found import (
    RELATIONS,
    ROLES,
    VALUE_KINDS,
    Found,
    FoundRelation,
    FoundResult,
    Reading,
)
from kg.extract.numerals import Numeral, numerals
from kg.extract.relations import is_blocked
from kg.extract.roles import role_sentence
from kg.extract.state import LocalRelation, LocalResult
from kg.ontology import Relation, Role, ValueKind
from kg.text import clean


def write_readings(doc: Doc, reading: Reading, found: Found, place_of: Mapping[int, int]) -> None:
    """Writes what was found; `place_of` leads from the entities that were found to those of the document."""
    view = context(doc)
    entity_of = {place: entity for entity, place in place_of.items()}
    doc._.kg_entities = [
        replace(entity, role=role, evidence=role_sentence(view, place, role))
        for place, entity in enumerate(view.entities)
        for role in (Role(ROLES[found.entities[entity_of[place]].role]),)
    ]
    doc._.kg_relations = [
        relation for stated in found.relations for relation in _relations(view, reading, stated, place_of)
    ]
    doc._.kg_results = [
        result
        for stated, written in written_values(reading.text, found.results)
        for result in _results(view, stated, written, place_of)
    ]


def written_values(text: str, results: Sequence[FoundResult]) -> Iterator[tuple[FoundResult, Numeral]]:
    r"""The results, each with its number and unit read from clean text, where they are plain; offsets are of `text`.

    A range is taken whole, and results that it holds are one.
    """
    if not results:
        return
    cleaned = clean(text)
    found = numerals(cleaned.text)
    last = 0
    for result in results:
        place = cleaned.clean_span(result.start, result.end)
        near = [each for each in found if each.start < place.end and place.start < each.end]
        near = near or numerals(clean(text[result.start : result.end]).text)
        if not near or result.start < last:
            continue
        start, end = result.start, result.end
        if near[-1].is_range:
            span = cleaned.source_span(near[-1].start, near[-1].end)
            start, end = span.start, span.end
        yield result, replace(near[-1], start=start, end=end)
        last = end


def _relations(
    view: Context, reading: Reading, stated: FoundRelation, place_of: Mapping[int, int]
) -> Iterator[LocalRelation]:
    """The relation, where its entities have mentions and the words around them neither negate nor hedge it."""
    subject, object_ = place_of.get(stated.subject), place_of.get(stated.object)
    if subject is None or object_ is None:
        return
    starts = [reading.words[word].start for word in stated.words]
    pair = [_place_at(view, entity, start) for entity, start in zip((subject, object_), starts, strict=True)]
    if not is_blocked(view, *pair):
        relation = Relation(RELATIONS[stated.relation])
        sentence = max(place.sentence for place in pair)
        yield LocalRelation(subject, relation, object_, sentence, stated.confidence)


def _results(
    view: Context, stated: FoundResult, written: Numeral, place_of: Mapping[int, int]
) -> Iterator[LocalResult]:
    """The result, where its subject has a mention."""
    subject = place_of.get(stated.subject)
    if subject is None:
        return
    token = view.token_at(written.start)
    yield LocalResult(
        subject=subject,
        dataset=None if stated.dataset is None else place_of.get(stated.dataset),
        metric=metric_span(view, token, None if stated.metric is None else place_of.get(stated.metric)),
        value=(written.start, written.end),
        value_kind=ValueKind(VALUE_KINDS[stated.value_kind]),
        number=written.number,
        unit=written.unit,
        sentence=view.sentence_at(token),
        confidence=stated.confidence,
    )


def metric_span(view: Context, token: int, metric: int | None) -> tuple[int, int] | None:
    """The nearest mention of the metric in a number's own sentence."""
    sentence = view.sentence_at(token)
    own = [
        place
        for place in (view.places_of[metric] if metric is not None else ())
        if place.sentence == sentence
    ]
    if not own:
        return None
    nearest = min(own, key=lambda place: (abs(place.start - token), place))
    last = nearest.end - 1
    return view.offsets[nearest.start], view.offsets[last] + view.lengths[last]


def _place_at(view: Context, entity: int, start: int) -> Place:
    """The mention of an entity that begins there, else its first one."""
    own = view.places_of[entity]
    return next((place for place in own if view.offsets[place.start] == start), own[0])
