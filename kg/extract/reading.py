"""One text through the pipeline: source text to a document, and its findings back to source offsets.

The document is of the clean text, or of the source text itself where the pipeline's tokeniser says that it reads that.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from kg.errors import ExtractError
from kg.extract.links import links
from kg.extract.state import MENTIONS, LocalEntity, LocalResult, declare_extensions
from kg.model import Assertion, Extraction, Mention, PaperId, Result, Span, WrittenEntity
from kg.text import CleanText, clean, sentences

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc


LONGEST = 20_000
"""Characters of a text that are read; ten times the length of a long abstract."""

PIPELINE: tuple[str, ...] = ("kg_tagger", "kg_entities", "kg_roles", "kg_relations", "kg_results")
"""The components of the pipeline that `kg train` makes, in the order in which they run."""


@cache
def load(folder: Path) -> Language:
    """The pipeline of a folder, loaded once a process; raises `ExtractError` where there is none."""
    import spacy

    import kg.extract.components  # noqa: F401

    if not (folder / "config.cfg").is_file():
        raise ExtractError(f"{folder}: no extraction pipeline here; `kg train` makes one")
    try:
        return spacy.load(folder)
    except (OSError, ValueError, KeyError) as error:
        raise ExtractError(f"{folder}: the extraction pipeline cannot be loaded: {error}") from error


def read(nlp: Language, extractor: str, paper_id: PaperId, version: str | None, text: str) -> Extraction:
    """All that the pipeline finds in a source text."""
    doc, cleaned = document(nlp, text)
    for _, component in nlp.pipeline:
        doc = component(doc)
    return findings(doc, cleaned, extractor, paper_id, version)


def document(nlp: Language, text: str) -> tuple[Doc, CleanText]:
    """The document of a source text, with its sentences, before any component has seen it.

    What follows the first `LONGEST` characters is not read.
    """
    declare_extensions()
    cleaned = CleanText(text, text) if getattr(nlp.tokenizer, "reads_source", False) else clean(text)
    doc = nlp.make_doc(cleaned.text[:LONGEST])
    bounds = (cleaned.clean_span(sentence.start, sentence.end) for sentence in sentences(text))
    doc._.kg_sentences = [
        (span.start, min(span.end, LONGEST)) for span in bounds if span.start < min(span.end, LONGEST)
    ]
    return doc, cleaned


def findings(
    doc: Doc, cleaned: CleanText, extractor: str, paper_id: PaperId, version: str | None
) -> Extraction:
    """What the components wrote on a document, with offsets of the source text."""
    mentions = _mentions(doc, cleaned)
    bounds = [cleaned.source_span(start, end) for start, end in doc._.kg_sentences]
    # An entity whose mentions all fell together with others in the source has no place left to show.
    kept = sorted({mention.entity for mention in mentions})
    place_of = {entity: place for place, entity in enumerate(kept)}
    return Extraction(
        paper_id=paper_id,
        version=version,
        text=cleaned.source,
        extractor=extractor,
        entities=tuple(_entity(doc._.kg_entities[entity], entity, mentions, bounds) for entity in kept),
        mentions=tuple(replace(mention, entity=place_of[mention.entity]) for mention in mentions),
        assertions=tuple(
            Assertion(
                subject=place_of[found.subject],
                relation=found.relation,
                object=place_of[found.object],
                evidence=bounds[found.sentence],
                confidence=found.confidence,
            )
            for found in doc._.kg_relations
            if found.subject in place_of and found.object in place_of
        ),
        results=tuple(
            _result(found, cleaned, bounds, place_of)
            for found in doc._.kg_results
            if found.subject in place_of
        ),
        links=tuple(links(cleaned.source)),
    )


def _mentions(doc: Doc, cleaned: CleanText) -> list[Mention]:
    """The mentions in source text, in order; of two that overlap there the first stays."""
    mentions: list[Mention] = []
    last = 0
    for span in doc.spans[MENTIONS]:
        start, end = _bare(cleaned, cleaned.source_span(span.start_char, span.end_char))
        if start >= last and start < end:
            confidence = round(float(span._.kg_confidence), 2)
            mentions.append(Mention(start, end, cleaned.source[start:end], span._.kg_entity, confidence))
            last = end
    return mentions


def _bare(cleaned: CleanText, span: Span) -> tuple[int, int]:
    """The span without the dollars of a formula that is all of it."""
    start, end = span.start, span.end
    written = cleaned.source[start:end]
    if len(written) > 2 and written.startswith("$") and written.endswith("$") and written.count("$") == 2:
        return start + 1, end - 1
    return start, end


def _entity(
    local: LocalEntity, entity: int, mentions: Sequence[Mention], bounds: Sequence[Span]
) -> WrittenEntity:
    own = [mention for mention in mentions if mention.entity == entity]
    first_place: dict[str, int] = {}
    for position, mention in enumerate(own):
        first_place.setdefault(mention.surface, position)
    title_end = bounds[0].end if bounds else 0
    in_abstract = {mention.surface for mention in own if mention.start >= title_end}
    fullest = sorted(
        first_place,
        key=lambda surface: (-len(surface.rstrip("s")), surface not in in_abstract, first_place[surface]),
    )
    return WrittenEntity(
        kind=local.kind,
        role=local.role,
        surfaces=tuple(fullest),
        confidence=round(local.confidence, 2),
        evidence=None if local.evidence is None else bounds[local.evidence],
    )


def _result(
    found: LocalResult, cleaned: CleanText, bounds: Sequence[Span], place_of: Mapping[int, int]
) -> Result:
    start, end = _bare(cleaned, cleaned.source_span(*found.value))
    metric = (
        ""
        if found.metric is None
        else cleaned.source[slice(*_bare(cleaned, cleaned.source_span(*found.metric)))]
    )
    return Result(
        subject=place_of[found.subject],
        dataset=None if found.dataset is None else place_of.get(found.dataset),
        metric=metric,
        value=cleaned.source[start:end],
        evidence=bounds[found.sentence],
        number=found.number,
        unit=found.unit,
        value_kind=found.value_kind,
        compared_with=None if found.compared_with is None else place_of.get(found.compared_with),
        confidence=found.confidence,
    )
