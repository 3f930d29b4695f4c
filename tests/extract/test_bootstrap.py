from __future__ import annotations

import numpy as np
import pytest

from kg.extract.bootstrap import intervals


def test_same_figure_in_every_paper_has_no_spread() -> None:
    counts = np.tile([[[3, 4, 6, 3]]], (20, 1, 1))
    assert intervals(counts) == [pytest.approx((0.6, 0.6))]


def test_interval_holds_the_figure_and_narrows_with_papers() -> None:
    few = np.array([[[count % 3, 2, 2, count % 3]] for count in range(15)])
    (narrow,), (wide,) = intervals(np.tile(few, (16, 1, 1))), intervals(few)
    assert narrow is not None
    assert wide is not None
    assert wide[0] < narrow[0] < 0.5 < narrow[1] < wide[1]
    # Normal approximation: the standard error of the mean of 15 papers is 0.105.
    assert wide == pytest.approx((0.5 - 1.96 * 0.105, 0.5 + 1.96 * 0.105), abs=0.03)


def test_same_counts_give_the_same_intervals() -> None:
    counts = np.random.default_rng(1).integers(0, 9, size=(30, 5, 4))
    assert intervals(counts) == intervals(counts.copy())


def test_row_with_nothing_in_it_has_no_interval() -> None:
    counts = np.array([[[0, 0, 0, 0], [1, 1, 1, 1]]])
    assert intervals(counts) == [None, (1.0, 1.0)]
    assert intervals(np.zeros((0, 2, 4))) == [None, None]


def test_resamples_without_the_row_are_left_out() -> None:
    counts = np.zeros((50, 1, 4))
    counts[0] = 1
    assert intervals(counts) == [(1.0, 1.0)]
