"""Bootstrap intervals: how far a score would move with other papers of the same kind.

The papers are resampled with replacement, all measures on the same resamples (percentile bootstrap: Efron and
Tibshirani, An Introduction to the Bootstrap, 1993, chapter 13).
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from kg.extract.scores import Interval

RESAMPLES = 1000
_SEED = 0
_PERCENTILES = (2.5, 97.5)


def intervals(counts: NDArray[Any]) -> list[Interval | None]:
    """The 95 % interval of F1 of each row; `counts` is papers by rows by (right, found, support, recalled).

    Resamples that hold no item of a row say nothing of it; where none holds any, the interval is None. The same
    counts give the same intervals.
    """
    papers, rows, _ = counts.shape
    if papers == 0:
        return [None] * rows
    weights = np.random.default_rng(_SEED).multinomial(papers, np.full(papers, 1 / papers), size=RESAMPLES)
    sums = np.tensordot(weights.astype(float), counts.astype(float), axes=1)
    return [_interval(resampled) for resampled in np.moveaxis(_f1(sums), 1, 0)]


def _interval(resampled: NDArray[Any]) -> Interval | None:
    known = resampled[~np.isnan(resampled)]
    if not known.size:
        return None
    lowest, highest = np.percentile(known, _PERCENTILES)
    return float(lowest), float(highest)


def _f1(sums: NDArray[Any]) -> NDArray[Any]:
    """F1 of each resample and row, NaN where there is neither gold nor found."""
    right, found, support, recalled = np.moveaxis(sums, 2, 0)
    precision = right / np.maximum(found, 1)
    recall = recalled / np.maximum(support, 1)
    f1 = 2 * precision * recall / np.maximum(precision + recall, np.finfo(float).tiny)
    return np.where(found + support > 0, f1, np.nan)
