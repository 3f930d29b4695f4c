"""The small heads of the encoder, evaluated with numpy over its word projections."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float32]
Index = NDArray[np.int64]

SIZES: Mapping[str, int] = {"start": 192, "end": 192, "inside": 192, "unit": 256, "between": 128}
"""Width of each part of a word's projection, in order."""
BUCKETS = np.array([-160, -80, -40, -24, -16, -10, -6, -4, -2, -1, 0, 1, 2, 4, 6, 10, 16, 24, 40, 80, 160])
"""Borders of the classes of distances in words."""
BETWEEN_LIMIT = 40
NUMBER_KIND = 6


@dataclass(frozen=True, slots=True)
class Ranges:
    """Stretches of words, last word included."""

    first: Index
    last: Index
    kind: Index

    def __len__(self) -> int:
        return len(self.first)


@dataclass(frozen=True, slots=True)
class Projections:
    """What the heads read of one text: running sums over words, so that any stretch costs two look-ups."""

    start: Array
    end: Array
    inside: Array
    unit: Array
    between: Array
    sentence: Index
    """Sentence number of each word."""
    title_length: int
    """Words in the title."""


def projections(table: Array, sentence: Index, title_length: int) -> Projections:
    """The word projections of one text, cut into their parts."""
    parts = np.split(table, np.cumsum(list(SIZES.values()))[:-1], axis=1)
    start, end, inside, unit, between = parts
    return Projections(start, end, running(inside), running(unit), running(between), sentence, title_length)


def running(table: Array) -> Array:
    """Sums over the first n rows, for n from 0 up."""
    return np.concatenate(
        [np.zeros((1, table.shape[1]), np.float32), np.cumsum(table, axis=0, dtype=np.float32)]
    )


def span_logits(weights: Mapping[str, Array], words: Projections, width: int) -> Array:
    """Scores [first word, length - 1, nothing and kinds] of all stretches; those past the end mean nothing."""
    count = len(words.start)
    logits = np.zeros((count, width, len(weights["span.bias"])), np.float32)
    for length in range(1, min(width, count) + 1):
        rows = count - length + 1
        hidden = words.inside[length:] - words.inside[:rows]
        hidden /= np.float32(length)
        hidden += words.start[:rows]
        hidden += words.end[length - 1 :]
        hidden += weights["width.weight"][length]
        np.maximum(hidden, 0, out=hidden)
        logits[:rows, length - 1] = linear(weights, "span", hidden)
    return logits


def role_logits(weights: Mapping[str, Array], words: Projections, mentions: Ranges, entity: Index) -> Array:
    """Scores of the roles of each entity, pooled over its mentions."""
    count = int(entity.max()) + 1
    unit = mean_of(words.unit, mentions) + weights["kind_unit.weight"][mentions.kind]
    member = (entity[None] == np.arange(count)[:, None]).astype(np.float32)
    size = member.sum(1, keepdims=True)
    peak = np.stack([unit[entity == i].max(0) for i in range(count)])
    in_title = np.array(
        [(mentions.first[entity == i] < words.title_length).any() for i in range(count)], np.float32
    )
    place = np.array([mentions.first[entity == i].min() for i in range(count)], np.float32) / len(
        words.sentence
    )
    context = np.broadcast_to(words.unit[-1] / len(words.sentence), (count, unit.shape[1]))
    facts = [np.log(size), (size > 1).astype(np.float32), in_title[:, None], place[:, None]]
    hidden = linear(weights, "role.0", np.concatenate([member @ unit / size, peak, context, *facts], axis=1))
    return linear(weights, "role.3", np.maximum(hidden, 0))


def pair_logits(
    weights: Mapping[str, Array], name: str, words: Projections, left: Ranges, right: Ranges
) -> Array:
    """Scores of each ordered pair of stretches."""
    distance, near = geometry(words, left, right)
    one = linear(weights, f"{name}.a", mean_of(words.unit, left)) + weights[f"{name}.ka.weight"][left.kind]
    other = (
        linear(weights, f"{name}.b", mean_of(words.unit, right)) + weights[f"{name}.kb.weight"][right.kind]
    )
    hidden = one[:, None] + other[None] + between(words, left, right)
    hidden += weights[f"{name}.distance.weight"][distance] + weights[f"{name}.near.weight"][near]
    return linear(weights, f"{name}.out", np.maximum(hidden, 0))


def number_logits(weights: Mapping[str, Array], words: Projections, numbers: Ranges) -> Array:
    """Scores of each number: whether it is a result, then the kinds of value."""
    return linear(weights, "number", np.maximum(mean_of(words.unit, numbers), 0))


def pooled(scores: Array, left: Index, right: Index) -> Array:
    """Log-sum-exp of pair scores over groups of rows and of columns."""
    size = (int(left.max()) + 1, int(right.max()) + 1, scores.shape[2])
    peak = np.full(size, -1e4, np.float32)
    rows, columns = left[:, None], right[None]
    np.maximum.at(peak, (rows, columns), scores)
    total = np.zeros(size, np.float32)
    np.add.at(total, (rows, columns), np.exp(scores - peak[rows, columns]))
    return peak + np.log(np.maximum(total, 1e-9))


def linear(weights: Mapping[str, Array], name: str, rows: Array) -> Array:
    """The affine layer of that name."""
    return rows @ weights[f"{name}.weight"].T + weights[f"{name}.bias"]


def mean_of(sums: Array, stretch: Ranges) -> Array:
    """Mean projection of each stretch."""
    length = (stretch.last - stretch.first + 1).astype(np.float32)
    return np.asarray((sums[stretch.last + 1] - sums[stretch.first]) / length[:, None], np.float32)


def geometry(words: Projections, left: Ranges, right: Ranges) -> tuple[Index, Index]:
    """Class of the distance in words, and sentences apart (2 at most), of each pair."""
    after = right.first[None] - left.last[:, None]
    before = left.first[:, None] - right.last[None]
    gap = np.where(after > 0, after, np.where(before > 0, -before, 0))
    apart = np.abs(words.sentence[left.first][:, None] - words.sentence[right.first][None])
    return np.searchsorted(BUCKETS, gap), np.minimum(apart, 2)


def between(words: Projections, left: Ranges, right: Ranges) -> Array:
    """Mean projection of the words between each pair; zero where they touch or are far apart."""
    low = np.minimum(left.last[:, None], right.last[None]) + 1
    high = np.maximum(left.first[:, None], right.first[None])
    count = high - low
    is_near = (count > 0) & (count <= BETWEEN_LIMIT)
    low, high = np.where(is_near, low, 0), np.where(is_near, high, 0)
    mean = (words.between[high] - words.between[low]) / np.maximum(count, 1)[..., None].astype(np.float32)
    return np.asarray(mean, np.float32)


def softmax(scores: Array) -> Array:
    """Scores of each row as probabilities."""
    shifted = np.exp(scores - scores.max(axis=-1, keepdims=True))
    return np.asarray(shifted / shifted.sum(axis=-1, keepdims=True), np.float32)


def sigmoid(scores: Array) -> Array:
    """Scores as independent probabilities."""
    return np.asarray(1 / (1 + np.exp(-scores)), np.float32)
