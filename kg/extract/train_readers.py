"""Training of the classifiers that read roles, relations and results from gold entities."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from kg.extract.context import Context, context
from kg.extract.gold import GoldDocument
from kg.extract.kinds import KIND_CLASSES, kind_features
from kg.extract.linear import LinearModel, fit
from kg.extract.numerals import Numeral
from kg.extract.relations import NO_RELATION, RELATION_CLASSES, candidates, relation_features
from kg.extract.results import MODEL_CLASSES
from kg.extract.roles import ROLE_CLASSES, role_features
from kg.extract.values import (
    NO,
    YES,
    dataset_candidates,
    link_features,
    metric_candidates,
    subject_candidates,
    value_features,
)
from kg.model import Result

Example = tuple[set[str], str]
Task = Callable[[GoldDocument, Context], Iterator[Example]]


def fit_readers(
    documents: Sequence[GoldDocument], on_progress: Callable[[str], None]
) -> dict[str, LinearModel]:
    """The classifiers by name."""
    views = [context(document.doc) for document in documents]
    models = {}
    for name, (task, classes, bucket_count, penalty) in _TASKS.items():
        examples = [
            example
            for document, view in zip(documents, views, strict=True)
            for example in task(document, view)
        ]
        models[name] = fit(examples, classes, bucket_count=bucket_count, penalty=penalty)
        on_progress(f"{name}: {len(examples)} examples")
    return models


def _entity_kind_examples(_document: GoldDocument, view: Context) -> Iterator[Example]:
    for entity in range(len(view.entities)):
        yield kind_features(view, entity), view.kind(entity).value


def _role_examples(_document: GoldDocument, view: Context) -> Iterator[Example]:
    for entity in range(len(view.entities)):
        yield role_features(view, entity), view.role(entity).value


def _relation_examples(document: GoldDocument, view: Context) -> Iterator[Example]:
    for candidate in candidates(view):
        relation = document.relations.get((candidate.subject, candidate.object), NO_RELATION)
        yield relation_features(view, candidate), relation


def _free(document: GoldDocument, view: Context) -> Iterator[tuple[Numeral, tuple[Result, ...]]]:
    for numeral, results in document.results:
        if view.owner[view.token_at(numeral.end - 1)] < 0:
            yield numeral, results


def _value_examples(document: GoldDocument, view: Context) -> Iterator[Example]:
    for numeral, results in _free(document, view):
        yield value_features(view, numeral), YES if results else NO


def _kind_examples(document: GoldDocument, view: Context) -> Iterator[Example]:
    for numeral, results in _free(document, view):
        if results:
            yield value_features(view, numeral), results[0].value_kind.value


def _subject_examples(document: GoldDocument, view: Context) -> Iterator[Example]:
    for numeral, results in _free(document, view):
        gold = {result.subject for result in results}
        for entity in subject_candidates(view, numeral) if results else ():
            yield link_features(view, numeral, None, entity), YES if entity in gold else NO


def _dataset_examples(document: GoldDocument, view: Context) -> Iterator[Example]:
    for numeral, results in _free(document, view):
        gold = {result.dataset for result in results}
        for entity in dataset_candidates(view) if results else ():
            yield link_features(view, numeral, None, entity), YES if entity in gold else NO


def _metric_examples(document: GoldDocument, view: Context) -> Iterator[Example]:
    for numeral, results in _free(document, view):
        gold = " ".join(result.metric for result in results).lower()
        for first, end, entity in metric_candidates(view, numeral) if gold.strip() else ():
            last = end - 1
            written = view.text[view.offsets[first] : view.offsets[last] + view.lengths[last]].lower()
            yield link_features(view, numeral, (first, end), entity), YES if written in gold else NO


_TASKS: dict[str, tuple[Task, Sequence[str], int, float]] = {
    "entity-kinds": (_entity_kind_examples, KIND_CLASSES, 1 << 17, 2.0),
    "roles": (_role_examples, ROLE_CLASSES, 1 << 17, 1.0),
    "relations": (_relation_examples, RELATION_CLASSES, 1 << 17, 1.0),
    "values": (_value_examples, MODEL_CLASSES["values"], 1 << 15, 1.0),
    "kinds": (_kind_examples, MODEL_CLASSES["kinds"], 1 << 14, 1.0),
    "subjects": (_subject_examples, MODEL_CLASSES["subjects"], 1 << 14, 1.0),
    "datasets": (_dataset_examples, MODEL_CLASSES["datasets"], 1 << 14, 1.0),
    "metrics": (_metric_examples, MODEL_CLASSES["metrics"], 1 << 14, 1.0),
}
"""For each classifier: its examples, classes, buckets and penalty."""
