"""Gold lines as what the network trains on: pieces, candidate spans with labels, entities, relations and numbers."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tokenizers import Tokenizer

from kg.extract.encoder.encode import PIECE_LIMIT
from kg.extract.encoder.found import KINDS, RELATIONS, ROLES, VALUE_KINDS
from kg.extract.encoder.mentions import WIDTH
from kg.extract.encoder.outcomes import number_words
from kg.extract.encoder.words import Word, sentence_numbers, words

NO_NAME = -1
"""In place of an entity: the text names none."""
UNKNOWN = -2
"""In place of an entity: named in words that are no entity."""

_DIGITS = re.compile(r"\d[\d,]*\.?\d*")
GoldLine = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class GoldResult:
    """A number that is a result."""

    number: int
    """Place in the example's numbers."""
    subject: int
    dataset: int
    metric: int
    value_kind: int
    """`NO_NAME` where the gold does not say."""


@dataclass(frozen=True, slots=True)
class Example:
    """One text with its gold."""

    ids: list[int]
    shapes: list[int]
    first: list[int]
    """First piece of each word."""
    last: list[int]
    sentence: list[int]
    title_length: int
    spans: list[tuple[int, int]]
    """First and last word of each candidate."""
    labels: list[int]
    """0 for none, else the kind plus one, of each candidate."""
    groups: list[int]
    """A number for each candidate's surface."""
    mentions: list[tuple[int, int, int]]
    """First and last word, and the entity."""
    surfaces: list[int]
    """A number for each mention's surface."""
    kinds: list[int]
    roles: list[int]
    relations: list[tuple[int, int, int]]
    numbers: list[tuple[int, int]]
    results: list[GoldResult]


def example(line: GoldLine, tokenizer: Tokenizer) -> Example:
    """The example of a gold line."""
    text = f"{line['title']}\n{line['abstract']}"
    found, ids, owner = _pieces(words(text), tokenizer)
    sentence = sentence_numbers(found)
    title_length = sum(word.start < len(line["title"]) for word in found)
    places = gold_mentions(text, line["ents"])
    starts, ends = ({getattr(word, side): i for i, word in enumerate(found)} for side in ("start", "end"))
    named = [(starts[a], ends[b], i) for a, b, i in places if a in starts and b in ends]
    order = {entity: place for place, entity in enumerate(sorted({i for _, _, i in named}))}
    spans = _candidates(sentence, title_length)
    kind_at = {(a, b): 1 + KINDS.index(line["ents"][i][0]) for a, b, i in named}
    numbers = list(zip(*number_words(text, found), strict=True))
    return Example(
        ids=[tokenizer.get_vocab()["[CLS]"], *ids, tokenizer.get_vocab()["[SEP]"]],
        shapes=[0, *(found[i].shape for i in owner), 0],
        first=[owner.index(i) + 1 for i in range(len(found))],
        last=[len(owner) - owner[::-1].index(i) for i in range(len(found))],
        sentence=sentence,
        title_length=title_length,
        spans=spans,
        labels=[kind_at.get(span, 0) for span in spans],
        groups=_numbered([" ".join(word.text for word in found[a : b + 1]) for a, b in spans]),
        mentions=[(a, b, order[i]) for a, b, i in named],
        surfaces=_numbered([text[found[a].start : found[b].end] for a, b, _ in named]),
        kinds=[KINDS.index(line["ents"][i][0]) for i in order],
        roles=[ROLES.index(line["ents"][i][1]) for i in order],
        relations=_relations(line["rels"], order),
        numbers=[(int(a), int(b)) for a, b in numbers],
        results=_results(line, text, [(found[a].start, found[b].end) for a, b in numbers], places, order),
    )


def gold_mentions(
    text: str, entities: Sequence[tuple[str, str, Sequence[str]]]
) -> list[tuple[int, int, int]]:
    """Start, end and entity of every occurrence of a surface at word boundaries, the longest surface first."""
    owner = {name: i for i, (_, _, names) in reversed(list(enumerate(entities))) for name in names if name}
    is_taken = bytearray(len(text))
    found = []
    for name in sorted(owner, key=lambda name: (-len(name), name)):
        before, after = (r"(?<!\w)" if name[0].isalnum() else ""), (r"(?!\w)" if name[-1].isalnum() else "")
        for match in re.finditer(before + re.escape(name) + after, text):
            if not any(is_taken[match.start() : match.end()]):
                is_taken[match.start() : match.end()] = b"\1" * len(name)
                found.append((match.start(), match.end(), owner[name]))
    return sorted(found)


def _pieces(found: list[Word], tokenizer: Tokenizer) -> tuple[list[Word], list[int], list[int]]:
    """The words that fit, their pieces, and the place of the word of each piece."""
    encoding = tokenizer.encode([word.text for word in found], is_pretokenized=True, add_special_tokens=False)
    own = [word for word in encoding.word_ids[:PIECE_LIMIT] if word is not None]
    seen = sorted(set(own))
    place = {word: i for i, word in enumerate(seen)}
    return [found[i] for i in seen], encoding.ids[:PIECE_LIMIT], [place[i] for i in own]


def _candidates(sentence: Sequence[int], title_length: int) -> list[tuple[int, int]]:
    unit = [(number, place < title_length) for place, number in enumerate(sentence)]
    return [
        (first, last)
        for first in range(len(unit))
        for last in range(first, min(first + WIDTH, len(unit)))
        if unit[first] == unit[last]
    ]


def _numbered(names: Sequence[str]) -> list[int]:
    number: dict[str, int] = {}
    return [number.setdefault(name, len(number)) for name in names]


def _relations(rows: Sequence[tuple[int, str, int]], order: Mapping[int, int]) -> list[tuple[int, int, int]]:
    return [
        (order[a], RELATIONS.index(name), order[b])
        for a, name, b in rows
        if a in order and b in order and a != b and name in RELATIONS
    ]


def _results(
    line: GoldLine,
    text: str,
    numbers: Sequence[tuple[int, int]],
    places: Sequence[tuple[int, int, int]],
    order: Mapping[int, int],
) -> list[GoldResult]:
    """The results whose value is one of the numbers: of its occurrences, the free one nearest the subject."""
    metric_of = {
        _plain(name): i
        for i, (kind, _, names) in enumerate(line["ents"])
        if kind == "metric"
        for name in names
    }
    used: set[int] = set()
    found = []
    for subject, dataset, metric, value, *rest in line["results"]:
        own = [(a, b) for a, b, i in places if i == subject]
        offers = [
            (place in used, min((min(abs(start - a), abs(start - b)) for a, b in own), default=9999), place)
            for place, (start, end) in enumerate(numbers)
            if start in _value_starts(text, value)
        ]
        if not offers or subject not in order:
            continue
        number = min(offers)[2]
        used.add(number)
        named = metric_of.get(_plain(metric))
        found.append(
            GoldResult(
                number,
                order[subject],
                order.get(dataset, NO_NAME),
                NO_NAME if not metric else UNKNOWN if named is None else order.get(named, UNKNOWN),
                VALUE_KINDS.index(rest[0]) if rest and rest[0] in VALUE_KINDS else NO_NAME,
            )
        )
    return found


def _value_starts(text: str, value: str) -> set[int]:
    """Where the first number of a value stands, for each occurrence of the value."""
    digits = _DIGITS.search(value)
    if digits is None:
        return set()
    return {match.start() + digits.start() for match in re.finditer(re.escape(value), text)}


def _plain(name: str) -> str:
    return re.sub(r"[^0-9a-z]+", " ", name.lower()).strip()
