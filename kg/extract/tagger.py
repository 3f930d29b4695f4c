"""The component `kg_tagger`: a convolutional network over hashed word features that finds spans and their kinds.

It writes `doc.spans["tagged"]`: spans that do not overlap, `label_` the kind, `_.kg_confidence` the model's certainty.
Any component that writes the same group can stand in its place.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
from spacy.language import Language
from spacy.ml.models.tok2vec import MaxoutWindowEncoder, MultiHashEmbed, build_Tok2Vec_model
from spacy.pipeline import Pipe
from spacy.tokens import Doc, Span
from spacy.util import minibatch
from thinc.api import Model, Softmax, chain, with_array

from kg.extract.arrays import read_arrays, write_arrays
from kg.extract.state import TAGGED, declare_extensions
from kg.extract.tags import TAGS, spans

_ATTRIBUTES = ["NORM", "ORTH", "PREFIX", "SUFFIX", "SHAPE"]
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
            span._.kg_confidence = round(confidence, 4)
            found.append(span)
        doc.spans[TAGGED] = found
        return doc

    def pipe(self, stream: Iterable[Doc], *, batch_size: int = 64) -> Iterator[Doc]:
        """The documents of a stream, each as if it were alone."""
        for docs in minibatch(stream, batch_size):
            yield from map(self, docs)

    def to_disk(self, path: str | Path, **_: Any) -> None:
        """Writes the weights as half-precision floats."""
        folder = Path(path)
        folder.mkdir(parents=True, exist_ok=True)
        write_arrays(folder / _FILE, _parameters(self.model))

    def from_disk(self, path: str | Path, **_: Any) -> KgTagger:
        """The tagger with the weights that were written there."""
        stored = read_arrays(Path(path) / _FILE)
        for key, node, parameter in _places(self.model):
            node.set_param(parameter, stored[key].astype(np.float32))
        return self


@Language.factory(
    "kg_tagger",
    assigns=["doc.spans"],
    default_config={"width": 96, "depth": 4, "window": 1, "rows": 8000},
)
def create_tagger(nlp: Language, name: str, width: int, depth: int, window: int, rows: int) -> KgTagger:
    """The factory of `nlp.add_pipe("kg_tagger")`."""
    return KgTagger(nlp, name, width=width, depth=depth, window=window, rows=rows)


def network(*, width: int, depth: int, window: int, rows: int) -> Model[Any, Any]:
    """The network from documents to a distribution over tags for each token."""
    embed = MultiHashEmbed(
        width=width,
        attrs=list(_ATTRIBUTES),
        rows=[rows, rows, rows // 8, rows // 2, rows // 2],
        include_static_vectors=False,
    )
    encode = MaxoutWindowEncoder(width=width, depth=depth, window_size=window, maxout_pieces=3)
    return chain(build_Tok2Vec_model(embed, encode), with_array(Softmax(nO=len(TAGS), nI=width)))


def _places(model: Model[Any, Any]) -> Iterator[tuple[str, Model[Any, Any], str]]:
    for position, node in enumerate(model.walk()):
        for parameter in node.param_names:
            if node.has_param(parameter):
                yield f"{position}.{node.name}.{parameter}", node, parameter


def _parameters(model: Model[Any, Any]) -> dict[str, np.ndarray[Any, Any]]:
    return {key: node.get_param(parameter).astype(np.float16) for key, node, parameter in _places(model)}
