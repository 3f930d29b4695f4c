"""The types of the field: papers as written, and things as resolved over the corpus.

What a paper prints (`Author`, `Mention`, `Assertion`, `Result`) is kept apart from what it means (`Person`, `Entity`,
`Citation`). Offsets count Unicode code points of a version's source text: title, newline,
abstract, white space collapsed.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NewType

from kg.ontology import Kind, Relation, Role, ValueKind

PaperId = NewType("PaperId", str)
"""A normalised identifier with its authority: `arxiv:2412.15209`, `doi:10.1000/x`, `acl:P18-1001`."""


# --- as written -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Author:
    """A name in a paper's list of authors; the position is its place in the list."""

    name: str
    orcid: str | None = None
    affiliation: str | None = None


@dataclass(frozen=True, slots=True)
class Paper:
    """What one record says of one version of a paper; any field but the id may be missing."""

    id: PaperId
    title: str | None = None
    """Decoded text as read, LaTeX and mojibake kept."""
    abstract: str | None = None
    version: str | None = None
    """As the archive writes it: `v7`."""
    authors: tuple[Author, ...] = ()
    published: str | None = None
    """`2024`, `2024-12` or `2024-12-19`."""
    is_published_derived: bool = False
    """Whether the date was derived from the arXiv id rather than stated."""
    venue: str | None = None
    doi: str | None = None
    url: str | None = None
    references: tuple[str, ...] = ()
    """Normalised ids where they have an authority, else the string as written."""
    topics: tuple[str, ...] = ()
    """Headings of the listings that the paper stands in."""
    origin: str = "jsonl"
    """Name of the source format that the record was read from."""


@dataclass(frozen=True, slots=True)
class Work:
    """One paper with all that its records say."""

    paper: Paper
    """The merged record: text of the highest version, every other field from the best record that has it."""
    versions: tuple[Paper, ...]
    """Each version that has a text, oldest first."""


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of a version's source text, `end` exclusive."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class WrittenEntity:
    """All surfaces in one paper that name the same thing."""

    kind: Kind
    role: Role
    surfaces: tuple[str, ...]
    """Exact slices of the source text, the fullest proper form first."""
    confidence: float = 1.0
    """Of kind and role together, 0 to 1, two decimals."""
    evidence: Span | None = None
    """The sentence that states the role."""


@dataclass(frozen=True, slots=True)
class Mention:
    """A stretch of one paper's text that names something."""

    start: int
    end: int
    surface: str
    entity: int
    """Position in the extraction's `entities`, which hold kind and role."""
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Assertion:
    """A relation that one paper states between two of its entities."""

    subject: int
    relation: Relation
    object: int
    evidence: Span
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Result:
    """A number that a paper reports for one of its entities."""

    subject: int
    dataset: int | None
    metric: str
    """As written; empty where the text names none."""
    value: str
    """As written, an exact slice of the source text."""
    evidence: Span
    number: float | None = None
    unit: str | None = None
    value_kind: ValueKind = ValueKind.ABSOLUTE
    setting: str | None = None
    compared_with: int | None = None
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Extraction:
    """All that was read in the text of one version of a paper."""

    paper_id: PaperId
    version: str | None
    text: str
    """Source text; its first line is the title."""
    extractor: str
    """Id of the pipeline, its weights included."""
    entities: tuple[WrittenEntity, ...] = ()
    mentions: tuple[Mention, ...] = ()
    assertions: tuple[Assertion, ...] = ()
    results: tuple[Result, ...] = ()
    links: tuple[str, ...] = ()
    """Addresses found in the text."""


@dataclass(frozen=True, slots=True)
class Rejected:
    """A record that could not be used, with its place and the reason."""

    path: str
    line: int
    reason: str
    record: str
    """The first 1 000 characters of the record as read."""


# --- as resolved ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who signs papers."""

    iri: str
    name: str
    names: tuple[str, ...] = ()
    """All forms as written, sorted."""
    orcid: str | None = None


@dataclass(frozen=True, slots=True)
class Entity:
    """A thing that papers write about, whatever they call it."""

    iri: str
    kind: Kind
    label: str
    names: tuple[str, ...] = ()
    """All other surfaces, sorted."""


@dataclass(frozen=True, slots=True)
class Citation:
    """One paper's reference to another, as works."""

    citing: PaperId
    cited: PaperId
