"""Which entity of the gold a found entity is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import product

from kg.model import Extraction, Mention

Match = Mapping[int, int]
"""The gold entity of a found one; each gold entity once."""

_Offer = tuple[int, int, int]
"""Minus the weight, the found entity and the gold one; the best sorts first."""


def match_exactly(gold: Extraction, found: Extraction) -> Match:
    """Pairs of entities of the same kind that share a surface, those with the most shared surfaces first."""
    return _paired(_shared_surfaces(gold, found), {})


def match_overlapping(gold: Extraction, found: Extraction) -> Match:
    """The exact pairs, and of the rest those of the same kind with mentions that overlap."""
    return _paired(_overlapping_mentions(gold, found), match_exactly(gold, found))


def is_overlapping(left: tuple[int, int], right: tuple[int, int]) -> bool:
    """Whether two spans have a character in common.

    >>> is_overlapping((0, 4), (3, 6)), is_overlapping((0, 4), (4, 6))
    (True, False)
    """
    return left[0] < right[1] and right[0] < left[1]


def _paired(offers: Iterable[_Offer], before: Match) -> Match:
    match, taken = dict(before), set(before.values())
    for _, ours, theirs in sorted(offers):
        if ours not in match and theirs not in taken:
            match[ours] = theirs
            taken.add(theirs)
    return match


def _shared_surfaces(gold: Extraction, found: Extraction) -> Iterable[_Offer]:
    for (ours, entity), (theirs, other) in product(enumerate(found.entities), enumerate(gold.entities)):
        shared = set(entity.surfaces) & set(other.surfaces)
        if shared and entity.kind is other.kind:
            yield -len(shared), ours, theirs


def _overlapping_mentions(gold: Extraction, found: Extraction) -> Iterable[_Offer]:
    weights: dict[tuple[int, int], int] = {}
    for ours, theirs in product(found.mentions, gold.mentions):
        if _is_same_kind(gold, found, ours, theirs) and is_overlapping(_span(ours), _span(theirs)):
            pair = ours.entity, theirs.entity
            weights[pair] = weights.get(pair, 0) + 1
    return [(-weight, *pair) for pair, weight in weights.items()]


def _is_same_kind(gold: Extraction, found: Extraction, ours: Mention, theirs: Mention) -> bool:
    return found.entities[ours.entity].kind is gold.entities[theirs.entity].kind


def _span(mention: Mention) -> tuple[int, int]:
    return mention.start, mention.end
