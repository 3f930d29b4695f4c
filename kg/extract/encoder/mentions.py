"""Mentions: the best stretches of a text, and every other occurrence of their surfaces."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

import numpy as np

from kg.extract.encoder.found import KINDS, Reading, Stretch
from kg.extract.encoder.heads import Array, Index, Projections, softmax, span_logits

WIDTH = 12
"""Words of the longest mention."""
OWN_SHARE = 0.75
"""Weight of a stretch's own scores; the rest is the mean over all occurrences of its surface, as in training."""
VARIANT_CHANCE = 0.15
"""Least chance of an occurrence of a chosen surface that differs in case or number."""
PLURAL_LENGTH = 3
"""Names of up to so many letters have no plural."""


def span_chances(reading: Reading) -> tuple[Index, Index, Array]:
    """Candidate stretches and the chance of each kind, the same surface's occurrences pulled together."""
    table, weights = reading.table, reading.weights
    first, last = candidates(table)
    logits = span_logits(weights, table, WIDTH)[first, last - first]
    likely = np.flatnonzero(softmax(logits)[:, 0] < 0.995)
    groups = grouping([reading.surface(first[i], last[i]) for i in likely])
    keep, first, last, logits = likely, first[likely], last[likely], logits[likely]
    if not len(keep):
        return first, last, logits
    total = np.zeros((int(groups.max()) + 1, logits.shape[1]), np.float32)
    np.add.at(total, groups, logits)
    mean = (total / np.bincount(groups)[:, None].astype(np.float32))[groups]
    voted = np.asarray(OWN_SHARE * logits + (1 - OWN_SHARE) * mean, np.float32)
    return first, last, softmax(voted)


def candidates(table: Projections) -> tuple[Index, Index]:
    """All stretches of up to `WIDTH` words within a sentence."""
    unit = table.sentence * 2 + (np.arange(len(table.sentence)) < table.title_length)
    first = np.repeat(np.arange(len(unit)), WIDTH)
    last = first + np.tile(np.arange(WIDTH), len(unit))
    is_inside = last < len(unit)
    first, last = first[is_inside], last[is_inside]
    is_within = unit[first] == unit[last]
    return first[is_within], last[is_within]


def grouping(names: Sequence[str]) -> Index:
    """A number for each distinct name."""
    number: dict[str, int] = {}
    return np.array([number.setdefault(name, len(number)) for name in names], np.int64)


def best_stretches(first: Index, last: Index, chance: Array, least: float) -> list[Stretch]:
    """The stretches without overlap whose gains add up to most; the gain is the chance above the least one."""
    score = np.round(1 - chance[:, 0], 2)
    length = int(last.max()) + 2
    ending: list[list[int]] = [[] for _ in range(length)]
    for i in np.flatnonzero(score >= least).tolist():
        ending[last[i] + 1].append(i)
    best, step = np.zeros(length), np.full(length, -1)
    for end in range(1, length):
        best[end] = best[end - 1]
        for i in ending[end]:
            gain = best[first[i]] + score[i] - least + 1e-3
            if gain > best[end]:
                best[end], step[end] = gain, i
    return list(traced(first, last, score, step))


def traced(first: Index, last: Index, score: Array, step: Index) -> Iterator[Stretch]:
    """The stretches on the best path, last first."""
    end = len(step) - 1
    while end > 0:
        if (i := step[end]) < 0:
            end -= 1
        else:
            yield Stretch(int(first[i]), int(last[i]), float(score[i]))
            end = first[i]


def places(text: str, name: str) -> Iterator[int]:
    """Where a name starts in a text, overlaps included."""
    start = text.find(name)
    while start >= 0:
        yield start
        start = text.find(name, start + 1)


def lowered(text: str) -> str:
    """The text in lower case, code point for code point."""
    lower = text.lower()
    return (
        lower if len(lower) == len(text) else "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
    )


def chance_of(first: Index, last: Index, chance: Array) -> dict[tuple[int, int], float]:
    """Chance that each candidate is a mention."""
    return {
        (int(a), int(b)): round(float(1 - c), 2) for a, b, c in zip(first, last, chance[:, 0], strict=True)
    }


def everywhere(
    reading: Reading, chosen: Sequence[Stretch], chance: Mapping[tuple[int, int], float]
) -> list[Stretch]:
    """Every occurrence of every chosen surface, longest first, in the order of the text.

    Other capitalisations and numbers of the same name count where the network half believes in them.
    """
    starts = {word.start: i for i, word in enumerate(reading.words)}
    ends = {word.end: i for i, word in enumerate(reading.words)}
    is_taken = np.zeros(len(reading.words), bool)
    surfaces = {reading.surface(stretch.first, stretch.last) for stretch in chosen}
    found = []
    for start, end in occurrences(reading.text, surfaces):
        first, last = starts.get(start), ends.get(end)
        if first is None or last is None or is_taken[first : last + 1].any():
            continue
        score = chance.get((first, last), 0.0)
        if reading.text[start:end] in surfaces or score >= VARIANT_CHANCE:
            is_taken[first : last + 1] = True
            found.append(Stretch(first, last, score))
    return sorted(found, key=lambda stretch: stretch.first)


def occurrences(text: str, surfaces: Collection[str]) -> list[tuple[int, int]]:
    """Where the surfaces and their variants stand: the longest first, exact ones before variants."""
    found = set()
    plain = lowered(text)
    for name in surfaces:
        found |= {(start, start + len(name)) for start in places(text, name)}
        has_plural = len(name) > PLURAL_LENGTH
        stem = lowered(name[:-1] if has_plural and name.endswith("s") else name)
        for start in places(plain, stem):
            end = start + len(stem)
            found |= (
                {(start, end), (start, end + 1)}
                if has_plural and plain[end : end + 1] == "s"
                else {(start, end)}
            )
    return sorted(found, key=lambda span: (span[0] - span[1], text[slice(*span)] not in surfaces, span))


def kinds_by_surface(
    reading: Reading, groups: Iterable[Sequence[Stretch]], chances: tuple[Index, Index, Array]
) -> dict[str, Array]:
    """Summed chances of the kinds of each surface, by the first group of stretches that has it.

    A surface may be chosen where it was no candidate, because its candidate lies inside a longer mention.
    """
    first, last, chance = chances
    row = {(int(a), int(b)): i for i, (a, b) in enumerate(zip(first, last, strict=True))}
    votes: dict[str, Array] = {}
    for group in groups:
        found: dict[str, Array] = {}
        for stretch in group:
            if (i := row.get((stretch.first, stretch.last))) is not None:
                name = reading.surface(stretch.first, stretch.last)
                found[name] = found.get(name, np.zeros(len(KINDS), np.float32)) + chance[i, 1:]
        votes = found | votes
    return votes
