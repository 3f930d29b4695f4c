"""What the components write on a spaCy document; every one of these has a place of its own here.

| where | written by | what |
| --- | --- | --- |
| `doc.spans["tagged"]` | kg_tagger | spans found by the model; `label_` is the kind, `_.kg_confidence` the certainty |
| `doc.spans["mentions"]`, `doc.ents` | kg_entities | every occurrence; `label_` the kind, `_.kg_entity` the entity |
| `doc._.kg_sentences` | the caller, else kg_entities | `(start, end)` character offsets of the sentences |
| `doc._.kg_entities` | kg_entities, kg_roles | list of `LocalEntity` |
| `doc._.kg_relations` | kg_relations | list of `LocalRelation` |
| `doc._.kg_results` | kg_results | list of `LocalResult` |

In the shipped pipeline the one component kg_encoder writes all of these but `tagged`. Offsets of documents are those of
the text that the document was made of: in `kg.extract` the source text for kg_encoder, else the clean text.
"""

from __future__ import annotations

from dataclasses import dataclass

from spacy.tokens import Doc, Span

from kg.ontology import Kind, Relation, Role, ValueKind

TAGGED = "tagged"
MENTIONS = "mentions"


@dataclass(frozen=True, slots=True)
class LocalEntity:
    """One thing that a document names; `mentions` are positions in `doc.spans["mentions"]`."""

    kind: Kind
    mentions: tuple[int, ...]
    confidence: float
    role: Role = Role.MENTIONS
    evidence: int | None = None
    """Position of the sentence that states the role."""


@dataclass(frozen=True, slots=True)
class LocalRelation:
    """A relation between two entities of a document, by position."""

    subject: int
    relation: Relation
    object: int
    sentence: int
    confidence: float


@dataclass(frozen=True, slots=True)
class LocalResult:
    """A number that a document reports; offsets are characters of the document's text."""

    subject: int
    dataset: int | None
    metric: tuple[int, int] | None
    value: tuple[int, int]
    value_kind: ValueKind
    number: float | None
    unit: str | None
    sentence: int
    confidence: float
    compared_with: int | None = None


def declare_extensions() -> None:
    """Makes the attributes of the table known to spaCy; doing so again changes nothing."""
    for name in ("kg_entities", "kg_relations", "kg_results", "kg_sentences"):
        if not Doc.has_extension(name):
            Doc.set_extension(name, default=None)
    if not Span.has_extension("kg_confidence"):
        Span.set_extension("kg_confidence", default=1.0)
    if not Span.has_extension("kg_entity"):
        Span.set_extension("kg_entity", default=None)
