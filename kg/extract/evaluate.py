"""Scores of extractions against gold; what counts as right is the table in `kg.extract.counting`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kg.extract.bootstrap import intervals
from kg.extract.calibration import calibrate, judged_mentions
from kg.extract.confusions import confusions, errors
from kg.extract.counting import ROWS, paper_counts
from kg.extract.lines import read
from kg.extract.scores import Score, Scores
from kg.model import Extraction, Paper, PaperId
from kg.sources.identifiers import normalise_id


def evaluate(
    gold_path: str | Path, predicted_path: str | Path | None = None, model: Path | None = None
) -> Scores:
    """Scores of a file of extractions, or without one of the pipeline, against a gold file.

    Papers are matched by normalised id; a gold paper without extraction counts as one in which nothing was found, and
    an extraction without gold does not count.
    """
    gold = list(read(Path(gold_path)))
    extractions = _extract(gold, model) if predicted_path is None else read(Path(predicted_path))
    predicted = {_key(extraction): extraction for extraction in extractions}
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
    known = list(pairs)
    papers = [(gold, found or Extraction(gold.paper_id, None, gold.text, "none")) for gold, found in known]
    counts = np.array([paper_counts(*paper) for paper in papers], dtype=np.int64).reshape(-1, len(ROWS), 4)
    return Scores(
        papers=len(papers),
        missing=sum(found is None for _, found in known),
        measures=_measures(counts),
        calibration=calibrate([judged for paper in papers for judged in judged_mentions(*paper)]),
        confusions=confusions(error for paper in papers for error in errors(*paper)),
    )


def _measures(counts: NDArray[Any]) -> Mapping[str, Mapping[str, Score]]:
    measures: dict[str, dict[str, Score]] = {}
    sums = counts.sum(axis=0).tolist()
    for (measure, name), total, interval in zip(ROWS, sums, intervals(counts), strict=True):
        right, found, support, recalled = total
        measures.setdefault(measure, {})[name] = Score(right, found, support, recalled, interval)
    return measures
