"""Entities, mentions, relations and results from the projections of one text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from kg.extract.encoder.found import KINDS, RELATIONS, Found, FoundEntity, FoundMention, Reading, Stretch
from kg.extract.encoder.heads import Array, Index, Ranges, pair_logits, pooled, role_logits, sigmoid, softmax
from kg.extract.encoder.mentions import (
    best_stretches,
    chance_of,
    everywhere,
    grouping,
    kinds_by_surface,
    span_chances,
)
from kg.extract.encoder.naming import entities_of
from kg.extract.encoder.outcomes import relations, results

PAIR_LIMIT = 160
"""Mentions of one text that are compared with each other, the first ones; a bound on memory."""


def decode(reading: Reading) -> Found:
    """What the heads find in one text."""
    first, last, chance = span_chances(reading)
    if not len(first):
        return Found()
    likely = best_stretches(first, last, chance, reading.thresholds.mention)
    chosen = everywhere(reading, likely, chance_of(first, last, chance))
    if not chosen:
        return Found()
    votes = kinds_by_surface(reading, (chosen, likely), (first, last, chance))
    return described(reading, chosen, *named(reading, chosen, votes))


def named(reading: Reading, chosen: Sequence[Stretch], votes: Mapping[str, Array]) -> tuple[Ranges, Index]:
    """The mentions with their kinds, and the entity of each."""
    names = [reading.surface(stretch.first, stretch.last) for stretch in chosen]
    first, last = (
        np.array([stretch.first for stretch in chosen]),
        np.array([stretch.last for stretch in chosen]),
    )
    kind = np.array([int(votes[name].argmax()) for name in names])
    pairs = own_pairs(reading, Ranges(first, last, kind))[..., len(RELATIONS) :]
    group = grouping(names)[: len(pairs)]
    same = sigmoid(pooled(pairs, group, group)[..., 0])
    entity = entities_of(reading, chosen, kind, np.asarray((same + same.T) / 2, np.float32))
    return Ranges(first, last, joined_kinds(names, entity, votes)), entity


def own_pairs(reading: Reading, mentions: Ranges) -> Array:
    """Scores of each pair of mentions, up to the limit."""
    first = Ranges(*(part[:PAIR_LIMIT] for part in (mentions.first, mentions.last, mentions.kind)))
    return pair_logits(reading.weights, "relation", reading.table, first, first)


def joined_kinds(names: Sequence[str], entity: Index, votes: Mapping[str, Array]) -> Index:
    """The kind of each mention: its entity's by the votes of all surfaces."""
    total = np.zeros((int(entity.max()) + 1, len(KINDS)), np.float32)
    for name, i in sorted({(name, int(i)) for name, i in zip(names, entity, strict=True)}):
        total[i] += votes[name]
    return np.asarray(total.argmax(1)[entity], np.int64)


def described(reading: Reading, chosen: Sequence[Stretch], mentions: Ranges, entity: Index) -> Found:
    """Entities with roles, relations and results of the chosen mentions."""
    role = softmax(role_logits(reading.weights, reading.table, mentions, entity))
    pairs = own_pairs(reading, mentions)[..., : len(RELATIONS)]
    compared = Ranges(*(part[: len(pairs)] for part in (mentions.first, mentions.last, mentions.kind)))
    return Found(
        tuple(
            found_entity(reading, of_entity(chosen, entity, i), kind_of(mentions, entity, i), role[i])
            for i in range(len(role))
        ),
        tuple(found_mention(reading, stretch, int(i)) for stretch, i in zip(chosen, entity, strict=True)),
        tuple(relations(pairs, compared, entity[: len(pairs)], reading.thresholds.relation)),
        tuple(results(reading, mentions, entity)),
    )


def found_mention(reading: Reading, stretch: Stretch, entity: int) -> FoundMention:
    """One mention, with its offsets in the text."""
    start, end = reading.words[stretch.first].start, reading.words[stretch.last].end
    return FoundMention(start, end, entity, stretch.score)


def of_entity(chosen: Sequence[Stretch], entity: Index, i: int) -> list[Stretch]:
    """The mentions of one entity."""
    return [chosen[row] for row in np.flatnonzero(entity == i).tolist()]


def kind_of(mentions: Ranges, entity: Index, i: int) -> int:
    """The kind of one entity."""
    return int(mentions.kind[entity == i][0])


def found_entity(reading: Reading, own: Sequence[Stretch], kind: int, role: Array) -> FoundEntity:
    """One entity with its surfaces, the longest first."""
    names = {reading.surface(stretch.first, stretch.last) for stretch in own}
    confidence = max(stretch.score for stretch in own) * float(role.max())
    surfaces = tuple(sorted(names, key=lambda name: (-len(name), name)))
    return FoundEntity(kind, int(role.argmax()), surfaces, round(confidence, 2))
