"""Which mentions of a text name the same thing."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kg.extract.encoder.found import Reading, Stretch
from kg.extract.encoder.heads import Array, Index
from kg.extract.encoder.mentions import grouping

_DEFINITION = re.compile(r"\W{0,3}\(\W{0,2}$")


def entities_of(reading: Reading, chosen: Sequence[Stretch], kind: Index, same: Array) -> Index:
    """A number for each mention's entity, by spelling, by definition in brackets and by the learnt score.

    `same` holds the chance that two surfaces, in the order of their first mentions, name one thing.
    """
    names = [reading.surface(stretch.first, stretch.last) for stretch in chosen]
    group = grouping(names)
    parent = list(range(len(names)))
    owner: dict[str, int] = {}
    for i, name in enumerate(names):
        for form in (name, folded(name)):
            union(parent, owner.setdefault(form, i), i)
    for i in range(len(names) - 1):
        if is_definition(reading, chosen[i], chosen[i + 1]):
            union(parent, i, i + 1)
    leader = {int(g): i for i, g in reversed(list(enumerate(group)))}
    for a, i in leader.items():
        for b, j in leader.items():
            if (
                a < b < len(same)
                and round(float(same[a, b]), 2) >= reading.thresholds.same
                and kind[i] == kind[j]
            ):
                union(parent, i, j)
    return grouping([str(root(parent, i)) for i in range(len(names))])


def folded(name: str) -> str:
    """A name without case, marks and plural.

    >>> folded("Large Language Models") == folded("large-language model")
    True
    """
    plain = re.sub(r"[^0-9a-z]+", " ", name.casefold()).strip() or name
    return (
        re.sub(r"(?<=[a-z]{2})ies\b", "y", re.sub(r"(?<=[a-rt-z])s$", "", plain)) if len(plain) > 3 else plain
    )


def is_definition(reading: Reading, one: Stretch, other: Stretch) -> bool:
    """Whether the second is an acronym in brackets right after the first."""
    if not _DEFINITION.search(reading.text[reading.words[one.last].end : reading.words[other.first].start]):
        return False
    long, short = reading.surface(one.first, one.last), reading.surface(other.first, other.last)
    letters = re.sub(r"[^a-z0-9]", "", short.casefold().removesuffix("s"))
    rest = iter(long.casefold())
    return len(short) < len(long) and " " not in short and all(letter in rest for letter in letters)


def union(parent: list[int], a: int, b: int) -> None:
    """Joins the groups of two members under the earlier root."""
    low, high = sorted((root(parent, a), root(parent, b)))
    parent[high] = low


def root(parent: Sequence[int], i: int) -> int:
    """The first member of the group."""
    while parent[i] != i:
        i = parent[i]
    return i
