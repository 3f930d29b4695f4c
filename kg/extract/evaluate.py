"""Scores of extractions against gold: mentions by kind, entities, roles, relations and results.

A mention counts where offsets and kind are equal (`overlapping`: where they overlap and the kind is equal). An entity
counts where its kind and at least one surface are equal, each entity of the gold once; relations and results count
where their ends are such entities. A result counts by its subject and the numbers of its value.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from kg.extract.lines import read
from kg.model import Extraction, Paper, PaperId, Result
from kg.ontology import Kind, Relation
from kg.sources.identifiers import normalise_id


@dataclass(slots=True)
class Score:
    """Counts of one measure; the figures follow from them."""

    right: int = 0
    """Found items that are in the gold."""
    found: int = 0
    support: int = 0
    """Items of the gold."""
    recalled: int = 0
    """Items of the gold that were found; differs from `right` only where overlaps count."""

    @property
    def precision(self) -> float:
        """Share of the found that is right."""
        return self.right / self.found if self.found else 0.0

    @property
    def recall(self) -> float:
        """Share of the gold that was found."""
        return self.recalled / self.support if self.support else 0.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0

    def count(self, found: Iterable[Any], gold: Iterable[Any]) -> None:
        """Counts items that must be equal."""
        found_counts, gold_counts = Counter(found), Counter(gold)
        right = (found_counts & gold_counts).total()
        self.add(right, found_counts.total(), gold_counts.total(), right)

    def add(self, right: int, found: int, support: int, recalled: int) -> None:
        """Adds counts of one paper."""
        self.right += right
        self.found += found
        self.support += support
        self.recalled += recalled

    def as_dict(self) -> dict[str, float | int]:
        """Precision, recall and F1 in per cent with one decimal, and the support."""
        return {
            "precision": round(100 * self.precision, 1),
            "recall": round(100 * self.recall, 1),
            "f1": round(100 * self.f1, 1),
            "support": self.support,
        }


@dataclass(slots=True)
class Scores:
    """All scores, by measure and class; `all` is over all classes together."""

    papers: int = 0
    measures: dict[str, dict[str, Score]] = field(default_factory=dict)

    def of(self, measure: str, name: str) -> Score:
        """The score of a measure for a class, made where there is none yet."""
        return self.measures.setdefault(measure, {}).setdefault(name, Score())

    def as_dict(self) -> dict[str, Any]:
        """The scores as JSON values."""
        return {
            "papers": self.papers,
            **{
                measure: {name: score.as_dict() for name, score in classes.items()}
                for measure, classes in self.measures.items()
            },
        }


def evaluate(
    gold_path: str | Path, predicted_path: str | Path | None = None, model: Path | None = None
) -> Scores:
    """Scores of a file of extractions, or without one of the pipeline, against a gold file.

    Papers are matched by normalised id; a gold paper without extraction counts as one in which nothing was found.
    """
    gold = list(read(Path(gold_path)))
    if predicted_path is not None:
        predicted = {_key(extraction): extraction for extraction in read(Path(predicted_path))}
    else:
        predicted = {_key(extraction): extraction for extraction in _extract(gold, model)}
    return compare((extraction, predicted.get(_key(extraction))) for extraction in gold)


def _key(extraction: Extraction) -> str:
    return normalise_id(extraction.paper_id)


def _extract(gold: Sequence[Extraction], model: Path | None) -> Iterable[Extraction]:
    from kg.extract import extract

    texts = ((extraction.paper_id, *extraction.text.split("\n", 1)) for extraction in gold)
    return extract(
        (Paper(id=PaperId(id_), title=title, abstract=abstract) for id_, title, abstract in texts),
        model=model,
    )


def compare(pairs: Iterable[tuple[Extraction, Extraction | None]]) -> Scores:
    """Scores over (gold, found) pairs."""
    scores = Scores()
    for gold, found in pairs:
        scores.papers += 1
        _compare(scores, gold, found or Extraction(gold.paper_id, None, gold.text, "none"))
    return scores


def _compare(scores: Scores, gold: Extraction, found: Extraction) -> None:
    for kind in (None, *Kind):
        name = kind.value if kind else "all"
        ours, theirs = _mentions(found, kind), _mentions(gold, kind)
        scores.of("mentions", name).count(ours, theirs)
        _count_overlaps(scores.of("overlapping", name), ours, theirs)
    _compare_entities(scores, gold, found)


def _mentions(extraction: Extraction, kind: Kind | None) -> list[tuple[int, int, Kind]]:
    kinds = [entity.kind for entity in extraction.entities]
    return [
        (mention.start, mention.end, kinds[mention.entity])
        for mention in extraction.mentions
        if kind is None or kinds[mention.entity] is kind
    ]


def _count_overlaps(
    score: Score, found: Sequence[tuple[int, int, Kind]], gold: Sequence[tuple[int, int, Kind]]
) -> None:
    right = sum(any(_overlap(span, other) for other in gold) for span in found)
    recalled = sum(any(_overlap(span, other) for other in found) for span in gold)
    score.add(right, len(found), len(gold), recalled)


def _overlap(left: tuple[int, int, Kind], right: tuple[int, int, Kind]) -> bool:
    return left[0] < right[1] and right[0] < left[1] and left[2] is right[2]


def _compare_entities(scores: Scores, gold: Extraction, found: Extraction) -> None:
    match = _match(gold, found)
    for kind in (None, *Kind):
        name = kind.value if kind else "all"
        right = sum(kind is None or found.entities[ours].kind is kind for ours in match)
        ours_count = sum(kind is None or entity.kind is kind for entity in found.entities)
        gold_count = sum(kind is None or entity.kind is kind for entity in gold.entities)
        scores.of("entities", name).add(right, ours_count, gold_count, right)
    ours_roles = [(match.get(place, -1 - place), entity.role) for place, entity in enumerate(found.entities)]
    scores.of("entities with role", "all").count(
        ours_roles, [(place, entity.role) for place, entity in enumerate(gold.entities)]
    )
    _compare_relations(scores, gold, found, match)
    scores.of("results", "value").count(_values(found, None), _values(gold, None))
    same = {place: place for place in range(len(gold.entities))}
    scores.of("results", "value and subject").count(_values(found, match), _values(gold, same))


def _compare_relations(scores: Scores, gold: Extraction, found: Extraction, match: Mapping[int, int]) -> None:
    ours = [
        (match.get(item.subject, -1 - item.subject), item.relation, match.get(item.object, -1 - item.object))
        for item in found.assertions
    ]
    theirs = [(item.subject, item.relation, item.object) for item in gold.assertions]
    scores.of("relations", "all").count(ours, theirs)
    for relation in Relation:
        scores.of("relations", relation.value).count(
            [item for item in ours if item[1] is relation], [item for item in theirs if item[1] is relation]
        )


def _match(gold: Extraction, found: Extraction) -> dict[int, int]:
    """The gold entity of each found one of the same kind that shares a surface; each gold entity once."""
    offers = sorted(
        (-len(set(ours.surfaces) & set(theirs.surfaces)), place, other)
        for place, ours in enumerate(found.entities)
        for other, theirs in enumerate(gold.entities)
        if ours.kind is theirs.kind and set(ours.surfaces) & set(theirs.surfaces)
    )
    match: dict[int, int] = {}
    taken: set[int] = set()
    for _, place, other in offers:
        if place not in match and other not in taken:
            match[place] = other
            taken.add(other)
    return match


def _values(extraction: Extraction, match: Mapping[int, int] | None) -> set[tuple[int, str]]:
    """(subject, value) of the results; subjects that the gold does not have are told apart by negative numbers."""
    return {
        (0 if match is None else match.get(result.subject, -1 - result.subject), value_key(result))
        for result in extraction.results
    }


def value_key(result: Result) -> str:
    r"""What is compared of a value: its numbers, or its words where it has none.

    >>> from kg.model import Result, Span
    >>> value_key(Result(0, None, "accuracy", "$25.3\\%$", Span(0, 1)))
    '25.3'
    """
    numbers = re.findall(r"\d+(?:[.,]\d+)*|\.\d+", result.value)
    return " ".join(numbers) or result.value.strip().lower()


def table(scores: Scores) -> str:
    """The scores as lines of text to read."""
    lines = [f"{scores.papers} papers", f"{'':34}{'precision':>10}{'recall':>8}{'F1':>8}{'support':>9}"]
    for measure, classes in scores.measures.items():
        for name, score in classes.items():
            label = measure if name == "all" else f"  {name}"
            figures = f"{100 * score.precision:10.1f}{100 * score.recall:8.1f}{100 * score.f1:8.1f}"
            lines.append(f"{label:34}{figures}{score.support:9}")
        if "all" not in classes:
            lines.insert(len(lines) - len(classes), measure)
    return "\n".join(lines)
