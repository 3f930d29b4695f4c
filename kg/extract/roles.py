"""The component `kg_roles`: what the paper does with each entity, and the sentence that says so."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
from spacy.language import Language
from spacy.pipeline import Pipe
from spacy.tokens import Doc

from kg.extract.context import Context, Place, context
from kg.extract.cues import CUE_GROUP, HEADS
from kg.extract.linear import Floats, LinearModel, empty_model, read_model, softmax, write_model
from kg.extract.state import declare_extensions
from kg.ontology import Role

ROLE_CLASSES: tuple[str, ...] = tuple(role.value for role in Role)
_FILE = "roles.npz"
_WINDOW = 6
_MOST_PLACES = 8
_TITLE_EVIDENCE = 1.5
"""How much better, in log-odds, the title must state a role before it is preferred to a sentence of the abstract."""
_CUE_EVIDENCE = 3.0
"""How much a word that states the role adds to a sentence's claim to be its evidence."""
_CUES_OF = {
    Role.INTRODUCES: ("introduce",),
    Role.COMPARES: ("outperform", "compare"),
    Role.EVALUATES: ("evaluate",),
    Role.USES: ("use", "base", "train"),
    Role.ADDRESSES: ("problem", "introduce"),
    Role.MENTIONS: (),
}


class KgRoles(Pipe):
    """Classifies entities by the words around their mentions."""

    def __init__(self, name: str) -> None:
        declare_extensions()
        self.name = name
        self.model: LinearModel = empty_model(ROLE_CLASSES)

    def __call__(self, doc: Doc) -> Doc:
        """The document with roles, evidence and final confidence in `doc._.kg_entities`."""
        view = context(doc)
        doc._.kg_entities = [
            replace(
                view.entities[entity],
                role=role,
                evidence=sentence,
                confidence=round(view.entities[entity].confidence * certainty, 4),
            )
            for entity, (role, certainty, sentence) in enumerate(read_roles(view, self.model))
        ]
        return doc

    def to_disk(self, path: str | Path, **_: Any) -> None:
        """Writes the weights."""
        Path(path).mkdir(parents=True, exist_ok=True)
        write_model(Path(path) / _FILE, self.model)

    def from_disk(self, path: str | Path, **_: Any) -> KgRoles:
        """The component with the weights that were written there."""
        self.model = read_model(Path(path) / _FILE)
        return self


@Language.factory("kg_roles", requires=["doc.ents"])
def create_roles(nlp: Language, name: str) -> KgRoles:  # noqa: ARG001
    """The factory of `nlp.add_pipe("kg_roles")`."""
    return KgRoles(name)


def read_roles(view: Context, model: LinearModel) -> Iterator[tuple[Role, float, int]]:
    """(role, certainty, position of the sentence that states it) of each entity."""
    for entity in range(len(view.entities)):
        probabilities = softmax(model.scores(role_features(view, entity)))
        best = int(probabilities.argmax())
        yield Role(model.classes[best]), float(probabilities[best]), _evidence(view, entity, model, best)


def _evidence(view: Context, entity: int, model: LinearModel, role: int) -> int:
    """The sentence whose mentions speak most clearly for the role; the first one where several do alike."""
    clarity: dict[int, float] = {}
    for place in view.places_of[entity]:
        scores: Floats = model.scores(_with_kind(view, entity, place_features(view, place)))
        margin = float(scores[role] - np.delete(scores, role).max()) if len(scores) > 1 else 0.0
        margin -= _TITLE_EVIDENCE if place.sentence == 0 else 0.0
        margin += _CUE_EVIDENCE if _has_cue(view, place, Role(model.classes[role])) else 0.0
        clarity[place.sentence] = max(margin, clarity.get(place.sentence, margin))
    return min(clarity, key=lambda sentence: (-round(clarity[sentence], 3), sentence))


def role_sentence(view: Context, entity: int, role: Role) -> int:
    """The first sentence that names the entity beside a word that states the role; one of the abstract if it can be."""
    places = view.places_of[entity]
    return min((not _has_cue(view, place, role), place.sentence == 0, place.sentence) for place in places)[-1]


def _has_cue(view: Context, place: Place, role: Role) -> bool:
    """Whether the sentence has a word by which authors state this role, for a new thing before its name."""
    first, end = view.sentences[place.sentence]
    words = view.words[first : place.start if role is Role.INTRODUCES else end]
    return any(CUE_GROUP.get(word) in _CUES_OF[role] for word in words)


