"""Extraction against a blank spaCy CNN tagger (width 96, depth 4), one process each, weights loaded before."""

from __future__ import annotations

from collections.abc import Iterator

import spacy

import kg
from kg import samples, sources
from kg.text import clean, source_text
from tests.benchmarks.timing import Row, best_seconds

CNN = {
    "@architectures": "spacy.HashEmbedCNN.v2",
    "pretrained_vectors": None,
    "width": 96,
    "depth": 4,
    "embed_size": 2000,
    "window_size": 1,
    "maxout_pieces": 3,
    "subword_features": True,
}
MODEL = {
    "@architectures": "spacy.TransitionBasedParser.v2",
    "state_type": "ner",
    "extra_state_tokens": False,
    "hidden_width": 64,
    "maxout_pieces": 2,
    "use_upper": True,
    "nO": None,
    "tok2vec": CNN,
}


def rows() -> Iterator[Row]:
    """Reading the sample corpus."""
    papers = list(sources.read([samples.landmarks()]))
    texts = [clean(source_text(paper)).text for paper in papers]
    blank = spacy.blank("en")
    tagger = blank.add_pipe("ner", config={"model": MODEL})
    for kind in ("model", "dataset", "benchmark", "method", "task", "metric"):
        tagger.add_label(kind)  # type: ignore[attr-defined]
    blank.initialize()
    list(kg.extract(papers[:1]))
    ours = best_seconds(lambda: list(kg.extract(papers)))
    yield Row(
        f"extract {len(papers)} papers",
        ours,
        "blank spaCy CNN",
        best_seconds(lambda: list(blank.pipe(texts))),
    )
