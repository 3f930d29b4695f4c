from __future__ import annotations

from types import SimpleNamespace
from typing import Any, cast

import numpy as np

from kg.extract.encoder.found import Stretch
from kg.extract.encoder.mentions import kinds_by_surface

WORDS = ("Theme", "Theme", "Analysis")


def test_surface_chosen_where_it_was_no_candidate_has_the_votes_of_its_candidate() -> None:
    reading = cast("Any", SimpleNamespace(surface=lambda first, last: " ".join(WORDS[first : last + 1])))
    chance = np.array([[0.2, 0.1, 0.1, 0.1, 0.3, 0.1, 0.1]], np.float32)
    candidates = (np.array([0]), np.array([0]), chance)
    chosen, likely = [Stretch(1, 1, 0.0)], [Stretch(0, 0, 0.8)]
    votes = kinds_by_surface(reading, (chosen, likely), candidates)
    assert {name: int(vote.argmax()) for name, vote in votes.items()} == {"Theme": 3}
