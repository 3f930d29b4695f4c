"""The counts of one paper: what was found beside what its gold has, for each measure and class.

| measure | an item is right where equal | classes |
| --- | --- | --- |
| mentions | start, end, kind | kinds |
| mentions with role | start, end, kind, role of the entity | roles |
| entities | kind and at least one surface, each gold entity once | kinds |
| entities with role | the entity, and its role | roles |
| introduced | the entity, and its role is `introduces` on both sides | |
| relations | subject entity, relation, object entity | relations |
| results | value (its numbers), then also subject, dataset, metric | |
| results by value kind | value, subject and kind of value | kinds of value |

The measure `X, overlapping` is the same with mentions that overlap instead of being equal, and with entities that have
the same kind and mentions that overlap.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Hashable, Iterable, Iterator, Sequence

from kg.extract.matching import Match, is_overlapping, match_exactly, match_overlapping
from kg.model import Extraction, Result
from kg.ontology import Kind, Relation, Role, ValueKind
from kg.text.source import collapse

Row = tuple[str, str]
"""A measure and a class of it."""
Count = tuple[int, int, int, int]
"""Right, found, support and recalled, as in `kg.extract.scores.Score`."""
Item = tuple[str, Hashable]
"""The class of something found, and what must be equal."""
SpanItem = tuple[str, tuple[int, int, str]]
"""The class of a mention; its start, end and kind."""

ALL = "all"
OVERLAPPING = ", overlapping"
RESULTS = ("value", "value and subject", "value, subject and dataset", "value, subject and metric")
CLASSES: dict[str, tuple[str, ...]] = {
    "mentions": (ALL, *Kind),
    "mentions with role": (ALL, *Role),
    "entities": (ALL, *Kind),
    "introduced": (ALL,),
    "entities with role": (ALL, *Role),
    "relations": (ALL, *Relation),
    "results": RESULTS,
    "results by value kind": (ALL, *ValueKind),
}
"""The classes of each measure; the first is the headline."""
ROWS: tuple[Row, ...] = tuple(
    (measure + suffix, str(name))
    for measure, names in CLASSES.items()
    for suffix in ("", OVERLAPPING)
    for name in names
)


def paper_counts(gold: Extraction, found: Extraction) -> list[Count]:
    """The counts of a paper, in the order of `ROWS`."""
    counts = dict(_counts(gold, found))
    return [counts.get(row, (0, 0, 0, 0)) for row in ROWS]


def _counts(gold: Extraction, found: Extraction) -> Iterator[tuple[Row, Count]]:
    for measure, spans in (("mentions", mention_spans), ("mentions with role", _spans_with_role)):
        yield from _tally(measure, spans(found), spans(gold))
        yield from _tally_overlaps(measure + OVERLAPPING, spans(found), spans(gold))
    same = {place: place for place in range(len(gold.entities))}
    for suffix, match in (("", match_exactly(gold, found)), (OVERLAPPING, match_overlapping(gold, found))):
        for (measure, ours), (_, theirs) in zip(_items(found, match), _items(gold, same), strict=True):
            yield from _tally(measure + suffix, ours, theirs)
        for name, values, gold_values in zip(
            RESULTS, _results(found, match), _results(gold, same), strict=True
        ):
            yield ("results" + suffix, name), _count(values, gold_values)


def mention_spans(extraction: Extraction) -> list[SpanItem]:
    """Each mention, with its kind as class."""
    return [(span[2], span) for span in _spans(extraction)]


def _spans_with_role(extraction: Extraction) -> list[SpanItem]:
    roles = [extraction.entities[mention.entity].role.value for mention in extraction.mentions]
    return list(zip(roles, _spans(extraction), strict=True))


def _spans(extraction: Extraction) -> list[tuple[int, int, str]]:
    kinds = [entity.kind.value for entity in extraction.entities]
    return [(mention.start, mention.end, kinds[mention.entity]) for mention in extraction.mentions]


def _tally(measure: str, found: Sequence[Item], gold: Sequence[Item]) -> Iterator[tuple[Row, Count]]:
    """Counts of items that must be equal, of all together and by class."""
    yield (measure, ALL), _count(found, gold)
    for name in {name for name, _ in (*found, *gold)}:
        ours, theirs = [key for own, key in found if own == name], [key for own, key in gold if own == name]
        yield (measure, name), _count(ours, theirs)


def _count(found: Iterable[Hashable], gold: Iterable[Hashable]) -> Count:
    found_counts, gold_counts = Counter(found), Counter(gold)
    right = (found_counts & gold_counts).total()
    return right, found_counts.total(), gold_counts.total(), right


def _tally_overlaps(
    measure: str, found: Sequence[SpanItem], gold: Sequence[SpanItem]
) -> Iterator[tuple[Row, Count]]:
    right = Counter(item[0] for item in found if any(_is_covered(item, other) for other in gold))
    recalled = Counter(item[0] for item in gold if any(_is_covered(item, other) for other in found))
    ours, theirs = Counter(name for name, _ in found), Counter(name for name, _ in gold)
    yield (measure, ALL), (right.total(), ours.total(), theirs.total(), recalled.total())
    for name in ours | theirs:
        yield (measure, name), (right[name], ours[name], theirs[name], recalled[name])


def _is_covered(item: SpanItem, other: SpanItem) -> bool:
    (name, (start, end, kind)), (other_name, (other_start, other_end, other_kind)) = item, other
    is_same = (name, kind) == (other_name, other_kind)
    return is_same and is_overlapping((start, end), (other_start, other_end))


def _items(extraction: Extraction, match: Match) -> Iterator[tuple[str, list[Item]]]:
    """The items of the measures that rest on entities; one that the gold does not have is a negative number."""
    places = [_place(match, place) for place in range(len(extraction.entities))]
    named = list(zip(places, extraction.entities, strict=True))
    yield "entities", [(entity.kind.value, place) for place, entity in named]
    with_role: list[Item] = [(entity.role.value, place) for place, entity in named]
    yield "entities with role", with_role
    yield "introduced", [item for item in with_role if item[0] == Role.INTRODUCES]
    yield (
        "relations",
        [
            (stated.relation.value, (places[stated.subject], places[stated.object]))
            for stated in extraction.assertions
        ],
    )
    yield (
        "results by value kind",
        sorted(
            {(each.value_kind.value, (value_key(each), places[each.subject])) for each in extraction.results}
        ),
    )


def _place(match: Match, place: int) -> int:
    return match.get(place, -1 - place)


def _results(extraction: Extraction, match: Match) -> Iterator[set[tuple[Hashable, ...]]]:
    """What is compared of the results, by the names in `RESULTS`; the same result stated twice counts once."""
    rows = [(value_key(result), _place(match, result.subject), result) for result in extraction.results]
    yield {(value,) for value, _, _ in rows}
    yield {(value, subject) for value, subject, _ in rows}
    yield {
        (value, subject, None if each.dataset is None else _place(match, each.dataset))
        for value, subject, each in rows
    }
    yield {(value, subject, collapse(each.metric).casefold()) for value, subject, each in rows}


def value_key(result: Result) -> str:
    r"""What is compared of a value: its numbers, or its words where it has none.

    >>> from kg.model import Result, Span
    >>> value_key(Result(0, None, "accuracy", "$25.3\\%$", Span(0, 1)))
    '25.3'
    """
    numbers = re.findall(r"\d+(?:[.,]\d+)*|\.\d+", result.value)
    return " ".join(numbers) or result.value.strip().lower()
