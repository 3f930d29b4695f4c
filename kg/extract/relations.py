"""The component `kg_relations`: relations that a text states between its entities."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import permutations
from pathlib import Path
from typing import Any

from spacy.language import Language
from spacy.pipeline import Pipe
from spacy.tokens import Doc

from kg.extract.context import Context, Place, context
from kg.extract.cues import CUE_GROUP, HEDGES, SPLIT_NEGATION
from kg.extract.linear import LinearModel, empty_model, read_model, write_model
from kg.extract.state import LocalRelation, declare_extensions
from kg.ontology import RELATION_RULES, Kind, Relation, Role

NO_RELATION = "none"
RELATION_CLASSES: tuple[str, ...] = (NO_RELATION, *(relation.value for relation in Relation))
_FILE = "relations.npz"
_MOST_ENTITIES = 80
"""Entities of which pairs are made, the first ones of the text; an abstract has a dozen."""
_MOST_PAIRS = 3
"""Sentences looked at for one pair of entities, the closest mentions first."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """An ordered pair of entities and the mentions that may state a relation between them."""

    subject: int
    object: int
    pairs: tuple[tuple[Place, Place], ...]
    """Mentions in one sentence, or the two nearest where no sentence has both."""

    @property
    def is_within_sentence(self) -> bool:
        """Whether some sentence names both."""
        return self.pairs[0][0].sentence == self.pairs[0][1].sentence


class KgRelations(Pipe):
    """Classifies ordered pairs of entities whose kinds allow a relation."""

    def __init__(self, name: str, *, threshold: float) -> None:
        declare_extensions()
        self.name = name
        self.threshold = threshold
        self.model: LinearModel = empty_model(RELATION_CLASSES)

    def __call__(self, doc: Doc) -> Doc:
        """The document with `doc._.kg_relations`."""
        view = context(doc)
        found = (self._read(view, candidate) for candidate in candidates(view))
        doc._.kg_relations = [relation for relation in found if relation is not None]
        return doc

    def _read(self, view: Context, candidate: Candidate) -> LocalRelation | None:
        pairs = [pair for pair in candidate.pairs if not is_blocked(view, *pair)]
        if not pairs:
            return None
        probabilities = self.model.probabilities(relation_features(view, candidate))
        subject, object_ = view.kind(candidate.subject), view.kind(candidate.object)
        best, relation = max(
            (round(float(probability), 2), name)
            for name, probability in zip(self.model.classes, probabilities, strict=True)
            if name != NO_RELATION and RELATION_RULES[Relation(name)].allows(subject, object_)
        )
        if best < self.threshold:
            return None
        sentence = max(pairs[0][0].sentence, pairs[0][1].sentence)
        return LocalRelation(candidate.subject, Relation(relation), candidate.object, sentence, best)

    def to_disk(self, path: str | Path, **_: Any) -> None:
        """Writes the weights."""
        Path(path).mkdir(parents=True, exist_ok=True)
        write_model(Path(path) / _FILE, self.model)

    def from_disk(self, path: str | Path, **_: Any) -> KgRelations:
        """The component with the weights that were written there."""
        self.model = read_model(Path(path) / _FILE)
        return self


@Language.factory("kg_relations", requires=["doc.ents"], default_config={"threshold": 0.3})
def create_relations(nlp: Language, name: str, threshold: float) -> KgRelations:  # noqa: ARG001
    """The factory of `nlp.add_pipe("kg_relations")`."""
    return KgRelations(name, threshold=threshold)


def candidates(view: Context) -> Iterator[Candidate]:
    """Ordered pairs that some relation allows: of one sentence, or led by what the paper introduces."""
    for subject, object_ in permutations(range(min(len(view.entities), _MOST_ENTITIES)), 2):
        if not _allowed(view.kind(subject), view.kind(object_)):
            continue
        pairs = _together(view, subject, object_)
        if not pairs and _may_span_sentences(view, subject, object_):
            pairs = [_nearest(view, subject, object_)]
        if pairs:
            yield Candidate(subject, object_, tuple(pairs))


def _allowed(subject: Kind, object_: Kind) -> bool:
    has_system = bool({subject, object_} & {Kind.MODEL, Kind.METHOD, Kind.DATASET, Kind.BENCHMARK})
    return has_system and any(rule.allows(subject, object_) for rule in RELATION_RULES.values())


def _may_span_sentences(view: Context, subject: int, object_: int) -> bool:
    return view.role(subject) is Role.INTRODUCES or view.role(object_) is Role.INTRODUCES


def _together(view: Context, subject: int, object_: int) -> list[tuple[Place, Place]]:
    """Mentions of both in one sentence: one pair a sentence, sentences of the abstract and close pairs first."""
    closest: dict[int, tuple[int, tuple[Place, Place]]] = {}
    for left in view.places_of[subject]:
        for right in view.places_of[object_]:
            if left.sentence == right.sentence:
                offer = (_distance(left, right), (left, right))
                closest[left.sentence] = min(offer, closest.get(left.sentence, offer))
    order = sorted(closest.items(), key=lambda item: (item[0] == 0, item[1]))
    return [pair for _, (_, pair) in order[:_MOST_PAIRS]]


def _nearest(view: Context, subject: int, object_: int) -> tuple[Place, Place]:
    pairs = ((left, right) for left in view.places_of[subject] for right in view.places_of[object_])
    return min(pairs, key=lambda pair: (_distance(*pair), pair))


def _distance(left: Place, right: Place) -> int:
    return right.start - left.end if left.start < right.start else left.start - right.end


def is_blocked(view: Context, subject: Place, object_: Place) -> bool:
    """Whether the stretch that holds both mentions negates or hedges what it says."""
    first, last = min(subject, object_), max(subject, object_)
    if first.sentence != last.sentence:
        return False
    sentence_start, _ = view.sentences[first.sentence]
    stretch = view.words[max(sentence_start, first.start - 3) : last.end]
    return any(
        word in HEDGES or (word in SPLIT_NEGATION and following != "only")
        for word, following in zip(stretch, [*stretch[1:], ""], strict=True)
    )


def relation_features(view: Context, candidate: Candidate) -> set[str]:
    """The features of a candidate: kinds, roles, and for each pair of mentions the words around and between."""
    subject, object_ = candidate.subject, candidate.object
    kinds = f"{view.kind(subject).value}>{view.kind(object_).value}"
    roles = f"{view.role(subject).value}>{view.role(object_).value}"
    base = {
        kinds,
        roles,
        f"{kinds}|{roles}",
        f"{kinds}|within={candidate.is_within_sentence}",
        f"{kinds}|{roles}|within={candidate.is_within_sentence}",
        f"pairs={len(candidate.pairs)}",
        f"subject-count={min(len(view.places_of[subject]), 4)}",
        f"object-last={view.words[view.places_of[object_][0].end - 1]}",
        f"subject-last={view.words[view.places_of[subject][0].end - 1]}",
        f"only-title={all(pair[0].sentence == 0 and pair[1].sentence == 0 for pair in candidate.pairs)}",
        f"introduced={sum(entity.role is Role.INTRODUCES for entity in view.entities[:12])}|{roles}",
    }
    features = set(base)
    for pair in candidate.pairs:
        for feature in _pair_features(view, *pair):
            features.update((feature, f"{kinds}|{feature}"))
            if feature.startswith(("path", "group", "near", "title")):
                features.add(f"{roles}|{feature}")
    return features


def _pair_features(view: Context, subject: Place, object_: Place) -> Iterator[str]:
    is_forward = subject.start < object_.start
    first, last = (subject, object_) if is_forward else (object_, subject)
    way = ">" if is_forward else "<"
    if first.sentence != last.sentence:
        yield from _distant_features(view, object_, last.sentence - first.sentence, way)
        return
    title = "t" if first.sentence == 0 else ""
    between = view.words[first.end : last.start]
    others = {view.owner[token] for token in range(first.end, last.start)} - {-1}
    yield f"near{way}{title}{min(len(between), 12) // 2}"
    yield f"others{way}{min(len(others), 5)}"
    yield f"title{way}{title}"
    if len(between) <= 4:
        yield f"path{way}{title}{' '.join(between)}"
    yield from (f"between{way}{title}{word}" for word in between[:14])
    yield f"start{way}{title}{' '.join(between[:2])}"
    yield f"stop{way}{title}{' '.join(between[-2:])}"
    groups = list(dict.fromkeys(CUE_GROUP[word] for word in between if word in CUE_GROUP))
    yield f"groups{way}{title}{' '.join(groups)}"
    yield from (f"group{way}{group}" for group in groups)
    sentence_start, sentence_end = view.sentences[first.sentence]
    yield from (
        f"before{way}{title}{word}" for word in view.words[max(sentence_start, first.start - 4) : first.start]
    )
    yield from (f"after{way}{title}{word}" for word in view.words[last.end : min(sentence_end, last.end + 4)])
    yield from (f"far{way}{group}" for group in _cues(view, sentence_start, first.start))


def _distant_features(view: Context, object_: Place, gap: int, way: str) -> Iterator[str]:
    """Features of a pair with no sentence in common: what the sentence of the object says before and after it."""
    first, end = view.sentences[object_.sentence]
    yield f"gap{way}{min(gap, 4)}"
    yield f"opening{way}{' '.join(view.words[first : min(first + 3, object_.start)])}"
    yield from (
        f"distant-before={word}" for word in view.words[max(first, object_.start - 6) : object_.start]
    )
    yield from (f"distant-after={word}" for word in view.words[object_.end : min(end, object_.end + 4)])
    yield from (f"group-before={group}" for group in _cues(view, first, object_.start))
    own = {"we", "our", "it", "its", "this"} & set(view.words[first : object_.start])
    yield f"path-own={bool(own)}"
    yield f"near-end={min(len(view.sentences) - object_.sentence, 4)}"


def _cues(view: Context, start: int, end: int) -> list[str]:
    return sorted({CUE_GROUP[word] for word in view.words[start:end] if word in CUE_GROUP})
