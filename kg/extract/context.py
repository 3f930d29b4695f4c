"""A document as the feature functions see it: lower-case words, sentences, and where each entity is mentioned."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from spacy.tokens import Doc

from kg.extract.state import MENTIONS, LocalEntity
from kg.ontology import Kind, Role


class Place(NamedTuple):
    """One mention, in tokens: `end` exclusive."""

    start: int
    end: int
    entity: int
    sentence: int


@dataclass(frozen=True, slots=True)
class Context:
    """What is asked of a document again and again, computed once."""

    words: tuple[str, ...]
    """Lower case; digits are `0`."""
    text: str
    offsets: tuple[int, ...]
    """Character offset of each token."""
    lengths: tuple[int, ...]
    """Characters of each token."""
    sentences: tuple[tuple[int, int], ...]
    """First token and end token of each sentence."""
    entities: tuple[LocalEntity, ...]
    places: tuple[Place, ...]
    places_of: tuple[tuple[Place, ...], ...]
    """The places of each entity."""
    surfaces: tuple[str, ...]
    """The first surface of each entity."""
    owner: tuple[int, ...]
    """The entity that each token is part of, or -1."""

    def kind(self, entity: int) -> Kind:
        """The kind of an entity."""
        return self.entities[entity].kind

    def role(self, entity: int) -> Role:
        """The role of an entity."""
        return self.entities[entity].role

    def token_at(self, offset: int) -> int:
        """The token that holds a character."""
        return max(0, bisect_right(self.offsets, offset) - 1)

    def sentence_at(self, token: int) -> int:
        """The position of the sentence that a token stands in."""
        return max(0, bisect_right([first for first, _ in self.sentences], token) - 1)


def context(doc: Doc) -> Context:
    """The context of a document that `kg_entities` has seen."""
    offsets = tuple(token.idx for token in doc)
    entities = tuple(doc._.kg_entities or ())
    sentences = _token_sentences(offsets, doc._.kg_sentences or [(0, len(doc.text))])
    firsts = [first for first, _ in sentences]
    spans = doc.spans.get(MENTIONS, ())
    places = tuple(
        Place(span.start, span.end, span._.kg_entity, max(0, bisect_right(firsts, span.start) - 1))
        for span in spans
    )
    owner = [-1] * len(doc)
    for place in places:
        owner[place.start : place.end] = [place.entity] * (place.end - place.start)
    places_of = tuple(tuple(places[mention] for mention in entity.mentions) for entity in entities)
    return Context(
        words=tuple(_plain(token.text) for token in doc),
        text=doc.text,
        offsets=offsets,
        lengths=tuple(len(token) for token in doc),
        sentences=sentences,
        entities=entities,
        places=places,
        places_of=places_of,
        surfaces=tuple(doc[own[0].start : own[0].end].text for own in places_of),
        owner=tuple(owner),
    )


def _plain(word: str) -> str:
    return "0" if word[0].isdigit() else word.lower()


def _token_sentences(
    offsets: Sequence[int], sentences: Sequence[tuple[int, int]]
) -> tuple[tuple[int, int], ...]:
    """The sentences in tokens, one for one; each begins with the first token at or after its first character."""
    firsts = [0, *(bisect_left(offsets, start) for start, _ in sentences[1:])]
    return tuple(zip(firsts, [*firsts[1:], len(offsets)], strict=True))