def role_features(view: Context, entity: int) -> set[str]:
    """The features of one entity: its own, and those of its mentions together."""
    features = set(_own_features(view, entity))
    for place in view.places_of[entity][:_MOST_PLACES]:
        features.update(_with_kind(view, entity, place_features(view, place)))
    return features


def _with_kind(view: Context, entity: int, features: Iterator[str]) -> Iterator[str]:
    kind = view.kind(entity).value
    for feature in features:
        yield feature
        yield f"{kind}|{feature}"


def _own_features(view: Context, entity: int) -> Iterator[str]:
    places = view.places_of[entity]
    kind = view.kind(entity).value
    surface = view.surfaces[entity]
    sentences = sorted({place.sentence for place in places})
    last = max(1, len(view.sentences) - 1)
    own = [
        "bias",
        f"shape={shape(surface)}",
        f"last={view.words[places[0].end - 1]}",
        f"surface={surface.lower()}",
        f"count={min(len(places), 6)}",
        f"first={min(sentences[0], 5)}",
        f"from-end={min(last - sentences[0], 4)}",
        f"title={sentences[0] == 0}",
        f"only-title={sentences == [0]}",
        f"second={min(sentences[1], 5) if len(sentences) > 1 else None}",
        f"where={round(4 * sentences[0] / last)}",
        f"title-name={_leads_title(view, places[0])}",
        f"rank={min(sum(1 for other in view.entities[:entity] if other.kind is view.kind(entity)), 4)}",
    ]
    for feature in own:
        yield feature
        yield f"{kind}|{feature}"


def place_features(view: Context, place: Place) -> Iterator[str]:
    """The features of one mention: words beside it, cues of its sentence, brackets and lists."""
    first, end = view.sentences[place.sentence]
    before = view.words[max(first, place.start - _WINDOW) : place.start]
    after = view.words[place.end : min(end, place.end + _WINDOW)]
    title = "t" if place.sentence == 0 else ""
    yield from (f"{title}b{position}={word}" for position, word in enumerate(reversed(before[-4:])))
    yield from (f"{title}a{position}={word}" for position, word in enumerate(after[:4]))
    yield f"{title}b01={' '.join(before[-2:])}"
    yield f"{title}b012={' '.join(before[-3:])}"
    yield f"{title}a01={' '.join(after[:2])}"
    yield from (f"{title}bw={word}" for word in before)
    yield from (f"{title}aw={word}" for word in after)
    if not title:
        yield from _cue_features(view, place)
        yield from _opening(view, place)


def _cue_features(view: Context, place: Place) -> Iterator[str]:
    first, end = view.sentences[place.sentence]
    nearest = ""
    for token in range(first, end):
        group = CUE_GROUP.get(view.words[token])
        side = "before" if token < place.start else "after"
        if view.words[token] in HEADS and abs(token - place.start) < 12:
            yield f"head-{side}={view.words[token]}"
        if group is None or place.start <= token < place.end:
            continue
        distance = place.start - token if token < place.start else token - place.end
        yield f"cue-{side}={view.words[token]}"
        yield f"group-{side}={group}/{min(distance // 4, 3)}"
        if token < place.start:
            nearest = group
    yield f"nearest={nearest}"
    between = sum(
        1 for other in view.places if other.sentence == place.sentence and other.start < place.start
    )
    yield f"order={min(between, 4)}/{nearest}"


def _opening(view: Context, place: Place) -> Iterator[str]:
    """How the sentence begins: "we propose", "experiments on", "to address this"."""
    first, _ = view.sentences[place.sentence]
    opening = view.words[first : min(first + 3, place.start)]
    yield f"opening={' '.join(opening)}"
    yield f"opening2={' '.join(opening[:2])}"
    verbs = [word for word in view.words[first : place.start] if word == "we"]
    yield f"we={bool(verbs)}"


def _leads_title(view: Context, place: Place) -> bool:
    """Whether the title begins with the name and a colon."""
    _, end = view.sentences[0]
    return place.start == 0 and place.end < end and view.words[place.end] in {":", "-", "–", "—"}


def shape(surface: str) -> str:
    """How a surface is spelt: with digits, in capitals, or how many plain words."""
    if any(character.isdigit() for character in surface):
        return "digit"
    if surface.isupper():
        return "upper"
    if any(character.isupper() for character in surface[1:]) and " " not in surface:
        return "camel"
    words = surface.split()
    return f"{'cap' if surface[0].isupper() else 'low'}{min(len(words), 3)}"
