"""The component `kg_tagger`: a convolutional network over hashed word features that finds spans and their kinds.

It writes `doc.spans["tagged"]`: spans that do not overlap, `label_` the kind, `_.kg_confidence` the model's certainty.
Any component that writes the same group can stand in its place.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
from spacy.language import Language
from spacy.ml.models.tok2vec import MaxoutWindowEncoder
from spacy.pipeline import Pipe
from spacy.tokens import Doc, Span
from thinc.api import (
    HashEmbed,
    Maxout,
    Model,
    Softmax,
    chain,
    concatenate,
    list2ragged,
    ragged2list,
    with_array,
)

from kg.extract.arrays import read_arrays, write_arrays
from kg.extract.state import TAGGED, declare_extensions
from kg.extract.tags import TAGS, spans
from kg.extract.words import COLUMNS, word_features

_FILE = "tagger.npz"


class KgTagger(Pipe):
    """Finds the spans that name something, with their kinds."""

    def __init__(self, nlp: Language, name: str, *, width: int, depth: int, window: int, rows: int) -> None:
        declare_extensions()
        self.vocab = nlp.vocab
        self.name = name
        self.model = network(width=width, depth=depth, window=window, rows=rows)
        self.model.initialize(X=[nlp.make_doc("An example of text .")])

    def __call__(self, doc: Doc) -> Doc:
        """The document with its tagged spans."""
        # One document at a time: the last bits of a matrix product depend on its shape, and a paper's extraction
        # must not depend on the papers beside it.
        probabilities = self.model.predict([doc])[0] if len(doc) else np.zeros((0, len(TAGS)), np.float32)
        found = []
        for start, end, kind, confidence in spans(probabilities):
            span = Span(doc, start, end, label=kind.value)
            span._.kg_confidence = round(confidence, 2)
            found.append(span)
        doc.spans[TAGGED] = found
        return doc

    def pipe(self, stream: Iterable[Doc], *, batch_size: int = 64) -> Iterator[Doc]:  # noqa: ARG002
        """The documents of a stream, each as if it were alone."""
        yield from map(self, stream)

    def to_disk(self, path: str | Path, **_: Any) -> None:
        """Writes the weights as half-precision floats."""
        folder = Path(path)
        folder.mkdir(parents=True, exist_ok=True)
        write_arrays(folder / _FILE, _parameters(self.model))

    def from_disk(self, path: str | Path, **_: Any) -> KgTagger:
        """The tagger with the weights that were written there."""
        stored = read_arrays(Path(path) / _FILE)
        for key, node, parameter in _places(self.model):
            weights: Any = stored[key].astype(np.float32)
            node.set_param(parameter, weights)
        return self


@Language.factory(
    "kg_tagger",
    assigns=["doc.spans"],
    default_config={"width": 96, "depth": 4, "window": 2, "rows": 8000},
)
def create_tagger(nlp: Language, name: str, width: int, depth: int, window: int, rows: int) -> KgTagger:
    """The factory of `nlp.add_pipe("kg_tagger")`."""
    return KgTagger(nlp, name, width=width, depth=depth, window=window, rows=rows)


def network(*, width: int, depth: int, window: int, rows: int) -> Model[Any, Any]:
    """The network from documents to a distribution over tags for each token."""
    # Tables a little narrower than the network, since what they hold is mixed together at once.
    narrow = width * 2 // 3
    tables: list[Model[Any, Any]] = [
        HashEmbed(narrow, max(200, int(rows * share)), column=column, seed=column + 1)
        for column, share in enumerate(COLUMNS.values())
    ]
    embed: Model[Any, Any] = chain(
        _feature_layer(),
        list2ragged(),
        with_array(concatenate(*tables)),
        with_array(Maxout(width, narrow * len(tables), nP=3, normalize=True)),
        ragged2list(),
    )
    encode = MaxoutWindowEncoder(width=width, depth=depth, window_size=window, maxout_pieces=3)
    return chain(embed, encode, with_array(Softmax(nO=len(TAGS), nI=width)))


def _feature_layer() -> Model[Any, Any]:
    """A layer without weights from documents to the hashed features of their tokens."""
    return Model("word_features", _features_forward)


def _features_forward(
    model: Model[Any, Any],  # noqa: ARG001
    docs: list[Doc],
    is_train: bool,  # noqa: ARG001, FBT001
) -> tuple[list[Any], Callable[[Any], list[Any]]]:
    return [word_features(doc) for doc in docs], lambda _gradient: []


def _places(model: Model[Any, Any]) -> Iterator[tuple[str, Model[Any, Any], str]]:
    for position, node in enumerate(model.walk()):
        for parameter in node.param_names:
            if node.has_param(parameter):
                yield f"{position}.{node.name}.{parameter}", node, parameter


def _parameters(model: Model[Any, Any]) -> dict[str, np.ndarray[Any, Any]]:
    return {
        key: np.asarray(node.get_param(parameter), dtype=np.float16)
        for key, node, parameter in _places(model)
    }
