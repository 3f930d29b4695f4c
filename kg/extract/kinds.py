"""What kind of thing an entity is, by the words around all its mentions and the tagger's votes together.

The tagger sees a few words on each side; "X, a comprehensive and carefully filtered benchmark" needs more.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np

from kg.extract.context import Context, Place
from kg.extract.cues import HEADS
from kg.extract.linear import LinearModel, softmax
from kg.extract.roles import place_features, shape
from kg.ontology import Kind

KIND_CLASSES: tuple[str, ...] = tuple(kind.value for kind in Kind)
_REACH = 14
"""Words after a name in which the noun of its apposition is looked for."""
_MOST_PLACES = 8
_SMOOTHING = 0.05
"""Share of the votes that a kind without any is taken to have."""


def choose_kind(
    model: LinearModel, features: set[str], votes: Mapping[Kind, float], *, weight: float
) -> Kind:
    """The kind with the best product of the tagger's share of votes and the context's probability to `weight`."""
    total = sum(votes.values()) or 1.0
    shares = np.array([votes.get(Kind(name), 0.0) / total for name in model.classes], dtype=np.float32)
    scores = np.log(shares + _SMOOTHING) + weight * np.log(softmax(model.scores(features)) + 1e-6)
    return Kind(model.classes[int(scores.argmax())])


def kind_features(view: Context, entity: int) -> set[str]:
    """The features of one entity; its kind is not among them."""
    surface = view.surfaces[entity]
    places = view.places_of[entity]
    words = surface.lower().split()
    features = {
        "bias",
        f"surface={surface.lower()}",
        f"last={words[-1]}",
        f"first={words[0]}",
        f"shape={shape(surface)}",
        f"count={min(len(places), 5)}",
        *(f"word={word}" for word in words),
        *(f"stem={word.rstrip('s')[-5:]}" for word in words[-1:]),
    }
    for place in places[:_MOST_PLACES]:
        features.update(place_features(view, place))
        features.update(_heads(view, place))
    return features


def _heads(view: Context, place: Place) -> Iterator[str]:
    """The nouns that say what the name is: right before or after it, in its apposition, or at the end of the title."""
    first, end = view.sentences[place.sentence]
    for side, token in (("before", place.start - 1), ("after", place.end)):
        if first <= token < end and view.words[token] in HEADS:
            yield f"head-{side}={view.words[token]}"
    after = view.words[place.end : min(end, place.end + _REACH)]
    if (
        len(after) > 1
        and after[0] in {",", ":", "-", "–", "—", "(", "is"}
        and after[1] in {"a", "an", "the", "our"}
    ):
        noun = _noun(after[2:])
        yield f"apposition={noun}"
        yield f"apposition-first={noun}|{after[0]}"
    before = view.words[max(first, place.start - 6) : place.start]
    noun = _noun(before[::-1])
    if noun:
        yield f"introduced-as={noun}"
    if place.sentence == 0 and place.start == 0:
        yield from (f"title-has={word}" for word in view.words[place.end : end] if word in HEADS)


def _noun(words: tuple[str, ...]) -> str:
    """The first noun that names a kind of thing, before the clause ends; empty where there is none."""
    for position, word in enumerate(words):
        if word in {".", ";", "that", "which", "for", "to", "where"}:
            return ""
        following = words[position + 1] if position + 1 < len(words) else ""
        if word in HEADS and following not in HEADS:
            return word
    return ""
