from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from kg.extract.evaluate import Scores, compare, evaluate, table
from kg.extract.lines import from_line

GOLD: dict[str, Any] = {
    "id": "arXiv:2412.15208v2",
    "title": "BERT on SQuAD",
    "abstract": "BERT beats ELMo on SQuAD with 71.3% accuracy.",
    "ents": [
        ["model", "evaluates", ["BERT"]],
        ["model", "compares", ["ELMo"]],
        ["benchmark", "evaluates", ["SQuAD"]],
        ["metric", "evaluates", ["accuracy"]],
    ],
    "rels": [[0, "evaluated-on", 2], [0, "outperforms", 1]],
    "results": [[0, 2, "accuracy", "71.3\\%"]],
}
FOUND: dict[str, Any] = {
    **GOLD,
    "id": "2412.15208",
    "ents": [
        ["benchmark", "evaluates", ["SQuAD"]],
        ["model", "uses", ["BERT"]],
        ["metric", "evaluates", ["71.3% accuracy"]],
    ],
    "rels": [[1, "evaluated-on", 0], [1, "trained-on", 0]],
    "results": [[1, 0, "accuracy", "$71.3\\%$"]],
}


def score(scores: Scores, measure: str, name: str = "all") -> Mapping[str, float]:
    found: Mapping[str, float] = scores.as_dict()[measure][name]
    return found


@pytest.fixture
def scores() -> Scores:
    return compare([(from_line(GOLD), from_line(FOUND))])


def test_mentions_count_where_offsets_and_kind_are_equal(scores: Scores) -> None:
    assert score(scores, "mentions") == {"precision": 80.0, "recall": 66.7, "f1": 72.7, "support": 6}
    assert score(scores, "mentions", "metric") == {"precision": 0.0, "recall": 0.0, "f1": 0.0, "support": 1}


def test_overlap_is_enough_for_the_overlapping_score(scores: Scores) -> None:
    assert score(scores, "overlapping", "metric")["f1"] == 100.0


def test_entities_are_matched_by_kind_and_a_surface(scores: Scores) -> None:
    assert score(scores, "entities") == {"precision": 66.7, "recall": 50.0, "f1": 57.1, "support": 4}
    assert score(scores, "entities with role") == {
        "precision": 33.3,
        "recall": 25.0,
        "f1": 28.6,
        "support": 4,
    }


def test_relations_and_results_count_by_their_entities(scores: Scores) -> None:
    assert score(scores, "relations") == {"precision": 50.0, "recall": 50.0, "f1": 50.0, "support": 2}
    assert score(scores, "results", "value and subject")["f1"] == 100.0


def test_gold_against_itself_is_perfect() -> None:
    scores = compare([(from_line(GOLD), from_line(GOLD))])
    figures = [figure for classes in list(scores.as_dict().values())[1:] for figure in classes.values()]
    assert all(figure["f1"] == 100.0 for figure in figures if figure["support"])


def test_papers_are_matched_by_normalised_id(tmp_path: Path) -> None:
    gold, found = tmp_path / "gold.jsonl", tmp_path / "found.jsonl"
    gold.write_text(json.dumps(GOLD), encoding="utf-8")
    found.write_text(json.dumps(FOUND), encoding="utf-8")
    assert score(evaluate(gold, found), "entities")["f1"] == 57.1


def test_paper_without_an_extraction_counts_as_missed(tmp_path: Path) -> None:
    gold, found = tmp_path / "gold.jsonl", tmp_path / "found.jsonl"
    gold.write_text(json.dumps(GOLD), encoding="utf-8")
    found.write_text("", encoding="utf-8")
    assert score(evaluate(gold, found), "mentions") == {
        "precision": 0.0,
        "recall": 0.0,
        "f1": 0.0,
        "support": 6,
    }


def test_pipeline_is_scored_where_no_file_is_given(tmp_path: Path) -> None:
    gold = tmp_path / "gold.jsonl"
    gold.write_text(json.dumps(GOLD), encoding="utf-8")
    assert evaluate(gold).as_dict()["papers"] == 1


def test_table_has_a_line_for_each_measure(scores: Scores) -> None:
    lines = table(scores).splitlines()
    assert lines[0] == "1 papers"
    assert "mentions                                80.0    66.7    72.7        6" in lines
    assert "  value and subject                    100.0   100.0   100.0        1" in lines
