"""What is found in one text: its kinds, roles and relations are places in the closed lists below."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kg.extract.encoder.heads import Array, Projections
from kg.extract.encoder.words import Word

KINDS = ("model", "dataset", "benchmark", "method", "task", "metric")
ROLES = ("introduces", "compares", "evaluates", "uses", "addresses", "mentions")
RELATIONS = ("based-on", "trained-on", "evaluated-on", "outperforms", "part-of")
VALUE_KINDS = ("absolute", "gain", "ratio", "range")


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Least confidences, after rounding to two decimals."""

    mention: float = 0.4
    relation: tuple[float, ...] = (0.4, 0.4, 0.4, 0.4, 0.4)
    """For each relation, in order."""
    same: float = 0.5
    result: float = 0.4


@dataclass(frozen=True, slots=True)
class FoundEntity:
    """Surfaces of one text that name the same thing."""

    kind: int
    role: int
    surfaces: tuple[str, ...]
    confidence: float


@dataclass(frozen=True, slots=True)
class FoundMention:
    """A stretch of the text that names an entity."""

    start: int
    end: int
    entity: int
    confidence: float


@dataclass(frozen=True, slots=True)
class FoundRelation:
    """A stated relation, with the words of the two mentions that carry it."""

    subject: int
    relation: int
    object: int
    confidence: float
    words: tuple[int, int]


@dataclass(frozen=True, slots=True)
class FoundResult:
    """A reported number."""

    subject: int
    dataset: int | None
    metric: int | None
    start: int
    end: int
    value_kind: int
    confidence: float


@dataclass(frozen=True, slots=True)
class Found:
    """All that was read in one text."""

    entities: tuple[FoundEntity, ...] = ()
    mentions: tuple[FoundMention, ...] = ()
    relations: tuple[FoundRelation, ...] = ()
    results: tuple[FoundResult, ...] = ()


@dataclass(frozen=True, slots=True)
class Stretch:
    """A chosen mention, in words."""

    first: int
    last: int
    score: float


@dataclass(frozen=True, slots=True)
class Reading:
    """One text with all that the heads need to read it."""

    text: str
    words: Sequence[Word]
    table: Projections
    weights: Mapping[str, Array]
    thresholds: Thresholds

    def surface(self, first: int, last: int) -> str:
        """The slice of the text from one word to another."""
        return self.text[self.words[first].start : self.words[last].end]
