from __future__ import annotations

import itertools

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from kg.extract.tags import TAGS, spans, tag
from kg.ontology import Kind


@st.composite
def gold_spans(draw: st.DrawFn) -> tuple[int, list[tuple[int, int, Kind]]]:
    lengths = draw(st.lists(st.integers(1, 4), max_size=5))
    found, token = [], 0
    for length in lengths:
        token += draw(st.integers(0, 2))
        found.append((token, token + length, draw(st.sampled_from(list(Kind)))))
        token += length
    return token + draw(st.integers(0, 2)), found


@given(gold_spans())
def test_spans_survive_the_way_to_tags_and_back(gold: tuple[int, list[tuple[int, int, Kind]]]) -> None:
    length, expected = gold
    probabilities = np.eye(len(TAGS), dtype=np.float32)[tag(length, expected)]
    assert [span[:3] for span in spans(probabilities)] == expected


@given(st.integers(0, 12), st.integers(0, 2**32 - 1))
def test_any_scores_give_spans_that_do_not_overlap(length: int, seed: int) -> None:
    scores = np.random.default_rng(seed).random((length, len(TAGS)), dtype=np.float32)
    found = spans(scores / scores.sum(axis=1, keepdims=True))
    assert all(left[1] <= right[0] for left, right in itertools.pairwise(found))
    assert all(0 <= confidence <= 1.0001 for *_, confidence in found)
