"""The component `kg_results`: the numbers that a text reports, with subject, dataset and metric of each."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from spacy.language import Language
from spacy.pipeline import Pipe
from spacy.tokens import Doc

from kg.extract.context import Context, context
from kg.extract.linear import LinearModel, empty_model, read_model, write_model
from kg.extract.numerals import Numeral, numerals
from kg.extract.state import LocalResult, declare_extensions
from kg.extract.values import (
    NO,
    YES,
    dataset_candidates,
    link_features,
    metric_candidates,
    subject_candidates,
    value_features,
)
from kg.ontology import ValueKind

MODEL_CLASSES = {
    "values": (NO, YES),
    "kinds": tuple(kind.value for kind in ValueKind),
    "subjects": (NO, YES),
    "datasets": (NO, YES),
    "metrics": (NO, YES),
}
"""The five classifiers of the component and the classes of each."""


class KgResults(Pipe):
    """Reads results: which numbers are some, of what kind, and of what."""

    def __init__(
        self, name: str, *, threshold: float, dataset_threshold: float, metric_threshold: float
    ) -> None:
        declare_extensions()
        self.name = name
        self.threshold = threshold
        self.dataset_threshold = dataset_threshold
        self.metric_threshold = metric_threshold
        self.models: dict[str, LinearModel] = {
            name: empty_model(classes) for name, classes in MODEL_CLASSES.items()
        }

    def __call__(self, doc: Doc) -> Doc:
        """The document with `doc._.kg_results`."""
        view = context(doc)
        found = (self._read(view, numeral) for numeral in free_numerals(view))
        doc._.kg_results = [result for result in found if result is not None]
        return doc

    def _read(self, view: Context, numeral: Numeral) -> LocalResult | None:
        features = value_features(view, numeral)
        chance = round(self._yes("values", features), 2)
        subjects = subject_candidates(view, numeral)
        if chance < self.threshold or not subjects:
            return None
        best = max(subjects, key=lambda entity: (self._linked("subjects", view, numeral, entity), -entity))
        kinds = self.models["kinds"]
        dataset = self._best("datasets", view, numeral, dataset_candidates(view))
        return LocalResult(
            subject=best,
            dataset=dataset,
            metric=self._metric(view, numeral),
            value=(numeral.start, numeral.end),
            value_kind=ValueKind(kinds.classes[int(kinds.scores(features).argmax())]),
            number=numeral.number,
            unit=numeral.unit,
            sentence=view.sentence_at(view.token_at(numeral.start)),
            confidence=chance,
        )

    def _metric(self, view: Context, numeral: Numeral) -> tuple[int, int] | None:
        offers = metric_candidates(view, numeral)
        scored = [
            (self._yes("metrics", link_features(view, numeral, (first, end), entity)), -first, end)
            for first, end, entity in offers
        ]
        if not scored or max(scored)[0] < self.metric_threshold:
            return None
        _, first, end = max(scored)
        last = end - 1
        return view.offsets[-first], view.offsets[last] + view.lengths[last]

    def _best(self, model: str, view: Context, numeral: Numeral, entities: list[int]) -> int | None:
        scored = [(self._linked(model, view, numeral, entity), -entity) for entity in entities]
        if not scored or max(scored)[0] < self.dataset_threshold:
            return None
        return -max(scored)[1]

    def _linked(self, model: str, view: Context, numeral: Numeral, entity: int) -> float:
        return self._yes(model, link_features(view, numeral, None, entity))

    def _yes(self, model: str, features: set[str]) -> float:
        return float(self.models[model].probabilities(features)[1])

    def to_disk(self, path: str | Path, **_: Any) -> None:
        """Writes the weights, one file a classifier."""
        folder = Path(path)
        folder.mkdir(parents=True, exist_ok=True)
        for name, model in self.models.items():
            write_model(folder / f"{name}.npz", model)

    def from_disk(self, path: str | Path, **_: Any) -> KgResults:
        """The component with the weights that were written there."""
        self.models = {name: read_model(Path(path) / f"{name}.npz") for name in self.models}
        return self


@Language.factory(
    "kg_results",
    requires=["doc.ents"],
    default_config={"threshold": 0.5, "dataset_threshold": 0.5, "metric_threshold": 0.3},
)
def create_results(
    nlp: Language,  # noqa: ARG001
    name: str,
    threshold: float,
    dataset_threshold: float,
    metric_threshold: float,
) -> KgResults:
    """The factory of `nlp.add_pipe("kg_results")`."""
    return KgResults(
        name, threshold=threshold, dataset_threshold=dataset_threshold, metric_threshold=metric_threshold
    )


def free_numerals(view: Context) -> list[Numeral]:
    """The numbers of the text that are no part of a name."""
    return [numeral for numeral in numerals(view.text) if view.owner[view.token_at(numeral.end - 1)] < 0]
