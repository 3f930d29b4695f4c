"""The component `kg_entities`: tagged spans become the entities of one text, and entities all their occurrences.

Surfaces that differ in case, hyphens or plural are one entity, and so are an acronym and its long form. The kind is a
vote of the tagged spans. Every occurrence of a surface is a mention, the longest surface first.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from spacy.language import Language
from spacy.pipeline import Pipe
from spacy.tokens import Doc, Span

from kg.extract.acronyms import definitions
from kg.extract.context import context
from kg.extract.kinds import KIND_CLASSES, choose_kind, kind_features
from kg.extract.linear import LinearModel, empty_model, read_model, write_model
from kg.extract.occurrences import occurrences
from kg.extract.state import MENTIONS, TAGGED, LocalEntity, declare_extensions
from kg.ontology import Kind
from kg.text import sentences

_FILE = "kinds.npz"
_NAMED = frozenset({Kind.MODEL, Kind.DATASET, Kind.BENCHMARK})


@dataclass(slots=True)
class _Group:
    """Surfaces that name one thing, with the certainty of each tagged span."""

    votes: dict[Kind, float] = field(default_factory=lambda: defaultdict(float))
    sums: dict[str, float] = field(default_factory=lambda: defaultdict(float))
    best: float = 0.0

    def add(self, surface: str, kind: Kind, confidence: float) -> None:
        self.votes[kind] += confidence
        self.sums[surface] += confidence
        self.best = max(self.best, confidence)

    def kind(self) -> Kind:
        order = list(Kind)
        return max(self.votes, key=lambda kind: (self.votes[kind], -order.index(kind)))


class KgEntities(Pipe):
    """Joins tagged spans to entities and finds all their mentions."""

    def __init__(
        self, name: str, *, least_share: float, least_confidence: float, context_weight: float
    ) -> None:
        declare_extensions()
        self.name = name
        self.least_share = least_share
        self.least_confidence = least_confidence
        self.context_weight = context_weight
        self.model: LinearModel = empty_model(KIND_CLASSES)

    def __call__(self, doc: Doc) -> Doc:
        """The document with `doc.ents`, its mentions, entities and sentences."""
        if doc._.kg_sentences is None:
            doc._.kg_sentences = [(sentence.start, sentence.end) for sentence in sentences(doc.text)]
        groups = {key: group for key, group in _groups(doc).items() if group.best >= self.least_confidence}
        found = _mentions(doc.text, groups, self.least_share)
        things = {key: (group.kind(), group.best) for key, group in groups.items()}
        keys = write_entities(doc, found, things)
        view = context(doc)
        for entity, key in enumerate(keys):
            features = kind_features(view, entity)
            kind = choose_kind(self.model, features, groups[key].votes, weight=self.context_weight)
            things[key] = (kind, groups[key].best)
        write_entities(doc, found, things)
        return doc

    def to_disk(self, path: str | Path, **_: Any) -> None:
        """Writes the weights."""
        Path(path).mkdir(parents=True, exist_ok=True)
        write_model(Path(path) / _FILE, self.model)

    def from_disk(self, path: str | Path, **_: Any) -> KgEntities:
        """The component with the weights that were written there."""
        self.model = read_model(Path(path) / _FILE)
        return self


@Language.factory(
    "kg_entities",
    requires=["doc.spans"],
    assigns=["doc.ents"],
    default_config={"least_share": 0.25, "least_confidence": 0.45, "context_weight": 1.0},
)
def create_entities(
    nlp: Language,  # noqa: ARG001
    name: str,
    least_share: float,
    least_confidence: float,
    context_weight: float,
) -> KgEntities:
    """The factory of `nlp.add_pipe("kg_entities")`."""
    return KgEntities(
        name, least_share=least_share, least_confidence=least_confidence, context_weight=context_weight
    )


def write_entities(
    doc: Doc, found: Iterable[tuple[int, int, str]], things: Mapping[str, tuple[Kind, float]]
) -> list[str]:
    """Writes mentions, given as (start, end, key of the thing), and the entities that they make, on a document.

    Mentions whose ends are inside a token are left out. Entities are in the order of their first mention, and so are
    the keys returned.
    """
    spans: list[Span] = []
    positions: dict[str, list[int]] = {}
    for start, end, key in sorted(found):
        span = doc.char_span(start, end, label=things[key][0].value)
        if span is not None:
            positions.setdefault(key, []).append(len(spans))
            spans.append(span)
    for entity, places in enumerate(positions.values()):
        for place in places:
            spans[place]._.kg_entity = entity
    for span, key in ((spans[place], key) for key, places in positions.items() for place in places):
        span._.kg_confidence = things[key][1]
    doc.spans[MENTIONS] = spans
    doc.ents = tuple(spans)
    doc._.kg_entities = [
        LocalEntity(kind=things[key][0], mentions=tuple(places), confidence=things[key][1])
        for key, places in positions.items()
    ]
    return list(positions)


def surface_key(surface: str) -> str:
    """What surfaces of the same name share: case, hyphens, spaces and a plural ending do not count.

    >>> surface_key("Vision-Language Models") == surface_key("vision language model")
    True
    """
    words = re.findall(r"[^\W_]+|[^\w\s\-–‐/]", surface.casefold())
    if words:
        words[-1] = _singular(words[-1])
    return " ".join(words) or surface


def _singular(word: str) -> str:
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    if len(word) > 4 and word.endswith(("sses", "xes", "ches", "shes", "iases")):
        return word[:-2]
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is", "ias")):
        return word[:-1]
    return word


def _groups(doc: Doc) -> dict[str, _Group]:
    """The groups by key; the keys of short forms lead to those of their long forms."""
    tagged = [
        (span.start_char, span.end_char, span.text, Kind(span.label_), float(span._.kg_confidence))
        for span in doc.spans.get(TAGGED, ())
    ]
    heads = _acronym_heads(doc.text, tagged)
    groups: dict[str, _Group] = {}
    for _, _, surface, kind, confidence in tagged:
        key = surface_key(surface)
        groups.setdefault(heads.get(key, key), _Group()).add(surface, kind, confidence)
    for key, surface in _untagged_partners(doc.text, tagged, heads, groups):
        groups[key].sums[surface] += groups[key].best
    return groups


def _acronym_heads(text: str, tagged: Iterable[tuple[int, int, str, Kind, float]]) -> dict[str, str]:
    """The key of each short form, mapped to the key of the tagged long form before its brackets."""
    heads: dict[str, str] = {}
    by_end = {end: surface for _, end, surface, _, _ in tagged}
    for found in definitions(text):
        long_form = by_end.get(found.long_end, text[found.long_start : found.long_end])
        short, long = surface_key(text[found.short_start : found.short_end]), surface_key(long_form)
        if short != long:
            heads.setdefault(short, heads.get(long, long))
    return heads


def _untagged_partners(
    text: str,
    tagged: Iterable[tuple[int, int, str, Kind, float]],
    heads: Mapping[str, str],
    groups: Mapping[str, _Group],
) -> list[tuple[str, str]]:
    """Halves of definitions that the tagger missed while it found the other half, as (group, surface)."""
    starts = {start for start, *_ in tagged}
    ends = {end for _, end, *_ in tagged}
    partners = []
    for found in definitions(text):
        short = text[found.short_start : found.short_end]
        key = heads.get(surface_key(short), surface_key(short))
        if key in groups and found.short_start not in starts:
            partners.append((key, short))
        if key in groups and found.long_end not in ends:
            partners.append((key, text[found.long_start : found.long_end]))
    return partners


def _mentions(text: str, groups: Mapping[str, _Group], least_share: float) -> list[tuple[int, int, str]]:
    """All mentions as (start, end, key); a surface tagged in too small a share of its places is dropped."""
    key_of = {}
    for key, group in groups.items():
        for surface, total in group.sums.items():
            key_of[surface] = (key, total)
    places: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for start, end, surface in occurrences(text, key_of):
        places[surface].append((start, end))
    kept = {
        surface: key
        for surface, (key, total) in key_of.items()
        if places[surface] and total / len(places[surface]) >= least_share
    }
    for surface, key in list(kept.items()):
        for variant in variants(text, surface, groups[key].kind()):
            kept.setdefault(variant, key)
    return [(start, end, kept[surface]) for start, end, surface in occurrences(text, kept)]


def variants(text: str, surface: str, kind: Kind) -> list[str]:
    """Forms of a surface in the text that differ in plural, and for common terms in case or hyphens too.

    >>> variants("Graph neural networks: a graph neural network", "Graph neural networks", Kind.METHOD)
    ['Graph neural networks', 'graph neural network']
    """
    stem = surface[: len(surface) - 1] if _is_plural(surface) else surface
    is_name = kind in _NAMED or any(character.isupper() for word in surface.split() for character in word[1:])
    pattern = re.escape(stem)
    if not is_name:
        pattern = re.sub(r"\\ |\\-|\s", r"[-\\s]", pattern)
    flags = re.NOFLAG if is_name else re.IGNORECASE
    found: dict[str, Any] = {
        match.group(): None for match in re.finditer(rf"(?<!\w){pattern}s?(?!\w)", text, flags)
    }
    return [variant for variant in found if "\n" not in variant]


def _is_plural(surface: str) -> bool:
    return len(surface) > 3 and surface.endswith("s") and not surface.endswith(("ss", "us", "is", "ias"))
