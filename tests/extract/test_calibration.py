from __future__ import annotations

import pytest

from kg.extract.calibration import calibrate, judged_mentions
from kg.extract.lines import from_line
from kg.extract.scores import Bin
from tests.extract.gold import FOUND, GOLD


def test_error_is_the_distance_weighted_by_mentions() -> None:
    found = calibrate([(0.75, True), (1.0, True), (1.0, True), (0.5, False)])
    assert found is not None
    assert found.expected_error == pytest.approx(0.25 * 0.25 + 0.25 * 0.5)
    assert found.bins == (
        Bin(0.4, 0.5, 1, 0.5, 0.0),
        Bin(0.7, 0.8, 1, 0.75, 1.0),
        Bin(0.9, 1.0, 2, 1.0, 1.0),
    )


@pytest.mark.parametrize(("confidence", "lowest"), [(0.0, 0.0), (0.3, 0.2), (0.31, 0.3), (0.99, 0.9)])
def test_bins_are_closed_above(confidence: float, lowest: float) -> None:
    found = calibrate([(confidence, True)])
    assert found is not None
    assert [each.lowest for each in found.bins] == [lowest]


def test_certainty_everywhere_is_no_confidence() -> None:
    assert calibrate([(1.0, True), (1.0, False)]) is None
    assert calibrate([]) is None


def test_mention_is_judged_by_offsets_and_kind() -> None:
    found = {**FOUND, "mentions": [[14, 18, 1, 0.9], [14, 18, 0, 0.8], [14, 17, 1, 0.7]]}
    assert judged_mentions(from_line(GOLD), from_line(found)) == [(0.9, True), (0.8, False), (0.7, False)]
