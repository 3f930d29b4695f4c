"""Calibration: whether of the mentions found with confidence 0.8 about 80 % are right."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kg.extract.counting import mention_spans
from kg.extract.scores import Bin, Calibration
from kg.model import Extraction

BINS = 10

Judged = tuple[float, bool]
"""The confidence of a found mention, and whether the gold has it with the same offsets and kind."""


def judged_mentions(gold: Extraction, found: Extraction) -> list[Judged]:
    """Confidence and truth of each mention found in a paper."""
    right = set(mention_spans(gold))
    return [
        (mention.confidence, item in right)
        for mention, item in zip(found.mentions, mention_spans(found), strict=True)
    ]


def calibrate(judged: Sequence[Judged]) -> Calibration | None:
    """The expected calibration error over ten bins of equal width (Guo et al., ICML 2017), and the bins not empty.

    None where every confidence is 1, which is how files without confidences are read.
    """
    if all(confidence == 1.0 for confidence, _ in judged):
        return None
    confidences, right = (np.array(column, dtype=float) for column in zip(*judged, strict=True))
    # Bins are open below and closed above; rounding keeps 0.3 of the third bin out of the fourth.
    places = np.clip(np.ceil(np.round(confidences * BINS, 6)) - 1, 0, BINS - 1).astype(int)
    bins = tuple(
        _bin(place, confidences[places == place], right[places == place]) for place in np.unique(places)
    )
    error = sum(each.mentions * abs(each.confidence - each.right) for each in bins) / len(judged)
    return Calibration(error, bins)


def _bin(place: int, confidences: NDArray[Any], right: NDArray[Any]) -> Bin:
    return Bin(
        lowest=round(place / BINS, 2),
        highest=round((place + 1) / BINS, 2),
        mentions=len(right),
        confidence=float(confidences.mean()),
        right=float(right.mean()),
    )
