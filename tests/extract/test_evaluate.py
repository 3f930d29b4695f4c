from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

from kg.cli import main
from kg.extract.evaluate import compare, evaluate
from kg.extract.lines import from_line, read, write
from kg.extract.score_table import table
from kg.extract.scores import Scores
from kg.model import Extraction
from tests.extract.gold import FOUND, GOLD


def score(scores: Scores, measure: str, name: str = "all") -> Mapping[str, float]:
    figures: dict[str, float] = scores.as_dict()[measure][name]
    return {key: figures[key] for key in ("precision", "recall", "f1", "support")}


@pytest.fixture
def scores() -> Scores:
    return compare([(from_line(GOLD), from_line(FOUND))])


def test_mentions_count_where_offsets_and_kind_are_equal(scores: Scores) -> None:
    assert score(scores, "mentions") == {"precision": 80.0, "recall": 66.7, "f1": 72.7, "support": 6}
    assert score(scores, "mentions", "metric") == {"precision": 0.0, "recall": 0.0, "f1": 0.0, "support": 1}


def test_overlap_is_enough_for_the_overlapping_score(scores: Scores) -> None:
    assert score(scores, "mentions, overlapping", "metric")["f1"] == 100.0
    assert score(scores, "entities, overlapping", "metric")["f1"] == 100.0
    assert score(scores, "entities", "metric")["f1"] == 0.0


def test_entities_are_matched_by_kind_and_a_surface(scores: Scores) -> None:
    assert score(scores, "entities") == {"precision": 66.7, "recall": 50.0, "f1": 57.1, "support": 4}


def test_roles_have_a_row_each_by_entity_and_by_mention(scores: Scores) -> None:
    assert score(scores, "entities with role") == {
        "precision": 33.3,
        "recall": 25.0,
        "f1": 28.6,
        "support": 4,
    }
    assert score(scores, "entities with role", "evaluates") == {
        "precision": 50.0,
        "recall": 33.3,
        "f1": 40.0,
        "support": 3,
    }
    assert score(scores, "mentions with role", "evaluates") == {
        "precision": 66.7,
        "recall": 40.0,
        "f1": 50.0,
        "support": 5,
    }


def test_introduced_entities_are_those_with_the_role_on_both_sides() -> None:
    gold = {
        **GOLD,
        "ents": [["model", "introduces", ["BERT"]], ["model", "introduces", ["ELMo"]]],
        "rels": [],
        "results": [],
    }
    found = {**gold, "ents": [["model", "introduces", ["BERT"]], ["model", "uses", ["ELMo"]]]}
    scores = compare([(from_line(gold), from_line(found))])
    assert score(scores, "introduced") == {"precision": 100.0, "recall": 50.0, "f1": 66.7, "support": 2}


def test_relations_count_by_their_entities(scores: Scores) -> None:
    assert score(scores, "relations") == {"precision": 50.0, "recall": 50.0, "f1": 50.0, "support": 2}
    assert score(scores, "relations", "evaluated-on")["f1"] == 100.0


@pytest.mark.parametrize(
    ("result", "wrong"),
    [
        ([1, 0, "accuracy", "$71.3\\%$"], []),
        ([1, 0, "ACCURACY", "71.3", "gain"], ["by kind"]),
        ([1, None, "accuracy", "71.3%"], ["dataset"]),
        ([1, 0, "score", "71.3%"], ["metric"]),
        ([0, 0, "accuracy", "71.3%"], ["subject", "dataset", "metric", "by kind"]),
    ],
)
def test_results_count_by_value_then_by_what_it_is_of(result: Sequence[Any], wrong: Sequence[str]) -> None:
    scores = compare([(from_line(GOLD), from_line({**FOUND, "results": [result]}))])
    figures = {
        "value": score(scores, "results", "value")["f1"],
        "subject": score(scores, "results", "value and subject")["f1"],
        "dataset": score(scores, "results", "value, subject and dataset")["f1"],
        "metric": score(scores, "results", "value, subject and metric")["f1"],
        "by kind": score(scores, "results by value kind")["f1"],
    }
    assert [name for name, f1 in figures.items() if f1 != 100.0] == wrong


