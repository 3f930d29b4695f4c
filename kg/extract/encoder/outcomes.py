"""Relations between the entities of a text, and the numbers that it reports for them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from kg.extract.encoder.found import RELATIONS, VALUE_KINDS, FoundRelation, FoundResult, Reading
from kg.extract.encoder.heads import (
    NUMBER_KIND,
    Array,
    Index,
    Ranges,
    number_logits,
    pair_logits,
    pooled,
    sigmoid,
)
from kg.extract.encoder.words import Word

Flags = NDArray[np.bool_]

SYSTEMS = (0, 3)
"""Models and methods."""
RESOURCES = (1, 2)
"""Datasets and benchmarks."""
METRIC = 5
NUMBER_LIMIT = 100
"""Results read of one text; a bound on memory."""
ALLOWED = {
    "based-on": ((SYSTEMS, SYSTEMS), (RESOURCES, RESOURCES)),
    "trained-on": ((SYSTEMS, RESOURCES),),
    "evaluated-on": ((SYSTEMS, RESOURCES),),
    "outperforms": ((SYSTEMS, SYSTEMS),),
    "part-of": ((tuple(range(6)), tuple(range(6))),),
}
"""Kinds from which and to which each relation may lead."""


def is_allowed(relation: int, subject: int, object_: int) -> bool:
    """Whether the relation may hold between these kinds."""
    return any(subject in one and object_ in other for one, other in ALLOWED[RELATIONS[relation]])


def relations(
    pairs: Array, mentions: Ranges, entity: Index, least: Sequence[float]
) -> Iterator[FoundRelation]:
    """Relations above their thresholds, with the mention pair that scores highest."""
    chance = np.round(sigmoid(pooled(pairs, entity, entity)), 2)
    kind_of = [int(mentions.kind[entity == i][0]) for i in range(len(chance))]
    for subject, object_, relation in np.argwhere(chance >= np.array(least)):
        if subject == object_ or not is_allowed(relation, kind_of[subject], kind_of[object_]):
            continue
        if chance[object_, subject, relation] > chance[subject, object_, relation]:
            continue
        rows, columns = np.flatnonzero(entity == subject), np.flatnonzero(entity == object_)
        row, column = np.unravel_index(
            pairs[np.ix_(rows, columns)][..., relation].argmax(), (len(rows), len(columns))
        )
        place = (int(mentions.first[rows[row]]), int(mentions.first[columns[column]]))
        yield FoundRelation(
            int(subject), int(relation), int(object_), float(chance[subject, object_, relation]), place
        )


NUMBER = re.compile(r"(?<![\w.])(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?|(?<![\w.])\.\d+")
UNIT = re.compile(r"\s?\\?%|[xX×](?!\w)|\s?\$?\\times\$?|(?:pp|ms|s|M|k|K|B)\b|\s(?:percent|pp|dB)\b")
TO = re.compile(r"\s?(?:-{1,3}|–|—|\bto\b|\\sim)\s?")


def number_words(text: str, words: Sequence[Word]) -> tuple[Index, Index]:
    """First and last word of each number."""
    starts = {word.start: i for i, word in enumerate(words)}
    ends = {word.end: i for i, word in enumerate(words)}
    found = []
    for match in NUMBER.finditer(text):
        first = starts.get(match.start())
        if first is not None:
            last = ends.get(
                match.end(), next((i for i in range(first, len(words)) if words[i].end >= match.end()), first)
            )
            found.append((first, last))
    table = np.array(found, np.int64).reshape(-1, 2)
    return table[:, 0], table[:, 1]


def results(reading: Reading, mentions: Ranges, entity: Index) -> Iterator[FoundResult]:
    """Numbers that the text reports for an entity, with its dataset and metric."""
    numbers, value_kind, chance = reported_numbers(reading)
    kind_of = np.array([mentions.kind[entity == i][0] for i in range(int(entity.max()) + 1)])
    is_system, is_resource = np.isin(kind_of, SYSTEMS), np.isin(kind_of, RESOURCES)
    if not len(numbers) or not (is_system | is_resource).any():
        return
    scores = pair_logits(reading.weights, "result", reading.table, numbers, mentions)
    links = pooled(scores, np.arange(len(numbers)), entity)
    end_of_last = -1
    for i, link in enumerate(links):
        start, end = value_span(reading, numbers, i, is_range=VALUE_KINDS[value_kind[i]] == "range")
        if start < end_of_last:
            continue
        end_of_last = end
        subject = best(link[:, 0], is_system if is_system.any() else is_resource)
        dataset, metric = (
            linked(link[:, 1], is_resource, subject),
            linked(link[:, 2], kind_of == METRIC, subject),
        )
        yield FoundResult(subject, dataset, metric, start, end, int(value_kind[i]), float(chance[i]))


def reported_numbers(reading: Reading) -> tuple[Ranges, Index, Array]:
    """The numbers that are results, with their kinds of value and confidences."""
    first, last = number_words(reading.text, reading.words)
    numbers = Ranges(first, last, np.full(len(first), NUMBER_KIND))
    logits = number_logits(reading.weights, reading.table, numbers)
    chance = np.round(sigmoid(logits[:, 0]), 2)
    able = np.flatnonzero(chance >= reading.thresholds.result)[:NUMBER_LIMIT]
    return Ranges(first[able], last[able], numbers.kind[able]), logits[able, 1:].argmax(1), chance[able]


def value_span(reading: Reading, numbers: Ranges, i: int, *, is_range: bool) -> tuple[int, int]:
    """Start and end of the value that a number begins, with its sign and unit."""
    start, end = reading.words[numbers.first[i]].start, reading.words[numbers.last[i]].end
    return start - has_sign(reading.text, start), value_end(reading.text, end, is_range=is_range)


def has_sign(text: str, start: int) -> bool:
    """Whether a plus or minus right before the number is its sign, and no hyphen."""
    before = text[max(0, start - 2) : start]
    return before[-1:] in {"+", "-"} and not (before[:-1].isalnum() or before[:-1] in {"%", "-"})


def value_end(text: str, end: int, *, is_range: bool) -> int:
    """Where the value ends that begins with this number: its unit, and the second number of a range."""
    if match := UNIT.match(text, end):
        end = match.end()
    if is_range and (to := TO.match(text, end)) and (number := NUMBER.match(text, to.end())):
        return value_end(text, number.end(), is_range=False)
    return end


def best(scores: Array, is_able: Flags) -> int:
    """The able entity with the highest score."""
    return int(np.where(is_able, scores, -np.inf).argmax())


def linked(scores: Array, is_able: Flags, subject: int) -> int | None:
    """The able entity other than the subject with the highest score, where that beats naming none."""
    able = is_able & (np.arange(len(scores)) != subject)
    choice = best(scores, able)
    return choice if able.any() and scores[choice] > 0 else None