def test_gold_against_itself_is_perfect() -> None:
    scores = compare([(from_line(GOLD), from_line(GOLD))])
    figures = [figure for classes in scores.measures.values() for figure in classes.values()]
    assert all(figure.f1 == 1.0 and figure.interval == (1.0, 1.0) for figure in figures if figure.support)
    assert (scores.confusions, scores.missing) == ((), 0)


def test_papers_are_matched_by_normalised_id(tmp_path: Path) -> None:
    gold, found = files(tmp_path, [GOLD], [FOUND])
    assert score(evaluate(gold, found), "entities")["f1"] == 57.1


def test_paper_without_an_extraction_counts_as_missed(tmp_path: Path) -> None:
    scores = evaluate(*files(tmp_path, [GOLD], []))
    assert score(scores, "mentions") == {"precision": 0.0, "recall": 0.0, "f1": 0.0, "support": 6}
    assert scores.missing == 1


def test_extraction_without_gold_does_not_count(tmp_path: Path) -> None:
    other = {**FOUND, "id": "2412.15209"}
    assert evaluate(*files(tmp_path, [GOLD], [FOUND, other])) == evaluate(*files(tmp_path, [GOLD], [FOUND]))


def test_no_gold_gives_empty_scores(tmp_path: Path) -> None:
    scores = evaluate(*files(tmp_path, [], [FOUND]))
    assert scores.papers == 0
    assert scores.measures["mentions"]["all"].interval is None


def test_pipeline_is_scored_where_no_file_is_given(tmp_path: Path, extractions: Sequence[Extraction]) -> None:
    gold = tmp_path / "gold.jsonl"
    gold.write_text("\n".join(write(extractions)), encoding="utf-8")
    scores = evaluate(gold)
    assert score(scores, "mentions")["f1"] == 100.0
    assert scores.calibration is not None


def test_two_annotators_agree_as_was_measured_when_the_gold_was_made(shared: Path) -> None:
    folder = shared / "data/annotated"
    scores = evaluate(folder / "dev_second_annotator.jsonl", folder / "dev.jsonl")
    measured = {
        "mentions": 90.7,
        "entities": 88.9,
        "entities with role": 82.5,
        "relations": 75.0,
    }
    found = {measure: score(scores, measure)["f1"] for measure in measured}
    assert (scores.papers, found) == (40, measured)
    assert score(scores, "results", "value and subject")["f1"] == 84.4
    kinds = {name: score(scores, "mentions", name)["f1"] for name in ("model", "dataset", "benchmark")}
    assert kinds == {"model": 96.8, "dataset": 96.0, "benchmark": 94.1}


def test_gold_of_the_development_papers_is_perfect_against_itself(shared: Path) -> None:
    gold = list(read(shared / "data/annotated/dev.jsonl"))
    scores = compare((extraction, extraction) for extraction in gold)
    assert {s.f1 for classes in scores.measures.values() for s in classes.values() if s.support} == {1.0}


def files(folder: Path, gold: Sequence[object], found: Sequence[object]) -> tuple[Path, Path]:
    paths = folder / "gold.jsonl", folder / "found.jsonl"
    for path, lines in zip(paths, (gold, found), strict=True):
        path.write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    return paths


def test_command_prints_the_table_or_all_of_it_as_json(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    gold, found = files(tmp_path, [GOLD], [FOUND])
    command = ["evaluate", str(gold), "--predicted", str(found)]
    assert main(command) == 0
    assert capsys.readouterr().out == table(evaluate(gold, found)) + "\n"
    assert main([*command, "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == json.loads(json.dumps(evaluate(gold, found).as_dict()))
